-- Every revision of every round, with what each was published on and why.
-- Grain: publication.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.publication_history WITH (security_invoker) AS
SELECT
	r.round_id,
	r.year,
	r.year_label,
	r.code AS round_code,
	r.name_vi AS round_name_vi,
	r.name_en AS round_name_en,
	p.publication_id,
	p.revision,
	later.publication_id IS NULL AS is_current,
	o.publication_id IS NOT NULL AND later.publication_id IS NULL AS is_under_correction,
	p.decision_no,
	p.decision_date,
	p.reason,
	p.published_by::varchar(63) AS published_by,
	p.published_at,
	p.engine_version,
	p.seal,
	scored.agencies,
	scored.ranked,
	o.reason AS reopening_reason,
	o.reopened_by::varchar(63) AS reopened_by,
	o.reopened_at
FROM @schema@.assessment_round AS r
JOIN @schema@.publication AS p ON p.round_id = r.round_id
LEFT JOIN @schema@.publication AS later
	ON later.round_id = p.round_id
	AND later.revision = p.revision + 1
LEFT JOIN @schema@.reopening AS o ON o.publication_id = p.publication_id
CROSS JOIN LATERAL (
	SELECT
		count(*)::int AS agencies,
		count(*) FILTER (WHERE s.outcome = 'ranked')::int AS ranked
	FROM @schema@.published_score AS s
	WHERE s.publication_id = p.publication_id
) AS scored;

COMMENT ON VIEW @schema@.publication_history IS
	'All publications: one row a revision of a round. / Lịch sử công bố: mỗi dòng là một lần công bố của một kỳ đánh giá.';
COMMENT ON COLUMN @schema@.publication_history.round_name_vi IS
	'Vietnamese name of the round. / Tên kỳ đánh giá bằng tiếng Việt.';
COMMENT ON COLUMN @schema@.publication_history.round_name_en IS
	'English name of the round. / Tên kỳ đánh giá bằng tiếng Anh.';
COMMENT ON COLUMN @schema@.publication_history.revision IS
	'Revision of the round''s publication, from 1. / Số thứ tự lần công bố của kỳ đánh giá, từ 1.';
COMMENT ON COLUMN @schema@.publication_history.is_current IS
	'Whether it is the last revision. / Là lần công bố có hiệu lực hay không.';
COMMENT ON COLUMN @schema@.publication_history.is_under_correction IS
	'Whether it was reopened and not yet replaced. / Đã mở lại để đính chính và chưa được thay thế hay không.';
COMMENT ON COLUMN @schema@.publication_history.reason IS
	'Why the revision was made; NULL for the first. / Lý do công bố lại; NULL đối với lần đầu.';
COMMENT ON COLUMN @schema@.publication_history.seal IS
	'SHA-256 seal over inputs, criteria set, scores and ranks. / Niêm phong SHA-256 của số liệu đầu vào, bộ tiêu chí, điểm và thứ hạng.';
COMMENT ON COLUMN @schema@.publication_history.agencies IS
	'Number of agencies published. / Số cơ quan được công bố.';
COMMENT ON COLUMN @schema@.publication_history.ranked IS
	'Number of agencies that take part in the ranking. / Số cơ quan tham gia xếp hạng.';
COMMENT ON COLUMN @schema@.publication_history.reopening_reason IS
	'Why the publication was reopened; NULL if it was not. / Lý do mở lại; NULL nếu không mở lại.';
