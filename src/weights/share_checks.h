/*
 * share_checks.h
 *	  What weights that look at shares in the sum of a criterion refuse.
 */
#ifndef PARINDEX_SHARE_CHECKS_H
#define PARINDEX_SHARE_CHECKS_H

#include "matrix/score_matrix.h"

/* Error 22023 naming unit, criterion and value; detail says what needs shares. */
extern void check_not_negative(const matrix_view *view, int column, const char *detail);

#endif							/* PARINDEX_SHARE_CHECKS_H */
