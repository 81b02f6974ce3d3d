/*
 * numeric_math.h
 *	  Arithmetic on numeric as C expressions, by core's functions.
 *
 * Sums, differences and products are exact; quotients have core's scale.
 */
#ifndef PARINDEX_NUMERIC_MATH_H
#define PARINDEX_NUMERIC_MATH_H

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

static inline Numeric
num_call(PGFunction function, Numeric a)
{
	return DatumGetNumeric(DirectFunctionCall1(function, NumericGetDatum(a)));
}

static inline Numeric
num_call2(PGFunction function, Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)));
}

static inline Numeric
num_add(Numeric a, Numeric b)
{
	return num_call2(numeric_add, a, b);
}

static inline Numeric
num_subtract(Numeric a, Numeric b)
{
	return num_call2(numeric_sub, a, b);
}

static inline Numeric
num_multiply(Numeric a, Numeric b)
{
	return num_call2(numeric_mul, a, b);
}

static inline Numeric
num_divide(Numeric a, Numeric b)
{
	return num_call2(numeric_div, a, b);
}

static inline Numeric
num_negate(Numeric a)
{
	return num_call(numeric_uminus, a);
}

/* Without trailing zeros. */
static inline Numeric
num_trim(Numeric a)
{
	return num_call(numeric_trim_scale, a);
}

/* Half away from zero. */
static inline Numeric
num_round(Numeric a, int decimals)
{
	return DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(a),
											   Int32GetDatum(decimals)));
}

static inline Numeric
num_zero(void)
{
	return int64_to_numeric(0);
}

static inline int
num_compare(Numeric a, Numeric b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(a), NumericGetDatum(b)));
}

/* Below, at or above 0, as the number is. */
static inline int
num_sign(Numeric a)
{
	return num_compare(a, num_zero());
}

static inline Numeric
num_from_text(const char *text)
{
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
											   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

static inline char *
num_text(Numeric a)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(a)));
}

/* The text, cut short where it is long: for a message. */
static inline char *
num_clipped(Numeric a)
{
	const size_t most = 60;
	char	   *text = num_text(a);

	if (strlen(text) > most)
		strcpy(text + most - 3, "...");
	return text;
}

#endif							/* PARINDEX_NUMERIC_MATH_H */
