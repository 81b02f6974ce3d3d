/*
 * archive.c
 *	  Writing and reading of archives: archive.h.
 */
#include "postgres.h"
#include "pipeline/archive.h"

#include <ctype.h>
#include <math.h>

#include "base/forms/wire.h"
#include "common/shortest_dec.h"
#include "kernel/exact/int128.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/float.h"

void
archive_refuse(const archive *a, const char *detail)
{
	if (a->text)
		text_refuse(&a->reader, detail);
	wire_error(a->type, detail);
}

/* A space between tokens, but not where a line begins. */
static void
separate(archive *a)
{
	if (a->reading)
	{
		if (a->reader.at > a->reader.text && a->reader.at[-1] != '\n')
			text_expect_exactly(&a->reader, " ");
	}
	else if (a->bytes->len > 0 && a->bytes->data[a->bytes->len - 1] != '\n')
		appendStringInfoChar(a->bytes, ' ');
}

void
archive_word(archive *a, const char *word)
{
	if (!a->text)
		return;
	separate(a);
	if (a->reading)
		text_expect_exactly(&a->reader, word);
	else
		appendStringInfoString(a->bytes, word);
}

void
archive_line(archive *a)
{
	if (!a->text)
		return;
	if (a->reading)
		text_expect_exactly(&a->reader, "\n");
	else
		appendStringInfoChar(a->bytes, '\n');
}

void
archive_integer(archive *a, int64 *x, int64 low, int64 high)
{
	if (a->text)
	{
		separate(a);
		if (a->reading)
			*x = text_integer(&a->reader, low, high, "a whole number within its bounds");
		else
			appendStringInfo(a->bytes, INT64_FORMAT, *x);
		return;
	}
	if (!a->reading)
	{
		pq_sendint64(a->bytes, *x);
		return;
	}
	*x = pq_getmsgint64(a->bytes);
	if (*x < low || *x > high)
		archive_refuse(a, psprintf("A number is out of its bounds: " INT64_FORMAT ".", *x));
}

static void
float8_text(archive *a, double *x, bool may_be_absent)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	separate(a);
	if (a->reading)
	{
		if (may_be_absent && text_accept_exactly(&a->reader, "-") &&
			!text_is_digit(*a->reader.at) && *a->reader.at != '.')
			*x = get_float8_nan();
		else
		{
			if (a->reader.at > a->reader.text && a->reader.at[-1] == '-')
				a->reader.at--;
			*x = text_float8(&a->reader, "a number") + 0.0;
		}
	}
	else if (isnan(*x))
		appendStringInfoChar(a->bytes, '-');
	else
	{
		double_to_shortest_decimal_buf(*x, digits);
		appendStringInfoString(a->bytes, digits);
	}
}

void
archive_float8(archive *a, double *x, bool may_be_absent)
{
	if (a->text)
		float8_text(a, x, may_be_absent);
	else if (!a->reading)
		pq_sendfloat8(a->bytes, isnan(*x) ? get_float8_nan() : *x);
	else
	{
		*x = pq_getmsgfloat8(a->bytes);
		if ((isnan(*x) ? !may_be_absent || double_bits(*x) != double_bits(get_float8_nan()) :
			 isinf(*x) || (*x == 0 && signbit(*x))))
			archive_refuse(a, "A number is not finite, or not in canonical form.");
	}
}

void
archive_bool(archive *a, bool *x)
{
	int64		number = *x;

	archive_integer(a, &number, 0, 1);
	*x = number != 0;
}

void
archive_choice(archive *a, int *x, const choice *choices)
{
	if (!a->text)
	{
		int64		number = *x;
		const choice *c = choices;

		archive_integer(a, &number, 0, PG_INT32_MAX);
		*x = (int) number;
		if (!a->reading)
			return;
		while (c->name != NULL && c->value != *x)
			c++;
		if (c->name == NULL)
			archive_refuse(a, psprintf("It has an unknown kind: %d.", *x));
		return;
	}
	if (!a->reading)
	{
		archive_word(a, choice_name(choices, *x));
		return;
	}
	separate(a);
	for (const choice *c = choices; c->name != NULL; c++)
	{
		Size		length = strlen(c->name);

		if (strncmp(a->reader.at, c->name, length) == 0 &&
			(a->reader.at[length] == ' ' || a->reader.at[length] == '\n' ||
			 a->reader.at[length] == '\0'))
		{
			a->reader.at += length;
			*x = c->value;
			return;
		}
	}
	text_error(&a->reader, "a known kind");
}

static void
text_as_bytes(archive *a, char **text, bool may_be_absent)
{
	int			length;

	if (!a->reading)
	{
		const char *sent = *text;

		if (sent == NULL)
		{
			pq_sendint32(a->bytes, (uint32) -1);
			return;
		}
		if (a->client)
			sent = pg_server_to_client(sent, (int) strlen(sent));
		length = (int) strlen(sent);
		pq_sendint32(a->bytes, (uint32) length);
		appendBinaryStringInfo(a->bytes, sent, length);
		return;
	}
	length = (int) pq_getmsgint(a->bytes, 4);
	if (length == -1 && may_be_absent)
	{
		*text = NULL;
		return;
	}
	if (length < 0 || length > a->bytes->len - a->bytes->cursor)
		archive_refuse(a, psprintf("A text claims %d bytes.", length));
	if (a->client)
		*text = pq_getmsgtext(a->bytes, length, &length);
	else
		*text = pnstrdup(pq_getmsgbytes(a->bytes, length), length);
	if (strlen(*text) != (Size) length)
		archive_refuse(a, "A text holds a zero byte.");
}

void
archive_text(archive *a, char **text, bool may_be_absent)
{
	int			length;

	if (!a->text)
	{
		text_as_bytes(a, text, may_be_absent);
		return;
	}
	separate(a);
	if (!a->reading)
	{
		if (*text == NULL)
			appendStringInfoChar(a->bytes, '-');
		else
			text_append_quoted(a->bytes, *text, (int) strlen(*text), '"');
		return;
	}
	if (may_be_absent && text_accept_exactly(&a->reader, "-"))
		*text = NULL;
	else
		*text = text_quoted(&a->reader, '"', &length, "a text in double quotes");
}

static int
read_hex(archive *a)
{
	int			c = (unsigned char) *a->reader.at;

	if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
		text_error(&a->reader, "hexadecimal digits");
	a->reader.at++;
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

void
archive_bytes(archive *a, uint8 *bytes, int count)
{
	if (!a->text && a->reading)
		memcpy(bytes, pq_getmsgbytes(a->bytes, count), count);
	else if (!a->text)
		appendBinaryStringInfo(a->bytes, (const char *) bytes, count);
	else
	{
		separate(a);
		for (int i = 0; i < count; i++)
			if (a->reading)
			{
				int			high = read_hex(a);

				bytes[i] = (uint8) (high * 16 + read_hex(a));
			}
			else
				appendStringInfo(a->bytes, "%02x", bytes[i]);
	}
}

void
archive_count(archive *a, int *count, int each)
{
	int64		number = *count;
	Size		left = !a->reading ? PG_INT32_MAX : a->text ? (Size) (a->end - a->reader.at) :
		(Size) (a->bytes->len - a->bytes->cursor);

	archive_integer(a, &number, 0, PG_INT32_MAX);
	if (a->reading && (Size) number > left / each)
		archive_refuse(a, psprintf("It claims " INT64_FORMAT " items, more than it can hold.", number));
	*count = (int) number;
}
