/*
 * peer_points.h
 *	  Points of a value relative to its peers.
 */
#ifndef PARINDEX_PEER_POINTS_H
#define PARINDEX_PEER_POINTS_H

#include "rules/scoring_rule.h"
#include "utils/array.h"

/*
 * Points among the values of a reference set, numeric[] or float8[]; NULL
 * where the set gives no scale. What is known of the set is kept in fn_extra
 * for as long as the same set comes.
 */
extern Numeric relative_points(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value,
							   ArrayType *reference);

#endif							/* PARINDEX_PEER_POINTS_H */
