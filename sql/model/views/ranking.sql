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
	'The ranking: one row a round and agency. / Bảng xếp hạng: mỗi dòng là một kỳ đánh giá và một cơ quan.';
COMMENT ON COLUMN @schema@.ranking.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.ranking.participation_status IS
	'ranked, unranked, forced_score, disqualified, or not_submitted where nothing was handed in. / Xếp hạng (ranked), không xếp hạng (unranked), điểm ấn định (forced_score), bị loại (disqualified) hoặc không nộp (not_submitted).';
COMMENT ON COLUMN @schema@.ranking.index_se IS
	'Standard error of the index, in its points, sampling error only; NULL without criteria from surveys, or if not known. / Sai số chuẩn của chỉ số, tính theo điểm, chỉ gồm sai số chọn mẫu; NULL nếu không có tiêu chí khảo sát hoặc không rõ.';
COMMENT ON COLUMN @schema@.ranking.gap_to_next IS
	'Published index of the next better rank minus the agency''s own; NULL for the first and the unranked. / Chỉ số của thứ hạng liền trên trừ chỉ số của cơ quan; NULL đối với cơ quan đứng đầu và cơ quan không xếp hạng.';
COMMENT ON COLUMN @schema@.ranking.rank_change IS
	'Ranks gained since the previous round; negative if lost. / Số bậc tăng so với kỳ trước; âm nếu giảm.';
COMMENT ON COLUMN @schema@.ranking.index_se_covers IS
	'What index_se covers: "sampling error only"; NULL where there is none. / Phạm vi của index_se: "sampling error only" (chỉ gồm sai số chọn mẫu); NULL nếu không có.';
