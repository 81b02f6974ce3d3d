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
	'Scores by domain: one row a round, agency and domain. / Kết quả theo lĩnh vực: mỗi dòng là một kỳ đánh giá, một đơn vị và một lĩnh vực.';
COMMENT ON COLUMN @schema@.domain_score.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.domain_score.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.domain_score.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.domain_score.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.domain_score.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.domain_score.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.domain_score.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.domain_score.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.domain_score.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.domain_score.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.domain_score.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.domain_score.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.domain_score.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.domain_score.criterion_id IS
	'Criterion. / Tiêu chí.';
COMMENT ON COLUMN @schema@.domain_score.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.domain_score.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.domain_score.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.domain_score.sort_order IS
	'Place of the criterion in lists. / Thứ tự của tiêu chí trong danh sách.';
COMMENT ON COLUMN @schema@.domain_score.points IS
	'Points earned. / Điểm đạt được.';
COMMENT ON COLUMN @schema@.domain_score.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.domain_score.percent IS
	'Points in per cent of the applicable maximum. / Điểm tính bằng phần trăm điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.domain_score.contribution IS
	'What it contributes to the index, in points of the index. / Phần đóng góp vào chỉ số, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.domain_score.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.domain_score.group_mean IS
	'Mean of the reference set, in per cent. / Trung bình của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.domain_score.group_q1 IS
	'First quartile of the reference set, in per cent. / Tứ phân vị thứ nhất của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.domain_score.group_q3 IS
	'Third quartile of the reference set, in per cent. / Tứ phân vị thứ ba của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.domain_score.group_best IS
	'Best of the reference set, in per cent. / Mức cao nhất của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.domain_score.gap_to_mean IS
	'Per cent minus the mean of the reference set. / Chênh lệch so với trung bình của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.domain_score.previous_percent IS
	'Per cent of the maximum in the previous round. / Tỷ lệ phần trăm so với điểm tối đa ở kỳ trước.';
COMMENT ON COLUMN @schema@.domain_score.change IS
	'Change since the previous round, in percentage points. / Mức thay đổi so với kỳ trước, tính bằng điểm phần trăm.';
COMMENT ON COLUMN @schema@.domain_score.is_comparable IS
	'Whether stable key, maximum points and rule of all leaves agree with the previous round; NULL if there is none. / Khóa ổn định, điểm tối đa và quy tắc của mọi tiêu chí thành phần có trùng với kỳ trước hay không; NULL nếu không có kỳ trước.';
