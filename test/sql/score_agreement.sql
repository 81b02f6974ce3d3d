-- score_agreement(): against answers worked out elsewhere, pairs by SQL, and the
-- same bits whatever the order of units.
CREATE SCHEMA test_score_agreement;
SET search_path = test_score_agreement, parindex;

-- Hollander and Wolfe (1973), p. 187, as in R's cor.test: tau 0.4444, p 0.1194 exact
-- (T = 26); rho 0.6, its p by t.
SELECT n, round(spearman::numeric, 10) AS spearman, round(spearman_p::numeric, 10) AS spearman_p,
	round(kendall::numeric, 10) AS kendall, round(kendall_p::numeric, 4) AS kendall_p
FROM score_agreement('{44.4,45.9,41.9,53.3,44.7,44.1,50.7,45.2,60.1}', '{2.6,3.1,2.5,5.0,3.6,4.0,5.2,2.8,3.8}');
-- Ties: 0.915364999200, 0.0002024758; 0.814876917236, 0.0021000472.
SELECT n, round(spearman::numeric, 12) AS spearman, round(spearman_p::numeric, 10) AS spearman_p,
	round(kendall::numeric, 12) AS kendall, round(kendall_p::numeric, 10) AS kendall_p
FROM score_agreement('{1,2,2,3,4,4,4,5,6,7}', '{2,1,2,2,5,4,4,6,5,9}');

-- Two rankings of one field, against pairs and ranks in SQL.
CREATE TABLE score AS
SELECT u, round((100 * sin(u * 1.3))::numeric, 0)::float8 AS x,
	CASE WHEN u % 13 > 0 THEN round((60 * sin(u * 1.3) + 50 * cos(u * 2.9))::numeric, 0)::float8 END AS y
FROM generate_series(1, 300) AS u;
WITH both_scores AS (
	SELECT * FROM score WHERE y IS NOT NULL
), ranked AS (
	SELECT rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x) - 1) / 2.0 AS rx,
		rank() OVER (ORDER BY y) + (count(*) OVER (PARTITION BY y) - 1) / 2.0 AS ry
	FROM both_scores
), pair AS (
	SELECT sum(sign(a.x - b.x) * sign(a.y - b.y)) AS balance, count(*) FILTER (WHERE a.x <> b.x) AS x_pairs,
		count(*) FILTER (WHERE a.y <> b.y) AS y_pairs
	FROM both_scores AS a JOIN both_scores AS b ON a.u < b.u
)
SELECT n, abs(spearman - (SELECT corr(rx, ry) FROM ranked)) < 1e-12 AS spearman,
	abs(kendall - balance / sqrt(x_pairs::float8 * y_pairs)) < 1e-15 AS kendall, spearman_p < 1e-9 AS spearman_p, kendall_p < 1e-9 AS kendall_p
FROM pair, (SELECT array_agg(x) AS x, array_agg(y) AS y FROM score) AS s, score_agreement(s.x, s.y);
-- Of published figures too; in opposite order; the order of units.
SELECT n, spearman, kendall FROM score_agreement(ARRAY[1.25, 2.5, 3], ARRAY[30, 20, 10]);
SELECT count(DISTINCT a::text) AS one_answer
FROM (SELECT score_agreement(array_agg(x ORDER BY u), array_agg(y ORDER BY u)) AS a FROM score
	UNION ALL SELECT score_agreement(array_agg(x ORDER BY md5(u::text)), array_agg(y ORDER BY md5(u::text))) FROM score) AS a;

-- One, none; NULL and NaN are skipped; infinities are ranked; nothing varies.
SELECT * FROM score_agreement('{1}', '{2}');
SELECT * FROM score_agreement('{}', '{}');
SELECT * FROM score_agreement('{1,NULL,3,4,NaN,6}', '{2,5,NULL,8,9,10}');
SELECT * FROM score_agreement('{1,2,Infinity}', '{-Infinity,5,6}');
SELECT * FROM score_agreement('{1,2,3}', '{5,5,5}');
SELECT count(*) FROM score_agreement(NULL, '{}');

SELECT score_agreement('{1,2}', '{1}');
SELECT score_agreement('{{1,2}}', '{1,2}');
