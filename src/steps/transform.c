/*
 * transform.c
 *	  Transforms of criteria of a score matrix.
 */
#include "postgres.h"
#include "steps/column_step.h"

#include "base/arguments/code_numbers.h"
#include "base/interrupts.h"
#include "utils/builtins.h"

const choice transform_kinds[] = {
	{"log", TRANSFORM_LOG},
	{"log1p", TRANSFORM_LOG1P},
	{"sqrt", TRANSFORM_SQRT},
	{"cbrt", TRANSFORM_CBRT},
	{"power", TRANSFORM_POWER},
	{"boxcox", TRANSFORM_BOXCOX},
	{"logit", TRANSFORM_LOGIT},
	{"asinh", TRANSFORM_ASINH},
	{"reciprocal", TRANSFORM_RECIPROCAL},
	{"clip", TRANSFORM_CLIP},
	{NULL, 0}
};

/* How many numbers a kind takes at most, and what the first is where none is given. */
static int
numbers_of(transform_kind kind)
{
	switch (kind)
	{
		case TRANSFORM_CLIP:
			return 2;
		case TRANSFORM_LOG1P:
		case TRANSFORM_POWER:
		case TRANSFORM_BOXCOX:
		case TRANSFORM_LOGIT:
			return 1;
		default:
			return 0;
	}
}

void
check_transform_options(transform_options *options)
{
	transform  *t = &options->transform;
	const char *name = choice_name(transform_kinds, t->kind);
	int			most = numbers_of(t->kind);
	int			given = isnan(t->a) ? 0 : isnan(t->b) ? 1 : 2;

	if (given > most || (t->kind == TRANSFORM_CLIP && given < 2) ||
		(t->kind == TRANSFORM_POWER && given == 0) || (given == 0 && !isnan(t->b)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("transform %s takes %s", name,
						most == 0 ? "no number" : t->kind == TRANSFORM_CLIP ? "two numbers" :
						t->kind == TRANSFORM_POWER ? "one number" : "at most one number"),
				 errhint("As in log1p 1, power 0.5, boxcox 0.3, logit 100, clip 0 10.")));
	if (isinf(t->a) || isinf(t->b) || (t->kind == TRANSFORM_CLIP && !(t->a < t->b)) ||
		(t->kind == TRANSFORM_LOGIT && t->a <= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("numbers of the transform %s are not possible: %g, %g", name, t->a, t->b),
				 errdetail("They must be finite; those of clip must rise, that of logit be above 0.")));
	options->learn = t->kind == TRANSFORM_BOXCOX && given == 0;
	if (given == 0)
		t->a = t->kind == TRANSFORM_LOG1P || t->kind == TRANSFORM_LOGIT ? 1 : 0;
	if (given < 2)
		t->b = 0;
	t->a += 0.0;
	t->b += 0.0;
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
