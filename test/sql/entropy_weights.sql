-- Entropy weights: against the definition in 40 decimal digits, zeros, criteria
-- that say nothing, scale, and the same bits whatever the order of rows.
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all
CREATE SCHEMA test_entropy_weights;
SET search_path = test_entropy_weights, parindex;

-- Logarithms are off by less than 1e-33, and what is made of them is rounded to
-- double once. The definition, in numeric, of whole numbers, which both types hold exactly.
CREATE TEMP TABLE cell (example text, unit text, code text, value float8);
INSERT INTO cell
SELECT 'composite', unit, code, round(value * 1e6) FROM composite_cell
WHERE code NOT IN (SELECT code FROM composite_cell WHERE value < 0)
UNION ALL	-- nearly equal values: entropy is 1 to double precision
SELECT 'near', 'u' || i, 'D' || j, 10.0 ^ 15 + (i * j % 7) * 10.0 ^ (2 * j)
FROM generate_series(1, 30) AS i, generate_series(1, 6) AS j
UNION ALL	-- zeros, and values of all sizes
SELECT 'wide', 'u' || i, 'D' || j, CASE WHEN i % (j + 1) = 0 THEN 0 ELSE 10.0 ^ (i % 5 * j) END
FROM generate_series(1, 25) AS i, generate_series(1, 5) AS j;

CREATE TEMP TABLE example AS
SELECT example, score_matrix_agg(unit, code, value) AS m FROM cell GROUP BY example;

WITH share AS (
	SELECT example, code, value::text::numeric(200, 60) / sum(value::text::numeric(200, 60)) OVER criterion AS p,
		count(*) OVER criterion AS n
	FROM cell WHERE value IS NOT NULL
	WINDOW criterion AS (PARTITION BY example, code)
), spread AS (
	SELECT example, code,
		1 + sum(CASE WHEN p = 0 THEN 0 ELSE p * ln(p::numeric(100, 60)) END) / ln(n::numeric(100, 60)) AS d
	FROM share GROUP BY example, code, n
), answer AS (
	SELECT example, code, d, d / sum(d) OVER (PARTITION BY example) AS weight FROM spread
)
SELECT example, count(*) AS criteria,
	bool_and(abs(ours.diversification - d::float8) <= 2.3e-16 * d + 3e-33) AS diversification,
	bool_and(abs(ours.weight - answer.weight::float8) <= 5e-16 * answer.weight + 1e-26) AS weight,
	max(abs(entropy - (1 - d)::float8)) <= 2.3e-16 AS entropy,
	abs(sum(ours.weight) - 1) < 1e-15 AS sum_is_1
FROM example CROSS JOIN entropy_weights(m) AS ours
JOIN answer USING (example, code)
GROUP BY example ORDER BY example;

-- A zero is a share of 0, and not nothing: entropy ln 2 / ln 3 of three.
SELECT code, round(weight::numeric, 12) AS weight, round(entropy::numeric, 12) AS entropy,
	round(diversification::numeric, 12) AS diversification,
	round(ln(2.0) / ln(3.0), 12) AS expected
FROM entropy_weights(E'v1 rows=4 columns=2\nunit,full,zero\na,1,5\nb,2,5\nc,3,0\nd,4,');

-- All with one unit; all equal; all 0; one value; none.
SELECT * FROM entropy_weights(E'v1 rows=3 columns=7
unit,one_has_all,even,zero,single,none,not_applicable,uneven
a,7,0.1,0,4,,n/a,0
b,0,0.1,0,,,n/a,5
c,0,0.1,0,,,n/a,5');

-- Nothing tells units apart: no weights.
SELECT * FROM entropy_weights(E'v1 rows=2 columns=3\nunit,D1,D2,D3\na,3,,1\nb,3,,');
SELECT count(*) FROM entropy_weights(E'v1 rows=2 columns=0\nunit\na\nb');
SELECT count(*) FROM entropy_weights(E'v1 rows=0 columns=1\nunit,D1') WHERE weight IS NULL;
SELECT count(*) FROM entropy_weights(NULL);

-- The ends of the range of doubles.
SELECT code, round(entropy::numeric, 12) AS entropy FROM entropy_weights(E'v1 rows=3 columns=3
unit,huge,tiny,both
a,1.7e308,5e-324,1.7e308
b,1.7e308,5e-324,5e-324
c,0,0,0');

-- Neither the order of units nor a power of two as unit of measure changes a bit.
WITH other AS (
	SELECT score_matrix_agg(md5(unit), code, value) AS m FROM cell WHERE example = 'composite'
	UNION ALL
	SELECT score_matrix_agg(unit, code, value * 1024) FROM cell WHERE example = 'composite'
)
SELECT count(*), bool_and(float8send(ours.weight) = float8send(theirs.weight)
	AND float8send(ours.diversification) = float8send(theirs.diversification)) AS same_bits
FROM other CROSS JOIN entropy_weights(other.m) AS theirs
CROSS JOIN example JOIN LATERAL entropy_weights(example.m) AS ours USING (code)
WHERE example = 'composite';

SELECT * FROM entropy_weights(E'v1 rows=2 columns=2\nunit,D1,D2\na,1,1\nb,2,-0.5');
