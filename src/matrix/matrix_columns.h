/*
 * matrix_columns.h
 *	  A matrix with fewer criteria.
 */
#ifndef PARINDEX_MATRIX_COLUMNS_H
#define PARINDEX_MATRIX_COLUMNS_H

#include "matrix/score_matrix.h"

/* The matrix with the columns that are named, or without them. */
extern score_matrix *matrix_named_columns(const matrix_view *matrix, const bool *named, bool keep);

#endif							/* PARINDEX_MATRIX_COLUMNS_H */
