/*
 * copeland.c
 *	  copeland(score_matrix, …) and dominance(score_matrix, …): units compared
 *	  two by two, by kernel/field/copeland.h.
 *
 * Units are compared within their period, whose rows are brought together
 * first. Weights come in three ways: equal, of the leaves of a framework, or
 * by code; each function has three SQL signatures.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "field/field_ranks.h"
#include "matrix/matrix_rows.h"
#include "field/field_scores.h"

#include <math.h>

#include "funcapi.h"
#include "kernel/field/copeland.h"
#include "miscadmin.h"

/* What is compared: the rows of a matrix, part after part, and weights. */
typedef struct contest
{
	matrix_view matrix;
	matrix_parts periods;
	part_rows	of;				/* rows of the matrix by period */
	int64	   *weight;			/* by column, as dominance_weights() makes them */
	int64		tolerance;
	double	   *value;			/* of one period: column * units + unit */
	int64	   *lead;			/* one entry a unit of a period */
	int64	   *compared;
} contest;

/* ---------- weights ---------- */

static void
weights_of_framework(FunctionCallInfo fcinfo, const matrix_view *matrix, double *weight)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const framework *fw = framework_of(cache);
	const double *effective = framework_effective_weights(fw);

	matrix_check_columns(matrix, fw);
	for (int column = 0; column < matrix->columns; column++)
	{
		matrix_name code = matrix->code[column];
		int			node = framework_find(cache, matrix_name_bytes(matrix, code), code.length);

		weight[column] = effective[node];
	}
}

static void
check_criterion_weight(double weight, const matrix_view *matrix, int column)
{
	if (!isfinite(weight) || weight < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight %g of criterion \"%s\" is not valid",
						weight, matrix_code_cstring(matrix, column)),
				 errdetail("A weight must be a finite number, not below zero.")));
}

static void
weights_of_codes(FunctionCallInfo fcinfo, const matrix_view *matrix, double *weight)
{
	code_numbers given;
	int		   *column;

	code_numbers_argument(fcinfo, 1, 2, "weight", &given);
	column = matrix_columns_of(matrix, &given);
	for (int i = 0; i < matrix->columns; i++)
		weight[i] = get_float8_nan();
	for (int i = 0; i < given.count; i++)
	{
		check_criterion_weight(given.number[i], matrix, column[i]);
		weight[column[i]] = given.number[i];
	}
	for (int i = 0; i < matrix->columns; i++)
		if (isnan(weight[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" has no weight", matrix_code_cstring(matrix, i)),
					 errhint("Give each criterion of the matrix a weight; one of 0 leaves it out.")));
}

static void
read_weights(FunctionCallInfo fcinfo, contest *contest)
{
	const matrix_view *matrix = &contest->matrix;
	double	   *weight = palloc_extended(sizeof(double) * Max(matrix->columns, 1), MCXT_ALLOC_HUGE);

	for (int column = 0; column < matrix->columns; column++)
		weight[column] = 1;
	if (PG_NARGS() == 2)
		weights_of_framework(fcinfo, matrix, weight);
	else if (PG_NARGS() == 3)
		weights_of_codes(fcinfo, matrix, weight);
	contest->weight = palloc_extended(sizeof(int64) * Max(matrix->columns, 1), MCXT_ALLOC_HUGE);
	contest->tolerance = dominance_weights(weight, matrix->columns, contest->weight);
	if (contest->tolerance < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all criteria of the matrix weigh nothing"),
				 errhint("Give at least one criterion a weight above zero.")));
}

/* ---------- pairs ---------- */

static void
contest_open(FunctionCallInfo fcinfo, contest *contest)
{
	const matrix_view *matrix = &contest->matrix;
	int			units = 0;		/* most of a period */

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &contest->matrix);
	read_weights(fcinfo, contest);
	contest->periods = matrix_periods(matrix);
	contest->of = rows_of_parts(&contest->periods, matrix->rows);
	for (int part = 0; part < contest->of.count; part++)
		units = Max(units, contest->of.start[part + 1] - contest->of.start[part]);
	contest->value = palloc_extended(sizeof(double) * units * matrix->columns + 1, MCXT_ALLOC_HUGE);
	contest->lead = palloc_extended(sizeof(int64) * units + 1, MCXT_ALLOC_HUGE);
	contest->compared = palloc_extended(sizeof(int64) * units + 1, MCXT_ALLOC_HUGE);
}

/* Brings the values of a period together; returns its units, whose rows go to *row. */
static int
contest_period(contest *contest, int part, const int **row)
{
	const matrix_view *matrix = &contest->matrix;
	int			units = contest->of.start[part + 1] - contest->of.start[part];

	*row = contest->of.row + contest->of.start[part];
	for (int column = 0; column < matrix->columns; column++)
	{
		const double *from = matrix->value + (Size) column * matrix->rows;
		double	   *to = contest->value + (Size) column * units;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < units; i++)
			to[i] = from[(*row)[i]];
	}
	return units;
}

static void
compare_unit(contest *contest, int units, int unit, int from)
{
	CHECK_FOR_INTERRUPTS();
	dominance_row(contest->value, units, contest->matrix.columns, contest->weight,
				  unit, from, units - from, contest->lead, contest->compared);
}

PARINDEX_FUNCTION(parindex_copeland);
Datum
parindex_copeland(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, SCORE, RANK, WINS, LOSSES, TIES, PERIOD, COLUMNS};
	const matrix_view *matrix;
	contest		contest;
	copeland_tally *tally;
	double	   *score;
	int		   *place;			/* by row: its place in contest.of */
	int		   *rank;

	InitMaterializedSRF(fcinfo, 0);
	contest_open(fcinfo, &contest);
	matrix = &contest.matrix;
	tally = palloc_extended(sizeof(copeland_tally) * matrix->rows + 1,
							MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	score = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	place = palloc_extended(sizeof(int) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	for (int part = 0; part < contest.periods.count; part++)
	{
		copeland_tally *own = tally + contest.of.start[part];
		const int  *row;
		int			units = contest_period(&contest, part, &row);

		for (int i = 0; i < units; i++)
		{
			compare_unit(&contest, units, i, i + 1);
			copeland_add(contest.lead, contest.compared, units - i - 1, contest.tolerance,
						 &own[i], &own[i + 1]);
		}
	}
	for (int i = 0; i < matrix->rows; i++)
	{
		place[contest.of.row[i]] = i;
		score[contest.of.row[i]] = tally[i].compared == 0 ? get_float8_nan() :
			tally[i].wins - tally[i].losses;
	}
	rank = rank_scores_of(score, matrix->rows, &contest.periods);

	for (int row = 0; row < matrix->rows; row++)
	{
		const copeland_tally *own = &tally[place[row]];
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		value[UNIT] = matrix_name_datum(matrix, matrix->unit[row]);
		value[SCORE] = Int32GetDatum(own->wins - own->losses);
		null[SCORE] = own->compared == 0;
		put_rank(rank[row], &value[RANK], &null[RANK]);
		value[WINS] = Int32GetDatum(own->wins);
		value[LOSSES] = Int32GetDatum(own->losses);
		value[TIES] = Int32GetDatum(own->compared - own->wins - own->losses);
		matrix_put_period(matrix, row, &value[PERIOD], &null[PERIOD]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_dominance);
Datum
parindex_dominance(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT_A, UNIT_B, SHARE, PERIOD, COLUMNS};
	const matrix_view *matrix;
	contest		contest;
	Datum	   *name;

	InitMaterializedSRF(fcinfo, 0);
	contest_open(fcinfo, &contest);
	matrix = &contest.matrix;
	name = palloc_extended(sizeof(Datum) * Max(matrix->rows, 1), MCXT_ALLOC_HUGE);
	for (int row = 0; row < matrix->rows; row++)
		name[row] = matrix_name_datum(matrix, matrix->unit[row]);
	for (int part = 0; part < contest.periods.count; part++)
	{
		const int  *row;
		int			units = contest_period(&contest, part, &row);

		for (int i = 0; i < units; i++)
		{
			Datum		value[COLUMNS];
			bool		null[COLUMNS] = {false};

			compare_unit(&contest, units, i, 0);
			value[UNIT_A] = name[row[i]];
			matrix_put_period(matrix, row[i], &value[PERIOD], &null[PERIOD]);
			for (int j = 0; j < units; j++)
			{
				double		lead = llabs(contest.lead[j]) > contest.tolerance ? contest.lead[j] : 0;
				double		compared = contest.compared[j];
				/* Better, and half of equal; of nothing 0 / 0: NaN, hence NULL. */
				double		share = (compared + lead) / (2 * compared);

				if (j == i)
					continue;
				value[UNIT_B] = name[row[j]];
				put_float8(share, &value[SHARE], &null[SHARE]);
				tuplestore_putvalues(result->setResult, result->setDesc, value, null);
			}
		}
	}
	return (Datum) 0;
}
