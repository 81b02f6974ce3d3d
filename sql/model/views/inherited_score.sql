-- What an agency is compared with in an earlier publication: its own score
-- there, else that of the one agency that it took over as a whole. Two agencies
-- merged into one have no single predecessor. Grain: publication x agency.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.inherited_score WITH (security_invoker) AS
WITH sole_predecessor AS (
	SELECT
		a.successor_id AS agency_id,
		min(a.predecessor_id) AS predecessor_id
	FROM @schema@.agency_succession AS a
	GROUP BY a.successor_id
	HAVING count(*) = 1
		AND min(a.share) = 1
)
SELECT
	s.publication_id,
	s.agency_id,
	s.track_id AS scored_track_id,
	s.agency_id AS scored_agency_id,
	s.points,
	s.max_points,
	s.index_percent,
	s.index_published,
	s.index_se,
	s.rank
FROM @schema@.published_score AS s
UNION ALL
SELECT
	s.publication_id,
	p.agency_id,
	s.track_id,
	s.agency_id,
	s.points,
	s.max_points,
	s.index_percent,
	s.index_published,
	s.index_se,
	s.rank
FROM sole_predecessor AS p
JOIN @schema@.published_score AS s ON s.agency_id = p.predecessor_id
WHERE NOT EXISTS (
	SELECT
	FROM @schema@.published_score AS own
	WHERE own.publication_id = s.publication_id
		AND own.agency_id = p.agency_id
);

COMMENT ON VIEW @schema@.inherited_score IS
	'What an agency is compared with in an earlier publication: its own score or its sole predecessor''s. / Kết quả dùng để so sánh của cơ quan trong một lần công bố trước: của chính cơ quan hoặc của cơ quan tiền thân duy nhất.';
COMMENT ON COLUMN @schema@.inherited_score.scored_track_id IS
	'Track of the score. / Khối đánh giá của kết quả.';
COMMENT ON COLUMN @schema@.inherited_score.scored_agency_id IS
	'Agency that the score was given to. / Cơ quan được chấm kết quả này.';
