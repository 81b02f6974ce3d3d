/*
 * grade_with_quota.c
 *	  grade_with_quota(): grades of which only a share of the rows may be given.
 *
 * Bands are served from the highest down. Those who reach a band's lowest score
 * and have no better grade are its candidates. With a quota q, and n ranked
 * rows in the partition, it takes the best floor(q n) of them, but none of
 * those who tie across the cut. The others are candidates of the next band.
 *
 * In the order of scores each band's candidates, and those it takes, are a run
 * that begins where the last band stopped: only counts are needed.
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/decimal_round.h"
#include "ranking/grade_bands.h"
#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "ranking/partition_scores.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct quota_state
{
	partition_arguments arguments;
	grade_bands *bands;
	uint32	   *grade;			/* by row, band + 1; 0 for no grade */
} quota_state;

/* How many scores fall into each band. */
typedef struct band_counts
{
	score_type	type;
	const grade_bands *bands;
	uint32	   *count;
} band_counts;

static void
count_in_band(Datum score, void *arg)
{
	band_counts *counts = arg;
	int			band = counts->type == SCORE_TYPE_FLOAT8
		? grade_band_float8(counts->bands, DatumGetFloat8(score))
		: grade_band_numeric(counts->bands, DatumGetNumeric(score));

	if (band >= 0)
		counts->count[band]++;
}

pg_noreturn static void
refuse_quota(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("quota must be a jsonb object of labels and shares"),
			 errdetail_internal("%s", detail),
			 errhint("A label is one of the bands', a share a number from 0 to 1, such as {\"A\": 0.2}.")));
}

/*
 * Reads the quota of each band, NULL where it has none, in the current memory
 * context.
 */
static Numeric *
read_quotas(const Jsonb *json, const grade_bands *bands)
{
	JsonbContainer *object = unconstify(JsonbContainer *, &json->root);
	Numeric    *quota = palloc0(sizeof(Numeric) * bands->nbands);
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *label = NULL;
	int			band = 0;

	if (!JsonContainerIsObject(object))
		refuse_quota(_("The value given is no object."));

	iterator = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			label = pnstrdup(value.val.string.val, value.val.string.len);
			band = find_grade_band(bands, value.val.string.val,
								   value.val.string.len);
			if (band < 0)
				refuse_quota(psprintf(_("No band is labelled \"%s\"."), label));
		}
		else if (token == WJB_VALUE)
		{
			Datum		share;

			if (value.type != jbvNumeric)
				refuse_quota(psprintf(_("The share of \"%s\" is no number."),
									  label));
			share = NumericGetDatum(value.val.numeric);
			if (DatumGetBool(DirectFunctionCall2(numeric_lt, share,
												 NumericGetDatum(int64_to_numeric(0)))) ||
				DatumGetBool(DirectFunctionCall2(numeric_gt, share,
												 NumericGetDatum(int64_to_numeric(1)))))
				refuse_quota(psprintf(_("The share of \"%s\" is %s."), label,
									  DatumGetCString(DirectFunctionCall1(numeric_out,
																		  share))));
			quota[band] = DatumGetNumericCopy(share);
		}
	}
	return quota;
}

/* floor(quota * nranked), computed in decimal. */
static uint32
places_of_quota(Numeric quota, uint32 nranked)
{
	Datum		places = DirectFunctionCall2(numeric_mul, NumericGetDatum(quota),
											 NumericGetDatum(int64_to_numeric(nranked)));

	return DatumGetInt64(DirectFunctionCall1(numeric_int8,
											 DirectFunctionCall1(numeric_floor,
																 places)));
}

/*
 * The grade of each row. scores have the best first, count says how many of
 * them fall into each band.
 */
static uint32 *
give_grades(const partition_scores *scores, const grade_bands *bands,
			const uint32 *count, const Numeric *quota, MemoryContext context)
{
	const ranked_row *ranked = scores->ranked;
	uint32	   *grade = alloc_row_results(scores, context);
	uint32		next = 0;		/* the best without a grade */
	uint32		candidates_end = 0;
	int			band;

	for (band = 0; band < bands->nbands; band++)
	{
		uint32		end;

		candidates_end += count[band];
		end = candidates_end;
		if (quota[band] != NULL)
		{
			uint32		places = places_of_quota(quota[band], scores->nranked);

			if (end - next > places)
			{
				end = next + places;
				while (end > next && ranked[end - 1].key == ranked[end].key)
					end--;
			}
		}
		for (; next < end; next++)
		{
			CHECK_FOR_INTERRUPTS();
			grade[ranked[next].row] = band + 1;
		}
	}
	return grade;
}

static void
grade_partition(FunctionCallInfo fcinfo, quota_state *state, score_type type)
{
	static const char *const names[] = {"score", "bands", "quota", "digits"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	MemoryContext caller;
	partition_scores scores;
	score_order order = {.type = type, .descending = true};
	band_counts counts;
	Numeric    *quota;
	Datum		argument;
	bool		isnull;

	keep_partition_arguments(fcinfo, names, 1, context, &state->arguments);

	caller = MemoryContextSwitchTo(context);
	argument = required_partition_argument(winobj, 1, "bands");
	state->bands = read_grade_bands(DatumGetJsonbP(argument));
	argument = WinGetFuncArgCurrent(winobj, 2, &isnull);
	quota = isnull ? palloc0(sizeof(Numeric) * state->bands->nbands)
		: read_quotas(DatumGetJsonbP(argument), state->bands);
	counts.type = type;
	counts.bands = state->bands;
	counts.count = palloc0(sizeof(uint32) * state->bands->nbands);
	MemoryContextSwitchTo(caller);

	order.digits = DatumGetInt32(WinGetFuncArgCurrent(winobj, 3, &isnull));
	order.round = !isnull;
	if (order.round)
		check_round_digits(order.digits);

	read_partition_scores(winobj, context, &order, count_in_band, &counts,
						  &scores);
	state->grade = give_grades(&scores, state->bands, counts.count, quota,
							   context);
	free_partition_scores(&scores);
}

static Datum
grade_with_quota(FunctionCallInfo fcinfo, score_type type)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	quota_state *state = WinGetPartitionLocalMemory(winobj, sizeof(quota_state));
	uint32		grade;

	if (state->grade == NULL)
		grade_partition(fcinfo, state, type);
	else
		check_partition_arguments(winobj, &state->arguments);

	grade = state->grade[WinGetCurrentPosition(winobj)];
	if (grade == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(state->bands->band[grade - 1].label);
}

PARINDEX_FUNCTION(parindex_grade_with_quota_float8);
Datum
parindex_grade_with_quota_float8(PG_FUNCTION_ARGS)
{
	return grade_with_quota(fcinfo, SCORE_TYPE_FLOAT8);
}

PARINDEX_FUNCTION(parindex_grade_with_quota_numeric);
Datum
parindex_grade_with_quota_numeric(PG_FUNCTION_ARGS)
{
	return grade_with_quota(fcinfo, SCORE_TYPE_NUMERIC);
}
