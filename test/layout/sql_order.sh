#!/bin/sh
# The order files list every SQL part once and nothing else; every folder of
# sql/engine is a room of src/rooms; a part lies in the room whose C defines the
# functions that it declares; and every template is asked for.
set -eu
cd "$(dirname "$0")/../.."

status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for layer in engine model; do
	grep '^[a-z]' "sql/$layer/order" | sort >"$work/listed"
	(cd "sql/$layer" && find . -name '*.sql' ! -path './upgrade/*') | sed 's|^\./||' | sort >"$work/there"
	diff "$work/listed" "$work/there" | sed -n \
		"s|^< |sql/$layer/order lists twice, or without a file: |p
		s|^> |sql/$layer/order does not list |p" | grep . && status=1
	grep -vE '^$|^-- |^([a-z_]+/)*[a-z0-9_]+\.sql$' "sql/$layer/order" |
		sed "s|^|sql/$layer/order: neither a part nor a heading: |" | grep . && status=1
done

for template in sql/template/*.sql; do
	name=$(basename "$template" .sql)
	grep -rqx -e "--@ $name" sql/engine sql/model sql/template || { echo "no part asks for $template"; status=1; }
done

# Of C functions and of what SQL declares: "name room", of this file.
find src -name '*.c' | sort | xargs awk '
	function room_of(path)
	{
		sub(/^src\//, "", path)
		sub(/\/[^\/]*$/, "", path)
		return path
	}
	FNR == 1 { split("", suffix) }
	/^PARINDEX_FUNCTION\(parindex_##type##/ {
		split($0, part, /##|\)/)
		suffix[part[3]] = 1
		next
	}
	# A macro of the file that defines NAME, or all suffixes of a TYPE.
	/^[A-Z_]+\([a-z]/ {
		split($0, part, /[(,)]/)
		if (part[2] ~ /^parindex_/)
			print part[2], room_of(FILENAME)
		else if (part[1] ~ /COMPARISON_FUNCTIONS$/)
		{
			count = split("eq ne lt le gt ge cmp hash hash_extended", operation, " ")
			for (i = 1; i <= count; i++)
				print "parindex_" part[2] "_" operation[i], room_of(FILENAME)
		}
		else
			for (name in suffix)
				print "parindex_" part[2] name, room_of(FILENAME)
	}' | sort -u >"$work/defined"
for part in $(grep '^[a-z]' sql/engine/order); do
	case $part in
		*/*) room=${part%/*} ;;
		*) room=base ;;
	esac
	grep -q "^$room:" src/rooms ||
		{ echo "sql/engine/$part lies in no room of src/rooms"; status=1; }
	awk -f sql/expand.awk "sql/engine/$part" | grep -ho "'MODULE_PATHNAME', 'parindex_[a-z0-9_]*'" |
		sed "s|.* '\(.*\)'|\1 $room|"
done | sort -u >"$work/declared"
comm -13 "$work/defined" "$work/declared" | sed 's|\(.*\) \(.*\)|sql/engine declares \1 in room \2, whose C does not define it|' |
	grep . && status=1
cut -d ' ' -f 1 "$work/declared" >"$work/names"
while read -r name room; do
	grep -qx "$name" "$work/names" || echo "src/$room defines $name, which no SQL part declares"
done <"$work/defined" | grep . && status=1
exit $status
