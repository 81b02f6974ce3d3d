-- cronbach_alpha(): against other software, and from the covariances.
CREATE SCHEMA test_cronbach_alpha;
SET search_path = test_cronbach_alpha, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE cell AS
SELECT key AS unit, field AS code, value::float8 AS value
FROM composite_answer WHERE file = 'normalised_1_100';

SELECT abs(everything - answer.field[2]::float8) < 1e-12 AS everything, abs(d1 - answer.field[1]::float8) < 1e-12 AS d1
FROM composite_line AS answer, (
	SELECT cronbach_alpha(score_matrix_agg(unit, code, value)) AS everything,
		cronbach_alpha(score_matrix_agg(unit, code, value) FILTER (WHERE code LIKE 'D1%')) AS d1
	FROM cell
) AS ours
WHERE file = 'cronbach' AND number = 2;

-- With missing cells, from core's covariances over the rows that are complete;
-- the same bits whatever the order and scale of rows.
WITH complete AS (
	SELECT unit, code, value FROM composite_cell
	WHERE code ~ '^D[12]' AND unit NOT IN (SELECT unit FROM composite_cell WHERE code ~ '^D[12]' AND value IS NULL)
),
covariance AS (
	SELECT a.code = b.code AS own, covar_samp(a.value, b.value) AS value
	FROM complete AS a JOIN complete AS b USING (unit)
	GROUP BY a.code, b.code
)
SELECT abs(alpha - expected) < 1e-12 AS as_expected, rows < 60 AS some_incomplete,
	alpha = reordered AS same_bits, alpha = scaled AS scale_free
FROM (
	SELECT cronbach_alpha(score_matrix_agg(unit, code, value)) AS alpha,
		cronbach_alpha(score_matrix_agg(md5(unit), code, value)) AS reordered,
		cronbach_alpha(score_matrix_agg(unit, code, value * 2.0::float8 ^ -700)) AS scaled
	FROM composite_cell WHERE code ~ '^D[12]'
) AS ours, (
	SELECT (1 - sum(value) FILTER (WHERE own) / sum(value)) * count(*) FILTER (WHERE own) / (count(*) FILTER (WHERE own) - 1) AS expected
	FROM covariance
) AS definition, (SELECT count(DISTINCT unit) AS rows FROM complete) AS units;

-- Identical criteria; one, none; one row; sums that do not vary; range.
SELECT name, cronbach_alpha(matrix::score_matrix)
FROM (VALUES
	('identical', E'v1 rows=3 columns=2\nunit,a,b\np,1,1\nq,2,2\nr,4,4'),
	('one criterion', E'v1 rows=2 columns=1\nunit,a\np,1\nq,2'),
	('no criterion', E'v1 rows=2 columns=0\nunit\np\nq'),
	('one complete row', E'v1 rows=2 columns=2\nunit,a,b\np,1,1\nq,2,'),
	('constant sum', E'v1 rows=2 columns=2\nunit,a,b\np,1,2\nq,2,1'),
	('all constant', E'v1 rows=2 columns=2\nunit,a,b\np,1,2\nq,1,2')
) AS example(name, matrix);
SELECT cronbach_alpha(NULL);
SELECT cronbach_alpha(E'v1 rows=2 columns=2\nunit,a,b\np,1.7e308,1.7e308\nq,2,1');
SELECT cronbach_alpha(E'v1 rows=2 columns=2\nunit,a,b\np,1.7e308,0\nq,-1.7e308,1');

-- Pairwise: covariances each over the rows that have both, as R's cov(use = "pairwise").
CREATE TEMP TABLE pairwise AS
SELECT score_matrix_agg(unit, code, value) AS m FROM composite_cell WHERE code ~ '^D[12]';
WITH covariance AS (
	SELECT a.code = b.code AS own, covar_samp(a.value, b.value) AS value, count(*) FILTER (WHERE a.value IS NOT NULL AND b.value IS NOT NULL) AS n
	FROM composite_cell AS a JOIN composite_cell AS b USING (unit)
	WHERE a.code ~ '^D[12]' AND b.code ~ '^D[12]'
	GROUP BY a.code, b.code
)
SELECT abs(alpha - expected) < 1e-12 AS as_expected, criteria, ours.n = most AS n, least_n = least AS least_n, least < most AS some_missing,
	alpha = cronbach_alpha(m, 'pairwise') AS same, alpha <> cronbach_alpha(m) AS not_complete
FROM pairwise CROSS JOIN cronbach_report(m, 'pairwise') AS ours, (
	SELECT sum(value) FILTER (WHERE NOT own) / sum(value) * count(*) FILTER (WHERE own) / (count(*) FILTER (WHERE own) - 1) AS expected,
		max(n) FILTER (WHERE NOT own) AS most, min(n) FILTER (WHERE NOT own) AS least
	FROM covariance
) AS definition;
SELECT alpha = cronbach_alpha(m) AS same, alpha = cronbach_alpha(m, 'complete') AS same, n = complete_rows(m) AS n, n = least_n AS one_n, n < 60 AS some_incomplete
FROM pairwise, cronbach_report(m);
-- With all values both are the same.
SELECT abs(cronbach_alpha(m, 'complete') - cronbach_alpha(m, 'pairwise')) < 1e-12 AS same
FROM (SELECT score_matrix_agg('u' || u, c, sin(u) + cos(u * ascii(c)) / 3) AS m FROM generate_series(1, 30) AS u, unnest('{a,b,c}'::text[]) AS c) AS x;
SELECT name, (cronbach_report(matrix::score_matrix, 'pairwise')).*, complete_rows(matrix::score_matrix)
FROM (VALUES
	('identical', E'v1 rows=3 columns=2\nunit,a,b\np,1,1\nq,2,2\nr,4,4'),
	('one criterion', E'v1 rows=2 columns=1\nunit,a\np,1\nq,2'),
	('no criterion', E'v1 rows=2 columns=0\nunit\np\nq'),
	('one complete row', E'v1 rows=2 columns=2\nunit,a,b\np,1,1\nq,2,'),
	('constant sum', E'v1 rows=2 columns=2\nunit,a,b\np,1,2\nq,2,1')
) AS example(name, matrix);
SELECT cronbach_alpha(m, 'all') FROM pairwise;
SELECT count(*) FROM cronbach_report(NULL);
