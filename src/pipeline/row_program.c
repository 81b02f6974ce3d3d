/*
 * row_program.c
 *	  Scoring unit by unit: row_program.h.
 */
#include "postgres.h"
#include "pipeline/row_program.h"

#include "kernel/exact/exact_quotient.h"

/* ---------- making ---------- */

/* Steps over columns alone, of which each has one part for all. */
static bool
is_chained(const fitted *f)
{
	for (int i = 0; i < f->plan->steps; i++)
		if (f->step[i].left != NULL || f->step[i].parts.by_group || f->step[i].parts.by_period ||
			f->step[i].parts.count > 1)
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
			if (f->step[step].cell[i] != NULL && f->step[step].parts.count > 0 &&
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
		node->round_digits == TREE_NO_ROUNDING && isnan(node->floor);
}

/* Weights of a size for which pairs of doubles are made. */
static bool
is_plain(const framework *fw)
{
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		if (node->children > 0 ? !is_plain_node(node) : node->round_digits != TREE_NO_ROUNDING)
			return false;
		if (!(node->weight == 0 || (node->weight > 0x1p-100 && node->weight < 0x1p100)))
			return false;
	}
	return true;
}

row_program *
row_program_new(const fitted *f, const framework *fw)
{
	row_program *program = palloc0(sizeof(row_program));

	fitted_check_framework(f, fw);
	program->f = f;
	program->fw = fw;
	program->criterion = palloc(sizeof(int) * fw->nodes);
	program->weight = palloc(sizeof(split_number) * fw->nodes);
	program->score = palloc(sizeof(double) * fw->nodes);
	program->result = palloc0(sizeof(tree_result) * fw->nodes);
	program->x = palloc(sizeof(double) * Max(f->codes, 1));
	program->status = palloc(sizeof(uint8) * Max(f->codes, 1));
	for (int i = 0; i < fw->nodes; i++)
	{
		int			length;
		const char *code = framework_code(fw, i, &length);

		program->criterion[i] = fw->node[i].leaf < 0 ? -1 : fitted_find(f, code, length);
		program->weight[i] = split_number_of(fw->node[i].weight);
	}
	program->plain = is_plain(fw);
	program->chained = is_chained(f);
	if (program->chained)
		make_chains(program);
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

static inline double
linear_value(const cell_scale *s, double x)
{
	double		share = (s->direction * x - s->scale.from) / s->scale.length;

	if (!s->share)
		return share;
	return share_between(s->held ? Min(Max(share, 0), 1) : share, s->lower, s->upper);
}

static inline double
leaf_value(const row_program *program, int criterion, const fitted_row *row)
{
	const cell_scale *linear = program->chain[criterion].linear;
	double		x = row->x[criterion];

	if (linear != NULL)
	{
		x = linear_value(linear, x);	/* NaN where it is */
		if (likely(double_is_finite(x) || row->status[criterion] != CELL_OBSERVED))
			return x + 0.0;
	}
	return follow_chain(program, criterion, row);
}

/* ---------- nodes ---------- */

static double
exact_mean(const row_program *program, const tree_node *node)
{
	exact_quotient mean;

	exact_quotient_init(&mean);
	for (int c = node->first_child; c < node->first_child + node->children; c++)
		if (!isnan(program->score[c]))
			exact_quotient_add(&mean, program->score[c], program->fw->node[c].weight,
							   program->fw->node[c].weight);
	return exact_quotient_get(&mean) + 0.0;
}

static inline double
mean_of_children(const row_program *program, const tree_node *node)
{
	const double *score = program->score + node->first_child;
	const split_number *weight = program->weight + node->first_child;
	quick_quotient quick = {0};
	double		result;

	for (int i = 0; i < node->children; i++)
		if (!isnan(score[i]))
			quick_quotient_add(&quick, score[i], &weight[i]);
	if (quick.terms == 0)
		return NAN;
	return likely(quick_quotient_get(&quick, &result)) ? result : exact_mean(program, node);
}

double
row_program_index(row_program *program, const fitted_row *row)
{
	const framework *fw = program->fw;

	if (!program->plain || !program->chained)
		return row_program_nodes(program, row) ? program->result[0].score : NAN;
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];

		if (node->children > 0)
			program->score[i] = mean_of_children(program, node);
		else
			program->score[i] = program->criterion[i] < 0 ? NAN :
				leaf_value(program, program->criterion[i], row);
	}
	return program->score[0];
}

bool
row_program_nodes(row_program *program, const fitted_row *row)
{
	const framework *fw = program->fw;
	bool		has_data = false;

	if (!fitted_apply(program->f, row))
		return false;
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];
		int			criterion = program->criterion[i];
		tree_result *result = &program->result[i];

		if (node->children > 0)
			continue;
		if (criterion < 0)
			tree_leaf(node, 0, CELL_MISSING, result);
		else
			tree_leaf(node, row->x[criterion], (cell_status) row->status[criterion], result);
		framework_round(node, result);
		has_data |= result->status == CELL_OBSERVED;
	}
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		tree_error	error;
		int			culprit;

		if (fw->node[i].children == 0)
			continue;
		error = tree_combine(fw->node, i, program->result, has_data, &culprit);
		if (unlikely(error != TREE_OK))
			framework_report(fw, error, i, culprit, NULL);
		framework_round(&fw->node[i], &program->result[i]);
	}
	return true;
}
