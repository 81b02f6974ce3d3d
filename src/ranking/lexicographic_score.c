/*
 * lexicographic_score.c
 *	  Scores of several criteria: the first decides, the next breaks its ties.
 *
 * Given as a numeric array. An element that is NULL or NaN, or beyond the end
 * of the array, is missing. A missing first criterion leaves the row unranked;
 * a missing later one is worse than any value, whichever end is best.
 */
#include "postgres.h"
#include "base/compat.h"

#include "catalog/pg_type_d.h"
#include "ranking/lexicographic_score.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

/*
 * Makes a score of a numeric array, in one chunk of the given context. Returns
 * NULL where the first criterion is missing. What else it allocates is left in
 * the current context.
 */
lexicographic_score *
read_lexicographic_score(Datum array, MemoryContext context)
{
	ArrayType  *elements = DatumGetArrayTypeP(array);
	Datum	   *element;
	bool	   *missing;
	int			length;
	Size		size;
	lexicographic_score *score;
	char	   *next;
	int			i;

	if (ARR_NDIM(elements) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot rank an array of %d dimensions",
						ARR_NDIM(elements)),
				 errhint("Give the criteria as a one-dimensional array, the deciding one first.")));

	deconstruct_array(elements, NUMERICOID, -1, false, TYPALIGN_INT,
					  &element, &missing, &length);
	for (i = 0; i < length; i++)
		if (!missing[i] && numeric_is_nan(DatumGetNumeric(element[i])))
			missing[i] = true;
	while (length > 0 && missing[length - 1])
		length--;
	if (length == 0 || missing[0])
		return NULL;

	size = offsetof(lexicographic_score, criterion) + sizeof(Numeric) * length;
	for (i = 0; i < length; i++)
		if (!missing[i])
			size += INTALIGN(VARSIZE(DatumGetNumeric(element[i])));

	score = MemoryContextAlloc(context, size);
	score->length = length;
	next = (char *) &score->criterion[length];
	for (i = 0; i < length; i++)
	{
		Numeric		value;

		if (missing[i])
		{
			score->criterion[i] = NULL;
			continue;
		}
		value = DatumGetNumeric(element[i]);
		memcpy(next, value, VARSIZE(value));
		score->criterion[i] = (Numeric) next;
		next += INTALIGN(VARSIZE(value));
	}
	return score;
}

/*
 * Negative where a goes first, 0 on a tie.
 */
int
compare_lexicographic_scores(const lexicographic_score *a,
							 const lexicographic_score *b,
							 bool descending)
{
	int			length = Max(a->length, b->length);
	int			i;

	for (i = 0; i < length; i++)
	{
		Numeric		x = i < a->length ? a->criterion[i] : NULL;
		Numeric		y = i < b->length ? b->criterion[i] : NULL;
		int			result;

		if (x == NULL || y == NULL)
			result = (x == NULL) - (y == NULL);
		else
		{
			result = DatumGetInt32(DirectFunctionCall2(numeric_cmp,
													   NumericGetDatum(x),
													   NumericGetDatum(y)));
			if (descending)
				result = -result;
		}
		if (result != 0)
			return result;
	}
	return 0;
}
