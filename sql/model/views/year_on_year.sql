-- What changed since the previous round, on three bases. 'published': as
-- published in both. 'common_criteria': over the leaves that applied in both.
-- 'backcast': the same, the previous per cents weighted with the maximum points
-- of now. As published, what leaves contribute and the rows 'criteria_change'
-- (leaves new, dropped or altered), 'adjustment' (bonus, penalty, caps, forced
-- scores) and 'rounding' (the rest) sum exactly to the change of the index, whose
-- code is 'index'. Grain: round x agency x code x basis.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.year_on_year WITH (security_invoker) AS
-- criteria as published, and leaves on every basis
SELECT
	c.round_id,
	c.year,
	c.year_label,
	c.track_id,
	c.group_id,
	c.group_name_vi,
	c.group_name_en,
	c.agency_id,
	c.agency_code,
	c.agency_name_vi,
	c.agency_name_en,
	c.agency_sort_order,
	c.criterion_id,
	d.code,
	d.name_vi,
	d.name_en,
	d.depth,
	c.previous_round_id,
	b.basis,
	c.percent,
	c.previous_percent,
	(c.percent - c.previous_percent)::numeric(20,10) AS change,
	sqrt(c.percent_se ^ 2 + c.previous_percent_se ^ 2)::numeric(20,10) AS change_se,
	(CASE WHEN b.is_published AND c.is_comparable THEN
		c.contribution - c.previous_contribution
	END)::numeric(12,6) AS contribution_to_change,
	CASE WHEN b.is_published THEN c.rank END AS rank,
	CASE WHEN b.is_published THEN c.previous_rank END AS previous_rank,
	CASE WHEN c.previous_agency_id IS NOT NULL THEN coalesce(c.is_comparable, false) END AS is_comparable,
	(CASE
		WHEN c.previous_agency_id IS NULL THEN 'no_previous'
		WHEN c.previous_criterion_id IS NULL THEN 'new'
		WHEN NOT c.is_comparable THEN 'altered'
		WHEN c.previous_agency_id <> c.agency_id THEN 'predecessor'
	END)::varchar(20) AS note
FROM @schema@.criterion_change AS c
JOIN @schema@.criterion_tree AS d ON d.criterion_id = c.criterion_id
JOIN (
	VALUES
		('published'::varchar(20), true),
		('common_criteria'::varchar(20), false),
		('backcast'::varchar(20), false)
) AS b (basis, is_published)
	ON b.is_published
	OR c.is_common
UNION ALL
-- the index as published
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
	NULL,
	'index'::varchar(40),
	'Chỉ số'::varchar(1000),
	'Index'::varchar(1000),
	0,
	s.previous_round_id,
	'published'::varchar(20),
	s.index_published::numeric(20,10),
	s.previous_index::numeric(20,10),
	(s.index_published - s.previous_index)::numeric(20,10),
	sqrt(s.index_se ^ 2 + s.previous_index_se ^ 2)::numeric(20,10),
	NULL::numeric(12,6),
	s.rank,
	s.previous_rank,
	pair.is_comparable,
	(CASE
		WHEN s.previous_agency_id IS NULL THEN 'no_previous'
		WHEN NOT pair.is_comparable THEN 'altered'
		WHEN s.previous_agency_id <> s.agency_id THEN 'predecessor'
	END)::varchar(20)
FROM @schema@.current_score AS s
LEFT JOIN @schema@.criterion_pair AS pair
	ON pair.set_id = s.set_id
	AND pair.previous_set_id = s.previous_set_id
	AND pair.criterion_id IS NULL
UNION ALL
-- inner criteria and the index on the other bases, and what else changed the index
SELECT
	t.round_id,
	t.year,
	t.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	c.agency_id,
	s.agency_code,
	s.agency_name_vi,
	s.agency_name_en,
	s.agency_sort_order,
	c.criterion_id,
	coalesce(d.code, item.code)::varchar(40),
	coalesce(d.name_vi, item.name_vi)::varchar(1000),
	coalesce(d.name_en, item.name_en)::varchar(1000),
	coalesce(d.depth, 0),
	t.previous_round_id,
	item.basis::varchar(20),
	(CASE WHEN item.code = 'index' THEN c.percent END)::numeric(20,10),
	(CASE WHEN item.code = 'index' THEN
		CASE item.basis WHEN 'backcast' THEN c.backcast_percent ELSE c.previous_percent END
	END)::numeric(20,10),
	(CASE WHEN item.code = 'index' THEN
		c.percent - CASE item.basis WHEN 'backcast' THEN c.backcast_percent ELSE c.previous_percent END
	END)::numeric(20,10),
	NULL::numeric(20,10),
	(CASE item.code
		WHEN 'criteria_change' THEN c.contribution - c.comparable_change - earlier.contribution
		WHEN 'adjustment' THEN sheet.adjustment
		WHEN 'rounding' THEN sheet.index_change - c.contribution + earlier.contribution - sheet.adjustment
	END)::numeric(12,6),
	NULL,
	NULL,
	CASE WHEN item.code = 'index' THEN c.is_comparable END,
	(CASE
		WHEN item.code <> 'index' THEN NULL
		WHEN NOT c.is_comparable THEN 'altered'
		WHEN s.previous_agency_id <> c.agency_id THEN 'predecessor'
	END)::varchar(20)
FROM @schema@.current_track AS t
CROSS JOIN LATERAL (
	SELECT
		part.agency_id,
		above.criterion_id,
		sum(part.max_points) AS max_points,
		(100 * sum(part.points) / sum(part.max_points))::numeric(20,10) AS percent,
		(100 * sum(part.previous_points) / sum(part.previous_max_points))::numeric(20,10) AS previous_percent,
		(sum(part.backcast_points) / sum(part.max_points))::numeric(20,10) AS backcast_percent,
		bool_and(part.is_comparable) AS is_comparable,
		sum(part.contribution) FILTER (WHERE above.criterion_id IS NULL) AS contribution,
		coalesce(sum(part.comparable_change) FILTER (WHERE above.criterion_id IS NULL), 0) AS comparable_change
	FROM (
		-- the leaves of every parent first, which all levels above add up
		SELECT
			leaf.agency_id,
			d.parent_id,
			sum(leaf.points) FILTER (WHERE leaf.is_common) AS points,
			sum(leaf.max_points) FILTER (WHERE leaf.is_common) AS max_points,
			sum(leaf.previous_points) FILTER (WHERE leaf.is_common) AS previous_points,
			sum(leaf.previous_max_points) FILTER (WHERE leaf.is_common) AS previous_max_points,
			sum(leaf.previous_percent * leaf.max_points) FILTER (WHERE leaf.is_common) AS backcast_points,
			bool_and(leaf.is_comparable) FILTER (WHERE leaf.is_common) AS is_comparable,
			sum(leaf.contribution) AS contribution,
			sum(leaf.contribution - leaf.previous_contribution) FILTER (WHERE leaf.is_comparable) AS comparable_change
		FROM @schema@.criterion_change AS leaf
		JOIN @schema@.criterion AS d ON d.criterion_id = leaf.criterion_id
		WHERE leaf.round_id = t.round_id
			AND leaf.track_id = t.track_id
			AND leaf.is_leaf
		GROUP BY leaf.agency_id, d.parent_id
	) AS part
	LEFT JOIN @schema@.criterion_below AS above ON above.below_id = part.parent_id
	GROUP BY part.agency_id, above.criterion_id
) AS c
-- OFFSET 0: the sheets of a track are read once, however few rows are asked for
JOIN LATERAL (
	SELECT
		score.agency_id,
		score.agency_code,
		score.agency_name_vi,
		score.agency_name_en,
		score.agency_sort_order,
		score.points,
		score.max_points,
		score.index_percent,
		score.index_published,
		score.previous_track_id,
		score.previous_agency_id,
		score.previous_points,
		score.previous_max_points,
		score.previous_index_percent,
		score.previous_index
	FROM @schema@.current_score AS score
	WHERE score.round_id = t.round_id
		AND score.track_id = t.track_id
	OFFSET 0
) AS s ON s.agency_id = c.agency_id
CROSS JOIN LATERAL (
	SELECT sum(round(coalesce(100 * earlier.points / nullif(s.previous_max_points, 0), 0), 6)) AS contribution
	FROM @schema@.published_criterion AS earlier
	WHERE c.criterion_id IS NULL
		AND earlier.publication_id = t.previous_publication_id
		AND earlier.track_id = s.previous_track_id
		AND earlier.agency_id = s.previous_agency_id
		AND earlier.is_leaf
) AS earlier
-- the change of the index, and what of it is bonus, penalty, caps and forced scores
CROSS JOIN LATERAL (
	SELECT
		s.index_published - s.previous_index AS index_change,
		coalesce(
			round(s.index_percent - coalesce(100 * s.points / nullif(s.max_points, 0), 0), 6)
			- round(s.previous_index_percent - coalesce(100 * s.previous_points / nullif(s.previous_max_points, 0), 0), 6),
			0) AS adjustment
) AS sheet
LEFT JOIN @schema@.criterion_tree AS d ON d.criterion_id = c.criterion_id
JOIN (
	VALUES
		('common_criteria', 'index', 'Chỉ số', 'Index'),
		('backcast', 'index', 'Chỉ số', 'Index'),
		('published', 'criteria_change', 'Thay đổi bộ tiêu chí', 'Change of criteria'),
		('published', 'adjustment', 'Điều chỉnh', 'Adjustments'),
		('published', 'rounding', 'Làm tròn', 'Rounding')
) AS item (basis, code, name_vi, name_en)
	ON CASE item.code
		WHEN 'index' THEN c.max_points > 0
		WHEN 'adjustment' THEN c.criterion_id IS NULL AND sheet.index_change IS NOT NULL AND sheet.adjustment <> 0
		ELSE c.criterion_id IS NULL AND sheet.index_change IS NOT NULL
	END;

COMMENT ON VIEW @schema@.year_on_year IS
	'Change since the previous round: one row a round, agency, code and basis. / Biến động so với kỳ trước: mỗi dòng là một kỳ đánh giá, một cơ quan, một mã và một cơ sở so sánh.';
COMMENT ON COLUMN @schema@.year_on_year.criterion_id IS
	'Criterion; NULL for the index and for causes that are no criterion. / Tiêu chí; NULL đối với chỉ số và các nguyên nhân không phải tiêu chí.';
COMMENT ON COLUMN @schema@.year_on_year.code IS
	'Code of the criterion; index, criteria_change, adjustment or rounding else. / Mã tiêu chí; nếu không: chỉ số (index), thay đổi bộ tiêu chí (criteria_change), điều chỉnh (adjustment) hoặc làm tròn (rounding).';
COMMENT ON COLUMN @schema@.year_on_year.depth IS
	'Depth in the tree; 0 for the index. / Cấp trong cây tiêu chí; 0 đối với chỉ số.';
COMMENT ON COLUMN @schema@.year_on_year.basis IS
	'Basis of the comparison: published, common_criteria or backcast. / Cơ sở so sánh: theo công bố (published), theo tiêu chí chung (common_criteria) hoặc tính lại theo bộ tiêu chí mới (backcast).';
COMMENT ON COLUMN @schema@.year_on_year.change_se IS
	'Standard error of the change, the rounds being independent. / Sai số chuẩn của mức thay đổi, coi hai kỳ độc lập.';
COMMENT ON COLUMN @schema@.year_on_year.contribution_to_change IS
	'What a comparable leaf or another cause contributes to the change of the published index; all sum exactly to it. / Phần đóng góp của tiêu chí so sánh được hoặc nguyên nhân khác vào mức thay đổi của chỉ số công bố; tổng các phần đúng bằng mức thay đổi.';
COMMENT ON COLUMN @schema@.year_on_year.note IS
	'Why the comparison is limited: no_previous, new, altered or predecessor. / Lý do hạn chế so sánh: không có kỳ trước (no_previous), mới (new), đã sửa đổi (altered) hoặc so với cơ quan tiền thân (predecessor).';
