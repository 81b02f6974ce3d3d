/*
 * score_list_io.c
 *	  Text and binary forms of score_list.
 *
 * Text:	v1 top 2 text float8 {"Quảng Ninh": 73.02, "Đồng Tháp": 70.53}
 *			v1 all bigint numeric {101: 73.020, 102: 70.5}
 * A text unit stands in double quotes, with \" and \\ for these two; all its
 * other bytes are kept.  float8 scores are the shortest decimal that reads
 * back as the same bits, whatever extra_float_digits says.  The word
 * "overfull" before the kinds marks a partial list that left tied units out.
 *
 * Binary, in network byte order: version, unit kind, score kind, overfull
 * (int8 each), k, number of units (int32 each), then of each unit the unit
 * (int64; or int32 length and text) and the score (float8, or as numeric_send).
 *
 * Input takes units in any order, since text sorts differently in another
 * server encoding.  It trusts nothing: items are added one by one, and the
 * list must survive pruning whole.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "ranking/lists/score_list.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#define TYPE_NAME "score_list"

static const char *const unit_kind_names[] = {"text", "bigint"};
static const char *const score_kind_names[] = {"float8", "numeric"};

/*
 * The canonical form of a list just read, or NULL with *why set: a list of
 * the best k holds no more than k units, but for ties with the k-th.
 */
static score_list *
checked_list(const score_list *list, int32 given, bool overfull,
			 const char **why)
{
	score_list *result = score_list_pruned(list);

	if (result->count != given)
	{
		*why = "It holds units that are not among its best.";
		return NULL;
	}
	if (overfull)
	{
		if (result->k == 0 || result->count != result->k)
		{
			*why = "An overfull list holds exactly its best units, as many as asked for.";
			return NULL;
		}
		result->flags |= SCORE_LIST_OVERFULL;
	}
	return result;
}

static bool
is_nan(score_kind kind, Datum score)
{
	return kind == SCORE_KIND_FLOAT8
		? isnan(DatumGetFloat8(score))
		: numeric_is_nan(DatumGetNumeric(score));
}

/* ---------- text ---------- */

/* A word, as far as the next space or mark. */
static char *
read_word(text_reader *reader, const char *expected)
{
	size_t		length;
	char	   *word;

	text_skip_space(reader);
	length = strcspn(reader->at, " \t\n\v\f\r{}:,\"");
	if (length == 0)
		text_error(reader, expected);
	word = pnstrdup(reader->at, length);
	reader->at += length;
	return word;
}

/* Whether a word comes next, and so a space or the list after it. */
static bool
accept_word(text_reader *reader, const char *word)
{
	text_reader ahead = *reader;

	if (!text_accept(&ahead, word) ||
		(*ahead.at != '{' && *ahead.at != '\0' && !text_is_space(*ahead.at)))
		return false;
	*reader = ahead;
	return true;
}

static int
read_kind(text_reader *reader, const char *const names[2], const char *expected)
{
	if (accept_word(reader, names[0]))
		return 0;
	if (!accept_word(reader, names[1]))
		text_error(reader, expected);
	return 1;
}

static Datum
read_text_unit(text_reader *reader)
{
	char	   *unit;
	int			length;

	text_skip_space(reader);
	unit = text_quoted(reader, '\\', &length, "a unit in double quotes");
	return PointerGetDatum(cstring_to_text_with_len(unit, length));
}

static score_list_item
read_item(text_reader *reader, unit_kind units, score_kind scores)
{
	score_list_item item;
	text_reader start;
	Datum		word;

	if (units == UNIT_TEXT)
		item.unit = read_text_unit(reader);
	else
	{
		word = CStringGetDatum(read_word(reader, "a unit number"));
		item.unit = DirectFunctionCall1(int8in, word);
	}
	text_expect(reader, ":");
	text_skip_space(reader);
	start = *reader;
	word = CStringGetDatum(read_word(reader, "a score"));
	item.score = scores == SCORE_KIND_FLOAT8
		? DirectFunctionCall1(float8in, word)
		: DirectFunctionCall3(numeric_in, word, ObjectIdGetDatum(InvalidOid),
							  Int32GetDatum(-1));
	if (is_nan(scores, item.score))
		text_error(&start, "a score that is not NaN");
	return item;
}

static int32
read_k(text_reader *reader)
{
	const char *expected = psprintf("a number of units from 1 to %d", SCORE_LIST_MAX_K);
	text_reader start;
	int32		k;

	text_skip_space(reader);
	start = *reader;
	k = (int32) text_integer(reader, 1, SCORE_LIST_MAX_K, expected);
	if (*reader->at != '\0' && !text_is_space(*reader->at))
		text_error(&start, expected);
	return k;
}

/* cstring -> score_list */
PARINDEX_FUNCTION(parindex_score_list_in);
Datum
parindex_score_list_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	text_reader reader = {TYPE_NAME, input, input, NULL};
	score_list *list;
	score_list *result;
	unit_kind	units;
	score_kind	scores;
	const char *why;
	bool		overfull;
	int32		k = 0;
	int32		given = 0;

	if (!accept_word(&reader, "v1"))
		text_error(&reader, "format version \"v1\"");
	if (accept_word(&reader, "top"))
		k = read_k(&reader);
	else if (!accept_word(&reader, "all"))
		text_error(&reader, "\"top\" or \"all\"");
	overfull = accept_word(&reader, "overfull");
	units = read_kind(&reader, unit_kind_names, "\"text\" or \"bigint\"");
	scores = read_kind(&reader, score_kind_names, "\"float8\" or \"numeric\"");

	list = score_list_new(units, scores, k);
	text_expect(&reader, "{");
	if (!text_accept(&reader, "}"))
	{
		do
		{
			CHECK_FOR_INTERRUPTS();
			list = score_list_append(list, read_item(&reader, units, scores));
			given++;
		} while (text_accept(&reader, ","));

		if (!text_accept(&reader, "}"))
			text_error(&reader, "\",\" or \"}\"");
	}
	text_expect_end(&reader);

	result = checked_list(list, given, overfull, &why);
	if (result == NULL)
		text_refuse(&reader, why);
	PG_RETURN_SCORE_LIST_P(result);
}

/* score_list -> cstring */
PARINDEX_FUNCTION(parindex_score_list_out);
Datum
parindex_score_list_out(PG_FUNCTION_ARGS)
{
	const score_list *list = score_list_canonical(PG_GETARG_SCORE_LIST_P(0));
	score_list_reader reader;
	score_list_item item;
	StringInfoData out;
	const char *separator = "";

	initStringInfo(&out);
	appendStringInfo(&out, "v%d ", list->version);
	if (list->k > 0)
		appendStringInfo(&out, "top %d ", list->k);
	else
		appendStringInfoString(&out, "all ");
	if (list->flags & SCORE_LIST_OVERFULL)
		appendStringInfoString(&out, "overfull ");
	appendStringInfo(&out, "%s %s {", unit_kind_names[list->unit_kind],
					 score_kind_names[list->score_kind]);

	score_list_read(&reader, list);
	while (score_list_next(&reader, &item))
	{
		char	   *score = score_to_cstring(list->score_kind, item.score);

		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(&out, separator);
		/* Server encodings use neither of the two bytes escaped inside a character. */
		if (list->unit_kind == UNIT_TEXT)
			text_append_quoted(&out, VARDATA_ANY(DatumGetPointer(item.unit)),
							   VARSIZE_ANY_EXHDR(DatumGetPointer(item.unit)), '\\');
		else
			appendStringInfo(&out, INT64_FORMAT, DatumGetInt64(item.unit));
		appendStringInfo(&out, ": %s", score);
		pfree(score);
		separator = ", ";
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* ---------- binary ---------- */

static score_list_item
receive_item(StringInfo wire, unit_kind units, score_kind scores)
{
	score_list_item item;

	if (units == UNIT_BIGINT)
		item.unit = Int64GetDatum(pq_getmsgint64(wire));
	else
	{
		int			length = wire_count(wire, TYPE_NAME, 1);
		char	   *unit = pq_getmsgtext(wire, length, &length);

		item.unit = PointerGetDatum(cstring_to_text_with_len(unit, length));
		pfree(unit);
	}

	item.score = scores == SCORE_KIND_FLOAT8
		? Float8GetDatum(pq_getmsgfloat8(wire))
		: DirectFunctionCall3(numeric_recv, PointerGetDatum(wire),
							  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	if (is_nan(scores, item.score))
		wire_error(TYPE_NAME, "A score is NaN.");
	return item;
}

/* internal -> score_list */
PARINDEX_FUNCTION(parindex_score_list_recv);
Datum
parindex_score_list_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	score_list *list;
	score_list *result;
	const char *why;
	int			units;
	int			scores;
	int			overfull;
	int32		k;
	int32		count;

	wire_version(wire, TYPE_NAME, SCORE_LIST_VERSION);
	units = pq_getmsgbyte(wire);
	if (units != UNIT_TEXT && units != UNIT_BIGINT)
		wire_error(TYPE_NAME, "Units are neither text nor bigint.");
	scores = pq_getmsgbyte(wire);
	if (scores != SCORE_KIND_FLOAT8 && scores != SCORE_KIND_NUMERIC)
		wire_error(TYPE_NAME, "Scores are neither float8 nor numeric.");
	overfull = pq_getmsgbyte(wire);
	if (overfull != 0 && overfull != 1)
		wire_error(TYPE_NAME, "The mark of an overfull list is neither 0 nor 1.");
	k = pq_getmsgint(wire, 4);
	if (k < 0 || k > SCORE_LIST_MAX_K)
		wire_error(TYPE_NAME, "The number of units asked for is not in 0 to 1000000.");

	/* The smallest unit takes 4 bytes, and the smallest score 8. */
	count = wire_count(wire, TYPE_NAME, 4 + 8);
	list = score_list_new(units, scores, k);
	for (int32 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		list = score_list_append(list, receive_item(wire, units, scores));
	}

	result = checked_list(list, count, overfull, &why);
	if (result == NULL)
		wire_error(TYPE_NAME, why);
	PG_RETURN_SCORE_LIST_P(result);
}

static void
send_numeric(StringInfo message, Datum score)
{
	bytea	   *bytes = DatumGetByteaPP(DirectFunctionCall1(numeric_send, score));

	pq_sendbytes(message, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	pfree(bytes);
}

PARINDEX_FUNCTION(parindex_score_list_send);
Datum
parindex_score_list_send(PG_FUNCTION_ARGS)
{
	const score_list *list = score_list_canonical(PG_GETARG_SCORE_LIST_P(0));
	score_list_reader reader;
	score_list_item item;
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, list->version);
	pq_sendint8(&message, list->unit_kind);
	pq_sendint8(&message, list->score_kind);
	pq_sendint8(&message, (list->flags & SCORE_LIST_OVERFULL) != 0);
	pq_sendint32(&message, list->k);
	pq_sendint32(&message, list->count);

	score_list_read(&reader, list);
	while (score_list_next(&reader, &item))
	{
		CHECK_FOR_INTERRUPTS();
		if (list->unit_kind == UNIT_BIGINT)
			pq_sendint64(&message, DatumGetInt64(item.unit));
		else
			send_counted_text(&message, VARDATA_ANY(DatumGetPointer(item.unit)),
							  VARSIZE_ANY_EXHDR(DatumGetPointer(item.unit)));
		if (list->score_kind == SCORE_KIND_FLOAT8)
			pq_sendfloat8(&message, DatumGetFloat8(item.score));
		else
			send_numeric(&message, item.score);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
