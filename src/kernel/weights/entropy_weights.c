/*
 * entropy_weights.c
 *	  The entropy of a criterion: entropy_weights.h.
 */
#include "kernel/weights/entropy_weights.h"

#include <math.h>

#include "kernel/exact/elementary.h"

/*
 * Added to every logarithm, so that none is negative: it cancels between the
 * sum of x ln x and sum(x) ln(mean). Below 2^11 with it, a logarithm has at
 * most 123 bits.
 */
#define LOG_OFFSET ((px_int128) 1024 << LOG_FRACTION_BITS)
#define LOG_BITS (LOG_FRACTION_BITS + 11)

void
entropy_init(entropy_sums *sums)
{
	sums->count = 0;
	sums->min = INFINITY;
	sums->max = -INFINITY;
	exact_total_init(&sums->x);
	exact_total_init(&sums->x_log);
}

/* total += x * log, as fixed point */
static void
add_scaled_log(exact_total *total, double x, px_uint128 log)
{
	double_parts parts = split_double(x);
	px_uint128	low = (px_uint128) parts.mantissa * (uint64_t) log;
	px_uint128	high = (px_uint128) parts.mantissa * (uint64_t) (log >> 64) + (uint64_t) (low >> 64);
	exact_addend addend = {
		.word = {(uint64_t) low, (uint64_t) high, (uint64_t) (high >> 64)},
		.words = 3,
		.bits = DOUBLE_MANTISSA_BITS + LOG_BITS,
		.exponent = parts.exponent - LOG_FRACTION_BITS,
		.sign = 0
	};

	exact_total_add(total, &addend);
}

void
entropy_add(entropy_sums *sums, const double *x, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (isnan(x[i]))
			continue;
		sums->count++;
		sums->min = x[i] < sums->min ? x[i] : sums->min;
		sums->max = x[i] > sums->max ? x[i] : sums->max;
		if (x[i] == 0)
			continue;
		exact_total_add_product(&sums->x, x[i], 1);
		add_scaled_log(&sums->x_log, x[i], (px_uint128) (fixed_log(x[i]) + LOG_OFFSET));
	}
}

/* A logarithm, not negative, as an integer to calculate with. */
static void
set_log(exact_integer *integer, px_uint128 log)
{
	integer->limb[0] = (uint64_t) log;
	integer->limb[1] = (uint64_t) (log >> 64);
	integer->limbs = integer->limb[1] != 0 ? 2 : integer->limb[0] != 0;
	integer->exponent = -LOG_FRACTION_BITS;
	integer->negative = false;
}

/* ln(total / count) */
static px_int128
log_of_mean(const exact_integer *total, int count)
{
	exact_integer n;
	px_uint128	quotient;
	bool		inexact;
	int			shift;

	exact_integer_set(&n, (uint64_t) count);
	shift = exact_integer_bits(&n) - exact_integer_bits(total) + 126;
	quotient = exact_ratio_quotient(total, &n, shift, &inexact);
	return wide_log(wide_from_integer(quotient, total->exponent - shift));
}

double
entropy_diversification(const entropy_sums *sums)
{
	exact_integer total;
	exact_integer log;
	exact_integer product;
	exact_integer numerator;
	double		result;

	if (sums->count < 2)
		return NAN;
	if (sums->min == sums->max)
		return 0;
	exact_total_get(&sums->x, &total);
	set_log(&log, (px_uint128) (log_of_mean(&total, sums->count) + LOG_OFFSET));
	exact_integer_multiply(&product, &total, &log);
	exact_total_get(&sums->x_log, &numerator);
	exact_integer_subtract(&numerator, &product);

	set_log(&log, (px_uint128) fixed_log(sums->count));
	exact_integer_multiply(&product, &total, &log);
	result = exact_ratio_round(&numerator, &product);

	/* Where values hardly differ, the logarithms' errors may be all there is. */
	return result < 0 ? 0 : result;
}
