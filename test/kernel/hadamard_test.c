/*
 * hadamard_test.c
 *	  Every order up to 700: entries are 1 and -1, rows are orthogonal, the
 *	  first is all ones, and few orders are passed over.
 */
#include "kernel/survey/hadamard.h"

#include "kernel_test.h"

#define LARGEST 700

int
main(void)
{
	static hadamard matrix;
	static signed char entry[2 * LARGEST][2 * LARGEST];
	int			orders = 0;

	for (int least = 1; least <= LARGEST; least = matrix.order + 1)
	{
		hadamard_make(&matrix, least);
		orders++;
		check(matrix.order >= least && matrix.order < least + 24, "order %d: too large", matrix.order);
		for (int i = 0; i < matrix.order; i++)
			for (int j = 0; j < matrix.order; j++)
			{
				int			e = hadamard_entry(&matrix, i, j);

				check(e == 1 || e == -1, "order %d: an entry is neither 1 nor -1", matrix.order);
				check(i > 0 || e == 1, "order %d: the first row is not all ones", matrix.order);
				entry[i][j] = (signed char) e;
			}
		for (int i = 0; i < matrix.order; i++)
			for (int k = 0; k < i; k++)
			{
				int			product = 0;

				for (int j = 0; j < matrix.order; j++)
					product += entry[i][j] * entry[k][j];
				check(product == 0, "order %d: two rows are not orthogonal", matrix.order);
			}
	}
	/* Of 1, 2 and the 175 multiples of four. */
	check(orders >= 130, "many orders are passed over: there are %d", orders);
	return end_test("hadamard");
}
