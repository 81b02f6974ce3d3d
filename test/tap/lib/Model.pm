# What a schema holds, said without the schema's name, so that two of different
# names can be compared. All by the catalog: it grows with the model.
package Model;

use strict;
use warnings;
use utf8;
use Database;
use Exporter 'import';

our @EXPORT = qw(census rights columns rows views);

sub literal
{
	my ($text) = @_;

	return "'" . $text =~ s/'/''/gr . "'";
}

# nameless(database, schema, query) -> its output, in which "home" is the
# schema's OID, "<schema>" its name, quoted where need be, and SQL functions
# are deparsed with all names in full.
sub nameless
{
	my ($database, $schema, $query) = @_;
	my $name = literal($schema);

	return sql($database, <<"SQL");
SET search_path = pg_catalog;
SET standard_conforming_strings = on;
WITH home AS (SELECT oid AS home, nspname AS home_name FROM pg_namespace WHERE nspname = $name),
found (line) AS ($query),
nameless AS (SELECT replace(line, quote_ident(home_name) || '.', '<schema>.') AS line FROM found, home)
SELECT line FROM nameless ORDER BY line COLLATE "C"
SQL
}

# Every definition, with its comment and owner.
sub census
{
	my ($database, $schema) = @_;

	return nameless($database, $schema, <<'SQL');
SELECT concat_ws('|', i.type, i.identity, pg_get_userbyid(c.relowner), c.relrowsecurity, c.reloptions,
	pg_get_viewdef(c.oid), obj_description(c.oid, 'pg_class'))
FROM home, pg_class AS c, pg_identify_object('pg_class'::regclass, c.oid, 0) AS i
WHERE relnamespace = home AND relkind <> 'i'
UNION ALL
SELECT concat_ws('|', 'index', c.oid::regclass, pg_get_indexdef(c.oid))
FROM home, pg_class AS c WHERE relnamespace = home AND relkind = 'i'
UNION ALL
SELECT concat_ws('|', 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
	attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
FROM home, pg_class AS c
JOIN pg_attribute AS a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef AS d ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = home
UNION ALL
SELECT concat_ws('|', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM home, pg_constraint WHERE connamespace = home
UNION ALL
SELECT concat_ws('|', 'function', oid::regprocedure, pg_get_userbyid(proowner), prosecdef, pg_get_function_arguments(oid),
	CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END, obj_description(oid, 'pg_proc'))
FROM home, pg_proc WHERE pronamespace = home
UNION ALL
SELECT concat_ws('|', 'trigger', tgrelid::regclass, pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM home, pg_trigger AS t JOIN pg_class AS c ON tgrelid = c.oid WHERE relnamespace = home AND NOT tgisinternal
UNION ALL
SELECT concat_ws('|', 'policy', polrelid::regclass, polname, polcmd, polpermissive, polroles::regrole[],
	pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
FROM home, pg_policy JOIN pg_class AS c ON polrelid = c.oid WHERE relnamespace = home
UNION ALL
SELECT concat_ws('|', 'type', t.oid::regtype, typtype, format_type(typbasetype, typtypmod), obj_description(t.oid, 'pg_type'),
	(SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM home, pg_type AS t WHERE typnamespace = home AND typcategory <> 'A'
UNION ALL
SELECT concat_ws('|', 'schema', pg_get_userbyid(nspowner), obj_description(oid, 'pg_namespace'))
FROM home JOIN pg_namespace ON oid = home
SQL
}

# What was granted, column by column.
sub rights
{
	my ($database, $schema) = @_;

	return nameless($database, $schema, <<'SQL');
SELECT concat_ws('|', oid::regclass, relacl) FROM home, pg_class WHERE relnamespace = home AND relkind <> 'i'
UNION ALL
SELECT concat_ws('|', attrelid::regclass, attname, attacl)
FROM home, pg_class AS c JOIN pg_attribute ON attrelid = c.oid WHERE relnamespace = home AND attacl IS NOT NULL
UNION ALL
SELECT concat_ws('|', oid::regprocedure, proacl) FROM home, pg_proc WHERE pronamespace = home
UNION ALL
SELECT concat_ws('|', 'schema', nspacl) FROM home JOIN pg_namespace ON oid = home
SQL
}

# Of each table the columns, with type, default and whether they may be NULL.
sub columns
{
	my ($database, $schema) = @_;

	return nameless($database, $schema, <<'SQL');
SELECT concat_ws('|', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
	attgenerated, pg_get_expr(adbin, adrelid))
FROM home, pg_class AS c
JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = home AND relkind IN ('r', 'p')
SQL
}

# contents(database, schema, kinds of relation) -> lines "name|rows|fingerprint"
sub contents
{
	my ($database, $schema, $kinds) = @_;
	my $name = literal($schema);

	my $queries = sql($database, <<"SQL");
SELECT string_agg(format(
	'SELECT %L, count(*), md5(string_agg(r::text, E''\\n'' ORDER BY r::text COLLATE "C")) FROM %I.%I AS r',
	relname, nspname, relname), ' UNION ALL ' ORDER BY relname COLLATE "C")
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
WHERE nspname = $name AND relkind = ANY ('$kinds')
SQL
	return $queries eq '' ? '' : sql($database, $queries);
}

sub rows { return contents(@_, '{r,p}') }

sub views { return contents(@_, '{v,m}') }

1;
