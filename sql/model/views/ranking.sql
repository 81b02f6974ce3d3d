-- The ranking of every round. Grain: round x agency.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.ranking WITH (security_invoker) AS
SELECT
	s.round_id,
	s.year,
	s.year_label,
	s.track_id,
	s.group_id,
	s.group_name_vi,
	s.group_name_en,
	s.agency_id,
	s.agency_code,
	s.agency_name_vi,
	s.agency_name_en,
	s.agency_sort_order,
	s.publication_id,
	s.revision,
	s.is_provisional,
	CASE
		WHEN s.outcome = 'ranked' AND s.submitted_at IS NULL THEN 'not_submitted'
		ELSE s.outcome
	END::varchar(20) AS participation_status,
	s.points,
	s.max_points,
	s.bonus,
	s.penalty,
	s.index_percent,
	s.index_published,
	s.rank,
	s.rank_of,
	s.tied_count,
	s.tie_break_used,
	s.rank_low,
	s.rank_high,
	s.index_se,
	s.group_no,
	s.grade_code,
	s.grade_name_vi,
	s.grade_name_en,
	s.group_mean,
	s.group_median,
	-- those with the next better rank, whom a tie may make several
	CASE WHEN s.rank IS NOT NULL THEN
		min(s.index_published) OVER (
			PARTITION BY s.round_id, s.year, s.year_label, s.track_id, s.group_id
			ORDER BY s.rank
			GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)
		- s.index_published
	END::numeric(12,6) AS gap_to_next,
	s.coverage,
	s.previous_index,
	s.previous_rank,
	s.previous_rank - s.rank AS rank_change,
	pair.is_comparable,
	CASE
		WHEN s.index_published IS NULL THEN 'O'
		WHEN s.is_provisional THEN 'P'
		WHEN s.outcome = 'forced_score' THEN 'I'
		WHEN NOT pair.is_comparable THEN 'B'
		ELSE 'A'
	END::varchar(1) AS obs_status,
	CASE WHEN s.index_se IS NOT NULL THEN 'sampling error only' END::varchar(40) AS index_se_covers
FROM @schema@.current_score AS s
LEFT JOIN @schema@.criterion_pair AS pair
	ON pair.set_id = s.set_id
	AND pair.previous_set_id = s.previous_set_id
	AND pair.criterion_id IS NULL;

COMMENT ON VIEW @schema@.ranking IS
	'The ranking: one row a round and agency. / Bảng xếp hạng: mỗi dòng là một kỳ đánh giá và một đơn vị.';
COMMENT ON COLUMN @schema@.ranking.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.ranking.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.ranking.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.ranking.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.ranking.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.ranking.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.ranking.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.ranking.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.ranking.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.ranking.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.ranking.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.ranking.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.ranking.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.ranking.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.ranking.is_provisional IS
	'Whether the figures are live and not yet published. / Số liệu tạm thời, chưa công bố hay không.';
COMMENT ON COLUMN @schema@.ranking.participation_status IS
	'ranked, unranked, forced_score, disqualified, or not_submitted where nothing was handed in. / Xếp hạng (ranked), không xếp hạng (unranked), điểm ấn định (forced_score), bị loại (disqualified) hoặc không nộp (not_submitted).';
COMMENT ON COLUMN @schema@.ranking.points IS
	'Points earned. / Điểm đạt được.';
COMMENT ON COLUMN @schema@.ranking.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.ranking.bonus IS
	'Bonus, in points of the index. / Điểm thưởng, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.ranking.penalty IS
	'Penalty, in points of the index. / Điểm trừ, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.ranking.index_percent IS
	'Index before rounding, in per cent. / Chỉ số chưa làm tròn, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.ranking.index_published IS
	'Index as published, rounded to the track''s decimals. / Chỉ số công bố, làm tròn theo số chữ số thập phân quy định.';
COMMENT ON COLUMN @schema@.ranking.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.ranking.rank_of IS
	'Number of agencies ranked. / Số đơn vị được xếp hạng.';
COMMENT ON COLUMN @schema@.ranking.tied_count IS
	'Number of agencies that share the rank, this one included. / Số đơn vị đồng hạng, kể cả đơn vị này.';
COMMENT ON COLUMN @schema@.ranking.tie_break_used IS
	'Whether tie-break criteria decided the rank. / Thứ hạng có được quyết định bằng tiêu chí phụ hay không.';
COMMENT ON COLUMN @schema@.ranking.rank_low IS
	'Best rank within sampling error. / Thứ hạng tốt nhất trong phạm vi sai số chọn mẫu.';
COMMENT ON COLUMN @schema@.ranking.rank_high IS
	'Worst rank within sampling error. / Thứ hạng thấp nhất trong phạm vi sai số chọn mẫu.';
COMMENT ON COLUMN @schema@.ranking.index_se IS
	'Standard error of the index, in its points, sampling error only; NULL without criteria from surveys, or if not known. / Sai số chuẩn của chỉ số, tính theo điểm, chỉ gồm sai số chọn mẫu; NULL nếu không có tiêu chí khảo sát hoặc không rõ.';
COMMENT ON COLUMN @schema@.ranking.group_no IS
	'Group by score where the track is published as groups. / Nhóm kết quả khi công bố theo nhóm.';
COMMENT ON COLUMN @schema@.ranking.grade_code IS
	'Code of the grade. / Mã xếp loại.';
COMMENT ON COLUMN @schema@.ranking.grade_name_vi IS
	'Vietnamese name of the grade. / Tên xếp loại bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.ranking.grade_name_en IS
	'English name of the grade. / Tên xếp loại bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.ranking.group_mean IS
	'Mean of the reference set, in per cent. / Trung bình của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.ranking.group_median IS
	'Median of the reference set, in per cent. / Trung vị của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.ranking.gap_to_next IS
	'Published index of the next better rank minus the agency''s own; NULL for the first and the unranked. / Chỉ số của thứ hạng liền trên trừ chỉ số của đơn vị; NULL đối với đơn vị đứng đầu và đơn vị không xếp hạng.';
COMMENT ON COLUMN @schema@.ranking.coverage IS
	'Share of the maximum points that was observed, from 0 to 1. / Tỷ trọng điểm tối đa có số liệu, từ 0 đến 1.';
COMMENT ON COLUMN @schema@.ranking.previous_index IS
	'Published index of the previous round. / Chỉ số đã công bố của kỳ trước.';
COMMENT ON COLUMN @schema@.ranking.previous_rank IS
	'Rank in the previous round; NULL if unranked or published as groups. / Thứ hạng ở kỳ trước; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.ranking.rank_change IS
	'Ranks gained since the previous round; negative if lost. / Số bậc tăng so với kỳ trước; âm nếu giảm.';
COMMENT ON COLUMN @schema@.ranking.is_comparable IS
	'Whether stable key, maximum points and rule of all leaves agree with the previous round; NULL if there is none. / Khóa ổn định, điểm tối đa và quy tắc của mọi tiêu chí thành phần có trùng với kỳ trước hay không; NULL nếu không có kỳ trước.';
COMMENT ON COLUMN @schema@.ranking.obs_status IS
	'SDMX observation status: A normal, B break, I imputed, M or O missing, P provisional, among others. / Trạng thái quan sát SDMX: A bình thường, B gián đoạn chuỗi, I quy gán, M hoặc O thiếu số liệu, P tạm thời, v.v.';
COMMENT ON COLUMN @schema@.ranking.index_se_covers IS
	'What index_se covers: "sampling error only"; NULL where there is none. / Phạm vi của index_se: "sampling error only" (chỉ gồm sai số chọn mẫu); NULL nếu không có.';
