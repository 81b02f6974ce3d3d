/*
 * moments_read_test.c
 *	  What states of moments say: variances of whole numbers against their
 *	  definition, the mean square about the mean in GMP rationals; and that a
 *	  state which no rows can have made is known for what it is.
 *
 * Usage: moments_read_test [seed [count]]
 */
#include "exact_test.h"

#include "kernel/exact/moments.h"

#define MOST_ROWS 30

/* With room for anything. */
static moments *
new_state(unsigned parts)
{
	moments    *state = calloc(1, MOMENTS_MAX_SIZE);

	moments_init(state, parts, MOMENTS_MAX_WORDS);
	return state;
}

static void
add_row(moments *state, unsigned keep, double x, double w)
{
	int			words;

	check(moments_add_slow(state, keep, x, w, false, &words) == MOMENTS_DONE,
		  "a row of %g with weight %g is refused", x, w);
}

/* ---------- variances ---------- */

static void
test_variance(void)
{
	moments    *state = new_state(MOMENTS_STATS);
	int			n = random_below(MOST_ROWS + 1);
	double		x[MOST_ROWS];
	double		w[MOST_ROWS];
	mpq_t		weight;
	mpq_t		weight_squares;
	mpq_t		mean;
	mpq_t		squares;
	mpq_t		divisor;
	mpq_t		t;
	exact_integer numerator;
	exact_integer denominator;

	mpq_inits(weight, weight_squares, mean, squares, divisor, t, NULL);
	for (int i = 0; i < n; i++)
	{
		x[i] = random_below(2001) / 8.0 - 100;
		w[i] = random_below(3) == 0 ? random_below(3) : (1 + random_below(40)) / 4.0;
		add_row(state, MOMENTS_STATS, x[i], w[i]);
		mpq_set_d(t, w[i]);
		mpq_add(weight, weight, t);
		mpq_mul(t, t, t);
		mpq_add(weight_squares, weight_squares, t);
		mpq_set_d(t, x[i] * w[i]);	/* exact: few bits */
		mpq_add(mean, mean, t);
	}
	if (mpq_sgn(weight) > 0)
		mpq_div(mean, mean, weight);
	for (int i = 0; i < n; i++)
	{
		mpq_set_d(t, x[i]);
		mpq_sub(t, t, mean);
		mpq_mul(t, t, t);
		mpq_set_d(divisor, w[i]);
		mpq_mul(t, t, divisor);
		mpq_add(squares, squares, t);
	}
	for (int kind = VARIANCE_POPULATION; kind <= VARIANCE_RELIABILITY; kind++)
	{
		bool		defined = moments_variance(state, (variance_kind) kind, &numerator, &denominator);

		/* W, W - 1, and W - sum(w^2) / W */
		mpq_set(divisor, weight);
		if (kind == VARIANCE_FREQUENCY)
		{
			mpq_set_ui(t, 1, 1);
			mpq_sub(divisor, divisor, t);
		}
		else if (kind == VARIANCE_RELIABILITY && mpq_sgn(weight) > 0)
		{
			mpq_div(t, weight_squares, weight);
			mpq_sub(divisor, divisor, t);
		}
		check(defined == (mpq_sgn(weight) > 0 && mpq_sgn(divisor) > 0),
			  "variance %d of %d rows is defined: %d", kind, n, defined);
		if (!defined)
			continue;
		mpq_div(t, squares, divisor);
		check_double(exact_ratio_round(&numerator, &denominator), mpq_round(t), "variance");
	}
	mpq_clears(weight, weight_squares, mean, squares, divisor, t, NULL);
	free(state);
}

/* ---------- states from outside ---------- */

static moments *
canonical_state(unsigned keep, int rows)
{
	moments    *state = new_state(keep);
	moments    *canonical = calloc(1, MOMENTS_MAX_SIZE);

	for (int i = 0; i < rows; i++)
		add_row(state, keep, 2 * i - 1, 1.5);
	moments_canonical(state, canonical);
	free(state);
	return canonical;
}

/* Spoilt as told, a good state is refused with these words. */
#define EXPECT_PROBLEM(keep, rows, words, spoil) \
	do { \
		moments *state = canonical_state(keep, rows); \
		const char *problem; \
		check(moments_check(state, keep) == NULL, "a good state is refused: " words); \
		spoil; \
		problem = moments_check(state, keep); \
		check(problem && strcmp(problem, words) == 0, "\"%s\" instead of \"%s\"", problem ? problem : "accepted", words); \
		free(state); \
	} while (0)

static void
test_problems(void)
{
	EXPECT_PROBLEM(MOMENTS_STATS, 3, "It is of an unknown version.", state->version++);
	EXPECT_PROBLEM(MOMENTS_SUMS, 3, "It has a part that this type does not keep.", state->parts |= MOMENTS_WXX);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "It has a part that this type does not keep.", state->parts |= MOMENTS_EXTREMES);
	EXPECT_PROBLEM(MOMENTS_SUMS, 3, "One of its sums is missing.", state->parts &= ~MOMENTS_WX);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "One of its sums is missing.", state->parts &= ~MOMENTS_WW);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "Its counts do not add up.", state->n = -1);
	EXPECT_PROBLEM(MOMENTS_STATS, 3, "Its extremes do not fit its rows.",
				   (state->word[0] = double_bits(3), state->word[1] = double_bits(-1)));
	EXPECT_PROBLEM(MOMENTS_STATS, 3, "Its extremes do not fit its rows.", state->word[1] = double_bits(INFINITY));
	EXPECT_PROBLEM(MOMENTS_STATS, 3, "Its extremes do not fit its rows.", state->n = 0);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "One of its sums is out of range.", state->base[WINDOW_W] = 100);
	EXPECT_PROBLEM(MOMENTS_SUMS, 3, "Its sum of weights is impossible.", state->n = 0);
	EXPECT_PROBLEM(MOMENTS_SUMS, 3, "Its sum of weights is impossible.",
				   moments_window(state, WINDOW_W)[state->limbs[WINDOW_W] - 1] |= UINT64_C(1) << 63);
	/* -1, 1 and 3 of weight 1.5: sum of squares 16.5, of which a quarter is too little. */
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "Its variance would be negative.",
				   moments_window(state, WINDOW_WXX)[0] /= 4);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "Its sum of squares is impossible.",
				   moments_window(state, WINDOW_WXX)[state->limbs[WINDOW_WXX] - 1] |= UINT64_C(1) << 63);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "Its sum of squared weights is impossible.",
				   moments_window(state, WINDOW_WW)[state->limbs[WINDOW_WW] - 1] |= UINT64_C(1) << 63);
	EXPECT_PROBLEM(MOMENTS_SQUARES, 3, "Its sum of squared weights exceeds the square of the sum.",
				   moments_window(state, WINDOW_WW)[0] *= 4);
}

static void
test_sums(void)
{
	moments    *state = canonical_state(MOMENTS_SQUARES, 3);
	const double expected[] = {4.5, 6.75, 4.5, 16.5};
	exact_integer sum;

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		moments_sum(state, i, &sum);
		check_double(exact_integer_round(&sum), expected[i], "sum by hand");
	}
	free(state);
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "moments_read", 5000);

	test_sums();
	test_problems();
	for (long i = 0; i < count; i++)
		test_variance();
	return end_test("moments_read");
}
