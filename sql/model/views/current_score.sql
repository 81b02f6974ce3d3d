-- Scores of every agency, as last published or as they stand, with the
-- statistics of the index over the reference set, and what each is compared
-- with: its own score in the previous round's publication that counts, else that
-- of its sole predecessor. Grain: round x agency.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.current_score WITH (security_invoker) AS
SELECT
	t.round_id,
	t.year,
	t.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	s.agency_id,
	s.agency_code,
	s.agency_name_vi,
	s.agency_name_en,
	s.agency_sort_order,
	t.set_id,
	t.digits,
	t.publish_as,
	t.publication_id,
	t.revision,
	t.is_provisional,
	t.previous_round_id,
	t.previous_publication_id,
	s.outcome,
	s.forced_score,
	s.months_covered,
	s.in_reference,
	s.submitted_at,
	s.points,
	s.max_points,
	s.bonus,
	s.penalty,
	s.index_percent,
	s.index_published,
	s.index_se,
	CASE WHEN t.publish_as = 'ranks' THEN s.rank END AS rank,
	CASE WHEN t.publish_as = 'ranks' THEN s.rank_of END AS rank_of,
	CASE WHEN t.publish_as = 'ranks' THEN s.tied_count END AS tied_count,
	s.tie_break_used,
	CASE WHEN t.publish_as = 'ranks' THEN s.rank_low END AS rank_low,
	CASE WHEN t.publish_as = 'ranks' THEN s.rank_high END AS rank_high,
	s.group_no,
	s.grade_code,
	s.grade_name_vi,
	s.grade_name_en,
	s.coverage,
	s.group_mean,
	s.group_median,
	s.previous_track_id,
	s.previous_agency_id,
	s.previous_set_id,
	s.previous_points,
	s.previous_max_points,
	s.previous_index_percent,
	s.previous_index,
	s.previous_index_se,
	s.previous_rank
FROM @schema@.current_track AS t
CROSS JOIN LATERAL (
	SELECT
		s.agency_id,
		s.agency_code,
		s.agency_name_vi,
		s.agency_name_en,
		s.agency_sort_order,
		s.outcome,
		s.forced_score,
		s.months_covered,
		s.in_reference,
		s.submitted_at,
		s.points,
		s.max_points,
		s.bonus,
		s.penalty,
		s.index_percent,
		s.index_published,
		s.index_se,
		s.rank,
		s.rank_of,
		s.tied_count,
		s.tie_break_used,
		s.rank_low,
		s.rank_high,
		s.group_no,
		s.grade_code,
		band.name_vi AS grade_name_vi,
		band.name_en AS grade_name_en,
		s.coverage,
		st.mean AS group_mean,
		st.median AS group_median,
		previous.scored_track_id AS previous_track_id,
		previous.scored_agency_id AS previous_agency_id,
		previous_track.set_id AS previous_set_id,
		previous.points AS previous_points,
		previous.max_points AS previous_max_points,
		previous.index_percent AS previous_index_percent,
		previous.index_published AS previous_index,
		previous.index_se AS previous_index_se,
		CASE WHEN previous_track.publish_as = 'ranks' THEN previous.rank END AS previous_rank
	FROM @schema@.published_score AS s
	LEFT JOIN @schema@.round_track AS rt ON rt.track_id = s.track_id
	LEFT JOIN @schema@.grade_band AS band ON band.scale_id = rt.scale_id AND band.code = s.grade_code
	LEFT JOIN @schema@.published_statistic AS st
		ON st.publication_id = s.publication_id
		AND st.track_id = s.track_id
		AND st.criterion_id IS NULL
	LEFT JOIN @schema@.inherited_score AS previous
		ON previous.publication_id = t.previous_publication_id
		AND previous.agency_id = s.agency_id
	LEFT JOIN @schema@.published_track AS previous_track
		ON previous_track.publication_id = t.previous_publication_id
		AND previous_track.track_id = previous.scored_track_id
	WHERE s.publication_id = t.publication_id
		AND s.track_id = t.track_id
	UNION ALL
	SELECT
		s.agency_id,
		a.code,
		a.name_vi,
		a.name_en,
		a.sort_order,
		s.outcome,
		s.forced_score,
		s.months_covered,
		s.in_reference,
		s.submitted_at,
		s.points::numeric(14,4),
		s.max_points::numeric(14,4),
		s.bonus,
		s.penalty,
		s.index_percent::numeric(20,10),
		s.index_published::numeric(12,6),
		s.index_se::numeric(20,10),
		s.rank,
		s.rank_of,
		s.tied_count,
		s.tie_break_used,
		s.rank_low,
		s.rank_high,
		s.group_no,
		s.grade_code,
		band.name_vi,
		band.name_en,
		s.coverage::numeric(7,6),
		st.mean::numeric(20,10),
		st.median::numeric(20,10),
		previous.scored_track_id,
		previous.scored_agency_id,
		previous_track.set_id,
		previous.points,
		previous.max_points,
		previous.index_percent,
		previous.index_published,
		previous.index_se,
		CASE WHEN previous_track.publish_as = 'ranks' THEN previous.rank END
	FROM @schema@.live_round(t.round_id) AS r
	CROSS JOIN LATERAL unnest(r.sheets) AS s
	JOIN @schema@.agency AS a ON a.agency_id = s.agency_id
	LEFT JOIN @schema@.round_track AS rt ON rt.track_id = s.track_id
	LEFT JOIN @schema@.grade_band AS band ON band.scale_id = rt.scale_id AND band.code = s.grade_code
	LEFT JOIN LATERAL unnest(r.statistics) AS st
		ON st.track_id = s.track_id
		AND st.criterion_id IS NULL
	LEFT JOIN @schema@.inherited_score AS previous
		ON previous.publication_id = t.previous_publication_id
		AND previous.agency_id = s.agency_id
	LEFT JOIN @schema@.published_track AS previous_track
		ON previous_track.publication_id = t.previous_publication_id
		AND previous_track.track_id = previous.scored_track_id
	WHERE t.is_provisional
		AND s.track_id = t.track_id
) AS s;

COMMENT ON VIEW @schema@.current_score IS
	'The sheet of every agency, as last published or as it stands, beside the previous one. / Kết quả của từng đơn vị, theo lần công bố có hiệu lực hoặc theo hiện trạng, bên cạnh kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_score.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_score.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_score.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.current_score.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.current_score.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_score.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_score.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.current_score.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.current_score.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_score.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_score.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.current_score.set_id IS
	'Criteria set. / Bộ tiêu chí.';
COMMENT ON COLUMN @schema@.current_score.digits IS
	'Decimals of the published index. / Số chữ số thập phân của chỉ số công bố.';
COMMENT ON COLUMN @schema@.current_score.publish_as IS
	'How the track is published: ranks or groups. / Cách công bố: theo thứ hạng (ranks) hoặc theo nhóm (groups).';
COMMENT ON COLUMN @schema@.current_score.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_score.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_score.is_provisional IS
	'Whether the figures are live and not yet published. / Số liệu tạm thời, chưa công bố hay không.';
COMMENT ON COLUMN @schema@.current_score.previous_round_id IS
	'Round compared with; NULL if there is none. / Kỳ đánh giá dùng để so sánh; NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_score.previous_publication_id IS
	'Publication compared with; NULL if there is none. / Lần công bố dùng để so sánh; NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_score.outcome IS
	'How the agency takes part: ranked, unranked, forced_score or disqualified. / Hình thức tham gia: xếp hạng (ranked), không xếp hạng (unranked), điểm ấn định (forced_score) hoặc bị loại (disqualified).';
COMMENT ON COLUMN @schema@.current_score.forced_score IS
	'Index set by decision. / Chỉ số được ấn định theo quyết định.';
COMMENT ON COLUMN @schema@.current_score.months_covered IS
	'Months of the year that are assessed. / Số tháng trong năm được đánh giá.';
COMMENT ON COLUMN @schema@.current_score.in_reference IS
	'Whether the agency counts in the statistics of the group. / Đơn vị có được tính trong thống kê của nhóm hay không.';
COMMENT ON COLUMN @schema@.current_score.submitted_at IS
	'When the self-assessment was submitted. / Thời điểm nộp tự đánh giá.';
COMMENT ON COLUMN @schema@.current_score.points IS
	'Points earned. / Điểm đạt được.';
COMMENT ON COLUMN @schema@.current_score.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.current_score.bonus IS
	'Bonus, in points of the index. / Điểm thưởng, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.current_score.penalty IS
	'Penalty, in points of the index. / Điểm trừ, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.current_score.index_percent IS
	'Index before rounding, in per cent. / Chỉ số chưa làm tròn, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_score.index_published IS
	'Index as published, rounded to the track''s decimals. / Chỉ số công bố, làm tròn theo số chữ số thập phân quy định.';
COMMENT ON COLUMN @schema@.current_score.index_se IS
	'Standard error of the index, from surveys only. / Sai số chuẩn của chỉ số, chỉ tính phần điều tra xã hội học.';
COMMENT ON COLUMN @schema@.current_score.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
COMMENT ON COLUMN @schema@.current_score.rank_of IS
	'Number of agencies ranked. / Số đơn vị được xếp hạng.';
COMMENT ON COLUMN @schema@.current_score.tied_count IS
	'Number of agencies that share the rank, this one included. / Số đơn vị đồng hạng, kể cả đơn vị này.';
COMMENT ON COLUMN @schema@.current_score.tie_break_used IS
	'Whether tie-break criteria decided the rank. / Thứ hạng có được quyết định bằng tiêu chí phụ hay không.';
COMMENT ON COLUMN @schema@.current_score.rank_low IS
	'Best rank within sampling error. / Thứ hạng tốt nhất trong phạm vi sai số chọn mẫu.';
COMMENT ON COLUMN @schema@.current_score.rank_high IS
	'Worst rank within sampling error. / Thứ hạng thấp nhất trong phạm vi sai số chọn mẫu.';
COMMENT ON COLUMN @schema@.current_score.group_no IS
	'Group by score where the track is published as groups. / Nhóm kết quả khi công bố theo nhóm.';
COMMENT ON COLUMN @schema@.current_score.grade_code IS
	'Code of the grade. / Mã xếp loại.';
COMMENT ON COLUMN @schema@.current_score.grade_name_vi IS
	'Vietnamese name of the grade. / Tên xếp loại bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_score.grade_name_en IS
	'English name of the grade. / Tên xếp loại bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_score.coverage IS
	'Share of the maximum points that was observed, from 0 to 1. / Tỷ trọng điểm tối đa có số liệu, từ 0 đến 1.';
COMMENT ON COLUMN @schema@.current_score.group_mean IS
	'Mean of the reference set, in per cent. / Trung bình của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_score.group_median IS
	'Median of the reference set, in per cent. / Trung vị của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_score.previous_track_id IS
	'Track of the previous score. / Khối đánh giá của kết quả kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_agency_id IS
	'Agency of the previous score: the same or its sole predecessor. / Đơn vị của kết quả kỳ trước: chính đơn vị hoặc đơn vị tiền thân duy nhất.';
COMMENT ON COLUMN @schema@.current_score.previous_set_id IS
	'Criteria set of the previous score. / Bộ tiêu chí của kết quả kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_points IS
	'Points in the previous round. / Điểm ở kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_max_points IS
	'Applicable maximum points in the previous round. / Điểm tối đa áp dụng ở kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_index_percent IS
	'Index of the previous round before rounding, in per cent. / Chỉ số kỳ trước chưa làm tròn, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.current_score.previous_index IS
	'Published index of the previous round. / Chỉ số đã công bố của kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_index_se IS
	'Standard error of the previous index. / Sai số chuẩn của chỉ số kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.previous_rank IS
	'Rank in the previous round; NULL if unranked or published as groups. / Thứ hạng ở kỳ trước; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
