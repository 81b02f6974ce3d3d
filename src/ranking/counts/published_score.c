/*
 * published_score.c
 *	  Scores as whole numbers of units of their last published digit.
 *
 * Numerics are read from their stored digits, without arithmetic on Numeric.
 */
#include "postgres.h"
#include "ranking/counts/score_counts.h"

#include <math.h>

#include "base/decimal_round.h"
#include "base/numeric_digits.h"
#include "common/shortest_dec.h"
#include "utils/builtins.h"

static const int64 power_of_ten[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	INT64CONST(10000000000), INT64CONST(100000000000), INT64CONST(1000000000000),
	INT64CONST(10000000000000), INT64CONST(100000000000000), INT64CONST(1000000000000000),
	INT64CONST(10000000000000000), INT64CONST(100000000000000000)
};

pg_noreturn static void
out_of_range(Numeric score, int digits)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("score %s has too many digits to be counted at %d digits",
					numeric_clipped(score), digits),
			 errdetail("Counted scores have at most 18 digits, those after the point included."),
			 errhint("Count at fewer digits.")));
}

bool
score_key_of_numeric(Datum score, int digits, int64 *key)
{
	numeric_digits d;
	int64		value = 0;

	numeric_digits_read(&d, score);
	if (unlikely(d.kind != NUMERIC_FINITE))
	{
		*key = d.kind == NUMERIC_PLUS_INFINITY ? SCORE_KEY_PLUS_INFINITY :
			SCORE_KEY_MINUS_INFINITY;
		return d.kind != NUMERIC_NOT_A_NUMBER;
	}
	for (int i = 0; i < d.count; i++)
	{
		int			exponent = 4 * (d.weight - i) + digits; /* of ten, of this digit */
		int64		digit = numeric_uint16(d.digit + i * sizeof(uint16));

		if (exponent < 0)
		{
			/* Its last decimals go; the first that goes decides. */
			if (exponent >= -4)
				value += (digit / power_of_ten[-exponent - 1] + 5) / 10;
			break;
		}
		if (exponent >= (int) lengthof(power_of_ten) ||
			__builtin_mul_overflow(digit, power_of_ten[exponent], &digit) ||
			(value += digit) >= SCORE_KEY_LIMIT || digit >= SCORE_KEY_LIMIT)
			out_of_range(DatumGetNumeric(score), digits);
	}
	if (unlikely(value >= SCORE_KEY_LIMIT))
		out_of_range(DatumGetNumeric(score), digits);
	*key = d.negative ? -value : value;
	return true;
}

/* Judged by its shortest decimal text, as decimal_round() does. */
bool
score_key_of_float8(double score, int digits, int64 *key)
{
	double		units;
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (unlikely(!isfinite(score)))
	{
		*key = score > 0 ? SCORE_KEY_PLUS_INFINITY : SCORE_KEY_MINUS_INFINITY;
		return !isnan(score);
	}
	score = decimal_round(score, digits);
	units = digits >= 0 ? score * (double) power_of_ten[digits] :
		score / (double) power_of_ten[-digits];
	if (likely(fabs(units) < 1e15))
	{
		/* The rounded decimal is within half a unit of it. */
		*key = (int64) rint(units);
		return true;
	}
	double_to_shortest_decimal_buf(score, text);
	return score_key_of_numeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)), digits, key);
}

Datum
score_of_key(int64 key, int digits)
{
	if (key == SCORE_KEY_PLUS_INFINITY || key == SCORE_KEY_MINUS_INFINITY)
		return NumericGetDatum(numeric_special(key > 0 ? NUMERIC_PLUS_INFINITY :
											   NUMERIC_MINUS_INFINITY));
	if (digits >= 0)
		return NumericGetDatum(int64_div_fast_to_numeric(key, digits));
	return DirectFunctionCall2(numeric_mul, NumericGetDatum(int64_to_numeric(key)),
							   NumericGetDatum(int64_to_numeric(power_of_ten[-digits])));
}
