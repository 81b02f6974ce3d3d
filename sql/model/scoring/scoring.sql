-- From what was assessed to points, index and rank, exactly, by the engine's
-- decimal path. The functions take rows as arrays and give rows, so that live
-- data, a publication that is verified and a what-if go the same way:
--
--   apply_rules    leaves, those without points scored by their rules
--   score_nodes    every node of every agency, from its leaves
--   score_sheets   index, rank, group and grade of every agency, from its root
--   describe_nodes statistics of the reference set by node
--
-- The planner takes an array for ten rows, and would join such arrays by nested
-- loops; functions that join them forbid it, and the compilation that the
-- penalty for what cannot be joined otherwise would set off.

-- How a track is scored and published.
CREATE TYPE @schema@.track_definition AS (
	track_id    int,
	set_id      int,
	framework   text,
	scale       jsonb,
	tie_break   int[],
	digits      smallint,
	publish_as  varchar(10),
	group_count smallint,
	bonus_cap   numeric(10,4),
	penalty_cap numeric(10,4),
	index_cap   numeric(10,4)
);

-- An agency at a node: leaves as they come in, all nodes as they go out.
-- criterion_id is NULL for the root. by_rule: points come from the rule.
CREATE TYPE @schema@.node_score AS (
	track_id        int,
	agency_id       int,
	criterion_id    int,
	domain_id       int,
	depth           smallint,
	is_leaf         boolean,
	by_rule         boolean,
	measured        numeric(24,8),
	numerator       numeric(24,8),
	denominator     numeric(24,8),
	self_points     numeric(10,4),
	verified_points numeric(10,4),
	appeal_points   numeric(10,4),
	points          numeric,
	max_points      numeric,
	percent         numeric,
	rank            int,
	status          varchar(20),
	coverage        numeric,
	standard_error  numeric(20,10),
	evidence_count  int,
	evidence_digest varchar(64),
	appeal_outcome  varchar(20),
	obs_status      varchar(1),
	conf_status     varchar(1)
);

-- An agency's sheet: what decides beside its nodes, and the result.
CREATE TYPE @schema@.sheet AS (
	track_id        int,
	agency_id       int,
	outcome         varchar(20),
	reason          varchar(1000),
	forced_score    numeric(10,4),
	months_covered  smallint,
	in_reference    boolean,
	submitted_at    timestamptz,
	points          numeric,
	max_points      numeric,
	bonus           numeric(10,4),
	penalty         numeric(10,4),
	cap             numeric(10,4),
	index_percent   numeric,
	index_published numeric,
	index_se        numeric,
	tie_key         numeric[],
	rank            int,
	rank_of         int,
	tied_count      int,
	tie_break_used  boolean,
	rank_low        int,
	rank_high       int,
	group_no        int,
	grade_code      varchar(40),
	coverage        numeric
);

-- A node over the reference set of its track.
CREATE TYPE @schema@.node_statistic AS (
	track_id     int,
	criterion_id int,
	scored       int,
	mean         numeric,
	q1           numeric,
	median       numeric,
	q3           numeric,
	best         numeric,
	worst        numeric,
	mean_points  numeric
);

-- Replaced by upgrades:

-- The tree of a set as a framework; its root, which no criterion is, is "index".
-- A maximum of 0 is extra credit, a weight of 0 would leave the criterion out.
CREATE OR REPLACE FUNCTION @schema@.set_framework(set_id int) RETURNS text
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH node (code, parent, max_points) AS (
		SELECT c.code, coalesce(p.code, 'index'), c.max_points
		FROM @schema@.criterion AS c
		LEFT JOIN @schema@.criterion AS p ON p.criterion_id = c.parent_id
		WHERE c.set_id = set_framework.set_id
		UNION ALL
		SELECT 'index', NULL, NULL
	)
	SELECT parindex.framework_agg(n.code, n.parent,
		CASE WHEN n.max_points = 0 THEN 1 ELSE n.max_points::float8 END, 1, n.max_points,
		'sum', s.missing, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::text
	FROM @schema@.criteria_set AS s
	CROSS JOIN node AS n
	WHERE s.set_id = set_framework.set_id;
END;

CREATE OR REPLACE FUNCTION @schema@.live_tracks(round_id int) RETURNS SETOF @schema@.track_definition
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT
		t.track_id,
		t.set_id,
		@schema@.set_framework(t.set_id),
		(
			SELECT jsonb_build_object(
				'bounds', jsonb_object_agg(b.code, b.lower_bound),
				'quotas', coalesce(jsonb_object_agg(b.code, b.quota) FILTER (WHERE b.quota IS NOT NULL), '{}'))
			FROM @schema@.grade_band AS b
			WHERE b.scale_id = t.scale_id
			HAVING count(*) > 0
		),
		ARRAY(SELECT b.criterion_id FROM @schema@.tie_break AS b WHERE b.set_id = t.set_id ORDER BY b.position),
		t.digits,
		t.publish_as,
		t.group_count,
		t.bonus_cap,
		t.penalty_cap,
		t.index_cap
	FROM @schema@.round_track AS t
	WHERE t.round_id = live_tracks.round_id;
END;

-- The sheets of a round before they are scored. With the leaves, they are what
-- live rankings and references are made of: for those who see the whole round.
CREATE OR REPLACE FUNCTION @schema@.live_sheets(round_id int) RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	SELECT
		p.track_id, p.agency_id, p.outcome, p.reason, p.forced_score, p.months_covered, p.in_reference, p.submitted_at,
		NULL::numeric, NULL::numeric,
		least(coalesce(sum(a.points) FILTER (WHERE a.kind = 'bonus'), 0), t.bonus_cap)::numeric(10,4),
		least(coalesce(sum(a.points) FILTER (WHERE a.kind = 'penalty'), 0), t.penalty_cap)::numeric(10,4),
		(min(a.points) FILTER (WHERE a.kind = 'cap'))::numeric(10,4),
		NULL::numeric, NULL::numeric, NULL::numeric, NULL::numeric[],
		NULL::int, NULL::int, NULL::int, NULL::boolean, NULL::int, NULL::int, NULL::int, NULL::varchar(40), NULL::numeric
	FROM @schema@.participation AS p
	JOIN @schema@.round_track AS t ON t.track_id = p.track_id
	LEFT JOIN @schema@.sheet_adjustment AS a ON a.track_id = p.track_id AND a.agency_id = p.agency_id
	WHERE p.round_id = live_sheets.round_id
	GROUP BY p.track_id, p.agency_id, p.outcome, p.reason, p.forced_score, p.months_covered, p.in_reference,
		p.submitted_at, t.bonus_cap, t.penalty_cap;
END;

-- The leaves of a round: one row an agency and leaf, assessed or not.
CREATE OR REPLACE FUNCTION @schema@.live_leaves(round_id int) RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	WITH evidence (assessment_id, evidence_count, evidence_digest) AS (
		SELECT
			e.assessment_id,
			count(*),
			encode(sha256(convert_to(string_agg(
				concat_ws(' ', e.url, e.sha256), E'\n' ORDER BY e.evidence_id), 'UTF8')), 'hex')
		FROM @schema@.round_track AS t
		JOIN @schema@.assessment AS a ON a.track_id = t.track_id
		JOIN @schema@.evidence AS e ON e.assessment_id = a.assessment_id
		WHERE t.round_id = live_leaves.round_id
		GROUP BY e.assessment_id
	)
	SELECT
		p.track_id,
		p.agency_id,
		c.criterion_id,
		c.domain_id,
		c.depth::smallint,
		true,
		n.criterion_id IS NULL
			AND a.appeal_points IS NULL
			AND a.verified_points IS NULL
			AND c.source <> 'self_assessed'
			AND (a.measured IS NOT NULL OR a.numerator IS NOT NULL),
		a.measured,
		a.numerator,
		a.denominator,
		a.self_points,
		a.verified_points,
		a.appeal_points,
		CASE WHEN n.criterion_id IS NULL THEN coalesce(a.appeal_points, a.verified_points) END,
		NULL::numeric,
		NULL::numeric,
		NULL::int,
		CASE
			WHEN n.criterion_id IS NOT NULL THEN 'not_applicable'
			WHEN coalesce(a.appeal_points, a.verified_points) IS NOT NULL THEN 'observed'
			ELSE 'missing'
		END::varchar(20),
		NULL::numeric,
		a.standard_error,
		coalesce(e.evidence_count, 0)::int,
		e.evidence_digest::varchar(64),
		l.outcome,
		coalesce(a.obs_status, CASE WHEN n.criterion_id IS NULL THEN 'O' ELSE 'M' END),
		coalesce(a.conf_status, 'F')
	FROM @schema@.participation AS p
	JOIN @schema@.round_track AS t ON t.track_id = p.track_id
	JOIN @schema@.criterion_tree AS c ON c.set_id = t.set_id AND c.is_leaf
	LEFT JOIN @schema@.applicability AS n
		ON n.track_id = p.track_id AND n.agency_id = p.agency_id AND n.criterion_id = c.criterion_id
	LEFT JOIN @schema@.assessment AS a
		ON a.track_id = p.track_id AND a.agency_id = p.agency_id AND a.criterion_id = c.criterion_id
	LEFT JOIN evidence AS e ON e.assessment_id = a.assessment_id
	LEFT JOIN @schema@.appeal AS l ON l.assessment_id = a.assessment_id
	WHERE p.round_id = live_leaves.round_id;
END;

-- Leaves with by_rule get the points of their criterion's rule, rounded half up
-- to its decimals. Rules that compare peers compare with the reference set; a
-- distance to a target from a given number needs none.
CREATE OR REPLACE FUNCTION @schema@.apply_rules(sheets @schema@.sheet[], leaves @schema@.node_score[])
	RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH leaf AS (
		SELECT l.*, c.rule, c.decimals,
			coalesce(l.measured, l.numerator / nullif(l.denominator, 0)) AS value
		FROM unnest(leaves) AS l
		JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
	),
	peers (track_id, criterion_id, reference) AS (
		SELECT l.track_id, l.criterion_id, array_agg(l.value)
		FROM leaf AS l
		JOIN unnest(sheets) AS s ON s.track_id = l.track_id AND s.agency_id = l.agency_id
		WHERE s.in_reference
			AND l.value IS NOT NULL
			AND l.status <> 'not_applicable'
			AND parindex.rule_is_relative(l.rule::parindex.scoring_rule)
		GROUP BY l.track_id, l.criterion_id
	),
	pointed AS (
		SELECT l.*,
			CASE
				WHEN NOT l.by_rule THEN l.points
				WHEN p.reference IS NOT NULL
					THEN round(parindex.apply_rule(l.rule::parindex.scoring_rule, l.value, p.reference), l.decimals)
				WHEN l.numerator IS NOT NULL
					THEN round(parindex.apply_rule(l.rule::parindex.scoring_rule, l.numerator, l.denominator), l.decimals)
				ELSE round(parindex.apply_rule(l.rule::parindex.scoring_rule, l.measured), l.decimals)
			END AS final_points
		FROM leaf AS l
		LEFT JOIN peers AS p ON p.track_id = l.track_id AND p.criterion_id = l.criterion_id
	)
	SELECT
		p.track_id, p.agency_id, p.criterion_id, p.domain_id, p.depth, p.is_leaf, p.by_rule,
		p.measured, p.numerator, p.denominator, p.self_points, p.verified_points, p.appeal_points,
		p.final_points, p.max_points, p.percent, p.rank,
		CASE
			WHEN NOT p.by_rule THEN p.status
			WHEN p.final_points IS NULL THEN 'missing'
			ELSE 'observed'
		END::varchar(20),
		p.coverage, p.standard_error, p.evidence_count, p.evidence_digest, p.appeal_outcome,
		p.obs_status, p.conf_status
	FROM pointed AS p;
END;

-- Every node of every agency, ranked among the agencies of its track that are
-- ranked. Leaves keep what came with them.
CREATE OR REPLACE FUNCTION @schema@.score_nodes(
	tracks @schema@.track_definition[], sheets @schema@.sheet[], leaves @schema@.node_score[])
	RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH track AS MATERIALIZED (
		SELECT t.track_id, t.set_id, t.digits, t.framework::parindex.framework AS framework
		FROM unnest(tracks) AS t
	),
	leaf AS MATERIALIZED (
		SELECT l.*, c.code
		FROM unnest(leaves) AS l
		JOIN @schema@.criterion AS c ON c.criterion_id = l.criterion_id
	),
	-- The framework is looked up, not joined: a sort would carry it in every row.
	points AS (
		SELECT l.track_id, l.agency_id,
			parindex.index_points_agg(
				(SELECT t.framework FROM track AS t WHERE t.track_id = l.track_id),
				l.code, l.points, l.status) AS points
		FROM leaf AS l
		WHERE l.track_id IN (SELECT t.track_id FROM track AS t)
		GROUP BY l.track_id, l.agency_id
	),
	node AS (
		SELECT p.track_id, p.agency_id, t.set_id, r.code, r.points, r.max_points, r.index_percent, r.status,
			r.weight_coverage
		FROM points AS p
		JOIN track AS t ON t.track_id = p.track_id
		CROSS JOIN LATERAL parindex.point_rows(p.points, t.framework, 20) AS r
	)
	SELECT
		n.track_id, n.agency_id, c.criterion_id, c.domain_id, coalesce(c.depth, 0)::smallint,
		coalesce(c.is_leaf, false), l.by_rule,
		l.measured, l.numerator, l.denominator, l.self_points, l.verified_points, l.appeal_points,
		n.points, n.max_points, n.index_percent,
		parindex.score_rank(CASE WHEN s.outcome IN ('ranked', 'forced_score') THEN n.index_percent END)
			OVER (PARTITION BY n.track_id, c.criterion_id),
		n.status::varchar(20),
		n.weight_coverage::numeric,
		l.standard_error, coalesce(l.evidence_count, 0), l.evidence_digest, l.appeal_outcome,
		coalesce(l.obs_status, CASE n.status WHEN 'observed' THEN 'A' WHEN 'missing' THEN 'O' ELSE 'M' END)::varchar(1),
		coalesce(l.conf_status, 'F')
	FROM node AS n
	JOIN unnest(sheets) AS s ON s.track_id = n.track_id AND s.agency_id = n.agency_id
	LEFT JOIN @schema@.criterion_tree AS c ON c.set_id = n.set_id AND c.code = n.code
	LEFT JOIN leaf AS l
		ON l.track_id = n.track_id AND l.agency_id = n.agency_id AND l.criterion_id = c.criterion_id;
END;

-- The index of every agency, its rank among those of its track that are ranked,
-- group and grade. The percentage comes with 20 decimals: no half is nearer to
-- another number than that, so rounding it to the published digits rounds once.
CREATE OR REPLACE FUNCTION @schema@.score_sheets(
	tracks @schema@.track_definition[], sheets @schema@.sheet[], nodes @schema@.node_score[])
	RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH indexed AS (
		SELECT s.*, t.digits, t.publish_as, t.group_count, t.scale, t.tie_break,
			n.points AS earned, n.max_points AS applicable, n.coverage AS covered,
			-- not NULL for greatest() and least(), which would skip it
			CASE
				WHEN s.outcome = 'forced_score' THEN s.forced_score
				WHEN s.outcome <> 'disqualified' AND n.percent IS NOT NULL
					THEN least(greatest(n.percent + s.bonus - s.penalty, 0), s.cap, t.index_cap)
			END AS index
		FROM unnest(sheets) AS s
		JOIN unnest(tracks) AS t ON t.track_id = s.track_id
		LEFT JOIN unnest(nodes) AS n
			ON n.track_id = s.track_id AND n.agency_id = s.agency_id AND n.criterion_id IS NULL
	),
	tie (track_id, agency_id, percents) AS (
		SELECT i.track_id, i.agency_id, array_agg(round(n.percent, 10) ORDER BY b.position)
		FROM indexed AS i
		CROSS JOIN LATERAL unnest(i.tie_break) WITH ORDINALITY AS b (criterion_id, position)
		LEFT JOIN unnest(nodes) AS n
			ON n.track_id = i.track_id AND n.agency_id = i.agency_id AND n.criterion_id = b.criterion_id
		GROUP BY i.track_id, i.agency_id
	),
	keyed AS (
		SELECT i.*, round(i.index, i.digits) AS published,
			CASE
				WHEN i.outcome IN ('ranked', 'forced_score') AND i.index IS NOT NULL
					THEN ARRAY[round(i.index, i.digits)] || k.percents
			END AS key
		FROM indexed AS i
		LEFT JOIN tie AS k ON k.track_id = i.track_id AND k.agency_id = i.agency_id
	),
	ranked AS (
		SELECT k.*,
			parindex.score_rank(k.key) OVER track AS place,
			count(k.key) OVER track AS places,
			CASE
				WHEN k.publish_as = 'groups'
					THEN parindex.score_group(
						CASE WHEN k.key IS NOT NULL THEN k.published END, coalesce(k.group_count, 1)) OVER track
			END AS group_of,
			-- A track without a scale has no score to grade, by any bounds.
			parindex.grade_with_quota(
				CASE WHEN k.key IS NOT NULL AND k.scale IS NOT NULL THEN k.published END,
				coalesce(k.scale -> 'bounds', '{"none": 0}'), k.scale -> 'quotas', k.digits) OVER track AS grade
		FROM keyed AS k
		WINDOW track AS (PARTITION BY k.track_id)
	)
	SELECT
		r.track_id, r.agency_id, r.outcome, r.reason, r.forced_score, r.months_covered, r.in_reference, r.submitted_at,
		r.earned, r.applicable, r.bonus, r.penalty, r.cap,
		r.index, r.published, r.index_se, r.key,
		CASE r.publish_as WHEN 'ranks' THEN r.place END,
		r.places::int,
		CASE WHEN r.place IS NOT NULL THEN count(*) OVER (PARTITION BY r.track_id, r.place) END::int,
		r.place IS NOT NULL AND count(r.place) OVER (PARTITION BY r.track_id, r.published)
			> count(*) OVER (PARTITION BY r.track_id, r.place),
		r.rank_low, r.rank_high, r.group_of, r.grade::varchar(40), r.covered
	FROM ranked AS r;
END;

-- Quantile of type 7 of ascending values, exact in decimal.
CREATE OR REPLACE FUNCTION @schema@.quartile(ascending numeric[], quarter int) RETURNS numeric
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ascending[i + 1] + (ascending[least(i + 2, n)] - ascending[i + 1]) * (quarter * (n - 1) % 4) / 4
	FROM (SELECT cardinality(ascending) AS n, quarter * (cardinality(ascending) - 1) / 4 AS i) AS place;
END;

-- Nodes over the reference set; for the root, over the published index.
CREATE OR REPLACE FUNCTION @schema@.describe_nodes(sheets @schema@.sheet[], nodes @schema@.node_score[])
	RETURNS SETOF @schema@.node_statistic
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH scored AS (
		SELECT n.track_id, n.criterion_id, n.points,
			CASE WHEN n.criterion_id IS NULL THEN s.index_published ELSE round(n.percent, 10) END AS percent
		FROM unnest(nodes) AS n
		JOIN unnest(sheets) AS s ON s.track_id = n.track_id AND s.agency_id = n.agency_id
		WHERE s.in_reference AND s.outcome IN ('ranked', 'forced_score')
	),
	listed AS (
		SELECT s.track_id, s.criterion_id,
			array_agg(s.percent ORDER BY s.percent) AS ascending,
			round(parindex.mean(parindex.decimal_stats(s.percent), 10), 10) AS mean,
			round(parindex.mean(parindex.decimal_stats(s.points), 10), 10) AS mean_points
		FROM scored AS s
		WHERE s.percent IS NOT NULL
		GROUP BY s.track_id, s.criterion_id
	)
	SELECT
		l.track_id, l.criterion_id, cardinality(l.ascending), l.mean,
		@schema@.quartile(l.ascending, 1), @schema@.quartile(l.ascending, 2), @schema@.quartile(l.ascending, 3),
		l.ascending[cardinality(l.ascending)], l.ascending[1], l.mean_points
	FROM listed AS l;
END;

-- A round as it stands now, computed once. Only for those who see all of it.

CREATE OR REPLACE FUNCTION @schema@.live_round(
	round_id int, OUT tracks @schema@.track_definition[], OUT sheets @schema@.sheet[], OUT nodes @schema@.node_score[],
	OUT statistics @schema@.node_statistic[])
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT @schema@.require_whole_round();
	WITH input AS MATERIALIZED (
		SELECT
			ARRAY(SELECT t FROM @schema@.live_tracks(live_round.round_id) AS t) AS tracks,
			ARRAY(SELECT s FROM @schema@.live_sheets(live_round.round_id) AS s) AS sheets,
			ARRAY(SELECT l FROM @schema@.live_leaves(live_round.round_id) AS l) AS leaves
	),
	scored AS MATERIALIZED (
		SELECT i.tracks, i.sheets,
			ARRAY(
				SELECT n
				FROM @schema@.score_nodes(
					i.tracks, i.sheets, ARRAY(SELECT l FROM @schema@.apply_rules(i.sheets, i.leaves) AS l)) AS n
			) AS nodes
		FROM input AS i
	),
	ranked AS MATERIALIZED (
		SELECT c.tracks, ARRAY(SELECT s FROM @schema@.score_sheets(c.tracks, c.sheets, c.nodes) AS s) AS sheets, c.nodes
		FROM scored AS c
	)
	SELECT r.tracks, r.sheets, r.nodes, ARRAY(SELECT d FROM @schema@.describe_nodes(r.sheets, r.nodes) AS d)
	FROM ranked AS r;
END;

-- Every node of every sheet beside its statistic, for views: one row with a NULL
-- node for a sheet that has none.
CREATE OR REPLACE FUNCTION @schema@.live_nodes(
	round_id int, OUT sheet @schema@.sheet, OUT node @schema@.node_score, OUT statistic @schema@.node_statistic)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH live AS MATERIALIZED (
		SELECT r.sheets, r.nodes, r.statistics
		FROM @schema@.live_round(live_nodes.round_id) AS r
	)
	SELECT s.sheet, n.node, d.statistic
	FROM (SELECT s AS sheet FROM live AS l CROSS JOIN LATERAL unnest(l.sheets) AS s) AS s
	LEFT JOIN (SELECT n AS node FROM live AS l CROSS JOIN LATERAL unnest(l.nodes) AS n) AS n
		ON (n.node).track_id = (s.sheet).track_id AND (n.node).agency_id = (s.sheet).agency_id
	LEFT JOIN (SELECT d AS statistic FROM live AS l CROSS JOIN LATERAL unnest(l.statistics) AS d) AS d
		ON (d.statistic).track_id = (n.node).track_id
		AND coalesce((d.statistic).criterion_id, 0) = coalesce((n.node).criterion_id, 0)
		AND (d.statistic).criterion_id IS NOT DISTINCT FROM (n.node).criterion_id;
END;

CREATE OR REPLACE FUNCTION @schema@.live_criteria(round_id int) RETURNS SETOF @schema@.node_score
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT n.*
	FROM @schema@.live_round(live_criteria.round_id) AS r
	CROSS JOIN LATERAL unnest(r.nodes) AS n;
END;

CREATE OR REPLACE FUNCTION @schema@.live_scores(round_id int) RETURNS SETOF @schema@.sheet
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT s.*
	FROM @schema@.live_round(live_scores.round_id) AS r
	CROSS JOIN LATERAL unnest(r.sheets) AS s;
END;

CREATE OR REPLACE FUNCTION @schema@.live_statistics(round_id int) RETURNS SETOF @schema@.node_statistic
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT d.*
	FROM @schema@.live_round(live_statistics.round_id) AS r
	CROSS JOIN LATERAL unnest(r.statistics) AS d;
END;

COMMENT ON TYPE @schema@.track_definition IS
'How a track is scored and published. / Cách tính điểm và công bố của một khối đánh giá.';

COMMENT ON TYPE @schema@.node_score IS
'An agency at a node of the tree; criterion_id is NULL for the root, by_rule says that points come from the rule. / Kết quả của một cơ quan tại một nút của cây tiêu chí; criterion_id là NULL ở gốc, by_rule cho biết điểm do quy tắc tính.';

COMMENT ON TYPE @schema@.sheet IS
'An agency''s sheet: what decides beside its criteria, and its index, rank, group and grade. / Phiếu điểm của một cơ quan: yếu tố ngoài tiêu chí và chỉ số, thứ hạng, nhóm, xếp loại.';

COMMENT ON TYPE @schema@.node_statistic IS
'A node over the reference set of its track. / Thống kê của một nút trên tập tham chiếu của khối.';

COMMENT ON FUNCTION @schema@.set_framework(integer) IS
'The tree of a criteria set as text that parindex.framework reads, with the root "index"; NULL without such a set. / Cây của bộ tiêu chí dưới dạng văn bản theo cú pháp parindex.framework, gốc là "index"; NULL nếu không có bộ tiêu chí.';

COMMENT ON FUNCTION @schema@.live_tracks(integer) IS
'How the tracks of a round are scored and published as they stand now. / Cách tính điểm và công bố hiện tại của các khối trong kỳ.';

COMMENT ON FUNCTION @schema@.live_sheets(integer) IS
'The sheets of a round before they are scored: those the caller sees. / Các phiếu điểm của kỳ trước khi tính, trong phạm vi người gọi được xem.';

COMMENT ON FUNCTION @schema@.live_leaves(integer) IS
'The leaves of a round as they stand now, one row an agency and leaf, assessed or not: those the caller sees. / Các tiêu chí cấp cuối của kỳ ở hiện trạng, mỗi dòng một cơ quan và một tiêu chí, kể cả chưa đánh giá, trong phạm vi người gọi được xem.';

COMMENT ON FUNCTION @schema@.apply_rules(@schema@.sheet[], @schema@.node_score[]) IS
'Leaves with the points that rules give where by_rule says so, rounded half up to the criterion''s decimals; rules that compare peers take the reference set. Raises 22-class errors of a rule that refuses its value. / Các tiêu chí cấp cuối kèm điểm do quy tắc tính khi by_rule đúng, làm tròn theo số chữ số của tiêu chí; quy tắc so sánh dùng tập tham chiếu. Báo lỗi lớp 22 nếu quy tắc không nhận giá trị.';

COMMENT ON FUNCTION @schema@.score_nodes(@schema@.track_definition[], @schema@.sheet[], @schema@.node_score[]) IS
'Every node of every agency from its leaves, exactly, ranked by percent among the ranked agencies of its track. / Tính chính xác mọi nút của mọi cơ quan từ các tiêu chí cấp cuối, xếp hạng theo tỷ lệ đạt trong khối.';

COMMENT ON FUNCTION @schema@.score_sheets(@schema@.track_definition[], @schema@.sheet[], @schema@.node_score[]) IS
'Index, rank, group and grade of every agency from its root, bonus, penalty and caps; ranks are of the rounded index. / Chỉ số, thứ hạng, nhóm và xếp loại của mọi cơ quan từ điểm gốc, điểm thưởng, điểm trừ và mức trần; thứ hạng tính theo chỉ số đã làm tròn.';

COMMENT ON FUNCTION @schema@.quartile(numeric[], integer) IS
'Quartile 1, 2 or 3 of ascending values by the linear rule (type 7 of Hyndman and Fan, 1996), exact in decimal; NULL for no values. / Tứ phân vị thứ 1, 2 hoặc 3 của dãy tăng dần theo nội suy tuyến tính (kiểu 7 của Hyndman và Fan, 1996), chính xác ở hệ thập phân; NULL nếu không có giá trị.';

COMMENT ON FUNCTION @schema@.describe_nodes(@schema@.sheet[], @schema@.node_score[]) IS
'Mean, quartiles, best and worst of every node over the ranked agencies of the reference set; for the root, of the published index. / Trung bình, tứ phân vị, cao nhất và thấp nhất của mọi nút trên các cơ quan được xếp hạng thuộc tập tham chiếu; ở gốc là của chỉ số công bố.';

COMMENT ON FUNCTION @schema@.live_round(integer) IS
'A round as it stands now, computed once: how its tracks are scored, sheets, nodes and statistics. Raises 42501 unless the caller sees the whole round. / Kỳ đánh giá ở hiện trạng, tính một lần: cách tính của các khối, phiếu điểm, các nút và thống kê. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.live_nodes(integer) IS
'Every node of every sheet of a round as it stands now, with its statistic over the reference set. Raises 42501 unless the caller sees the whole round. / Mọi nút của mọi phiếu điểm trong kỳ ở hiện trạng, kèm thống kê trên tập tham chiếu. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.live_criteria(integer) IS
'Every node of every agency of a round as it stands now. Raises 42501 unless the caller sees the whole round. / Mọi nút của mọi cơ quan trong kỳ ở hiện trạng. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.live_scores(integer) IS
'Index, rank, group and grade of every agency of a round as it stands now. Raises 42501 unless the caller sees the whole round. / Chỉ số, thứ hạng, nhóm và xếp loại của mọi cơ quan trong kỳ ở hiện trạng. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';

COMMENT ON FUNCTION @schema@.live_statistics(integer) IS
'Statistics of the reference set of a round as it stands now, by node. Raises 42501 unless the caller sees the whole round. / Thống kê của tập tham chiếu theo từng nút của kỳ ở hiện trạng. Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ.';
