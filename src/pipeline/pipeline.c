/*
 * pipeline.c
 *	  The type pipeline: text and binary forms, order, and what can be asked of
 *	  it. The binary form is a version byte and the text.
 */
#include "postgres.h"
#include "pipeline/pipeline.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

static text *
canonical(const char *given)
{
	if (strlen(given) > PIPELINE_MAX_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("pipeline is too long"),
				 errdetail("Its text has at most %d bytes.", PIPELINE_MAX_TEXT)));
	return cstring_to_text(pipeline_text(pipeline_parse(given)));
}

PARINDEX_FUNCTION(parindex_pipeline_in);
Datum
parindex_pipeline_in(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(canonical(PG_GETARG_CSTRING(0)));
}

PARINDEX_FUNCTION(parindex_pipeline_out);
Datum
parindex_pipeline_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(text_to_cstring(PG_GETARG_TEXT_PP(0)));
}

PARINDEX_FUNCTION(parindex_pipeline_send);
Datum
parindex_pipeline_send(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	StringInfoData wire;

	pq_begintypsend(&wire);
	pq_sendbyte(&wire, PIPELINE_VERSION);
	pq_sendtext(&wire, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	PG_RETURN_BYTEA_P(pq_endtypsend(&wire));
}

PARINDEX_FUNCTION(parindex_pipeline_recv);
Datum
parindex_pipeline_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	char	   *given;
	text	   *value;
	int			length;

	wire_version(wire, "pipeline", PIPELINE_VERSION);
	given = pq_getmsgtext(wire, wire->len - wire->cursor, &length);
	value = canonical(given);
	if (VARSIZE_ANY_EXHDR(value) != (Size) length ||
		memcmp(VARDATA_ANY(value), given, length) != 0)
		wire_error("pipeline", "Its text is not the canonical one.");
	PG_RETURN_TEXT_P(value);
}

pipeline_plan *
pipeline_argument(FunctionCallInfo fcinfo, int argument)
{
	return pipeline_parse(text_to_cstring(PG_GETARG_TEXT_PP(argument)));
}

/* The steps as rows. */
PARINDEX_FUNCTION(parindex_pipeline_steps);
Datum
parindex_pipeline_steps(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {STEP, VERB, SETTINGS, CODES, COLUMNS};
	const pipeline_plan *plan = pipeline_argument(fcinfo, 0);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < plan->steps; i++)
	{
		const pipeline_step *step = &plan->step[i];
		const char *text = pipeline_step_text(step);
		const code_list *codes = step->on.count > 0 ? &step->on : &step->codes;
		Datum	   *code = palloc(sizeof(Datum) * Max(codes->count, 1));
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		for (int k = 0; k < codes->count; k++)
			code[k] = CStringGetTextDatum(codes->code[k]);
		values[STEP] = Int32GetDatum(i + 1);
		values[VERB] = CStringGetTextDatum(pipeline_verb_names[step->verb]);
		values[SETTINGS] = CStringGetTextDatum(text + strlen(pipeline_verb_names[step->verb]) + 1);
		nulls[CODES] = codes->count == 0;
		values[CODES] = PointerGetDatum(construct_array(code, codes->count, TEXTOID, -1, false,
														TYPALIGN_INT));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---------- order: that of the canonical text ---------- */

static struct varlena *
detoasted(Datum value)
{
	return PG_DETOAST_DATUM_PACKED(value);
}

IMAGE_COMPARISON_FUNCTIONS(pipeline, detoasted)
