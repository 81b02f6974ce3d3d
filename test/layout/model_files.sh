#!/bin/sh
# The model's files may be run for a schema of any name, and its upgrades may
# run what they replace again and again:
# - @schema@ stands in code alone. In a string, a dollar quote or a comment, a
#   name such as o'clock or a$$b would end it.
# - No schema is called by a name of its own, and there is no other placeholder.
# - After the line "-- Replaced by upgrades:" come only statements that can be
#   repeated; before it none that such an upgrade would leave as they were, but
#   in the steps of upgrades, which create what they need.
# All of this is asked of the files as the build writes them out. Of sql/words:
# - Each word is the comment of some column; no file repeats it.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

check()
{
	awk '
	function fail(message)
	{
		print FILENAME ":" FNR ": " message
		failed = 1
	}

	# The code of a line: strings and dollar quotes become empty, comments go.
	# "inside" is what the line starts and ends in: "" for code, else the end
	# that closes it.
	function code_of(line,    code, at, rest, tag)
	{
		for (at = 1; at <= length(line); at++)
		{
			rest = substr(line, at)
			if (inside != "")
			{
				if (index(rest, "@schema@") == 1)
					fail("@schema@ within " (inside == "*/" ? "a comment" : "a quote"))
				if (index(rest, inside) == 1)
				{
					at += length(inside) - 1
					code = code (inside == "*/" ? "" : inside)
					inside = ""
				}
			}
			else if (index(rest, "--") == 1)
			{
				if (rest ~ /@schema@/)
					fail("@schema@ within a comment")
				break
			}
			else if (index(rest, "/*") == 1)
			{
				inside = "*/"
				at++
			}
			else if (rest ~ /^[\047"]/)
			{
				inside = substr(rest, 1, 1)
				code = code inside
			}
			else if (match(rest, /^\$[A-Za-z_]*\$/))
			{
				inside = substr(rest, 1, RLENGTH)
				code = code inside
				at += RLENGTH - 1
			}
			else
				code = code substr(rest, 1, 1)
		}
		return code
	}

	FNR == 1 {
		inside = ""
		replaceable = in_body = in_statement = 0
	}

	/^-- Replaced by upgrades:$/ {
		replaceable = 1
	}

	{
		code = code_of($0)
		if (code ~ /^[ \t]*$/)
			next
		if (!in_statement)
		{
			repeats = code ~ /^(CREATE OR REPLACE|COMMENT ON|REVOKE|DROP (POLICY|TRIGGER) IF EXISTS|CREATE (POLICY|CONSTRAINT TRIGGER)) /
			if (replaceable && !repeats)
				fail("cannot be run again: " $0)
			if (!replaceable && FILENAME !~ /upgrade\// && code ~ /^CREATE (OR REPLACE |FUNCTION|PROCEDURE|VIEW|TRIGGER|CONSTRAINT TRIGGER|POLICY)/)
				fail("not below the line \"-- Replaced by upgrades:\": " $0)
			if (code ~ /^(BEGIN|COMMIT|SET|\\|CREATE SCHEMA)/)
				fail("is no business of the model: " $0)
		}
		if (code ~ /^BEGIN ATOMIC$/)
			in_body = 1
		if (code ~ /^END;?$/)
			in_body = 0
		in_statement = in_body || inside != "" || code !~ /;[ \t]*$/
		gsub(/@schema@\./, "", code)
		sub(/(ON|IN) SCHEMA @schema@( |$)/, "", code)
		if (code ~ /@/)
			fail("a placeholder other than \"@schema@.\": " $0)
		if (code ~ /(^|[^A-Za-z0-9_.])par\./)
			fail("names the schema itself: " $0)
	}

	END {
		exit failed
	}' "$@"
}

for file in $(find sql/model -name '*.sql' | sort); do
	mkdir -p "$work/${file%/*}"
	awk -f sql/expand.awk "$file" >"$work/expanded"
	awk -f sql/model_words.awk sql/words "$work/expanded" >"$work/$file"
done
(cd "$work" && check $(find sql/model -name '*.sql' | sort))

find sql/model -name '*.sql' | sort | sed "p; s|^|$work/|" | xargs awk -v written="$work/" '
	NR == FNR {
		split($0, part, "\t")
		gsub(/\047/, "\047\047", part[2])
		gsub(/\047/, "\047\047", part[3])
		word[part[1]] = "\047" part[2] " / " part[3] "\047;"
		next
	}
	/^COMMENT ON COLUMN / {
		column = $4
		sub(/.*\./, "", column)
		getline
		sub(/^[ \t]*/, "")
		if (!(column in word) || $0 != word[column])
			next
		if (index(FILENAME, written) == 1)
			used[column] = 1
		else
		{
			print FILENAME ":" FNR ": sql/words says so of every " column
			failed = 1
		}
	}
	END {
		for (column in word)
			if (!(column in used))
			{
				print "sql/words: no column has the comment of " column
				failed = 1
			}
		exit failed
	}' sql/words

# The check sees what it looks for.
mistakes=$work/mistakes
while IFS= read -r mistake; do
	printf '%s\n' "$mistake" | tr '~' '\n' >"$mistakes"
	if check "$mistakes" >/dev/null; then
		echo "not seen as a mistake: $mistake"
		exit 1
	fi
done <<'MISTAKES'
COMMENT ON TABLE @schema@.agency IS 'of @schema@';
CREATE FUNCTION @schema@.f() AS $$ SELECT @schema@.g() $$;
CREATE TABLE @schema@.t (); -- in @schema@
/* in ~ @schema@ */
CREATE TABLE "@schema@".t ();
CREATE TABLE @other@.t ();
CREATE TABLE par.t ();
CREATE OR REPLACE VIEW @schema@.v AS SELECT 1;
CREATE POLICY p ON @schema@.t;
-- Replaced by upgrades:~CREATE VIEW @schema@.v AS SELECT 1;
-- Replaced by upgrades:~CREATE OR REPLACE VIEW @schema@.v AS SELECT ';';~CREATE TABLE @schema@.t ();
SET search_path = public;
MISTAKES
