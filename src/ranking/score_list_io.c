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

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "ranking/score_list.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

PARINDEX_FUNCTION(parindex_score_list_in);
PARINDEX_FUNCTION(parindex_score_list_out);
PARINDEX_FUNCTION(parindex_score_list_recv);
PARINDEX_FUNCTION(parindex_score_list_send);

static const char *const unit_kind_names[] = {"text", "bigint"};
static const char *const score_kind_names[] = {"float8", "numeric"};

/*
 * The canonical form of a list just read, or NULL with *why set: a list of
 * the best k holds no more than k units, but for ties with the k-th.
 */
static ScoreList *
checked_list(const ScoreList *list, int32 given, bool overfull,
			 const char **why)
{
	ScoreList  *result = score_list_pruned(list);

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
is_nan(ScoreKind score_kind, Datum score)
{
	return score_kind == SCORE_KIND_FLOAT8
		? isnan(DatumGetFloat8(score))
		: numeric_is_nan(DatumGetNumeric(score));
}

/* ---------- text ---------- */

typedef struct Scanner
{
	const char *input;
	const char *at;
} Scanner;

pg_noreturn static void
syntax_error(const Scanner *scanner, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type score_list: \"%s\"",
					scanner->input),
			 errdetail("Expected %s at character %d.", expected,
					   pg_mbstrlen_with_len(scanner->input,
											scanner->at - scanner->input) + 1)));
}

static void
skip_space(Scanner *scanner)
{
	scanner->at += strspn(scanner->at, " \t\n\r");
}

static bool
accept_mark(Scanner *scanner, char mark)
{
	skip_space(scanner);
	if (*scanner->at != mark)
		return false;
	scanner->at++;
	return true;
}

/* The bytes up to the next space or mark; where none, an error. */
static char *
scan_word(Scanner *scanner, const char *expected)
{
	Size		len;
	char	   *word;

	skip_space(scanner);
	len = strcspn(scanner->at, " \t\n\r{}:,\"");
	if (len == 0)
		syntax_error(scanner, expected);
	word = pnstrdup(scanner->at, len);
	scanner->at += len;
	return word;
}

static bool
accept_word(Scanner *scanner, const char *word)
{
	Scanner		ahead = *scanner;

	skip_space(&ahead);
	if (strncmp(ahead.at, word, strlen(word)) != 0)
		return false;
	ahead.at += strlen(word);
	if (strchr(" \t\n\r{", *ahead.at) == NULL)
		return false;
	*scanner = ahead;
	return true;
}

static int
scan_kind(Scanner *scanner, const char *const names[2], const char *expected)
{
	if (accept_word(scanner, names[0]))
		return 0;
	if (!accept_word(scanner, names[1]))
		syntax_error(scanner, expected);
	return 1;
}

static Datum
scan_text_unit(Scanner *scanner)
{
	StringInfoData unit;

	if (!accept_mark(scanner, '"'))
		syntax_error(scanner, "a unit in double quotes");

	initStringInfo(&unit);
	for (; *scanner->at != '"'; scanner->at++)
	{
		if (*scanner->at == '\\')
		{
			scanner->at++;
			if (*scanner->at != '"' && *scanner->at != '\\')
				syntax_error(scanner, "a quote or backslash");
		}
		if (*scanner->at == '\0')
			syntax_error(scanner, "a closing quote");
		appendStringInfoChar(&unit, *scanner->at);
	}
	scanner->at++;
	return PointerGetDatum(cstring_to_text_with_len(unit.data, unit.len));
}

static ScoreListItem
scan_item(Scanner *scanner, UnitKind unit_kind, ScoreKind score_kind)
{
	ScoreListItem item;
	Scanner		start;
	Datum		word;

	if (unit_kind == UNIT_TEXT)
		item.unit = scan_text_unit(scanner);
	else
	{
		word = CStringGetDatum(scan_word(scanner, "a unit number"));
		item.unit = DirectFunctionCall1(int8in, word);
	}

	if (!accept_mark(scanner, ':'))
		syntax_error(scanner, "\":\"");

	skip_space(scanner);
	start = *scanner;
	word = CStringGetDatum(scan_word(scanner, "a score"));
	item.score = score_kind == SCORE_KIND_FLOAT8
		? DirectFunctionCall1(float8in, word)
		: DirectFunctionCall3(numeric_in, word, ObjectIdGetDatum(InvalidOid),
							  Int32GetDatum(-1));
	if (is_nan(score_kind, item.score))
		syntax_error(&start, "a score that is not NaN");
	return item;
}

static int32
scan_k(Scanner *scanner)
{
	char	   *end;
	long		k;

	skip_space(scanner);
	k = strtol(scanner->at, &end, 10);
	if (end == scanner->at || k < 1 || k > SCORE_LIST_MAX_K ||
		strchr(" \t\n\r", *end) == NULL)
		syntax_error(scanner, psprintf("a number of units from 1 to %d",
									   SCORE_LIST_MAX_K));
	scanner->at = end;
	return (int32) k;
}

Datum
parindex_score_list_in(PG_FUNCTION_ARGS)
{
	Scanner		scanner;
	ScoreList  *list;
	ScoreList  *result;
	UnitKind	unit_kind;
	ScoreKind	score_kind;
	const char *why;
	bool		overfull;
	int32		k = 0;
	int32		given = 0;

	scanner.input = scanner.at = PG_GETARG_CSTRING(0);

	if (!accept_word(&scanner, "v1"))
		syntax_error(&scanner, "format version \"v1\"");

	if (accept_word(&scanner, "top"))
		k = scan_k(&scanner);
	else if (!accept_word(&scanner, "all"))
		syntax_error(&scanner, "\"top\" or \"all\"");

	overfull = accept_word(&scanner, "overfull");
	unit_kind = scan_kind(&scanner, unit_kind_names, "\"text\" or \"bigint\"");
	score_kind = scan_kind(&scanner, score_kind_names, "\"float8\" or \"numeric\"");

	list = score_list_new(unit_kind, score_kind, k);
	if (!accept_mark(&scanner, '{'))
		syntax_error(&scanner, "\"{\"");
	if (!accept_mark(&scanner, '}'))
	{
		do
		{
			CHECK_FOR_INTERRUPTS();
			list = score_list_append(list, scan_item(&scanner, unit_kind,
													 score_kind));
			given++;
		} while (accept_mark(&scanner, ','));

		if (!accept_mark(&scanner, '}'))
			syntax_error(&scanner, "\",\" or \"}\"");
	}
	skip_space(&scanner);
	if (*scanner.at != '\0')
		syntax_error(&scanner, "the end");

	result = checked_list(list, given, overfull, &why);
	if (result == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type score_list: \"%s\"",
						scanner.input),
				 errdetail("%s", why)));
	PG_RETURN_SCORE_LIST_P(result);
}

static void
append_quoted(StringInfo out, Datum unit)
{
	const char *at = VARDATA_ANY(DatumGetPointer(unit));
	const char *end = at + VARSIZE_ANY_EXHDR(DatumGetPointer(unit));

	/* Server encodings never use these two bytes inside a character. */
	appendStringInfoChar(out, '"');
	for (; at < end; at++)
	{
		if (*at == '"' || *at == '\\')
			appendStringInfoChar(out, '\\');
		appendStringInfoChar(out, *at);
	}
	appendStringInfoChar(out, '"');
}

Datum
parindex_score_list_out(PG_FUNCTION_ARGS)
{
	const ScoreList *list = score_list_canonical(PG_GETARG_SCORE_LIST_P(0));
	ScoreListReader reader;
	ScoreListItem item;
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
		if (list->unit_kind == UNIT_TEXT)
			append_quoted(&out, item.unit);
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

pg_noreturn static void
binary_error(const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value of type score_list"),
			 errdetail("%s", why)));
}

static ScoreListItem
receive_item(StringInfo message, UnitKind unit_kind, ScoreKind score_kind)
{
	ScoreListItem item;

	if (unit_kind == UNIT_BIGINT)
		item.unit = Int64GetDatum(pq_getmsgint64(message));
	else
	{
		int32		len = pq_getmsgint(message, 4);
		char	   *unit;
		int			unit_len;

		if (len < 0 || len > message->len - message->cursor)
			binary_error("A unit is longer than the message.");
		unit = pq_getmsgtext(message, len, &unit_len);
		item.unit = PointerGetDatum(cstring_to_text_with_len(unit, unit_len));
		pfree(unit);
	}

	item.score = score_kind == SCORE_KIND_FLOAT8
		? Float8GetDatum(pq_getmsgfloat8(message))
		: DirectFunctionCall3(numeric_recv, PointerGetDatum(message),
							  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	if (is_nan(score_kind, item.score))
		binary_error("A score is NaN.");
	return item;
}

Datum
parindex_score_list_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	ScoreList  *list;
	ScoreList  *result;
	const char *why;
	int			unit_kind;
	int			score_kind;
	int			overfull;
	int32		k;
	int32		count;
	int32		i;

	if (version != SCORE_LIST_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of type score_list", version),
				 errdetail("This library reads version %d.", SCORE_LIST_VERSION)));
	unit_kind = pq_getmsgbyte(message);
	if (unit_kind != UNIT_TEXT && unit_kind != UNIT_BIGINT)
		binary_error("Units are neither text nor bigint.");
	score_kind = pq_getmsgbyte(message);
	if (score_kind != SCORE_KIND_FLOAT8 && score_kind != SCORE_KIND_NUMERIC)
		binary_error("Scores are neither float8 nor numeric.");
	overfull = pq_getmsgbyte(message);
	if (overfull != 0 && overfull != 1)
		binary_error("The mark of an overfull list is neither 0 nor 1.");
	k = pq_getmsgint(message, 4);
	if (k < 0 || k > SCORE_LIST_MAX_K)
		binary_error("The number of units asked for is not in 0 to 1000000.");

	/* The smallest unit takes 4 bytes, and the smallest score 8. */
	count = pq_getmsgint(message, 4);
	if (count < 0 || count > (message->len - message->cursor) / 12)
		binary_error("It is too short for its number of units.");

	list = score_list_new(unit_kind, score_kind, k);
	for (i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		list = score_list_append(list, receive_item(message, unit_kind,
													score_kind));
	}

	result = checked_list(list, count, overfull, &why);
	if (result == NULL)
		binary_error(why);
	PG_RETURN_SCORE_LIST_P(result);
}

static void
send_numeric(StringInfo message, Datum score)
{
	bytea	   *bytes = DatumGetByteaPP(DirectFunctionCall1(numeric_send, score));

	pq_sendbytes(message, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	pfree(bytes);
}

Datum
parindex_score_list_send(PG_FUNCTION_ARGS)
{
	const ScoreList *list = score_list_canonical(PG_GETARG_SCORE_LIST_P(0));
	ScoreListReader reader;
	ScoreListItem item;
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
