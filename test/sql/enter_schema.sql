-- A function in PL/pgSQL finds its tables by the type of an argument, whatever
-- becomes of the schema's name.
CREATE SCHEMA "Chỉ số.""2019""";
CREATE TYPE "Chỉ số.""2019""".here AS ENUM ();
CREATE TABLE "Chỉ số.""2019""".place AS SELECT 'its own' AS name;
CREATE FUNCTION "Chỉ số.""2019""".found(here "Chỉ số.""2019""".here DEFAULT NULL)
	RETURNS TABLE (schema name, path text, place text)
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	own_schema CONSTANT name := parindex.enter_schema(pg_typeof(here));
BEGIN
	RETURN QUERY SELECT own_schema, current_setting('search_path'), p.name FROM place AS p;
END
$$;
SELECT * FROM "Chỉ số.""2019""".found();

-- The session has made its plans. Now the name goes to somebody else, and so
-- do all paths to it.
ALTER SCHEMA "Chỉ số.""2019""" RENAME TO renamed;
CREATE SCHEMA "Chỉ số.""2019""";
CREATE TABLE "Chỉ số.""2019""".place AS SELECT 'another''s' AS name;
CREATE TEMP TABLE place AS SELECT 'a temporary' AS name;
SET search_path = "Chỉ số.""2019""", public;
SELECT * FROM renamed.found();

-- The argument sends it nowhere else.
CREATE TYPE "Chỉ số.""2019""".here AS ENUM ('there');
SELECT * FROM renamed.found('there');
SELECT * FROM renamed.found('there'::"Chỉ số.""2019""".here);

-- It ends with the function that has a SET clause, also by an error.
SHOW search_path;
DO $$
BEGIN
	PERFORM renamed.found();
	RAISE division_by_zero;
EXCEPTION WHEN division_by_zero THEN
	RAISE NOTICE 'path is %', current_setting('search_path');
END
$$;

-- Without one, with the transaction.
BEGIN;
SELECT parindex.enter_schema('renamed.here'::regtype);
SHOW search_path;
ROLLBACK;
SHOW search_path;

SELECT parindex.enter_schema(NULL) IS NULL AS nothing;
SHOW search_path;
SELECT parindex.enter_schema(0);
RESET search_path;
DROP TABLE pg_temp.place;
SET client_min_messages = warning;
DROP SCHEMA renamed, "Chỉ số.""2019""" CASCADE;
