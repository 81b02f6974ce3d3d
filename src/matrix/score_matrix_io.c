/*
 * score_matrix_io.c
 *	  Text and binary forms of the type score_matrix, and its order.
 *
 * Text, version 1: a line that says what follows, then CSV, a line a row:
 *
 *	  v1 rows=2 columns=3 groups periods
 *	  unit,group,period,D1,D2,D3
 *	  A01,dept,2024,10.5,,n/a
 *	  A02,,2024,7,0.25,-3
 *
 * An empty cell is missing, n/a is not applicable, an empty group is none.
 * Names are quoted where CSV asks for it, and where they are empty; numbers
 * are the shortest that read back the same, so the text is exact. "groups"
 * and "periods", and their columns, stand where the matrix has them. Reading
 * accepts rows and columns in any order.
 */
#include "postgres.h"
#include "matrix/matrix_builder.h"

#include "common/shortest_dec.h"
#include "base/forms/comparison_functions.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#define TYPE_NAME "score_matrix"
#define NOT_APPLICABLE_TEXT "n/a"

/* ---------- text out ---------- */

static void
append_name(StringInfo out, const matrix_view *view, matrix_name name)
{
	const char *bytes = matrix_name_bytes(view, name);
	bool		quote = name.length == 0 || bytes[0] == ' ';

	if (name.length < 0)
		return;
	for (int i = 0; i < name.length && !quote; i++)
		quote = strchr(",\"\r\n", bytes[i]) != NULL;
	if (!quote)
	{
		appendBinaryStringInfo(out, bytes, name.length);
		return;
	}
	appendStringInfoChar(out, '"');
	for (int i = 0; i < name.length; i++)
	{
		if (bytes[i] == '"')
			appendStringInfoChar(out, '"');
		appendStringInfoChar(out, bytes[i]);
	}
	appendStringInfoChar(out, '"');
}

static void
append_cell(StringInfo out, const matrix_view *view, int column, int row)
{
	Size		cell = (Size) column * view->rows + row;

	if (view->status[cell] == CELL_OBSERVED)
	{
		enlargeStringInfo(out, DOUBLE_SHORTEST_DECIMAL_LEN);
		out->len += double_to_shortest_decimal_bufn(view->value[cell], out->data + out->len);
		out->data[out->len] = '\0';
	}
	else if (view->status[cell] == CELL_NOT_APPLICABLE)
		appendStringInfoString(out, NOT_APPLICABLE_TEXT);
}

PARINDEX_FUNCTION(parindex_score_matrix_out);
Datum
parindex_score_matrix_out(PG_FUNCTION_ARGS)
{
	matrix_view view;
	StringInfoData out;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	initStringInfo(&out);
	appendStringInfo(&out, "v%d rows=%d columns=%d%s%s\nunit%s%s", SCORE_MATRIX_VERSION,
					 view.rows, view.columns,
					 view.group ? " groups" : "", view.period ? " periods" : "",
					 view.group ? ",group" : "", view.period ? ",period" : "");
	for (int column = 0; column < view.columns; column++)
	{
		appendStringInfoChar(&out, ',');
		append_name(&out, &view, view.code[column]);
	}
	for (int row = 0; row < view.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoChar(&out, '\n');
		append_name(&out, &view, view.unit[row]);
		if (view.group)
		{
			appendStringInfoChar(&out, ',');
			append_name(&out, &view, view.group[row]);
		}
		if (view.period)
			appendStringInfo(&out, ",%d", view.period[row]);
		for (int column = 0; column < view.columns; column++)
		{
			appendStringInfoChar(&out, ',');
			append_cell(&out, &view, column, row);
		}
	}
	PG_RETURN_CSTRING(out.data);
}

/* ---------- text in ---------- */

/* A field of CSV, and what is left of the text. */
typedef struct csv_reader
{
	const char *next;
	int			line;			/* from 1 */
	StringInfoData field;
	bool		quoted;
	bool		ends_line;		/* the field is the last of its line */
} csv_reader;

pg_noreturn static void
csv_error(const csv_reader *reader, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s", TYPE_NAME),
			 errdetail("Line %d: expected %s.", reader->line, expected)));
}

/* A field, or its first characters, for an error message. */
static char *
clipped(const StringInfoData *field)
{
	return clip_text(field->data, field->len);
}

/* Read the next field of this line, which must have one. */
static void
next_field(csv_reader *reader, const char *expected)
{
	const char *p = reader->next;

	if (reader->ends_line)
		csv_error(reader, psprintf("%s, not the end of the line", expected));
	resetStringInfo(&reader->field);
	reader->quoted = *p == '"';
	if (reader->quoted)
	{
		for (p++; *p != '"' || p[1] == '"'; p++)
		{
			if (*p == '\0')
				csv_error(reader, "a closing quote");
			appendStringInfoCharMacro(&reader->field, *p);
			p += *p == '"';
		}
		p++;
	}
	else
	{
		size_t		length = strcspn(p, ",\"\r\n");

		appendBinaryStringInfo(&reader->field, p, (int) length);
		p += length;
	}
	if (*p == '\r' && p[1] == '\n')
		p++;
	reader->ends_line = *p == '\n' || *p == '\0';
	if (!reader->ends_line && *p != ',')
		csv_error(reader, psprintf("a comma or the end of the line after \"%s\"",
								   clipped(&reader->field)));
	reader->next = *p == '\0' ? p : p + 1;
}

/* Go to the next line, which must be there. */
static void
next_line(csv_reader *reader, const char *expected)
{
	if (!reader->ends_line)
		csv_error(reader, psprintf("the end of the line after \"%s\"", clipped(&reader->field)));
	reader->line++;
	if (*reader->next == '\0')
		csv_error(reader, psprintf("%s, not the end of the text", expected));
	reader->ends_line = false;
}

static int32
field_integer(csv_reader *reader, const char *expected)
{
	char	   *end;
	long		value;

	errno = 0;
	value = strtol(reader->field.data, &end, 10);
	if (end == reader->field.data || *end != '\0' || errno != 0 ||
		value < PG_INT32_MIN || value > PG_INT32_MAX)
		csv_error(reader, psprintf("%s, not \"%s\"", expected, clipped(&reader->field)));
	return (int32) value;
}

/* `name=number`, both separated from what is before by a blank. */
static int
header_count(csv_reader *reader, const char *name)
{
	size_t		length = strlen(name);
	char	   *end;
	long		value;

	if (strncmp(reader->next, name, length) != 0)
		csv_error(reader, "\"v1 rows=... columns=...\"");
	errno = 0;
	value = strtol(reader->next + length, &end, 10);
	if (end == reader->next + length || errno != 0 || value < 0 || value > PG_INT32_MAX)
		csv_error(reader, psprintf("a number after \"%s\"", name));
	reader->next = end;
	return (int) value;
}

static bool
header_word(csv_reader *reader, const char *word)
{
	size_t		length = strlen(word);

	if (strncmp(reader->next, word, length) != 0)
		return false;
	reader->next += length;
	return true;
}

static void
expect_title(csv_reader *reader, const char *title)
{
	next_field(reader, title);
	if (strcmp(reader->field.data, title) != 0)
		csv_error(reader, psprintf("\"%s\", not \"%s\"", title, clipped(&reader->field)));
}

static void
read_cell(csv_reader *reader, matrix_builder *builder, int row, int column)
{
	const char *text = reader->field.data;

	if (reader->field.len == 0)
		matrix_builder_set(builder, row, column, 0, CELL_MISSING);
	else if (strcmp(text, NOT_APPLICABLE_TEXT) == 0)
		matrix_builder_set(builder, row, column, 0, CELL_NOT_APPLICABLE);
	else
		matrix_builder_set(builder, row, column,
						   parse_float8(reader->field.data, "double precision",
										reader->field.len <= CLIP_LENGTH ? text :
										clipped(&reader->field)),
						   CELL_OBSERVED);
}

PARINDEX_FUNCTION(parindex_score_matrix_in);
Datum
parindex_score_matrix_in(PG_FUNCTION_ARGS)
{
	csv_reader	reader = {.next = PG_GETARG_CSTRING(0),.line = 1};
	StringInfoData unit;
	matrix_builder *builder;
	int			rows;
	int			columns;
	bool		groups;
	bool		periods;

	initStringInfo(&reader.field);
	initStringInfo(&unit);
	rows = header_count(&reader, "v1 rows=");
	columns = header_count(&reader, " columns=");
	groups = header_word(&reader, " groups");
	periods = header_word(&reader, " periods");
	header_word(&reader, "\r");
	if (!header_word(&reader, "\n"))
		csv_error(&reader, "the end of the line");
	reader.line++;
	builder = matrix_builder_new(CurrentMemoryContext, periods);

	expect_title(&reader, "unit");
	if (groups)
		expect_title(&reader, "group");
	if (periods)
		expect_title(&reader, "period");
	for (int column = 0; column < columns; column++)
	{
		next_field(&reader, "a code");
		if (matrix_builder_column(builder, reader.field.data, reader.field.len) != column)
			csv_error(&reader, psprintf("different codes, not \"%s\" again", clipped(&reader.field)));
	}

	for (int row = 0; row < rows; row++)
	{
		const char *group = NULL;
		int			group_length = -1;
		int32		period = 0;

		CHECK_FOR_INTERRUPTS();
		next_line(&reader, "another row");
		next_field(&reader, "a unit");
		resetStringInfo(&unit);
		appendBinaryStringInfo(&unit, reader.field.data, reader.field.len);
		if (groups)
		{
			next_field(&reader, "a group");
			if (reader.field.len > 0 || reader.quoted)
			{
				group = pnstrdup(reader.field.data, reader.field.len);
				group_length = reader.field.len;
			}
		}
		if (periods)
		{
			next_field(&reader, "a period");
			period = field_integer(&reader, "a period");
		}
		if (matrix_builder_row(builder, unit.data, unit.len, group, group_length, period) != row)
			csv_error(&reader, psprintf("different units, not \"%s\" again", clipped(&unit)));
		for (int column = 0; column < columns; column++)
		{
			next_field(&reader, "a cell");
			read_cell(&reader, builder, row, column);
		}
	}
	if (!reader.ends_line || strspn(reader.next, "\r\n") != strlen(reader.next))
		csv_error(&reader, psprintf("the end of the text after %d rows of %d cells", rows, columns));
	PG_RETURN_POINTER(matrix_builder_finish(builder));
}

/* ---------- binary ---------- */

/*
 * int8 version, int8 flags, int32 rows, int32 columns; the codes; then each
 * row: unit, group where there are groups, int32 period where there are
 * periods, and of each cell its int8 status and, where it is observed, its
 * float8. A name is an int32 length (-1: no group) and its text.
 */
static void
send_name(StringInfo out, const matrix_view *view, matrix_name name)
{
	const char *bytes = matrix_name_bytes(view, name);
	char	   *sent;

	if (name.length < 0)
	{
		pq_sendint32(out, (uint32) -1);
		return;
	}
	/* A name that needs no conversion comes back as it is, without a zero at its end. */
	sent = pg_server_to_client(bytes, name.length);
	if (sent == bytes)
	{
		pq_sendint32(out, (uint32) name.length);
		pq_sendbytes(out, bytes, name.length);
		return;
	}
	pq_sendint32(out, (uint32) strlen(sent));
	pq_sendbytes(out, sent, (int) strlen(sent));
	pfree(sent);
}

PARINDEX_FUNCTION(parindex_score_matrix_send);
Datum
parindex_score_matrix_send(PG_FUNCTION_ARGS)
{
	matrix_view view;
	StringInfoData out;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	pq_begintypsend(&out);
	pq_sendint8(&out, SCORE_MATRIX_VERSION);
	pq_sendint8(&out, view.matrix->flags);
	pq_sendint32(&out, view.rows);
	pq_sendint32(&out, view.columns);
	for (int column = 0; column < view.columns; column++)
		send_name(&out, &view, view.code[column]);
	for (int row = 0; row < view.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		send_name(&out, &view, view.unit[row]);
		if (view.group)
			send_name(&out, &view, view.group[row]);
		if (view.period)
			pq_sendint32(&out, view.period[row]);
		for (int column = 0; column < view.columns; column++)
		{
			Size		cell = (Size) column * view.rows + row;

			pq_sendint8(&out, view.status[cell]);
			if (view.status[cell] == CELL_OBSERVED)
				pq_sendfloat8(&out, view.value[cell]);
		}
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* A name in server encoding; NULL, of length -1, where that is allowed. */
static const char *
receive_name(StringInfo message, bool may_be_null, int *length)
{
	int32		sent = (int32) pq_getmsgint(message, 4);

	*length = -1;
	if (sent == -1 && may_be_null)
		return NULL;
	if (sent < 0)
		wire_error(TYPE_NAME, "A name has a negative length.");
	return pq_getmsgtext(message, sent, length);
}

PARINDEX_FUNCTION(parindex_score_matrix_recv);
Datum
parindex_score_matrix_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			flags;
	int			rows;
	int			columns;
	matrix_builder *builder;

	wire_version(message, TYPE_NAME, SCORE_MATRIX_VERSION);
	flags = pq_getmsgbyte(message);
	rows = (int) pq_getmsgint(message, 4);
	columns = (int) pq_getmsgint(message, 4);
	if (flags & ~(SCORE_MATRIX_HAS_GROUPS | SCORE_MATRIX_HAS_PERIODS))
		wire_error(TYPE_NAME, "It has unknown flags.");
	if (rows < 0 || columns < 0)
		wire_error(TYPE_NAME, "It has a negative number of rows or columns.");
	builder = matrix_builder_new(CurrentMemoryContext, flags & SCORE_MATRIX_HAS_PERIODS);
	for (int column = 0; column < columns; column++)
	{
		int			length;
		const char *code = receive_name(message, false, &length);

		if (matrix_builder_column(builder, code, length) != column)
			wire_error(TYPE_NAME, "A code is there twice.");
	}
	for (int row = 0; row < rows; row++)
	{
		int			unit_length;
		int			group_length = -1;
		const char *unit = receive_name(message, false, &unit_length);
		const char *group = flags & SCORE_MATRIX_HAS_GROUPS ?
			receive_name(message, true, &group_length) : NULL;
		int32		period = flags & SCORE_MATRIX_HAS_PERIODS ? (int32) pq_getmsgint(message, 4) : 0;

		CHECK_FOR_INTERRUPTS();
		if (matrix_builder_row(builder, unit, unit_length, group, group_length, period) != row)
			wire_error(TYPE_NAME, "A unit is there twice.");
		for (int column = 0; column < columns; column++)
		{
			int			status = pq_getmsgbyte(message);

			if (status > CELL_NOT_APPLICABLE)
				wire_error(TYPE_NAME, "A cell has an unknown status.");
			matrix_builder_set(builder, row, column,
							   status == CELL_OBSERVED ? pq_getmsgfloat8(message) : 0,
							   (cell_status) status);
		}
	}
	PG_RETURN_POINTER(matrix_builder_finish(builder));
}

/* ---------- order: that of the bytes, since equal matrices have equal ones ---------- */

static struct varlena *
matrix_bytes(Datum matrix)
{
	return PG_DETOAST_DATUM_PACKED(matrix);
}

IMAGE_COMPARISON_FUNCTIONS(score_matrix, matrix_bytes)
