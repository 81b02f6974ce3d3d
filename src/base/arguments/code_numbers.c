/*
 * code_numbers.c
 *	  Arguments that are a list of codes, and lists of a number for each:
 *	  code_numbers.h.
 */
#include "postgres.h"
#include "base/arguments/code_numbers.h"

#include "base/forms/bytes.h"
#include "base/forms/text_reader.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

static int
compare_texts(const void *a, const void *b)
{
	const text *x = *(text *const *) a;
	const text *y = *(text *const *) b;

	return compare_bytes(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x),
						 VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y));
}

static void
refuse_duplicates(text *const *code, int count)
{
	text	  **sorted;

	if (count < 2)
		return;
	sorted = palloc(sizeof(text *) * count);
	memcpy(sorted, code, sizeof(text *) * count);
	qsort(sorted, count, sizeof(text *), compare_texts);
	for (int i = 1; i < count; i++)
		if (compare_texts(&sorted[i - 1], &sorted[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" is named twice",
							clip_text(VARDATA_ANY(sorted[i]), VARSIZE_ANY_EXHDR(sorted[i])))));
	pfree(sorted);
}

void
codes_argument(FunctionCallInfo fcinfo, int codes, code_numbers *read)
{
	Datum	   *elements;
	bool	   *nulls;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(codes), TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &read->count);
	read->number = NULL;
	read->code = palloc(sizeof(text *) * Max(read->count, 1));
	for (int i = 0; i < read->count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("code number %d is NULL", i + 1)));
		read->code[i] = DatumGetTextPP(elements[i]);
	}
	refuse_duplicates(read->code, read->count);
}

void
code_numbers_argument(FunctionCallInfo fcinfo, int codes, int numbers, const char *what,
					  code_numbers *read)
{
	Datum	   *elements;
	bool	   *nulls;
	int			count;

	codes_argument(fcinfo, codes, read);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(numbers), FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &elements, &nulls, &count);
	if (count != read->count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%d codes have %d %ss", read->count, count, what),
				 errhint("Give each code one %s.", what)));
	read->number = palloc(sizeof(double) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s of criterion \"%s\" is NULL", what,
							clip_text(VARDATA_ANY(read->code[i]), VARSIZE_ANY_EXHDR(read->code[i])))));
		read->number[i] = DatumGetFloat8(elements[i]);
	}
}
