/*
 * survey_quantile_stats_io.c
 *	  Text and binary forms of survey_quantile_stats, and their order.
 *
 * As those of survey_stats (survey_stats_io.c), with the value behind the key
 * of the sampling unit, and without what says the same in each state. Text:
 *
 *	  v1 n=3 {1/101 2.5: 0x3p0 0x9p0; 1/102 2.5: 0x1p1 0x1p2}
 *
 * Binary: what survey_send_kind() writes; int64 n; int32 cells, each with its
 * key, float8 value, and the sums of w and w * w.
 */
#include "postgres.h"
#include "survey/state/survey_quantile_stats.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/exact_sum_text.h"
#include "base/forms/wire.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "survey/state/survey_sum.h"
#include "survey/state/survey_table_io.h"
#include "utils/float.h"

#define TYPE_NAME "survey_quantile_stats"

/* Characters that float8 takes for a number. */
#define NUMBER_LENGTH 64

/* Without the state of no rows, which has no cells. */
static Datum
finished(const survey_stats *stats, int sqlstate)
{
	const char *problem = survey_stats_problem(stats);

	if (problem)
		survey_invalid_value(TYPE_NAME, sqlstate, problem);
	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		exact_integer squares;

		CHECK_FOR_INTERRUPTS();
		survey_cell_sum(stats, cell, 0, &squares);
		if (squares.limbs == 0 || squares.negative)
			survey_invalid_value(TYPE_NAME, sqlstate,
								 "A value has no sum of squared weights above zero.");
	}
	PG_RETURN_POINTER(survey_stats_canonical(stats));
}

static void
check_value(double value, int sqlstate)
{
	if (!double_is_finite(value))
		survey_invalid_value(TYPE_NAME, sqlstate, "A value is not finite.");
}

/* ---------- text ---------- */

PARINDEX_FUNCTION(parindex_survey_quantile_stats_out);
Datum
parindex_survey_quantile_stats_out(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_canonical(PG_GETARG_SURVEY_STATS_P(0));
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d n=" INT64_FORMAT " {", SURVEY_TABLE_VERSION, stats->n);
	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		char		value[DOUBLE_SHORTEST_DECIMAL_LEN];
		exact_integer sum;

		CHECK_FOR_INTERRUPTS();
		double_to_shortest_decimal_buf(survey_cell_value(stats, cell), value);
		if (cell > 0)
			appendStringInfoString(&out, "; ");
		survey_append_key(&out, &stats->table, survey_cell_key(stats, cell));
		appendStringInfo(&out, " %s:", value);
		for (int i = -1; i < 1; i++)
		{
			survey_cell_sum(stats, cell, i, &sum);
			appendStringInfoChar(&out, ' ');
			append_exact_sum(&out, &sum);
		}
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* The number before the colon. */
static double
parse_value(text_reader *reader)
{
	char		number[NUMBER_LENGTH];
	double		value;
	Size		length;

	text_skip_space(reader);
	length = strcspn(reader->at, ":");
	if (length == 0 || length >= sizeof(number))
		text_error(reader, "a value");
	strlcpy(number, reader->at, length + 1);
	value = parse_float8(number, TYPE_NAME, clip_text(reader->text, (int) strlen(reader->text)));
	check_value(value, ERRCODE_INVALID_TEXT_REPRESENTATION);
	reader->at += length;
	return value;
}

static void
parse_cell(text_reader *reader, survey_stats **stats)
{
	survey_table *table = &(*stats)->table;
	survey_key	key;
	survey_sum	sum;
	int32		cell;

	CHECK_FOR_INTERRUPTS();
	survey_read_key(reader, &table, &key);
	*stats = (survey_stats *) table;
	key.part[SURVEY_VALUE] = survey_value_part(parse_value(reader));
	cell = survey_new_cell(stats, &key, TYPE_NAME, ERRCODE_INVALID_TEXT_REPRESENTATION);
	text_expect(reader, ":");
	for (int i = -1; i < 1; i++)
	{
		survey_parse_sum(reader, &sum);
		survey_add_sum(stats, cell, i, &sum);
	}
}

PARINDEX_FUNCTION(parindex_survey_quantile_stats_in);
Datum
parindex_survey_quantile_stats_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	text_reader reader = {TYPE_NAME, input, input, NULL};
	survey_stats *stats = survey_stats_empty();
	int64		n;
	int			levels;
	bool		text_keys;

	text_expect(&reader, "v1");
	text_expect(&reader, "n=");
	n = survey_read_count(&reader);
	text_expect(&reader, "{");
	survey_first_key_kind(&reader, &text_keys, &levels);
	if (n > 0)
	{
		if (levels != SURVEY_PSU + 1)
			text_error(&reader, "keys of a stratum and a primary sampling unit");
		stats = survey_stats_new(levels, text_keys, 1);
		stats->n = n;
		do
			parse_cell(&reader, &stats);
		while (text_accept(&reader, ";"));
	}
	text_expect(&reader, "}");
	text_expect_end(&reader);
	return finished(stats, ERRCODE_INVALID_TEXT_REPRESENTATION);
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
	pq_sendint32(&out, (uint32) survey_cell_count(stats));
	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		CHECK_FOR_INTERRUPTS();
		survey_send_key(&out, &stats->table, survey_cell_key(stats, cell));
		pq_sendfloat8(&out, survey_cell_value(stats, cell));
		for (int i = -1; i < 1; i++)
			survey_send_sum(&out, survey_cell_window(stats, cell, i));
	}
	if (stats != stored)
		pfree(stats);
	if ((Pointer) stored != DatumGetPointer(value))
		pfree(stored);
	return pq_endtypsend(&out);
}

PARINDEX_FUNCTION(parindex_survey_quantile_stats_send);
Datum
parindex_survey_quantile_stats_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(binary_form(PG_GETARG_DATUM(0)));
}

static void
recv_cell(StringInfo message, survey_stats **stats)
{
	survey_table *table = &(*stats)->table;
	survey_key	key;
	survey_sum	sum;
	double		value;
	int32		cell;

	CHECK_FOR_INTERRUPTS();
	survey_recv_key(message, &table, &key);
	*stats = (survey_stats *) table;
	value = pq_getmsgfloat8(message);
	check_value(value, ERRCODE_INVALID_BINARY_REPRESENTATION);
	key.part[SURVEY_VALUE] = survey_value_part(value);
	cell = survey_new_cell(stats, &key, TYPE_NAME, ERRCODE_INVALID_BINARY_REPRESENTATION);
	for (int i = -1; i < 1; i++)
	{
		survey_recv_sum(message, TYPE_NAME, &sum);
		survey_add_sum(stats, cell, i, &sum);
	}
}

PARINDEX_FUNCTION(parindex_survey_quantile_stats_recv);
Datum
parindex_survey_quantile_stats_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	survey_stats *stats;
	bool		text_keys;
	int			levels;
	int64		n;
	int32		cells;

	survey_recv_kind(message, TYPE_NAME, SURVEY_PSU + 1, SURVEY_PSU + 1, &text_keys, &levels);
	n = pq_getmsgint64(message);
	cells = wire_count(message, TYPE_NAME,
					   survey_key_wire_size(text_keys, levels) + sizeof(float8) +
					   2 * SURVEY_SUM_WIRE_SIZE);
	stats = survey_stats_new(levels, text_keys, 1);
	stats->n = n;
	for (int32 i = 0; i < cells; i++)
		recv_cell(message, &stats);
	return finished(n == 0 && cells == 0 ? survey_stats_empty() : stats,
					ERRCODE_INVALID_BINARY_REPRESENTATION);
}

/* ---------- order: that of the binary form, the same on every machine ---------- */

IMAGE_COMPARISON_FUNCTIONS(survey_quantile_stats, binary_form)
