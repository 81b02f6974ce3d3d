-- Surveys in the model: what is estimated, against plain SQL on the same rows;
-- what is suppressed, against an attack by subtraction; and what the sampling
-- error makes of the index, against the delta method where that is right.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on
\if :{?seed}
\else
	\set seed 0.2019
\endif

BEGIN;
CREATE EXTENSION IF NOT EXISTS pgtap;
SELECT plan(57);
SELECT diag('seed ' || :seed);

CREATE ROLE survey_owner;
CREATE ROLE survey_publisher;
CREATE ROLE survey_verifier;
CREATE ROLE survey_reader;
SELECT format('GRANT CREATE ON DATABASE %I TO survey_owner', current_database()) AS grant_create
\gset
:grant_create;
SET LOCAL ROLE survey_owner;
CALL parindex.create_schema('svy');
SET LOCAL search_path = svy, public;
SELECT setseed(:seed)
\gset

-- say(role, statement) -> the value, or the error.
CREATE FUNCTION pg_temp.say(who name, statement text) RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	answer text;
BEGIN
	PERFORM set_config('role', who, true);
	BEGIN
		EXECUTE statement INTO answer;
	EXCEPTION
		WHEN OTHERS THEN answer := SQLSTATE || ' ' || SQLERRM;
	END;
	PERFORM set_config('role', 'none', true);
	RETURN answer;
END
$$;

-- ---- the data ------------------------------------------------------------------
-- Groups with a set each: linear (rules without a bend), steps, peers.

INSERT INTO agency_group (code, name_vi, name_en) VALUES ('linear', 'l', 'l'), ('steps', 's', 's'), ('peers', 'p', 'p');
INSERT INTO agency (group_id, code, name_vi, name_en)
SELECT g.group_id, upper(left(g.code, 1)) || k, 'Cơ quan', 'Agency'
FROM agency_group AS g
CROSS JOIN generate_series(1, 4) AS k
ORDER BY 1, 2;
INSERT INTO index_programme (code, name_vi, name_en) VALUES ('par', 'p', 'p');
INSERT INTO criteria_set (programme_id, code, name_vi, name_en)
SELECT 1, g.code, 'b', 's' FROM agency_group AS g ORDER BY g.group_id;
INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, decimals, rule, source, stable_key)
SELECT s.set_id, c.code, 'Tiêu chí', 'Criterion', c.place, c.max_points, 4, c.rule, c.source, c.stable_key
FROM (VALUES
	('linear', 1, 'L', 100, NULL, NULL, 'all'),
	('linear', 2, 'L.1', 50, 'ratio max 50', 'survey', 'access'),
	('linear', 3, 'L.2', 32, 'ratio from 1 to 5, max 32', 'survey', 'staff'),
	('linear', 4, 'L.3', 18, 'points, max 18', 'record', 'record'),
	('steps', 1, 'S', 100, NULL, NULL, 'all'),
	('steps', 2, 'S.1', 60, '>=0.6: 60, >=0.5: 40, >=0.4: 20, else 0', 'survey', 'access'),
	('steps', 3, 'S.2', 40, 'points, max 40', 'record', 'record'),
	('peers', 1, 'P', 100, NULL, NULL, 'all'),
	('peers', 2, 'P.1', 60, 'minmax, max 60', 'survey', 'access'),
	('peers', 3, 'P.2', 40, 'points, max 40', 'record', 'record')
) AS c (set_code, place, code, max_points, rule, source, stable_key)
JOIN criteria_set AS s ON s.code = c.set_code
ORDER BY s.set_id, c.place;
UPDATE criterion AS c SET parent_id = p.criterion_id FROM criterion AS p WHERE p.set_id = c.set_id AND p.code = left(c.code, -2);

INSERT INTO assessment_round (programme_id, code, name_vi, name_en, year, year_label) VALUES
	(1, 'r2018', 'Năm 2018', 'Year 2018', 2018, '2018'), (1, 'r2019', 'Năm 2019', 'Year 2019', 2019, '2019');
UPDATE assessment_round SET previous_round_id = 1 WHERE round_id = 2;
INSERT INTO round_track (round_id, programme_id, group_id, set_id)
SELECT r, 1, g.group_id, s.set_id
FROM generate_series(1, 2) AS r
CROSS JOIN agency_group AS g
JOIN criteria_set AS s ON s.code = g.code
ORDER BY r, g.group_id;
INSERT INTO participation (track_id, agency_id, round_id)
SELECT t.track_id, a.agency_id, t.round_id
FROM round_track AS t
JOIN agency AS a ON a.group_id = t.group_id;

-- Surveys 1 and 2, "balanced", one a round: 4 strata of 2 PSUs, without a finite
-- population, as many answers of one weight from each PSU on each agency, so that
-- means are linear. Survey 3, "complex": two stages with finite populations,
-- weights, answers left out. Survey 4, "cells": services of any size.
INSERT INTO survey (round_id, code, name_vi, name_en, min_cell) VALUES
	(1, 'balanced', 'k', 'b', 10), (2, 'balanced', 'k', 'b', 10), (2, 'complex', 'k', 'c', 5), (2, 'cells', 'k', 'c', 10);
UPDATE survey SET level = 0.9 WHERE code = 'complex';
INSERT INTO survey_service (survey_id, code, name_vi, name_en, sort_order)
SELECT s.survey_id, 's' || k, 'Dịch vụ', 'Service', k FROM survey AS s CROSS JOIN generate_series(1, 4) AS k ORDER BY 1, 2;
INSERT INTO survey_factor (survey_id, code, name_vi, name_en, stable_key, measure)
SELECT s.survey_id, f.code, 'Yếu tố', 'Factor', CASE s.code WHEN 'balanced' THEN f.code END, f.measure
FROM survey AS s
CROSS JOIN (VALUES ('access', 'top2'), ('staff', 'mean'), ('result', 'all4')) AS f (code, measure)
WHERE s.code <> 'balanced' OR f.code <> 'result';
INSERT INTO question (survey_id, factor_code, code, text_vi, text_en)
SELECT f.survey_id, f.code, f.code || k, 'Câu hỏi', 'Question'
FROM survey_factor AS f
CROSS JOIN LATERAL generate_series(1, CASE f.code WHEN 'access' THEN 1 WHEN 'staff' THEN 2 ELSE 3 END) AS k
ORDER BY 1, 3;
INSERT INTO survey_stratum (survey_id, code, name_vi, name_en, psus_sampled, psus_population)
SELECT s.survey_id, 'h' || h, 't', 's', CASE s.code WHEN 'balanced' THEN 2 ELSE 5 END, CASE s.code WHEN 'complex' THEN 12 END
FROM survey AS s
CROSS JOIN generate_series(1, 4) AS h
ORDER BY 1, 2;
INSERT INTO survey_psu (survey_id, stratum_id, code, ssus_sampled, ssus_population)
SELECT t.survey_id, t.stratum_id, 'p' || i, CASE s.code WHEN 'complex' THEN 3 END, CASE s.code WHEN 'complex' THEN 9 END
FROM survey_stratum AS t
JOIN survey AS s USING (survey_id)
CROSS JOIN LATERAL generate_series(1, t.psus_sampled) AS i
ORDER BY 2, 3;

INSERT INTO respondent (survey_id, stratum_id, psu_id, ssu_no, agency_id, service_id, weight, responded)
SELECT p.survey_id, p.stratum_id, p.psu_id, CASE s.code WHEN 'complex' THEN 1 + k % 3 END, a.agency_id,
	CASE WHEN s.code = 'complex' THEN v.first_id + (random() * 3)::int END,
	CASE s.code WHEN 'complex' THEN (1 + random() * 9)::numeric(6,3) ELSE 2 END,
	s.code = 'balanced' OR random() < 0.8
FROM survey_psu AS p
JOIN survey AS s USING (survey_id)
JOIN (SELECT survey_id, min(service_id) AS first_id FROM survey_service GROUP BY survey_id) AS v USING (survey_id)
CROSS JOIN agency AS a
CROSS JOIN LATERAL generate_series(1, 5) AS k
WHERE s.code <> 'cells' AND NOT (s.code = 'balanced' AND a.code ~ '4$');
-- Cells: sizes by hand for L1 to L4, drawn for the others; 0 is without a service.
CREATE TEMP TABLE size AS
SELECT a.agency_id, v.place, CASE WHEN a.code ~ '^L' THEN h.n ELSE (random() * 25 - 4)::int END AS n
FROM agency AS a
CROSS JOIN generate_series(0, 4) AS v (place)
LEFT JOIN (VALUES
	('L1', 1, 3), ('L1', 2, 12), ('L1', 3, 30), ('L2', 1, 3), ('L2', 2, 8), ('L2', 3, 30),
	('L3', 1, 5), ('L3', 0, 20), ('L4', 1, 5)) AS h (code, place, n) ON h.code = a.code AND h.place = v.place;
INSERT INTO respondent (survey_id, stratum_id, psu_id, agency_id, service_id, weight)
SELECT 4, p.stratum_id, p.psu_id, z.agency_id, v.service_id, 1
FROM size AS z
CROSS JOIN LATERAL generate_series(1, z.n) AS k
LEFT JOIN survey_service AS v ON v.survey_id = 4 AND v.sort_order = z.place
JOIN (SELECT p.*, row_number() OVER (ORDER BY p.psu_id) AS place FROM survey_psu AS p WHERE p.survey_id = 4) AS p
	ON p.place = 1 + k % 20;
-- Answers of one respondent hang together.
CREATE TEMP TABLE mood AS SELECT r.respondent_id, random() * 4 AS mood FROM respondent AS r;
INSERT INTO response (respondent_id, question_id, survey_id, answer)
SELECT r.respondent_id, q.question_id, r.survey_id, least(greatest(round(m.mood + random() * 2.4 - 0.2), 1), 5)
FROM respondent AS r
JOIN mood AS m USING (respondent_id)
JOIN question AS q USING (survey_id)
WHERE r.responded AND (r.survey_id <> 3 OR random() < 0.9);
-- Edge cases in "balanced" of 2019: of L4 nobody answers, S4's answers are all
-- the same, P4's all come from one PSU.
INSERT INTO respondent (survey_id, stratum_id, psu_id, agency_id, weight, responded)
SELECT p.survey_id, p.stratum_id, p.psu_id, a.agency_id, 2, a.code <> 'L4'
FROM survey_psu AS p
JOIN agency AS a ON a.code IN ('L4', 'S4', 'P4')
CROSS JOIN generate_series(1, 20) AS k
WHERE p.survey_id = 2 AND (a.code <> 'P4' OR p.psu_id = (SELECT min(psu_id) FROM survey_psu WHERE survey_id = 2));
INSERT INTO response (respondent_id, question_id, survey_id, answer)
SELECT r.respondent_id, q.question_id, 2, CASE a.code WHEN 'S4' THEN 5 ELSE 3 + r.respondent_id % 3 END
FROM respondent AS r
JOIN agency AS a USING (agency_id)
JOIN question AS q USING (survey_id)
WHERE r.survey_id = 2 AND a.code IN ('S4', 'P4');

SELECT count(*) AS members FROM (
	SELECT add_member('survey_publisher', 'publisher') UNION ALL SELECT add_member('survey_verifier', 'verifier')
	UNION ALL SELECT add_member('survey_reader', 'reader')) AS m
\gset
RESET ROLE;
GRANT SELECT ON size TO PUBLIC;

-- ---- estimates -----------------------------------------------------------------

SELECT is(pg_temp.say('survey_reader', 'SELECT estimate_survey(2)'), '42501 role "survey_reader" is not a publisher in schema "svy"',
	'a reader estimates nothing');
SELECT is(pg_temp.say('survey_publisher', 'SELECT estimate_survey(9)'), 'P0002 there is no survey 9', 'nor anyone what is not there');
SELECT is(pg_temp.say('survey_publisher', 'SELECT string_agg(estimate_survey(s)::text, '' '' ORDER BY s) FROM generate_series(1, 4) AS s'),
	(SELECT string_agg(f.figures::text, ' ' ORDER BY f.survey_id)
	 FROM (
		SELECT c.survey_id, 3 * count(*) * (SELECT count(*) FROM survey_factor AS f WHERE f.survey_id = c.survey_id) AS figures
		FROM (
			SELECT DISTINCT survey_id, agency_id, service_id FROM respondent WHERE service_id IS NOT NULL
			UNION ALL
			SELECT DISTINCT survey_id, agency_id, NULL::int FROM respondent
		) AS c
		GROUP BY c.survey_id
	 ) AS f), 'a figure an agency, service, factor and measure');

-- The engine's functions on rows of one's own.
CREATE TEMP TABLE answered AS
SELECT r.*, q.factor_code, a.answer, s.level::float8 AS level
FROM response AS a
JOIN question AS q USING (question_id)
JOIN respondent AS r USING (respondent_id)
JOIN survey AS s ON s.survey_id = r.survey_id;
CREATE TEMP TABLE design AS
SELECT parindex.survey_design_agg(t.stratum_id::bigint, 5::bigint, 12::bigint, p.psu_id::bigint, 3::bigint, 9::bigint) AS two_stages,
	parindex.survey_design_agg(t.stratum_id::bigint, 2::bigint, NULL::bigint) FILTER (WHERE t.survey_id = 2) AS one_stage
FROM survey_stratum AS t JOIN survey_psu AS p USING (stratum_id)
WHERE t.survey_id = 3;
UPDATE design SET one_stage = (SELECT parindex.survey_design_agg(stratum_id::bigint, 2::bigint, NULL::bigint) FROM survey_stratum WHERE survey_id = 2);
CREATE TEMP TABLE expected AS
SELECT s.agency_id, s.service_id, s.factor_code, 'mean' AS measure, s.n, e.estimate, e.se, e.ci_low, e.ci_high, e.n_psu, e.df, e.deff, e.status
FROM (
	SELECT p.agency_id, p.service_id, p.factor_code, count(*) AS n,
		parindex.survey_stats(p.mean, p.weight::float8, p.stratum_id::bigint, p.psu_id::bigint, p.ssu_no::bigint) AS state
	FROM (
		SELECT agency_id, service_id, factor_code, respondent_id, weight, stratum_id, psu_id, ssu_no, avg(answer)::float8 AS mean
		FROM answered WHERE survey_id = 3 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
	) AS p
	GROUP BY GROUPING SETS ((p.agency_id, p.factor_code), (p.agency_id, p.factor_code, p.service_id))
) AS s, design AS d, parindex.svy_estimate(s.state, d.two_stages, 'mean', 0.9, 'fail') AS e
UNION ALL
SELECT s.agency_id, s.service_id, s.factor_code, 'top2', s.n, e.estimate, e.se, e.ci_low, e.ci_high, e.n_psu, e.df, e.deff, e.status
FROM (
	SELECT agency_id, service_id, factor_code, count(DISTINCT respondent_id) AS n,
		parindex.survey_stats(answer >= 4, weight::float8, stratum_id::bigint, psu_id::bigint, ssu_no::bigint) AS state
	FROM answered WHERE survey_id = 3 GROUP BY GROUPING SETS ((1, 3), (1, 2, 3))
) AS s, design AS d, parindex.svy_share(s.state, d.two_stages, 'logit', 0.9, 'fail') AS e
UNION ALL
SELECT s.agency_id, s.service_id, s.factor_code, 'all4', s.n, e.estimate, e.se, e.ci_low, e.ci_high, e.n_psu, e.df, e.deff, e.status
FROM (
	SELECT p.agency_id, p.service_id, p.factor_code, count(*) AS n,
		parindex.survey_stats(p.satisfied, p.weight::float8, p.stratum_id::bigint, p.psu_id::bigint, p.ssu_no::bigint) AS state
	FROM (
		SELECT agency_id, service_id, factor_code, respondent_id, weight, stratum_id, psu_id, ssu_no,
			min(answer) >= 4 AND count(*) = CASE factor_code WHEN 'access' THEN 1 WHEN 'staff' THEN 2 ELSE 3 END AS satisfied
		FROM answered WHERE survey_id = 3 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
	) AS p
	GROUP BY GROUPING SETS ((p.agency_id, p.factor_code), (p.agency_id, p.factor_code, p.service_id))
) AS s, design AS d, parindex.svy_share(s.state, d.two_stages, 'logit', 0.9, 'fail') AS e;
SELECT cmp_ok((SELECT count(*) FROM survey_estimate WHERE survey_id = 3 AND NOT is_suppressed AND service_id IS NOT NULL), '>', 300::bigint,
	'most cells of the survey are published');
SELECT is_empty(
	$$SELECT s.*, e.*
	FROM survey_estimate AS s
	LEFT JOIN expected AS e
		ON e.agency_id = s.agency_id AND e.factor_code = s.factor_code AND e.measure = s.measure
		AND e.service_id IS NOT DISTINCT FROM s.service_id
	WHERE s.survey_id = 3 AND NOT s.is_suppressed
		AND (s.estimate, s.se, s.ci_low, s.ci_high, s.level, s.n::bigint, s.n_psu::bigint, s.df::bigint, s.deff, s.status::text)
			IS DISTINCT FROM (e.estimate::numeric(20,10), e.se::numeric(20,10), e.ci_low::numeric(20,10), e.ci_high::numeric(20,10),
				0.900, e.n, e.n_psu, e.df, e.deff::numeric(20,10), e.status)$$,
	'they are what the engine''s functions give for these rows, in two stages with finite populations');

-- Share and error in one stage by the textbook: residuals by PSU about the mean
-- of their stratum.
SELECT is_empty(
	$$WITH psu AS (
		SELECT agency_id, stratum_id, psu_id, sum(weight * (answer >= 4)::int) AS y, sum(weight) AS w
		FROM answered WHERE survey_id = 2 AND factor_code = 'access' GROUP BY 1, 2, 3
	), total AS (
		SELECT agency_id, sum(y) AS y, sum(w) AS w FROM psu GROUP BY 1
	), stratum AS (
		SELECT p.agency_id, p.stratum_id, 2 * sum((p.y - t.y / t.w * p.w) ^ 2) - sum(p.y - t.y / t.w * p.w) ^ 2 AS v, count(*) AS psus
		FROM psu AS p JOIN total AS t USING (agency_id) GROUP BY 1, 2
	)
	SELECT s.agency_id, s.estimate, s.se, t.y / t.w, sqrt(sum(h.v)) / t.w
	FROM survey_estimate AS s
	JOIN total AS t USING (agency_id)
	JOIN stratum AS h USING (agency_id)
	WHERE s.survey_id = 2 AND s.factor_code = 'access' AND s.measure = 'top2' AND h.psus = 2 AND s.status = 'ok'
	GROUP BY s.agency_id, s.estimate, s.se, t.y, t.w
	HAVING abs(s.estimate - t.y / t.w) > 1e-9 OR abs(s.se - sqrt(sum(h.v)) / t.w) > 1e-9$$,
	'share and standard error in one stage are those of the textbook');
SELECT is_empty(
	$$SELECT e.agency_id, e.service_id, e.response_rate
	FROM survey_estimate AS e
	WHERE e.survey_id = 3 AND NOT e.is_suppressed AND e.response_rate IS DISTINCT FROM (
		SELECT avg(r.responded::int) FROM respondent AS r
		WHERE r.survey_id = 3 AND r.agency_id = e.agency_id AND (e.service_id IS NULL OR r.service_id = e.service_id))::numeric(7,6)$$,
	'the response rate is of those asked');
SELECT is(
	(SELECT (q.response_rate, q.item_missing, q.deff, q.lonely_psus, q.cronbach_alpha)
	 FROM survey_factor_quality AS q JOIN agency AS a USING (agency_id) WHERE q.survey_id = 3 AND q.factor_code = 'result' AND a.code = 'L1')::text,
	(SELECT (avg(r.responded::int)::numeric(7,6),
		(1 - (SELECT count(*) FROM answered AS x WHERE x.survey_id = 3 AND x.agency_id = a.agency_id AND x.factor_code = 'result')
			/ (3.0 * sum(r.responded::int)))::numeric(7,6),
		(SELECT e.deff::numeric(20,10) FROM expected AS e
		 WHERE e.agency_id = a.agency_id AND e.service_id IS NULL AND e.factor_code = 'result' AND e.measure = 'all4'),
		0,
		(SELECT parindex.svy_cronbach_alpha(ARRAY[y[1], y[2], y[3]], w)::numeric(20,10) FROM (
			SELECT array_agg(x.answer::float8) AS y, min(x.weight)::float8 AS w FROM answered AS x
			WHERE x.survey_id = 3 AND x.agency_id = a.agency_id AND x.factor_code = 'result'
			GROUP BY x.respondent_id HAVING count(*) = 3) AS x))
	 FROM respondent AS r JOIN agency AS a USING (agency_id) WHERE r.survey_id = 3 AND a.code = 'L1' GROUP BY a.agency_id)::text,
	'quality of a factor: response, answers left out, design effect, lonely PSUs, alpha');

-- ---- suppression -----------------------------------------------------------------

SELECT results_eq(
	$$SELECT a.code::text, coalesce(v.code, 'all')::text, e.n, e.suppress_reason::text
	FROM survey_estimate AS e JOIN agency AS a USING (agency_id) LEFT JOIN survey_service AS v USING (service_id)
	WHERE e.survey_id = 4 AND e.factor_code = 'access' AND e.measure = 'mean' AND a.code ~ '^L' ORDER BY a.code, v.code NULLS FIRST$$,
	$$VALUES ('L1', 'all', 45, NULL), ('L1', 's1', NULL, 'few_respondents'), ('L1', 's2', NULL, 'subtraction'), ('L1', 's3', 30, NULL),
		('L2', 'all', 41, NULL), ('L2', 's1', NULL, 'few_respondents'), ('L2', 's2', NULL, 'few_respondents'), ('L2', 's3', 30, NULL),
		('L3', 'all', 25, NULL), ('L3', 's1', NULL, 'few_respondents'),
		('L4', 'all', NULL, 'few_respondents'), ('L4', 's1', NULL, 'few_respondents')$$,
	'a small cell, the next smallest where it stands alone, and a total that is small itself are suppressed');
SELECT is_empty(
	'SELECT * FROM survey_estimate WHERE is_suppressed AND num_nonnulls(estimate, se, ci_low, ci_high, n, n_psu, df, deff, status, response_rate) > 0',
	'nothing is left of what is suppressed');
-- The attacker knows all published numbers and, to be on the safe side, which
-- cells have answers at all.
SELECT is_empty(
	$$SELECT z.agency_id, z.hidden, z.cells
	FROM (
		SELECT z.agency_id, e.n - coalesce(sum(z.n) FILTER (WHERE c.n IS NOT NULL), 0) AS hidden,
			count(*) FILTER (WHERE c.n IS NULL) AS cells, min(z.n) FILTER (WHERE c.n IS NULL) AS smallest
		FROM size AS z
		JOIN survey_estimate AS e
			ON e.survey_id = 4 AND e.agency_id = z.agency_id AND e.service_id IS NULL AND e.factor_code = 'access' AND e.measure = 'mean'
		LEFT JOIN survey_service AS v ON v.survey_id = 4 AND v.sort_order = z.place
		LEFT JOIN survey_estimate AS c
			ON c.survey_id = 4 AND c.agency_id = z.agency_id AND c.service_id = v.service_id AND c.factor_code = 'access' AND c.measure = 'mean'
		WHERE z.n > 0 AND NOT e.is_suppressed
		GROUP BY z.agency_id, e.n
	) AS z
	WHERE z.smallest < 10 AND (z.cells < 2 OR z.hidden < 10)$$,
	'no subtraction gives a small cell away, nor fewer than ten answers');
SELECT cmp_ok((SELECT count(*) FROM survey_estimate WHERE suppress_reason = 'subtraction'), '>', 9::bigint, 'for which many cells go');
SELECT is_empty(
	$$SELECT * FROM survey_estimate AS e JOIN size AS z ON z.agency_id = e.agency_id
	JOIN survey_service AS v ON v.service_id = e.service_id AND v.sort_order = z.place
	WHERE e.survey_id = 4 AND (z.n < 10) <> (coalesce(e.suppress_reason, '') = 'few_respondents')$$,
	'few are less than min_cell');
SELECT is(pg_temp.say('survey_verifier', 'SELECT count(*) FROM satisfaction'), (SELECT count(*)::text FROM survey_estimate),
	'who sees the whole round sees estimates before it is published');
SELECT is(pg_temp.say('survey_reader', 'SELECT count(*) FROM survey_estimate'), '0', 'others do not');
SELECT is(pg_temp.say('survey_reader', 'SELECT count(*) FROM survey_quality'), '0', 'nor the quality');

-- ---- into the criteria ----------------------------------------------------------

SELECT is(pg_temp.say('survey_verifier', 'SELECT apply_survey(2)'), '42501 role "survey_verifier" is not a publisher in schema "svy"',
	'a verifier brings nothing in');
UPDATE survey_factor SET stable_key = 'record' WHERE survey_id = 3 AND code = 'access';
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(3)'), '22023 factors without a criterion of the round: access',
	'a factor feeds a leaf of source survey');
UPDATE survey_factor SET stable_key = NULL WHERE survey_id = 3;
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(1)'), '12', 'the round before: three agencies a group, staff for one group');
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(2)'), '14', 'and S4 and P4 this year; nobody answered on L4');
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(2)'), '14', 'again');
SELECT is_empty(
	$$SELECT x.*, e.estimate
	FROM assessment AS x
	JOIN criterion AS c USING (criterion_id)
	JOIN round_track AS t USING (track_id)
	JOIN survey AS s ON s.round_id = t.round_id AND s.code = 'balanced'
	JOIN survey_factor AS f ON f.survey_id = s.survey_id AND f.stable_key = c.stable_key
	JOIN survey_estimate AS e
		ON e.survey_id = s.survey_id AND e.agency_id = x.agency_id AND e.service_id IS NULL AND e.factor_code = f.code AND e.measure = f.measure
	WHERE x.measured IS DISTINCT FROM round(e.estimate, 8)
		OR c.code ~ '^L' AND coalesce(abs(x.standard_error - CASE c.code WHEN 'L.1' THEN 50 ELSE 8 END * e.se), 1) > 1e-7$$,
	'criteria have the estimates, to 8 decimals, and the standard errors of their points');
SELECT is((SELECT count(*) FROM survey_replicate WHERE survey_id = 2 AND replicate > 0),
	(SELECT 8 * count(*) FROM assessment AS x JOIN round_track AS t USING (track_id) WHERE t.round_id = 2 AND x.standard_error IS NOT NULL),
	'a replicate a PSU, where the error is known');
SELECT is_empty(
	$$SELECT r.agency_id, r.stable_key
	FROM survey_replicate AS r JOIN survey_replicate AS z USING (survey_id, agency_id, stable_key)
	JOIN survey_factor AS f USING (survey_id, stable_key)
	JOIN survey_estimate AS e USING (survey_id, agency_id, measure)
	WHERE r.survey_id = 2 AND z.replicate = 0 AND r.replicate > 0 AND e.factor_code = f.code AND e.service_id IS NULL
	GROUP BY r.agency_id, r.stable_key, e.se
	HAVING abs(sqrt(sum(r.coefficient * (r.measured - z.measured) ^ 2)) - e.se) > 1e-8$$,
	'replicates of a mean of equal parts give its standard error');

-- With finite populations, weights of any size and shares no ratio of equal
-- parts, the jackknife is close to the linearised variance.
CREATE TEMP TABLE one_stage AS SELECT survey_id, psu_id, ssus_sampled, ssus_population FROM survey_psu WHERE survey_id = 3;
UPDATE survey_psu SET ssus_sampled = NULL, ssus_population = NULL WHERE survey_id = 3;
UPDATE survey_factor SET stable_key = code WHERE survey_id = 3;
SELECT is_empty(
	$$SELECT r.agency_id, r.stable_key, sqrt(sum(r.coefficient * (r.measured - z.measured) ^ 2)), r.se
	FROM survey_replicates(3) AS r JOIN survey_replicates(3) AS z USING (agency_id, stable_key)
	WHERE r.replicate > 0 AND z.replicate = 0
	GROUP BY r.agency_id, r.stable_key, r.se
	HAVING abs(sqrt(sum(r.coefficient * (r.measured - z.measured) ^ 2)) / r.se::numeric - 1) > 0.06$$,
	'replicates of ratios, with finite populations, give it nearly');
-- Of the census of all PSUs every replicate is the figure itself, also of an
-- agency with answers from one PSU.
UPDATE survey_stratum SET psus_population = psus_sampled WHERE survey_id = 3;
CREATE TEMP TABLE moved AS SELECT r.respondent_id, r.stratum_id, r.psu_id FROM respondent AS r JOIN agency AS a USING (agency_id)
WHERE r.survey_id = 3 AND a.code = 'L1';
UPDATE respondent AS r SET stratum_id = (SELECT min(m.stratum_id) FROM moved AS m), psu_id = (SELECT min(m.psu_id) FROM moved AS m)
FROM moved AS m WHERE m.respondent_id = r.respondent_id;
SELECT set_eq(
	$$SELECT r.measured = z.measured AS is_same, r.se = 0 AS is_certain, count(*)::int AS replicates
	FROM survey_replicates(3) AS r JOIN survey_replicates(3) AS z USING (agency_id, stable_key)
	WHERE r.replicate > 0 AND z.replicate = 0 GROUP BY 1, 2$$,
	$$VALUES (true, true, 12 * 3 * 20)$$, 'a census has no sampling error');
UPDATE survey_stratum SET psus_population = 12 WHERE survey_id = 3;
UPDATE respondent AS r SET stratum_id = m.stratum_id, psu_id = m.psu_id FROM moved AS m WHERE m.respondent_id = r.respondent_id;
UPDATE survey_factor SET stable_key = NULL WHERE survey_id = 3;
UPDATE survey_psu AS p SET ssus_sampled = o.ssus_sampled, ssus_population = o.ssus_population FROM one_stage AS o WHERE o.psu_id = p.psu_id;

-- ---- the index -------------------------------------------------------------------

INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, measured)
SELECT t.track_id, p.agency_id, c.criterion_id, c.set_id, 11
FROM round_track AS t JOIN participation AS p USING (track_id) JOIN criterion AS c USING (set_id)
WHERE c.source = 'record';
CREATE TEMP TABLE error AS
SELECT a.code, a.agency_id, e.se FROM index_standard_errors(2) AS e JOIN agency AS a USING (agency_id);
GRANT SELECT ON error TO PUBLIC;

SELECT is(pg_temp.say('survey_reader', 'SELECT count(*) FROM index_standard_errors(2)') ~ '^42501 role "survey_reader" may not see the whole round', true,
	'the error of the index is for who sees the whole round');
SELECT is(pg_temp.say('survey_verifier', 'SELECT sum(se)::text FROM index_standard_errors(2)'), (SELECT sum(se)::text FROM error),
	'a verifier of all criteria among them');
SELECT is_empty(
	$$SELECT e.code, x.standard_error FROM error AS e JOIN assessment AS x USING (agency_id) JOIN criterion AS c USING (criterion_id)
	WHERE x.track_id > 3 AND c.code IN ('S.1', 'P.1') AND abs(x.standard_error - e.se) > 1e-9$$,
	'with one such criterion of a hundred points the points have the error of the index');
SELECT is((SELECT count(*) FROM error WHERE se IS NOT NULL), 9::bigint, 'agencies with answers of several PSUs that differ have one');
CREATE TEMP TABLE delta AS
SELECT s.agency_id,
	sqrt(2500 * v.v[1][1] + 64 * v.v[2][2] + 2 * 50 * 8 * v.v[1][2]) AS se,
	sqrt(2500 * v.v[1][1] + 64 * v.v[2][2]) AS se_if_independent
FROM (
	SELECT x.agency_id, parindex.survey_stats(x.answer >= 4, 2, x.stratum_id::bigint, x.psu_id::bigint) AS access
	FROM answered AS x WHERE x.survey_id = 2 AND x.factor_code = 'access' GROUP BY 1
) AS s
JOIN (
	SELECT x.agency_id, parindex.survey_stats(x.answer, 2, x.stratum_id::bigint, x.psu_id::bigint) AS staff
	FROM answered AS x WHERE x.survey_id = 2 AND x.factor_code = 'staff' GROUP BY 1
) AS u USING (agency_id)
CROSS JOIN design AS d
CROSS JOIN LATERAL (SELECT parindex.svy_vcov(ARRAY[s.access, u.staff], d.one_stage) AS v) AS v;
SELECT is((SELECT count(*) FROM error AS e JOIN delta AS d USING (agency_id) WHERE e.code ~ '^L' AND abs(e.se / d.se::numeric - 1) < 1e-8),
	3::bigint, 'a linear index: the delta method''s error, with the covariance of two factors');
SELECT ok((SELECT bool_or(abs(d.se / d.se_if_independent - 1) > 0.01) FROM delta AS d JOIN error AS e USING (agency_id) WHERE e.code ~ '^L[123]'),
	'which matters');
SELECT results_eq(
	$$SELECT code, round(se, 8) FROM error WHERE code ~ '^S[123]' ORDER BY 1$$,
	$$SELECT a.code, round(sqrt(avg((p.points - z.points) ^ 2)), 8)
	FROM survey_replicate AS r
	JOIN survey_replicate AS b USING (survey_id, agency_id)
	JOIN agency AS a USING (agency_id)
	CROSS JOIN LATERAL (SELECT CASE WHEN r.measured >= 0.6 THEN 60 WHEN r.measured >= 0.5 THEN 40 WHEN r.measured >= 0.4 THEN 20 ELSE 0 END::numeric AS points) AS p
	CROSS JOIN LATERAL (SELECT CASE WHEN b.measured >= 0.6 THEN 60 WHEN b.measured >= 0.5 THEN 40 WHEN b.measured >= 0.4 THEN 20 ELSE 0 END::numeric AS points) AS z
	WHERE r.survey_id = 2 AND r.replicate > 0 AND b.replicate = 0 AND r.stable_key = 'access' AND b.stable_key = 'access' AND a.code ~ '^S[123]'
	GROUP BY a.code ORDER BY a.code$$,
	'steps: by the points of every replicate');
SELECT cmp_ok((SELECT max(se) FROM error WHERE code ~ '^S'), '>', 0::numeric, 'which some of them change');
SELECT results_eq(
	$$SELECT code, round(se, 8) FROM error WHERE code ~ '^P[123]' ORDER BY 1$$,
	$$WITH value AS (
		-- P4 has no replicates: it stays.
		SELECT a.code, k AS replicate, coalesce(r.measured, z.measured) AS v
		FROM survey_replicate AS z
		JOIN agency AS a USING (agency_id)
		CROSS JOIN generate_series(0, 8) AS k
		LEFT JOIN survey_replicate AS r
			ON r.survey_id = 2 AND r.agency_id = z.agency_id AND r.stable_key = 'access' AND r.replicate = k
		WHERE z.survey_id = 2 AND z.replicate = 0 AND z.stable_key = 'access' AND a.code ~ '^P'
	), point AS (
		SELECT code, replicate, round(60 * (v - min(v) OVER one) / (max(v) OVER one - min(v) OVER one), 4) AS points
		FROM value
		WINDOW one AS (PARTITION BY replicate)
	)
	SELECT p.code, round(sqrt(avg((p.points - z.points) ^ 2)), 8)
	FROM point AS p JOIN point AS z USING (code)
	WHERE p.replicate > 0 AND z.replicate = 0 AND p.code <> 'P4'
	GROUP BY p.code ORDER BY p.code$$,
	'peers: with the reference set of every replicate');
SELECT results_eq($$SELECT code, se FROM error WHERE code ~ '4$' ORDER BY 1$$, $$VALUES ('P4'::varchar, NULL::numeric), ('S4', NULL)$$,
	'one PSU, or answers that are all the same, tell no error; who got no answers has no figure');
SELECT results_eq(
	$$SELECT a.code::text, e.estimate, e.se, e.ci_low, e.n, e.status::text, e.is_suppressed
	FROM survey_estimate AS e JOIN agency AS a USING (agency_id)
	WHERE e.survey_id = 2 AND e.factor_code = 'access' AND e.measure = 'top2' AND a.code IN ('L4', 'S4', 'P4') ORDER BY 1$$,
	$$VALUES ('L4', NULL::numeric, NULL::numeric, NULL::numeric, NULL::int, NULL, true),
		('P4', (SELECT avg((answer >= 4)::int)::numeric(20,10) FROM answered AS x JOIN agency AS a USING (agency_id)
			WHERE x.survey_id = 2 AND a.code = 'P4' AND factor_code = 'access'), NULL, NULL, 20, 'one_psu', false),
		('S4', 1, NULL, NULL, 160, 'no_variation', false)$$,
	'as their estimates say');
-- A publisher puts another figure in place of the survey's: it is certain.
UPDATE assessment SET measured = 0.5, standard_error = NULL
WHERE agency_id = (SELECT agency_id FROM agency WHERE code = 'S1')
	AND criterion_id = (SELECT criterion_id FROM criterion WHERE code = 'S.1') AND track_id > 3;
SELECT is_empty($$SELECT se FROM index_standard_errors(2) AS e JOIN agency AS a USING (agency_id) WHERE a.code = 'S1'$$,
	'a figure that replaced that of the survey has no sampling error');
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(2)'), '14', 'the survey''s is brought back');

UPDATE response SET answer = 6 WHERE question_id = (SELECT min(question_id) FROM question WHERE survey_id = 2) AND answer = 5;
SELECT ok(pg_temp.say('survey_publisher', 'SELECT estimate_survey(2)') ~ '^22023 [0-9]+ answers are not on the scale of their question',
	'an answer outside the scale is refused');
UPDATE response SET answer = 5 WHERE answer = 6;
CREATE TEMP TABLE taken AS SELECT a.* FROM response AS a JOIN respondent AS r USING (respondent_id) JOIN agency AS g USING (agency_id)
WHERE r.survey_id = 2 AND g.code = 'S4';
DELETE FROM response AS a USING taken AS t WHERE t.respondent_id = a.respondent_id;
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(2)'), '13', 'without answers there is one figure less');
SELECT results_eq(
	$$SELECT x.measured, x.standard_error, x.obs_status::text FROM assessment AS x JOIN agency AS g USING (agency_id) JOIN criterion AS c USING (criterion_id)
	WHERE g.code = 'S4' AND c.code = 'S.1'$$,
	$$VALUES (NULL::numeric, NULL::numeric, 'M')$$, 'and it is taken back');
INSERT INTO response SELECT * FROM taken;
SELECT is(pg_temp.say('survey_publisher', 'SELECT apply_survey(2)'), '14', 'until there are answers again');

-- ---- publication ------------------------------------------------------------------

-- What nobody was asked about does not apply.
INSERT INTO applicability (track_id, agency_id, criterion_id, set_id, reason)
SELECT p.track_id, p.agency_id, c.criterion_id, c.set_id, 'Không khảo sát'
FROM participation AS p
JOIN round_track AS t USING (track_id)
JOIN criterion AS c USING (set_id)
WHERE c.source = 'survey' AND NOT EXISTS (
	SELECT FROM assessment AS x WHERE (x.track_id, x.agency_id, x.criterion_id) = (p.track_id, p.agency_id, c.criterion_id));
SELECT is(pg_temp.say('survey_publisher', 'SELECT string_agg(advance_round(r), '' '') FROM generate_series(1, 2) AS r, generate_series(1, 4)') ~ 'closing.*closing',
	true, 'the rounds are closed');
SELECT is(pg_temp.say('survey_publisher', 'SELECT string_agg(publish(r, ''1/QĐ'', ''2020-01-01'')::text, '' '' ORDER BY r) FROM generate_series(1, 2) AS r'),
	'1 2', 'and published');
SELECT results_eq(
	'SELECT agency_code, index_se FROM published_score WHERE publication_id = 2 ORDER BY agency_id',
	'SELECT a.code, e.se::numeric(20,10) FROM agency AS a LEFT JOIN error AS e USING (agency_id) ORDER BY a.agency_id',
	'with the error of the index');
SELECT results_eq(
	'SELECT p.agency_id, p.criterion_id, p.standard_error FROM published_criterion AS p WHERE p.publication_id = 2 AND p.standard_error IS NOT NULL ORDER BY 1, 2',
	'SELECT x.agency_id, x.criterion_id, x.standard_error FROM assessment AS x WHERE x.track_id > 3 AND x.standard_error IS NOT NULL ORDER BY 1, 2',
	'and of the points');
SELECT is((SELECT bool_and(passed) FROM verify_publication(2)), true, 'which stands up to verification');
SELECT is(pg_temp.say('survey_publisher', s.statement), '55000 round "r2019" is published, and with it what its surveys found', s.statement)
FROM (VALUES ('SELECT estimate_survey(2)'), ('SELECT apply_survey(2)')) AS s (statement);
SELECT is(pg_temp.say('survey_reader', 'SELECT count(*) FROM satisfaction'), (SELECT count(*)::text FROM survey_estimate), 'now readers see the estimates');
SELECT is(pg_temp.say('survey_reader', 'SELECT count(*) FROM survey_quality'), (SELECT count(*)::text FROM survey_factor_quality), 'and the quality');
SELECT is(pg_temp.say('survey_reader', format('SELECT count(*) FROM %I', t.name)), t.answer, 'of ' || t.name || ' a reader sees nothing')
FROM (VALUES ('response', '0'), ('respondent', '0'), ('survey_replicate', '0'),
	('respondent_identity', '42501 permission denied for table respondent_identity')) AS t (name, answer);
SELECT is_empty(
	$$SELECT s.agency_code
	FROM satisfaction AS s
	JOIN survey AS v USING (survey_id)
	LEFT JOIN (
		SELECT e.agency_id, e.factor_code, e.measure, e.estimate, e.se FROM survey_estimate AS e WHERE e.survey_id = 1
	) AS b USING (agency_id, factor_code, measure)
	WHERE v.code = 'balanced' AND s.year = 2019
		AND (s.previous_estimate, s.change, s.change_se)
			IS DISTINCT FROM (b.estimate, s.estimate - b.estimate, sqrt(s.se ^ 2 + b.se ^ 2)::numeric(20,10))$$,
	'changes are against the survey of the same code in the round before');

SELECT * FROM finish();
ROLLBACK;
