/*
 * impute.c
 *	  The imputations of impute.h.
 */
#include "kernel/field/impute.h"

#include "kernel/field/column_stats.h"
#include "kernel/tree/tree.h"

static inline void
fill(double *x, uint8_t *status, int row, double value)
{
	/* Adding zero turns -0 into 0, as everywhere in a matrix. */
	x[row] = value + 0.0;
	status[row] = CELL_OBSERVED;
}

int
impute_center(double *x, uint8_t *status, const int *member, int m,
			  bool median, double *scratch)
{
	double	   *value = scratch;
	int			observed = 0;
	int			filled = 0;
	double		center;

	for (int i = 0; i < m; i++)
	{
		int			row = member ? member[i] : i;

		if (status[row] == CELL_OBSERVED)
			value[observed++] = x[row];
	}
	if (observed == 0 || observed == m)
		return 0;
	if (median)
	{
		column_sort(value, observed, scratch + m, scratch + 2 * (size_t) m);
		center = sorted_median(scratch + m, observed);
	}
	else
		center = column_mean(value, observed);
	for (int i = 0; i < m; i++)
	{
		int			row = member ? member[i] : i;

		if (status[row] != CELL_MISSING)
			continue;
		fill(x, status, row, center);
		filled++;
	}
	return filled;
}

int
impute_constant(double *x, uint8_t *status, int n, double value)
{
	int			filled = 0;

	for (int row = 0; row < n; row++)
		if (status[row] == CELL_MISSING)
		{
			fill(x, status, row, value);
			filled++;
		}
	return filled;
}

int
impute_latest(double *x, uint8_t *status, const int32_t *period, int n, int max_age)
{
	int			filled = 0;
	int			latest = -1;

	for (int row = 0; row < n; row++)
	{
		if (status[row] == CELL_OBSERVED)
			latest = row;
		else if (status[row] == CELL_MISSING && latest >= 0 &&
				 (max_age == 0 || (int64_t) period[row] - period[latest] <= max_age))
		{
			fill(x, status, row, x[latest]);
			filled++;
		}
	}
	return filled;
}

int
impute_linear(double *x, uint8_t *status, const int32_t *period, int n, bool carried)
{
	int			filled = 0;
	int			before = -1;

	for (int after = 0; after < n; after++)
	{
		if (status[after] != CELL_OBSERVED)
			continue;
		for (int row = before + 1; (before >= 0 || carried) && row < after; row++)
		{
			if (status[row] != CELL_MISSING)
				continue;
			fill(x, status, row, before < 0 ? x[after] :
				 interpolate(x[before], x[after],
							 ((double) period[row] - period[before]) /
							 ((double) period[after] - period[before])));
			filled++;
		}
		before = after;
	}
	for (int row = before + 1; carried && before >= 0 && row < n; row++)
	{
		if (status[row] != CELL_MISSING)
			continue;
		fill(x, status, row, x[before]);
		filled++;
	}
	return filled;
}
