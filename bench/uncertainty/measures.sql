-- How sure ranks are. csranks takes 50 times the goal, and more, of the first.
\set ON_ERROR_STOP on

CREATE FUNCTION bench.rank_confidence_of(estimates text, settings text) RETURNS text
LANGUAGE sql
RETURN format(
	'SELECT r.* FROM (SELECT array_agg(unit) AS units, array_agg(estimate) AS estimates, array_agg(se) AS ses FROM %s) AS e,
		parindex.rank_confidence(units, estimates, ses%s) AS r', estimates, settings);

INSERT INTO bench.measure (name, source, goal, ours) VALUES
('rank_confidence_at_once', 'bench.estimate_100', 200,
	bench.rank_confidence_of('bench.estimate_100', ', kind => ''simultaneous'', draws => 10000')),

('rank_confidence_marginal', 'bench.estimate_5000', 10000, bench.rank_confidence_of('bench.estimate_5000', '')),

('rank_confidence_of_5000_at_once', 'bench.estimate_5000', 10000,
	bench.rank_confidence_of('bench.estimate_5000', ', kind => ''simultaneous'', draws => 10000')),

('rank_confidence_correlated', 'bench.estimate_100', 1000,
	'SELECT r.* FROM bench.correlated_100, parindex.rank_confidence(units, estimates, covariance => covariance, kind => ''simultaneous'', draws => 10000) AS r');
