/*
 * ranked_row.c
 *	  Sorting rows by key.
 *
 * Large sets are first dealt out in place by one byte of the key after the
 * other, from the top (an American flag sort: McIlroy, Bostic, McIlroy,
 * Engineering Radix Sort, 1993), and then sorted by comparison. Scores differ
 * in few top bytes, so one or two rounds leave sets of a handful; that takes
 * about a third of the time of comparing from the start, and no more memory.
 */
#include "postgres.h"
#include "base/compat.h"

#include "miscadmin.h"
#include "ranking/ranked_row.h"

/* Smaller sets than this are sorted by comparison. */
#define MIN_TO_DEAL		128

#define ST_SORT sort_by_comparison
#define ST_ELEMENT_TYPE ranked_row
#define ST_COMPARE(a, b) \
	((a)->key < (b)->key ? -1 : (a)->key > (b)->key)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

static inline int
key_byte(ranked_row row, int shift)
{
	return (row.key >> shift) & 0xFF;
}

/*
 * Sorts rows that agree in the bytes above the one at shift.
 */
static void
sort_from_byte(ranked_row *rows, size_t nrows, int shift)
{
	size_t		next[256];		/* where the next row of a byte value goes */
	size_t		end[256];
	size_t		start = 0;
	size_t		i;
	int			byte;

	if (nrows < MIN_TO_DEAL)
	{
		sort_by_comparison(rows, nrows);
		return;
	}

	memset(end, 0, sizeof(end));
	for (i = 0; i < nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		end[key_byte(rows[i], shift)]++;
	}
	for (byte = 0; byte < 256; byte++)
	{
		next[byte] = start;
		start += end[byte];
		end[byte] = start;
	}

	for (byte = 0; byte < 256; byte++)
	{
		while (next[byte] < end[byte])
		{
			ranked_row	row = rows[next[byte]];
			int			home;

			/* Put each row to its place, taking the one found there. */
			while ((home = key_byte(row, shift)) != byte)
			{
				ranked_row	found = rows[next[home]];

				CHECK_FOR_INTERRUPTS();
				rows[next[home]++] = row;
				row = found;
			}
			rows[next[byte]++] = row;
		}
	}

	if (shift == 0)
		return;
	for (byte = 0, start = 0; byte < 256; start = end[byte++])
		if (end[byte] - start > 1)
			sort_from_byte(rows + start, end[byte] - start, shift - 8);
}

void
sort_ranked_rows(ranked_row *rows, size_t nrows)
{
	sort_from_byte(rows, nrows, 56);
}
