#!/bin/sh
# The kernel is C11 that knows nothing of PostgreSQL: it compiles, without a
# warning, where no PostgreSQL header can be found, and all it includes lies in
# its own folder, or belongs to the C compiler and library or to lp_solve.
set -eu
cd "$(dirname "$0")/../.."

status=0
for file in src/kernel/*.c; do
	gcc -std=c11 -O3 -Wall -Wextra -Werror -ffp-contract=off -Isrc/kernel \
		-c -o /dev/null "$file" || status=1
	gcc -std=c11 -M -Isrc/kernel "$file" | tr -s ' \\\n' '\n' |
		grep -v ':$' | grep '\.[ch]$' |
		grep -vE '^src/kernel/[a-z0-9_]+\.[ch]$|^/usr/(lib|include)/' |
		sed "s|^|$file includes from outside the kernel: |" | grep . && status=1
	gcc -std=c11 -M -Isrc/kernel "$file" | grep -E 'postgres|libpq|gmp\.h|mpfr\.h' |
		sed "s|^|$file includes: |" | grep . && status=1
done
exit $status
