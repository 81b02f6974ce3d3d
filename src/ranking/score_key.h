/*
 * score_key.h
 *	  Scores as unsigned 64-bit keys of the same order.
 */
#ifndef PARINDEX_SCORE_KEY_H
#define PARINDEX_SCORE_KEY_H

#include "utils/numeric.h"

extern bool numeric_score_key(Datum score, uint64 *key, bool *exact);
extern Datum numeric_score_round(Datum score, int places);

/*
 * The key of a score that is not NaN: one key per value, zeros of both signs
 * alike. A positive double orders as its bits, a negative one the other way
 * round.
 */
static inline uint64
float8_score_key(double score)
{
	uint64		bits;

	score += 0.0;				/* -0 + 0 = 0 */
	memcpy(&bits, &score, sizeof(bits));
	return (bits >> 63) ? ~bits : bits | UINT64CONST(1) << 63;
}

#endif							/* PARINDEX_SCORE_KEY_H */
