/*
 * category_key.c
 *	  Reads one category, or an array of one a margin.
 */
#include "postgres.h"
#include "survey/calibration/category_key.h"

#include "access/tupmacs.h"
#include "utils/array.h"

/* As many as an array has; 0 for what is no list. */
int
count_margins(Datum array)
{
	const ArrayType *categories = DatumGetArrayTypeP(array);

	return ARR_NDIM(categories) == 1 ? ARR_DIMS(categories)[0] : 0;
}

static int32
category_number(category_reader *reader, const char *name, int length, int margin)
{
	int			category = reader->known ?
		name_table_lookup(reader->names, name, length, margin) :
		name_table_intern(reader->names, name, length, margin);

	if (category < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("category \"%s\" of margin %d has no target", pnstrdup(name, length), margin + 1),
				 errhint("Give each category of the respondents a target; margins are in the same order in both.")));
	return category;
}

void
read_category_key(Datum text, char *key, void *reader)
{
	const struct varlena *name = PG_DETOAST_DATUM_PACKED(text);
	int32		category = category_number(reader, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), 0);

	memcpy(key, &category, sizeof(category));
}

void
read_categories_key(Datum array, char *key, void *arg)
{
	category_reader *reader = arg;
	ArrayType  *categories = DatumGetArrayTypeP(array);
	const char *element = ARR_DATA_PTR(categories);

	if (ARR_NDIM(categories) != 1 || ARR_DIMS(categories)[0] != reader->margins)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("categories of a respondent must be a list of %d, one of each margin", reader->margins)));
	if (array_contains_nulls(categories))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a category of a respondent is NULL"),
				 errhint("Leave such rows out by a NULL weight, or give them a category of their own.")));
	for (int m = 0; m < reader->margins; m++)
	{
		int32		category = category_number(reader, VARDATA_ANY(element),
											   VARSIZE_ANY_EXHDR(element), m);

		memcpy(key + sizeof(int32) * m, &category, sizeof(category));
		element = att_addlength_pointer(element, -1, element);
		element = (const char *) att_align_nominal(element, TYPALIGN_INT);
	}
}
