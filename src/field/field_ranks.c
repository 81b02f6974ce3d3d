/*
 * field_ranks.c
 *	  Ranks of scores within the parts of a field: field_ranks.h.
 *
 * Scores are sorted once for the whole field; a walk over them that counts
 * by part then ranks every part.
 */
#include "postgres.h"
#include "field/field_ranks.h"

#include <math.h>

#include "base/decimal_round.h"
#include "field/field_scores.h"
#include "miscadmin.h"

/* Rows of a loop between two looks for a cancel request. */
#define ROWS_PER_CHECK 0xffff

/* ---------- order ---------- */

#define ST_SORT sort_ranked_scores
#define ST_ELEMENT_TYPE ranked_score
#define ST_COMPARE(a, b) ((a->score < b->score) - (a->score > b->score))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

int
digits_argument(FunctionCallInfo fcinfo, int argument)
{
	if (PG_ARGISNULL(argument))
		return ROUND_NONE;
	check_round_digits(PG_GETARG_INT32(argument));
	return PG_GETARG_INT32(argument);
}

void
field_order_init(field_order *order, int rows)
{
	order->count = 0;
	order->ranked = palloc_extended(sizeof(ranked_score) * Max(rows, 1), MCXT_ALLOC_HUGE);
}

void
field_order_scores(field_order *order, const double *score, int rows, int digits)
{
	order->count = 0;
	for (int row = 0; row < rows; row++)
	{
		if ((row & ROWS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (!isnan(score[row]))
			order->ranked[order->count++] = (ranked_score) {
				digits == ROUND_NONE ? score[row] : decimal_round(score[row], digits), row
			};
	}
	sort_ranked_scores(order->ranked, order->count);
}

/* ---------- ranks ---------- */

/* A part while it is walked through. */
typedef struct part_walk
{
	int			seen;
	int			rank;			/* of the last one seen */
	double		score;
} part_walk;

/* The rank of the next row in the direction of the walk. */
static inline int
walk_past(part_walk *walk, double score)
{
	if (walk->seen++ == 0 || score != walk->score)
		walk->rank = walk->seen;
	walk->score = score;
	return walk->rank;
}

void
field_rank(const field_order *order, const matrix_parts *parts, int rows,
		   int *rank, int *below)
{
	part_walk  *walk = palloc_extended(sizeof(part_walk) * Max(parts->count, 1),
									   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	memset(rank, 0, sizeof(int) * rows);
	for (int i = 0; i < order->count; i++)
	{
		int			part = parts->part[order->ranked[i].row];

		if ((i & ROWS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (part >= 0)
			rank[order->ranked[i].row] = walk_past(&walk[part], order->ranked[i].score);
	}
	if (below != NULL)
	{
		memset(walk, 0, sizeof(part_walk) * parts->count);
		memset(below, 0, sizeof(int) * rows);
		for (int i = order->count - 1; i >= 0; i--)
		{
			int			part = parts->part[order->ranked[i].row];

			if ((i & ROWS_PER_CHECK) == 0)
				CHECK_FOR_INTERRUPTS();
			if (part >= 0)
				below[order->ranked[i].row] =
					walk_past(&walk[part], order->ranked[i].score) - 1;
		}
	}
	pfree(walk);
}

int *
rank_scores_of(const double *score, int rows, const matrix_parts *parts)
{
	int		   *rank = palloc(sizeof(int) * Max(rows, 1));
	field_order order;

	field_order_init(&order, rows);
	field_order_scores(&order, score, rows, ROUND_NONE);
	field_rank(&order, parts, rows, rank, NULL);
	pfree(order.ranked);
	return rank;
}

int *
rank_index(const matrix_view *matrix, const framework *fw, const matrix_parts *parts)
{
	double	   *score = matrix_index(matrix, fw);
	int		   *rank = rank_scores_of(score, matrix->rows, parts);

	pfree(score);
	return rank;
}

/* ---------- two rankings ---------- */

void
rank_shift_measure(const int *before, const int *after, int rows, rank_shift *shift)
{
	memset(shift, 0, sizeof(*shift));
	for (int row = 0; row < rows; row++)
	{
		int			change = abs(after[row] - before[row]);

		if (before[row] == 0 || after[row] == 0)
			continue;
		shift->compared++;
		shift->changed += change > 0;
		shift->sum += change;
		shift->largest = Max(shift->largest, change);
	}
}

void
put_rank_shift(const rank_shift *shift, Datum *value, bool *is_null)
{
	bool		none = shift->compared == 0;

	value[0] = Float8GetDatum(none ? 0 : (double) shift->sum / shift->compared);
	value[1] = Int32GetDatum(shift->largest);
	value[2] = Int32GetDatum(shift->changed);
	value[3] = Int32GetDatum(shift->compared);
	is_null[0] = is_null[1] = is_null[2] = none;
	is_null[3] = false;
}
