-- Who changed an assessment is asked of a function, of which the default is the
-- first use in a schema that there was before.
CREATE FUNCTION @schema@.chosen_role() RETURNS name
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE current_setting('role')
		WHEN 'none' THEN session_user
		ELSE current_setting('role')::name
	END;
END;
ALTER TABLE @schema@.assessment ALTER COLUMN changed_by SET DEFAULT @schema@.chosen_role();
