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
COMMENT ON COLUMN @schema@.survey_quality.track_id IS
'Track the agency takes part in; NULL if in none. / Khối mà cơ quan tham gia; NULL nếu không tham gia.';
