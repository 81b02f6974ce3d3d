-- The life of a round: open, self-assessment, verification, appeal, closing,
-- published. Each step checks stage, deadline, right and completeness, and
-- names every violation, not only the first.

-- A criterion as far as it decides whether a set is whole; parent is a code.
CREATE TYPE @schema@.criterion_definition AS (
	code       text,
	parent     text,
	max_points numeric,
	rule       text,
	source     text
);

-- Replaced by upgrades:

-- What stands against publishing (error) or should be looked at (warning).
CREATE OR REPLACE FUNCTION @schema@.preview(
	round_id int, OUT severity text, OUT kind text, OUT agency_code text, OUT criterion_code text, OUT message text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	WITH leaf AS MATERIALIZED (
		SELECT l.track_id, a.code AS agency_code, c.code AS criterion_code, c.max_points, c.source, c.rule,
			coalesce(l.measured, l.numerator / nullif(l.denominator, 0)) AS value, p.in_reference,
			p.outcome, p.submitted_at, l.status, l.by_rule, l.points, l.self_points, l.evidence_count,
			s.explanation, f.appeal_id, f.outcome AS appeal_outcome, c.sort_order, a.sort_order AS agency_order
		FROM @schema@.live_leaves(preview.round_id) AS l
		JOIN @schema@.participation AS p ON p.track_id = l.track_id AND p.agency_id = l.agency_id
		JOIN @schema@.agency AS a ON a.agency_id = l.agency_id
		JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
		LEFT JOIN @schema@.assessment AS s
			ON s.track_id = l.track_id AND s.agency_id = l.agency_id AND s.criterion_id = l.criterion_id
		LEFT JOIN @schema@.appeal AS f ON f.assessment_id = s.assessment_id
	),
	violation (severity, kind, agency_order, agency_code, sort_order, criterion_code, message) AS (
		SELECT 'error', 'empty_round', NULL::int, NULL::varchar, NULL::int, NULL::varchar, 'the round has no track'
		WHERE NOT EXISTS (SELECT FROM @schema@.round_track AS t WHERE t.round_id = preview.round_id)
		UNION ALL
		SELECT 'error', 'empty_track', NULL, NULL, NULL, NULL, format('no agency takes part in the track of group "%s"', g.code)
		FROM @schema@.round_track AS t
		JOIN @schema@.agency_group AS g ON g.group_id = t.group_id
		WHERE t.round_id = preview.round_id
			AND NOT EXISTS (SELECT FROM @schema@.participation AS p WHERE p.track_id = t.track_id)
		UNION ALL
		SELECT 'warning', 'left_out', a.sort_order, a.code, NULL, NULL, 'is of a group in this round, but takes no part in it'
		FROM @schema@.assessment_round AS r
		JOIN @schema@.round_track AS t ON t.round_id = r.round_id
		JOIN @schema@.agency AS a ON a.group_id = t.group_id AND a.parent_id IS NULL
		WHERE r.round_id = preview.round_id
			AND a.valid_from <= make_date(r.year, 12, 31)
			AND a.valid_to > make_date(r.year, 12, 31)
			AND NOT EXISTS (
				SELECT FROM @schema@.participation AS p
				WHERE p.track_id = t.track_id AND p.agency_id = a.agency_id)
		UNION ALL
		SELECT 'warning', 'not_submitted', a.sort_order, a.code, NULL, NULL, 'never submitted its self-assessment'
		FROM @schema@.participation AS p
		JOIN @schema@.agency AS a ON a.agency_id = p.agency_id
		WHERE p.round_id = preview.round_id AND p.submitted_at IS NULL AND p.outcome IN ('ranked', 'unranked')
		UNION ALL
		SELECT 'error', 'months', a.sort_order, a.code, NULL, NULL,
			format('is to be ranked, but was covered for %s months of at least %s', p.months_covered, t.min_months)
		FROM @schema@.participation AS p
		JOIN @schema@.round_track AS t ON t.track_id = p.track_id
		JOIN @schema@.agency AS a ON a.agency_id = p.agency_id
		WHERE p.round_id = preview.round_id AND p.outcome = 'ranked' AND p.months_covered < t.min_months
		UNION ALL
		SELECT 'error', 'not_verified', l.agency_order, l.agency_code, l.sort_order, l.criterion_code,
			'was assessed by the agency itself, and is not verified'
		FROM leaf AS l
		WHERE l.source = 'self_assessed' AND l.status = 'missing' AND l.submitted_at IS NOT NULL
			AND l.outcome IN ('ranked', 'unranked')
		UNION ALL
		SELECT 'error', 'no_result', l.agency_order, l.agency_code, l.sort_order, l.criterion_code,
			format('has no result yet; its source is "%s"', l.source)
		FROM leaf AS l
		WHERE l.source <> 'self_assessed' AND l.status = 'missing' AND NOT l.by_rule AND l.outcome IN ('ranked', 'unranked')
		UNION ALL
		SELECT 'error', 'out_of_range', l.agency_order, l.agency_code, l.sort_order, l.criterion_code,
			format('has %s points of at most %s', l.points, l.max_points)
		FROM leaf AS l
		WHERE l.outcome <> 'disqualified'
			AND (l.points > l.max_points
				OR l.points < 0 AND parindex.rule_kind(l.rule::parindex.scoring_rule) <> 'penalty')
		UNION ALL
		SELECT 'error', 'open_appeal', l.agency_order, l.agency_code, l.sort_order, l.criterion_code, 'has an appeal that is not decided'
		FROM leaf AS l
		WHERE l.outcome <> 'disqualified' AND l.appeal_id IS NOT NULL AND l.appeal_outcome IS NULL
		UNION ALL
		SELECT 'warning', 'no_evidence', l.agency_order, l.agency_code, l.sort_order, l.criterion_code,
			'claims points with neither evidence nor an explanation for its lack'
		FROM leaf AS l
		WHERE l.outcome <> 'disqualified' AND l.source = 'self_assessed' AND l.self_points > 0
			AND l.evidence_count = 0 AND l.explanation IS NULL
		UNION ALL
		SELECT 'warning', 'no_scale', NULL, NULL, l.sort_order, l.criterion_code,
			'compares peers that do not differ, so that its rule gives nobody points'
		FROM leaf AS l
		WHERE parindex.rule_is_relative(l.rule::parindex.scoring_rule)
			AND parindex.rule_kind(l.rule::parindex.scoring_rule) <> 'rank'
		GROUP BY l.track_id, l.sort_order, l.criterion_code
		HAVING bool_or(l.by_rule)
			AND count(DISTINCT l.value) FILTER (WHERE l.in_reference AND l.status <> 'not_applicable') < 2
	)
	SELECT v.severity, v.kind, v.agency_code, v.criterion_code, v.message
	FROM violation AS v
	ORDER BY v.severity, v.agency_order, v.agency_code, v.sort_order, v.criterion_code, v.kind;
END;

-- What criteria lack to be a set that a round can use. max_points NULL: not known.
CREATE OR REPLACE FUNCTION @schema@.criteria_faults(
	criteria @schema@.criterion_definition[], OUT criterion_code text, OUT message text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH RECURSIVE tree AS (
		SELECT c.code
		FROM unnest(criteria) AS c
		WHERE c.parent IS NULL
		UNION ALL
		SELECT c.code
		FROM tree AS t
		JOIN unnest(criteria) AS c ON c.parent = t.code
	),
	node AS MATERIALIZED (
		SELECT c.*, c.rule::parindex.scoring_rule AS scoring_rule,
			NOT EXISTS (SELECT FROM unnest(criteria) AS child WHERE child.parent = c.code) AS is_leaf
		FROM unnest(criteria) AS c
	)
	SELECT f.code, f.message
	FROM (
		SELECT NULL::varchar AS code, 'the set has no criteria' AS message
		WHERE cardinality(criteria) = 0
		UNION ALL
		SELECT n.code, f.message
		FROM node AS n
		CROSS JOIN LATERAL (VALUES
			(n.is_leaf AND n.rule IS NULL, 'is a leaf without a rule'),
			(n.is_leaf AND n.source IS NULL, 'is a leaf without a source'),
			(NOT n.is_leaf AND (n.rule IS NOT NULL OR n.source IS NOT NULL), 'has a rule or a source, but is no leaf'),
			(n.is_leaf
				AND parindex.rule_kind(n.scoring_rule) NOT IN ('bonus', 'penalty')
				AND parindex.rule_max_points(n.scoring_rule) <> n.max_points,
				format('has at most %s points, its rule gives up to %s', n.max_points, parindex.rule_max_points(n.scoring_rule))),
			(n.is_leaf AND parindex.rule_kind(n.scoring_rule) = 'distance_to_unit',
				'has a rule that compares with a named unit, which a round cannot apply'),
			(n.code NOT IN (SELECT t.code FROM tree AS t), 'stands in a cycle of parents')
		) AS f (is_so, message)
		WHERE f.is_so
		UNION ALL
		SELECT n.code, format('has at most %s points, those below it add up to %s', n.max_points, sum(c.max_points))
		FROM node AS n
		JOIN node AS c ON c.parent = n.code
		GROUP BY n.code, n.max_points
		HAVING sum(c.max_points) <> n.max_points AND count(*) = count(c.max_points)
	) AS f
	ORDER BY f.code COLLATE "C" NULLS FIRST, f.message;
END;

-- What a criteria set lacks before a round can use it.
CREATE OR REPLACE FUNCTION @schema@.check_criteria_set(set_id int, OUT criterion_code text, OUT message text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT f.criterion_code, f.message
	FROM @schema@.criteria_faults(ARRAY(
		SELECT (c.code, p.code, c.max_points, c.rule, c.source)::@schema@.criterion_definition
		FROM @schema@.criterion AS c
		LEFT JOIN @schema@.criterion AS p ON p.criterion_id = c.parent_id
		WHERE c.set_id = check_criteria_set.set_id)) AS f;
END;

-- Goes on to the next stage and gives its name. Publishing is publish().
CREATE OR REPLACE FUNCTION @schema@.advance_round(round_id int, here @schema@.here DEFAULT NULL)
	RETURNS text
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen record;
	faults record;
	next_stage text;
BEGIN
	PERFORM require_capability('publisher');
	SELECT r.code, r.stage INTO chosen FROM assessment_round AS r WHERE r.round_id = advance_round.round_id FOR UPDATE;
	IF NOT FOUND THEN
		RAISE no_data_found USING MESSAGE = format('there is no round %s', advance_round.round_id);
	END IF;
	next_stage := CASE chosen.stage
		WHEN 'open' THEN 'self_assessment'
		WHEN 'self_assessment' THEN 'verification'
		WHEN 'verification' THEN 'appeal'
		WHEN 'appeal' THEN 'closing'
	END;
	IF next_stage IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" is in stage "%s", which has no next one', chosen.code, chosen.stage),
			HINT = CASE chosen.stage
				WHEN 'closing' THEN format('Publish it: SELECT %I.publish(%s, decision_no, decision_date).', own_schema, advance_round.round_id)
				ELSE format('To correct it, reopen it: SELECT %I.reopen(publication_id, reason).', own_schema)
			END;
	END IF;

	SELECT count(*) AS number, string_agg(f.fault, E'\n') FILTER (WHERE f.place <= 50) AS list
	INTO faults
	FROM (
		SELECT v.fault, row_number() OVER () AS place
		FROM (
			SELECT concat_ws(' ', s.code, f.criterion_code || ':', f.message) AS fault
			FROM round_track AS t
			JOIN criteria_set AS s ON s.set_id = t.set_id
			CROSS JOIN LATERAL check_criteria_set(t.set_id) AS f
			WHERE t.round_id = advance_round.round_id AND chosen.stage = 'open'
			UNION ALL
			SELECT concat_ws(' ', p.agency_code, p.criterion_code || ':', p.message)
			FROM preview(advance_round.round_id) AS p
			WHERE p.severity = 'error'
				AND p.kind = ANY (CASE chosen.stage
					WHEN 'open' THEN '{empty_round,empty_track}'::text[]
					WHEN 'verification' THEN '{not_verified,out_of_range}'::text[]
					WHEN 'appeal' THEN '{open_appeal}'::text[]
				END)
		) AS v
	) AS f;
	IF faults.number > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('round "%s" cannot go from stage "%s" to "%s": %s violations', chosen.code, chosen.stage,
				next_stage, faults.number),
			DETAIL = faults.list,
			HINT = format('At most 50 are shown. What stands against a round: SELECT * FROM %I.preview(%s).', own_schema,
				advance_round.round_id);
	END IF;
	UPDATE assessment_round AS r SET stage = next_stage WHERE r.round_id = advance_round.round_id;
	RETURN next_stage;
END
$$;

-- Goes back to an earlier stage, for a reason that history keeps.
CREATE OR REPLACE FUNCTION @schema@.return_round(
	round_id int, stage text, reason text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	stages CONSTANT text[] := '{open,self_assessment,verification,appeal,closing}';
	chosen record;
BEGIN
	PERFORM require_capability('publisher');
	IF coalesce(btrim(return_round.reason), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'a round goes back for a reason, which must not be NULL or empty';
	END IF;
	SELECT r.code, r.stage INTO chosen FROM assessment_round AS r WHERE r.round_id = return_round.round_id FOR UPDATE;
	IF NOT FOUND THEN
		RAISE no_data_found USING MESSAGE = format('there is no round %s', return_round.round_id);
	END IF;
	IF chosen.stage = 'published'
		OR coalesce(array_position(stages, return_round.stage) >= array_position(stages, chosen.stage::text), true)
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" cannot go back from stage "%s" to "%s"', chosen.code, chosen.stage, return_round.stage),
			HINT = CASE chosen.stage
				WHEN 'published' THEN format('To correct what is published, reopen it: SELECT %I.reopen(publication_id, reason).', own_schema)
				ELSE 'Stages are open, self_assessment, verification, appeal and closing, in this order.'
			END;
	END IF;
	UPDATE assessment_round AS r SET stage = return_round.stage WHERE r.round_id = return_round.round_id;
	INSERT INTO history (changed_by, table_name, action, round_id, row_key, old_values, new_values)
	VALUES (caller(), 'assessment_round', 'update', return_round.round_id, return_round.round_id::text,
		jsonb_build_object('stage', chosen.stage),
		jsonb_build_object('stage', return_round.stage, 'reason', normalize(return_round.reason)));
END
$$;

COMMENT ON FUNCTION @schema@.preview(integer) IS
'What stands against publishing a round (severity error) or should be looked at (warning): one row a violation, with agency and criterion, NULL where it is of none. No rows: nothing does. Raises 42501 unless the caller sees the whole round. / Những gì cản trở việc công bố kỳ đánh giá (severity là error) hoặc cần xem lại (warning): mỗi dòng một vi phạm kèm cơ quan và tiêu chí, NULL nếu không gắn với đối tượng nào. Không có dòng nào là không có vướng mắc. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.check_criteria_set(integer) IS
'What a criteria set lacks before a round can use it: one row a fault; criterion_code is NULL for the set itself. / Những thiếu sót của bộ tiêu chí trước khi đưa vào kỳ đánh giá: mỗi dòng một lỗi; criterion_code là NULL nếu lỗi của cả bộ.';

COMMENT ON FUNCTION @schema@.advance_round(integer, @schema@.here) IS
'Takes a round to its next stage, up to closing, and gives the name of that. Raises 42501 for others than publishers, P0002 without the round, 55000 if there is no next stage, 23514 with a list of violations. / Chuyển kỳ đánh giá sang giai đoạn kế tiếp, đến closing, và trả về tên giai đoạn. Lỗi: 42501 nếu không phải người công bố, P0002 nếu không có kỳ, 55000 nếu không còn giai đoạn kế tiếp, 23514 kèm danh sách vi phạm.';

COMMENT ON FUNCTION @schema@.return_round(integer, text, text, @schema@.here) IS
'Takes a round that is not published back to an earlier stage, for a reason that history keeps. Raises 42501 for others than publishers, P0002 without the round, 22004 without a reason, 55000 if the stage is not an earlier one. / Đưa kỳ chưa công bố về giai đoạn trước, kèm lý do được lưu trong nhật ký. Lỗi: 42501 nếu không phải người công bố, P0002 nếu không có kỳ, 22004 nếu thiếu lý do, 55000 nếu không phải giai đoạn trước.';

COMMENT ON TYPE @schema@.criterion_definition IS
'A criterion as far as it decides whether a set is whole; parent is a code, NULL for a domain. / Phần của tiêu chí quyết định bộ tiêu chí có hợp lệ hay không; parent là mã, NULL nếu là lĩnh vực.';

COMMENT ON FUNCTION @schema@.criteria_faults(@schema@.criterion_definition[]) IS
'What criteria lack to be a set that a round can use: one row a fault; criterion_code is NULL for the set itself. / Những thiếu sót khiến các tiêu chí chưa thành bộ dùng được: mỗi dòng một lỗi; criterion_code là NULL nếu lỗi của cả bộ.';
