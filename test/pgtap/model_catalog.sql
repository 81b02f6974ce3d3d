-- What the catalog must say of every object of a model's schema, so that it can
-- be renamed, dumped and upgraded, and outlive the extension. Each test lists
-- the objects that fail it.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

BEGIN;
SELECT plan(13);
CALL parindex.create_schema('model under test');

CREATE TEMP VIEW function AS
SELECT p.oid::regprocedure AS identity, p.*
FROM pg_proc AS p
WHERE p.pronamespace = '"model under test"'::regnamespace;

CREATE TEMP VIEW model_table AS
SELECT c.oid::regclass AS identity, c.*
FROM pg_class AS c
WHERE c.relnamespace = '"model under test"'::regnamespace AND c.relkind IN ('r', 'p');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 JOIN pg_language AS l ON l.oid = f.prolang
	 WHERE l.lanname NOT IN (''sql'', ''plpgsql'') OR l.lanname = ''sql'' AND f.prosqlbody IS NULL',
	'functions in SQL are bound to what they name');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 WHERE f.prosqlbody IS NULL AND ''search_path=pg_catalog, pg_temp'' <> ALL (coalesce(f.proconfig, ''{}''))',
	'others set the search_path, to one without any schema of a user');

SELECT is_empty(
	'SELECT f.identity FROM function AS f WHERE strpos(f.prosrc, ''model under test'') > 0',
	'no body holds the schema''s name');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 WHERE f.prosrc ~ ''parindex\.enter_schema\(pg_typeof\(here\)\)''
		IS DISTINCT FROM (f.pronargs > 0
			AND f.proargtypes[f.pronargs - 1] = ''"model under test".here''::regtype
			AND f.pronargdefaults > 0)',
	'a function that looks for its schema has the argument, last and optional; others have not');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 WHERE f.prosqlbody IS NULL AND f.proparallel <> ''u'' AND f.prosrc ~ ''enter_schema|set_config''',
	'a function that sets the search_path runs in no parallel query');

SELECT is_empty(
	'SELECT DISTINCT f.identity, pg_describe_object(d.classid, d.objid, 0)
	 FROM function AS f
	 JOIN pg_depend AS d ON d.refclassid = ''pg_proc''::regclass AND d.refobjid = f.oid
	 WHERE f.prosqlbody IS NULL AND d.classid IN (''pg_rewrite''::regclass, ''pg_policy''::regclass)',
	'views and policies call functions in SQL only');

SELECT is_empty(
	'SELECT f.identity
	 FROM function AS f
	 WHERE f.prosecdef AND f.prorettype = ''trigger''::regtype
		AND EXISTS (SELECT FROM aclexplode(coalesce(f.proacl, acldefault(''f'', f.proowner))) AS a WHERE a.grantee = 0)',
	'nobody can attach a trigger function with its owner''s rights to a table elsewhere');

SELECT is_empty(
	'SELECT t.identity, a.attname, a.atttypid::regtype
	 FROM model_table AS t
	 JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
	 JOIN pg_type AS y ON y.oid = a.atttypid
	 WHERE y.typnamespace <> ''pg_catalog''::regnamespace',
	'columns of tables have core types');

SELECT is_empty(
	'SELECT t.identity
	 FROM model_table AS t
	 JOIN pg_type AS y ON y.typname = t.relname AND y.typnamespace = ''parindex''::regnamespace',
	'no table is named like a type of the engine');

-- Whatever an expression kept with a table needs, over functions bound to
-- others, is at risk when the extension goes.
SELECT is_empty(
	$$WITH RECURSIVE needs AS (
		SELECT 'pg_attrdef'::regclass AS classid, d.oid AS objid, t.identity
		FROM model_table AS t JOIN pg_attrdef AS d ON d.adrelid = t.oid
		UNION
		SELECT 'pg_constraint'::regclass, c.oid, t.identity
		FROM model_table AS t JOIN pg_constraint AS c ON c.conrelid = t.oid
		UNION
		SELECT 'pg_class'::regclass, i.indexrelid, t.identity
		FROM model_table AS t JOIN pg_index AS i ON i.indrelid = t.oid
		UNION
		SELECT 'pg_policy'::regclass, p.oid, t.identity
		FROM model_table AS t JOIN pg_policy AS p ON p.polrelid = t.oid
		UNION
		SELECT d.refclassid, d.refobjid, n.identity
		FROM needs AS n
		JOIN pg_depend AS d ON d.classid = n.classid AND d.objid = n.objid
		WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass,
			'pg_opclass'::regclass, 'pg_cast'::regclass)
	)
	SELECT DISTINCT n.identity, pg_describe_object(n.classid, n.objid, 0)
	FROM needs AS n
	JOIN pg_depend AS d ON d.classid = n.classid AND d.objid = n.objid AND d.deptype = 'e'
	WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')$$,
	'no default, check, index, generated column or policy needs the engine');

SELECT is_empty(
	$$SELECT pg_describe_object(o.classid, o.objid, o.objsubid)
	 FROM (
		SELECT 'pg_namespace'::regclass AS classid, '"model under test"'::regnamespace::oid AS objid, 0 AS objsubid
		UNION ALL
		SELECT 'pg_proc'::regclass, oid, 0 FROM function
		UNION ALL
		SELECT 'pg_type'::regclass, y.oid, 0 FROM pg_type AS y LEFT JOIN pg_class AS c ON c.oid = y.typrelid
		WHERE typnamespace = '"model under test"'::regnamespace AND (typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
		UNION ALL
		SELECT 'pg_class'::regclass, oid, 0 FROM pg_class
		WHERE relnamespace = '"model under test"'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
		UNION ALL
		SELECT 'pg_class'::regclass, attrelid, attnum
		FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
		WHERE relnamespace = '"model under test"'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
			AND attnum > 0 AND NOT attisdropped
	 ) AS o
	 LEFT JOIN pg_description AS d ON (d.classoid, d.objoid, d.objsubid) = (o.classid, o.objid, o.objsubid)
	 WHERE coalesce(d.description !~ '\S / \S', true)$$,
	'every object and column is described, in English / and in Vietnamese');

-- Rows that say by whom they were written; what is staged for a load is no such
-- thing, and what cannot be changed needs no history.
SELECT is_empty(
	$$SELECT DISTINCT t.identity, missing
	 FROM model_table AS t
	 JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND a.atttypid = 'name'::regtype
	 CROSS JOIN unnest('{history_of_insert,history_of_update,history_of_delete}'::text[]) AS missing
	 WHERE t.relname !~ '_load$'
		AND NOT EXISTS (
			SELECT FROM pg_trigger AS g
			WHERE g.tgrelid = t.oid AND g.tgname IN (missing, 'refuse_change', 'keep_publication')
		)$$,
	'history has every change of a table that says who wrote its rows');

SELECT set_eq(
	$$SELECT t.relname::text
	 FROM model_table AS t
	 WHERE EXISTS (
			SELECT FROM pg_constraint AS c
			WHERE c.conrelid = t.oid AND pg_get_constraintdef(c.oid) ~* 'nfc normalized'
		)
		AND NOT EXISTS (SELECT FROM pg_trigger AS g WHERE g.tgrelid = t.oid AND g.tgname = 'compose_text')$$,
	$$VALUES
		-- by a trigger of its own
		('assessment'),
		-- by publish() and reopen()
		('publication'), ('reopening'),
		-- not at all: refused
		('action_criterion'), ('respondent_identity')$$,
	'text that is asked to be NFC is made so');

SELECT * FROM finish();
ROLLBACK;
