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
COMMENT ON COLUMN @schema@.current_track.publication_id IS
	'Publication; NULL while provisional. / Lần công bố; NULL khi số liệu còn tạm thời.';
