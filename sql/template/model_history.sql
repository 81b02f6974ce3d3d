-- Keeps the history of a table.
--   table    its name
--   columns  of its primary key, in quotes

--@ model_statement_triggers
--@ trigger: history_of
--@ table: @table@
--@ call: keep_history(@columns@)
