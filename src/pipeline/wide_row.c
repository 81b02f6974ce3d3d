/*
 * wide_row.c
 *	  Reading the values of one unit: wide_row.h.
 */
#include "postgres.h"
#include "pipeline/wide_row.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "kernel/tree/tree.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/numeric.h"
#include "utils/typcache.h"

pg_noreturn static void
refuse_value(const wide_row *row, int i, double x)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("value %s of criterion \"%s\" is not finite", float8out_internal(x), row->code[i]),
			 errhint("Use NULL for a missing value.")));
}

static inline void
put_value(const wide_row *row, int i, double value, double *x, uint8 *status)
{
	if (unlikely(!double_is_finite(value)))
		refuse_value(row, i, value);
	x[i] = value + 0.0;
	status[i] = CELL_OBSERVED;
}

static inline void
put_missing(int i, double *x, uint8 *status)
{
	x[i] = NAN;
	status[i] = CELL_MISSING;
}

/* ---------- arrays ---------- */

pg_noreturn static void
refuse_array(const wide_row *row, const ArrayType *array)
{
	ereport(ERROR,
			(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			 ARR_NDIM(array) > 1 ?
			 errmsg("values have %d dimensions", ARR_NDIM(array)) :
			 errmsg("there are %d values for %d criteria",
					ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)), row->codes),
			 errhint("Give one value, or NULL, for each criterion, in the order of the codes; fitted_codes(fitted) lists those of a fitted pipeline.")));
}

static void
read_array(const wide_row *row, const ArrayType *array, double *x, uint8 *status)
{
	int			count = ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];
	const double *value = (const double *) ARR_DATA_PTR(array);
	const bits8 *there = ARR_NULLBITMAP(array);

	if (unlikely(ARR_NDIM(array) > 1 || count != row->codes))
		refuse_array(row, array);
	for (int i = 0; i < count; i++)
		if (there == NULL || (there[i / 8] & (1 << (i % 8))) != 0)
			put_value(row, i, *value++, x, status);
		else
			put_missing(i, x, status);
}

/* ---------- rows ---------- */

static bool
holds_numbers(Oid type)
{
	return type == FLOAT8OID || type == FLOAT4OID || type == INT2OID || type == INT4OID ||
		type == INT8OID || type == NUMERICOID;
}

static int
find_attribute(const wide_row *row, int i)
{
	for (int k = 0; k < row->tupdesc->natts; k++)
	{
		Form_pg_attribute attribute = TupleDescAttr(row->tupdesc, k);

		if (attribute->attisdropped || strcmp(NameStr(attribute->attname), row->code[i]) != 0)
			continue;
		if (!holds_numbers(attribute->atttypid))
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column \"%s\" is of type %s, which holds no numbers", row->code[i],
							format_type_be(attribute->atttypid)),
					 errhint("Cast it to float8 or numeric in a subquery, and pass its row.")));
		return k;
	}
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("the row has no column \"%s\"", row->code[i]),
			 errdetail("Each criterion is read from the column of its name."),
			 errhint("Rename columns in a subquery and pass its row, or pass an array of values.")));
}

/* Up to the last attribute that is wanted. */
static void
plan_walk(wide_row *row)
{
	row->walk = palloc(sizeof(walked_attribute) * Max(row->tupdesc->natts, 1));
	row->walked = 0;
	row->fixed = true;
	for (int i = 0; i < row->codes; i++)
		row->walked = Max(row->walked, row->attribute[i] + 1);
	for (int k = 0; k < row->walked; k++)
	{
		Form_pg_attribute attribute = TupleDescAttr(row->tupdesc, k);

		row->fixed &= attribute->attlen > 0 && attribute->attbyval;
		row->walk[k] = (walked_attribute) {
			-1, attribute->attlen, attribute->attalign, attribute->atttypid == FLOAT8OID,
			attribute->atttypid
		};
	}
	for (int i = 0; i < row->codes; i++)
		row->walk[row->attribute[i]].criterion = i;
}

static void
learn_row_type(wide_row *row, Oid type, int32 typmod)
{
	MemoryContext old = MemoryContextSwitchTo(row->context);
	TupleDesc	known = lookup_rowtype_tupdesc(type, typmod);

	row->tupdesc = NULL;
	row->type = InvalidOid;
	row->tupdesc = CreateTupleDescCopy(known);
	ReleaseTupleDesc(known);
	row->attribute = palloc(sizeof(int) * Max(row->codes, 1));
	row->attribute_type = palloc(sizeof(Oid) * Max(row->codes, 1));
	row->datum = palloc(sizeof(Datum) * Max(row->tupdesc->natts, 1));
	row->null = palloc(sizeof(bool) * Max(row->tupdesc->natts, 1));
	for (int i = 0; i < row->codes; i++)
	{
		row->attribute[i] = find_attribute(row, i);
		row->attribute_type[i] = TupleDescAttr(row->tupdesc, row->attribute[i])->atttypid;
	}
	plan_walk(row);
	row->type = type;
	row->typmod = typmod;
	MemoryContextSwitchTo(old);
}

static double
as_float8(Datum value, Oid type)
{
	switch (type)
	{
		case FLOAT8OID:
			return DatumGetFloat8(value);
		case FLOAT4OID:
			return DatumGetFloat4(value);
		case INT2OID:
			return DatumGetInt16(value);
		case INT4OID:
			return DatumGetInt32(value);
		case INT8OID:
			return (double) DatumGetInt64(value);
		default:
			return DatumGetFloat8(DirectFunctionCall1(numeric_float8, value));
	}
}

/*
 * Attributes of fixed length, one after the other: what heap_deform_tuple() does,
 * without a stop between.
 */
static void
walk_tuple(const wide_row *row, HeapTupleHeader header, double *x, uint8 *status)
{
	const char *data = (const char *) header + header->t_hoff;
	const bits8 *there = (header->t_infomask & HEAP_HASNULL) != 0 ? header->t_bits : NULL;
	Size		offset = 0;

	for (int k = 0; k < row->walked; k++)
	{
		walked_attribute a = row->walk[k];

		if (there != NULL && att_isnull(k, there))
		{
			if (a.criterion >= 0)
				put_missing(a.criterion, x, status);
			continue;
		}
		offset = att_align_nominal(offset, a.align);
		if (likely(a.is_float8 && a.criterion >= 0))
			put_value(row, a.criterion, *(const double *) (data + offset), x, status);
		else if (a.criterion >= 0)
			put_value(row, a.criterion, as_float8(fetch_att(data + offset, true, a.length), a.type),
					  x, status);
		offset += a.length;
	}
}

static void
read_record(wide_row *row, HeapTupleHeader header, double *x, uint8 *status)
{
	Oid			type = HeapTupleHeaderGetTypeId(header);
	int32		typmod = HeapTupleHeaderGetTypMod(header);
	HeapTupleData tuple;

	if (unlikely(type != row->type || typmod != row->typmod))
		learn_row_type(row, type, typmod);
	if (row->fixed && (int) HeapTupleHeaderGetNatts(header) >= row->walked)
	{
		walk_tuple(row, header, x, status);
		return;
	}
	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, row->tupdesc, row->datum, row->null);
	for (int i = 0; i < row->codes; i++)
	{
		int			k = row->attribute[i];

		if (row->null[k])
			put_missing(i, x, status);
		else
			put_value(row, i, as_float8(row->datum[k], row->attribute_type[i]), x, status);
	}
}

void
wide_row_read(wide_row *row, FunctionCallInfo fcinfo, int argument, double *x, uint8 *status)
{
	Datum		value = PG_GETARG_DATUM(argument);
	struct varlena *plain = pg_detoast_datum((struct varlena *) DatumGetPointer(value));

	if (unlikely(!OidIsValid(row->argument_type)))
		row->argument_type = get_fn_expr_argtype(fcinfo->flinfo, argument);
	if (row->argument_type == FLOAT8ARRAYOID)
		read_array(row, (const ArrayType *) plain, x, status);
	else
		read_record(row, (HeapTupleHeader) plain, x, status);
	if ((Pointer) plain != DatumGetPointer(value))
		pfree(plain);
}
