/*
 * svy_replicate_weights.c
 *	  svy_replicate_weights(): the weights of each respondent in all
 *	  replicates. replicate_type.h.
 *
 * Strata, and PSUs within them, are numbered in the order of their keys, so
 * that replicate r means the same whatever the order of rows; bootstrap draws
 * depend on the seed, the replicate and these numbers alone.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "kernel/survey/philox.h"
#include "miscadmin.h"
#include "base/forms/bytes.h"
#include "base/forms/name_table.h"
#include "base/arguments/partition_arguments.h"
#include "port/pg_bswap.h"
#include "survey/replicate/replicate_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define ROWS_PER_RESET	64

/* Counts of draws kept, 2 bytes each. */
#define MOST_DRAWN 1000000000

/* Arguments of the functions. */
enum
{
	ARG_WEIGHT,
	ARG_STRATUM,
	ARG_PSU,
	ARG_TYPE,
	ARG_REPLICATES,
	ARG_SEED,
	ARG_FAY_RHO
};

/* Where a PSU stands among all. */
typedef struct place_of_psu
{
	int			stratum;
	int			psu;			/* of all PSUs, stratum by stratum */
} place_of_psu;

/* Zeroed at the start of a partition; in its memory. */
typedef struct replicate_state
{
	partition_arguments arguments;
	int		   *psu;			/* by row: place[] of its PSU; -1 without a weight */
	place_of_psu   *place;
	int		   *first;			/* by stratum: its first PSU; and the end */
	uint16	   *drawn;			/* bootstrap: by PSU, then replicate: how often drawn */
	replicate_plan plan;
} replicate_state;

/* A key as bytes that sort as the key does. */
static void
intern_key(name_table *names, Datum key, bool is_text, int tag, int *number)
{
	if (is_text)
	{
		struct varlena *value = PG_DETOAST_DATUM_PACKED(key);

		*number = name_table_intern(names, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), tag);
	}
	else
	{
		uint64		bytes = pg_hton64((uint64) DatumGetInt64(key) ^ UINT64CONST(1) << 63);

		*number = name_table_intern(names, (const char *) &bytes, sizeof(bytes), tag);
	}
}

static int
compare_names(const name_table *names, int a, int b)
{
	const table_name *x = &names->name[a];
	const table_name *y = &names->name[b];

	return compare_bytes(name_table_bytes(names, a), x->length,
						 name_table_bytes(names, b), y->length);
}

/* What the names are sorted by: that of their tag first. */
typedef struct name_order
{
	const name_table *names;
	const int  *tag_place;		/* NULL: tags are all the same */
} name_order;

static int
compare_numbers(int x, int y, const name_order *order)
{
	if (order->tag_place != NULL && order->names->name[x].tag != order->names->name[y].tag)
		return order->tag_place[order->names->name[x].tag] -
			order->tag_place[order->names->name[y].tag];
	return compare_names(order->names, x, y);
}

#define ST_SORT sort_numbers
#define ST_ELEMENT_TYPE int
#define ST_COMPARE(a, b, order) compare_numbers(*(a), *(b), order)
#define ST_COMPARE_ARG_TYPE const name_order
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* The place of each name in that order, by number. */
static int *
sort_names(const name_table *names, const int *tag_place)
{
	name_order	order = {names, tag_place};
	int		   *number = palloc_extended(sizeof(int) * names->count + 1, MCXT_ALLOC_HUGE);
	int		   *place = palloc_extended(sizeof(int) * names->count + 1, MCXT_ALLOC_HUGE);

	for (int i = 0; i < names->count; i++)
		number[i] = i;
	sort_numbers(number, names->count, &order);
	for (int i = 0; i < names->count; i++)
		place[number[i]] = i;
	return place;
}

static Datum
read_key(WindowObject winobj, int argno, uint32 row, const char *name)
{
	bool		isnull;
	Datum		key = WinGetFuncArgInPartition(winobj, argno, row, WINDOW_SEEK_HEAD, false,
											   &isnull, NULL);

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of a respondent is NULL", name),
				 errhint("Leave such rows out by a NULL weight.")));
	return key;
}

/* Numbers the PSUs of all rows that have a weight. */
static void
read_psus(WindowObject winobj, bool is_text, replicate_state *state,
		  name_table *strata, name_table *psus)
{
	int64		nrows = WinGetPartitionRowCount(winobj);
	MemoryContext context = CurrentMemoryContext;
	MemoryContext row_context = AllocSetContextCreate(context, "parindex row",
													  ALLOCSET_SMALL_SIZES);

	if (nrows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cannot make replicates of %lld rows", (long long) nrows)));
	state->psu = palloc_extended(sizeof(int) * (Size) nrows, MCXT_ALLOC_HUGE);
	name_table_init(strata, context);
	name_table_init(psus, context);
	MemoryContextSwitchTo(row_context);
	for (uint32 row = 0; row < nrows; row++)
	{
		bool		isnull;
		int			stratum;

		CHECK_FOR_INTERRUPTS();
		state->psu[row] = -1;
		(void) WinGetFuncArgInPartition(winobj, ARG_WEIGHT, row, WINDOW_SEEK_HEAD, false, &isnull, NULL);
		if (!isnull)
		{
			intern_key(strata, read_key(winobj, ARG_STRATUM, row, "stratum"), is_text, 0, &stratum);
			intern_key(psus, read_key(winobj, ARG_PSU, row, "psu"), is_text, stratum, &state->psu[row]);
		}
		if (row % ROWS_PER_RESET == ROWS_PER_RESET - 1)
			MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(context);
	MemoryContextDelete(row_context);
}

/* Draws the PSUs of every stratum for every replicate. */
static void
draw_bootstrap(replicate_state *state, uint64 seed)
{
	const replicate_plan *plan = &state->plan;
	Size		replicates = plan->replicates;

	if (replicates * plan->total > MOST_DRAWN)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cannot draw %d replicates of %d PSUs", plan->replicates, plan->total),
				 errdetail("Their product can be at most %d.", MOST_DRAWN)));
	state->drawn = palloc_extended(sizeof(uint16) * replicates * plan->total,
								   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int r = 0; r < plan->replicates; r++)
		for (int h = 0; h < plan->strata; h++)
		{
			CHECK_FOR_INTERRUPTS();
			for (int draw = 0; draw < plan->psus[h] - 1; draw++)
			{
				uint32		place[4] = {r, h, draw, 0};
				uint32		word[4];
				uint16	   *drawn;

				philox(seed, place, word);
				drawn = &state->drawn[replicates * (state->first[h] + philox_below(word, plan->psus[h])) + r];
				if (*drawn == PG_UINT16_MAX)
					elog(ERROR, "a PSU was drawn too often");
				(*drawn)++;
			}
		}
}

static void
plan_partition(FunctionCallInfo fcinfo, replicate_state *state, bool is_text)
{
	static const char *const names[] = {"weight", "stratum", "psu", "type", "replicates", "seed", "fay_rho"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	MemoryContext caller;
	name_table	strata;
	name_table	psus;
	int		   *stratum_place;
	int		   *psu_place;
	int		   *count;
	bool		no_replicates;
	int			replicates;
	int64		seed;
	double		fay_rho;

	keep_partition_arguments(fcinfo, names, ARG_TYPE, context, &state->arguments);
	replicates = DatumGetInt32(WinGetFuncArgCurrent(winobj, ARG_REPLICATES, &no_replicates));
	seed = DatumGetInt64(required_partition_argument(winobj, ARG_SEED, "seed"));
	fay_rho = DatumGetFloat8(required_partition_argument(winobj, ARG_FAY_RHO, "fay_rho"));
	state->plan.type = parse_replicate_type(DatumGetTextPP(required_partition_argument(winobj, ARG_TYPE, "type")));

	caller = MemoryContextSwitchTo(context);
	read_psus(winobj, is_text, state, &strata, &psus);
	if (strata.count > 0)
	{
		stratum_place = sort_names(&strata, NULL);
		psu_place = sort_names(&psus, stratum_place);
		count = palloc0(sizeof(int) * strata.count);
		state->place = palloc_extended(sizeof(place_of_psu) * psus.count, MCXT_ALLOC_HUGE);
		for (int i = 0; i < psus.count; i++)
		{
			int			stratum = stratum_place[psus.name[i].tag];

			state->place[i] = (place_of_psu) {stratum, psu_place[i]};
			count[stratum]++;
		}
		state->first = palloc0(sizeof(int) * (strata.count + 1));
		for (int h = 0; h < strata.count; h++)
			state->first[h + 1] = state->first[h] + count[h];
		state->plan.strata = strata.count;
		state->plan.psus = count;
		make_replicate_plan(&state->plan, no_replicates ? 0 : replicates, fay_rho);
		if (state->plan.type == REPLICATE_BOOTSTRAP)
			draw_bootstrap(state, (uint64) seed);
	}
	MemoryContextSwitchTo(caller);
}

/* The weights of a respondent of that PSU. */
static void
fill_replicates(const replicate_state *state, place_of_psu place, double weight, double *result)
{
	const replicate_plan *plan = &state->plan;
	int			first = state->first[place.stratum];
	double		n = plan->psus[place.stratum];

	for (int r = 0; r < plan->replicates; r++)
		switch (plan->type)
		{
			case REPLICATE_JK1:
			case REPLICATE_JKN:
				result[r] = r == place.psu ? 0 :
					r >= first && r < state->first[place.stratum + 1] ? weight * (n / (n - 1)) : weight;
				break;
			case REPLICATE_BRR:
				result[r] = weight *
					((hadamard_entry(plan->matrix, place.stratum + 1, r) > 0) == (place.psu == first) ?
					 2 - plan->fay_rho : plan->fay_rho);
				break;
			case REPLICATE_BOOTSTRAP:
				result[r] = weight * (n / (n - 1)) *
					state->drawn[(Size) plan->replicates * place.psu + r];
				break;
		}
}

static Datum
replicate_weights(FunctionCallInfo fcinfo, bool is_text)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	replicate_state *state = WinGetPartitionLocalMemory(winobj, sizeof(replicate_state));
	bool		isnull;
	double		weight;
	int			psu;
	Size		size;
	ArrayType  *array;

	if (state->psu == NULL)
		plan_partition(fcinfo, state, is_text);
	else
		check_partition_arguments(winobj, &state->arguments);
	psu = state->psu[WinGetCurrentPosition(winobj)];
	if (psu < 0)
		PG_RETURN_NULL();
	weight = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_WEIGHT, &isnull));
	if (!(weight >= 0) || isinf(weight))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight %s of a respondent is not valid", float8out_internal(weight)),
				 errdetail("A weight must be a finite number, not below zero.")));

	size = ARR_OVERHEAD_NONULLS(1) + sizeof(double) * state->plan.replicates;
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = FLOAT8OID;
	ARR_DIMS(array)[0] = state->plan.replicates;
	ARR_LBOUND(array)[0] = 1;
	fill_replicates(state, state->place[psu], weight, (double *) ARR_DATA_PTR(array));
	PG_RETURN_ARRAYTYPE_P(array);
}

PARINDEX_FUNCTION(parindex_svy_replicate_weights_int8);
Datum
parindex_svy_replicate_weights_int8(PG_FUNCTION_ARGS)
{
	return replicate_weights(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_svy_replicate_weights_text);
Datum
parindex_svy_replicate_weights_text(PG_FUNCTION_ARGS)
{
	return replicate_weights(fcinfo, true);
}
