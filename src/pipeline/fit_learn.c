/*
 * fit_learn.c
 *	  Learning from sets of values: fit_learn.h.
 *
 * A column step looks at one criterion alone, so that criteria are learned one
 * after the other: the values of one, in its parts, are taken through all
 * steps by the code that learns from a matrix.
 */
#include "postgres.h"
#include "pipeline/fit_learn.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

/* ---------- what a pipeline needs ---------- */

typedef enum step_need
{
	NEEDS_NOTHING,
	NEEDS_EXTREMES,
	NEEDS_VALUES
} step_need;

static step_need
need_of_normalisation(const normalise_options *options)
{
	switch (options->method)
	{
		case NORMALISE_MINMAX:
		case NORMALISE_DISTANCE_TO_MAX:
		case NORMALISE_FRACTION_OF_MAXIMUM:
		case NORMALISE_DISTANCE_TO_TARGET:
		case NORMALISE_DISTANCE_TO_REFERENCE:
		case NORMALISE_RANGE_PLUS_ONE:
			return NEEDS_EXTREMES;
		case NORMALISE_GOALPOSTS:
		case NORMALISE_LOG_GOALPOSTS:
		case NORMALISE_SCALED:
			return NEEDS_NOTHING;
		case NORMALISE_SIGMOID:
			return isnan(options->first) ? NEEDS_VALUES : NEEDS_NOTHING;
		default:
			return NEEDS_VALUES;
	}
}

static step_need
need_of(const pipeline_step *step)
{
	switch (step->verb)
	{
		case PIPELINE_IMPUTE:
			return step->column.as.impute.method == IMPUTE_CONSTANT ? NEEDS_NOTHING : NEEDS_VALUES;
		case PIPELINE_NORMALISE:
			return need_of_normalisation(&step->column.as.normalise);
		case PIPELINE_TRANSFORM:
			return step->column.as.transform.learn || step->column.as.transform.declared ?
				NEEDS_VALUES : NEEDS_NOTHING;
		case PIPELINE_TREAT:
			return NEEDS_VALUES;
		default:
			return NEEDS_NOTHING;
	}
}

static void
refuse_step(const pipeline_step *step, const char *detail, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("the step \"%s\" cannot be learned from rows", pipeline_step_text(step)),
			 errdetail("%s", detail),
			 errhint("%s", hint)));
}

static void
check_step(const fit_plan *plan, int number)
{
	const pipeline_step *step = &plan->pipeline->step[number];

	if (step->verb == PIPELINE_IMPUTE && (impute_over_periods(step->column.as.impute.method) ||
										  impute_across(step->column.as.impute.method)))
		refuse_step(step, "It fills a cell from the unit's other periods or criteria.",
					"Impute before.");
	if (step->verb < PIPELINE_COLUMN_VERBS && step->column.parts.has_base)
		refuse_step(step, "It learns from one period alone.",
					"Pass only the rows of the base period: FILTER (WHERE ...).");
	if (step->verb == PIPELINE_SCREEN && !step->by_unit)
		refuse_step(step, "Which criteria stay is known only at the end.",
					"Screen before, or fit from a score matrix.");
	if (step->verb >= PIPELINE_COLUMN_VERBS && number >= plan->ahead)
		refuse_step(step, "It looks at several criteria of a unit, after a step that learns from all units.",
					"Put it before the steps that learn, or fit from a score matrix.");
}

fit_plan
plan_fit(pipeline_plan *pipeline)
{
	fit_plan	plan = {.pipeline = pipeline};
	int			needing = 0;

	while (plan.ahead < pipeline->steps && need_of(&pipeline->step[plan.ahead]) == NEEDS_NOTHING)
		plan.ahead++;
	for (int i = 0; i < pipeline->steps; i++)
	{
		const pipeline_step *step = &pipeline->step[i];
		step_need	need = need_of(step);

		check_step(&plan, i);
		needing += need != NEEDS_NOTHING;
		plan.counting |= need == NEEDS_VALUES;
		if (step->verb < PIPELINE_COLUMN_VERBS)
		{
			plan.by_group |= step->column.parts.by_group;
			plan.by_period |= step->column.parts.by_period;
		}
	}

	/* The extremes of values that another step has changed are not known. */
	plan.counting |= needing > 1;
	return plan;
}

/* ---------- one criterion ---------- */

static const char *
plain_code(const void *arg, int i, int *length)
{
	char	   *const *code = arg;

	*length = (int) strlen(code[i]);
	return code[i];
}

/* Values of one criterion, a stretch for each part of the state. */
typedef struct column_values
{
	int			parts;
	Size	   *start;			/* parts + 1 */
	double	   *x;
	uint8	   *status;
} column_values;

/* Which of a step's parts each part of the state belongs to; labels as divisions order them. */
static division
divide_state(const column_step *step, const fit_state *state, int **part_of)
{
	division	d = {
		.by_group = step->parts.by_group,
		.by_period = step->parts.by_period && state->has_periods
	};
	part_label *label = palloc0(sizeof(part_label) * Max(state->parts.count, 1));
	int			count = 0;

	for (int i = 0; i < state->parts.count; i++)
	{
		const table_name *name = &state->parts.name[i];
		const char *bytes = name_table_bytes(&state->parts, i);

		label[count] = (part_label) {{NULL, -1}, 0};
		if (d.by_group && bytes[0] == 'g')
			label[count].group = (matrix_label) {
				pnstrdup(bytes + 1, name->length - 1), name->length - 1
			};
		else if (d.by_group && !step->parts.ungrouped)
			continue;
		if (d.by_period)
			label[count].period = name->tag;
		count++;
	}
	qsort(label, count, sizeof(part_label),
		  (int (*) (const void *, const void *)) compare_part_labels);
	d.label = label;
	for (int i = 0; i < count; i++)
		if (i == 0 || compare_part_labels(&label[i], &d.label[d.count - 1]) != 0)
			d.label[d.count++] = label[i];

	*part_of = palloc(sizeof(int) * Max(state->parts.count, 1));
	for (int i = 0; i < state->parts.count; i++)
	{
		const char *bytes = name_table_bytes(&state->parts, i);
		matrix_label group = {bytes + 1, bytes[0] == 'n' ? -1 : state->parts.name[i].length - 1};

		(*part_of)[i] = division_find(&d, group, state->parts.name[i].tag);
	}
	return d;
}

static void
expand_set(const value_set *set, bool counting, double *x, uint8 *status)
{
	Size		at = 0;

	if (!counting)
	{
		Size		n = set->observed == 0 ? 0 : set->min == set->max ? 1 : 2;

		if (n > 0)
			x[at++] = set->min;
		if (n > 1)
			x[at++] = set->max;
	}
	for (int i = 0; counting && i < set->distinct; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 k = 0; k < set->counted[i].count; k++)
			x[at++] = set->counted[i].value;
	}
	memset(status, CELL_OBSERVED, at);
	for (int64 k = 0; counting && k < set->missing; k++, at++)
	{
		x[at] = get_float8_nan();
		status[at] = CELL_MISSING;
	}
}

static Size
expanded_size(const value_set *set, bool counting)
{
	if (!counting)
		return set->observed == 0 ? 0 : set->min == set->max ? 1 : 2;
	return (Size) set->observed + (Size) set->missing;
}

static column_values
expand_column(fit_state *state, int criterion)
{
	column_values column = {.parts = state->parts.count};

	column.start = palloc0(sizeof(Size) * (column.parts + 1));
	for (int part = 0; part < column.parts; part++)
	{
		value_set  *set = criterion < 0 ? NULL : fit_state_set(state, part, criterion);

		if (set != NULL && state->counting)
			value_set_settle(state, set);
		column.start[part + 1] = column.start[part] +
			(set == NULL ? 0 : expanded_size(set, state->counting));
	}
	if (column.start[column.parts] > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a criterion has too many values to be learned from"),
				 errdetail("They are more than %d.", PG_INT32_MAX)));
	column.x = palloc_extended(sizeof(double) * Max(column.start[column.parts], 1), MCXT_ALLOC_HUGE);
	column.status = palloc_extended(Max(column.start[column.parts], 1), MCXT_ALLOC_HUGE);
	for (int part = 0; part < column.parts && criterion >= 0; part++)
		expand_set(fit_state_set(state, part, criterion), state->counting,
				   column.x + column.start[part], column.status + column.start[part]);
	return column;
}

/* All values of the state's parts that belong to a part of the step. */
static int
gather(const column_values *column, const int *part_of, int part, double *values)
{
	Size		n = 0;

	for (int i = 0; i < column->parts; i++)
	{
		Size		length = column->start[i + 1] - column->start[i];

		if (part_of[i] != part)
			continue;
		memcpy(values + n, column->x + column->start[i], sizeof(double) * length);
		n += length;
	}
	return (int) n;
}

static void
change(const column_values *column, const int *part_of, int part, const cell_step *learned,
	   const char *code)
{
	for (int i = 0; i < column->parts; i++)
	{
		if (part_of[i] != part)
			continue;
		for (Size k = column->start[i]; k < column->start[i + 1]; k++)
		{
			double		x = column->x[k];
			cell_problem problem = cell_step_apply(learned, &column->x[k], &column->status[k]);

			if (unlikely(problem != CELL_FINE))
				cell_step_report(learned, problem, NULL, code, x);
			if (column->status[k] != CELL_OBSERVED)
				column->x[k] = get_float8_nan();
			if ((k & 0xFFFF) == 0)
				CHECK_FOR_INTERRUPTS();
		}
	}
}

/* ---------- the whole ---------- */

static fitted *
new_fitted(const fit_plan *plan, const framework_cache *cache, int codes, char **code)
{
	fitted	   *f = palloc0(sizeof(fitted));

	memcpy(f->framework, framework_of(cache)->fingerprint, FRAMEWORK_FINGERPRINT);
	f->plan = plan->pipeline;
	f->codes = codes;
	f->code = code;
	fitted_index(f);
	f->step = palloc0(sizeof(fitted_step) * Max(plan->pipeline->steps, 1));
	return f;
}

/* What steps that leave criteria out leave out; those are known beforehand. */
static void
leave_out(fitted *f, int number, bool *there)
{
	const pipeline_step *step = &f->plan->step[number];
	bool	   *left = palloc0(sizeof(bool) * Max(f->codes, 1));
	bool		keep = step->verb == PIPELINE_SELECT;

	for (int i = 0; i < f->codes && keep; i++)
		left[i] = true;
	for (int i = 0; i < step->codes.count; i++)
	{
		int			criterion = fitted_find(f, step->codes.code[i], (int) strlen(step->codes.code[i]));

		if (criterion < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("there is no criterion \"%s\" at the step \"%s\"",
							step->codes.code[i], pipeline_step_text(step))));
		left[criterion] = !keep;
	}
	for (int i = 0; i < f->codes; i++)
	{
		left[i] |= !there[i];
		there[i] = !left[i];
	}
	f->step[number].left = left;
}

static void
learn_step(fitted *f, int number, const bool *there, const framework_cache *cache,
		   const column_values *column, int criterion, const int *part_of, bool is_ahead)
{
	const pipeline_step *step = &f->plan->step[number];
	fitted_step *fit = &f->step[number];
	Size		room = column->start[column->parts];
	column_learner learner = {.step = &step->column, .cache = cache};
	cell_step  *learned;

	if (!there[criterion])
		return;
	learner.code = f->code[criterion];
	learner.code_length = (int) strlen(learner.code);
	learner.values = palloc_extended(sizeof(double) * Max(room, 1), MCXT_ALLOC_HUGE);
	learner.scratch = palloc_extended(3 * sizeof(double) * Max(room, 1), MCXT_ALLOC_HUGE);
	column_learner_begin(&learner);
	learned = palloc_extended(sizeof(cell_step) * Max(fit->parts.count, 1), MCXT_ALLOC_HUGE);
	for (int part = 0; part < fit->parts.count; part++)
	{
		int			n = is_ahead ? 0 : gather(column, part_of, part, learner.values);

		CHECK_FOR_INTERRUPTS();
		column_learn(&learner, n, &learned[part]);
		if (!is_ahead && number < f->plan->steps - 1)
			change(column, part_of, part, &learned[part], f->code[criterion]);
	}
	fit->cell[criterion] = learned;
	pfree(learner.values);
	pfree(learner.scratch);
}

static fitted *
learn(const fit_plan *plan, const framework_cache *cache, fit_state *state, int codes, char **code,
	  int steps, bool are_all)
{
	fitted	   *f = new_fitted(plan, cache, codes, code);
	bool	   *there = palloc(sizeof(bool) * Max(codes, 1));
	int		  **part_of = palloc0(sizeof(int *) * Max(steps, 1));
	bool	  **wanted = palloc0(sizeof(bool *) * Max(steps, 1));

	memset(there, true, codes);
	for (int number = 0; number < steps; number++)
	{
		const pipeline_step *step = &plan->pipeline->step[number];

		if (step->verb >= PIPELINE_COLUMN_VERBS)
		{
			leave_out(f, number, there);
			wanted[number] = NULL;
			continue;
		}
		f->step[number].parts = divide_state(&step->column, state, &part_of[number]);
		f->step[number].cell = palloc0(sizeof(cell_step *) * Max(codes, 1));
		wanted[number] = pipeline_step_criteria(plan->pipeline, number, codes, plain_code, code,
											are_all);
		if (wanted[number] == NULL)
		{
			wanted[number] = palloc(sizeof(bool) * Max(codes, 1));
			memset(wanted[number], true, codes);
		}
		for (int i = 0; i < codes; i++)
			wanted[number][i] &= there[i];
	}
	for (int i = 0; i < codes; i++)
	{
		int			length = (int) strlen(code[i]);
		column_values column = expand_column(state,
											 name_table_lookup(&state->codes, code[i], length, 0));

		CHECK_FOR_INTERRUPTS();
		for (int number = 0; number < steps; number++)
			if (wanted[number] != NULL)
				learn_step(f, number, wanted[number], cache, &column, i, part_of[number],
						   number < plan->ahead);
		pfree(column.x);
		pfree(column.status);
		pfree(column.start);
	}
	return f;
}

fitted *
fit_ahead(const fit_plan *plan, const framework_cache *cache, int codes, char **code,
		  bool are_all)
{
	pipeline_plan *ahead = palloc(sizeof(pipeline_plan));
	fit_plan	shorter = *plan;
	fit_state  *nothing = fit_state_new(CurrentMemoryContext, false);

	*ahead = *plan->pipeline;
	ahead->steps = plan->ahead;
	shorter.pipeline = ahead;
	fit_state_part(nothing, NULL, -1, 0);
	return learn(&shorter, cache, nothing, codes, code, plan->ahead, are_all);
}

fitted *
fit_learn(const fit_plan *plan, const framework_cache *cache, fit_state *state, int codes,
		  char **code)
{
	return learn(plan, cache, state, codes, code, plan->pipeline->steps, true);
}
