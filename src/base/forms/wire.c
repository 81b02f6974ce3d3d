/*
 * wire.c
 *	  Reading the binary forms of types: wire.h.
 */
#include "postgres.h"
#include "base/forms/wire.h"

#include "libpq/pqformat.h"

int
wire_version(StringInfo wire, const char *type, int newest)
{
	int			version = pq_getmsgbyte(wire);

	if (version < 1 || version > newest)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of type %s", version, type),
				 newest == 1 ?
				 errdetail("This library reads version 1.") :
				 errdetail("This library reads versions 1 to %d.", newest)));
	return version;
}

int32
wire_count(StringInfo wire, const char *type, Size each)
{
	int32		count = (int32) pq_getmsgint(wire, 4);
	int			left = wire->len - wire->cursor;

	if (count < 0 || (Size) count > (Size) left / each)
		wire_error(type, psprintf("It claims %d items, of at least %d bytes each, in %d bytes.",
								  count, (int) each, left));
	return count;
}

void
wire_error(const char *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value of type %s", type),
			 errdetail("%s", detail)));
}
