-- A round of an administrative reform index from assessment to publication, in
-- the model that create_schema() makes, and what its views say about it.
--
-- Made up, all but one fact: Quảng Ninh Customs was published with 93.66 of 100
-- and first place among the central agencies located in the province in 2019.
-- See README.md; load.sql takes the files of this folder through both rounds.
--
-- Run in this folder, in a database that has the extension:
--     psql -d your_database -f quang_ninh_2019.sql

\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
SET jit = off;
\pset pager off

DROP SCHEMA IF EXISTS quang_ninh CASCADE;
CALL parindex.create_schema('quang_ninh');
SET search_path = quang_ninh, parindex;

\ir load.sql

-- Result ---------------------------------------------------------------------

\pset border 2
\pset linestyle unicode
\pset footer off

\echo 'Quảng Ninh 2019, a round of an administrative reform index. ALL FIGURES ARE MADE UP, but for one that was published:'
\echo 'Quảng Ninh Customs (Cục Hải quan) had 93.66 of 100 and came first of the central agencies located in the province.'
\echo

PREPARE ranking_of_group (text) AS
SELECT
	r.rank AS "Rank",
	r.previous_rank AS "Was",
	r.agency_name_vi AS "Agency",
	round(r.index_published, 2) AS "Index",
	round(r.previous_index, 2) AS "2018",
	round(r.index_published - r.previous_index, 2) AS "Change",
	r.grade_name_vi AS "Grade",
	CASE
		WHEN r.participation_status = 'not_submitted' THEN 'no sheet'
		WHEN r.participation_status <> 'ranked' THEN r.participation_status
		WHEN r.previous_index IS NULL THEN 'new'
		WHEN r.tie_break_used THEN 'tied'
	END AS "Note"
FROM ranking AS r
JOIN agency_group AS g ON g.group_id = r.group_id
WHERE r.year = 2019 AND g.code = $1
ORDER BY r.rank, r.agency_sort_order;

\pset title 'Central agencies located in the province, 2019'
EXECUTE ranking_of_group('central');
\pset title 'Departments of the province, 2019'
EXECUTE ranking_of_group('department');

\pset title
\echo 'Was: the rank of 2018. Notes: new, no index of 2018; unranked, hors concours; tied, told apart by tie-break;'
\echo 'no sheet, never submitted.'
\echo

\pset title 'Computed against published'
SELECT
	r.agency_name_vi AS "Agency",
	round(r.index_published, 2) AS "Index",
	f.index_percent AS "Published",
	r.rank AS "Rank",
	f.rank AS "Published rank"
FROM published_file AS f
JOIN ranking AS r ON r.year = f.year AND r.agency_code = f.agency_code;

\pset title 'Scorecard: Cục Hải quan tỉnh Quảng Ninh, 2019'
SELECT
	code AS "No.",
	name_vi AS "Domain",
	round(points, 2) AS "Points",
	round(max_points, 2) AS "of",
	round(percent, 1) AS "%",
	round(group_mean, 1) AS "Mean %",
	rank AS "Rank"
FROM domain_score
WHERE year = 2019 AND agency_code = 'HQ'
ORDER BY sort_order;

\pset title 'Where it stands out most, and where it lags most'
SELECT
	kind AS "Kind",
	code AS "No.",
	regexp_replace(name_vi, '^(?=.{57})(.{1,55}) .*', '\1…') AS "Criterion",
	round(points, 2) AS "Points",
	round(max_points, 2) AS "of",
	round(percent, 1) AS "%",
	round(group_mean, 1) AS "Mean %",
	rank AS "Rank"
FROM strength_weakness
WHERE year = 2019 AND agency_code = 'HQ' AND position <= 3
ORDER BY kind, position;

\pset title 'Year on year: what each domain contributes to the change of the index'
WITH line AS (
	SELECT
		d.code,
		coalesce(d.name_vi, y.name_vi) AS name_vi,
		d.sort_order,
		y.code AS line_code,
		y.code = 'index' AS is_index,
		CASE WHEN y.depth <= 1 THEN y.previous_percent END AS previous_percent,
		CASE WHEN y.depth <= 1 THEN y.percent END AS percent,
		CASE WHEN y.depth <= 1 THEN y.change END AS change,
		y.contribution_to_change AS contribution
	FROM year_on_year AS y
	LEFT JOIN criterion_tree AS t ON t.criterion_id = y.criterion_id
	LEFT JOIN criterion AS d ON d.criterion_id = t.domain_id
	WHERE y.year = 2019 AND y.agency_code = 'HQ' AND y.basis = 'published'
)
SELECT
	code AS "No.",
	name_vi AS "Domain",
	round(max(previous_percent), 2) AS "2018 %",
	round(max(percent), 2) AS "2019 %",
	round(max(change), 2) AS "Change",
	round(CASE WHEN is_index THEN sum(sum(contribution)) OVER () ELSE sum(contribution) END, 2) AS "Contribution"
FROM line
GROUP BY code, name_vi, sort_order, is_index
ORDER BY is_index, sort_order, min(line_code);

\pset title
\echo 'Contributions are of criteria that are the same in both years; what is new, dropped or altered is the line below them.'
\echo

\pset title 'Satisfaction with Cục Hải quan, 2019: share of answers 4 and 5, with its 95% interval by the design of the survey'
SELECT
	coalesce('    ' || service_name_vi, factor_name_vi) AS "Factor, and by service",
	round(100 * estimate, 1) AS "%",
	round(100 * ci_low, 1) AS "from",
	round(100 * ci_high, 1) AS "to",
	n AS "Answered",
	round(100 * response_rate) AS "Responded %",
	CASE suppress_reason WHEN 'few_respondents' THEN 'too few' WHEN 'subtraction' THEN 'would show another' END AS "Note"
FROM satisfaction
WHERE year = 2019 AND agency_code = 'HQ' AND measure = 'top2' AND (service_id IS NULL OR factor_code = 'access')
ORDER BY factor_code, service_id NULLS FIRST;

\pset title 'Solutions of the action plan overdue at the end of 2019; points gained since 2018 where they are meant to lift'
SELECT
	code AS "No.",
	regexp_replace(name_vi, '^(?=.{46})(.{1,44}) .*', '\1…') AS "Solution",
	agency_name_vi AS "Lead agency",
	due_on AS "Due",
	round(percent) AS "Done %",
	round(points_gained, 2) AS "Gained"
FROM action_status
WHERE year = 2019 AND status = 'overdue'
ORDER BY due_on, sort_order;

\pset title 'Awards'
SELECT
	kind AS "Kind",
	agency_name_vi AS "Agency",
	person_name AS "Person",
	name_vi AS "Award"
FROM award_list
WHERE year = 2019
ORDER BY kind, agency_sort_order;

\pset title 'Publications, each computed again from what it was sealed with'
SELECT
	h.year AS "Round",
	h.revision AS "Revision",
	h.decision_no AS "Decision",
	h.decision_date AS "of",
	h.agencies AS "Agencies",
	h.ranked AS "Ranked",
	left(h.seal, 12) || '…' AS "Seal",
	v.compared AS "Compared",
	v.differing AS "Differing",
	CASE WHEN v.passed THEN 'verified' ELSE 'NOT VERIFIED' END AS "Result"
FROM publication_history AS h
CROSS JOIN LATERAL (
	SELECT bool_and(c.passed) AS passed, sum(c.compared) AS compared, sum(c.differing) AS differing
	FROM verify_publication(h.publication_id) AS c
) AS v
ORDER BY h.year, h.revision;

\pset title
