/*
 * correlation_report.c
 *	  correlation_report(score_matrix, framework, …): correlations of the nodes of
 *	  a framework with their siblings, their parent and the index, by
 *	  column_correlations.h, and what is to be looked at.
 *
 * Nodes without a weight in the whole are not there.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "framework/node_rows.h"

#include "analysis/column_correlations.h"
#include "analysis/node_columns.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

static const choice methods[] = {
	{"pearson", PEARSON}, {"spearman", SPEARMAN}, {"kendall", KENDALL}, {NULL, 0}
};

typedef struct correlation_limits
{
	double		negative;
	double		weak;
	double		collinear;
	double		level;			/* of significance */
} correlation_limits;

typedef struct correlation_report
{
	ReturnSetInfo *result;
	const framework *fw;
	column_correlations prepared;	/* a column a node */
	correlation_limits limits;
	Datum	   *code;			/* by node */
} correlation_report;

static const char *
flag_of(const correlation_limits *limits, double correlation)
{
	return correlation <= limits->negative ? "negative" :
		correlation < limits->weak ? "weak" :
		correlation > limits->collinear ? "collinear" : "ok";
}

static void
put_pair(correlation_report *report, const char *relation, int a, int b)
{
	enum {RELATION, PARENT, CODE_A, CODE_B, CORRELATION, N, P_VALUE, IS_SIGNIFICANT, FLAG, COLUMNS};
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	int			parent = report->fw->node[a].parent;
	double		p_value;
	int			n;
	double		correlation = test_column_correlation(&report->prepared, a, b, &n, &p_value);

	value[RELATION] = CStringGetTextDatum(relation);
	value[PARENT] = report->code[parent];
	value[CODE_A] = report->code[a];
	value[CODE_B] = report->code[b];
	put_float8(correlation, &value[CORRELATION], &null[CORRELATION]);
	value[N] = Int32GetDatum(n);
	put_float8(p_value, &value[P_VALUE], &null[P_VALUE]);
	null[IS_SIGNIFICANT] = isnan(p_value);
	value[IS_SIGNIFICANT] = BoolGetDatum(p_value < report->limits.level);
	null[FLAG] = isnan(correlation);
	value[FLAG] = null[FLAG] ? (Datum) 0 : CStringGetTextDatum(flag_of(&report->limits, correlation));
	tuplestore_putvalues(report->result->setResult, report->result->setDesc, value, null);
	pfree(DatumGetPointer(value[RELATION]));
}

static void
limits_argument(FunctionCallInfo fcinfo, int argument, correlation_limits *limits)
{
	require_argument(fcinfo, argument, "negative");
	require_argument(fcinfo, argument + 1, "weak");
	require_argument(fcinfo, argument + 2, "collinear");
	require_argument(fcinfo, argument + 3, "level");
	limits->negative = PG_GETARG_FLOAT8(argument);
	limits->weak = PG_GETARG_FLOAT8(argument + 1);
	limits->collinear = PG_GETARG_FLOAT8(argument + 2);
	limits->level = PG_GETARG_FLOAT8(argument + 3);
	if (!(limits->negative >= -1 && limits->negative <= limits->weak &&
		  limits->weak <= limits->collinear && limits->collinear <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("limits %s, %s and %s of correlations are not valid",
						float8out_internal(limits->negative), float8out_internal(limits->weak),
						float8out_internal(limits->collinear)),
				 errdetail("They must lie within -1 and 1, in ascending order.")));
	if (!(limits->level > 0 && limits->level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("level of significance %s is not valid", float8out_internal(limits->level)),
				 errdetail("It must lie between 0 and 1."),
				 errhint("Give the share of chance findings, such as 0.05.")));
}

/* Arguments: matrix, framework, method, negative, weak, collinear, level. */
PARINDEX_FUNCTION(parindex_correlation_report);
Datum
parindex_correlation_report(PG_FUNCTION_ARGS)
{
	correlation_report report = {.result = (ReturnSetInfo *) fcinfo->resultinfo};
	matrix_view matrix;
	double	   *weight;
	correlation_method method;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	require_argument(fcinfo, 2, "method");
	method = choose(PG_GETARG_TEXT_PP(2), "method", methods);
	limits_argument(fcinfo, 3, &report.limits);
	report.fw = framework_of(framework_argument(fcinfo, 1));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	prepare_correlations(&report.prepared, node_columns(&matrix, report.fw), matrix.rows,
						 report.fw->nodes, method);
	report.code = framework_code_datums(report.fw);
	weight = framework_effective_weights(report.fw);
	for (int i = 1; i < report.fw->nodes; i++)
	{
		const tree_node *parent = &report.fw->node[report.fw->node[i].parent];

		if (!(weight[i] > 0))
			continue;
		for (int k = i + 1; k < parent->first_child + parent->children; k++)
			if (weight[k] > 0)
				put_pair(&report, "siblings", i, k);
		if (report.fw->node[i].parent > 0)
			put_pair(&report, "parent", i, report.fw->node[i].parent);
		put_pair(&report, "index", i, 0);
	}
	return (Datum) 0;
}
