/*
 * elementary.c
 *	  Logarithm, exponential, power and reciprocal in integer arithmetic.
 *
 * Invariant: the results are functions of the argument bits alone. Nothing
 * here depends on libm, the rounding mode, FMA or the compiler.
 *
 * Method: table-driven reduction in two steps of six bits (W. F. Wong and
 * E. Goto, "Fast hardware-based algorithms for elementary function
 * computations using rectangular multipliers", IEEE Trans. Comput. 43(3),
 * 1994; J.-M. Muller, "Elementary Functions", table-based methods), then the
 * Taylor series of an argument below 2^-12.
 *
 *		ln(m * 2^e) = e ln 2 - ln f1 - ln f2 + ln(1 + z),	1 + z = m f1 f2
 *		e^y         = 2^k * e^(i/64) * e^(j/4096) * e^r
 *
 * Numbers in [1, 2) are kept with 127 fractional bits, fractions with 128.
 * Every operation on them cuts, so errors are counted in units of 2^-127. Right
 * shifts of negative numbers round downwards, as all our compilers do.
 */
#include "kernel/exact/elementary.h"

#include <math.h>

#include "kernel/exact/elementary_tables.h"
#include "kernel/exact/exact_ratio.h"

/* 1 with 127 fractional bits. */
#define ONE ((px_uint128) 1 << 127)

/* Powers stop at e^-2700 and e^2700. */
#define MAX_POWER_LOG 2700

/* whole + fraction / 2^128, with 0 <= fraction / 2^128 < 1. */
typedef struct fixed192
{
	int64_t		whole;
	px_uint128	fraction;
} fixed192;


/* Arithmetic */

static inline px_uint128
join(halves x)
{
	return make_uint128(x.hi, x.lo);
}

/* floor(a * b / 2^128). */
static inline px_uint128
multiply_high(px_uint128 a, px_uint128 b)
{
	uint64_t	a1 = (uint64_t) (a >> 64);
	uint64_t	a0 = (uint64_t) a;
	uint64_t	b1 = (uint64_t) (b >> 64);
	uint64_t	b0 = (uint64_t) b;
	px_uint128	mid1 = (px_uint128) a1 * b0 + ((px_uint128) a0 * b0 >> 64);
	px_uint128	mid2 = (px_uint128) a0 * b1 + (uint64_t) mid1;

	return (px_uint128) a1 * b1 + (mid1 >> 64) + (mid2 >> 64);
}

/* m * factor / 2^63 for a product below 2^128; the error is below one unit. */
static inline px_uint128
times_factor(px_uint128 m, uint64_t factor)
{
	px_uint128	hi = (m >> 64) * factor;
	px_uint128	lo = (px_uint128) (uint64_t) m * factor;

	return (hi << 1) + (lo >> 63);
}

/* n * ln 2, |n| < 2^13; LN2 is short by 2^-129.9, so the error is below 2^-116. */
static inline fixed192
times_ln2(int n)
{
	px_int128	lo = (px_int128) n * LN2.lo;
	px_int128	hi = (px_int128) n * LN2.hi + (lo >> 64);
	fixed192	result;

	result.whole = (int64_t) (hi >> 64);
	result.fraction = make_uint128((uint64_t) hi, (uint64_t) lo);
	return result;
}

static inline fixed192
add(fixed192 a, fixed192 b)
{
	a.fraction += b.fraction;
	a.whole += b.whole + (a.fraction < b.fraction);
	return a;
}

static inline fixed192
negate(fixed192 a)
{
	a.fraction = -a.fraction;
	a.whole = -a.whole - (a.fraction != 0);
	return a;
}

static inline px_uint128
mantissa(wide_float x)
{
	return make_uint128(x.hi, x.lo);
}

/* m * 2^exponent, normalised. */
wide_float
wide_from_integer(px_uint128 m, int exponent)
{
	wide_float	result = {0, 0, 0};

	if (m != 0)
	{
		int			shift = 128 - bit_length128(m);

		m <<= shift;
		result.hi = (uint64_t) (m >> 64);
		result.lo = (uint64_t) m;
		result.exponent = exponent - shift;
	}
	return result;
}

/* a * b, relative error below 2^-126. */
static inline wide_float
multiply(wide_float a, wide_float b)
{
	return wide_from_integer(multiply_high(mantissa(a), mantissa(b)),
					 a.exponent + b.exponent + 128);
}

/* A fixed192 that is not negative, cut after 128 significant bits. */
static inline wide_float
wide_from_fixed(fixed192 x)
{
	int			bits;

	if (x.whole == 0)
		return wide_from_integer(x.fraction, -128);
	bits = bit_length((uint64_t) x.whole);
	return wide_from_integer((px_uint128) x.whole << (128 - bits) | x.fraction >> bits,
					 bits - 128);
}

/* x < 2^62 and not zero, cut after 128 fractional bits. */
static inline fixed192
fixed_from_wide(wide_float x)
{
	px_uint128	m = mantissa(x);
	int			bits = x.exponent + 128;	/* x < 2^bits */
	fixed192	result = {0, 0};

	if (bits > 0)
	{
		result.whole = (int64_t) (m >> (128 - bits));
		result.fraction = m << bits;
	}
	else if (bits > -128)
		result.fraction = m >> -bits;
	return result;
}


/* Logarithm */

/*
 * ln(1 + z) / z with 127 fractional bits, where z = t / 2^128, or minus that
 * if negative, and |z| < 2^-12. The first term left out is below 2^-123.
 */
static inline px_uint128
log1p_ratio(px_uint128 t, bool negative)
{
	static const px_uint128 coefficient[] = {
		ONE, ONE / 2, ONE / 3, ONE / 4, ONE / 5,
		ONE / 6, ONE / 7, ONE / 8, ONE / 9, ONE / 10
	};
	px_uint128	sum = coefficient[9];

	for (int i = 8; i >= 0; i--)
	{
		px_uint128	term = multiply_high(sum, t);

		sum = negative ? coefficient[i] + term : coefficient[i] - term;
	}
	return sum;
}

/*
 * |ln x| and its sign, for 2^-5900 < x < 2^5900. Relative error below 2^-113:
 * near 1 the series alone gives it, with z exact; elsewhere |ln x| > 2^-12.01
 * meets an absolute error below 4 units (three cuts and the tables), or that of
 * times_ln2, which grows only with |ln x|.
 */
static inline wide_float
natural_log(wide_float x, bool *negative)
{
	px_uint128	m = mantissa(x);
	int			e = x.exponent + 127;
	px_uint128	above = (m - ONE) << 1; /* x - 1, if e is 0 */
	px_uint128	below = -m;		/* 1 - x, if e is -1 */
	const log_entry *coarse;
	const log_entry *fine;
	px_uint128	z;
	fixed192	result = {0, 0};

	if (e == 0 && above >> 116 == 0)
	{
		*negative = false;
		return multiply(wide_from_integer(above, -128),
						wide_from_integer(log1p_ratio(above, false), -127));
	}
	if (e == -1 && below >> 116 == 0)
	{
		*negative = true;
		return multiply(wide_from_integer(below, -128),
						wide_from_integer(log1p_ratio(below, true), -127));
	}

	/* Factors are rounded up, so that m stays at or above 1. */
	coarse = &log_coarse[m >> 121 & 63];
	m = times_factor(m, coarse->factor);
	fine = &log_fine[m >> 115 & 63];
	m = times_factor(m, fine->factor);
	z = (m - ONE) << 1;

	result.fraction = join(coarse->log) + join(fine->log)
		+ (multiply_high(z, log1p_ratio(z, false)) << 1);
	result = add(result, times_ln2(e));
	*negative = result.whole < 0;
	return wide_from_fixed(*negative ? negate(result) : result);
}

px_int128
wide_log(wide_float x)
{
	bool		negative;
	wide_float	log = natural_log(x, &negative);
	int			shift = -LOG_FRACTION_BITS - log.exponent;
	px_uint128	rounded = 0;

	/* As |ln x| < 2^12, the shift is 4 or more, save for ln 1 = 0. */
	if (log.hi != 0 && shift <= 128)
		rounded = ((mantissa(log) >> (shift - 1)) + 1) >> 1;
	return negative ? -(px_int128) rounded : (px_int128) rounded;
}

px_int128
fixed_log(double x)
{
	return wide_log(wide_from_double(x));
}


/* Exponential */

/*
 * e^y, |y| < 2^12; relative error below 2^-116, and below 2^-123 plus
 * |y| * 2^-129: at most four units from cutting the products, two from the
 * tables, three from the series, and the error of times_ln2.
 */
static inline wide_float
exp_of_fixed(fixed192 y)
{
	static const px_uint128 coefficient[] = {
		ONE, ONE, ONE / 2, ONE / 6, ONE / 24, ONE / 120,
		ONE / 720, ONE / 5040, ONE / 40320
	};
	static const int64_t inverse_ln2 = INT64_C(6196328018); /* 2^32 / ln 2 */
	int64_t		y32 = y.whole * (INT64_C(1) << 32) + (int64_t) (y.fraction >> 96);
	int			k = (int) ((px_int128) y32 * inverse_ln2 >> 64);
	px_uint128	ln2 = join(LN2);
	fixed192	rest = add(y, times_ln2(-k));
	px_uint128	r;
	px_uint128	sum = coefficient[8];
	px_uint128	coarse;
	px_uint128	fine;

	/* The estimate of k may be one off: bring rest into [0, ln 2). */
	if (rest.whole < 0)
	{
		rest.fraction += ln2;
		k--;
	}
	else if (rest.whole > 0 || rest.fraction >= ln2)
	{
		rest.fraction -= ln2;
		k++;
	}

	coarse = join(exp_coarse[rest.fraction >> 122]);
	fine = join(exp_fine[rest.fraction >> 116 & 63]);
	r = rest.fraction & (((px_uint128) 1 << 116) - 1);
	for (int i = 7; i >= 0; i--)
		sum = coefficient[i] + multiply_high(sum, r);

	/* Everything is cut, so that the products stay below 2. */
	sum = multiply_high(sum, fine) << 1;
	sum = multiply_high(sum, coarse) << 1;
	return wide_from_integer(sum, k - 127);
}

wide_float
wide_exp(px_int128 y)
{
	fixed192	exact;

	exact.whole = (int64_t) (y >> LOG_FRACTION_BITS);
	exact.fraction = (px_uint128) y << (128 - LOG_FRACTION_BITS);
	return exp_of_fixed(exact);
}

/* Beyond e^+-709 lies no double. */
#define LARGEST_EXPONENT 746.0

double
rounded_exp(double x)
{
	double_parts parts;
	px_int128	fixed;
	int			shift;

	if (isnan(x))
		return x;
	if (x > LARGEST_EXPONENT)
		return INFINITY;
	if (x < -LARGEST_EXPONENT)
		return 0;
	parts = split_double(x);
	shift = parts.exponent + LOG_FRACTION_BITS;
	fixed = shift >= 0 ? (px_int128) parts.mantissa << shift :
		shift > -64 ? (px_int128) (parts.mantissa >> -shift) : 0;
	return wide_to_double(wide_exp(parts.negative ? -fixed : fixed));
}


/* Powers */

/*
 * x^p or, if inverse, x^-p. Unless |p ln x| reaches MAX_POWER_LOG, sets
 * *result and returns true.  *large says whether the power is above 1.
 */
static bool
power(wide_float x, wide_float p, bool inverse, bool *large, wide_float *result)
{
	bool		negative;
	wide_float	log = multiply(natural_log(x, &negative), p);
	fixed192	y = {0, 0};

	negative ^= inverse;
	*large = !negative;
	if (log.hi != 0)
	{
		if (log.exponent + 128 > 12)
			return false;		/* 2^12 or more */
		y = fixed_from_wide(log);
	}
	if (y.whole >= MAX_POWER_LOG)
		return false;
	*result = exp_of_fixed(negative ? negate(y) : y);
	return true;
}

bool
wide_pow(double x, double p, wide_float *result)
{
	bool		large;

	if (p == 1)
	{
		*result = wide_from_double(x);
		return true;
	}
	return power(wide_from_double(x), wide_from_double(p),
				 split_double(p).negative, &large, result);
}

wide_float
wide_root(wide_float m, double p)
{
	bool		large;
	wide_float	result;

	if (p == 1)
		return m;
	if (!power(m, wide_reciprocal(p), split_double(p).negative, &large, &result))
		return large ? wide_from_integer(ONE, 4096 - 127) : wide_from_integer(0, 0);
	return result;
}

wide_float
wide_reciprocal(double x)
{
	wide_float	w = wide_from_double(x);
	px_uint128	hi;
	px_uint128	lo;

	/* 2^191 / w.hi by long division; w.lo is zero, as 53 bits fit in hi. */
	hi = ONE / w.hi;
	lo = ((ONE % w.hi) << 64) / w.hi;
	if (hi >> 64 != 0)
		return wide_from_integer(ONE, -w.exponent - 254);	/* a power of two */
	return wide_from_integer(hi << 64 | lo, -w.exponent - 64 - 191);
}


/* To and from double */

/* |x|: a power needs the magnitude of p, a reciprocal that of x. */
wide_float
wide_from_double(double x)
{
	double_parts parts = split_double(x);

	return wide_from_integer(parts.mantissa, parts.exponent);
}

double
wide_to_double(wide_float x)
{
	return round_to_double(mantissa(x), false, x.exponent, false);
}
