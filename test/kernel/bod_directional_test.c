/*
 * bod_directional_test.c
 *	  Distances in a direction against every vertex of problems with two criteria,
 *	  and stopped at every step.
 *	  Usage: bod_directional_test [seed [cases]]
 */
#include "kernel/weights/bod_scores.h"

#include "kernel_test.h"

#define UNITS 25

typedef struct patience
{
	long		asked;
	long		end;			/* says stop from then on */
} patience;

static bool
stop(void *arg)
{
	patience   *patience = arg;

	return patience->asked++ >= patience->end;
}

/* (1 - worth of the unit) / worth of the direction; infinite where weights let a unit exceed 1. */
static double
distance_under(const double *a, const double *b, int units, const double *direction, int unit, double wa, double wb)
{
	if (!(wa >= 0 && wb >= 0))
		return INFINITY;
	for (int k = 0; k < units; k++)
		if (wa * a[k] + wb * b[k] > 1 + 1e-12)
			return INFINITY;
	return (1 - wa * a[unit] - wb * b[unit]) / (wa * direction[0] + wb * direction[1]);
}

static double
expected_distance(const double *a, const double *b, int units, const double *direction, int unit)
{
	double		most_a = 0;
	double		most_b = 0;
	double		least;

	for (int k = 0; k < units; k++)
	{
		most_a = fmax(most_a, a[k]);
		most_b = fmax(most_b, b[k]);
	}
	least = fmin(distance_under(a, b, units, direction, unit, 1 / most_a, 0),
				 distance_under(a, b, units, direction, unit, 0, 1 / most_b));
	for (int i = 0; i < units; i++)
		for (int k = 0; k < i; k++)
		{
			double		det = a[i] * b[k] - a[k] * b[i];

			if (det != 0)
				least = fmin(least, distance_under(a, b, units, direction, unit,
												   (b[k] - b[i]) / det, (a[i] - a[k]) / det));
		}
	return least;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "bod_directional_test", 300);
	long		stopped = 0;

	for (long c = 0; c < cases; c++)
	{
		int			units = 1 + random_below(UNITS);
		double		value[2 * UNITS];
		double	   *a = value;
		double	   *b = value + units;
		double		direction[2] = {random_unit(), random_unit()};
		double		own[2];
		double		score[UNITS];
		int			peer[UNITS];
		double		entry[UNITS + 6];
		int			place[UNITS + 6];
		patience	patience = {0, 0};
		bod_field	field = {
			.units = units, .criteria = 2, .value = value, .stop = stop, .stop_arg = &patience,
			.own = own, .score = score, .peer = peer, .entry = entry, .place = place
		};

		for (int k = 0; k < units; k++)
		{
			a[k] = random_below(10) == 0 ? 0 : random_unit();
			b[k] = random_below(10) == 0 ? 0 : random_unit();
		}
		a[random_below(units)] = b[random_below(units)] = 0.9999;
		for (int k = 0; k < units; k++)
		{
			double		unit[2] = {a[k], b[k]};
			double		weight[2];
			double		distance;
			double		expected = expected_distance(a, b, units, direction, k);
			bod_status	status;

			for (patience.end = 0;; patience.end++)
			{
				patience.asked = 0;
				status = bod_solve_directional(&field, unit, k, direction, weight, &distance);
				if (status != BOD_STOPPED)
					break;
				stopped++;
			}
			check(status == BOD_SOLVED, "solved");
			check(fabs(distance - expected) < 1e-8 * (1 + expected), "%.17g, expected %.17g", distance, expected);
			check(fabs(weight[0] * direction[0] + weight[1] * direction[1] - 1) < 1e-9, "worth of the direction");
		}
	}
	check(stopped > cases, "stopped %ld times", stopped);
	return end_test("bod_directional_test");
}
