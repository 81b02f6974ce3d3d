/*
 * peer_points.c
 *	  Points of a value relative to its peers, the values of a reference set.
 *
 * As the OECD Handbook on Constructing Composite Indicators (2008), section 5,
 * and COINr have it: minmax, z-score by the sample standard deviation, rank
 * and percentile rank with ties at the lowest place, distances. Shares are
 * held within 0 to 1, so points within 0 to the maximum, also for a value that
 * is not one of the set.
 *
 * A whole field is scored against one set, passed anew with every value. It is
 * sorted once and kept in fn_extra, together with the bytes it was read from,
 * which are compared with each argument.
 */
#include "postgres.h"
#include "rules/peer_points.h"

#include "base/numeric_math.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "rules/rule_points.h"
#include "utils/datum.h"
#include "utils/memutils.h"

typedef struct peers
{
	MemoryContext context;		/* of all below */
	ArrayType  *source;			/* NULL: not read yet */
	int			count;
	Numeric    *value;			/* ascending */
	Numeric		sum;			/* NULL: not needed yet */
	Numeric		sum_squares;
} peers;

/* ---------- the reference set ---------- */

static int
compare_members(const void *a, const void *b)
{
	CHECK_FOR_INTERRUPTS();
	return num_compare(*(const Numeric *) a, *(const Numeric *) b);
}

/* The elements that are not NULL, as numeric. */
static void
read_members(peers *reference, ArrayType *array)
{
	bool		decimal = ARR_ELEMTYPE(array) == NUMERICOID;
	Datum	   *element;
	bool	   *nulls;
	int			count;

	if (decimal)
		deconstruct_array(array, NUMERICOID, -1, false, TYPALIGN_INT, &element, &nulls, &count);
	else
		deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
						  &element, &nulls, &count);

	reference->count = 0;
	reference->value = palloc(sizeof(Numeric) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		reference->value[reference->count++] = decimal ?
			check_finite_numeric(DatumGetNumeric(element[i]), "reference value") :
			numeric_from_float8(DatumGetFloat8(element[i]), "reference value");
	}
	qsort(reference->value, reference->count, sizeof(Numeric), compare_members);
}

static peers *
peers_of(FunctionCallInfo fcinfo, ArrayType *array)
{
	peers	   *reference = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (reference == NULL)
	{
		reference = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(peers));
		reference->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "scoring rule peers",
												   ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = reference;
	}
	if (reference->source != NULL && VARSIZE(reference->source) == VARSIZE(array) &&
		memcmp(reference->source, array, VARSIZE(array)) == 0)
		return reference;

	/* An error on the way leaves a cache that holds nothing. */
	reference->source = NULL;
	reference->sum = NULL;
	MemoryContextReset(reference->context);
	old = MemoryContextSwitchTo(reference->context);
	array = (ArrayType *) DatumGetPointer(datumCopy(PointerGetDatum(array), false, -1));
	read_members(reference, array);
	reference->source = array;
	MemoryContextSwitchTo(old);
	return reference;
}

/* Members that are less than the value, or not greater than it. */
static int
count_below(const peers *reference, Numeric value, bool or_equal)
{
	int			low = 0;
	int			high = reference->count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		int			order = num_compare(reference->value[middle], value);

		if (order < 0 || (or_equal && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Members that are worse than the value. */
static int
count_worse(const scoring_rule *rule, const peers *reference, Numeric value)
{
	return scoring_rule_lower_is_better(rule) ? reference->count - count_below(reference, value, true) :
		count_below(reference, value, false);
}

/* ---------- rules ---------- */

/* From the worst of the peers to the best, or to a target. */
static Numeric
distance_points(const scoring_rule *rule, const peers *reference, Numeric value)
{
	bool		ascending = !scoring_rule_lower_is_better(rule);
	quotient	whole = {value, NULL};
	Numeric		target = scoring_rule_number(rule, RULE_TO);
	Numeric		least;
	Numeric		greatest;

	if (reference->count == 0)
		return NULL;
	least = reference->value[0];
	greatest = reference->value[reference->count - 1];
	if (target == NULL && num_compare(least, greatest) == 0)
		return NULL;
	if (target == NULL)
		target = ascending ? greatest : least;
	return linear_points(&whole, ascending ? least : greatest, target, ascending,
						 scoring_rule_number(rule, RULE_MAX));
}

static void
sum_members(peers *reference)
{
	Numeric		sum = num_zero();
	Numeric		sum_squares = num_zero();
	MemoryContext old = MemoryContextSwitchTo(reference->context);

	for (int i = 0; i < reference->count; i++)
	{
		Numeric		x = reference->value[i];

		CHECK_FOR_INTERRUPTS();
		sum = num_add(sum, x);
		sum_squares = num_add(sum_squares, num_multiply(x, x));
	}
	reference->sum_squares = sum_squares;
	reference->sum = sum;
	MemoryContextSwitchTo(old);
}

/*
 * z = (x - mean) / s, by the exact sums S of x and Q of x^2 over n peers:
 * z^2 = (n x - S)^2 (n - 1) / (n (n Q - S^2)).
 */
static Numeric
zscore(const scoring_rule *rule, peers *reference, Numeric value)
{
	Numeric		n = int64_to_numeric(reference->count);
	Numeric		deviation;
	Numeric		spread;
	Numeric		z;

	if (reference->sum == NULL)
		sum_members(reference);
	spread = num_subtract(num_multiply(n, reference->sum_squares),
						  num_multiply(reference->sum, reference->sum));
	if (num_sign(spread) == 0)
		return NULL;

	deviation = num_subtract(num_multiply(n, value), reference->sum);
	z = num_multiply(num_multiply(deviation, deviation), int64_to_numeric(reference->count - 1));
	z = num_divide(with_working_decimals(z), num_multiply(n, spread));
	z = num_trim(num_round(num_call(numeric_sqrt, z), IRRATIONAL_DECIMALS));
	return (num_sign(deviation) < 0) != scoring_rule_lower_is_better(rule) ? num_negate(z) : z;
}

static Numeric
percentile_points(const scoring_rule *rule, const peers *reference, Numeric value)
{
	int			highest = reference->count - 1;
	int			worse;

	if (highest < 1)
		return NULL;
	worse = Min(count_worse(rule, reference, value), highest);
	return num_trim(num_divide(num_multiply(scoring_rule_number(rule, RULE_MAX),
											int64_to_numeric(worse)),
							   int64_to_numeric(highest)));
}

/* The share of peers that are not better, or the mean of that and of those worse (Hazen 1914). */
static Numeric
share_points(const scoring_rule *rule, const peers *reference, Numeric value)
{
	int64		below = count_below(reference, value, false);
	int64		not_above = count_below(reference, value, true);
	int64		worse = scoring_rule_lower_is_better(rule) ? reference->count - not_above : below;
	int64		twice = rule->kind == RULE_CUME_DIST ? 2 * (worse + not_above - below) :
		2 * worse + not_above - below;

	if (reference->count == 0)
		return NULL;
	return num_trim(num_divide(num_multiply(scoring_rule_number(rule, RULE_MAX),
											int64_to_numeric(twice)),
							   int64_to_numeric(2 * (int64) reference->count)));
}

/* The share of the best of the peers, which must be above 0; where less is better its share of the value. */
static Numeric
leader_points(const scoring_rule *rule, const peers *reference, Numeric value)
{
	bool		less = scoring_rule_lower_is_better(rule);
	Numeric		max = scoring_rule_number(rule, RULE_MAX);
	Numeric		best;
	quotient	share;

	if (reference->count == 0)
		return NULL;
	best = reference->value[less ? 0 : reference->count - 1];
	if (num_sign(best) < 0 || (less && num_sign(value) < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no share can be taken of a best value below 0: %s", num_clipped(best)),
				 errhint("Use a distance to the maximum, which begins at the worst value.")));
	share = (quotient) {less ? best : value, less ? value : best};
	if (num_sign(share.bottom) == 0)
		return less ? max : NULL;
	return linear_points(&share, num_zero(), int64_to_numeric(1), true, max);
}

static Numeric peer_points(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value,
						   ArrayType *array);

/* What all parts give together, of peers or not; NULL where one gives no points. */
static Numeric
sum_among_peers(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value, ArrayType *array)
{
	Numeric		sum = num_zero();
	quotient	whole = {value, NULL};

	for (int i = 0; i < rule->steps; i++)
	{
		const scoring_rule *part = rule_at(rule, rule->step[i].points);
		Numeric		points = scoring_rule_is_relative(part) ?
			relative_points(fcinfo, part, value, array) : absolute_points(part, &whole);

		if (points == NULL)
			return NULL;
		sum = num_add(sum, points);
	}
	return num_trim(sum);
}

Numeric
relative_points(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value,
				ArrayType *array)
{
	return rounded_points(rule, peer_points(fcinfo, rule, value, array));
}

static Numeric
peer_points(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value,
				ArrayType *array)
{
	peers	   *reference;

	if (rule->kind == RULE_DISTANCE_TO_UNIT)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("distance to unit \"%s\" needs to know the units", scoring_rule_unit(rule)),
				 errhint("Use normalise() on a score matrix, or a distance to target with that unit's value.")));

	if (rule->kind == RULE_SUM)
		return sum_among_peers(fcinfo, rule, value, array);
	reference = peers_of(fcinfo, array);
	switch ((rule_kind) rule->kind)
	{
		case RULE_ZSCORE:
			return zscore(rule, reference, value);
		case RULE_RANK:
			return reference->count == 0 ? NULL :
				int64_to_numeric(1 + (int64) count_worse(rule, reference, value));
		case RULE_PERCENTILE:
			return percentile_points(rule, reference, value);
		case RULE_CUME_DIST:
		case RULE_HAZEN:
			return share_points(rule, reference, value);
		case RULE_RATIO_TO_MAXIMUM:
			return leader_points(rule, reference, value);
		default:
			return distance_points(rule, reference, value);
	}
}
