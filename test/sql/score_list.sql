-- Type score_list: text and binary form, order, hashing, storage, rows, rollup.
CREATE SCHEMA test_score_list;
SET search_path = test_score_list, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SET client_min_messages = warning;

-- The text form is canonical: any order and spacing in, one way out.
SELECT ' v1  top 2 text float8 { "b" :1e1,"a":010.0 , "c": 20}'::score_list AS list;
SELECT 'v1 all bigint numeric {7: 1.50, -9223372036854775808: 1.5, 7: 1.500, 9: -Infinity}'::score_list AS list;
SELECT 'v1 top 3 text float8 {}'::score_list AS list;

-- What it means for a text to come back as itself.
CREATE TEMP TABLE sample (list score_list);
INSERT INTO sample VALUES
	('v1 top 2 text float8 {"x": 0.1, "y": 5e-324}'),
	('v1 all text float8 {"": Infinity, "\"\\": 1.7976931348623157e+308, " {}:,": 0, "z": -Infinity}'),
	('v1 all bigint float8 {9223372036854775807: 0.30000000000000004, -1: 0.3}'),
	('v1 all text numeric {"a": 1e1000, "b": 93.6550, "c": 93.655, "d": 0.00, "e": -1e-1000}'),
	('v1 top 1 bigint numeric {1: Infinity, 2: Infinity}'),
	('v1 top 1 overfull text float8 {"a": 1}'),
	('v1 all bigint numeric {}');
SET extra_float_digits = -15;
SELECT bool_and(list::text::score_list = list) AS text_round_trip,
	   bool_and(score_list_send(list::text::score_list) = score_list_send(list)) AS same_bytes
FROM sample;
RESET extra_float_digits;

-- Bytes of a unit are kept: decomposed and composed Vietnamese stay two units.
SELECT string_agg(encode(unit::bytea, 'hex'), ' ') AS units
FROM score_list_rows(format('v1 all text float8 {"%s": 1, "%s": 1}',
							E'Qu\xe1\xba\xa3ng', E'Qua\xcc\x89ng')::score_list);

-- -0 is stored as 0.
SELECT 'v1 all text float8 {"b": -0, "a": 0}'::score_list AS list,
	   'v1 all text float8 {"a": -0}'::score_list = 'v1 all text float8 {"a": 0}'::score_list AS same;

-- Hostile text.
SELECT 'v1 top 1 text float8 {"a": 2, "b": 1}'::score_list;
SELECT 'v1 all text float8 {"a: 2}'::score_list;
SELECT 'v1 all text float8 {"Đồng Tháp": NaN}'::score_list;
SELECT 'v1 top 0 text float8 {}'::score_list;
SELECT 'v1 top 2text float8 {}'::score_list;
SELECT given, outcome(format('SELECT %L::parindex.score_list', given)) AS outcome
FROM unnest(ARRAY[
	'', 'v1', 'v2 all text float8 {}', 'v1 all', 'v1 all text', 'v1 all text float8',
	'v1 all text float8 {', 'v1 all text float8 {}}', 'v1 all text float8 {"a"}',
	'v1 all text float8 {"a": }', 'v1 all text float8 {"a": 1,}', 'v1 all text float8 {"a": NaN}',
	'v1 all text numeric {"a": NaN}', 'v1 all text float8 {a: 1}', 'v1 all bigint float8 {"1": 1}',
	'v1 all bigint float8 {9223372036854775808: 1}', 'v1 all text float8 {"a": 1e400}',
	'v1 all text float8 {"\a": 1}', 'v1 all text float8 {"\', 'v1 all text int {"a": 1}',
	'v1 top 0 text float8 {}', 'v1 top -1 text float8 {}', 'v1 top 1000001 text float8 {}',
	'v1 top 99999999999 text float8 {}', 'v1 top text float8 {}', 'v1 all overfull text float8 {"a": 1}',
	'v1 top 2 overfull text float8 {"a": 1}', 'v1 top 1 overfull text float8 {"a": 1, "b": 1}',
	'v1 topp 1 text float8 {}', 'v1 alltext float8 {}'
]) AS given;

-- Text changed at random is refused, or read as a list that comes back as itself.
CREATE FUNCTION pg_temp.mutated(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	at int := 1 + floor(random() * length(given));
	alphabet text := 'v19 {}:,"\ae.-+';
BEGIN
	RETURN overlay(given
		PLACING repeat(substr(alphabet, 1 + floor(random() * length(alphabet))::int, 1),
					   floor(random() * 3)::int)
		FROM at FOR floor(random() * 3)::int);
END $$;

CREATE FUNCTION pg_temp.text_outcome(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	list score_list;
BEGIN
	list := given::score_list;
	IF list::text::score_list::text <> list::text THEN
		RETURN 'changed: ' || given;
	END IF;
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

SELECT setseed(0.2);
SELECT outcome, count(*) > 100 AS often
FROM sample,
	 generate_series(1, 600) AS i,
	 LATERAL (SELECT i, pg_temp.mutated(pg_temp.mutated(list::text))) AS m (n, changed),
	 pg_temp.text_outcome(changed) AS outcome
WHERE outcome <> '22003'
GROUP BY outcome
ORDER BY outcome;

-- The binary form, fed through COPY.
SELECT score_list_send('v1 top 2 text float8 {"Hà": 1.5, "b": 1}') AS message;
SELECT score_list_send('v1 all bigint numeric {258: 1.50}') AS message;
SELECT bool_and(receive('score_list', score_list_send(list))::score_list = list) AS binary_round_trip
FROM sample;
SELECT receive('score_list', '\x01000000 00000000 00000002 0000000161 bff0000000000000 0000000162 3ff0000000000000') AS sorted;

-- Hostile messages.
SELECT what, outcome(format('SELECT ''accepted'' FROM receive(''score_list'', %L)', message))
FROM (VALUES
	('empty',                  '\x'::bytea),
	('header cut',             '\x01000000 0000'),
	('version 2',              '\x02000000 00000000 00000000'),
	('unit kind 2',            '\x01020000 00000000 00000000'),
	('score kind 2',           '\x01000200 00000000 00000000'),
	('overfull 2',             '\x01000002 00000001 00000000'),
	('overfull, all units',    '\x01000001 00000000 00000000'),
	('negative k',             '\x01000000 ffffffff 00000000'),
	('k too large',            '\x01000000 000f4241 00000000'),
	('negative count',         '\x01000000 00000000 ffffffff'),
	('count too large',        '\x01000000 00000000 7fffffff 0000000161 3ff0000000000000'),
	('count too small',        '\x01000000 00000000 00000000 0000000161 3ff0000000000000'),
	('unit too long',          '\x01000000 00000000 00000001 7fffffff61 3ff0000000000000'),
	('negative unit length',   '\x01000000 00000000 00000001 ffffffff61 3ff0000000000000'),
	('zero byte in a unit',    '\x01000000 00000000 00000001 0000000100 3ff0000000000000'),
	('NaN',                    '\x01000000 00000000 00000001 0000000161 7ff8000000000000'),
	('numeric NaN',            '\x01000100 00000000 00000001 0000000161 00000000c0000000'),
	('numeric digit 10000',    '\x01000100 00000000 00000001 0000000161 00010000000000002710'),
	('beyond the best',        '\x01000000 00000001 00000002 0000000161 3ff0000000000000 0000000162 bff0000000000000'),
	('none of these',          '\x01000000 00000001 00000001 0000000161 3ff0000000000000')
) AS hostile (what, message);

SELECT setseed(0.3);
SELECT outcome, count(*) > 10 AS often
FROM sample,
	 generate_series(1, 60) AS i,
	 LATERAL (SELECT i, score_list_send(list), random(), floor(random() * 256)::int) AS m (n, message, place, byte),
	 LATERAL (SELECT floor(place * length(message))::int) AS p (at),
	 outcome(format('SELECT ''accepted'' FROM receive(''score_list'', %L)',
					CASE WHEN byte % 4 = 0 THEN substr(message, 1, at) ELSE set_byte(message, at, byte) END)) AS outcome
WHERE outcome NOT IN ('08P01', '22021')
GROUP BY outcome
ORDER BY outcome;

-- Order and hashing.
SELECT count(DISTINCT list) = count(*) AS all_distinct,
	   bool_and(list = list AND list <= list AND list >= list) AS equal_to_itself,
	   bool_or(list <> list OR list < list OR list > list) AS unequal_to_itself
FROM sample;
SELECT bool_and((a.list < b.list) = (b.list > a.list)
				AND (a.list <= b.list) = NOT (a.list > b.list)
				AND (a.list >= b.list) = NOT (a.list < b.list)
				AND (a.list <> b.list) = NOT (a.list = b.list)
				AND sign(score_list_cmp(a.list, b.list)) = - sign(score_list_cmp(b.list, a.list))
				AND (a.list = b.list) = (score_list_send(a.list) = score_list_send(b.list))) AS consistent
FROM sample AS a, sample AS b;
SELECT bool_and(NOT (a.list < b.list AND b.list < c.list) OR a.list < c.list) AS transitive
FROM sample AS a, sample AS b, sample AS c;
SELECT 'v1 all text numeric {"a": 1.0}'::score_list = 'v1 all text numeric {"a": 1.00}'::score_list AS scale_ignored,
	   'v1 all text float8 {"a": 1}'::score_list = 'v1 top 2 text float8 {"a": 1}'::score_list AS k_ignored,
	   'v1 all text float8 {"a": 1}'::score_list < 'v1 all text float8 {"a": 1, "b": 1}'::score_list AS shorter_first;
SELECT bool_and(score_list_hash(list) = score_list_hash(list::text::score_list)
				AND score_list_hash_extended(list, 7) = score_list_hash_extended(list::text::score_list, 7)
				AND score_list_hash(list)::bit(32) = score_list_hash_extended(list, 0)::bit(32)) AS hash_of_equal,
	   count(DISTINCT score_list_hash(list)) = count(*) AS hash_differs
FROM sample;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT count(*) = 7 AS merge_joined FROM sample AS a JOIN sample AS b USING (list);
RESET enable_hashjoin;
SET enable_mergejoin = off;
SELECT count(*) = 7 AS hash_joined FROM sample AS a JOIN sample AS b USING (list);
RESET enable_nestloop;
RESET enable_mergejoin;

-- Stored out of line and compressed, lists stay what they were.
CREATE TEMP TABLE stored (how text, list score_list);
INSERT INTO stored
SELECT 'extended', league_table(md5(i::text), i) FROM generate_series(1, 5000) AS i;
ALTER TABLE stored ALTER list SET STORAGE external;
INSERT INTO stored SELECT 'external', list::text::score_list FROM stored;
SELECT count(DISTINCT list) = 1 AS equal,
	   bool_and(pg_column_size(list) > 2000) AS toasted,
	   (SELECT count(*) FROM stored, score_list_rows(list) WHERE md5((5001 - rank)::text) = unit) = 10000 AS rows_right
FROM stored;
CREATE INDEX ON sample (list);
SET enable_seqscan = off;
SELECT bool_and((SELECT count(*) FROM sample AS b WHERE b.list = a.list) = 1) AS found_by_index FROM sample AS a;
RESET enable_seqscan;

-- Rows: competition ranks; NULL and empty lists have none.
SELECT * FROM score_list_rows('v1 all text float8 {"a": 9, "b": 8, "c": 8, "d": 7.5}');
SELECT * FROM score_list_rows('v1 all bigint numeric {20: 8.50, 3: 8.5, 4: 9.00}');
SELECT * FROM score_list_decimal_rows('v1 all bigint numeric {20: 8.50, 3: 8.5, 4: 9.00}');
SELECT (SELECT count(*) FROM score_list_rows(NULL)) + (SELECT count(*) FROM score_list_decimal_rows(NULL))
	 + (SELECT count(*) FROM score_list_rows('v1 all text float8 {}')) = 0 AS no_rows;
SELECT bool_and(r.score::float8 = pi() / 3 ^ unit::int) AND count(*) = 100 AS decimal_reads_back
FROM (SELECT league_table(i, pi() / 3 ^ i) FROM generate_series(1, 100) AS i) AS made (list),
	 score_list_decimal_rows(list) AS r;
SELECT score FROM score_list_decimal_rows('v1 all text float8 {"a": 93.655, "b": 1e22, "c": -Infinity}');
SELECT outcome($$SELECT * FROM score_list_rows('v1 all text numeric {"a": 1e400}')$$) AS beyond_float8;
SELECT * FROM score_list_rows('v1 top 1 overfull text float8 {"a": 1.5}');
SELECT * FROM score_list_decimal_rows('v1 top 1 overfull text numeric {"a": 1.50}');

-- rollup of the parts is the list of the whole, for any split.
SELECT setseed(0.4);
CREATE TEMP TABLE scored AS
SELECT i AS id, 'unit ' || i AS unit, floor(random() * 60)::float8 / 8 AS score
FROM generate_series(1, 400) AS i;

SELECT bool_and(whole = merged AND score_list_send(whole) = score_list_send(merged)) AS same_bits,
	   bool_or(whole_table <> merged_table) AS tables_differ
FROM generate_series(1, 100) AS split,
	 LATERAL (
		SELECT top_scores(7, unit, score), league_table(id, score::numeric)
		FROM scored
	 ) AS w (whole, whole_table),
	 LATERAL (
		SELECT rollup(part_list ORDER BY hashtext(part::text || split)), rollup(part_table)
		FROM (
			SELECT part, top_scores(7, unit, score), league_table(id, score::numeric)
			FROM scored, LATERAL (SELECT abs(hashtext(split || unit)) % (1 + split)) AS p (part)
			GROUP BY part
		) AS parts (part, part_list, part_table)
	 ) AS m (merged, merged_table);

SELECT rollup(list) IS NULL AS nothing FROM sample WHERE false;
SELECT rollup(list) AS list FROM (VALUES (NULL::score_list), ('v1 top 1 text float8 {"a": 1}'), (NULL)) AS v (list);
SELECT rollup(list) IS NULL AS nothing FROM (VALUES ('v1 top 1 text float8 {}'::score_list), ('v1 top 1 text float8 {}')) AS v (list);
SELECT rollup(list) FROM (VALUES ('v1 top 2 text float8 {"a": 1}'::score_list), ('v1 top 1 text float8 {"a": 1}')) AS v (list);
SELECT rollup(list) FROM (VALUES ('v1 all text float8 {"a": 1}'::score_list), ('v1 all text numeric {"a": 1}')) AS v (list);
SELECT rollup(list) FROM (VALUES ('v1 all text float8 {"a": 1}'::score_list), ('v1 all bigint float8 {1: 1}')) AS v (list);

-- An overfull part spoils the whole only where its tie is still the k-th score.
SELECT rollup(list) AS list
FROM (VALUES ('v1 top 2 overfull text float8 {"a": 1, "b": 1}'::score_list),
			 ('v1 top 2 text float8 {"c": 2, "d": 3}')) AS v (list);
SELECT rollup(list)
FROM (VALUES ('v1 top 2 text float8 {"c": 2, "d": 0}'::score_list),
			 ('v1 top 2 overfull text float8 {"a": 1, "b": 1}')) AS v (list);
SELECT rollup(list ORDER BY list DESC)
FROM (VALUES ('v1 top 2 text float8 {"c": 2, "d": 0}'::score_list),
			 ('v1 top 2 overfull text float8 {"a": 1, "b": 1}')) AS v (list);

-- The parts of the aggregates are for aggregates.
SELECT score_list_merge(NULL, NULL);
SELECT score_list_final(NULL);
