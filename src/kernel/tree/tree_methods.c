/*
 * tree_methods.c
 *	  The methods of aggregation: tree_methods.h.
 *
 * A mean is the quotient of two exact sums, rounded once.
 */
#include "kernel/tree/tree_methods.h"

#include <math.h>

#include "kernel/exact/exact_quotient.h"
#include "kernel/exact/power_mean.h"
#include "kernel/tree/tree_rules.h"

/* The score that a child brings, raised to the floor; false where none. */
static inline bool
any_score(const tree_family *family, int i, double *score)
{
	const tree_result *child = &family->result[i];

	if (!tree_is_there(&family->child[i]))
		return false;
	if (child->status == CELL_OBSERVED)
		*score = child->score;
	else if (tree_child_counts((cell_status) child->status, child->left, family->zeros))
		*score = 0;
	else
		return false;
	if (*score < family->node->floor)
		*score = family->node->floor;
	return true;
}

/*
 * Whether a child is among those that are not left out as too low or too
 * high; of equal ones the later stand higher.
 */
static bool
is_kept(const tree_family *family, int i, double score)
{
	const tree_node *node = family->node;
	int			count = 0;
	int			place = 0;

	for (int k = 0; k < node->children; k++)
	{
		double		other;

		if (!any_score(family, k, &other))
			continue;
		count++;
		place += other < score || (other == score && k < i);
	}
	return (node->best == 0 || place >= count - node->best) && place >= node->trim &&
		place < count - node->trim;
}

/* The same, but false where it is left out. */
static inline bool
child_score(const tree_family *family, int i, double *score)
{
	return any_score(family, i, score) &&
		((family->node->best == 0 && family->node->trim == 0) || is_kept(family, i, *score));
}

static inline bool
is_zero(const exact_total *total)
{
	for (int i = 0; i < total->limbs; i++)
		if (total->limb[i] != 0)
			return false;
	return true;
}

static double
arithmetic_mean(const tree_family *family)
{
	exact_quotient mean;

	exact_quotient_init(&mean);
	for (int i = 0; i < family->node->children; i++)
	{
		double		weight = family->result[i].weight;
		double		score;

		if (child_score(family, i, &score))
			exact_quotient_add(&mean, score, weight, weight);
	}
	return exact_quotient_get(&mean);
}

/*
 * The sum of weighted scores; where missing children share their weight among
 * the others, times the weights that stay over those that are counted.
 */
static tree_error
weighted_sum(const tree_family *family, double *result)
{
	bool		renormalise = family->node->missing == TREE_RENORMALISE;
	exact_total sum;
	exact_total stay;
	exact_total counted;
	exact_integer numerator;
	exact_integer integer;
	bool		weighted = false;
	bool		all = true;

	exact_total_init(&sum);
	exact_total_init(&stay);
	exact_total_init(&counted);
	for (int i = 0; i < family->node->children; i++)
	{
		const tree_result *child = &family->result[i];
		double		score;
		bool		counts = child_score(family, i, &score);

		if (counts)
		{
			exact_total_add_product(&sum, score, child->weight);
			exact_total_add_product(&counted, child->weight, 1);
			weighted |= child->weight > 0;
		}
		if (!tree_is_there(&family->child[i]) || child->left)
			continue;
		all &= counts;
		exact_total_add_product(&stay, child->weight, 1);
	}
	exact_total_get(&sum, &numerator);
	if (!weighted)
		*result = NAN;
	else if (all || !renormalise)
		*result = exact_integer_round(&numerator);
	else
	{
		exact_integer product;
		exact_integer denominator;

		exact_total_get(&stay, &integer);
		exact_total_get(&counted, &denominator);
		exact_integer_multiply(&product, &numerator, &integer);
		*result = exact_ratio_round(&product, &denominator);
	}
	return isinf(*result) ? TREE_OUT_OF_RANGE : TREE_OK;
}

static tree_error
error_of(power_mean_error error)
{
	switch (error)
	{
		case POWER_MEAN_NOT_POSITIVE:
			return TREE_NOT_POSITIVE;
		case POWER_MEAN_ZERO:
			return TREE_ZERO_SCORE;
		case POWER_MEAN_NEGATIVE:
			return TREE_NEGATIVE_SCORE;
		case POWER_MEAN_RANGE:
			return TREE_OUT_OF_RANGE;
		case POWER_MEAN_OK:
			break;
	}
	return TREE_OK;
}

/* factor * weight */
static void
add_factor(exact_total *total, const moments_factor *factor, double weight)
{
	double_parts pw = split_double(weight);
	px_uint128	low = (px_uint128) (uint64_t) factor->magnitude * pw.mantissa;
	px_uint128	high = (factor->magnitude >> 64) * pw.mantissa + (uint64_t) (low >> 64);
	exact_addend addend;

	if (factor->magnitude == 0 || pw.mantissa == 0)
		return;
	addend.word[0] = (uint64_t) low;
	addend.word[1] = (uint64_t) high;
	addend.word[2] = (uint64_t) (high >> 64);
	addend.words = 3;
	addend.bits = bit_length128(factor->magnitude) + DOUBLE_MANTISSA_BITS;
	addend.exponent = factor->exponent + pw.exponent;
	addend.sign = factor->negative ? ~UINT64_C(0) : 0;
	exact_total_add(total, &addend);
}

/* Whether a score of 0 makes the whole 0. */
static bool
zero_decides(const tree_family *family)
{
	for (int i = 0; i < family->node->children; i++)
	{
		double		score;

		if (family->node->zeros && child_score(family, i, &score) && score == 0)
			return true;
	}
	return false;
}

static tree_error
power_mean(const tree_family *family, double power, double *result, int *culprit)
{
	exact_total sum;
	exact_total weight;
	exact_integer numerator;
	exact_integer denominator;

	*result = 0;
	if (zero_decides(family))
		return TREE_OK;
	exact_total_init(&sum);
	exact_total_init(&weight);
	for (int i = 0; i < family->node->children; i++)
	{
		moments_factor factor;
		power_mean_error error;
		double		score;

		if (!child_score(family, i, &score))
			continue;
		error = power_mean_factor(score, power, &factor);
		if (error != POWER_MEAN_OK)
		{
			*culprit = family->node->first_child + i;
			return error_of(error);
		}
		add_factor(&sum, &factor, family->result[i].weight);
		exact_total_add_product(&weight, family->result[i].weight, 1);
	}
	*result = NAN;
	if (is_zero(&weight))
		return TREE_OK;
	exact_total_get(&sum, &numerator);
	exact_total_get(&weight, &denominator);
	return error_of(power_mean_root(&numerator, &denominator, power, result));
}

/* exp(sum(w * ln s)); a score of 0 with a weight above 0 makes it 0. */
static tree_error
product(const tree_family *family, double *result, int *culprit)
{
	exact_total sum;
	exact_integer numerator;
	exact_integer one;
	bool		zero = false;

	exact_total_init(&sum);
	for (int i = 0; i < family->node->children; i++)
	{
		double		weight = family->child[i].weight;
		moments_factor factor;
		double		score;

		if (!child_score(family, i, &score))
			continue;
		if (score == 0 && weight > 0)
		{
			zero = true;
			continue;
		}
		if (power_mean_factor(score, 0, &factor) != POWER_MEAN_OK)
		{
			*culprit = family->node->first_child + i;
			return score == 0 ? TREE_ZERO_SCORE : TREE_NOT_POSITIVE;
		}
		factor.negative ^= weight < 0;
		add_factor(&sum, &factor, fabs(weight));
	}
	*result = 0;
	if (zero)
		return TREE_OK;
	exact_total_get(&sum, &numerator);
	exact_integer_set(&one, 1);
	return error_of(power_mean_root(&numerator, &one, 0, result));
}

/*
 * With every score turned on its scale of 0 .. top to one of 10 .. 1, their
 * geometric mean, turned back: what is bad weighs more, as INFORM's risk has it.
 */
static tree_error
turned_geometric(const tree_family *family, double *result, int *culprit)
{
	double		top = family->node->power;
	exact_total sum;
	exact_total weight;
	exact_integer numerator;
	exact_integer denominator;
	tree_error	error;
	double		mean;

	exact_total_init(&sum);
	exact_total_init(&weight);
	for (int i = 0; i < family->node->children; i++)
	{
		moments_factor factor;
		double		score;

		if (!child_score(family, i, &score))
			continue;
		if (score < 0 || score > top ||
			power_mean_factor((top - score) / top * 9 + 1, 0, &factor) != POWER_MEAN_OK)
		{
			*culprit = family->node->first_child + i;
			return TREE_BEYOND_SCALE;
		}
		add_factor(&sum, &factor, family->result[i].weight);
		exact_total_add_product(&weight, family->result[i].weight, 1);
	}
	*result = NAN;
	if (is_zero(&weight))
		return TREE_OK;
	exact_total_get(&sum, &numerator);
	exact_total_get(&weight, &denominator);
	error = error_of(power_mean_root(&numerator, &denominator, 0, &mean));
	*result = (10 - mean) / 9 * top;
	return error;
}

/* The mass of ordered weights, each a unit wide, on from .. to. */
static double
ordered_mass(const tree_family *family, double from, double to)
{
	double		mass = 0;

	for (int k = 0; k < family->node->orders; k++)
	{
		double		low = from > k ? from : k;
		double		high = to < k + 1 ? to : k + 1;

		if (low < high)
			mass += family->order[k] * (high - low);
	}
	return mass;
}

static double
round_total(exact_total *total)
{
	exact_integer integer;

	exact_total_get(total, &integer);
	return exact_integer_round(&integer);
}

/*
 * Ordered weighted averaging (Yager 1988). Over a line as long as there are
 * ordered weights, a unit each, children stand from the best on, each as wide as
 * its share of their weights; what weighs a score is the mass below it, which
 * equal scores share. With equal weights that are as many as the ordered ones,
 * the k-th best score has the k-th.
 */
static double
ordered_mean(const tree_family *family)
{
	exact_quotient mean;
	exact_total all;
	double		first = 0;
	double		length;
	bool		equal = true;
	int			count = 0;
	double		score;

	exact_total_init(&all);
	for (int i = 0; i < family->node->children; i++)
	{
		double		weight = family->result[i].weight;

		if (!child_score(family, i, &score))
			continue;
		first = count++ == 0 ? weight : first;
		equal &= weight == first;
		exact_total_add_product(&all, weight, 1);
	}
	length = equal ? count : round_total(&all);
	exact_quotient_init(&mean);
	for (int i = 0; i < family->node->children; i++)
	{
		exact_total better;
		exact_total level;		/* better, and equal scores */
		double		tied;
		double		mass;

		if (!child_score(family, i, &score))
			continue;
		exact_total_init(&better);
		exact_total_init(&level);
		for (int k = 0; k < family->node->children; k++)
		{
			double		weight = equal ? 1 : family->result[k].weight;
			double		other;

			if (!child_score(family, k, &other) || other < score)
				continue;
			exact_total_add_product(&level, weight, 1);
			if (other > score)
				exact_total_add_product(&better, weight, 1);
		}
		mass = ordered_mass(family, round_total(&better) * family->node->orders / length,
							round_total(&level) * family->node->orders / length);
		tied = round_total(&level) - round_total(&better);
		mass *= (equal ? 1 : family->result[i].weight) / tied;
		if (tied > 0)
			exact_quotient_add(&mean, score, mass, mass);
	}
	return exact_quotient_get(&mean);
}

/*
 * The mean less, or plus, its standard deviation times its coefficient of
 * variation (Mazziotta, Pareto 2013): with M the mean and R the sum of weighted
 * squares over the weighted sum, M + S^2 / M = R and M - S^2 / M = 2M - R.
 */
static tree_error
penalised_mean(const tree_family *family, bool plus, double *result)
{
	double		mean = arithmetic_mean(family);
	exact_quotient contraharmonic;
	double		score;

	*result = mean;
	if (isnan(mean))
		return TREE_OK;
	if (mean <= 0)
		return TREE_NOT_POSITIVE;
	exact_quotient_init(&contraharmonic);
	for (int i = 0; i < family->node->children; i++)
	{
		double		weighted;

		if (!child_score(family, i, &score))
			continue;
		weighted = score * family->result[i].weight;
		if (!double_is_finite(weighted))
			return TREE_OUT_OF_RANGE;
		exact_quotient_add(&contraharmonic, score, weighted, weighted);
	}
	*result = exact_quotient_get(&contraharmonic);
	if (!plus)
		*result = 2 * mean - *result;
	return double_is_finite(*result) ? TREE_OK : TREE_OUT_OF_RANGE;
}

static double
extreme(const tree_family *family, bool largest)
{
	double		result = NAN;

	for (int i = 0; i < family->node->children; i++)
	{
		double		score;

		if (child_score(family, i, &score) &&
			(isnan(result) || (largest ? score > result : score < result)))
			result = score;
	}
	return result;
}

/* An integer that orders doubles as they are; both zeros alike. */
static inline uint64_t
order_key(double x)
{
	uint64_t	bits = double_bits(x + 0.0);

	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static int
count_up_to(const tree_family *family, uint64_t key)
{
	int			count = 0;

	for (int i = 0; i < family->node->children; i++)
	{
		double		score;

		count += child_score(family, i, &score) && order_key(score) <= key;
	}
	return count;
}

/* The k-th smallest score, from 1, found bit by bit without memory to sort in. */
static double
kth_score(const tree_family *family, int k)
{
	uint64_t	key = 0;

	for (int bit = 63; bit >= 0; bit--)
	{
		uint64_t	below = key + ((UINT64_C(1) << bit) - 1);

		if (count_up_to(family, below) < k)
			key = below + 1;
	}
	return double_from_bits(key >> 63 ? key ^ UINT64_C(1) << 63 : ~key);
}

/* Half the sum of the middle two cannot overflow where halves are exact. */
static double
median(const tree_family *family, int count)
{
	double		low = kth_score(family, (count + 1) / 2);
	double		high = count % 2 == 1 ? low : kth_score(family, count / 2 + 1);
	double		sum = low + high;

	return low == high ? low : double_is_finite(sum) ? sum / 2 : low / 2 + high / 2;
}

/* Of so many scores, how many are not left out. */
static int
count_kept(const tree_node *node, int count)
{
	int			from = node->best > 0 && count > node->best ? count - node->best : 0;
	int			low = from > node->trim ? from : node->trim;

	return count - node->trim > low ? count - node->trim - low : 0;
}

tree_error
tree_score(const tree_family *family, int counted, double *score, int *culprit)
{
	int			count = count_kept(family->node, counted);

	switch ((tree_method) family->node->method)
	{
		case TREE_ARITHMETIC:
			*score = arithmetic_mean(family);
			break;
		case TREE_GEOMETRIC:
			return power_mean(family, 0, score, culprit);
		case TREE_HARMONIC:
			return power_mean(family, -1, score, culprit);
		case TREE_POWER:
			return power_mean(family, family->node->power, score, culprit);
		case TREE_MIN:
			*score = extreme(family, false);
			break;
		case TREE_MAX:
			*score = extreme(family, true);
			break;
		case TREE_MEDIAN:
			*score = count == 0 ? NAN : median(family, count);
			break;
		case TREE_SUM:
			return weighted_sum(family, score);
		case TREE_PRODUCT:
			return product(family, score, culprit);
		case TREE_TURNED_GEOMETRIC:
			return turned_geometric(family, score, culprit);
		case TREE_OWA:
			*score = ordered_mean(family);
			break;
		case TREE_PENALISED_MEAN:
			return penalised_mean(family, false, score);
		case TREE_PENALISED_MEAN_PLUS:
			return penalised_mean(family, true, score);
	}
	return TREE_OK;
}
