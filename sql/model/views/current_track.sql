-- The tracks of every round as last published and, for who may see whole
-- rounds, of the rounds that were never published, as they stand. Every view
-- of results starts here, once, and finds its rows by the publication and the
-- track found: so a filter on any column of this view reaches the indexes.
-- Grain: round x track.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.current_track WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	t.set_id,
	t.digits,
	t.publish_as,
	p.publication_id,
	p.revision,
	false AS is_provisional,
	previous.round_id AS previous_round_id,
	previous.publication_id AS previous_publication_id
FROM @schema@.assessment_round AS r
JOIN @schema@.current_publication AS p ON p.round_id = r.round_id
JOIN @schema@.published_track AS t ON t.publication_id = p.publication_id
LEFT JOIN @schema@.current_publication AS previous ON previous.round_id = r.previous_round_id
UNION ALL
SELECT
	r.round_id,
	r.year,
	r.year_label,
	t.track_id,
	t.group_id,
	g.name_vi,
	g.name_en,
	t.set_id,
	t.digits,
	t.publish_as,
	NULL,
	NULL,
	true,
	previous.round_id,
	previous.publication_id
FROM @schema@.assessment_round AS r
JOIN @schema@.round_track AS t ON t.round_id = r.round_id
JOIN @schema@.agency_group AS g ON g.group_id = t.group_id
LEFT JOIN @schema@.current_publication AS previous ON previous.round_id = r.previous_round_id
WHERE NOT EXISTS (SELECT FROM @schema@.publication AS p WHERE p.round_id = r.round_id)
	AND (SELECT @schema@.sees_whole_round());

COMMENT ON VIEW @schema@.current_track IS
	'The tracks of every round, as last published or as they stand. / Các khối đánh giá của từng kỳ, theo lần công bố có hiệu lực hoặc theo hiện trạng.';
COMMENT ON COLUMN @schema@.current_track.round_id IS
	'Round. / Kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_track.year IS
	'Year of the round. / Năm của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_track.year_label IS
	'Period of the round as it is written. / Tên gọi thời kỳ của kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_track.track_id IS
	'Track: the peer group in this round. / Khối đánh giá trong kỳ này.';
COMMENT ON COLUMN @schema@.current_track.group_id IS
	'Peer group. / Nhóm đơn vị.';
COMMENT ON COLUMN @schema@.current_track.group_name_vi IS
	'Vietnamese name of the peer group. / Tên nhóm đơn vị bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.current_track.group_name_en IS
	'English name of the peer group. / Tên nhóm đơn vị bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.current_track.set_id IS
	'Criteria set. / Bộ tiêu chí.';
COMMENT ON COLUMN @schema@.current_track.digits IS
	'Decimals of the published index. / Số chữ số thập phân của chỉ số công bố.';
COMMENT ON COLUMN @schema@.current_track.publish_as IS
	'How the track is published: ranks or groups. / Cách công bố: theo thứ hạng (ranks) hoặc theo nhóm (groups).';
COMMENT ON COLUMN @schema@.current_track.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_track.revision IS
	'Revision of the round''s publication; NULL while provisional. / Số thứ tự lần công bố của kỳ đánh giá; NULL khi số liệu còn tạm thời.';
COMMENT ON COLUMN @schema@.current_track.is_provisional IS
	'Whether the figures are live and not yet published. / Số liệu tạm thời, chưa công bố hay không.';
COMMENT ON COLUMN @schema@.current_track.previous_round_id IS
	'Round compared with; NULL if there is none. / Kỳ đánh giá dùng để so sánh; NULL nếu không có.';
COMMENT ON COLUMN @schema@.current_track.previous_publication_id IS
	'Publication compared with; NULL if there is none. / Lần công bố dùng để so sánh; NULL nếu không có.';
