# Writes out SQL parts with what their lines "--@ " ask for:
#   awk -f sql/expand.awk sql/engine/ranking/top_scores.sql ...
#
#   --@ type_io                   A template: sql/template/type_io.sql, in which
#   --@ type: score_list          @type@ becomes score_list.
#
#   --@ each                      A function for several types: the lines down
#   --@ unit: text | bigint       to "--@ end", here once for text and once for
#   ... @unit@ ...                bigint. Several keys go from one text to the
#   --@ end                       next together; an each in an each multiplies.
#                                 Texts go on in a line "--@ | more | and more".
#
# The head of a template, its lines up to the first empty one, is not written.
# There "--@ symbol: @type@" gives a key its text where the part gives none. A
# key without a text, or a text that nothing uses, is an error. A comment with
# the path of each part goes before it.

function fail(line, message)
{
	print place[line] ": " message > "/dev/stderr"
	failed = 1
	exit 1
}

# The line as it is written inside scope: that of a template or an each. The
# texts of a part itself are scope 0, which has no keys.
function with_values(line, scope,    rest, written, key, holder)
{
	rest = text[line]
	while (match(rest, /@[a-z_]+@/))
	{
		key = substr(rest, RSTART + 1, RLENGTH - 2)
		written = written substr(rest, 1, RSTART - 1)
		for (holder = scope; holder > 0 && !((holder, key) in value); holder = outer[holder])
			;
		if (holder > 0)
		{
			written = written value[holder, key]
			used[holder, key] = 1
		}
		else if (key == "schema" || key == "extschema")
			written = written "@" key "@"
		else
			fail(line, "@" key "@ has no text")
		rest = substr(rest, RSTART + RLENGTH)
	}
	return written rest
}

function is_key(line)
{
	return text[line] ~ /^--@ [a-z_]+:/
}

# The texts of a key, from all that the line says: how many there are.
function read_texts(said, texts,    count, i)
{
	sub(/^--@ [a-z_]+:/, "", said)
	count = split(said, texts, / \|/)
	for (i = 1; i <= count; i++)
		sub(/^ /, "", texts[i])
	return count
}

function key_name(line,    name)
{
	name = substr(text[line], 5)
	sub(/:.*/, "", name)
	return name
}

function open_scope(around)
{
	outer[++scopes] = around
	return scopes
}

function check_used(asked, scope,    pair, part)
{
	for (pair in value)
	{
		split(pair, part, SUBSEP)
		if (part[1] == scope && !(pair in used))
			fail(asked, "nothing uses the text of " part[2])
	}
}

# Puts the file behind the lines there are and says where it begins.
function load(path, asked,    line, got, first, number)
{
	first = lines + 1
	while ((got = (getline line < path)) > 0)
	{
		text[++lines] = line
		place[lines] = path ":" ++number
	}
	if (got < 0)
		fail(asked, "there is no " path)
	close(path)
	return first
}

# Both take the line that asks, and give the one after what belongs to it.

function write_template(asked, last, around,    line, scope, texts, first, end)
{
	scope = open_scope(0)
	for (line = asked + 1; line <= last && is_key(line); line++)
	{
		if (read_texts(with_values(line, around), texts) > 1)
			fail(line, "a template takes one text")
		value[scope, key_name(line)] = texts[1]
	}
	first = load("sql/template/" substr(text[asked], 5) ".sql", asked)
	end = lines
	for (; first <= end && text[first] != ""; first++)
		if (is_key(first) && !((scope, key_name(first)) in value))
		{
			read_texts(with_values(first, scope), texts)
			value[scope, key_name(first)] = texts[1]
		}
	write_lines(first + 1, end, scope)
	check_used(asked, scope)
	return line
}

function write_each(asked, last, around,    line, scope, texts, copies, copy, choice, first, depth, key)
{
	scope = open_scope(around)
	for (line = asked + 1; line <= last && is_key(line); line++)
	{
		copy = read_texts(with_values(line, around), texts)
		if (copies != "" && copy != copies)
			fail(line, "as many texts as the key above are wanted: " copies)
		for (copies = copy; copy > 0; copy--)
			choice[key_name(line), copy] = texts[copy]
		value[scope, key_name(line)] = ""
	}
	first = line
	for (depth = 1; line <= last; line++)
	{
		depth += (text[line] == "--@ each") - (text[line] == "--@ end")
		if (depth == 0)
			break
	}
	if (depth > 0)
		fail(asked, "this each has no end")
	for (copy = 1; copy <= copies; copy++)
	{
		for (key in choice)
		{
			split(key, texts, SUBSEP)
			if (texts[2] == copy)
				value[scope, texts[1]] = choice[key]
		}
		if (copy > 1)
			print ""
		write_lines(first, line - 1, scope)
	}
	check_used(asked, scope)
	return line + 1
}

function write_lines(first, last, scope)
{
	while (first <= last)
		if (text[first] == "--@ each")
			first = write_each(first, last, scope)
		else if (text[first] ~ /^--@ [a-z_]+$/ && text[first] != "--@ end")
			first = write_template(first, last, scope)
		else if (text[first] ~ /^--@/)
			fail(first, "this belongs to no template and no each")
		else
			print with_values(first++, scope)
}

FNR == 1 {
	text[++lines] = "-- " FILENAME
}

/^--@ \| / && is_key(lines) {
	text[lines] = text[lines] substr($0, 4)
	next
}

{
	text[++lines] = $0
	place[lines] = FILENAME ":" FNR
}

END {
	if (!failed)
		write_lines(1, lines, 0)
	exit failed
}
