/*
 * survey_sum.c
 *	  Exact sums of survey states as text and on the wire: see survey_sum.h.
 */
#include "postgres.h"
#include "survey/state/survey_sum.h"

#include "base/forms/exact_sum_text.h"
#include "libpq/pqformat.h"

void
survey_invalid_value(const char *type, int sqlstate, const char *problem)
{
	ereport(ERROR,
			(errcode(sqlstate),
			 errmsg("invalid value of type %s", type),
			 errdetail("%s", problem),
			 errhint("Such values come from aggregates; write them down only as the output function does.")));
}

/*
 * Rows do not come to sums beyond this bit, whatever they are: the largest
 * product of three doubles is below 2^3072, their number below 2^63.
 */
#define MAX_BIT 3200

/* Whether windows can hold the sum, and that of many such. */
static bool
sum_possible(const survey_sum *sum)
{
	return sum->limbs >= 0 && exact_sum_span(sum->limb, sum->limbs, sum->base).high <= MAX_BIT;
}

int32
survey_new_cell(survey_stats **stats, const survey_key *key, const char *type, int sqlstate)
{
	survey_table *table = &(*stats)->table;
	int32		cell;

	if (survey_table_find(table, key) >= 0)
		survey_invalid_value(type, sqlstate, "A sampling unit is there twice.");
	cell = survey_table_insert(&table, key);
	*stats = (survey_stats *) table;
	return cell;
}

void
survey_parse_sum(text_reader *reader, survey_sum *raw)
{
	exact_integer sum;
	const char *start;
	const char *expected;

	text_skip_space(reader);
	start = reader->at;
	expected = parse_exact_sum(&reader->at, &sum);
	if (expected)
		text_error(reader, expected);
	raw->limbs = exact_integer_to_sum(&sum, raw->limb, EXACT_MAX_LIMBS, &raw->base);
	if (!sum_possible(raw))
	{
		reader->at = start;
		text_error(reader, "a sum in range");
	}
}

void
survey_send_sum(StringInfo out, survey_window window)
{
	uint64		limb[EXACT_MAX_LIMBS];
	int			base;
	int			limbs = exact_sum_trim(window.limb, window.limbs, *window.base, limb, &base);

	pq_sendint16(out, (uint16) base);
	pq_sendint16(out, (uint16) limbs);
	for (int k = limbs - 1; k >= 0; k--)
		pq_sendint64(out, limb[k]);
}

void
survey_recv_sum(StringInfo message, const char *type, survey_sum *sum)
{
	sum->base = (int16) pq_getmsgint(message, 2);
	sum->limbs = (int) pq_getmsgint(message, 2);
	if (sum->limbs > EXACT_MAX_LIMBS || sum->base < EXACT_MIN_BASE || sum->base > EXACT_MAX_BASE)
		survey_invalid_value(type, ERRCODE_INVALID_BINARY_REPRESENTATION,
							 "A sum has a place out of range.");
	for (int k = sum->limbs - 1; k >= 0; k--)
		sum->limb[k] = (uint64) pq_getmsgint64(message);
	if (!sum_possible(sum))
		survey_invalid_value(type, ERRCODE_INVALID_BINARY_REPRESENTATION, "A sum is out of range.");
}
