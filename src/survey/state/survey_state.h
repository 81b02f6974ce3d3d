/*
 * survey_state.h
 *	  The state behind survey_stats and survey_cov_stats: exact sums of weights
 *	  and weighted answers by sampling unit.
 *
 * A row has a weight w > 0 and answers y[0 .. variables - 1]; rows that lack
 * an answer or weigh nothing are left out. A table (survey_table.h) with one
 * record a sampling unit, the unit of the last stage in the key, and
 *
 *	  head		n and, of all rows, the sums of w * y[a] * y[b], a <= b:
 *				int8 base[products], MAXALIGNed, then products windows of
 *				p_limbs limbs
 *	  payload	int8 base[1 + variables], MAXALIGNed; the sum of w, a window of
 *				w_limbs limbs; the sums of w * y[a], windows of y_limbs limbs
 *
 * Windows are those of kernel/exact/exact_sum.h, all of a kind equally wide. In the
 * canonical form they are no wider than the widest sum of the kind needs, and
 * each has the highest base its sum can have (0 for zero), so that equal sets
 * of rows have equal bytes. A state without rows has one canonical form, of
 * no variables, and merges with any other.
 *
 * survey_stats has one variable; both types share all code.
 *
 * For readers: survey_stats_canonical() first (a state from a table is
 * canonical already, one from an aggregate's final function too), then
 * survey_cell_count(), survey_cell_key() and the survey_*_sum() functions;
 * cells are in the order of their keys.
 */
#ifndef PARINDEX_SURVEY_STATE_H
#define PARINDEX_SURVEY_STATE_H

#include "kernel/exact/exact_total.h"
#include "survey/state/survey_table.h"

#define SURVEY_MAX_VARIABLES 100

typedef struct survey_stats
{
	survey_table table;
	int64		n;				/* rows */
	int16		variables;
	uint8		w_limbs;
	uint8		y_limbs;
	uint8		p_limbs;
	uint8		unused[3];
	int8		base[FLEXIBLE_ARRAY_MEMBER];	/* of the products */
} survey_stats;

/* Widths that hold ordinary answers, and that working states start with. */
#define SURVEY_W_LIMBS 2
#define SURVEY_Y_LIMBS 3
#define SURVEY_P_LIMBS 5

/* One exact sum in its place. */
typedef struct survey_window
{
	int8	   *base;
	uint64	   *limb;
	int			limbs;
} survey_window;

static inline int
survey_products(int variables)
{
	return variables * (variables + 1) / 2;
}

/* Number of the product of two variables. */
static inline int
survey_product(int a, int b)
{
	return a <= b ? b * (b + 1) / 2 + a : a * (a + 1) / 2 + b;
}

static inline int32
survey_head_size(int variables, int p_limbs)
{
	int			products = survey_products(variables);

	return (int32) (MAXALIGN(offsetof(survey_stats, base)) + MAXALIGN(products) +
					sizeof(uint64) * products * p_limbs);
}

static inline int32
survey_cell_size(int variables, int w_limbs, int y_limbs)
{
	return (int32) (sizeof(survey_key) + MAXALIGN(1 + variables) +
					sizeof(uint64) * (w_limbs + variables * y_limbs));
}

static inline survey_window
survey_product_window(const survey_stats *stats, int product)
{
	survey_window window;

	window.base = (int8 *) &stats->base[product];
	window.limb = (uint64 *) ((char *) stats + MAXALIGN(offsetof(survey_stats, base)) +
							  MAXALIGN(survey_products(stats->variables))) + product * stats->p_limbs;
	window.limbs = stats->p_limbs;
	return window;
}

/* Of the weights: variable -1; else of the variable's weighted answers. */
static inline survey_window
survey_cell_window(const survey_stats *stats, int32 cell, int variable)
{
	int8	   *base = survey_table_payload(&stats->table, cell);
	uint64	   *limb = (uint64 *) (base + MAXALIGN(1 + stats->variables));
	survey_window window;

	window.base = base + 1 + variable;
	window.limb = variable < 0 ? limb : limb + stats->w_limbs + variable * stats->y_limbs;
	window.limbs = variable < 0 ? stats->w_limbs : stats->y_limbs;
	return window;
}

/* ---------- reading ---------- */

static inline int32
survey_cell_count(const survey_stats *stats)
{
	return stats->table.count;
}

static inline const survey_key *
survey_cell_key(const survey_stats *stats, int32 cell)
{
	return survey_table_record(&stats->table, cell);
}

/* Variable -1 is the weight, as above. */
extern void survey_cell_sum(const survey_stats *stats, int32 cell, int variable, exact_integer *sum);
extern void survey_total_sum(const survey_stats *stats, int variable, exact_integer *sum);
extern void survey_product_sum(const survey_stats *stats, int a, int b, exact_integer *sum);

/* ---------- building ---------- */

/* Adding may replace the state; `y` has as many values as the state variables. */
extern int32 survey_stats_cell(survey_stats **stats, const survey_key *key);
extern void survey_stats_add(survey_stats **stats, const survey_key *key, const double *y,
							 double w);
extern void survey_stats_count(survey_stats *stats, int64 rows);
extern void survey_stats_add_window(survey_stats **stats, int32 cell, int which,
									const uint64 *limb, int limbs, int base);
extern survey_stats *survey_stats_merge(survey_stats *stats, const survey_stats *other);
extern survey_stats *survey_stats_new(int levels, bool text_keys, int variables);
extern survey_stats *survey_stats_working(survey_stats *stats);
extern survey_stats *survey_stats_canonical(const survey_stats *stats);
extern survey_stats *survey_stats_empty(void);

/* What no rows can have led to; NULL where all is well. For states from outside. */
extern const char *survey_stats_problem(const survey_stats *stats);

#define DatumGetSurveyStatsP(datum) ((survey_stats *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_SURVEY_STATS_P(i) DatumGetSurveyStatsP(PG_GETARG_DATUM(i))

/* A canonical state's argument. */
static inline const survey_stats *
survey_stats_argument(Datum value)
{
	return survey_stats_canonical(DatumGetSurveyStatsP(value));
}

#endif							/* PARINDEX_SURVEY_STATE_H */
