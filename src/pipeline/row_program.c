/*
 * row_program.c
 *	  Scoring unit by unit: row_program.h.
 */
#include "postgres.h"
#include "pipeline/row_program.h"

#include "framework/evaluate.h"
#include "kernel/exact/exact_quotient.h"

/* ---------- making ---------- */

/* Steps over columns alone, of which each has one part for all. */
static bool
is_chained(const fitted *f)
{
	for (int i = 0; i < f->plan->steps; i++)
		if (f->step[i].left != NULL || f->step[i].parts.by_group || f->step[i].parts.by_period ||
			f->step[i].parts.count != 1)
			return false;
	return true;
}

static void
make_chains(row_program *program)
{
	const fitted *f = program->f;

	program->chain = palloc0(sizeof(row_chain) * Max(f->codes, 1));
	for (int i = 0; i < f->codes; i++)
	{
		row_chain  *chain = &program->chain[i];

		chain->cell = palloc(sizeof(cell_step *) * Max(f->plan->steps, 1));
		for (int step = 0; step < f->plan->steps; step++)
			if (f->step[step].cell[i] != NULL &&
				f->step[step].cell[i]->kind != CELL_AS_IS)
				chain->cell[chain->count++] = f->step[step].cell[i];
		if (chain->count == 1 && chain->cell[0]->kind == CELL_SCALE &&
			chain->cell[0]->as.scale.scale.kind == SCALE_LINEAR)
			chain->linear = &chain->cell[0]->as.scale;
	}
}

static bool
is_plain_node(const tree_node *node)
{
	return node->method == TREE_ARITHMETIC && node->missing == TREE_RENORMALISE &&
		node->rescale == TREE_RESCALE_NONE && node->min_children == 0 && node->min_share == 0 &&
		node->round_digits == TREE_NO_ROUNDING && isnan(node->floor) && node->best == 0 &&
		node->trim == 0 && node->direction > 0 && node->leaf < 0 && isnan(node->veto);
}

/* Aligned for vectors, all zero. */
static void *
palloc_lanes(Size size)
{
	char	   *block = palloc0(size + sizeof(lanes));

	return (void *) TYPEALIGN(sizeof(lanes), (uintptr_t) block);
}

static double *
lane_at(lanes *vectors, int slot)
{
	return (double *) vectors + slot;
}

/* The scales of all leaves, where each has one that is linear. */
static void
make_linear_scales(row_program *program)
{
	const framework *fw = program->fw;
	int			vectors = program->slots / LANES;
	int			leaf = 0;

	program->scales = palloc_lanes(sizeof(linear_scales) * vectors);
	program->leaf_slot = palloc(sizeof(int) * fw->leaves);
	program->leaf_criterion = palloc(sizeof(int) * fw->leaves);
	for (int i = 0; i < vectors; i++)
		program->scales[i].length = lanes_of(1);
	program->linear = true;
	for (int i = 0; i < fw->nodes && program->linear; i++)
	{
		int			criterion = program->criterion[i];
		int			slot = program->slot[i];
		linear_scales *scales = &program->scales[slot / LANES];
		const cell_scale *s;

		if (fw->node[i].children > 0)
			continue;
		program->linear = criterion >= 0 && program->chain[criterion].linear != NULL;
		if (!program->linear)
			break;
		s = program->chain[criterion].linear;
		scales->direction[slot % LANES] = s->direction;
		scales->from[slot % LANES] = s->scale.from;
		scales->length[slot % LANES] = s->scale.length;
		scales->least[slot % LANES] = s->share && s->held ? 0 : -INFINITY;
		scales->most[slot % LANES] = s->share && s->held ? 1 : INFINITY;
		scales->lower[slot % LANES] = s->share ? s->lower : 0;
		scales->upper[slot % LANES] = s->share ? s->upper : 1;
		program->leaf_slot[leaf] = slot;
		program->leaf_criterion[leaf++] = criterion;
	}
}

/* Gives nodes their slots; false where weights are not fit for quick_mean(). */
static bool
make_slots(row_program *program)
{
	const framework *fw = program->fw;
	int			count = LANES;	/* the root stands alone */
	lanes	   *weight;
	bool		fit = true;

	program->slot = palloc0(sizeof(int) * fw->nodes);
	program->first_slot = palloc0(sizeof(int) * fw->nodes);
	program->weights = palloc0(sizeof(quick_weights) * fw->nodes);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		program->first_slot[i] = count;
		program->weights[i].vectors = (node->children + LANES - 1) / LANES;
		for (int c = 0; c < node->children; c++)
			program->slot[node->first_child + c] = count + c;
		count += program->weights[i].vectors * LANES;
	}
	program->slots = count;
	program->score = palloc_lanes(sizeof(double) * count);
	weight = palloc_lanes(sizeof(double) * count);
	for (int i = 0; i < fw->nodes; i++)
		*lane_at(weight, program->slot[i]) = fw->node[i].weight;
	for (int i = 0; i < fw->nodes; i++)
	{
		quick_weights *weights = &program->weights[i];

		weights->weight = weight + program->first_slot[i] / LANES;
		for (int c = 0; c < fw->node[i].children; c++)
			weights->sum += fw->node[fw->node[i].first_child + c].weight;
		weights->reciprocal = 1 / weights->sum;
		fit &= quick_mean_takes((const double *) weights->weight, weights->vectors * LANES);
	}
	return fit;
}

static bool
is_plain(const framework *fw)
{
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		if (node->children > 0 ? !is_plain_node(node) :
			node->round_digits != TREE_NO_ROUNDING || !isnan(node->veto))
			return false;
	}
	return true;
}

row_program *
row_program_new(const fitted *f, const framework *fw)
{
	row_program *program = palloc0(sizeof(row_program));

	fitted_check_framework(f, fw);
	framework_refuse_rescaled(fw, "A row is one unit.",
							  "Use fitted_scores(matrix, framework, fitted).");
	program->f = f;
	program->fw = fw;
	program->criterion = palloc(sizeof(int) * fw->nodes);
	program->result = palloc0(sizeof(tree_result) * fw->nodes);
	program->x = palloc(sizeof(double) * Max(f->codes, 1));
	program->status = palloc(sizeof(uint8) * Max(f->codes, 1));
	for (int i = 0; i < fw->nodes; i++)
	{
		int			length;
		const char *code = framework_code(fw, i, &length);

		program->criterion[i] = fw->node[i].leaf < 0 ? -1 : fitted_find(f, code, length);
	}
	program->plain = make_slots(program) && is_plain(fw);
	program->chained = is_chained(f);
	if (program->chained)
		make_chains(program);
	if (program->chained && program->plain)
		make_linear_scales(program);
	return program;
}

/* ---------- steps ---------- */

/* NaN where the cell is not observed in the end; on a problem the row is taken through all steps, to tell. */
static double
follow_chain(const row_program *program, int criterion, const fitted_row *row)
{
	const row_chain *chain = &program->chain[criterion];
	double		x = row->x[criterion];
	uint8		status = row->status[criterion];

	for (int i = 0; i < chain->count; i++)
		if (unlikely(cell_step_apply(chain->cell[i], &x, &status) != CELL_FINE))
		{
			fitted_apply(program->f, row);
			elog(ERROR, "a step fails for criterion \"%s\"", program->f->code[criterion]);
		}
	return status == CELL_OBSERVED ? x : NAN;
}

/* The leaves of a plain tree. */
static void
make_leaves(const row_program *program, const fitted_row *row)
{
	const framework *fw = program->fw;
	double	   *score = (double *) program->score;

	for (int i = 0; i < fw->nodes; i++)
		if (fw->node[i].children == 0)
			score[program->slot[i]] = program->criterion[i] < 0 ? NAN :
				follow_chain(program, program->criterion[i], row);
}

static void
make_linear_leaves(const row_program *program, const fitted_row *row)
{
	double	   *score = (double *) program->score;
	int			leaves = program->fw->leaves;
	int			vectors = program->slots / LANES;
	lane_mask	beyond = {0};
	bool		fine = true;

	for (int i = 0; i < leaves; i++)
		score[program->leaf_slot[i]] = row->x[program->leaf_criterion[i]];
	for (int i = 1; i < vectors; i++)
	{
		lanes		value = linear_scales_at(&program->scales[i], program->score[i]);

		program->score[i] = value;
		beyond |= lanes_size(value) == lanes_of(INFINITY);
	}
	for (int lane = 0; lane < LANES; lane++)
		fine &= beyond[lane] == 0;
	if (unlikely(!fine))
		make_leaves(program, row);	/* to tell */
}

/* ---------- nodes ---------- */

static double
mean_of_children(const row_program *program, int i)
{
	const quick_weights *weights = &program->weights[i];
	const lanes *score = program->score + program->first_slot[i] / LANES;
	exact_quotient mean;
	double		result;

	if (likely(quick_mean(weights, score, &result)))
		return result;
	exact_quotient_init(&mean);
	for (int c = 0; c < program->fw->node[i].children; c++)
	{
		double		s = ((const double *) score)[c];
		double		w = ((const double *) weights->weight)[c];

		if (!isnan(s))
			exact_quotient_add(&mean, s, w, w);
	}
	return exact_quotient_get(&mean) + 0.0;
}

double
row_program_index(row_program *program, const fitted_row *row)
{
	const framework *fw = program->fw;

	if (!program->plain || !program->chained)
		return row_program_nodes(program, row) ? program->result[0].score : NAN;
	if (program->linear)
		make_linear_leaves(program, row);
	else
		make_leaves(program, row);
	for (int i = fw->nodes - 1; i >= 0; i--)
		if (fw->node[i].children > 0)
			*lane_at(program->score, program->slot[i]) = mean_of_children(program, i);
	return *lane_at(program->score, program->slot[0]);
}

bool
row_program_nodes(row_program *program, const fitted_row *row)
{
	const framework *fw = program->fw;
	evaluation_failure failure;

	if (!fitted_apply(program->f, row))
		return false;
	for (int i = 0; i < fw->nodes; i++)
	{
		int			criterion = program->criterion[i];

		if (fw->node[i].leaf < 0)
			continue;
		if (criterion < 0)
			framework_leaf(fw, i, 0, CELL_MISSING, &program->result[i]);
		else
			framework_leaf(fw, i, row->x[criterion], (cell_status) row->status[criterion],
						   &program->result[i]);
	}
	if (!framework_evaluate(fw, program->result, 0, NULL, 0, &failure))
		framework_report(fw, failure.error, failure.node, failure.child, row->unit);
	return true;
}
