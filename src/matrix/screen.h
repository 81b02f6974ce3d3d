/*
 * screen.h
 *	  Leaving out units or criteria of which too little is there.
 */
#ifndef PARINDEX_SCREEN_H
#define PARINDEX_SCREEN_H

#include "matrix/score_matrix.h"

/* Shares from 0 to 1: of applicable cells observed, and of those not zero. */
extern score_matrix *screen_matrix(const matrix_view *view, double min_share,
								   double min_nonzero, bool by_row);

#endif							/* PARINDEX_SCREEN_H */
