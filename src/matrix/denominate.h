/*
 * denominate.h
 *	  One criterion of a matrix divided by another.
 */
#ifndef PARINDEX_DENOMINATE_H
#define PARINDEX_DENOMINATE_H

#include "matrix/score_matrix.h"

/* A cell of `to` from those of `from`: value * scale / denominator. */
extern void denominate_column(const matrix_view *from, const matrix_view *to, int column,
							  int denominator, double scale);

#endif							/* PARINDEX_DENOMINATE_H */
