#!/bin/sh
# Each SQL test and isolation spec has its expected output and the other way
# round, so that the Makefile's wildcards schedule all of them.
set -eu
cd "$(dirname "$0")/.."

status=0
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
