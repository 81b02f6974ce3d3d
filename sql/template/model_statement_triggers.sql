-- What looks at all rows that a statement changed: a trigger each for insert,
-- update and delete.
--   trigger  what their names begin with
--   table    whose rows
--   call     the function, with its arguments

CREATE OR REPLACE TRIGGER @trigger@_insert AFTER INSERT ON @schema@.@table@
	REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.@call@;
CREATE OR REPLACE TRIGGER @trigger@_update AFTER UPDATE ON @schema@.@table@
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.@call@;
CREATE OR REPLACE TRIGGER @trigger@_delete AFTER DELETE ON @schema@.@table@
	REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.@call@;
