/*
 * fitted.c
 *	  Fitted pipelines as arguments, and their application: fitted.h.
 */
#include "postgres.h"
#include "pipeline/fitted.h"

#include "access/detoast.h"
#include "matrix/denominate.h"
#include "miscadmin.h"
#include "utils/datum.h"
#include "utils/memutils.h"

/* ---------- an argument, read once ---------- */

typedef struct fitted_cache
{
	MemoryContext context;
	bool		toasted;
	struct varatt_external pointer;
	struct varlena *compressed; /* as it came, or NULL */
	uint8		fingerprint[FITTED_FINGERPRINT];
	fitted	   *f;				/* NULL: nothing yet */
} fitted_cache;

/* As in framework_argument.c: a toast pointer, or else a fingerprint, tells the value. */
static bool
is_cached(const fitted_cache *cache, struct varlena *value)
{
	if (cache->f == NULL)
		return false;
	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, value);
		return cache->toasted && memcmp(&pointer, &cache->pointer, sizeof(pointer)) == 0;
	}
	if (VARATT_IS_EXTERNAL(value))
		return false;
	if (VARATT_IS_COMPRESSED(value))
		return cache->compressed != NULL && VARSIZE(value) == VARSIZE(cache->compressed) &&
			memcmp(value, cache->compressed, VARSIZE(value)) == 0;
	return memcmp(VARDATA_ANY(value) + offsetof(fitted_pipeline, fingerprint) - VARHDRSZ,
				  cache->fingerprint, FITTED_FINGERPRINT) == 0;
}

fitted *
fitted_cached(struct varlena *value, MemoryContext context, void **place)
{
	fitted_cache *cache = *place;
	const fitted_pipeline *plain;
	MemoryContext old;

	if (likely(cache != NULL && is_cached(cache, value)))
		return cache->f;
	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(context, sizeof(fitted_cache));
		cache->context = AllocSetContextCreate(context, "parindex fitted pipeline",
											   ALLOCSET_DEFAULT_SIZES);
		*place = cache;
	}
	cache->f = NULL;
	MemoryContextReset(cache->context);
	plain = (const fitted_pipeline *) pg_detoast_datum(value);
	cache->toasted = VARATT_IS_EXTERNAL_ONDISK(value);
	if (cache->toasted)
		VARATT_EXTERNAL_GET_POINTER(cache->pointer, value);
	memcpy(cache->fingerprint, plain->fingerprint, FITTED_FINGERPRINT);
	old = MemoryContextSwitchTo(cache->context);
	cache->compressed = VARATT_IS_COMPRESSED(value) ?
		(struct varlena *) DatumGetPointer(datumCopy(PointerGetDatum(value), false, -1)) : NULL;
	cache->f = fitted_read(plain);
	cache->f->context = cache->context;
	MemoryContextSwitchTo(old);
	return cache->f;
}

void
fitted_index(fitted *f)
{
	name_table_init(&f->index, CurrentMemoryContext);
	for (int i = 0; i < f->codes; i++)
		name_table_intern(&f->index, f->code[i], (int) strlen(f->code[i]), 0);
}

int
fitted_find(const fitted *f, const char *code, int length)
{
	return name_table_lookup(&f->index, code, length, 0);
}

void
fitted_check_framework(const fitted *f, const framework *fw)
{
	if (memcmp(f->framework, fw->fingerprint, FRAMEWORK_FINGERPRINT) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the pipeline was fitted for another framework"),
				 errhint("Pass the framework that fit() was given, or fit again.")));
}

/* ---------- application ---------- */

/* What a unit of an unknown part gets. */
static const cell_step *
without_part(const pipeline_step *step)
{
	static const cell_step as_is = {.kind = CELL_AS_IS};
	static const cell_step missing = {.kind = CELL_SET, .as = {.value = NAN}};

	return step->verb == PIPELINE_NORMALISE ? &missing : &as_is;
}

static inline void
apply_cell(const fitted *f, const cell_step *cell, int criterion, const fitted_row *row)
{
	double		x = row->x[criterion];
	cell_problem problem = cell_step_apply(cell, &row->x[criterion], &row->status[criterion]);

	if (unlikely(problem != CELL_FINE))
		cell_step_report(cell, problem, row->unit, f->code[criterion], x);
}

static void
tell_step(void *arg)
{
	errcontext("pipeline step: %s", pipeline_step_text((const pipeline_step *) arg));
}

static void
apply_to_columns(const fitted *f, int number, const fitted_row *row)
{
	const fitted_step *learned = &f->step[number];
	const pipeline_step *step = &f->plan->step[number];
	int			part = learned->parts.by_group || learned->parts.by_period ?
		division_find(&learned->parts, row->group, row->period) : learned->parts.count - 1;
	const cell_step *none = without_part(step);

	for (int i = 0; i < f->codes; i++)
		if (learned->cell[i] != NULL)
			apply_cell(f, part < 0 ? none : &learned->cell[i][part], i, row);
}

static int
need_criterion(const fitted *f, const char *code)
{
	int			i = fitted_find(f, code, (int) strlen(code));

	if (i < 0)
		elog(ERROR, "fitted pipeline lacks criterion \"%s\"", code);
	return i;
}

/* All quotients are of the values before the step. */
static void
apply_denominators(const fitted *f, const pipeline_step *step, const fitted_row *row)
{
	double	   *value = palloc(sizeof(double) * step->denominators);
	cell_status *status = palloc(sizeof(cell_status) * step->denominators);

	for (int i = 0; i < step->denominators; i++)
	{
		const denominator *d = &step->denominator[i];
		int			top = need_criterion(f, d->code);
		int			bottom = need_criterion(f, d->by);

		status[i] = divide_cells(row->x[top], row->status[top], row->x[bottom],
								 row->status[bottom], d->scale, &value[i]);
		if (status[i] == CELL_OBSERVED && !isfinite(value[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("criterion \"%s\" is out of range for type double precision", d->code)));
	}
	for (int i = 0; i < step->denominators; i++)
	{
		int			top = need_criterion(f, step->denominator[i].code);

		row->status[top] = (uint8) status[i];
		row->x[top] = status[i] == CELL_OBSERVED ? value[i] + 0.0 : NAN;
	}
	pfree(value);
	pfree(status);
}

/* Whether enough is there of the criteria that have not been left out before. */
static bool
passes_screen(const fitted *f, int number, const fitted_row *row)
{
	const pipeline_step *step = &f->plan->step[number];
	int			observed = 0;
	int			applicable = 0;
	int			nonzero = 0;

	for (int i = 0; i < f->codes; i++)
	{
		bool		gone = false;

		for (int before = 0; before < number; before++)
			gone |= f->step[before].left != NULL && f->step[before].left[i];
		if (gone)
			continue;
		observed += row->status[i] == CELL_OBSERVED;
		applicable += row->status[i] != CELL_NOT_APPLICABLE;
		nonzero += row->status[i] == CELL_OBSERVED && row->x[i] != 0;
	}
	return !(applicable > 0 && (double) observed / applicable < step->min_share) &&
		!(observed > 0 && (double) nonzero / observed < step->min_nonzero);
}

bool
fitted_apply(const fitted *f, const fitted_row *row)
{
	ErrorContextCallback callback = {error_context_stack, tell_step, NULL};

	error_context_stack = &callback;
	for (int number = 0; number < f->plan->steps; number++)
	{
		const pipeline_step *step = &f->plan->step[number];
		const bool *left = f->step[number].left;

		callback.arg = (void *) step;
		if (step->verb < PIPELINE_COLUMN_VERBS)
			apply_to_columns(f, number, row);
		else if (step->verb == PIPELINE_DENOMINATE)
			apply_denominators(f, step, row);
		else if (step->verb == PIPELINE_SCREEN && step->by_unit && !passes_screen(f, number, row))
		{
			error_context_stack = callback.previous;
			return false;
		}
		for (int i = 0; left != NULL && i < f->codes; i++)
			if (left[i])
			{
				row->status[i] = CELL_MISSING;
				row->x[i] = NAN;
			}
	}
	error_context_stack = callback.previous;
	return true;
}

void
fitted_apply_cell(const fitted *f, int criterion, const fitted_row *row)
{
	ErrorContextCallback callback = {error_context_stack, tell_step, NULL};

	error_context_stack = &callback;
	for (int number = 0; number < f->plan->steps; number++)
	{
		const pipeline_step *step = &f->plan->step[number];
		const fitted_step *learned = &f->step[number];
		int			part;

		callback.arg = (void *) step;
		if (step->verb == PIPELINE_DENOMINATE || (step->verb == PIPELINE_SCREEN && step->by_unit))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("a step looks at several criteria of a unit"),
					 errhint("Use index_score() or index_score_rows() with the values of all criteria.")));
		if (learned->left != NULL && learned->left[criterion])
		{
			row->status[criterion] = CELL_MISSING;
			row->x[criterion] = NAN;
		}
		if (learned->cell == NULL || learned->cell[criterion] == NULL)
			continue;
		part = division_find(&learned->parts, row->group, row->period);
		apply_cell(f, part < 0 ? without_part(step) : &learned->cell[criterion][part], criterion,
				   row);
	}
	error_context_stack = callback.previous;
}
