/*
 * int128.h
 *	  128-bit integers and the parts of a double, for the kernel.
 */
#ifndef PARINDEX_INT128_H
#define PARINDEX_INT128_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "parindex computes exact sums: -ffast-math and its parts must be off"
#endif

#ifndef __SIZEOF_INT128__
#error "parindex computes exact sums in __int128, which this compiler lacks for 32-bit machines: a 64-bit server is needed"
#endif

__extension__ typedef __int128 px_int128;
__extension__ typedef unsigned __int128 px_uint128;

#define DOUBLE_MANTISSA_BITS 53
#define DOUBLE_LOWEST_EXPONENT (-1074)	/* of the last bit of a subnormal */

/* A finite double as (negative ? -1 : 1) * mantissa * 2^exponent. */
typedef struct double_parts
{
	uint64_t	mantissa;		/* < 2^53; 0 for zero */
	int			exponent;		/* of the mantissa's last bit: -1074 .. 971 */
	bool		negative;
} double_parts;

static inline uint64_t
double_bits(double x)
{
	uint64_t	bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static inline double
double_from_bits(uint64_t bits)
{
	double		x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

static inline bool
double_is_finite(double x)
{
	return (double_bits(x) >> 52 & 0x7ff) != 0x7ff;
}

/* x must be finite. */
static inline double_parts
split_double(double x)
{
	uint64_t	bits = double_bits(x);
	int			field = (int) (bits >> 52 & 0x7ff);
	double_parts parts;

	parts.mantissa = bits & ((UINT64_C(1) << 52) - 1);
	parts.mantissa |= (uint64_t) (field != 0) << 52;
	parts.exponent = field - 1075 + (field == 0);
	parts.negative = bits >> 63;
	return parts;
}

/* Number of significant bits: 0 for 0, 64 for the top bit. */
static inline int
bit_length(uint64_t x)
{
	return x == 0 ? 0 : 64 - __builtin_clzll(x);
}

static inline int
bit_length128(px_uint128 x)
{
	uint64_t	high = (uint64_t) (x >> 64);

	return high != 0 ? 64 + bit_length(high) : bit_length((uint64_t) x);
}

/* high * 2^64 + low */
static inline px_uint128
make_uint128(uint64_t high, uint64_t low)
{
	return (px_uint128) high << 64 | low;
}

#endif							/* PARINDEX_INT128_H */
