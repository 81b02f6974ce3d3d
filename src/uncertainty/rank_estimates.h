/*
 * rank_estimates.h
 *	  Units with estimates and their errors, as rank_confidence() and its kin
 *	  are given them, and the confidence sets for their ranks.
 *
 * Units without an estimate or an error are left out and marked. The others are
 * sorted by the bytes of their codes, so that neither draws nor sums depend on
 * the order in which they came.
 */
#ifndef PARINDEX_RANK_ESTIMATES_H
#define PARINDEX_RANK_ESTIMATES_H

#include "base/compat.h"

#include "fmgr.h"
#include "kernel/ranks/rank_pairs.h"
#include "utils/array.h"

typedef struct rank_settings
{
	double		level;
	bool		simultaneous;
	rank_side	side;
	bool		stepdown;
	int			draws;			/* 0: as many as the size allows */
	int64		seed;
} rank_settings;

typedef enum rank_status
{
	RANK_OK,
	RANK_NO_ESTIMATE,
	RANK_NO_ERROR
} rank_status;

typedef struct rank_estimates
{
	int			given;
	text	  **unit;			/* these by place as given */
	double	   *estimate;		/* NaN: none */
	double	   *error;
	rank_status *status;
	int			n;				/* of status RANK_OK, in order: */
	int		   *place;			/* as given */
	double	   *x;
	double	   *se;
	double	   *covariance;		/* n * n; NULL: independent */
	bool		has_covariance; /* given, be it without any off the diagonal */
} rank_estimates;

/* What the reader of a row needs besides the kernel's set. */
typedef struct rank_result
{
	rank_set   *set;			/* by place as given; of those left out undefined */
	int			draws;			/* 0: none were needed */
} rank_result;

/* Error 22023 for too few or too many. */
extern int	check_rank_draws(int draws);

extern rank_side parse_rank_side(const text *side);
extern bool parse_rank_kind(const text *kind);

/* se or covariance may be NULL, not both. */
extern void read_rank_estimates(ArrayType *unit, ArrayType *estimate, ArrayType *se,
								ArrayType *covariance, rank_estimates *estimates);

/* Codes of units by the order of their bytes; error 22023 where one stands twice. */
extern void sort_rank_units(text *const *unit, int *place, int n);

/* An array's elements as texts, none NULL. */
extern text **rank_unit_codes(ArrayType *array, int *count);

extern void rank_sets_of(const rank_estimates *estimates, const rank_settings *settings,
						 rank_result *result);

extern const char *rank_status_name(rank_status status);

#endif							/* PARINDEX_RANK_ESTIMATES_H */
