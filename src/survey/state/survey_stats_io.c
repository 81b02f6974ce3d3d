/*
 * survey_stats_io.c
 *	  Text and binary forms of survey_stats and survey_cov_stats, and their
 *	  order.
 *
 * Both forms are of the canonical state, so equal states have equal text and
 * equal bytes. Text, version 1, on one line:
 *
 *	  v1 n=3 variables=1 yy=[0x15p0] {1/101: 0x3p0 0x7p0; 1/102: 0x1p0 0x1p1}
 *
 * with the sums of w * y[a] * y[b] in the order (0,0), (0,1), (1,1), (0,2) ...
 * and by sampling unit (survey_table_io.c) those of w and w * y[a]. Binary,
 * in network byte order: what survey_send_kind() writes; int64 n; int16
 * variables; the sums, as below; int32 sampling units, each with its key and
 * sums. A sum: int16 base in units of 32 bits, int16 number of limbs, limbs of
 * the shortest two's-complement integer as int64, most significant first.
 *
 * What comes in is added to an empty working state like any other rows, so
 * that only its figures need to be checked.
 */
#include "postgres.h"
#include "survey/state/survey_state.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/exact_sum_text.h"
#include "base/forms/wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "survey/state/survey_sum.h"
#include "survey/state/survey_table_io.h"

static const char *
type_name(bool several)
{
	return several ? "survey_cov_stats" : "survey_stats";
}

pg_noreturn static void
invalid_value(bool several, int sqlstate, const char *problem)
{
	survey_invalid_value(type_name(several), sqlstate, problem);
}

static Datum
finished(const survey_stats *stats, bool several, int sqlstate)
{
	const char *problem = survey_stats_problem(stats);

	if (problem)
		invalid_value(several, sqlstate, problem);
	PG_RETURN_POINTER(survey_stats_canonical(stats));
}

static bool
variables_possible(bool several, int64 n, int64 variables)
{
	return variables >= 0 && variables <= (several ? SURVEY_MAX_VARIABLES : 1) &&
		(variables == 0) == (n == 0);
}

/* ---------- text ---------- */

PARINDEX_FUNCTION(parindex_survey_stats_out);
Datum
parindex_survey_stats_out(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_canonical(PG_GETARG_SURVEY_STATS_P(0));
	exact_integer sum;
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d n=" INT64_FORMAT " variables=%d yy=[", SURVEY_TABLE_VERSION,
					 stats->n, stats->variables);
	for (int b = 0; b < stats->variables; b++)
		for (int a = 0; a <= b; a++)
		{
			survey_product_sum(stats, a, b, &sum);
			if (b > 0)
				appendStringInfoChar(&out, ' ');
			append_exact_sum(&out, &sum);
		}
	appendStringInfoString(&out, "] {");
	for (int32 cell = 0; cell < stats->table.count; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		if (cell > 0)
			appendStringInfoString(&out, "; ");
		survey_append_key(&out, &stats->table, survey_cell_key(stats, cell));
		appendStringInfoChar(&out, ':');
		for (int i = -1; i < stats->variables; i++)
		{
			survey_cell_sum(stats, cell, i, &sum);
			appendStringInfoChar(&out, ' ');
			append_exact_sum(&out, &sum);
		}
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

static Datum
state_in(const char *input, bool several)
{
	text_reader reader = {type_name(several), input, input, NULL};
	survey_sum	sum;
	survey_sum *product;
	survey_stats *stats;
	int64		n;
	int64		variables;
	int			levels;
	bool		text_keys;

	text_expect(&reader, "v1");
	text_expect(&reader, "n=");
	n = survey_read_count(&reader);
	text_expect(&reader, "variables=");
	variables = survey_read_count(&reader);
	if (!variables_possible(several, n, variables))
		text_error(&reader, "a number of variables that goes with the type and with n before here");
	text_expect(&reader, "yy=[");
	product = palloc(sizeof(survey_sum) * Max(survey_products((int) variables), 1));
	for (int i = 0; i < survey_products((int) variables); i++)
		survey_parse_sum(&reader, &product[i]);
	text_expect(&reader, "]");
	text_expect(&reader, "{");
	survey_first_key_kind(&reader, &text_keys, &levels);
	if (n == 0)
		stats = survey_stats_empty();
	else if (levels < SURVEY_PSU + 1 || levels > SURVEY_SSU + 1)
		text_error(&reader, "keys of a stratum, a primary sampling unit and at most a second-stage unit");
	else
	{
		stats = survey_stats_new(levels, text_keys, (int) variables);
		stats->n = n;
		for (int i = 0; i < survey_products((int) variables); i++)
			survey_add_sum(&stats, -1, i, &product[i]);
		do
		{
			survey_table *table = &stats->table;
			survey_key	key;
			int32		cell;

			CHECK_FOR_INTERRUPTS();
			survey_read_key(&reader, &table, &key);
			stats = (survey_stats *) table;
			cell = survey_new_cell(&stats, &key, type_name(several), ERRCODE_INVALID_TEXT_REPRESENTATION);
			text_expect(&reader, ":");
			for (int i = -1; i < variables; i++)
			{
				survey_parse_sum(&reader, &sum);
				survey_add_sum(&stats, cell, i, &sum);
			}
		}
		while (text_accept(&reader, ";"));
	}
	text_expect(&reader, "}");
	text_expect_end(&reader);
	return finished(stats, several, ERRCODE_INVALID_TEXT_REPRESENTATION);
}

/* ---------- binary ---------- */

static bytea *
binary_form(Datum value)
{
	survey_stats *stored = DatumGetSurveyStatsP(value);
	survey_stats *stats = survey_stats_canonical(stored);
	StringInfoData out;

	pq_begintypsend(&out);
	survey_send_kind(&out, &stats->table);
	pq_sendint64(&out, stats->n);
	pq_sendint16(&out, (uint16) stats->variables);
	for (int i = 0; i < survey_products(stats->variables); i++)
		survey_send_sum(&out, survey_product_window(stats, i));
	pq_sendint32(&out, (uint32) stats->table.count);
	for (int32 cell = 0; cell < stats->table.count; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		survey_send_key(&out, &stats->table, survey_cell_key(stats, cell));
		for (int i = -1; i < stats->variables; i++)
			survey_send_sum(&out, survey_cell_window(stats, cell, i));
	}
	if (stats != stored)
		pfree(stats);
	if ((Pointer) stored != DatumGetPointer(value))
		pfree(stored);
	return pq_endtypsend(&out);
}

PARINDEX_FUNCTION(parindex_survey_stats_send);
Datum
parindex_survey_stats_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(binary_form(PG_GETARG_DATUM(0)));
}

static Datum
state_recv(StringInfo message, bool several)
{
	survey_sum	sum;
	survey_stats *stats;
	bool		text_keys;
	int			levels;
	int64		n;
	int			variables;
	int32		cells;

	survey_recv_kind(message, type_name(several), SURVEY_PSU + 1, SURVEY_SSU + 1,
					 &text_keys, &levels);
	n = pq_getmsgint64(message);
	variables = (int16) pq_getmsgint(message, 2);
	if (n < 0 || !variables_possible(several, n, variables))
		invalid_value(several, ERRCODE_INVALID_BINARY_REPRESENTATION,
					  "Its number of variables does not go with the type and its number of rows.");
	stats = survey_stats_new(levels, text_keys, variables);
	stats->n = n;
	for (int i = 0; i < survey_products(variables); i++)
	{
		survey_recv_sum(message, type_name(several), &sum);
		survey_add_sum(&stats, -1, i, &sum);
	}
	cells = wire_count(message, type_name(several),
					   survey_key_wire_size(text_keys, levels) + SURVEY_SUM_WIRE_SIZE * (1 + variables));
	for (int32 i = 0; i < cells; i++)
	{
		survey_table *table = &stats->table;
		survey_key	key;
		int32		cell;

		CHECK_FOR_INTERRUPTS();
		survey_recv_key(message, &table, &key);
		stats = (survey_stats *) table;
		cell = survey_new_cell(&stats, &key, type_name(several), ERRCODE_INVALID_BINARY_REPRESENTATION);
		for (int v = -1; v < variables; v++)
		{
			survey_recv_sum(message, type_name(several), &sum);
			survey_add_sum(&stats, cell, v, &sum);
		}
	}
	return finished(n == 0 && cells == 0 ? survey_stats_empty() : stats, several,
					ERRCODE_INVALID_BINARY_REPRESENTATION);
}

/* ---------- one pair of functions a type ---------- */

#define STATE_INPUT(type, several) \
PARINDEX_FUNCTION(parindex_##type##_in); \
Datum \
parindex_##type##_in(PG_FUNCTION_ARGS) \
{ \
	return state_in(PG_GETARG_CSTRING(0), several); \
} \
PARINDEX_FUNCTION(parindex_##type##_recv); \
Datum \
parindex_##type##_recv(PG_FUNCTION_ARGS) \
{ \
	return state_recv((StringInfo) PG_GETARG_POINTER(0), several); \
}

STATE_INPUT(survey_stats, false)
STATE_INPUT(survey_cov_stats, true)

/* ---------- order: that of the binary form, the same on every machine ---------- */

IMAGE_COMPARISON_FUNCTIONS(survey_stats, binary_form)
