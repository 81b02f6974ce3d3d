/*
 * fit_state.c
 *	  Sets of values by part and criterion: fit_state.h.
 */
#include "postgres.h"
#include "pipeline/fit_state.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define FIRST_PENDING 1024

fit_state *
fit_state_new(MemoryContext context, bool counting)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	fit_state  *state = palloc0(sizeof(fit_state));

	state->context = context;
	state->counting = counting;
	name_table_init(&state->codes, context);
	name_table_init(&state->parts, context);
	MemoryContextSwitchTo(old);
	return state;
}

/*
 * A part without group and one of a group with an empty name differ: names are
 * kept with a byte before them that says which.
 */
int
fit_state_part(fit_state *state, const char *group, int length, int32 period)
{
	char		small[256];
	char	   *name = length < (int) sizeof(small) ? small : palloc(length + 1);
	int			part;
	int			room;

	name[0] = length < 0 ? 'n' : 'g';
	if (length > 0)
		memcpy(name + 1, group, length);
	part = name_table_intern(&state->parts, name, Max(length, 0) + 1, period);
	if (name != small)
		pfree(name);
	if (part < state->part_room)
		return part;

	room = Max(8, 2 * state->part_room);
	if (state->part_room == 0)
	{
		state->sets = MemoryContextAllocZero(state->context, sizeof(value_set *) * room);
		state->set_room = MemoryContextAllocZero(state->context, sizeof(int) * room);
	}
	else
	{
		state->sets = repalloc_huge(state->sets, sizeof(value_set *) * room);
		state->set_room = repalloc_huge(state->set_room, sizeof(int) * room);
	}
	for (int i = state->part_room; i < room; i++)
	{
		state->sets[i] = NULL;
		state->set_room[i] = 0;
	}
	state->part_room = room;
	return part;
}

value_set *
fit_state_make_set(fit_state *state, int part, int criterion)
{
	int			before = state->set_room[part];
	int			room = Max(criterion + 1, Max(16, 2 * before));

	if (before == 0)
		state->sets[part] = MemoryContextAlloc(state->context, sizeof(value_set) * room);
	else
		state->sets[part] = repalloc_huge(state->sets[part], sizeof(value_set) * room);
	for (int i = before; i < room; i++)
		state->sets[part][i] = (value_set) {.min = INFINITY, .max = -INFINITY};
	state->set_room[part] = room;
	return &state->sets[part][criterion];
}

/* ---------- counted values ---------- */

#define ST_SORT sort_doubles
#define ST_ELEMENT_TYPE double
#define ST_COMPARE(a, b) ((*(a) > *(b)) - (*(a) < *(b)))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static void
reserve(fit_state *state, value_set *set, Size distinct)
{
	if (distinct <= (Size) set->room)
		return;
	if (distinct > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a criterion has too many different values to be counted"),
				 errdetail("They are more than %d.", PG_INT32_MAX)));
	set->room = (int) Min((Size) PG_INT32_MAX, Max((Size) 64, distinct));
	set->counted = set->counted == NULL ?
		MemoryContextAllocExtended(state->context, sizeof(counted_value) * set->room,
								   MCXT_ALLOC_HUGE) :
		repalloc_huge(set->counted, sizeof(counted_value) * set->room);
}

/* Two ascending lists into one, from their ends, in place of the first. */
static void
merge_counted(fit_state *state, value_set *set, const counted_value *other, int count)
{
	Size		i = set->distinct;
	Size		k = count;
	Size		at = i + k;
	counted_value *all;
	Size		from;

	reserve(state, set, at);
	all = set->counted;
	while (k > 0)
	{
		if ((at & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i > 0 && all[i - 1].value > other[k - 1].value)
			all[--at] = all[--i];
		else if (i > 0 && all[i - 1].value == other[k - 1].value)
		{
			all[--at] = all[--i];
			all[at].count += other[--k].count;
		}
		else
			all[--at] = other[--k];
	}

	/* Where values were equal there is a gap between what stayed and what moved. */
	from = at;
	memmove(all + i, all + from, sizeof(counted_value) * (set->distinct + (Size) count - from));
	set->distinct = (int) (i + set->distinct + (Size) count - from);
}

void
value_set_settle(fit_state *state, value_set *set)
{
	counted_value *fresh;
	int			count = 0;

	if (set->waiting == 0)
		return;
	sort_doubles(set->pending, set->waiting);
	fresh = palloc_extended(sizeof(counted_value) * set->waiting, MCXT_ALLOC_HUGE);
	for (int i = 0; i < set->waiting; i++)
		if (count > 0 && fresh[count - 1].value == set->pending[i])
			fresh[count - 1].count++;
		else
			fresh[count++] = (counted_value) {set->pending[i], 1};
	merge_counted(state, set, fresh, count);
	pfree(fresh);
	set->waiting = 0;
}

/* Values wait until they are as many as those in their places. */
void
value_set_enlarge(fit_state *state, value_set *set)
{
	int			room;

	value_set_settle(state, set);
	room = Max(FIRST_PENDING, Min(set->distinct, 1 << 24));
	if (room <= set->pending_room)
		return;
	if (set->pending != NULL)
		pfree(set->pending);
	set->pending = MemoryContextAllocExtended(state->context, sizeof(double) * room,
											  MCXT_ALLOC_HUGE);
	set->pending_room = room;
}

/* ---------- merging ---------- */

static void
merge_set(fit_state *state, value_set *set, fit_state *others, value_set *other)
{
	set->min = Min(set->min, other->min);
	set->max = Max(set->max, other->max);
	set->missing += other->missing;
	set->observed += other->observed;
	if (!state->counting)
		return;
	value_set_settle(state, set);
	value_set_settle(others, other);
	merge_counted(state, set, other->counted, other->distinct);
}

void
fit_state_merge(fit_state *state, fit_state *other)
{
	int		   *criterion = palloc(sizeof(int) * Max(other->codes.count, 1));

	state->has_periods |= other->has_periods;
	for (int i = 0; i < other->codes.count; i++)
		criterion[i] = name_table_intern(&state->codes, name_table_bytes(&other->codes, i),
										 other->codes.name[i].length, 0);
	for (int part = 0; part < other->parts.count; part++)
	{
		const char *name = name_table_bytes(&other->parts, part);
		int			length = other->parts.name[part].length - 1;
		int			own = fit_state_part(state, name + 1, name[0] == 'n' ? -1 : length,
										 other->parts.name[part].tag);

		for (int i = 0; i < Min(other->codes.count, other->set_room[part]); i++)
			merge_set(state, fit_state_set(state, own, criterion[i]), other,
					  &other->sets[part][i]);
	}
	pfree(criterion);
}

/* ---------- between workers ---------- */

static void
write_name(StringInfo flat, const name_table *table, int i)
{
	pq_sendint32(flat, table->name[i].length);
	pq_sendint32(flat, table->name[i].tag);
	appendBinaryStringInfo(flat, name_table_bytes(table, i), table->name[i].length);
}

void
fit_state_write(fit_state *state, StringInfo flat)
{
	pq_sendbyte(flat, state->counting);
	pq_sendbyte(flat, state->has_periods);
	pq_sendint32(flat, state->codes.count);
	for (int i = 0; i < state->codes.count; i++)
		write_name(flat, &state->codes, i);
	pq_sendint32(flat, state->parts.count);
	for (int part = 0; part < state->parts.count; part++)
	{
		write_name(flat, &state->parts, part);
		for (int i = 0; i < state->codes.count; i++)
		{
			value_set  *set = fit_state_set(state, part, i);

			CHECK_FOR_INTERRUPTS();
			if (state->counting)
				value_set_settle(state, set);
			pq_sendfloat8(flat, set->min);
			pq_sendfloat8(flat, set->max);
			pq_sendint64(flat, set->missing);
			pq_sendint64(flat, set->observed);
			pq_sendint32(flat, set->distinct);
			appendBinaryStringInfo(flat, (const char *) set->counted,
								   (int) (sizeof(counted_value) * set->distinct));
		}
	}
}

/* Not hostile: it comes from a worker of the same query. */
fit_state *
fit_state_read(MemoryContext context, StringInfo flat)
{
	fit_state  *state = fit_state_new(context, pq_getmsgbyte(flat) != 0);
	int			codes;
	int			parts;

	state->has_periods = pq_getmsgbyte(flat) != 0;
	codes = (int) pq_getmsgint(flat, 4);

	for (int i = 0; i < codes; i++)
	{
		int			length = (int) pq_getmsgint(flat, 4);

		(void) pq_getmsgint(flat, 4);
		name_table_intern(&state->codes, pq_getmsgbytes(flat, length), length, 0);
	}
	parts = (int) pq_getmsgint(flat, 4);
	for (int k = 0; k < parts; k++)
	{
		int			length = (int) pq_getmsgint(flat, 4);
		int32		period = (int32) pq_getmsgint(flat, 4);
		const char *name = pq_getmsgbytes(flat, length);
		int			part = fit_state_part(state, name + 1, name[0] == 'n' ? -1 : length - 1, period);

		for (int i = 0; i < codes; i++)
		{
			value_set  *set = fit_state_set(state, part, i);

			set->min = pq_getmsgfloat8(flat);
			set->max = pq_getmsgfloat8(flat);
			set->missing = pq_getmsgint64(flat);
			set->observed = pq_getmsgint64(flat);
			set->distinct = (int) pq_getmsgint(flat, 4);
			reserve(state, set, set->distinct);
			if (set->distinct > 0)
				memcpy(set->counted,
					   pq_getmsgbytes(flat, (int) (sizeof(counted_value) * set->distinct)),
					   sizeof(counted_value) * set->distinct);
		}
	}
	return state;
}
