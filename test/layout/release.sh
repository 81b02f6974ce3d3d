#!/bin/sh
# One version in all places: the control file has it, META.json and the newest
# entry of the changelog say the same.
set -eu
cd "$(dirname "$0")/../.."

version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" parindex.control)
status=0
[ "$(grep -c "\"version\": \"$version\"" META.json)" = 2 ] ||
	{ echo "META.json does not say version $version, twice"; status=1; }
grep -q "\"file\": \"sql/parindex--$version.sql\"" META.json ||
	{ echo "META.json names another script than sql/parindex--$version.sql"; status=1; }
grep -m 1 '^## ' CHANGELOG.md | grep -q "^## $version" ||
	{ echo "CHANGELOG.md begins with another version than $version"; status=1; }
exit $status
