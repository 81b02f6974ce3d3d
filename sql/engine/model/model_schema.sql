-- The model's schema: created, shown and upgraded. Its DDL lies in sql/model/;
-- the build packs it into parindex.model_source(), at the end of this script.
-- Everything here runs as the caller, who comes to own all that it creates.

CREATE FUNCTION parindex.model_version() RETURNS int
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (SELECT coalesce(max(s.version), 1) FROM parindex.model_source() AS s);
END
$$;

COMMENT ON FUNCTION parindex.model_version() IS
'Version of the model that create_schema creates and upgrade_schema upgrades to: 1, 2, … Never NULL.';

CREATE FUNCTION parindex.check_schema_name(schema_name text) RETURNS void
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF schema_name IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'schema name must not be null';
	ELSIF schema_name = '' THEN
		RAISE invalid_name USING
			MESSAGE = 'schema name must not be empty';
	ELSIF octet_length(schema_name) > 63 THEN
		RAISE name_too_long USING
			MESSAGE = format('schema name "%s" is too long', schema_name),
			DETAIL = format('It has %s bytes; names have 63 at most.', octet_length(schema_name));
	ELSIF schema_name LIKE 'pg\_%' OR schema_name IN ('information_schema', 'parindex') THEN
		RAISE reserved_name USING
			MESSAGE = format('schema name "%s" is reserved', schema_name);
	END IF;
END
$$;

COMMENT ON FUNCTION parindex.check_schema_name(text) IS
'Support of the model: raises an error unless a model may have a schema of that name: NULL (22004), empty (42602), above 63 bytes (42622), of the system or the engine (42939). Says nothing about whether there is one.';

CREATE FUNCTION parindex.schema_ddl(schema_name text DEFAULT 'par') RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM parindex.check_schema_name(schema_name);
	RETURN 'CREATE SCHEMA ' || quote_ident(schema_name) || E';\n\n' || (
		SELECT string_agg(replace(s.ddl, '@schema@', quote_ident(schema_name)), E'\n' ORDER BY s.ordinal)
		FROM parindex.model_source() AS s
		WHERE s.version IS NULL);
END
$$;

COMMENT ON FUNCTION parindex.schema_ddl(text) IS
'The statements that create_schema runs for a schema of that name. Errors are those of check_schema_name. Never NULL.';

-- Settings that change how DDL is read are pinned, for the caller's must not.
CREATE PROCEDURE parindex.create_schema(schema_name text DEFAULT 'par')
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
	SET check_function_bodies = on
	SET standard_conforming_strings = on
	SET transform_null_equals = off
	SET client_min_messages = warning
AS $$
DECLARE
	existing record;
	part text;
BEGIN
	PERFORM parindex.check_schema_name(schema_name);
	SELECT n.oid, pg_get_userbyid(n.nspowner) AS owner INTO existing
	FROM pg_namespace AS n
	WHERE n.nspname = schema_name;

	IF NOT FOUND THEN
		EXECUTE format('CREATE SCHEMA %I', schema_name);
	ELSIF existing.owner <> current_user THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('schema "%s" exists and is not yours', schema_name),
			DETAIL = format('It belongs to role "%s", who could replace whatever is created in it.', existing.owner),
			HINT = 'Choose another name.';
	ELSIF EXISTS (
		SELECT FROM pg_depend AS d
		WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = existing.oid AND d.deptype = 'n')
	THEN
		RAISE duplicate_schema USING
			MESSAGE = format('schema "%s" exists and is not empty', schema_name),
			HINT = 'Choose another name, or see CALL parindex.upgrade_schema(…) if it holds a model.';
	END IF;

	FOR part IN
		SELECT replace(s.ddl, '@schema@', quote_ident(schema_name))
		FROM parindex.model_source() AS s
		WHERE s.version IS NULL
		ORDER BY s.ordinal
	LOOP
		EXECUTE part;
	END LOOP;
END
$$;

COMMENT ON PROCEDURE parindex.create_schema(text) IS
'Creates the model: a schema of that name, or an empty one of that name that the caller owns, with its tables, functions and views. All belong to the caller, none to the extension. schema_ddl shows the statements. Errors: those of check_schema_name; 42P06 where the schema is not empty, 42501 where it is another role''s.';

-- Only as the owner himself: what another role runs in his schema would run
-- his triggers with that role's rights, and new functions would be that role's.
CREATE PROCEDURE parindex.upgrade_schema(schema_name text DEFAULT 'par')
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
	SET check_function_bodies = on
	SET standard_conforming_strings = on
	SET transform_null_equals = off
	SET client_min_messages = warning
AS $$
DECLARE
	known CONSTANT int := parindex.model_version();
	existing record;
	found_version int;
	part text;
BEGIN
	PERFORM parindex.check_schema_name(schema_name);
	SELECT pg_get_userbyid(n.nspowner) AS owner, c.relowner IS NOT DISTINCT FROM n.nspowner AS is_model
	INTO existing
	FROM pg_namespace AS n
	LEFT JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = 'schema_version' AND c.relkind = 'r'
	WHERE n.nspname = schema_name;

	IF NOT FOUND THEN
		RAISE invalid_schema_name USING
			MESSAGE = format('schema "%s" does not exist', schema_name),
			HINT = 'CALL parindex.create_schema(…) creates one.';
	ELSIF existing.owner <> current_user THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('must be owner of schema "%s"', schema_name),
			HINT = format('As a member of its owner, first SET ROLE %I.', existing.owner);
	END IF;
	IF existing.is_model THEN
		-- The lock makes a second upgrade wait and then find this one done.
		EXECUTE format('SELECT version FROM %I.schema_version FOR UPDATE', schema_name) INTO found_version;
	END IF;
	IF found_version IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('schema "%s" does not hold a model', schema_name),
			DETAIL = 'A schema made by parindex.create_schema says its version in a table schema_version.';
	ELSIF found_version > known THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('schema "%s" has version %s, newer than %s', schema_name, found_version, known),
			HINT = 'Install a newer parindex and run ALTER EXTENSION parindex UPDATE.';
	END IF;

	FOR part IN
		SELECT replace(s.ddl, '@schema@', quote_ident(schema_name))
		FROM parindex.model_source() AS s
		WHERE s.version > found_version OR s.replaceable
		ORDER BY s.version NULLS LAST, s.ordinal
	LOOP
		EXECUTE part;
	END LOOP;
	EXECUTE format(
		'UPDATE %I.schema_version
		 SET version = $1, engine_version = $2, upgraded_at = CURRENT_TIMESTAMP
		 WHERE (version, engine_version) IS DISTINCT FROM ($1, $2)', schema_name)
	USING known, parindex.library_version();
END
$$;

COMMENT ON PROCEDURE parindex.upgrade_schema(text) IS
'Brings a model''s schema to model_version(): runs the steps from its version on, then replaces functions, triggers and views, also those that DROP EXTENSION … CASCADE took. Keeps data, grants and the views of users; changes nothing that is current. Errors: 3F000 no such schema, 42501 the caller is not its owner, 55000 no model, or a newer one than this parindex knows.';
