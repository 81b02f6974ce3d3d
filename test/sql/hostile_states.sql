-- States from hostile hands: text and binary forms with anything in them give
-- an error, or a state that every function can read. The server survives.
SET client_min_messages = warning;
CREATE SCHEMA test_hostile_states;
SET search_path = test_hostile_states, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Good states, to be spoiled
CREATE TABLE good (id int GENERATED ALWAYS AS IDENTITY, type text, state text);
CREATE AGGREGATE sums_state(value float8, weight float8) (SFUNC = weighted_sums_add, STYPE = weighted_sums);
CREATE AGGREGATE moments_state(value float8, weight float8) (SFUNC = weighted_moments_add, STYPE = weighted_moments);
CREATE AGGREGATE merged_sums(weighted_sums) (SFUNC = weighted_sums_merge, STYPE = weighted_sums);
CREATE AGGREGATE merged_moments(weighted_moments) (SFUNC = weighted_moments_merge, STYPE = weighted_moments);

INSERT INTO good (type, state)
SELECT type, unnest(ARRAY[s, t])
FROM (
	SELECT 'weighted_sums' AS type, sums_state(x, 1.5)::text AS s, sums_state(x * 1e200, x * x)::text AS t
	FROM (VALUES (1::float8), (-2.25), (93.66)) AS v (x)
	UNION ALL
	SELECT 'weighted_moments', moments_state(x, 1.5)::text, moments_state(x * 1e100, 0.1)::text
	FROM (VALUES (1::float8), (-2.25), (93.66), ('NaN')) AS v (x)
	UNION ALL
	SELECT 'score_stats', score_stats(x)::text, score_stats(x, 1.5)::text
	FROM (VALUES (1::float8), (-2.25), (93.66)) AS v (x)
	UNION ALL
	SELECT 'score_stats', score_stats(x, 0.5)::text, score_stats(x * 1e300, 1e-300)::text
	FROM (VALUES (1::float8), (-2.25), ('Infinity'), ('NaN')) AS v (x)
) AS t;

-- Reads a state in every way there is, and merges it with itself.
CREATE FUNCTION use_state(type text, state text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	accessors text := CASE type
		WHEN 'weighted_sums' THEN 'weighted_mean_final(s)'
		WHEN 'weighted_moments' THEN 'weighted_stddev_final(s)'
		ELSE 'mean(s), stddev_of(s), variance_of(s, ''population''), min_of(s), max_of(s), score_stats_hash(s)'
	END;
	merged text := CASE type
		WHEN 'weighted_sums' THEN 'merged_sums(s)'
		WHEN 'weighted_moments' THEN 'merged_moments(s)'
		ELSE 'rollup(s)'
	END;
BEGIN
	EXECUTE format('SELECT concat(%1$s_send(s), s, %2$s) FROM (SELECT $1::%1$s) AS t (s)', type, accessors)
		INTO STRICT result USING state;
	EXECUTE format('SELECT %2$s FROM (SELECT $1::%1$s FROM generate_series(1, 5)) AS t (s)', type, merged)
		INTO STRICT result USING state;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT type, count(*), count(*) FILTER (WHERE use_state(type, state) = 'fine') AS fine FROM good GROUP BY type ORDER BY type;

-- Text: characters replaced, left out or doubled, and tails cut off. 22003
-- and 54000 come from states that are possible, but whose figures are not.
SELECT setseed(0.5);
CREATE TABLE spoiled AS
SELECT type, CASE kind
		WHEN 0 THEN overlay(state PLACING substr('0123456789abcdefxpnw=+-. NI', 1 + piece, 1) FROM place FOR 1)
		WHEN 1 THEN overlay(state PLACING '' FROM place FOR 1 + piece % 3)
		WHEN 2 THEN overlay(state PLACING substr(state, place, 1 + piece % 9) FROM place FOR 0)
		WHEN 3 THEN left(state, place)
		WHEN 4 THEN overlay(state PLACING repeat(substr(state, place, 1), 3000) FROM place FOR 1)
		ELSE overlay(state PLACING (ARRAY['99999999999999999999', '0x1p4000', '-0x1p0', 'NaN', '1e308', ' n=', '0x1p-4064'])[1 + piece % 7] FROM place FOR 1 + piece % 4)
	END AS state
FROM (
	SELECT type, state, i % 6 AS kind, 1 + floor(random() * length(state))::int AS place, floor(random() * 27)::int AS piece
	FROM good, generate_series(1, 500) AS i
) AS t;
SELECT type, count(*) AS tried, bool_and(result IN ('fine', '22P02', '22003', '54000')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', '22P02', '22003', '54000')) AS other,
	count(*) FILTER (WHERE result = '22P02') > 200 AS often_refused
FROM (SELECT type, use_state(type, state) AS result FROM spoiled) AS t
GROUP BY type ORDER BY type;

-- A long text is refused without more memory than itself.
SELECT type, use_state(type, 'v1 n=1 w=0x' || repeat('f', 10000000) || 'p0 wx=0') AS digits,
	use_state(type, 'v1 n=' || repeat('0', 10000000)) AS zeros,
	use_state(type, repeat(' ', 10000000)) AS spaces
FROM (VALUES ('weighted_sums'), ('weighted_moments'), ('score_stats')) AS t (type);

-- Binary: bytes changed, left out and added.
CREATE FUNCTION send_state(type text, state text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	result bytea;
BEGIN
	EXECUTE format('SELECT %1$s_send($1::%1$s)', type) INTO result USING state;
	RETURN result;
END $$;

SELECT type, count(*), count(*) FILTER (WHERE receive(type, send_state(type, state)) = state) AS fine
FROM good GROUP BY type ORDER BY type;

CREATE TABLE spoiled_bytes AS
SELECT type, CASE kind
		WHEN 0 THEN set_byte(fields, place, piece)
		WHEN 1 THEN set_byte(fields, place, get_byte(fields, place) # (1 << piece % 8))
		WHEN 2 THEN substr(fields, 1, place)
		WHEN 3 THEN fields || substr(fields, 1, 1 + piece % 16)
		WHEN 4 THEN set_byte(set_byte(fields, place, 255), place - place % 2, 127)
		WHEN 5 THEN overlay(fields PLACING '\x7fffffffffffffff'::bytea FROM 1 + place FOR 8)
		WHEN 6 THEN set_byte(fields, 1, piece)
		ELSE overlay(fields PLACING '\x'::bytea FROM 1 + place FOR 1 + piece % 8)
	END AS fields
FROM (
	SELECT type, fields, i % 8 AS kind, floor(random() * length(fields))::int AS place, floor(random() * 256)::int AS piece
	FROM (SELECT type, send_state(type, state) AS fields FROM good) AS t, generate_series(1, 60) AS i
) AS t;
SELECT type, count(*) AS tried, bool_and(result IN ('fine', '22P03', '08P01', '22003', '54000')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', '22P03', '08P01', '22003', '54000')) AS other,
	count(*) FILTER (WHERE result IN ('22P03', '08P01')) > 50 AS often_refused
FROM (SELECT type, outcome(format('SELECT use_state(%1$L, receive(%1$L, %2$L))', type, fields)) AS result FROM spoiled_bytes) AS t
GROUP BY type ORDER BY type;

-- By hand: an unknown version, limbs that are not there, bases out of range
SELECT what, outcome(format('SELECT use_state(''weighted_sums'', receive(''weighted_sums'', %L))', fields))
FROM (VALUES
	('good', '\x01 05 0000000000000001 0000 0001 0000000000000001 0000 0000'::text),
	('empty', ''),
	('version 2', '\x02 05 0000000000000001 0000 0001 0000000000000001 0000 0000'),
	('unknown part', '\x01 85 0000000000000001 0000 0001 0000000000000001 0000 0000'),
	('negative count', '\x01 05 ffffffffffffffff 0000 0001 0000000000000001 0000 0000'),
	('cut off', '\x01 05 0000000000000001 0000 0001 0000000000000001 0000'),
	('one byte more', '\x01 05 0000000000000001 0000 0001 0000000000000001 0000 0000 00'),
	('65535 limbs', '\x01 05 0000000000000001 0000 ffff 0000000000000001 0000 0000'),
	('128 limbs', '\x01 05 0000000000000001 0000 0001 0000000000000001 0000 0080' || repeat('0000000000000001', 128)),
	('base 128', '\x01 05 0000000000000001 0000 0001 0000000000000001 0080 0001 0000000000000001'),
	('base -128', '\x01 05 0000000000000001 0000 0001 0000000000000001 ff80 0001 0000000000000001'),
	('above the range', '\x01 05 0000000000000001 0000 0001 0000000000000001 007f 0001 0000000000000001'),
	('above the range when trimmed', '\x01 05 0000000000000001 0000 0001 0000000000000001 007f 0003 0000000000000001' || repeat('0000000000000000', 2)),
	('negative weights', '\x01 05 0000000000000001 0000 0001 ffffffffffffffff 0000 0000'),
	('not trimmed', '\x01 05 0000000000000001 ffff 0003 000000000000000000000000000000010000000000000000 0000 0001 0000000000000000')
) AS t (what, hex), LATERAL (SELECT CASE WHEN hex = '' THEN ''::bytea ELSE replace(hex, ' ', '')::bytea END) AS f (fields);

-- An ordered-set aggregate of the user's own hands a final function a state as
-- it stands in a table, packed or compressed: it is read all the same.
CREATE TABLE kept AS
SELECT fw, index_scores_agg(fw, 'a1', 1) AS scores, index_points_agg(fw, 'a1', 1) AS points
FROM (
	SELECT framework_agg('a' || i, CASE WHEN i > 0 THEN 'a0' END, 1, 1) AS fw
	FROM (VALUES (2), (3000)) AS n (nodes), generate_series(0, nodes) AS i
	GROUP BY nodes
) AS t
GROUP BY fw;
SELECT pg_column_size(scores) < 50 AS packed, pg_column_size(scores) < 10000 AS compressed FROM kept ORDER BY 1;
CREATE VIEW small AS SELECT fw FROM kept ORDER BY pg_column_size(scores) LIMIT 1;
CREATE FUNCTION kept_scores(index_scores, int) RETURNS index_scores LANGUAGE sql
	RETURN (SELECT scores FROM kept ORDER BY pg_column_size(scores) LIMIT 1 OFFSET $2);
CREATE FUNCTION kept_points(index_points, int) RETURNS index_points LANGUAGE sql
	RETURN (SELECT points FROM kept ORDER BY pg_column_size(points) LIMIT 1 OFFSET $2);
CREATE AGGREGATE scores_with(framework, text, float8 ORDER BY int) (SFUNC = kept_scores, STYPE = index_scores, FINALFUNC = index_scores_add);
CREATE AGGREGATE points_with(framework, text, numeric ORDER BY int) (SFUNC = kept_points, STYPE = index_points, FINALFUNC = index_points_add);
CREATE AGGREGATE scores_and(index_scores ORDER BY int) (SFUNC = kept_scores, STYPE = index_scores, FINALFUNC = index_scores_merge);
CREATE AGGREGATE points_and(index_points ORDER BY int) (SFUNC = kept_points, STYPE = index_points, FINALFUNC = index_points_merge);
SELECT i, regexp_replace(scores_with(fw, 'a2', 2) WITHIN GROUP (ORDER BY i)::text, '^.* leaves', 'leaves') AS scores,
	regexp_replace(points_with(fw, 'a2', 2) WITHIN GROUP (ORDER BY i)::text, '^.* leaves', 'leaves') AS points
FROM (SELECT fw, row_number() OVER (ORDER BY pg_column_size(scores))::int - 1 AS i FROM kept) AS t
GROUP BY fw, i ORDER BY i;
SELECT regexp_replace(scores_and((SELECT index_scores_agg(fw, 'a2', 2) FROM small)) WITHIN GROUP (ORDER BY 0)::text, '^.* leaves', 'leaves') AS scores,
	regexp_replace(points_and((SELECT index_points_agg(fw, 'a2', 2) FROM small)) WITHIN GROUP (ORDER BY 0)::text, '^.* leaves', 'leaves') AS points;
