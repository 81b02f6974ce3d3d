/*
 * survey_design.c
 *	  Making survey designs, by rows and by merging, and looking strata and
 *	  primary sampling units up.
 */
#include "postgres.h"
#include "survey/state/survey_design.h"

#include "base/aggregate_context.h"
#include "common/int.h"
#include "miscadmin.h"
#include "survey/state/survey_table_io.h"

/* ---------- building ---------- */

survey_design *
survey_design_new(int levels, bool text_keys)
{
	return survey_table_new(levels, text_keys, MAXALIGN(sizeof(survey_table)),
							sizeof(survey_key) + sizeof(design_counts));
}

static void
check_counts(const survey_design *design, const survey_key *key, sampled_of counts,
			 const char *units, const char *whole, survey_level level)
{
	if (counts.sampled < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s has %lld %s sampled", whole, survey_part_cstring(design, key, level),
						(long long) counts.sampled, units),
				 errdetail("At least one is sampled.")));
	if (counts.population != 0 && counts.population < counts.sampled)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s has %lld %s sampled of a population of %lld", whole,
						survey_part_cstring(design, key, level), (long long) counts.sampled, units,
						(long long) counts.population),
				 errhint("Give NULL as population where the sample is drawn with replacement, or is a negligible part.")));
}

static bool
sampled_alike(sampled_of a, sampled_of b)
{
	return a.sampled == b.sampled && a.population == b.population;
}

/* As 5 of 40, or 5 of a population not counted. */
static char *
counts_cstring(sampled_of counts)
{
	return counts.population == 0 ?
		psprintf("%lld of a population not counted", (long long) counts.sampled) :
		psprintf("%lld of %lld", (long long) counts.sampled, (long long) counts.population);
}

static void
check_alike(const survey_design *design, const survey_key *key, sampled_of a, sampled_of b,
			const char *units, const char *whole, survey_level level)
{
	if (!sampled_alike(a, b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is described in two ways", whole,
						survey_part_cstring(design, key, level)),
				 errdetail("Its %s are %s, and %s.", units, counts_cstring(a), counts_cstring(b))));
}

#define OF_STRATUM "primary sampling units", "stratum", SURVEY_STRATUM
#define OF_PSU "second-stage units", "primary sampling unit", SURVEY_PSU

/* Add a record to a working design; one that is there must say the same. */
void
survey_design_add(survey_design **design, const survey_key *key, design_counts counts)
{
	int32		record = survey_table_find(*design, key);

	if (record < 0)
	{
		check_counts(*design, key, counts.psus, OF_STRATUM);
		if (survey_design_two_stages(*design))
			check_counts(*design, key, counts.ssus, OF_PSU);
		record = survey_table_insert(design, key);
		*(design_counts *) survey_table_payload(*design, record) = counts;
	}
	else
	{
		const design_counts *before = survey_design_counts(*design, record);

		check_alike(*design, key, before->psus, counts.psus, OF_STRATUM);
		check_alike(*design, key, before->ssus, counts.ssus, OF_PSU);
	}
}

/* The records from `first` on of the same stratum. */
static int32
stratum_records(const survey_design *design, int32 first)
{
	int64		stratum = survey_table_record(design, first)->part[SURVEY_STRATUM];
	int32		next = first + 1;

	while (next < design->count &&
		   survey_table_record(design, next)->part[SURVEY_STRATUM] == stratum)
		next++;
	return next - first;
}

/* The canonical design, once its PSUs agree on their strata. */
survey_design *
survey_design_finish(const survey_design *working)
{
	survey_design *design = survey_table_canonical(working);
	int32		count;

	for (int32 first = 0; first < design->count; first += count)
	{
		const survey_key *key = survey_table_record(design, first);
		sampled_of	psus = survey_design_counts(design, first)->psus;

		CHECK_FOR_INTERRUPTS();
		count = stratum_records(design, first);
		for (int32 i = first + 1; i < first + count; i++)
			check_alike(design, key, psus, survey_design_counts(design, i)->psus, OF_STRATUM);
		if (count > psus.sampled)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("stratum %s has more primary sampling units than were sampled",
							survey_part_cstring(design, key, SURVEY_STRATUM)),
					 errdetail("%d are listed, %lld were sampled.", count, (long long) psus.sampled)));
	}
	return design;
}

/* ---------- aggregate ---------- */

static int64
count_argument(FunctionCallInfo fcinfo, int i, const char *name)
{
	if (PG_ARGISNULL(i))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is NULL", name)));
	return PG_GETARG_INT64(i);
}

/* 0 for NULL: the population need not be counted. */
static int64
population_argument(FunctionCallInfo fcinfo, int i, const char *name)
{
	if (PG_ARGISNULL(i))
		return 0;
	if (PG_GETARG_INT64(i) < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is %lld", name, (long long) PG_GETARG_INT64(i)),
				 errhint("Give NULL where the sample is drawn with replacement, or is a negligible part of the population.")));
	return PG_GETARG_INT64(i);
}

/* The design to add to, of such keys. */
static survey_design *
design_to_add_to(FunctionCallInfo fcinfo, int levels, bool text_keys)
{
	survey_design *design;

	if (PG_ARGISNULL(0))
		return survey_design_new(levels, text_keys);
	design = PG_GETARG_SURVEY_DESIGN_P(0);
	if (design->levels != levels || survey_table_has_text(design) != text_keys)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey design has keys of another kind than the row")));
	return survey_table_working(design);
}

/*
 * (design, stratum, psus_sampled, psus_population [, psu, ssus_sampled,
 * ssus_population]) -> design with the row.
 */
static Datum
add_row(FunctionCallInfo fcinfo, bool text_keys, int levels)
{
	static const int key_argument[] = {1, 4};
	survey_design *design;
	survey_key	key;
	design_counts counts = {0};

	check_aggregate_context(fcinfo);
	design = design_to_add_to(fcinfo, levels, text_keys);
	survey_key_arguments(fcinfo, key_argument, &design, &key);
	counts.psus.sampled = count_argument(fcinfo, 2, "psus_sampled");
	counts.psus.population = population_argument(fcinfo, 3, "psus_population");
	if (levels > SURVEY_PSU)
	{
		counts.ssus.sampled = count_argument(fcinfo, 5, "ssus_sampled");
		counts.ssus.population = population_argument(fcinfo, 6, "ssus_population");
	}
	survey_design_add(&design, &key, counts);
	PG_RETURN_POINTER(design);
}

#define ADD_FUNCTION(name, text_keys, levels) \
PARINDEX_FUNCTION(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return add_row(fcinfo, text_keys, levels); \
}

ADD_FUNCTION(parindex_survey_design_add, false, 1)
ADD_FUNCTION(parindex_survey_design_add_text, true, 1)
ADD_FUNCTION(parindex_survey_design_add_two_stages, false, 2)
ADD_FUNCTION(parindex_survey_design_add_text_two_stages, true, 2)

/* Combine function; the second design is only read. */
PARINDEX_FUNCTION(parindex_survey_design_merge);
Datum
parindex_survey_design_merge(PG_FUNCTION_ARGS)
{
	survey_design *other;
	survey_design *design;
	Datum		kept;

	if (!both_states(fcinfo, &kept))
		return kept;
	other = PG_GETARG_SURVEY_DESIGN_P(1);
	design = design_to_add_to(fcinfo, other->levels, survey_table_has_text(other));
	for (int32 i = 0; i < other->count; i++)
	{
		survey_key	key = survey_table_adopt(&design, other, survey_table_record(other, i));

		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		survey_design_add(&design, &key, *survey_design_counts(other, i));
	}
	PG_RETURN_POINTER(design);
}

/* Strict: NULL without rows. */
PARINDEX_FUNCTION(parindex_survey_design_final);
Datum
parindex_survey_design_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(survey_design_finish(PG_GETARG_SURVEY_DESIGN_P(0)));
}

/* ---------- looking up ---------- */

/* The first record from `low` on, of `count`, that is not before the key. */
static int32
lower_bound(const survey_design *design, int32 low, int32 count,
			const survey_table *table, const survey_key *key, survey_level level)
{
	while (count > 0)
	{
		int32		half = count / 2;

		if (survey_compare_keys(design, survey_table_record(design, low + half),
								table, key, level) < 0)
		{
			low += half + 1;
			count -= half + 1;
		}
		else
			count = half;
	}
	return low;
}

static bool
is_at(const survey_design *design, int32 record, const survey_table *table,
	  const survey_key *key, survey_level level)
{
	return record < design->count &&
		survey_compare_keys(design, survey_table_record(design, record), table, key, level) == 0;
}

design_stratum
survey_design_stratum(const survey_design *design, const survey_table *table,
					  const survey_key *key)
{
	design_stratum stratum = {0};

	stratum.first = lower_bound(design, 0, design->count, table, key, SURVEY_STRATUM);
	if (is_at(design, stratum.first, table, key, SURVEY_STRATUM))
	{
		stratum.count = survey_design_two_stages(design) ? stratum_records(design, stratum.first) : 1;
		stratum.psus = survey_design_counts(design, stratum.first)->psus;
	}
	return stratum;
}

int32
survey_design_psu(const survey_design *design, design_stratum stratum,
				  const survey_table *table, const survey_key *key)
{
	int32		record = lower_bound(design, stratum.first, stratum.count, table, key, SURVEY_PSU);

	return is_at(design, record, table, key, SURVEY_PSU) ? record : -1;
}

int64
survey_design_df(const survey_design *design)
{
	int64		df = 0;
	int32		count;

	for (int32 first = 0; first < design->count; first += count)
	{
		CHECK_FOR_INTERRUPTS();
		count = stratum_records(design, first);
		if (pg_add_s64_overflow(df, survey_design_counts(design, first)->psus.sampled - 1, &df))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("degrees of freedom of the survey design are out of range for type bigint")));
	}
	return df;
}
