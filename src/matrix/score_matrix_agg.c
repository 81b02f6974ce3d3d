/*
 * score_matrix_agg.c
 *	  The aggregates score_matrix_agg(): from rows of a table to a matrix.
 *
 * The state is a matrix_builder in the aggregate's context. The matrix
 * depends on the cells alone, not on their order or on how workers share them.
 */
#include "postgres.h"
#include "base/arguments/cell_status.h"
#include "matrix/matrix_builder.h"

#include "base/aggregate_context.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

/* Arguments of the transition functions, where there are so many. */
enum
{
	ARG_STATE,
	ARG_UNIT,
	ARG_CODE,					/* long rows */
	ARG_VALUES = ARG_CODE,		/* wide rows */
	ARG_VALUE
};

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	return context;
}

/* What a row calls its unit: a text, or a number in its digits. */
typedef struct unit_name
{
	const char *bytes;
	int			length;
	char		digits[MAXINT8LEN + 1];
} unit_name;

static inline void
get_unit(FunctionCallInfo fcinfo, bool numbered, unit_name *unit)
{
	if (numbered)
	{
		unit->bytes = unit->digits;
		unit->length = pg_lltoa(PG_GETARG_INT64(ARG_UNIT), unit->digits);
	}
	else
	{
		text	   *name = PG_GETARG_TEXT_PP(ARG_UNIT);

		unit->bytes = VARDATA_ANY(name);
		unit->length = VARSIZE_ANY_EXHDR(name);
	}
}

static char *
unit_cstring(FunctionCallInfo fcinfo, bool numbered)
{
	unit_name	unit;

	get_unit(fcinfo, numbered, &unit);
	return pnstrdup(unit.bytes, unit.length);
}

/* The unit or the code of a row is NULL; the other one, where it is known, says which row. */
pg_noreturn static void
report_null(const char *what, const char *other, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s of a score matrix is NULL", what),
			 name == NULL ? 0 : errdetail("Its row is of %s \"%s\".", other, name),
			 errhint("Leave such rows out with FILTER (WHERE %s IS NOT NULL).", what)));
}

pg_noreturn static void
report_mixed_periods(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("period of a score matrix is NULL in some rows only"),
			 errdetail("Either all rows name a period, or none does.")));
}

/* Where the cells of an input row go. */
typedef struct row_head
{
	matrix_builder *builder;
	int			row;
} row_head;

/*
 * The builder, made where there is none, and the row's number in it. Group and
 * period stand at `group` and the argument after it, where there are so many.
 */
static inline row_head
begin_row(FunctionCallInfo fcinfo, bool numbered, int group)
{
	MemoryContext context = aggregate_context(fcinfo);
	bool		with_group = PG_NARGS() > group && !PG_ARGISNULL(group);
	bool		with_period = PG_NARGS() > group + 1 && !PG_ARGISNULL(group + 1);
	unit_name	unit;
	text	   *name = with_group ? PG_GETARG_TEXT_PP(group) : NULL;
	row_head	head;

	if (PG_ARGISNULL(ARG_UNIT))
		report_null("unit", "criterion", group <= ARG_VALUE || PG_ARGISNULL(ARG_CODE) ? NULL :
					text_to_cstring(PG_GETARG_TEXT_PP(ARG_CODE)));
	get_unit(fcinfo, numbered, &unit);
	head.builder = PG_ARGISNULL(ARG_STATE) ? matrix_builder_new(context, with_period) :
		(matrix_builder *) PG_GETARG_POINTER(ARG_STATE);
	if (matrix_builder_has_periods(head.builder) != with_period)
		report_mixed_periods();
	head.row = matrix_builder_row(head.builder, unit.bytes, unit.length,
								  name ? VARDATA_ANY(name) : NULL,
								  name ? (int) VARSIZE_ANY_EXHDR(name) : -1,
								  with_period ? PG_GETARG_INT32(group + 1) : 0);
	return head;
}

/* The cell that an error is about. */
typedef struct cell_place
{
	FunctionCallInfo fcinfo;
	bool		numbered;
} cell_place;

static void
add_cell_context(void *arg)
{
	const cell_place *place = arg;
	FunctionCallInfo fcinfo = place->fcinfo;

	errcontext("unit \"%s\", criterion \"%s\"", unit_cstring(fcinfo, place->numbered),
			   text_to_cstring(PG_GETARG_TEXT_PP(ARG_CODE)));
}

static cell_status
status_argument(FunctionCallInfo fcinfo, bool numbered, int argument, bool has_value)
{
	cell_place	place = {fcinfo, numbered};
	ErrorContextCallback context = {error_context_stack, add_cell_context, &place};
	cell_status status;

	error_context_stack = &context;
	status = parse_cell_status(PG_GETARG_TEXT_PP(argument), has_value);
	error_context_stack = context.previous;
	return status;
}

/* (state, unit, code, value [, unit_group [, period [, status]]]) */
static inline Datum
add_cell(FunctionCallInfo fcinfo, bool numbered)
{
	const int	group = ARG_VALUE + 1;
	row_head	head = begin_row(fcinfo, numbered, group);
	bool		has_value = !PG_ARGISNULL(ARG_VALUE);
	cell_status status = has_value ? CELL_OBSERVED : CELL_MISSING;
	text	   *code;
	int			column;

	if (PG_ARGISNULL(ARG_CODE))
		report_null("code", "unit", unit_cstring(fcinfo, numbered));
	code = PG_GETARG_TEXT_PP(ARG_CODE);
	column = matrix_builder_column(head.builder, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (PG_NARGS() > group + 2 && !PG_ARGISNULL(group + 2))
		status = status_argument(fcinfo, numbered, group + 2, has_value);
	matrix_builder_set(head.builder, head.row, column,
					   has_value ? PG_GETARG_FLOAT8(ARG_VALUE) : 0, status);
	PG_RETURN_POINTER(head.builder);
}

PARINDEX_FUNCTION(parindex_score_matrix_add);
Datum
parindex_score_matrix_add(PG_FUNCTION_ARGS)
{
	return add_cell(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_score_matrix_add_numbered);
Datum
parindex_score_matrix_add_numbered(PG_FUNCTION_ARGS)
{
	return add_cell(fcinfo, true);
}

pg_noreturn static void
report_bad_values(const char *unit, const char *code)
{
	if (code == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("values of unit \"%s\" are not a JSON object", unit),
				 errhint("Give an object from codes to numbers, such as to_jsonb(t) - 'unit'.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("value of unit \"%s\", criterion \"%s\" is neither a number nor null", unit, code),
			 errhint("Take columns that are no criteria out of the object: values - 'name'.")));
}

/* Infinity where it is out of range, to be refused like any other. */
static double
float8_of(Numeric number)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(number)));
}

/* (state, unit, values [, unit_group [, period]]) */
static inline Datum
add_object(FunctionCallInfo fcinfo, bool numbered)
{
	row_head	head = begin_row(fcinfo, numbered, ARG_VALUES + 1);
	JsonbIterator *iterator;
	JsonbValue	item;
	int			column = 0;

	if (PG_ARGISNULL(ARG_VALUES))
		PG_RETURN_POINTER(head.builder);
	iterator = JsonbIteratorInit(&PG_GETARG_JSONB_P(ARG_VALUES)->root);
	if (JsonbIteratorNext(&iterator, &item, true) != WJB_BEGIN_OBJECT)
		report_bad_values(unit_cstring(fcinfo, numbered), NULL);
	for (;;)
	{
		JsonbIteratorToken token = JsonbIteratorNext(&iterator, &item, true);

		if (token == WJB_KEY)
			column = matrix_builder_column(head.builder, item.val.string.val, item.val.string.len);
		else if (token != WJB_VALUE)
			break;
		else if (item.type == jbvNumeric)
			matrix_builder_set(head.builder, head.row, column, float8_of(item.val.numeric),
							   CELL_OBSERVED);
		else if (item.type == jbvNull)
			matrix_builder_set(head.builder, head.row, column, 0, CELL_MISSING);
		else
			report_bad_values(unit_cstring(fcinfo, numbered), matrix_builder_code_cstring(head.builder, column));
	}
	PG_RETURN_POINTER(head.builder);
}

PARINDEX_FUNCTION(parindex_score_matrix_add_wide);
Datum
parindex_score_matrix_add_wide(PG_FUNCTION_ARGS)
{
	return add_object(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_score_matrix_add_wide_numbered);
Datum
parindex_score_matrix_add_wide_numbered(PG_FUNCTION_ARGS)
{
	return add_object(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_score_matrix_merge);
Datum
parindex_score_matrix_merge(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	matrix_builder *builder = PG_ARGISNULL(0) ? NULL : (matrix_builder *) PG_GETARG_POINTER(0);
	const matrix_builder *other = PG_ARGISNULL(1) ? NULL : (matrix_builder *) PG_GETARG_POINTER(1);

	if (other != NULL)
	{
		if (builder == NULL)
			builder = matrix_builder_new(context, matrix_builder_has_periods(other));
		if (matrix_builder_has_periods(builder) != matrix_builder_has_periods(other))
			report_mixed_periods();
		matrix_builder_merge(builder, other);
	}
	if (builder == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(builder);
}

PARINDEX_FUNCTION(parindex_score_matrix_serialize);
Datum
parindex_score_matrix_serialize(PG_FUNCTION_ARGS)
{
	aggregate_context(fcinfo);
	PG_RETURN_BYTEA_P(matrix_builder_serialize((matrix_builder *) PG_GETARG_POINTER(0)));
}

PARINDEX_FUNCTION(parindex_score_matrix_deserialize);
Datum
parindex_score_matrix_deserialize(PG_FUNCTION_ARGS)
{
	aggregate_context(fcinfo);
	PG_RETURN_POINTER(matrix_builder_deserialize(PG_GETARG_BYTEA_PP(0)));
}

PARINDEX_FUNCTION(parindex_score_matrix_final);
Datum
parindex_score_matrix_final(PG_FUNCTION_ARGS)
{
	aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(matrix_builder_finish((matrix_builder *) PG_GETARG_POINTER(0)));
}
