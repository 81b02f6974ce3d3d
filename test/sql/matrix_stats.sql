-- Statistics of the criteria of a matrix: against COINr, against exact
-- aggregates of the same cells, and the same bits whatever the order of rows.
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all
CREATE SCHEMA test_matrix_stats;
SET search_path = test_matrix_stats, parindex;

CREATE TEMP TABLE composite AS
SELECT score_matrix_agg(unit, code, value, unit_group) AS m FROM composite_cell;

-- The answers are rounded to 3 significant digits.
WITH ours AS (
	SELECT stats.code, field.name, field.value
	FROM composite, matrix_stats(m) AS stats
	CROSS JOIN LATERAL (VALUES
		('Min', min), ('Max', max), ('Mean', mean), ('Median', median), ('Std', stddev),
		('Skew', skewness), ('Kurt', kurtosis), ('N.Avail', n_available), ('N.NonZero', n_nonzero),
		('N.Unique', n_unique), ('N.Same', n_same), ('Frc.Avail', share_available),
		('Frc.NonZero', share_nonzero), ('Frc.Unique', share_unique), ('Frc.Same', share_same)
	) AS field(name, value)
)
SELECT count(*) AS compared,
	bool_and(abs(ours.value - answer.value::float8) <= 0.00501 * abs(answer.value::float8)) AS within_rounding,
	bool_and(to_char(ours.value, '9.99EEEE') = to_char(answer.value::float8, '9.99EEEE')) AS equal_digits
FROM ours JOIN composite_answer AS answer ON answer.file = 'stats'
	AND answer.key = ours.code AND answer.field = ours.name;

-- Skewness and kurtosis of the imputed matrix are known to 15 digits.
SELECT count(*) AS criteria,
	bool_and(abs(skewness - skew.value::float8) < 1e-12 * (1 + abs(skewness))) AS skewness,
	bool_and(abs(kurtosis - kurt.value::float8) < 1e-12 * (1 + abs(kurtosis))) AS kurtosis
FROM composite, matrix_stats(impute(m, 'group_mean')) AS stats
JOIN composite_answer AS skew ON skew.file = 'treat_log'
	AND skew.key = code AND skew.field = 'check_SkewKurt0.Skew'
JOIN composite_answer AS kurt ON kurt.file = 'treat_log'
	AND kurt.key = code AND kurt.field = 'check_SkewKurt0.Kurt';

-- Bit by bit those of score_stats() and core's order statistics.
SELECT
	bool_and(float8send(stats.mean) = float8send(mean(exact))) AS mean,
	bool_and(float8send(stats.stddev) = float8send(stddev_of(exact))) AS stddev,
	bool_and((min, max) = (min_of(exact), max_of(exact))) AS extremes,
	bool_and(abs(stats.median - cells.median) <= 1e-15 * abs(stats.median)) AS median,
	bool_and((n_available, n_nonzero, n_unique, n_missing, n_not_applicable)
		= (n, nonzero, distinct_values, 60 - n, 0)) AS counts
FROM composite, matrix_stats(m) AS stats
JOIN (
	SELECT code, score_stats(value) AS exact, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median,
		count(value) AS n, count(value) FILTER (WHERE value <> 0) AS nonzero, count(DISTINCT value) AS distinct_values
	FROM composite_cell GROUP BY code
) AS cells USING (code);

-- Renaming units, in their order or not, changes no bit of a statistic.
CREATE TEMP TABLE renamed AS
SELECT score_matrix_agg('x' || unit, code, value, unit_group) AS m FROM composite_cell
UNION ALL
SELECT score_matrix_agg(md5(unit), code, value, unit_group ORDER BY md5(code || unit)) FROM composite_cell;
SELECT bool_and(stats::text = original::text
	AND float8send(stats.skewness) = float8send(original.skewness)
	AND float8send(stats.kurtosis) = float8send(original.kurtosis)) AS same_bits, count(*)
FROM renamed, composite, matrix_stats(renamed.m) AS stats
JOIN LATERAL matrix_stats(composite.m) AS original USING (code);

-- Few, equal and no values; cells that are not applicable; extremes of range.
CREATE TEMP VIEW edge AS
SELECT stats.*
FROM matrix_stats(E'v1 rows=4 columns=7
unit,all_missing,equal,not_applicable,one,three,two,huge
a,,7,n/a,5,1,1,1.7e308
b,,7,n/a,,2,2,1.7e308
c,,7,n/a,n/a,6,,-1e308
d,,7,n/a,n/a,,,-1.7e308') AS stats;
SELECT code, mean, median, stddev, skewness, kurtosis FROM edge;
SELECT code, n_available, n_same, share_available, share_same, n_missing, n_not_applicable FROM edge;
SELECT * FROM matrix_stats(E'v1 rows=2 columns=1\nunit,D1\na,1.7e308\nb,-1.7e308') \gx
SELECT count(*) FROM matrix_stats(E'v1 rows=0 columns=2\nunit,D1,D2') WHERE n_available = 0 AND share_available IS NULL;
