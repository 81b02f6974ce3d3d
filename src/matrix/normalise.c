/*
 * normalise.c
 *	  Normalisation of a score matrix: each criterion on a scale on which more
 *	  is better.
 *
 * The plan of a criterion (normalise_plan.c) and the values of a set, its own
 * or those of a reference matrix, make a scale (kernel/field/normalise.c), at which
 * each value is read; by group, each group has its own set and scale. Sets
 * span all periods. Rules that look at one value alone are applied in decimal,
 * as apply_rule() does, but for logarithms.
 */
#include "postgres.h"
#include "matrix/normalise_plan.h"
#include "rules/rule_points.h"
#include "framework/framework_argument.h"

#include <math.h>

#include "base/forms/bytes.h"
#include "kernel/field/column_stats.h"
#include "kernel/field/normalise.h"
#include "matrix/matrix_groups.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

typedef struct normaliser
{
	normalise_options options;
	matrix_view matrix;
	matrix_view set;			/* the reference matrix, or the matrix itself */
	part_rows	groups;			/* rows without a group are the last one */
	part_rows	set_groups;
	int		   *set_group;		/* of each group, its set's; -1: none */
	matrix_view result;
	double	   *values;			/* of a set; room for all its rows ... */
	double	   *sorted;			/* ... as have these */
	double	   *scratch;
	int			column;			/* being normalised ... */
	int			row;			/* ... and -1 or the row; for messages */
} normaliser;

/* ---------- groups ---------- */

/* Rows by group; those without one, or all, are the last group. */
static part_rows
group_rows(const matrix_view *view, bool by_group)
{
	matrix_parts groups = {0, NULL};

	if (by_group)
		groups.part = matrix_group_numbers(view, &groups.count);
	else
		groups.part = palloc_extended(sizeof(int) * view->rows, MCXT_ALLOC_HUGE);
	for (int row = 0; row < view->rows; row++)
		if (!by_group || groups.part[row] < 0)
			groups.part[row] = groups.count;
	groups.count++;
	return rows_of_parts(&groups, view->rows);
}

/* Order of two groups by name, as matrix_group_numbers() numbers them. */
static int
compare_groups(const matrix_view *a, int a_row, const matrix_view *b, int b_row)
{
	matrix_name x = a->group[a_row];
	matrix_name y = b->group[b_row];

	return compare_bytes(matrix_name_bytes(a, x), x.length, matrix_name_bytes(b, y), y.length);
}

/* Finds for each group that of the same name in the set; the last ones match. */
static void
match_groups(normaliser *n)
{
	const part_rows *groups = &n->groups;
	const part_rows *set = &n->set_groups;
	int			other = 0;

	n->set_group = palloc(sizeof(int) * groups->count);
	for (int i = 0; i < groups->count - 1; i++)
	{
		int			row = groups->row[groups->start[i]];
		int			order = 1;

		while (other < set->count - 1 &&
			   (order = compare_groups(&n->matrix, row, &n->set,
									   set->row[set->start[other]])) > 0)
			other++;
		n->set_group[i] = other < set->count - 1 && order == 0 ? other : -1;
	}
	n->set_group[groups->count - 1] = set->count - 1;
}

/* ---------- scales ---------- */

static char *
code_of(const normaliser *n)
{
	return matrix_code_cstring(&n->matrix, n->column);
}

static scale
make_scale(const normaliser *n, const criterion_plan *plan, int set_column, int set_group)
{
	const part_rows *groups = &n->set_groups;
	const double *column = n->set.value + (Size) set_column * n->set.rows;
	int			first = set_group < 0 ? 0 : groups->start[set_group];
	int			count = set_group < 0 ? 0 : groups->start[set_group + 1] - first;

	for (int i = 0; i < count; i++)
		n->values[i] = plan->direction * column[groups->row[first + i]];
	switch (plan->basis)
	{
		case BASIS_MINMAX:
			return scale_minmax(n->values, count);
		case BASIS_ZSCORE:
			return scale_zscore(n->values, count);
		case BASIS_RANK:
		case BASIS_BORDA:
			count = column_sort(n->values, count, n->sorted, n->scratch);
			return scale_rank(n->sorted, count, plan->basis == BASIS_RANK ? 1 : 0);
		case BASIS_PERCENTILE:
			count = column_sort(n->values, count, n->sorted, n->scratch);
			return scale_percentile(n->sorted, count);
		case BASIS_FRACTION_OF_MAX:
			return scale_fraction_of_max(n->values, count);
		case BASIS_FRACTION_OF_MIN:
			return scale_fraction_of_min(n->values, count);
		case BASIS_MARK:
			return scale_to_mark(n->values, count, plan->to);
		case BASIS_MARKS:
			return scale_between(plan->from, plan->to);
		case BASIS_LOG_MARKS:
			return scale_log_between(plan->from, plan->to);
		case BASIS_RULE:
			break;
	}
	elog(ERROR, "unexpected basis of a scale: %d", plan->basis);
	pg_unreachable();
}

static void
check_scale(const normaliser *n, const scale *s)
{
	if (s->kind == SCALE_UNDEFINED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" has no fraction of its maximum", code_of(n)),
				 errdetail("Its maximum, or where less is better its minimum, is not above 0."),
				 errhint("Use minmax.")));
	if (!isfinite(s->length))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("values of criterion \"%s\" lie too far apart", code_of(n)),
				 errdetail("Their differences leave the range of float8.")));
}

/* What values become that nothing tells apart; NaN for nothing. */
static double
constant_value(const normaliser *n, const criterion_plan *plan)
{
	if (n->options.constant == CONSTANT_NULL)
		return NAN;
	if (!basis_gives_share(plan->basis))
		return 0;
	switch (n->options.constant)
	{
		case CONSTANT_LOWER:
			return plan->lower;
		case CONSTANT_UPPER:
			return plan->upper;
		default:
			return share_between(0.5, plan->lower, plan->upper);
	}
}

static double
read_scale(const normaliser *n, const criterion_plan *plan, const scale *s, double x)
{
	double		result;

	if (scale_needs_positive(s) && x <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unit \"%s\" has a value of criterion \"%s\" that is not above 0: %g",
						matrix_unit_cstring(&n->matrix, n->row), code_of(n), x),
				 errhint("Neither logarithms nor fractions of the minimum are defined there; use minmax or goalposts.")));
	result = scale_at(s, x);
	if (basis_gives_share(plan->basis))
		result = share_between(plan->held ? Min(Max(result, 0), 1) : result,
							   plan->lower, plan->upper);
	if (!isfinite(result))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("unit \"%s\" gets a value of criterion \"%s\" that is out of range",
						matrix_unit_cstring(&n->matrix, n->row), code_of(n))));
	return result;
}

static void
normalise_group(normaliser *n, const criterion_plan *plan, int set_column, int group)
{
	const double *value = n->matrix.value + (Size) n->column * n->matrix.rows;
	const uint8 *status = n->matrix.status + (Size) n->column * n->matrix.rows;
	scale		s = make_scale(n, plan, set_column, n->set_group[group]);
	double		constant = s.kind == SCALE_CONSTANT ? constant_value(n, plan) : NAN;

	check_scale(n, &s);
	for (int i = n->groups.start[group]; i < n->groups.start[group + 1]; i++)
	{
		double		result;

		CHECK_FOR_INTERRUPTS();
		n->row = n->groups.row[i];
		if (status[n->row] != CELL_OBSERVED)
			continue;
		result = s.kind == SCALE_EMPTY || s.kind == SCALE_CONSTANT ? constant :
			read_scale(n, plan, &s, plan->direction * value[n->row]);
		matrix_set(&n->result, n->column, n->row, result,
				   isnan(result) ? CELL_MISSING : CELL_OBSERVED);
	}
}

/* ---------- rules ---------- */

static void
tell_cell(void *arg)
{
	const normaliser *n = arg;

	errcontext("unit \"%s\", criterion \"%s\"", matrix_unit_cstring(&n->matrix, n->row), code_of(n));
}

static void
apply_rule_to_column(normaliser *n, const scoring_rule *rule)
{
	MemoryContext cell_context = AllocSetContextCreate(CurrentMemoryContext, "parindex normalise",
													   ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(cell_context);
	ErrorContextCallback callback = {error_context_stack, tell_cell, n};

	error_context_stack = &callback;
	for (n->row = 0; n->row < n->matrix.rows; n->row++)
	{
		Size		cell = (Size) n->column * n->matrix.rows + n->row;

		CHECK_FOR_INTERRUPTS();
		if (n->matrix.status[cell] != CELL_OBSERVED)
			continue;
		matrix_set(&n->result, n->column, n->row,
				   scoring_rule_points(rule, n->matrix.value[cell]), CELL_OBSERVED);
		MemoryContextReset(cell_context);
	}
	error_context_stack = callback.previous;
	MemoryContextSwitchTo(old);
	MemoryContextDelete(cell_context);
}

/* ---------- the function ---------- */

static int
find_leaf(const normaliser *n, const framework_cache *cache)
{
	const framework *fw = framework_of(cache);
	matrix_name code = n->matrix.code[n->column];
	int			node = framework_find(cache, matrix_name_bytes(&n->matrix, code), code.length);

	if (node < 0 || fw->node[node].children > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 node < 0 ?
				 errmsg("criterion \"%s\" of the matrix is not in the framework", code_of(n)) :
				 errmsg("criterion \"%s\" of the matrix is not a leaf of the framework", code_of(n)),
				 errhint("Leave its values out of the matrix: score_matrix_agg(...) FILTER (WHERE ...).")));
	return node;
}

static int
find_set_column(const normaliser *n)
{
	matrix_name code = n->matrix.code[n->column];
	int			column;

	if (n->set.matrix == n->matrix.matrix)
		return n->column;
	column = matrix_find_column(&n->set, matrix_name_bytes(&n->matrix, code), code.length);
	if (column < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" is not in the reference matrix", code_of(n)),
				 errhint("A reference matrix must have all criteria of the matrix.")));
	return column;
}

static void
normalise_column(normaliser *n, const framework_cache *cache)
{
	int			leaf = find_leaf(n, cache);
	int			set_column = find_set_column(n);
	criterion_plan plan;

	plan_criterion(&n->options, framework_of(cache), leaf, &n->set, set_column, &plan);
	if (plan.basis == BASIS_RULE)
		apply_rule_to_column(n, plan.rule);
	else
		for (int group = 0; group < n->groups.count; group++)
			normalise_group(n, &plan, set_column, group);
}

static void
read_normalise_options(FunctionCallInfo fcinfo, normalise_options *options)
{
	options->method = parse_normalise_method(PG_GETARG_TEXT_PP(2));
	options->lower = PG_GETARG_FLOAT8(3);
	options->upper = PG_GETARG_FLOAT8(4);
	options->constant = PG_ARGISNULL(7) ? CONSTANT_NULL :
		parse_constant_result(PG_GETARG_TEXT_PP(7));
	options->reference_unit = PG_ARGISNULL(8) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(8));
	options->target = PG_ARGISNULL(9) ? NAN : PG_GETARG_FLOAT8(9);
	options->scale_min = PG_GETARG_FLOAT8(10);
	options->scale_max = PG_GETARG_FLOAT8(11);
	check_normalise_options(options);
}

score_matrix *
normalise_matrix(const normalise_options *options, const matrix_view *matrix,
				 const framework_cache *cache, bool by_group, const matrix_view *reference)
{
	normaliser	n;

	n.options = *options;
	n.matrix = *matrix;
	n.set = reference == NULL ? *matrix : *reference;
	n.groups = group_rows(&n.matrix, by_group);
	n.set_groups = group_rows(&n.set, by_group);
	match_groups(&n);
	n.values = palloc_extended(sizeof(double) * n.set.rows, MCXT_ALLOC_HUGE);
	n.sorted = palloc_extended(sizeof(double) * n.set.rows, MCXT_ALLOC_HUGE);
	n.scratch = palloc_extended(sizeof(double) * n.set.rows, MCXT_ALLOC_HUGE);
	matrix_open(matrix_copy(&n.matrix), &n.result);
	for (n.column = 0; n.column < n.matrix.columns; n.column++)
	{
		CHECK_FOR_INTERRUPTS();
		normalise_column(&n, cache);
	}
	return n.result.matrix;
}

/*
 * normalise(matrix, framework, method, lower, upper, by_group, reference,
 * constant, reference_unit, target, scale_min, scale_max)
 */
PARINDEX_FUNCTION(parindex_normalise);
Datum
parindex_normalise(PG_FUNCTION_ARGS)
{
	normalise_options options;
	matrix_view matrix;
	matrix_view reference;

	/* Not strict, since some arguments may be NULL: these may not. */
	for (int i = 0; i <= 11; i++)
		if (PG_ARGISNULL(i) && !(i >= 6 && i <= 9))
			PG_RETURN_NULL();
	read_normalise_options(fcinfo, &options);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	if (!PG_ARGISNULL(6))
		matrix_open(PG_GETARG_SCORE_MATRIX_P(6), &reference);
	PG_RETURN_POINTER(normalise_matrix(&options, &matrix, framework_argument(fcinfo, 1),
									   PG_GETARG_BOOL(5), PG_ARGISNULL(6) ? NULL : &reference));
}
