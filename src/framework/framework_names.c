/*
 * framework_names.c
 *	  What users read and write about a framework's nodes: the names of
 *	  methods and rules, errors of an evaluation, rounded scores.
 */
#include "postgres.h"
#include "framework/framework.h"
#include "framework/framework_names.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "base/decimal_round.h"
#include "utils/float.h"

static const choice methods[] = {
	{"arithmetic", TREE_ARITHMETIC},
	{"geometric", TREE_GEOMETRIC},
	{"harmonic", TREE_HARMONIC},
	{"power", TREE_POWER},
	{"min", TREE_MIN},
	{"max", TREE_MAX},
	{"median", TREE_MEDIAN},
	{"sum", TREE_SUM},
	{"product", TREE_PRODUCT},
	{"turned_geometric", TREE_TURNED_GEOMETRIC},
	{"owa", TREE_OWA},
	{"penalised_mean", TREE_PENALISED_MEAN},
	{"penalised_mean_plus", TREE_PENALISED_MEAN_PLUS},
	{NULL}
};

static const choice missing_rules[] = {
	{"renormalise", TREE_RENORMALISE},
	{"excuse", TREE_EXCUSE},
	{"zero", TREE_ZERO},
	{"propagate", TREE_PROPAGATE},
	{"error", TREE_ERROR},
	{NULL}
};

static const choice rescalings[] = {
	{"none", TREE_RESCALE_NONE},
	{"minmax", TREE_RESCALE_MINMAX},
	{"zscore", TREE_RESCALE_ZSCORE},
	{"minmax_100", TREE_RESCALE_MINMAX_100},
	{"population_zscore", TREE_RESCALE_POPULATION_ZSCORE},
	{"maximum", TREE_RESCALE_MAXIMUM},
	{NULL}
};

tree_method
parse_tree_method(const char *name)
{
	return (tree_method) choose_name(name, "method", methods);
}

tree_missing
parse_tree_missing(const char *name)
{
	return (tree_missing) choose_name(name, "missing rule", missing_rules);
}

tree_rescale
parse_tree_rescale(const char *name)
{
	return (tree_rescale) choose_name(name, "rescaling", rescalings);
}

const char *
tree_method_name(tree_method method)
{
	return choice_name(methods, method);
}

const char *
tree_missing_name(tree_missing missing)
{
	return choice_name(missing_rules, missing);
}

const char *
tree_rescale_name(tree_rescale rescale)
{
	return choice_name(rescalings, rescale);
}

void
framework_report(const framework *fw, tree_error error, int node, int child,
				 const char *unit)
{
	const char *code = framework_code_cstring(fw, node);
	const char *method = tree_method_name(fw->node[node].method);
	char	   *of_unit = unit == NULL ? "" : psprintf(" of unit \"%s\"", unit);
	char	   *of_child = child < 0 ? "" :
		psprintf("Its criterion \"%s\" has such a score. ", framework_code_cstring(fw, child));

	switch (error)
	{
		case TREE_OK:
			break;
		case TREE_MISSING_CHILD:
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("criterion \"%s\"%s has no score",
							framework_code_cstring(fw, child), of_unit),
					 errdetail("Its parent \"%s\" has the missing rule error.", code),
					 errhint("Supply the value, mark it not_applicable, or choose another missing rule.")));
			break;
		case TREE_NOT_POSITIVE:
			if (fw->node[node].method >= TREE_PENALISED_MEAN)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("mean of \"%s\"%s, which is to be penalised, is not above zero", code, of_unit),
						 errdetail("Its penalty is the variance of the scores over their mean."),
						 errhint("Normalise to a scale around 100, as normalise mazziotta_pareto does.")));
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
					 errmsg("geometric mean of \"%s\"%s meets a score not above zero", code, of_unit),
					 errdetail("%sA geometric mean is defined for scores above zero.", of_child),
					 errhint("Normalise to a range above zero, such as 1 to 100, give the node a floor, or let it be 0 by zeros zero.")));
			break;
		case TREE_ZERO_SCORE:
			ereport(ERROR,
					(errcode(ERRCODE_DIVISION_BY_ZERO),
					 errmsg("%s mean of \"%s\"%s meets a score of zero", method, code, of_unit),
					 errdetail("%sNeither the scores nor their weighted sum may be zero here.", of_child),
					 errhint("Normalise to a range above zero, such as 1 to 100, give the node a floor, or let it be 0 by zeros zero.")));
			break;
		case TREE_NEGATIVE_SCORE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION),
					 errmsg("power mean of \"%s\"%s meets a score below zero", code, of_unit),
					 errdetail("%sThe power %s is defined for scores from zero on.", of_child,
							   float8out_internal(fw->node[node].power)),
					 errhint("Normalise to a range from zero on, or give the node a floor.")));
			break;
		case TREE_BEYOND_SCALE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("turned geometric mean of \"%s\"%s meets a score beyond its scale", code, of_unit),
					 errdetail("%sThe scale is 0 to %s.", of_child,
							   float8out_internal(fw->node[node].power)),
					 errhint("Normalise to that scale, or give the node another.")));
			break;
		case TREE_OUT_OF_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("score of \"%s\"%s is out of range", code, of_unit),
					 errdetail("Method %s leaves the range of double precision.", method),
					 errhint("Normalise the scores first.")));
			break;
	}
	elog(ERROR, "unexpected result %d of an evaluation", (int) error);
}

void
framework_round(const tree_node *node, tree_result *result)
{
	if (node->round_digits != TREE_NO_ROUNDING && !isnan(result->score))
		result->score = node->half_even ? decimal_round_even(result->score, node->round_digits) :
			decimal_round(result->score, node->round_digits);
}
