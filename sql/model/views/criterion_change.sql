-- Every criterion of every sheet next to the same criterion of the sheet before.
-- A leaf is common where it applied in both. What it contributes to the index is
-- what it earned in 100 parts of the sheet's maximum, given where both sheets
-- have an index. Grain: round x agency x criterion.

-- Replaced by upgrades:

CREATE OR REPLACE VIEW @schema@.criterion_change WITH (security_invoker) AS
SELECT
	t.round_id,
	t.year,
	t.year_label,
	t.track_id,
	t.group_id,
	t.group_name_vi,
	t.group_name_en,
	c.agency_id,
	c.agency_code,
	c.agency_name_vi,
	c.agency_name_en,
	c.agency_sort_order,
	t.previous_round_id,
	t.previous_publication_id,
	c.previous_track_id,
	c.previous_agency_id,
	c.previous_sheet_max_points,
	c.index_change,
	c.adjustment,
	c.criterion_id,
	c.is_leaf,
	c.points,
	c.max_points,
	c.percent,
	CASE WHEN t.publish_as = 'ranks' THEN c.rank END AS rank,
	c.percent_se,
	c.contribution,
	c.previous_criterion_id,
	c.previous_points,
	c.previous_max_points,
	c.previous_percent,
	CASE WHEN c.previous_publish_as = 'ranks' THEN c.previous_rank END AS previous_rank,
	c.previous_percent_se,
	c.previous_contribution,
	coalesce(c.is_leaf AND c.previous_is_leaf AND c.max_points > 0 AND c.previous_max_points > 0, false) AS is_common,
	c.is_comparable,
	c.sheet_points,
	c.sheet_max_points,
	c.index_percent,
	c.index_published,
	c.previous_sheet_points,
	c.previous_index_percent,
	c.previous_index
FROM @schema@.current_track AS t
CROSS JOIN LATERAL (
	SELECT
		s.agency_id,
		s.agency_code,
		s.agency_name_vi,
		s.agency_name_en,
		s.agency_sort_order,
		previous.scored_track_id AS previous_track_id,
		previous.scored_agency_id AS previous_agency_id,
		previous.max_points AS previous_sheet_max_points,
		(s.index_published - previous.index_published)::numeric(12,6) AS index_change,
		(round(s.index_percent - coalesce(100 * s.points / nullif(s.max_points, 0), 0), 6)
			- round(previous.index_percent - coalesce(100 * previous.points / nullif(previous.max_points, 0), 0), 6))::numeric(12,6) AS adjustment,
		c.criterion_id,
		c.is_leaf,
		c.points,
		c.max_points,
		c.percent,
		c.rank,
		(100 * c.standard_error / nullif(c.max_points, 0))::numeric(20,10) AS percent_se,
		CASE WHEN c.is_leaf AND s.index_published IS NOT NULL AND previous.index_published IS NOT NULL THEN
			coalesce(100 * c.points / nullif(s.max_points, 0), 0)
		END::numeric(12,6) AS contribution,
		earlier.criterion_id AS previous_criterion_id,
		earlier.is_leaf AS previous_is_leaf,
		earlier.points AS previous_points,
		earlier.max_points AS previous_max_points,
		earlier.percent AS previous_percent,
		earlier.rank AS previous_rank,
		(100 * earlier.standard_error / nullif(earlier.max_points, 0))::numeric(20,10) AS previous_percent_se,
		CASE WHEN earlier.is_leaf AND s.index_published IS NOT NULL AND previous.index_published IS NOT NULL THEN
			coalesce(100 * earlier.points / nullif(previous.max_points, 0), 0)
		END::numeric(12,6) AS previous_contribution,
		previous_track.publish_as AS previous_publish_as,
		pair.is_comparable,
		s.points AS sheet_points,
		s.max_points AS sheet_max_points,
		s.index_percent,
		s.index_published,
		previous.points AS previous_sheet_points,
		previous.index_percent AS previous_index_percent,
		previous.index_published AS previous_index
	FROM @schema@.published_score AS s
	JOIN @schema@.published_criterion AS c
		ON c.publication_id = s.publication_id
		AND c.track_id = s.track_id
		AND c.agency_id = s.agency_id
	LEFT JOIN @schema@.inherited_score AS previous
		ON previous.publication_id = t.previous_publication_id
		AND previous.agency_id = s.agency_id
	LEFT JOIN @schema@.published_track AS previous_track
		ON previous_track.publication_id = t.previous_publication_id
		AND previous_track.track_id = previous.scored_track_id
	LEFT JOIN @schema@.criterion_pair AS pair
		ON pair.set_id = t.set_id
		AND pair.previous_set_id = previous_track.set_id
		AND pair.criterion_id = c.criterion_id
	LEFT JOIN @schema@.published_criterion AS earlier
		ON earlier.publication_id = t.previous_publication_id
		AND earlier.track_id = previous.scored_track_id
		AND earlier.agency_id = previous.scored_agency_id
		AND earlier.criterion_id = pair.previous_criterion_id
	WHERE s.publication_id = t.publication_id
		AND s.track_id = t.track_id
	UNION ALL
	SELECT
		(l.sheet).agency_id,
		a.code,
		a.name_vi,
		a.name_en,
		a.sort_order,
		previous.scored_track_id,
		previous.scored_agency_id,
		previous.max_points,
		((l.sheet).index_published - previous.index_published)::numeric(12,6),
		(round((l.sheet).index_percent - coalesce(100 * (l.sheet).points / nullif((l.sheet).max_points, 0), 0), 6)
			- round(previous.index_percent - coalesce(100 * previous.points / nullif(previous.max_points, 0), 0), 6))::numeric(12,6),
		(l.node).criterion_id,
		(l.node).is_leaf,
		(l.node).points::numeric(14,4),
		(l.node).max_points::numeric(14,4),
		(l.node).percent::numeric(20,10),
		(l.node).rank,
		(100 * (l.node).standard_error / nullif((l.node).max_points, 0))::numeric(20,10),
		CASE WHEN (l.node).is_leaf AND (l.sheet).index_published IS NOT NULL AND previous.index_published IS NOT NULL THEN
			coalesce(100 * (l.node).points / nullif((l.sheet).max_points, 0), 0)
		END::numeric(12,6),
		earlier.criterion_id,
		earlier.is_leaf,
		earlier.points,
		earlier.max_points,
		earlier.percent,
		earlier.rank,
		(100 * earlier.standard_error / nullif(earlier.max_points, 0))::numeric(20,10),
		CASE WHEN earlier.is_leaf AND (l.sheet).index_published IS NOT NULL AND previous.index_published IS NOT NULL THEN
			coalesce(100 * earlier.points / nullif(previous.max_points, 0), 0)
		END::numeric(12,6),
		previous_track.publish_as,
		pair.is_comparable,
		(l.sheet).points::numeric(14,4),
		(l.sheet).max_points::numeric(14,4),
		(l.sheet).index_percent::numeric(20,10),
		(l.sheet).index_published::numeric(12,6),
		previous.points,
		previous.index_percent,
		previous.index_published
	FROM @schema@.live_nodes(t.round_id) AS l
	JOIN @schema@.agency AS a ON a.agency_id = (l.sheet).agency_id
	LEFT JOIN @schema@.inherited_score AS previous
		ON previous.publication_id = t.previous_publication_id
		AND previous.agency_id = (l.sheet).agency_id
	LEFT JOIN @schema@.published_track AS previous_track
		ON previous_track.publication_id = t.previous_publication_id
		AND previous_track.track_id = previous.scored_track_id
	LEFT JOIN @schema@.criterion_pair AS pair
		ON pair.set_id = t.set_id
		AND pair.previous_set_id = previous_track.set_id
		AND pair.criterion_id = (l.node).criterion_id
	LEFT JOIN @schema@.published_criterion AS earlier
		ON earlier.publication_id = t.previous_publication_id
		AND earlier.track_id = previous.scored_track_id
		AND earlier.agency_id = previous.scored_agency_id
		AND earlier.criterion_id = pair.previous_criterion_id
	WHERE t.is_provisional
		AND (l.node).criterion_id IS NOT NULL
		AND (l.sheet).track_id = t.track_id
) AS c;

COMMENT ON VIEW @schema@.criterion_change IS
	'Every criterion of every sheet next to the same criterion of the previous round. / Từng tiêu chí của từng cơ quan bên cạnh chính tiêu chí đó ở kỳ trước.';
COMMENT ON COLUMN @schema@.criterion_change.previous_sheet_max_points IS
	'Applicable maximum points of the whole sheet in the previous round. / Tổng điểm tối đa áp dụng ở kỳ trước.';
COMMENT ON COLUMN @schema@.criterion_change.index_change IS
	'Change of the published index. / Mức thay đổi của chỉ số công bố.';
COMMENT ON COLUMN @schema@.criterion_change.adjustment IS
	'Change of the index by bonus, penalty, caps and forced scores. / Mức thay đổi của chỉ số do điểm thưởng, điểm trừ, mức trần và điểm ấn định.';
COMMENT ON COLUMN @schema@.criterion_change.percent_se IS
	'Standard error of the per cent. / Sai số chuẩn của tỷ lệ phần trăm.';
COMMENT ON COLUMN @schema@.criterion_change.previous_percent_se IS
	'Standard error of the previous per cent. / Sai số chuẩn của tỷ lệ phần trăm kỳ trước.';
COMMENT ON COLUMN @schema@.criterion_change.previous_contribution IS
	'What the leaf contributed to the previous index, in points of the index. / Phần đóng góp của tiêu chí vào chỉ số kỳ trước, tính bằng điểm chỉ số.';
COMMENT ON COLUMN @schema@.criterion_change.is_common IS
	'Whether it is a leaf that applied in both rounds. / Là tiêu chí thành phần áp dụng ở cả hai kỳ hay không.';
COMMENT ON COLUMN @schema@.criterion_change.sheet_points IS
	'Points of the whole sheet. / Tổng điểm của cơ quan.';
COMMENT ON COLUMN @schema@.criterion_change.sheet_max_points IS
	'Applicable maximum points of the whole sheet. / Tổng điểm tối đa áp dụng của cơ quan.';
COMMENT ON COLUMN @schema@.criterion_change.previous_sheet_points IS
	'Points of the whole sheet in the previous round. / Tổng điểm của cơ quan ở kỳ trước.';
