/*
 * survey_table_io.c
 *	  Keys of survey tables as function arguments, as text and on the wire.
 *
 * Text: the parts from the stratum down, parted by slashes; a bigint, or a
 * text in double quotes, where " and \ are written \" and \\. Wire: int64, or
 * int32 length and the bytes, in the client's encoding.
 */
#include "postgres.h"
#include "survey/state/survey_table.h"

#include <ctype.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

static const char *const level_name[SURVEY_LEVELS] = {
	"stratum", "primary sampling unit", "second-stage unit"
};

void
survey_key_arguments(FunctionCallInfo fcinfo, const int *argument, survey_table **table,
					 survey_key *key)
{
	memset(key, 0, sizeof(*key));
	for (int i = 0; i < (*table)->levels; i++)
	{
		if (PG_ARGISNULL(argument[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s is NULL", level_name[i]),
					 errhint("Name a %s for every row, or leave the row out with FILTER.", level_name[i])));
		if (survey_table_has_text(*table))
		{
			text	   *name = PG_GETARG_TEXT_PP(argument[i]);

			key->part[i] = survey_table_intern(table, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
		}
		else
			key->part[i] = PG_GETARG_INT64(argument[i]);
	}
}

/* ---------- text ---------- */

void
survey_append_key(StringInfo out, const survey_table *table, const survey_key *key)
{
	for (int i = 0; i < table->levels; i++)
	{
		int			length;
		const char *bytes = survey_part_bytes(table, key, i, &length);

		if (i > 0)
			appendStringInfoChar(out, '/');
		if (bytes == NULL)
		{
			appendStringInfo(out, INT64_FORMAT, key->part[i]);
			continue;
		}
		appendStringInfoChar(out, '"');
		for (int k = 0; k < length; k++)
		{
			if (bytes[k] == '"' || bytes[k] == '\\')
				appendStringInfoChar(out, '\\');
			appendStringInfoChar(out, bytes[k]);
		}
		appendStringInfoChar(out, '"');
	}
}

static bool
parse_quoted(const char **next, StringInfo bytes)
{
	const char *p = *next;

	if (*p++ != '"')
		return false;
	resetStringInfo(bytes);
	for (; *p != '"'; p++)
	{
		if (*p == '\\')
			p++;
		if (*p == '\0')
			return false;
		appendStringInfoChar(bytes, *p);
	}
	*next = p + 1;
	return true;
}

static bool
parse_bigint(const char **next, int64 *value)
{
	char	   *end;

	if (!isdigit((unsigned char) (*next)[0]) &&
		!((*next)[0] == '-' && isdigit((unsigned char) (*next)[1])))
		return false;
	errno = 0;
	*value = strtoi64(*next, &end, 10);
	*next = end;
	return errno == 0;
}

void
survey_read_key(survey_reader *reader, survey_table **table, survey_key *key)
{
	static const char expected[] = "a sampling unit with the same kind of key as the first";
	StringInfoData bytes;

	memset(key, 0, sizeof(*key));
	initStringInfo(&bytes);
	survey_skip_space(reader);
	for (int i = 0; i < (*table)->levels; i++)
	{
		if (i > 0 && *reader->next++ != '/')
		{
			reader->next--;
			survey_syntax_error(reader, expected);
		}
		if (!survey_table_has_text(*table))
		{
			if (!parse_bigint(&reader->next, &key->part[i]))
				survey_syntax_error(reader, expected);
		}
		else if (parse_quoted(&reader->next, &bytes))
			key->part[i] = survey_table_intern(table, bytes.data, bytes.len);
		else
			survey_syntax_error(reader, expected);
	}
	pfree(bytes.data);
}

void
survey_first_key_kind(const survey_reader *reader, bool *text_keys, int *levels)
{
	const char *p = reader->next;
	bool		quoted = false;

	while (isspace((unsigned char) *p))
		p++;
	*text_keys = *p == '"';
	*levels = 1;
	for (; *p != '\0' && (quoted || *p != ':'); p++)
	{
		if (quoted && *p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '"')
			quoted = !quoted;
		else if (*p == '/' && !quoted)
			++*levels;
	}
}

/* ---------- reading text ---------- */

/* Most characters of refused input shown in an error. */
#define CLIP_LENGTH 60

void
survey_syntax_error(const survey_reader *reader, const char *expected)
{
	int			length = (int) strlen(reader->whole);
	int			shown = pg_mbcliplen(reader->whole, length, CLIP_LENGTH);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"", reader->type,
					shown, reader->whole, shown < length ? "..." : ""),
			 errdetail("Expected %s at character %d.", expected,
					   (int) (reader->next - reader->whole) + 1)));
}

void
survey_skip_space(survey_reader *reader)
{
	while (isspace((unsigned char) *reader->next))
		reader->next++;
}

/* Step over a symbol, and white space before it, where it is next. */
bool
survey_accept(survey_reader *reader, const char *symbol)
{
	size_t		length = strlen(symbol);

	survey_skip_space(reader);
	if (strncmp(reader->next, symbol, length) != 0)
		return false;
	reader->next += length;
	return true;
}

void
survey_expect(survey_reader *reader, const char *symbol)
{
	if (!survey_accept(reader, symbol))
		survey_syntax_error(reader, symbol);
}

void
survey_expect_end(survey_reader *reader)
{
	survey_skip_space(reader);
	if (*reader->next != '\0')
		survey_syntax_error(reader, "the end");
}

int64
survey_read_count(survey_reader *reader)
{
	int64		value;

	survey_skip_space(reader);
	if (!isdigit((unsigned char) *reader->next) || !parse_bigint(&reader->next, &value))
		survey_syntax_error(reader, "a count");
	return value;
}

/* ---------- binary ---------- */

void
survey_send_key(StringInfo out, const survey_table *table, const survey_key *key)
{
	for (int i = 0; i < table->levels; i++)
	{
		int			length;
		const char *bytes = survey_part_bytes(table, key, i, &length);

		if (bytes == NULL)
			pq_sendint64(out, key->part[i]);
		else
			send_counted_text(out, bytes, length);
	}
}

void
survey_recv_key(StringInfo message, survey_table **table, survey_key *key)
{
	memset(key, 0, sizeof(*key));
	for (int i = 0; i < (*table)->levels; i++)
	{
		if (survey_table_has_text(*table))
		{
			int			claimed = (int) pq_getmsgint(message, 4);
			int			length;
			char	   *bytes = pq_getmsgtext(message, claimed, &length);

			key->part[i] = survey_table_intern(table, bytes, length);
			pfree(bytes);
		}
		else
			key->part[i] = pq_getmsgint64(message);
	}
}

void
survey_send_kind(StringInfo out, const survey_table *table)
{
	pq_sendbyte(out, SURVEY_TABLE_VERSION);
	pq_sendbyte(out, table->flags & SURVEY_TABLE_TEXT_KEYS);
	pq_sendbyte(out, table->levels);
}

void
survey_recv_kind(StringInfo message, const char *type, int min_levels, int max_levels,
				 bool *text_keys, int *levels)
{
	int			version = pq_getmsgbyte(message);
	int			flags;

	if (version != SURVEY_TABLE_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of type %s", version, type),
				 errdetail("This library reads version %d.", SURVEY_TABLE_VERSION)));
	flags = pq_getmsgbyte(message);
	*levels = pq_getmsgbyte(message);
	*text_keys = flags & SURVEY_TABLE_TEXT_KEYS;
	if ((flags & ~SURVEY_TABLE_TEXT_KEYS) != 0 || *levels < min_levels || *levels > max_levels)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value of type %s", type),
				 errdetail("It claims flags %d and keys of %d levels.", flags, *levels)));
}
