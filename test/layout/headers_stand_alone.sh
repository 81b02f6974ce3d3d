#!/bin/sh
# Each header compiles on its own: what it needs it includes. Outside the kernel
# postgres.h comes first, as in every file of a server; the kernel takes nothing.
set -eu
cd "$(dirname "$0")/../.."

server=$("${PG_CONFIG:-pg_config}" --includedir-server)
status=0
for header in $(find src -name '*.h' | sort); do
	name=${header#src/}
	case $name in
		kernel/*) before= ;;
		*) before='#include "postgres.h"' ;;
	esac
	printf '%s\n#include "%s"\n' "$before" "$name" |
		gcc -x c -std=gnu11 -Wall -Wextra -Werror -Wno-unused-function -Wno-unused-const-variable -ffp-contract=off \
			-Isrc -isystem "$server" -fsyntax-only - ||
		{ echo "$header does not stand alone"; status=1; }
done
exit $status
