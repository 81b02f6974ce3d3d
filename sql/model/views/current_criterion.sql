-- Points of every agency for every criterion, as last published or as they
-- stand, with the statistics of the criterion over the reference set.
-- Grain: round x agency x criterion.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.current_criterion WITH (security_invoker) AS
SELECT
	t.round_id,
	t.year,
	t.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	c.agency_id,
	c.agency_code,
	c.agency_name_vi,
	c.agency_name_en,
	c.agency_sort_order,
	t.digits,
	t.publication_id,
	t.revision,
	t.is_provisional,
	t.previous_round_id,
	t.previous_publication_id,
	d.set_id,
	c.criterion_id,
	d.parent_id,
	c.domain_id,
	c.depth,
	c.is_leaf,
	d.code,
	d.name_vi,
	d.name_en,
	d.sort_order,
	d.source,
	d.unit_measure,
	d.decimals,
	d.target,
	d.stable_key,
	c.measured,
	c.numerator,
	c.denominator,
	c.self_points,
	c.verified_points,
	c.points,
	c.max_points,
	c.percent,
	CASE WHEN t.publish_as = 'ranks' THEN c.rank END AS rank,
	c.status,
	c.standard_error,
	c.evidence_count,
	c.appeal_outcome,
	c.obs_status,
	c.conf_status,
	c.in_reference,
	c.group_mean,
	c.group_q1,
	c.group_q3,
	c.group_best,
	c.group_mean_points
FROM @schema@.current_track AS t
CROSS JOIN LATERAL (
	SELECT
		s.agency_id,
		s.agency_code,
		s.agency_name_vi,
		s.agency_name_en,
		s.agency_sort_order,
		s.in_reference,
		c.criterion_id,
		c.domain_id,
		c.depth,
		c.is_leaf,
		c.measured,
		c.numerator,
		c.denominator,
		c.self_points,
		c.verified_points,
		c.points,
		c.max_points,
		c.percent,
		c.rank,
		c.status,
		c.standard_error,
		c.evidence_count,
		c.appeal_outcome,
		c.obs_status,
		c.conf_status,
		st.mean AS group_mean,
		st.q1 AS group_q1,
		st.q3 AS group_q3,
		st.best AS group_best,
		st.mean_points AS group_mean_points
	FROM @schema@.published_score AS s
	JOIN @schema@.published_criterion AS c
		ON c.publication_id = s.publication_id
		AND c.track_id = s.track_id
		AND c.agency_id = s.agency_id
	LEFT JOIN @schema@.published_statistic AS st
		ON st.publication_id = c.publication_id
		AND st.track_id = c.track_id
		AND st.criterion_id = c.criterion_id
	WHERE s.publication_id = t.publication_id
		AND s.track_id = t.track_id
	UNION ALL
	SELECT
		(l.sheet).agency_id,
		a.code,
		a.name_vi,
		a.name_en,
		a.sort_order,
		(l.sheet).in_reference,
		(l.node).criterion_id,
		(l.node).domain_id,
		(l.node).depth,
		(l.node).is_leaf,
		(l.node).measured,
		(l.node).numerator,
		(l.node).denominator,
		(l.node).self_points,
		(l.node).verified_points,
		(l.node).points::numeric(14,4),
		(l.node).max_points::numeric(14,4),
		(l.node).percent::numeric(20,10),
		(l.node).rank,
		(l.node).status,
		(l.node).standard_error,
		(l.node).evidence_count,
		(l.node).appeal_outcome,
		(l.node).obs_status,
		(l.node).conf_status,
		(l.statistic).mean::numeric(20,10),
		(l.statistic).q1::numeric(20,10),
		(l.statistic).q3::numeric(20,10),
		(l.statistic).best::numeric(20,10),
		(l.statistic).mean_points::numeric(20,10)
	FROM @schema@.live_nodes(t.round_id) AS l
	JOIN @schema@.agency AS a ON a.agency_id = (l.sheet).agency_id
	WHERE t.is_provisional
		AND (l.node).criterion_id IS NOT NULL
		AND (l.sheet).track_id = t.track_id
) AS c
JOIN @schema@.criterion AS d ON d.criterion_id = c.criterion_id;

COMMENT ON VIEW @schema@.current_criterion IS
	'The points of every agency for every criterion, as last published or as they stand. / Điểm của từng cơ quan theo từng tiêu chí, theo lần công bố có hiệu lực hoặc theo hiện trạng.';
COMMENT ON COLUMN @schema@.current_criterion.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_criterion.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.current_criterion.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_criterion.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_criterion.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.current_criterion.measured IS
	'What was measured. / Kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.numerator IS
	'Numerator of what was measured. / Tử số của kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.denominator IS
	'Denominator of what was measured. / Mẫu số của kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.standard_error IS
	'Standard error of the points. / Sai số chuẩn của điểm.';
COMMENT ON COLUMN @schema@.current_criterion.group_mean_points IS
	'Mean of the reference set, in points. / Trung bình của nhóm tham chiếu, tính bằng điểm.';
