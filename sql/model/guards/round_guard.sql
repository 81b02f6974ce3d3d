-- Replaced by upgrades:

-- What else a score depends on stays as it is once the round is published.
-- Arguments: none; the rows have a round_id or a track_id.
CREATE OR REPLACE FUNCTION @schema@.guard_published_round() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	touched record;
	closed  record;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	IF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT to_jsonb(n)) AS rows INTO touched FROM new_rows AS n;
	ELSIF TG_OP = 'DELETE' THEN
		SELECT array_agg(DISTINCT to_jsonb(o)) AS rows INTO touched FROM old_rows AS o;
	ELSE
		SELECT array_agg(DISTINCT u.j) AS rows INTO touched
		FROM (
			SELECT to_jsonb(n) AS j FROM new_rows AS n
			UNION ALL
			SELECT to_jsonb(o) FROM old_rows AS o
		) AS u;
	END IF;
	PERFORM FROM assessment_round AS r
	WHERE r.round_id IN (
		SELECT coalesce((u.j ->> 'round_id')::int, t.round_id)
		FROM unnest(touched.rows) AS u (j)
		LEFT JOIN round_track AS t ON t.track_id = (u.j ->> 'track_id')::int
	)
	FOR SHARE;
	SELECT string_agg(DISTINCT r.code, ', ') AS codes INTO closed
	FROM unnest(touched.rows) AS u (j)
	LEFT JOIN round_track AS t ON t.track_id = (u.j ->> 'track_id')::int
	JOIN assessment_round AS r ON r.round_id = coalesce((u.j ->> 'round_id')::int, t.round_id)
	WHERE r.stage = 'published';
	IF closed.codes IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s on table "%s" refused: the round is published', lower(TG_OP), TG_TABLE_NAME),
			DETAIL = format('Rounds: %s.', closed.codes),
			HINT = format('To correct a published round, reopen it: SELECT %I.reopen(publication_id, reason).', TG_TABLE_SCHEMA);
	END IF;
	RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION @schema@.guard_published_round() FROM PUBLIC;

--@ each
--@ table: participation | applicability | sheet_adjustment | round_track
--@ model_statement_triggers
--@ trigger: guard
--@ table: @table@
--@ call: guard_published_round()
--@ end

CREATE OR REPLACE TRIGGER guard_delete AFTER DELETE ON @schema@.assessment
	REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.guard_published_round();

COMMENT ON FUNCTION @schema@.guard_published_round() IS
'Trigger: refuses to change what the scores of a published round depend on, with 55000. / Trigger: từ chối thay đổi dữ liệu quyết định điểm của kỳ đã công bố, lỗi 55000.';
