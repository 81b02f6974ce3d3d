/*
 * rank_confidence_counts.c
 *	  rank_confidence_counts(unit, count, …): ranks of categories by how often
 *	  each was met, by kernel/ranks/count_sets.h.
 */
#include "postgres.h"
#include "base/compat.h"
#include "fmgr.h"

#include "base/arguments/argument_checks.h"
#include "base/arguments/choice.h"
#include "base/forms/text_reader.h"
#include "base/interrupts.h"
#include "base/result_column.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "kernel/ranks/count_sets.h"
#include "uncertainty/rank_estimates.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

/* Beyond, doubles are not whole numbers. */
#define MOST_COUNT (INT64CONST(1) << 53)

/* Whether stepping down. */
static const choice corrections[] = {{"holm", true}, {"bonferroni", false}, {NULL, 0}};

typedef struct category
{
	double		count;
	int			place;			/* as given */
} category;

static int
compare_categories(const void *a, const void *b)
{
	const category *x = a;
	const category *y = b;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return x->place - y->place;
}

/* Those with a count, ascending; returns how many. */
static int
read_categories(Datum *count, bool *is_null, int given, text *const *unit, category *categories)
{
	int			n = 0;

	for (int i = 0; i < given; i++)
	{
		int64		cases;

		if (is_null[i])
			continue;
		cases = DatumGetInt64(count[i]);
		if (cases < 0 || cases > MOST_COUNT)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("count " INT64_FORMAT " of unit \"%s\" is not valid", cases,
							clip_text(VARDATA_ANY(unit[i]), VARSIZE_ANY_EXHDR(unit[i]))),
					 errdetail("It must be from 0 to " INT64_FORMAT ".", MOST_COUNT)));
		categories[n++] = (category) {.count = (double) cases, .place = i};
	}
	qsort(categories, n, sizeof(category), compare_categories);
	return n;
}

/* (unit, count, level, kind, side, correction) */
PARINDEX_FUNCTION(parindex_rank_confidence_counts);
Datum
parindex_rank_confidence_counts(PG_FUNCTION_ARGS)
{
	enum {UNIT, COUNT, RANK, RANK_LOW, RANK_HIGH, STEPS, P_FIRST, P_LIMIT, STATUS, COLUMNS};
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	count_sets	sets = {.level = check_level(PG_GETARG_FLOAT8(2))};
	bool		simultaneous = parse_rank_kind(PG_GETARG_TEXT_PP(3));
	ArrayType  *counts = PG_GETARG_ARRAYTYPE_P(1);
	text	  **unit;
	Datum	   *count;
	bool	   *is_null;
	category   *categories;
	double	   *ascending;
	rank_set   *set;
	int		   *order;			/* by place as given: in ascending order; -1: left out */
	int			given;
	int			given_counts;

	InitMaterializedSRF(fcinfo, 0);
	sets.side = parse_rank_side(PG_GETARG_TEXT_PP(4));
	sets.stepdown = choose(PG_GETARG_TEXT_PP(5), "correction", corrections);
	unit = rank_unit_codes(PG_GETARG_ARRAYTYPE_P(0), &given);
	deconstruct_array(counts, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &count, &is_null, &given_counts);
	if (ARR_NDIM(counts) > 1 || given_counts != given)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%d units have %d counts", given, given_counts),
				 errhint("Give each unit one, NULL where it is not known.")));
	order = palloc_extended(sizeof(int) * Max(given, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < given; i++)
		order[i] = i;
	sort_rank_units(unit, order, given);
	categories = palloc_extended(sizeof(category) * Max(given, 1), MCXT_ALLOC_HUGE);
	sets.n = read_categories(count, is_null, given, unit, categories);
	ascending = palloc_extended(sizeof(double) * Max(given, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < given; i++)
		order[i] = -1;
	for (int i = 0; i < sets.n; i++)
	{
		ascending[i] = categories[i].count;
		order[categories[i].place] = i;
	}
	sets.count = ascending;
	set = palloc_extended(sizeof(rank_set) * Max(given, 1), MCXT_ALLOC_HUGE);
	if (simultaneous)
		simultaneous_count_sets(&sets, set, let_interrupts, NULL);
	for (int i = 0; i < given; i++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};
		rank_set   *own = &set[Max(order[i], 0)];

		CHECK_FOR_INTERRUPTS();
		value[UNIT] = PointerGetDatum(unit[i]);
		value[STATUS] = CStringGetTextDatum(order[i] < 0 ? "no_count" : "ok");
		if (order[i] < 0)
			memset(null + COUNT, true, STATUS - COUNT);
		else
		{
			if (!simultaneous)
				marginal_count_set(&sets, order[i], own);
			value[COUNT] = count[i];
			value[RANK] = Int32GetDatum(own->rank);
			value[RANK_LOW] = Int32GetDatum(own->low);
			value[RANK_HIGH] = Int32GetDatum(own->high);
			value[STEPS] = Int32GetDatum(own->steps);
			put_float8(own->critical_first, &value[P_FIRST], &null[P_FIRST]);
			put_float8(own->critical_last, &value[P_LIMIT], &null[P_LIMIT]);
		}
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}
