-- unit_scores(): the root of index_scores(), with the same bits.
CREATE SCHEMA test_unit_scores;
SET search_path = test_unit_scores, parindex;

CREATE TABLE field AS
SELECT score_matrix_agg('u' || u, c, CASE WHEN (u + ascii(c)) % 5 > 0 THEN 50 + 40 * sin(u * ascii(c)) END, NULL, 2020 + u % 2) AS m,
	'I [missing propagate] {A: 60 [missing renormalise, rescale zscore] {a, b}, B: 40 [method geometric, missing renormalise] {c, d}}'::framework AS fw
FROM generate_series(1, 60) AS u, unnest(ARRAY['a', 'b', 'c', 'd']) AS c;

SELECT count(*), count(*) FILTER (WHERE ours.score IS NULL) AS none,
	count(*) FILTER (WHERE float8send(ours.score) IS DISTINCT FROM float8send(theirs.score)) AS differ
FROM field CROSS JOIN unit_scores(m, fw) AS ours
JOIN LATERAL index_scores(m, fw) AS theirs ON theirs.depth = 0 AND (theirs.unit, theirs.period) = (ours.unit, ours.period);
SELECT * FROM unit_scores(E'v1 rows=3 columns=2\nunit,a,b\nx,1,2\ny,,3\nz,,', 'i {a, b}');
SELECT count(*) FROM unit_scores(E'v1 rows=0 columns=1\nunit,a', 'i {a}');
SELECT count(*) FROM unit_scores(NULL, 'i {a}');
SELECT unit_scores(m, 'I {a, b, c}') FROM field;
