/*
 * hadamard.h
 *	  Hadamard matrices: entries 1 and -1, rows orthogonal.
 *
 * An order is built from a base by doubling (Sylvester 1867): 1, or one of
 * Paley's (On orthogonal matrices, Journal of Mathematics and Physics 12,
 * 1933): q + 1 for a prime q = 3 mod 4, 2 (q + 1) for a prime q = 1 mod 4.
 * That leaves about a quarter of the multiples of four out. Columns are signed so that row 0 is
 * all ones: every other row has as many 1 as -1.
 */
#ifndef PARINDEX_HADAMARD_H
#define PARINDEX_HADAMARD_H

#include "kernel/exact/int128.h"

#define HADAMARD_MAX_ORDER 16384

typedef struct hadamard
{
	int			order;
	int			base;			/* order of the base: 1, q + 1 or 2 (q + 1) */
	int			q;				/* 0 for base 1 */
	bool		residue[HADAMARD_MAX_ORDER];	/* whether a number below q is a square modulo q */
} hadamard;

/* Makes the smallest order from `least` on, at most HADAMARD_MAX_ORDER. */
extern void hadamard_make(hadamard *matrix, int least);

extern int	hadamard_entry(const hadamard *matrix, int row, int column);

#endif							/* PARINDEX_HADAMARD_H */
