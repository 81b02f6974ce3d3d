/*
 * grade_bands.c
 *	  Grades by the lower bounds of their bands.
 *
 * Read from a jsonb object of label and lowest score, such as
 * {"A": 90, "B": 80, "C": 0}. The bands are kept in the order of their bounds,
 * the highest first, and no two bounds are equal.
 *
 * A float8 score is compared with the double nearest to the bound, so that a
 * score that prints as 79.9 reaches a bound of 79.9.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "ranking/grade_bands.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

static int
compare_bounds(const void *a, const void *b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp,
											 NumericGetDatum(((const grade_band *) b)->bound),
											 NumericGetDatum(((const grade_band *) a)->bound)));
}

pg_noreturn static void
refuse_bands(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("bands must be a jsonb object of labels and lowest scores"),
			 errdetail_internal("%s", detail),
			 errhint("Write for example {\"A\": 90, \"B\": 80, \"C\": 0}.")));
}

/*
 * Reads and checks the bands, in the current memory context.
 */
grade_bands *
read_grade_bands(const Jsonb *json)
{
	JsonbContainer *object = unconstify(JsonbContainer *, &json->root);
	grade_bands *bands;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	int			i;

	if (!JsonContainerIsObject(object))
		refuse_bands(_("The value given is no object."));
	if (JsonContainerSize(object) == 0)
		refuse_bands(_("The object given is empty."));

	bands = palloc(offsetof(grade_bands, band) +
				   sizeof(grade_band) * JsonContainerSize(object));
	bands->nbands = 0;

	iterator = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		grade_band *band = &bands->band[bands->nbands];

		if (token == WJB_KEY)
			band->label = cstring_to_text_with_len(value.val.string.val,
												   value.val.string.len);
		else if (token == WJB_VALUE)
		{
			if (value.type != jbvNumeric)
				refuse_bands(psprintf(_("The lowest score of \"%s\" is no number."),
									  text_to_cstring(band->label)));
			band->bound = DatumGetNumericCopy(NumericGetDatum(value.val.numeric));
			band->bound_float8 =
				DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
												   NumericGetDatum(band->bound)));
			bands->nbands++;
		}
	}

	qsort(bands->band, bands->nbands, sizeof(grade_band), compare_bounds);
	for (i = 1; i < bands->nbands; i++)
		if (compare_bounds(&bands->band[i - 1], &bands->band[i]) == 0)
			refuse_bands(psprintf(_("\"%s\" and \"%s\" have the same lowest score."),
								  text_to_cstring(bands->band[i - 1].label),
								  text_to_cstring(bands->band[i].label)));
	return bands;
}

/* The number of the band of that label, or -1. */
int
find_grade_band(const grade_bands *bands, const char *label, int length)
{
	int			i;

	for (i = 0; i < bands->nbands; i++)
		if ((int) VARSIZE_ANY_EXHDR(bands->band[i].label) == length &&
			memcmp(VARDATA_ANY(bands->band[i].label), label, length) == 0)
			return i;
	return -1;
}

/* The number of the score's band, or -1 below the lowest and for NaN. */
int
grade_band_float8(const grade_bands *bands, double score)
{
	int			i;

	for (i = 0; i < bands->nbands; i++)
		if (score >= bands->band[i].bound_float8)
			return i;
	return -1;
}

/* The same of a numeric score. */
int
grade_band_numeric(const grade_bands *bands, Numeric score)
{
	int			i;

	if (numeric_is_nan(score))
		return -1;
	for (i = 0; i < bands->nbands; i++)
		if (DatumGetBool(DirectFunctionCall2(numeric_ge, NumericGetDatum(score),
											 NumericGetDatum(bands->band[i].bound))))
			return i;
	return -1;
}
