/*
 * cell_status.c
 *	  The statuses of a cell by name: cell_status.h.
 */
#include "postgres.h"
#include "base/cell_status.h"

#include "base/compat.h"
#include "utils/builtins.h"

cell_status
parse_cell_status(text *name, bool has_value)
{
	static const char *const status_name[] = {"observed", "missing", "not_applicable"};

	for (int status = CELL_OBSERVED; status <= CELL_NOT_APPLICABLE; status++)
	{
		if (VARSIZE_ANY_EXHDR(name) != strlen(status_name[status]) ||
			memcmp(VARDATA_ANY(name), status_name[status], strlen(status_name[status])) != 0)
			continue;
		if ((status == CELL_OBSERVED) != has_value)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a cell of status \"%s\" %s a value", status_name[status],
							has_value ? "has" : "lacks"),
					 errhint("Observed cells have a value; missing and not applicable ones have NULL.")));
		return status;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" is not the status of a cell", text_to_cstring(name)),
			 errhint("It is observed, missing or not_applicable.")));
}
