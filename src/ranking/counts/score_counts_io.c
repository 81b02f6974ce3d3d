/*
 * score_counts_io.c
 *	  Text and binary forms of score_counts, its order, and what it holds.
 *
 * Text: v1 digits 2 {93.60: 3, 93.66: 1}, in ascending order of the scores, each
 * with all its digits. Binary, in network byte order: int8 version, int16
 * digits, int32 entries, then key and count (int64 each) of each; a key is the
 * score in units of its last digit, the infinities are the extremes of int64.
 */
#include "postgres.h"
#include "ranking/counts/score_counts.h"

#include "base/decimal_round.h"
#include "base/forms/comparison_functions.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define TYPE_NAME "score_counts"

/* ---------- text ---------- */

PARINDEX_FUNCTION(parindex_score_counts_out);
Datum
parindex_score_counts_out(PG_FUNCTION_ARGS)
{
	const score_counts *counts = score_counts_canonical(PG_GETARG_SCORE_COUNTS_P(0));
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d digits %d {", SCORE_COUNTS_VERSION, counts->digits);
	for (int i = 0; i < counts->entries; i++)
	{
		const score_count *entry = &counts->entry[i];
		Datum		score = score_of_key(entry->key, counts->digits);
		char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, score));

		CHECK_FOR_INTERRUPTS();
		appendStringInfo(&out, "%s%s: " INT64_FORMAT, i == 0 ? "" : ", ", text,
						 score_counts_at(counts, i));
		pfree(text);
		pfree(DatumGetPointer(score));
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* A score that has no more than the digits said. */
static int64
read_key(text_reader *reader, int digits)
{
	const char *start;
	size_t		length;
	char	   *word;
	Datum		score;
	int64		key;

	text_skip_space(reader);
	start = reader->at;
	length = strspn(start, "0123456789+-.eEInfinity");
	if (length == 0 || length > 100)
		text_error(reader, "a score");
	word = pnstrdup(start, length);
	score = DirectFunctionCall3(numeric_in, CStringGetDatum(word), ObjectIdGetDatum(InvalidOid),
								Int32GetDatum(-1));
	if (!score_key_of_numeric(score, digits, &key) ||
		!DatumGetBool(DirectFunctionCall2(numeric_eq, score, score_of_key(key, digits))))
		text_error(reader, psprintf("a score of %d digits", digits));
	reader->at += length;
	pfree(word);
	return key;
}

PARINDEX_FUNCTION(parindex_score_counts_in);
Datum
parindex_score_counts_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	text_reader reader = {
		TYPE_NAME, text, text,
		"Such values come from aggregates; write them down only as the output function does."
	};
	int			digits;
	int			entries = 0;
	int			room = 64;
	score_count *entry = palloc(sizeof(score_count) * room);

	text_expect(&reader, "v1");
	text_expect(&reader, "digits");
	text_skip_space(&reader);
	digits = (int) text_integer(&reader, MIN_ROUND_DIGITS, MAX_ROUND_DIGITS, "a number of digits from -15 to 15");
	text_expect(&reader, "{");
	while (!text_accept(&reader, "}"))
	{
		CHECK_FOR_INTERRUPTS();
		if (entries > 0)
			text_expect(&reader, ",");
		if (entries == room)
		{
			room *= 2;
			entry = repalloc_huge(entry, sizeof(score_count) * (Size) room);
		}
		entry[entries].key = read_key(&reader, digits);
		if (entries > 0 && entry[entries].key <= entry[entries - 1].key)
			text_refuse(&reader, "Scores must rise.");
		text_expect(&reader, ":");
		text_skip_space(&reader);
		entry[entries].count = text_integer(&reader, 1, PG_INT64_MAX, "a number of rows");
		entries++;
	}
	text_expect_end(&reader);
	PG_RETURN_POINTER(score_counts_make(digits, entry, entries));
}

/* ---------- binary ---------- */

PARINDEX_FUNCTION(parindex_score_counts_send);
Datum
parindex_score_counts_send(PG_FUNCTION_ARGS)
{
	const score_counts *counts = score_counts_canonical(PG_GETARG_SCORE_COUNTS_P(0));
	StringInfoData wire;

	pq_begintypsend(&wire);
	pq_sendbyte(&wire, SCORE_COUNTS_VERSION);
	pq_sendint16(&wire, (uint16) counts->digits);
	pq_sendint32(&wire, counts->entries);
	for (int i = 0; i < counts->entries; i++)
	{
		pq_sendint64(&wire, counts->entry[i].key);
		pq_sendint64(&wire, score_counts_at(counts, i));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&wire));
}

static bool
is_key(int64 key)
{
	return key == SCORE_KEY_MINUS_INFINITY || key == SCORE_KEY_PLUS_INFINITY ||
		(key > -SCORE_KEY_LIMIT && key < SCORE_KEY_LIMIT);
}

PARINDEX_FUNCTION(parindex_score_counts_recv);
Datum
parindex_score_counts_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	int			digits;
	int			entries;
	score_count *entry;

	wire_version(wire, TYPE_NAME, SCORE_COUNTS_VERSION);
	digits = (int16) pq_getmsgint(wire, 2);
	if (digits < MIN_ROUND_DIGITS || digits > MAX_ROUND_DIGITS)
		wire_error(TYPE_NAME, psprintf("It claims %d digits.", digits));
	entries = wire_count(wire, TYPE_NAME, sizeof(score_count));
	entry = palloc_extended(sizeof(score_count) * (Size) Max(entries, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < entries; i++)
	{
		entry[i].key = pq_getmsgint64(wire);
		entry[i].count = pq_getmsgint64(wire);
		if (!is_key(entry[i].key) || (i > 0 && entry[i].key <= entry[i - 1].key))
			wire_error(TYPE_NAME, psprintf("Score %d does not rise, or is too large.", i + 1));
		if (entry[i].count <= 0)
			wire_error(TYPE_NAME, psprintf("Score %d is met " INT64_FORMAT " times.", i + 1,
										   entry[i].count));
	}
	PG_RETURN_POINTER(score_counts_make(digits, entry, entries));
}

/* ---------- order: that of the canonical bytes ---------- */

static struct varlena *
canonical_image(Datum value)
{
	return (struct varlena *) unconstify(score_counts *,
										 score_counts_canonical(DatumGetScoreCountsP(value)));
}

IMAGE_COMPARISON_FUNCTIONS(score_counts, canonical_image)

/* ---------- rows ---------- */

PARINDEX_FUNCTION(parindex_score_counts_rows);
Datum
parindex_score_counts_rows(PG_FUNCTION_ARGS)
{
	const score_counts *counts = score_counts_canonical(PG_GETARG_SCORE_COUNTS_P(0));
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = counts->entries - 1; i >= 0; i--)
	{
		Datum		value[2] = {
			score_of_key(counts->entry[i].key, counts->digits), Int64GetDatum(score_counts_at(counts, i))
		};
		bool		null[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}
