/*
 * survey_design_io.c
 *	  Text and binary forms of survey_design, and its order.
 *
 * Text, version 1, with keys as in survey_table_io.c: by stratum the PSUs
 * sampled and, where it is counted, their population; with two stages by PSU
 * these, then the second-stage units likewise:
 *
 *	  v1 {1: 5 of 40; 2: 4}
 *	  v1 {"A"/"x": 3 of 12, 4 of 18; "A"/"y": 3 of 12, 6}
 *
 * Binary, in network byte order: what survey_send_kind() writes; int32
 * records, each its key and, a stage, int64 sampled and population (0: not
 * counted). Both are canonical: equal designs have equal text and bytes.
 */
#include "postgres.h"
#include "survey/state/survey_design.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "survey/state/survey_table_io.h"

#define TYPE_NAME "survey_design"

/* The design in canonical form; itself where it is so. */
static survey_design *
canonical(survey_design *design)
{
	return survey_table_is_working(design) ? survey_design_finish(design) : design;
}

/* ---------- text ---------- */

static void
append_counts(StringInfo out, sampled_of counts)
{
	appendStringInfo(out, " " INT64_FORMAT, counts.sampled);
	if (counts.population != 0)
		appendStringInfo(out, " of " INT64_FORMAT, counts.population);
}

PARINDEX_FUNCTION(parindex_survey_design_out);
Datum
parindex_survey_design_out(PG_FUNCTION_ARGS)
{
	const survey_design *design = canonical(PG_GETARG_SURVEY_DESIGN_P(0));
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d {", SURVEY_TABLE_VERSION);
	for (int32 i = 0; i < design->count; i++)
	{
		const design_counts *counts = survey_design_counts(design, i);

		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoString(&out, "; ");
		survey_append_key(&out, design, survey_table_record(design, i));
		appendStringInfoChar(&out, ':');
		append_counts(&out, counts->psus);
		if (!survey_design_two_stages(design))
			continue;
		appendStringInfoChar(&out, ',');
		append_counts(&out, counts->ssus);
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

PARINDEX_FUNCTION(parindex_survey_design_in);
Datum
parindex_survey_design_in(PG_FUNCTION_ARGS)
{
	text_reader reader = {TYPE_NAME, PG_GETARG_CSTRING(0), PG_GETARG_CSTRING(0), NULL};
	survey_design *design;
	int			levels;
	bool		text_keys;

	text_expect(&reader, "v1");
	text_expect(&reader, "{");
	survey_first_key_kind(&reader, &text_keys, &levels);
	if (levels > SURVEY_PSU + 1)
		text_error(&reader, "a stratum, or a stratum and a primary sampling unit");
	design = survey_design_new(levels, text_keys);
	do
	{
		survey_key	key;
		design_counts counts = {0};

		CHECK_FOR_INTERRUPTS();
		survey_read_key(&reader, &design, &key);
		text_expect(&reader, ":");
		counts.psus.sampled = survey_read_count(&reader);
		if (text_accept(&reader, "of"))
			counts.psus.population = survey_read_count(&reader);
		if (levels > SURVEY_PSU)
		{
			text_expect(&reader, ",");
			counts.ssus.sampled = survey_read_count(&reader);
			if (text_accept(&reader, "of"))
				counts.ssus.population = survey_read_count(&reader);
		}
		survey_design_add(&design, &key, counts);
	}
	while (text_accept(&reader, ";"));
	text_expect(&reader, "}");
	text_expect_end(&reader);
	PG_RETURN_POINTER(survey_design_finish(design));
}

/* ---------- binary ---------- */

static void
send_counts(StringInfo out, sampled_of counts)
{
	pq_sendint64(out, counts.sampled);
	pq_sendint64(out, counts.population);
}

static bytea *
binary_form(Datum value)
{
	survey_design *stored = DatumGetSurveyDesignP(value);
	survey_design *design = canonical(stored);
	StringInfoData out;

	pq_begintypsend(&out);
	survey_send_kind(&out, design);
	pq_sendint32(&out, (uint32) design->count);
	for (int32 i = 0; i < design->count; i++)
	{
		const design_counts *counts = survey_design_counts(design, i);

		CHECK_FOR_INTERRUPTS();
		survey_send_key(&out, design, survey_table_record(design, i));
		send_counts(&out, counts->psus);
		if (survey_design_two_stages(design))
			send_counts(&out, counts->ssus);
	}
	if (design != stored)
		pfree(design);
	if ((Pointer) stored != DatumGetPointer(value))
		pfree(stored);
	return pq_endtypsend(&out);
}

PARINDEX_FUNCTION(parindex_survey_design_send);
Datum
parindex_survey_design_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(binary_form(PG_GETARG_DATUM(0)));
}

static sampled_of
recv_counts(StringInfo message)
{
	sampled_of	counts;

	counts.sampled = pq_getmsgint64(message);
	counts.population = pq_getmsgint64(message);
	return counts;
}

PARINDEX_FUNCTION(parindex_survey_design_recv);
Datum
parindex_survey_design_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	survey_design *design;
	bool		text_keys;
	int			levels;
	int32		records;

	survey_recv_kind(message, TYPE_NAME, SURVEY_STRATUM + 1, SURVEY_PSU + 1, &text_keys, &levels);
	design = survey_design_new(levels, text_keys);
	records = wire_count(message, TYPE_NAME,
						 survey_key_wire_size(text_keys, levels) + sizeof(sampled_of) * levels);
	if (records == 0)
		wire_error(TYPE_NAME, "It has no records.");
	for (int32 i = 0; i < records; i++)
	{
		survey_key	key;
		design_counts counts = {0};

		CHECK_FOR_INTERRUPTS();
		survey_recv_key(message, &design, &key);
		counts.psus = recv_counts(message);
		if (levels > SURVEY_PSU)
			counts.ssus = recv_counts(message);
		survey_design_add(&design, &key, counts);
	}
	PG_RETURN_POINTER(survey_design_finish(design));
}

/* ---------- order: that of the binary form, the same on every machine ---------- */

IMAGE_COMPARISON_FUNCTIONS(survey_design, binary_form)
