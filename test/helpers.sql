\set ECHO none
-- Functions that several SQL tests need. They are made in the first schema of the
-- search_path, a test's own, so that tests running at one time do not meet. Tests
-- include this file by
--
--	 \getenv abs_srcdir PG_ABS_SRCDIR
--	 \set helpers :abs_srcdir '/helpers.sql'
--	 \i :helpers

-- The value of a query, or its error with detail, hint and the rule it is in.
CREATE FUNCTION error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	detail text;
	hint text;
	context text;
BEGIN
	EXECUTE query INTO result;
	RETURN 'no error: ' || coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
		context = PG_EXCEPTION_CONTEXT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''),
		substring(context FROM 'scoring rule of [^\n]*'));
END $$;

-- The value of a query, or its SQLSTATE alone.
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- Whether two doubles are one value, the signs of zeros included.
CREATE FUNCTION same_bits(a float8, b float8) RETURNS boolean LANGUAGE sql
	RETURN float8send(a) IS NOT DISTINCT FROM float8send(b);

-- Whether all the words stand in the plan of a query.
CREATE FUNCTION plan_has(query text, VARIADIC words text[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off, VERBOSE) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN (SELECT bool_and(strpos(plan, word) > 0) FROM unnest(words) AS word);
END $$;

-- The text of the value that a type's receive function makes of a message; to be
-- read back it must make the same value. Only COPY calls the function: a column of
-- bytea and one of the type look alike in a binary copy.
CREATE FUNCTION receive(type text, message bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	file text := format('%s/parindex_test_%s.bin', current_setting('data_directory'), pg_backend_pid());
	result text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE arrival (value %s)', type);
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', message, file);
	EXECUTE format('COPY arrival FROM %L (FORMAT binary)', file);
	EXECUTE format('SELECT value::text FROM arrival WHERE %1$s_send(value::text::%1$s) = %1$s_send(value)', type)
		INTO result;
	DROP TABLE arrival;
	IF result IS NULL THEN
		RAISE '% does not read back', message;
	END IF;
	RETURN result;
END $$;

-- What becomes of a message changed at random, many times: a value v that the readers
-- can read, accepted if it is sent as it came, or an SQLSTATE.
CREATE FUNCTION fuzz_bytes(type text, seed bytea, rounds int, readers text DEFAULT 'v') RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
	input bytea;
	at int;
	outcome text;
BEGIN
	FOR r IN 1..rounds LOOP
		at := (random() * (length(seed) - 1))::int;
		input := CASE (random() * 6)::int
				WHEN 0 THEN substr(seed, 1, at)
				WHEN 1 THEN seed || '\x00'
				WHEN 2 THEN overlay(seed PLACING '\x7fffffff' FROM at + 1 FOR 4)
				WHEN 3 THEN overlay(seed PLACING '\xffffffff' FROM at + 1 FOR 4)
				ELSE set_byte(seed, at, get_byte(seed, at) # (1 << (random() * 7)::int))
			END;
		BEGIN
			EXECUTE format('SELECT CASE WHEN %1$s_send(v) = $2 THEN ''accepted'' ELSE ''sent otherwise'' END
				FROM (SELECT $1::%1$s AS v) AS received
				WHERE concat(%2$s) IS NOT NULL', type, readers)
				INTO STRICT outcome USING receive(type, input), input;
		EXCEPTION WHEN OTHERS THEN
			outcome := SQLSTATE;
		END;
		RETURN NEXT outcome;
	END LOOP;
END $$;
\set ECHO all
