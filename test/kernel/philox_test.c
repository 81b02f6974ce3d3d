/*
 * philox_test.c
 *	  The known answers that come with Random123, and even bounded draws.
 */
#include "kernel/survey/philox.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct
{
	uint64_t	seed;
	uint32_t	place[4];
	uint32_t	word[4];
}			known[] = {
	{0, {0, 0, 0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
	{UINT64_MAX, {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
	{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
	{UINT64_C(0x299f31d0a4093822), {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
	{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

int
main(void)
{
	enum {SIDES = 7, DRAWS = 700000};
	int			count[SIDES] = {0};
	uint32_t	word[4];
	double		chi_squared = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
	{
		philox(known[i].seed, known[i].place, word);
		if (memcmp(word, known[i].word, sizeof(word)) != 0)
		{
			printf("known answer %zu is not met\n", i);
			return 1;
		}
	}
	for (uint32_t i = 0; i < DRAWS; i++)
	{
		philox(42, (uint32_t[]) {i, 1, 2, 3}, word);
		count[philox_below(word, SIDES)]++;
	}
	for (int side = 0; side < SIDES; side++)
		chi_squared += pow(count[side] - DRAWS / SIDES, 2) / (DRAWS / SIDES);
	/* The 0.9999 quantile with 6 degrees of freedom; draws are fixed. */
	if (chi_squared > 27.9)
	{
		printf("draws are uneven: chi-squared %g\n", chi_squared);
		return 1;
	}
	printf("ok\n");
	return 0;
}
