/*
 * version.c
 *	  The module's magic block and its version.
 */
#include "postgres.h"
#include "base/compat.h"

#include "fmgr.h"
#include "utils/builtins.h"

PARINDEX_MODULE_MAGIC;

/* library_version() -> text: the version this shared library was built as. */
PARINDEX_FUNCTION(parindex_library_version);
Datum
parindex_library_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(PARINDEX_VERSION));
}
