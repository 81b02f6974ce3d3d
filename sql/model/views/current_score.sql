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
	'The sheet of every agency, as last published or as it stands, beside the previous one. / Kết quả của từng cơ quan, theo lần công bố có hiệu lực hoặc theo hiện trạng, bên cạnh kỳ trước.';
COMMENT ON COLUMN @schema@.current_score.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_score.outcome IS
	'How the agency takes part: ranked, unranked, forced_score or disqualified. / Hình thức tham gia: xếp hạng (ranked), không xếp hạng (unranked), điểm ấn định (forced_score) hoặc bị loại (disqualified).';
COMMENT ON COLUMN @schema@.current_score.previous_index_se IS
	'Standard error of the previous index. / Sai số chuẩn của chỉ số kỳ trước.';
