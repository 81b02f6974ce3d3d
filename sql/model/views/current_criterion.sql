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
	'The points of every agency for every criterion, as last published or as they stand. / Điểm của từng đơn vị theo từng tiêu chí, theo lần công bố có hiệu lực hoặc theo hiện trạng.';
COMMENT ON COLUMN @schema@.current_criterion.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_criterion.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_criterion.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_criterion.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.current_criterion.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.current_criterion.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_criterion.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_criterion.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.current_criterion.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.current_criterion.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_criterion.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_criterion.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.current_criterion.digits IS
	'Decimals of the published index. / Số chữ số thập phân của chỉ số công bố.';
COMMENT ON COLUMN @schema@.current_criterion.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_criterion.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_criterion.is_provisional IS
	'Whether the figures are live and not yet published. / Số liệu tạm thời, chưa công bố hay không.';
COMMENT ON COLUMN @schema@.current_criterion.previous_round_id IS
	'Round compared with; NULL if there is none. / Kỳ đánh giá dùng để so sánh; NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_criterion.previous_publication_id IS
	'Publication compared with; NULL if there is none. / Lần công bố dùng để so sánh; NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_criterion.set_id IS
	'Criteria set. / Bộ tiêu chí.';
COMMENT ON COLUMN @schema@.current_criterion.criterion_id IS
	'Criterion. / Tiêu chí.';
COMMENT ON COLUMN @schema@.current_criterion.parent_id IS
	'Criterion above; NULL for domains. / Tiêu chí cấp trên; NULL đối với lĩnh vực.';
COMMENT ON COLUMN @schema@.current_criterion.domain_id IS
	'Domain: the criterion at depth 1. / Lĩnh vực: tiêu chí ở cấp 1.';
COMMENT ON COLUMN @schema@.current_criterion.depth IS
	'Depth in the tree; domains have 1. / Cấp trong cây tiêu chí; lĩnh vực là cấp 1.';
COMMENT ON COLUMN @schema@.current_criterion.is_leaf IS
	'Whether it is scored itself, with no criteria below. / Là tiêu chí thành phần được chấm trực tiếp hay không.';
COMMENT ON COLUMN @schema@.current_criterion.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.current_criterion.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_criterion.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_criterion.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.current_criterion.source IS
	'Where points come from: self_assessed, survey or record. / Nguồn điểm: tự đánh giá (self_assessed), điều tra (survey) hoặc hồ sơ quản lý (record).';
COMMENT ON COLUMN @schema@.current_criterion.unit_measure IS
	'Unit of what is measured; PT is per cent. / Đơn vị đo; PT là phần trăm.';
COMMENT ON COLUMN @schema@.current_criterion.decimals IS
	'Decimals to show. / Số chữ số thập phân khi hiển thị.';
COMMENT ON COLUMN @schema@.current_criterion.target IS
	'Target. / Chỉ tiêu phấn đấu.';
COMMENT ON COLUMN @schema@.current_criterion.stable_key IS
	'Key of the criterion in all versions of the set. / Khóa ổn định của tiêu chí qua các phiên bản.';
COMMENT ON COLUMN @schema@.current_criterion.measured IS
	'What was measured. / Kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.numerator IS
	'Numerator of what was measured. / Tử số của kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.denominator IS
	'Denominator of what was measured. / Mẫu số của kết quả đo lường.';
COMMENT ON COLUMN @schema@.current_criterion.self_points IS
	'Self-assessed points. / Điểm tự chấm.';
COMMENT ON COLUMN @schema@.current_criterion.verified_points IS
	'Points after verification. / Điểm thẩm định.';
COMMENT ON COLUMN @schema@.current_criterion.points IS
	'Points earned. / Điểm đạt được.';
COMMENT ON COLUMN @schema@.current_criterion.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.current_criterion.percent IS
	'Points in per cent of the applicable maximum. / Điểm tính bằng phần trăm điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.current_criterion.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.current_criterion.status IS
	'observed, missing or not_applicable. / Có số liệu (observed), thiếu (missing) hoặc không áp dụng (not_applicable).';
COMMENT ON COLUMN @schema@.current_criterion.standard_error IS
	'Standard error of the points. / Sai số chuẩn của điểm.';
COMMENT ON COLUMN @schema@.current_criterion.evidence_count IS
	'Number of pieces of evidence. / Số tài liệu kiểm chứng.';
COMMENT ON COLUMN @schema@.current_criterion.appeal_outcome IS
	'Decision on the appeal: granted, partly_granted or refused; NULL without one. / Kết quả giải quyết kiến nghị: chấp nhận (granted), chấp nhận một phần (partly_granted) hoặc bác (refused); NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_criterion.obs_status IS
	'SDMX observation status: A normal, B break, I imputed, M or O missing, P provisional, among others. / Trạng thái quan sát SDMX: A bình thường, B gián đoạn chuỗi, I quy gán, M hoặc O thiếu số liệu, P tạm thời, v.v.';
COMMENT ON COLUMN @schema@.current_criterion.conf_status IS
	'SDMX confidentiality status; F is free. / Trạng thái bảo mật SDMX; F là được phổ biến.';
COMMENT ON COLUMN @schema@.current_criterion.in_reference IS
	'Whether the agency counts in the statistics of the group. / Đơn vị có được tính trong thống kê của nhóm hay không.';
COMMENT ON COLUMN @schema@.current_criterion.group_mean IS
	'Mean of the reference set, in per cent. / Trung bình của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_criterion.group_q1 IS
	'First quartile of the reference set, in per cent. / Tứ phân vị thứ nhất của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_criterion.group_q3 IS
	'Third quartile of the reference set, in per cent. / Tứ phân vị thứ ba của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_criterion.group_best IS
	'Best of the reference set, in per cent. / Mức cao nhất của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_criterion.group_mean_points IS
	'Mean of the reference set, in points. / Trung bình của nhóm tham chiếu, tính bằng điểm.';
