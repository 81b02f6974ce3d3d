/*
 * philox.h
 *	  Random numbers as a function of a seed and a place (Philox4x32-10;
 *	  Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3,
 *	  SC 2011): what one draw gives never depends on how many came before, nor
 *	  on who drew them.
 */
#ifndef PARINDEX_PHILOX_H
#define PARINDEX_PHILOX_H

#include "kernel/exact/int128.h"

/* Four words at a place, which is four words too. */
extern void philox(uint64_t seed, const uint32_t place[4], uint32_t word[4]);

/* 0 .. n - 1, each as likely as the others up to n / 2^64. */
static inline uint64_t
philox_below(const uint32_t word[2], uint64_t n)
{
	uint64_t	bits = (uint64_t) word[1] << 32 | word[0];

	return (uint64_t) ((px_uint128) bits * n >> 64);
}

#endif							/* PARINDEX_PHILOX_H */
