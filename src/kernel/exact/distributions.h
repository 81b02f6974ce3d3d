/*
 * distributions.h
 *	  The distribution functions that standard errors, intervals and tests need.
 *
 * A layer over Boost.Math that C can call. Nothing here throws, allocates or
 * reports an error: a result is NaN where an argument is NaN, a parameter is
 * not positive or not finite, a value lies outside the distribution's range or
 * a probability outside [0, 1], and where Boost gave up iterating. The
 * quantiles of 0 and 1 are the ends of the range, be they infinite. Student's t
 * may have infinitely many degrees of freedom: it is the normal distribution
 * then.
 *
 * Unlike kernel/elementary, this uses the C library's exp, log and pow:
 * results agree with R's to some 1e-13, but two platforms may differ in the
 * last bits.
 *
 * A function ending in _upper is the probability of a larger value, without
 * the cancellation of 1 - cdf; one in _quantile_upper is the value that is
 * exceeded with probability q.
 */
#ifndef PARINDEX_DISTRIBUTIONS_H
#define PARINDEX_DISTRIBUTIONS_H

#ifdef __cplusplus
#define DISTRIBUTION extern "C" double
#define DISTRIBUTION_NOEXCEPT noexcept
#else
#define DISTRIBUTION extern double
#define DISTRIBUTION_NOEXCEPT
#endif

/* The standard normal distribution. */
DISTRIBUTION normal_cdf(double x) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION normal_upper(double x) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION normal_quantile(double p) DISTRIBUTION_NOEXCEPT;

/* Student's t with df > 0 degrees of freedom, not necessarily whole. */
DISTRIBUTION student_t_cdf(double x, double df) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION student_t_upper(double x, double df) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION student_t_quantile(double p, double df) DISTRIBUTION_NOEXCEPT;

/* Chi-squared, x >= 0, df > 0. */
DISTRIBUTION chi_squared_cdf(double x, double df) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION chi_squared_upper(double x, double df) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION chi_squared_quantile(double p, double df) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION chi_squared_quantile_upper(double q, double df) DISTRIBUTION_NOEXCEPT;

/* Fisher's F, x >= 0, with df1 and df2 > 0 of numerator and denominator. */
DISTRIBUTION f_cdf(double x, double df1, double df2) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION f_upper(double x, double df1, double df2) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION f_quantile(double p, double df1, double df2) DISTRIBUTION_NOEXCEPT;

/* Beta, 0 <= x <= 1, with shapes a and b > 0. */
DISTRIBUTION beta_cdf(double x, double a, double b) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION beta_upper(double x, double a, double b) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION beta_quantile(double p, double a, double b) DISTRIBUTION_NOEXCEPT;
DISTRIBUTION beta_quantile_upper(double q, double a, double b) DISTRIBUTION_NOEXCEPT;

#undef DISTRIBUTION
#undef DISTRIBUTION_NOEXCEPT

#endif
