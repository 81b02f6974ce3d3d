/*
 * numeric_digits.c
 *	  The one place that knows how a numeric stores its digits.
 *
 * PostgreSQL has no public way to read them without building another value.
 * The layout is that of src/include/utils/numeric.h and the head of
 * src/backend/utils/adt/numeric.c: a header of one (short form) or two 16-bit
 * words, then base-10000 digits, most significant first.  It has been on disk
 * since 9.1 (infinities since 14), hence cannot change.
 *
 * Values are built through numeric_recv(), whose wire form is public.
 */
#include "postgres.h"
#include "base/compat.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"

#include "base/numeric_digits.h"

/* Most characters of a value shown in an error. */
#define CLIP_LENGTH 40

/* Floor of the half of a base-10000 position: its limb. */
static inline int
limb_of(int position)
{
	return (position - (position & 1)) / 2;
}

/* Limbs that numeric_digits_sum() needs. */
int
numeric_digits_limbs(const numeric_digits *d)
{
	if (d->count == 0)
		return 0;
	return limb_of(d->weight) - limb_of(d->weight - d->count + 1) + 1;
}

/*
 * The value as a normalised, trimmed sum; sum->limb is the caller's.  Its low
 * limb is never below the one that the scale asks for.
 */
void
numeric_digits_sum(const numeric_digits *d, decimal_sum *sum)
{
	int			sign = d->negative ? -1 : 1;

	sum->count = numeric_digits_limbs(d);
	sum->low = d->count == 0 ? 0 : limb_of(d->weight - d->count + 1);
	memset(sum->limb, 0, sum->count * sizeof(int64));
	for (int i = 0; i < d->count; i++)
	{
		int			position = d->weight - i;
		int64		digit = numeric_uint16(d->digit + i * sizeof(uint16));

		sum->limb[limb_of(position) - sum->low] +=
			sign * digit * ((position & 1) != 0 ? 10000 : 1);
	}
	decimal_sum_trim(sum);
}

static void
put_uint16(StringInfo wire, int value)
{
	uint16		network = pg_hton16((uint16) value);

	memcpy(wire->data + wire->len, &network, sizeof(network));
	wire->len += sizeof(network);
}

static Numeric
numeric_receive(StringInfo wire)
{
	return DatumGetNumeric(DirectFunctionCall3(numeric_recv,
											   PointerGetDatum(wire),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

/* As core says it. */
void
numeric_overflow_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value overflows numeric format")));
}

/*
 * The numeric of a normalised sum that is a multiple of 10^-scale, displayed
 * with that scale, 0 <= scale <= NUMERIC_STORED_SCALE_MAX.
 */
Numeric
numeric_from_sum(const decimal_sum *sum, int scale)
{
	decimal_sum trimmed = *sum;
	char		small[64];
	StringInfoData wire = {small, 0, sizeof(small), 0};
	Numeric		result;
	int			sign;
	int			high;
	int			low;
	int			count;

	decimal_sum_trim(&trimmed);
	sign = decimal_sum_sign(&trimmed);

	/* Positions of the first base-10000 digit and of the last. */
	high = 2 * decimal_sum_top(&trimmed) - 1;
	if (trimmed.count > 0 && sign * trimmed.limb[trimmed.count - 1] < 10000)
		high--;
	low = Max(2 * trimmed.low, -numeric_fraction(scale));
	count = trimmed.count > 0 ? high - low + 1 : 0;
	if (count > 0 && high > NUMERIC_STORED_WEIGHT_MAX)
		numeric_overflow_error();

	wire.maxlen = (count + 4) * sizeof(uint16);
	if (wire.maxlen > (int) sizeof(small))
		wire.data = palloc(wire.maxlen);
	put_uint16(&wire, count);
	put_uint16(&wire, count > 0 ? high : 0);
	put_uint16(&wire, sign < 0 ? 0x4000 : 0);
	put_uint16(&wire, scale);
	for (int position = high; position > high - count; position--)
	{
		int			limb = sign * trimmed.limb[limb_of(position) - trimmed.low];

		put_uint16(&wire, (position & 1) != 0 ? limb / 10000 : limb % 10000);
	}

	result = numeric_receive(&wire);
	if (wire.data != small)
		pfree(wire.data);
	return result;
}

/* The numeric that is no number, or an infinity. */
Numeric
numeric_special(numeric_kind kind)
{
	const char *name = kind == NUMERIC_NOT_A_NUMBER ? "NaN" :
		kind == NUMERIC_PLUS_INFINITY ? "Infinity" : "-Infinity";

	return DatumGetNumeric(DirectFunctionCall3(numeric_in,
											   CStringGetDatum(name),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

/* The value as text for an error message, cut short where it is long. */
char *
numeric_clipped(Numeric value)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out,
														   NumericGetDatum(value)));

	if (strlen(text) > CLIP_LENGTH)
		strcpy(text + CLIP_LENGTH - 3, "...");
	return text;
}
