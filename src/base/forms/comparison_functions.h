/*
 * comparison_functions.h
 *	  The functions behind a type's operators = <> < <= > >= and its btree and
 *	  hash operator classes, all made from two: one that compares, one that
 *	  hashes.
 *
 * Neither may leave memory behind: indexes and sorts call them in contexts
 * that live long.
 */
#ifndef PARINDEX_COMPARISON_FUNCTIONS_H
#define PARINDEX_COMPARISON_FUNCTIONS_H

#include "common/hashfn.h"
#include "base/compat.h"
#include "fmgr.h"

/*
 * Bytes that equal values share and no others: the value itself, detoasted,
 * or a copy for the caller to free.
 */
typedef struct varlena *(*value_image) (Datum value);

static inline void
free_image(struct varlena *image, Datum value)
{
	if ((Pointer) image != DatumGetPointer(value))
		pfree(image);
}

/* Order of the images as strings of bytes: -1, 0 or 1. */
static inline int
compare_images(Datum a, Datum b, value_image image_of)
{
	struct varlena *a_image = image_of(a);
	struct varlena *b_image = image_of(b);
	Size		a_size = VARSIZE_ANY_EXHDR(a_image);
	Size		b_size = VARSIZE_ANY_EXHDR(b_image);
	int			order = memcmp(VARDATA_ANY(a_image), VARDATA_ANY(b_image),
							   Min(a_size, b_size));

	free_image(a_image, a);
	free_image(b_image, b);
	return order != 0 ? (order > 0) - (order < 0) :
		(a_size > b_size) - (a_size < b_size);
}

static inline uint64
hash_image(Datum value, uint64 seed, value_image image_of)
{
	struct varlena *image = image_of(value);
	Datum		hash = hash_any_extended((unsigned char *) VARDATA_ANY(image),
										 VARSIZE_ANY_EXHDR(image), seed);

	free_image(image, value);
	return DatumGetUInt64(hash);
}

/*
 * Defines parindex_TYPE_eq and so on from
 *		int compare(Datum a, Datum b)				-1, 0 or 1
 *		uint64 hash(Datum value, uint64 seed)
 */
#define COMPARISON_FUNCTIONS(type, compare, hash) \
COMPARISON_FUNCTION(type, eq, ==, compare) \
COMPARISON_FUNCTION(type, ne, !=, compare) \
COMPARISON_FUNCTION(type, lt, <, compare) \
COMPARISON_FUNCTION(type, le, <=, compare) \
COMPARISON_FUNCTION(type, gt, >, compare) \
COMPARISON_FUNCTION(type, ge, >=, compare) \
PARINDEX_FUNCTION(parindex_##type##_cmp); \
Datum \
parindex_##type##_cmp(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_INT32(compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))); \
} \
PARINDEX_FUNCTION(parindex_##type##_hash); \
Datum \
parindex_##type##_hash(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_UINT32((uint32) hash(PG_GETARG_DATUM(0), 0)); \
} \
PARINDEX_FUNCTION(parindex_##type##_hash_extended); \
Datum \
parindex_##type##_hash_extended(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_UINT64(hash(PG_GETARG_DATUM(0), (uint64) PG_GETARG_INT64(1))); \
}

#define COMPARISON_FUNCTION(type, name, operator, compare) \
PARINDEX_FUNCTION(parindex_##type##_##name); \
Datum \
parindex_##type##_##name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)) operator 0); \
}

/* The same for a type whose order is that of its images. */
#define IMAGE_COMPARISON_FUNCTIONS(type, image_of) \
static int \
type##_compare(Datum a, Datum b) \
{ \
	return compare_images(a, b, image_of); \
} \
static uint64 \
type##_hash(Datum value, uint64 seed) \
{ \
	return hash_image(value, seed, image_of); \
} \
COMPARISON_FUNCTIONS(type, type##_compare, type##_hash)

#endif							/* PARINDEX_COMPARISON_FUNCTIONS_H */
