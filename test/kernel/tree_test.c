/*
 * tree_test.c
 *	  tree.h against GMP rationals and MPFR: the score, weight and coverage of a
 *	  node from children of every kind, written down again from the rules; the
 *	  same bits whatever the order of siblings; errors and who causes them.
 *
 * Usage: tree_test [seed [iterations]]
 */
#include "kernel/tree/tree.h"

#include <gmp.h>

#include "kernel_test.h"

#define MOST_CHILDREN 70
#define FEW_CHILDREN 12
#define PRECISION 400

/* A node with its children, results[0] being the node's. */
typedef struct family
{
	tree_node	node[1 + MOST_CHILDREN];
	tree_result result[1 + MOST_CHILDREN];
} family;

static void
check_family(bool ok, const char *what, const family *f, double got, double expected)
{
	checks++;
	if (ok)
		return;
	failures++;
	printf("FAILED %s: got %.17g, expected %.17g; method %d, missing %d\n",
		   what, got, expected, f->node[0].method, f->node[0].missing);
	for (int i = 1; i <= f->node[0].children; i++)
		printf("  child %d: declared %.17g, weight %.17g, score %.17g, status %d, left %d\n",
			   i, f->node[i].weight, f->result[i].weight, f->result[i].score,
			   f->result[i].status, f->result[i].left);
}

static bool
same(double a, double b)
{
	return double_bits(a) == double_bits(b) || (isnan(a) && isnan(b));
}

/* ---------- random families ---------- */

static double
random_number(int kind)
{
	switch (kind)
	{
		case 0:
			return random_below(10001) / 100.0;
		case 1:
			return random_unit() * 100;
		case 2:
			return random_below(4);
		default:
			return ldexp(random_unit() + 0.5, random_below(1900) - 950);
	}
}

static void
make_family(family *f, int kind, bool positive)
{
	tree_node  *node = &f->node[0];
	int			most = random_below(16) == 0 ? MOST_CHILDREN : FEW_CHILDREN;
	int			weighted = 1 + random_below(most);	/* a child with a weight */

	memset(f, 0, sizeof(*f));
	node->parent = -1;
	node->leaf = -1;
	node->first_child = 1;
	node->children = weighted + random_below(most - weighted + 1);
	node->weight = random_number(kind);
	node->floor = random_below(5) == 0 ? random_unit() * 50 : NAN;
	node->missing = (uint8_t) random_below(4);
	node->round_digits = TREE_NO_ROUNDING;
	if (random_below(4) == 0)
		node->min_children = random_below(4);
	if (random_below(4) == 0)
		node->min_share = random_below(5) * 0.25;
	for (int i = 1; i <= node->children; i++)
	{
		tree_node  *child = &f->node[i];
		tree_result *result = &f->result[i];
		double		value = random_number(kind);
		int			status = random_below(8);

		if (!positive && random_below(3) == 0)
			value = -value;
		child->leaf = i - 1;
		child->weight = random_number(kind) + (i == weighted);
		child->floor = NAN;
		child->veto = NAN;
		tree_leaf(child, value,
				  status < 5 ? CELL_OBSERVED : status < 7 ? CELL_MISSING : CELL_NOT_APPLICABLE,
				  result);

		/* Some stand for inner nodes: less weight, covered in part, zeros, excused. */
		if (result->status == CELL_OBSERVED && random_below(4) == 0)
		{
			result->weight *= random_unit();
			result->coverage = random_unit();
		}
		if (result->status == CELL_OBSERVED && random_below(10) == 0)
		{
			result->score = 0;
			result->coverage = 0;
			result->leaves_observed = 0;
			if (positive)
				result->score = value;
		}
		if (result->status == CELL_MISSING && random_below(5) == 0)
		{
			result->left = true;
			result->weight = 0;
		}
	}
}

/* ---------- the rules again, in rationals ---------- */

typedef struct expected
{
	double		weight;
	double		coverage;
	bool		left;
	cell_status status;
	int			scored;
	int			expected;
	bool		has_score;		/* unless all weights are zero */
	double		score[MOST_CHILDREN];	/* of the children that count ... */
	double		score_weight[MOST_CHILDREN];	/* ... and their weights */
	int			count;
	double		kept[MOST_CHILDREN];	/* weights that have not left */
	int			keep;
} expected;

static double
round_rational(const mpq_t numerator, const mpq_t denominator)
{
	mpq_t		quotient;
	mpfr_t		rounded;
	double		result;
	int			inexact;

	mpq_init(quotient);
	mpfr_init2(rounded, 53);
	mpq_div(quotient, numerator, denominator);
	inexact = mpfr_set_q(rounded, quotient, MPFR_RNDN);
	inexact = mpfr_check_range(rounded, inexact, MPFR_RNDN);
	mpfr_subnormalize(rounded, inexact, MPFR_RNDN);
	result = mpfr_get_d(rounded, MPFR_RNDN);
	mpfr_clear(rounded);
	mpq_clear(quotient);
	return result;
}

/* sum += a * b */
static void
add_product(mpq_t sum, double a, double b)
{
	mpq_t		x;
	mpq_t		y;

	mpq_init(x);
	mpq_init(y);
	mpq_set_d(x, a);
	mpq_set_d(y, b);
	mpq_mul(x, x, y);
	mpq_add(sum, sum, x);
	mpq_clear(x);
	mpq_clear(y);
}

static void
apply_rules(const family *f, bool has_data, expected *e)
{
	const tree_node *node = &f->node[0];
	mpq_t		stays;
	mpq_t		declared;
	mpq_t		covered;
	mpq_t		applicable;
	int			missing = 0;
	int			staying = 0;

	memset(e, 0, sizeof(*e));
	mpq_inits(stays, declared, covered, applicable, NULL);
	for (int i = 1; i <= node->children; i++)
	{
		const tree_result *child = &f->result[i];
		bool		excused = child->left ||
			(child->status == CELL_MISSING && node->missing == TREE_EXCUSE);

		if (f->node[i].weight == 0)
			continue;			/* not there */
		add_product(declared, f->node[i].weight, 1);
		if (child->status == CELL_NOT_APPLICABLE)
			continue;
		e->expected++;
		add_product(applicable, f->node[i].weight, 1);
		add_product(covered, f->node[i].weight, child->coverage);
		if (!excused)
		{
			staying++;
			add_product(stays, node->weight, child->weight);
		}
		if (child->left)
			continue;
		e->kept[e->keep++] = child->weight;
		missing += child->status == CELL_MISSING;
		e->scored += child->status == CELL_OBSERVED && child->leaves_observed > 0;
		if (child->status == CELL_OBSERVED || (node->missing == TREE_ZERO && has_data))
		{
			double		score = child->status == CELL_OBSERVED ? child->score : 0;

			e->score[e->count] = score < node->floor ? node->floor : score;
			e->score_weight[e->count++] = child->weight;
		}
	}
	e->left = staying == 0;
	e->weight = e->expected == 0 || mpq_sgn(declared) == 0 ? 0 : round_rational(stays, declared);
	if (e->expected == 0)
		e->coverage = NAN;
	else
		e->coverage = round_rational(covered, applicable);
	e->has_score = e->count > 0 && e->scored >= node->min_children &&
		(double) e->scored / e->expected >= node->min_share &&
		!(missing > 0 && node->missing == TREE_PROPAGATE);
	e->status = e->expected == 0 ? CELL_NOT_APPLICABLE :
		e->has_score ? CELL_OBSERVED : CELL_MISSING;
	mpq_clears(stays, declared, covered, applicable, NULL);
}

/*
 * sum(w*s) / sum(w), or sum(w*s), which where missing children share out their
 * weight is sum(w*s) / sum(w) * sum(all w); NAN where no weight is left.
 */
static double
exact_mean(const expected *e, bool divide, bool share_out)
{
	mpq_t		sum;
	mpq_t		weight;
	mpq_t		all;
	double		result = NAN;

	mpq_inits(sum, weight, all, NULL);
	for (int i = 0; i < e->count; i++)
	{
		add_product(sum, e->score[i], e->score_weight[i]);
		add_product(weight, e->score_weight[i], 1);
	}
	if (mpq_sgn(weight) > 0)
	{
		for (int i = 0; i < e->keep; i++)
			add_product(all, e->kept[i], 1);
		if (!divide && share_out)
			mpq_mul(sum, sum, all);
		else if (!divide)
			mpq_set_ui(weight, 1, 1);
		result = round_rational(sum, weight);
	}
	mpq_clears(sum, weight, all, NULL);
	return result;
}

/* The power mean of positive scores (0: geometric) in many digits. */
static double
long_power_mean(const expected *e, double power)
{
	mpfr_t		sum;
	mpfr_t		weight;
	mpfr_t		x;
	mpfr_t		p;
	double		result = NAN;

	mpfr_inits2(PRECISION, sum, weight, x, p, NULL);
	mpfr_set_zero(sum, 1);
	mpfr_set_zero(weight, 1);
	mpfr_set_d(p, power, MPFR_RNDN);
	for (int i = 0; i < e->count; i++)
	{
		mpfr_set_d(x, e->score[i], MPFR_RNDN);
		if (power == 0)
			mpfr_log(x, x, MPFR_RNDN);
		else
			mpfr_pow(x, x, p, MPFR_RNDN);
		mpfr_mul_d(x, x, e->score_weight[i], MPFR_RNDN);
		mpfr_add(sum, sum, x, MPFR_RNDN);
		mpfr_add_d(weight, weight, e->score_weight[i], MPFR_RNDN);
	}
	if (!mpfr_zero_p(weight))
	{
		mpfr_div(sum, sum, weight, MPFR_RNDN);
		if (power == 0)
			mpfr_exp(sum, sum, MPFR_RNDN);
		else
		{
			mpfr_ui_div(p, 1, p, MPFR_RNDN);
			mpfr_pow(sum, sum, p, MPFR_RNDN);
		}
		result = mpfr_get_d(sum, MPFR_RNDN);
	}
	mpfr_clears(sum, weight, x, p, NULL);
	return result;
}

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static double
sorted_median(const expected *e)
{
	double		score[MOST_CHILDREN];
	int			n = e->count;

	memcpy(score, e->score, sizeof(score));
	qsort(score, n, sizeof(double), compare_doubles);
	return n % 2 == 1 ? score[n / 2] : score[n / 2 - 1] == score[n / 2] ? score[n / 2] :
		(score[n / 2 - 1] + score[n / 2]) / 2;
}

static double
expected_score(const expected *e, const tree_node *node)
{
	double		extreme = e->score[0];

	switch ((tree_method) node->method)
	{
		case TREE_ARITHMETIC:
			return exact_mean(e, true, false);
		case TREE_SUM:
			return exact_mean(e, false, node->missing == TREE_RENORMALISE);
		case TREE_GEOMETRIC:
			return long_power_mean(e, 0);
		case TREE_HARMONIC:
			return long_power_mean(e, -1);
		case TREE_POWER:
			return long_power_mean(e, node->power);
		case TREE_MEDIAN:
			return sorted_median(e);
		case TREE_PRODUCT:
		case TREE_TURNED_GEOMETRIC:
		case TREE_OWA:
		case TREE_PENALISED_MEAN:
		case TREE_PENALISED_MEAN_PLUS:
			break;				/* tests of their own */
		case TREE_MIN:
		case TREE_MAX:
			for (int i = 1; i < e->count; i++)
				extreme = node->method == TREE_MIN ? fmin(extreme, e->score[i]) :
					fmax(extreme, e->score[i]);
			return extreme;
	}
	return NAN;
}

/* ---------- tests ---------- */

static void
shuffle(family *f)
{
	for (int i = f->node[0].children; i > 1; i--)
	{
		int			k = 1 + random_below(i);
		tree_node	node = f->node[i];
		tree_result result = f->result[i];

		f->node[i] = f->node[k];
		f->result[i] = f->result[k];
		f->node[k] = node;
		f->result[k] = result;
	}
}

static void
test_family(int kind, tree_method method)
{
	static const double powers[] = {2, 3, 0.5, -2, 1, -1};
	bool		transforms = method == TREE_GEOMETRIC || method == TREE_HARMONIC ||
		method == TREE_POWER;
	bool		has_data = random_below(4) > 0;
	family		f;
	tree_result first;
	expected	e;
	tree_error	error;
	int			culprit;

	make_family(&f, kind, transforms);
	f.node[0].method = (uint8_t) method;
	if (method == TREE_POWER)
		f.node[0].power = powers[random_below(6)];
	apply_rules(&f, has_data, &e);
	error = tree_combine(f.node, 0, f.result, has_data, &culprit);
	first = f.result[0];

	check_family(same(first.weight, e.weight), "weight", &f, first.weight, e.weight);
	check_family(same(first.coverage, e.coverage), "coverage", &f, first.coverage, e.coverage);
	check_family(first.left == e.left, "left", &f, first.left, e.left);
	check_family(first.children_scored == e.scored, "scored", &f, first.children_scored, e.scored);
	check_family(first.children_expected == e.expected, "expected", &f, first.children_expected,
		  e.expected);
	if (error == TREE_OK)
	{
		double		score = e.has_score ? expected_score(&e, &f.node[0]) : NAN;
		cell_status status = e.status == CELL_OBSERVED && isnan(score) ? CELL_MISSING : e.status;

		/* Zero has one sign here. */
		check_family(same(first.score, score + 0.0), "score", &f, first.score, score);
		check_family(first.status == status, "status", &f, first.status, status);
	}
	else if (transforms)
	{
		bool		found = false;

		/* Zeros, and powers beyond the range, stop a mean that transforms. */
		for (int i = 0; i < e.count; i++)
			found |= e.score[i] == 0 || kind == 3;
		check_family(found && isnan(first.score), "error", &f, error, TREE_OK);
	}
	else
	{
		check_family(method == TREE_SUM && isinf(expected_score(&e, &f.node[0])), "error", &f,
			  error, TREE_OK);
		return;
	}

	shuffle(&f);
	check_family(tree_combine(f.node, 0, f.result, has_data, &culprit) == error ||
		  error != TREE_OK, "error after a shuffle", &f, 0, 0);
	if (error == TREE_OK)
		check_family(same(f.result[0].score, first.score) && same(f.result[0].weight, first.weight) &&
			  same(f.result[0].coverage, first.coverage),
			  "order of siblings", &f, f.result[0].score, first.score);
}

/*
 * D1(60): a 50 of 50, b 0 of 10; D2(40): c 10 of 10, d(30) without a score.
 * With the rule at D2 and the status of d: the score of the root.
 */
static double
design_example(tree_missing missing, cell_status d)
{
	tree_node	node[7];
	tree_result result[7];
	static const double weight[7] = {100, 60, 40, 50, 10, 10, 30};
	static const double value[7] = {0, 0, 0, 100, 0, 100, 0};
	int			culprit;

	memset(node, 0, sizeof(node));
	for (int i = 0; i < 7; i++)
	{
		node[i].weight = weight[i];
		node[i].floor = NAN;
		node[i].veto = NAN;
		node[i].missing = (uint8_t) missing;
		node[i].leaf = i < 3 ? -1 : i - 3;
		node[i].children = i < 3 ? 2 : 0;
		node[i].first_child = i < 3 ? 2 * i + 1 : 0;
	}
	for (int i = 6; i >= 3; i--)
		tree_leaf(&node[i], value[i], i == 6 ? d : CELL_OBSERVED, &result[i]);
	for (int i = 2; i >= 0; i--)
		if (tree_combine(node, i, result, true, &culprit) != TREE_OK)
			return culprit;
	return result[0].score;
}

static void
test_design_example(void)
{
	static const family none;
	static const struct
	{
		tree_missing missing;
		cell_status d;
		double		score;
	}			cases[] = {
		{TREE_EXCUSE, CELL_MISSING, 600.0 / 7},
		{TREE_RENORMALISE, CELL_NOT_APPLICABLE, 600.0 / 7},
		{TREE_PROPAGATE, CELL_NOT_APPLICABLE, 600.0 / 7},
		{TREE_ERROR, CELL_NOT_APPLICABLE, 600.0 / 7},
		{TREE_RENORMALISE, CELL_MISSING, 90},
		{TREE_ZERO, CELL_MISSING, 60},
		{TREE_PROPAGATE, CELL_MISSING, NAN},
		{TREE_ERROR, CELL_MISSING, 6}	/* the culprit */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		double		score = design_example(cases[i].missing, cases[i].d);

		check_family(isnan(score) ? isnan(cases[i].score) : fabs(score - cases[i].score) < 1e-13,
			  "design example", &none, score, cases[i].score);
	}
}

/* Two children of these scores: which error, and who. */
static void
expect_error(tree_method method, double power, double a, double b, tree_error error, int who)
{
	family		f;
	int			culprit;
	tree_error	got;

	memset(&f, 0, sizeof(f));
	f.node[0].leaf = -1;
	f.node[0].children = 2;
	f.node[0].first_child = 1;
	f.node[0].method = (uint8_t) method;
	f.node[0].power = power;
	f.node[0].floor = NAN;
	f.node[1].weight = f.node[2].weight = 1;
	f.node[1].veto = f.node[2].veto = NAN;
	tree_leaf(&f.node[1], a, CELL_OBSERVED, &f.result[1]);
	tree_leaf(&f.node[2], b, CELL_OBSERVED, &f.result[2]);
	got = tree_combine(f.node, 0, f.result, true, &culprit);
	check_family(got == error, "error", &f, got, error);
	if (error != TREE_OK)
	{
		check_family(culprit == who, "culprit", &f, culprit, who);
		check_family(isnan(f.result[0].score), "no score with an error", &f, f.result[0].score, NAN);
	}
}

/* ---------- products, turned scales, children left out ---------- */

/* A root over leaves of these scores and weights; its score, NaN for an error. */
static double
combine(const tree_node *root, int n, const double *score, const double *weight)
{
	family		f;
	int			culprit;

	memset(&f, 0, sizeof(f));
	f.node[0] = *root;
	f.node[0].leaf = -1;
	f.node[0].children = n;
	f.node[0].first_child = 1;
	f.node[0].floor = NAN;
	for (int i = 0; i < n; i++)
	{
		f.node[1 + i].weight = weight[i];
		f.node[1 + i].direction = 1;
		f.node[1 + i].veto = NAN;
		tree_leaf(&f.node[1 + i], score[i], CELL_OBSERVED, &f.result[1 + i]);
	}
	return tree_combine(f.node, 0, f.result, true, &culprit) == TREE_OK ? f.result[0].score : NAN;
}

static void
expect_score(const char *what, double got, double wanted)
{
	static const family none;

	check_family(fabs(got - wanted) <= 1e-14 * fabs(wanted) || (isnan(got) && isnan(wanted)), what,
				 &none, got, wanted);
}

static void
test_others(void)
{
	static const double ones[] = {1, 1, 1, 1, 1, 1};
	static const double quotient[] = {1, 1, -1};
	static const double some[] = {9, 1, 5, 7, 3};
	static const double risk[] = {10, 40, 50};
	static const double with_zero[] = {0, 40, 50};
	static const double over_zero[] = {10, 40, 0};
	static const double hazards[] = {9.7, 7.2, 0, 0, 7.9, 6.9};
	tree_node	root = {.method = TREE_PRODUCT, .direction = 1, .weight = 1};

	expect_score("product", combine(&root, 3, risk, ones), 20000);
	expect_score("quotient", combine(&root, 3, risk, quotient), 8);
	expect_score("product with 0", combine(&root, 3, with_zero, quotient), 0);
	expect_score("quotient by 0", combine(&root, 3, over_zero, quotient), NAN);

	/* INFORM's natural hazards of Afghanistan, before rounding, in 40 digits. */
	root.method = TREE_TURNED_GEOMETRIC;
	root.power = 10;
	expect_score("turned geometric", combine(&root, 6, hazards, ones), 6.532454607797363);
	root.method = TREE_GEOMETRIC;
	root.power = 0;
	expect_score("zero refused", combine(&root, 3, with_zero, ones), NAN);
	root.zeros = 1;
	expect_score("zero decides", combine(&root, 3, with_zero, ones), 0);
	root.zeros = 0;

	root.method = TREE_ARITHMETIC;
	root.best = 2;
	expect_score("best two", combine(&root, 5, some, ones), 8);
	root.best = 9;
	expect_score("best of fewer", combine(&root, 5, some, ones), 5);
	root.best = 0;
	root.trim = 1;
	expect_score("trimmed", combine(&root, 5, some, ones), 5);
	root.trim = 3;
	expect_score("nothing left", combine(&root, 5, some, ones), NAN);
	root.trim = 1;
	root.direction = -1;
	root.power = 10;
	expect_score("turned", combine(&root, 4, some, ones), 4);
}

/* ---------- ordered weights ---------- */

typedef struct ordered_family
{
	family		f;
	double		order[MOST_CHILDREN];
} ordered_family;

static double
combine_ordered(ordered_family *o, int orders)
{
	int			culprit;

	o->f.node[0].method = TREE_OWA;
	o->f.node[0].orders = orders;
	o->f.node[0].order = (int32_t) ((const char *) o->order - (const char *) o->f.node);
	check_family(tree_combine(o->f.node, 0, o->f.result, true, &culprit) == TREE_OK, "ordered",
				 &o->f, 0, 0);
	return o->f.result[0].score;
}

/* Against sorting where weights are equal, a weighted mean where the ordered ones are. */
static void
test_ordered(void)
{
	ordered_family o;
	double		score[FEW_CHILDREN];
	int			n = 1 + random_below(FEW_CHILDREN);
	double		sum = 0;
	double		mass = 0;
	double		weighted = 0;
	double		weights = 0;
	double		first;

	memset(&o, 0, sizeof(o));
	o.f.node[0].leaf = -1;
	o.f.node[0].children = n;
	o.f.node[0].first_child = 1;
	o.f.node[0].direction = 1;
	o.f.node[0].weight = 1;
	o.f.node[0].floor = NAN;
	for (int i = 0; i < n; i++)
	{
		score[i] = random_below(8);
		o.order[i] = random_below(4) + (i == 0);
		o.f.node[1 + i].weight = 3;
		o.f.node[1 + i].veto = NAN;
		tree_leaf(&o.f.node[1 + i], score[i], CELL_OBSERVED, &o.f.result[1 + i]);
	}
	qsort(score, n, sizeof(double), compare_doubles);
	for (int i = 0; i < n; i++)
	{
		sum += score[n - 1 - i] * o.order[i];
		mass += o.order[i];
	}
	first = combine_ordered(&o, n);
	check_family(fabs(first - sum / mass) <= 1e-14 * (1 + fabs(sum)), "by place", &o.f, first,
				 sum / mass);

	for (int i = 0; i < n; i++)
	{
		double		weight = random_unit() + 0.01;

		o.f.node[1 + i].weight = weight;
		tree_leaf(&o.f.node[1 + i], o.f.result[1 + i].score, CELL_OBSERVED, &o.f.result[1 + i]);
		weighted += weight * o.f.result[1 + i].score;
		weights += weight;
	}
	first = combine_ordered(&o, n);
	shuffle(&o.f);
	check_family(same(combine_ordered(&o, n), first), "order of siblings", &o.f, first, 0);
	for (int i = 0; i < MOST_CHILDREN; i++)
		o.order[i] = 2;
	first = combine_ordered(&o, 1 + random_below(FEW_CHILDREN));
	check_family(fabs(first - weighted / weights) <= 1e-13 * (1 + fabs(first)), "one weight for all",
				 &o.f, first, weighted / weights);
}

static void
test_penalised(void)
{
	static const double ones[] = {1, 1, 1};
	static const double twice[] = {2, 1, 0};
	static const double some[] = {90, 100, 125};
	static const double below[] = {-3, 1, 1};
	tree_node	root = {.method = TREE_PENALISED_MEAN, .direction = 1, .weight = 1};

	/* Mean 105, variance 650 / 3; of 90, 90 and 100 mean 280 / 3, variance 200 / 9. */
	expect_score("penalised", combine(&root, 3, some, ones), 105 - 650.0 / 315);
	expect_score("penalised, weighted", combine(&root, 3, some, twice), 280.0 / 3 - 200.0 / 840);
	expect_score("penalised below 0", combine(&root, 3, below, ones), NAN);
	root.method = TREE_PENALISED_MEAN_PLUS;
	expect_score("penalised upwards", combine(&root, 3, some, ones), 105 + 650.0 / 315);
}

/* A node with a value of its own keeps it; one that lacks it combines. */
static void
test_own_value(void)
{
	static const family none;
	family		f;
	int			culprit;

	for (int status = CELL_OBSERVED; status <= CELL_NOT_APPLICABLE; status++)
	{
		memset(&f, 0, sizeof(f));
		f.node[0].leaf = 2;
		f.node[0].children = 2;
		f.node[0].first_child = 1;
		f.node[0].direction = 1;
		f.node[0].weight = 1;
		f.node[0].floor = NAN;
		f.node[1].weight = f.node[2].weight = 1;
		f.node[1].veto = f.node[2].veto = NAN;
		tree_leaf(&f.node[0], 50, (cell_status) status, &f.result[0]);
		tree_leaf(&f.node[1], 10, CELL_OBSERVED, &f.result[1]);
		tree_leaf(&f.node[2], 0, CELL_MISSING, &f.result[2]);
		tree_combine(f.node, 0, f.result, true, &culprit);
		check_family(f.result[0].status == (status == CELL_NOT_APPLICABLE ? CELL_NOT_APPLICABLE :
											CELL_OBSERVED), "own status", &none, status, 0);
		expect_score("own value", f.result[0].score,
					 status == CELL_OBSERVED ? 50 : status == CELL_MISSING ? 10 : NAN);
		expect_score("own coverage", f.result[0].coverage,
					 status == CELL_OBSERVED ? 1 : status == CELL_MISSING ? 0.5 : NAN);
	}
}

/* A score below the bound holds the whole down, a missing one that counts as 0 too. */
static void
test_veto(void)
{
	static const family none;
	static const double scores[][3] = {{80, 90, 70}, {80, 39, 70}, {80, 40, 70}, {10, 10, 10}};
	static const double wanted[] = {80, 50, 190.0 / 3, 10};
	family		f;
	int			culprit;

	memset(&f, 0, sizeof(f));
	f.node[0].leaf = -1;
	f.node[0].children = 3;
	f.node[0].first_child = 1;
	f.node[0].direction = 1;
	f.node[0].weight = 1;
	f.node[0].floor = NAN;
	for (int i = 1; i <= 3; i++)
	{
		f.node[i].weight = 1;
		f.node[i].veto = i == 2 ? 40 : NAN;
		f.node[i].veto_cap = i == 2 ? 50 : 0;
	}
	for (int k = 0; k < 4; k++)
	{
		for (int i = 1; i <= 3; i++)
			tree_leaf(&f.node[i], scores[k][i - 1], CELL_OBSERVED, &f.result[i]);
		tree_combine(f.node, 0, f.result, true, &culprit);
		expect_score("veto", f.result[0].score, wanted[k]);
	}
	tree_leaf(&f.node[2], 0, CELL_MISSING, &f.result[2]);
	tree_leaf(&f.node[1], 100, CELL_OBSERVED, &f.result[1]);
	tree_leaf(&f.node[3], 100, CELL_OBSERVED, &f.result[3]);
	tree_combine(f.node, 0, f.result, true, &culprit);
	expect_score("missing does not veto", f.result[0].score, 100);
	f.node[0].missing = TREE_ZERO;
	tree_combine(f.node, 0, f.result, true, &culprit);
	expect_score("a zero does", f.result[0].score, 50);
	check_family(f.result[0].coverage < 1, "coverage", &none, f.result[0].coverage, 2.0 / 3);
}

static void
test_errors(void)
{
	expect_error(TREE_GEOMETRIC, 0, 1, 0, TREE_NOT_POSITIVE, 2);
	expect_error(TREE_GEOMETRIC, 0, -1, 1, TREE_NOT_POSITIVE, 1);
	expect_error(TREE_HARMONIC, 0, 1, 0, TREE_ZERO_SCORE, 2);
	expect_error(TREE_HARMONIC, 0, 1, -1, TREE_ZERO_SCORE, -1);
	expect_error(TREE_HARMONIC, 0, 1, -2, TREE_OK, -1);
	expect_error(TREE_POWER, -0.5, 0, 1, TREE_ZERO_SCORE, 1);
	expect_error(TREE_POWER, 0.5, 1, -1, TREE_NEGATIVE_SCORE, 2);
	expect_error(TREE_POWER, 2, 1, -1, TREE_OK, -1);
	expect_error(TREE_POWER, 50, 1e300, 1, TREE_OUT_OF_RANGE, 1);
	expect_error(TREE_SUM, 0, 1e308, 1e308, TREE_OUT_OF_RANGE, -1);
	expect_error(TREE_MEDIAN, 0, 1.7e308, 1.7e308, TREE_OK, -1);
	expect_error(TREE_ARITHMETIC, 0, 1.7e308, 1.6e308, TREE_OK, -1);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 20240607;
	long		iterations = argc > 2 ? strtol(argv[2], NULL, 0) : 40000;

	random_state = seed;
	test_design_example();
	test_errors();
	test_others();
	test_penalised();
	test_own_value();
	test_veto();
	mpfr_set_emin(-1073);
	mpfr_set_emax(1024);
	for (long i = 0; i < iterations; i++)
	{
		/* MPFR's narrow range suits rationals, not powers; few need those. */
		test_family(random_below(4), random_below(2) ? TREE_ARITHMETIC : TREE_SUM);
		test_family(random_below(4), TREE_MIN + random_below(3));
		test_ordered();
	}
	mpfr_set_emin(mpfr_get_emin_min());
	mpfr_set_emax(mpfr_get_emax_max());
	for (long i = 0; i < iterations / 10; i++)
		test_family(random_below(3), TREE_GEOMETRIC + random_below(3));
	printf("tree: %ld checks, %ld failures; seed %" PRIu64 ", %ld iterations\n",
		   checks, failures, seed, iterations);
	mpfr_free_cache();
	return failures != 0;
}
