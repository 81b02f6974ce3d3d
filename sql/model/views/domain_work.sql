-- How far the sheets are, by domain, in counts of leaves. It reads the sheets
-- themselves, and so shows what its reader may see: a domain without any visible
-- row is left out, lest it pass for an empty one, unless its reader may see the
-- whole round. Grain: round x agency x domain.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.domain_work WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	g.group_id,
	g.name_vi AS group_name_vi,
	g.name_en AS group_name_en,
	a.agency_id,
	a.code AS agency_code,
	a.name_vi AS agency_name_vi,
	a.name_en AS agency_name_en,
	a.sort_order AS agency_sort_order,
	w.domain_id,
	w.leaves,
	w.submitted,
	w.with_evidence,
	w.verified,
	w.adjusted,
	w.appeals_open,
	w.appeals_decided,
	w.missing,
	w.unsupported,
	w.self_above_maximum,
	w.verified_above_maximum,
	w.zero_denominator,
	w.last_change_at
FROM @schema@.assessment_round AS r
JOIN @schema@.round_track AS t ON t.round_id = r.round_id
JOIN @schema@.agency_group AS g ON g.group_id = t.group_id
CROSS JOIN LATERAL (
	SELECT
		p.agency_id,
		c.domain_id,
		count(*)::int AS leaves,
		count(coalesce(s.measured, s.numerator, s.self_points))::int AS submitted,
		count(e.assessment_id)::int AS with_evidence,
		count(s.verified_points)::int AS verified,
		count(*) FILTER (WHERE s.verified_points <> s.self_points)::int AS adjusted,
		count(x.appeal_id) FILTER (WHERE x.outcome IS NULL)::int AS appeals_open,
		count(x.outcome)::int AS appeals_decided,
		count(*) FILTER (
			WHERE coalesce(s.measured, s.numerator, s.self_points, s.verified_points, s.appeal_points) IS NULL)::int
			AS missing,
		count(s.self_points) FILTER (WHERE e.assessment_id IS NULL AND s.explanation IS NULL)::int AS unsupported,
		count(*) FILTER (WHERE s.self_points > c.max_points)::int AS self_above_maximum,
		count(*) FILTER (WHERE s.verified_points > c.max_points)::int AS verified_above_maximum,
		count(*) FILTER (WHERE s.denominator = 0)::int AS zero_denominator,
		max(s.changed_at) AS last_change_at,
		count(s.assessment_id) AS visible
	FROM @schema@.participation AS p
	JOIN @schema@.criterion_tree AS c
		ON c.set_id = t.set_id
		AND c.is_leaf
	LEFT JOIN @schema@.assessment AS s
		ON s.track_id = t.track_id
		AND s.agency_id = p.agency_id
		AND s.criterion_id = c.criterion_id
	LEFT JOIN LATERAL (
		SELECT e.assessment_id
		FROM @schema@.evidence AS e
		WHERE e.assessment_id = s.assessment_id
		LIMIT 1
	) AS e ON true
	LEFT JOIN @schema@.appeal AS x ON x.assessment_id = s.assessment_id
	LEFT JOIN @schema@.applicability AS n
		ON n.track_id = t.track_id
		AND n.agency_id = p.agency_id
		AND n.criterion_id = c.criterion_id
	WHERE p.track_id = t.track_id
		AND n.criterion_id IS NULL
	GROUP BY p.agency_id, c.domain_id
) AS w
JOIN @schema@.agency AS a ON a.agency_id = w.agency_id
WHERE w.visible > 0
	OR (SELECT @schema@.sees_whole_round());

COMMENT ON VIEW @schema@.domain_work IS
	'How far the sheets are, in counts of leaves by domain; one row an agency and domain that its reader may see. / Tiến độ phiếu đánh giá, tính bằng số tiêu chí thành phần theo lĩnh vực; mỗi dòng là một cơ quan và một lĩnh vực mà người đọc được xem.';
COMMENT ON COLUMN @schema@.domain_work.missing IS
	'Leaves with nothing entered. / Số tiêu chí chưa có số liệu.';
COMMENT ON COLUMN @schema@.domain_work.unsupported IS
	'Self-assessed leaves with neither evidence nor explanation. / Số tiêu chí tự chấm không có tài liệu kiểm chứng và giải trình.';
COMMENT ON COLUMN @schema@.domain_work.self_above_maximum IS
	'Leaves self-assessed above their maximum. / Số tiêu chí có điểm tự chấm vượt điểm tối đa.';
COMMENT ON COLUMN @schema@.domain_work.verified_above_maximum IS
	'Leaves verified above their maximum. / Số tiêu chí có điểm thẩm định vượt điểm tối đa.';
COMMENT ON COLUMN @schema@.domain_work.zero_denominator IS
	'Leaves whose denominator is zero. / Số tiêu chí có mẫu số bằng 0.';
