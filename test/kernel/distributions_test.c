/*
 * distributions_test.c
 *	  The distribution functions against those of R (pnorm, qt, pbeta and so
 *	  on; R 4.2.2), stored in test/data/distributions.csv, and their behaviour
 *	  where there is no answer. Usage: distributions_test
 *
 *	  Left out of the table: R's qt at 0.5 and in the far upper tail of half a
 *	  degree of freedom, and its qf below 0.001, which its pt and pf refute.
 */
#define _DEFAULT_SOURCE
#include "kernel/exact/distributions.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUES "../data/distributions.csv"
#define TOLERANCE 1e-12
#define lengthof(array) (sizeof(array) / sizeof((array)[0]))

typedef double (*distribution0) (double);
typedef double (*distribution1) (double, double);
typedef double (*distribution2) (double, double, double);

/* Each with the function of its number of parameters. */
static const struct
{
	const char *name;
	distribution0 f0;
	distribution1 f1;
	distribution2 f2;
}			distributions[] = {
	{"normal_cdf", normal_cdf, NULL, NULL},
	{"normal_upper", normal_upper, NULL, NULL},
	{"normal_quantile", normal_quantile, NULL, NULL},
	{"student_t_cdf", NULL, student_t_cdf, NULL},
	{"student_t_upper", NULL, student_t_upper, NULL},
	{"student_t_quantile", NULL, student_t_quantile, NULL},
	{"chi_squared_cdf", NULL, chi_squared_cdf, NULL},
	{"chi_squared_upper", NULL, chi_squared_upper, NULL},
	{"chi_squared_quantile", NULL, chi_squared_quantile, NULL},
	{"chi_squared_quantile_upper", NULL, chi_squared_quantile_upper, NULL},
	{"f_cdf", NULL, NULL, f_cdf},
	{"f_upper", NULL, NULL, f_upper},
	{"f_quantile", NULL, NULL, f_quantile},
	{"beta_cdf", NULL, NULL, beta_cdf},
	{"beta_upper", NULL, NULL, beta_upper},
	{"beta_quantile", NULL, NULL, beta_quantile},
	{"beta_quantile_upper", NULL, NULL, beta_quantile_upper},
};

#define DISTRIBUTIONS lengthof(distributions)

static double
call(size_t i, double x, double a, double b)
{
	if (distributions[i].f0)
		return distributions[i].f0(x);
	if (distributions[i].f1)
		return distributions[i].f1(x, a);
	return distributions[i].f2(x, a, b);
}

static size_t
find(const char *name)
{
	for (size_t i = 0; i < DISTRIBUTIONS; i++)
		if (strcmp(distributions[i].name, name) == 0)
			return i;
	printf("no function %s\n", name);
	exit(1);
}

static void
fail(const char *name, double x, double a, double b, double got, double expected)
{
	printf("%s(%.17g, %.17g, %.17g) is %.17g, expected %.17g\n",
		   name, x, a, b, got, expected);
	exit(1);
}

static double
number(char **rest)
{
	char	   *field = strsep(rest, ",\n");

	return *field ? strtod(field, NULL) : NAN;
}

static void
check_values(void)
{
	FILE	   *file = fopen(VALUES, "r");
	char		line[200];
	int			checked[DISTRIBUTIONS] = {0};
	double		worst = 0;

	if (!file || !fgets(line, sizeof line, file))
	{
		printf("cannot read %s\n", VALUES);
		exit(1);
	}
	while (fgets(line, sizeof line, file))
	{
		char	   *rest = line;
		size_t		i = find(strsep(&rest, ","));
		double		x = number(&rest);
		double		a = number(&rest);
		double		b = number(&rest);
		double		expected = number(&rest);
		double		got = call(i, x, a, b);
		double		error = got == expected ? 0 : fabs(got / expected - 1);

		/* R's smallest values have lost digits. */
		if (fabs(expected) < 1e-290 && fabs(got) < 1e-290)
			continue;
		if (!(error <= TOLERANCE))
			fail(distributions[i].name, x, a, b, got, expected);
		worst = fmax(worst, error);
		checked[i]++;
	}
	fclose(file);
	for (size_t i = 0; i < DISTRIBUTIONS; i++)
	{
		if (checked[i] < 8)
		{
			printf("%s was checked %d times\n", distributions[i].name, checked[i]);
			exit(1);
		}
	}
	printf("agree with R within %.1e\n", worst);
}

/* NaN where there is no answer; always an answer, whatever the arguments. */
static void
check_edges(void)
{
	static const double hostile[] = {
		-INFINITY, -DBL_MAX, -1, -DBL_MIN, -0.0, 0, 4.9e-324, DBL_MIN, DBL_EPSILON, 0.5,
		1 - DBL_EPSILON / 2, 1, 1 + DBL_EPSILON, 2, 1e5, 1e15, DBL_MAX, INFINITY, NAN
	};

	for (size_t i = 0; i < DISTRIBUTIONS; i++)
	{
		bool		is_quantile = strstr(distributions[i].name, "_quantile") != NULL;

		for (size_t x = 0; x < lengthof(hostile); x++)
			for (size_t a = 0; a < lengthof(hostile); a++)
				for (size_t b = 0; b < lengthof(hostile); b++)
				{
					bool		wrong = isnan(hostile[x]) ||
						(!distributions[i].f0 && !(hostile[a] > 0)) ||
						(distributions[i].f2 && !(hostile[b] > 0)) ||
						(is_quantile && !(hostile[x] >= 0 && hostile[x] <= 1));
					double		got = call(i, hostile[x], hostile[a], hostile[b]);

					if (wrong ? !isnan(got) :
						!is_quantile && !isnan(got) && !(got >= 0 && got <= 1))
						fail(distributions[i].name, hostile[x], hostile[a], hostile[b], got, NAN);
				}
	}
	if (normal_quantile(0) != -INFINITY || student_t_quantile(1, 7) != INFINITY ||
		chi_squared_quantile(0, 7) != 0 || beta_quantile(0, 2, 3) != 0 ||
		beta_quantile(1, 2, 3) != 1)
	{
		printf("a quantile of 0 or 1 is not the end of the range\n");
		exit(1);
	}
}

int
main(void)
{
	check_values();
	check_edges();
	return 0;
}
