-- The last test: what no test called, and that the extension goes without a trace.
SET client_min_messages = warning;

-- A session counts what it called when it ends, which may be after its psql.
DO $$
BEGIN
	FOR round IN 1..600 LOOP
		PERFORM pg_stat_clear_snapshot();
		EXIT WHEN NOT EXISTS (
			SELECT FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker');
		PERFORM pg_sleep(0.1);
	END LOOP;
END
$$;

-- Signatures that no test called. The server does not count what aggregates, types,
-- casts and operator classes are made of; whoever tests these tests them. Nor does it
-- count aggregates and window functions: signatures calls each.
CREATE TEMP VIEW counted_by_nobody AS
SELECT unnest(ARRAY[aggfnoid, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
	aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) AS oid FROM pg_aggregate
UNION
SELECT unnest(ARRAY[typinput, typoutput, typreceive]::oid[]) FROM pg_type
UNION
SELECT castfunc FROM pg_cast
UNION
SELECT amproc FROM pg_amproc
UNION
SELECT oid FROM pg_proc WHERE prokind = 'w';

SELECT p.oid::regprocedure AS never_called
FROM pg_depend AS d
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE d.refclassid = 'pg_extension'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')
	AND d.deptype = 'e'
	AND p.oid NOT IN (SELECT oid FROM counted_by_nobody WHERE oid IS NOT NULL)
	AND p.oid NOT IN (SELECT funcid FROM pg_stat_user_functions)
	-- what makes a schema of the model is called in the databases of pgTAP and TAP tests
	AND p.proname NOT IN ('create_schema', 'upgrade_schema', 'schema_ddl', 'model_source', 'model_version', 'check_schema_name')
	-- install had functions counted; where it did not run nothing is said
	AND current_setting('track_functions') = 'all'
ORDER BY p.oid::regprocedure::text COLLATE "C";

CREATE TEMP TABLE member AS
SELECT classid, objid
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'parindex')
	AND deptype = 'e';
SELECT count(*) > 500 AS has_members FROM member;

-- It does not go while something needs it, and takes that along when told to.
CREATE SCHEMA test_uninstall;
CREATE TABLE test_uninstall.kept (stats parindex.score_stats);
DO $$
BEGIN
	DROP EXTENSION parindex;
EXCEPTION WHEN dependent_objects_still_exist THEN
	RAISE WARNING 'objects depend on it';
END
$$;
DROP EXTENSION parindex CASCADE;

SELECT to_regnamespace('parindex') IS NULL AS no_schema,
	(SELECT count(*) FROM pg_proc WHERE probin ~ 'parindex') AS functions,
	(SELECT count(*) FROM information_schema.columns WHERE table_schema = 'test_uninstall') AS columns;
SELECT count(*) FILTER (WHERE i.identity IS NOT NULL) AS members,
	count(*) FILTER (WHERE description IS NOT NULL) AS comments,
	count(*) FILTER (WHERE d.classid IS NOT NULL) AS dependencies,
	count(*) FILTER (WHERE p.classoid IS NOT NULL) AS privileges
FROM member AS m
CROSS JOIN LATERAL pg_identify_object(m.classid, m.objid, 0) AS i
LEFT JOIN pg_description AS c ON (c.classoid, c.objoid) = (m.classid, m.objid)
LEFT JOIN pg_depend AS d ON (d.refclassid, d.refobjid) = (m.classid, m.objid) OR (d.classid, d.objid) = (m.classid, m.objid)
LEFT JOIN pg_init_privs AS p ON (p.classoid, p.objoid) = (m.classid, m.objid);

-- Files of the tests
SELECT format('rm -f %L/parindex_test_*.bin', current_setting('data_directory')) AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';
