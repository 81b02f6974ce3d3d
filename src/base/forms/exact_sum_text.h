/*
 * exact_sum_text.h
 *	  Exact sums as text: an odd hexadecimal integer times a power of two, such
 *	  as -0x5p-2, or 0.
 */
#ifndef PARINDEX_EXACT_SUM_TEXT_H
#define PARINDEX_EXACT_SUM_TEXT_H

#include "base/compat.h"
#include "kernel/exact/exact_ratio.h"
#include "lib/stringinfo.h"

/* Appends the sum, which is made odd. */
extern void append_exact_sum(StringInfo out, exact_integer *sum);

/*
 * Reads a sum and steps over it. Where none stands, says what was expected
 * and does not step; else NULL.
 */
extern const char *parse_exact_sum(const char **next, exact_integer *sum);

#endif							/* PARINDEX_EXACT_SUM_TEXT_H */
