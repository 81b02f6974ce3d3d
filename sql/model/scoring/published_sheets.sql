-- A publication in the types that scoring takes and gives: how its tracks are
-- scored, its sheets as published, and its leaves as they came in.

-- Replaced by upgrades:

CREATE OR REPLACE FUNCTION @schema@.published_tracks(publication_id int) RETURNS SETOF @schema@.track_definition
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT t.track_id, t.set_id, t.framework, t.scale, t.tie_break, t.digits, t.publish_as, t.group_count, t.bonus_cap,
		t.penalty_cap, t.index_cap
	FROM @schema@.published_track AS t
	WHERE t.publication_id = published_tracks.publication_id;
END;

CREATE OR REPLACE FUNCTION @schema@.published_sheets(publication_id int) RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT s.track_id, s.agency_id, s.outcome, s.reason, s.forced_score, s.months_covered, s.in_reference, s.submitted_at,
		s.points, s.max_points, s.bonus, s.penalty, s.cap, s.index_percent, s.index_published, s.index_se, s.tie_key, s.rank,
		s.rank_of, s.tied_count, s.tie_break_used, s.rank_low, s.rank_high, s.group_no, s.grade_code, s.coverage
	FROM @schema@.published_score AS s
	WHERE s.publication_id = published_sheets.publication_id;
END;

-- Points that a rule gave are left to the rule.
CREATE OR REPLACE FUNCTION @schema@.published_leaves(publication_id int) RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT n.track_id, n.agency_id, n.criterion_id, n.domain_id, n.depth, n.is_leaf, n.by_rule, n.measured, n.numerator,
		n.denominator, n.self_points, n.verified_points, n.appeal_points,
		CASE WHEN n.status = 'observed' THEN coalesce(n.appeal_points, n.verified_points) END,
		n.max_points, n.percent, n.rank, n.status, NULL::numeric, n.standard_error, n.evidence_count, n.evidence_digest,
		n.appeal_outcome, n.obs_status, n.conf_status
	FROM @schema@.published_criterion AS n
	WHERE n.publication_id = published_leaves.publication_id AND n.is_leaf;
END;

-- Sheets in which agencies that do not change keep their index: as a forced score.
CREATE OR REPLACE FUNCTION @schema@.hold_index(sheets @schema@.sheet[], changing int[]) RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT s.track_id, s.agency_id,
		CASE WHEN s.outcome = 'ranked' AND h.is_held THEN 'forced_score' ELSE s.outcome END::varchar(20),
		s.reason,
		CASE WHEN s.outcome = 'ranked' AND h.is_held THEN s.index_published ELSE s.forced_score END::numeric(10,4),
		s.months_covered, s.in_reference, s.submitted_at, s.points, s.max_points, s.bonus, s.penalty, s.cap,
		s.index_percent, s.index_published, s.index_se, s.tie_key, s.rank, s.rank_of, s.tied_count, s.tie_break_used,
		s.rank_low, s.rank_high, s.group_no, s.grade_code, s.coverage
	FROM unnest(sheets) AS s
	CROSS JOIN LATERAL (SELECT s.agency_id <> ALL (changing) AS is_held) AS h;
END;

COMMENT ON FUNCTION @schema@.published_tracks(integer) IS
'How the tracks of a publication were scored and published. / Cách tính điểm và công bố của các khối trong một lần công bố.';
COMMENT ON FUNCTION @schema@.published_sheets(integer) IS
'The sheets of a publication, as published. / Các phiếu điểm của một lần công bố.';
COMMENT ON FUNCTION @schema@.published_leaves(integer) IS
'The leaves of a publication as they came in, without the points that rules gave. / Các tiêu chí cấp cuối của một lần công bố ở dạng đầu vào, không gồm điểm do quy tắc tính.';
COMMENT ON FUNCTION @schema@.hold_index(@schema@.sheet[], integer[]) IS
'Sheets in which ranked agencies keep their published index as a forced score, but for those that change. / Các phiếu điểm trong đó cơ quan được xếp hạng giữ nguyên chỉ số đã công bố dưới dạng điểm ấn định, trừ các cơ quan có thay đổi.';
