/*
 * exact_sum_text.c
 *	  Writing and reading the text form of exact sums.
 */
#include "postgres.h"
#include "base/forms/exact_sum_text.h"

#include <ctype.h>
#include <inttypes.h>

#include "kernel/exact/exact_sum.h"

void
append_exact_sum(StringInfo out, exact_integer *sum)
{
	exact_integer_make_odd(sum);
	if (sum->limbs == 0)
	{
		appendStringInfoChar(out, '0');
		return;
	}
	appendStringInfo(out, "%s0x%" PRIx64, sum->negative ? "-" : "", sum->limb[sum->limbs - 1]);
	for (int i = sum->limbs - 2; i >= 0; i--)
		appendStringInfo(out, "%016" PRIx64, sum->limb[i]);
	appendStringInfo(out, "p%d", sum->exponent);
}

const char *
parse_exact_sum(const char **next, exact_integer *sum)
{
	const char *first;
	const char *last;
	char	   *end;
	long		exponent;

	exact_integer_set(sum, 0);
	if ((*next)[0] == '0' && (*next)[1] != 'x')
	{
		(*next)++;
		return NULL;
	}
	sum->negative = **next == '-';
	first = *next + sum->negative;
	if (first[0] != '0' || first[1] != 'x' || !isxdigit((unsigned char) first[2]))
		return "a hexadecimal sum such as 0x5p-1";
	first += 2;
	while (*first == '0')
		first++;
	last = first;
	while (isxdigit((unsigned char) *last))
		last++;
	if (last - first > 16 * EXACT_MAX_LIMBS)
		return "a sum of fewer digits";
	if (*last != 'p')
		return "a power of two such as p-1 after the sum's digits";
	errno = 0;
	exponent = strtol(last + 1, &end, 10);
	if (end == last + 1 || isspace((unsigned char) last[1]) || errno != 0 ||
		exponent < EXACT_MIN_BIT || exponent > -EXACT_MIN_BIT)
		return "an exponent in range";
	sum->exponent = (int) exponent;
	*next = end;

	for (const char *digit = last - 1; digit >= first; digit--)
	{
		int			position = (int) (last - 1 - digit);
		int			c = tolower((unsigned char) *digit);
		uint64		value = (uint64) (c <= '9' ? c - '0' : c - 'a' + 10);

		if (position % 16 == 0)
			sum->limb[sum->limbs++] = 0;
		sum->limb[position / 16] |= value << (position % 16 * 4);
	}
	if (sum->limbs == 0)
		sum->negative = false;
	return NULL;
}
