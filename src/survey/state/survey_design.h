/*
 * survey_design.h
 *	  The type survey_design: how many sampling units were drawn, of how many,
 *	  from each stratum and, with two stages, in each primary sampling unit.
 *
 * A table (survey_table.h) without a head of its own. One stage: a record a
 * stratum; two stages: one a PSU, which repeats what holds for its stratum.
 * A domain's estimate needs it, since the rows of a domain do not tell how
 * many PSUs had no member in it.
 */
#ifndef PARINDEX_SURVEY_DESIGN_H
#define PARINDEX_SURVEY_DESIGN_H

#include "survey/state/survey_table.h"

/* Units drawn, and in the population; 0: so many that none need be counted. */
typedef struct sampled_of
{
	int64		sampled;
	int64		population;
} sampled_of;

/* Payload of a record. */
typedef struct design_counts
{
	sampled_of	psus;
	sampled_of	ssus;			/* both 0 with one stage */
} design_counts;

typedef survey_table survey_design;

/* Records of a canonical design's stratum. */
typedef struct design_stratum
{
	int32		first;
	int32		count;			/* 0: it has none */
	sampled_of	psus;
} design_stratum;

static inline bool
survey_design_two_stages(const survey_design *design)
{
	return design->levels > SURVEY_PSU;
}

static inline const design_counts *
survey_design_counts(const survey_design *design, int32 record)
{
	return survey_table_payload(design, record);
}

/* The stratum of a key of another canonical table, both bigint or both text. */
extern design_stratum survey_design_stratum(const survey_design *design,
											const survey_table *table, const survey_key *key);

/* The record of a key's PSU within its stratum, or -1. */
extern int32 survey_design_psu(const survey_design *design, design_stratum stratum,
							   const survey_table *table, const survey_key *key);

/* PSUs drawn less strata: the degrees of freedom of the whole design. Error 22003 beyond int64. */
extern int64 survey_design_df(const survey_design *design);

/* survey_design.c, for input functions: add a record, and finish. */
extern survey_design *survey_design_new(int levels, bool text_keys);
extern void survey_design_add(survey_design **design, const survey_key *key, design_counts counts);
extern survey_design *survey_design_finish(const survey_design *design);

#define DatumGetSurveyDesignP(datum) ((survey_design *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_SURVEY_DESIGN_P(i) DatumGetSurveyDesignP(PG_GETARG_DATUM(i))

/* A canonical design's argument. */
static inline const survey_design *
survey_design_argument(Datum value)
{
	survey_design *design = DatumGetSurveyDesignP(value);

	return survey_table_is_working(design) ? survey_design_finish(design) : design;
}

#endif							/* PARINDEX_SURVEY_DESIGN_H */
