-- Members: rows of member and the grants that go with a capability.

-- Replaced by upgrades:

-- Grants a role what its capabilities need, and no more; all is taken back first.
-- Agencies get nothing on a whole table: with DELETE comes the right to lock it.
CREATE OR REPLACE FUNCTION @schema@.grant_capabilities(login_role name, here @schema@.here DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	held CONSTANT text[] := ARRAY(
		SELECT DISTINCT m.capability FROM member AS m WHERE m.login_role = grant_capabilities.login_role);
	command text;
BEGIN
	EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', own_schema, login_role);
	-- Privileges of columns are not taken back with those of tables.
	FOR command IN
		SELECT format('REVOKE ALL (%s) ON %I.%I FROM %I', string_agg(quote_ident(a.attname), ', '), own_schema, c.relname, login_role)
		FROM pg_class AS c
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
		WHERE c.relnamespace = quote_ident(own_schema)::regnamespace
		GROUP BY c.relname
	LOOP
		EXECUTE command;
	END LOOP;
	IF cardinality(held) = 0 THEN
		EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', own_schema, login_role);
		RETURN;
	END IF;

	EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', own_schema, login_role);
	FOR command IN
		SELECT format('GRANT SELECT ON %I.%I TO %I', own_schema, c.relname, login_role)
		FROM pg_class AS c
		WHERE c.relnamespace = quote_ident(own_schema)::regnamespace
			AND c.relkind IN ('r', 'p', 'v')
			AND c.relname NOT IN ('respondent_identity', 'assessment_load', 'criterion_load')
	LOOP
		EXECUTE command;
	END LOOP;
	FOR command IN
		SELECT format('GRANT %s ON %I.%I TO %I', g.privileges, own_schema, g.relation, login_role)
		FROM (VALUES
			('{assessor,publisher}'::text[], 'assessment',
				'INSERT (track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points, explanation), UPDATE (measured, numerator, denominator, self_points, explanation)'),
			('{assessor,publisher}', 'evidence', 'INSERT (assessment_id, title, url, sha256)'),
			('{assessor,publisher}', 'action_progress', 'INSERT (action_id, reported_on, percent, note), UPDATE (percent, note)'),
			('{verifier,publisher}', 'assessment',
				'INSERT (track_id, agency_id, criterion_id, set_id, verified_points, verify_note), UPDATE (verified_points, verify_note)'),
			('{publisher}', 'assessment', 'UPDATE (standard_error, obs_status, conf_status)'),
			('{publisher}', 'participation',
				'INSERT (track_id, agency_id, round_id, months_covered, in_reference, outcome, forced_score, reason), UPDATE (months_covered, in_reference, outcome, forced_score, reason), DELETE'),
			('{publisher}', 'applicability', 'INSERT (track_id, agency_id, criterion_id, set_id, reason), DELETE'),
			('{publisher}', 'sheet_adjustment', 'INSERT (track_id, agency_id, kind, points, reason, legal_reference), DELETE'),
			('{publisher}', 'action',
				'INSERT (round_id, lead_agency_id, code, name_vi, name_en, sort_order, starts_on, due_on, cancelled_on), UPDATE (lead_agency_id, name_vi, name_en, sort_order, starts_on, due_on, cancelled_on)'),
			('{publisher}', 'action_partner', 'INSERT, DELETE'),
			('{publisher}', 'action_criterion', 'INSERT, DELETE'),
			('{publisher}', 'award',
				'INSERT (publication_id, kind, agency_id, person_name, name_vi, name_en, decision_no, decision_date), DELETE'),
			('{publisher}', 'assessment_load',
				'INSERT (round_code, agency_code, criterion_code, measured, numerator, denominator, self_points, explanation, verified_points, verify_note, evidence_url, evidence_sha256), SELECT')
		) AS g (capabilities, relation, privileges)
		WHERE g.capabilities && held
	LOOP
		EXECUTE command;
	END LOOP;
END
$$;

-- Makes a login role a member, or adds a capability to it: reader; assessor of
-- an agency; verifier of the criteria below a stable key, or of all; publisher.
CREATE OR REPLACE FUNCTION @schema@.add_member(
	login_role name, capability text, agency_code text DEFAULT NULL, stable_key text DEFAULT NULL,
	here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	agency record;
	added int;
BEGIN
	IF NOT is_owner() THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('only the owner of schema "%s" may add members', own_schema);
	ELSIF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = add_member.login_role) THEN
		RAISE undefined_object USING MESSAGE = format('there is no role "%s"', add_member.login_role);
	ELSIF add_member.capability IS NULL OR add_member.capability NOT IN ('reader', 'assessor', 'verifier', 'publisher') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('unknown capability "%s"', add_member.capability),
			HINT = 'Capabilities are reader, assessor, verifier and publisher.';
	ELSIF (add_member.capability = 'assessor') <> (add_member.agency_code IS NOT NULL) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('capability "%s" %s an agency', add_member.capability,
				CASE add_member.capability WHEN 'assessor' THEN 'needs' ELSE 'takes no' END);
	ELSIF add_member.stable_key IS NOT NULL AND (add_member.capability <> 'verifier'
		OR NOT EXISTS (SELECT FROM criterion AS c WHERE c.stable_key = normalize(add_member.stable_key)))
	THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a %s of criterion "%s" cannot be', add_member.capability, add_member.stable_key),
			HINT = 'Verifiers may be bound to a criterion by its stable_key, which has to be there.';
	END IF;
	SELECT a.agency_id INTO agency FROM agency AS a WHERE a.code = normalize(add_member.agency_code);
	IF add_member.agency_code IS NOT NULL AND NOT FOUND THEN
		RAISE no_data_found USING MESSAGE = format('there is no agency "%s"', add_member.agency_code);
	END IF;
	INSERT INTO member (login_role, capability, agency_id, stable_key)
	VALUES (add_member.login_role, add_member.capability, agency.agency_id, normalize(add_member.stable_key))
	ON CONFLICT DO NOTHING
	RETURNING member_id INTO added;
	IF added IS NULL THEN
		RAISE unique_violation USING
			MESSAGE = format('role "%s" has this capability already', add_member.login_role);
	END IF;
	PERFORM grant_capabilities(add_member.login_role);
	RETURN added;
END
$$;

-- Takes one capability, or with NULL all of them, from a role; gives their number.
CREATE OR REPLACE FUNCTION @schema@.remove_member(
	login_role name, capability text DEFAULT NULL, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	removed int;
BEGIN
	IF NOT is_owner() THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('only the owner of schema "%s" may remove members', own_schema);
	END IF;
	DELETE FROM member AS m
	WHERE m.login_role = remove_member.login_role
		AND (remove_member.capability IS NULL OR m.capability = remove_member.capability);
	GET DIAGNOSTICS removed = ROW_COUNT;
	IF removed = 0 THEN
		RAISE no_data_found USING
			MESSAGE = format('role "%s" has no such capability', remove_member.login_role);
	END IF;
	IF EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = remove_member.login_role) THEN
		PERFORM grant_capabilities(remove_member.login_role);
	END IF;
	RETURN removed;
END
$$;

COMMENT ON FUNCTION @schema@.grant_capabilities(name, @schema@.here) IS
'Grants a role what its capabilities in member need and takes back all else; for the owner. Raises 42704 if the role does not exist. / Cấp cho vai trò đúng các đặc quyền cần cho quyền ghi trong bảng member và thu hồi phần còn lại; dành cho chủ sở hữu. Báo lỗi 42704 nếu vai trò không tồn tại.';

COMMENT ON FUNCTION @schema@.add_member(name, text, text, text, @schema@.here) IS
'Gives a login role a capability: reader; assessor of an agency; verifier of a criterion, by stable key, or of all; publisher. Gives its member_id. Raises 42501 for others than the owner, 42704 without the role, 22023 if the arguments do not fit, P0002 without the agency, 23505 if the role has it already. / Cấp quyền cho tài khoản: reader; assessor của một cơ quan; verifier của một tiêu chí (theo khóa ổn định) hoặc tất cả; publisher. Trả về member_id. Lỗi: 42501 nếu không phải chủ sở hữu, 42704 nếu không có tài khoản, 22023 nếu tham số không phù hợp, P0002 nếu không có cơ quan, 23505 nếu đã có quyền.';

COMMENT ON FUNCTION @schema@.remove_member(name, text, @schema@.here) IS
'Takes one capability, or with NULL all, from a login role and gives the number of rows removed. Raises 42501 for others than the owner, P0002 if there is none. / Thu hồi một quyền, hoặc tất cả nếu NULL, của tài khoản và trả về số dòng đã xóa. Lỗi: 42501 nếu không phải chủ sở hữu, P0002 nếu không có quyền nào.';
