/*
 * cell_step.c
 *	  Complaints of a step about a cell: cell_step.h.
 */
#include "postgres.h"
#include "steps/cell_step.h"

#include "steps/transform.h"

pg_noreturn static void
report_not_positive(const char *unit, const char *code, double x)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 unit == NULL ?
			 errmsg("a value of criterion \"%s\" is not above 0: %g", code, x) :
			 errmsg("unit \"%s\" has a value of criterion \"%s\" that is not above 0: %g",
					unit, code, x),
			 errhint("Neither logarithms nor fractions of the minimum are defined there; use minmax or goalposts.")));
}

/* Where a transform is defined. */
static const char *
domain_of(transform_kind kind)
{
	switch (kind)
	{
		case TRANSFORM_LOG1P:
			return "The value and the shift must add up to more than 0.";
		case TRANSFORM_SQRT:
			return "The value must not be below 0.";
		case TRANSFORM_POWER:
			return "Values below 0 have whole powers only, and 0 none below 0.";
		case TRANSFORM_LOGIT:
			return "The value must lie between 0 and the greatest share, without either.";
		case TRANSFORM_RECIPROCAL:
			return "The value must not be 0.";
		default:
			return "The value must be above 0.";
	}
}

pg_noreturn static void
report_outside_domain(const transform *t, const char *unit, const char *code, double x)
{
	const char *name = choice_name(transform_kinds, t->kind);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 unit == NULL ?
			 errmsg("transform %s is not defined for a value of criterion \"%s\": %g", name, code, x) :
			 errmsg("transform %s is not defined for the value of criterion \"%s\" of unit \"%s\": %g",
					name, code, unit, x),
			 errdetail("%s", domain_of(t->kind)),
			 errhint("Shift or clip values before, or transform other criteria only.")));
}

void
cell_step_report(const cell_step *step, cell_problem problem, const char *unit,
				 const char *code, double x)
{
	if (problem == CELL_NOT_POSITIVE)
		report_not_positive(unit, code, step->as.scale.direction * x);
	if (problem == CELL_OUTSIDE_DOMAIN)
		report_outside_domain(&step->as.transform, unit, code, x);
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 unit == NULL ?
			 errmsg("criterion \"%s\" gets a value that is out of range", code) :
			 errmsg("unit \"%s\" gets a value of criterion \"%s\" that is out of range",
					unit, code)));
}
