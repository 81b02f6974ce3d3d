/*
 * decimal_changes.h
 *	  How a state of exact decimal statistics changes: rows and states are added
 *	  to it and taken away.
 *
 * Each function returns its first argument, changed, or a new state in the
 * current memory context; none frees one.
 */
#ifndef PARINDEX_DECIMAL_CHANGES_H
#define PARINDEX_DECIMAL_CHANGES_H

#include "statistics/decimal_state.h"

extern decimal_stats *decimal_stats_add(decimal_stats *state,
										const numeric_digits *value,
										const numeric_digits *weight);
extern decimal_stats *decimal_stats_remove(decimal_stats *state,
										   const numeric_digits *value,
										   const numeric_digits *weight);
extern decimal_stats *decimal_stats_merge(decimal_stats *state,
										  const decimal_stats *other);
extern decimal_stats *decimal_stats_unmerge(decimal_stats *state,
											const decimal_stats *other);

#endif							/* PARINDEX_DECIMAL_CHANGES_H */
