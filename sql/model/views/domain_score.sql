-- Scores by domain. Grain: round x agency x domain.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.domain_score WITH (security_invoker) AS
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
	c.code,
	c.name_vi,
	c.name_en,
	c.sort_order,
	c.points,
	c.max_points,
	c.percent,
	(100 * c.points / nullif(s.max_points, 0))::numeric(12,6) AS contribution,
	c.rank,
	c.group_mean,
	c.group_q1,
	c.group_q3,
	c.group_best,
	(c.percent - c.group_mean)::numeric(20,10) AS gap_to_mean,
	earlier.percent AS previous_percent,
	(c.percent - earlier.percent)::numeric(20,10) AS change,
	CASE WHEN s.previous_agency_id IS NOT NULL THEN coalesce(pair.is_comparable, false) END AS is_comparable
FROM @schema@.current_criterion AS c
JOIN @schema@.current_score AS s
	USING (round_id, year, year_label, track_id, group_id, agency_id)
LEFT JOIN @schema@.criterion_pair AS pair
	ON pair.set_id = s.set_id
	AND pair.previous_set_id = s.previous_set_id
	AND pair.criterion_id = c.criterion_id
LEFT JOIN @schema@.published_criterion AS earlier
	ON earlier.publication_id = s.previous_publication_id
	AND earlier.track_id = s.previous_track_id
	AND earlier.agency_id = s.previous_agency_id
	AND earlier.criterion_id = pair.previous_criterion_id
WHERE c.depth = 1;

COMMENT ON VIEW @schema@.domain_score IS
	'Scores by domain: one row a round, agency and domain. / Kết quả theo lĩnh vực: mỗi dòng là một kỳ đánh giá, một cơ quan và một lĩnh vực.';
COMMENT ON COLUMN @schema@.domain_score.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.domain_score.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.domain_score.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.domain_score.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.domain_score.gap_to_mean IS
	'Per cent minus the mean of the reference set. / Chênh lệch so với trung bình của nhóm tham chiếu.';
