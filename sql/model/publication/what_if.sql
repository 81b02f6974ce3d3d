-- What changes would do to index and rank. Nothing is changed by asking.

-- One change: points, or what was measured, of a leaf; or that it does not apply.
CREATE TYPE @schema@.supposed_change AS (
	agency_id      int,
	criterion_id   int,
	points         numeric,
	measured       numeric,
	numerator      numeric,
	denominator    numeric,
	not_applicable boolean
);

-- Replaced by upgrades:

CREATE OR REPLACE FUNCTION @schema@.change_leaves(leaves @schema@.node_score[], changes @schema@.supposed_change[])
	RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	SELECT
		l.track_id, l.agency_id, l.criterion_id, l.domain_id, l.depth, l.is_leaf,
		CASE WHEN c.agency_id IS NULL THEN l.by_rule ELSE coalesce(c.measured, c.numerator) IS NOT NULL END,
		CASE WHEN coalesce(c.measured, c.numerator) IS NULL THEN l.measured ELSE c.measured END::numeric(24,8),
		CASE WHEN coalesce(c.measured, c.numerator) IS NULL THEN l.numerator ELSE c.numerator END::numeric(24,8),
		CASE WHEN coalesce(c.measured, c.numerator) IS NULL THEN l.denominator ELSE c.denominator END::numeric(24,8),
		l.self_points, l.verified_points, l.appeal_points,
		CASE WHEN c.agency_id IS NULL THEN l.points ELSE c.points END,
		l.max_points, l.percent, l.rank,
		CASE
			WHEN c.agency_id IS NULL THEN l.status
			WHEN c.not_applicable THEN 'not_applicable'
			WHEN c.points IS NULL THEN 'missing'
			ELSE 'observed'
		END::varchar(20),
		l.coverage, l.standard_error, l.evidence_count, l.evidence_digest, l.appeal_outcome, l.obs_status, l.conf_status
	FROM unnest(leaves) AS l
	LEFT JOIN unnest(changes) AS c ON c.agency_id = l.agency_id AND c.criterion_id = l.criterion_id;
END;

-- With the inputs of the others held: everything is computed again.
CREATE OR REPLACE FUNCTION @schema@.suppose_inputs(round_id int, changes @schema@.supposed_change[])
	RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	WITH input AS MATERIALIZED (
		SELECT
			ARRAY(SELECT t FROM @schema@.live_tracks(suppose_inputs.round_id) AS t) AS tracks,
			ARRAY(SELECT s FROM @schema@.live_sheets(suppose_inputs.round_id) AS s) AS sheets,
			ARRAY(
				SELECT c
				FROM @schema@.change_leaves(
					ARRAY(SELECT l FROM @schema@.live_leaves(suppose_inputs.round_id) AS l), changes) AS c
			) AS leaves
	)
	SELECT s.*
	FROM input AS i
	CROSS JOIN LATERAL @schema@.score_sheets(i.tracks, i.sheets, ARRAY(
		SELECT n
		FROM @schema@.score_nodes(i.tracks, i.sheets, ARRAY(
			SELECT l FROM @schema@.apply_rules(i.sheets, i.leaves) AS l)) AS n)) AS s;
END;

-- With the published scores of the others held: they keep their index as a
-- forced score, and only the agencies that change are computed again.
CREATE OR REPLACE FUNCTION @schema@.suppose_published(publication_id int, changes @schema@.supposed_change[])
	RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH input AS MATERIALIZED (
		SELECT
			ARRAY(SELECT t FROM @schema@.published_tracks(suppose_published.publication_id) AS t) AS tracks,
			ARRAY(
				SELECT h
				FROM @schema@.hold_index(
					ARRAY(SELECT s FROM @schema@.published_sheets(suppose_published.publication_id) AS s),
					ARRAY(SELECT u.agency_id FROM unnest(changes) AS u)) AS h
			) AS sheets,
			ARRAY(
				SELECT c
				FROM @schema@.change_leaves(
					ARRAY(SELECT l FROM @schema@.published_leaves(suppose_published.publication_id) AS l), changes) AS c
			) AS leaves
	)
	SELECT s.*
	FROM input AS i
	CROSS JOIN LATERAL @schema@.score_sheets(i.tracks, i.sheets, ARRAY(
		SELECT n
		FROM @schema@.score_nodes(i.tracks, i.sheets, ARRAY(
			SELECT l FROM @schema@.apply_rules(i.sheets, i.leaves) AS l)) AS n)) AS s;
END;

-- changes: array of objects with "agency" and "criterion", by code, and either
-- "points", or "measured", or "numerator" and "denominator", or
-- "not_applicable": true. mode: "inputs" or "published", what of the others is held.
CREATE OR REPLACE FUNCTION @schema@.what_if(
	round_id int, changes jsonb, mode text DEFAULT 'published', here @schema@.here DEFAULT NULL)
	RETURNS TABLE (
		group_code text, agency_code text, agency_name_vi text, agency_name_en text, is_changed boolean,
		index_before numeric(12,6), index_after numeric(12,6), index_change numeric(12,6),
		rank_before int, rank_after int, rank_change int)
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	faults record;
	published int;
	taking_part record;
BEGIN
	IF what_if.mode IS NULL OR what_if.mode NOT IN ('inputs', 'published') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('unknown mode "%s"', what_if.mode),
			HINT = 'Modes are "inputs" and "published": what of the other agencies is held fixed.';
	END IF;
	IF what_if.changes IS NULL OR jsonb_typeof(what_if.changes) <> 'array' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'changes must be a JSON array of objects',
			HINT = 'For example: [{"agency": "HQ", "criterion": "1.1", "points": 2}].';
	END IF;
	IF what_if.mode = 'inputs' THEN
		PERFORM require_whole_round();
	END IF;
	SELECT p.publication_id INTO published
	FROM publication AS p
	WHERE p.round_id = what_if.round_id
	ORDER BY p.revision DESC
	LIMIT 1;
	IF NOT FOUND AND what_if.mode = 'published' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('nothing of round %s is published', what_if.round_id),
			HINT = 'Before that there is mode "inputs", for those who see the whole round.';
	END IF;
	-- Who asks about what is published may see no row of participation.
	SELECT array_agg(p.agency_id) AS agencies, array_agg(p.track_id) AS tracks
	INTO taking_part
	FROM (
		SELECT p.agency_id, p.track_id
		FROM participation AS p
		WHERE what_if.mode = 'inputs' AND p.round_id = what_if.round_id
		UNION ALL
		SELECT s.agency_id, s.track_id
		FROM published_score AS s
		WHERE what_if.mode = 'published' AND s.publication_id = published
	) AS p;

	SELECT count(*) AS number, string_agg(format('change %s: %s', f.number, f.message), E'\n' ORDER BY f.number) AS list
	INTO faults
	FROM (
		SELECT g.number,
			CASE
				WHEN jsonb_typeof(g.change) <> 'object' THEN 'is no object'
				WHEN p.agency_id IS NULL
					THEN format('agency "%s" takes no part in the round', g.change ->> 'agency')
				WHEN c.criterion_id IS NULL
					THEN format('criterion "%s" is no leaf of the criteria set', g.change ->> 'criterion')
				WHEN (
					SELECT coalesce(string_agg(m.key, ',' ORDER BY m.key), '')
					FROM jsonb_each(g.change) AS m
					WHERE m.key NOT IN ('agency', 'criterion')
				) NOT IN ('points', 'measured', 'denominator,numerator', 'not_applicable')
					THEN 'has other keys than "points", "measured", "numerator" and "denominator", or "not_applicable"'
				WHEN EXISTS (
					SELECT FROM jsonb_each(g.change) AS m
					WHERE m.key NOT IN ('agency', 'criterion')
						AND CASE m.key
							WHEN 'not_applicable' THEN m.value <> 'true'
							ELSE jsonb_typeof(m.value) <> 'number'
						END
				)
					THEN 'has a value that is no number, or for "not_applicable" not true'
				WHEN jsonb_typeof(g.change -> 'points') = 'number'
					AND ((g.change ->> 'points')::numeric > c.max_points
						OR (g.change ->> 'points')::numeric < 0
							AND parindex.rule_kind(c.rule::parindex.scoring_rule) <> 'penalty')
					THEN format('gives %s points of at most %s', g.change ->> 'points', c.max_points)
				WHEN count(*) OVER (PARTITION BY p.agency_id, c.criterion_id) > 1
					THEN format('names criterion "%s" of agency "%s" again', c.code, g.change ->> 'agency')
			END AS message
		FROM jsonb_array_elements(what_if.changes) WITH ORDINALITY AS g (change, number)
		LEFT JOIN (
			unnest(taking_part.agencies, taking_part.tracks) AS p (agency_id, track_id)
			JOIN agency AS a ON a.agency_id = p.agency_id
		) ON a.code = g.change ->> 'agency'
		LEFT JOIN round_track AS t ON t.track_id = p.track_id
		LEFT JOIN criterion_tree AS c
			ON c.set_id = t.set_id AND c.code = g.change ->> 'criterion' AND c.is_leaf
	) AS f
	WHERE f.message IS NOT NULL;
	IF faults.number > 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s of the changes cannot be made', faults.number),
			DETAIL = faults.list;
	END IF;

	RETURN QUERY
	WITH given AS MATERIALIZED (
		SELECT array_agg((p.agency_id, c.criterion_id, (g.change ->> 'points')::numeric, (g.change ->> 'measured')::numeric,
			(g.change ->> 'numerator')::numeric, (g.change ->> 'denominator')::numeric,
			coalesce((g.change ->> 'not_applicable')::boolean, false))::supposed_change) AS changes
		FROM jsonb_array_elements(what_if.changes) AS g (change)
		JOIN agency AS a ON a.code = g.change ->> 'agency'
		JOIN unnest(taking_part.agencies, taking_part.tracks) AS p (agency_id, track_id) ON p.agency_id = a.agency_id
		JOIN round_track AS t ON t.track_id = p.track_id
		JOIN criterion AS c ON c.set_id = t.set_id AND c.code = g.change ->> 'criterion'
	),
	before AS (
		SELECT s.track_id, s.agency_id, s.index_published, s.rank
		FROM live_scores(CASE what_if.mode WHEN 'inputs' THEN what_if.round_id END) AS s
		WHERE what_if.mode = 'inputs'
		UNION ALL
		SELECT s.track_id, s.agency_id, s.index_published, s.rank
		FROM published_score AS s
		WHERE what_if.mode = 'published' AND s.publication_id = published
	),
	after AS (
		SELECT s.track_id, s.agency_id, s.index_published, s.rank
		FROM given AS g
		CROSS JOIN LATERAL suppose_inputs(what_if.round_id, coalesce(g.changes, '{}')) AS s
		WHERE what_if.mode = 'inputs'
		UNION ALL
		SELECT s.track_id, s.agency_id, s.index_published, s.rank
		FROM given AS g
		CROSS JOIN LATERAL suppose_published(published, coalesce(g.changes, '{}')) AS s
		WHERE what_if.mode = 'published'
	)
	SELECT
		g.code::text, a.code::text, a.name_vi::text, a.name_en::text,
		EXISTS (SELECT FROM given AS c CROSS JOIN LATERAL unnest(c.changes) AS u WHERE u.agency_id = a.agency_id),
		b.index_published::numeric(12,6), f.index_published::numeric(12,6),
		(f.index_published - b.index_published)::numeric(12,6),
		b.rank, f.rank, b.rank - f.rank
	FROM before AS b
	JOIN after AS f ON f.track_id = b.track_id AND f.agency_id = b.agency_id
	JOIN agency AS a ON a.agency_id = b.agency_id
	JOIN round_track AS t ON t.track_id = b.track_id
	JOIN agency_group AS g ON g.group_id = t.group_id
	ORDER BY g.sort_order, g.code, f.rank, a.sort_order, a.code;
END
$$;

COMMENT ON TYPE @schema@.supposed_change IS
'One change that is supposed: points, or what was measured, of a leaf; or that it does not apply. / Một thay đổi giả định: điểm hoặc giá trị đo của tiêu chí cấp cuối, hoặc tiêu chí không áp dụng.';

COMMENT ON FUNCTION @schema@.change_leaves(@schema@.node_score[], @schema@.supposed_change[]) IS
'Leaves with the changes made. / Các tiêu chí cấp cuối sau khi áp dụng thay đổi giả định.';

COMMENT ON FUNCTION @schema@.suppose_inputs(integer, @schema@.supposed_change[]) IS
'Sheets of a live round with changes, all computed again from the others'' inputs. Raises 42501 unless the caller sees the whole round. / Phiếu điểm của kỳ ở hiện trạng sau thay đổi giả định, tính lại tất cả từ dữ liệu đầu vào của các cơ quan khác. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.suppose_published(integer, @schema@.supposed_change[]) IS
'Sheets of a publication with changes, the others'' published index held. / Phiếu điểm của lần công bố sau thay đổi giả định, giữ nguyên chỉ số đã công bố của các cơ quan khác.';

COMMENT ON FUNCTION @schema@.what_if(integer, jsonb, text, @schema@.here) IS
'What changes would do to index and rank of every agency; nothing is changed. changes: array of objects with "agency", "criterion" and one of "points", "measured", "numerator" with "denominator", "not_applicable": true. mode: what of the others is held, "published" or "inputs". Raises 22023 with a list of changes that cannot be made, 55000 if nothing is published, 42501 in mode "inputs" unless the caller sees the whole round. / Tác động của thay đổi giả định đến chỉ số và thứ hạng của mọi cơ quan; dữ liệu không bị thay đổi. changes: mảng đối tượng gồm "agency", "criterion" và một trong các khóa "points", "measured", "numerator" cùng "denominator", "not_applicable": true. mode: phần giữ nguyên của cơ quan khác, "published" hoặc "inputs". Lỗi: 22023 kèm danh sách thay đổi không thực hiện được, 55000 nếu chưa công bố, 42501 ở chế độ "inputs" nếu người gọi không được xem toàn bộ kỳ.';
