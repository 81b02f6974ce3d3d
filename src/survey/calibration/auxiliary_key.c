/*
 * auxiliary_key.c
 *	  Reads an array of auxiliary variables.
 */
#include "postgres.h"
#include "survey/calibration/auxiliary_key.h"

#include <math.h>

#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* The number of variables that the first respondent has. */
int
count_auxiliary_variables(Datum array)
{
	const ArrayType *x = DatumGetArrayTypeP(array);
	int			count = ARR_NDIM(x) == 1 ? ARR_DIMS(x)[0] : 0;

	if (count < 1 || count > MOST_AUXILIARY_VARIABLES)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("auxiliary variables must be a list of 1 to %d", MOST_AUXILIARY_VARIABLES)));
	return count;
}

/* variables: their number, an int. */
void
read_auxiliary_key(Datum array, char *key, void *variables)
{
	const ArrayType *x = DatumGetArrayTypeP(array);
	const double *value = (const double *) ARR_DATA_PTR(x);
	int			count = *(const int *) variables;

	if (ARR_NDIM(x) != 1 || ARR_DIMS(x)[0] != count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("auxiliary variables of a respondent must be a list of %d", count)));
	if (array_contains_nulls(unconstify(ArrayType *, x)))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("an auxiliary variable of a respondent is NULL"),
				 errhint("Leave such rows out by a NULL weight, or impute them.")));
	for (int i = 0; i < count; i++)
	{
		/* Adding zero turns -0 into 0, so that equal keys have equal bytes. */
		double		v = value[i] + 0.0;

		if (!isfinite(v))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("auxiliary variable %d of a respondent is %s", i + 1, float8out_internal(v))));
		memcpy(key + sizeof(double) * i, &v, sizeof(v));
	}
}
