-- Survey estimates with standard errors, against plain averages of the same
-- rows, which know neither weights nor PSUs.
\set ON_ERROR_STOP on

INSERT INTO bench.measure (name, source, settings, goal, ours, peer, floor, agreement) VALUES
('svy_mean_se', 'bench.answer', '{max_parallel_workers_per_gather=0}', 2.0,
	'SELECT e.* FROM (SELECT parindex.survey_stats(y, w, stratum, psu) AS state FROM bench.answer) AS s, bench.design,
		LATERAL parindex.svy_estimate(state, of_answer) AS e',
	'SELECT avg(y) FROM bench.answer',
	'SELECT regr_count(y, w), count(stratum), count(psu) FROM bench.answer',
	'SELECT parindex.svy_mean(parindex.survey_stats(y, w, stratum, psu)) = parindex.weighted_mean(y, w) FROM bench.answer');

-- The peer is the same in one process: that table allows no worker, the other
-- two of the four.
INSERT INTO bench.measure (name, source, settings, goal, ours, peer, agreement) VALUES
('svy_mean_se_2_workers', 'bench.answer', '{max_parallel_workers_per_gather=4,parallel_setup_cost=0}', 0.588,
	'SELECT e.* FROM (SELECT parindex.survey_stats(y, w, stratum, psu) AS state FROM bench.answer) AS s, bench.design,
		LATERAL parindex.svy_estimate(state, of_answer) AS e',
	'SELECT e.* FROM (SELECT parindex.survey_stats(y, w, stratum, psu) AS state FROM bench.answer_serial) AS s, bench.design,
		LATERAL parindex.svy_estimate(state, of_answer) AS e',
	'SELECT (SELECT parindex.survey_stats(y, w, stratum, psu) FROM bench.answer) OPERATOR(parindex.=) (SELECT parindex.survey_stats(y, w, stratum, psu) FROM bench.answer_serial)'),

('avg_2_workers', 'bench.answer', '{max_parallel_workers_per_gather=4,parallel_setup_cost=0}', NULL,
	'SELECT avg(y) FROM bench.answer',
	'SELECT avg(y) FROM bench.answer_serial', NULL);

-- R''s svyby() took 12.5 s for data of this size.
INSERT INTO bench.measure (name, source, goal, ours) VALUES
('svyby_1000_domains', 'bench.domain_answer', 100,
	'SELECT domain, e.* FROM (SELECT domain, parindex.survey_stats(y, w, stratum, psu) AS state FROM bench.domain_answer GROUP BY domain) AS s, bench.design,
		LATERAL parindex.svy_estimate(state, of_domains) AS e');

INSERT INTO bench.measure (name, source, goal, ours, peer, floor) VALUES
('top_two_share', 'bench.response', 1.5,
	'SELECT agency, factor, e.* FROM (SELECT agency, factor, parindex.survey_stats(score >= 4, w, stratum, psu) AS state FROM bench.response GROUP BY agency, factor) AS s, bench.design,
		LATERAL parindex.svy_estimate(state, of_response) AS e',
	'SELECT agency, factor, avg((score >= 4)::int) FROM bench.response GROUP BY agency, factor',
	'SELECT agency, factor, regr_count(w, score), count(stratum), count(psu) FROM bench.response GROUP BY agency, factor'),

-- Every row a PSU of its own: a simple random sample.
('svy_elements', 'bench.domain_answer', NULL,
	'SELECT parindex.svy_mean(parindex.survey_stats(y, w, 1, domain * 1000000::bigint + stratum * 1000 + psu)) FROM bench.domain_answer',
	'SELECT avg(y) FROM bench.domain_answer', NULL);
