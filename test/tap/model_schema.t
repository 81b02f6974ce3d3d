# The model's schema: by whom it is created, under which names, what a rename
# and an upgrade leave as it was, and what DROP EXTENSION takes.
use strict;
use warnings;
use utf8;
use lib 'test/tap/lib';
use Database;
use Digest::MD5 'md5_hex';
use Encode 'encode_utf8';
use Model;
use Test::More;

sql('postgres', 'DROP ROLE IF EXISTS model_owner, model_guest');
sql('postgres', 'CREATE ROLE model_owner; CREATE ROLE model_guest');

# ---- an ordinary user owns the database, the extension and the model --------

sql('postgres', 'DROP DATABASE IF EXISTS model');
sql('postgres', 'CREATE DATABASE model OWNER model_owner TEMPLATE template0');
sql('model', as_owner('CREATE EXTENSION parindex; CALL parindex.create_schema()'));
is(
	sql('model', <<'SQL'), '', 'everything in the schema is his');
SELECT pg_describe_object(d.classid, d.objid, 0)
FROM pg_depend AS d
JOIN pg_shdepend AS o ON (o.classid, o.objid) = (d.classid, d.objid) AND o.objsubid = 0 AND o.deptype = 'o'
WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid IN ('par'::regnamespace)
	AND o.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
	AND o.refobjid <> 'model_owner'::regrole
SQL
is(sql('model', "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'par'"), 'model_owner', 'and so is the schema');
is(
	sql('model', <<'SQL'), '', 'nothing in it belongs to the extension');
SELECT pg_describe_object(d.classid, d.objid, 0)
FROM pg_depend AS d, pg_identify_object(d.classid, d.objid, 0) AS i
WHERE d.deptype = 'e' AND i.schema = 'par'
SQL
my $version = sql('model', 'SELECT parindex.model_version()');
is(
	sql('model', 'SELECT version, engine_version = parindex.library_version() FROM par.schema_version'),
	"$version|t", 'it says its version');

# ---- schema_ddl shows what runs ---------------------------------------------

my $created = census('model', 'par');
isnt($created, '', 'the census counts what is created');
my $ddl = sql('model', 'SELECT parindex.schema_ddl()');
sql('model', "ALTER SCHEMA par RENAME TO made_by_procedure");
sql('model', as_owner("SET search_path = pg_catalog; $ddl"));
same(census('model', 'par'), $created, 'schema_ddl, run by hand, makes the same');
sql('model', as_owner('DROP SCHEMA made_by_procedure CASCADE; DROP SCHEMA par CASCADE'));

is(
	sql('model', <<'SQL'),
SET client_encoding = 'UTF8';
SELECT file, md5(string_agg(ddl, '' ORDER BY ordinal)) FROM parindex.model_source() GROUP BY file ORDER BY file COLLATE "C"
SQL
	join("\n", map { "$_|" . md5_hex(encode_utf8(slurp("build/sql/model/$_"))) }
		sort((grep { /^[a-z]/ } split(/\n/, slurp('sql/model/order'))), map { s{^sql/model/}{}r } glob('sql/model/upgrade/*.sql'))),
	'which is what the files say, as the build writes them out');

# ---- names ------------------------------------------------------------------

my %refused = (
	'NULL'                => qr/ERROR:  22004: schema name must not be null/,
	q{''}                 => qr/ERROR:  42602: schema name must not be empty/,
	q{'pg_par'}           => qr/ERROR:  42939: schema name "pg_par" is reserved/,
	q{'parindex'}         => qr/ERROR:  42939: schema name "parindex" is reserved/,
	q{repeat('ế', 22)}    => qr/ERROR:  42622: schema name "ế+" is too long\nDETAIL:  It has 66 bytes/,
);
for my $call ('CALL parindex.create_schema', 'CALL parindex.upgrade_schema', 'SELECT parindex.schema_ddl',
	'SELECT parindex.check_schema_name')
{
	like(sql_error('model', "\\set VERBOSITY verbose\n$call($_)"), $refused{$_}, "$call($_)")
		for sort keys %refused;
}
is(sql_error('model', q{SELECT parindex.check_schema_name('Chỉ số 2019')}), 'no error', 'most names are good');

for my $name ('Chỉ số 2019', q{o'clock "x".y}, 'a$$b@schema@c$model_part$', "two\nlines /* -- */", 'PAR', 'user', 'ế' x 21)
{
	my $literal = "'" . $name =~ s/'/''/gr . "'";
	my $quoted = '"' . $name =~ s/"/""/gr . '"';

	sql('model', as_owner("CALL parindex.create_schema($literal)"));
	same(census('model', $name), $created, "a schema called $quoted is the same" =~ s/\n/ /r);
	sql('model', as_owner("CALL parindex.upgrade_schema($literal)"));
	same(census('model', $name), $created, 'and after an upgrade too');
	sql('model', as_owner("ALTER SCHEMA $quoted RENAME TO renamed"));
	same(census('model', 'renamed'), $created, 'and renamed');
	sql('model', as_owner('DROP SCHEMA renamed CASCADE'));
}

# ---- a rename in the middle of the work -------------------------------------

# Sessions keep their plans, and what now has the old name must not be touched.
my $round = slurp('test/data/model/round.sql');
sql('model', as_owner(<<'SQL' =~ s/<round>/$round/r));
CALL parindex.create_schema('Chỉ số "2019"');
SET search_path = "Chỉ số ""2019""";
<round>
SELECT count(*) FROM preview(1), verify_publication(1);
ALTER SCHEMA "Chỉ số ""2019""" RENAME TO "it's.$$";
CALL parindex.create_schema('Chỉ số "2019"');
CREATE TEMP TABLE publication ();
CREATE TEMP TABLE assessment_round ();
SELECT "it's.$$".reopen(1, 'Sửa điểm');
SELECT "it's.$$".decide_appeal(appeal_id, 'granted', 20) FROM "it's.$$".appeal;
SELECT "it's.$$".advance_round(1);
SELECT "it's.$$".publish(1, '12/QĐ', '2020-03-01');
SQL
like(seals('model', q{it's.$$}), qr/^1\|seal\|t\|.*^2\|seal\|t\|/ms, 'a renamed schema publishes on');
unlike(seals('model', q{it's.$$}), qr/\|f\|/, 'and verifies what it published before');
is(
	(grep { !/^schema_version\|/ && !/\|0\|/ } split /\n/, rows('model', q{Chỉ số "2019"})), 0,
	'and touches nothing of the schema that has its old name');
sql('model', as_owner(q{DROP SCHEMA "it's.$$" CASCADE; DROP SCHEMA "Chỉ số ""2019""" CASCADE}));

# ---- a schema that is there -------------------------------------------------

sql('model', as_owner('CREATE SCHEMA prepared; CALL parindex.create_schema($$prepared$$)'));
same(census('model', 'prepared'), $created, 'an empty schema of the caller is used');
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . as_owner('CALL parindex.create_schema($$prepared$$)')),
	qr/ERROR:  42P06: schema "prepared" exists and is not empty/, 'one with a model is not');
sql('model', as_owner('CREATE SCHEMA used; CREATE FUNCTION used.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'));
like(
	sql_error('model', as_owner('CALL parindex.create_schema($$used$$)')),
	qr/ERROR:  schema "used" exists and is not empty/, 'nor one with a function');
sql('model', 'CREATE SCHEMA trap AUTHORIZATION model_guest; GRANT ALL ON SCHEMA trap TO model_owner');
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . as_owner('CALL parindex.create_schema($$trap$$)')),
	qr/ERROR:  42501: schema "trap" exists and is not yours\nDETAIL:  It belongs to role "model_guest"/,
	'nor one that another role prepared');
like(
	sql_error('model', 'SET ROLE model_guest; CALL parindex.create_schema()'),
	qr/ERROR:  permission denied for database model/, 'who may not create schemas creates no model');

# ---- settings of the caller -------------------------------------------------

sql('model', <<"SQL");
CREATE SCHEMA planted;
CREATE TYPE planted.int4 AS ENUM ('planted');
CREATE DOMAIN planted.text AS pg_catalog.int4;
CREATE DOMAIN planted.name AS pg_catalog.int4;
CREATE DOMAIN planted.numeric AS pg_catalog.int4;
CREATE DOMAIN planted.timestamptz AS pg_catalog.int4;
CREATE FUNCTION planted.format(pg_catalog.text, VARIADIC pg_catalog.text[]) RETURNS pg_catalog.text
	LANGUAGE sql AS 'SELECT 1/0';
CREATE FUNCTION planted.quote_ident(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS 'SELECT 1/0';
GRANT USAGE ON SCHEMA planted TO PUBLIC;
SQL
is(
	sql('model', as_owner(<<'SQL')), 'planted, pg_catalog|off|notice', 'those of the caller stay as they were');
SET search_path = planted, pg_catalog;
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET transform_null_equals = on;
SET check_function_bodies = off;
SET client_min_messages = notice;
CALL parindex.create_schema('elsewhere');
CALL parindex.upgrade_schema('elsewhere');
SELECT pg_catalog.current_setting('search_path'), pg_catalog.current_setting('check_function_bodies'),
	pg_catalog.current_setting('client_min_messages');
SQL
same(census('model', 'elsewhere'), $created, 'and change nothing');
like(
	sql_error('model', as_owner(q{BEGIN; CALL parindex.create_schema('undone'); SELECT 1/0; COMMIT})),
	qr/division by zero/, 'a creation can be rolled back');
is(sql('model', "SELECT to_regnamespace('undone') IS NULL"), 't', 'and leaves nothing');

# ---- upgrade ----------------------------------------------------------------

sql('model', as_owner("CREATE SCHEMA empty; CALL parindex.create_schema('par')"));
sql('model', as_owner("SET search_path = par;\n$round"));
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . as_owner(q{CALL parindex.upgrade_schema('nowhere')})),
	qr/ERROR:  3F000: schema "nowhere" does not exist/, 'no schema, no upgrade');
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . as_owner(q{CALL parindex.upgrade_schema('empty')})),
	qr/ERROR:  55000: schema "empty" does not hold a model/, 'nor without a model');
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . 'CALL parindex.upgrade_schema()'),
	qr/ERROR:  42501: must be owner of schema "par"\nHINT:  .* SET ROLE model_owner/,
	'not even a superuser runs the code in another role\'s schema');
sql('model', 'UPDATE par.schema_version SET version = version + 1');
like(
	sql_error('model', "\\set VERBOSITY verbose\n" . as_owner('CALL parindex.upgrade_schema()')),
	qr/ERROR:  55000: schema "par" has version @{[$version + 1]}, newer than $version/, 'no way back');
sql('model', 'UPDATE par.schema_version SET version = version - 1');

# What a user made stays, what the model made comes back, the rows are those.
sql('model', as_owner(<<'SQL'));
CREATE VIEW public.version_seen AS SELECT version FROM par.schema_version;
GRANT USAGE ON SCHEMA par TO model_guest;
GRANT SELECT ON ALL TABLES IN SCHEMA par TO model_guest;
SQL
my $rows = rows('model', 'par');
my $rights = rights('model', 'par');
my $changed = sql('model', "SELECT xmin, ctid FROM par.schema_version");
sql('model', as_owner('CALL parindex.upgrade_schema()'));
same(rows('model', 'par'), $rows, 'an upgrade of a current schema keeps each row');
is(sql('model', "SELECT xmin, ctid FROM par.schema_version"), $changed, 'its version too');
same(rights('model', 'par'), $rights, 'grants');
is(sql('model', 'SELECT version FROM public.version_seen'), $version, 'views of users');
same(census('model', 'par'), $created, 'and every definition');

# ---- DROP EXTENSION ---------------------------------------------------------

like(
	sql_error('model', as_owner('DROP EXTENSION parindex')),
	qr/ERROR:  cannot drop extension parindex because other objects depend on it/,
	'DROP EXTENSION refuses while the model needs it');
my $columns = columns('model', 'par');
my $seals = seals('model', 'par');
sql('model', as_owner('DROP EXTENSION parindex CASCADE'));
same(rows('model', 'par'), $rows, 'with CASCADE each stored row is still there');
same(columns('model', 'par'), $columns, 'and each column with its default');
sql('model', as_owner('CREATE EXTENSION parindex; CALL parindex.upgrade_schema()'));
same(rows('model', 'par'), $rows, 'installed again, the rows are the same');
same(census('model', 'par'), $created, 'an upgrade brings back what was lost');
is(seals('model', 'par'), $seals, 'and the seals hold');

sql('postgres', 'DROP DATABASE model');
sql('postgres', 'DROP ROLE model_owner, model_guest');
done_testing();
