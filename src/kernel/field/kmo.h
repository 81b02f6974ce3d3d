/*
 * kmo.h
 *	  Whether correlations of criteria are fit for principal components:
 *	  sampling adequacy and sphericity, from the correlation matrix and its
 *	  eigenvalues and eigenvectors (symmetric_eigen.h), all above 0.
 *
 * Kaiser and Rice, Little jiffy, mark IV, Educational and Psychological
 * Measurement 34 (1974); Bartlett, The effect of standardization on a chi^2
 * approximation in factor analysis, Biometrika 38 (1951).
 */
#ifndef PARINDEX_KMO_H
#define PARINDEX_KMO_H

/* The diagonal of the inverse matrix. */
extern void kmo_inverse_diagonal(const double *value, const double *vector, int n, double *diagonal);

/*
 * Of one criterion with each other, the sums of squares of the correlations,
 * and of the partial correlations given all others. `scratch` holds n.
 */
extern void kmo_squares(const double *correlation, const double *value, const double *vector, int n,
						const double *inverse_diagonal, int criterion, double *scratch,
						double *squares, double *partial_squares);

/* Bartlett's chi-square, of n criteria over `units` units; at least 0. */
extern double bartlett_chi_square(const double *value, int n, int units);

#endif							/* PARINDEX_KMO_H */
