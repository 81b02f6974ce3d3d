/*
 * kernel_test.h
 *	  What tests of the kernel share: a seeded generator, checks that count and
 *	  say what failed, and a seed that is printed, to be run again.
 */
#ifndef PARINDEX_KERNEL_TEST_H
#define PARINDEX_KERNEL_TEST_H

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

static long failures = 0;
static long checks = 0;

/*
 * An expression calls the generator once: the order of two calls would be the
 * compiler's choice, and a seed would not say enough.
 */
static uint64_t random_state;

/* splitmix64 */
static inline uint64_t
random_bits(void)
{
	uint64_t	z = (random_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* 0 .. n - 1 */
static inline int
random_below(int n)
{
	return (int) (random_bits() % (uint64_t) n);
}

/* 0 .. 1, without 1 */
static inline double
random_unit(void)
{
	return (double) (random_bits() >> 11) * 0x1p-53;
}

/* Counts a check; says what failed, with printf's arguments. */
static inline void __attribute__((format(printf, 2, 3)))
check(bool ok, const char *format,...)
{
	va_list		args;

	checks++;
	if (ok || failures++ >= 20)
		return;
	printf("FAILED: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

/* seed and count from the command line; prints the seed, to be run again. */
static inline long
begin_test(int argc, char **argv, const char *name, long count)
{
	random_state = argc > 1 ? strtoull(argv[1], NULL, 0) : 20190328;
	if (argc > 2)
		count = atol(argv[2]);
	printf("%s: seed %" PRIu64 ", count %ld\n", name, random_state, count);
	return count;
}

static inline int
end_test(const char *name)
{
	printf("%s: %ld checks, %ld failed\n", name, checks, failures);
	mpfr_free_cache();
	return failures != 0;
}

#endif							/* PARINDEX_KERNEL_TEST_H */
