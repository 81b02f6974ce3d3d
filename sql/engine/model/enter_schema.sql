CREATE FUNCTION parindex.enter_schema(member regtype) RETURNS name
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'parindex_enter_schema';

COMMENT ON FUNCTION parindex.enter_schema(regtype) IS
'Support of the model: name of the schema in which the type lies; sets search_path to pg_catalog, that schema, pg_temp until the end of the innermost function with a SET search_path clause, else of the transaction. By it a function in PL/pgSQL with an argument of a type of its own schema finds its tables after the schema was renamed. NULL, and nothing set, where the type is NULL; an unknown type is an error.';
