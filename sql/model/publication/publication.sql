-- Publishing: the state of a round is frozen under a seal, read again to verify
-- it, compared with another revision, or changed on trial.

-- Replaced by upgrades:

-- SHA-256 over all that a publication says: one digest a track, agency and
-- statistic, each of lines in a fixed order, and one over these. Two
-- publications of the same content have the same seal but for their header.
CREATE OR REPLACE FUNCTION @schema@.publication_seal(
	publication_id int, round_id int, revision int, decision_no text, decision_date date, reason text,
	engine_version text)
	RETURNS text
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH line (part, track_id, agency_id, number, content) AS (
		SELECT 'track', t.track_id, NULL::int, NULL::int,
			jsonb_build_array(t.group_code, t.group_name_vi, t.group_name_en, t.framework, t.scale, t.tie_break, t.digits,
				t.publish_as, t.group_count, t.bonus_cap, t.penalty_cap, t.index_cap)
		FROM @schema@.published_track AS t
		WHERE t.publication_id = publication_seal.publication_id
		UNION ALL
		SELECT 'criterion', t.track_id, NULL, c.criterion_id,
			jsonb_build_array(c.code, c.parent_id, c.name_vi, c.name_en, c.max_points, c.rule, c.source, c.unit_measure,
				c.decimals, c.target, c.stable_key)
		FROM @schema@.published_track AS t
		JOIN @schema@.criterion AS c ON c.set_id = t.set_id
		WHERE t.publication_id = publication_seal.publication_id
		UNION ALL
		SELECT 'score', s.track_id, s.agency_id, NULL,
			jsonb_build_array(s.agency_code, s.agency_name_vi, s.agency_name_en, s.outcome, s.reason, s.forced_score,
				s.months_covered, s.in_reference, extract(epoch FROM s.submitted_at), s.points, s.max_points, s.bonus,
				s.penalty, s.cap, s.index_percent, s.index_published, s.index_se, s.tie_key, s.rank, s.rank_of,
				s.tied_count, s.tie_break_used, s.rank_low, s.rank_high, s.group_no, s.grade_code, s.coverage)
		FROM @schema@.published_score AS s
		WHERE s.publication_id = publication_seal.publication_id
		UNION ALL
		SELECT 'node', n.track_id, n.agency_id, n.criterion_id,
			jsonb_build_array(n.measured, n.numerator, n.denominator, n.self_points, n.verified_points, n.appeal_points,
				n.by_rule, n.points, n.max_points, n.percent, n.rank, n.status, n.standard_error, n.evidence_count,
				n.evidence_digest, n.appeal_outcome, n.obs_status, n.conf_status)
		FROM @schema@.published_criterion AS n
		WHERE n.publication_id = publication_seal.publication_id
		UNION ALL
		SELECT 'statistic', d.track_id, NULL, d.criterion_id,
			jsonb_build_array(d.scored, d.mean, d.q1, d.median, d.q3, d.best, d.worst, d.mean_points)
		FROM @schema@.published_statistic AS d
		WHERE d.publication_id = publication_seal.publication_id
	),
	part (part, track_id, agency_id, digest) AS (
		SELECT l.part, l.track_id, l.agency_id,
			encode(sha256(convert_to(string_agg(
				concat_ws(' ', l.number, l.content), E'\n' ORDER BY l.number), 'UTF8')), 'hex')
		FROM line AS l
		GROUP BY l.part, l.track_id, l.agency_id
	)
	SELECT encode(sha256(convert_to(
		jsonb_build_array(round_id, revision, decision_no, to_char(decision_date, 'YYYY-MM-DD'), reason, engine_version)::text
			|| coalesce(string_agg(
				E'\n' || concat_ws(' ', p.part, p.track_id, p.agency_id, p.digest), ''
				ORDER BY p.part COLLATE "C", p.track_id, p.agency_id), ''),
		'UTF8')), 'hex')
	FROM part AS p;
END;

-- Writes the rows of a publication, all but its header, in one statement: they
-- are of one state even of what publish() does not lock, as grades and labels.
CREATE OR REPLACE FUNCTION @schema@.freeze_round(publication_id int, round_id int) RETURNS void
	LANGUAGE sql
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH live AS MATERIALIZED (
		SELECT r.tracks, r.sheets, r.nodes, r.statistics
		FROM @schema@.live_round(freeze_round.round_id) AS r
	),
	frozen_track AS (
		INSERT INTO @schema@.published_track (publication_id, track_id, round_id, group_id, group_code, group_name_vi,
			group_name_en, group_sort_order, set_id, framework, scale, tie_break, digits, publish_as, group_count, bonus_cap,
			penalty_cap, index_cap)
		SELECT freeze_round.publication_id, d.track_id, t.round_id, t.group_id, g.code, g.name_vi, g.name_en, g.sort_order,
			d.set_id, d.framework, d.scale, d.tie_break, d.digits, d.publish_as, d.group_count, d.bonus_cap, d.penalty_cap,
			d.index_cap
		FROM live AS l
		CROSS JOIN LATERAL unnest(l.tracks) AS d
		JOIN @schema@.round_track AS t ON t.track_id = d.track_id
		JOIN @schema@.agency_group AS g ON g.group_id = t.group_id
	),
	error AS MATERIALIZED (
		SELECT e.*
		FROM @schema@.score_standard_errors(freeze_round.round_id) AS e
	),
	frozen_score AS (
		INSERT INTO @schema@.published_score (publication_id, track_id, agency_id, agency_code, agency_name_vi,
			agency_name_en, agency_sort_order, outcome, reason, forced_score, months_covered, in_reference, submitted_at,
			points, max_points, bonus, penalty, cap, index_percent, index_published, index_se, tie_key, rank, rank_of,
			tied_count, tie_break_used, rank_low, rank_high, group_no, grade_code, coverage)
		SELECT freeze_round.publication_id, s.track_id, s.agency_id, a.code, a.name_vi, a.name_en, a.sort_order,
			s.outcome, s.reason, s.forced_score, s.months_covered, s.in_reference, s.submitted_at, s.points,
			s.max_points, s.bonus, s.penalty, s.cap, s.index_percent, s.index_published, e.se, s.tie_key, s.rank,
			s.rank_of, s.tied_count, s.tie_break_used, s.rank_low, s.rank_high, s.group_no, s.grade_code, s.coverage
		FROM live AS l
		CROSS JOIN LATERAL unnest(l.sheets) AS s
		JOIN @schema@.agency AS a ON a.agency_id = s.agency_id
		LEFT JOIN error AS e
			ON e.track_id = s.track_id AND e.agency_id = s.agency_id AND e.criterion_id IS NULL
	),
	frozen_criterion AS (
		INSERT INTO @schema@.published_criterion (publication_id, track_id, agency_id, criterion_id, domain_id, depth,
			is_leaf, by_rule, measured, numerator, denominator, self_points, verified_points, appeal_points, points,
			max_points, percent, rank, status, standard_error, evidence_count, evidence_digest, appeal_outcome, obs_status,
			conf_status)
		SELECT freeze_round.publication_id, n.track_id, n.agency_id, n.criterion_id, n.domain_id, n.depth, n.is_leaf,
			n.by_rule, n.measured, n.numerator, n.denominator, n.self_points, n.verified_points, n.appeal_points,
			n.points, n.max_points, n.percent, CASE t.publish_as WHEN 'ranks' THEN n.rank END, n.status,
			CASE WHEN e.track_id IS NULL THEN n.standard_error ELSE e.se END, n.evidence_count, n.evidence_digest,
			n.appeal_outcome, n.obs_status, n.conf_status
		FROM live AS l
		CROSS JOIN LATERAL unnest(l.nodes) AS n
		JOIN @schema@.round_track AS t ON t.track_id = n.track_id
		LEFT JOIN error AS e
			ON e.track_id = n.track_id AND e.agency_id = n.agency_id AND e.criterion_id = n.criterion_id
		WHERE n.criterion_id IS NOT NULL
	)
	INSERT INTO @schema@.published_statistic (publication_id, track_id, criterion_id, scored, mean, q1, median, q3, best,
		worst, mean_points)
	SELECT freeze_round.publication_id, d.track_id, d.criterion_id, d.scored, d.mean, d.q1, d.median, d.q3, d.best,
		d.worst, d.mean_points
	FROM live AS l
	CROSS JOIN LATERAL unnest(l.statistics) AS d;
END;

-- Freezes the round as its next revision and gives its publication_id. The row of
-- the round is locked first: writers of assessments hold it shared, so that none
-- is in the middle, and of two publishers the second finds the round published.
-- What they have written is then seen only in "read committed".
CREATE OR REPLACE FUNCTION @schema@.publish(
	round_id int, decision_no text, decision_date date, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen   record;
	faults   record;
	previous record;
	new_id   int;
BEGIN
	PERFORM require_capability('publisher');
	IF publish.decision_no IS NULL OR publish.decision_date IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'number and date of the decision to publish must not be NULL';
	ELSIF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('a round cannot be published in a transaction that is "%s"', current_setting('transaction_isolation')),
			DETAIL = 'What others write before the round is locked would not be published, although it was written in time.',
			HINT = 'Publish in "read committed".';
	END IF;

	SELECT r.code, r.stage INTO chosen
	FROM assessment_round AS r
	WHERE r.round_id = publish.round_id
	FOR UPDATE;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no round %s', publish.round_id);
	END IF;
	IF chosen.stage <> 'closing' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('round "%s" cannot be published: it is in stage "%s"', chosen.code, chosen.stage),
			HINT = CASE chosen.stage
				WHEN 'published' THEN format('To correct it, reopen it: SELECT %I.reopen(publication_id, reason).', own_schema)
				ELSE format('Only stage "closing" is published; SELECT %I.advance_round(%s) goes on to the next.', own_schema,
					publish.round_id)
			END;
	END IF;

	SELECT
		count(*) AS number,
		string_agg(concat_ws(' ', v.agency_code, v.criterion_code || ':', v.message), E'\n') FILTER (WHERE v.place <= 50) AS list
	INTO faults
	FROM (
		SELECT p.*, row_number() OVER () AS place
		FROM preview(publish.round_id) AS p
		WHERE p.severity = 'error'
	) AS v;
	IF faults.number > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('round "%s" cannot be published: %s violations', chosen.code, faults.number),
			DETAIL = faults.list,
			HINT = format('All of them as a table: SELECT * FROM %I.preview(%s).', own_schema, publish.round_id);
	END IF;

	SELECT p.revision, o.reason INTO previous
	FROM publication AS p
	LEFT JOIN reopening AS o ON o.publication_id = p.publication_id
	WHERE p.round_id = publish.round_id
	ORDER BY p.revision DESC
	LIMIT 1;

	new_id := nextval(pg_get_serial_sequence(format('%I.publication', own_schema), 'publication_id'));
	PERFORM set_config('parindex.writes_publication', new_id::text, true);
	PERFORM freeze_round(new_id, publish.round_id);
	INSERT INTO publication (publication_id, round_id, revision, decision_no, decision_date, reason, published_by,
		engine_version, seal)
	SELECT new_id, publish.round_id, h.revision, h.decision_no, publish.decision_date, previous.reason, caller(), h.version,
		publication_seal(new_id, publish.round_id, h.revision, h.decision_no, publish.decision_date, previous.reason, h.version)
	FROM (
		SELECT
			coalesce(previous.revision, 0) + 1 AS revision,
			normalize(publish.decision_no) AS decision_no,
			parindex.version() AS version
	) AS h;
	PERFORM set_config('parindex.writes_publication', '', true);

	UPDATE assessment_round AS r SET stage = 'published' WHERE r.round_id = publish.round_id;
	RETURN new_id;
END
$$;

-- Takes a published round up again, from stage "appeal". The publication stands,
-- unchanged, until the next one; the reason will be part of that.
CREATE OR REPLACE FUNCTION @schema@.reopen(publication_id int, reason text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen record;
BEGIN
	PERFORM require_capability('publisher');
	IF coalesce(btrim(reopen.reason), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'a published round is reopened for a reason, which must not be NULL or empty';
	END IF;
	SELECT r.round_id, r.code, r.stage, p.revision,
		(SELECT max(l.revision) FROM publication AS l WHERE l.round_id = p.round_id) AS last_revision
	INTO chosen
	FROM publication AS p
	JOIN assessment_round AS r ON r.round_id = p.round_id
	WHERE p.publication_id = reopen.publication_id
	FOR UPDATE OF r;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no publication %s', reopen.publication_id);
	END IF;
	IF chosen.revision < chosen.last_revision OR chosen.stage <> 'published' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('revision %s of round "%s" cannot be reopened', chosen.revision, chosen.code),
			DETAIL = format('The round is in stage "%s", its last revision is %s.', chosen.stage, chosen.last_revision),
			HINT = 'Only the last revision of a published round is reopened, once.';
	END IF;
	INSERT INTO reopening (publication_id, reason, reopened_by)
	VALUES (reopen.publication_id, normalize(reopen.reason), caller());
	UPDATE assessment_round AS r
	SET stage = 'appeal', appeal_deadline = 'infinity'
	WHERE r.round_id = chosen.round_id;
END
$$;

-- What the stored rows of a publication say, computed again from its stored
-- inputs: the seal, every node, every sheet, every statistic.
CREATE OR REPLACE FUNCTION @schema@.verify_publication(
	publication_id int, OUT checked text, OUT passed boolean, OUT compared bigint, OUT differing bigint, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH input AS MATERIALIZED (
		SELECT
			ARRAY(SELECT t FROM @schema@.published_tracks(verify_publication.publication_id) AS t) AS tracks,
			ARRAY(SELECT s FROM @schema@.published_sheets(verify_publication.publication_id) AS s) AS sheets,
			ARRAY(SELECT l FROM @schema@.published_leaves(verify_publication.publication_id) AS l) AS leaves
	),
	node AS MATERIALIZED (
		SELECT n.*, n AS node
		FROM input AS i
		CROSS JOIN LATERAL @schema@.score_nodes(
			i.tracks, i.sheets, ARRAY(SELECT l FROM @schema@.apply_rules(i.sheets, i.leaves) AS l)) AS n
	),
	sheet AS MATERIALIZED (
		SELECT s.*, s AS sheet
		FROM input AS i
		CROSS JOIN LATERAL @schema@.score_sheets(i.tracks, i.sheets, ARRAY(SELECT n.node FROM node AS n)) AS s
	),
	statistic AS (
		SELECT d.*
		FROM @schema@.describe_nodes(ARRAY(SELECT s.sheet FROM sheet AS s), ARRAY(SELECT n.node FROM node AS n)) AS d
	),
	seal AS (
		SELECT p.seal AS stored,
			@schema@.publication_seal(p.publication_id, p.round_id, p.revision, p.decision_no, p.decision_date, p.reason,
				p.engine_version) AS computed
		FROM @schema@.publication AS p
		WHERE p.publication_id = verify_publication.publication_id
	),
	node_difference AS (
		SELECT s.agency_code AS place, c.code AS part,
			(p.points, p.max_points, p.percent, p.rank, p.status)
				IS DISTINCT FROM (n.points::numeric(14,4), n.max_points::numeric(14,4), n.percent::numeric(20,10),
					CASE t.publish_as WHEN 'ranks' THEN n.rank END, n.status) AS differs
		FROM @schema@.published_criterion AS p
		JOIN @schema@.published_track AS t ON t.publication_id = p.publication_id AND t.track_id = p.track_id
		JOIN @schema@.published_score AS s
			ON s.publication_id = p.publication_id AND s.track_id = p.track_id AND s.agency_id = p.agency_id
		JOIN @schema@.criterion AS c ON c.criterion_id = p.criterion_id
		LEFT JOIN node AS n
			ON n.track_id = p.track_id AND n.agency_id = p.agency_id AND n.criterion_id = p.criterion_id
		WHERE p.publication_id = verify_publication.publication_id
	),
	sheet_difference AS (
		SELECT p.agency_code AS place,
			(p.points, p.max_points, p.index_percent, p.index_published, p.tie_key, p.rank, p.rank_of, p.tied_count,
				p.tie_break_used, p.group_no, p.grade_code, p.coverage)
				IS DISTINCT FROM (s.points::numeric(14,4), s.max_points::numeric(14,4), s.index_percent::numeric(20,10),
					s.index_published::numeric(12,6), s.tie_key, s.rank, s.rank_of, s.tied_count, s.tie_break_used, s.group_no,
					s.grade_code, s.coverage::numeric(7,6)) AS differs
		FROM @schema@.published_score AS p
		LEFT JOIN sheet AS s ON s.track_id = p.track_id AND s.agency_id = p.agency_id
		WHERE p.publication_id = verify_publication.publication_id
	),
	statistic_difference AS (
		SELECT coalesce(c.code, 'index') AS place,
			(p.scored, p.mean, p.q1, p.median, p.q3, p.best, p.worst, p.mean_points)
				IS DISTINCT FROM (d.scored, d.mean::numeric(20,10), d.q1::numeric(20,10), d.median::numeric(20,10),
					d.q3::numeric(20,10), d.best::numeric(20,10), d.worst::numeric(20,10), d.mean_points::numeric(20,10)) AS differs
		FROM @schema@.published_statistic AS p
		LEFT JOIN @schema@.criterion AS c ON c.criterion_id = p.criterion_id
		LEFT JOIN statistic AS d ON d.track_id = p.track_id AND d.criterion_id IS NOT DISTINCT FROM p.criterion_id
		WHERE p.publication_id = verify_publication.publication_id
	)
	SELECT 'seal', s.stored = s.computed, 1, (s.stored <> s.computed)::int,
		CASE WHEN s.stored <> s.computed THEN format('stored %s, computed %s', s.stored, s.computed) END
	FROM seal AS s
	UNION ALL
	SELECT 'criteria', NOT coalesce(bool_or(d.differs), false), count(*), count(*) FILTER (WHERE d.differs),
		'first: ' || min(format('%s %s', d.place, d.part)) FILTER (WHERE d.differs)
	FROM node_difference AS d
	UNION ALL
	SELECT 'scores', NOT coalesce(bool_or(d.differs), false), count(*), count(*) FILTER (WHERE d.differs),
		'first: ' || min(d.place) FILTER (WHERE d.differs)
	FROM sheet_difference AS d
	UNION ALL
	SELECT 'statistics', NOT coalesce(bool_or(d.differs), false), count(*), count(*) FILTER (WHERE d.differs),
		'first: ' || min(d.place) FILTER (WHERE d.differs)
	FROM statistic_difference AS d;
END;

-- What differs between two revisions, or rounds: one row an agency, criterion
-- (NULL: the agency's sheet) and figure. Criteria are matched by stable key.
CREATE OR REPLACE FUNCTION @schema@.publication_diff(
	publication_a int, publication_b int, OUT agency_code text, OUT criterion_code text, OUT figure text,
	OUT value_a text, OUT value_b text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH sheet AS (
		SELECT s.publication_id, s.agency_code, NULL::varchar AS stable_key, NULL::varchar AS criterion_code, v.figure, v.value
		FROM @schema@.published_score AS s
		CROSS JOIN LATERAL (VALUES
			('outcome', s.outcome), ('points', s.points::text), ('max_points', s.max_points::text),
			('bonus', s.bonus::text), ('penalty', s.penalty::text), ('index_published', s.index_published::text),
			('rank', s.rank::text), ('group_no', s.group_no::text), ('grade_code', s.grade_code)) AS v (figure, value)
		WHERE s.publication_id IN (publication_a, publication_b)
		UNION ALL
		SELECT n.publication_id, s.agency_code, c.stable_key, c.code, v.figure, v.value
		FROM @schema@.published_criterion AS n
		JOIN @schema@.published_score AS s
			ON s.publication_id = n.publication_id AND s.track_id = n.track_id AND s.agency_id = n.agency_id
		JOIN @schema@.criterion AS c ON c.criterion_id = n.criterion_id
		CROSS JOIN LATERAL (VALUES
			('measured', concat_ws(' / ', n.measured::text, n.numerator::text, n.denominator::text)),
			('status', n.status), ('points', n.points::text), ('max_points', n.max_points::text),
			('rank', n.rank::text)) AS v (figure, value)
		WHERE n.publication_id IN (publication_a, publication_b)
	),
	a AS (SELECT s.* FROM sheet AS s WHERE s.publication_id = publication_a),
	b AS (SELECT s.* FROM sheet AS s WHERE s.publication_id = publication_b)
	SELECT coalesce(a.agency_code, b.agency_code), coalesce(b.criterion_code, a.criterion_code), coalesce(a.figure, b.figure),
		a.value, b.value
	FROM a
	FULL JOIN b
		ON b.agency_code = a.agency_code
		AND coalesce(b.stable_key, '') = coalesce(a.stable_key, '')
		AND b.figure = a.figure
	WHERE a.value IS DISTINCT FROM b.value
	ORDER BY 1, coalesce(b.criterion_code, a.criterion_code) NULLS FIRST, 3;
END;

-- Removes one publication for good; only the owner may, by saying why.
CREATE OR REPLACE FUNCTION @schema@.purge_publication(
	publication_id int, reason text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	purged record;
BEGIN
	IF NOT is_owner() THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('only the owner of schema "%s" may purge a publication', own_schema);
	END IF;
	IF coalesce(btrim(purge_publication.reason), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'a publication is purged for a reason, which must not be NULL or empty';
	END IF;
	SELECT p.* INTO purged
	FROM publication AS p
	JOIN assessment_round AS r ON r.round_id = p.round_id
	WHERE p.publication_id = purge_publication.publication_id
	FOR UPDATE OF r;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no publication %s', purge_publication.publication_id);
	END IF;
	IF EXISTS (SELECT FROM publication AS p WHERE p.round_id = purged.round_id AND p.revision > purged.revision) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('publication %s is not the last revision of its round', purge_publication.publication_id),
			HINT = 'Purge later revisions first.';
	END IF;
	PERFORM set_config('parindex.writes_publication', purge_publication.publication_id::text, true);
	DELETE FROM published_statistic AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM published_criterion AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM published_score AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM published_track AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM award AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM reopening AS s WHERE s.publication_id = purge_publication.publication_id;
	DELETE FROM publication AS s WHERE s.publication_id = purge_publication.publication_id;
	PERFORM set_config('parindex.writes_publication', '', true);
	INSERT INTO history (changed_by, table_name, action, round_id, row_key, old_values, new_values)
	VALUES (caller(), 'publication', 'delete', purged.round_id, purged.publication_id::text,
		to_jsonb(purged), jsonb_build_object('reason', purge_publication.reason));
	UPDATE assessment_round AS r SET stage = 'closing' WHERE r.round_id = purged.round_id AND r.stage = 'published';
END
$$;

-- Nobody changes a publication past publish() and purge_publication().
CREATE OR REPLACE FUNCTION @schema@.keep_publication() RETURNS trigger
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF coalesce(current_setting('parindex.writes_publication', true), '') = '' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s on table "%s" refused: what is published is never changed', lower(TG_OP), TG_TABLE_NAME),
			HINT = format('A correction is a new revision: %I.reopen(). The owner may %I.purge_publication().',
				TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
	END IF;
	RETURN NULL;
END
$$;

--@ each
--@ table: publication | published_track | published_score | published_criterion
--@ | published_statistic
CREATE OR REPLACE TRIGGER keep_publication BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON @schema@.@table@
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.keep_publication();
--@ end
CREATE OR REPLACE TRIGGER keep_publication BEFORE UPDATE OR DELETE OR TRUNCATE ON @schema@.reopening
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.keep_publication();

COMMENT ON FUNCTION @schema@.publication_seal(integer, integer, integer, text, date, text, text) IS
'SHA-256, in hexadecimal, over the header given and all that a publication says: tracks, criteria, scores, nodes and statistics, in a fixed order; only the header where there is no such publication. / Mã SHA-256 (thập lục phân) của phần đầu đã cho và toàn bộ nội dung công bố: khối, tiêu chí, điểm, các nút và thống kê, theo thứ tự cố định; chỉ tính phần đầu nếu không có lần công bố đó.';

COMMENT ON FUNCTION @schema@.freeze_round(integer, integer) IS
'Writes what publish() publishes, all but the header; 55000 if called by itself. / Ghi nội dung được công bố của publish(), trừ phần đầu; báo lỗi 55000 nếu gọi riêng.';

COMMENT ON FUNCTION @schema@.publish(integer, text, date, @schema@.here) IS
'Freezes a round in stage closing as its next revision, under a seal, and gives the publication_id. Raises 42501 for others than publishers, 22004 without decision number or date, P0002 without the round, 55000 out of stage or in a transaction of a fixed snapshot, 23514 with a list of violations. / Chốt kỳ đánh giá ở giai đoạn closing thành lần công bố tiếp theo, có niêm phong, và trả về publication_id. Lỗi: 42501 nếu không phải người công bố, 22004 nếu thiếu số hoặc ngày quyết định, P0002 nếu không có kỳ, 55000 nếu sai giai đoạn hoặc giao dịch không ở mức read committed, 23514 kèm danh sách vi phạm.';

COMMENT ON FUNCTION @schema@.reopen(integer, text, @schema@.here) IS
'Takes a published round up again from stage appeal, without a deadline for appeals; the publication stands until the next revision, which carries the reason. Raises 42501 for others than publishers, 22004 without a reason, P0002 without the publication, 55000 if it is not the last of a published round. / Mở lại kỳ đã công bố từ giai đoạn kiến nghị, không đặt hạn kiến nghị; lần công bố vẫn có giá trị cho đến lần tiếp theo, trong đó ghi lý do. Lỗi: 42501 nếu không phải người công bố, 22004 nếu thiếu lý do, P0002 nếu không có lần công bố, 55000 nếu không phải lần cuối của kỳ đã công bố.';

COMMENT ON FUNCTION @schema@.verify_publication(integer) IS
'Computes a publication again from its stored inputs: one row for the seal, criteria, scores and statistics, whether they agree, how many were compared and differ, and the first that differs (NULL for none). Gives no row for the seal without such a publication. / Tính lại lần công bố từ dữ liệu đầu vào đã lưu: mỗi dòng cho mã niêm phong, tiêu chí, điểm và thống kê, có khớp hay không, số lượng đã so sánh và sai khác, chỗ sai khác đầu tiên (NULL nếu không có). Không có dòng niêm phong nếu không có lần công bố.';

COMMENT ON FUNCTION @schema@.publication_diff(integer, integer) IS
'What differs between two publications: one row an agency, criterion (NULL for its sheet) and figure, with both values as text; criteria are matched by stable key. / Khác biệt giữa hai lần công bố: mỗi dòng một cơ quan, một tiêu chí (NULL nếu là phiếu điểm) và một con số, kèm hai giá trị; tiêu chí được ghép theo khóa ổn định.';

COMMENT ON FUNCTION @schema@.purge_publication(integer, text, @schema@.here) IS
'Removes the last publication of a round for good, with its awards, for a reason that history keeps; a published round goes back to stage closing. Raises 42501 for others than the owner, 22004 without a reason, P0002 without the publication, 55000 if it is not the last revision. / Xóa hẳn lần công bố cuối của kỳ cùng các khen thưởng liên quan, kèm lý do được lưu trong nhật ký; kỳ đã công bố trở lại giai đoạn closing. Lỗi: 42501 nếu không phải chủ sở hữu, 22004 nếu thiếu lý do, P0002 nếu không có lần công bố, 55000 nếu không phải lần cuối.';

COMMENT ON FUNCTION @schema@.keep_publication() IS
'Trigger: refuses, with 55000, to change a publication by anything but publish(), reopen() and purge_publication(). / Trigger: từ chối (lỗi 55000) mọi thay đổi đối với lần công bố ngoài publish(), reopen() và purge_publication().';
