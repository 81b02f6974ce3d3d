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
