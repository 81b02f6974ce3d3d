/*
 * grade.c
 *	  grade(): the label of the band that a score falls into.
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/decimal_round.h"
#include "fmgr.h"
#include "ranking/grade_bands.h"
#include "ranking/score_key.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* The bands of the last call, in a context of their own. */
typedef struct grade_cache
{
	MemoryContext context;
	Jsonb	   *json;			/* what they were read from */
	grade_bands *bands;
} grade_cache;

/*
 * The bands of argument 1, read again only where its content has changed.
 */
static const grade_bands *
cached_grade_bands(FunctionCallInfo fcinfo)
{
	grade_cache *cache = fcinfo->flinfo->fn_extra;
	Jsonb	   *json = PG_GETARG_JSONB_P(1);
	MemoryContext caller;

	if (cache != NULL && cache->bands != NULL &&
		VARSIZE(cache->json) == VARSIZE(json) &&
		memcmp(cache->json, json, VARSIZE(json)) == 0)
		return cache->bands;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
									   sizeof(grade_cache));
		cache->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
											   "parindex grade bands",
											   ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = cache;
	}

	/* Until all is read there is no cache, should reading fail. */
	cache->bands = NULL;
	MemoryContextReset(cache->context);
	caller = MemoryContextSwitchTo(cache->context);
	cache->json = (Jsonb *) palloc(VARSIZE(json));
	memcpy(cache->json, json, VARSIZE(json));
	cache->bands = read_grade_bands(json);
	MemoryContextSwitchTo(caller);
	return cache->bands;
}

static Datum
label_of_band(const grade_bands *bands, int band)
{
	const text *label = bands->band[band].label;

	return PointerGetDatum(cstring_to_text_with_len(VARDATA_ANY(label),
													VARSIZE_ANY_EXHDR(label)));
}

/* grade(score float8, bands jsonb, digits int) -> text */
PARINDEX_FUNCTION(parindex_grade_float8);
Datum
parindex_grade_float8(PG_FUNCTION_ARGS)
{
	double		score;
	const grade_bands *bands;
	int			band;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();

	score = PG_GETARG_FLOAT8(0);
	bands = cached_grade_bands(fcinfo);
	if (!PG_ARGISNULL(2))
	{
		check_round_digits(PG_GETARG_INT32(2));
		score = decimal_round(score, PG_GETARG_INT32(2));
	}

	band = grade_band_float8(bands, score);
	if (band < 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(label_of_band(bands, band));
}

/* grade(score numeric, bands jsonb, digits int) -> text */
PARINDEX_FUNCTION(parindex_grade_numeric);
Datum
parindex_grade_numeric(PG_FUNCTION_ARGS)
{
	Datum		score;
	const grade_bands *bands;
	int			band;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();

	score = PG_GETARG_DATUM(0);
	bands = cached_grade_bands(fcinfo);
	if (!PG_ARGISNULL(2))
	{
		check_round_digits(PG_GETARG_INT32(2));
		score = numeric_score_round(score, PG_GETARG_INT32(2));
	}

	band = grade_band_numeric(bands, DatumGetNumeric(score));
	if (band < 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(label_of_band(bands, band));
}
