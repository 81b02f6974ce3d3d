-- Rules with cut-offs, several slopes, ratios within steps, leaders, sums, undue work, rounding.
CREATE SCHEMA test_rule_scales;
SET search_path = test_rule_scales, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- In proportion from 80 % on, nothing below: written in three ways.
SELECT rule, rule::scoring_rule AS canonical, rule_kind(rule::scoring_rule) AS kind, rule_max_points(rule::scoring_rule) AS max,
	(SELECT array_agg(apply_rule(rule::scoring_rule, x) ORDER BY x) FROM unnest(ARRAY[0.79, 0.80, 0.95, 1, 1.2]) AS x) AS points, apply_rule(rule::scoring_rule, 79999, 100000) AS below, apply_rule(rule::scoring_rule, 4, 5) AS at
FROM unnest(ARRAY['>=0.8: ratio, else 0', 'ratio max 1, below 80%: 0', '<80%: 0, else ratio max 1']) AS rule;
-- Other steps, cut-offs and maxima.
SELECT rule::scoring_rule AS canonical, rule_max_points(rule::scoring_rule) AS max, (SELECT array_agg(apply_rule(rule::scoring_rule, x) ORDER BY x) FROM unnest(ARRAY[0, 0.4, 0.5, 0.7, 0.9, 1, 1.5]) AS x) AS points
FROM unnest(ARRAY['>=0.9: ratio, >=0.5: 3, else 0, max 10', '>=0.5: ratio from 0.5 to 1 max 8, else ratio max 2', 'ratio from 1 to 0.5, max 4, above 0.9: -1', 'ratio max 10, below 50%: 2.5', 'goalposts from 0.5 to 1.5, max 10, below 0.7: 0',
	'log goalposts from 0.1 to 1, max 10, below 0.5: 0, round 2', '>1: 5, >=0.9: ratio max 4, else 1']) AS rule;
-- Several slopes: 0 at 80 %, 20 at 100 %, 24 at 120 %; points may fall again, and a numerator be divided last.
SELECT rule::scoring_rule AS canonical, rule_kind(rule::scoring_rule) AS kind, rule_max_points(rule::scoring_rule) AS max, (SELECT array_agg(apply_rule(rule::scoring_rule, x) ORDER BY x) FROM unnest(ARRAY[0.5, 0.8, 0.9, 1, 1.1, 1.2, 2]) AS x) AS points,
	apply_rule(rule::scoring_rule, 95, 100) AS share, apply_rule(rule::scoring_rule, 2, 3) AS thirds
FROM unnest(ARRAY['scale 80%: 0, 100%: 20, 120%: 24', 'scale 0: 10, 1: 0', 'scale 0.5: 0, 1: 10, 1.5: -3']) AS rule;
-- Half to the target, half relative to the leader; percentiles as shares of all.
CREATE TABLE peer AS SELECT unit, x FROM (VALUES ('a', 50::numeric), ('b', 80), ('c', 80), ('d', 120), ('e', 0)) AS t (unit, x);
SELECT rule::scoring_rule AS canonical, rule_kind(rule::scoring_rule) AS kind, rule_max_points(rule::scoring_rule) AS max, rule_is_relative(rule::scoring_rule) AS relative,
	(SELECT array_agg(round(p, 4) ORDER BY unit) FROM (SELECT unit, apply_rule(rule::scoring_rule, x, array_agg(x) OVER ()) AS p FROM peer) AS s) AS points
FROM unnest(ARRAY['ratio from 0 to 100, max 5 plus ratio to maximum, max 5', 'ratio to maximum, max 10', 'ratio to maximum, max 10, lower is better', 'percentile cume_dist, max 100', 'percentile hazen, max 100', 'percentile hazen max 100 lower is better',
	'percentile, max 100', 'minmax, max 10, round 1', 'rank plus ratio from 0 to 120, max 1']) AS rule;
SELECT x, 100 * cume_dist() OVER (ORDER BY x) AS cume_dist FROM peer;
-- By normalise() the same.
SELECT rule, max(abs(c.value - apply_rule(rule::scoring_rule, p.x, peers)::float8)) < 1e-12 AS same
FROM unnest(ARRAY['ratio to maximum, max 10', 'percentile cume_dist, max 100', 'percentile hazen, max 100', 'scale 0: 0, 60: 5, 100: 20', '>=80: ratio from 0 to 100 max 10, else 0', 'ratio from 0 to 100, max 10, below 60: 1, round 1', 'ratio from 0 to 100, max 4 plus >=80: 1, else 0']) AS rule,
	(SELECT score_matrix_agg(unit, 'x', x::float8) AS matrix, array_agg(x) AS peers FROM peer) AS m, matrix_cells(normalise(matrix, format('i {x [rule "%s"]}', rule)::framework, 'rule')) AS c JOIN peer AS p USING (unit)
GROUP BY rule ORDER BY rule;

-- Where nothing was due: nothing done, or something.
SELECT rule, apply_rule(rule::scoring_rule, 0, 0) AS none, apply_rule(rule::scoring_rule, 3, 0) AS undue
FROM unnest(ARRAY['ratio max 10, if none: full, if undue: full', 'ratio max 10, if none: null, if undue: zero', 'scale 0: 0, 1: 5, if none: zero, if undue: null', 'ratio max 3, if none: full, if undue: full plus ratio max 1, if none: zero, if undue: full']) AS rule;
-- Rounding: halves away from zero, or to the even digit; after the division.
SELECT x, apply_rule('points, round 1', x) AS away, apply_rule('points, round 1 half even', x) AS even, apply_rule('points, round 0 half even', x * 10) AS whole FROM unnest(ARRAY[0.25, 0.35, 0.45, -0.25, -0.35, 0.2500001, 0.24]) AS x;
SELECT apply_rule('ratio max 10, round 2', 1, 3) AS third, apply_rule('ratio max 1, round 2 half even', 1, 8) AS eighth, apply_rule('percentile, max 10, round 1', 5, ARRAY[1, 2, 3, 5, 6, 7, 8, 9]::numeric[]) AS percentile;
-- What falls outside is held at the ends; more is never worth less on a rising scale.
SELECT count(*) AS pairs, count(*) FILTER (WHERE q < p) AS falling
FROM (SELECT apply_rule('scale 0.1: -2, 0.333: 1, 0.5: 1, 1.25: 24', x) AS p, lead(apply_rule('scale 0.1: -2, 0.333: 1, 0.5: 1, 1.25: 24', x)) OVER (ORDER BY x) AS q FROM (SELECT i / 997.0 AS x FROM generate_series(0, 1500) AS i) AS s) AS t;
-- Text, binary form and order.
SELECT rule::scoring_rule::text::scoring_rule = rule::scoring_rule AS text_same, rule::scoring_rule::text = rule::scoring_rule::text::scoring_rule::text AS canonical, get_byte(scoring_rule_send(rule::scoring_rule), 0) AS version
FROM unnest(ARRAY['scale 80%: 0, 100%: 20, 120%: 24', '>=0.8: ratio, else 0', 'ratio max 5 plus ratio to maximum, max 5, round 2 half even', 'ratio max 1, below 80%: 0, if undue: full', 'minmax, max 1 PLUS yes: 1, no: 0']) AS rule;
SELECT index_percent(index_points_agg(f, c, apply_rule(r::scoring_rule, x)), f) AS percent
FROM (VALUES ('i {a: 24 [max 24, rule "scale 0.8: 0, 1: 20, 1.2: 24"], b: 1 [rule ">=0.8: ratio, else 0"]}'::framework)) AS fw (f), (VALUES ('a', 'scale 0.8: 0, 1: 20, 1.2: 24', 1.1), ('b', '>=0.8: ratio, else 0', 0.79)) AS t (c, r, x) GROUP BY f;

SELECT text, error_of(format('SELECT %L::scoring_rule', text))
FROM unnest(ARRAY['scale 1: 2', 'scale 1: 2, 1: 3', 'scale 2: 1, 1: 2', 'scale 1: 2, 2: 2', 'scale', 'scale 1', 'scale 1: 0, 2: 5, max 3', '>=0.8: ratio', '>=0.8: ratio max 0, else 0', '>=0.8: ratio from 1 to 1, else 0', '>=0.8: share, else 0',
	'>=0.8: 1, else 0, max 3', 'ratio max 1, below 0.5: 0, above 0.9: 1', 'minmax max 1, below 0.5: 0', 'ratio max 1, round 16', 'ratio max 1, round 1.5', 'ratio max 1, round 1, round 2', 'ratio max 1, if undue: half', 'ratio max 1, if undue: full, if undue: full',
	'ratio max 1 plus', 'plus ratio max 1', 'ratio max 1 plus ratio', 'yes: 1, no: 0, if undue: full', 'points, if undue: full', 'ratio to maximum']) AS text;
SELECT query, error_of(query) FROM unnest(ARRAY[
	'SELECT apply_rule(''ratio max 1, if none: full'', 3, 0)', 'SELECT apply_rule(''ratio max 1, if undue: full'', -3, 0)', 'SELECT apply_rule(''ratio to maximum, max 1'', 3)', 'SELECT apply_rule(''ratio to maximum, max 1'', 3, ARRAY[-1, -2]::numeric[])',
	'SELECT apply_rule(''yes: 1, no: 0 plus ratio max 1'', 1, 2)', 'SELECT normalise(score_matrix_agg(''u'', ''x'', 1), ''i {x [rule "ratio max 1 plus minmax max 1"]}'', ''rule'')', 'SELECT normalise(score_matrix_agg(''u'', ''x'', 1), ''i {x [rule "minmax max 1, round 2"]}'', ''rule'')',
	'SELECT (''ratio max 1'' || repeat('' plus ratio max 1'', 20))::scoring_rule'
]) AS query;
SELECT apply_rule('ratio to maximum, max 5', 0, ARRAY[0, 0]::numeric[]) IS NULL AS no_leader, apply_rule('ratio to maximum, max 5, lower is better', 0, ARRAY[0, 2]::numeric[]) AS best, apply_rule('ratio to maximum, max 5', 3, '{}'::numeric[]) IS NULL AS no_peers;
