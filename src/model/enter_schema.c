/*
 * enter_schema.c
 *	  How a function in PL/pgSQL finds the schema it lives in.
 *
 * PL/pgSQL keeps names, not OIDs, so a function that writes its schema's name
 * is lost when the schema is renamed, and before PostgreSQL 16 it cannot ask
 * for its own OID. What is bound by OID is the type of an argument. Functions
 * of a model schema therefore have one of a type of that schema, which no
 * caller can change, and open with parindex.enter_schema(pg_typeof(here)).
 */
#include "postgres.h"
#include "base/compat.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PARINDEX_FUNCTION(parindex_enter_schema);

/*
 * enter_schema(member regtype) -> name: names without a schema are now looked
 * up in pg_catalog, then in the schema of that type, and among temporary
 * tables last.
 *
 * The setting is local, so it ends with the innermost function in progress
 * that has a SET search_path clause, or with the transaction. pg_catalog comes
 * first: whoever may create in the schema cannot stand in for core's functions.
 *
 * Code that an administrator's command evaluates on behalf of a table's owner,
 * such as ANALYZE an expression of an index, is refused: the functions of the
 * model would take it for the administrator's.
 */
Datum
parindex_enter_schema(PG_FUNCTION_ARGS)
{
	Oid			member = PG_GETARG_OID(0);
	HeapTuple	type = SearchSysCache1(TYPEOID, ObjectIdGetDatum(member));
	char	   *schema;

	if (InSecurityRestrictedOperation())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("the functions of a model cannot be called within a security-restricted operation")));
	if (!HeapTupleIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("type with OID %u does not exist", member)));
	schema = get_namespace_name(((Form_pg_type) GETSTRUCT(type))->typnamespace);
	ReleaseSysCache(type);
	if (schema == NULL)
		elog(ERROR, "cache lookup failed for the schema of type %u", member);

	(void) set_config_option("search_path",
							 psprintf("pg_catalog, %s, pg_temp", quote_identifier(schema)),
							 superuser() ? PGC_SUSET : PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_LOCAL, true, 0, false);
	return DirectFunctionCall1(namein, CStringGetDatum(schema));
}
