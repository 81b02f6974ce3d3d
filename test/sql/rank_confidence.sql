-- rank_confidence(): against a computation of its own and published figures, the same
-- bits whatever the order of units, and what is certain, missing or wrong.
CREATE SCHEMA test_rank_confidence;
SET search_path = test_rank_confidence, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/ranks/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- All marginal sets, exactly.
CREATE TABLE marginal AS
SELECT v.dataset, v.stepdown, v.type, v.coverage, s.*
FROM variant AS v JOIN league AS l ON l.dataset = v.dataset,
	rank_confidence(l.units, l.scores, l.ses, level => v.coverage, side => v.side, stepdown => v.stepdown) AS s
WHERE v.kind = 'marginal';
SELECT count(*), bool_and((m.rank, m.rank_low, m.rank_high, m.steps) = (r.rank, r.lower, r.upper, r.steps)) AS sets,
	max(abs(m.critical_first - r.critical_first)) < 6e-7 AND max(abs(m.critical_value - r.critical_last)) < 6e-7 AS critical,
	bool_and(abs(m.margin / r.margin - 1) < 0.01) AS margins, bool_and(m.critical_error = 0 AND m.draws = 0 AND m.errors = 'independent') AS by_quadrature
FROM reference AS r JOIN marginal AS m USING (dataset, stepdown, type, coverage, unit)
WHERE r.kind = 'marginal';

-- Of all units at once, by draws: all of them where the margin exceeds three critical
-- errors, and but for few else.
CREATE TABLE at_once AS
SELECT v.dataset, v.stepdown, v.type, v.coverage, s.*
FROM variant AS v JOIN league AS l ON l.dataset = v.dataset,
	rank_confidence(l.units, l.scores, l.ses, level => v.coverage, kind => 'simultaneous', side => v.side, stepdown => v.stepdown,
		draws => CASE WHEN v.type = 'two-sided' AND v.coverage = 0.95 THEN 100000 ELSE 10000 END) AS s
WHERE v.kind = 'simultaneous' AND v.stepdown AND (v.type = 'two-sided' OR v.dataset = 'pisa_math');
SELECT count(*), count(*) FILTER (WHERE sure) AS sure, bool_and(same) FILTER (WHERE sure) AS sets,
	count(*) FILTER (WHERE NOT same) < 20 AS but_few, bool_and(nearly) AS nearly, bool_and(steps) AS steps, bool_and(critical) AS critical
FROM (SELECT a.margin > 3 * a.critical_error AND r.margin > 3 * a.critical_error AS sure, (a.rank_low, a.rank_high) = (r.lower, r.upper) AS same,
		abs(a.rank_low - r.lower) <= 1 AND abs(a.rank_high - r.upper) <= 1 AS nearly, a.steps = r.steps AND a.rank = r.rank AS steps,
		abs(a.critical_value - r.critical_last) / (a.critical_error + r.critical_se) < 3 AS critical
	FROM reference AS r JOIN at_once AS a USING (dataset, stepdown, type, coverage, unit) WHERE r.kind = 'simultaneous') AS c;

-- All correlations 0.3.
CREATE VIEW correlated AS
SELECT units, scores, ses,
	(SELECT array_agg(line ORDER BY i) FROM (
		SELECT i, array_agg(ses[i] * ses[k] * CASE WHEN i = k THEN 1 ELSE 0.3 END ORDER BY k) AS line
		FROM generate_subscripts(ses, 1) AS i, generate_subscripts(ses, 1) AS k GROUP BY i) AS lines) AS covariance
FROM (SELECT array_agg(unit ORDER BY unit COLLATE "C") AS units, array_agg(score ORDER BY unit COLLATE "C") AS scores, array_agg(se ORDER BY unit COLLATE "C") AS ses
	FROM estimate WHERE dataset = 'pisa_math' AND se IS NOT NULL) AS e;
SELECT count(*), count(*) FILTER (WHERE (s.rank_low, s.rank_high) <> (r.lower, r.upper)) < 3 AS sets,
	bool_and(abs(s.rank_low - r.lower) <= 1 AND abs(s.rank_high - r.upper) <= 1) AS nearly, bool_and(s.steps = r.steps) AS steps,
	max(abs(s.critical_value - r.critical_last) / (s.critical_error + r.critical_se)) < 3 AS critical, min(s.errors) AS errors
FROM correlated AS c, rank_confidence(units, scores, covariance => covariance, kind => 'simultaneous', draws => 20000) AS s
	JOIN reference AS r ON r.dataset = 'pisa_math_corr0.3' AND r.kind = 'simultaneous' AND r.stepdown AND r.type = 'two-sided' AND r.coverage = 0.95 AND r.unit = s.unit;
-- One unit at a time by draws: a shared error takes nothing from a difference, so that the sets are those of the rest.
SELECT bool_and(abs(d.critical_value - q.critical_value) < 4 * d.critical_error) AS critical,
	bool_and((d.rank_low, d.rank_high) = (q.rank_low, q.rank_high) OR q.margin < 4 * d.critical_error) AS sets, min(d.draws) AS draws, min(q.draws) AS none
FROM (SELECT units, scores, ses, array_agg(line ORDER BY i) AS shared
		FROM correlated, LATERAL (SELECT i, array_agg(9 + CASE WHEN i = k THEN ses[i] * ses[i] ELSE 0 END ORDER BY k) AS line
			FROM generate_subscripts(ses, 1) AS i, generate_subscripts(ses, 1) AS k GROUP BY i) AS lines GROUP BY 1, 2, 3) AS c,
	rank_confidence(units, scores, covariance => shared, draws => 10000) AS d, rank_confidence(units, scores, ses) AS q
WHERE d.unit = q.unit;
-- A covariance without any off the diagonal is exact as well, and says what it was.
SELECT bool_and((d.rank_low, d.rank_high, d.draws) = (q.rank_low, q.rank_high, 0)) AS same, min(d.errors) AS errors
FROM (SELECT units, scores, ses, array_agg(line ORDER BY i) AS diagonal
		FROM correlated, LATERAL (SELECT i, array_agg(CASE WHEN i = k THEN ses[i] * ses[i] ELSE 0 END ORDER BY k) AS line
			FROM generate_subscripts(ses, 1) AS i, generate_subscripts(ses, 1) AS k GROUP BY i) AS lines GROUP BY 1, 2, 3) AS c,
	rank_confidence(units, scores, covariance => diagonal) AS d, rank_confidence(units, scores, ses) AS q
WHERE d.unit = q.unit;

-- Printed in the vignette of csranks: rank 13, from 7 to 23; twelve that may be among the five best, at 90 % one fewer.
SELECT rank, rank_low, rank_high FROM marginal
WHERE dataset = 'pisa2018_math' AND stepdown AND type = 'two-sided' AND coverage = 0.95 AND unit = 'United Kingdom';
SELECT count(*) FILTER (WHERE a.in_best) AS at_95, string_agg(a.unit, ', ') FILTER (WHERE a.in_best AND NOT b.in_best) AS not_at_90
FROM league AS l, rank_tau_sets(units, scores, 5, ses, draws => 20000) AS a, rank_tau_sets(units, scores, 5, ses, level => 0.9, draws => 20000) AS b
WHERE l.dataset = 'pisa2018_math' AND b.unit = a.unit;
-- Against the package, whose critical values by 5000 draws have an error of some 0.015.
CREATE TABLE tau_of AS
SELECT v.dataset, v.tau, s.*
FROM (SELECT DISTINCT dataset, tau FROM tau_set) AS v JOIN league AS l USING (dataset),
	rank_tau_sets(l.units, l.scores, v.tau, l.ses, draws => 20000) AS s;
SELECT count(*) AS sets, count(*) FILTER (WHERE (s.in_best, s.in_worst) <> (t.best, t.worst) AND s.margin > 0.06) AS others,
	count(*) FILTER (WHERE (s.in_best, s.in_worst) <> (t.best, t.worst)) < 6 AS few
FROM tau_set AS t JOIN tau_of AS s USING (dataset, tau, unit)
WHERE t.stepdown AND t.coverage = 0.95;

-- By group, whatever the order of rows: the same bits.
CREATE VIEW rows_of_sets AS
SELECT s.* FROM (SELECT dataset, rank_confidence_agg(unit, score, se) AS sets FROM estimate GROUP BY dataset) AS g, unnest(sets) AS s;
SELECT count(*), count(*) FILTER (WHERE status = 'no_estimate' AND rank IS NULL) AS left_out FROM rows_of_sets;
SELECT count(DISTINCT sets::text) AS one_answer FROM (
	SELECT rank_confidence_agg(unit, score, se, 0.9, 'simultaneous', 'two', true, 5000, 7 ORDER BY unit) AS sets FROM estimate WHERE dataset = 'pisa_math'
	UNION ALL SELECT rank_confidence_agg(unit, score, se, 0.9, 'simultaneous', 'two', true, 5000, 7 ORDER BY md5(unit)) FROM estimate WHERE dataset = 'pisa_math'
	UNION ALL SELECT array_agg(s ORDER BY s.unit COLLATE "C") FROM league, rank_confidence(units, scores, ses, level => 0.9, kind => 'simultaneous', draws => 5000, seed => 7) AS s WHERE dataset = 'pisa_math') AS a;
SELECT count(DISTINCT sets::text) AS one_answer FROM (
	SELECT rank_confidence_agg(unit, score, se ORDER BY unit DESC) AS sets FROM estimate WHERE dataset = 'pisa_math'
	UNION ALL SELECT rank_confidence_agg(unit, score, se ORDER BY md5(unit)) FROM estimate WHERE dataset = 'pisa_math') AS a;
SELECT count(DISTINCT critical_value) AS seeds_differ
FROM league, generate_series(1, 3) AS seed, rank_confidence(units, scores, ses, kind => 'simultaneous', draws => 1000, seed => seed) WHERE dataset = 'pisa_math';

-- Kept, read back.
CREATE TABLE kept AS SELECT dataset, rank_confidence_agg(unit, score, se) AS sets FROM estimate GROUP BY dataset;
SELECT count(*), bool_and(sets::text::rank_set[] = sets) AS same FROM kept;
SELECT rank_confidence('{{a},{b}}', '{1,2}', '{1,1}');

-- Every column of a matrix. With ordinality a function is called and not inlined.
CREATE VIEW matrices AS
SELECT score_matrix_agg(unit, dataset, score) AS estimates, score_matrix_agg(unit, dataset, se) AS ses
FROM estimate WHERE dataset LIKE 'pisa\_%';
SELECT count(*), count(*) FILTER (WHERE m.status = 'no_estimate') AS left_out,
	bool_and((m.rank, m.rank_low, m.rank_high, m.critical_value) IS NOT DISTINCT FROM (r.rank, r.rank_low, r.rank_high, r.critical_value)) AS same
FROM matrices, matrix_rank_confidence(estimates, ses) AS m JOIN (SELECT g.dataset, s.* FROM (
		SELECT dataset, rank_confidence_agg(unit, score, se) AS sets FROM estimate GROUP BY dataset) AS g, unnest(sets) AS s) AS r
	ON r.dataset = m.code AND r.unit = m.unit;
SELECT code, period, unit, rank, rank_low, rank_high, m.errors, status
FROM (SELECT score_matrix_agg(u, 'C', v, NULL, y) AS estimates, score_matrix_agg(u, 'C', s, NULL, y) AS ses
	FROM (VALUES ('a', 5::float8, 0.5::float8, 2024), ('b', 9, 0.5, 2024), ('c', 1, NULL, 2024), ('a', 5, 1, 2023), ('b', 6, 1, 2023)) AS t (u, v, s, y)) AS t,
	matrix_rank_confidence(estimates, ses, 0.9, kind => 'simultaneous', draws => 500) WITH ORDINALITY AS m;

-- Certain pairs and ties; all equal; one unit, none; what is missing.
SELECT unit, rank, rank_low, rank_high, steps, critical_value FROM rank_confidence('{a,b,c}', '{2,2,1}', '{0,0,0}');
SELECT unit, rank, rank_low, rank_high, steps FROM rank_confidence('{a,b,c,d}', '{2,2,1,9}', '{0,0,0,0.5}');
SELECT unit, rank, rank_low, rank_high, steps FROM rank_confidence('{a,b,c,d}', '{2,2,1,9}', '{0,0,0,0.5}', kind => 'simultaneous');
SELECT unit, rank, rank_low, rank_high, steps, round(critical_value::numeric, 8) AS critical, margin = critical_value AS margin FROM rank_confidence('{a,b,c}', '{5,5,5}', '{1,1,1}', side => 'lower');
SELECT unit, rank, rank_low, rank_high, steps, errors FROM rank_confidence('{a,b}', '{1,2}', covariance => '{{1,1},{1,1}}');
SELECT unit, rank, rank_low, rank_high, steps, draws FROM rank_confidence('{a,b}', '{1,5}', covariance => '{{1,0.5},{0.5,1}}', side => 'upper', draws => 1000);
SELECT unit, rank, rank_low, rank_high, steps, critical_value, status FROM rank_confidence('{a}', '{5}', '{1}');
SELECT count(*) FROM rank_confidence('{}', '{}', '{}');
SELECT count(*) FROM rank_confidence(NULL, '{1}', '{1}');
SELECT unit, estimate, se, rank, rank_low, rank_high, errors, status FROM rank_confidence('{"Hà Giang",b,c,d}', '{1,NULL,9,4}', '{1,1,0.5,NULL}');
SELECT unit, se, rank, rank_low, rank_high, errors, status FROM rank_confidence('{a,b,c}', '{1,2,9}', covariance => '{{1,NULL,0.2},{NULL,NULL,NULL},{0.2,NULL,4}}', draws => 1000);
SELECT rank_confidence_agg(u, e, s) FROM (VALUES ('a', 1::float8, 1::float8)) AS v (u, e, s) WHERE false;
-- Of two units the critical value is the normal's.
SELECT DISTINCT abs(critical_value - 1.959963984540054) < 1e-9 AS two FROM rank_confidence('{a,b}', '{1,2}', '{1,3}');
SELECT DISTINCT abs(critical_value - 1.6448536269514722) < 1e-9 AS lower FROM rank_confidence('{a,b}', '{1,2}', '{1,3}', side => 'lower');
-- Numbers of any size.
SELECT unit, rank, rank_low, rank_high FROM rank_confidence('{a,b,c}', '{1e308,-1e308,1e-300}', '{1e-300,1e300,0}');

SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', level => 1);
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', level => 'NaN');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', kind => 'joint');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', side => 'both');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', draws => 0);
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', kind => 'simultaneous', level => 0.999, draws => 100);
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', seed => NULL);
SELECT rank_confidence('{a,b}', '{1,NaN}', '{1,1}');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,Infinity}');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,-0.5}');
SELECT rank_confidence('{a,a}', '{1,2}', '{1,1}');
SELECT rank_confidence('{a,NULL}', '{1,2}', '{1,1}');
SELECT rank_confidence('{a,b}', '{1,2,3}', '{1,1}');
SELECT rank_confidence('{a,b}', '{1,2}');
SELECT rank_confidence('{a,b}', '{1,2}', '{1,1}', '{{1,0},{0,1}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{1,0,0},{0,1,0}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{1,0.5},{0.4,1}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{1,2},{2,1}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{1,0.5},{0.5,-1}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{0,0.5},{0.5,1}}');
SELECT rank_confidence('{a,b}', '{1,2}', covariance => '{{1,NULL},{0.5,1}}');
SELECT rank_confidence_agg(u, 1, 1, l, 'marginal', 'two', true, NULL, 0) FROM (VALUES ('a', 0.9::float8), ('b', 0.95)) AS v (u, l);
SELECT rank_confidence_agg(NULL, 1, 1);
SELECT rank_tau_sets('{a,b}', '{1,2}', 0, '{1,1}');
SELECT rank_tau_sets('{a,b}', '{1,2}', NULL, '{1,1}');

-- Counts.
SELECT count(*), bool_and((s.rank, s.rank_low, s.rank_high) = (c.rank, c.lower, c.upper)) AS sets
FROM (SELECT "case", kind, correction, type, coverage, array_agg(category) AS categories, array_agg(count) AS counts FROM counted GROUP BY 1, 2, 3, 4, 5) AS v,
	rank_confidence_counts(categories, counts, coverage, v.kind, CASE type WHEN 'two-sided' THEN 'two' ELSE type END, lower(v.correction)) AS s, counted AS c
WHERE (c."case", c.kind, c.correction, c.type, c.coverage, c.category) = (v."case", v.kind, v.correction, v.type, v.coverage, s.unit);
SELECT * FROM rank_confidence_counts('{a,b,c,d}', '{40,10,NULL,10}');
SELECT * FROM rank_confidence_counts('{a,b}', '{9000000000000000,8999999000000000}', kind => 'simultaneous', correction => 'bonferroni');
SELECT * FROM rank_confidence_counts('{a,b,c}', '{0,0,0}', side => 'upper');
SELECT * FROM rank_confidence_counts('{a}', '{3}');
SELECT count(*) FROM rank_confidence_counts('{}', '{}', kind => 'simultaneous');
SELECT count(*) FROM rank_confidence_counts(NULL, '{}');
SELECT rank_confidence_counts('{a,b}', '{1,-1}');
SELECT rank_confidence_counts('{a,b}', '{1}');
SELECT rank_confidence_counts('{a,a}', '{1,2}');
SELECT rank_confidence_counts('{a,b}', '{1,2}', correction => 'sidak');
SELECT rank_confidence_counts('{a,b}', '{1,2}', 0);
