/*
 * numeric_digits.h
 *	  A numeric's stored digits: see numeric_digits.c.
 *
 * What runs once per row is inline.
 */
#ifndef PARINDEX_NUMERIC_DIGITS_H
#define PARINDEX_NUMERIC_DIGITS_H

#include "base/compat.h"
#include "kernel/exact/decimal_sum.h"
#include "utils/numeric.h"

typedef enum numeric_kind
{
	NUMERIC_FINITE,
	NUMERIC_NOT_A_NUMBER,
	NUMERIC_PLUS_INFINITY,
	NUMERIC_MINUS_INFINITY
} numeric_kind;

/*
 * The value is the sum of digit[i] * 10000^(weight - i), 0 <= i < count, with
 * its sign.  Digits are 16-bit integers, not aligned where the value has a
 * one-byte header; leading and trailing zeros are not stored, so that zero has
 * none.  scale is the number of decimals displayed.
 */
typedef struct numeric_digits
{
	numeric_kind kind;
	bool		negative;
	int			weight;
	int			scale;
	int			count;
	const char *digit;
} numeric_digits;

/* Limits of the stored form. */
#define NUMERIC_STORED_WEIGHT_MAX PG_INT16_MAX
#define NUMERIC_STORED_SCALE_MAX 0x3FFF

/* Most fixed-point digits that numeric_digits_small() reads. */
#define NUMERIC_SMALL_DIGITS 4

/* Base-10000 digits after the point that a scale takes. */
static inline int
numeric_fraction(int scale)
{
	return (scale + 3) / 4;
}

static inline uint16
numeric_uint16(const char *at)
{
	uint16		value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/*
 * Read a numeric's header.  The digits stay where they are: in the tuple, or
 * in a copy in the current memory context where the value was compressed or
 * stored out of line.
 */
static inline void
numeric_digits_read(numeric_digits *d, Datum numeric)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(numeric);
	const char *data;
	uint16		header;
	int			most;

	if (unlikely(VARATT_IS_COMPRESSED(value) || VARATT_IS_EXTERNAL(value)))
		value = pg_detoast_datum(value);
	data = VARDATA_ANY(value);
	header = numeric_uint16(data);

	d->kind = NUMERIC_FINITE;
	if (likely((header & 0xC000) == 0x8000))
	{
		/* Short: 10s ssss swww wwww - sign, scale, weight with its sign. */
		d->negative = (header & 0x2000) != 0;
		d->scale = (header & 0x1F80) >> 7;
		d->weight = (header & 0x003F) - (header & 0x0040);
		d->digit = data + sizeof(uint16);
	}
	else if ((header & 0xC000) != 0xC000)
	{
		/* Long: 0n ss ssss ssss ssss - sign, scale; then the weight. */
		d->negative = (header & 0x4000) != 0;
		d->scale = header & 0x3FFF;
		d->weight = (int16) numeric_uint16(data + sizeof(uint16));
		d->digit = data + 2 * sizeof(uint16);
	}
	else
	{
		/* Special: 11ni - NaN, or infinity and its sign. */
		d->kind = (header & 0x1000) == 0 ? NUMERIC_NOT_A_NUMBER :
			(header & 0x2000) == 0 ? NUMERIC_PLUS_INFINITY :
			NUMERIC_MINUS_INFINITY;
		d->negative = false;
		d->scale = 0;
		d->weight = 0;
		d->count = 0;
		d->digit = NULL;
		return;
	}
	d->count = (data + VARSIZE_ANY_EXHDR(value) - d->digit) / sizeof(uint16);

	/* No digits are stored beyond the scale; what follows relies on it. */
	most = Max(d->weight + 1 + numeric_fraction(d->scale), 0);
	if (unlikely(d->count > most))
		d->count = most;
}

/*
 * The value in units of 10000^-numeric_fraction(scale), below 10^16; false if
 * it takes more than four digits.
 */
static inline bool
numeric_digits_small(const numeric_digits *d, int64 *units)
{
	static const int64 power[NUMERIC_SMALL_DIGITS + 1] = {
		1, INT64CONST(10000), INT64CONST(100000000),
		INT64CONST(1000000000000), INT64CONST(10000000000000000)
	};
	int			digits = d->weight + 1 + numeric_fraction(d->scale);
	int64		value = 0;

	if (digits > NUMERIC_SMALL_DIGITS)
	{
		*units = 0;
		return d->count == 0;
	}
	for (int i = 0; i < d->count; i++)
		value = value * 10000 + numeric_uint16(d->digit + i * sizeof(uint16));
	if (d->count > 0)
		value *= power[digits - d->count];
	*units = d->negative ? -value : value;
	return true;
}

extern int	numeric_digits_limbs(const numeric_digits *d);
extern void numeric_digits_sum(const numeric_digits *d, decimal_sum *sum);
extern Numeric numeric_from_sum(const decimal_sum *sum, int scale);
extern Numeric numeric_special(numeric_kind kind);
extern char *numeric_clipped(Numeric value);
extern void numeric_overflow_error(void);

#endif							/* PARINDEX_NUMERIC_DIGITS_H */
