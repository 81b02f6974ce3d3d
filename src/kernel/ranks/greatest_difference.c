/*
 * greatest_difference.c
 *	  Quadrature and root of greatest_difference.h.
 */
#include "kernel/ranks/greatest_difference.h"

#include <math.h>

/* Beyond, 1e-12 of each side are left out. */
#define Z_END 7.0

/* A tail from here on, 6e-16, is none. */
#define FAR 8

/* A density of e^this is none. */
#define LOG_NOTHING -40

/*
 * The first step of the rule of trapezoids, in units of the least error over the
 * unit's. It is halved until that changes the sum by less than SURE, or, since
 * each halving squares the rule's error, until one changed it by less than its
 * root.
 */
#define FIRST_STEP 0.5
#define LAST_STEP 0x1p-10
#define SURE 1e-9
#define NEARLY_SURE 3e-6
#define MAX_SLOPE 8

#define INVERSE_ROOT_2PI 0.39894228040143267794

/* Whose square is finite. */
#define MOST_SLOPE 1e150

/* Panels shrink to a size below which what they hold is lost in rounding. */
#define LEAST_PANEL 0x1p-40

/* Relative, of squares of critical values: the next is as good as its square, or better. */
#define CLOSE 1e-6

/* Gauss and Legendre's nodes above 0, and their weights. */
#define MOST_NODES 8

typedef struct legendre
{
	int			half;
	double		node[MOST_NODES];
	double		weight[MOST_NODES];
} legendre;

static const legendre legendre_16 = {8,
	{0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863, 0.6178762444026437484,
	0.7554044083550030339, 0.8656312023878317439, 0.9445750230732325761, 0.9894009349916499326},
	{0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382, 0.1495959888165767321,
	0.1246289712555338721, 0.0951585116824927848, 0.0622535239386478929, 0.0271524594117540949}
};
static const legendre legendre_10 = {5,
	{0.1488743389816312109, 0.4333953941292471908, 0.6794095682990244062, 0.8650633666889845107,
	0.9739065285171717201},
	{0.2955242247147528702, 0.2692667193099963551, 0.2190863625159820440, 0.1494513491505805931,
	0.0666713443086881376}
};

void
greatest_difference_start(greatest_difference *greatest, double error)
{
	const error_points *points = greatest->points;

	greatest->error = error;
	greatest->exact_above = greatest->exact_below = false;
	for (int i = 0; i < points->count; i++)
	{
		double		other = points->error[i];

		greatest->above[i] = greatest->below[i] = greatest->both[i] = 0;
		greatest->slope[i] = fmin(error / other, MOST_SLOPE);
		greatest->width[i] = sqrt(1 + greatest->slope[i] * greatest->slope[i]);
	}
}

/* Weights sink to what rounding leaves of them. */
static inline bool
weighs(double weight)
{
	return fabs(weight) > 1e-9;
}

/* ln of the probabilities at a point; high and low are what Z_k may be on either side of 0. */
static double
log_at(const greatest_difference *greatest, int point, double high, double low)
{
	const normal_table *normal = greatest->normal;
	double		log = 0;

	if (weighs(greatest->above[point]))
		log += greatest->above[point] * normal_log_below(normal, high);
	if (weighs(greatest->below[point]))
		log += greatest->below[point] * normal_log_below(normal, low);
	if (weighs(greatest->both[point]))
		log += greatest->both[point] * normal_log_between(normal, -low, high);
	return log;
}

/* normal_log_below() where it is asked for most. */
static inline double
log_below(const normal_table *normal, double t)
{
	double		above = t > 2 ? normal_tail(normal, t) : 1;

	return above < 1e-3 ? -normal_small_loss(above) : normal_log_below(normal, t);
}

/* phi(z) times the product of the probabilities, without 1 / root of 2 pi. */
static double
density_at(const greatest_difference *greatest, double z, double c)
{
	const normal_table *normal = greatest->normal;
	int			count = greatest->points->count;
	bool		two_sided = greatest->two_sided;
	double		log = -z * z / 2;

	for (int i = 0; i < count; i++)
	{
		double		middle = greatest->slope[i] * z;
		double		reach = greatest->width[i] * c;
		double		high = reach + middle;
		double		low = two_sided ? reach - middle : FAR;
		double		over;
		double		under;

		/* Whole panels are done: their sums are never above 0 but by rounding. */
		if (greatest->points->begins[i] && log < LOG_NOTHING)
			return 0;
		if (low >= FAR)
		{
			log += (greatest->above[i] + greatest->both[i]) * log_below(normal, high);
			continue;
		}
		if (high >= FAR)
		{
			log += (greatest->below[i] + greatest->both[i]) * log_below(normal, low);
			continue;
		}
		if (!(high > 2 && low > 2))
		{
			log += log_at(greatest, i, high, low);
			continue;
		}
		over = normal_tail(normal, high);
		under = normal_tail(normal, low);
		if (!(over + under < 1e-3))
			log += log_at(greatest, i, high, low);
		else
			log -= greatest->above[i] * normal_small_loss(over) +
				greatest->below[i] * normal_small_loss(under) +
				greatest->both[i] * normal_small_loss(over + under);
	}
	return normal_exp(log < 0 ? log : 0);
}

static double
steepest(const greatest_difference *greatest)
{
	double		slope = 0;

	for (int i = 0; i < greatest->points->count; i++)
		if (greatest->slope[i] > slope)
			slope = greatest->slope[i];
	return slope;
}

/* What can be spared: one side alone, or one half of an even density. */
static void
note_directions(greatest_difference *greatest)
{
	bool		two_sided = greatest->exact_below;
	bool		even = greatest->exact_above == greatest->exact_below;

	for (int i = 0; i < greatest->points->count; i++)
	{
		two_sided |= weighs(greatest->below[i]) || weighs(greatest->both[i]);
		even &= !weighs(greatest->above[i]) && !weighs(greatest->below[i]);
	}
	greatest->two_sided = two_sided;
	greatest->even = even;
}

/* The densities at first, first + h ... on both sides of 0. */
static double
sum_of_densities(const greatest_difference *greatest, double c, double first, double h)
{
	double		sum = 0;

	for (int i = 0; first + i * h < Z_END; i++)
	{
		double		z = first + i * h;

		sum += greatest->even ? 2 * density_at(greatest, z, c) :
			density_at(greatest, z, c) + density_at(greatest, -z, c);
	}
	return sum;
}

static double
trapezoids(const greatest_difference *greatest, double c)
{
	double		h = greatest->step;

	return h * (density_at(greatest, 0, c) + sum_of_densities(greatest, c, h, h));
}

static double
panel_integral(const greatest_difference *greatest, double c, double from, double to,
			   const legendre *rule)
{
	double		middle = (from + to) / 2;
	double		half = fabs(to - from) / 2;
	double		sum = 0;

	if (!(half > 0))
		return 0;
	for (int i = 0; i < rule->half; i++)
		sum += rule->weight[i] * (density_at(greatest, middle - half * rule->node[i], c) +
								  density_at(greatest, middle + half * rule->node[i], c));
	return sum * half;
}

/* From 0 to the end on one side, sign -1 or 1; `stops` where the density ends at c. */
static double
graded_panels(const greatest_difference *greatest, double c, double slope, int sign, bool stops)
{
	double		least = 1 / slope > LEAST_PANEL ? 1 / slope : LEAST_PANEL;
	double		edge = c < Z_END ? c : Z_END;
	double		d = edge;
	double		sum = 0;

	for (; d > least; d /= 2)
		sum += panel_integral(greatest, c, sign * (edge - d), sign * (edge - d / 2),
							  d == edge ? &legendre_16 : &legendre_10);
	sum += panel_integral(greatest, c, sign * (edge - d), sign * edge, &legendre_16);
	if (stops)
		return sum;
	d = least < 1 ? least : 1;
	for (double z = edge; z < Z_END; z += d, d *= 2)
		sum += panel_integral(greatest, c, sign * z, sign * (z + d < Z_END ? z + d : Z_END), &legendre_10);
	return sum;
}

/* With the step chosen, or by panels where there is none. */
static double
cdf_at(const greatest_difference *greatest, double c)
{
	double		integral;

	if (greatest->step > 0)
		integral = trapezoids(greatest, c);
	else
	{
		double		slope = steepest(greatest);

		/* z >= -c where an exact unit may be above: its difference is -z. */
		if (!(slope > 1))
			slope = 1;
		integral = graded_panels(greatest, c, slope, 1, greatest->exact_below);
		integral += greatest->even ? integral : graded_panels(greatest, c, slope, -1, greatest->exact_above);
	}
	integral *= INVERSE_ROOT_2PI;
	return integral < 1 ? integral : 1;
}

/* Finds the step that will do, at a c not far from those to come; returns what cdf_at() would. */
static double
choose_step(greatest_difference *greatest, double c)
{
	double		slope = steepest(greatest);
	double		h = slope > 1 ? FIRST_STEP / slope : FIRST_STEP;
	double		sum;

	note_directions(greatest);
	greatest->step = 0;
	if (slope > MAX_SLOPE || greatest->exact_above || greatest->exact_below)
		return cdf_at(greatest, c);
	greatest->step = h;
	sum = trapezoids(greatest, c);
	for (; h > LAST_STEP; h /= 2)
	{
		double		finer = sum / 2 + h / 2 * sum_of_densities(greatest, c, h / 2, h);
		double		change = fabs(finer - sum);

		greatest->step = change < SURE ? h : h / 2;
		sum = finer;
		if (change < NEARLY_SURE)
			break;
	}
	sum *= INVERSE_ROOT_2PI;
	return sum < 1 ? sum : 1;
}

double
greatest_difference_cdf(greatest_difference *greatest, double c)
{
	return choose_step(greatest, c);
}

/* Falls nearly straight in c. */
static double
log_log(double probability)
{
	double		log;

	if (probability <= 0)
		return 1000;
	log = -normal_log(probability < 0x1p-1000 ? 0x1p-1000 : probability);
	return log < 1e-17 ? -40 : normal_log(log);
}

/* log_log() of the distribution less its target, at the root of a square. */
static double
error_at(const greatest_difference *greatest, double square, double target)
{
	return log_log(cdf_at(greatest, sqrt(square))) - target;
}

double
greatest_difference_quantile(greatest_difference *greatest, double probability, double start)
{
	double		target = log_log(probability);
	double		low = 0;		/* too small, unless 0 will do */
	double		high = 1600;
	double		before = start > 0.1 ? start * start : 0.01;
	double		error_before;
	double		square;			/* of c: the curve is straighter in it */

	error_before = log_log(choose_step(greatest, sqrt(before))) - target;
	if (error_before > 0)
		low = before;
	else
		high = before;
	square = before + error_before * 2 / (1 + 1 / before);
	for (int i = 0; i < 100; i++)
	{
		double		error;
		double		next;

		if (!(square > low && square < high))
			square = (low + high) / 2;
		error = error_at(greatest, square, target);
		if (error > 0)
			low = square;
		else
			high = square;
		if (error == 0 || high - low < 1e-13 * high || high < 1e-24)
			break;
		next = square - error * (square - before) / (error - error_before);
		/* The error of the next is of the order of the product of the last two. */
		if (fabs(next - square) < CLOSE * square)
			return sqrt(next);
		before = square;
		error_before = error;
		square = next;
	}
	return high < 1e-24 ? 0 : sqrt(square);
}

double
independent_differences_quantile(double probability, double count)
{
	double		each = -normal_log(probability) / count;

	return normal_upper_quantile(each < 1e-6 ? each : 1 - normal_exp(-each));
}
