/*
 * pipeline_run.c
 *	  Running a pipeline over a score matrix: run_pipeline().
 *
 * Steps change one copy of the matrix in place; those that leave out rows or
 * columns make another.
 */
#include "postgres.h"
#include "pipeline/pipeline.h"

#include "matrix/denominate.h"
#include "matrix/matrix_columns.h"
#include "matrix/screen.h"
#include "miscadmin.h"
#include "utils/memutils.h"

/* ---------- criteria of a step ---------- */

static int
find_code(const char *wanted, int count, code_at code, const void *arg)
{
	int			wanted_length = (int) strlen(wanted);

	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < count; i++)
	{
		int			length;
		const char *bytes = code(arg, i, &length);

		if (length == wanted_length && memcmp(bytes, wanted, length) == 0)
			return i;
	}
	return -1;
}

static int
need_code(const char *wanted, int count, code_at code, const void *arg)
{
	int			i = find_code(wanted, count, code, arg);

	if (i < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no criterion \"%s\" at this step", wanted),
				 errhint("Look at matrix_codes(matrix), and at the steps before, which may have dropped it.")));
	return i;
}

bool *
pipeline_step_criteria(const pipeline_plan *plan, int number, int count, code_at code,
					   const void *arg, bool are_all)
{
	const pipeline_step *step = &plan->step[number];
	bool	   *wanted;

	if (step->on_all)
		return NULL;
	wanted = palloc(sizeof(bool) * Max(count, 1));
	memset(wanted, step->on.count == 0, count);
	for (int i = 0; i < step->on.count; i++)
	{
		int			k = are_all ? need_code(step->on.code[i], count, code, arg) :
			find_code(step->on.code[i], count, code, arg);

		if (k >= 0)
			wanted[k] = true;
	}
	if (step->on.count > 0)
		return wanted;

	for (int other = 0; other < plan->steps; other++)
	{
		const code_list *named = &plan->step[other].on;

		if (plan->step[other].verb != step->verb)
			continue;
		for (int i = 0; i < named->count; i++)
		{
			int			column = find_code(named->code[i], count, code, arg);

			if (column >= 0)
				wanted[column] = false;
		}
	}
	return wanted;
}

static const char *
column_code(const void *arg, int i, int *length)
{
	const matrix_view *matrix = arg;

	*length = matrix->code[i].length;
	return matrix_name_bytes(matrix, matrix->code[i]);
}

/* ---------- steps ---------- */

static void
denominate_columns(const pipeline_step *step, const matrix_view *from, const matrix_view *to)
{
	for (int i = 0; i < step->denominators; i++)
	{
		const denominator *d = &step->denominator[i];

		denominate_column(from, to, need_code(d->code, from->columns, column_code, from),
						  need_code(d->by, from->columns, column_code, from), d->scale);
	}
}

static bool *
named_columns(const pipeline_step *step, const matrix_view *matrix)
{
	bool	   *named = palloc0(sizeof(bool) * Max(matrix->columns, 1));

	for (int i = 0; i < step->codes.count; i++)
		named[need_code(step->codes.code[i], matrix->columns, column_code, matrix)] = true;
	return named;
}

typedef struct running
{
	const pipeline_plan *plan;
	const framework_cache *cache;
	matrix_view matrix;			/* ours to change */
	int			step;			/* at work */
} running;

static void
tell_step(void *arg)
{
	const running *run = arg;

	errcontext("step %d of the pipeline: %s", run->step + 1,
			   pipeline_step_text(&run->plan->step[run->step]));
}

static void
run_step(running *run, const step_keeper *keeper)
{
	const pipeline_step *step = &run->plan->step[run->step];
	score_matrix *old = run->matrix.matrix;
	score_matrix *new = NULL;
	bool	   *wanted;

	switch (step->verb)
	{
		case PIPELINE_IMPUTE:
		case PIPELINE_TRANSFORM:
		case PIPELINE_TREAT:
		case PIPELINE_NORMALISE:
			wanted = pipeline_step_criteria(run->plan, run->step, run->matrix.columns,
											column_code, &run->matrix, true);
			run_column_step(&step->column, run->cache, &run->matrix, &run->matrix, wanted, keeper);
			if (wanted != NULL)
				pfree(wanted);
			return;
		case PIPELINE_DENOMINATE:
			{
				matrix_view to;

				new = matrix_copy(&run->matrix);
				matrix_open(new, &to);
				denominate_columns(step, &run->matrix, &to);
				break;
			}
		case PIPELINE_SCREEN:
			new = screen_matrix(&run->matrix, step->min_share, step->min_nonzero, step->by_unit);
			break;
		case PIPELINE_SELECT:
		case PIPELINE_DROP:
			new = matrix_named_columns(&run->matrix, named_columns(step, &run->matrix),
									   step->verb == PIPELINE_SELECT);
			break;
	}
	matrix_open(new, &run->matrix);
	pfree(old);
}

score_matrix *
pipeline_run(const pipeline_plan *plan, const matrix_view *matrix, const framework_cache *cache,
			 const pipeline_observer *observer)
{
	running		run = {.plan = plan, .cache = cache};
	ErrorContextCallback callback = {error_context_stack, tell_step, &run};

	matrix_open(matrix_copy(matrix), &run.matrix);
	error_context_stack = &callback;
	for (run.step = 0; run.step < plan->steps; run.step++)
	{
		CHECK_FOR_INTERRUPTS();
		if (observer != NULL && observer->before != NULL)
			observer->before(observer->arg, run.step, &run.matrix);
		run_step(&run, observer == NULL ? NULL : observer->keeper);
		if (observer != NULL && observer->after != NULL)
			observer->after(observer->arg, run.step, &run.matrix);
	}
	error_context_stack = callback.previous;
	return run.matrix.matrix;
}

/* (matrix, framework, pipeline) */
PARINDEX_FUNCTION(parindex_run_pipeline);
Datum
parindex_run_pipeline(PG_FUNCTION_ARGS)
{
	matrix_view matrix;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	PG_RETURN_POINTER(pipeline_run(pipeline_argument(fcinfo, 2), &matrix,
								   framework_argument(fcinfo, 1), NULL));
}
