/*
 * field_ranks.h
 *	  Ranks of scores within the parts of a field.
 *
 * A part is what is ranked together: a period, or a group in a period. Rank 1
 * is the best (the highest score), units that tie share the best rank of
 * theirs; a row without a score has rank 0.
 */
#ifndef PARINDEX_FIELD_RANKS_H
#define PARINDEX_FIELD_RANKS_H

#include "framework/framework.h"
#include "matrix/matrix_groups.h"

/* Rows in order of a score; made once, ranked in as many ways as wanted. */
typedef struct ranked_score
{
	double		score;
	int			row;
} ranked_score;

typedef struct field_order
{
	int			count;			/* rows with a score */
	ranked_score *ranked;		/* best first */
} field_order;

/* ROUND_NONE, or the number of digits to round to, half-up, before comparing. */
#define ROUND_NONE PG_INT32_MIN

/* Reads an argument `digits`; NULL: no rounding. */
extern int	digits_argument(FunctionCallInfo fcinfo, int argument);

extern void field_order_init(field_order *order, int rows);
extern void field_order_scores(field_order *order, const double *score, int rows, int digits);

/* Ranks by row; `below`, if not NULL, gets for each row the number of worse ones. */
extern void field_rank(const field_order *order, const matrix_parts *parts, int rows,
					   int *rank, int *below);

/* Ranks of the index under a framework, or of any score, by row; palloc'd. */
extern int *rank_scores_of(const double *score, int rows, const matrix_parts *parts);
extern int *rank_index(const matrix_view *matrix, const framework *fw,
					   const matrix_parts *parts);

/* A rank as a column of a result row. */
static inline void
put_rank(int rank, Datum *value, bool *is_null)
{
	*value = Int32GetDatum(rank);
	*is_null = rank == 0;
}

/* How ranks moved between two rankings. */
typedef struct rank_shift
{
	int			compared;		/* rows ranked in both */
	int			changed;
	int64		sum;			/* of absolute changes */
	int			largest;
} rank_shift;

extern void rank_shift_measure(const int *before, const int *after, int rows,
							   rank_shift *shift);

/* Four columns: mean and largest absolute change, rows changed, rows compared. */
#define RANK_SHIFT_COLUMNS 4
extern void put_rank_shift(const rank_shift *shift, Datum *value, bool *is_null);

#endif							/* PARINDEX_FIELD_RANKS_H */
