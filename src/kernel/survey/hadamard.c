/*
 * hadamard.c
 *	  The constructions of hadamard.h.
 */
#include "kernel/survey/hadamard.h"

static bool
is_prime(int n)
{
	for (int d = 2; d * d <= n; d++)
		if (n % d == 0)
			return false;
	return n > 1;
}

/* The prime from which Paley makes a matrix of that order, or 0. */
static int
paley_prime(int order)
{
	if (is_prime(order - 1) && (order - 1) % 4 == 3)
		return order - 1;
	if (order % 4 == 0 && is_prime(order / 2 - 1) && (order / 2 - 1) % 4 == 1)
		return order / 2 - 1;
	return 0;
}

/* Halves the order until a base is found. */
static bool
find_base(hadamard *matrix, int order)
{
	int			base = order;

	matrix->order = order;
	for (;; base /= 2)
	{
		matrix->base = base;
		matrix->q = paley_prime(base);
		if (base == 1 || matrix->q > 0)
			return true;
		if (base % 2 != 0)
			return false;
	}
}

void
hadamard_make(hadamard *matrix, int least)
{
	for (int order = least; !find_base(matrix, order); order++)
		;
	memset(matrix->residue, 0, sizeof(matrix->residue));
	for (int64_t i = 1; i < matrix->q; i++)
		matrix->residue[i * i % matrix->q] = true;
}

/* The Legendre symbol of a - b. */
static int
legendre(const hadamard *matrix, int a, int b)
{
	if (a == b)
		return 0;
	return matrix->residue[(a - b + matrix->q) % matrix->q] ? 1 : -1;
}

/* The first row and column border the Legendre symbols: 0 on the diagonal. */
static int
bordered(const hadamard *matrix, int row, int column, int first_column)
{
	if (row == 0 || column == 0)
		return row == column ? 0 : column == 0 ? first_column : 1;
	return legendre(matrix, row - 1, column - 1);
}

static int
base_entry(const hadamard *matrix, int row, int column)
{
	int			entry;

	if (matrix->base == 1)
		return 1;
	if (matrix->base == matrix->q + 1)
		return row == column ? 1 : bordered(matrix, row, column, -1);
	/* Each entry c becomes c * (1 1, 1 -1), and 0 becomes (1 -1, -1 -1). */
	entry = bordered(matrix, row / 2, column / 2, 1);
	if (entry == 0)
		return row % 2 == 0 && column % 2 == 0 ? 1 : -1;
	return row % 2 == 1 && column % 2 == 1 ? -entry : entry;
}

/* (-1)^(number of bits that both have) */
static int
sylvester_entry(unsigned row, unsigned column)
{
	return __builtin_popcount(row & column) % 2 == 0 ? 1 : -1;
}

static int
raw_entry(const hadamard *matrix, int row, int column)
{
	return base_entry(matrix, row % matrix->base, column % matrix->base) *
		sylvester_entry(row / matrix->base, column / matrix->base);
}

int
hadamard_entry(const hadamard *matrix, int row, int column)
{
	return raw_entry(matrix, row, column) * raw_entry(matrix, 0, column);
}
