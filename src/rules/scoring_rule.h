/*
 * scoring_rule.h
 *	  The type scoring_rule: how what was measured becomes points.
 *
 * A flat varlena, used in place once it is detoasted: header, steps, then the
 * numbers and the text they point to. It is checked when it is made, so that
 * whoever applies it need not.
 *
 * Canonical: numbers carry no trailing zeros, so equal rules have equal bytes
 * and equal text.
 */
#ifndef PARINDEX_SCORING_RULE_H
#define PARINDEX_SCORING_RULE_H

#include "base/compat.h"
#include "fmgr.h"
#include "utils/numeric.h"

#define SCORING_RULE_VERSION 1
#define SCORING_RULE_MAX_STEPS 1000
#define SCORING_RULE_MAX_PARTS 20	/* of a sum */
#define SCORING_RULE_MAX_ROUND 15
#define SCORING_RULE_MAX_DIGITS 30	/* of a number, on each side of the point */
#define SCORING_RULE_MAX_UNIT 1000	/* bytes of the name of a reference unit */
#define SCORING_RULE_MAX_TEXT (256 * 1024)	/* above any canonical text */

typedef enum rule_kind
{
	RULE_POINTS,				/* the value is the points */
	RULE_YES_NO,
	RULE_RATIO,
	RULE_STEPS,
	RULE_DEDUCTION,				/* from a start, per occurrence */
	RULE_BONUS,
	RULE_PENALTY,
	RULE_MINMAX,
	RULE_ZSCORE,
	RULE_RANK,
	RULE_PERCENTILE,
	RULE_DISTANCE_TO_TARGET,
	RULE_DISTANCE_TO_MAXIMUM,
	RULE_DISTANCE_TO_UNIT,
	RULE_GOALPOSTS,
	RULE_LOG_GOALPOSTS,
	RULE_SCALE,					/* on lines between points at given values */
	RULE_RATIO_TO_MAXIMUM,		/* of the best of the peers */
	RULE_CUME_DIST,				/* share of peers not better */
	RULE_HAZEN,					/* the mean of that and of the share that is worse */
	RULE_SUM					/* of two or more rules */
} rule_kind;

#define RULE_KINDS (RULE_SUM + 1)

/* What a denominator of zero gives: nothing arose that could be done; or was due, and was done. */
typedef enum rule_if_none
{
	IF_NONE_ERROR,
	IF_NONE_FULL,
	IF_NONE_ZERO,
	IF_NONE_NULL
} rule_if_none;

/* The numbers of a rule; each kind has some of them. */
typedef enum rule_number
{
	RULE_MAX,					/* most points the rule can give */
	RULE_FROM,					/* value that earns none: floor, goalpost */
	RULE_TO,					/* value that earns all: cap, target, goalpost */
	RULE_EACH,					/* points per occurrence, above 0 */
	RULE_LIMIT,					/* fewest points of a deduction; most of a
								 * bonus; most that a penalty takes */
	RULE_YES,
	RULE_NO,
	RULE_ELSE					/* points where no step is met */
} rule_number;

#define RULE_NUMBERS (RULE_ELSE + 1)

typedef enum step_test
{
	STEP_ABOVE,					/* > */
	STEP_AT_LEAST,				/* >= */
	STEP_BELOW,					/* < */
	STEP_AT_MOST				/* <= */
} step_test;

#define STEP_TESTS (STEP_AT_MOST + 1)
#define STEP_SCALED 0x100		/* beside the test: points are those of a rule */

/* Of scoring_rule.flags. */
#define RULE_LOWER_IS_BETTER 0x01
#define RULE_IF_UNDUE_SHIFT 1	/* rule_if_none, two bits: of a numerator above 0 */
#define RULE_HALF_EVEN 0x08
#define RULE_ELSE_SCALED 0x10	/* number[RULE_ELSE] is a rule's offset */

/*
 * Offsets are from the start of the rule, of numerics with 4-byte headers, or of
 * rules: of a step that is scaled, and of the parts of a sum, which are its
 * steps.
 */
typedef struct rule_step
{
	int32		test;			/* step_test, perhaps with STEP_SCALED */
	int32		bound;
	int32		points;
} rule_step;

typedef struct scoring_rule
{
	int32		vl_len_;
	uint8		version;
	uint8		kind;
	uint8		if_none;		/* rule_if_none; and above it, four times the digits that
								 * points are rounded to and one, or 0 */
	uint8		flags;
	int32		number[RULE_NUMBERS];	/* offsets; 0: the kind has none */
	int32		unit;			/* offset of the reference unit's name ... */
	int32		unit_length;	/* ... in bytes, not terminated; 0: none */
	int32		steps;
	rule_step	step[FLEXIBLE_ARRAY_MEMBER];	/* the first that is met counts; of a
												 * scale, bounds ascending */
} scoring_rule;

/* A rule from its text; errors 22P02, 22023 and 54000. */
extern scoring_rule *scoring_rule_parse(const char *text);

/* Its canonical text, palloc'd. */
extern char *scoring_rule_text(const scoring_rule *rule);

static inline Numeric
numeric_at(const scoring_rule *rule, int32 offset)
{
	return (Numeric) ((char *) rule + offset);
}

/* A rule within the rule. */
static inline const scoring_rule *
rule_at(const scoring_rule *rule, int32 offset)
{
	return (const scoring_rule *) ((const char *) rule + offset);
}

static inline rule_if_none
scoring_rule_if_none(const scoring_rule *rule)
{
	return (rule_if_none) (rule->if_none & 3);
}

static inline rule_if_none
scoring_rule_if_undue(const scoring_rule *rule)
{
	return (rule_if_none) (rule->flags >> RULE_IF_UNDUE_SHIFT & 3);
}

static inline bool
scoring_rule_lower_is_better(const scoring_rule *rule)
{
	return (rule->flags & RULE_LOWER_IS_BETTER) != 0;
}

/* Decimal places that points are rounded to; -1: not rounded. */
static inline int
scoring_rule_digits(const scoring_rule *rule)
{
	return (rule->if_none >> 2) - 1;
}

/* NULL where the kind has no such number. */
static inline Numeric
scoring_rule_number(const scoring_rule *rule, rule_number which)
{
	int32		offset = rule->number[which];

	return offset == 0 ? NULL : numeric_at(rule, offset);
}

/*
 * For statistics in doubles: the nearest double, or false where the kind has
 * no such number. The worst and best value of goalposts and ratio are
 * RULE_FROM and RULE_TO (the worst may be the greater), the target is RULE_TO.
 */
extern bool scoring_rule_float8(const scoring_rule *rule, rule_number which, double *number);

/* Name of the reference unit, zero-terminated and palloc'd; or NULL. */
extern char *scoring_rule_unit(const scoring_rule *rule);

/* Does the rule compare a value with those of other units? */
static inline bool
scoring_rule_is_relative(const scoring_rule *rule)
{
	switch ((rule_kind) rule->kind)
	{
		case RULE_MINMAX:
		case RULE_ZSCORE:
		case RULE_RANK:
		case RULE_PERCENTILE:
		case RULE_DISTANCE_TO_MAXIMUM:
		case RULE_DISTANCE_TO_UNIT:
		case RULE_RATIO_TO_MAXIMUM:
		case RULE_CUME_DIST:
		case RULE_HAZEN:
			return true;
		case RULE_SUM:
			for (int i = 0; i < rule->steps; i++)
				if (scoring_rule_is_relative(rule_at(rule, rule->step[i].points)))
					return true;
			return false;
		case RULE_DISTANCE_TO_TARGET:
			return rule->number[RULE_FROM] == 0;
		default:
			return false;
	}
}

#define DatumGetScoringRuleP(datum) ((scoring_rule *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_SCORING_RULE_P(i) DatumGetScoringRuleP(PG_GETARG_DATUM(i))

#endif							/* PARINDEX_SCORING_RULE_H */
