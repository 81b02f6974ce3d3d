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
	'The scorecard: one row a round, agency and criterion. / Phiếu điểm: mỗi dòng là một kỳ đánh giá, một cơ quan và một tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_score.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.criterion_score.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.criterion_score.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.criterion_score.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.criterion_score.measured IS
	'What was measured; NULL where it may not be published. / Kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.numerator IS
	'Numerator of what was measured; NULL where it may not be published. / Tử số của kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.denominator IS
	'Denominator of what was measured; NULL where it may not be published. / Mẫu số của kết quả đo lường; NULL nếu không được phổ biến.';
COMMENT ON COLUMN @schema@.criterion_score.final_points IS
	'Points that count. / Điểm chính thức.';
COMMENT ON COLUMN @schema@.criterion_score.points_lost IS
	'Applicable maximum points minus points; all of them where nothing was observed and that counts zero. / Điểm bị mất: điểm tối đa áp dụng trừ điểm đạt được; toàn bộ điểm tối đa nếu thiếu số liệu được tính 0 điểm.';
COMMENT ON COLUMN @schema@.criterion_score.se IS
	'Standard error of the points. / Sai số chuẩn của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.ci_low IS
	'Lower end of the 95 per cent interval of the points. / Cận dưới của khoảng tin cậy 95% của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.ci_high IS
	'Upper end of the 95 per cent interval of the points. / Cận trên của khoảng tin cậy 95% của điểm.';
COMMENT ON COLUMN @schema@.criterion_score.group_mean IS
	'Mean of the reference set, in points. / Trung bình của nhóm tham chiếu, tính bằng điểm.';
