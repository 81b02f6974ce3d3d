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
