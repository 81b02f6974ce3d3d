/*
 * cell_status.c
 *	  The statuses of a cell by name: cell_status.h.
 */
#include "postgres.h"
#include "base/arguments/cell_status.h"

#include "base/arguments/choice.h"

static const choice statuses[] = {
	{"observed", CELL_OBSERVED},
	{"missing", CELL_MISSING},
	{"not_applicable", CELL_NOT_APPLICABLE},
	{NULL}
};

cell_status
parse_cell_status(const text *name, bool has_value)
{
	cell_status status = (cell_status) choose(name, "cell status", statuses);

	if ((status == CELL_OBSERVED) != has_value)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a cell of status \"%s\" %s a value", cell_status_name(status),
						has_value ? "has" : "lacks"),
				 errhint("Observed cells have a value; missing and not applicable ones have NULL.")));
	return status;
}

const char *
cell_status_name(cell_status status)
{
	return choice_name(statuses, status);
}
