-- Classes from the data: the least squares within them.
CREATE SCHEMA test_score_class;
SET search_path = test_score_class, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

SELECT score, score_class(score, 3) OVER () AS of_three, score_class(score::numeric, 2) OVER () AS of_two, score_class(score, 100) OVER () AS each
FROM unnest(ARRAY[4, 5, 9, 10, 10, 11, 30, 31, NULL, 'NaN', 4.5]::float8[]) AS score
ORDER BY score;
SELECT class_breaks.* FROM (SELECT score_counts(score, 1) AS counts FROM unnest(ARRAY[4, 5, 9, 10, 10, 11, 30, 31, NULL, 'NaN', 4.5]::float8[]) AS score) AS c, class_breaks(counts, 3);

-- Against all classifications: of two and three classes of random scores with ties,
-- in exact arithmetic, lowest breaks first from the last on.
CREATE FUNCTION deviations(scores numeric[]) RETURNS numeric LANGUAGE sql AS $$
	-- times the least common multiple of 1 to 12, so that no quotient is rounded
	SELECT 27720 * sum(x * x) - 27720 / count(*) * sum(x) * sum(x) FROM unnest(scores) AS x
$$;
SELECT setseed(0.61);
CREATE TABLE field AS
SELECT f, i, floor(random() * (3 + f % 15))::numeric * (1 + f % 3) AS score
FROM generate_series(1, 60) AS f, generate_series(1, 12) AS i;
CREATE TABLE cut AS
SELECT f, a.score AS low, b.score AS high,
	deviations(array_agg(x.score) FILTER (WHERE x.score < a.score))
	+ deviations(array_agg(x.score) FILTER (WHERE x.score >= a.score AND x.score < b.score))
	+ deviations(array_agg(x.score) FILTER (WHERE x.score >= b.score)) AS within
FROM (SELECT DISTINCT f, score FROM field) AS a
JOIN (SELECT DISTINCT f, score FROM field) AS b USING (f)
JOIN field AS x USING (f)
WHERE a.score < b.score AND a.score > (SELECT min(score) FROM field WHERE field.f = a.f)
GROUP BY f, a.score, b.score;
WITH best AS (
	SELECT DISTINCT ON (f) f, low, high, within FROM cut ORDER BY f, within, high, low
)
SELECT count(DISTINCT f) AS fields,
	bool_and(class = CASE WHEN score < low THEN 1 WHEN score < high THEN 2 ELSE 3 END) AS best,
	bool_and(float8_class = class AND digits_class = class) AS alike
FROM (
	SELECT f, score, score_class(score, 3) OVER p AS class, score_class(score::float8 / 8, 3) OVER p AS float8_class, score_class(score, 3, 0) OVER p AS digits_class
	FROM field
	WINDOW p AS (PARTITION BY f)
) AS c
JOIN best USING (f);
WITH best AS (
	SELECT f, min(within) AS within FROM cut GROUP BY f
)
SELECT count(*) AS fields, bool_and(abs(goodness - (1 - within / deviations)) < 1e-14) AS goodness, bool_and(sizes = 12) AS sizes
FROM (
	SELECT f, (SELECT deviations(array_agg(score))) AS deviations, score_counts(score, 0) AS counts FROM field GROUP BY f
) AS c
JOIN best USING (f),
LATERAL (SELECT sum(count) AS sizes, max(goodness) AS goodness FROM class_breaks(counts, 3)) AS b;

-- The window function and the breaks of the counts agree, whatever the order of rows.
CREATE TABLE scored AS
SELECT i, CASE WHEN i % 97 = 0 THEN NULL ELSE (100 * random())::numeric(8, 5) + 20 * (i % 3) END AS score
FROM generate_series(1, 5000) AS i;
SELECT classes,
	(SELECT bool_and(c.score BETWEEN lowest AND highest) FROM (SELECT round(score, 2) AS score, score_class(score, classes, 2) OVER () AS class FROM scored) AS c JOIN class_breaks(counts, classes) USING (class)) AS alike,
	(SELECT count(*) FROM class_breaks(counts, classes)) AS found,
	(SELECT sum(count) FROM class_breaks(counts, classes)) AS rows,
	(SELECT goodness > 0.5 AND goodness < 1 FROM class_breaks(counts, classes) LIMIT 1) AS fits,
	(SELECT count(DISTINCT s) FROM (SELECT seed, string_agg(class::text, ',' ORDER BY i) AS s FROM (
		SELECT seed, i, score_class(score, classes) OVER (PARTITION BY seed) AS class
		FROM (SELECT seed, i, score FROM scored, generate_series(1, 3) AS seed WHERE i <= 1000 ORDER BY md5(seed || ' ' || i)) AS permuted) AS c GROUP BY seed) AS r) AS results
FROM unnest(ARRAY[2, 5, 10]) AS classes, (SELECT score_counts(score, 2) AS counts FROM scored) AS c;

-- One score; one class; as many as there are scores; none.
SELECT DISTINCT score_class(7, 4) OVER () AS constant, score_class(7, 1) OVER () AS one FROM generate_series(1, 10);
SELECT * FROM class_breaks('v1 digits 0 {7: 10}', 4);
SELECT * FROM class_breaks('v1 digits 1 {1.5: 1, 2.5: 2, 7: 1}', 1);
SELECT * FROM class_breaks('v1 digits -1 {-20: 1, 30: 2, 70: 1}', 7);
SELECT score_class(score, 3) OVER () AS none FROM (VALUES (NULL::float8), ('NaN')) AS v (score);
SELECT score_class(7, 3) OVER () AS no_row WHERE false;
SELECT count(*) FROM class_breaks(NULL, 3);

-- Equally good: the last class begins lowest.
SELECT class, lowest, highest FROM class_breaks('v1 digits 0 {1: 1, 2: 1, 3: 1}', 2);

-- Scores of any size are taken at as many digits as sums are exact with, 15 at most.
SELECT e, string_agg(class::text, ' ' ORDER BY i) AS classes
FROM (
	SELECT e, i, score_class(x * ('1e' || e)::float8, 3) OVER (PARTITION BY e) AS class
	FROM unnest(ARRAY[-30, -12, 0, 12, 27]) AS e, unnest(ARRAY[1, 2, 10, 11, 12, 50, 51]) WITH ORDINALITY AS v (x, i)
) AS c
GROUP BY e
ORDER BY e;
SELECT x, score_class(x, 2) OVER () FROM unnest(ARRAY[1e15 + 0.1, 1e15 + 0.2, 1e15 + 0.7]) AS x;
SELECT goodness FROM class_breaks('v1 digits 0 {1: 300000000000000000, 2: 300000000000000000, 9: 300000000000000000}', 2) LIMIT 1;

SELECT score_class(1e33, 2) OVER ();
SELECT score_class(1e400::numeric, 2) OVER ();
SELECT score_class(1e17, 2, 5) OVER ();
SELECT score_class(x, 2, 3) OVER () FROM (VALUES (0), (1e14)) AS v (x);
SELECT score_class(x, 2, 3) OVER () FROM (VALUES (-1e14), (9e14)) AS v (x);
SELECT score_class('Infinity'::float8, 2) OVER ();
SELECT score_class('-Infinity'::numeric, 2, 2) OVER ();
SELECT class_breaks('v1 digits 0 {7: 10, Infinity: 1}', 4);
SELECT class_breaks('v1 digits 0 {1: 1, 7000000000000: 100000000000000000}', 2);
SELECT score_class(7, 0) OVER ();
SELECT score_class(7, 101) OVER ();
SELECT score_class(7, NULL) OVER ();
SELECT score_class(7, 2, 16) OVER ();
SELECT class_breaks('v1 digits 0 {7: 10}', 0);
SELECT score_class(score, classes) OVER () FROM (VALUES (1, 2), (2, 3)) AS v (score, classes);

-- A search can be cancelled.
SET statement_timeout = '200ms';
SELECT count(*) FROM class_breaks((SELECT score_counts(i * i::numeric, 0) FROM generate_series(1, 100000) AS i), 100);
RESET statement_timeout;
