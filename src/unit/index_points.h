/*
 * index_points.h
 *	  The type index_points: the points of one unit, by leaf of a framework.
 *
 * Points are integers in units of 10^-20, below 10^37 units: twenty decimals
 * are what a division of numerics gives, and the largest points are below
 * 10^17. A state is narrow, 8 bytes a cell in units of 10^-8, as long as that
 * holds all its points, and else wide, 16 bytes a cell. head.scale is the
 * most decimals among the points, up to 20, as they were written.
 */
#ifndef PARINDEX_INDEX_POINTS_H
#define PARINDEX_INDEX_POINTS_H

#include "base/numeric_digits.h"
#include "unit/unit_cells.h"

#define POINTS_FRACTION 5			/* base-10000 digits after the point */
#define POINTS_SCALE (4 * POINTS_FRACTION)

/* Cells from here on are marks. */
#define POINTS_LIMIT ((decimal_int) INT64CONST(1000000000000000000) * \
					  INT64CONST(1000000000000000000) * 10)
#define POINTS_ABSENT (POINTS_LIMIT + 1)	/* no row: missing */
#define POINTS_MISSING (POINTS_LIMIT + 2)
#define POINTS_NOT_APPLICABLE (POINTS_LIMIT + 3)

/* The same in a narrow state, at the same distance from their limit. */
#define NARROW_FRACTION 2
#define NARROW_UNIT INT64CONST(1000000000000)	/* 10^-8 in units of 10^-20 */
#define NARROW_LIMIT INT64CONST(9000000000000000000)
#define NARROW_ABSENT (NARROW_LIMIT + (int64) (POINTS_ABSENT - POINTS_LIMIT))

#define POINTS_NARROW 0			/* head.form */
#define POINTS_WIDE 1

typedef struct index_points
{
	unit_cells	head;
	int64		word[FLEXIBLE_ARRAY_MEMBER];	/* one a cell, or two */
} index_points;

static inline decimal_int
points_cell(const index_points *points, int leaf)
{
	int64		narrow;

	if (unlikely(points->head.form == POINTS_WIDE))
		return ((const decimal_int *) points->word)[leaf];
	narrow = points->word[leaf];
	return narrow >= NARROW_LIMIT ? POINTS_LIMIT + (narrow - NARROW_LIMIT) :
		(decimal_int) narrow * NARROW_UNIT;
}

static inline bool
points_are_observed(decimal_int cell)
{
	return cell < POINTS_LIMIT;
}

/* 10^-scale in the units of a cell. */
static inline decimal_int
points_unit(int scale)
{
	decimal_int	unit = 1;

	while (scale++ < POINTS_SCALE)
		unit *= 10;
	return unit;
}

/* Exactly, with the decimals displayed; false where no cell can hold it. */
extern bool points_from_numeric(Datum numeric, decimal_int *points, int *scale);

/* With at least so many decimals, and all that are needed. */
extern Numeric points_to_numeric(decimal_int points, int scale);

#define DatumGetIndexPointsP(datum) ((index_points *) PG_DETOAST_DATUM(datum))

#endif							/* PARINDEX_INDEX_POINTS_H */
