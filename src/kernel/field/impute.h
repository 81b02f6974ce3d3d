/*
 * impute.h
 *	  Values in place of missing ones, in one column of a score matrix.
 *
 * A column is x[n], NaN where not observed, with its status[n] (cell_status
 * of tree.h). Missing cells that get a value become observed; cells that are
 * not applicable are never filled, and never a source. Each function returns
 * the number of cells it filled.
 */
#ifndef PARINDEX_IMPUTE_H
#define PARINDEX_IMPUTE_H

#include "kernel/exact/int128.h"

/*
 * With the mean, or median, of the members' observed values; none are filled
 * where there are none. `member` holds m row numbers, NULL stands for rows
 * 0 .. m - 1; `scratch` holds 3 * m doubles.
 */
extern int	impute_center(double *x, uint8_t *status, const int *member, int m,
						  bool median, double *scratch);

extern int	impute_constant(double *x, uint8_t *status, int n, double value);

/*
 * Over the n rows of one unit, in the order of their periods: with the last
 * value observed before, at most max_age periods ago (0: however long); or with
 * what lies on the line between the values observed before and after. What has
 * none before (or none after) stays missing, or where ends are carried gets the
 * nearest one.
 */
extern int	impute_latest(double *x, uint8_t *status, const int32_t *period, int n, int max_age);
extern int	impute_linear(double *x, uint8_t *status, const int32_t *period, int n, bool carried);

#endif							/* PARINDEX_IMPUTE_H */
