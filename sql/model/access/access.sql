-- Who is asking, and what that role may do. Rights are those of member, read
-- by functions of the owner, so that nobody needs to see the others' rows.
--
-- The last argument is never given: as a default it is evaluated before these
-- functions become the owner's, where caller() still sees whose code asks.
-- Nobody can ask for another role by it.

-- Replaced by upgrades:

CREATE OR REPLACE FUNCTION @schema@.is_owner() RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(pg_has_role(@schema@.caller(), t.typowner, 'USAGE'), false)
	FROM pg_type AS t
	WHERE t.oid = pg_typeof(NULL::@schema@.here);
END;

CREATE OR REPLACE FUNCTION @schema@.has_capability(wanted text, asking name DEFAULT @schema@.caller()) RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT asking IS NOT NULL AND @schema@.is_owner() OR EXISTS (
		SELECT FROM @schema@.member AS m
		WHERE m.login_role = asking
			AND asking = @schema@.caller()
			AND m.capability = wanted
			AND current_date >= m.valid_from
			AND current_date < m.valid_to
	);
END;

-- Whether the caller may see every row of every round: then, and only then,
-- live rows may be ranked.
CREATE OR REPLACE FUNCTION @schema@.sees_whole_round(asking name DEFAULT @schema@.caller()) RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT asking IS NOT NULL AND @schema@.is_owner() OR EXISTS (
		SELECT FROM @schema@.member AS m
		WHERE m.login_role = asking
			AND asking = @schema@.caller()
			AND (m.capability = 'publisher' OR m.capability = 'verifier' AND m.stable_key IS NULL)
			AND current_date >= m.valid_from
			AND current_date < m.valid_to
	);
END;

-- Agencies whose self-assessment the caller writes; empty for others.
CREATE OR REPLACE FUNCTION @schema@.own_agencies(asking name DEFAULT @schema@.caller()) RETURNS int[]
	LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT coalesce(array_agg(m.agency_id), '{}')
	FROM @schema@.member AS m
	WHERE m.login_role = asking
		AND asking = @schema@.caller()
		AND m.capability = 'assessor'
		AND current_date >= m.valid_from
		AND current_date < m.valid_to;
END;

-- Criteria of all sets that the caller verifies: those below the domains, or
-- criteria, named by stable key.
CREATE OR REPLACE FUNCTION @schema@.own_criteria(asking name DEFAULT @schema@.caller()) RETURNS int[]
	LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH RECURSIVE below AS (
		SELECT c.criterion_id
		FROM @schema@.member AS m
		JOIN @schema@.criterion AS c
			ON c.stable_key = m.stable_key OR m.stable_key IS NULL AND c.parent_id IS NULL
		WHERE m.login_role = asking
			AND asking = @schema@.caller()
			AND m.capability = 'verifier'
			AND current_date >= m.valid_from
			AND current_date < m.valid_to
		UNION
		SELECT c.criterion_id
		FROM below AS b
		JOIN @schema@.criterion AS c ON c.parent_id = b.criterion_id
	)
	SELECT coalesce(array_agg(b.criterion_id), '{}')
	FROM below AS b;
END;

CREATE OR REPLACE FUNCTION @schema@.require_capability(wanted text, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
BEGIN
	IF NOT has_capability(wanted) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" is not a %s in schema "%s"', caller(), wanted, own_schema),
			HINT = format('The owner of the schema grants it: SELECT %I.add_member(%L, %L).',
				own_schema, caller(), wanted);
	END IF;
END
$$;

CREATE OR REPLACE FUNCTION @schema@.require_whole_round(here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
BEGIN
	IF NOT sees_whole_round() THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" may not see the whole round', caller()),
			DETAIL = 'A ranking of the part that this role sees would show that part as if it were all.',
			HINT = format('Published results are in the views, such as %I.ranking; live ones are for publishers and for verifiers of all domains.',
				own_schema);
	END IF;
END
$$;

COMMENT ON FUNCTION @schema@.is_owner() IS
'Whether the caller is, or is a member of, the owner of the schema; false for no caller. / Người gọi có phải là chủ sở hữu lược đồ (hoặc thuộc vai trò đó) hay không; false nếu không xác định được người gọi.';

COMMENT ON FUNCTION @schema@.has_capability(text, name) IS
'Whether the caller has a capability today: reader, assessor, verifier or publisher; the owner has all. The last argument is not to be given. / Hôm nay người gọi có quyền nêu ra hay không: reader, assessor, verifier hoặc publisher; chủ sở hữu có mọi quyền. Không truyền tham số cuối.';

COMMENT ON FUNCTION @schema@.sees_whole_round(name) IS
'Whether the caller may see every row of every round: the owner, publishers and verifiers of all domains. The last argument is not to be given. / Người gọi có được xem toàn bộ dữ liệu của mọi kỳ hay không: chủ sở hữu, người công bố và người thẩm định tất cả lĩnh vực. Không truyền tham số cuối.';

COMMENT ON FUNCTION @schema@.own_agencies(name) IS
'Agencies (agency_id) whose self-assessment the caller writes today; empty for others. The last argument is not to be given. / Các cơ quan (agency_id) mà hôm nay người gọi được tự đánh giá; rỗng nếu không có. Không truyền tham số cuối.';

COMMENT ON FUNCTION @schema@.own_criteria(name) IS
'Criteria (criterion_id) of all sets that the caller verifies today, with those below them; empty for others. The last argument is not to be given. / Các tiêu chí (criterion_id) của mọi bộ mà hôm nay người gọi được thẩm định, kể cả cấp dưới; rỗng nếu không có. Không truyền tham số cuối.';

COMMENT ON FUNCTION @schema@.require_capability(text, @schema@.here) IS
'Raises 42501 unless the caller has the capability. / Báo lỗi 42501 nếu người gọi không có quyền nêu ra.';

COMMENT ON FUNCTION @schema@.require_whole_round(@schema@.here) IS
'Raises 42501 unless the caller may see every row of every round: a ranking of a part would show it as if it were all. / Báo lỗi 42501 nếu người gọi không được xem toàn bộ kỳ đánh giá: xếp hạng một phần sẽ bị hiểu nhầm là toàn bộ.';
