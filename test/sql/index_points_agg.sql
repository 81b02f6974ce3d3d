-- Points of one unit a group, in exact decimal.
CREATE SCHEMA test_index_points_agg;
SET search_path = test_index_points_agg, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- D1(60): a 50 of 50, b 0 of 10; D2(40): c 10 of 10, d(30) without points.
CREATE TABLE tree AS
SELECT 'PAR { D1: 60 { a: 50, b: 10 }, D2: 40 { c: 10, d: 30 } }'::framework AS fw;
CREATE TABLE cell (code text, points numeric);
INSERT INTO cell VALUES ('a', 50), ('b', 0.00), ('c', 10);

SELECT * FROM point_rows((SELECT index_points_agg(fw, code, points) FROM tree, cell), (SELECT fw FROM tree));

SELECT rule, d, index_percent(s, fw) AS percent, index_percent(s, fw, 10) AS percent_10,
	row.points, max_points
FROM (
	SELECT rule, fw, d,
		index_points_agg(fw, code, points, CASE WHEN code = 'd' THEN d END) AS s
	FROM (VALUES ('renormalise'), ('excuse'), ('zero'), ('propagate'), ('error')) AS r(rule),
		(VALUES ('missing'), ('not_applicable')) AS v(d),
		LATERAL (SELECT with_missing(tree.fw, rule) AS fw FROM tree) AS f,
		(TABLE cell UNION ALL VALUES ('d', NULL::numeric)) AS c
	WHERE rule <> 'error' OR d <> 'missing'
	GROUP BY rule, fw, d
) AS u,
	LATERAL (SELECT * FROM point_rows(s, fw) WHERE depth = 0) AS row
ORDER BY rule, d;

-- Half-way cases are decimal, and the quotient is rounded once: no other
-- rounding comes before.
SELECT index_percent(index_points_agg('I { a [max 100] }', 'a', p), 'I { a [max 100] }', digits) AS percent
FROM (VALUES (93.655, 2), (93.65499999999999999, 2), (-93.655, 2), (0.5, 0), (2.675, 2), (1.005, 2), (1.0050, 3)) AS v(p, digits)
GROUP BY p, digits
ORDER BY p, digits;
SELECT count(*), bool_and(percent = (floor(2 * 10000 * p / m + 1) / 2 - 0.5 * ((floor(2 * 10000 * p / m + 1))::int8 % 2)) / 100) AS rounded
FROM (
	SELECT p, m, index_percent(index_points_agg(fw, 'a', p), fw) AS percent
	FROM generate_series(1, 40) AS m, generate_series(0, 40) AS p,
		LATERAL (SELECT format('I { a [max %s] }', m)::framework AS fw) AS f
	GROUP BY p, m, fw
) AS q;

-- Against sums of numeric: maxima of many decimals, leaves at several depths.
CREATE TABLE reading AS
SELECT u AS unit, k, 'D' || k % 4 || '.' || k AS code,
	round((abs(sin(u * k * 1.7)) * k)::numeric, (u + k) % 9) AS points,
	(k + (k % 7) / 10.0)::numeric(10, 3) AS maximum,
	(u * 7 + k) % 13 = 0 AS out
FROM generate_series(1, 400) AS u, generate_series(1, 20) AS k;
CREATE TABLE big_tree AS
SELECT framework_agg(code, parent, 1, 1, maximum, NULL, 'excuse', NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS fw
FROM (
	SELECT 'I', NULL, NULL::numeric
	UNION ALL SELECT 'D' || d, 'I', NULL FROM generate_series(0, 3) AS d
	UNION ALL SELECT DISTINCT code, CASE WHEN k = 8 THEN 'I' ELSE 'D' || k % 4 END, maximum FROM reading
) AS n(code, parent, maximum);
CREATE TEMP TABLE answer AS
SELECT unit,
	index_points_agg(fw, code, CASE WHEN NOT out THEN points END,
		CASE WHEN out AND k % 2 = 0 THEN 'not_applicable' END) AS s,
	sum(points) FILTER (WHERE NOT out) AS points,
	sum(maximum) FILTER (WHERE NOT out) AS maximum,
	sum(points) AS all_points, sum(maximum) AS all_maximum,
	index_points_agg(fw, code, points) AS s_all
FROM reading, big_tree
GROUP BY unit;
SELECT count(*), count(DISTINCT index_percent(s, fw)) > 300 AS vary,
	bool_and(index_percent(s, fw, 6) = round(100 * answer.points / answer.maximum, 6)) AS percent,
	bool_and(index_percent(s_all, fw, 6) = round(100 * all_points / all_maximum, 6)) AS complete,
	bool_and(row.points::text = answer.points::text) AS points, bool_and(row.max_points = answer.maximum) AS maximum
FROM big_tree, answer, LATERAL (SELECT * FROM point_rows(s, fw) WHERE depth = 0) AS row;

-- Any order, any partition: the same state and result.
SELECT bool_and(o.s::text = answer.s_all::text AND r.s::text = answer.s_all::text) AS same
FROM answer
JOIN (SELECT unit, index_points_agg(fw, code, points ORDER BY md5(code || unit)) AS s FROM reading, big_tree GROUP BY unit) AS o USING (unit)
JOIN (SELECT unit, rollup(s) AS s
	FROM (SELECT unit, k % 3, index_points_agg(fw, code, points) AS s FROM reading, big_tree GROUP BY unit, k % 3) AS part
	GROUP BY unit) AS r USING (unit);
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
ALTER TABLE reading SET (parallel_workers = 3);
SELECT plan_has('SELECT unit, index_points_agg((SELECT fw FROM big_tree), code, points) FROM reading GROUP BY unit', 'Partial') AS in_workers;
CREATE TEMP TABLE from_workers AS
SELECT unit, index_points_agg((SELECT fw FROM big_tree), code, points) AS s FROM reading GROUP BY unit;
SELECT count(*), bool_and(w.s::text = s_all::text) AS same FROM answer JOIN from_workers AS w USING (unit);
COMMIT;

-- Proportions that are no finite decimals stay exact: three thirds make one.
SELECT row.code, row.points, row.max_points, index_percent
FROM (SELECT 'I { A { a1 [max 3], a2 [max 7] }, B { b1 [max 3], b2 [max 7] }, C { c1 [max 3], c2 [max 7] } }'::framework AS fw) AS f,
	LATERAL (SELECT index_points_agg(fw, code, 1) AS s FROM (VALUES ('a1'), ('b1'), ('c1')) AS c(code)) AS u,
	point_rows(s, fw) AS row
WHERE depth < 2;
SELECT index_percent(s, fw, 20)
FROM (SELECT 'I { A { a1 [max 3], a2 [max 7] }, B { b1 [max 9], b2 [max 2], b3 [max 11] }, C [max 10] }'::framework AS fw) AS f,
	LATERAL (SELECT index_points_agg(fw, code, p) AS s FROM (VALUES ('a1', 1), ('b1', 5)) AS c(code, p)) AS u;
SELECT 100 * (10.0 / 3 + 22 * 5.0 / 9) / 32 AS about;

-- Rounding at a node, before its points are added further.
SELECT row.code, row.points, index_percent
FROM (SELECT 'I { A [round 1] { a1 [max 10, round 2], a2 [max 10] }, B [round 0] { b1 [max 3], b2 [max 7] }, C [max 100, round -1] }'::framework AS fw) AS f,
	LATERAL (SELECT index_points_agg(fw, code, p) AS s FROM (VALUES ('a1', 1.005), ('a2', 1.04), ('b1', 1), ('C', 45)) AS c(code, p)) AS u,
	point_rows(s, fw) AS row;

-- Too few children, no data, nothing applicable, bonus beyond any maximum.
SELECT row.*
FROM (VALUES ('I { A [min_children 2] { a [max 1], b [max 1] }, C [max 2] }'::framework), ('I { A [min_share 0.6] { a [max 1], b [max 1] }, C [max 2] }')) AS f(fw),
	LATERAL (SELECT index_points_agg(fw, code, 1) AS s FROM (VALUES ('a'), ('C')) AS c(code)) AS u,
	point_rows(s, fw) AS row
WHERE depth < 2;
SELECT status, index_percent(s, fw) AS percent, bool_and(row.points IS NULL AND leaves_observed = 0 AND index_percent IS NULL
	AND (weight_coverage = 0 OR row.status = 'not_applicable')) AS nothing
FROM (SELECT with_missing(fw, rule) AS fw FROM tree, unnest('{zero,excuse,renormalise,propagate}'::text[]) AS rule) AS f,
	LATERAL (SELECT index_points_agg(fw, code, NULL, state) AS s
		FROM (VALUES ('a'), ('b'), ('c'), ('d')) AS c(code), (VALUES ('missing'), ('not_applicable')) AS t(state) GROUP BY state) AS u,
	point_rows(s, fw) AS row
GROUP BY status, index_percent(s, fw)
ORDER BY status;
SELECT index_percent(s, fw), row.points, row.max_points
FROM (SELECT 'I { a [max 10], bonus [max 0] }'::framework AS fw) AS f,
	LATERAL (SELECT index_points_agg(fw, code, p) AS s FROM (VALUES ('a', 9.5), ('bonus', 1)) AS c(code, p)) AS u,
	point_rows(s, fw) AS row
WHERE depth = 0;
SELECT index_percent(index_points_agg('I { bonus [max 0] }', code, 1), 'I { bonus [max 0] }') IS NULL AS no_maximum
FROM (VALUES ('bonus')) AS c(code);

-- Over random trees, cells and rules, points and scores agree on which criteria
-- have some, on what is counted below them, and on what is refused.
CREATE FUNCTION pg_temp.random_tree() RETURNS framework LANGUAGE sql AS $$
	SELECT framework_agg(code, parent, 1 + floor(random() * 3), 1, NULL,
		(ARRAY['arithmetic', 'sum'])[1 + floor(random() * 2)::int],
		(ARRAY['renormalise', 'excuse', 'zero', 'propagate', 'renormalise', 'excuse', 'zero', 'error'])[1 + floor(random() * 8)::int],
		CASE WHEN random() < 0.2 THEN floor(random() * 3)::int END,
		CASE WHEN random() < 0.2 THEN floor(random() * 4) / 4 END,
		NULL, NULL, NULL, NULL, NULL)
	FROM (
		SELECT 'n' || n AS code, CASE WHEN n > 0 THEN 'n' || floor(random() * n) END AS parent
		FROM generate_series(0, 1 + floor(random() * 14)::int) AS n
	) AS node
$$;
CREATE FUNCTION pg_temp.random_cells(fw framework, share_observed float8) RETURNS TABLE (code text, value int, status text)
LANGUAGE sql AS $$
	SELECT code, CASE WHEN status = 'observed' THEN floor(random() * 10)::int END, status
	FROM (
		SELECT code, CASE WHEN random() < share_observed THEN 'observed' WHEN random() < 0.6 THEN 'missing' ELSE 'not_applicable' END AS status
		FROM framework_nodes(fw)
		WHERE is_leaf
	) AS leaf
$$;
CREATE FUNCTION pg_temp.what_has_points(cells index_points, fw framework) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT string_agg(format('%s %s %s %s %s', code, points IS NOT NULL, children_scored, children_expected, leaves_observed), E'\n')
		FROM point_rows(cells, fw));
EXCEPTION WHEN null_value_not_allowed THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION pg_temp.what_has_a_score(cells index_scores, fw framework) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT string_agg(format('%s %s %s %s %s', code, score IS NOT NULL, children_scored, children_expected, leaves_observed), E'\n')
		FROM score_rows(cells, fw));
EXCEPTION WHEN null_value_not_allowed THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION pg_temp.agreement(rounds int) RETURNS TABLE (fw framework, cells index_points, points text, scores text)
LANGUAGE plpgsql AS $$
DECLARE
	scored index_scores;
BEGIN
	FOR i IN 1..rounds LOOP
		fw := pg_temp.random_tree();
		SELECT index_points_agg(fw, c.code, c.value, c.status), index_scores_agg(fw, c.code, c.value, c.status)
		INTO cells, scored
		FROM pg_temp.random_cells(fw, (i % 5) / 4.0) AS c;
		points := pg_temp.what_has_points(cells, fw);
		scores := pg_temp.what_has_a_score(scored, fw);
		RETURN NEXT;
	END LOOP;
END $$;
\set seed 0.25
SELECT setseed(:seed);
CREATE TEMP TABLE agreed AS SELECT * FROM pg_temp.agreement(2000);
SELECT :seed AS seed, count(*) AS trees, count(*) FILTER (WHERE points LIKE '%no score%') > 50 AS some_refused,
	count(*) FILTER (WHERE points LIKE 'n0 t%') > 500 AS many_scored, count(*) FILTER (WHERE points LIKE 'n0 f%') > 200 AS many_without,
	bool_and(points = scores) AS agree
FROM agreed;
SELECT fw, cells, points, scores FROM agreed WHERE points IS DISTINCT FROM scores LIMIT 1;

-- The widest points, as text and in binary.
CREATE TEMP TABLE wide AS
SELECT index_points_agg('I { a, b, c, d, e, f }', code, p, status) AS s
FROM (VALUES ('a', 99999999999999999.99999999999999999999, NULL), ('b', -99999999999999999.99999999999999999999, NULL),
	('c', 0.00000000000000000001, NULL), ('d', NULL, 'not_applicable'), ('e', NULL, NULL)) AS v(code, p, status);
SELECT s, s::text::index_points::text = s::text AS round_trip FROM wide;
SELECT index_percent(s, 'I { a, b, c, d, e, f }', 20) FROM wide;
SELECT current_setting('data_directory') || '/index_points_test.bin' AS file \gset
CREATE TEMP TABLE received (s index_points);
INSERT INTO wide SELECT s FROM answer UNION ALL SELECT s_all FROM answer;
COPY wide TO :'file' (FORMAT binary);
COPY received FROM :'file' (FORMAT binary);
SELECT (SELECT count(*) FROM wide) AS sent, count(*) AS received
FROM (SELECT index_points_send(s), s::text FROM wide INTERSECT ALL SELECT index_points_send(s), s::text FROM received) AS r;
SELECT count(*), bool_and(index_points_send(s::text::index_points) = index_points_send(s)) AS text_form FROM wide;
SELECT setseed(0.5);
SELECT CASE WHEN outcome LIKE '22%' OR outcome IN ('08P01') THEN 'refused' ELSE outcome END AS result, count(*) > 0 AS any
FROM (SELECT s FROM answer WHERE unit < 3) AS d, fuzz_bytes('index_points', index_points_send(s), 200) AS outcome
GROUP BY result
ORDER BY result;
SELECT format('rm %L', :'file') AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';

-- Narrow points among wide ones: whatever widens a state when, it is the same.
SELECT bool_and(a.s::text = b.s::text AND index_points_send(a.s) = index_points_send(b.s)
		AND a.s::text = c.s::text) AS same,
	bool_and(pg_column_size(a.s) <= 32 + 8 * 4) FILTER (WHERE mix NOT BETWEEN 2 AND 5) AS narrow,
	bool_and(pg_column_size(a.s) > 32 + 8 * 4) FILTER (WHERE mix BETWEEN 2 AND 5) AS wide
FROM (VALUES (1, 1.12345678), (2, 1.123456789), (3, 9e10), (4, -9e10), (5, 12345678901234.5), (6, 89999999999.99999999),
	(7, -89999999999.99999999), (8, 0.5000000000000000)) AS m(mix, extra),
	LATERAL (SELECT index_points_agg('I { a, b, c, d }', code, p ORDER BY code) AS s
		FROM (VALUES ('a', extra), ('b', 1.5), ('c', -2)) AS v(code, p)) AS a,
	LATERAL (SELECT index_points_agg('I { a, b, c, d }', code, p ORDER BY code DESC) AS s
		FROM (VALUES ('a', extra), ('b', 1.5), ('c', -2)) AS v(code, p)) AS b,
	LATERAL (SELECT rollup(s ORDER BY code DESC) AS s FROM (SELECT code, index_points_agg('I { a, b, c, d }', code, p) AS s
		FROM (VALUES ('a', extra), ('b', 1.5), ('c', -2)) AS v(code, p) GROUP BY code) AS part) AS c;

-- Errors.
SELECT error
FROM unnest(ARRAY[
	$$('a', 1, NULL), ('a', 2, NULL)$$, $$('x', 1, NULL)$$, $$('D1', 1, NULL)$$, $$(NULL, 1, NULL)$$,
	$$('a', 'NaN', NULL)$$, $$('a', 'Infinity', NULL)$$, $$('a', 1e17, NULL)$$, $$('a', -1e40, NULL)$$,
	$$('a', 1e-21, NULL)$$, $$('a', 1, 'missing')$$, $$('a', NULL, 'observed')$$]) AS v,
	string_to_table(error_of(format('SELECT index_points_agg(fw, code, points::numeric, status) FROM tree, (VALUES %s) AS v(code, points, status)', v)), ' | ') AS error;
SELECT error
FROM unnest(ARRAY[
	'I [method geometric] { a }', 'I { A [method max] { a } }', 'I [rescale minmax] { a }', 'I [floor 0] { a }',
	'I { A [max 5] { a [max 3], b [max 1] } }', 'I { a [max 1e17] }', 'I { a: 1e-30, b }', 'I [missing error] { a, b }']) AS t(fw),
	string_to_table(error_of(format('SELECT index_percent(index_points_agg(%1$L, code, 1), %1$L) FROM (VALUES (''a'')) AS c(code)', fw)), ' | ') AS error;
SELECT error
FROM unnest(ARRAY[
	$$SELECT index_points_agg(NULL, code, points) FROM cell$$,
	$$SELECT rollup(s) FROM (SELECT index_points_agg(fw, code, points) AS s FROM tree, cell UNION ALL SELECT index_points_agg(fw, c.c, 1) FROM tree, (VALUES ('b')) AS c(c)) AS u$$,
	$$SELECT index_percent(index_points_agg(fw, code, points), with_missing(fw, 'zero')) FROM tree, cell GROUP BY fw$$,
	$$SELECT index_percent(index_points_agg(fw, code, points), fw, 21) FROM tree, cell GROUP BY fw$$,
	$$SELECT index_percent(index_points_agg(fw, code, points), fw, -1) FROM tree, cell GROUP BY fw$$]) AS statement,
	string_to_table(error_of(statement), ' | ') AS error;
