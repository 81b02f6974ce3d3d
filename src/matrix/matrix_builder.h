/*
 * matrix_builder.h
 *	  Builds a canonical score matrix from cells in any order.
 */
#ifndef PARINDEX_MATRIX_BUILDER_H
#define PARINDEX_MATRIX_BUILDER_H

#include "matrix/score_matrix.h"

typedef struct matrix_builder matrix_builder;
extern matrix_builder *matrix_builder_new(MemoryContext context, bool with_periods);
extern bool matrix_builder_has_periods(const matrix_builder *builder);

/*
 * The number of a row or column, which is made where it is new. A unit has
 * one group (length -1: none) in all its cells, of a period where there are
 * periods; another is an error 22023.
 */
extern int	matrix_builder_row(matrix_builder *builder, const char *unit, int unit_length,
							   const char *group, int group_length, int32 period);
extern int	matrix_builder_column(matrix_builder *builder, const char *code, int code_length);
extern char *matrix_builder_code_cstring(const matrix_builder *builder, int column);

/* Sets a cell; error 22023 naming unit and code where an observed value is not finite. */
extern void matrix_builder_set(matrix_builder *builder, int row, int column,
							   double value, cell_status status);

/* All of another builder's rows, columns and cells. */
extern void matrix_builder_merge(matrix_builder *builder, const matrix_builder *other);

/* Cells never set are missing; one set twice is an error 23505 naming it. */
extern score_matrix *matrix_builder_finish(const matrix_builder *builder);

/* A flat form to hand over between parallel workers; reading it gives a builder fit to be merged only. */
extern bytea *matrix_builder_serialize(matrix_builder *builder);
extern matrix_builder *matrix_builder_deserialize(const bytea *flat);

#endif							/* PARINDEX_MATRIX_BUILDER_H */
