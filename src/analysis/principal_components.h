/*
 * principal_components.h
 *	  Principal components of the criteria of a score matrix, over the rows in
 *	  which all have values.
 *
 * Criteria that do not vary there have no correlations and are left out.
 */
#ifndef PARINDEX_PRINCIPAL_COMPONENTS_H
#define PARINDEX_PRINCIPAL_COMPONENTS_H

#include "matrix/score_matrix.h"

typedef struct principal_components
{
	int			rows;			/* that have all values */
	int			criteria;		/* that vary: n */
	int		   *column;			/* theirs in the matrix, n */
	double	   *matrix;			/* n * n correlations, or covariances */
	double	   *value;			/* n eigenvalues, largest first; 0 where nothing varies */
	double	   *vector;			/* n * n, one row a component: symmetric_eigen.h */
} principal_components;

extern void get_principal_components(const matrix_view *view, bool covariances,
									 principal_components *result);

/*
 * Of the first components, how each criterion goes with it, in their standard
 * deviations: vector times the root of value. palloc'd, components * n.
 */
extern double *component_loadings(const principal_components *pc, int components);

#endif							/* PARINDEX_PRINCIPAL_COMPONENTS_H */
