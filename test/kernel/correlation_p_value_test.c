/*
 * correlation_p_value_test.c
 *	  p-values against all orders of a few numbers, and answers worked out elsewhere.
 *	  Usage: correlation_p_value_test
 */
#include "kernel/field/correlation_p_value.h"

#include "exact_test.h"

#define MOST 7

/* Pairs in the same order less those in opposite order. */
static int64_t
balance_of(const int *x, int n)
{
	int64_t		balance = 0;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < i; k++)
			balance += x[i] > x[k] ? 1 : -1;
	return balance;
}

/* Counts, by balance + n * n, all orders of x[place] .. x[n - 1]. */
static void
count_orders(int *x, int place, int n, int *count)
{
	if (place == n)
	{
		count[balance_of(x, n) + n * n]++;
		return;
	}
	for (int i = place; i < n; i++)
	{
		int			moved = x[i];

		x[i] = x[place];
		x[place] = moved;
		count_orders(x, place + 1, n, count);
		x[place] = x[i];
		x[i] = moved;
	}
}

static void
check_exact(int n)
{
	int			x[MOST];
	int			count[2 * MOST * MOST + 1] = {0};
	int			all = 0;

	for (int i = 0; i < n; i++)
		x[i] = i;
	count_orders(x, 0, n, count);
	for (int i = 0; i <= 2 * n * n; i++)
		all += count[i];
	for (int b = -n * n; b <= n * n; b++)
	{
		kendall_counts counts = {.n = n, .balance = b};
		int			beyond = 0;

		if (count[b + n * n] == 0)
			continue;
		for (int i = -n * n; i <= n * n; i++)
			beyond += abs(i) >= abs(b) ? count[i + n * n] : 0;
		check(fabs(kendall_p_value(&counts) - (double) beyond / all) < 1e-14, "%d of %d: %.17g, expected %d / %d",
			  b, n, kendall_p_value(&counts), beyond, all);
	}
}

int
main(int argc, char **argv)
{
	/* Of ten with ties of 2, 3 and 3, 2, 2, an S of 33. */
	kendall_counts tied = {.n = 10, .balance = 33, .a = {4, 6}, .b = {5, 6}};
	kendall_counts constant = {.n = 5, .balance = 0, .a = {10, 60}};

	begin_test(argc, argv, "correlation_p_value_test", 1);
	for (int n = 2; n <= MOST; n++)
		check_exact(n);
	check(fabs(kendall_p_value(&tied) - 0.0021000471869299367) < 1e-14, "ties: %.17g", kendall_p_value(&tied));
	check(isnan(kendall_p_value(&constant)), "constant");
	check(fabs(correlation_p_value(0.6, 9) - 0.08762282904140684) < 1e-9, "r: %.17g", correlation_p_value(0.6, 9));
	check(fabs(correlation_p_value(-0.6, 9) - 0.08762282904140684) < 1e-9, "-r: %.17g", correlation_p_value(-0.6, 9));
	check(correlation_p_value(-1, 5) == 0 && correlation_p_value(0, 5) == 1, "ends");
	check(isnan(correlation_p_value(0.5, 2)) && isnan(correlation_p_value(NAN, 9)), "undefined");
	return end_test("correlation_p_value_test");
}
