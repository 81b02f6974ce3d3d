/*
 * bytes.h
 *	  Order of strings as bytes, the same in every locale.
 */
#ifndef PARINDEX_BYTES_H
#define PARINDEX_BYTES_H

#include <string.h>

/* Below zero, zero or above as a stands before b, equals it or stands after. */
static inline int
compare_bytes(const char *a, int a_length, const char *b, int b_length)
{
	int			order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

#endif							/* PARINDEX_BYTES_H */
