-- mcda_scores(), promethee_scores(): against the formulas in floating point,
-- worked out elsewhere, and what must hold whatever the data.
CREATE SCHEMA test_mcda_scores;
SET search_path = test_mcda_scores, parindex;

-- Weights in the whole 0.4, 0.2, 0.3, 0.1; c5, of weight 0, is not there.
CREATE TABLE five AS
SELECT E'v1 rows=5 columns=5\nunit,c1,c2,c3,c4,c5\na1,450,8000,54,145,9\na2,10,9100,2,160,\na3,100,8200,31,153,-3\na4,220,9300,1,162,7\na5,5,8400,23,158,n/a'::score_matrix AS m,
	'i {X: 60 {c1: 4, c2: 2, c5: 0}, Y: 40 {c3: 3 [direction -1], c4: 1 [direction -1]}}'::framework AS fw;

-- The formulas of the comment of mcda_scores(), in double precision: topsis with
-- vector and minmax scaling; 1 - Q, S and R of vikor with majorities of 0.5 and 0.3;
-- flows of promethee, p being range or standard deviation; linear with q 20, 100,
-- 5, 1 and p 200, 900, 30, 10; of the four one each linear, level, u_shape,
-- gaussian with these; products.
CREATE TABLE expected (method text, unit text, score float8, distance_to_best float8, distance_to_worst float8, group_utility float8, individual_regret float8, positive_flow float8, negative_flow float8);
INSERT INTO expected VALUES
	('topsis', 'a1', 0.592357214895, 0.239782600471, 0.348434851751, NULL, NULL, NULL, NULL),
	('topsis', 'a2', 0.40568900297, 0.344548833095, 0.235196173841, NULL, NULL, NULL, NULL),
	('topsis', 'a3', 0.294682957573, 0.305920705026, 0.127814319968, NULL, NULL, NULL, NULL),
	('topsis', 'a4', 0.619243202702, 0.180138417497, 0.292967824533, NULL, NULL, NULL, NULL),
	('topsis', 'a5', 0.278777787406, 0.362435605423, 0.140094126876, NULL, NULL, NULL, NULL),
	('topsis minmax', 'a1', 0.53348281317, 0.360555127546, 0.412310562562, NULL, NULL, NULL, NULL),
	('topsis minmax', 'a2', 0.455320053646, 0.406434430645, 0.339755021281, NULL, NULL, NULL, NULL),
	('topsis minmax', 'a3', 0.295781264319, 0.398330105096, 0.167303958461, NULL, NULL, NULL, NULL),
	('topsis minmax', 'a4', 0.640453590339, 0.229656434746, 0.409082900637, NULL, NULL, NULL, NULL),
	('topsis minmax', 'a5', 0.295060291332, 0.447802017044, 0.187432473988, NULL, NULL, NULL, NULL),
	('vikor', 'a1', 0.535413782315, NULL, NULL, 0.5, 0.3, NULL, NULL),
	('vikor', 'a2', 0.265014032342, NULL, NULL, 0.520170520223, 0.395505617978, NULL, NULL),
	('vikor', 'a3', 0.265708467893, NULL, NULL, 0.700707655088, 0.314606741573, NULL, NULL),
	('vikor', 'a4', 1.0, NULL, NULL, 0.306741573034, 0.206741573034, NULL, NULL),
	('vikor', 'a5', 0.0, NULL, NULL, 0.739460428584, 0.4, NULL, NULL),
	('vikor 0.3', 'a1', 0.528225013575, NULL, NULL, 0.5, 0.3, NULL, NULL),
	('vikor 0.3', 'a2', 0.168310744987, NULL, NULL, 0.520170520223, 0.395505617978, NULL, NULL),
	('vikor 0.3', 'a3', 0.336169266783, NULL, NULL, 0.700707655088, 0.314606741573, NULL, NULL),
	('vikor 0.3', 'a4', 1.0, NULL, NULL, 0.306741573034, 0.206741573034, NULL, NULL),
	('vikor 0.3', 'a5', 0.0, NULL, NULL, 0.739460428584, 0.4, NULL, NULL),
	('promethee', 'a1', 0.0, NULL, NULL, NULL, NULL, 0.5, 0.5),
	('promethee', 'a2', 0.0, NULL, NULL, NULL, NULL, 0.5, 0.5),
	('promethee', 'a3', -0.2, NULL, NULL, NULL, NULL, 0.4, 0.6),
	('promethee', 'a4', 0.6, NULL, NULL, NULL, NULL, 0.8, 0.2),
	('promethee', 'a5', -0.4, NULL, NULL, NULL, NULL, 0.3, 0.7),
	('promethee v_shape', 'a1', 0.066770044232, NULL, NULL, NULL, NULL, 0.407154659617, 0.340384615385),
	('promethee v_shape', 'a2', 0.041556893953, NULL, NULL, NULL, NULL, 0.252250548464, 0.21069365451),
	('promethee v_shape', 'a3', -0.184114524628, NULL, NULL, NULL, NULL, 0.112694864153, 0.296809388781),
	('promethee v_shape', 'a4', 0.30834307794, NULL, NULL, NULL, NULL, 0.407087294728, 0.098744216788),
	('promethee v_shape', 'a5', -0.232555491497, NULL, NULL, NULL, NULL, 0.087089131734, 0.319644623231),
	('promethee gaussian', 'a1', 0.083123897382, NULL, NULL, NULL, NULL, 0.405183970235, 0.322060072853),
	('promethee gaussian', 'a2', 0.056921216101, NULL, NULL, NULL, NULL, 0.246463272949, 0.189542056848),
	('promethee gaussian', 'a3', -0.200121432742, NULL, NULL, NULL, NULL, 0.088563733149, 0.288685165891),
	('promethee gaussian', 'a4', 0.290565392598, NULL, NULL, NULL, NULL, 0.387663065154, 0.097097672555),
	('promethee gaussian', 'a5', -0.230489073339, NULL, NULL, NULL, NULL, 0.070745919769, 0.301234993108),
	('promethee linear', 'a1', 0.090444444444, NULL, NULL, NULL, NULL, 0.494444444444, 0.404),
	('promethee linear', 'a2', 0.045694444444, NULL, NULL, NULL, NULL, 0.335277777778, 0.289583333333),
	('promethee linear', 'a3', -0.246444444444, NULL, NULL, NULL, NULL, 0.190805555556, 0.43725),
	('promethee linear', 'a4', 0.454472222222, NULL, NULL, NULL, NULL, 0.612805555556, 0.158333333333),
	('promethee linear', 'a5', -0.344166666667, NULL, NULL, NULL, NULL, 0.120111111111, 0.464277777778),
	('promethee mixed', 'a1', 0.00709737652, NULL, NULL, NULL, NULL, 0.45709737652, 0.45),
	('promethee mixed', 'a2', 0.038795036251, NULL, NULL, NULL, NULL, 0.325495033167, 0.286699996916),
	('promethee mixed', 'a3', -0.290150730365, NULL, NULL, NULL, NULL, 0.197251099263, 0.487401829629),
	('promethee mixed', 'a4', 0.500706503233, NULL, NULL, NULL, NULL, 0.630555555556, 0.129849052322),
	('promethee mixed', 'a5', -0.256448185639, NULL, NULL, NULL, NULL, 0.202417124508, 0.458865310147),
	('weighted product', 'a1', 12.76580113526, NULL, NULL, NULL, NULL, NULL, NULL),
	('weighted product', 'a2', 7.60479097409, NULL, NULL, NULL, NULL, NULL, NULL),
	('weighted product', 'a3', 8.25819472674, NULL, NULL, NULL, NULL, NULL, NULL),
	('weighted product', 'a4', 32.33807475029, NULL, NULL, NULL, NULL, NULL, NULL),
	('weighted product', 'a5', 2.72935357067, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE ours AS
SELECT 'topsis' AS method, s.* FROM five, mcda_scores(m, fw) AS s
UNION ALL SELECT 'topsis minmax', s.* FROM five, mcda_scores(m, fw, 'topsis', 'minmax') AS s
UNION ALL SELECT 'vikor', s.* FROM five, mcda_scores(m, fw, 'vikor') AS s
UNION ALL SELECT 'vikor 0.3', s.* FROM five, mcda_scores(m, fw, 'vikor', majority => 0.3) AS s
UNION ALL SELECT 'promethee', s.* FROM five, mcda_scores(m, fw, 'promethee') AS s
UNION ALL SELECT 'promethee v_shape', s.* FROM five, mcda_scores(m, fw, 'promethee', preference => 'v_shape') AS s
UNION ALL SELECT 'promethee gaussian', s.* FROM five, mcda_scores(m, fw, 'promethee', preference => 'gaussian') AS s
UNION ALL SELECT 'promethee linear', s.* FROM five, promethee_scores(m, fw, '{c1,c2,c3,c4}', '{linear,linear,linear,linear}', '{20,100,5,1}', '{200,900,30,10}') AS s
UNION ALL SELECT 'promethee mixed', s.* FROM five, promethee_scores(m, fw, '{c4,c3,c2,c1}', '{gaussian,u_shape,level,linear}', '{0,5,100,20}', '{10,0,900,200}') AS s
UNION ALL SELECT 'weighted product', s.* FROM five, mcda_scores(m, fw, 'weighted_product') AS s;
SELECT method, count(*), max(abs(ours.score - e.score)) < 1e-11 AS score,
	coalesce(max(abs(ours.distance_to_best - e.distance_to_best)) < 1e-11 AND max(abs(ours.distance_to_worst - e.distance_to_worst)) < 1e-11,
		max(abs(ours.group_utility - e.group_utility)) < 1e-11 AND max(abs(ours.individual_regret - e.individual_regret)) < 1e-11,
		max(abs(ours.positive_flow - e.positive_flow)) < 1e-11 AND max(abs(ours.negative_flow - e.negative_flow)) < 1e-11) AS parts,
	string_agg(unit || ' ' || rank, ', ' ORDER BY rank, unit) AS ranks
FROM ours JOIN expected AS e USING (method, unit)
GROUP BY method ORDER BY method;
-- Columns of other methods are NULL.
SELECT * FROM ours WHERE unit = 'a1' AND method IN ('topsis', 'vikor', 'promethee', 'weighted product') ORDER BY method;

-- Flows in n log n against all pairs, with ties, missing values and periods.
CREATE TABLE field AS
SELECT u, 2020 + u % 2 AS period, c, CASE WHEN u % 17 > 0 OR c <> 'b' THEN round((20 * sin(u * 1.7 + ascii(c)))::numeric, 0) END::float8 AS value
FROM generate_series(1, 120) AS u, unnest(ARRAY['a', 'b', 'c']) AS c;
CREATE TABLE matrices AS
SELECT score_matrix_agg('u' || u, c, value, NULL, period) AS m, score_matrix_agg(md5(u::text), c, value, NULL, period) AS renamed,
	score_matrix_agg('u' || u, translate(c, 'abc', 'zxy'), value, NULL, period) AS recoded
FROM field;

CREATE FUNCTION preference(kind text, d float8, q float8, p float8) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN CASE WHEN d <= 0 THEN 0 ELSE CASE kind
	WHEN 'usual' THEN 1
	WHEN 'u_shape' THEN (d > q)::int
	WHEN 'v_shape' THEN least(d / p, 1)
	WHEN 'level' THEN CASE WHEN d > p THEN 1 WHEN d > q THEN 0.5 ELSE 0 END
	WHEN 'linear' THEN CASE WHEN d > p THEN 1 WHEN d > q THEN (d - q) / (p - q) ELSE 0 END
	ELSE 1 - exp(-d * d / (2 * p * p)) END END;
WITH complete AS (
	SELECT u, period, c, value, CASE c WHEN 'b' THEN -1 ELSE 1 END AS direction, CASE c WHEN 'a' THEN 0.5 ELSE 0.25 END AS weight
	FROM field WHERE u % 17 > 0
), flow AS (
	SELECT kind, x.u, sum(x.weight * preference(kind, x.direction * (x.value - y.value), 2, 9)) / (count(DISTINCT y.u)) AS above,
		sum(x.weight * preference(kind, x.direction * (y.value - x.value), 2, 9)) / (count(DISTINCT y.u)) AS below
	FROM complete AS x JOIN complete AS y ON x.period = y.period AND x.c = y.c AND x.u <> y.u
	CROSS JOIN unnest(ARRAY['usual', 'u_shape', 'v_shape', 'level', 'linear', 'gaussian']) AS kind
	GROUP BY kind, x.u
)
SELECT kinds.kind, count(*) AS units, count(score) AS scored, max(abs(positive_flow - above)) < 1e-14 AS above, max(abs(negative_flow - below)) < 1e-14 AS below,
	bool_and((flow.u IS NULL) = (score IS NULL)) AS complete_ones
FROM matrices CROSS JOIN unnest(ARRAY['usual', 'u_shape', 'v_shape', 'level', 'linear', 'gaussian']) AS kinds(kind)
CROSS JOIN LATERAL mcda_scores(m, 'i {a: 2, b: 1 [direction -1], c: 1}', 'promethee', preference => kinds.kind, q => 2, p => 9) AS s
LEFT JOIN flow ON flow.kind = kinds.kind AND 'u' || flow.u = s.unit
GROUP BY kinds.kind ORDER BY kinds.kind;

-- A rank is that of the score in its period, at the digits asked for.
SELECT count(*), bool_and(rank = score_rank) AS as_score_rank
FROM (SELECT rank, score_rank(score, 'min', 1) OVER (PARTITION BY period) FROM matrices, mcda_scores(m, 'i {a, b, c}', digits => 1)) AS s;

-- Neither the order of units nor that of criteria changes a bit.
SELECT method, count(*), bool_and(float8send(x.score) IS NOT DISTINCT FROM float8send(y.score)) AS renamed, bool_and(float8send(x.score) IS NOT DISTINCT FROM float8send(z.score)) AS recoded
FROM (SELECT score_matrix_agg('u' || u, c, value + 30, NULL, period) AS m, score_matrix_agg(md5(u::text), c, value + 30, NULL, period) AS renamed,
		score_matrix_agg('u' || u, translate(c, 'abc', 'zxy'), value + 30, NULL, period) AS recoded FROM field) AS above_0
CROSS JOIN unnest(ARRAY['topsis', 'vikor', 'promethee', 'weighted_product']) AS method
CROSS JOIN LATERAL mcda_scores(m, 'i {a: 2, b: 1 [direction -1], c: 3}', method, preference => 'linear', q => 1, p => 7) AS x
JOIN LATERAL mcda_scores(renamed, 'i {a: 2, b: 1 [direction -1], c: 3}', method, preference => 'linear', q => 1, p => 7) AS y ON y.unit = md5(substr(x.unit, 2))
JOIN LATERAL mcda_scores(recoded, 'i {z: 2, x: 1 [direction -1], y: 3}', method, preference => 'linear', q => 1, p => 7) AS z ON z.unit = x.unit
GROUP BY method ORDER BY method;

-- A criterion that does not vary decides nothing; all the same; one unit; none.
SELECT method, string_agg(unit || ' ' || coalesce(round(score::numeric, 6)::text, '-'), ', ' ORDER BY unit) AS scores
FROM unnest(ARRAY['topsis', 'vikor', 'promethee', 'weighted_product']) AS method,
	mcda_scores(E'v1 rows=3 columns=2\nunit,a,k\np,1,5\nq,2,5\nr,4,5', 'i {a, k}', method, 'minmax') GROUP BY method ORDER BY method;
SELECT preference, string_agg(unit || ' ' || round(score::numeric, 6), ', ' ORDER BY unit) AS scores
FROM unnest(ARRAY['u_shape', 'v_shape', 'level', 'linear', 'gaussian']) AS preference,
	mcda_scores(E'v1 rows=3 columns=2\nunit,a,k\np,1,5\nq,2,5\nr,4,5', 'i {a, k}', 'promethee', preference => preference) GROUP BY preference ORDER BY preference;
SELECT method, unit, score, rank FROM unnest(ARRAY['topsis', 'vikor', 'promethee', 'weighted_product']) AS method,
	mcda_scores(E'v1 rows=2 columns=1\nunit,a\np,3\nq,3', 'i {a}', method) ORDER BY method, unit;
SELECT method, unit, score, rank FROM unnest(ARRAY['topsis', 'vikor', 'promethee', 'weighted_product']) AS method,
	mcda_scores(E'v1 rows=2 columns=1\nunit,a\np,3\nq,', 'i {a}', method) ORDER BY method, unit;
SELECT count(*) FROM mcda_scores(E'v1 rows=0 columns=1\nunit,a', 'i {a}', 'promethee');
SELECT count(*) FROM five, mcda_scores(m, NULL);

-- Errors.
SELECT mcda_scores(m, fw, 'electre') FROM five;
SELECT mcda_scores(m, fw, 'topsis', 'log') FROM five;
SELECT mcda_scores(m, fw, 'vikor', majority => 2) FROM five;
SELECT mcda_scores(m, fw, 'promethee', preference => 'odd') FROM five;
SELECT mcda_scores(m, fw, 'promethee', preference => 'linear', q => 3, p => 2) FROM five;
SELECT mcda_scores(m, fw, 'promethee', preference => 'level', q => -1) FROM five;
SELECT mcda_scores(m, fw, 'promethee', preference => 'gaussian', p => 0) FROM five;
SELECT mcda_scores(m, fw, NULL) FROM five;
SELECT mcda_scores(m, 'i {c1, c2}') FROM five;
SELECT mcda_scores(m, 'i {c1, c2, c3, c4, c5, c6}') FROM five;
SELECT mcda_scores(E'v1 rows=2 columns=1\nunit,a\np,3\nq,0', 'i {a}', 'weighted_product');
SELECT mcda_scores(E'v1 rows=2 columns=1\nunit,a\np,1.7e308\nq,-1.7e308', 'i {a}');
SELECT promethee_scores(m, fw, '{c1,c9}', '{usual,usual}', '{0,0}', '{1,1}') FROM five;
SELECT promethee_scores(m, fw, '{c1,c2}', '{usual}', '{0,0}', '{1,1}') FROM five;
SELECT promethee_scores(m, fw, '{c1}', '{NULL}', '{0}', '{1}') FROM five;
SELECT promethee_scores(m, fw, '{c1}', '{usual}', '{0}', '{NULL}') FROM five;

-- The Gaussian, in n^2, can be cancelled.
CREATE TABLE large AS SELECT score_matrix_agg('u' || u, 'a', sin(u)) AS m FROM generate_series(1, 100000) AS u;
SET statement_timeout = '300ms';
SELECT count(*) FROM large, mcda_scores(m, 'i {a}', 'promethee', preference => 'gaussian');
RESET statement_timeout;
