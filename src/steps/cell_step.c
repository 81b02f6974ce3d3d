/*
 * cell_step.c
 *	  Complaints of a step about a cell: cell_step.h.
 */
#include "postgres.h"
#include "steps/cell_step.h"

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

void
cell_step_report(const cell_step *step, cell_problem problem, const char *unit,
				 const char *code, double x)
{
	if (problem == CELL_NOT_POSITIVE)
		report_not_positive(unit, code, step->as.scale.direction * x);
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 unit == NULL ?
			 errmsg("criterion \"%s\" gets a value that is out of range", code) :
			 errmsg("unit \"%s\" gets a value of criterion \"%s\" that is out of range",
					unit, code)));
}
