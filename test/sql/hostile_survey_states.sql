-- Survey states and designs from hostile hands: text and bytes with anything
-- in them are refused, or are values that every function can read and that
-- read back as themselves. The server survives.
SET client_min_messages = warning;
CREATE SCHEMA test_hostile_survey_states;
SET search_path = test_hostile_survey_states, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE good (type text, value text);
INSERT INTO good
SELECT type, unnest(ARRAY[a, b, c])
FROM (
	SELECT 'survey_stats' AS type, survey_stats(y, w, h, p)::text AS a, survey_stats(y * 1e200, w, h::text, p::text)::text AS b,
		survey_stats(y, w * 1e-9, h, p, u)::text AS c
	FROM (VALUES (1, 101, 1, 2.5::float8, 1.5::float8), (1, 102, 1, -7, 3), (2, 201, 2, 0.1, 0.3)) AS v (h, p, u, y, w)
	UNION ALL
	SELECT 'survey_cov_stats', survey_cov_stats(ARRAY[y], w, h, p)::text, survey_cov_stats(ARRAY[y, w, 1e9], w, 'Hà "' || h, p::text)::text,
		survey_cov_stats(ARRAY[y, 1], w, h, p, u)::text
	FROM (VALUES (1, 101, 1, 2.5::float8, 1.5::float8), (1, 102, 1, -7, 3), (2, 201, 2, 0.1, 0.3)) AS v (h, p, u, y, w)
	UNION ALL
	VALUES ('survey_design', 'v1 {1: 5 of 40; 2: 4}', 'v1 {"A": 5; "B \" \\": 4 of 9}', 'v1 {1/101: 3 of 12, 4 of 18; 1/102: 3 of 12, 6}')
) AS t;

-- Reads a value in every way there is, and merges it with itself.
CREATE AGGREGATE merged_designs(survey_design) (SFUNC = survey_design_merge, STYPE = survey_design, FINALFUNC = survey_design_final);
CREATE FUNCTION use_value(type text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	readers text := CASE type
		WHEN 'survey_stats' THEN 'svy_mean(v), svy_total(v), svy_variance(v), svy_df(v), svy_n(v), rollup(v) OVER (), survey_stats_hash(v),
			(SELECT concat(svy_estimate(v, d, k, lonely => ''adjust''), svy_vcov(ARRAY[v, v], d, k, ''adjust''))
			 FROM (VALUES (''v1 {1: 3; 2: 3}''::survey_design), (''v1 {"1": 3 of 9; "2": 3}'')) AS d (d), (VALUES (''mean''), (''total'')) AS k (k)
			 WHERE (v::text ~ ''"'') = (d::text ~ ''"'') LIMIT 1)'
		WHEN 'survey_cov_stats' THEN 'svy_mean(v), svy_total(v), svy_df(v), svy_n(v), rollup(v) OVER (), survey_cov_stats_hash(v),
			(SELECT svy_vcov(v, d, k, ''adjust'')
			 FROM (VALUES (''v1 {1: 3; 2: 3}''::survey_design), (''v1 {"Hà \"1": 3 of 9; "Hà \"2": 3}'')) AS d (d), (VALUES (''mean''), (''total'')) AS k (k)
			 WHERE (v::text ~ ''"'') = (d::text ~ ''"'') LIMIT 1)'
		ELSE 'svy_df(v), merged_designs(v) OVER (), survey_design_hash(v),
			svy_estimate(''v1 n=0 variables=0 yy=[] {}'', v)'
	END;
BEGIN
	EXECUTE format('SELECT CASE WHEN v::text::%1$s = v AND %1$s_send(v::text::%1$s) = %1$s_send(v) THEN '''' ELSE ''does not read back: '' || v::text END
		FROM (SELECT $1::%1$s AS v) AS t', type)
		INTO STRICT result USING value;
	IF result <> '' THEN
		RETURN result;
	END IF;
	BEGIN
		EXECUTE format('SELECT concat(%2$s) FROM (SELECT $1::%1$s AS v FROM generate_series(1, 3)) AS t', type, readers)
			INTO result USING value;
	EXCEPTION WHEN invalid_parameter_value OR numeric_value_out_of_range OR program_limit_exceeded THEN
		RETURN 'fine, but not to be estimated';	-- a stratum or PSU the design does not have, a figure out of range
	END;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT type, use_value(type, value), count(*) FROM good GROUP BY 1, 2 ORDER BY 1, 2;

-- Text: characters replaced, left out or doubled, and tails cut off
SELECT setseed(0.5);
CREATE TABLE spoiled AS
SELECT type, CASE kind
		WHEN 0 THEN overlay(value PLACING substr('0123456789abcdefxpnw=+-. {}[];:/"\of', 1 + piece, 1) FROM place FOR 1)
		WHEN 1 THEN overlay(value PLACING '' FROM place FOR 1 + piece % 3)
		WHEN 2 THEN overlay(value PLACING substr(value, place, 1 + piece % 9) FROM place FOR 0)
		WHEN 3 THEN left(value, place)
		WHEN 4 THEN overlay(value PLACING repeat(substr(value, place, 1), 3000) FROM place FOR 1)
		ELSE overlay(value PLACING (ARRAY['99999999999999999999', '0x1p4000', '-0x1p0', '9223372036854775807', '/', ' n=', '0x1p-4064', '0x1p3100'])[1 + piece % 8] FROM place FOR 1 + piece % 4)
	END AS value
FROM (
	SELECT type, value, i % 6 AS kind, 1 + floor(random() * length(value))::int AS place, floor(random() * 36)::int AS piece
	FROM good, generate_series(1, 500) AS i
) AS t;
SELECT type, count(*) AS tried, bool_and(result IN ('fine', 'fine, but not to be estimated', '22P02', '22023')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', 'fine, but not to be estimated', '22P02', '22023')) AS other,
	count(*) FILTER (WHERE result = '22P02') > 200 AS often_refused
FROM (SELECT type, use_value(type, value) AS result FROM spoiled) AS t
GROUP BY type ORDER BY type;

-- A long text is refused without more memory than itself.
SELECT type, use_value(type, 'v1 n=1 variables=1 yy=[0x' || repeat('f', 10000000) || 'p0] {1/1: 0x1p0 0}') AS digits,
	use_value(type, 'v1 {' || repeat('1/', 10000000)) AS slashes, use_value(type, 'v1 {"' || repeat('x', 10000000)) AS open_quote
FROM (SELECT DISTINCT type FROM good) AS t ORDER BY type;

-- Bytes likewise.
CREATE FUNCTION use_bytes(type text, fields bytea) RETURNS text LANGUAGE sql
	RETURN outcome(format('SELECT use_value(%1$L, receive(%1$L, %2$L))', type, fields));
CREATE FUNCTION send_value(type text, value text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	result bytea;
BEGIN
	EXECUTE format('SELECT %1$s_send($1::%1$s)', type) INTO result USING value;
	RETURN result;
END $$;
SELECT type, use_bytes(type, send_value(type, value)), count(*) FROM good GROUP BY 1, 2 ORDER BY 1, 2;

CREATE TABLE spoiled_bytes AS
SELECT type, CASE kind
		WHEN 0 THEN set_byte(fields, place, piece)
		WHEN 1 THEN set_byte(fields, place, get_byte(fields, place) # (1 << piece % 8))
		WHEN 2 THEN substr(fields, 1, place)
		WHEN 3 THEN fields || substr(fields, 1, 1 + piece % 16)
		WHEN 4 THEN set_byte(set_byte(fields, place, 255), place - place % 2, 127)
		WHEN 5 THEN overlay(fields PLACING '\x7fffffffffffffff'::bytea FROM 1 + place FOR 8)
		WHEN 6 THEN overlay(fields PLACING '\xffffffff'::bytea FROM 1 + place FOR 4)
		ELSE overlay(fields PLACING '\x'::bytea FROM 1 + place FOR 1 + piece % 8)
	END AS fields
FROM (
	SELECT type, fields, i % 8 AS kind, floor(random() * length(fields))::int AS place, floor(random() * 256)::int AS piece
	FROM (SELECT type, send_value(type, value) AS fields FROM good) AS t, generate_series(1, 80) AS i
) AS t;
SELECT type, count(*) AS tried, bool_and(result IN ('fine', 'fine, but not to be estimated', '22P03', '08P01', '22023', '22021')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', 'fine, but not to be estimated', '22P03', '08P01', '22023', '22021')) AS other,
	count(*) FILTER (WHERE result IN ('22P03', '08P01', '22023')) > 50 AS often_refused
FROM (SELECT type, use_bytes(type, fields) AS result FROM spoiled_bytes) AS t
GROUP BY type ORDER BY type;

-- A receive that claims much and holds little asks for little memory.
SELECT type, use_bytes(type, fields)
FROM (VALUES
	('survey_stats', '\x010002'::bytea || int8send(9223372036854775807) || int2send(1::int2) || int2send(0::int2) || int2send(0::int2) || int4send(2147483647)),
	('survey_stats', '\x010002'::bytea || int8send(5) || int2send(1::int2) || int2send(0::int2) || int2send(127::int2)),
	('survey_stats', '\x010102'::bytea || int8send(5) || int2send(1::int2) || int2send(0::int2) || int2send(0::int2) || int4send(1) || int4send(2147483647)),
	('survey_cov_stats', '\x010002'::bytea || int8send(5) || int2send(32767::int2)),
	('survey_design', '\x010001'::bytea || int4send(2147483647))
) AS v (type, fields);

-- A state counts rows up to the largest bigint, and none beyond.
CREATE AGGREGATE added_to_nearly_full(y float8, weight float8, stratum bigint, psu bigint) (SFUNC = survey_stats_add, STYPE = survey_stats,
	FINALFUNC = survey_stats_final, INITCOND = 'v1 n=9223372036854775806 variables=1 yy=[0x1p0] {1/1: 0x1p0 0x1p0}');
CREATE AGGREGATE values_added_to_full(y float8, weight float8, stratum bigint, psu bigint) (SFUNC = survey_quantile_stats_add,
	STYPE = survey_quantile_stats, INITCOND = 'v1 n=9223372036854775807 {1/1 1: 0x1p0 0x1p0}');
SELECT svy_n(added_to_nearly_full(1, 1, 1, 1));
SELECT added_to_nearly_full(1, 1, 1, 1) FROM generate_series(1, 2);
SELECT values_added_to_full(1, 1, 1, 1);
