-- Awards to collectives and individuals, with the agency's place in the
-- publication that they were given on. Grain: award.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.award_list WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	w.agency_id,
	coalesce(s.agency_code, a.code) AS agency_code,
	coalesce(s.agency_name_vi, a.name_vi) AS agency_name_vi,
	coalesce(s.agency_name_en, a.name_en) AS agency_name_en,
	coalesce(s.agency_sort_order, a.sort_order) AS agency_sort_order,
	w.award_id,
	w.kind,
	w.person_name,
	w.name_vi,
	w.name_en,
	w.decision_no,
	w.decision_date,
	p.publication_id,
	p.revision,
	s.index_published,
	CASE WHEN t.publish_as = 'ranks' THEN s.rank END AS rank,
	s.group_no
FROM @schema@.assessment_round AS r
JOIN @schema@.publication AS p ON p.round_id = r.round_id
JOIN @schema@.award AS w ON w.publication_id = p.publication_id
JOIN @schema@.agency AS a ON a.agency_id = w.agency_id
LEFT JOIN @schema@.published_score AS s
	ON s.publication_id = w.publication_id
	AND s.agency_id = w.agency_id
LEFT JOIN @schema@.published_track AS t
	ON t.publication_id = s.publication_id
	AND t.track_id = s.track_id;

COMMENT ON VIEW @schema@.award_list IS
	'Awards: one row an award. / Danh sách khen thưởng: mỗi dòng là một khen thưởng.';
COMMENT ON COLUMN @schema@.award_list.award_id IS
	'Award. / Khen thưởng.';
COMMENT ON COLUMN @schema@.award_list.kind IS
	'collective or individual. / Tập thể (collective) hoặc cá nhân (individual).';
COMMENT ON COLUMN @schema@.award_list.name_vi IS
	'Vietnamese name of the award. / Tên khen thưởng bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.award_list.name_en IS
	'English name of the award. / Tên khen thưởng bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.award_list.decision_no IS
	'Number of the decision on the award. / Số quyết định khen thưởng.';
COMMENT ON COLUMN @schema@.award_list.decision_date IS
	'Date of the decision on the award. / Ngày quyết định khen thưởng.';
COMMENT ON COLUMN @schema@.award_list.publication_id IS
	'Publication that the award was given on. / Lần công bố làm căn cứ khen thưởng.';
COMMENT ON COLUMN @schema@.award_list.revision IS
	'Revision of that publication. / Số thứ tự của lần công bố đó.';
