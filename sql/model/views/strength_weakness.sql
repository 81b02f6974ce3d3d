-- The five criteria in which an agency stands out most and the five in which it
-- lags most, leaves against the mean of the reference set: best first, worst
-- first. Grain: round x agency x kind x position.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.strength_weakness WITH (security_invoker) AS
SELECT
	t.round_id,
	t.year,
	t.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	p.agency_id,
	p.agency_code,
	p.agency_name_vi,
	p.agency_name_en,
	p.agency_sort_order,
	t.revision,
	t.is_provisional,
	side.kind::varchar(20) AS kind,
	(CASE side.kind WHEN 'strength' THEN p.from_top ELSE p.from_bottom END)::int AS position,
	p.criterion_id,
	p.domain_id,
	p.code,
	p.name_vi,
	p.name_en,
	p.points,
	p.max_points,
	p.percent,
	p.group_mean,
	p.gap::numeric(20,10) AS gap,
	(p.points - p.group_mean_points)::numeric(20,10) AS gap_points,
	p.gap_sd::numeric(12,6) AS gap_sd,
	p.rank
FROM @schema@.current_track AS t
-- within a track, so that filters on the track and its round need not pass the windows
CROSS JOIN LATERAL (
	SELECT
		leaf.*,
		row_number() OVER strongest AS from_top,
		count(*) OVER sheet + 1 - row_number() OVER strongest AS from_bottom
	FROM (
		SELECT
			c.*,
			c.percent - c.group_mean AS gap,
			(c.percent - c.group_mean) / nullif(
				stddev_samp(c.percent) FILTER (WHERE c.in_reference) OVER (PARTITION BY c.criterion_id),
				0) AS gap_sd
		FROM @schema@.current_criterion AS c
		WHERE c.round_id = t.round_id
			AND c.track_id = t.track_id
			AND c.is_leaf
	) AS leaf
	WHERE leaf.gap IS NOT NULL
	WINDOW
		sheet AS (PARTITION BY leaf.agency_id),
		strongest AS (sheet ORDER BY leaf.gap DESC, leaf.sort_order, leaf.criterion_id)
) AS p
JOIN (VALUES ('strength'), ('weakness')) AS side (kind)
	ON CASE side.kind WHEN 'strength' THEN p.from_top ELSE p.from_bottom END <= 5;

COMMENT ON VIEW @schema@.strength_weakness IS
	'The five strongest and five weakest leaves of every agency against its peers: one row a round, agency, kind and position. / Năm tiêu chí mạnh nhất và năm tiêu chí yếu nhất của từng cơ quan so với khối: mỗi dòng là một kỳ đánh giá, một cơ quan, một loại và một vị trí.';
COMMENT ON COLUMN @schema@.strength_weakness.kind IS
	'strength or weakness. / Điểm mạnh (strength) hoặc điểm yếu (weakness).';
COMMENT ON COLUMN @schema@.strength_weakness.position IS
	'Place among the agency''s strengths or weaknesses, from 1 to 5. / Vị trí trong các điểm mạnh hoặc điểm yếu của cơ quan, từ 1 đến 5.';
COMMENT ON COLUMN @schema@.strength_weakness.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.strength_weakness.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.strength_weakness.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.strength_weakness.gap IS
	'Per cent minus the mean of the reference set. / Chênh lệch tỷ lệ phần trăm so với trung bình của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.strength_weakness.gap_points IS
	'Points minus the mean points of the reference set. / Chênh lệch điểm so với điểm trung bình của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.strength_weakness.gap_sd IS
	'Gap in standard deviations of the reference set. / Chênh lệch tính theo độ lệch chuẩn của nhóm tham chiếu.';
