/*
 * fitted_rows.c
 *	  fitted_rows(): what a fitted pipeline has learned, as rows.
 */
#include "postgres.h"
#include "pipeline/fitted.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

enum {STEP, WHAT, CODE, UNIT_GROUP, PERIOD, LEARNED, COLUMNS};

/* One row a part, of what a step over columns learned of a criterion. */
static void
put_criterion(ReturnSetInfo *rows, const fitted *f, const fitted_step *step, int criterion,
			  Datum *value)
{
	bool		null[COLUMNS] = {false};

	value[CODE] = CStringGetTextDatum(f->code[criterion]);
	for (int part = 0; part < step->parts.count; part++)
	{
		const part_label *label = &step->parts.label[part];

		CHECK_FOR_INTERRUPTS();
		null[UNIT_GROUP] = label->group.length < 0;
		if (!null[UNIT_GROUP])
			value[UNIT_GROUP] = PointerGetDatum(cstring_to_text_with_len(label->group.bytes,
																		 label->group.length));
		null[PERIOD] = !step->parts.by_period;
		value[PERIOD] = Int32GetDatum(label->period);
		value[LEARNED] = CStringGetTextDatum(fitted_cell_text(&step->cell[criterion][part]));
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
}

/* (fitted) */
PARINDEX_FUNCTION(parindex_fitted_rows);
Datum
parindex_fitted_rows(PG_FUNCTION_ARGS)
{
	const fitted *f = PG_GETARG_FITTED(0);
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < f->plan->steps; i++)
	{
		const fitted_step *step = &f->step[i];
		Datum		value[COLUMNS] = {0};
		bool		left_null[COLUMNS] = {false, false, false, true, true, false};

		value[STEP] = Int32GetDatum(i + 1);
		value[WHAT] = CStringGetTextDatum(pipeline_step_text(&f->plan->step[i]));
		for (int k = 0; k < f->codes; k++)
		{
			if (step->cell != NULL && step->cell[k] != NULL)
				put_criterion(rows, f, step, k, value);
			if (step->left == NULL || !step->left[k])
				continue;
			value[CODE] = CStringGetTextDatum(f->code[k]);
			value[LEARNED] = CStringGetTextDatum("left out");
			tuplestore_putvalues(rows->setResult, rows->setDesc, value, left_null);
		}
	}
	return (Datum) 0;
}
