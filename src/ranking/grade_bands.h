/*
 * grade_bands.h
 *	  Grades by the lower bounds of their bands.
 */
#ifndef PARINDEX_GRADE_BANDS_H
#define PARINDEX_GRADE_BANDS_H

#include "utils/jsonb.h"
#include "utils/numeric.h"

typedef struct GradeBand
{
	text	   *label;
	Numeric		bound;			/* lowest score of the band */
	double		bound_float8;	/* the double nearest to it */
} GradeBand;

typedef struct GradeBands
{
	int			nbands;
	GradeBand	band[FLEXIBLE_ARRAY_MEMBER];	/* the highest first */
} GradeBands;

extern GradeBands *read_grade_bands(const Jsonb *bands);
extern int	find_grade_band(const GradeBands *bands, const char *label,
							int length);
extern int	grade_band_float8(const GradeBands *bands, double score);
extern int	grade_band_numeric(const GradeBands *bands, Numeric score);

#endif							/* PARINDEX_GRADE_BANDS_H */
