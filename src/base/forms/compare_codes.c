/*
 * compare_codes.c
 *	  Natural order of codes: score_matrix.h.
 *
 * A code is read as a sequence of numbers (runs of the digits 0-9) and single
 * bytes; sequences are compared piece by piece, numbers by value. Codes that
 * differ in leading zeros only follow in bytewise order, so that unequal codes
 * never compare as equal.
 */
#include "postgres.h"
#include "base/forms/compare_codes.h"

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Skip a run of digits; *start is its first digit that is not a leading zero. */
static int
skip_number(const char *code, int at, int length, int *start)
{
	while (at < length && code[at] == '0')
		at++;
	*start = at;
	while (at < length && is_digit(code[at]))
		at++;
	return at;
}

int
compare_codes(const char *a, int a_length, const char *b, int b_length)
{
	int			i = 0;
	int			j = 0;
	int			order;

	while (i < a_length && j < b_length)
	{
		if (is_digit(a[i]) && is_digit(b[j]))
		{
			int			a_start;
			int			b_start;

			i = skip_number(a, i, a_length, &a_start);
			j = skip_number(b, j, b_length, &b_start);
			if (i - a_start != j - b_start)
				return i - a_start < j - b_start ? -1 : 1;
			order = memcmp(a + a_start, b + b_start, i - a_start);
			if (order != 0)
				return order;
		}
		else if (a[i] != b[j])
			return (unsigned char) a[i] < (unsigned char) b[j] ? -1 : 1;
		else
		{
			i++;
			j++;
		}
	}
	if (i < a_length || j < b_length)
		return i < a_length ? 1 : -1;
	order = memcmp(a, b, Min(a_length, b_length));
	return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}
