-- How good surveys are: one row a survey, agency and factor.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.survey_quality WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	e.track_id,
	g.group_id,
	g.name_vi AS group_name_vi,
	g.name_en AS group_name_en,
	a.agency_id,
	a.code AS agency_code,
	a.name_vi AS agency_name_vi,
	a.name_en AS agency_name_en,
	a.sort_order AS agency_sort_order,
	e.survey_id,
	e.factor_code,
	f.name_vi AS factor_name_vi,
	f.name_en AS factor_name_en,
	e.response_rate,
	e.item_missing,
	e.deff,
	e.lonely_psus,
	e.cronbach_alpha
FROM @schema@.survey_factor_quality AS e
JOIN @schema@.survey AS s ON s.survey_id = e.survey_id
JOIN @schema@.assessment_round AS r ON r.round_id = s.round_id
JOIN @schema@.survey_factor AS f ON f.survey_id = e.survey_id AND f.code = e.factor_code
JOIN @schema@.agency AS a ON a.agency_id = e.agency_id
LEFT JOIN @schema@.round_track AS t ON t.track_id = e.track_id
JOIN @schema@.agency_group AS g ON g.group_id = coalesce(t.group_id, a.group_id);

COMMENT ON VIEW @schema@.survey_quality IS
'Quality of surveys: one row a survey, agency and factor; figures are NULL where too few answered. / Chất lượng khảo sát: mỗi dòng một khảo sát, cơ quan và yếu tố; con số là NULL nếu quá ít người trả lời.';
COMMENT ON COLUMN @schema@.survey_quality.round_id IS
'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.survey_quality.year IS
'Year of the round. / Năm của kỳ.';
COMMENT ON COLUMN @schema@.survey_quality.year_label IS
'Year as it is printed. / Nhãn năm.';
COMMENT ON COLUMN @schema@.survey_quality.track_id IS
'Track the agency takes part in; NULL if in none. / Khối mà cơ quan tham gia; NULL nếu không tham gia.';
COMMENT ON COLUMN @schema@.survey_quality.group_id IS
'Group of agencies. / Nhóm cơ quan.';
COMMENT ON COLUMN @schema@.survey_quality.group_name_vi IS
'Its name in Vietnamese. / Tên nhóm bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.survey_quality.group_name_en IS
'Its name in English. / Tên nhóm bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.survey_quality.agency_id IS
'Agency. / Cơ quan.';
COMMENT ON COLUMN @schema@.survey_quality.agency_code IS
'Its code. / Mã cơ quan.';
COMMENT ON COLUMN @schema@.survey_quality.agency_name_vi IS
'Its name in Vietnamese. / Tên cơ quan bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.survey_quality.agency_name_en IS
'Its name in English. / Tên cơ quan bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.survey_quality.agency_sort_order IS
'Its place in lists. / Thứ tự của cơ quan trong danh sách.';
COMMENT ON COLUMN @schema@.survey_quality.survey_id IS
'Survey. / Cuộc khảo sát.';
COMMENT ON COLUMN @schema@.survey_quality.factor_code IS
'Factor. / Mã yếu tố.';
COMMENT ON COLUMN @schema@.survey_quality.factor_name_vi IS
'Its name in Vietnamese. / Tên yếu tố bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.survey_quality.factor_name_en IS
'Its name in English. / Tên yếu tố bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.survey_quality.response_rate IS
'Share of those asked who responded. / Tỷ lệ phản hồi của người được khảo sát.';
COMMENT ON COLUMN @schema@.survey_quality.item_missing IS
'Share of the factor''s questions that respondents left out. / Tỷ lệ câu hỏi bị bỏ trống.';
COMMENT ON COLUMN @schema@.survey_quality.deff IS
'Design effect of the factor''s measure. / Hiệu ứng thiết kế của cách tính được chọn.';
COMMENT ON COLUMN @schema@.survey_quality.lonely_psus IS
'Strata of which one primary sampling unit was drawn of several. / Số tầng chỉ chọn một trong nhiều đơn vị bậc một.';
COMMENT ON COLUMN @schema@.survey_quality.cronbach_alpha IS
'Cronbach''s alpha of the factor''s questions. / Hệ số Cronbach alpha của các câu hỏi.';
