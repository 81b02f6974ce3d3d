-- What surveys found: one row a survey, agency, service (NULL: all of them),
-- factor and measure. Figures that may not be published are NULL. The estimate
-- before is that of the survey with the same code in the previous round, for the
-- same agency and the same codes of service and factor; samples of two rounds
-- are independent.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.satisfaction WITH (security_invoker) AS
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
	e.service_id,
	v.name_vi AS service_name_vi,
	v.name_en AS service_name_en,
	e.factor_code,
	f.name_vi AS factor_name_vi,
	f.name_en AS factor_name_en,
	e.measure,
	e.estimate,
	e.se,
	e.ci_low,
	e.ci_high,
	e.level,
	e.n,
	e.n_psu,
	e.df,
	e.deff,
	e.response_rate,
	e.is_suppressed,
	e.suppress_reason,
	p.estimate AS previous_estimate,
	(e.estimate - p.estimate)::numeric(20,10) AS change,
	sqrt(e.se ^ 2 + p.se ^ 2)::numeric(20,10) AS change_se
FROM @schema@.survey_estimate AS e
JOIN @schema@.survey AS s ON s.survey_id = e.survey_id
JOIN @schema@.assessment_round AS r ON r.round_id = s.round_id
JOIN @schema@.survey_factor AS f ON f.survey_id = e.survey_id AND f.code = e.factor_code
JOIN @schema@.agency AS a ON a.agency_id = e.agency_id
LEFT JOIN @schema@.round_track AS t ON t.track_id = e.track_id
JOIN @schema@.agency_group AS g ON g.group_id = coalesce(t.group_id, a.group_id)
LEFT JOIN @schema@.survey_service AS v ON v.service_id = e.service_id
LEFT JOIN (
	SELECT q.round_id, q.code, w.code AS service_code, b.agency_id, b.factor_code, b.measure, b.estimate, b.se
	FROM @schema@.survey_estimate AS b
	JOIN @schema@.survey AS q ON q.survey_id = b.survey_id
	LEFT JOIN @schema@.survey_service AS w ON w.service_id = b.service_id
) AS p
	ON p.round_id = r.previous_round_id
	AND p.code = s.code
	AND p.agency_id = e.agency_id
	AND p.factor_code = e.factor_code
	AND p.measure = e.measure
	AND p.service_code IS NOT DISTINCT FROM v.code;

COMMENT ON VIEW @schema@.satisfaction IS
'Satisfaction by agency, service and factor, with its sampling error and the change since the round before: one row a survey, agency, service, factor and measure. / Mức độ hài lòng theo cơ quan, dịch vụ và yếu tố, kèm sai số chọn mẫu và thay đổi so với kỳ trước: mỗi dòng một khảo sát, cơ quan, dịch vụ, yếu tố và cách tính.';
COMMENT ON COLUMN @schema@.satisfaction.track_id IS
'Track the agency takes part in; NULL if in none. / Khối mà cơ quan tham gia; NULL nếu không tham gia.';
COMMENT ON COLUMN @schema@.satisfaction.service_id IS
'Service; NULL for all services of the agency together. / Dịch vụ; NULL là tất cả dịch vụ của cơ quan.';
COMMENT ON COLUMN @schema@.satisfaction.service_name_vi IS
'Its name in Vietnamese. / Tên dịch vụ bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.satisfaction.service_name_en IS
'Its name in English. / Tên dịch vụ bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.satisfaction.measure IS
'mean: mean answer; top2: share of answers in the two best categories; all4: share of respondents satisfied on every question. / mean: trung bình; top2: tỷ lệ câu trả lời ở hai mức tốt nhất; all4: tỷ lệ người hài lòng ở mọi câu hỏi.';
COMMENT ON COLUMN @schema@.satisfaction.estimate IS
'The estimate: points of the scale, or a share from 0 to 1. / Giá trị ước lượng: điểm của thang, hoặc tỷ lệ từ 0 đến 1.';
COMMENT ON COLUMN @schema@.satisfaction.se IS
'Its standard error, sampling error only; NULL where the sample does not tell. / Sai số chuẩn, chỉ gồm sai số chọn mẫu; NULL nếu mẫu không cho biết.';
COMMENT ON COLUMN @schema@.satisfaction.ci_low IS
'Lower end of its interval. / Cận dưới của khoảng tin cậy.';
COMMENT ON COLUMN @schema@.satisfaction.ci_high IS
'Upper end of its interval. / Cận trên của khoảng tin cậy.';
COMMENT ON COLUMN @schema@.satisfaction.n IS
'Respondents. / Số người trả lời.';
COMMENT ON COLUMN @schema@.satisfaction.df IS
'Degrees of freedom. / Số bậc tự do.';
COMMENT ON COLUMN @schema@.satisfaction.deff IS
'Design effect. / Hiệu ứng thiết kế.';
COMMENT ON COLUMN @schema@.satisfaction.suppress_reason IS
'few_respondents: too few; subtraction: would give another such cell away. / few_respondents: quá ít người trả lời; subtraction: nếu công bố sẽ suy ra được ô bị ẩn khác.';
COMMENT ON COLUMN @schema@.satisfaction.previous_estimate IS
'The estimate of the round before; NULL if there is none or it is withheld. / Giá trị kỳ trước; NULL nếu không có hoặc bị ẩn.';
COMMENT ON COLUMN @schema@.satisfaction.change IS
'Difference to it. / Chênh lệch so với kỳ trước.';
COMMENT ON COLUMN @schema@.satisfaction.change_se IS
'Standard error of the difference. / Sai số chuẩn của chênh lệch.';
