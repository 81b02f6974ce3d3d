# What a schema holds, said without the schema's name, so that two of different
# names can be compared. All by the catalog: it grows with the model.
package Model;

use strict;
use warnings;
use utf8;
use Database;
use Exporter 'import';
use Test::More;

our @EXPORT = qw(same as_owner objects definitions census rights columns rows views seals);

# same(lines, lines expected, name): a test that shows only lines that differ.
sub same
{
	my ($got, $expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my %got = map { $_ => 1 } split /\n/, $got;
	my %expected = map { $_ => 1 } split /\n/, $expected;

	ok($got eq $expected, $name)
		or diag(map({ "lost:  $_\n" } grep { !$got{$_} } sort keys %expected),
			map({ "added: $_\n" } grep { !$expected{$_} } sort keys %got));
}

# Statements of role model_owner, which owns the model and is no superuser.
sub as_owner
{
	return "SET client_min_messages = warning; SET ROLE model_owner; $_[0]";
}

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

# Every object, with its owner and comment, and every column.
sub objects
{
	my ($database, $schema) = @_;

	return nameless($database, $schema, <<'SQL');
SELECT concat_ws('|', i.type, CASE WHEN i.type <> 'schema' THEN i.identity END, o.refobjid::regrole, d.description)
FROM (
	SELECT 'pg_namespace'::regclass AS classid, home AS objid FROM home
	UNION ALL
	SELECT 'pg_class'::regclass, oid FROM home, pg_class WHERE relnamespace = home
	UNION ALL
	SELECT 'pg_type'::regclass, oid FROM home, pg_type WHERE typnamespace = home
	UNION ALL
	SELECT 'pg_proc'::regclass, oid FROM home, pg_proc WHERE pronamespace = home
	UNION ALL
	SELECT 'pg_constraint'::regclass, oid FROM home, pg_constraint WHERE connamespace = home
	UNION ALL
	SELECT 'pg_trigger'::regclass, t.oid
	FROM home, pg_trigger AS t JOIN pg_class AS c ON tgrelid = c.oid
	WHERE relnamespace = home AND NOT tgisinternal
	UNION ALL
	SELECT 'pg_policy'::regclass, p.oid
	FROM home, pg_policy AS p JOIN pg_class AS c ON polrelid = c.oid
	WHERE relnamespace = home
) AS object
CROSS JOIN LATERAL pg_identify_object(classid, objid, 0) AS i
LEFT JOIN pg_shdepend AS o ON (o.classid, o.objid) = (object.classid, object.objid) AND deptype = 'o'
	AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
LEFT JOIN pg_description AS d ON (d.classoid, d.objoid, d.objsubid) = (object.classid, object.objid, 0)
UNION ALL
SELECT concat_ws('|', 'column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
	attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
FROM home, pg_class AS c
JOIN pg_attribute AS a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef AS d ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = home AND relkind IN ('r', 'p', 'v', 'm', 'c')
SQL
}

# What each object is, as PostgreSQL writes it down. That is not the same after
# a dump: once read again, IN lists and casts are written in another way.
sub definitions
{
	my ($database, $schema) = @_;

	return nameless($database, $schema, <<'SQL');
SELECT concat_ws('|', oid::regclass, relkind, relrowsecurity, reloptions,
	CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) WHEN 'i' THEN pg_get_indexdef(oid) END)
FROM home, pg_class WHERE relnamespace = home
UNION ALL
SELECT concat_ws('|', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM home, pg_constraint WHERE connamespace = home
UNION ALL
SELECT pg_get_functiondef(oid)
FROM home, pg_proc WHERE pronamespace = home AND prokind <> 'a'
UNION ALL
SELECT concat_ws('|', pg_get_triggerdef(t.oid), tgenabled)
FROM home, pg_trigger AS t JOIN pg_class AS c ON tgrelid = c.oid WHERE relnamespace = home AND NOT tgisinternal
UNION ALL
SELECT concat_ws('|', polrelid::regclass, polname, polcmd, polpermissive, polroles::regrole[],
	pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
FROM home, pg_policy JOIN pg_class AS c ON polrelid = c.oid WHERE relnamespace = home
UNION ALL
SELECT concat_ws('|', t.oid::regtype, typtype, format_type(typbasetype, typtypmod),
	(SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM home, pg_type AS t WHERE typnamespace = home
SQL
}

sub census
{
	return objects(@_) . "\n" . definitions(@_);
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

# Each publication's seal, and what its verification says.
sub seals
{
	my ($database, $schema) = @_;
	my $name = '"' . $schema =~ s/"/""/gr . '"';

	return sql($database, <<"SQL");
SELECT p.publication_id, v.*, p.seal
FROM $name.publication AS p
CROSS JOIN LATERAL $name.verify_publication(p.publication_id) AS v
ORDER BY 1, 2
SQL
}

1;
