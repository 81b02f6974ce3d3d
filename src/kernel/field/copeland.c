/*
 * copeland.c
 *	  Pairwise comparison of units: copeland.h.
 *
 * Copeland, A reasonable social welfare function, University of Michigan
 * (1951): a unit's score is the number of units it beats, less the number of
 * those that beat it; it beats another where the criteria in which it is
 * better weigh more than those in which it is worse.
 */
#include "kernel/field/copeland.h"

#include <math.h>
#include <string.h>

/* Pairs whose sums stay in the first-level cache while the criteria pass by. */
#define BLOCK 512

int64_t
dominance_weights(const double *weight, int columns, int64_t *integer)
{
	double		largest = 0;
	int			bits;

	for (int c = 0; c < columns; c++)
		largest = weight[c] > largest ? weight[c] : largest;
	if (largest == 0 && columns > 0)
		return -1;
	frexp(columns, &bits);
	for (int c = 0; c < columns; c++)
		integer[c] = (int64_t) rint(ldexp(weight[c] / largest, 52 - bits));
	/* Each is off by 1/2 at most, and what it was computed from by less. */
	return columns;
}

/*
 * Comparisons with NaN are false. Choosing between integers, not doubles,
 * lets the compiler do without branches.
 */
static void
compare_block(const double *restrict x, double own, int64_t weight, int count,
			  int64_t *restrict lead, int64_t *restrict compared)
{
	for (int j = 0; j < count; j++)
	{
		lead[j] += (x[j] < own ? weight : 0) - (x[j] > own ? weight : 0);
		compared[j] += x[j] == x[j] ? weight : 0;
	}
}

void
dominance_row(const double *x, int units, int columns, const int64_t *weight,
			  int unit, int from, int count, int64_t *lead, int64_t *compared)
{
	memset(lead, 0, sizeof(int64_t) * (size_t) count);
	memset(compared, 0, sizeof(int64_t) * (size_t) count);
	for (int start = 0; start < count; start += BLOCK)
	{
		int			block = count - start < BLOCK ? count - start : BLOCK;

		for (int c = 0; c < columns; c++)
		{
			const double *column = x + (size_t) c * (size_t) units;

			if (!isnan(column[unit]))
				compare_block(column + from + start, column[unit], weight[c], block,
							  lead + start, compared + start);
		}
	}
}

void
copeland_add(const int64_t *lead, const int64_t *compared, int count,
			 int64_t tolerance, copeland_tally *unit, copeland_tally *other)
{
	for (int j = 0; j < count; j++)
	{
		int			wins = lead[j] > tolerance;
		int			loses = lead[j] < -tolerance;
		int			met = compared[j] > 0;

		unit->wins += wins;
		unit->losses += loses;
		unit->compared += met;
		other[j].wins += loses;
		other[j].losses += wins;
		other[j].compared += met;
	}
}
