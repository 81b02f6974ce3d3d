/*
 * raking_targets.c
 *	  Targets of raking, read from jsonb: an array of objects, one a margin, of
 *	  category and total, such as [{"f": 26000, "m": 24000}, {"young": 17500,
 *	  "old": 32500}]; for one margin the object alone.
 */
#include "postgres.h"
#include "survey/calibration/raking_targets.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"

/* Targets that differ by less are taken for the same population. */
#define POPULATION_TOLERANCE 1e-9

#define MOST_MARGINS 1000

pg_noreturn static void
refuse_targets(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("targets must give each margin's categories and their totals"),
			 errdetail_internal("%s", detail),
			 errhint("Write an object for each margin, such as [{\"f\": 26000, \"m\": 24000}, {\"young\": 17500, \"old\": 32500}].")));
}

char *
category_name(const raking_targets *targets, int category)
{
	return pnstrdup(name_table_bytes(&targets->names, category),
					targets->names.name[category].length);
}

static double
read_target(const raking_targets *targets, int category, const JsonbValue *value)
{
	double		target;

	if (value->type != jbvNumeric)
		refuse_targets(psprintf(_("The total of \"%s\" in margin %d is no number."),
								category_name(targets, category), targets->margins + 1));
	target = DatumGetFloat8(DirectFunctionCall1(numeric_float8,
												NumericGetDatum(value->val.numeric)));
	if (!(target >= 0) || isinf(target))
		refuse_targets(psprintf(_("The total of \"%s\" in margin %d is %s."),
								category_name(targets, category), targets->margins + 1,
								float8out_internal(target)));
	return target;
}

/* Adds a margin: its categories, in jsonb's own order, which is no one's choice. */
static void
read_margin(raking_targets *targets, JsonbContainer *object)
{
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	int			category = 0;

	if (!JsonContainerIsObject(object) || JsonContainerSize(object) == 0)
		refuse_targets(psprintf(_("Margin %d is no object with categories."), targets->margins + 1));
	targets->target = repalloc_huge(targets->target,
									sizeof(double) * (targets->names.count + JsonContainerSize(object)));
	iterator = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			category = name_table_intern(&targets->names, value.val.string.val,
										 value.val.string.len, targets->margins);
		else if (token == WJB_VALUE)
			targets->target[category] = read_target(targets, category, &value);
	}
	targets->first[++targets->margins] = targets->names.count;
}

/* Sums in the order of jsonb, for messages and a comparison with tolerance. */
static double
margin_sum(const raking_targets *targets, int margin)
{
	double		sum = 0;

	for (int i = targets->first[margin]; i < targets->first[margin + 1]; i++)
		sum += targets->target[i];
	return sum;
}

static void
check_margins_agree(const raking_targets *targets)
{
	double		population = margin_sum(targets, 0);

	for (int m = 1; m < targets->margins; m++)
	{
		double		sum = margin_sum(targets, m);

		if (fabs(sum - population) > POPULATION_TOLERANCE * population)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("margins 1 and %d have different totals", m + 1),
					 errdetail("Their targets sum to %s and %s.",
							   float8out_internal(population), float8out_internal(sum)),
					 errhint("Scale the targets of each margin to the same population.")));
	}
}

/* `single`: the object of one margin. */
raking_targets *
read_raking_targets(const Jsonb *json, bool single, MemoryContext context)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	JsonbContainer *root = unconstify(JsonbContainer *, &json->root);
	raking_targets *targets = palloc0(sizeof(raking_targets));
	int			margins = single ? 1 : JsonContainerSize(root);

	if (!single && (!JsonContainerIsArray(root) || JsonContainerIsScalar(root)))
		refuse_targets(_("The value given is no array."));
	if (margins < 1 || margins > MOST_MARGINS)
		refuse_targets(psprintf(_("The number of margins is %d, not from 1 to %d."),
								margins, MOST_MARGINS));
	name_table_init(&targets->names, context);
	targets->first = palloc0(sizeof(int) * (margins + 1));
	targets->target = palloc(sizeof(double));
	if (single)
		read_margin(targets, root);
	else
		for (int m = 0; m < margins; m++)
		{
			JsonbValue *margin = getIthJsonbValueFromContainer(root, m);

			if (margin->type != jbvBinary)
				refuse_targets(psprintf(_("Margin %d is no object with categories."), m + 1));
			read_margin(targets, margin->val.binary.data);
		}
	check_margins_agree(targets);
	MemoryContextSwitchTo(caller);
	return targets;
}
