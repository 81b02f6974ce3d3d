/*
 * philox.c
 *	  The ten rounds of philox.h; constants from the paper.
 */
#include "kernel/survey/philox.h"

#define ROUNDS 10

void
philox(uint64_t seed, const uint32_t place[4], uint32_t word[4])
{
	uint32_t	key0 = (uint32_t) seed;
	uint32_t	key1 = (uint32_t) (seed >> 32);
	uint32_t	x[4];

	memcpy(x, place, sizeof(x));
	for (int round = 0; round < ROUNDS; round++)
	{
		uint64_t	a = (uint64_t) UINT32_C(0xD2511F53) * x[0];
		uint64_t	b = (uint64_t) UINT32_C(0xCD9E8D57) * x[2];

		x[0] = (uint32_t) (b >> 32) ^ x[1] ^ key0;
		x[1] = (uint32_t) b;
		x[2] = (uint32_t) (a >> 32) ^ x[3] ^ key1;
		x[3] = (uint32_t) a;
		key0 += UINT32_C(0x9E3779B9);
		key1 += UINT32_C(0xBB67AE85);
	}
	memcpy(word, x, sizeof(x));
}
