/*
 * framework_names.c
 *	  What users read and write about a framework's nodes: the names of
 *	  methods and rules, errors of an evaluation, rounded scores.
 */
#include "postgres.h"
#include "framework/framework.h"

#include <math.h>

#include "base/decimal_round.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/float.h"

static const char *const method_names[] = {
	[TREE_ARITHMETIC] = "arithmetic",
	[TREE_GEOMETRIC] = "geometric",
	[TREE_HARMONIC] = "harmonic",
	[TREE_POWER] = "power",
	[TREE_MIN] = "min",
	[TREE_MAX] = "max",
	[TREE_MEDIAN] = "median",
	[TREE_SUM] = "sum"
};

static const char *const missing_names[] = {
	[TREE_RENORMALISE] = "renormalise",
	[TREE_EXCUSE] = "excuse",
	[TREE_ZERO] = "zero",
	[TREE_PROPAGATE] = "propagate",
	[TREE_ERROR] = "error"
};

static const char *const rescale_names[] = {
	[TREE_RESCALE_NONE] = "none",
	[TREE_RESCALE_MINMAX] = "minmax",
	[TREE_RESCALE_ZSCORE] = "zscore",
	[TREE_RESCALE_MINMAX_100] = "minmax_100"
};

/* Index of a name; an unknown one is an error that lists them all. */
static int
parse_name(const char *name, const char *const *names, int count, const char *what)
{
	StringInfoData all;

	for (int i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	initStringInfo(&all);
	for (int i = 0; i < count; i++)
		appendStringInfo(&all, "%s%s", i == 0 ? "" : i < count - 1 ? ", " : " or ", names[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s \"%s\"", what, name),
			 errhint("Use %s.", all.data)));
}

tree_method
parse_tree_method(const char *name)
{
	return parse_name(name, method_names, lengthof(method_names), "method");
}

tree_missing
parse_tree_missing(const char *name)
{
	return parse_name(name, missing_names, lengthof(missing_names), "missing rule");
}

tree_rescale
parse_tree_rescale(const char *name)
{
	return parse_name(name, rescale_names, lengthof(rescale_names), "rescaling");
}

const char *
tree_method_name(tree_method method)
{
	return method_names[method];
}

const char *
tree_missing_name(tree_missing missing)
{
	return missing_names[missing];
}

const char *
tree_rescale_name(tree_rescale rescale)
{
	return rescale_names[rescale];
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
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
					 errmsg("geometric mean of \"%s\"%s meets a score not above zero", code, of_unit),
					 errdetail("%sA geometric mean is defined for scores above zero.", of_child),
					 errhint("Normalise to a range above zero, such as 1 to 100, or give the node a floor.")));
			break;
		case TREE_ZERO_SCORE:
			ereport(ERROR,
					(errcode(ERRCODE_DIVISION_BY_ZERO),
					 errmsg("%s mean of \"%s\"%s meets a score of zero", method, code, of_unit),
					 errdetail("%sNeither the scores nor their weighted sum may be zero here.", of_child),
					 errhint("Normalise to a range above zero, such as 1 to 100, or give the node a floor.")));
			break;
		case TREE_NEGATIVE_SCORE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION),
					 errmsg("power mean of \"%s\"%s meets a score below zero", code, of_unit),
					 errdetail("%sThe power %s is defined for scores from zero on.", of_child,
							   float8out_internal(fw->node[node].power)),
					 errhint("Normalise to a range from zero on, or give the node a floor.")));
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
		result->score = decimal_round(result->score, node->round_digits);
}
