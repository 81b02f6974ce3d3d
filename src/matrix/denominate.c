/*
 * denominate.c
 *	  Criteria per inhabitant, per case, per cent of another criterion.
 *
 * A denominated cell is value * scale / denominator, both of the matrix given:
 * multiplied first, so that whole numbers stay exact where they can.
 */
#include "postgres.h"
#include "matrix/denominate.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

static int
find_criterion(const matrix_view *view, const char *code, int length)
{
	int			column = matrix_find_column(view, code, length);

	if (column < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the score matrix has no criterion \"%s\"", pnstrdup(code, length)),
				 errhint("Look at matrix_codes(matrix).")));
	return column;
}

void
denominate_column(const matrix_view *from, const matrix_view *to, int column, int denominator,
				  double scale)
{
	const double *value = from->value + (Size) column * from->rows;
	const uint8 *status = from->status + (Size) column * from->rows;
	const double *divisor = from->value + (Size) denominator * from->rows;
	const uint8 *divisor_status = from->status + (Size) denominator * from->rows;

	if (!isfinite(scale) || scale == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scale %s of criterion \"%s\" is not valid", float8out_internal(scale),
						matrix_code_cstring(from, column)),
				 errdetail("A scale must be a finite number other than 0.")));
	CHECK_FOR_INTERRUPTS();
	for (int row = 0; row < from->rows; row++)
	{
		double		quotient;
		cell_status outcome = divide_cells(value[row], status[row], divisor[row],
										   divisor_status[row], scale, &quotient);

		if (outcome == CELL_OBSERVED && !isfinite(quotient))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("criterion \"%s\" of unit \"%s\" is out of range for type double precision",
							matrix_code_cstring(from, column), matrix_unit_cstring(from, row)),
					 errdetail("It is %s * %s / %s.", float8out_internal(value[row]),
							   float8out_internal(scale), float8out_internal(divisor[row]))));
		matrix_set(to, column, row, quotient, outcome);
	}
}

/* (matrix, code, denominator, scale) */
PARINDEX_FUNCTION(parindex_denominate);
Datum
parindex_denominate(PG_FUNCTION_ARGS)
{
	text	   *code = PG_GETARG_TEXT_PP(1);
	text	   *denominator = PG_GETARG_TEXT_PP(2);
	matrix_view from;
	matrix_view to;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &from);
	matrix_open(matrix_copy(&from), &to);
	denominate_column(&from, &to,
					  find_criterion(&from, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)),
					  find_criterion(&from, VARDATA_ANY(denominator), VARSIZE_ANY_EXHDR(denominator)),
					  PG_GETARG_FLOAT8(3));
	PG_RETURN_POINTER(to.matrix);
}

pg_noreturn static void
report_bad_denominators(const char *code)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 code == NULL ? errmsg("denominators are not a JSON object") :
			 errmsg("denominator of criterion \"%s\" is not valid", code),
			 errhint("Give an object such as {\"deaths\": \"births\", \"doctors\": [\"population\", 1000]}.")));
}

/* Of a pair [code, scale], as an iterator's WJB_BEGIN_ARRAY announces it. */
static int
read_pair(const matrix_view *view, JsonbIterator **iterator, const JsonbValue *pair,
		  const char *code, double *scale)
{
	JsonbValue	item;
	int			column;

	if (pair->val.array.nElems != 2)
		report_bad_denominators(code);
	JsonbIteratorNext(iterator, &item, true);
	if (item.type != jbvString)
		report_bad_denominators(code);
	column = find_criterion(view, item.val.string.val, item.val.string.len);
	JsonbIteratorNext(iterator, &item, true);
	if (item.type != jbvNumeric)
		report_bad_denominators(code);
	*scale = DatumGetFloat8(DirectFunctionCall1(numeric_float8,
												NumericGetDatum(item.val.numeric)));
	JsonbIteratorNext(iterator, &item, true);	/* the end of the array */
	return column;
}

/* (matrix, denominators) */
PARINDEX_FUNCTION(parindex_denominate_all);
Datum
parindex_denominate_all(PG_FUNCTION_ARGS)
{
	JsonbIterator *iterator = JsonbIteratorInit(&PG_GETARG_JSONB_P(1)->root);
	JsonbValue	item;
	matrix_view from;
	matrix_view to;

	if (JsonbIteratorNext(&iterator, &item, false) != WJB_BEGIN_OBJECT)
		report_bad_denominators(NULL);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &from);
	matrix_open(matrix_copy(&from), &to);
	while (JsonbIteratorNext(&iterator, &item, false) == WJB_KEY)
	{
		int			column = find_criterion(&from, item.val.string.val, item.val.string.len);
		char	   *code = matrix_code_cstring(&from, column);
		double		scale = 1;
		int			denominator = -1;
		JsonbIteratorToken token = JsonbIteratorNext(&iterator, &item, false);

		if (token == WJB_VALUE && item.type == jbvString)
			denominator = find_criterion(&from, item.val.string.val, item.val.string.len);
		else if (token == WJB_BEGIN_ARRAY)
			denominator = read_pair(&from, &iterator, &item, code, &scale);
		else
			report_bad_denominators(code);
		denominate_column(&from, &to, column, denominator, scale);
	}
	PG_RETURN_POINTER(to.matrix);
}
