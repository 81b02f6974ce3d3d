/*
 * survey_table_io.c
 *	  Keys of survey tables as function arguments, as text and on the wire.
 *
 * Text: the parts from the stratum down, parted by slashes; a bigint, or a
 * text in double quotes, where " and \ are written \" and \\. Wire: int64, or
 * int32 length and the bytes, in the client's encoding.
 */
#include "postgres.h"
#include "survey/state/survey_table_io.h"

#include "base/forms/wire.h"
#include "libpq/pqformat.h"

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
			appendStringInfo(out, INT64_FORMAT, key->part[i]);
		else
			text_append_quoted(out, bytes, length, '\\');
	}
}

void
survey_read_key(text_reader *reader, survey_table **table, survey_key *key)
{
	static const char expected[] = "a sampling unit with the same kind of key as the first";

	memset(key, 0, sizeof(*key));
	text_skip_space(reader);
	for (int i = 0; i < (*table)->levels; i++)
	{
		if (i > 0 && !text_accept_exactly(reader, "/"))
			text_error(reader, expected);
		if (survey_table_has_text(*table))
		{
			int			length;
			char	   *bytes = text_quoted(reader, '\\', &length, expected);

			key->part[i] = survey_table_intern(table, bytes, length);
			pfree(bytes);
		}
		else
			key->part[i] = text_integer(reader, PG_INT64_MIN, PG_INT64_MAX, expected);
	}
}

int64
survey_read_count(text_reader *reader)
{
	text_skip_space(reader);
	return text_integer(reader, 0, PG_INT64_MAX, "a count");
}

void
survey_first_key_kind(const text_reader *reader, bool *text_keys, int *levels)
{
	const char *p = reader->at;
	bool		quoted = false;

	while (text_is_space(*p))
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
	int			flags;

	wire_version(message, type, SURVEY_TABLE_VERSION);
	flags = pq_getmsgbyte(message);
	*levels = pq_getmsgbyte(message);
	*text_keys = flags & SURVEY_TABLE_TEXT_KEYS;
	if ((flags & ~SURVEY_TABLE_TEXT_KEYS) != 0 || *levels < min_levels || *levels > max_levels)
		wire_error(type, psprintf("It claims flags %d and keys of %d levels.", flags, *levels));
}
