# Writes the comments on columns that the model's words give, behind a file of
# the model in which the templates are written out:
#   awk -f sql/model_words.awk sql/words FILE
# A column of a table or view without a comment gets that of its word; others
# keep their own. They come after "-- Replaced by upgrades:", in a file that has
# the line. What has no comment then, test/pgtap/model_catalog.sql finds.

function fail(message)
{
	print FILENAME ":" FNR ": " message > "/dev/stderr"
	failed = 1
	exit 1
}

function add_column(column)
{
	relation_of[++columns] = relation
	column_of[columns] = column
}

# An item of a view's select list: the name after AS, else what is selected.
function add_item(    name)
{
	name = item
	gsub(/[ \t]+/, " ", name)
	sub(/ $/, "", name)
	if (name ~ / AS [a-z_0-9]+$/)
		sub(/.* AS /, "", name)
	else
		sub(/.*[ .]/, "", name)
	add_column(name)
	item = ""
}

# The code of a line of a view, a character at a time: the items between the
# first SELECT outside of parentheses and its FROM.
function read_view(code,    at, c)
{
	for (at = 1; at <= length(code); at++)
	{
		c = substr(code, at, 1)
		if (c == "(")
			depth++
		else if (c == ")")
			depth--
		else if (depth == 0 && c == "," && selecting)
		{
			add_item()
			continue
		}
		if (selecting)
			item = item c
	}
	if (selecting)
		item = item " "
}

NR == FNR {
	if (split($0, part, "\t") != 3)
		fail("a word is its name, English and Vietnamese, with tabs between")
	if (part[1] <= last)
		fail("words are in the order of their names")
	last = part[1]
	word[part[1]] = part[2] " / " part[3]
	gsub(/\047/, "\047\047", word[part[1]])
	next
}

# The path of the file, which expand.awk says first.
FNR == 1 && /^-- sql\/model\// { next }

{ print }

/^-- Replaced by upgrades:$/ { replaceable = 1 }

/^COMMENT ON COLUMN @schema@\./ {
	split($4, part, ".")
	said[part[2] "." part[3]] = 1
}

/^CREATE TABLE @schema@\./ {
	relation = $3
	sub(/^@schema@\./, "", relation)
	in_table = 1
	next
}

in_table && /^\t[a-z_0-9]+ / { add_column($1) }
in_table && /^\);/ { in_table = 0 }

/^CREATE OR REPLACE VIEW @schema@\./ {
	relation = $5
	sub(/^@schema@\./, "", relation)
	in_view = 1
	depth = selecting = 0
	next
}

in_view {
	code = $0
	gsub(/\047[^\047]*\047/, "\047\047", code)
	sub(/--.*/, "", code)
	if (depth == 0 && !selecting && code ~ /^SELECT/)
	{
		selecting = 1
		sub(/^SELECT( DISTINCT)?/, "", code)
	}
	else if (depth == 0 && selecting && code ~ /^FROM /)
	{
		add_item()
		in_view = 0
		next
	}
	read_view(code)
}

END {
	if (failed)
		exit 1
	for (i = 1; i <= columns; i++)
		if (replaceable && (column_of[i] in word) && !((relation_of[i] "." column_of[i]) in said))
		{
			if (!written++)
				print ""
			print "COMMENT ON COLUMN @schema@." relation_of[i] "." column_of[i] " IS\n\047" word[column_of[i]] "\047;"
		}
}
