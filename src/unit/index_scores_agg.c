/*
 * index_scores_agg.c
 *	  The type index_scores, and the aggregates that make it.
 *
 * Nothing is computed before all cells are there, so that the rows' order,
 * workers and partial states have no influence on the result.
 */
#include "postgres.h"
#include "base/aggregate_context.h"
#include "framework/framework_argument.h"
#include "base/arguments/cell_status.h"
#include "unit/index_scores_state.h"

#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/float.h"

static unit_cells *
make_scores(const uint8 *fingerprint, int leaves)
{
	Size		size = offsetof(index_scores, cell) + sizeof(uint64) * leaves;
	index_scores *scores = palloc(size);

	unit_cells_init(&scores->head, size, fingerprint, leaves);
	for (int i = 0; i < leaves; i++)
		scores->cell[i] = SCORE_ABSENT;
	return &scores->head;
}

/* ---------- aggregates ---------- */

/* Arguments: state, framework, code, value [, status]. */
static uint64
score_of_row(FunctionCallInfo fcinfo, text *code)
{
	bool		has_value = !PG_ARGISNULL(3);
	cell_status status = has_value ? CELL_OBSERVED : CELL_MISSING;
	double		value;

	if (PG_NARGS() > 4 && !PG_ARGISNULL(4))
		status = parse_cell_status(PG_GETARG_TEXT_PP(4), has_value);
	if (status == CELL_MISSING)
		return SCORE_MISSING;
	if (status == CELL_NOT_APPLICABLE)
		return SCORE_NOT_APPLICABLE;
	value = PG_GETARG_FLOAT8(3);
	if (unlikely(!double_is_finite(value)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value %s of criterion \"%s\" is not finite",
						float8out_internal(value), text_to_cstring(code)),
				 errhint("Use NULL for a missing value.")));
	return double_bits(value + 0.0);
}

PARINDEX_FUNCTION(parindex_index_scores_add);
Datum
parindex_index_scores_add(PG_FUNCTION_ARGS)
{
	const framework_cache *cache;
	const framework *fw;
	index_scores *scores;
	text	   *code;
	uint64	   *cell;

	check_aggregate_context(fcinfo);
	if (unlikely(PG_ARGISNULL(1) || PG_ARGISNULL(2)))
		unit_cells_null_argument(PG_ARGISNULL(1));
	cache = framework_argument(fcinfo, 1);
	fw = framework_of(cache);
	scores = (index_scores *) (PG_ARGISNULL(0) ? make_scores(fw->fingerprint, fw->leaves) :
							   unit_cells_state(PG_GETARG_DATUM(0)));
	unit_cells_check_other(&scores->head, fw->fingerprint, fw->leaves);
	code = PG_GETARG_TEXT_PP(2);
	cell = &scores->cell[unit_cells_leaf(cache, code)];
	if (unlikely(*cell != SCORE_ABSENT))
		unit_cells_duplicate(code, 0);
	*cell = score_of_row(fcinfo, code);
	PG_RETURN_POINTER(scores);
}

/* Combine function, and the transition of rollup(). */
PARINDEX_FUNCTION(parindex_index_scores_merge);
Datum
parindex_index_scores_merge(PG_FUNCTION_ARGS)
{
	index_scores *scores;
	const index_scores *other;
	Datum		kept;

	if (!both_states(fcinfo, &kept))
		return kept;
	scores = (index_scores *) unit_cells_state(PG_GETARG_DATUM(0));
	other = DatumGetIndexScoresP(PG_GETARG_DATUM(1));
	unit_cells_check_other(&scores->head, other->head.fingerprint, other->head.leaves);
	for (int i = 0; i < other->head.leaves; i++)
	{
		if (other->cell[i] == SCORE_ABSENT)
			continue;
		if (scores->cell[i] != SCORE_ABSENT)
			unit_cells_duplicate(NULL, i);
		scores->cell[i] = other->cell[i];
	}
	PG_RETURN_POINTER(scores);
}

/* ---------- text and binary form ---------- */

static char *
score_out(const unit_cells *cells, int leaf)
{
	uint64		word = ((const index_scores *) cells)->cell[leaf];
	char	   *digits;

	if (word == SCORE_ABSENT)
		return NULL;
	if (word == SCORE_MISSING)
		return "missing";
	if (word == SCORE_NOT_APPLICABLE)
		return "not_applicable";

	/* Not float8out(), whose digits depend on a setting of the session. */
	digits = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);
	double_to_shortest_decimal_buf(double_from_bits(word), digits);
	return digits;
}

static bool
score_in(unit_cells **cells, int leaf, const char *text)
{
	uint64	   *cell = &((index_scores *) *cells)->cell[leaf];

	if (strcmp(text, "missing") == 0)
		*cell = SCORE_MISSING;
	else if (strcmp(text, "not_applicable") == 0)
		*cell = SCORE_NOT_APPLICABLE;
	else
	{
		*cell = double_bits(parse_float8((char *) text, "index_scores", text) + 0.0);
		return score_is_observed(*cell);
	}
	return true;
}

static void
score_send(StringInfo wire, const unit_cells *cells, int leaf)
{
	pq_sendint64(wire, ((const index_scores *) cells)->cell[leaf]);
}

static bool
score_receive(StringInfo wire, unit_cells **cells, int leaf)
{
	uint64		word = (uint64) pq_getmsgint64(wire);

	((index_scores *) *cells)->cell[leaf] = word;
	return score_is_observed(word) ? word != double_bits(-0.0) :
		word == SCORE_ABSENT || word == SCORE_MISSING || word == SCORE_NOT_APPLICABLE;
}

static const unit_cells_type scores_type = {
	"index_scores", sizeof(uint64), 0, make_scores,
	score_out, score_in, score_send, score_receive
};

PARINDEX_FUNCTION(parindex_index_scores_out);
Datum
parindex_index_scores_out(PG_FUNCTION_ARGS)
{
	return unit_cells_out(&DatumGetIndexScoresP(PG_GETARG_DATUM(0))->head, &scores_type);
}

PARINDEX_FUNCTION(parindex_index_scores_in);
Datum
parindex_index_scores_in(PG_FUNCTION_ARGS)
{
	return unit_cells_in(PG_GETARG_CSTRING(0), &scores_type);
}

PARINDEX_FUNCTION(parindex_index_scores_send);
Datum
parindex_index_scores_send(PG_FUNCTION_ARGS)
{
	return unit_cells_send(&DatumGetIndexScoresP(PG_GETARG_DATUM(0))->head, &scores_type);
}

PARINDEX_FUNCTION(parindex_index_scores_recv);
Datum
parindex_index_scores_recv(PG_FUNCTION_ARGS)
{
	return unit_cells_recv((StringInfo) PG_GETARG_POINTER(0), &scores_type);
}
