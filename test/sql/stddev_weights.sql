-- stddev_weights(): against core's stddev of values brought to 0..1.
CREATE SCHEMA test_stddev_weights;
SET search_path = test_stddev_weights, parindex;

CREATE TABLE cell AS
SELECT 'u' || u AS unit, 'c' || c AS code,
	CASE WHEN (u * c + u) % 11 > 0 THEN round((c * 50 * sin(u * c * 1.7 + c))::numeric, 1) END AS value
FROM generate_series(1, 60) AS u, generate_series(1, 6) AS c;
WITH spread AS (
	SELECT code, stddev_samp(value) / (max(value) - min(value)) AS sd FROM cell GROUP BY code
)
SELECT count(*), max(abs(ours.stddev - sd::float8)) < 1e-12 AS stddev,
	max(abs(ours.weight - (sd / (SELECT sum(sd) FROM spread))::float8)) < 1e-12 AS weights
FROM spread JOIN (
	SELECT ours.* FROM (SELECT score_matrix_agg(unit, code, value::float8) AS m FROM cell) AS x, stddev_weights(m) AS ours
) AS ours USING (code);

-- Two values at the ends have the root of 1/2; all equal; one value; none; nothing that varies.
SELECT * FROM stddev_weights(E'v1 rows=3 columns=4\nunit,ends,even,single,none\na,-5,3,4,\nb,20,3,,\nc,,3,,n/a') ORDER BY code;
SELECT * FROM stddev_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,1,');
SELECT count(*) FROM stddev_weights(NULL);

SELECT bool_and(float8send(x.weight) = float8send(y.weight)) AS same_bits
FROM (SELECT score_matrix_agg(unit, code, value::float8) AS m, score_matrix_agg(md5(unit), code, value::float8) AS n FROM cell) AS matrices,
	stddev_weights(m) AS x JOIN LATERAL stddev_weights(n) AS y USING (code);
