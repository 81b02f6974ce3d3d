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
	'The five strongest and five weakest leaves of every agency against its peers: one row a round, agency, kind and position. / Năm tiêu chí mạnh nhất và năm tiêu chí yếu nhất của từng đơn vị so với khối: mỗi dòng là một kỳ đánh giá, một đơn vị, một loại và một vị trí.';
COMMENT ON COLUMN @schema@.strength_weakness.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.strength_weakness.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.strength_weakness.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.strength_weakness.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.strength_weakness.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.strength_weakness.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.strength_weakness.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.strength_weakness.agency_id IS
	'Agency. / Đơn vị.';
COMMENT ON COLUMN @schema@.strength_weakness.agency_code IS
	'Code of the agency. / Mã đơn vị.';
COMMENT ON COLUMN @schema@.strength_weakness.agency_name_vi IS
	'Vietnamese name of the agency. / Tên đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.strength_weakness.agency_name_en IS
	'English name of the agency. / Tên đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.strength_weakness.agency_sort_order IS
	'Place of the agency in lists. / Thứ tự của đơn vị trong danh sách.';
COMMENT ON COLUMN @schema@.strength_weakness.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.strength_weakness.is_provisional IS
	'Whether the figures are live and not yet published. / Số liệu tạm thời, chưa công bố hay không.';
COMMENT ON COLUMN @schema@.strength_weakness.kind IS
	'strength or weakness. / Điểm mạnh (strength) hoặc điểm yếu (weakness).';
COMMENT ON COLUMN @schema@.strength_weakness.position IS
	'Place among the agency''s strengths or weaknesses, from 1 to 5. / Vị trí trong các điểm mạnh hoặc điểm yếu của đơn vị, từ 1 đến 5.';
COMMENT ON COLUMN @schema@.strength_weakness.criterion_id IS
	'Criterion. / Tiêu chí.';
COMMENT ON COLUMN @schema@.strength_weakness.domain_id IS
	'Domain: the criterion at depth 1. / Lĩnh vực: tiêu chí ở cấp 1.';
COMMENT ON COLUMN @schema@.strength_weakness.code IS
	'Code of the criterion. / Mã tiêu chí.';
COMMENT ON COLUMN @schema@.strength_weakness.name_vi IS
	'Vietnamese name of the criterion. / Tên tiêu chí bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.strength_weakness.name_en IS
	'English name of the criterion. / Tên tiêu chí bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.strength_weakness.points IS
	'Points earned. / Điểm đạt được.';
COMMENT ON COLUMN @schema@.strength_weakness.max_points IS
	'Applicable maximum points. / Điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.strength_weakness.percent IS
	'Points in per cent of the applicable maximum. / Điểm tính bằng phần trăm điểm tối đa áp dụng.';
COMMENT ON COLUMN @schema@.strength_weakness.group_mean IS
	'Mean of the reference set, in per cent. / Trung bình của nhóm tham chiếu, tính bằng phần trăm.';
COMMENT ON COLUMN @schema@.strength_weakness.gap IS
	'Per cent minus the mean of the reference set. / Chênh lệch tỷ lệ phần trăm so với trung bình của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.strength_weakness.gap_points IS
	'Points minus the mean points of the reference set. / Chênh lệch điểm so với điểm trung bình của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.strength_weakness.gap_sd IS
	'Gap in standard deviations of the reference set. / Chênh lệch tính theo độ lệch chuẩn của nhóm tham chiếu.';
COMMENT ON COLUMN @schema@.strength_weakness.rank IS
	'Rank, 1 is best; NULL if unranked or published as groups. / Thứ hạng, 1 là tốt nhất; NULL nếu không xếp hạng hoặc công bố theo nhóm.';
