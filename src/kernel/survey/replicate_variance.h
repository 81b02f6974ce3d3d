/*
 * replicate_variance.h
 *	  The variance of an estimate from those by replicate weights (Wolter,
 *	  Introduction to Variance Estimation, 2nd ed., 2007), as svrVar() of R's
 *	  survey has it.
 */
#ifndef PARINDEX_REPLICATE_VARIANCE_H
#define PARINDEX_REPLICATE_VARIANCE_H

/*
 * scale * sum of rscale * (replicate - centre)^2, where the centre is
 * `estimate` or, where that is NaN, the mean of the replicates whose rscale is
 * above 0. NaN replicates are left out; *used counts the others. NaN where
 * fewer than two are left.
 */
extern double replicate_variance(const double *replicate, const double *rscale, int replicates,
								 double scale, double estimate, int *used);

#endif							/* PARINDEX_REPLICATE_VARIANCE_H */
