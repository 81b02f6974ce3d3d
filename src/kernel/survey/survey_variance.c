/*
 * survey_variance.c
 *	  Sums of squares about the mean by stratum and PSU, see survey_variance.h.
 */
#include "kernel/survey/survey_variance.h"

#include <math.h>
#include <string.h>

/* A part not drawn below this counts as none, as in R's survey. */
#define CENSUS 1e-7

/* 1 - n/N */
static double
part_not_drawn(int64_t sampled, int64_t population)
{
	return population == 0 ? 1.0 : (double) (population - sampled) / (double) population;
}

/* What asks whether to stop. */
typedef struct stop_question
{
	bool		(*stop) (void *);
	void	   *arg;
} stop_question;

typedef enum squares_result
{
	SQUARES_ADDED,
	SQUARES_NOT_KNOWN,			/* n is 1 of several, and the rule gives no value */
	SQUARES_STOPPED
} squares_result;

/*
 * Add factor * (1 - n/N) * n/(n - 1) * sum of squares of x[count][p], and of
 * n - count zeros, about their mean, to the upper triangle of v.
 */
static squares_result
add_squares(const double *x, int count, int p, int64_t sampled, int64_t population,
			lonely_rule lonely, double factor, double *v, double *mean,
			const stop_question *question)
{
	double		n = (double) sampled;
	double		f = part_not_drawn(sampled, population);

	if (f < CENSUS)
		return SQUARES_ADDED;
	memset(mean, 0, sizeof(double) * (size_t) p);
	if (sampled == 1)
	{
		if (lonely == LONELY_FAIL || lonely == LONELY_AVERAGE)
			return SQUARES_NOT_KNOWN;
		if (lonely != LONELY_ADJUST)
			return SQUARES_ADDED;
		factor *= f;
	}
	else
	{
		for (int i = 0; i < count; i++)
			for (int a = 0; a < p; a++)
				mean[a] += x[(size_t) i * (size_t) p + (size_t) a];
		for (int a = 0; a < p; a++)
			mean[a] /= n;
		factor *= f * n / (n - 1);
	}
	for (int a = 0; a < p; a++)
	{
		if (question->stop(question->arg))
			return SQUARES_STOPPED;
		for (int b = a; b < p; b++)
		{
			double		sum = (n - count) * (mean[a] * mean[b]);

			for (int i = 0; i < count; i++)
			{
				const double *row = x + (size_t) i * (size_t) p;

				sum += (row[a] - mean[a]) * (row[b] - mean[b]);
			}
			v[(size_t) a * (size_t) p + (size_t) b] += factor * sum;
		}
	}
	return SQUARES_ADDED;
}

/* The totals of PSUs, the sums over their units. */
static void
psu_totals(const survey_sample *sample, const double *z, int p, double *total)
{
	for (int i = 0; i < sample->psus; i++)
	{
		const survey_psu *psu = &sample->psu[i];
		double	   *t = total + (size_t) i * (size_t) p;

		memcpy(t, z + (size_t) psu->first_unit * (size_t) p, sizeof(double) * (size_t) p);
		for (int k = 1; k < psu->units; k++)
			for (int a = 0; a < p; a++)
				t[a] += z[(size_t) (psu->first_unit + k) * (size_t) p + (size_t) a];
	}
}

bool
survey_scale(double *z, int units, int p, int *exponent)
{
	for (int a = 0; a < p; a++)
	{
		double	   *column = z + a;
		double		largest = 0;

		for (int i = 0; i < units; i++)
		{
			double		size = fabs(column[(size_t) i * (size_t) p]);

			if (!isfinite(size))
				return false;
			if (size > largest)
				largest = size;
		}
		frexp(largest, &exponent[a]);
		for (int i = 0; i < units; i++)
			column[(size_t) i * (size_t) p] = ldexp(column[(size_t) i * (size_t) p], -exponent[a]);
	}
	return true;
}

size_t
survey_variance_scratch(const survey_sample *sample, int p)
{
	return (size_t) p * ((size_t) sample->psus + (size_t) p + 1);
}

/*
 * Add what the second stage in a stratum's PSUs gives; lonely PSUs count, by
 * LONELY_AVERAGE, as much as the other PSUs of the stratum do.
 */
static survey_variance_result
add_second_stage(const survey_sample *sample, const survey_stratum *stratum, lonely_rule lonely,
				 const double *z, int p, double *v, double *inner, double *mean,
				 const stop_question *question, int *where)
{
	int			known = 0;

	memset(inner, 0, sizeof(double) * (size_t) p * (size_t) p);
	for (int i = stratum->first_psu; i < stratum->first_psu + stratum->psus; i++)
	{
		const survey_psu *psu = &sample->psu[i];

		squares_result result = add_squares(z + (size_t) psu->first_unit * (size_t) p,
											psu->units, p, psu->sampled, psu->population,
											lonely, 1.0, inner, mean, question);

		*where = i;
		if (result == SQUARES_STOPPED)
			return SURVEY_VARIANCE_STOPPED;
		if (result == SQUARES_ADDED)
			known++;
		else if (lonely == LONELY_FAIL)
			return SURVEY_VARIANCE_LONELY_PSU;
	}
	if (known == 0)
		return SURVEY_VARIANCE_UNKNOWN;
	for (size_t k = 0; k < (size_t) p * (size_t) p; k++)
		v[k] += (double) stratum->sampled / (double) stratum->population *
			((double) stratum->psus / known) * inner[k];
	return SURVEY_VARIANCE_DONE;
}

survey_variance_result
survey_variance(const survey_sample *sample, lonely_rule lonely, const double *z, int p,
				double *v, double *scratch, bool (*stop) (void *), void *stop_arg, int *where)
{
	stop_question question = {stop, stop_arg};
	double	   *total = scratch;
	double	   *inner = total + (size_t) sample->psus * (size_t) p;
	double	   *mean = inner + (size_t) p * (size_t) p;
	int			known = 0;

	memset(v, 0, sizeof(double) * (size_t) p * (size_t) p);
	psu_totals(sample, z, p, total);
	for (int h = 0; h < sample->strata; h++)
	{
		const survey_stratum *stratum = &sample->stratum[h];
		squares_result result = add_squares(total + (size_t) stratum->first_psu * (size_t) p,
											stratum->psus, p, stratum->sampled,
											stratum->population, lonely, 1.0, v, mean, &question);

		*where = h;
		if (result == SQUARES_STOPPED)
			return SURVEY_VARIANCE_STOPPED;
		if (result == SQUARES_ADDED)
			known++;
		else if (lonely == LONELY_FAIL)
			return SURVEY_VARIANCE_LONELY_STRATUM;
	}
	if (known == 0)
		return SURVEY_VARIANCE_UNKNOWN;
	if (known < sample->strata)
		for (size_t k = 0; k < (size_t) p * (size_t) p; k++)
			v[k] *= (double) sample->strata / known;

	for (int h = 0; sample->two_stages && h < sample->strata; h++)
		if (sample->stratum[h].population != 0)
		{
			survey_variance_result result = add_second_stage(sample, &sample->stratum[h], lonely,
															 z, p, v, inner, mean, &question, where);

			if (result != SURVEY_VARIANCE_DONE)
				return result;
		}

	for (int a = 0; a < p; a++)
		for (int b = 0; b < a; b++)
			v[(size_t) a * (size_t) p + (size_t) b] = v[(size_t) b * (size_t) p + (size_t) a];
	return SURVEY_VARIANCE_DONE;
}

bool
survey_is_census(const survey_sample *sample)
{
	for (int h = 0; h < sample->strata; h++)
		if (part_not_drawn(sample->stratum[h].sampled, sample->stratum[h].population) >= CENSUS)
			return false;
	for (int i = 0; sample->two_stages && i < sample->psus; i++)
		if (part_not_drawn(sample->psu[i].sampled, sample->psu[i].population) >= CENSUS)
			return false;
	return true;
}
