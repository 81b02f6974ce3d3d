-- The views of the model: what the catalog must say of all of them, that their
-- grain is what their comment says, and their figures on a publication small
-- enough to work out by hand.
\unset ECHO
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset pager off
\set ON_ERROR_STOP on

BEGIN;
SELECT no_plan();
CREATE ROLE views_reader;
CALL parindex.create_schema('views');
SET LOCAL search_path = views, public;

-- Of every view, what tells its rows apart.
CREATE TEMP TABLE grain (name name PRIMARY KEY, columns text);
INSERT INTO grain VALUES
	('criterion_tree', 'criterion_id'),
	('current_publication', 'round_id'),
	('current_track', 'round_id, track_id'),
	('criterion_below', 'set_id, criterion_id, below_id'),
	('criterion_pair', 'set_id, previous_set_id, criterion_id'),
	('inherited_score', 'publication_id, agency_id'),
	('current_score', 'round_id, agency_id'),
	('current_criterion', 'round_id, agency_id, criterion_id'),
	('criterion_change', 'round_id, agency_id, criterion_id'),
	('domain_work', 'round_id, agency_id, domain_id'),
	('ranking', 'round_id, agency_id'),
	('domain_score', 'round_id, agency_id, criterion_id'),
	('criterion_score', 'round_id, agency_id, criterion_id'),
	('year_on_year', 'round_id, agency_id, code, basis'),
	('strength_weakness', 'round_id, agency_id, kind, position'),
	('satisfaction', 'survey_id, agency_id, service_id, factor_code, measure'),
	('survey_quality', 'survey_id, agency_id, factor_code'),
	('action_status', 'action_id'),
	('assessment_progress', 'round_id, agency_id, domain_id'),
	('publication_history', 'publication_id'),
	('award_list', 'award_id'),
	('data_quality', 'round_id, agency_id, issue'),
	('observation', 'round_id, agency_id, indicator, measure');

CREATE TEMP VIEW view_column AS
SELECT c.oid AS view_oid, c.relname AS view_name, a.attname AS name, a.attnum, a.atttypid, a.atttypmod
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'views'::regnamespace AND c.relkind = 'v';

SELECT set_eq('SELECT DISTINCT view_name FROM view_column', 'SELECT name FROM grain', 'every view has a known grain');

SELECT is_empty(
	'SELECT view_name, name, format_type(atttypid, atttypmod)
	 FROM view_column
	 WHERE format_type(atttypid, atttypmod)
		!~ ''^(smallint|integer|bigint|boolean|date|timestamp with time zone|numeric\(\d+,\d+\)|character varying\(\d+\))$''',
	'columns have base types, numbers and texts their size');

SELECT is_empty(
	'SELECT view_name, name FROM view_column WHERE name !~ ''^[a-z][a-z0-9_]*$''',
	'columns are named in lower snake case');

SELECT is_empty(
	'SELECT view_name, name, format_type(atttypid, atttypmod)
	 FROM view_column
	 WHERE name ~ ''(^|_)rank$|_id$|^rank_'' AND atttypid NOT IN (''int''::regtype, ''bigint''::regtype)',
	'ranks and keys are integers');

SELECT is_empty(
	'SELECT c.relname
	 FROM pg_class AS c
	 WHERE c.relnamespace = ''views''::regnamespace AND c.relkind = ''v''
		AND ''security_invoker=true'' <> ALL (coalesce(c.reloptions, ''{}''))',
	'every view asks with the rights of its reader');

SELECT is_empty(
	'SELECT DISTINCT view_name FROM view_column
	 WHERE coalesce(obj_description(view_oid, ''pg_class''), '''') !~ ''^[A-Z].+\. / .+\.$''',
	'every view is described in English and Vietnamese');

SELECT is_empty(
	'SELECT view_name, name FROM view_column
	 WHERE coalesce(col_description(view_oid, attnum), '''') !~ ''^\S.+\. / .+\.$''',
	'every column is described in both');

-- Two rounds. Since 2018 criterion c is worth less, d is gone and e is new; R
-- took over O as a whole, and N is new and did not submit.
SET LOCAL session_replication_role = replica;
INSERT INTO agency_group (group_id, code, name_vi, name_en) VALUES (1, 'g', 'Nhóm', 'Group');
INSERT INTO agency (agency_id, group_id, code, name_vi, name_en, sort_order)
SELECT i, 1, code, 'Cơ quan ' || code, 'Agency ' || code, i
FROM unnest('{P,Q,R,N,O}'::text[]) WITH ORDINALITY AS a (code, i);
INSERT INTO agency_succession VALUES (5, 3, '2019-01-01', 1);
INSERT INTO index_programme (programme_id, code, name_vi, name_en) VALUES (1, 'par', 'Chỉ số', 'Index');
INSERT INTO criteria_set (set_id, programme_id, code, name_vi, name_en)
VALUES (18, 1, 's18', 'Bộ 18', 'Set 18'), (19, 1, 's19', 'Bộ 19', 'Set 19');
INSERT INTO criterion (criterion_id, set_id, parent_id, code, name_vi, name_en, max_points, rule, source, stable_key)
SELECT c.id, c.id / 100, c.parent, c.code, 'Tiêu chí ' || c.code, 'Criterion ' || c.code, c.max_points,
	CASE WHEN c.parent IS NOT NULL THEN 'points, max ' || c.max_points END,
	CASE WHEN c.parent IS NOT NULL THEN 'self_assessed' END, 'key-' || c.code
FROM (VALUES
	(1801, NULL, 'D1', 60), (1811, 1801, 'a', 40), (1812, 1801, 'b', 20),
	(1802, NULL, 'D2', 40), (1821, 1802, 'c', 30), (1822, 1802, 'd', 10),
	(1901, NULL, 'D1', 60), (1911, 1901, 'a', 40), (1912, 1901, 'b', 20),
	(1902, NULL, 'D2', 40), (1921, 1902, 'c', 25), (1922, 1902, 'e', 15)
) AS c (id, parent, code, max_points);
INSERT INTO assessment_round (round_id, programme_id, previous_round_id, code, name_vi, name_en, year, year_label, stage)
VALUES
	(18, 1, NULL, 'r18', 'Năm 2018', 'Year 2018', 2018, '2018', 'published'),
	(19, 1, 18, 'r19', 'Năm 2019', 'Year 2019', 2019, '2019', 'published'),
	(20, 1, 19, 'r20', 'Năm 2020', 'Year 2020', 2020, '2020', 'verification');
INSERT INTO round_track (track_id, round_id, programme_id, group_id, set_id, min_months)
VALUES (18, 18, 1, 1, 18, 0), (19, 19, 1, 1, 19, 0), (20, 20, 1, 1, 19, 6);
INSERT INTO participation (track_id, agency_id, round_id, months_covered, submitted_at, submitted_by)
VALUES
	(19, 1, 19, 12, now(), 'x'), (19, 2, 19, 12, now(), 'x'), (19, 3, 19, 12, now(), 'x'), (19, 4, 19, 12, NULL, NULL),
	(20, 1, 20, 12, now(), 'x'), (20, 2, 20, 5, now(), 'x');
INSERT INTO publication
	(publication_id, round_id, revision, decision_no, decision_date, reason, published_by, engine_version, seal)
SELECT p.id, p.round_id, p.revision, 'No. 1', '2020-01-15', p.reason, 'x', '1', repeat('0', 64)
FROM (VALUES (180, 18, 1, NULL), (190, 19, 1, NULL), (191, 19, 2, 'Sum corrected')) AS p (id, round_id, revision, reason);
INSERT INTO reopening VALUES (190, 'Sum wrong', 'x', now()), (191, 'Again', 'x', now());
INSERT INTO published_track
	(publication_id, track_id, round_id, group_id, group_code, group_name_vi, group_name_en, group_sort_order,
	 set_id, framework, tie_break, digits, publish_as, index_cap)
SELECT p.publication_id, p.round_id, p.round_id, 1, 'g', 'Nhóm', 'Group', 0, p.round_id, '', '{}', 0, 'ranks', 100
FROM publication AS p;

-- Leaves a, b, c and d or e.
CREATE TEMP TABLE sheet (publication_id int, agency_id int, bonus numeric, rank int, leaf numeric[]);
INSERT INTO sheet VALUES
	(180, 1, 0, 2, '{30, 10, 24, 5}'), (180, 2, 0, 1, '{36, 20, 15, 10}'), (180, 5, 0, 3, '{20, 10, 15, 5}'),
	(190, 1, 0, 1, '{40, 20, 25, 15}'),
	(191, 1, 1, 1, '{34, 15, 20, 8}'), (191, 2, 0, 1, '{36, 16, 20, 6}'), (191, 3, 0, 3, '{30.4, 12, 15, 3}'),
	(191, 4, 0, 4, '{0, 0, 0, 0}');
INSERT INTO published_score
	(publication_id, track_id, agency_id, agency_code, agency_name_vi, agency_name_en, agency_sort_order, outcome,
	 months_covered, in_reference, submitted_at, points, max_points, bonus, penalty, index_percent, index_published,
	 rank, rank_of, tied_count, tie_break_used, coverage)
SELECT
	s.publication_id, s.publication_id / 10, s.agency_id, a.code, a.name_vi, a.name_en, a.sort_order, 'ranked',
	12, true, CASE WHEN a.code <> 'N' THEN now() END, sum(x), 100, s.bonus, 0, sum(x) + s.bonus, round(sum(x) + s.bonus),
	s.rank, 4, 1, false, 1
FROM sheet AS s
JOIN agency AS a USING (agency_id)
CROSS JOIN unnest(s.leaf) AS x
GROUP BY s.publication_id, s.agency_id, a.agency_id, s.bonus, s.rank;
INSERT INTO published_criterion
	(publication_id, track_id, agency_id, criterion_id, domain_id, depth, is_leaf, self_points, points, max_points,
	 percent, status, standard_error, obs_status, conf_status)
WITH leaf AS (
	SELECT s.publication_id, s.agency_id, c.criterion_id, c.parent_id, c.max_points,
		s.leaf[row_number() OVER (PARTITION BY s.publication_id, s.agency_id ORDER BY c.criterion_id)] AS points
	FROM sheet AS s
	JOIN criterion AS c ON c.set_id = s.publication_id / 10 AND c.parent_id IS NOT NULL
)
SELECT publication_id, publication_id / 10, agency_id, criterion_id, parent_id, 2, true, points, points, max_points,
	100 * points / max_points, 'observed', CASE WHEN criterion_id IN (1812, 1912) THEN 0.5 END, 'A',
	CASE criterion_id WHEN 1921 THEN 'C' ELSE 'F' END
FROM leaf
UNION ALL
SELECT publication_id, publication_id / 10, agency_id, parent_id, parent_id, 1, false, NULL, sum(points), sum(max_points),
	100 * sum(points) / sum(max_points), 'observed', NULL, 'A', 'F'
FROM leaf
GROUP BY publication_id, agency_id, parent_id;
INSERT INTO published_statistic
	(publication_id, track_id, criterion_id, scored, mean, q1, median, q3, best, worst, mean_points)
VALUES (191, 19, NULL, 4, 54, 45, 69, 78, 78, 0, 54), (191, 19, 1901, 4, 60, 50, 70, 80, 90, 0, 36),
	(191, 19, 1911, 4, 62.75, 50, 70, 80, 90, 0, 25.1), (191, 19, 1912, 4, 53.75, 50, 70, 80, 90, 0, 10.75);
INSERT INTO action (action_id, round_id, lead_agency_id, code, name_vi, name_en, due_on, cancelled_on) VALUES
	(1, 19, 1, 'A1', 'Giải pháp 1', 'Action 1', '2019-06-30', NULL), (2, 19, 3, 'A2', 'Giải pháp 2', 'Action 2', '2019-06-30', NULL),
	(3, 19, 1, 'A3', 'Giải pháp 3', 'Action 3', '2019-06-30', '2019-05-01'), (4, 19, 2, 'A4', 'Giải pháp 4', 'Action 4', 'infinity', NULL);
INSERT INTO action_progress (action_id, reported_on, percent)
VALUES (1, '2019-05-01', 50), (1, '2019-06-01', 100), (1, '2019-07-01', 100), (2, '2019-05-01', 100), (2, '2019-06-01', 90), (2, '2019-07-10', 100);
INSERT INTO action_partner VALUES (1, 2), (1, 3);
INSERT INTO action_criterion VALUES (1, 'key-a'), (1, 'key-e'), (2, 'key-b');
INSERT INTO award (publication_id, kind, agency_id, name_vi, name_en, decision_no, decision_date)
VALUES (191, 'collective', 2, 'Bằng khen', 'Certificate', '7', '2020-02-01');
-- P and Q were asked about in both rounds, P for a service too.
INSERT INTO survey (survey_id, round_id, code, name_vi, name_en)
VALUES (18, 18, 'k', 'Khảo sát 18', 'Survey 18'), (19, 19, 'k', 'Khảo sát 19', 'Survey 19');
INSERT INTO survey_service (service_id, survey_id, code, name_vi, name_en)
VALUES (1, 18, 's', 'Dịch vụ', 'Service'), (2, 19, 's', 'Dịch vụ', 'Service');
INSERT INTO survey_factor (survey_id, code, name_vi, name_en)
VALUES (18, 'access', 'Tiếp cận', 'Access'), (19, 'access', 'Tiếp cận', 'Access');
INSERT INTO survey_estimate (survey_id, track_id, agency_id, service_id, factor_code, measure, estimate, se, level, is_suppressed, suppress_reason)
VALUES
	(18, 18, 1, NULL, 'access', 'top2', 0.75, 0.03, 0.95, false, NULL), (18, 18, 1, 1, 'access', 'top2', 0.5, 0.05, 0.95, false, NULL),
	(18, 18, 2, NULL, 'access', 'top2', NULL, NULL, 0.95, true, 'few_respondents'),
	(19, 19, 1, NULL, 'access', 'top2', 0.8, 0.04, 0.95, false, NULL), (19, 19, 1, 2, 'access', 'top2', 0.4, 0.12, 0.95, false, NULL),
	(19, 19, 2, NULL, 'access', 'top2', 0.9, 0.02, 0.95, false, NULL);
INSERT INTO survey_factor_quality (survey_id, track_id, agency_id, factor_code, response_rate)
VALUES (18, 18, 1, 'access', 0.8), (19, 19, 1, 'access', 0.7);
-- the open round: P has three leaves of four, Q nothing
INSERT INTO assessment (track_id, agency_id, criterion_id, set_id, self_points, verified_points, verified_by, verified_at) VALUES
	(20, 1, 1911, 19, 40, 40, 'x', now()), (20, 1, 1912, 19, 10, 8, 'x', now()), (20, 1, 1921, 19, 26, 25, 'x', now());
SET LOCAL session_replication_role = origin;

CREATE FUNCTION pg_temp.repeated(view_name text, columns text) RETURNS bigint
	LANGUAGE plpgsql
AS $$
DECLARE
	rows bigint;
	repeated bigint;
BEGIN
	EXECUTE format('SELECT sum(n), count(*) FILTER (WHERE n > 1) FROM (SELECT count(*) AS n FROM %I GROUP BY %s) AS g',
		view_name, columns) INTO rows, repeated;
	RETURN CASE WHEN rows > 0 THEN repeated END;
END
$$;
SELECT is(pg_temp.repeated(name, columns), 0::bigint, format('%s has rows, one each of (%s)', name, columns))
FROM grain
ORDER BY name;

SELECT results_eq(
	'SELECT agency_code::text, service_name_en::text, previous_estimate, change, change_se
	 FROM satisfaction WHERE round_id = 19 ORDER BY agency_id, service_id',
	$$VALUES ('P', 'Service', 0.5, -0.1, 0.13), ('P', NULL, 0.75, 0.05, 0.05), ('Q', NULL, NULL, NULL, NULL)$$,
	'satisfaction changes against the same service of the round before, where that is published');

SELECT results_eq(
	'SELECT agency_code::text, revision, participation_status::text, index_published, rank, gap_to_next, previous_index,
		previous_rank, rank_change, is_comparable, obs_status::text
	 FROM ranking WHERE round_id = 19 ORDER BY agency_id',
	$$VALUES
		('P', 2, 'ranked', 78.0, 1, NULL::numeric, 69.0, 2, 1, false, 'B'),
		('Q', 2, 'ranked', 78.0, 1, NULL, 81.0, 1, 0, false, 'B'),
		('R', 2, 'ranked', 60.0, 3, 18.0, 50.0, 3, 0, false, 'B'),
		('N', 2, 'not_submitted', 0.0, 4, 60.0, NULL, NULL, NULL, NULL, 'A')$$,
	'the ranking shows the last revision, ties, gaps and the round before, or the sole predecessor there');

SELECT results_eq(
	'SELECT code::text, points, percent::numeric(9,4), contribution, previous_percent::numeric(9,4), change::numeric(9,4), is_comparable
	 FROM domain_score WHERE round_id = 19 AND agency_code = ''P'' ORDER BY code',
	$$VALUES
		('D1', 49.0, 81.6667, 49.0, 66.6667, 15.0, true),
		('D2', 28.0, 70.0, 28.0, 72.5, -2.5, false)$$,
	'domains are compared, and said to be comparable where their leaves are');

SELECT results_eq(
	'SELECT code::text, final_points, points_lost, ci_low::numeric(9,4), group_mean
	 FROM criterion_score WHERE round_id = 19 AND agency_code = ''P'' AND code IN (''a'', ''b'') ORDER BY code',
	'VALUES (''a'', 34.0, 6.0, NULL::numeric, 25.1), (''b'', 15.0, 5.0, 14.02, 10.75)',
	'a scorecard has points, what was lost, an interval and the mean in points');

SELECT results_eq(
	'SELECT agency_code::text, code::text, contribution_to_change
	 FROM year_on_year
	 WHERE round_id = 19 AND contribution_to_change IS NOT NULL ORDER BY agency_id, code',
	$$VALUES
		('P', 'a', 4.0), ('P', 'adjustment', 1.0), ('P', 'b', 5.0), ('P', 'criteria_change', -1.0), ('P', 'rounding', 0.0),
		('Q', 'a', 0.0), ('Q', 'b', -4.0), ('Q', 'criteria_change', 1.0), ('Q', 'rounding', 0.0),
		('R', 'a', 10.4), ('R', 'b', 2.0), ('R', 'criteria_change', -2.0), ('R', 'rounding', -0.4)$$,
	'every cause contributes what it should to the change of the index');
SELECT results_eq(
	'SELECT agency_code::text, sum(contribution_to_change)
	 FROM year_on_year WHERE round_id = 19 AND basis = ''published'' GROUP BY agency_code ORDER BY agency_code',
	'SELECT agency_code::text, index_published - previous_index FROM ranking WHERE round_id = 19 ORDER BY agency_code',
	'the causes sum exactly to it');
SELECT results_eq(
	'SELECT code::text, basis::text, percent::numeric(9,4), previous_percent::numeric(9,4), is_comparable, note::text
	 FROM year_on_year
	 WHERE round_id = 19 AND agency_code = ''P'' AND code IN (''index'', ''D2'', ''c'', ''e'') ORDER BY basis, code',
	$$VALUES
		('D2', 'backcast', 80.0, 80.0, false, 'altered'),
		('c', 'backcast', 80.0, 80.0, false, 'altered'),
		('index', 'backcast', 81.1765, 70.5882, false, 'altered'),
		('D2', 'common_criteria', 80.0, 80.0, false, 'altered'),
		('c', 'common_criteria', 80.0, 80.0, false, 'altered'),
		('index', 'common_criteria', 81.1765, 71.1111, false, 'altered'),
		('D2', 'published', 70.0, 72.5, false, 'altered'),
		('c', 'published', 80.0, 80.0, false, 'altered'),
		('e', 'published', 53.3333, NULL, false, 'new'),
		('index', 'published', 78.0, 69.0, false, 'altered')$$,
	'the bases differ by what they count and how they weight it');
SELECT results_eq(
	'SELECT DISTINCT note::text FROM year_on_year WHERE round_id = 19 AND agency_code = ''R'' AND code IN (''a'', ''b'', ''D1'')',
	'VALUES (''predecessor'')',
	'what is compared with a predecessor says so');
SELECT is(
	(SELECT change_se::numeric(9,4) FROM year_on_year
	 WHERE round_id = 19 AND agency_code = 'P' AND code = 'b' AND basis = 'published'),
	3.5355, 'the error of a change is that of two independent figures');

SELECT results_eq(
	'SELECT kind::text, position, code::text, gap_points::numeric(9,4), gap_sd::numeric(9,4)
	 FROM strength_weakness WHERE round_id = 19 AND agency_code = ''P'' ORDER BY kind, position',
	-- standard deviations of 85, 90, 76, 0 and of 75, 80, 60, 0
	$$VALUES
		('strength', 1, 'a', 8.9, 0.5268), ('strength', 2, 'b', 4.25, 0.5770),
		('weakness', 1, 'b', 4.25, 0.5770), ('weakness', 2, 'a', 8.9, 0.5268)$$,
	'strengths and weaknesses are ordered by the gap to the mean');

SELECT results_eq(
	'SELECT code::text, status::text, percent, days_overdue, partners, criteria, points, previous_points, points_gained
	 FROM action_status ORDER BY code',
	$$VALUES
		('A1', 'done', 100.0, 0, 2, 2, 34.0, 30.0, 4.0),
		('A2', 'done_late', 100.0, 10, 0, 1, 12.0, 10.0, 2.0),
		('A3', 'cancelled', 0.0, 0, 0, 0, NULL, NULL, NULL),
		('A4', 'not_started', 0.0, 0, 0, 0, NULL, NULL, NULL)$$,
	'actions are done when they stay done, and lift what their lead agency, or its predecessor, had');

SELECT results_eq(
	'SELECT publication_id, is_current, is_under_correction, agencies FROM publication_history ORDER BY 1',
	'VALUES (180, true, false, 3), (190, false, false, 1), (191, true, true, 4)',
	'the history shows all revisions, which counts and which is reopened');
SELECT results_eq(
	'SELECT agency_code::text, revision, index_published, rank FROM award_list',
	'VALUES (''Q'', 2, 78.0, 1)', 'an award shows the place it was given for');

SELECT results_eq(
	'SELECT agency_code::text, domain_id, leaves, submitted, verified, adjusted FROM assessment_progress WHERE round_id = 20 ORDER BY 1, 2',
	$$VALUES ('P', 1901, 2, 2, 2, 1), ('P', 1902, 2, 1, 1, 1), ('Q', 1901, 2, 0, 0, 0), ('Q', 1902, 2, 0, 0, 0)$$,
	'progress counts leaves, of those who did not begin too');
SELECT results_eq(
	'SELECT agency_code::text, issue::text, issue_count FROM data_quality WHERE round_id = 20 ORDER BY 1, 2',
	$$VALUES ('P', 'missing', 1), ('P', 'self_above_maximum', 1), ('P', 'unsupported', 3),
		('Q', 'missing', 4), ('Q', 'months_below_minimum', 1)$$,
	'what is amiss is counted');
SELECT set_has(
	'SELECT agency_code::text, issue::text FROM data_quality WHERE round_id = 19',
	'VALUES (''N'', ''not_submitted''), (''P'', ''under_correction'')',
	'so is what is amiss with sheets as a whole');

SELECT results_eq(
	'SELECT indicator::text, measure::text, obs_value::numeric(9,4), obs_status::text, conf_status::text
	 FROM observation WHERE round_id = 19 AND agency_code = ''P'' AND (indicator = ''_T'' OR measure = ''score'' AND indicator ~ ''[bc]'')
	 ORDER BY indicator COLLATE "C"',
	$$VALUES ('_T', 'score', 78.0, 'A', 'F'), ('key-b', 'score', 75.0, 'A', 'F'), ('key-c', 'score', NULL, 'A', 'C')$$,
	'observations leave out what is confidential');

-- Who is new has nothing to be compared with.
SELECT results_eq(
	'SELECT DISTINCT basis::text, note::text, is_comparable, change, contribution_to_change
	 FROM year_on_year WHERE round_id = 19 AND agency_code = ''N''',
	'VALUES (''published'', ''no_previous'', NULL::boolean, NULL::numeric, NULL::numeric)',
	'what has no previous round is not compared');

-- Every filter finds its rows by an index.
CREATE FUNCTION pg_temp.scans_in_full(query text) RETURNS bigint
	LANGUAGE plpgsql
AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN (
		SELECT count(*) FILTER (WHERE coalesce(scan->>'Index Cond', scan->>'Recheck Cond', '') = '')
			+ CASE WHEN count(*) = 0 THEN 1000 ELSE 0 END
		FROM jsonb_path_query(plan, 'strict $.** ? (@."Relation Name" == "published_score"
			|| @."Relation Name" == "published_criterion" || @."Relation Name" == "assessment")') AS scan
	);
END
$$;
SET LOCAL enable_seqscan = off;
SELECT is(pg_temp.scans_in_full(format('SELECT * FROM %I WHERE %s', name, filter)), 0::bigint,
	format('%s reads no table of results in full for %s', name, filter))
FROM unnest('{ranking,domain_score,criterion_score,year_on_year,strength_weakness,assessment_progress,data_quality,observation}'::text[]) AS name,
	unnest('{round_id = 19,year = 2019,track_id = 19}'::text[]) AS filter;
RESET enable_seqscan;

-- The same round published as groups.
SET LOCAL session_replication_role = replica;
SAVEPOINT ranks;
UPDATE published_track SET publish_as = 'groups', group_count = 2 WHERE publication_id = 191;
UPDATE published_score SET group_no = 1 WHERE publication_id = 191;
SELECT results_eq(
	'SELECT DISTINCT rank, rank_of, tied_count, gap_to_next, rank_change, group_no FROM ranking WHERE round_id = 19',
	'VALUES (NULL::int, NULL::int, NULL::int, NULL::numeric, NULL::int, 1)', 'groups hide the ranks');
SELECT is((SELECT count(rank) FROM year_on_year WHERE round_id = 19), 0::bigint, 'also those of criteria');
ROLLBACK TO SAVEPOINT ranks;
SET LOCAL session_replication_role = origin;

-- The round without a publication, for its owner.
SELECT results_eq(
	'SELECT agency_code::text, is_provisional, index_published, rank, previous_index, obs_status::text
	 FROM ranking WHERE round_id = 20 ORDER BY agency_id',
	$$VALUES ('P', true, 73.0, 1, 78.0, 'P'), ('Q', true, NULL, NULL, 78.0, 'O')$$,
	'a round never published is shown as it stands');
SELECT is(
	(SELECT sum(contribution_to_change) FROM year_on_year WHERE round_id = 20 AND agency_code = 'P'), -5.0,
	'and is compared with the last publication');

-- Who may not see it whole sees none of it.
SELECT add_member('views_reader', 'reader') AS added \gset
GRANT USAGE ON SCHEMA public TO views_reader;
SET LOCAL ROLE views_reader;
SELECT is((SELECT count(*) FROM ranking WHERE round_id = 19), 4::bigint, 'a reader sees the whole ranking published');
SELECT is((SELECT count(*) FROM ranking WHERE round_id = 20), 0::bigint, 'and nothing of one that is not');
SELECT is((SELECT count(*) FROM assessment_progress), 0::bigint, 'nor how far the sheets are');
RESET ROLE;

SELECT finish();
ROLLBACK;
