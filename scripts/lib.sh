# What demo, check and bench share: Debian packages, a build outside the
# checkout, a throw-away PostgreSQL. Sourced by bash under set -euo pipefail.
#
# Nothing is written outside one temporary directory, $tmp, except Debian
# packages that are missing. It is removed, and whatever still runs is stopped,
# on exit, failure, Ctrl-C and SIGTERM.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Bare machines have the POSIX locale.
export LC_ALL=C.UTF-8
unset LANGUAGE MAKEFLAGS COPT PROFILE
{ : <&0; } 2>/dev/null || exec </dev/null

die()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# ------------------------------------------------------------- cleaning up --

tmp=
child=

cleanup()
{
	local status=$?

	trap '' INT TERM HUP
	if [ -n "$child" ]; then
		kill -TERM -- "-$child" 2>/dev/null || kill -TERM "$child" 2>/dev/null || true
		wait "$child" 2>/dev/null || true
	fi
	[ -z "$tmp" ] || rm -rf --one-file-system "$tmp"
	exit "$status"
}

# The directory is readable by all, as the server runs as user postgres when
# root starts it, while root's checkout and $TMPDIR may be closed to others.
make_temp()
{
	trap cleanup EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	[ "$(id -u)" != 0 ] || export TMPDIR=/tmp
	umask 022
	tmp=$(mktemp -d -t parindex.XXXXXX)
	chmod 755 "$tmp"
}

# guarded COMMAND...: runs it without terminal input in a process group of its
# own, so that cleanup can stop all of it at once and at any time.
guarded()
{
	local status=0

	setsid "$@" </dev/null &
	child=$!
	wait "$child" || status=$?
	child=
	return "$status"
}

# step LABEL COMMAND...: one line with the time taken. The output goes to
# $tmp/log; its tail is shown on failure.
step()
{
	local label=$1 from=${EPOCHREALTIME/./} status=0

	shift
	printf '  %-56s ' "$label"
	guarded "$@" >"$tmp/log" 2>&1 || status=$?
	local tenths=$(( (${EPOCHREALTIME/./} - from) / 100000 ))
	local seconds=$((tenths / 10)).$((tenths % 10))

	if [ "$status" = 0 ]; then
		printf 'ok      %6s s\n' "$seconds"
	else
		printf 'FAILED  %6s s\n' "$seconds"
		tail -n 40 "$tmp/log" | sed 's/^/  | /'
	fi
	return "$status"
}

# ---------------------------------------------------------- what is needed --

pg_version=

# The version that this release of Debian has.
debian_postgresql()
{
	case $(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release) in
		bookworm) echo 15 ;;
		trixie) echo 17 ;;
		*) echo 18 ;;
	esac
}

# Sets pg_version and PG_CONFIG, once: the version PG_CONFIG names, else the
# newest installed one that fits, else that of this Debian.
choose_postgresql()
{
	local v

	[ -z "$pg_version" ] || return 0
	if [ -n "${PG_CONFIG:-}" ]; then
		v=$("$PG_CONFIG" --version) || die "PG_CONFIG=$PG_CONFIG does not run"
		pg_version=$(sed -n 's/^PostgreSQL \([0-9]*\).*/\1/p' <<<"$v")
	else
		for v in 18 17 16 15; do
			[ -x "/usr/lib/postgresql/$v/bin/postgres" ] || continue
			: "${pg_version:=$v}"
			[ ! -x "/usr/lib/postgresql/$v/bin/pg_config" ] || { pg_version=$v; break; }
		done
	fi
	: "${pg_version:=$(debian_postgresql)}"
	export PG_CONFIG=/usr/lib/postgresql/$pg_version/bin/pg_config
}

# need PACKAGE=REASON...: installs the Debian packages that are missing.
need()
{
	local entry sudo=() missing=()

	command -v dpkg-query >/dev/null ||
		die "this is not a Debian system; see README.md for what to install"
	for entry; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "${entry%%=*}" 2>/dev/null)" = installed ] ||
			missing+=("$entry")
	done
	[ "${#missing[@]}" -gt 0 ] || return 0

	echo "Missing Debian packages:"
	for entry in "${missing[@]}"; do
		printf '  %-46s %s\n' "${entry%%=*}" "${entry#*=}"
	done
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null ||
			die "neither root nor sudo: ask an administrator for: apt-get install ${missing[*]%%=*}"
		sudo=(sudo)
	fi
	echo "Installing them with ${sudo[*]:+sudo }apt-get (some minutes on a fresh machine) ..."
	{
		"${sudo[@]}" apt-get -q update &&
		"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
			apt-get -q -y --no-install-recommends install "${missing[@]%%=*}"
	} </dev/null >"$tmp/log" 2>&1 || {
		tail -n 20 "$tmp/log" | sed 's/^/  | /'
		die "could not install them; ask an administrator for: apt-get install ${missing[*]%%=*}"
	}
}

need_to_build()
{
	choose_postgresql
	need "postgresql-$pg_version=the server" \
		"postgresql-server-dev-$pg_version=headers to build against" \
		"make=to build" "gcc=to build" "libc6-dev=to build" \
		"g++=to build what calls Boost" \
		"libboost-math-dev=distribution functions, headers only" \
		"liblpsolve55-dev=linear programs of bod_scores()" "$@"
}

# ------------------------------------------------------- build and cluster --

# copy_tree DIRECTORY: the checkout, which may hold the user's own build, is only
# read; all work is done in copies without what was built.
copy_tree()
{
	mkdir -p "$1"
	tar -C "$root" --exclude-vcs --exclude='*.o' --exclude='*.bc' --exclude='*.so' \
		--exclude='./build' --exclude='./sql/parindex--*.sql' -cf - . |
		tar -C "$1" --no-same-owner -xf -
	chmod -R a+rX "$1"
}

# stage NAME [MAKE-VARIABLE...]: builds a copy in $tmp/NAME and installs it
# below $tmp/NAME/debian/parindex, where pg_virtualenv -p looks.
stage()
{
	local dir=$tmp/$1 name=$1

	shift
	copy_tree "$dir"
	step "build ($name)" make -s --no-print-directory -C "$dir" -j"$(nproc)" "$@" \
		install DESTDIR="$dir/debian/parindex"
}

free_port()
{
	local port

	# At random rather than the lowest free one: other runs look at the same
	# moment.
	while port=$((10000 + RANDOM % 20000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
		:
	done
	echo "$port"
}

# with_cluster RUNNER NAME COMMAND...: runs the command in a new UTF-8 cluster
# that finds the extension staged as NAME. RUNNER is guarded, or env where the
# command needs the terminal. server_options holds -o options. USER is emptied
# since pg_virtualenv would name the superuser after it rather than the account.
with_cluster()
{
	local runner=$1 dir=$tmp/$2 status=0 v

	shift 2
	rm -f "$dir/started"
	for v in $(compgen -e PG); do
		[ "$v" = PG_CONFIG ] || unset "$v"
	done
	exec 3>&1
	# pg_virtualenv succeeds without running anything where it lacks -p
	# support for the server: hence the mark. A bare machine cannot resolve
	# localhost; one address alone would be taken for a number and not quoted.
	"$runner" env -C "$dir" PGPORT="$(free_port)" USER= LOGNAME= \
		pg_virtualenv -t -v "$pg_version" -p parindex \
		-i '--locale=C.UTF-8 --encoding=UTF8' \
		-o 'listen_addresses=127.0.0.1, 127.0.0.1' "${server_options[@]}" \
		bash -c 'touch "$0" && PGHOST=127.0.0.1 exec "$@" >&3 2>&3' \
		"$dir/started" "$@" >"$tmp/cluster.log" 2>&1 || status=$?
	exec 3>&-
	if [ ! -e "$dir/started" ]; then
		tail -n 20 "$tmp/cluster.log" >&2
		die "no throw-away PostgreSQL $pg_version could be started"
	fi
	# A crash matters more than whatever test happened to meet it.
	grep -E 'TRAP:|PANIC:|terminated by signal' "$tmp/cluster.log" >&2 || true
	return "$status"
}
server_options=()
