/*
 * index_percent.c
 *	  Points, maximum and index per cent of one unit, in exact decimal.
 *
 * Points and maxima add up from the leaves. Whether a maximum counts follows
 * the status of cells and the nodes' missing rules: what has left counts
 * nowhere above; a missing child stays with its maximum, and its points are
 * zero (zero), are in proportion to its siblings' (renormalise), or unknown
 * (propagate). Only that proportion leads out of the finite decimals: such
 * points are kept as a quotient. The index is points / maximum, rounded once,
 * half away from zero.
 */
#include "postgres.h"
#include "unit/index_points.h"

#include "base/cell_status.h"
#include "common/shortest_dec.h"
#include "funcapi.h"
#include "kernel/exact/exact_ratio.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define MAX_DIGITS POINTS_SCALE

/* Maxima, by node; of inner nodes the sum over the leaves below. */
typedef struct points_framework
{
	int			scale;			/* most decimals among them */
	bool		plain;			/* with all cells observed no rule has a say */
	DecimalInt	max[FLEXIBLE_ARRAY_MEMBER];
} points_framework;

/* A node's outcome for one unit. */
typedef struct node_points
{
	DecimalInt	points;			/* where denominator is NULL */
	Numeric		numerator;		/* else points are this quotient, in lowest terms */
	Numeric		denominator;	/* above zero */
	DecimalInt	max;			/* of what stays */
	DecimalInt	applicable;		/* maxima of applicable leaves below ... */
	DecimalInt	covered;		/* ... and of observed ones */
	int			children_scored;
	int			children_expected;
	int			leaves_observed;
	cell_status status;
	bool		left;			/* no maximum of it stays */
} node_points;

/* ---------- arithmetic ---------- */

pg_noreturn static void sum_out_of_range(void);

static void
sum_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("sum of points is out of range")));
}

static DecimalInt
add_points(DecimalInt a, DecimalInt b)
{
	DecimalInt	sum;

	if (unlikely(__builtin_add_overflow(a, b, &sum)))
		sum_out_of_range();
	return sum;
}

static DecimalInt
power_of_ten(int exponent)
{
	DecimalInt	power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* Half away from zero, d > 0; false where it overflows. */
static bool
divide_rounded(DecimalInt n, DecimalInt d, DecimalInt *quotient)
{
	bool		negative = n < 0;

	if (__builtin_mul_overflow(n, (DecimalInt) (negative ? -2 : 2), &n) ||
		__builtin_add_overflow(n, d, &n) || __builtin_add_overflow(d, d, &d))
		return false;
	*quotient = negative ? -(n / d) : n / d;
	return true;
}

static DecimalInt
round_points(DecimalInt points, int digits)
{
	DecimalInt	unit = points_unit(digits);
	DecimalInt	rounded;

	if (!divide_rounded(points, unit, &rounded) ||
		__builtin_mul_overflow(rounded, unit, &rounded))
		sum_out_of_range();
	return rounded;
}

static Numeric
call_numeric(PGFunction function, Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)));
}

static Numeric
numeric_of_text(const char *text)
{
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

/*
 * n / d, rounded once: cut one digit later, which half away from zero does not
 * look beyond.
 */
static Numeric
round_quotient(Numeric n, Numeric d, int digits)
{
	Numeric		shifted = call_numeric(numeric_mul, n,
									   numeric_of_text(psprintf("1e%d", digits + 1)));
	Numeric		cut = call_numeric(numeric_div_trunc, shifted, d);

	cut = call_numeric(numeric_mul, cut, numeric_of_text(psprintf("1e%d", -digits - 1)));
	return DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(cut),
											   Int32GetDatum(digits)));
}

static DecimalInt
points_in_range(Numeric numeric)
{
	DecimalInt	points;
	int			scale;

	if (!points_from_numeric(NumericGetDatum(numeric), &points, &scale))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("points %s are out of range", numeric_clipped(numeric))));
	return points;
}

/* Points as n / d: a plain number where it is a finite decimal. */
static void
set_quotient(node_points *result, Numeric n, Numeric d)
{
	Numeric		gcd = call_numeric(numeric_gcd, n, d);
	Numeric		rounded;

	n = call_numeric(numeric_div_trunc, n, gcd);
	d = call_numeric(numeric_div_trunc, d, gcd);
	rounded = round_quotient(n, d, POINTS_SCALE);
	result->denominator = NULL;
	if (DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(n),
										 NumericGetDatum(call_numeric(numeric_mul, rounded, d)))))
		result->points = points_in_range(rounded);
	else
	{
		result->numerator = n;
		result->denominator = d;
	}
}

static void
get_quotient(const node_points *result, Numeric *n, Numeric *d)
{
	bool		whole = result->denominator == NULL;

	*n = whole ? points_to_numeric(result->points, 0) : result->numerator;
	*d = whole ? numeric_of_text("1") : result->denominator;
}

/* result += child */
static void
add_child(node_points *result, const node_points *child)
{
	Numeric		n1;
	Numeric		d1;
	Numeric		n2;
	Numeric		d2;

	if (likely(result->denominator == NULL && child->denominator == NULL))
	{
		result->points = add_points(result->points, child->points);
		return;
	}
	get_quotient(result, &n1, &d1);
	get_quotient(child, &n2, &d2);
	set_quotient(result,
				 call_numeric(numeric_add, call_numeric(numeric_mul, n1, d2),
							  call_numeric(numeric_mul, n2, d1)),
				 call_numeric(numeric_mul, d1, d2));
}

/* result * max / part */
static void
scale_points(node_points *result, DecimalInt max, DecimalInt part)
{
	DecimalInt	product;
	Numeric		n;
	Numeric		d;

	if (max == part)
		return;
	if (result->denominator == NULL &&
		!__builtin_mul_overflow(result->points, max, &product) && product % part == 0)
	{
		result->points = product / part;
		return;
	}
	get_quotient(result, &n, &d);
	set_quotient(result, call_numeric(numeric_mul, n, points_to_numeric(max, 0)),
				 call_numeric(numeric_mul, d, points_to_numeric(part, 0)));
}

/* 100 * points / maximum; NULL where there are no points, or the maximum is 0. */
static Numeric
percent_of(const node_points *result, int digits)
{
	DecimalInt	n;
	DecimalInt	percent;
	Numeric		numerator;
	Numeric		denominator;

	if (result->status != CELL_OBSERVED || result->max == 0)
		return NULL;
	if (result->denominator == NULL &&
		!__builtin_mul_overflow(result->points, power_of_ten(digits + 2), &n) &&
		divide_rounded(n, result->max, &percent))
	{
		if (percent >= PG_INT64_MIN && percent <= PG_INT64_MAX)
			return int64_div_fast_to_numeric((int64) percent, digits);
		if (!__builtin_mul_overflow(percent, points_unit(digits), &percent))
			return points_to_numeric(percent, digits);
	}
	get_quotient(result, &numerator, &denominator);
	return round_quotient(call_numeric(numeric_mul, numerator, numeric_of_text("100")),
						  call_numeric(numeric_mul, denominator,
									   points_to_numeric(result->max, 0)),
						  digits);
}

/* ---------- the framework in points ---------- */

pg_noreturn static void refuse_node(const framework *fw, int node, const char *what);

static void
refuse_node(const framework *fw, int node, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("criterion \"%s\" has %s", framework_code_cstring(fw, node), what),
			 errdetail("Points add up: methods arithmetic and sum are the same here, others are of scores."),
			 errhint("Use index_scores_agg() for an index of scores.")));
}

/* The maximum of a leaf: its own, or else its weight as it is written. */
static DecimalInt
leaf_max(const framework *fw, int node, int *scale)
{
	Numeric		max = framework_max_points(fw, node);
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	DecimalInt	points;
	int			own_scale;

	if (max == NULL)
	{
		double_to_shortest_decimal_buf(fw->node[node].weight, digits);
		max = numeric_of_text(digits);
	}
	if (!points_from_numeric(NumericGetDatum(max), &points, &own_scale))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("maximum %s of criterion \"%s\" is out of range",
						numeric_clipped(max), framework_code_cstring(fw, node)),
				 errdetail("Points have at most %d decimals and lie below 10^17.",
						   POINTS_SCALE)));
	*scale = Max(*scale, own_scale);
	return points;
}

static void
check_inner_max(const framework *fw, int node, DecimalInt sum)
{
	Numeric		max = framework_max_points(fw, node);
	DecimalInt	points;
	int			scale;

	if (max == NULL || (points_from_numeric(NumericGetDatum(max), &points, &scale) && points == sum))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("maximum %s of criterion \"%s\" is not the sum of those below it",
					numeric_clipped(max), framework_code_cstring(fw, node)),
			 errdetail("They make %s.", numeric_clipped(points_to_numeric(sum, 0)))));
}

static const void *
derive_points(const framework *fw)
{
	points_framework *derived = palloc0(offsetof(points_framework, max) +
										sizeof(DecimalInt) * fw->nodes);

	derived->plain = true;
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];

		if (node->children == 0)
			derived->max[i] = leaf_max(fw, i, &derived->scale);
		else
		{
			if (node->method != TREE_ARITHMETIC && node->method != TREE_SUM)
				refuse_node(fw, i, psprintf("method %s", tree_method_name(node->method)));
			if (node->rescale != TREE_RESCALE_NONE)
				refuse_node(fw, i, "a rescaling");
			if (node->floor == node->floor)
				refuse_node(fw, i, "a floor");
			check_inner_max(fw, i, derived->max[i]);
		}
		derived->plain &= node->round_digits == TREE_NO_ROUNDING &&
			node->min_children <= node->children;
		if (node->parent >= 0)
			derived->max[node->parent] = add_points(derived->max[node->parent], derived->max[i]);
	}
	return derived;
}

/* ---------- evaluation ---------- */

static void
leaf_points(const tree_node *node, DecimalInt cell, DecimalInt max, node_points *result)
{
	memset(result, 0, sizeof(*result));
	result->status = points_are_observed(cell) ? CELL_OBSERVED :
		cell == POINTS_NOT_APPLICABLE ? CELL_NOT_APPLICABLE : CELL_MISSING;
	result->left = result->status == CELL_NOT_APPLICABLE;
	if (result->left)
		return;
	result->max = result->applicable = max;
	if (result->status == CELL_MISSING)
		return;
	result->points = node->round_digits == TREE_NO_ROUNDING ? cell :
		round_points(cell, node->round_digits);
	result->covered = max;
	result->leaves_observed = 1;
}

static void
round_node(const tree_node *node, node_points *result)
{
	if (node->round_digits == TREE_NO_ROUNDING || result->status != CELL_OBSERVED)
		return;
	if (result->denominator != NULL)
		result->points = points_in_range(round_quotient(result->numerator, result->denominator,
														node->round_digits));
	else
		result->points = round_points(result->points, node->round_digits);
	result->denominator = NULL;
}

/* The rules are those of tree_combine(), said of points. */
static void
combine_points(const framework *fw, int index, node_points *results, bool has_data)
{
	const tree_node *node = &fw->node[index];
	node_points *result = &results[index];
	bool		zeros = node->missing == TREE_ZERO && has_data;
	DecimalInt	counted_max = 0;
	int			counted = 0;
	int			stay = 0;
	int			first_missing = -1;
	bool		scored;

	memset(result, 0, sizeof(*result));
	for (int i = node->first_child; i < node->first_child + node->children; i++)
	{
		const node_points *child = &results[i];
		bool		missing = child->status == CELL_MISSING;

		result->leaves_observed += child->leaves_observed;
		result->applicable = add_points(result->applicable, child->applicable);
		result->covered = add_points(result->covered, child->covered);
		result->children_expected += child->status != CELL_NOT_APPLICABLE;
		if (child->left)
			continue;
		if (missing && first_missing < 0)
			first_missing = i;
		if (!missing || node->missing != TREE_EXCUSE)
		{
			stay++;
			result->max = add_points(result->max, child->max);
		}
		if (!missing)
		{
			add_child(result, child);
			result->children_scored += child->leaves_observed > 0;
		}
		if (!missing || zeros)
		{
			counted++;
			counted_max = add_points(counted_max, child->max);
		}
	}
	result->left = stay == 0;
	if (first_missing >= 0 && node->missing == TREE_ERROR)
		framework_report(fw, TREE_MISSING_CHILD, index, first_missing, NULL);
	scored = counted > 0 && result->children_scored >= node->min_children &&
		!((double) result->children_scored / result->children_expected < node->min_share) &&
		(first_missing < 0 || node->missing != TREE_PROPAGATE);
	if (scored && node->missing == TREE_RENORMALISE && counted_max != result->max)
	{
		scored = counted_max > 0;
		if (scored)
			scale_points(result, result->max, counted_max);
	}
	result->status = result->children_expected == 0 ? CELL_NOT_APPLICABLE :
		scored ? CELL_OBSERVED : CELL_MISSING;
	round_node(node, result);
}

/* The root's points where every leaf has some and they only add up. */
static bool
add_up(const framework *fw, const points_framework *derived, const index_points *points,
	   node_points *root)
{
	DecimalInt	sum = 0;

	if (!derived->plain || points->head.form != POINTS_NARROW)
		return false;
	for (int i = 0; i < fw->leaves; i++)
	{
		if (points->word[i] >= NARROW_LIMIT)
			return false;
		sum += points->word[i];
	}
	if (__builtin_mul_overflow(sum, (DecimalInt) NARROW_UNIT, &sum))
		return false;
	root->status = CELL_OBSERVED;
	root->points = sum;
	root->denominator = NULL;
	root->max = derived->max[0];
	return true;
}

static node_points *
evaluate(const framework_cache *cache, const index_points *points)
{
	const framework *fw = framework_of(cache);
	const points_framework *derived = framework_derived(cache, derive_points);
	node_points *results = palloc(sizeof(node_points) * fw->nodes);
	bool		has_data = false;

	for (int i = 0; i < fw->leaves && !has_data; i++)
		has_data = points_are_observed(points_cell(points, i));
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];

		if (node->children == 0)
			leaf_points(node, points_cell(points, node->leaf), derived->max[i], &results[i]);
		else
			combine_points(fw, i, results, has_data);
		if ((i & 1023) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	return results;
}

static int
percent_digits(FunctionCallInfo fcinfo, int argument)
{
	int			digits = PG_GETARG_INT32(argument);

	if (digits < 0 || digits > MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot round to %d digits", digits),
				 errhint("Give a number of digits from 0 to %d.", MAX_DIGITS)));
	return digits;
}

/* Arguments: points, framework, digits. */
PARINDEX_FUNCTION(parindex_index_percent);
Datum
parindex_index_percent(PG_FUNCTION_ARGS)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const framework *fw = framework_of(cache);
	const index_points *points = DatumGetIndexPointsP(PG_GETARG_DATUM(0));
	int			digits = percent_digits(fcinfo, 2);
	node_points root;
	Numeric		percent;

	unit_cells_check_framework(&points->head, fw);
	if (!add_up(fw, framework_derived(cache, derive_points), points, &root))
	{
		node_points *results = evaluate(cache, points);

		root = results[0];
		pfree(results);
	}
	percent = percent_of(&root, digits);
	if (percent == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(percent);
}

/* covered / applicable, rounded once. */
static double
coverage_of(const node_points *result)
{
	exact_integer part;
	exact_integer whole;

	part.limb[0] = (uint64) result->covered;
	part.limb[1] = (uint64) (result->covered >> 64);
	part.limbs = part.limb[1] != 0 ? 2 : part.limb[0] != 0;
	part.exponent = 0;
	part.negative = false;
	whole.limb[0] = (uint64) result->applicable;
	whole.limb[1] = (uint64) (result->applicable >> 64);
	whole.limbs = whole.limb[1] != 0 ? 2 : 1;
	whole.exponent = 0;
	whole.negative = false;
	return exact_ratio_round(&part, &whole);
}

/* Arguments: points, framework, digits. */
PARINDEX_FUNCTION(parindex_point_rows);
Datum
parindex_point_rows(PG_FUNCTION_ARGS)
{
	const index_points *points = DatumGetIndexPointsP(PG_GETARG_DATUM(0));
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const framework *fw = framework_of(cache);
	const node_points *results;
	const points_framework *derived = framework_derived(cache, derive_points);
	int			digits = percent_digits(fcinfo, 2);
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	unit_cells_check_framework(&points->head, fw);
	results = evaluate(cache, points);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		const node_points *result = &results[i];
		Numeric		percent = percent_of(result, digits);
		Datum		value[11] = {0};
		bool		null[11] = {0};

		CHECK_FOR_INTERRUPTS();
		value[0] = CStringGetTextDatum(framework_code_cstring(fw, i));
		if (node->parent < 0)
			null[1] = true;
		else
			value[1] = CStringGetTextDatum(framework_code_cstring(fw, node->parent));
		value[2] = Int32GetDatum(node->depth);
		if (result->status != CELL_OBSERVED)
			null[3] = true;
		else if (result->denominator != NULL)
			value[3] = NumericGetDatum(round_quotient(result->numerator, result->denominator,
													  POINTS_SCALE));
		else
			value[3] = NumericGetDatum(points_to_numeric(result->points, points->head.scale));
		if (result->left)
			null[4] = true;
		else
			value[4] = NumericGetDatum(points_to_numeric(result->max, derived->scale));
		value[5] = NumericGetDatum(percent);
		null[5] = percent == NULL;
		value[6] = CStringGetTextDatum(cell_status_name(result->status));
		value[7] = Int32GetDatum(result->children_scored);
		value[8] = Int32GetDatum(result->children_expected);
		value[9] = Int32GetDatum(result->leaves_observed);
		if (result->applicable == 0)
			null[10] = true;
		else
			value[10] = Float8GetDatum(coverage_of(result));
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}
