-- What the catalog must say of every object of the extension: it is described,
-- lies in schema parindex, is marked for the planner as it behaves, and, if a type,
-- is named by a test; that tests call each function is for the SQL test uninstall to
-- say. Each test lists the objects that fail it.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

-- All that tests: a type that no file here names is not tested.
\set tests `cat test/sql/*.sql test/pgtap/*.sql test/tap/*.t`

BEGIN;
SELECT plan(8);

CREATE TEMP VIEW member AS
SELECT
	d.classid,
	d.objid,
	i.type AS kind,
	i.schema AS in_schema,
	i.identity AS identity,
	obj_description(d.objid, d.classid::regclass::name) AS comment
FROM pg_depend AS d
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) AS i
WHERE d.refclassid = 'pg_extension'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')
	AND d.deptype = 'e'
	-- array types come with their element type
	AND NOT EXISTS (
		SELECT FROM pg_type AS t
		WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND t.typcategory = 'A');

CREATE TEMP VIEW function AS
SELECT m.identity, p.*
FROM member AS m
JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

-- Everything is immutable and parallel safe but for these.
CREATE TEMP TABLE exempt (identity text, volatility "char", parallel "char");
INSERT INTO exempt VALUES
	('parindex.version()', 's', 's'),
	('parindex.library_version()', 's', 's'),
	('parindex.help(pg_catalog.text)', 's', 's'),
	('parindex.enter_schema(pg_catalog.regtype)', 'v', 'u'),
	('parindex.create_schema(pg_catalog.text)', 'v', 'u'),
	('parindex.upgrade_schema(pg_catalog.text)', 'v', 'u');

SELECT isnt_empty(
	'SELECT 1 FROM member WHERE kind = ''schema'' AND identity = ''parindex''',
	'the schema belongs to the extension');

SELECT is_empty(
	'SELECT kind, identity FROM member WHERE coalesce(trim(comment), '''') = ''''',
	'every object has a comment');

SELECT is_empty(
	'SELECT kind, identity FROM member WHERE in_schema <> ''parindex''
		AND NOT (kind = ''operator'' AND in_schema = ''pg_catalog'' AND identity ~ ''^pg_catalog[.][=<>]+[(]parindex[.]'')',
	'every object lies in schema parindex, but for the operators by which its types compare');

SELECT is_empty(
	'SELECT f.identity, f.provolatile, f.proparallel
	 FROM function AS f
	 LEFT JOIN exempt AS e USING (identity)
	 WHERE (f.provolatile, f.proparallel) IS DISTINCT FROM
		(coalesce(e.volatility, ''i''), coalesce(e.parallel, ''s''))',
	'every function is immutable and parallel safe, but for the exempt');

SELECT is_empty(
	'SELECT identity FROM function WHERE prosecdef',
	'no function runs with its owner''s rights');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 JOIN pg_language AS l ON l.oid = f.prolang
	 WHERE l.lanname NOT IN (''c'', ''internal'') AND f.prosqlbody IS NULL
		AND NOT coalesce(array_to_string(f.proconfig, '','') ~ ''search_path='', false)',
	'no function in SQL or PL/pgSQL looks names up in its caller''s search_path');

SELECT results_eq(
	'SELECT to_regprocedure(member)::oid AS oid FROM parindex.rooms() WHERE member ~ ''\(''
	 UNION ALL
	 SELECT to_regtype(member)::oid FROM parindex.rooms() WHERE member !~ ''\(''
	 ORDER BY oid',
	'SELECT objid FROM member WHERE classid IN (''pg_proc''::regclass, ''pg_type''::regclass) ORDER BY objid',
	'every function and type has a room, and one only');

SELECT is_empty(
	format(
		'SELECT m.identity
		 FROM member AS m
		 JOIN pg_type AS t ON m.classid = ''pg_type''::regclass AND m.objid = t.oid
		 WHERE %L !~ (''\m'' || t.typname || ''\M'')',
		:'tests'),
	'every type is named by a test');

SELECT * FROM finish();
ROLLBACK;
