/*
 * replicate_type.c
 *	  Names of the types of replicates, and which designs they are for.
 */
#include "postgres.h"
#include "survey/replicate/replicate_type.h"

#include "base/arguments/choice.h"
#include "utils/float.h"

static const choice types[] = {
	{"JK1", REPLICATE_JK1},
	{"JKn", REPLICATE_JKN},
	{"BRR", REPLICATE_BRR},
	{"bootstrap", REPLICATE_BOOTSTRAP},
	{NULL, 0}
};

replicate_type
parse_replicate_type(const text *name)
{
	return choose(name, "type of replicates", types);
}

const char *
replicate_type_name(replicate_type type)
{
	return choice_name(types, type);
}

static void
check_strata(const replicate_plan *plan)
{
	const char *name = replicate_type_name(plan->type);

	if (plan->type == REPLICATE_JK1 && plan->strata != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replicates of type JK1 are for a design without strata, not for %d", plan->strata),
				 errhint("Use JKn, or give all PSUs one stratum.")));
	for (int h = 0; h < plan->strata; h++)
	{
		if (plan->psus[h] < 2)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("replicates of type %s need at least two PSUs in every stratum", name),
					 errdetail("Stratum %d of %d, in their order, has %d.", h + 1, plan->strata, plan->psus[h]),
					 errhint("Join strata of one PSU with others.")));
		if (plan->type == REPLICATE_BRR && plan->psus[h] != 2)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("replicates of type BRR need two PSUs in every stratum"),
					 errdetail("Stratum %d of %d, in their order, has %d.", h + 1, plan->strata, plan->psus[h]),
					 errhint("Use JKn or bootstrap, or split strata into pairs of PSUs.")));
	}
}

void
make_replicate_plan(replicate_plan *plan, int replicates, double fay_rho)
{
	const char *name = replicate_type_name(plan->type);
	int64		total = 0;
	int64		own;			/* replicates that the design asks for */

	check_strata(plan);
	for (int h = 0; h < plan->strata; h++)
		total += plan->psus[h];
	plan->fay_rho = fay_rho;
	plan->matrix = NULL;
	if (fay_rho != 0 && plan->type != REPLICATE_BRR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fay_rho is for replicates of type BRR, not %s", name)));
	if (!(fay_rho >= 0 && fay_rho < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fay_rho cannot be %s", float8out_internal(fay_rho)),
				 errdetail("It is from 0 to below 1.")));
	if (plan->type == REPLICATE_BRR)
	{
		/* A power of two is at most twice as large. */
		if (plan->strata >= HADAMARD_MAX_ORDER / 2)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("replicates of type BRR are for fewer than %d strata, not for %d",
							HADAMARD_MAX_ORDER / 2, plan->strata),
					 errhint("Use JKn or bootstrap.")));
		plan->matrix = palloc(sizeof(hadamard));
		hadamard_make(plan->matrix, plan->strata + 1);
		own = plan->matrix->order;
	}
	else
		own = total;
	if (plan->type != REPLICATE_BOOTSTRAP && replicates != 0 && replicates != own)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replicates of type %s are " INT64_FORMAT " for this design, not %d",
						name, own, replicates),
				 errhint("Leave the number out.")));
	if (plan->type == REPLICATE_BOOTSTRAP)
		own = replicates;
	if (own < 2 || own > MOST_REPLICATES || total > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of replicates cannot be " INT64_FORMAT, own),
				 errdetail("It must be from 2 to %d.", MOST_REPLICATES)));
	plan->total = total;
	plan->replicates = own;
}
