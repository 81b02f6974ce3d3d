-- The publication of a round that counts: its last revision. Grain: round.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.current_publication WITH (security_invoker) AS
SELECT DISTINCT ON (p.round_id)
	p.round_id,
	p.publication_id,
	p.revision,
	p.decision_no,
	p.decision_date,
	p.published_at
FROM @schema@.publication AS p
ORDER BY p.round_id, p.revision DESC;

COMMENT ON VIEW @schema@.current_publication IS
	'The last revision of every published round. / Lần công bố có hiệu lực của từng kỳ đánh giá.';
COMMENT ON COLUMN @schema@.current_publication.revision IS
	'Its revision, from 1. / Số thứ tự lần công bố, từ 1.';
