/*
 * index_score.c
 *	  A fitted pipeline applied to one unit at a time: to a value, and to a row
 *	  of all its values.
 */
#include "postgres.h"
#include "pipeline/row_program.h"

#include "catalog/pg_type.h"
#include "framework/node_rows.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "pipeline/wide_row.h"
#include "utils/array.h"
#include "utils/builtins.h"

/* ---------- rows ---------- */

/* What is kept from row to row, beside a fitted pipeline. */
typedef struct row_scorer
{
	row_program *program;
	wide_row	wide;
} row_scorer;

static row_scorer *
new_scorer(fitted *f, const framework *fw)
{
	MemoryContext old = MemoryContextSwitchTo(f->context);
	row_scorer *scorer = palloc0(sizeof(row_scorer));

	scorer->wide.codes = f->codes;
	scorer->wide.code = f->code;
	scorer->wide.context = f->context;
	scorer->program = row_program_new(f, fw);
	f->beside = scorer;
	MemoryContextSwitchTo(old);
	return scorer;
}

/* The pipeline is kept beside the framework, and ends with it. */
static row_scorer *
scorer_argument(FunctionCallInfo fcinfo)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	MemoryContext context;
	void	  **place = framework_beside(cache, &context);
	fitted	   *f = fitted_cached((struct varlena *) PG_GETARG_POINTER(0), context, place);

	return likely(f->beside != NULL) ? f->beside : new_scorer(f, framework_of(cache));
}

/* Arguments 3 and 4: a group and a period, which may be NULL. */
static void
read_part(FunctionCallInfo fcinfo, int argument, fitted_row *row)
{
	row->group = (matrix_label) {NULL, -1};
	row->period = 0;
	if (PG_NARGS() > argument && !PG_ARGISNULL(argument))
	{
		text	   *group = PG_GETARG_TEXT_PP(argument);

		row->group = (matrix_label) {VARDATA_ANY(group), VARSIZE_ANY_EXHDR(group)};
	}
	if (PG_NARGS() > argument + 1 && !PG_ARGISNULL(argument + 1))
		row->period = PG_GETARG_INT32(argument + 1);
	row->unit = NULL;
}

static void
read_row(FunctionCallInfo fcinfo, row_scorer *scorer, fitted_row *row)
{
	row->x = scorer->program->x;
	row->status = scorer->program->status;
	wide_row_read(&scorer->wide, fcinfo, 2, row->x, row->status);
	read_part(fcinfo, 3, row);
}

static bool
any_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2);
}

/* (fitted, framework, values [, unit_group [, period]]); values may be a row */
PARINDEX_FUNCTION(parindex_fitted_index_score);
Datum
parindex_fitted_index_score(PG_FUNCTION_ARGS)
{
	row_scorer *scorer;
	fitted_row	row;
	double		index;

	if (any_null(fcinfo))
		PG_RETURN_NULL();
	scorer = scorer_argument(fcinfo);
	read_row(fcinfo, scorer, &row);
	index = row_program_index(scorer->program, &row);
	if (isnan(index))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(index);
}

/* The same; every node. */
PARINDEX_FUNCTION(parindex_fitted_score_rows);
Datum
parindex_fitted_score_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	const framework *fw;
	row_scorer *scorer;
	fitted_row	row;
	const Datum *code;
	Datum		value[SCORE_ROW_COLUMNS];
	bool		null[SCORE_ROW_COLUMNS];

	InitMaterializedSRF(fcinfo, 0);
	if (any_null(fcinfo))
		return (Datum) 0;
	scorer = scorer_argument(fcinfo);
	read_row(fcinfo, scorer, &row);
	if (!row_program_nodes(scorer->program, &row))
		return (Datum) 0;
	fw = scorer->program->fw;
	code = framework_code_datums(fw);
	for (int i = 0; i < fw->nodes; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_node_result(fw, i, &scorer->program->result[i], code, value, null);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value + SCORE_ROW_CODE,
							 null + SCORE_ROW_CODE);
	}
	return (Datum) 0;
}

/* ---------- a value ---------- */

/* (fitted, code, value [, unit_group [, period]]) */
PARINDEX_FUNCTION(parindex_fitted_score);
Datum
parindex_fitted_score(PG_FUNCTION_ARGS)
{
	const fitted *f;
	text	   *code;
	double		x = NAN;
	uint8		status = CELL_MISSING;
	int			criterion;
	fitted_row	row;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	f = fitted_cached((struct varlena *) PG_GETARG_POINTER(0), fcinfo->flinfo->fn_mcxt,
					  &fcinfo->flinfo->fn_extra);
	code = PG_GETARG_TEXT_PP(1);
	criterion = fitted_find(f, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (criterion < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" is not one that the pipeline was fitted for",
						text_to_cstring(code)),
				 errhint("fitted_codes(fitted) lists those.")));
	if (!PG_ARGISNULL(2))
	{
		x = PG_GETARG_FLOAT8(2) + 0.0;
		status = CELL_OBSERVED;
		if (!isfinite(x))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("value %s of criterion \"%s\" is not finite", float8out_internal(x),
							f->code[criterion]),
					 errhint("Use NULL for a missing value.")));
	}
	read_part(fcinfo, 3, &row);

	/* Arrays of which only this criterion is read. */
	row.x = &x - criterion;
	row.status = &status - criterion;
	fitted_apply_cell(f, criterion, &row);
	if (status != CELL_OBSERVED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(x);
}

/* ---------- what it holds ---------- */

PARINDEX_FUNCTION(parindex_fitted_codes);
Datum
parindex_fitted_codes(PG_FUNCTION_ARGS)
{
	const fitted *f = PG_GETARG_FITTED(0);
	Datum	   *code = palloc(sizeof(Datum) * Max(f->codes, 1));

	for (int i = 0; i < f->codes; i++)
		code[i] = CStringGetTextDatum(f->code[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(code, f->codes, TEXTOID, -1, false, TYPALIGN_INT));
}

PARINDEX_FUNCTION(parindex_fitted_pipeline_of);
Datum
parindex_fitted_pipeline_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(pipeline_text(PG_GETARG_FITTED(0)->plan)));
}
