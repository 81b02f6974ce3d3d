/*
 * correlation_test.c
 *	  Correlations against MPFR and the definitions, pair by pair; their
 *	  rounding against GMP; the same bits whatever the order of rows.
 *	  Usage: correlation_test [seed [cases]]
 */
#include "kernel/field/correlation.h"

#include "exact_test.h"

#define LONGEST 120
#define BITS 2400				/* holds products of any two doubles' sums */

/* A column of some kind: few values, far from 0, any double, in step with another. */
static void
random_column(double *x, int n, const double *other)
{
	int			kind = random_below(7);
	double		missing = random_below(3) * 0.1;
	double		factor = ldexp(1 + random_below(9), random_below(40) - 20);

	for (int i = 0; i < n; i++)
	{
		double		u = (double) (random_bits() >> 11) * 0x1p-53;

		switch (kind)
		{
			case 0:
				x[i] = floor(4 * u);
				break;
			case 1:
				x[i] = 1e9 + u;
				break;
			case 2:
				x[i] = 1e-3 * random_double();
				break;
			case 3:
				x[i] = other ? factor * other[i] : u;
				break;
			case 4:
				x[i] = other ? other[i] + u : -u;
				break;
			case 5:
				x[i] = 0x1p-1060 * u;
				break;
			default:
				x[i] = 100 * u - 50;
		}
		if ((double) random_below(1000) < 1000 * missing || !double_is_finite(x[i]))
			x[i] = NAN;
	}
}

/* Pearson's of the rows that have both, in MPFR. */
static double
pearson_in_mpfr(const double *x, const double *y, int n)
{
	mpfr_t		s[5],
				t,
				u;
	double		r;
	int			count = 0;

	for (int k = 0; k < 5; k++)
	{
		mpfr_init2(s[k], BITS);
		mpfr_set_ui(s[k], 0, MPFR_RNDN);
	}
	mpfr_inits2(BITS, t, u, (mpfr_ptr) 0);
	for (int i = 0; i < n; i++)
	{
		if (isnan(x[i]) || isnan(y[i]))
			continue;
		count++;
		mpfr_set_d(t, x[i], MPFR_RNDN);
		mpfr_set_d(u, y[i], MPFR_RNDN);
		mpfr_add(s[0], s[0], t, MPFR_RNDN);
		mpfr_add(s[1], s[1], u, MPFR_RNDN);
		mpfr_fma(s[2], t, t, s[2], MPFR_RNDN);
		mpfr_fma(s[3], u, u, s[3], MPFR_RNDN);
		mpfr_fma(s[4], t, u, s[4], MPFR_RNDN);
	}
	/* count * sum of products - product of sums */
	for (int k = 2; k < 5; k++)
	{
		mpfr_mul_si(s[k], s[k], count, MPFR_RNDN);
		mpfr_mul(t, s[k == 3], s[k != 2], MPFR_RNDN);
		mpfr_sub(s[k], s[k], t, MPFR_RNDN);
	}
	mpfr_mul(t, s[2], s[3], MPFR_RNDN);
	mpfr_sqrt(t, t, MPFR_RNDN);
	mpfr_div(t, s[4], t, MPFR_RNDN);
	r = mpfr_get_d(t, MPFR_RNDN);
	for (int k = 0; k < 5; k++)
		mpfr_clear(s[k]);
	mpfr_clears(t, u, (mpfr_ptr) 0);
	return r;
}

/* Twice the mid-rank of a row among those that have both. */
static double
rank_by_counting(const double *x, const double *y, int n, int row)
{
	int			rank = 1;

	if (isnan(x[row]) || isnan(y[row]))
		return NAN;
	for (int i = 0; i < n; i++)
		if (!isnan(y[i]))
			rank += 2 * (x[i] < x[row]) + (x[i] == x[row]);
	return rank;
}

static double
kendall_by_counting(const double *x, const double *y, int n)
{
	int64_t		score = 0;
	int64_t		of_x = 0;
	int64_t		of_y = 0;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < i; j++)
		{
			int			dx = (x[i] > x[j]) - (x[i] < x[j]);
			int			dy = (y[i] > y[j]) - (y[i] < y[j]);

			if (isnan(x[i] + x[j]) || isnan(y[i] + y[j]))
				continue;
			score += dx * dy;
			of_x += dx != 0;
			of_y += dy != 0;
		}
	}
	return (double) score / sqrt((double) of_x * (double) of_y);
}

/* Whether the integers' correlation, and their spread, are rounded correctly. */
static void
check_rounding(const integer_column *a, const integer_column *b, int rows, int n, double r)
{
	mpz_t		s[5],
				t;
	mpq_t		q;
	int64_t		range = 0;

	for (int k = 0; k < 5; k++)
		mpz_init(s[k]);
	mpz_init(t);
	mpq_init(q);
	for (int i = 0; i < rows; i++)
	{
		range = a->x[i] > range ? a->x[i] : range;
		mpz_add_ui(s[0], s[0], (unsigned long) a->x[i]);
		mpz_add_ui(s[1], s[1], (unsigned long) b->x[i]);
		mpz_set_si(t, a->x[i]);
		mpz_addmul(s[2], t, t);
		mpz_addmul_ui(s[4], t, (unsigned long) b->x[i]);
		mpz_set_si(t, b->x[i]);
		mpz_addmul(s[3], t, t);
	}
	for (int k = 2; k < 5; k++)
	{
		mpz_mul_si(s[k], s[k], n);
		mpz_submul(s[k], s[k == 3], s[k != 2]);
	}
	check(isnan(r) == (mpz_sgn(s[2]) == 0 || mpz_sgn(s[3]) == 0), "correlation defined, n %d", n);
	if (!isnan(r))
	{
		mpz_mul(mpq_numref(q), s[4], s[4]);
		mpz_mul(mpq_denref(q), s[2], s[3]);
		mpq_canonicalize(q);
		check(is_rounded_sqrt(fabs(r), q) && (r < 0) == (mpz_sgn(s[4]) < 0), "correlation rounded: %a", r);
	}
	if (range > 0 && n > 1)
	{
		mpz_set(mpq_numref(q), s[2]);
		mpz_set_si(mpq_denref(q), range);
		mpz_mul_si(mpq_denref(q), mpq_denref(q), range);
		mpz_mul_si(mpq_denref(q), mpq_denref(q), n);
		mpz_mul_si(mpq_denref(q), mpq_denref(q), n - 1);
		mpq_canonicalize(q);
		check(is_rounded_sqrt(integer_spread(a, rows, n), q), "spread rounded");
	}
	for (int k = 0; k < 5; k++)
		mpz_clear(s[k]);
	mpz_clear(t);
	mpq_clear(q);
}

static int
sort_rows_of(const double *x, int n, int *order)
{
	int			count = 0;

	for (int i = 0; i < n; i++)
	{
		int			k = count;

		if (isnan(x[i]))
			continue;
		for (; k > 0 && x[order[k - 1]] > x[i]; k--)
			order[k] = order[k - 1];
		order[k] = i;
		count++;
	}
	return count;
}

typedef struct three_correlations
{
	double		pearson;
	double		spearman;
	double		kendall;
} three_correlations;

static three_correlations
correlate(const double *x, const double *y, int n, bool with_rounding)
{
	int			x_order[LONGEST];
	int			y_order[LONGEST];
	int64_t		integers[2][LONGEST];
	uint32_t	scratch[2][LONGEST];
	integer_column a = {.x = integers[0]};
	integer_column b = {.x = integers[1]};
	int			x_count = sort_rows_of(x, n, x_order);
	int			y_count = sort_rows_of(y, n, y_order);
	int			common = 0;
	three_correlations r;

	for (int i = 0; i < n; i++)
		common += !isnan(x[i]) && !isnan(y[i]);
	integer_column_of_values(&a, x, y, n);
	integer_column_of_values(&b, y, x, n);
	for (int i = 0; i < n; i++)
		check(a.x[i] >= 0 && a.x[i] <= INT64_C(1) << 48, "integer out of range");
	r.pearson = integer_correlation(&a, &b, n, common);
	if (with_rounding)
		check_rounding(&a, &b, n, common, r.pearson);
	integer_column_of_ranks(&a, x, x_order, x_count, y, n);
	integer_column_of_ranks(&b, y, y_order, y_count, x, n);
	r.spearman = integer_correlation(&a, &b, n, common);
	r.kendall = kendall_correlation(x, x_order, x_count, &b, scratch[0], scratch[1]);
	return r;
}

static void
check_close(double got, double expected, double tolerance, const char *what, int n)
{
	check(isnan(got) ? isnan(expected) : fabs(got - expected) <= tolerance,
		  "%s, n %d: %.17g, expected %.17g", what, n, got, expected);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "correlation_test", 2000);
	int			constant = 0;
	int			in_step = 0;

	for (long c = 0; c < cases; c++)
	{
		int			n = random_below(LONGEST);
		int			place[LONGEST];
		double		x[LONGEST],
					y[LONGEST],
					x_rank[LONGEST],
					y_rank[LONGEST],
					moved_x[LONGEST],
					moved_y[LONGEST];
		three_correlations r;
		three_correlations moved;

		random_column(x, n, NULL);
		random_column(y, n, x);
		r = correlate(x, y, n, true);
		constant += isnan(r.pearson);
		in_step += r.pearson == 1;

		/* 47 bits of the range, which may be some hundred deviations. */
		check_close(r.pearson, pearson_in_mpfr(x, y, n), 1e-12, "pearson", n);
		for (int i = 0; i < n; i++)
		{
			x_rank[i] = rank_by_counting(x, y, n, i);
			y_rank[i] = rank_by_counting(y, x, n, i);
		}
		check_close(r.spearman, pearson_in_mpfr(x_rank, y_rank, n), 0x1p-53, "spearman", n);
		check_close(r.kendall, kendall_by_counting(x, y, n), 0x1p-51, "kendall", n);

		for (int i = 0; i < n; i++)
		{
			int			k = random_below(i + 1);

			place[i] = i;
			place[i] = place[k];
			place[k] = i;
		}
		for (int i = 0; i < n; i++)
		{
			moved_x[i] = x[place[i]];
			moved_y[i] = y[place[i]];
		}
		moved = correlate(moved_x, moved_y, n, false);
		check_double(moved.pearson, r.pearson, "pearson in another order");
		check_double(moved.spearman, r.spearman, "spearman in another order");
		check_double(moved.kendall, r.kendall, "kendall in another order");
		moved = correlate(y, x, n, false);
		check_double(moved.pearson, r.pearson, "pearson the other way round");
		check_double(moved.spearman, r.spearman, "spearman the other way round");
	}
	printf("%d pairs without variation, %d in step\n", constant, in_step);
	check(constant > 0 && in_step > cases / 20, "cases of each kind");
	return end_test("correlation_test");
}
