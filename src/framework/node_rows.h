/*
 * node_rows.h
 *	  The scores of nodes as result rows: the columns that index_scores(),
 *	  ranked_scores() and, of one unit, score_rows() share.
 */
#ifndef PARINDEX_NODE_ROWS_H
#define PARINDEX_NODE_ROWS_H

#include "framework/framework.h"

typedef enum score_row_column
{
	SCORE_ROW_UNIT,
	SCORE_ROW_CODE,
	SCORE_ROW_PARENT,
	SCORE_ROW_DEPTH,
	SCORE_ROW_SCORE,
	SCORE_ROW_CHILDREN_SCORED,
	SCORE_ROW_CHILDREN_EXPECTED,
	SCORE_ROW_LEAVES_OBSERVED,
	SCORE_ROW_WEIGHT_COVERAGE,
	SCORE_ROW_PERIOD,
	SCORE_ROW_COLUMNS
} score_row_column;

/* The codes of all nodes, as text. */
extern Datum *framework_code_datums(const framework *fw);

/* All columns but unit and period, from `code` to `weight_coverage`. */
extern void put_node_result(const framework *fw, int node, const tree_result *result,
							const Datum *code, Datum *value, bool *null);

#endif							/* PARINDEX_NODE_ROWS_H */
