-- Ten yearly rounds of 1,000 agencies on 150 criteria, published: 1.5 million
-- published scores of criteria, and the assessments of the 108 leaves among
-- them. Every round has a set of its own, a few of whose leaves were changed
-- since the year before. Written past the triggers and keys, as what is
-- measured is reading.
\set ON_ERROR_STOP on

CALL parindex.create_schema('par');

SET session_replication_role = replica;

INSERT INTO par.index_programme (programme_id, code, name_vi, name_en)
VALUES (1, 'PAR', 'Chỉ số cải cách hành chính', 'PAR index');

INSERT INTO par.agency_group (group_id, code, name_vi, name_en)
VALUES (1, 'unit', 'Đơn vị', 'Units');

INSERT INTO par.agency (agency_id, group_id, code, name_vi, name_en, sort_order)
SELECT u, 1, 'U' || u, 'Đơn vị ' || u, 'Unit ' || u, u
FROM generate_series(1, 1000) AS u;

INSERT INTO par.criteria_set (set_id, programme_id, code, name_vi, name_en)
SELECT y, 1, 'PAR-' || y, 'Bộ tiêu chí ' || y, 'Criteria ' || y
FROM generate_series(1, 10) AS y;

-- Eight domains, 40 criteria, 102 sub-criteria: node i of set y is criterion
-- 1000 * y + i. The last six criteria have no sub-criteria.
CREATE VIEW bench.node AS
SELECT
	i,
	CASE WHEN i > 48 THEN 9 + (i - 49) % 34 WHEN i > 8 THEN 1 + (i - 9) % 8 END AS parent,
	CASE WHEN i > 48 THEN 1 + (i - 49) % 34 % 8 WHEN i > 8 THEN 1 + (i - 9) % 8 ELSE i END AS domain,
	CASE WHEN i > 48 THEN 3 WHEN i > 8 THEN 2 ELSE 1 END AS depth,
	i > 42 AS is_leaf
FROM generate_series(1, 150) AS i;

INSERT INTO par.criterion
	(criterion_id, set_id, parent_id, code, name_vi, name_en, sort_order, max_points, rule, source, stable_key)
SELECT
	1000 * y + n.i, y, 1000 * y + n.parent, 'C' || n.i, 'Tiêu chí ' || n.i, 'Criterion ' || n.i, n.i,
	CASE WHEN n.is_leaf THEN CASE WHEN (n.i + y) % 25 = 0 THEN 2 ELSE 1 END ELSE 0 END,
	CASE WHEN n.is_leaf THEN 'direct' END,
	CASE WHEN n.is_leaf THEN 'self_assessed' END,
	'C' || n.i
FROM generate_series(1, 10) AS y, bench.node AS n;

INSERT INTO par.assessment_round
	(round_id, programme_id, previous_round_id, code, name_vi, name_en, year, year_label, stage)
SELECT y, 1, nullif(y - 1, 0), 'PAR-' || y, 'Năm ' || 2009 + y, 'Year ' || 2009 + y, 2009 + y, 2009 + y, 'published'
FROM generate_series(1, 10) AS y;

INSERT INTO par.round_track (track_id, round_id, programme_id, group_id, set_id)
SELECT y, y, 1, 1, y
FROM generate_series(1, 10) AS y;

INSERT INTO par.participation (track_id, agency_id, round_id, submitted_at, submitted_by)
SELECT y, u, y, make_timestamptz(2009 + y, 11, 1, 0, 0, 0), 'bench'
FROM generate_series(1, 10) AS y, generate_series(1, 1000) AS u;

INSERT INTO par.publication
	(publication_id, round_id, revision, decision_no, decision_date, published_by, engine_version, seal)
SELECT y, y, 1, 'No. ' || y, make_date(2010 + y, 1, 31), 'bench', parindex.version(), repeat('0', 64)
FROM generate_series(1, 10) AS y;

INSERT INTO par.published_track
	(publication_id, track_id, round_id, group_id, group_code, group_name_vi, group_name_en, group_sort_order,
	 set_id, framework, tie_break, digits, publish_as, index_cap)
SELECT y, y, y, 1, 'unit', 'Đơn vị', 'Units', 0, y, '', '{}', 2, 'ranks', 100
FROM generate_series(1, 10) AS y;

-- Sheet by sheet, as they are loaded. Some 2 in 100 cells are empty.
INSERT INTO par.assessment
	(track_id, agency_id, criterion_id, set_id, measured, self_points, verified_points, verified_by, verified_at)
SELECT
	y, u, 1000 * y + n.i, y, cell.percent,
	c.max_points * cell.percent / 100, c.max_points * cell.percent / 100,
	'bench', CASE WHEN cell.percent IS NOT NULL THEN now() END
FROM generate_series(1, 10) AS y
CROSS JOIN generate_series(1, 1000) AS u
CROSS JOIN bench.node AS n
JOIN par.criterion AS c ON c.criterion_id = 1000 * y + n.i
CROSS JOIN LATERAL (
	SELECT nullif(40 + (u * 7919 + n.i * 104729 + y * 12987 + u * n.i) % 61, 42) AS percent
) AS cell
WHERE n.is_leaf
ORDER BY y, u, n.i;

INSERT INTO par.evidence (assessment_id, url)
SELECT assessment_id, 'https://example.org/' || assessment_id
FROM par.assessment
WHERE assessment_id % 3 = 0;

-- Every node of every sheet, then the sheets.
CREATE TEMP TABLE sheet_node AS
SELECT
	a.track_id, a.agency_id, l.criterion_id,
	sum(coalesce(a.verified_points, 0)) AS points,
	sum(c.max_points) AS max_points,
	100 * sum(coalesce(a.verified_points, 0)) / sum(c.max_points) AS percent
FROM par.assessment AS a
JOIN par.criterion_below AS l ON l.below_id = a.criterion_id
JOIN par.criterion AS c ON c.criterion_id = a.criterion_id
GROUP BY a.track_id, a.agency_id, l.criterion_id;

INSERT INTO par.published_score
	(publication_id, track_id, agency_id, agency_code, agency_name_vi, agency_name_en, agency_sort_order,
	 outcome, months_covered, in_reference, submitted_at, points, max_points, bonus, penalty,
	 index_percent, index_published, rank, rank_of, tied_count, tie_break_used, coverage)
SELECT
	n.track_id, n.track_id, n.agency_id, a.code, a.name_vi, a.name_en, a.sort_order,
	'ranked', 12, true, now(), n.points, n.max_points, 0, 0,
	n.percent, round(n.percent, 2),
	rank() OVER (PARTITION BY n.track_id ORDER BY round(n.percent, 2) DESC), 1000,
	count(*) OVER (PARTITION BY n.track_id, round(n.percent, 2)), false, 1
FROM sheet_node AS n
JOIN par.agency AS a ON a.agency_id = n.agency_id
WHERE n.criterion_id IS NULL
ORDER BY n.track_id, n.agency_id;

INSERT INTO par.published_criterion
	(publication_id, track_id, agency_id, criterion_id, domain_id, depth, is_leaf, measured, self_points,
	 verified_points, points, max_points, percent, rank, status, evidence_count, obs_status, conf_status)
SELECT
	s.track_id, s.track_id, s.agency_id, s.criterion_id, 1000 * s.track_id + n.domain, n.depth, n.is_leaf,
	a.measured, a.self_points, a.verified_points, s.points, s.max_points, s.percent,
	rank() OVER (PARTITION BY s.criterion_id ORDER BY s.percent DESC),
	CASE WHEN n.is_leaf AND a.measured IS NULL THEN 'missing' ELSE 'observed' END,
	coalesce((a.assessment_id % 3 = 0)::int, 0), 'A', 'F'
FROM sheet_node AS s
JOIN bench.node AS n ON n.i = s.criterion_id % 1000
LEFT JOIN par.assessment AS a USING (track_id, agency_id, criterion_id)
ORDER BY s.track_id, s.agency_id, s.criterion_id;

INSERT INTO par.published_statistic
SELECT
	track_id, track_id, criterion_id, count(*), avg(percent),
	percentile_cont(0.25) WITHIN GROUP (ORDER BY percent),
	percentile_cont(0.5) WITHIN GROUP (ORDER BY percent),
	percentile_cont(0.75) WITHIN GROUP (ORDER BY percent),
	max(percent), min(percent), avg(points)
FROM sheet_node
GROUP BY track_id, criterion_id;

DROP TABLE sheet_node;

-- The plan: 46 actions a round, each to lift two leaves, reported on monthly.
INSERT INTO par.action (action_id, round_id, lead_agency_id, code, name_vi, name_en, sort_order, due_on)
SELECT 100 * y + k, y, 1 + k * 17, 'A' || k, 'Giải pháp ' || k, 'Action ' || k, k, make_date(2009 + y, 1 + k % 12, 28)
FROM generate_series(1, 10) AS y, generate_series(1, 46) AS k;

INSERT INTO par.action_criterion (action_id, stable_key)
SELECT a.action_id, 'C' || 50 + 2 * a.sort_order + k
FROM par.action AS a, generate_series(0, 1) AS k;

INSERT INTO par.action_progress (action_id, reported_on, percent)
SELECT a.action_id, make_date(2009 + a.round_id, m, 1), least(100, m * (5 + a.sort_order % 8))
FROM par.action AS a, generate_series(1, 12) AS m;

INSERT INTO par.award (publication_id, kind, agency_id, person_name, name_vi, name_en, decision_no, decision_date)
SELECT y, 'collective', u, NULL, 'Bằng khen', 'Certificate of merit', 'No. ' || u, make_date(2010 + y, 2, 28)
FROM generate_series(1, 10) AS y, generate_series(1, 20) AS u;

RESET session_replication_role;
VACUUM (ANALYZE, FREEZE);
