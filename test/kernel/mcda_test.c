/*
 * mcda_test.c
 *	  TOPSIS, VIKOR and the weighted product against MPFR, and flows of
 *	  PROMETHEE against all pairs.
 *	  Usage: mcda_test [seed [cases]]
 */
#include "kernel/mcda/mcda.h"
#include "kernel/mcda/promethee.h"

#include "exact_test.h"

#define UNITS 30
#define CRITERIA 6
#define BITS 400

static bool
go_on(void *unused)
{
	(void) unused;
	return false;
}

static bool
end_at_once(void *unused)
{
	(void) unused;
	return true;
}

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static double
preference_of(const preference *preference, double d)
{
	double		q = preference->q;
	double		p = preference->p;

	if (!(d > 0))
		return 0;
	switch (preference->kind)
	{
		case PREFERENCE_USUAL:
			return 1;
		case PREFERENCE_U_SHAPE:
			return d > q;
		case PREFERENCE_V_SHAPE:
			return d > p ? 1 : d / p;
		case PREFERENCE_LEVEL:
			return d > p ? 1 : d > q ? 0.5 : 0;
		case PREFERENCE_LINEAR:
			return d > p ? 1 : d > q ? (d - q) / (p - q) : 0;
		case PREFERENCE_GAUSSIAN:
			return 1 - exp(-d * d / (2 * p * p));
	}
	return NAN;
}

static void
check_flows(void)
{
	preference	preference = {(preference_kind) random_below(6), 0, 0};
	int			n = 2 + random_below(UNITS - 1);
	int			kind = random_below(3);
	double		x[UNITS];
	double		above[UNITS];
	double		below[UNITS];

	if (preference.kind != PREFERENCE_USUAL && preference.kind != PREFERENCE_V_SHAPE && preference.kind != PREFERENCE_GAUSSIAN)
		preference.q = random_below(4);
	preference.p = preference.kind == PREFERENCE_USUAL || preference.kind == PREFERENCE_U_SHAPE ? preference.q :
		preference.q + 0.5 + 4 * random_unit();
	for (int i = 0; i < n; i++)
		x[i] = kind == 0 ? random_below(9) : kind == 1 ? 20 * random_unit() - 10 : ldexp(random_unit(), random_below(40) - 30);
	qsort(x, (size_t) n, sizeof(double), compare_doubles);
	check(promethee_flows(&preference, x, n, above, below, go_on, NULL), "flows");
	for (int i = 0; i < n; i++)
	{
		double		up = 0;
		double		down = 0;

		for (int k = 0; k < n; k++)
		{
			up += preference_of(&preference, x[i] - x[k]) / (n - 1);
			down += preference_of(&preference, x[k] - x[i]) / (n - 1);
		}
		check(fabs(up - above[i]) < 1e-13 && fabs(down - below[i]) < 1e-13, "kind %d: %.17g %.17g, expected %.17g %.17g",
			  (int) preference.kind, above[i], below[i], up, down);
	}
	check(!promethee_flows(&preference, x, n, above, below, end_at_once, NULL), "stopped");
}

/* prod(x ^ (direction * weight)) */
static double
expected_product(const mcda_field *field, int unit)
{
	mpfr_t		sum,
				log;
	double		result;

	mpfr_inits2(BITS, sum, log, (mpfr_ptr) 0);
	mpfr_set_ui(sum, 0, MPFR_RNDN);
	for (int j = 0; j < field->criteria; j++)
	{
		mpfr_set_d(log, field->value[j * field->units + unit], MPFR_RNDN);
		mpfr_log(log, log, MPFR_RNDN);
		mpfr_mul_d(log, log, field->direction[j] * field->weight[j], MPFR_RNDN);
		mpfr_add(sum, sum, log, MPFR_RNDN);
	}
	mpfr_exp(sum, sum, MPFR_RNDN);
	result = mpfr_get_d(sum, MPFR_RNDN);
	mpfr_clears(sum, log, (mpfr_ptr) 0);
	return result;
}

static void
check_field(void)
{
	double		value[CRITERIA * UNITS];
	double		scaled[CRITERIA * UNITS];
	double		weight[CRITERIA];
	int			direction[CRITERIA];
	mcda_extremes extremes[CRITERIA];
	mcda_field	field = {1 + random_below(UNITS), 1 + random_below(CRITERIA), value, weight, direction};
	double		sum = 0;

	for (int j = 0; j < field.criteria; j++)
	{
		weight[j] = 0.1 + random_unit();
		sum += weight[j];
		direction[j] = random_below(2) * 2 - 1;
		for (int i = 0; i < field.units; i++)
			value[j * field.units + i] = exp(20 * random_unit() - 10);
	}
	for (int j = 0; j < field.criteria; j++)
		weight[j] /= sum;
	for (int i = 0; i < field.units; i++)
		check_double(weighted_product(&field, i), expected_product(&field, i), "product");

	/* VIKOR: of a unit that is best in all nothing is lacking. */
	for (int j = 0; j < field.criteria; j++)
	{
		extremes[j] = mcda_get_extremes(value + j * field.units, field.units, direction[j]);
		for (int i = 0; i < field.units; i++)
			check(direction[j] * (extremes[j].best - value[j * field.units + i]) >= 0 &&
				  direction[j] * (value[j * field.units + i] - extremes[j].worst) >= 0, "extremes");
	}
	for (int i = 0; i < field.units; i++)
	{
		vikor_regrets regrets = vikor_unit(&field, extremes, i);
		double		utility = 0;
		double		regret = 0;

		for (int j = 0; j < field.criteria; j++)
		{
			double		range = extremes[j].best - extremes[j].worst;
			double		lack = range == 0 ? 0 : weight[j] * ((extremes[j].best - value[j * field.units + i]) / range);

			utility += lack;
			regret = fmax(regret, lack);
		}
		check(fabs(regrets.utility - utility) < 1e-15 && regrets.regret == regret, "regrets");
	}

	/* TOPSIS by vectors: each criterion has the length 1 then. */
	memcpy(scaled, value, sizeof(value));
	for (int j = 0; j < field.criteria; j++)
	{
		double		length = 0;

		topsis_scale(TOPSIS_VECTOR, scaled + j * field.units, field.units);
		for (int i = 0; i < field.units; i++)
			length += scaled[j * field.units + i] * scaled[j * field.units + i];
		check(fabs(length - 1) < 1e-14, "length %.17g", length);
		extremes[j] = mcda_get_extremes(scaled + j * field.units, field.units, direction[j]);
	}
	field.value = scaled;
	for (int i = 0; i < field.units; i++)
	{
		topsis_distances distances = topsis_unit(&field, extremes, i);
		double		best = 0;
		double		worst = 0;

		for (int j = 0; j < field.criteria; j++)
		{
			best += pow(weight[j] * (scaled[j * field.units + i] - extremes[j].best), 2);
			worst += pow(weight[j] * (scaled[j * field.units + i] - extremes[j].worst), 2);
		}
		check(fabs(distances.to_best - sqrt(best)) < 1e-15 && fabs(distances.to_worst - sqrt(worst)) < 1e-15, "distances");
	}
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "mcda_test", 1000);
	double		even[] = {3, 3};
	double		zeros[] = {0, 0};

	for (long c = 0; c < cases; c++)
	{
		check_flows();
		check_field();
	}
	topsis_scale(TOPSIS_MINMAX, even, 2);
	topsis_scale(TOPSIS_VECTOR, zeros, 2);
	check(even[0] == 0 && even[1] == 0 && zeros[0] == 0, "nothing to scale by");
	return end_test("mcda_test");
}
