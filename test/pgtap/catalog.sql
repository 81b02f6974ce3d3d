-- What the catalog must say of every object of the extension: it is described,
-- lies in schema parindex, is marked for the planner as it behaves, and is
-- named by a test. Each test lists the objects that fail it.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

-- All that tests: what no file here calls is not tested.
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

-- Functions that aggregates, types, operators, casts and operator classes call;
-- whoever tests these tests them.
CREATE TEMP VIEW support_function AS
SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
	aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) AS oid FROM pg_aggregate
UNION
SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend,
	typmodin, typmodout, typanalyze, typsubscript]::oid[]) FROM pg_type
UNION
SELECT unnest(ARRAY[oprcode, oprrest, oprjoin]::oid[]) FROM pg_operator
UNION
SELECT castfunc FROM pg_cast
UNION
SELECT amproc FROM pg_amproc
UNION
SELECT prosupport FROM pg_proc;

CREATE TEMP VIEW function AS
SELECT m.identity, p.*
FROM member AS m
JOIN pg_proc AS p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

-- Everything is immutable and parallel safe but for these.
CREATE TEMP TABLE exempt (identity text, volatility "char", parallel "char");
INSERT INTO exempt VALUES
	('parindex.version()', 's', 's'),
	('parindex.library_version()', 's', 's'),
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
	'SELECT kind, identity FROM member WHERE in_schema <> ''parindex''',
	'every object lies in schema parindex');

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

SELECT is_empty(
	format(
		'SELECT f.identity
		 FROM function AS f
		 WHERE f.oid NOT IN (SELECT oid FROM support_function WHERE oid IS NOT NULL)
			AND %L !~ (''\m'' || f.proname || ''\s*\('')',
		:'tests'),
	'every function and aggregate is called by a test');

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
