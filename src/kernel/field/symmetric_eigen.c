/*
 * symmetric_eigen.c
 *	  Cyclic Jacobi: symmetric_eigen.h.
 */
#include "kernel/field/symmetric_eigen.h"

#include <math.h>
#include <stddef.h>

/*
 * Of the largest element: what the last bit of that is. Below it, where
 * eigenvalues are equal, the diagonal could not tell one angle from another.
 */
#define NEGLIGIBLE 0x1p-53

/* Elements that differ by rounding only. */
#define EQUAL_SIZE (1 - 1e-9)

void
rotate_rows(double *restrict x, double *restrict y, int n, double c, double s)
{
	for (int i = 0; i < n; i++)
	{
		double		old = x[i];

		x[i] = c * old - s * y[i];
		y[i] = s * old + c * y[i];
	}
}

void
eigen_start(symmetric_eigen *eigen, double *matrix, int n, double *vector)
{
	size_t		cells = (size_t) n * (size_t) n;
	double		largest = 0;

	for (size_t i = 0; i < cells; i++)
	{
		largest = fmax(largest, fabs(matrix[i]));
		vector[i] = 0;
	}
	for (int i = 0; i < n; i++)
		vector[(size_t) i * n + i] = 1;
	*eigen = (symmetric_eigen) {
		.n = n,
		.matrix = matrix,
		.vector = vector,
		.negligible = largest * NEGLIGIBLE
	};
}

/* Makes the element [p][q] 0 by the smaller of the two angles that do. */
static void
annihilate(symmetric_eigen *eigen, int p, int q)
{
	size_t		n = (size_t) eigen->n;
	double	   *a = eigen->matrix;
	double		app = a[p * n + p];
	double		aqq = a[q * n + q];
	double		apq = a[p * n + q];
	double		cotangent = (aqq / 2 - app / 2) / apq;	/* of twice the angle */
	double		t = copysign(1, cotangent) / (fabs(cotangent) + sqrt(cotangent * cotangent + 1));
	double		c = 1 / sqrt(t * t + 1);
	double		s = t * c;

	rotate_rows(a + p * n, a + q * n, eigen->n, c, s);
	rotate_rows(eigen->vector + p * n, eigen->vector + q * n, eigen->n, c, s);
	for (size_t k = 0; k < n; k++)
	{
		a[k * n + p] = a[p * n + k];
		a[k * n + q] = a[q * n + k];
	}
	a[p * n + p] = app - t * apq;
	a[q * n + q] = aqq + t * apq;
	a[p * n + q] = a[q * n + p] = 0;
}

bool
eigen_step(symmetric_eigen *eigen)
{
	int			p = eigen->row;

	if (p >= eigen->n)
	{
		if (!eigen->rotated)
			return false;
		eigen->rotated = false;
		p = 0;
	}
	for (int q = p + 1; q < eigen->n; q++)
	{
		if (fabs(eigen->matrix[(size_t) p * eigen->n + q]) > eigen->negligible)
		{
			annihilate(eigen, p, q);
			eigen->rotated = true;
		}
	}
	eigen->row = p + 1;
	return true;
}

void
sort_rows(double *value, double *row, int rows, int n)
{
	for (int i = 0; i < rows; i++)
	{
		int			largest = i;
		double		moved = value[i];

		for (int j = i + 1; j < rows; j++)
			if (value[j] > value[largest])
				largest = j;
		value[i] = value[largest];
		value[largest] = moved;
		for (int k = 0; k < n && largest != i; k++)
		{
			moved = row[(size_t) i * n + k];
			row[(size_t) i * n + k] = row[(size_t) largest * n + k];
			row[(size_t) largest * n + k] = moved;
		}
	}
}

void
orient_row(double *row, int n)
{
	double		largest = 0;
	int			first = 0;
	double		sign;

	for (int i = 0; i < n; i++)
		largest = fmax(largest, fabs(row[i]));
	while (fabs(row[first]) < largest * EQUAL_SIZE)
		first++;
	sign = row[first] < 0 ? -1 : 1;
	/* Adding zero turns -0 into 0. */
	for (int i = 0; i < n; i++)
		row[i] = sign * row[i] + 0.0;
}

void
eigen_finish(symmetric_eigen *eigen, double *value)
{
	int			n = eigen->n;

	for (int i = 0; i < n; i++)
		value[i] = eigen->matrix[(size_t) i * n + i];
	sort_rows(value, eigen->vector, n, n);
	for (int i = 0; i < n; i++)
		orient_row(eigen->vector + (size_t) i * n, n);
}
