/*
 * denominate.h
 *	  One criterion of a matrix divided by another.
 */
#ifndef PARINDEX_DENOMINATE_H
#define PARINDEX_DENOMINATE_H

#include "matrix/score_matrix.h"

/* A cell over another; the quotient counts only where it is observed, and may not be finite. */
static inline cell_status
divide_cells(double value, uint8 status, double divisor, uint8 divisor_status, double scale,
			 double *quotient)
{
	cell_status outcome = (cell_status) Max(status, divisor_status);

	*quotient = value * scale / divisor;
	return outcome == CELL_OBSERVED && divisor == 0 ? CELL_MISSING : outcome;
}

/* A cell of `to` from those of `from`: value * scale / denominator. */
extern void denominate_column(const matrix_view *from, const matrix_view *to, int column,
							  int denominator, double scale);

#endif							/* PARINDEX_DENOMINATE_H */
