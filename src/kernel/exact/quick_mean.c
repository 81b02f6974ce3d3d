/*
 * quick_mean.c
 *	  Weighted means in lanes: quick_mean.h.
 */
#include "kernel/exact/quick_mean.h"

#include "kernel/exact/quick_quotient.h"

bool
quick_mean_takes(const double *weight, int n)
{
	double		least = INFINITY;
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		int			exponent;
		double		bits;

		if (weight[i] == 0)
			continue;
		if (!(weight[i] > 0x1p-100 && weight[i] < 0x1p100) || !is_short_number(weight[i]))
			return false;

		/* All are multiples of the last place that the least one can have. */
		bits = frexp(weight[i], &exponent);
		for (int k = 1; k <= 26 && bits != rint(bits); k++)
		{
			bits *= 2;
			exponent--;
		}
		least = fmin(least, ldexp(1, exponent));
		sum += weight[i];
	}
	return sum == 0 || sum / least < 0x1p52;
}

bool
quick_mean(const quick_weights *weights, const lanes *score, double *result)
{
	const lanes zero = {0};
	lanes		top = zero;
	lanes		low = zero;
	lanes		size = zero;
	lanes		bottom = zero;
	quick_quotient q = {0};

	for (int i = 0; i < weights->vectors; i++)
	{
		lane_mask	there = score[i] == score[i];
		lanes		s = lanes_choose(there, score[i], zero);
		lanes		w = lanes_choose(there, weights->weight[i], zero);
		lanes		scaled = s * 134217729.0;
		lanes		high = scaled - (scaled - s);
		lanes		product = high * w;
		lanes		total = top + product;
		lanes		part = total - top;

		low += ((top - (total - part)) + (product - part)) + (s - high) * w;
		top = total;
		size += lanes_size(product);
		bottom += w;
	}
	for (int lane = 0; lane < LANES; lane++)
	{
		quick_add(&q.top, &q.top_low, top[lane], low[lane]);
		q.size += size[lane];
		q.bottom += bottom[lane];
	}
	q.terms = LANES * (weights->vectors + 1);
	*result = NAN;
	return q.bottom == 0 ||
		quick_quotient_get(&q, q.bottom == weights->sum ? weights->reciprocal : 1 / q.bottom,
						   QUICK_SHORT_ERROR, result);
}
