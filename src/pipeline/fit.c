/*
 * fit.c
 *	  fit(): a pipeline that learns from a score matrix; and its application to
 *	  a matrix.
 */
#include "postgres.h"
#include "pipeline/fitted.h"

#include "field/field_scores.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

/* ---------- learning ---------- */

typedef struct fitting
{
	fitted	   *f;
	int			step;			/* being learned */
	int		   *criterion;		/* by column of the matrix at this step */
} fitting;

static void
find_criteria(fitting *fit, const matrix_view *matrix)
{
	fit->criterion = palloc(sizeof(int) * Max(matrix->columns, 1));
	for (int i = 0; i < matrix->columns; i++)
		fit->criterion[i] = fitted_find(fit->f, matrix_name_bytes(matrix, matrix->code[i]),
										matrix->code[i].length);
}

static void
refuse_step(const pipeline_step *step)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("the step \"%s\" learns nothing that a single unit could be scored by",
					pipeline_step_text(step)),
			 errdetail("It fills a cell from the unit's other periods or criteria."),
			 errhint("Run it before: fit(impute(...), ...).")));
}

static void
before_step(void *arg, int number, const matrix_view *matrix)
{
	fitting    *fit = arg;
	const pipeline_step *step = &fit->f->plan->step[number];

	fit->step = number;
	find_criteria(fit, matrix);
	if (step->verb == PIPELINE_IMPUTE && (impute_over_periods(step->column.as.impute.method) ||
										  impute_across(step->column.as.impute.method)))
		refuse_step(step);
	if (step->verb < PIPELINE_COLUMN_VERBS)
	{
		fit->f->step[number].cell = palloc0(sizeof(cell_step *) * Max(fit->f->codes, 1));
		fit->f->step[number].parts.by_group = step->column.parts.by_group;
	}
}

/* Labels outlive the matrix they point into. */
static division
copy_division(const division *parts)
{
	division	copy = *parts;

	copy.label = palloc(sizeof(part_label) * Max(parts->count, 1));
	for (int i = 0; i < parts->count; i++)
	{
		copy.label[i] = parts->label[i];
		if (copy.label[i].group.length >= 0)
			copy.label[i].group.bytes = pnstrdup(copy.label[i].group.bytes,
												 copy.label[i].group.length);
	}
	return copy;
}

static void
keep_column(void *arg, int column, const division *parts, const cell_step *learned)
{
	fitting    *fit = arg;
	fitted_step *step = &fit->f->step[fit->step];

	if (step->parts.label == NULL)
		step->parts = copy_division(parts);
	step->cell[fit->criterion[column]] = (cell_step *) learned;
}

static void
after_step(void *arg, int number, const matrix_view *matrix)
{
	fitting    *fit = arg;
	fitted_step *step = &fit->f->step[number];

	if (fit->f->plan->step[number].verb < PIPELINE_COLUMN_VERBS)
		return;
	step->left = palloc(sizeof(bool) * Max(fit->f->codes, 1));
	find_criteria(fit, matrix);
	memset(step->left, true, fit->f->codes);
	for (int i = 0; i < matrix->columns; i++)
		step->left[fit->criterion[i]] = false;
}

/* (matrix, framework, pipeline) */
PARINDEX_FUNCTION(parindex_fit);
Datum
parindex_fit(PG_FUNCTION_ARGS)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	fitted		f = {.plan = pipeline_argument(fcinfo, 2)};
	fitting		fit = {.f = &f};
	step_keeper keeper = {keep_column, &fit};
	pipeline_observer observer = {before_step, after_step, &keeper, &fit};
	matrix_view matrix;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	memcpy(f.framework, framework_of(cache)->fingerprint, FRAMEWORK_FINGERPRINT);
	f.codes = matrix.columns;
	f.code = palloc0(sizeof(char *) * Max(f.codes, 1));
	for (int i = 0; i < f.codes; i++)
		f.code[i] = matrix_code_cstring(&matrix, i);
	fitted_index(&f);
	f.step = palloc0(sizeof(fitted_step) * Max(f.plan->steps, 1));
	pipeline_run(f.plan, &matrix, cache, &observer);
	PG_RETURN_POINTER(fitted_write(&f));
}

/* ---------- a matrix ---------- */

/* By criterion: the column of the matrix, or -1. Every column must be a criterion. */
static int *
columns_of_criteria(const fitted *f, const matrix_view *matrix)
{
	int		   *column = palloc(sizeof(int) * Max(f->codes, 1));

	memset(column, -1, sizeof(int) * f->codes);
	for (int i = 0; i < matrix->columns; i++)
	{
		int			criterion = fitted_find(f, matrix_name_bytes(matrix, matrix->code[i]),
											matrix->code[i].length);

		if (criterion < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" of the matrix is not one that the pipeline was fitted for",
							matrix_code_cstring(matrix, i)),
					 errhint("fitted_codes(fitted) lists those.")));
		column[criterion] = i;
	}
	return column;
}

/* The criteria that are there after all steps; a criterion without column stays without. */
static int *
columns_that_stay(const fitted *f, const matrix_view *matrix, const int *column, int *count)
{
	int		   *kept = palloc(sizeof(int) * Max(matrix->columns, 1));
	bool	   *left = palloc0(sizeof(bool) * Max(matrix->columns, 1));

	for (int i = 0; i < f->plan->steps; i++)
		for (int criterion = 0; f->step[i].left != NULL && criterion < f->codes; criterion++)
			if (f->step[i].left[criterion] && column[criterion] >= 0)
				left[column[criterion]] = true;
	*count = 0;
	for (int i = 0; i < matrix->columns; i++)
		if (!left[i])
			kept[(*count)++] = i;
	return kept;
}

static score_matrix *
apply_to_matrix(const fitted *f, const matrix_view *matrix)
{
	int		   *column = columns_of_criteria(f, matrix);
	int		   *rows = palloc_extended(sizeof(int) * Max(matrix->rows, 1), MCXT_ALLOC_HUGE);
	int			count = 0;
	int		   *kept;
	int			kept_count;
	matrix_view all;
	fitted_row	row;

	row.x = palloc(sizeof(double) * Max(f->codes, 1));
	row.status = palloc(sizeof(uint8) * Max(f->codes, 1));
	matrix_open(matrix_copy(matrix), &all);
	for (int r = 0; r < matrix->rows; r++)
	{
		matrix_label none = {NULL, -1};

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < f->codes; i++)
		{
			Size		cell = (Size) column[i] * matrix->rows + r;

			row.x[i] = column[i] < 0 ? NAN : matrix->value[cell];
			row.status[i] = column[i] < 0 ? CELL_MISSING : matrix->status[cell];
		}
		row.group = none;
		if (matrix->group != NULL && matrix->group[r].length >= 0)
			row.group = (matrix_label) {
				matrix_name_bytes(matrix, matrix->group[r]), matrix->group[r].length
			};
		row.period = matrix->period == NULL ? 0 : matrix->period[r];
		row.unit = matrix_unit_cstring(matrix, r);
		if (fitted_apply(f, &row))
			rows[count++] = r;
		for (int i = 0; i < f->codes; i++)
			if (column[i] >= 0)
				matrix_set(&all, column[i], r, row.x[i], (cell_status) row.status[i]);
		pfree((char *) row.unit);
	}
	kept = columns_that_stay(f, matrix, column, &kept_count);
	if (count == matrix->rows && kept_count == matrix->columns)
		return all.matrix;
	return matrix_select(&all, rows, count, kept, kept_count);
}

/* (matrix, framework, fitted) */
PARINDEX_FUNCTION(parindex_run_fitted);
Datum
parindex_run_fitted(PG_FUNCTION_ARGS)
{
	const fitted *f = PG_GETARG_FITTED(2);
	matrix_view matrix;

	fitted_check_framework(f, framework_of(framework_argument(fcinfo, 1)));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	PG_RETURN_POINTER(apply_to_matrix(f, &matrix));
}

/* (matrix, framework, fitted) */
PARINDEX_FUNCTION(parindex_fitted_scores);
Datum
parindex_fitted_scores(PG_FUNCTION_ARGS)
{
	const fitted *f = PG_GETARG_FITTED(2);
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	fitted_check_framework(f, fw);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_open(apply_to_matrix(f, &matrix), &matrix);
	put_index_scores((ReturnSetInfo *) fcinfo->resultinfo, &matrix, fw);
	return (Datum) 0;
}
