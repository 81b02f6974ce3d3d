/*
 * calibration_test.c
 *	  The exponential against MPFR; distance functions by their definition and
 *	  slope; solutions of normal equations, also of deficient rank, by their
 *	  residuals; calibrated weights by the totals they reach. Usage: calibration_test [seed]
 */
#include "kernel/survey/calibration.h"

#include "kernel_test.h"

#include "kernel/exact/elementary.h"

#define CASES 200000
#define SYSTEMS 2000
#define MOST 12
#define ROWS 40

static void
test_exponential(long count)
{
	static const double special[] = {0, -0.0, 1, -1, 709.782712893384, 709.8, 745, -745.2, -708.5, 1e-300, -1e-20, 1e300, -1e300};
	mpfr_t		y;

	mpfr_init2(y, 53);
	/* Subnormal results are rounded once, as doubles are. */
	mpfr_set_emin(-1073);
	mpfr_set_emax(1024);
	for (int i = 0; i < count; i++)
	{
		double		x = i < (int) (sizeof(special) / sizeof(*special)) ? special[i] :
			ldexp(1500 * (random_unit() - 0.5), -(int) (random_bits() % 40) * (int) (i % 2));
		int			inexact;

		mpfr_set_d(y, x, MPFR_RNDN);
		inexact = mpfr_exp(y, y, MPFR_RNDN);
		mpfr_subnormalize(y, inexact, MPFR_RNDN);
		check(rounded_exp(x) == mpfr_get_d(y, MPFR_RNDN), "exponential of %.17g", x);
	}
	check(isnan(rounded_exp(NAN)) && rounded_exp(INFINITY) == INFINITY && rounded_exp(-INFINITY) == 0, 
		  "exponential of a special value");
	mpfr_clear(y);
}

static void
test_functions(void)
{
	for (int i = 0; i < CASES; i++)
	{
		bool		bounded = i % 3 == CALIBRATION_LOGIT || i % 2 == 0;
		calibration_function f = {i % 3, bounded ? 0.8 * random_unit() : -INFINITY,
		bounded ? 1.2 + 3 * random_unit() : INFINITY};
		double		u = 6 * (random_unit() - 0.5);
		double		h = 1e-5;
		double		slope;
		double		unused;
		double		g = calibration_factor(&f, u, &slope);
		double		below = calibration_factor(&f, u - h, &unused);
		double		above = calibration_factor(&f, u + h, &unused);
		bool		at_kink = f.distance != CALIBRATION_LOGIT &&
			(below == f.lower || above == f.upper);

		check(g >= f.lower && g <= f.upper, "a factor out of bounds at %.17g", u);
		check(below <= g * (1 + 1e-14) && g <= above * (1 + 1e-14), "a factor that falls at %.17g", u);
		check(calibration_factor(&f, 0, &unused) == 1 ||
			  fabs(calibration_factor(&f, 0, &unused) - 1) < 1e-15, "a factor other than 1 at 0");
		if (!bounded)
			check(g == (f.distance == CALIBRATION_LINEAR ? 1 + u : rounded_exp(u)), "factor at %.17g", u);
		if (!at_kink)
			check(fabs((above - below) / (2 * h) - slope) < 1e-6 * (1 + slope), "slope at %.17g", u);
	}
	for (int i = 0; i < 2; i++)
	{
		calibration_function f = {CALIBRATION_LOGIT, 0.4, 2.5};
		double		slope;
		double		g = calibration_factor(&f, i == 0 ? 1e6 : -1e6, &slope);

		check(fabs(g - (i == 0 ? f.upper : f.lower)) < 1e-15 && slope == 0, "the end of logit %.17g", g);
	}
}

/* Columns of all scales; the last ones may be combinations of the first. */
static void
test_solutions(void)
{
	for (int i = 0; i < SYSTEMS; i++)
	{
		int			p = 1 + (int) (random_bits() % MOST);
		int			rank = 1 + (int) (random_bits() % p);
		double		x[ROWS][MOST];
		double		gram[MOST * (MOST + 1) / 2] = {0};
		double		solved[MOST * (MOST + 1) / 2];
		double		right[MOST] = {0};
		double		solution[MOST];
		double		scratch[2 * MOST];
		int			pivot[MOST];

		for (int j = 0; j < p; j++)
		{
			double		scale = ldexp(1, (int) (random_bits() % 60) - 30);

			for (int r = 0; r < ROWS; r++)
				x[r][j] = j < rank ? scale * (random_unit() - 0.3) :
					x[r][j % rank] * (1 + j) - (rank > 1 ? x[r][(j + 1) % rank] : 0);
		}
		for (int r = 0; r < ROWS; r++)
			for (int j = 0; j < p; j++)
				for (int k = 0; k <= j; k++)
					gram[gram_place(j, k)] += x[r][j] * x[r][k];
		/* A right side that has a solution: gram times random numbers. */
		for (int k = 0; k < p; k++)
		{
			double		z = random_unit() / sqrt(gram[gram_place(k, k)]);

			for (int j = 0; j < p; j++)
				right[j] += z * gram[j >= k ? gram_place(j, k) : gram_place(k, j)];
		}
		memcpy(solved, gram, sizeof(gram));
		check(gram_solve(solved, right, p, solution, scratch, pivot) == rank, "not the rank %d", rank);
		for (int j = 0; j < p; j++)
		{
			double		sum = 0;

			for (int k = 0; k < p; k++)
				sum += solution[k] * gram[j >= k ? gram_place(j, k) : gram_place(k, j)];
			check(fabs(sum - right[j]) < 1e-6 * sqrt(gram[gram_place(j, j)]), "an equation is off by %.17g", sum - right[j]);
		}
	}
}

/* Never stops, or at the question whose number is given. */
static long questions;

static bool
stop_at(void *number)
{
	questions++;
	return number != NULL && questions == *(long *) number;
}

#define CELLS 100

static void
test_calibrations(void)
{
	static exact_total total[MOST * (MOST + 3) / 2];

	for (int i = 0; i < SYSTEMS / 4; i++)
	{
		int			p = 1 + (int) (random_bits() % 5);
		uint32_t	cells = (uint32_t) (p + 20) + (uint32_t) (random_bits() % (CELLS - 25));
		double		x[CELLS * MOST];
		double		turned[CELLS * MOST];
		double		weight[CELLS];
		double		turned_weight[CELLS];
		double		target[MOST] = {0};
		double		work[MOST * (MOST + 1) / 2 + 6 * MOST];
		int			pivot[MOST];
		double		lambda[MOST];
		double		other[MOST];
		double		sum[MOST];
		long		stop = 2;
		calibration_result result;
		calibration c = {.function = {i % 3, i % 3 == CALIBRATION_LOGIT ? 0.2 : -INFINITY,
		i % 3 == CALIBRATION_LOGIT ? 4 : INFINITY},
			.p = p, .cells = cells, .x = x, .weight = weight, .target = target, .epsilon = 1e-10,
			.max_iterations = 50, .stop = stop_at, .work = work, .pivot = pivot, .total = total,
		.lambda = lambda, .sum = sum};

		/* Totals of weights that some factors, not far from 1, lead to. */
		for (uint32_t cell = 0; cell < cells; cell++)
		{
			double		factor = 0.8 + 0.4 * random_unit();

			weight[cell] = 0.5 + random_unit();
			for (int j = 0; j < p; j++)
			{
				x[cell * (uint32_t) p + (uint32_t) j] = j == 0 ? 1 : random_unit() - 0.3;
				target[j] += factor * weight[cell] * x[cell * (uint32_t) p + (uint32_t) j];
			}
		}
		result = calibrate_cells(&c);
		check(result == CALIBRATION_DONE, "no calibration: %.17g", (double) i);
		for (int j = 0; j < p; j++)
		{
			double		reached = 0;
			double		slope;

			for (uint32_t cell = 0; cell < cells; cell++)
				reached += weight[cell] * x[cell * (uint32_t) p + (uint32_t) j] *
					calibration_factor(&c.function, inner_product(x + cell * (uint32_t) p, lambda, p), &slope);
			check(fabs(reached - target[j]) < 1e-8 * cells, "a total is off by: %.17g", (double) (reached - target[j]));
		}

		/* The order of cells does not change a bit. */
		for (uint32_t cell = 0; cell < cells; cell++)
		{
			turned_weight[cell] = weight[cells - 1 - cell];
			memcpy(turned + cell * (uint32_t) p, x + (cells - 1 - cell) * (uint32_t) p, sizeof(double) * (size_t) p);
		}
		c.x = turned;
		c.weight = turned_weight;
		c.lambda = other;
		result = calibrate_cells(&c);
		check(result == CALIBRATION_DONE && memcmp(lambda, other, sizeof(double) * (size_t) p) == 0,
			  "lambda differs in calibration: %.17g", (double) i);

		questions = 0;
		c.stop_arg = &stop;
		result = calibrate_cells(&c);
		check(result == CALIBRATION_STOPPED && questions == stop, "stops: %.17g", (double) questions);
		c.stop_arg = NULL;

		/* Weights of one sign cannot sum to another. */
		c.function = (calibration_function) {CALIBRATION_RAKING, 0.5, 2};
		target[0] = -target[0];
		result = calibrate_cells(&c);
		check(result == CALIBRATION_NOT_REACHED && c.iterations == 50, "reached: %.17g", (double) c.iterations);

		for (uint32_t cell = 0; cell < cells; cell++)
			turned[cell * (uint32_t) p] = 0;
		result = calibrate_cells(&c);
		check(result == CALIBRATION_NO_VARIABLE && c.worst == 0, "a variable of zeros: %.17g", (double) c.worst);

		for (uint32_t cell = 0; cell < cells; cell++)
			turned[cell * (uint32_t) p] = 1.7e308;
		result = calibrate_cells(&c);
		check(result == CALIBRATION_OVERFLOW, "a sum that is infinite: %.17g", (double) i);
	}
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "calibration", CASES);

	test_exponential(count);
	test_functions();
	test_solutions();
	test_calibrations();
	return end_test("calibration");
}
