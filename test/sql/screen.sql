-- Data availability, screening and denominators.
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all
CREATE SCHEMA test_screen;
SET search_path = test_screen, parindex;

CREATE TEMP TABLE composite AS
SELECT score_matrix_agg(unit, code, value, unit_group) AS m FROM composite_cell;

SELECT count(*) AS compared, bool_and(abs(ours.value - answer.value::float8) < 1e-14) AS equal
FROM composite, data_availability(m)
CROSS JOIN LATERAL (VALUES
	('N_missing', n_missing), ('N_zero', n_zero), ('N_miss_or_zero', n_missing_or_zero),
	('Dat_Avail', availability), ('Non_Zero', non_zero)
) AS ours(name, value)
JOIN composite_answer AS answer ON answer.file = 'data_availability'
	AND answer.key = unit AND answer.field = ours.name;

-- Screening keeps exactly the units (criteria) whose shares reach the bounds.
SELECT bool_and(screen(composite.m, bound, bound_nonzero) = kept.m) AS by_unit
FROM composite, (VALUES (0.9, 0), (22 / 24.0, 0.9), (1, 0), (0, 1), (0, 0)) AS bounds(bound, bound_nonzero)
CROSS JOIN LATERAL (
	SELECT score_matrix_agg(unit, code, value, unit_group) AS m
	FROM composite_cell JOIN data_availability(composite.m) USING (unit)
	WHERE availability >= bound AND non_zero >= bound_nonzero
) AS kept;
SELECT screen(m, 0.95, by => 'criterion') = (
	SELECT score_matrix_agg(unit, code, value, unit_group)
	FROM composite_cell JOIN matrix_stats(composite.m) USING (code)
	WHERE share_available >= 0.95) AS by_criterion
FROM composite;
SELECT cardinality(matrix_codes(screen(m, 0.95, by => 'criterion'))) AS kept,
	(SELECT count(*) FROM matrix_units(screen(m, 0.95))) AS units
FROM composite;

-- Not applicable is not missing; a share of nothing is below no bound; the
-- bound itself stays; nothing may stay.
CREATE TEMP TABLE small AS
SELECT E'v1 rows=5 columns=4 groups periods
unit,group,period,D1,D2,D3,D4
a,g,2023,1,,n/a,n/a
a,g,2024,1,2,3,4
b,,2023,n/a,n/a,n/a,n/a
b,,2024,,,,
c,g,2024,0,0,0,1'::score_matrix AS m;
SELECT data.* FROM small, data_availability(m) AS data;
SELECT screen(m, 0.5) FROM small;
SELECT screen(m, 0.51) = screen(m, 1) AS equal, screen(m, 0, 0.25) = m AS all_stay FROM small;
SELECT screen(m, 0, 1) FROM small;
SELECT screen(screen(m, 1), 0, 1, 'criterion') FROM small;
SELECT screen(E'v1 rows=2 columns=1 groups\nunit,group,D1\na,g,\nb,g,', 1);
SELECT screen(E'v1 rows=2 columns=1 groups\nunit,group,D1\na,g,\nb,,1', 1)
	= E'v1 rows=1 columns=1\nunit,D1\nb,1'::score_matrix AS groups_gone;
SELECT screen(NULL, 0.5) IS NULL AS null_matrix, screen(m, NULL) IS NULL AS null_share FROM small;
SELECT screen(m, 1.5) FROM small;
SELECT screen(m, 0.5, 'NaN') FROM small;
SELECT screen(m, 0.5, by => 'row') FROM small;

-- Denominators: missing where either is, or where it is 0; exact where it can be.
CREATE TEMP TABLE country AS
SELECT E'v1 rows=5 columns=4
unit,deaths,doctors,population,births
a,7,30,100000,10
b,,3,1000,0
c,5,1,0,3
d,n/a,2,,4
e,1,4,n/a,'::score_matrix AS m;
SELECT denominate(m, 'doctors', 'population', 1000) FROM country;
SELECT denominate(m, '{"deaths": "births", "doctors": ["population", 1000], "births": ["births", 1]}') FROM country;
SELECT denominate(m, '{"deaths": "births", "doctors": ["population", 1000]}')
	= denominate(denominate(m, 'doctors', 'population', 1000), 'deaths', 'births') AS one_by_one,
	denominate(m, '{}') = m AS nothing
FROM country;
SELECT bool_and(denominate(matrix, 'D1', 'D2', scale)
	= format(E'v1 rows=1 columns=2\nunit,D1,D2\na,%s,%s', v * scale / d, d)::score_matrix) AS as_float8
FROM generate_series(1, 40) AS v, generate_series(3, 9) AS d, (VALUES (1::float8), (100), (1e-3)) AS s(scale),
	CAST(format(E'v1 rows=1 columns=2\nunit,D1,D2\na,%s,%s', v, d) AS score_matrix) AS matrix;
SELECT denominate(m, 'doctor', 'population') FROM country;
SELECT denominate(m, 'doctors', 'inhabitants') FROM country;
SELECT denominate(m, 'doctors', 'population', 0) FROM country;
SELECT denominate(m, 'doctors', 'population', 1e308) FROM country;
SELECT denominate(m, '{"doctors": 1000}') FROM country;
SELECT denominate(m, '{"doctors": ["population"]}') FROM country;
SELECT denominate(m, '{"doctors": [1000, "population"]}') FROM country;
SELECT denominate(m, '["doctors"]') FROM country;

-- Renaming units changes no bit of a value.
SELECT bool_and(float8send(ours.value) = float8send(renamed.value)) AS same_bits, count(*)
FROM composite, matrix_cells(denominate(m, 'D1_1', 'D1_4', 3)) AS ours,
	(SELECT score_matrix_agg(md5(unit), code, value) AS m FROM composite_cell) AS other,
	matrix_cells(denominate(other.m, 'D1_1', 'D1_4', 3)) AS renamed
WHERE renamed.unit = md5(ours.unit) AND renamed.code = ours.code AND ours.status = 'observed';
