-- The scorecard: every criterion of every sheet. What was measured is left out
-- where its confidentiality status forbids to publish it. Intervals are normal,
-- of 95 per cent. Grain: round x agency x criterion.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.criterion_score WITH (security_invoker) AS
SELECT
	c.round_id,
	c.year,
	c.year_label,
	c.track_id,
	c.group_id,
	c.group_name_vi,
	c.group_name_en,
	c.agency_id,
	c.agency_code,
	c.agency_name_vi,
	c.agency_name_en,
	c.agency_sort_order,
	c.revision,
	c.criterion_id,
	c.parent_id,
	c.domain_id,
	c.depth,
	c.is_leaf,
	c.code,
	c.name_vi,
	c.name_en,
	c.sort_order,
	c.source,
	c.unit_measure,
	(CASE WHEN c.conf_status = 'F' THEN c.measured END)::numeric(24,8) AS measured,
	(CASE WHEN c.conf_status = 'F' THEN c.numerator END)::numeric(24,8) AS numerator,
	(CASE WHEN c.conf_status = 'F' THEN c.denominator END)::numeric(24,8) AS denominator,
	c.target,
	c.self_points,
	c.verified_points,
	c.points AS final_points,
	c.max_points,
	(c.max_points - CASE
		WHEN c.status = 'missing' AND st.missing = 'zero' THEN 0
		ELSE c.points
	END)::numeric(14,4) AS points_lost,
	c.status,
	c.evidence_count,
	c.appeal_outcome,
	c.standard_error AS se,
	(c.points - 1.959964 * c.standard_error)::numeric(20,10) AS ci_low,
	(c.points + 1.959964 * c.standard_error)::numeric(20,10) AS ci_high,
	c.group_mean_points AS group_mean,
	c.rank,
	c.obs_status
FROM @schema@.current_criterion AS c
LEFT JOIN @schema@.criteria_set AS st ON st.set_id = c.set_id;

COMMENT ON VIEW @schema@.criterion_score IS
	'The scorecard: one row a round, agency and criterion. / Phiếu điểm: mỗi dòng là một kỳ đánh giá, một đơn vị và một tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_score.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.criterion_score.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.criterion_score.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.criterion_score.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.criterion_score.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.criterion_score.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.criterion_score.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.criterion_score.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.criterion_score.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.criterion_score.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.criterion_score.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.criterion_score.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.criterion_score.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.criterion_score.criterion_id IS
	'Criterion. / Tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_score.parent_id IS
	'Criterion above; NULL for domains. / Tiêu chí cấp trên; NULL đối với lĩnh vực.';
COMMENT ON COLUMN @schema@.criterion_score.domain_id IS
	'Domain: the criterion at depth 1. / Lĩnh vực: tiêu chí ở cấp 1.';
COMMENT ON COLUMN @schema@.criterion_score.depth IS
	'Depth in the tree; domains have 1. / Cấp trong cây tiêu chí; lĩnh vực là cấp 1.';
COMMENT ON COLUMN @schema@.criterion_score.is_leaf IS
	'Whether it is scored itself, with no criteria below. / Là tiêu chí thành phần được chấm trực tiếp hay không.';
COMMENT ON COLUMN @schema@.criterion_score.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_score.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.criterion_score.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.criterion_score.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.criterion_score.source IS
	'Where points come from: self_assessed, survey or record. / Nguồn điểm: tự đánh giá (self_assessed), điều tra (survey) hoặc hồ sơ quản lý (record).';
COMMENT ON COLUMN @schema@.criterion_score.unit_measure IS
	'Unit of what is measured; PT is per cent. / Đơn vị đo; PT là phần trăm.';
COMMENT ON COLUMN @schema@.criterion_score.measured IS
	'What was measured; NULL where it may not be published. / Kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.numerator IS
	'Numerator of what was measured; NULL where it may not be published. / Tử số của kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.denominator IS
	'Denominator of what was measured; NULL where it may not be published. / Mẫu số của kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.target IS
	'Target. / Chỉ tiêu phấn đấu.';
COMMENT ON COLUMN @schema@.criterion_score.self_points IS
	'Self-assessed points. / Điểm tự chấm.';
COMMENT ON COLUMN @schema@.criterion_score.verified_points IS
	'Points after verification. / Điểm thẩm định.';
COMMENT ON COLUMN @schema@.criterion_score.final_points IS
	'Points that count. / Điểm chính thức.';
COMMENT ON COLUMN @schema@.criterion_score.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.criterion_score.points_lost IS
	'Applicable maximum points minus points; all of them where nothing was observed and that counts zero. / Điểm bị mất: điểm tối đa áp dụng trừ điểm đạt được; toàn bộ điểm tối đa nếu thiếu số liệu được tính 0 điểm.';
COMMENT ON COLUMN @schema@.criterion_score.status IS
	'observed, missing or not_applicable. / Có số liệu (observed), thiếu (missing) hoặc không áp dụng (not_applicable).';
COMMENT ON COLUMN @schema@.criterion_score.evidence_count IS
	'Number of pieces of evidence. / Số tài liệu kiểm chứng.';
COMMENT ON COLUMN @schema@.criterion_score.appeal_outcome IS
	'Decision on the appeal: granted, partly_granted or refused; NULL without one. / Kết quả giải quyết kiến nghị: chấp nhận (granted), chấp nhận một phần (partly_granted) hoặc bác (refused); NULL nếu không có.';
COMMENT ON COLUMN @schema@.criterion_score.se IS
	'Standard error of the points. / Sai số chuẩn của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.ci_low IS
	'Lower end of the 95 per cent interval of the points. / Cận dưới của khoảng tin cậy 95% của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.ci_high IS
	'Upper end of the 95 per cent interval of the points. / Cận trên của khoảng tin cậy 95% của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.group_mean IS
	'Mean of the reference set, in points. / Trung bình của nhóm tham chiếu, tính bằng điểm.';
COMMENT ON COLUMN @schema@.criterion_score.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.criterion_score.obs_status IS
	'SDMX observation status: A normal, B break, I imputed, M or O missing, P provisional, among others. / Trạng thái quan sát SDMX: A bình thường, B gián đoạn chuỗi, I quy gán, M hoặc O thiếu số liệu, P tạm thời, v.v.';
