-- CRITIC weights: against the published example, core's corr() and stddev() with
-- missing cells, criteria that say nothing, and the same bits whatever the order.
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all
CREATE SCHEMA test_critic_weights;
SET search_path = test_critic_weights, parindex;

-- The example of Diakoulaki, Mavrotas and Papayannakis (1995), and the weights
-- that scikit-criteria tests for it: 0.20222554, 0.48090173, 0.31687273.
SELECT code, round(weight::numeric, 8) AS weight, round(stddev::numeric, 6) AS stddev, round(conflict::numeric, 6) AS conflict
FROM critic_weights(E'v1 rows=8 columns=3
unit,C1,C2,C3
A1,61,1.08,4.33
A2,20.7,0.26,4.34
A3,16.3,1.98,2.53
A4,9,3.29,1.65
A5,5.4,2.77,2.33
A6,4,4.12,1.21
A7,-6.1,3.52,2.1
A8,-34.6,3.31,0.98');

-- Core's aggregates of the same cells, correlations of complete pairs.
CREATE TEMP TABLE composite AS
SELECT score_matrix_agg(unit, code, value) AS m FROM composite_cell;

WITH pair AS (
	SELECT a.code, b.code AS other, corr(a.value, b.value) AS r
	FROM composite_cell AS a JOIN composite_cell AS b ON a.unit = b.unit AND a.code <> b.code
	GROUP BY a.code, b.code
), spread AS (
	SELECT code, stddev_samp(value) / (max(value) - min(value)) AS stddev
	FROM composite_cell GROUP BY code
), criterion AS (
	SELECT code, stddev, sum(1 - r) AS conflict
	FROM spread JOIN pair USING (code) GROUP BY code, stddev
), answer AS (
	SELECT *, stddev * conflict / sum(stddev * conflict) OVER () AS weight FROM criterion
)
SELECT count(*) AS criteria,
	(SELECT count(*) FROM composite_cell WHERE value IS NULL) > 0 AS some_missing,
	max(abs(ours.stddev - answer.stddev)) < 1e-14 AS stddev,
	max(abs(ours.conflict - answer.conflict)) < 1e-12 AS conflict,
	max(abs(ours.weight - answer.weight)) < 1e-14 AS weight,
	abs(sum(ours.weight) - 1) < 1e-15 AS sum_is_1
FROM composite CROSS JOIN critic_weights(m) AS ours JOIN answer USING (code);

-- Of three criteria two are one and the other turned: r is 1 and -1 exactly.
-- One constant, one with a single value and one without any say nothing.
SELECT code, round(weight::numeric, 12) AS weight, round(stddev::numeric, 12) AS stddev, conflict
FROM critic_weights(E'v1 rows=5 columns=6
unit,up,up_too,down,constant,single,none
a,1,10,4,3,,
b,2,20,3,3,,n/a
c,3,30,2,3,7,
d,4,40,1,3,,
e,,,,3,,');

-- No unit has both: no correlation. One criterion, or all in step: no conflict.
SELECT * FROM critic_weights(E'v1 rows=4 columns=2\nunit,D1,D2\na,1,\nb,2,\nc,,3\nd,,4');
SELECT * FROM critic_weights(E'v1 rows=3 columns=1\nunit,D1\na,1\nb,2\nc,5');
SELECT * FROM critic_weights(E'v1 rows=3 columns=2\nunit,D1,D2\na,1,2\nb,2,4\nc,5,10');
SELECT count(*) FROM critic_weights(E'v1 rows=0 columns=2\nunit,D1,D2') WHERE weight IS NULL;
SELECT count(*) FROM critic_weights(NULL);

-- The ends of the range of doubles; normalising first changes nothing.
SELECT code, round(weight::numeric, 12) AS weight, round(conflict::numeric, 12) AS conflict FROM critic_weights(E'v1 rows=3 columns=3
unit,huge,tiny,plain
a,1.7e308,1e-323,3
b,-1.7e308,0,1
c,0,5e-324,1');
SELECT max(abs(ours.weight - theirs.weight)) < 1e-15 AS same
FROM composite CROSS JOIN critic_weights(m) AS ours JOIN LATERAL (
	SELECT w.* FROM (SELECT score_matrix_agg(unit, code, share) AS m FROM (
		SELECT unit, code, 5 + 95 * (value - min(value) OVER c) / (max(value) OVER c - min(value) OVER c) AS share
		FROM composite_cell WINDOW c AS (PARTITION BY code)) AS scaled) AS scaled, critic_weights(m) AS w
) AS theirs USING (code);

-- Neither the order of units nor the names of criteria change a bit.
WITH other AS (
	SELECT score_matrix_agg(md5(unit), md5(code), value) AS m FROM composite_cell
)
SELECT count(*), bool_and(float8send(ours.weight) = float8send(theirs.weight)
	AND float8send(ours.stddev) = float8send(theirs.stddev)
	AND float8send(ours.conflict) = float8send(theirs.conflict)) AS same_bits
FROM composite CROSS JOIN critic_weights(composite.m) AS ours
CROSS JOIN other JOIN LATERAL critic_weights(other.m) AS theirs ON theirs.code = md5(ours.code);
