/*
 * rank_estimates.c
 *	  Reading estimates with their errors: rank_estimates.h.
 */
#include "postgres.h"
#include "uncertainty/rank_estimates.h"

#include <math.h>

#include "base/forms/bytes.h"
#include "base/forms/text_reader.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* By how much of the errors two sides of the diagonal may differ. */
#define SYMMETRY_TOLERANCE 1e-8

static const char *
code_of(const text *unit)
{
	return clip_text(VARDATA_ANY(unit), VARSIZE_ANY_EXHDR(unit));
}

static int
compare_units(const void *a, const void *b, void *units)
{
	const text *x = ((text *const *) units)[*(const int *) a];
	const text *y = ((text *const *) units)[*(const int *) b];

	return compare_bytes(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x),
						 VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y));
}

void
sort_rank_units(text *const *unit, int *place, int n)
{
	qsort_arg(place, n, sizeof(int), compare_units, (void *) unit);
	for (int i = 1; i < n; i++)
		if (compare_units(&place[i - 1], &place[i], (void *) unit) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unit \"%s\" stands twice", code_of(unit[place[i]])),
					 errhint("Rank the units of one group or period at a time.")));
}

/* The length of a list; error 2202E where it is no list, or not as long as that of units. */
static int
elements_of(ArrayType *array, const char *what, int units)
{
	int			length = ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one dimension", what)));
	if (units >= 0 && length != units)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%d units have %d elements of %s", units, length, what),
				 errhint("Give each unit one, NULL where it is not known.")));
	return length;
}

text **
rank_unit_codes(ArrayType *array, int *count)
{
	Datum	   *element;
	bool	   *is_null;
	text	  **unit;

	elements_of(array, "unit", -1);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &element, &is_null, count);
	unit = palloc_extended(sizeof(text *) * Max(*count, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < *count; i++)
	{
		if (is_null[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("unit number %d is NULL", i + 1)));
		unit[i] = DatumGetTextPP(element[i]);
	}
	return unit;
}

pg_noreturn static void
refuse_number(const char *what, double number, const char *unit, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s %s of unit \"%s\" is not valid", what, float8out_internal(number), unit),
			 errdetail_internal("%s", detail)));
}

/* Numbers of units, `row` of each: NaN where NULL. */
static double *
read_numbers(ArrayType *array, text *const *unit, int count, int row, const char *what, bool negative)
{
	const double *element = (const double *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	double	   *number = palloc_extended(sizeof(double) * count * row + 1, MCXT_ALLOC_HUGE);

	for (Size i = 0; i < (Size) count * row; i++)
	{
		if (i % 100000 == 0)
			CHECK_FOR_INTERRUPTS();
		number[i] = get_float8_nan();
		if (bitmap != NULL && (bitmap[i / 8] >> i % 8 & 1) == 0)
			continue;
		number[i] = *element++;
		if (!isfinite(number[i]))
			refuse_number(what, number[i], code_of(unit[i / row]), _("It must be a finite number."));
		if (number[i] < 0 && !negative)
			refuse_number(what, number[i], code_of(unit[i / row]), _("It must not be below zero."));
	}
	return number;
}

/* The errors of the diagonal. */
static double *
read_covariance(ArrayType *array, rank_estimates *estimates, double **error)
{
	int			n = estimates->given;
	double	   *covariance;

	if ((n > 0 || ARR_NDIM(array) > 0) &&
		(ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != n || ARR_DIMS(array)[1] != n))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("covariance of %d units must be a square array of as many rows", n),
				 ARR_NDIM(array) == 2 ?
				 errdetail("The array given has %d rows of %d.", ARR_DIMS(array)[0], ARR_DIMS(array)[1]) :
				 errdetail("The number of dimensions of the array given is %d.", ARR_NDIM(array))));
	covariance = read_numbers(array, estimates->unit, n, n, "covariance", true);
	*error = palloc_extended(sizeof(double) * n + 1, MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		double		variance = covariance[(Size) i * n + i];

		if (variance < 0)
			refuse_number("variance", variance, code_of(estimates->unit[i]),
						  _("It must not be below zero."));
		(*error)[i] = sqrt(variance);
	}
	return covariance;
}

/* The mean of both sides of the diagonal, which must be as good as the same. */
static double
covariance_of(const rank_estimates *estimates, const double *given, int i, int k)
{
	double		upper = given[(Size) i * estimates->given + k];
	double		lower = given[(Size) k * estimates->given + i];

	if (isnan(upper) || isnan(lower))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("covariance of units \"%s\" and \"%s\" is NULL",
						code_of(estimates->unit[i]), code_of(estimates->unit[k])),
				 errhint("A unit whose own variance is NULL is left out.")));
	if (fabs(upper - lower) > SYMMETRY_TOLERANCE * estimates->error[i] * estimates->error[k])
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("covariance is not symmetric"),
				 errdetail("That of units \"%s\" and \"%s\" is %s in one place and %s in the other.",
						   code_of(estimates->unit[i]), code_of(estimates->unit[k]),
						   float8out_internal(upper), float8out_internal(lower))));
	return i == k ? upper : upper / 2 + lower / 2;
}

/* In order; NULL where nothing stands off the diagonal: independent. */
static double *
ordered_covariance(const rank_estimates *estimates, const double *given)
{
	int			n = estimates->n;
	double	   *ordered = palloc_extended(sizeof(double) * n * n + 1, MCXT_ALLOC_HUGE);
	bool		correlated = false;

	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < n; k++)
		{
			double		covariance = covariance_of(estimates, given, estimates->place[i], estimates->place[k]);

			ordered[(Size) i * n + k] = covariance;
			correlated |= i != k && covariance != 0;
		}
	}
	if (correlated)
		return ordered;
	pfree(ordered);
	return NULL;
}

void
read_rank_estimates(ArrayType *unit, ArrayType *estimate, ArrayType *se, ArrayType *covariance,
					rank_estimates *estimates)
{
	double	   *given = NULL;

	estimates->unit = rank_unit_codes(unit, &estimates->given);
	elements_of(estimate, "estimate", estimates->given);
	estimates->estimate = read_numbers(estimate, estimates->unit, estimates->given, 1, "estimate", true);
	if ((se == NULL) == (covariance == NULL))
		ereport(ERROR,
				(errcode(se == NULL ? ERRCODE_NULL_VALUE_NOT_ALLOWED : ERRCODE_INVALID_PARAMETER_VALUE),
				 se == NULL ? errmsg("neither se nor covariance is given") :
				 errmsg("both se and covariance are given"),
				 errhint("Give the standard errors of independent estimates, or the covariance of all.")));
	estimates->has_covariance = covariance != NULL;
	if (se != NULL)
	{
		elements_of(se, "se", estimates->given);
		estimates->error = read_numbers(se, estimates->unit, estimates->given, 1, "standard error", false);
	}
	else
		given = read_covariance(covariance, estimates, &estimates->error);
	estimates->status = palloc_extended(sizeof(rank_status) * Max(estimates->given, 1), MCXT_ALLOC_HUGE);
	estimates->place = palloc_extended(sizeof(int) * Max(estimates->given, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < estimates->given; i++)
	{
		estimates->status[i] = isnan(estimates->estimate[i]) ? RANK_NO_ESTIMATE :
			isnan(estimates->error[i]) ? RANK_NO_ERROR : RANK_OK;
		estimates->place[i] = i;
	}
	sort_rank_units(estimates->unit, estimates->place, estimates->given);
	estimates->x = palloc_extended(sizeof(double) * Max(estimates->given, 1), MCXT_ALLOC_HUGE);
	estimates->se = palloc_extended(sizeof(double) * Max(estimates->given, 1), MCXT_ALLOC_HUGE);
	estimates->n = 0;
	for (int i = 0; i < estimates->given; i++)
	{
		int			place = estimates->place[i];

		if (estimates->status[place] != RANK_OK)
			continue;
		estimates->place[estimates->n] = place;
		estimates->x[estimates->n] = estimates->estimate[place];
		estimates->se[estimates->n] = estimates->error[place];
		estimates->n++;
	}
	estimates->covariance = given == NULL ? NULL : ordered_covariance(estimates, given);
}

const char *
rank_status_name(rank_status status)
{
	static const char *const names[] = {"ok", "no_estimate", "no_error"};

	return names[status];
}
