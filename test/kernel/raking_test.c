/*
 * raking_test.c
 *	  Random tables of up to four margins: rounds of raking reach the targets
 *	  of a table known to have them; additive effects are those of a regression
 *	  on dummy variables; and no numbering of cells changes a bit. Usage:
 *	  raking_test [seed]
 */
#include "kernel/survey/raking.h"

#include "kernel_test.h"

#include "kernel/survey/calibration.h"

#define TABLES 300
#define MOST_MARGINS 4
#define MOST_LEVELS 4
#define MOST_CATEGORIES (MOST_MARGINS * MOST_LEVELS)
#define MOST_CELLS 256
#define MOST_TURNS 3000

typedef struct example
{
	margin_table table;
	int32_t		category[MOST_CELLS * MOST_MARGINS];
	double		weight[MOST_CELLS];
	double		value[MOST_CELLS];	/* weight times some value */
	int			first[MOST_MARGINS + 1];	/* category of each margin; and the end */
	double		target[MOST_CATEGORIES];	/* of a table that has these margins */
} example;

/* Every combination of categories is a cell. */
static void
make_example(example *e)
{
	int			levels[MOST_MARGINS];
	int			first = 0;

	memset(e, 0, sizeof(*e));
	e->table.margins = 1 + (int) (random_bits() % MOST_MARGINS);
	e->table.cells = 1;
	e->table.category = e->category;
	for (int m = 0; m < e->table.margins; m++)
	{
		levels[m] = 1 + (int) (random_bits() % MOST_LEVELS);
		e->table.cells *= (uint32_t) levels[m];
		e->table.categories += levels[m];
		e->first[m + 1] = e->table.categories;
	}
	for (uint32_t cell = 0; cell < e->table.cells; cell++)
	{
		double		wanted = 0.5 + random_unit();
		uint32_t	rest = cell;

		e->weight[cell] = 0.5 + random_unit();
		e->value[cell] = e->weight[cell] * (random_unit() - 0.2);
		first = 0;
		for (int m = 0; m < e->table.margins; m++)
		{
			int			category = first + (int) (rest % (uint32_t) levels[m]);

			rest /= (uint32_t) levels[m];
			first += levels[m];
			e->category[cell * (uint32_t) e->table.margins + (uint32_t) m] = category;
			e->target[category] += wanted;
		}
	}
}

static void
reverse_cells(const example *e, example *reversed)
{
	uint32_t	cells = e->table.cells;
	uint32_t	margins = (uint32_t) e->table.margins;

	*reversed = *e;
	reversed->table.category = reversed->category;
	for (uint32_t cell = 0; cell < cells; cell++)
	{
		reversed->weight[cell] = e->weight[cells - 1 - cell];
		reversed->value[cell] = e->value[cells - 1 - cell];
		memcpy(reversed->category + cell * margins, e->category + (cells - 1 - cell) * margins,
			   sizeof(int32_t) * margins);
	}
}

/* The category of some cell tells which margin it belongs to. */
static bool
in_margin(const example *e, int category, int margin)
{
	for (uint32_t cell = 0; cell < e->table.cells; cell++)
		if (cell_categories(&e->table, cell)[margin] == category)
			return true;
	return false;
}

static double
rounded(const exact_total *total)
{
	exact_integer sum;

	exact_total_get(total, &sum);
	return exact_integer_round(&sum);
}

/* Never stops, or at the question whose number is given. */
static long questions;

static bool
stop_at(void *number)
{
	questions++;
	return number != NULL && questions == *(long *) number;
}

static raking_result
rake_to(const example *e, const double *target, int max_iterations, void *stop_arg, raking *r,
		double *factor)
{
	static exact_total total[MOST_CATEGORIES];
	static double sum[MOST_CATEGORIES];

	questions = 0;
	*r = (raking) {.table = e->table, .first = e->first, .weight = e->weight, .target = target,
		.epsilon = 1e-13, .max_iterations = max_iterations, .stop = stop_at, .stop_arg = stop_arg,
		.total = total, .factor = factor, .sum = sum};
	return rake_margins(r);
}

static void
rake(const example *e, double *factor)
{
	raking		r;
	raking_result result;

	result = rake_to(e, e->target, MOST_TURNS, NULL, &r, factor);
	check(result == RAKING_DONE, "no raking in margin: %.17g", (double) r.margin);
	check(r.iterations <= MOST_TURNS && (r.iterations > 0 || e->table.margins == 0), "rounds: %.17g", (double) r.iterations);
}

/* Each way to fail, and where. */
static void
check_failures(const example *e)
{
	double		target[MOST_CATEGORIES];
	double		factor[MOST_CATEGORIES];
	example		empty = *e;
	raking		r;
	raking_result result;
	int			last = e->table.categories - 1;
	int			margin = e->table.margins - 1;
	long		stop = 1 + (long) (random_bits() % (uint64_t) e->table.margins);

	result = rake_to(e, e->target, MOST_TURNS, &stop, &r, factor);
	check(result == RAKING_STOPPED && questions == stop, "stops: %.17g", (double) stop);

	memcpy(target, e->target, sizeof(target));
	target[last] = 0;
	result = rake_to(e, target, MOST_TURNS, NULL, &r, factor);
	check(result == RAKING_NO_TARGET && r.category == last && r.margin == margin, "no target: %.17g", (double) r.category);

	empty.table.category = empty.category;
	for (uint32_t cell = 0; cell < e->table.cells; cell++)
		if (cell_categories(&e->table, cell)[margin] == last)
			empty.weight[cell] = 0;
	/* Where it is the margin's only one, none of another margin has any either. */
	result = rake_to(&empty, e->target, MOST_TURNS, NULL, &r, factor);
	check(result == RAKING_NO_RESPONDENTS, "no respondents: %.17g", (double) result);
	if (e->first[margin] < last)
		check(r.category == last && r.margin == margin, "no respondents: %.17g", (double) r.category);

	/* Margins of different totals take turns for ever. */
	memcpy(target, e->target, sizeof(target));
	target[last] *= 2;
	result = rake_to(e, target, 20, NULL, &r, factor);
	if (margin > 0)
		check(result == RAKING_NOT_CONVERGED && r.iterations == 20, "converges: %.17g", (double) r.iterations);

	memcpy(target, e->target, sizeof(target));
	target[0] = INFINITY;
	result = rake_to(e, target, 20, NULL, &r, factor);
	check(result == RAKING_OVERFLOW && r.margin == 0, "overflow: %.17g", (double) r.margin);
}

static void
fit_effects(const example *e, double *effect)
{
	static exact_total total[MOST_CATEGORIES];
	double		weight[MOST_CATEGORIES];

	for (int i = 0; i < e->table.categories; i++)
		exact_total_init(&total[i]);
	for (uint32_t cell = 0; cell < e->table.cells; cell++)
		for (int m = 0; m < e->table.margins; m++)
			exact_total_add_product(&total[cell_categories(&e->table, cell)[m]], e->weight[cell], 1);
	for (int i = 0; i < e->table.categories; i++)
		weight[i] = rounded(&total[i]);
	memset(effect, 0, sizeof(double) * (size_t) e->table.categories);
	for (int turn = 0; turn < MOST_TURNS; turn++)
	{
		int			m = turn % e->table.margins;

		for (int i = 0; i < e->table.categories; i++)
			exact_total_init(&total[i]);
		margin_effects_add(&e->table, e->weight, e->value, effect, m, stop_at, NULL, total);
		for (int i = 0; i < e->table.categories; i++)
			if (in_margin(e, i, m))
				effect[i] = rounded(&total[i]) / weight[i];
	}
}

/* What a regression on dummy variables of the categories explains of a cell. */
static void
regress(const example *e, double *coefficient)
{
	int			p = e->table.categories;
	static exact_total total[MOST_CATEGORIES * (MOST_CATEGORIES + 3) / 2];
	double		gram[MOST_CATEGORIES * (MOST_CATEGORIES + 1) / 2];
	double		right[MOST_CATEGORIES];
	double		scratch[2 * MOST_CATEGORIES];
	int			pivot[MOST_CATEGORIES];

	for (int i = 0; i < gram_size(p) + p; i++)
		exact_total_init(&total[i]);
	for (uint32_t cell = 0; cell < e->table.cells; cell++)
	{
		double		x[MOST_CATEGORIES] = {0};

		for (int m = 0; m < e->table.margins; m++)
			x[cell_categories(&e->table, cell)[m]] = 1;
		calibration_add_gram(x, p, e->weight[cell], total);
		calibration_add_total(x, p, e->value[cell], total + gram_size(p));
	}
	for (int i = 0; i < gram_size(p); i++)
		gram[i] = rounded(&total[i]);
	for (int i = 0; i < p; i++)
		right[i] = rounded(&total[gram_size(p) + i]);
	gram_solve(gram, right, p, coefficient, scratch, pivot);
}

int
main(int argc, char **argv)
{
	static example e;
	static example reversed;

	long		count = begin_test(argc, argv, "raking", TABLES);

	for (long i = 0; i < count; i++)
	{
		double		factor[MOST_CATEGORIES];
		double		other[MOST_CATEGORIES];
		double		coefficient[MOST_CATEGORIES];
		double		sum[MOST_CATEGORIES] = {0};

		make_example(&e);
		reverse_cells(&e, &reversed);

		rake(&e, factor);
		rake(&reversed, other);
		check(memcmp(factor, other, sizeof(double) * (size_t) e.table.categories) == 0, "factors differ in table %ld", i);
		for (uint32_t cell = 0; cell < e.table.cells; cell++)
			for (int m = 0; m < e.table.margins; m++)
				sum[cell_categories(&e.table, cell)[m]] += e.weight[cell] * raking_factor(&e.table, factor, cell);
		for (int c = 0; c < e.table.categories; c++)
			check(fabs(sum[c] / e.target[c] - 1) < 1e-12, "a margin is off by %.17g", sum[c] / e.target[c] - 1);

		check_failures(&e);

		fit_effects(&e, factor);
		fit_effects(&reversed, other);
		check(memcmp(factor, other, sizeof(double) * (size_t) e.table.categories) == 0, "effects differ in table %ld", i);
		regress(&e, coefficient);
		for (uint32_t cell = 0; cell < e.table.cells; cell++)
			check(fabs(margin_effects_sum(&e.table, factor, cell) -
					   margin_effects_sum(&e.table, coefficient, cell)) < 1e-9,
				  "effects are not those of the regression in table %ld", i);
	}
	return end_test("raking");
}
