/*
 * row_program.h
 *	  A fitted pipeline and its framework made ready to score unit by unit.
 *
 * Scores are those of fitted_apply() and tree_combine(), in every bit. Where
 * neither steps nor nodes are out of the ordinary, the index is made without
 * the detours that other things need: a quotient of pairs of doubles is taken
 * where it is known to be the exact one.
 */
#ifndef PARINDEX_ROW_PROGRAM_H
#define PARINDEX_ROW_PROGRAM_H

#include "kernel/exact/quick_mean.h"
#include "kernel/field/linear_scales.h"
#include "pipeline/fitted.h"

/* What happens to a value of one criterion, where that does not depend on its part. */
typedef struct row_chain
{
	int			count;
	const cell_step **cell;
	const cell_scale *linear;	/* all there is to do, or NULL */
} row_chain;

typedef struct row_program
{
	const fitted *f;
	const framework *fw;
	int		   *criterion;		/* by node: of a leaf, or -1 */
	bool		chained;		/* steps are chains */
	row_chain  *chain;			/* by criterion */
	bool		plain;			/* nodes are weighted means that renormalise */
	/* Of a plain tree, children of a node in neighbouring slots, filled up: */
	int			slots;
	int		   *slot;			/* by node: of its own score */
	int		   *first_slot;		/* by node: of its children, a multiple of LANES ... */
	quick_weights *weights;		/* ... and their weights */
	lanes	   *score;			/* NaN where there is none */
	bool		linear;			/* all leaves are of one linear scale: */
	linear_scales *scales;
	int		   *leaf_slot;		/* by leaf: its slot ... */
	int		   *leaf_criterion; /* ... and criterion */
	double	   *x;				/* by criterion: values, for the caller to fill ... */
	uint8	   *status;			/* ... with their cell_status */
	tree_result *result;		/* by node */
} row_program;

/* In the current context; error 22023 for another framework. */
extern row_program *row_program_new(const fitted *f, const framework *fw);

/* The index; NaN where there is none. The row's x and status are the program's. */
extern double row_program_index(row_program *program, const fitted_row *row);

/* Every node, in program->result; false where a step leaves the unit out. */
extern bool row_program_nodes(row_program *program, const fitted_row *row);

#endif							/* PARINDEX_ROW_PROGRAM_H */
