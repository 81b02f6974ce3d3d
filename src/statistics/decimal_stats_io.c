/*
 * decimal_stats_io.c
 *	  The state of exact decimal statistics as text, on the wire, and compared.
 *
 * Text, such as
 *		v1 n=3 w=1.00 w_rows=3 wx=93.6600 wx_rows=3 nan=0 +inf=0 -inf=0
 * shows each sum with its scale.
 *
 * Wire, in network byte order:
 *		version uint8, n, nan, +inf, -inf int64; then for w and for wx
 *		rows int64, scale uint16, sign uint8 (1 = negative), low int32,
 *		count int32, count times uint32: limbs, most significant first.
 *
 * Both are exact and canonical: equal states have equal text and equal bytes.
 * Comparison and hash are those of the wire form, hence the same on every
 * machine.  The order means nothing else; it is there to sort and merge.
 *
 * Whatever comes in is hostile until decimal_totals_fault() has passed it.
 */
#include "postgres.h"
#include "base/compat.h"

#include "fmgr.h"
#include "libpq/pqformat.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "statistics/decimal_totals.h"

#define TYPE_NAME "decimal_stats"

/* Most digits before the point. */
#define INTEGER_DIGITS_MAX (DECIMAL_STATS_TOP_MAX * DECIMAL_BASE_DIGITS)

/* ---------- text ---------- */

static int
count_digits(const char *at)
{
	const char *end = at;

	while (text_is_digit(*end))
		end++;
	return Min(end - at, PG_INT32_MAX);
}

static int64
read_count(text_reader *reader, const char *label)
{
	text_expect_exactly(reader, label);
	return text_integer(reader, 0, PG_INT64_MAX, "a number of rows");
}

/* Read [-]digits[.digits]; the digits after the point are the scale. */
static void
read_decimal(text_reader *reader, const char *label, decimal_total *total)
{
	decimal_sum *sum = &total->sum;
	int			sign = 1;
	int			integers;
	int			decimals = 0;
	int			position;

	text_expect_exactly(reader, label);
	if (*reader->at == '-')
	{
		sign = -1;
		reader->at++;
	}
	integers = count_digits(reader->at);
	if (integers > 0 && reader->at[integers] == '.')
	{
		decimals = count_digits(reader->at + integers + 1);
		if (decimals == 0)
			integers = 0;
	}
	if (integers == 0)
		text_error(reader, "a decimal number");
	if (integers > INTEGER_DIGITS_MAX || decimals > DECIMAL_STATS_SCALE_MAX)
		text_refuse(reader, psprintf("The number after \"%s\" has too many digits.", label));

	total->scale = decimals;
	sum->low = decimal_sum_low_limb(decimals);
	sum->count = (integers + DECIMAL_BASE_DIGITS - 1) / DECIMAL_BASE_DIGITS -
		sum->low;
	sum->limb = palloc0(sum->count * sizeof(int64));

	/* Digit positions count from the lowest limb's last decimal. */
	position = integers - 1 - sum->low * DECIMAL_BASE_DIGITS;
	for (int i = 0; i < integers + decimals; i++, position--)
	{
		int64	   *limb = &sum->limb[position / DECIMAL_BASE_DIGITS];

		if (*reader->at == '.')
			reader->at++;
		*limb = *limb * 10 + sign * (*reader->at++ - '0');
		/* The last decimals do not fill their limb. */
		if (i == integers + decimals - 1)
			for (; position % DECIMAL_BASE_DIGITS != 0; position--)
				*limb *= 10;
	}
	decimal_sum_trim(sum);
}

/* cstring -> decimal_stats */
PARINDEX_FUNCTION(parindex_decimal_stats_in);
Datum
parindex_decimal_stats_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	text_reader reader = {TYPE_NAME, input, input, NULL};
	decimal_totals totals;
	const char *fault;

	text_expect_exactly(&reader, "v1");
	totals.n = read_count(&reader, " n=");
	read_decimal(&reader, " w=", &totals.w);
	totals.w.rows = read_count(&reader, " w_rows=");
	read_decimal(&reader, " wx=", &totals.wx);
	totals.wx.rows = read_count(&reader, " wx_rows=");
	totals.nan = read_count(&reader, " nan=");
	totals.plus_infinity = read_count(&reader, " +inf=");
	totals.minus_infinity = read_count(&reader, " -inf=");
	if (*reader.at != '\0')
		text_error(&reader, "the end");

	fault = decimal_totals_fault(&totals);
	if (fault != NULL)
		text_refuse(&reader, fault);
	PG_RETURN_POINTER(decimal_totals_canonical(&totals));
}

/* Append a sum with all its decimals. */
static void
append_decimal(StringInfo text, const decimal_total *total)
{
	const decimal_sum *sum = &total->sum;
	int			sign = decimal_sum_sign(sum);
	int32		low = decimal_sum_low_limb(total->scale);
	int32		high = Max(decimal_sum_top(sum) - 1, 0);
	int			digits_below = -low * DECIMAL_BASE_DIGITS - total->scale;

	if (sign < 0)
		appendStringInfoChar(text, '-');
	for (int32 position = high; position >= low; position--)
	{
		int			limb = 0;

		if (position >= sum->low && position < decimal_sum_top(sum))
			limb = sign * sum->limb[position - sum->low];
		if (position == -1)
			appendStringInfoChar(text, '.');
		appendStringInfo(text, position == high && position >= 0 ? "%d" : "%08d",
						 limb);
	}
	text->len -= digits_below;
	text->data[text->len] = '\0';
}

/* decimal_stats -> cstring */
PARINDEX_FUNCTION(parindex_decimal_stats_out);
Datum
parindex_decimal_stats_out(PG_FUNCTION_ARGS)
{
	decimal_totals totals;
	StringInfoData text;

	decimal_stats_totals(PG_GETARG_DECIMAL_STATS_P(0), &totals);
	initStringInfo(&text);
	appendStringInfo(&text, "v1 n=" INT64_FORMAT " w=", totals.n);
	append_decimal(&text, &totals.w);
	appendStringInfo(&text, " w_rows=" INT64_FORMAT " wx=", totals.w.rows);
	append_decimal(&text, &totals.wx);
	appendStringInfo(&text, " wx_rows=" INT64_FORMAT " nan=" INT64_FORMAT
					 " +inf=" INT64_FORMAT " -inf=" INT64_FORMAT,
					 totals.wx.rows, totals.nan, totals.plus_infinity,
					 totals.minus_infinity);
	PG_RETURN_CSTRING(text.data);
}

/* ---------- wire ---------- */

/* Make sure that so many bytes follow. */
static void
expect_bytes(StringInfo wire, int bytes)
{
	if (bytes > wire->len - wire->cursor)
		wire_error(TYPE_NAME, "It is too short.");
}

static void
receive_total(StringInfo wire, decimal_total *total)
{
	decimal_sum *sum = &total->sum;
	int			sign;

	expect_bytes(wire, 8 + 2 + 1 + 4 + 4);
	total->rows = pq_getmsgint64(wire);
	total->scale = pq_getmsgint(wire, 2);
	sign = pq_getmsgbyte(wire);
	sum->low = (int32) pq_getmsgint(wire, 4);
	sum->count = (int32) pq_getmsgint(wire, 4);

	/* Bound the limbs by what may be there, then by what is there. */
	if (sum->low < -DECIMAL_STATS_SCALE_MAX || sum->low > DECIMAL_STATS_TOP_MAX ||
		sum->count < 0 || sum->count > DECIMAL_STATS_TOP_MAX - sum->low)
		wire_error(TYPE_NAME, "The size of a sum is out of range.");
	expect_bytes(wire, sum->count * 4);
	sum->limb = palloc(sum->count * sizeof(int64));
	for (int32 i = sum->count - 1; i >= 0; i--)
	{
		sum->limb[i] = (uint32) pq_getmsgint(wire, 4);
		if (sum->limb[i] >= DECIMAL_BASE)
			wire_error(TYPE_NAME, "A limb of a sum is out of range.");
		if (sign != 0)
			sum->limb[i] = -sum->limb[i];
	}

	/* Only the canonical spelling is accepted. */
	if (sign > 1 || (sign == 1 && sum->count == 0) ||
		(sum->count == 0 && sum->low != 0) ||
		(sum->count > 0 &&
		 (sum->limb[0] == 0 || sum->limb[sum->count - 1] == 0)))
		wire_error(TYPE_NAME, "A sum is not in canonical form.");
}

/* internal -> decimal_stats */
PARINDEX_FUNCTION(parindex_decimal_stats_recv);
Datum
parindex_decimal_stats_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	decimal_totals totals;
	const char *fault;

	expect_bytes(wire, 1 + 4 * 8);
	wire_version(wire, TYPE_NAME, DECIMAL_STATS_VERSION);
	totals.n = pq_getmsgint64(wire);
	totals.nan = pq_getmsgint64(wire);
	totals.plus_infinity = pq_getmsgint64(wire);
	totals.minus_infinity = pq_getmsgint64(wire);
	receive_total(wire, &totals.w);
	receive_total(wire, &totals.wx);

	fault = decimal_totals_fault(&totals);
	if (fault != NULL)
		wire_error(TYPE_NAME, fault);
	PG_RETURN_POINTER(decimal_totals_canonical(&totals));
}

static void
send_total(StringInfo wire, const decimal_total *total)
{
	const decimal_sum *sum = &total->sum;
	int			sign = decimal_sum_sign(sum);

	pq_sendint64(wire, total->rows);
	pq_sendint16(wire, total->scale);
	pq_sendint8(wire, sign < 0 ? 1 : 0);
	pq_sendint32(wire, sum->low);
	pq_sendint32(wire, sum->count);
	for (int32 i = sum->count - 1; i >= 0; i--)
		pq_sendint32(wire, sign * sum->limb[i]);
}

static bytea *
decimal_stats_wire(Datum state)
{
	decimal_totals totals;
	StringInfoData wire;

	decimal_stats_totals(DatumGetDecimalStatsP(state), &totals);
	pq_begintypsend(&wire);
	pq_sendint8(&wire, DECIMAL_STATS_VERSION);
	pq_sendint64(&wire, totals.n);
	pq_sendint64(&wire, totals.nan);
	pq_sendint64(&wire, totals.plus_infinity);
	pq_sendint64(&wire, totals.minus_infinity);
	send_total(&wire, &totals.w);
	send_total(&wire, &totals.wx);
	return pq_endtypsend(&wire);
}

/* decimal_stats -> bytea */
PARINDEX_FUNCTION(parindex_decimal_stats_send);
Datum
parindex_decimal_stats_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(decimal_stats_wire(PG_GETARG_DATUM(0)));
}

/* ---------- comparison: the order of the wire form ---------- */

IMAGE_COMPARISON_FUNCTIONS(decimal_stats, decimal_stats_wire)
