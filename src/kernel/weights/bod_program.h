/*
 * bod_program.h
 *	  What the linear programs of bod_scores.h share: how lp_solve is asked, and
 *	  the units that enter a program, few at a time.
 */
#ifndef PARINDEX_BOD_PROGRAM_H
#define PARINDEX_BOD_PROGRAM_H

#include <lpsolve/lp_lib.h>

#include "kernel/weights/bod_scores.h"

typedef struct bod_asking
{
	const bod_field *field;
	bool		stopped;
} bod_asking;

/* Sets what every program has; `asking` must live as long as it is solved. */
extern void bod_set_up(lprec *lp, bod_asking *asking);

/* Solves a program that was set up so; the prices of its rows, the first that of the aim. */
extern bod_status bod_run(lprec *lp, const bod_asking *asking, double **price);

/* All units under the weights, in field->score; the greatest score. */
extern double bod_score_units(const bod_field *field, const double *weight);

/* field->peer: the best unit of each criterion; how many these are. */
extern int	bod_first_peers(const bod_field *field);

/* Adds a unit, if it is not there. */
extern int	bod_add_peer(const bod_field *field, int peers, int unit);

/* Adds those whose scores exceed 1 most, if any; how many peers there are then. */
extern int	bod_add_peers(const bod_field *field, int peers);

#endif							/* PARINDEX_BOD_PROGRAM_H */
