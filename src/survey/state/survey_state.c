/*
 * survey_state.c
 *	  Adding to, merging, and bringing into canonical form the states of
 *	  survey_state.h.
 */
#include "postgres.h"
#include "survey/state/survey_state.h"

#include "common/int.h"
#include "miscadmin.h"

StaticAssertDecl(offsetof(survey_stats, base) == MAXALIGN(offsetof(survey_stats, base)),
				 "the products of a survey state must be aligned");

/* Bits left free around the data when windows are widened. */
#define SLACK 64

/* The kinds of windows, by which they are equally wide. */
typedef enum window_kind
{
	WEIGHTS,
	ANSWERS,
	PRODUCTS
} window_kind;

/* A window of a state that may be replaced: of a cell, or (-1) a product. */
typedef struct window_place
{
	int32		cell;
	int			which;			/* variable, or product */
} window_place;

#define NO_CELL (-1)

static inline survey_window
window_at(const survey_stats *stats, window_place place)
{
	return place.cell == NO_CELL ? survey_product_window(stats, place.which) :
		survey_cell_window(stats, place.cell, place.which);
}

static inline window_kind
kind_of(window_place place)
{
	return place.cell == NO_CELL ? PRODUCTS : place.which < 0 ? WEIGHTS : ANSWERS;
}

static survey_stats *
new_state(survey_table *table, int variables, int w_limbs, int y_limbs, int p_limbs)
{
	survey_stats *stats = (survey_stats *) table;

	stats->variables = (int16) variables;
	stats->w_limbs = (uint8) w_limbs;
	stats->y_limbs = (uint8) y_limbs;
	stats->p_limbs = (uint8) p_limbs;
	return stats;
}

survey_stats *
survey_stats_new(int levels, bool text_keys, int variables)
{
	survey_table *table = survey_table_new(levels, text_keys,
										   survey_head_size(variables, SURVEY_P_LIMBS),
										   survey_cell_size(variables, SURVEY_W_LIMBS, SURVEY_Y_LIMBS));

	return new_state(table, variables, SURVEY_W_LIMBS, SURVEY_Y_LIMBS, SURVEY_P_LIMBS);
}

/* The one canonical state of no rows. */
survey_stats *
survey_stats_empty(void)
{
	survey_stats *none = survey_stats_new(SURVEY_PSU + 1, false, 0);

	return survey_stats_canonical(none);
}

/* ---------- one form or width from another ---------- */

static void
move_window(survey_window to, survey_window from, bool canonical)
{
	int			base = *from.base;

	if (canonical)
		exact_sum_trim(from.limb, from.limbs, base, NULL, &base);
	exact_sum_move(to.limb, to.limbs, base, from.limb, from.limbs, *from.base);
	*to.base = (int8) base;
}

/* A copy with windows of these widths, which hold what they get. */
static survey_stats *
remake(const survey_stats *from, bool working, int w_limbs, int y_limbs, int p_limbs)
{
	survey_shape shape = survey_table_shape(&from->table, working);
	survey_stats *to;
	int32	   *source;

	shape.head_size = survey_head_size(from->variables, p_limbs);
	shape.record_size = survey_cell_size(from->variables, w_limbs, y_limbs);
	to = new_state(survey_table_remake(&from->table, &shape, &source),
				   from->variables, w_limbs, y_limbs, p_limbs);
	to->n = from->n;
	for (int i = 0; i < survey_products(to->variables); i++)
		move_window(survey_product_window(to, i), survey_product_window(from, i), !working);
	for (int32 cell = 0; cell < to->table.count; cell++)
	{
		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		for (int i = -1; i < to->variables; i++)
			move_window(survey_cell_window(to, cell, i),
						survey_cell_window(from, source[cell], i), !working);
	}
	pfree(source);
	return to;
}

static inline int
needed_limbs(survey_window window)
{
	int			base;

	return exact_sum_trim(window.limb, window.limbs, *window.base, NULL, &base);
}

survey_stats *
survey_stats_canonical(const survey_stats *stats)
{
	int			limbs[] = {1, 1, 1};
	survey_stats *canonical;

	if (!survey_table_is_working(&stats->table))
		return unconstify(survey_stats *, stats);
	if (stats->n == 0 && stats->variables != 0)
		return survey_stats_empty();
	for (int i = 0; i < survey_products(stats->variables); i++)
		limbs[PRODUCTS] = Max(limbs[PRODUCTS], needed_limbs(survey_product_window(stats, i)));
	for (int32 cell = 0; cell < stats->table.count; cell++)
	{
		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		limbs[WEIGHTS] = Max(limbs[WEIGHTS], needed_limbs(survey_cell_window(stats, cell, -1)));
		for (int i = 0; i < stats->variables; i++)
			limbs[ANSWERS] = Max(limbs[ANSWERS], needed_limbs(survey_cell_window(stats, cell, i)));
	}
	canonical = remake(stats, false, limbs[WEIGHTS], limbs[ANSWERS], limbs[PRODUCTS]);
	AssertCheckSurveyTable(&canonical->table);
	return canonical;
}

survey_stats *
survey_stats_working(survey_stats *stats)
{
	if (survey_table_is_working(&stats->table))
		return stats;
	return remake(stats, true, Max(stats->w_limbs, SURVEY_W_LIMBS),
				  Max(stats->y_limbs, SURVEY_Y_LIMBS), Max(stats->p_limbs, SURVEY_P_LIMBS));
}

/* ---------- adding ---------- */

/*
 * Give a window room for another span besides what it holds, a carry and the
 * guard bit, moving or widening it.
 */
static void
make_room(survey_stats **stats, window_place place, exact_span more)
{
	survey_window window = window_at(*stats, place);
	exact_span	span = exact_span_union(exact_sum_span(window.limb, window.limbs, *window.base),
										more);
	int			low = *window.base * EXACT_BASE_BITS;
	int			base;
	uint64		moved[EXACT_MAX_LIMBS];

	if (span.low >= span.high)
		return;
	span.high += 2;
	if (span.low >= low && span.high <= low + 64 * window.limbs)
		return;
	if (exact_span_limbs(span) > window.limbs)
	{
		exact_span	wide = {Max(span.low - SLACK, EXACT_MIN_BIT), span.high + SLACK};
		int			limbs = Min(exact_span_limbs(wide), EXACT_MAX_LIMBS);
		window_kind kind = kind_of(place);

		*stats = remake(*stats, true,
						kind == WEIGHTS ? limbs : (*stats)->w_limbs,
						kind == ANSWERS ? limbs : (*stats)->y_limbs,
						kind == PRODUCTS ? limbs : (*stats)->p_limbs);
		window = window_at(*stats, place);
	}
	base = exact_span_base(span, window.limbs);
	exact_sum_move(moved, window.limbs, base, window.limb, window.limbs, *window.base);
	memcpy(window.limb, moved, sizeof(uint64) * window.limbs);
	*window.base = (int8) base;
}

static void
add_to_window(survey_stats **stats, window_place place, const exact_addend *addend)
{
	survey_window window = window_at(*stats, place);
	int			shift = addend->exponent - *window.base * EXACT_BASE_BITS;

	if (addend->bits == 0)
		return;
	if (!exact_sum_fits(window.limb, window.limbs, shift, addend->bits))
	{
		exact_span	span = {addend->exponent, addend->exponent + addend->bits + 1};

		make_room(stats, place, span);
		window = window_at(*stats, place);
		shift = addend->exponent - *window.base * EXACT_BASE_BITS;
	}
	exact_sum_add(window.limb, window.limbs, shift, addend->word, addend->words, addend->sign);
}

static int
word_bits(const uint64 *word, int words)
{
	while (words > 0 && word[words - 1] == 0)
		words--;
	return words == 0 ? 0 : 64 * (words - 1) + bit_length(word[words - 1]);
}

/* w * a * b; without factors, w. Zero has no bits. */
static exact_addend
make_addend(double w, const double *a, const double *b)
{
	double_parts pw = split_double(w);
	double_parts pa = a ? split_double(*a) : (double_parts) {1, 0, false};
	double_parts pb = b ? split_double(*b) : (double_parts) {1, 0, false};
	px_uint128	product = (px_uint128) pw.mantissa * pa.mantissa;
	px_uint128	low = (px_uint128) (uint64) product * pb.mantissa;
	px_uint128	high = (px_uint128) (uint64) (product >> 64) * pb.mantissa + (uint64) (low >> 64);
	exact_addend addend;

	addend.word[0] = (uint64) low;
	addend.word[1] = (uint64) high;
	addend.word[2] = (uint64) (high >> 64);
	addend.words = 3;
	addend.bits = word_bits(addend.word, 3);
	addend.exponent = pw.exponent + pa.exponent + pb.exponent;
	addend.sign = pa.negative != pb.negative ? ~UINT64CONST(0) : 0;
	return addend;
}

void
survey_stats_count(survey_stats *stats, int64 rows)
{
	if (pg_add_s64_overflow(stats->n, rows, &stats->n))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one survey state")));
}

/*
 * The working state's cell of a key, made where it is new. A new cell begins
 * with windows placed as those of the cell before, where they likely fit.
 */
int32
survey_stats_cell(survey_stats **stats, const survey_key *key)
{
	int32		cell = survey_table_find(&(*stats)->table, key);

	if (cell < 0)
	{
		survey_table *table = &(*stats)->table;

		cell = survey_table_insert(&table, key);
		*stats = (survey_stats *) table;
		if (cell != table->last)
			memcpy(survey_table_payload(table, cell), survey_table_payload(table, table->last),
				   1 + (*stats)->variables);
	}
	(*stats)->table.last = cell;
	return cell;
}

void
survey_stats_add(survey_stats **stats, const survey_key *key, const double *y, double w)
{
	int32		cell = survey_stats_cell(stats, key);
	int			variables = (*stats)->variables;
	exact_addend addend = make_addend(w, NULL, NULL);

	Assert(survey_table_is_working(&(*stats)->table) && w > 0);
	survey_stats_count(*stats, 1);
	add_to_window(stats, (window_place) {cell, -1}, &addend);
	for (int b = 0; b < variables; b++)
	{
		addend = make_addend(w, &y[b], NULL);
		add_to_window(stats, (window_place) {cell, b}, &addend);
		for (int a = 0; a <= b; a++)
		{
			addend = make_addend(w, &y[a], &y[b]);
			add_to_window(stats, (window_place) {NO_CELL, survey_product(a, b)}, &addend);
		}
	}
}

/* ---------- merging ---------- */

static void
merge_window(survey_stats **stats, window_place place, survey_window other)
{
	exact_span	span = exact_sum_span(other.limb, other.limbs, *other.base);
	survey_window window;

	if (span.low >= span.high)
		return;
	make_room(stats, place, span);
	window = window_at(*stats, place);
	exact_sum_merge(window.limb, window.limbs, *window.base,
					other.limb, other.limbs, *other.base, false);
}

/* Add a window's sum to that of a cell, or (cell -1) to that of a product. */
void
survey_stats_add_window(survey_stats **stats, int32 cell, int which,
						const uint64 *limb, int limbs, int base)
{
	int8		small_base = (int8) base;
	survey_window other = {&small_base, unconstify(uint64 *, limb), limbs};

	merge_window(stats, (window_place) {cell, which}, other);
}

static const char *
key_type(const survey_table *table)
{
	return survey_table_has_text(table) ? "text" : "bigint";
}

/* States merge that name variables and sampling units alike. */
static void
check_alike(const survey_stats *a, const survey_stats *b)
{
	if (a->variables != b->variables)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey states of %d and %d variables cannot be merged",
						a->variables, b->variables)));
	if (survey_table_has_text(&a->table) != survey_table_has_text(&b->table))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey states with keys of type %s and %s cannot be merged",
						key_type(&a->table), key_type(&b->table))));
	if (a->table.levels != b->table.levels)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey states of one and of two stages cannot be merged")));
}

/* A working state of the rows of both; the second is only read. */
survey_stats *
survey_stats_merge(survey_stats *stats, const survey_stats *other)
{
	if (other->n == 0)
		return survey_stats_working(stats);
	if (stats->n == 0)
		stats = survey_stats_new(other->table.levels, survey_table_has_text(&other->table),
								 other->variables);
	else
		stats = survey_stats_working(stats);
	check_alike(stats, other);

	survey_stats_count(stats, other->n);
	for (int i = 0; i < survey_products(other->variables); i++)
		merge_window(&stats, (window_place) {NO_CELL, i}, survey_product_window(other, i));
	for (int32 i = 0; i < other->table.count; i++)
	{
		survey_table *table = &stats->table;
		survey_key	key = survey_table_adopt(&table, &other->table, survey_cell_key(other, i));
		int32		cell;

		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		stats = (survey_stats *) table;
		cell = survey_stats_cell(&stats, &key);
		for (int v = -1; v < other->variables; v++)
			merge_window(&stats, (window_place) {cell, v}, survey_cell_window(other, i, v));
	}
	return stats;
}

/* ---------- reading ---------- */

static void
window_sum(survey_window window, exact_integer *sum)
{
	exact_integer_from_sum(sum, window.limb, window.limbs, *window.base);
}

void
survey_cell_sum(const survey_stats *stats, int32 cell, int variable, exact_integer *sum)
{
	window_sum(survey_cell_window(stats, cell, variable), sum);
}

void
survey_product_sum(const survey_stats *stats, int a, int b, exact_integer *sum)
{
	window_sum(survey_product_window(stats, survey_product(a, b)), sum);
}

void
survey_total_sum(const survey_stats *stats, int variable, exact_integer *sum)
{
	exact_total total;

	exact_total_init(&total);
	for (int32 cell = 0; cell < stats->table.count; cell++)
	{
		survey_window window = survey_cell_window(stats, cell, variable);

		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		exact_total_add_sum(&total, window.limb, window.limbs, *window.base);
	}
	exact_total_get(&total, sum);
}

/*
 * Only what readers rely on: each unit has weight, so that no mean lacks a
 * denominator. Sums that no answers give harm nobody but who made them up.
 */
const char *
survey_stats_problem(const survey_stats *stats)
{
	if (stats->n < stats->table.count || (stats->n == 0) != (stats->table.count == 0))
		return "Its number of rows does not go with its number of sampling units.";
	for (int32 cell = 0; cell < stats->table.count; cell++)
	{
		survey_window w = survey_cell_window(stats, cell, -1);

		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		if ((int64) w.limb[w.limbs - 1] < 0 || needed_limbs(w) == 0)
			return "A sampling unit has no weight above zero.";
	}
	for (int a = 0; a < stats->variables; a++)
	{
		survey_window yy = survey_product_window(stats, survey_product(a, a));

		if ((int64) yy.limb[yy.limbs - 1] < 0)
			return "A sum of squares is negative.";
	}
	return NULL;
}
