/*
 * grade_bands.h
 *	  Grades by the lower bounds of their bands.
 */
#ifndef PARINDEX_GRADE_BANDS_H
#define PARINDEX_GRADE_BANDS_H

#include "utils/jsonb.h"
#include "utils/numeric.h"

typedef struct grade_band
{
	text	   *label;
	Numeric		bound;			/* lowest score of the band */
	double		bound_float8;	/* the double nearest to it */
} grade_band;

typedef struct grade_bands
{
	int			nbands;
	grade_band	band[FLEXIBLE_ARRAY_MEMBER];	/* the highest first */
} grade_bands;

extern grade_bands *read_grade_bands(const Jsonb *bands);
extern int	find_grade_band(const grade_bands *bands, const char *label,
							int length);
extern int	grade_band_float8(const grade_bands *bands, double score);
extern int	grade_band_numeric(const grade_bands *bands, Numeric score);

#endif							/* PARINDEX_GRADE_BANDS_H */
