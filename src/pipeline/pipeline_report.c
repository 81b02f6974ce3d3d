/*
 * pipeline_report.c
 *	  What each step of a pipeline did to which cells, and index scores at its
 *	  end.
 */
#include "postgres.h"
#include "pipeline/pipeline.h"

#include "base/result_column.h"
#include "field/field_scores.h"
#include "funcapi.h"
#include "kernel/exact/int128.h"
#include "matrix/matrix_rows.h"
#include "miscadmin.h"
#include "utils/builtins.h"

enum
{
	REPORT_STEP, REPORT_ACTION, REPORT_UNIT, REPORT_PERIOD, REPORT_CODE, REPORT_VALUE_BEFORE,
	REPORT_VALUE_AFTER, REPORT_STATUS_BEFORE, REPORT_STATUS_AFTER, REPORT_COLUMNS
};

typedef struct report
{
	const pipeline_plan *plan;
	ReturnSetInfo *result;
	matrix_view before;
	Datum		status[CELL_NOT_APPLICABLE + 1];
	Datum		left_out;
	Datum		value[REPORT_COLUMNS];
	bool		null[REPORT_COLUMNS];
} report;

static void
keep_matrix(void *arg, int step, const matrix_view *matrix)
{
	report	   *r = arg;

	r->value[REPORT_STEP] = Int32GetDatum(step + 1);
	matrix_open(matrix_copy(matrix), &r->before);
}

static void
put_row(report *r)
{
	tuplestore_putvalues(r->result->setResult, r->result->setDesc, r->value, r->null);
}

/* The unit in a row, or none (row -1). */
static void
put_unit(report *r, int row)
{
	r->null[REPORT_UNIT] = r->null[REPORT_PERIOD] = row < 0;
	if (row < 0)
		return;
	r->value[REPORT_UNIT] = matrix_name_datum(&r->before, r->before.unit[row]);
	matrix_put_period(&r->before, row, &r->value[REPORT_PERIOD], &r->null[REPORT_PERIOD]);
}

static void
put_code(report *r, int column)
{
	r->null[REPORT_CODE] = column < 0;
	if (column >= 0)
		r->value[REPORT_CODE] = matrix_name_datum(&r->before, r->before.code[column]);
}

static void
put_cell(const report *r, const matrix_view *matrix, Size cell, Datum *value, bool *null,
		 Datum *status)
{
	put_float8(matrix->status[cell] == CELL_OBSERVED ? matrix->value[cell] : get_float8_nan(),
			   value, null);
	*status = r->status[matrix->status[cell]];
}

static void
report_cells(report *r, const matrix_view *after)
{
	const matrix_view *before = &r->before;

	r->null[REPORT_STATUS_BEFORE] = r->null[REPORT_STATUS_AFTER] = false;
	for (int row = 0; row < before->rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		put_unit(r, row);
		for (int column = 0; column < before->columns; column++)
		{
			Size		cell = (Size) column * before->rows + row;

			if (before->status[cell] == after->status[cell] &&
				(before->status[cell] != CELL_OBSERVED ||
				 double_bits(before->value[cell]) == double_bits(after->value[cell])))
				continue;
			put_code(r, column);
			put_cell(r, before, cell, &r->value[REPORT_VALUE_BEFORE],
					 &r->null[REPORT_VALUE_BEFORE], &r->value[REPORT_STATUS_BEFORE]);
			put_cell(r, after, cell, &r->value[REPORT_VALUE_AFTER],
					 &r->null[REPORT_VALUE_AFTER], &r->value[REPORT_STATUS_AFTER]);
			put_row(r);
			pfree(DatumGetPointer(r->value[REPORT_CODE]));
		}
		pfree(DatumGetPointer(r->value[REPORT_UNIT]));
	}
}

static bool
same_name(const matrix_view *a, matrix_name x, const matrix_view *b, matrix_name y)
{
	return x.length == y.length &&
		memcmp(matrix_name_bytes(a, x), matrix_name_bytes(b, y), x.length) == 0;
}

/* Rows and columns that are gone: what stays keeps its order. */
static void
report_left_out(report *r, const matrix_view *after)
{
	const matrix_view *before = &r->before;
	int			row = 0;
	int			column = 0;

	r->null[REPORT_VALUE_BEFORE] = r->null[REPORT_VALUE_AFTER] = true;
	r->null[REPORT_STATUS_BEFORE] = true;
	r->null[REPORT_STATUS_AFTER] = false;
	r->value[REPORT_STATUS_AFTER] = r->left_out;
	put_code(r, -1);
	for (int i = 0; i < before->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (row < after->rows && same_name(before, before->unit[i], after, after->unit[row]) &&
			(before->period == NULL || before->period[i] == after->period[row]))
		{
			row++;
			continue;
		}
		put_unit(r, i);
		put_row(r);
	}
	put_unit(r, -1);
	for (int i = 0; i < before->columns; i++)
	{
		if (column < after->columns && same_name(before, before->code[i], after, after->code[column]))
		{
			column++;
			continue;
		}
		put_code(r, i);
		put_row(r);
	}
}

static void
report_step(void *arg, int step, const matrix_view *after)
{
	report	   *r = arg;

	r->value[REPORT_ACTION] = CStringGetTextDatum(pipeline_step_text(&r->plan->step[step]));
	if (after->rows == r->before.rows && after->columns == r->before.columns)
		report_cells(r, after);
	else
		report_left_out(r, after);
	pfree(r->before.matrix);
}

/* (matrix, framework, pipeline) */
PARINDEX_FUNCTION(parindex_pipeline_report);
Datum
parindex_pipeline_report(PG_FUNCTION_ARGS)
{
	report		r = {.result = (ReturnSetInfo *) fcinfo->resultinfo};
	pipeline_observer observer = {keep_matrix, report_step, NULL, &r};
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	r.plan = pipeline_argument(fcinfo, 2);
	r.status[CELL_OBSERVED] = CStringGetTextDatum("observed");
	r.status[CELL_MISSING] = CStringGetTextDatum("missing");
	r.status[CELL_NOT_APPLICABLE] = CStringGetTextDatum("not_applicable");
	r.left_out = CStringGetTextDatum("left_out");
	pipeline_run(r.plan, &matrix, framework_argument(fcinfo, 1), &observer);
	return (Datum) 0;
}

/* (matrix, framework, pipeline) */
PARINDEX_FUNCTION(parindex_index_scores_pipeline);
Datum
parindex_index_scores_pipeline(PG_FUNCTION_ARGS)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_open(pipeline_run(pipeline_argument(fcinfo, 2), &matrix, cache, NULL), &matrix);
	put_index_scores((ReturnSetInfo *) fcinfo->resultinfo, &matrix, framework_of(cache));
	return (Datum) 0;
}
