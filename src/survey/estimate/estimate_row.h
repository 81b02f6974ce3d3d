/*
 * estimate_row.h
 *	  What the functions that estimate take and return: options, rows.
 */
#ifndef PARINDEX_ESTIMATE_ROW_H
#define PARINDEX_ESTIMATE_ROW_H

#include "fmgr.h"
#include "survey/estimate/survey_estimate.h"

/* Error 22023 for a rule that none is called. */
extern lonely_rule parse_lonely_rule(const text *name);

/* Arguments level, lonely and df_rule, of which this is the first. */
extern estimate_options estimate_options_arguments(FunctionCallInfo fcinfo, int first);

/* A row of estimate, se, ci_low, ci_high, n, n_psu, df, deff where asked for, status. */
extern Datum estimate_row(FunctionCallInfo fcinfo, const survey_estimate *result, bool with_deff);

#endif							/* PARINDEX_ESTIMATE_ROW_H */
