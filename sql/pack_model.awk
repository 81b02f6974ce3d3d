# Packs the model's files into parindex.model_source(), for the install script:
#   awk -f sql/pack_model.awk PART... UPGRADE...
# A file becomes one row, or two where a line divides what creates from what is
# replaced; an upgrade step N-to-M.sql becomes one with version M.

function fail(message)
{
	print FILENAME ":" FNR ": " message > "/dev/stderr"
	failed = 1
	exit 1
}

# Comments alone are no part: they go with what follows.
function open_part(is_replaceable)
{
	close_part()
	replaceable = is_replaceable
}

function close_part()
{
	if (!has_statement)
		return
	print (ordinal ? "\t," : "\t") "(" ++ordinal ", '" file "', " (version == "" ? "NULL::int" : version) \
		", " (replaceable ? "true" : "false") ", $model_part$" text "$model_part$)"
	has_statement = 0
	text = ""
}

BEGIN {
	print "CREATE FUNCTION parindex.model_source()"
	print "\tRETURNS TABLE (ordinal int, file text, version int, replaceable boolean, ddl text)"
	print "\tLANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50"
	print "\tSET search_path = pg_catalog, pg_temp"
	print "AS $model_source$"
	print "VALUES"
}

FNR == 1 {
	open_part(0)
	file = FILENAME
	sub(/^sql\/model\//, "", file)
	version = ""
	if (file ~ /^upgrade\/[1-9][0-9]*-to-[1-9][0-9]*\.sql$/)
	{
		split(substr(file, length("upgrade/") + 1), step, /-to-|\.sql/)
		version = step[2]
		if (version != step[1] + 1)
			fail("not a step from one version to the next")
		steps[version] = 1
		if (version + 0 > newest)
			newest = version + 0
	}
	else if (file !~ /^([a-z_]+\/)?[a-z0-9_]+\.sql$/ || file ~ /^upgrade\//)
		fail("the name is neither folder/name.sql nor upgrade/N-to-M.sql")
}

/\$model_(part|source)\$/ {
	fail("the packing needs this dollar quote for itself")
}

/^-- Replaced by upgrades:$/ {
	if (version != "" || replaceable)
		fail("this line divides nothing")
	open_part(1)
}

{
	text = text $0 "\n"
}

!/^(--.*|[ \t]*)$/ {
	has_statement = 1
}

END {
	if (failed)
		exit 1
	close_part()
	for (version = 2; version <= newest; version++)
		if (!(version in steps))
			fail("there is no step " version - 1 "-to-" version ".sql before this one")
	print "$model_source$;\n"
	print "COMMENT ON FUNCTION parindex.model_source() IS"
	print "'Support of create_schema() and upgrade_schema(): source of the model''s schema, in which @schema@ stands for its quoted name. In the order of ordinal: what create_schema runs where version is NULL, and of that what upgrade_schema runs again where it is replaceable; where version is not NULL, the step that leads to that version.';"
}
