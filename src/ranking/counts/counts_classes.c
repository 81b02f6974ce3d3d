/*
 * counts_classes.c
 *	  Natural breaks of counted scores, and the function that lists them.
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/interrupts.h"
#include "base/result_column.h"
#include "funcapi.h"
#include "ranking/counts/counts_classes.h"

/* Distinct scores, beyond which a search would last minutes. */
#define MOST_SCORES	1000000

void
check_class_count(int32 classes)
{
	if (classes < 1 || classes > NATURAL_BREAKS_MAX_CLASSES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot cut scores into %d classes", classes),
				 errhint("Give a number of classes from 1 to %d.", NATURAL_BREAKS_MAX_CLASSES)));
}

void
refuse_infinite_score(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot classify an infinite score"),
			 errdetail("Classes are cut by squared deviations from their means."),
			 errhint("FILTER or a WHERE clause leaves rows out.")));
}

void
classify_counts(const score_counts *counts, int32 classes, counts_classes *result)
{
	int			n = counts->entries;
	int64	   *value;
	int64	   *below;
	void	   *memory;

	check_class_count(classes);
	if (n > 0 && (counts->entry[0].key == SCORE_KEY_MINUS_INFINITY ||
				  counts->entry[n - 1].key == SCORE_KEY_PLUS_INFINITY))
		refuse_infinite_score();
	if (n > MOST_SCORES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distinct scores to be classified"),
				 errdetail("At %d digits there are %d, more than %d.", counts->digits, n, MOST_SCORES),
				 errhint("Give fewer digits.")));

	value = palloc_extended(sizeof(int64) * Max(n, 1), MCXT_ALLOC_HUGE);
	below = palloc_extended(sizeof(int64) * Max(n, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		value[i] = counts->entry[i].key;
		below[i] = score_counts_below(counts, i);
	}
	result->values = (counted_values) {
		.value = value,
		.below = below,
		.n = n,
		.total = counts->total
	};
	result->classes = Min(classes, n);
	if (n == 0)
		return;
	if (!natural_breaks_fit_in(&result->values))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("scores are spread too far to be classified at %d digits", counts->digits),
				 errdetail("Their sums of squares would not be exact."),
				 errhint("Give fewer digits.")));

	memory = MemoryContextAllocHuge(CurrentMemoryContext, natural_breaks_memory(n, result->classes));
	natural_breaks(&result->values, result->classes, result->first, memory, let_interrupts, NULL);
	pfree(memory);
}

/*
 * class_breaks(score_counts, classes) ->
 * TABLE(class int, lowest numeric, highest numeric, count bigint, goodness float8)
 */
PARINDEX_FUNCTION(parindex_class_breaks);
Datum
parindex_class_breaks(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CLASS, LOWEST, HIGHEST, COUNT, GOODNESS, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	const score_counts *counts;
	counts_classes found;

	InitMaterializedSRF(fcinfo, 0);
	counts = score_counts_canonical(PG_GETARG_SCORE_COUNTS_P(0));
	classify_counts(counts, PG_GETARG_INT32(1), &found);
	put_float8(natural_breaks_goodness(&found.values, found.classes, found.first),
			   &values[GOODNESS], &nulls[GOODNESS]);
	for (int c = 0; c < found.classes; c++)
	{
		int			first = found.first[c];
		int			end = c + 1 < found.classes ? found.first[c + 1] : counts->entries;

		values[CLASS] = Int32GetDatum(c + 1);
		values[LOWEST] = score_of_key(counts->entry[first].key, counts->digits);
		values[HIGHEST] = score_of_key(counts->entry[end - 1].key, counts->digits);
		values[COUNT] = Int64GetDatum(score_counts_below(counts, end) - score_counts_below(counts, first));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
