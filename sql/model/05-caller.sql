-- Replaced by upgrades:

-- The role whose rights count and whose name is noted: the one chosen by SET
-- ROLE, else the one that logged in. current_user would be the owner in the
-- owner's functions.
CREATE OR REPLACE FUNCTION @schema@.caller() RETURNS name
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE current_setting('role')
		WHEN 'none' THEN session_user
		ELSE current_setting('role')::name
	END;
END;
