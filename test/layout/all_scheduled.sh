#!/bin/sh
# The schedule lists every SQL test once and no other; uninstall, which comes after
# it, the Makefile names. Each test and each isolation spec has its expected output,
# and there is no output without them.
set -eu
cd "$(dirname "$0")/.."

status=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{ sed -n 's/^test: *//p' schedule; echo uninstall; } | tr -s ' ' '\n' | sort >"$work/listed"
for sql in sql/*.sql; do
	basename "$sql" .sql
done | sort >"$work/there"
diff "$work/listed" "$work/there" | sed -n \
	's|^< |test/schedule lists twice, or without a file: |p
	s|^> |test/schedule does not list |p' | grep . && status=1
grep -vE '^$|^#|^test:( [a-z0-9_]+)+$' schedule |
	sed 's|^|test/schedule: neither a group nor a comment: |' | grep . && status=1

for sql in sql/*.sql; do
	[ -f "expected/$(basename "$sql" .sql).out" ] ||
		{ echo "test/$sql has no expected output"; status=1; }
done
for out in expected/*.out; do
	[ -f "sql/$(basename "$out" .out).sql" ] ||
		{ echo "test/$out belongs to no test"; status=1; }
done
for spec in isolation/specs/*.spec; do
	[ -f "isolation/expected/$(basename "$spec" .spec).out" ] ||
		{ echo "test/$spec has no expected output"; status=1; }
done
for out in isolation/expected/*.out; do
	[ -f "isolation/specs/$(basename "$out" .out).spec" ] ||
		{ echo "test/$out belongs to no spec"; status=1; }
done
exit $status
