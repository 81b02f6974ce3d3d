/*
 * score_class.c
 *	  score_class(): the class of each row's score among natural breaks of its
 *	  partition.
 *
 * The first row's call counts the distinct scores and finds the highest score of
 * each class; a row's class is then the first that its score does not exceed.
 *
 * Without digits, scores are taken at the most decimals, up to 15, at which their
 * range is below 10^14 units: whole numbers of which all sums are exact. They
 * depend on the lowest and the highest score alone, so on no order of rows.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "base/arguments/partition_arguments.h"
#include "base/decimal_round.h"
#include "miscadmin.h"
#include "ranking/counts/counts_classes.h"
#include "ranking/partition_scores.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#define MOST_UNITS		1e14	/* of the range */
#define LARGEST_SCORE	1e18	/* in units */

/* Rows between two resets of the memory in which arguments are evaluated. */
#define ROWS_PER_RESET	64

/* Zeroed at the start of a partition; in its memory. */
typedef struct class_state
{
	partition_arguments arguments;
	bool		ready;
	int			digits;
	int			classes;		/* 0 where no row has a score */
	int64		highest[NATURAL_BREAKS_MAX_CLASSES];	/* score of each class */
} class_state;

/* What is made of the scores, one after the other. */
typedef struct score_reader
{
	score_type	type;
	MemoryContext context;		/* of the counts */
	int			digits;
	double		low;			/* the first time */
	double		high;
	score_counts *counts;		/* the second */
} score_reader;

static bool
read_key(Datum score, score_type type, int digits, int64 *key)
{
	return type == SCORE_TYPE_FLOAT8 ? score_key_of_float8(DatumGetFloat8(score), digits, key) :
		score_key_of_numeric(score, digits, key);
}

pg_noreturn static void
refuse_spread(int digits)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("scores are too large to be classified at %d digits", digits),
			 errdetail("In units of 10^%d they are to be below 10^18.", -digits),
			 errhint("Give fewer digits, or divide the scores.")));
}

static void
see_range(Datum score, score_reader *reader)
{
	double		x = DatumGetFloat8(reader->type == SCORE_TYPE_FLOAT8 ? score :
								   DirectFunctionCall1(numeric_float8_no_overflow, score));

	if (isnan(x))
		return;
	if (isinf(x))
	{
		if (reader->type == SCORE_TYPE_FLOAT8 || numeric_is_inf(DatumGetNumeric(score)))
			refuse_infinite_score();
		refuse_spread(MIN_ROUND_DIGITS);
	}
	reader->low = Min(reader->low, x);
	reader->high = Max(reader->high, x);
}

static void
count_score(Datum score, score_reader *reader)
{
	MemoryContext caller;
	int64		key;

	if (!read_key(score, reader->type, reader->digits, &key))
		return;
	if (key == SCORE_KEY_PLUS_INFINITY || key == SCORE_KEY_MINUS_INFINITY)
		refuse_infinite_score();
	caller = MemoryContextSwitchTo(reader->context);
	reader->counts = score_counts_add(reader->counts, key, 1);
	MemoryContextSwitchTo(caller);
}

/* Shows argument 0 of each row that is not NULL. */
static void
read_scores(WindowObject winobj, score_reader *reader,
			void (*see) (Datum score, score_reader *reader))
{
	int64		nrows = WinGetPartitionRowCount(winobj);
	MemoryContext row_context = AllocSetContextCreate(reader->context, "parindex row",
													  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(row_context);

	for (int64 row = 0; row < nrows; row++)
	{
		bool		isnull;
		Datum		score;

		CHECK_FOR_INTERRUPTS();
		score = WinGetFuncArgInPartition(winobj, 0, (int) row, WINDOW_SEEK_HEAD,
										 false, &isnull, NULL);
		if (!isnull)
			see(score, reader);
		if (row % ROWS_PER_RESET == ROWS_PER_RESET - 1)
			MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
}

/* The most digits at which the scores have few enough units. */
static int
exact_digits(double low, double high)
{
	double		range = high - low;
	double		size = Max(fabs(low), fabs(high));
	int			digits = MAX_ROUND_DIGITS;

	for (; digits >= MIN_ROUND_DIGITS; digits--)
	{
		double		unit = 1;

		/* Powers of ten up to 10^15 are exact. */
		for (int i = 0; i < abs(digits); i++)
			unit *= 10;
		if (digits >= 0 ? range * unit < MOST_UNITS && size * unit < LARGEST_SCORE :
			range / unit < MOST_UNITS && size / unit < LARGEST_SCORE)
			return digits;
	}
	refuse_spread(MIN_ROUND_DIGITS);
}

static void
classify_partition(FunctionCallInfo fcinfo, class_state *state, score_type type)
{
	static const char *const names[] = {"score", "classes", "digits"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	score_reader reader = {.type = type, .low = INFINITY, .high = -INFINITY};
	counts_classes *found;
	const score_counts *counts;
	MemoryContext caller;
	int32		classes;
	bool		isnull;

	if (WinGetPartitionRowCount(winobj) > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot classify a partition of more than %d rows", PG_INT32_MAX),
				 errhint("Use class_breaks() on counts of the scores.")));

	keep_partition_arguments(fcinfo, names, 1, context, &state->arguments);
	classes = DatumGetInt32(required_partition_argument(winobj, 1, "classes"));
	check_class_count(classes);
	reader.digits = DatumGetInt32(WinGetFuncArgCurrent(winobj, 2, &isnull));
	if (!isnull)
		check_round_digits(reader.digits);
	reader.context = AllocSetContextCreate(context, "parindex score classes", ALLOCSET_DEFAULT_SIZES);

	if (isnull)
	{
		read_scores(winobj, &reader, see_range);
		reader.digits = reader.low > reader.high ? 0 : exact_digits(reader.low, reader.high);
	}
	caller = MemoryContextSwitchTo(reader.context);
	reader.counts = score_counts_new(reader.digits);
	MemoryContextSwitchTo(caller);
	read_scores(winobj, &reader, count_score);

	state->ready = true;
	state->digits = reader.digits;
	if (reader.counts->total > 0)
	{
		caller = MemoryContextSwitchTo(reader.context);
		found = palloc(sizeof(counts_classes));
		counts = score_counts_canonical(reader.counts);
		classify_counts(counts, classes, found);
		state->classes = found->classes;
		for (int c = 0; c < found->classes; c++)
			state->highest[c] = counts->entry[(c + 1 < found->classes ? found->first[c + 1] : counts->entries) - 1].key;
		MemoryContextSwitchTo(caller);
	}
	MemoryContextDelete(reader.context);
}

static Datum
score_class(FunctionCallInfo fcinfo, score_type type)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	class_state *state = WinGetPartitionLocalMemory(winobj, sizeof(class_state));
	Datum		score;
	int64		key;
	int			c = 0;
	bool		isnull;

	if (!state->ready)
		classify_partition(fcinfo, state, type);
	else
		check_partition_arguments(winobj, &state->arguments);

	score = WinGetFuncArgCurrent(winobj, 0, &isnull);
	if (isnull || !read_key(score, type, state->digits, &key))
		PG_RETURN_NULL();
	while (c + 1 < state->classes && state->highest[c] < key)
		c++;
	PG_RETURN_INT32(c + 1);
}

PARINDEX_FUNCTION(parindex_score_class_float8);
Datum
parindex_score_class_float8(PG_FUNCTION_ARGS)
{
	return score_class(fcinfo, SCORE_TYPE_FLOAT8);
}

PARINDEX_FUNCTION(parindex_score_class_numeric);
Datum
parindex_score_class_numeric(PG_FUNCTION_ARGS)
{
	return score_class(fcinfo, SCORE_TYPE_NUMERIC);
}
