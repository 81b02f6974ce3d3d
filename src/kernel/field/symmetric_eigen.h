/*
 * symmetric_eigen.h
 *	  Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's method.
 *
 * Rotations of two rows and columns each make one element off the diagonal
 * 0, row by row, until all of them are negligible: Golub and Van Loan, Matrix
 * Computations, 4th ed. (2013), 8.5. Only + - * / and square roots, in a fixed
 * order: a matrix has the same bits of an answer on every machine.
 *
 * A step takes time in n^2, and 5 to 12 times n steps are needed.
 */
#ifndef PARINDEX_SYMMETRIC_EIGEN_H
#define PARINDEX_SYMMETRIC_EIGEN_H

#include <stdbool.h>

typedef struct symmetric_eigen
{
	int			n;
	double	   *matrix;			/* caller's n * n, finite; overwritten */
	double	   *vector;			/* caller's n * n: vector[i * n ..] belongs to matrix[i][i] */
	double		negligible;		/* size off the diagonal */
	int			row;			/* the next step's */
	bool		rotated;		/* since the first row */
} symmetric_eigen;

extern void eigen_start(symmetric_eigen *eigen, double *matrix, int n, double *vector);

/* Makes one row orthogonal to those after it; false when all are. */
extern bool eigen_step(symmetric_eigen *eigen);

/*
 * After the last step: the eigenvalues, largest first, and in eigen->vector
 * as many rows of length 1, each with the sign of orient_row().
 */
extern void eigen_finish(symmetric_eigen *eigen, double *value);

/* Puts `rows` rows of n in descending order of their values, which move along. */
extern void sort_rows(double *value, double *row, int rows, int n);

/*
 * A vector is an eigenvector as well with all signs turned. This turns them so
 * that the element largest in size is positive, the first of those which are
 * so up to rounding. n > 0.
 */
extern void orient_row(double *row, int n);

/* x' = c x - s y, y' = s x + c y, of n elements. */
extern void rotate_rows(double *x, double *y, int n, double c, double s);

#endif							/* PARINDEX_SYMMETRIC_EIGEN_H */
