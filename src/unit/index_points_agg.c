/*
 * index_points_agg.c
 *	  The type index_points, and the aggregates that make it.
 */
#include "postgres.h"
#include "base/arguments/cell_status.h"
#include "framework/framework_argument.h"
#include "unit/index_points.h"

#include "base/aggregate_context.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

static unit_cells *
make_points(const uint8 *fingerprint, int leaves)
{
	Size		size = offsetof(index_points, word) + sizeof(int64) * leaves;
	index_points *points = palloc(size);

	unit_cells_init(&points->head, size, fingerprint, leaves);
	for (int i = 0; i < leaves; i++)
		points->word[i] = NARROW_ABSENT;
	return &points->head;
}

/* A wide copy. */
static index_points *
widen(const index_points *points)
{
	int			leaves = points->head.leaves;
	Size		size = offsetof(index_points, word) + sizeof(decimal_int) * leaves;
	index_points *wide = palloc(size);

	wide->head = points->head;
	SET_VARSIZE(wide, size);
	wide->head.form = POINTS_WIDE;
	for (int i = 0; i < leaves; i++)
		((decimal_int *) wide->word)[i] = points_cell(points, i);
	return wide;
}

/* Set a cell; the state, or what takes its place. */
static index_points *
set_cell(index_points *points, int leaf, decimal_int cell)
{
	if (points->head.form == POINTS_NARROW)
	{
		int64		narrow = (int64) (points_are_observed(cell) ? cell / NARROW_UNIT :
									  NARROW_LIMIT + (cell - POINTS_LIMIT));

		if (!points_are_observed(cell) ||
			(cell % NARROW_UNIT == 0 && cell / NARROW_UNIT == narrow &&
			 narrow > -NARROW_LIMIT && narrow < NARROW_LIMIT))
		{
			points->word[leaf] = narrow;
			return points;
		}
		points = widen(points);
	}
	((decimal_int *) points->word)[leaf] = cell;
	return points;
}

/* ---------- from and to numeric ---------- */

static decimal_int
power_of_10000(int exponent)
{
	decimal_int	power = 1;

	while (exponent-- > 0)
		power *= 10000;
	return power;
}

/* The value where it takes more than four base-10000 digits. */
static bool
read_long(const numeric_digits *d, decimal_int *points)
{
	int			last = d->weight - d->count + 1;	/* position of the last digit */
	decimal_int	value = 0;

	*points = 0;
	if (d->count == 0)
		return true;
	if (d->weight > 4 || last < -POINTS_FRACTION ||
		(d->weight == 4 && numeric_uint16(d->digit) >= 10))
		return false;			/* not below 10^17, or finer than 10^-20 */
	for (int i = 0; i < d->count; i++)
		value = value * 10000 + numeric_uint16(d->digit + i * sizeof(uint16));
	value *= power_of_10000(last + POINTS_FRACTION);
	*points = d->negative ? -value : value;
	return true;
}

/* Points that a narrow state holds; false where only a wide one may. */
static inline bool
narrow_from_numeric(Datum numeric, int64 *narrow, int *scale)
{
	static const int64 unit[NARROW_FRACTION + 1] = {100000000, 10000, 1};
	numeric_digits d;
	int64		units;
	int			fraction;

	numeric_digits_read(&d, numeric);
	fraction = numeric_fraction(d.scale);
	*scale = d.scale;
	return likely(d.kind == NUMERIC_FINITE && fraction <= NARROW_FRACTION &&
				  numeric_digits_small(&d, &units) &&
				  !__builtin_mul_overflow(units, unit[fraction], narrow) &&
				  *narrow > -NARROW_LIMIT && *narrow < NARROW_LIMIT);
}

bool
points_from_numeric(Datum numeric, decimal_int *points, int *scale)
{
	static const int64 unit[] = {
		INT64CONST(10000000000000000), INT64CONST(1000000000000),
		INT64CONST(100000000), 10000, 1
	};
	numeric_digits d;
	int64		units;
	int			fraction;

	numeric_digits_read(&d, numeric);
	if (d.kind != NUMERIC_FINITE)
		return false;
	fraction = numeric_fraction(d.scale);
	*scale = Min(d.scale, POINTS_SCALE);
	if (likely(fraction < POINTS_FRACTION && numeric_digits_small(&d, &units)))
	{
		*points = (decimal_int) units * unit[fraction] * 10000;	/* 10^(20 - 4 fraction) */
		return true;
	}
	return read_long(&d, points);
}

Numeric
points_to_numeric(decimal_int points, int scale)
{
	int64		limb[DECIMAL_INT_LIMBS];
	decimal_sum	sum = {limb, 0, 0};

	decimal_sum_set_int(&sum, points, POINTS_FRACTION);
	while (scale < POINTS_SCALE && !decimal_sum_fits_scale(&sum, scale))
		scale++;
	return numeric_from_sum(&sum, scale);
}

/* ---------- aggregates ---------- */

pg_noreturn static void
refuse_points(Numeric points, text *code)
{
	if (numeric_is_nan(points) || numeric_is_inf(points))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("points %s of criterion \"%s\" are not finite",
						numeric_clipped(points), text_to_cstring(code)),
				 errhint("Use NULL for missing points.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("points %s of criterion \"%s\" are out of range",
					numeric_clipped(points), text_to_cstring(code)),
			 errdetail("Points have at most %d decimals and lie below 10^17.", POINTS_SCALE),
			 errhint("Round them first.")));
}

/* Arguments: state, framework, code, points [, status]; the state goes on. */
static index_points *
set_row(FunctionCallInfo fcinfo, index_points *points, int leaf, text *code)
{
	bool		has_value = !PG_ARGISNULL(3);
	cell_status status = has_value ? CELL_OBSERVED : CELL_MISSING;
	decimal_int	cell;
	int64		narrow;
	int			scale;

	if (PG_NARGS() > 4 && !PG_ARGISNULL(4))
		status = parse_cell_status(PG_GETARG_TEXT_PP(4), has_value);
	if (status != CELL_OBSERVED)
		return set_cell(points, leaf, status == CELL_MISSING ? POINTS_MISSING :
						POINTS_NOT_APPLICABLE);
	if (likely(points->head.form == POINTS_NARROW &&
			   narrow_from_numeric(PG_GETARG_DATUM(3), &narrow, &scale)))
		points->word[leaf] = narrow;
	else
	{
		if (!points_from_numeric(PG_GETARG_DATUM(3), &cell, &scale))
			refuse_points(PG_GETARG_NUMERIC(3), code);
		points = set_cell(points, leaf, cell);
	}
	if (scale > points->head.scale)
		points->head.scale = scale;
	return points;
}

PARINDEX_FUNCTION(parindex_index_points_add);
Datum
parindex_index_points_add(PG_FUNCTION_ARGS)
{
	const framework_cache *cache;
	const framework *fw;
	index_points *points;
	text	   *code;
	int			leaf;

	check_aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(1) || PG_ARGISNULL(2)))
		unit_cells_null_argument(PG_ARGISNULL(1));
	cache = framework_argument(fcinfo, 1);
	fw = framework_of(cache);
	points = (index_points *) (PG_ARGISNULL(0) ? make_points(fw->fingerprint, fw->leaves) :
							   unit_cells_state(PG_GETARG_DATUM(0)));
	unit_cells_check_other(&points->head, fw->fingerprint, fw->leaves);
	code = PG_GETARG_TEXT_PP(2);
	leaf = unit_cells_leaf(cache, code);
	if (unlikely(points_cell(points, leaf) != POINTS_ABSENT))
		unit_cells_duplicate(code, 0);
	PG_RETURN_POINTER(set_row(fcinfo, points, leaf, code));
}

/* Combine function, and the transition of rollup(). */
PARINDEX_FUNCTION(parindex_index_points_merge);
Datum
parindex_index_points_merge(PG_FUNCTION_ARGS)
{
	index_points *points;
	const index_points *other;
	Datum		kept;

	if (!both_states(fcinfo, &kept))
		return kept;
	points = (index_points *) unit_cells_state(PG_GETARG_DATUM(0));
	other = DatumGetIndexPointsP(PG_GETARG_DATUM(1));
	unit_cells_check_other(&points->head, other->head.fingerprint, other->head.leaves);
	for (int i = 0; i < other->head.leaves; i++)
	{
		decimal_int	cell = points_cell(other, i);

		if (cell == POINTS_ABSENT)
			continue;
		if (points_cell(points, i) != POINTS_ABSENT)
			unit_cells_duplicate(NULL, i);
		points = set_cell(points, i, cell);
	}
	points->head.scale = Max(points->head.scale, other->head.scale);
	PG_RETURN_POINTER(points);
}

/* ---------- text and binary form ---------- */

static char *
points_out(const unit_cells *cells, int leaf)
{
	decimal_int	cell = points_cell((const index_points *) cells, leaf);

	if (cell == POINTS_ABSENT)
		return NULL;
	if (cell == POINTS_MISSING)
		return "missing";
	if (cell == POINTS_NOT_APPLICABLE)
		return "not_applicable";
	return DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(points_to_numeric(cell, 0))));
}

static bool
points_in(unit_cells **cells, int leaf, const char *text)
{
	decimal_int	cell;
	Datum		numeric;
	int			scale = 0;

	if (strcmp(text, "missing") == 0)
		cell = POINTS_MISSING;
	else if (strcmp(text, "not_applicable") == 0)
		cell = POINTS_NOT_APPLICABLE;
	else
	{
		numeric = DirectFunctionCall3(numeric_in, CStringGetDatum(text),
									  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
		if (!points_from_numeric(numeric, &cell, &scale))
			return false;
	}
	*cells = &set_cell((index_points *) *cells, leaf, cell)->head;
	(*cells)->scale = Max((*cells)->scale, scale);
	return true;
}

/* A cell as two words, the higher first. */
static void
points_send(StringInfo wire, const unit_cells *cells, int leaf)
{
	decimal_int	cell = points_cell((const index_points *) cells, leaf);

	pq_sendint64(wire, (int64) (cell >> 64));
	pq_sendint64(wire, (int64) cell);
}

static bool
points_receive(StringInfo wire, unit_cells **cells, int leaf)
{
	int64		high = pq_getmsgint64(wire);
	uint64		low = (uint64) pq_getmsgint64(wire);
	decimal_int	cell = ((decimal_int) high * INT64CONST(0x100000000) * INT64CONST(0x100000000)) | low;

	if (points_are_observed(cell) ?
		cell <= -POINTS_LIMIT || cell % points_unit((*cells)->scale) != 0 :
		cell != POINTS_ABSENT && cell != POINTS_MISSING && cell != POINTS_NOT_APPLICABLE)
		return false;
	*cells = &set_cell((index_points *) *cells, leaf, cell)->head;
	return true;
}

static const unit_cells_type points_type = {
	"index_points", sizeof(decimal_int), POINTS_SCALE, make_points,
	points_out, points_in, points_send, points_receive
};

PARINDEX_FUNCTION(parindex_index_points_out);
Datum
parindex_index_points_out(PG_FUNCTION_ARGS)
{
	return unit_cells_out(&DatumGetIndexPointsP(PG_GETARG_DATUM(0))->head, &points_type);
}

PARINDEX_FUNCTION(parindex_index_points_in);
Datum
parindex_index_points_in(PG_FUNCTION_ARGS)
{
	return unit_cells_in(PG_GETARG_CSTRING(0), &points_type);
}

PARINDEX_FUNCTION(parindex_index_points_send);
Datum
parindex_index_points_send(PG_FUNCTION_ARGS)
{
	return unit_cells_send(&DatumGetIndexPointsP(PG_GETARG_DATUM(0))->head, &points_type);
}

PARINDEX_FUNCTION(parindex_index_points_recv);
Datum
parindex_index_points_recv(PG_FUNCTION_ARGS)
{
	return unit_cells_recv((StringInfo) PG_GETARG_POINTER(0), &points_type);
}
