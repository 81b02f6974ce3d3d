/*
 * replicate_variance_test.c
 *	  Variances by replicates against those in GMP, about the estimate or the
 *	  mean, with replicates left out. Usage: replicate_variance_test [seed
 *	  [count]]
 */
#include "kernel/survey/replicate_variance.h"

#include "exact_test.h"

#define MOST 60

static double
number(void)
{
	return (double) (int64_t) (random_bits() >> 40) / 1024 - 8000;
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "replicate_variance", 20000);

	for (long i = 0; i < count; i++)
	{
		int			replicates = 2 + random_below(MOST - 1);
		double		replicate[MOST];
		double		rscale[MOST];
		double		scale = (double) random_below(100) / 64;
		double		estimate = random_below(2) ? NAN : number();
		int			present = 0;
		int			counted = 0;
		int			used;
		double		variance;
		mpq_t		centre;
		mpq_t		sum;
		mpq_t		x;
		mpq_t		factor;

		mpq_inits(centre, sum, x, factor, NULL);
		for (int r = 0; r < replicates; r++)
		{
			replicate[r] = random_below(8) == 0 ? NAN : number();
			rscale[r] = random_below(5) == 0 ? 0 : (double) random_below(100) / 64;
			if (isnan(replicate[r]))
				continue;
			present++;
			if (rscale[r] == 0)
				continue;
			counted++;
			mpq_set_d(x, replicate[r]);
			mpq_add(centre, centre, x);
		}
		if (!isnan(estimate))
			mpq_set_d(centre, estimate);
		else if (counted > 0)
		{
			mpq_set_ui(x, (unsigned long) counted, 1);
			mpq_div(centre, centre, x);
		}
		for (int r = 0; r < replicates; r++)
			if (!isnan(replicate[r]))
			{
				mpq_set_d(x, replicate[r]);
				mpq_sub(x, x, centre);
				mpq_mul(x, x, x);
				mpq_set_d(factor, rscale[r] * scale);
				mpq_mul(x, x, factor);
				mpq_add(sum, sum, x);
			}
		variance = replicate_variance(replicate, rscale, replicates, scale, estimate, &used);
		check(used == present, "case %ld: %d used, not %d", i, used, present);
		if (present < 2)
			check(isnan(variance), "case %ld: known", i);
		else
			check(fabs(variance - mpq_get_d(sum)) <= 1e-12 * mpq_get_d(sum) + 1e-6,
				  "case %ld: %.17g, expected %.17g", i, variance, mpq_get_d(sum));
		mpq_clears(centre, sum, x, factor, NULL);
	}
	return end_test("replicate_variance");
}
