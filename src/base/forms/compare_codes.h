/*
 * compare_codes.h
 *	  Natural order of codes: runs of digits by value, else bytewise.
 */
#ifndef PARINDEX_COMPARE_CODES_H
#define PARINDEX_COMPARE_CODES_H

extern int	compare_codes(const char *a, int a_length, const char *b, int b_length);

#endif							/* PARINDEX_COMPARE_CODES_H */
