-- Imputation: against COINr, against the same rules in SQL, and the same bits
-- whatever the names and order of units.
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all
CREATE SCHEMA test_impute;
SET search_path = test_impute, parindex;

CREATE TEMP TABLE composite AS
SELECT score_matrix_agg(unit, code, value, unit_group) AS m FROM composite_cell;

SELECT method, count(*) AS compared,
	bool_and(abs(ours.value - answer.value::float8) <= 1e-9 * abs(answer.value::float8)) AS equal
FROM composite, (VALUES ('mean'), ('median'), ('group_mean')) AS methods(method),
	matrix_cells(impute(m, method)) AS ours
JOIN composite_answer AS answer ON answer.key = unit AND answer.field = code
WHERE answer.file = 'impute_' || method
GROUP BY method ORDER BY method;

-- Over periods, with groups, missing and not applicable cells.
CREATE TEMP TABLE cell AS
SELECT 'unit ' || u AS unit, 'D' || c AS code,
	CASE WHEN u % 7 > 0 THEN 'group ' || u % 3 END AS unit_group,
	2015 + p * p AS period,
	CASE WHEN (u * 7 + c * p) % 5 > 1 AND NOT (u % 3 = 1 AND c = 3) AND c < 6 THEN exp(5 * sin(u * c + p)) END AS value,
	CASE WHEN (u * 7 + c * p) % 10 = 0 THEN 'not_applicable' END AS status
FROM generate_series(1, 60) AS u, generate_series(1, 6) AS c, generate_series(1, 5) AS p;
CREATE TEMP TABLE panel AS
SELECT score_matrix_agg(unit, code, value, unit_group, period, status) AS m FROM cell;
CREATE TEMP TABLE missing AS
SELECT * FROM cell WHERE value IS NULL AND status IS NULL;

-- What each method should put into each missing cell, by exact means in SQL.
CREATE TEMP TABLE expected AS
SELECT method, by_period, unit, code, period, center.value
FROM missing
CROSS JOIN (VALUES ('mean'), ('median'), ('group_mean'), ('group_median')) AS methods(method)
CROSS JOIN (VALUES (true), (false)) AS options(by_period)
CROSS JOIN LATERAL (
	SELECT CASE WHEN method LIKE '%mean' THEN weighted_mean(value, 1)
		ELSE percentile_cont(0.5) WITHIN GROUP (ORDER BY value) END AS value
	FROM cell
	WHERE code = missing.code
		AND (NOT by_period OR period = missing.period)
		AND (method IN ('mean', 'median') OR unit_group = missing.unit_group)
) AS center
UNION ALL
SELECT 'constant', true, unit, code, period, 2.5 FROM missing
UNION ALL
SELECT 'latest', true, unit, code, period, (
	SELECT value FROM cell
	WHERE (unit, code) = (missing.unit, missing.code) AND period < missing.period AND value IS NOT NULL
	ORDER BY period DESC LIMIT 1)
FROM missing
UNION ALL
SELECT 'linear', true, missing.unit, missing.code, missing.period,
	before.value + (after.value - before.value)
		* ((missing.period - before.period)::float8 / (after.period - before.period))
FROM missing
LEFT JOIN LATERAL (
	SELECT * FROM cell
	WHERE (unit, code) = (missing.unit, missing.code) AND period < missing.period AND value IS NOT NULL
	ORDER BY period DESC LIMIT 1
) AS before ON true
LEFT JOIN LATERAL (
	SELECT * FROM cell
	WHERE (unit, code) = (missing.unit, missing.code) AND period > missing.period AND value IS NOT NULL
	ORDER BY period LIMIT 1
) AS after ON true;

WITH report AS (
	SELECT method, by_period, report.*
	FROM (SELECT DISTINCT method, by_period FROM expected) AS methods, panel
	CROSS JOIN LATERAL impute_report(m, method, CASE method WHEN 'constant' THEN 2.5 END, by_period) AS report
)
SELECT method, by_period, count(*) AS missing, count(report.value) AS filled,
	bool_and(report.value IS NOT DISTINCT FROM expected.value
		OR method LIKE '%median' AND abs(report.value - expected.value) <= 1e-15 * abs(expected.value)) AS as_expected,
	bool_and(report.source IS NOT DISTINCT FROM CASE WHEN expected.value IS NOT NULL THEN method END) AS source
FROM report FULL JOIN expected USING (method, by_period, unit, code, period)
GROUP BY method, by_period ORDER BY method, by_period;

-- The matrix holds what the report says, and is else as it was.
SELECT bool_and(impute(panel.m, method, by_period => by_period) = rebuilt.m) AS matrix_is_report
FROM panel, (VALUES ('mean', true), ('group_median', false), ('latest', true), ('linear', true)) AS methods(method, by_period)
CROSS JOIN LATERAL (
	SELECT score_matrix_agg(unit, code, coalesce(cell.value, report.value), unit_group, period, status) AS m
	FROM cell LEFT JOIN impute_report(panel.m, method, by_period => by_period) AS report USING (unit, code, period)
) AS rebuilt;

-- Without gaps nothing changes; a filled matrix has none but those without a source.
SELECT impute(m, 'constant', 0) = impute(impute(m, 'constant', 0), 'mean') AS full_stays,
	(SELECT count(*) FROM impute_report(impute(m, 'constant', 0), 'mean')) AS gaps
FROM panel;

-- Renaming units, in their order or not, and reordering rows change no bit.
SELECT method, bool_and(float8send(ours.value) IS NOT DISTINCT FROM float8send(renamed.value)) AS same_bits, count(*)
FROM (VALUES ('mean'), ('median'), ('group_mean'), ('group_median'), ('latest'), ('linear')) AS methods(method), panel,
	(SELECT score_matrix_agg(md5(unit), code, value, unit_group, period, status ORDER BY md5(cell::text)) AS m
		FROM cell) AS other,
	matrix_cells(impute(panel.m, method)) AS ours
JOIN LATERAL matrix_cells(impute(other.m, method)) AS renamed
	ON renamed.unit = md5(ours.unit) AND (renamed.code, renamed.period) = (ours.code, ours.period)
GROUP BY method ORDER BY method;

-- Outside the observed periods, and gaps of unequal length.
CREATE TEMP TABLE line AS
SELECT E'v1 rows=7 columns=4 periods
unit,period,falling,none,rising,step
a,2000,,,,
a,2010,10,,-1,n/a
a,2011,,,,
a,2014,,n/a,,3
a,2020,0,,1,
a,2021,,,,n/a
b,2021,,,5,'::score_matrix AS m;
SELECT impute(m, 'latest') AS latest, impute(m, 'linear') AS linear FROM line;
SELECT report.* FROM line, impute_report(m, 'latest') AS report WHERE code = 'step';
SELECT impute(E'v1 rows=3 columns=1 periods\nunit,period,D1\na,1,1.7e308\na,2,\na,3,-1.7e308', 'linear');
SELECT impute(E'v1 rows=3 columns=1 periods\nunit,period,D1\na,-2147483648,0\na,0,\na,2147483647,1', 'linear');
SELECT impute(E'v1 rows=3 columns=2\nunit,D1,D2\na,1.7e308,\nb,,\nc,1.7e308,', 'median');

-- Errors.
SELECT impute(m, 'average') FROM panel;
SELECT impute(m, 'mean', 1) FROM panel;
SELECT impute(m, 'constant') FROM panel;
SELECT impute(m, 'constant', 'Infinity') FROM panel;
SELECT impute(m, NULL) FROM panel;
SELECT impute(m, 'mean', by_period => NULL) FROM panel;
SELECT impute(E'v1 rows=1 columns=1\nunit,D1\na,', 'group_mean');
SELECT impute(E'v1 rows=1 columns=1\nunit,D1\na,', 'linear');
SELECT impute(NULL, 'mean') IS NULL AS null_matrix, (SELECT count(*) FROM impute_report(NULL, 'mean')) AS null_report;
