/*
 * framework_build.c
 *	  Building and checking the type framework: framework_build.h.
 *
 * Nodes arrive in any order, naming their parents. They are sorted by code
 * to find duplicates and parents, then by parent and natural order, and laid
 * out breadth-first from the root; what that walk does not reach hangs on a
 * cycle.
 */
#include "postgres.h"
#include "framework/framework_build.h"

#include <math.h>

#include "base/forms/compare_codes.h"
#include "base/decimal_round.h"
#include "common/cryptohash.h"
#include "common/sha2.h"
#include "framework/framework_wire.h"
#include "framework/leaf_transform.h"
#include "kernel/exact/power_mean.h"
#include "miscadmin.h"
#include "rules/scoring_rule.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define ROOT (-1)
#define UNPLACED (-1)

/* A node under construction. */
typedef struct entry
{
	const framework_spec *spec;
	int			code_length;
	char	   *rule;			/* canonical text, or NULL */
	char	   *transform;		/* the same */
	int			parent;			/* entry of the parent, or ROOT */
	int			first_child;	/* in the array of entries by parent */
	int			children;
	int			position;		/* breadth-first, or UNPLACED */
} entry;

typedef struct builder
{
	entry	   *entries;		/* in bytewise order of their codes */
	int			count;
	int		   *siblings;		/* entries by parent (the root first), then code */
	int		   *order;			/* entries breadth-first */
} builder;

void
framework_spec_defaults(framework_spec *spec)
{
	memset(spec, 0, sizeof(*spec));
	spec->node.method = TREE_ARITHMETIC;
	spec->node.missing = TREE_RENORMALISE;
	spec->node.rescale = TREE_RESCALE_NONE;
	spec->node.direction = 1;
	spec->node.round_digits = TREE_NO_ROUNDING;
	spec->node.weight = 1;
	spec->node.floor = get_float8_nan();
	spec->node.veto = get_float8_nan();
	spec->node.leaf = -1;
}

/* ---------- checks of one node ---------- */

pg_noreturn static void
refuse_setting(const framework_spec *spec, const char *setting,
			   const char *value, const char *rule)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s %s of criterion \"%s\" is not valid", setting, value, spec->code),
			 errdetail("%s", rule)));
}

static char *
integer_text(int value)
{
	return psprintf("%d", value);
}

static char *
numeric_text(Numeric value)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));
}

static bool
numeric_is_negative(Numeric value)
{
	Datum		sign = DirectFunctionCall1(numeric_sign, NumericGetDatum(value));

	return DatumGetInt32(DirectFunctionCall1(numeric_int4, sign)) < 0;
}

/* What any node may say. */
static void
check_node(const framework_spec *spec)
{
	const tree_node *node = &spec->node;

	if (isnan(node->weight) || isinf(node->weight))
		refuse_setting(spec, "weight", float8out_internal(node->weight),
					   "A weight must be a finite number, not below zero.");
	if (node->direction != 1 && node->direction != -1)
		refuse_setting(spec, "direction", integer_text(node->direction),
					   "A direction is 1 (more is better) or -1 (less is better).");
	if (node->round_digits != TREE_NO_ROUNDING &&
		(node->round_digits < MIN_ROUND_DIGITS || node->round_digits > MAX_ROUND_DIGITS))
		refuse_setting(spec, "number of digits", integer_text(node->round_digits),
					   "Scores are rounded to -15 to 15 decimal places.");
	if (spec->max_points != NULL &&
		(numeric_is_nan(spec->max_points) || numeric_is_inf(spec->max_points) ||
		 numeric_is_negative(spec->max_points)))
		refuse_setting(spec, "maximum", numeric_text(spec->max_points),
					   "Maximum points must be a finite number, not below zero.");
	if (node->method > TREE_LAST_METHOD || node->missing > TREE_ERROR ||
		node->rescale > TREE_LAST_RESCALE)
		refuse_setting(spec, "method, missing rule or rescaling", "",
					   "It is none of those known.");
	if (!(node->min_share >= 0 && node->min_share <= 1))
		refuse_setting(spec, "smallest share", float8out_internal(node->min_share),
					   "The share of children that must be scored lies between 0 and 1.");
	if (node->min_children < 0)
		refuse_setting(spec, "smallest number of children", integer_text(node->min_children),
					   "The number of children that must be scored is not below zero.");
	if (isinf(node->floor))
		refuse_setting(spec, "floor", float8out_internal(node->floor),
					   "A floor must be finite.");
	if (isinf(node->veto) || !isfinite(node->veto_cap))
		refuse_setting(spec, "veto", psprintf("%s cap %s", float8out_internal(node->veto),
											  float8out_internal(node->veto_cap)),
					   "Its numbers must be finite.");
	if (isnan(node->power) || isinf(node->power))
		refuse_setting(spec, "power", float8out_internal(node->power),
					   "A power must be finite; for the limits take the methods min and max.");
}

static void
name_transform(void *code)
{
	errcontext("transform of criterion \"%s\"", (const char *) code);
}

static void
name_criterion(void *code)
{
	errcontext("scoring rule of criterion \"%s\"", (const char *) code);
}

/* The rule's canonical text, once it is known to be one. */
static char *
check_rule(const framework_spec *spec)
{
	ErrorContextCallback context = {error_context_stack, name_criterion,
	(void *) spec->code};
	char	   *canonical;

	if (spec->rule == NULL || spec->rule[0] == '\0')
		return NULL;
	error_context_stack = &context;
	canonical = scoring_rule_text(scoring_rule_parse(spec->rule));
	error_context_stack = context.previous;
	return canonical;
}

/* The canonical text of a transform, once it is known to be one. */
static char *
check_transform(const framework_spec *spec)
{
	ErrorContextCallback context = {error_context_stack, name_transform,
	(void *) spec->code};
	char	   *canonical;

	if (spec->transform == NULL || spec->transform[0] == '\0')
		return NULL;
	error_context_stack = &context;
	canonical = transform_text(transform_of_text(spec->transform));
	error_context_stack = context.previous;
	return canonical;
}

/* The two numbers of a rescaling. */
static void
check_rescaling(const framework_spec *spec)
{
	const tree_node *node = &spec->node;
	tree_rescale rescale = (tree_rescale) node->rescale;
	char	   *value = psprintf("%s, %s", float8out_internal(node->rescale_low),
								 float8out_internal(node->rescale_high));

	if (!isfinite(node->rescale_low) || !isfinite(node->rescale_high))
		refuse_setting(spec, "rescaling", value, "Its numbers must be finite.");
	if (rescale == TREE_RESCALE_MINMAX && !(node->rescale_low < node->rescale_high))
		refuse_setting(spec, "rescaling", value, "Its upper bound must be above the lower.");
	if ((rescale == TREE_RESCALE_ZSCORE || rescale == TREE_RESCALE_POPULATION_ZSCORE) &&
		!(node->rescale_high > 0))
		refuse_setting(spec, "rescaling", value, "Its standard deviation must be above 0.");
	if (rescale == TREE_RESCALE_MAXIMUM && !(node->rescale_high > 0))
		refuse_setting(spec, "rescaling", value, "What the greatest score becomes must be above 0.");
}

/* Ordered weights: with method owa, and like other weights. */
static void
check_order(const framework_spec *spec)
{
	bool		weighted = false;

	if ((spec->node.method == TREE_OWA) != (spec->node.orders > 0))
		refuse_setting(spec, spec->node.orders > 0 ? "order" : "method",
					   spec->node.orders > 0 ? "of weights" : "owa",
					   "Method owa, and it alone, has weights by place, as in order (4, 3, 2, 1).");
	for (int i = 0; i < spec->node.orders; i++)
	{
		if (!(spec->order[i] >= 0) || isinf(spec->order[i]))
			refuse_setting(spec, "weight by place", float8out_internal(spec->order[i]),
						   "A weight must be a finite number, not below zero.");
		weighted |= spec->order[i] > 0;
	}
	if (spec->node.orders > 0 && !weighted)
		refuse_setting(spec, "order", "of weights", "One of them must be above zero.");
}

/* What an inner node may say. */
static void
check_inner(const framework_spec *spec)
{
	const tree_node *node = &spec->node;

	bool		on_scale = node->direction < 0 || node->method == TREE_TURNED_GEOMETRIC;

	if (on_scale && node->method != TREE_POWER && !(node->power > 0))
		refuse_setting(spec, node->direction < 0 ? "direction" : "method",
					   node->direction < 0 ? "-1" : "turned_geometric",
					   "To turn its score it needs a scale from 0, such as scale 100.");
	if (node->direction < 0 && node->method == TREE_POWER)
		refuse_setting(spec, "direction", "-1", "A power mean has no scale to be turned on.");
	if (node->zeros && node->method != TREE_GEOMETRIC && node->method != TREE_HARMONIC)
		refuse_setting(spec, "zeros", "zero", "Only geometric and harmonic means would fail with a zero.");
	if (node->best > 0 && node->trim > 0)
		refuse_setting(spec, "best", integer_text(node->best), "Say either best or trim.");
	if (node->leaf >= 0 && node->direction < 0)
		refuse_setting(spec, "direction", "-1", "Values of its own are not turned.");
	check_rescaling(spec);
	check_order(spec);
	if (spec->transform != NULL)
		refuse_setting(spec, "transform", spec->transform,
					   "It has criteria below it, which make its score.");
	if (spec->rule != NULL)
		refuse_setting(spec, "scoring rule", spec->rule,
					   "It has criteria below it, which make its score.");
	if (node->method == TREE_POWER && fabs(node->power) < POWER_MEAN_SMALLEST)
		refuse_setting(spec, "power", float8out_internal(node->power),
					   "Method power needs a power of at least 1e-9, or at most -1e-9; the limit at zero is method geometric.");
	if (node->method != TREE_POWER && node->power != 0 && !on_scale)
		refuse_setting(spec, "power or scale", float8out_internal(node->power),
					   "Only method power has a power, and only what is turned a scale.");
}

/* ---------- finding parents and children ---------- */

static int
compare_entries(const void *a, const void *b)
{
	return strcmp(((const entry *) a)->spec->code, ((const entry *) b)->spec->code);
}

static int
find_entry(const builder *builder, const char *code)
{
	int			low = 0;
	int			high = builder->count - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(code, builder->entries[middle].spec->code);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

static void
enter_nodes(builder *builder, const framework_spec *specs)
{
	for (int i = 0; i < builder->count; i++)
	{
		entry	   *entry = &builder->entries[i];

		CHECK_FOR_INTERRUPTS();
		if (specs[i].code == NULL || specs[i].code[0] == '\0')
			ereport(ERROR,
					(errcode(specs[i].code == NULL ? ERRCODE_NULL_VALUE_NOT_ALLOWED :
							 ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("code of a criterion is %s", specs[i].code == NULL ? "NULL" : "empty"),
					 errdetail("It stands under parent \"%s\".",
							   specs[i].parent == NULL ? "" : specs[i].parent)));
		check_node(&specs[i]);
		entry->spec = &specs[i];
		entry->code_length = (int) strlen(specs[i].code);
		entry->rule = check_rule(&specs[i]);
		entry->transform = check_transform(&specs[i]);
		entry->position = UNPLACED;
	}
	qsort(builder->entries, builder->count, sizeof(entry), compare_entries);
	for (int i = 1; i < builder->count; i++)
		if (compare_entries(&builder->entries[i - 1], &builder->entries[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("criterion \"%s\" is there twice", builder->entries[i].spec->code),
					 errdetail("Codes are unique in a framework, also under different parents."),
					 errhint("Put the parent's code in front, as in D1.a and D2.a.")));
}

static void
find_parents(builder *builder)
{
	const char *root = NULL;

	for (int i = 0; i < builder->count; i++)
	{
		entry	   *entry = &builder->entries[i];
		const framework_spec *spec = entry->spec;

		if (spec->parent == NULL)
		{
			if (root != NULL)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("framework has several roots, \"%s\" and \"%s\"", root, spec->code),
						 errdetail("Exactly one criterion, the index itself, has no parent.")));
			root = spec->code;
			entry->parent = ROOT;
			continue;
		}
		entry->parent = find_entry(builder, spec->parent);
		if (entry->parent < 0)
			ereport(ERROR,
					(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
					 errmsg("parent \"%s\" of criterion \"%s\" does not exist",
							spec->parent, spec->code),
					 errhint("Give the parent a row of its own; the root's parent is NULL.")));
	}
	if (root == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("framework has no root"),
				 errdetail("Exactly one criterion, the index itself, has no parent (NULL).")));
}

static int
compare_siblings(const void *a, const void *b, void *argument)
{
	const builder *tree = argument;
	const entry *x = &tree->entries[*(const int *) a];
	const entry *y = &tree->entries[*(const int *) b];

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	return compare_codes(x->spec->code, x->code_length, y->spec->code, y->code_length);
}

static void
find_children(builder *builder)
{
	for (int i = 0; i < builder->count; i++)
		builder->siblings[i] = i;
	qsort_arg(builder->siblings, builder->count, sizeof(int), compare_siblings, builder);
	for (int i = 1; i < builder->count; i++)
	{
		entry	   *parent = &builder->entries[builder->entries[builder->siblings[i]].parent];

		if (parent->children++ == 0)
			parent->first_child = i;
	}
}

/* Name the cycle that an unreached node leads to. */
pg_noreturn static void
report_cycle(const builder *builder)
{
	StringInfoData path;
	int			at = 0;
	int			start;

	while (builder->entries[at].position != UNPLACED)
		at++;
	for (int i = 0; i < builder->count; i++)
		at = builder->entries[at].parent;
	start = at;
	initStringInfo(&path);
	do
	{
		appendStringInfo(&path, "\"%s\" under ", builder->entries[at].spec->code);
		at = builder->entries[at].parent;
	} while (at != start && path.len < 1000);
	appendStringInfo(&path, "\"%s\"", builder->entries[at].spec->code);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("criterion \"%s\" is its own ancestor", builder->entries[start].spec->code),
			 errdetail("The cycle is %s.", path.data)));
}

/* A parent's children must have some weight among them. */
static void
check_sibling_weights(const builder *builder, const entry *parent)
{
	bool		weighted = false;

	for (int i = 0; i < parent->children; i++)
	{
		const framework_spec *child = builder->entries[builder->siblings[parent->first_child + i]].spec;

		if (child->node.weight < 0 && parent->spec->node.method != TREE_PRODUCT)
			refuse_setting(child, "weight", float8out_internal(child->node.weight),
						   "A weight must be a finite number, not below zero; only the exponents of a product may be.");
		weighted |= child->node.weight != 0;
	}
	if (parent->children > FRAMEWORK_MAX_SORTED &&
		(parent->spec->node.best > 0 || parent->spec->node.trim > 0 ||
		 parent->spec->node.method == TREE_OWA))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("criterion \"%s\" has too many criteria below it to order them",
						parent->spec->code),
				 errdetail("Where the best of them count, or weigh more, they are at most %d.",
						   FRAMEWORK_MAX_SORTED)));
	/* An only child may be taken out: its parent then is not applicable. */
	if (weighted || (parent->children == 1 && parent->parent != ROOT))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weights of all criteria under \"%s\" are zero", parent->spec->code),
			 errhint("Give at least one of them a weight above zero.")));
}

/* ---------- layout ---------- */

/* Order the entries breadth-first, children in their natural order. */
static void
order_nodes(builder *builder)
{
	int			placed = 0;

	builder->order[placed] = builder->siblings[0];
	builder->entries[builder->siblings[0]].position = placed++;
	for (int i = 0; i < placed; i++)
	{
		entry	   *parent = &builder->entries[builder->order[i]];

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < parent->children; k++)
		{
			int			child = builder->siblings[parent->first_child + k];

			builder->order[placed] = child;
			builder->entries[child].position = placed++;
		}
		if (parent->children > 0)
		{
			check_inner(parent->spec);
			check_sibling_weights(builder, parent);
		}
	}
	if (placed < builder->count)
		report_cycle(builder);
}

/* The node as it is kept: a leaf says nothing of how children combine. */
static tree_node
make_node(const builder *builder, const entry *entry, const framework *fw)
{
	framework_spec kept;
	tree_node	node = entry->spec->node;

	if (entry->children == 0)
	{
		framework_spec_defaults(&kept);
		kept.node.direction = node.direction;
		kept.node.round_digits = node.round_digits;
		kept.node.half_even = node.half_even;
		kept.node.weight = node.weight;
		kept.node.veto = node.veto;
		kept.node.veto_cap = node.veto_cap;
		node = kept.node;
	}
	if (node.half_even && node.round_digits == TREE_NO_ROUNDING)
		node.half_even = false;
	if (node.rescale == TREE_RESCALE_MINMAX && node.rescale_low == 0 && node.rescale_high == 100)
		node.rescale = TREE_RESCALE_MINMAX_100;
	if (node.rescale == TREE_RESCALE_NONE || node.rescale == TREE_RESCALE_MINMAX_100)
		tree_set_rescale(&node, (tree_rescale) node.rescale);
	if (node.rescale == TREE_RESCALE_MAXIMUM)
		node.rescale_low = 0;
	node.rescale_low += 0.0;
	node.veto_cap = isnan(node.veto) ? 0 : node.veto_cap + 0.0;
	node.veto = isnan(node.veto) ? get_float8_nan() : node.veto + 0.0;
	node.rescale_high += 0.0;
	node.weight += 0.0;			/* -0 becomes 0: one form for equal values */
	node.min_share += 0.0;
	node.floor = isnan(node.floor) ? get_float8_nan() : node.floor + 0.0;
	node.children = entry->children;
	node.first_child = entry->children == 0 ? 0 :
		builder->entries[builder->siblings[entry->first_child]].position;
	node.parent = entry->parent == ROOT ? -1 : builder->entries[entry->parent].position;
	node.depth = entry->parent == ROOT ? 0 : fw->node[node.parent].depth + 1;
	node.order = 0;
	if (node.depth > FRAMEWORK_MAX_DEPTH)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("criterion \"%s\" stands too deep", entry->spec->code),
				 errdetail("A framework has at most %d levels below its root.",
						   FRAMEWORK_MAX_DEPTH)));
	return node;
}

/* Copy bytes behind what has been used, and say where they went. */
static int32
append_bytes(framework *fw, Size *used, const void *bytes, Size length)
{
	int32		at = (int32) *used;

	memcpy((char *) fw + at, bytes, length);
	*used += length;
	return at;
}

static framework *
lay_out(const builder *builder)
{
	Size		fixed = offsetof(framework, node) +
		(sizeof(tree_node) + sizeof(framework_label)) * builder->count;
	Size		size = fixed;
	Size		used = fixed;
	framework  *fw;
	framework_label *label;
	bool		takes_values = false;

	for (int i = 0; i < builder->count; i++)
	{
		const entry *entry = &builder->entries[i];

		if (entry->spec->max_points != NULL)
			size += MAXALIGN(VARSIZE(entry->spec->max_points));
		size += sizeof(double) * entry->spec->node.orders + entry->code_length +
			(entry->rule == NULL ? 0 : strlen(entry->rule)) +
			(entry->transform == NULL ? 0 : strlen(entry->transform));
		if (!AllocSizeIsValid(size))
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("framework is too large"),
					 errdetail("Its codes and rules exceed 1 GB.")));
	}
	fw = palloc0(size);
	SET_VARSIZE(fw, size);
	fw->version = FRAMEWORK_VERSION;
	fw->nodes = builder->count;
	label = (framework_label *) (fw->node + fw->nodes);
	for (int i = 0; i < fw->nodes; i++)
	{
		const entry *entry = &builder->entries[builder->order[i]];

		fw->node[i] = make_node(builder, entry, fw);
		takes_values |= fw->node[i].children > 0 && fw->node[i].leaf >= 0;
		if (fw->node[i].children == 0)
			fw->node[i].leaf = fw->leaves++;
	}
	for (int i = 0; takes_values && i < fw->nodes; i++)
		if (fw->node[i].children > 0 && fw->node[i].leaf >= 0)
			fw->node[i].leaf = fw->leaves++;

	/* Ordered weights are aligned as the labels before them are. */
	for (int i = 0; i < fw->nodes; i++)
	{
		const entry *entry = &builder->entries[builder->order[i]];

		if (fw->node[i].orders > 0)
			fw->node[i].order = append_bytes(fw, &used, entry->spec->order,
											 sizeof(double) * fw->node[i].orders) -
				(int32) offsetof(framework, node);
	}

	/* Numerics first: they are aligned, as what stands before them is. */
	for (int i = 0; i < fw->nodes; i++)
	{
		Numeric		max_points = builder->entries[builder->order[i]].spec->max_points;

		if (max_points == NULL)
			continue;
		label[i].max_points_length = (int32) VARSIZE(max_points);
		label[i].max_points = append_bytes(fw, &used, max_points, VARSIZE(max_points));
		used = MAXALIGN(used);
	}
	for (int i = 0; i < fw->nodes; i++)
	{
		const entry *entry = &builder->entries[builder->order[i]];

		label[i].code_length = entry->code_length;
		label[i].code = append_bytes(fw, &used, entry->spec->code, entry->code_length);
		if (entry->rule == NULL)
			continue;
		label[i].rule_length = (int32) strlen(entry->rule);
		label[i].rule = append_bytes(fw, &used, entry->rule, strlen(entry->rule));
	}
	for (int i = 0; i < fw->nodes; i++)
	{
		const entry *entry = &builder->entries[builder->order[i]];

		if (entry->transform == NULL)
			continue;
		label[i].transform_length = (int32) strlen(entry->transform);
		label[i].transform = append_bytes(fw, &used, entry->transform, strlen(entry->transform));
	}
	SET_VARSIZE(fw, used);
	return fw;
}

/* The leading bytes of SHA-256 over the wire form, the same on every machine. */
static void
set_fingerprint(framework *fw)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);
	uint8		digest[PG_SHA256_DIGEST_LENGTH];
	StringInfoData wire;

	initStringInfo(&wire);
	framework_write(&wire, fw, false);
	if (context == NULL ||
		pg_cryptohash_init(context) < 0 ||
		pg_cryptohash_update(context, (uint8 *) wire.data, wire.len) < 0 ||
		pg_cryptohash_final(context, digest, sizeof(digest)) < 0)
		elog(ERROR, "could not compute the fingerprint of a framework: %s",
			 pg_cryptohash_error(context));
	pg_cryptohash_free(context);
	memcpy(fw->fingerprint, digest, FRAMEWORK_FINGERPRINT);
	pfree(wire.data);
}

framework *
framework_build(const framework_spec *specs, int count)
{
	builder		builder = {0};
	framework  *fw;

	if (count < 1 || count > FRAMEWORK_MAX_NODES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("framework of %d criteria", count),
				 errdetail("A framework has 1 to %d nodes.", FRAMEWORK_MAX_NODES)));
	builder.count = count;
	builder.entries = palloc0(sizeof(entry) * count);
	builder.siblings = palloc(sizeof(int) * count);
	builder.order = palloc(sizeof(int) * count);
	enter_nodes(&builder, specs);
	find_parents(&builder);
	find_children(&builder);
	order_nodes(&builder);
	fw = lay_out(&builder);
	set_fingerprint(fw);
	pfree(builder.order);
	pfree(builder.siblings);
	pfree(builder.entries);
	return fw;
}

/* ---------- back to what it was made of ---------- */

framework_spec *
framework_specs(const framework *fw)
{
	framework_spec *specs = palloc0(sizeof(framework_spec) * fw->nodes);

	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		specs[i].node = *node;
		specs[i].code = framework_code_cstring(fw, i);
		specs[i].parent = node->parent < 0 ? NULL : specs[node->parent].code;
		specs[i].rule = framework_rule(fw, i);
		specs[i].transform = framework_transform(fw, i);
		specs[i].order = tree_order(fw->node, i);
		specs[i].max_points = framework_max_points(fw, i);
	}
	return specs;
}
