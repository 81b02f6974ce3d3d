/*
 * count_sets.h
 *	  Confidence sets for ranks of categories by how often each was met: exact,
 *	  for any size of the sample.
 *
 * Of the a + b cases in two categories, as many as a would be in the first with
 * the probability of Binomial(a + b, 1/2) if both were as likely: an exact test
 * that the first is not the likelier. Tests in all pairs and the directions that
 * the side asks for are held together by Bonferroni's bound, or Holm's, who
 * steps down (Scandinavian Journal of Statistics 6, 1979); a set of all units at
 * once has all n (n - 1) directions for each side (Mogstad and others, 2024, as
 * in rank_pairs.h; Bazylik, Mogstad, Romano, Shaikh and Wilhelm, Finite- and
 * large-sample inference for ranks using multinomial data, 2021).
 *
 * A p-value falls with the greater count and grows with the smaller one, so
 * that what is found of a category are those beyond two places in the order
 * of counts.
 */
#ifndef PARINDEX_COUNT_SETS_H
#define PARINDEX_COUNT_SETS_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/ranks/rank_pairs.h"

typedef struct count_sets
{
	int			n;
	const double *count;		/* ascending; whole numbers from 0 on */
	rank_side	side;
	bool		stepdown;		/* Holm, else Bonferroni */
	double		level;
} count_sets;

/* The probability of at least `above` of above + below by fair coins. */
extern double count_p_value(double above, double below);

/*
 * The set of one category by itself, by its place in ascending order;
 * critical_first and critical_last are limits of p-values.
 */
extern void marginal_count_set(const count_sets *sets, int category, rank_set *set);

/* All categories' sets at once. False: stopped. */
extern bool simultaneous_count_sets(const count_sets *sets, rank_set *set,
									bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_COUNT_SETS_H */
