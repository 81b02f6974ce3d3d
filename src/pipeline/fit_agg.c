/*
 * fit_agg.c
 *	  fit_agg(): a fitted pipeline from rows, long or wide.
 */
#include "postgres.h"
#include "pipeline/fit_learn.h"

#include <math.h>

#include "base/aggregate_context.h"
#include "base/forms/compare_codes.h"
#include "base/forms/wire.h"
#include "catalog/pg_type.h"
#include "framework/evaluate.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "pipeline/wide_row.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* What an aggregate has collected, and from what arguments. */
typedef struct collected
{
	MemoryContext context;
	text	   *pipeline;		/* as passed */
	framework  *fw;
	const framework_cache *cache;
	fit_plan	plan;
	fit_state  *state;
	bool		in_order;		/* codes stand as they were given */
	ArrayType  *codes;			/* of arrays of values: as passed */
	fitted	  **ahead_of;		/* of long rows: by criterion, steps ahead; NULL: not yet */
	int			ahead_room;
	fitted	   *ahead;			/* of wide rows */
	wide_row	wide;
	double	   *x;
	uint8	   *status;
	int			last_part;		/* -1: none yet */
} collected;

static void
set_up(collected *c, text *pipeline, const framework *fw)
{
	c->pipeline = (text *) PG_DETOAST_DATUM_COPY(PointerGetDatum(pipeline));
	c->fw = (framework *) palloc(VARSIZE(fw));
	memcpy(c->fw, fw, VARSIZE(fw));
	c->cache = framework_cache_new(c->fw);
	c->plan = plan_fit(pipeline_parse(text_to_cstring(c->pipeline)));
	c->last_part = -1;
	framework_refuse_rescaled(fw, "Rows tell nothing of its scores before all is learned that they depend on.",
							  "Use fit(score_matrix, framework, pipeline).");
}

static void
check_same(const collected *c, const text *pipeline, const framework *fw)
{
	if (memcmp(c->fw->fingerprint, fw->fingerprint, FRAMEWORK_FINGERPRINT) != 0 ||
		VARSIZE_ANY_EXHDR(pipeline) != VARSIZE_ANY_EXHDR(c->pipeline) ||
		memcmp(VARDATA_ANY(pipeline), VARDATA_ANY(c->pipeline), VARSIZE_ANY_EXHDR(pipeline)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of one fit_agg() have different pipelines or frameworks"),
				 errhint("Group by the pipeline and the framework too.")));
}

/* Arguments 1 and 2 are pipeline and framework, of which every row has the same. */
static collected *
state_argument(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	MemoryContext old;
	const framework *fw;
	collected  *c;
	text	   *pipeline;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of fit_agg() is NULL", PG_ARGISNULL(1) ? "pipeline" : "framework")));
	fw = framework_of(framework_argument(fcinfo, 2));
	pipeline = PG_GETARG_TEXT_PP(1);
	if (!PG_ARGISNULL(0))
	{
		c = (collected *) PG_GETARG_POINTER(0);
		check_same(c, pipeline, fw);
		return c;
	}
	old = MemoryContextSwitchTo(context);
	c = palloc0(sizeof(collected));
	c->context = context;
	set_up(c, pipeline, fw);
	c->state = fit_state_new(context, c->plan.counting);
	MemoryContextSwitchTo(old);
	return c;
}

/* Arguments for group and period, as far as steps ask for them. */
static int
part_of_row(FunctionCallInfo fcinfo, collected *c, int argument)
{
	text	   *group = NULL;
	int32		period = 0;

	if (!c->plan.by_group && !c->plan.by_period)
	{
		if (unlikely(c->last_part < 0))
			c->last_part = fit_state_part(c->state, NULL, -1, 0);
		return c->last_part;
	}
	if (c->plan.by_group && PG_NARGS() > argument && !PG_ARGISNULL(argument))
		group = PG_GETARG_TEXT_PP(argument);
	c->state->has_periods = PG_NARGS() > argument + 1;
	if (c->plan.by_period && PG_NARGS() > argument + 1 && !PG_ARGISNULL(argument + 1))
		period = PG_GETARG_INT32(argument + 1);
	return fit_state_part(c->state, group == NULL ? NULL : VARDATA_ANY(group),
						  group == NULL ? -1 : (int) VARSIZE_ANY_EXHDR(group), period);
}

static inline void
add_value(collected *c, int part, int criterion, double x, uint8 status)
{
	value_set  *set = fit_state_set(c->state, part, criterion);

	if (likely(status == CELL_OBSERVED))
		value_set_add(c->state, set, x);
	else
		set->missing++;
}

/* ---------- long rows ---------- */

/* The steps ahead for one criterion alone, since those that look at others are refused. */
static const fitted *
steps_ahead_of(collected *c, int criterion)
{
	MemoryContext old;
	char	  **own;

	if (criterion < c->ahead_room && c->ahead_of[criterion] != NULL)
		return c->ahead_of[criterion];
	old = MemoryContextSwitchTo(c->context);
	if (criterion >= c->ahead_room)
	{
		int			room = Max(criterion + 1, 2 * c->ahead_room);
		fitted	  **enlarged = palloc0(sizeof(fitted *) * room);

		if (c->ahead_room > 0)
			memcpy(enlarged, c->ahead_of, sizeof(fitted *) * c->ahead_room);
		c->ahead_of = enlarged;
		c->ahead_room = room;
	}
	own = palloc(sizeof(char *));
	own[0] = pnstrdup(name_table_bytes(&c->state->codes, criterion),
					  c->state->codes.name[criterion].length);
	c->ahead_of[criterion] = fit_ahead(&c->plan, c->cache, 1, own, false);
	MemoryContextSwitchTo(old);
	return c->ahead_of[criterion];
}

static void
refuse_wide_steps(const collected *c)
{
	for (int i = 0; i < c->plan.pipeline->steps; i++)
	{
		const pipeline_step *step = &c->plan.pipeline->step[i];

		if (step->verb >= PIPELINE_COLUMN_VERBS)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("the step \"%s\" looks at several criteria of a unit",
							pipeline_step_text(step)),
					 errdetail("Long rows bring one at a time."),
					 errhint("Pass wide rows: fit_agg(pipeline, framework, codes, values), or the row of a table.")));
	}
}

/* (state, pipeline, framework, code, value [, unit_group [, period]]) */
PARINDEX_FUNCTION(parindex_fit_add);
Datum
parindex_fit_add(PG_FUNCTION_ARGS)
{
	collected  *c = state_argument(fcinfo);
	text	   *code;
	double		x = NAN;
	uint8		status = CELL_MISSING;
	int			criterion;

	if (c->state->codes.count == 0)
		refuse_wide_steps(c);
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("code of a value is NULL")));
	code = PG_GETARG_TEXT_PP(3);
	criterion = name_table_intern(&c->state->codes, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code), 0);
	if (!PG_ARGISNULL(4))
	{
		x = PG_GETARG_FLOAT8(4) + 0.0;
		status = CELL_OBSERVED;
		if (!double_is_finite(x))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("value %s of criterion \"%s\" is not finite", float8out_internal(x),
							text_to_cstring(code)),
					 errhint("Use NULL for a missing value.")));
	}
	if (c->plan.ahead > 0)
	{
		fitted_row	row = {.x = &x, .status = &status, .group = {NULL, -1}};

		fitted_apply(steps_ahead_of(c, criterion), &row);
	}
	add_value(c, part_of_row(fcinfo, c, 5), criterion, x, status);
	PG_RETURN_POINTER(c);
}

/* ---------- wide rows ---------- */

static void
set_up_wide(collected *c, int codes, char **code)
{
	MemoryContext old = MemoryContextSwitchTo(c->context);

	c->in_order = true;
	c->wide.codes = codes;
	c->wide.code = code;
	c->wide.context = c->context;
	c->x = palloc(sizeof(double) * Max(codes, 1));
	c->status = palloc(sizeof(uint8) * Max(codes, 1));
	for (int i = 0; i < codes; i++)
		if (name_table_intern(&c->state->codes, code[i], (int) strlen(code[i]), 0) != i)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" stands twice among the codes", code[i])));
	if (c->plan.ahead > 0)
		c->ahead = fit_ahead(&c->plan, c->cache, codes, code, true);
	MemoryContextSwitchTo(old);
}

static void
add_wide(FunctionCallInfo fcinfo, collected *c, int values, int group)
{
	int			part;

	if (PG_ARGISNULL(values))
		return;
	wide_row_read(&c->wide, fcinfo, values, c->x, c->status);
	if (c->ahead != NULL)
	{
		fitted_row	row = {.x = c->x, .status = c->status, .group = {NULL, -1}};

		if (!fitted_apply(c->ahead, &row))
			return;
	}
	part = part_of_row(fcinfo, c, group);
	if (c->wide.codes > 0)
		(void) fit_state_set(c->state, part, c->wide.codes - 1);	/* room for all */
	for (int i = 0; i < c->wide.codes; i++)
		add_value(c, part, i, c->x[i], c->status[i]);
}

static void
read_codes(collected *c, ArrayType *array)
{
	MemoryContext old = MemoryContextSwitchTo(c->context);
	Datum	   *datum;
	bool	   *null;
	int			count;
	char	  **code;

	c->codes = (ArrayType *) PG_DETOAST_DATUM_COPY(PointerGetDatum(array));
	deconstruct_array(c->codes, TEXTOID, -1, false, TYPALIGN_INT, &datum, &null, &count);
	code = palloc(sizeof(char *) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		if (null[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a code is NULL")));
		code[i] = TextDatumGetCString(datum[i]);
	}
	MemoryContextSwitchTo(old);
	set_up_wide(c, count, code);
}

/* (state, pipeline, framework, codes, values [, unit_group [, period]]) */
PARINDEX_FUNCTION(parindex_fit_add_values);
Datum
parindex_fit_add_values(PG_FUNCTION_ARGS)
{
	collected  *c = state_argument(fcinfo);
	ArrayType  *codes;

	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("codes of values are NULL")));
	codes = PG_GETARG_ARRAYTYPE_P(3);
	if (c->codes == NULL)
		read_codes(c, codes);
	else if (VARSIZE(codes) != VARSIZE(c->codes) || memcmp(codes, c->codes, VARSIZE(codes)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of one fit_agg() have different codes"),
				 errhint("Give the same codes, in the same order, with every row.")));
	add_wide(fcinfo, c, 4, 5);
	PG_RETURN_POINTER(c);
}

static int
compare_code_strings(const void *a, const void *b)
{
	const char *x = *(char *const *) a;
	const char *y = *(char *const *) b;

	return compare_codes(x, (int) strlen(x), y, (int) strlen(y));
}

/* The leaves of the framework, and what the steps ahead divide by, in natural order. */
static void
codes_of_framework(collected *c)
{
	MemoryContext old = MemoryContextSwitchTo(c->context);
	const pipeline_plan *plan = c->plan.pipeline;
	int			room = c->fw->leaves;
	int			count = 0;
	char	  **code;

	for (int i = 0; i < plan->steps; i++)
		room += plan->step[i].denominators;
	code = palloc(sizeof(char *) * room);
	for (int i = 0; i < c->fw->nodes; i++)
		if (c->fw->node[i].leaf >= 0)
			code[count++] = framework_code_cstring(c->fw, i);
	for (int i = 0; i < plan->steps; i++)
		for (int k = 0; k < plan->step[i].denominators; k++)
		{
			char	   *by = plan->step[i].denominator[k].by;
			int			known = 0;

			while (known < count && strcmp(code[known], by) != 0)
				known++;
			if (known == count)
				code[count++] = by;
		}
	qsort(code, count, sizeof(char *), compare_code_strings);
	MemoryContextSwitchTo(old);
	set_up_wide(c, count, code);
}

/* (state, pipeline, framework, row [, unit_group [, period]]) */
PARINDEX_FUNCTION(parindex_fit_add_row);
Datum
parindex_fit_add_row(PG_FUNCTION_ARGS)
{
	collected  *c = state_argument(fcinfo);

	if (c->wide.code == NULL)
		codes_of_framework(c);
	add_wide(fcinfo, c, 3, 4);
	PG_RETURN_POINTER(c);
}

/* ---------- the end, and workers ---------- */

PARINDEX_FUNCTION(parindex_fit_merge);
Datum
parindex_fit_merge(PG_FUNCTION_ARGS)
{
	collected  *c;
	collected  *other;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	other = (collected *) PG_GETARG_POINTER(1);
	if (PG_ARGISNULL(0))
	{
		MemoryContext context;
		MemoryContext old;

		AggCheckCallContext(fcinfo, &context);
		old = MemoryContextSwitchTo(context);
		c = palloc0(sizeof(collected));
		c->context = context;
		set_up(c, other->pipeline, other->fw);
		c->state = fit_state_new(context, c->plan.counting);
		c->in_order = other->in_order;
		MemoryContextSwitchTo(old);
	}
	else
		c = (collected *) PG_GETARG_POINTER(0);
	check_same(c, other->pipeline, other->fw);
	fit_state_merge(c->state, other->state);
	PG_RETURN_POINTER(c);
}

PARINDEX_FUNCTION(parindex_fit_serialize);
Datum
parindex_fit_serialize(PG_FUNCTION_ARGS)
{
	collected  *c = (collected *) PG_GETARG_POINTER(0);
	StringInfoData flat;

	pq_begintypsend(&flat);
	pq_sendbyte(&flat, c->in_order);
	pq_sendint32(&flat, VARSIZE(c->pipeline));
	appendBinaryStringInfo(&flat, (const char *) c->pipeline, VARSIZE(c->pipeline));
	pq_sendint32(&flat, VARSIZE(c->fw));
	appendBinaryStringInfo(&flat, (const char *) c->fw, VARSIZE(c->fw));
	fit_state_write(c->state, &flat);
	PG_RETURN_BYTEA_P(pq_endtypsend(&flat));
}

/* A copy, aligned. */
static void *
read_block(StringInfo flat)
{
	int			length = (int) pq_getmsgint(flat, 4);
	void	   *block = palloc(length);

	memcpy(block, pq_getmsgbytes(flat, length), length);
	return block;
}

PARINDEX_FUNCTION(parindex_fit_deserialize);
Datum
parindex_fit_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	StringInfoData flat = {VARDATA_ANY(bytes), (int) VARSIZE_ANY_EXHDR(bytes), 0, 0};
	collected  *c = palloc0(sizeof(collected));
	text	   *pipeline;

	check_aggregate_context(fcinfo);
	c->context = CurrentMemoryContext;
	c->in_order = pq_getmsgbyte(&flat) != 0;
	pipeline = read_block(&flat);
	set_up(c, pipeline, read_block(&flat));
	c->state = fit_state_read(CurrentMemoryContext, &flat);
	PG_RETURN_POINTER(c);
}

PARINDEX_FUNCTION(parindex_fit_final);
Datum
parindex_fit_final(PG_FUNCTION_ARGS)
{
	collected  *c;
	char	  **code;
	int			codes;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	c = (collected *) PG_GETARG_POINTER(0);
	codes = c->state->codes.count;
	code = palloc(sizeof(char *) * Max(codes, 1));
	for (int i = 0; i < codes; i++)
		code[i] = pnstrdup(name_table_bytes(&c->state->codes, i), c->state->codes.name[i].length);
	if (!c->in_order)
		qsort(code, codes, sizeof(char *), compare_code_strings);
	PG_RETURN_POINTER(fitted_write(fit_learn(&c->plan, c->cache, c->state, codes, code)));
}
