/*
 * design_sample.c
 *	  Bringing survey states and their design together.
 */
#include "postgres.h"
#include "survey/estimate/design_sample.h"

#include "base/interrupts.h"
#include "utils/float.h"
#include "utils/memutils.h"

typedef struct unit_source
{
	int32		state;
	int32		cell;
} unit_source;

/* ---------- opening ---------- */

static void
check_state(const survey_stats *stats, const survey_design *design)
{
	if (survey_table_has_text(&stats->table) != survey_table_has_text(design))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state and survey design have keys of different types"),
				 errdetail("One names strata by bigint, the other by text.")));
	if (survey_design_two_stages(design) && stats->table.levels <= SURVEY_SSU)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state has no second stage, as its design has"),
				 errhint("Give survey_stats() the second-stage unit as its last argument.")));
}

static inline const survey_table *
table_of(const unit_source *source, const survey_stats *const *state)
{
	return &state[source->state]->table;
}

static inline const survey_key *
key_of(const unit_source *source, const survey_stats *const *state)
{
	return survey_cell_key(state[source->state], source->cell);
}

static inline int
compare_sources(const unit_source *a, const unit_source *b, const survey_stats *const *state,
				survey_level level)
{
	return survey_compare_keys(table_of(a, state), key_of(a, state),
							   table_of(b, state), key_of(b, state), level);
}

static int
compare_units(const void *a, const void *b, void *arg)
{
	const survey_stats *const *state = arg;

	CHECK_FOR_INTERRUPTS();
	return compare_sources(a, b, state, SURVEY_SSU);
}

/* All cells of all states, in the order of their keys. */
static unit_source *
sorted_sources(const survey_stats *const *state, int states, int *count)
{
	int64		total = 0;
	unit_source *source;
	int			n = 0;

	for (int i = 0; i < states; i++)
		total += survey_cell_count(state[i]);
	if (total > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many sampling units: %lld", (long long) total)));
	source = palloc_extended(sizeof(unit_source) * Max(total, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < states; i++)
		for (int32 cell = 0; cell < survey_cell_count(state[i]); cell++)
		{
			if ((cell & RECORDS_PER_CHECK) == 0)
				CHECK_FOR_INTERRUPTS();
			source[n++] = (unit_source) {i, cell};
		}
	/* The cells of one state are in order already. */
	if (states > 1)
		qsort_arg(source, n, sizeof(unit_source), compare_units,
				  (void *) state);
	*count = n;
	return source;
}

/* The stratum's counts, from the design. */
static design_stratum
open_stratum(survey_stratum *stratum, int first_psu, const survey_design *design,
			 const survey_table *table, const survey_key *key)
{
	design_stratum found = survey_design_stratum(design, table, key);

	if (found.count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("stratum %s is not in the survey design",
						survey_part_cstring(table, key, SURVEY_STRATUM)),
				 errhint("Make the design of all strata, with survey_design_agg().")));
	stratum->first_psu = first_psu;
	stratum->psus = 0;
	stratum->sampled = found.psus.sampled;
	stratum->population = found.psus.population;
	return found;
}

static void
open_psu(survey_psu *psu, int first_unit, const survey_design *design, design_stratum stratum,
		 const survey_table *table, const survey_key *key)
{
	psu->first_unit = first_unit;
	psu->units = 0;
	psu->sampled = psu->population = 0;
	if (survey_design_two_stages(design))
	{
		int32		record = survey_design_psu(design, stratum, table, key);

		if (record < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("primary sampling unit %s of stratum %s is not in the survey design",
							survey_part_cstring(table, key, SURVEY_PSU),
							survey_part_cstring(table, key, SURVEY_STRATUM))));
		psu->sampled = survey_design_counts(design, record)->ssus.sampled;
		psu->population = survey_design_counts(design, record)->ssus.population;
	}
}

static void
check_psus(const survey_stratum *stratum, const survey_table *table, const survey_key *key)
{
	if (stratum->psus > stratum->sampled)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("stratum %s has more primary sampling units than its design",
						survey_part_cstring(table, key, SURVEY_STRATUM)),
				 errdetail("%lld were sampled by the design; at least %d have rows.",
						   (long long) stratum->sampled, stratum->psus)));
}

static void
check_units(const survey_psu *psu, const survey_table *table, const survey_key *key)
{
	if (psu->units > psu->sampled)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("primary sampling unit %s of stratum %s has more second-stage units than its design",
						survey_part_cstring(table, key, SURVEY_PSU),
						survey_part_cstring(table, key, SURVEY_STRATUM)),
				 errdetail("%lld were sampled by the design; at least %d have rows.",
						   (long long) psu->sampled, psu->units)));
}

#define ALLOC(type, count) \
	((type *) palloc_extended(sizeof(type) * Max((Size) (count), 1), MCXT_ALLOC_HUGE))

void
design_sample_open(design_sample *opened, const survey_stats *const *state, int states,
				   const survey_design *design)
{
	survey_sample *sample = &opened->sample;
	bool		two_stages = survey_design_two_stages(design);
	survey_level unit_level = two_stages ? SURVEY_SSU : SURVEY_PSU;
	int			count;
	unit_source *source = sorted_sources(state, states, &count);
	survey_stratum *stratum = ALLOC(survey_stratum, count);
	survey_psu *psu = ALLOC(survey_psu, count);
	unit_source *psu_source = ALLOC(unit_source, count);
	design_stratum found = {0};

	opened->unit = ALLOC(int32 *, states);
	for (int i = 0; i < states; i++)
	{
		check_state(state[i], design);
		opened->unit[i] = ALLOC(int32, survey_cell_count(state[i]));
	}

	memset(sample, 0, sizeof(*sample));
	sample->two_stages = two_stages;
	for (int i = 0; i < count; i++)
	{
		const survey_table *table = table_of(&source[i], state);
		const survey_key *key = key_of(&source[i], state);
		int			last_psu = sample->psus - 1;

		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (i == 0 || compare_sources(&source[i - 1], &source[i], state, SURVEY_STRATUM) != 0)
			found = open_stratum(&stratum[sample->strata++], sample->psus, design, table, key);
		if (i == 0 || compare_sources(&source[i - 1], &source[i], state, SURVEY_PSU) != 0)
		{
			open_psu(&psu[sample->psus], sample->units, design, found, table, key);
			psu_source[sample->psus++] = source[i];
			stratum[sample->strata - 1].psus++;
			check_psus(&stratum[sample->strata - 1], table, key);
		}
		if (last_psu != sample->psus - 1 ||
			compare_sources(&source[i - 1], &source[i], state, unit_level) != 0)
		{
			sample->units++;
			psu[sample->psus - 1].units++;
			if (two_stages)
				check_units(&psu[sample->psus - 1], table, key);
		}
		opened->unit[source[i].state][source[i].cell] = sample->units - 1;
	}
	sample->stratum = stratum;
	sample->psu = psu;
	opened->state = memcpy(ALLOC(const survey_stats *, states), state,
						   sizeof(const survey_stats *) * states);
	opened->psu_source = psu_source;
	pfree(source);
}

double *
design_sample_values(const design_sample *sample, int variables)
{
	uint64		size = (uint64) sizeof(double) * Max(sample->sample.units, 1) * variables;

	if (size > MaxAllocHugeSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many sampling units and variables: %d by %d",
						sample->sample.units, variables)));
	return palloc_extended((Size) size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* ---------- variance ---------- */

bool
design_sample_variance(const design_sample *opened, lonely_rule lonely, double *z, int p,
					   double *v, int *exponent)
{
	const survey_sample *sample = &opened->sample;
	double	   *scratch = palloc_extended(sizeof(double) * survey_variance_scratch(sample, p),
										  MCXT_ALLOC_HUGE);
	int			where;
	survey_variance_result result;
	const unit_source *source;

	if (!survey_scale(z, sample->units, p, exponent))
		float_overflow_error();
	result = survey_variance(sample, lonely, z, p, v, scratch, let_interrupts, NULL, &where);
	pfree(scratch);
	if (result == SURVEY_VARIANCE_DONE)
		return true;
	if (result == SURVEY_VARIANCE_UNKNOWN)
		return false;
	source = &opened->psu_source[result == SURVEY_VARIANCE_LONELY_STRATUM ?
								 sample->stratum[where].first_psu : where];
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 result == SURVEY_VARIANCE_LONELY_STRATUM ?
			 errmsg("stratum %s has only one sampled primary sampling unit",
					survey_part_cstring(table_of(source, opened->state),
										key_of(source, opened->state), SURVEY_STRATUM)) :
			 errmsg("primary sampling unit %s of stratum %s has only one sampled second-stage unit",
					survey_part_cstring(table_of(source, opened->state),
										key_of(source, opened->state), SURVEY_PSU),
					survey_part_cstring(table_of(source, opened->state),
										key_of(source, opened->state), SURVEY_STRATUM)),
			 errhint("Merge it with another, or say what it counts for: lonely => remove, certainty, adjust or average.")));
	pg_unreachable();
}
