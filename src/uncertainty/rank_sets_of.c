/*
 * rank_sets_of.c
 *	  Which way the sets of estimates are computed: by quadrature where errors
 *	  are independent and each unit is asked for by itself, else by draws.
 */
#include "postgres.h"
#include "uncertainty/rank_estimates.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "base/interrupts.h"
#include "kernel/field/symmetric_eigen.h"
#include "kernel/ranks/drawn_sets.h"
#include "kernel/ranks/marginal_sets.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define LEAST_DRAWS 100
#define MOST_DRAWS 1000000

/* Draws where none are asked for; of correlated errors of many units fewer. */
#define USUAL_DRAWS 100000
#define FEWER_DRAWS 10000
#define USUAL_WORK 1000000000.0

/* Elements of units times draws, of 8 bytes each. */
#define MOST_DEVIATIONS ((Size) 1 << 27)

static const choice sides[] = {
	{"two", RANK_TWO_SIDED}, {"lower", RANK_LOWER}, {"upper", RANK_UPPER}, {NULL, 0}
};

/* Whether simultaneous. */
static const choice kinds[] = {{"marginal", false}, {"simultaneous", true}, {NULL, 0}};

rank_side
parse_rank_side(const text *side)
{
	return choose(side, "side", sides);
}

bool
parse_rank_kind(const text *kind)
{
	return choose(kind, "kind", kinds);
}

int
check_rank_draws(int draws)
{
	if (draws < LEAST_DRAWS || draws > MOST_DRAWS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of draws %d is not valid", draws),
				 errdetail("It must be from %d to %d.", LEAST_DRAWS, MOST_DRAWS)));
	return draws;
}

/* What rounding did to a covariance does not lead here. */
pg_noreturn static void
refuse_covariance(const rank_estimates *estimates)
{
	int			n = estimates->n;
	Size		size = sizeof(double) * n * n;
	symmetric_eigen eigen;
	double	   *matrix = palloc_extended(size, MCXT_ALLOC_HUGE);
	double	   *value = palloc_extended(sizeof(double) * n, MCXT_ALLOC_HUGE);

	memcpy(matrix, estimates->covariance, size);
	eigen_start(&eigen, matrix, n, palloc_extended(size, MCXT_ALLOC_HUGE));
	while (eigen_step(&eigen))
		CHECK_FOR_INTERRUPTS();
	eigen_finish(&eigen, value);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("covariance is not positive semidefinite"),
			 errdetail("Its smallest eigenvalue is %.6g, its largest %.6g.", value[n - 1], value[0]),
			 errhint("Take it from svy_vcov() or from replicates; or give se alone, for independent estimates.")));
}

static void
factor_covariance(const rank_estimates *estimates, covariance_factor *factor)
{
	int			n = estimates->n;

	factor->n = n;
	factor->column = palloc_extended(sizeof(double) * n * n, MCXT_ALLOC_HUGE);
	factor->rest = palloc_extended(sizeof(double) * n, MCXT_ALLOC_HUGE);
	if (covariance_factor_make(factor, estimates->covariance, let_interrupts, NULL) == FACTOR_NOT_SEMIDEFINITE)
		refuse_covariance(estimates);
}

static int
choose_draws(const rank_estimates *estimates, const rank_settings *settings)
{
	double		units = Max(estimates->n, 1);
	int			draws = settings->draws;

	if (draws == 0)
		draws = estimates->covariance == NULL ? USUAL_DRAWS :
			Min(USUAL_DRAWS, Max(FEWER_DRAWS, USUAL_WORK / (units * units)));
	if (!drawn_sets_enough(draws, settings->level))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d draws do not reach a confidence level of %s", draws,
						float8out_internal(settings->level)),
				 errhint("Give draws of at least level / (1 - level), better a hundred times that.")));
	if (estimates->covariance != NULL && (Size) estimates->n * draws > MOST_DEVIATIONS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d draws of %d correlated units are too many", draws, estimates->n),
				 errdetail("There may be %zu values, draws times units.", MOST_DEVIATIONS),
				 errhint("Give fewer draws.")));
	return draws;
}

static void
sets_by_quadrature(const rank_estimates *estimates, const rank_settings *settings, rank_set *set)
{
	marginal_sets *sets = palloc0(sizeof(marginal_sets));
	void	   *memory = palloc_extended(marginal_sets_memory(estimates->n), MCXT_ALLOC_HUGE);

	sets->pairs = (rank_pairs) {.n = estimates->n, .estimate = estimates->x, .error = estimates->se};
	sets->side = settings->side;
	sets->stepdown = settings->stepdown;
	sets->level = settings->level;
	marginal_sets_start(sets, memory);
	for (int i = 0; i < estimates->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		marginal_set(sets, i, &set[sets->order[i]]);
	}
	pfree(memory);
	pfree(sets);
}

static void
sets_by_draws(const rank_estimates *estimates, const rank_settings *settings, int draws, rank_set *set)
{
	covariance_factor factor;
	drawn_sets	sets = {
		.pairs = {
			.n = estimates->n, .estimate = estimates->x, .error = estimates->se,
			.covariance = estimates->covariance
		},
		.side = settings->side,
		.stepdown = settings->stepdown,
		.level = settings->level,
		.seed = (uint64) settings->seed,
		.draws = draws,
		.stop = let_interrupts
	};
	void	   *memory;

	if (estimates->covariance != NULL)
	{
		factor_covariance(estimates, &factor);
		sets.factor = &factor;
	}
	memory = palloc_extended(drawn_sets_memory(&sets), MCXT_ALLOC_HUGE);
	drawn_sets_start(&sets, memory);
	if (settings->simultaneous)
		simultaneous_sets(&sets, set);
	else
		for (int i = 0; i < estimates->n; i++)
			drawn_marginal_set(&sets, i, &set[i]);
	pfree(memory);
}

void
rank_sets_of(const rank_estimates *estimates, const rank_settings *settings, rank_result *result)
{
	rank_set   *ordered = palloc_extended(sizeof(rank_set) * Max(estimates->n, 1), MCXT_ALLOC_HUGE);

	result->set = palloc_extended(sizeof(rank_set) * Max(estimates->given, 1), MCXT_ALLOC_HUGE);
	result->draws = 0;
	if (!settings->simultaneous && estimates->covariance == NULL)
		sets_by_quadrature(estimates, settings, ordered);
	else
	{
		result->draws = choose_draws(estimates, settings);
		sets_by_draws(estimates, settings, result->draws, ordered);
	}
	for (int i = 0; i < estimates->n; i++)
		result->set[estimates->place[i]] = ordered[i];
	pfree(ordered);
}
