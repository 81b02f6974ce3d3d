/*
 * golden_test.c
 *	  The same bits on every machine: results by the thousand, hashed by
 *	  subject, against hashes that are the same wherever this runs.
 *
 * A result that is NaN counts as NaN, whatever its bits. Left out: what calls
 * the C library's functions or lp_solve (distributions, benefit of the doubt).
 *
 * Usage: golden_test [print]
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "kernel/exact/elementary.h"
#include "kernel/exact/exact_quotient.h"
#include "kernel/exact/moments.h"
#include "kernel/field/column_stats.h"
#include "kernel/field/copeland.h"
#include "kernel/field/correlation.h"
#include "kernel/field/normalise.h"
#include "kernel/field/symmetric_eigen.h"
#include "kernel/field/treat.h"
#include "kernel/field/varimax.h"
#include "kernel/mcda/mcda.h"
#include "kernel/mcda/promethee.h"
#include "kernel/survey/calibration.h"
#include "kernel/survey/hadamard.h"
#include "kernel/survey/philox.h"
#include "kernel/survey/raking.h"
#include "kernel/survey/survey_variance.h"
#include "kernel/tree/tree.h"
#include "kernel/weights/ahp_weights.h"
#include "kernel/weights/bod_robust.h"
#include "kernel/weights/entropy_weights.h"
#include "kernel/weights/gini_weights.h"
#include "kernel/weights/merec_weights.h"
#include "kernel/weights/weight_shares.h"

#define ROWS 40
#define SIDE 7

/* ---------- hashes and numbers ---------- */

static uint64_t hash;
static uint64_t random_state;

/* FNV-1a of the 8 bytes, the lowest first. */
static void
add_bits(uint64_t bits)
{
	for (int i = 0; i < 8; i++)
		hash = (hash ^ (bits >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
}

static void
add_double(double x)
{
	add_bits(isnan(x) ? UINT64_C(0x7ff8) << 48 : double_bits(x));
}

static void
add_doubles(const double *x, int n)
{
	for (int i = 0; i < n; i++)
		add_double(x[i]);
}

static void
add_int128(px_int128 x)
{
	add_bits((uint64_t) x);
	add_bits((uint64_t) (x >> 64));
}

static void
add_wide(wide_float x)
{
	add_bits(x.hi);
	add_bits(x.lo);
	add_bits((uint64_t) x.exponent);
}

/* splitmix64 */
static uint64_t
random_bits(void)
{
	uint64_t	z = (random_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* 0 <= x < 1 */
static double
random_unit(void)
{
	return (double) (random_bits() >> 11) * 0x1p-53;
}

/* Points, above 0, of which one in three is a plain decimal. */
static double
random_points(void)
{
	uint64_t	bits = random_bits();

	return bits % 3 == 0 ? (double) (1 + bits / 3 % 10000) / 100 : 0.01 + 100 * random_unit();
}

/* Any finite double but zero, negative in one of two. */
static double
random_double(void)
{
	uint64_t	bits = random_bits();
	uint64_t	exponent = 1 + random_bits() % 2046;

	return double_from_bits((bits & ~(UINT64_C(0x7ff) << 52)) | exponent << 52);
}

/* A column in which one in nine is missing. */
static void
random_column(double *x, int n)
{
	for (int i = 0; i < n; i++)
	{
		double		points = random_points();

		x[i] = random_bits() % 9 == 0 ? NAN : points;
	}
}

/* ---------- subjects ---------- */

static void
hash_moments(void)
{
	for (int c = 0; c < 400; c++)
	{
		union
		{
			moments		state;
			char		room[MOMENTS_MAX_SIZE];
		}			a,
					canonical;
		exact_integer numerator;
		exact_integer denominator;
		int			words;

		moments_init(&a.state, MOMENTS_STATS, MOMENTS_MAX_WORDS);
		for (int i = 0; i < ROWS; i++)
		{
			double		x = c % 2 == 0 ? random_points() : random_double();
			double		w = c % 2 == 0 ? random_unit() : fabs(random_double());

			add_bits(moments_add_slow(&a.state, MOMENTS_STATS, x, w, false, &words));
		}
		moments_canonical(&a.state, &canonical.state);
		for (int i = 0; i < canonical.state.capacity; i++)
			add_bits(canonical.state.word[i]);
		moments_sum(&a.state, WINDOW_WX, &numerator);
		moments_sum(&a.state, WINDOW_W, &denominator);
		add_double(exact_integer_round(&numerator));
		add_double(exact_ratio_round(&numerator, &denominator));
		for (int kind = VARIANCE_POPULATION; kind <= VARIANCE_RELIABILITY; kind++)
			if (moments_variance(&a.state, (variance_kind) kind, &numerator, &denominator))
			{
				add_double(exact_ratio_round(&numerator, &denominator));
				add_double(exact_ratio_round_sqrt(&numerator, &denominator));
			}
	}
}

static void
hash_quotients(void)
{
	for (int c = 0; c < 1000; c++)
	{
		exact_quotient quotient;

		exact_quotient_init(&quotient);
		for (int i = 0; i < 1 + c % ROWS; i++)
		{
			double		a = c % 2 == 0 ? random_points() : random_double();
			double		b = random_unit();

			exact_quotient_add(&quotient, a, b, b);
		}
		add_double(exact_quotient_get(&quotient));
	}
}

static void
hash_elementary(void)
{
	for (int c = 0; c < 2000; c++)
	{
		double		x = c % 2 == 0 ? random_points() : fabs(random_double());
		double		p = 8 * random_unit() - 4;
		px_int128	log = fixed_log(x);
		wide_float	power;

		add_int128(log);
		add_wide(wide_exp(log));
		add_wide(wide_reciprocal(x));
		add_double(rounded_exp(x));
		add_double(rounded_exp(-x));
		if (wide_pow(x, p, &power))
		{
			add_wide(power);
			add_double(wide_to_double(wide_root(power, p)));
		}
	}
}

static void
hash_tree(void)
{
	for (int c = 0; c < 1600; c++)
	{
		tree_node	node[1 + SIDE] = {{0}};
		tree_result result[1 + SIDE] = {{0}};
		int			culprit = -2;

		for (int i = 0; i <= SIDE; i++)
		{
			node[i] = (tree_node) {
				.parent = i == 0 ? -1 : 0, .first_child = i == 0, .children = i == 0 ? SIDE : 0,
				.depth = i > 0, .leaf = i - 1, .method = (uint8_t) (c % 8),
				.missing = (uint8_t) (c / 8 % 4), .direction = 1,
				.round_digits = TREE_NO_ROUNDING, .floor = NAN, .veto = NAN
			};
			node[i].weight = random_unit();
			node[i].power = 6 * random_unit() - 3;
			if (i > 0)
			{
				double		points = random_points();

				tree_leaf(&node[i], points, (cell_status) (random_bits() % 8 % 3), &result[i]);
			}
		}
		add_bits(tree_combine(node, 0, result, true, &culprit));
		add_double(result[0].score);
		add_double(result[0].weight);
		add_double(result[0].coverage);
	}
}

static void
hash_columns(void)
{
	for (int c = 0; c < 400; c++)
	{
		double		x[ROWS];
		double		sorted[ROWS];
		double		scratch[ROWS];
		double		treated[ROWS];
		column_moments m;
		treatment	t = {0};
		treat_limits limits = {5, 2, 3.5};
		scale		scales[8];
		int			n;

		random_column(x, ROWS);
		if (c % 3 == 0)
			x[0] = 1e6 * random_points();
		column_get_moments(x, ROWS, &m);
		add_double(m.mean);
		add_double(m.sd);
		add_double(m.skewness);
		add_double(m.kurtosis);
		n = column_sort(x, ROWS, sorted, scratch);
		add_doubles(sorted, n);
		for (int i = 0; i <= 20; i++)
			add_double(sorted_quantile(sorted, n, i / 20.0));
		add_double(sorted_median(sorted, n));

		treat_start(&t, x, ROWS, &limits, treated);
		while (treat_step(&t))
			;
		add_bits(t.status);
		add_double(t.after.skewness);
		add_double(t.after.kurtosis);
		if (t.status != TREAT_PASSED)
			add_doubles(treated, ROWS);

		scales[0] = scale_minmax(x, ROWS);
		scales[1] = scale_zscore(x, ROWS);
		scales[2] = scale_to_mark(x, ROWS, 60);
		scales[3] = scale_fraction_of_max(x, ROWS);
		scales[4] = scale_between(3, 91);
		scales[5] = scale_log_between(0.1, 99);
		scales[6] = scale_rank(sorted, n, 1, TIES_MIN);
		scales[7] = scale_percentile(sorted, n, TIES_MIN);
		for (int s = 0; s < 8; s++)
			for (int i = 0; i < n; i++)
				add_double(share_between(scale_at(&scales[s], sorted[i]), 1, 100));
	}
}

static void
hash_correlations(void)
{
	for (int c = 0; c < 400; c++)
	{
		double		x[ROWS];
		double		y[ROWS];
		int64_t		a_values[ROWS];
		int64_t		b_values[ROWS];
		integer_column a = {.x = a_values};
		integer_column b = {.x = b_values};
		int			n = 0;

		random_column(x, ROWS);
		random_column(y, ROWS);
		for (int i = 0; i < ROWS; i++)
			n += !isnan(x[i]) && !isnan(y[i]);
		integer_column_of_values(&a, x, y, ROWS);
		integer_column_of_values(&b, y, x, ROWS);
		add_double(integer_correlation(&a, &b, ROWS, n));
		add_double(integer_spread(&a, ROWS, n));
	}
}

/* A symmetric matrix, of SIDE by SIDE. */
static void
random_symmetric(double *a)
{
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j <= i; j++)
			a[i * SIDE + j] = a[j * SIDE + i] = i == j ? 1 : 2 * random_unit() - 1;
}

static void
hash_components(void)
{
	for (int c = 0; c < 200; c++)
	{
		double		a[SIDE * SIDE];
		double		vector[SIDE * SIDE];
		double		value[SIDE];
		double		length[SIDE];
		symmetric_eigen eigen;
		varimax		rotation;

		random_symmetric(a);
		eigen_start(&eigen, a, SIDE, vector);
		while (eigen_step(&eigen))
			;
		eigen_finish(&eigen, value);
		add_doubles(value, SIDE);
		add_doubles(vector, SIDE * SIDE);
		varimax_start(&rotation, vector, 3, SIDE, length);
		while (varimax_step(&rotation))
			;
		varimax_finish(&rotation, value);
		add_doubles(value, 3);
		add_doubles(vector, 3 * SIDE);
	}
}

static void
hash_dominance(void)
{
	for (int c = 0; c < 200; c++)
	{
		double		x[SIDE * ROWS];
		double		weight[SIDE];
		int64_t		integer[SIDE];
		int64_t		lead[ROWS];
		int64_t		compared[ROWS];

		random_column(x, SIDE * ROWS);
		for (int i = 0; i < SIDE; i++)
			weight[i] = random_unit();
		add_bits((uint64_t) dominance_weights(weight, SIDE, integer));
		dominance_row(x, ROWS, SIDE, integer, c % ROWS, 0, ROWS, lead, compared);
		for (int i = 0; i < ROWS; i++)
		{
			add_bits((uint64_t) lead[i]);
			add_bits((uint64_t) compared[i]);
		}
	}
}

static void
hash_weights(void)
{
	for (int c = 0; c < 200; c++)
	{
		double		a[SIDE * SIDE];
		double		x[ROWS];
		double		weight[SIDE];
		entropy_sums sums;

		for (int i = 0; i < SIDE; i++)
			for (int j = 0; j <= i; j++)
			{
				a[i * SIDE + j] = i == j ? 1 : 0.5 + 3 * random_unit();
				a[j * SIDE + i] = 1 / a[i * SIDE + j];
			}
		add_bits(ahp_eigenvector(a, SIDE, weight));
		add_doubles(weight, SIDE);
		add_double(ahp_consistency_ratio(ahp_consistency_index(ahp_lambda(a, SIDE, weight), SIDE), SIDE));
		ahp_row_means(a, SIDE, weight);
		add_doubles(weight, SIDE);
		random_column(x, ROWS);
		entropy_init(&sums);
		entropy_add(&sums, x, ROWS);
		add_double(entropy_diversification(&sums));
		for (int i = 0; i < SIDE; i++)
			weight[i] = random_unit();
		add_bits(weight_shares(weight, SIDE, weight));
		add_doubles(weight, SIDE);
	}
}

/* Values above 0 in ascending order, some of them equal. */
static void
ascending_column(double *x, int n)
{
	x[0] = random_points();
	for (int i = 1; i < n; i++)
		x[i] = x[i - 1] + (random_bits() % 5 == 0 ? 0 : random_unit());
}

/* Of Gini's coefficient, removal effects and order-m frontiers. */
static void
hash_spreads(void)
{
	for (int c = 0; c < 200; c++)
	{
		int			n = 2 + (int) (random_bits() % (ROWS - 1));
		double		x[ROWS];
		double		power[ROWS];
		px_int128	sum = 0;

		ascending_column(x, n);
		add_double(gini_coefficient(x, n));
		order_m_powers(n, 1 + (int) (random_bits() % 100), power);
		add_double(order_m_expected(x, power, n));
		for (int i = 0; i < n; i++)
			sum += merec_log(x[i]) - merec_log(x[0]);
		add_int128(merec_performance(sum, n));
		add_double(merec_mean(sum, n));
	}
}

static bool
never_stop(void *unused)
{
	(void) unused;
	return false;
}

static void
hash_rankings(void)
{
	for (int c = 0; c < 100; c++)
	{
		double		value[SIDE * ROWS];
		double		weight[SIDE];
		int			direction[SIDE];
		mcda_extremes extremes[SIDE];
		mcda_field	field = {ROWS, SIDE, value, weight, direction};
		preference	preference = {(preference_kind) (c % 6), 0, 2};
		double		above[ROWS];
		double		below[ROWS];

		for (int i = 0; i < SIDE * ROWS; i++)
			value[i] = random_points();
		for (int j = 0; j < SIDE; j++)
		{
			weight[j] = random_unit();
			direction[j] = random_bits() % 2 == 0 ? 1 : -1;
			extremes[j] = mcda_get_extremes(value + j * ROWS, ROWS, direction[j]);
		}
		weight_shares(weight, SIDE, weight);
		for (int i = 0; i < ROWS; i++)
		{
			vikor_regrets regrets = vikor_unit(&field, extremes, i);

			add_double(regrets.utility);
			add_double(regrets.regret);
			add_double(weighted_product(&field, i));
		}
		for (int j = 0; j < SIDE; j++)
		{
			topsis_scale((topsis_scaling) (c % 3), value + j * ROWS, ROWS);
			extremes[j] = mcda_get_extremes(value + j * ROWS, ROWS, direction[j]);
		}
		for (int i = 0; i < ROWS; i++)
		{
			topsis_distances distances = topsis_unit(&field, extremes, i);

			add_double(distances.to_best);
			add_double(distances.to_worst);
		}
		ascending_column(value, ROWS);
		promethee_flows(&preference, value, ROWS, above, below, never_stop, NULL);
		add_doubles(above, ROWS);
		add_doubles(below, ROWS);
	}
}

static void
hash_calibration(void)
{
	for (int c = 0; c < 300; c++)
	{
		calibration_function f = {(calibration_distance) (c % 3), 0.3, 3};
		exact_total total[SIDE * (SIDE + 1) / 2];
		exact_integer sum;
		double		gram[SIDE * (SIDE + 1) / 2];
		double		right[SIDE];
		double		solution[SIDE];
		double		scratch[2 * SIDE];
		double		derivative;
		int			pivot[SIDE];

		for (int i = 0; i < ROWS; i++)
		{
			add_double(calibration_factor(&f, 6 * random_unit() - 3, &derivative));
			add_double(derivative);
		}
		for (int i = 0; i < gram_size(SIDE); i++)
			exact_total_init(&total[i]);
		for (int i = 0; i < ROWS; i++)
		{
			double		x[SIDE];

			for (int j = 0; j < SIDE; j++)
				x[j] = random_points();
			calibration_add_gram(x, SIDE, random_unit(), total);
			add_double(inner_product(x, x, SIDE));
		}
		for (int i = 0; i < gram_size(SIDE); i++)
		{
			exact_total_get(&total[i], &sum);
			gram[i] = exact_integer_round(&sum);
		}
		for (int i = 0; i < SIDE; i++)
			right[i] = random_points();
		add_bits((uint64_t) gram_solve(gram, right, SIDE, solution, scratch, pivot));
		add_doubles(solution, SIDE);
	}
}

static bool
go_on(void *unused)
{
	(void) unused;
	return false;
}

static void
hash_raking(void)
{
	for (int c = 0; c < 200; c++)
	{
		int32_t		category[2 * ROWS];
		double		weight[ROWS];
		double		factor[10];
		margin_table table = {2, 10, ROWS, category};
		exact_total total[10];
		exact_integer sum;

		for (int i = 0; i < 10; i++)
		{
			exact_total_init(&total[i]);
			factor[i] = 0.5 + random_unit();
		}
		for (int i = 0; i < ROWS; i++)
		{
			category[2 * i] = (int32_t) (random_bits() % 5);
			category[2 * i + 1] = 5 + (int32_t) (random_bits() % 5);
			weight[i] = random_points();
		}
		raking_add(&table, weight, factor, 0, go_on, NULL, total);
		raking_add(&table, weight, factor, 1, go_on, NULL, total);
		for (int i = 0; i < 10; i++)
		{
			exact_total_get(&total[i], &sum);
			add_double(exact_integer_round(&sum));
		}
		for (uint32_t i = 0; i < ROWS; i++)
			add_double(raking_factor(&table, factor, i));
	}
}

static void
hash_survey_variance(void)
{
	for (int c = 0; c < 200; c++)
	{
		survey_psu	psu[ROWS];
		survey_stratum stratum[4];
		survey_sample sample = {false, 4, ROWS, ROWS, stratum, psu};
		double		z[ROWS * 2];
		double		v[4];
		double		scratch[4096];
		int			exponent[2];
		int			where;

		for (int i = 0; i < ROWS; i++)
			psu[i] = (survey_psu) {i, 1, 1, 1};
		for (int h = 0; h < 4; h++)
			stratum[h] = (survey_stratum) {h * ROWS / 4, ROWS / 4, ROWS / 4 + h, h % 2 == 0 ? 0 : 100};
		for (int i = 0; i < ROWS * 2; i++)
			z[i] = random_points() - 50;
		add_bits(survey_scale(z, ROWS, 2, exponent));
		if (survey_variance_scratch(&sample, 2) > sizeof(scratch) / sizeof(*scratch))
			continue;
		add_bits(survey_variance(&sample, (lonely_rule) (c % 5), z, 2, v, scratch, go_on, NULL, &where));
		add_doubles(v, 4);
	}
}

static void
hash_random_numbers(void)
{
	static hadamard matrix;

	for (uint32_t c = 0; c < 2000; c++)
	{
		uint32_t	place[4] = {c, c / 3, 7, 0};
		uint32_t	word[4];

		philox(random_bits(), place, word);
		for (int i = 0; i < 4; i++)
			add_bits(word[i]);
		add_bits(philox_below(word, 63));
	}
	for (int least = 1; least < 100; least += 9)
	{
		hadamard_make(&matrix, least);
		for (int i = 0; i < matrix.order; i++)
			for (int j = 0; j < matrix.order; j++)
				add_bits((uint64_t) hadamard_entry(&matrix, i, j));
	}
}

static const struct
{
	const char *name;
	void		(*run) (void);
	uint64_t	golden;
}			subjects[] = {
	{"moments", hash_moments, UINT64_C(0xdc88764371029783)},
	{"quotients", hash_quotients, UINT64_C(0x9e243a3a88e8220c)},
	{"elementary", hash_elementary, UINT64_C(0x3a7784691970d5ac)},
	{"tree", hash_tree, UINT64_C(0x36a44375e9add05e)},
	{"columns", hash_columns, UINT64_C(0x460a42b567983cd3)},
	{"correlations", hash_correlations, UINT64_C(0x5681b99d3e0ba591)},
	{"components", hash_components, UINT64_C(0x48164ed3b424d9dc)},
	{"dominance", hash_dominance, UINT64_C(0x0ea7d727d56e916b)},
	{"weights", hash_weights, UINT64_C(0xbf25eb17704e8b78)},
	{"spreads", hash_spreads, UINT64_C(0xa8f02462d0259713)},
	{"rankings", hash_rankings, UINT64_C(0xef83d5661c234f20)},
	{"calibration", hash_calibration, UINT64_C(0x1114dfa7447e6df3)},
	{"raking", hash_raking, UINT64_C(0xf4b863f16390ce2c)},
	{"survey_variance", hash_survey_variance, UINT64_C(0xee57d5aff7b26331)},
	{"random_numbers", hash_random_numbers, UINT64_C(0xf259868ed652d7ec)},
};

int
main(int argc, char **argv)
{
	int			failures = 0;

	(void) argv;
	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++)
	{
		hash = UINT64_C(0xcbf29ce484222325);
		random_state = 20190328;
		subjects[i].run();
		if (argc > 1)
			printf("%s 0x%016" PRIx64 "\n", subjects[i].name, hash);
		else if (hash != subjects[i].golden)
		{
			printf("FAILED: %s hashes to 0x%016" PRIx64 ", expected 0x%016" PRIx64 "\n",
				   subjects[i].name, hash, subjects[i].golden);
			failures++;
		}
	}
	printf("golden_test: %zu hashes, %d failed\n", sizeof(subjects) / sizeof(*subjects), failures);
	return failures != 0;
}
