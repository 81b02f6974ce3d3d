-- Replaced by upgrades:

-- One expression, which the planner puts in place of the call: a load asks for
-- every row.
CREATE OR REPLACE FUNCTION @schema@.chosen_role() RETURNS name
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE current_setting('role')
		WHEN 'none' THEN session_user
		ELSE current_setting('role')::name
	END;
END;

-- The role whose rights count and whose name is noted: the one chosen by SET
-- ROLE, else the one that logged in. current_user would be the owner in the
-- owner's functions. NULL where current_user is anyone else, as in an expression
-- of an index that an administrator's ANALYZE evaluates as the table's owner:
-- such code must not have the administrator's rights, and so has none.
CREATE OR REPLACE FUNCTION @schema@.caller() RETURNS name
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN current_user IN (o.role, pg_get_userbyid(t.typowner)) THEN o.role END
	FROM pg_type AS t
	CROSS JOIN (SELECT @schema@.chosen_role() AS role) AS o
	WHERE t.oid = pg_typeof(NULL::@schema@.here);
END;

COMMENT ON FUNCTION @schema@.chosen_role() IS
'The role chosen by SET ROLE, else the one that logged in. / Vai trò chọn bằng SET ROLE, nếu không thì tài khoản đăng nhập.';

COMMENT ON FUNCTION @schema@.caller() IS
'The role whose rights count and whose name is noted: the one chosen by SET ROLE, else the one that logged in; NULL where code runs with the rights of somebody else, as in an administrator''s ANALYZE. / Vai trò đang được xét quyền và ghi tên: vai trò chọn bằng SET ROLE, nếu không thì tài khoản đăng nhập; NULL khi mã chạy với quyền của người khác.';
