/*
 * transform.c
 *	  Transforms of criteria of a score matrix.
 */
#include "postgres.h"
#include "steps/column_step.h"

#include "base/arguments/code_numbers.h"
#include "base/interrupts.h"
#include "utils/builtins.h"

bool
criterion_transform(const transform_options *asked, const framework_cache *cache,
					const char *code, int code_length, transform_options *options)
{
	int			node;
	char	   *text;

	*options = *asked;
	if (!asked->declared)
		return true;
	node = framework_find(cache, code, code_length);
	if (node < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" is not in the framework", pnstrdup(code, code_length)),
				 errdetail("The framework declares how each criterion is transformed."),
				 errhint("Name the criteria of the step, as in transform as declared on (a, b).")));
	text = framework_transform(framework_of(cache), node);
	if (text == NULL)
		return false;
	*options = transform_of_text(text);
	return true;
}

void
learn_transform(const transform_options *options, const double *x, int n, double *scratch,
				const char *code, int code_length, cell_step *learned)
{
	learned->kind = CELL_TRANSFORM;
	learned->as.transform = options->transform;
	if (!options->learn)
		return;
	for (int i = 0; i < n; i++)
		if (x[i] <= 0)
			cell_step_report(learned, CELL_OUTSIDE_DOMAIN, NULL, pnstrdup(code, code_length), x[i]);
	learned->as.transform.a = boxcox_learn(x, n, scratch, let_interrupts, NULL);
	if (isnan(learned->as.transform.a))
		learned->kind = CELL_AS_IS;
}

/* (matrix, kind, a, b, codes); a, b and codes may be NULL */
PARINDEX_FUNCTION(parindex_transform);
Datum
parindex_transform(PG_FUNCTION_ARGS)
{
	column_step step = {.verb = STEP_TRANSFORM};
	transform_options *options = &step.as.transform;
	bool	   *wanted = NULL;
	matrix_view view;
	matrix_view result;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	options->transform = (transform) {
		(transform_kind) choose(PG_GETARG_TEXT_PP(1), "transform", transform_kinds),
		PG_ARGISNULL(2) ? NAN : PG_GETARG_FLOAT8(2), PG_ARGISNULL(3) ? NAN : PG_GETARG_FLOAT8(3)
	};
	check_transform_options(options);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	if (!PG_ARGISNULL(4))
	{
		code_numbers codes;
		const int  *columns;

		codes_argument(fcinfo, 4, &codes);
		columns = matrix_columns_of(&view, &codes);
		wanted = palloc0(sizeof(bool) * Max(view.columns, 1));
		for (int i = 0; i < codes.count; i++)
			wanted[columns[i]] = true;
	}
	matrix_open(matrix_copy(&view), &result);
	run_column_step(&step, NULL, &view, &result, wanted, NULL);
	PG_RETURN_POINTER(result.matrix);
}
