/*
 * column_step.c
 *	  A matrix taken through a step, a column at a time: column_step.h.
 */
#include "postgres.h"
#include "steps/column_step.h"
#include "steps/impute_across.h"

#include "miscadmin.h"
#include "utils/memutils.h"

void
column_learner_begin(column_learner *learner)
{
	if (learner->step->verb == STEP_NORMALISE)
		begin_normalisation(learner);
	if (learner->step->verb == STEP_TRANSFORM)
		learner->transforms = criterion_transform(&learner->step->as.transform, learner->cache,
												  learner->code, learner->code_length,
												  &learner->transform);
}

void
column_learn(column_learner *learner, int n, cell_step *learned)
{
	const column_step *step = learner->step;

	switch (step->verb)
	{
		case STEP_IMPUTE:
			learn_imputation(&step->as.impute, learner->values, n, learner->scratch, learned);
			break;
		case STEP_TRANSFORM:
			learned->kind = CELL_AS_IS;
			if (learner->transforms)
				learn_transform(&learner->transform, learner->values, n, learner->scratch,
								learner->code, learner->code_length, learned);
			break;
		case STEP_TREAT:
			learn_treatment(&step->as.treat, learner->values, n, learner->scratch, learned);
			break;
		case STEP_NORMALISE:
			learn_normalisation(learner, n, learned);
			break;
	}
}

/* ---------- a matrix ---------- */

typedef struct matrix_run
{
	column_learner learner;
	const matrix_view *view;
	division	parts;			/* of the set */
	const int  *part;			/* by row of the view; -1: none */
	int			column;			/* being changed ... */
	int			row;			/* ... and row, for messages */
} matrix_run;

/* The column of the set with the code of a column of the view. */
static int
find_set_column(const matrix_run *run)
{
	const matrix_view *set = run->learner.set;
	int			column;

	if (set->matrix == run->view->matrix)
		return run->column;
	column = matrix_find_column(set, run->learner.code, run->learner.code_length);
	if (column < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" is not in the reference matrix",
						matrix_code_cstring(run->view, run->column)),
				 errhint("A reference matrix must have all criteria of the matrix.")));
	return column;
}

static cell_step *
learn_parts(matrix_run *run)
{
	column_learner *learner = &run->learner;
	const part_rows *rows = &run->parts.rows;
	cell_step  *learned = palloc_extended(sizeof(cell_step) * Max(rows->count, 1), MCXT_ALLOC_HUGE);
	const double *value;

	learner->set_column = find_set_column(run);
	value = learner->set->value + (Size) learner->set_column * learner->set->rows;
	column_learner_begin(learner);
	for (int part = 0; part < rows->count; part++)
	{
		int			n = rows->start[part + 1] - rows->start[part];

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < n; i++)
			learner->values[i] = value[rows->row[rows->start[part] + i]];
		column_learn(learner, n, &learned[part]);
	}
	return learned;
}

static void
tell_cell(void *arg)
{
	const matrix_run *run = arg;

	errcontext("unit \"%s\", criterion \"%s\"", matrix_unit_cstring(run->view, run->row),
			   matrix_code_cstring(run->view, run->column));
}

/* What a row without a part gets: a value that is not filled, or one that has no scale. */
static const cell_step *
without_part(const column_step *step)
{
	static const cell_step as_is = {.kind = CELL_AS_IS};
	static const cell_step missing = {.kind = CELL_SET, .as = {.value = NAN}};

	return step->verb == STEP_NORMALISE ? &missing : &as_is;
}

static void
change_column(matrix_run *run, const cell_step *learned)
{
	const matrix_view *view = run->view;
	const cell_step *none = without_part(run->learner.step);
	double	   *value = view->value + (Size) run->column * view->rows;
	uint8	   *status = view->status + (Size) run->column * view->rows;
	ErrorContextCallback callback = {error_context_stack, tell_cell, run};
	MemoryContext cell_context = AllocSetContextCreate(CurrentMemoryContext, "parindex cells",
													   ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(cell_context);

	for (run->row = 0; run->row < view->rows; run->row++)
	{
		int			part = run->part[run->row];
		const cell_step *step = part < 0 ? none : &learned[part];
		bool		points = step->kind == CELL_POINTS;
		cell_problem problem;

		/* Points come from decimals, which take memory and have complaints of their own. */
		if (points)
			error_context_stack = &callback;
		problem = cell_step_apply(step, &value[run->row], &status[run->row]);
		if (unlikely(problem != CELL_FINE))
			cell_step_report(step, problem, matrix_unit_cstring(view, run->row),
							 matrix_code_cstring(view, run->column), value[run->row]);
		if (points)
		{
			error_context_stack = callback.previous;
			MemoryContextReset(cell_context);
		}
		if ((run->row & 1023) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(cell_context);
}

void
run_column_step(const column_step *step, const framework_cache *cache, const matrix_view *set,
				const matrix_view *view, const bool *wanted, const step_keeper *keeper)
{
	matrix_run	run = {.view = view};
	MemoryContext column_context = AllocSetContextCreate(CurrentMemoryContext, "parindex column",
														 ALLOCSET_SMALL_SIZES);

	if (step->verb == STEP_IMPUTE && impute_over_periods(step->as.impute.method))
	{
		impute_from_periods(&step->as.impute, view, wanted);
		return;
	}
	if (step->verb == STEP_IMPUTE && impute_across(step->as.impute.method))
	{
		impute_across_criteria(&step->as.impute, &step->parts, view, wanted);
		return;
	}
	run.learner.step = step;
	run.learner.cache = cache;
	run.learner.set = set;
	run.learner.values = palloc_extended(sizeof(double) * Max(set->rows, 1), MCXT_ALLOC_HUGE);
	run.learner.scratch = palloc_extended(3 * sizeof(double) * Max(set->rows, 1), MCXT_ALLOC_HUGE);
	run.parts = divide_matrix(&step->parts, set);
	run.part = division_of_rows(&run.parts, view);
	for (run.column = 0; run.column < view->columns; run.column++)
	{
		MemoryContext old;
		cell_step  *learned;

		CHECK_FOR_INTERRUPTS();
		if (wanted != NULL && !wanted[run.column])
			continue;
		run.learner.code = matrix_name_bytes(view, view->code[run.column]);
		run.learner.code_length = view->code[run.column].length;
		old = keeper == NULL ? MemoryContextSwitchTo(column_context) : CurrentMemoryContext;
		learned = learn_parts(&run);
		change_column(&run, learned);
		MemoryContextSwitchTo(old);
		if (keeper != NULL)
			keeper->keep(keeper->arg, run.column, &run.parts, learned);
		MemoryContextReset(column_context);
	}
	MemoryContextDelete(column_context);
}
