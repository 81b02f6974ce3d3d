/*
 * share_checks.c
 *	  Refusal of negative values where shares are asked for: share_checks.h.
 */
#include "postgres.h"
#include "weights/share_checks.h"

void
check_not_negative(const matrix_view *view, int column, const char *detail)
{
	const double *value = view->value + (Size) column * view->rows;

	for (int row = 0; row < view->rows; row++)
		if (unlikely(value[row] < 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unit \"%s\" has a negative value of criterion \"%s\": %s",
							matrix_unit_cstring(view, row), matrix_code_cstring(view, column),
							float8out_internal(value[row])),
					 errdetail("%s", detail),
					 errhint("Normalise the matrix to a scale from 0 on first.")));
}
