/*
 * impute_test.c
 *	  Imputations against the same rules written plainly: the mean rounded once,
 *	  as GMP has it, the median from qsort(), the latest value and the line
 *	  between two; only missing cells change, and the count of them is given.
 *
 * Usage: impute_test [seed [count]]
 */
#include "kernel/field/impute.h"

#include "exact_test.h"

#include "kernel/field/column_stats.h"
#include "kernel/tree/tree.h"

#define LONGEST 60

typedef struct column
{
	int			n;
	double		x[LONGEST];
	uint8_t		status[LONGEST];
	int32_t		period[LONGEST];
} column;

static void
random_column(column *c)
{
	int			missing = random_below(5);	/* in four */

	c->n = random_below(LONGEST + 1);
	for (int i = 0; i < c->n; i++)
	{
		c->status[i] = random_below(8) == 0 ? CELL_NOT_APPLICABLE :
			random_below(4) < missing ? CELL_MISSING : CELL_OBSERVED;
		c->x[i] = NAN;
		if (c->status[i] == CELL_OBSERVED)
			c->x[i] = random_below(4) == 0 ? random_below(5) : random_unit() * 100 - 20;
		c->period[i] = (i > 0 ? c->period[i - 1] : 2000) + 1 + random_below(3);
	}
}

/* What a column must be after an imputation that gives row i the value wanted[i]. */
static void
check_column(const column *before, const column *after, const double *wanted, int filled, const char *what)
{
	int			count = 0;

	for (int i = 0; i < before->n; i++)
	{
		bool		fills = before->status[i] == CELL_MISSING && !isnan(wanted[i]);

		count += fills;
		check(after->status[i] == (fills ? CELL_OBSERVED : before->status[i]), "%s: status of row %d", what, i);
		check(isnan(before->x[i]) && !fills ? isnan(after->x[i]) :
			  double_bits(after->x[i]) == double_bits(fills ? wanted[i] : before->x[i]),
			  "%s: row %d is %a, expected %a", what, i, after->x[i], fills ? wanted[i] : before->x[i]);
	}
	check(filled == count, "%s: filled %d, expected %d", what, filled, count);
}

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
test_center(const column *c, bool median)
{
	column		after = *c;
	double		wanted[LONGEST];
	double		scratch[3 * LONGEST];
	double		observed[LONGEST];
	int			member[LONGEST];
	int			members = 0;
	int			n = 0;
	bool		all = random_below(2) == 0;
	double		center = NAN;

	/* All rows, or every other backwards. */
	for (int i = c->n - 1; i >= 0; i -= all ? 1 : 2)
		member[members++] = i;
	for (int i = 0; i < members; i++)
		if (c->status[member[i]] == CELL_OBSERVED)
			observed[n++] = c->x[member[i]];
	if (n > 0 && median)
	{
		qsort(observed, (size_t) n, sizeof(double), compare);
		center = n % 2 ? observed[n / 2] : sorted_median(observed, n);
		check(n % 2 || fabs(center - (observed[n / 2 - 1] + observed[n / 2]) / 2) <= 0x1p-52 * fabs(center),
			  "median of an even number");
	}
	else if (n > 0)
	{
		mpq_t		sum;
		mpq_t		x;

		mpq_inits(sum, x, NULL);
		for (int i = 0; i < n; i++)
		{
			mpq_set_d(x, observed[i]);
			mpq_add(sum, sum, x);
		}
		mpq_set_ui(x, (unsigned long) n, 1);
		mpq_div(sum, sum, x);
		center = mpq_round(sum);
		mpq_clears(sum, x, NULL);
	}
	for (int i = 0; i < c->n; i++)
		wanted[i] = NAN;
	for (int i = 0; i < members; i++)
		wanted[member[i]] = center;
	check_column(c, &after, wanted,
				 impute_center(after.x, after.status, all ? NULL : member, members, median, scratch),
				 median ? "median" : "mean");
}

static void
test_periods(const column *c)
{
	column		after = *c;
	double		latest[LONGEST];
	double		line[LONGEST];

	for (int i = 0; i < c->n; i++)
	{
		int			before = i;
		int			next = i;

		while (before >= 0 && c->status[before] != CELL_OBSERVED)
			before--;
		while (next < c->n && c->status[next] != CELL_OBSERVED)
			next++;
		latest[i] = before < 0 ? NAN : c->x[before];
		line[i] = NAN;
		if (before >= 0 && next < c->n && before < next)
		{
			double		share = (double) (c->period[i] - c->period[before]) / (c->period[next] - c->period[before]);

			line[i] = c->x[before] + share * (c->x[next] - c->x[before]);
		}
	}
	check_column(c, &after, latest, impute_latest(after.x, after.status, c->period, c->n, 0), "latest");

	after = *c;
	impute_linear(after.x, after.status, c->period, c->n, false);
	for (int i = 0; i < c->n; i++)
		if (c->status[i] == CELL_MISSING)
		{
			check((after.status[i] == CELL_OBSERVED) == !isnan(line[i]), "line: status of row %d", i);
			check(isnan(line[i]) ? isnan(after.x[i]) : fabs(after.x[i] - line[i]) <= 1e-13 * 120,
				  "line: row %d is %a, expected %a", i, after.x[i], line[i]);
		}
		else
			check(after.status[i] == c->status[i], "line: status of row %d", i);
}

static void
test_constant(const column *c)
{
	column		after = *c;
	double		wanted[LONGEST];

	for (int i = 0; i < c->n; i++)
		wanted[i] = 0;
	check_column(c, &after, wanted, impute_constant(after.x, after.status, c->n, -0.0), "constant");
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "impute", 5000);

	for (long i = 0; i < count; i++)
	{
		column		c;

		random_column(&c);
		test_center(&c, false);
		test_center(&c, true);
		test_periods(&c);
		test_constant(&c);
	}
	return end_test("impute");
}
