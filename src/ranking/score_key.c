/*
 * score_key.c
 *	  Numeric scores as unsigned 64-bit keys of the same order.
 *
 * A numeric is base-10000 digits d0 d1 d2 ... with the weight of d0 and a sign.
 * The key of a positive one has, from the top bit down:
 *
 *	  1 bit   1
 *	  4 bits  0
 *	  16 bits weight + 32768
 *	  42 bits d0, d1, d2 at 14 bits each, missing ones 0
 *	  1 bit   whether any digit follows
 *
 * and that of a negative one is the complement. Zero lies between them, the
 * infinities beyond. Stored digits have no leading or trailing zero digit, so
 * values without further digits (any of up to nine decimal digits, some of up
 * to twelve) have a key of their own, and values with further digits share keys
 * among themselves only.
 */
#include "postgres.h"
#include "base/compat.h"

#include "fmgr.h"
#include "base/numeric_digits.h"
#include "ranking/score_key.h"
#include "utils/fmgrprotos.h"

#define SIGN_BIT		(UINT64CONST(1) << 63)
#define DIGITS_IN_KEY	3

/*
 * Gives the key of a numeric and whether no other value shares it. Returns
 * false for NaN, which has no rank.
 */
bool
numeric_score_key(Datum score, uint64 *key, bool *exact)
{
	numeric_digits digits;
	uint64		magnitude;
	int			i;

	*exact = true;
	numeric_digits_read(&digits, score);
	switch (digits.kind)
	{
		case NUMERIC_NOT_A_NUMBER:
			return false;
		case NUMERIC_PLUS_INFINITY:
			*key = PG_UINT64_MAX;
			return true;
		case NUMERIC_MINUS_INFINITY:
			*key = 0;
			return true;
		case NUMERIC_FINITE:
			break;
	}

	if (digits.count == 0)
	{
		*key = SIGN_BIT;		/* zero */
		return true;
	}

	*exact = digits.count <= DIGITS_IN_KEY;
	magnitude = digits.weight - PG_INT16_MIN;
	for (i = 0; i < DIGITS_IN_KEY; i++)
	{
		magnitude <<= 14;
		if (i < digits.count)
			magnitude |= numeric_uint16(digits.digit + i * sizeof(uint16));
	}
	magnitude = magnitude << 1 | !*exact;

	*key = SIGN_BIT | magnitude;
	if (digits.negative)
		*key = ~*key;
	return true;
}

/*
 * Rounds a numeric half away from zero, leaving it alone where it has no more
 * than the digits asked for.
 */
Datum
numeric_score_round(Datum score, int places)
{
	numeric_digits digits;

	numeric_digits_read(&digits, score);
	if (digits.kind != NUMERIC_FINITE || digits.scale <= places)
		return score;
	return DirectFunctionCall2(numeric_round, score, Int32GetDatum(places));
}
