# Writes parindex.rooms(), for the install script: the room of each function and
# type, which is the folder of the SQL part that describes it.
#   awk -f sql/list_rooms.awk SCRIPT
# SCRIPT is what expand.awk and pack_model.awk wrote.

# What regprocedure or regtype reads: "parindex.f(value float8, ties text)"
# without the names of arguments.
function bare(member,    name, arguments, count, i)
{
	if (member !~ /\(/)
		return member
	name = arguments = member
	sub(/\(.*/, "", name)
	sub(/^[^(]*\(/, "", arguments)
	sub(/\)$/, "", arguments)
	count = split(arguments, argument, /, */)
	for (i = 1; i <= count; i++)
	{
		sub(/.* /, "", argument[i])
		name = name (i == 1 ? "(" : ", ") argument[i]
	}
	return name (count == 0 ? "()" : ")")
}

function list(member)
{
	print (ordinal ? "\t," : "\t") "(" ++ordinal ", '" room "', '" bare(member) "')"
}

BEGIN {
	print ""
	print "CREATE FUNCTION parindex.rooms()"
	print "\tRETURNS TABLE (ordinal int, room text, member text)"
	print "\tLANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 500"
	print "\tSET search_path = pg_catalog, pg_temp"
	print "AS $rooms$"
	print "VALUES"
}

/^-- sql\/engine\/.*\.sql$/ {
	entered = $2
	sub(/^sql\/engine\//, "", entered)
	if (!sub(/\/[^\/]*$/, "", entered))
		entered = "base"
	if (room == "base" && entered != room)
		list("parindex.rooms()")
	room = entered
}

/^COMMENT ON (FUNCTION|AGGREGATE|PROCEDURE|TYPE) parindex\..* IS$/ {
	sub(/^COMMENT ON [A-Z]+ /, "")
	sub(/ IS$/, "")
	list($0)
}

END {
	print "$rooms$;\n"
	print "COMMENT ON FUNCTION parindex.rooms() IS"
	print "'Support of help(): the functions and types of the extension, in the order of ordinal, each with the room of the sources that it comes from, such as survey/state for src/survey/state. A member is text as regprocedure and regtype read it. help() shows those that are for users.';"
}
