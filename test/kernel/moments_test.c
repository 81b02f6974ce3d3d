/*
 * moments_test.c
 *	  moments.h against GMP and MPFR: rows added, removed and merged in any
 *	  order lead to the exact sums, to results rounded once, and to the same
 *	  canonical bytes.
 *
 * Usage: moments_test [seed [count]]
 */
#include "exact_test.h"
#include "kernel/exact/moments.h"

#define UNIT(parts) ((parts) & ~(unsigned) (MOMENTS_W | MOMENTS_WW))
#define MAX_ROWS 40

typedef struct row
{
	double		x;
	double		w;
} row;

/* A kind of state, as the aggregates have them. */
typedef struct kind
{
	const char *name;
	unsigned	keep;			/* what its transition keeps */
	unsigned	may_keep;		/* what its type may keep */
	size_t		first_size;
} kind;

static const kind kinds[] = {
	{"weighted_sums", MOMENTS_SUMS, MOMENTS_SUMS, 64},
	{"weighted_moments", MOMENTS_SQUARES, MOMENTS_SQUARES, 128},
	{"score_stats of unit weights", UNIT(MOMENTS_STATS), MOMENTS_STATS, 128},
	{"score_stats", MOMENTS_STATS, MOMENTS_STATS, 128}
};
#define KINDS ((int) (sizeof(kinds) / sizeof(kinds[0])))


/* Memory, as the engine gives it: blocks of 64, 128, 256 ... bytes exactly */

static moments *
new_state(const kind *k)
{
	moments    *state = malloc(k->first_size);

	state->owner = 0;
	moments_init(state, k->keep, (int) ((k->first_size - MOMENTS_HEADER_SIZE) / 8));
	return state;
}

static moments *
grow(moments *state, int words, bool keep_old)
{
	size_t		size = 64;
	moments    *grown;

	check(words >= moments_used_words(state) && words <= MOMENTS_MAX_WORDS,
		  "growth to %d words", words);
	while (size < MOMENTS_HEADER_SIZE + 8 * (size_t) words)
		size *= 2;
	grown = calloc(1, size);
	memcpy(grown, state, MOMENTS_HEADER_SIZE + 8 * (size_t) moments_used_words(state));
	grown->capacity = (uint16_t) ((size - MOMENTS_HEADER_SIZE) / 8);
	if (!keep_old)
		free(state);
	return grown;
}

static moments *
canonical_of(const moments *state)
{
	moments    *canonical = calloc(1, MOMENTS_HEADER_SIZE +
								   8 * (size_t) moments_used_words(state));

	moments_canonical(state, canonical);
	check(canonical->capacity <= moments_used_words(state), "canonical is smaller");
	return canonical;
}

static bool
same_state(const moments *a, const moments *b)
{
	moments    *x = canonical_of(a);
	moments    *y = canonical_of(b);
	bool		same = x->capacity == y->capacity &&
		memcmp(x, y, MOMENTS_HEADER_SIZE + 8 * (size_t) x->capacity) == 0;

	free(x);
	free(y);
	return same;
}

/* One row in or out, by the fast path where it may; false asks for a restart. */
static bool
change(moments **state, const kind *k, row r, bool subtract, bool try_fast)
{
	moments_result result;
	int			words;
	bool		done = false;

	if (try_fast)
	{
#define FAST(parts) case parts: \
		done = subtract ? moments_add_fast(*state, parts, r.x, r.w, true) : \
			moments_add_fast(*state, parts, r.x, r.w, false); \
		break;

		switch (k->keep)
		{
			FAST(MOMENTS_SUMS)
			FAST(MOMENTS_SQUARES)
			FAST(UNIT(MOMENTS_STATS))
			FAST(MOMENTS_STATS)
		}
#undef FAST
	}
	if (done)
		return true;
	while ((result = moments_add_slow(*state, k->keep, r.x, r.w, subtract,
									  &words)) == MOMENTS_NO_ROOM)
		*state = grow(*state, words, false);
	check(result == MOMENTS_DONE || (subtract && result == MOMENTS_RESTART),
		  "%s: a row is refused", k->name);
	return result == MOMENTS_DONE;
}

static bool
merge(moments **state, const moments *other, bool subtract)
{
	moments_result result;
	int			words;

	while ((result = moments_merge(*state, other, subtract, &words)) == MOMENTS_NO_ROOM)
		*state = grow(*state, words, false);
	check(result == MOMENTS_DONE || (subtract && result == MOMENTS_RESTART),
		  "a merge is refused");
	return result == MOMENTS_DONE;
}

static moments *
state_of(const kind *k, const row *rows, int n, bool try_fast)
{
	moments    *state = new_state(k);

	for (int i = 0; i < n; i++)
		change(&state, k, rows[i], false, try_fast);
	return state;
}

static void
shuffle(row *rows, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j = random_below(i + 1);
		row			r = rows[i];

		rows[i] = rows[j];
		rows[j] = r;
	}
}


/* Rows: ordinary scores, or anything at all */

typedef enum mixture
{
	SCORES,						/* two decimals, weights 0 .. 10 */
	WIDE,						/* the whole range of doubles */
	NEAR,						/* mean 1e8, spread 1 */
	SPECIAL,					/* some NaN, infinities and zeros */
	MIXTURES
} mixture;

static row
random_row(const kind *k, mixture m)
{
	row			r;

	switch (m)
	{
		case NEAR:
			r.x = 1e8 + (double) random_below(2000) / 1000;
			r.w = (double) random_below(4);
			break;
		case SCORES:
			r.x = (double) (random_below(20001) - 10000) / 100;
			r.w = (double) random_below(41) / 4;
			break;
		default:
			r.x = random_double();
			r.w = fabs(random_double());
			if (m == SPECIAL && random_below(3) == 0)
				r.x = random_below(3) == 0 ? NAN :
					random_below(2) ? INFINITY : -INFINITY;
			if (m == SPECIAL && random_below(3) == 0)
				r.w = 0;
	}
	if (!(k->keep & MOMENTS_W) || random_below(10) == 0)
		r.w = 1;
	return r;
}


/* The exact reference */

typedef struct reference
{
	mpq_t		sum[MOMENTS_WINDOWS];
	moments_specials specials;
	int			finite;
	double		min;
	double		max;
} reference;

static void
make_reference(reference *ref, const row *rows, int n)
{
	mpq_t		x;
	mpq_t		w;
	mpq_t		t;

	mpq_inits(x, w, t, NULL);
	memset(&ref->specials, 0, sizeof(ref->specials));
	ref->finite = 0;
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		mpq_init(ref->sum[i]);
	for (int i = 0; i < n; i++)
	{
		row			r = rows[i];

		mpq_set_d(w, r.w);
		mpq_add(ref->sum[WINDOW_W], ref->sum[WINDOW_W], w);
		mpq_mul(t, w, w);
		mpq_add(ref->sum[WINDOW_WW], ref->sum[WINDOW_WW], t);
		if (isnan(r.x) || (isinf(r.x) && r.w == 0))
			ref->specials.nan++;
		else if (isinf(r.x))
			*(r.x > 0 ? &ref->specials.positive : &ref->specials.negative) += 1;
		else
		{
			mpq_set_d(x, r.x);
			mpq_mul(t, w, x);
			mpq_add(ref->sum[WINDOW_WX], ref->sum[WINDOW_WX], t);
			mpq_mul(t, t, x);
			mpq_add(ref->sum[WINDOW_WXX], ref->sum[WINDOW_WXX], t);
			/* zero has no sign here */
			if (ref->finite == 0 || r.x < ref->min)
				ref->min = r.x + 0.0;
			if (ref->finite == 0 || r.x > ref->max)
				ref->max = r.x + 0.0;
			ref->finite++;
		}
	}
	mpq_clears(x, w, t, NULL);
}

static void
clear_reference(reference *ref)
{
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		mpq_clear(ref->sum[i]);
}

/* Variance and its root, of each kind, from the exact sums. */
static void
check_variance(const moments *state, const reference *ref, const char *name)
{
	mpq_t		numerator;
	mpq_t		denominator;
	mpq_t		t;
	exact_integer n;
	exact_integer d;

	mpq_inits(numerator, denominator, t, NULL);
	for (int v = VARIANCE_POPULATION; v <= VARIANCE_RELIABILITY; v++)
	{
		bool		defined = moments_variance(state, (variance_kind) v, &n, &d);

		mpq_mul(denominator, ref->sum[WINDOW_W], ref->sum[WINDOW_W]);
		if (v != VARIANCE_POPULATION)
			mpq_sub(denominator, denominator,
					ref->sum[v == VARIANCE_FREQUENCY ? WINDOW_W : WINDOW_WW]);
		check(defined == (mpq_sgn(denominator) > 0), "%s: variance %d defined", name, v);
		if (!defined)
			continue;
		mpq_mul(numerator, ref->sum[WINDOW_W], ref->sum[WINDOW_WXX]);
		mpq_mul(t, ref->sum[WINDOW_WX], ref->sum[WINDOW_WX]);
		mpq_sub(numerator, numerator, t);
		mpq_div(numerator, numerator, denominator);
		check_double(exact_ratio_round(&n, &d), mpq_round(numerator), name);
		check(is_rounded_sqrt(exact_ratio_round_sqrt(&n, &d), numerator),
			  "%s: deviation %d", name, v);
	}
	mpq_clears(numerator, denominator, t, NULL);
}

/* Everything that a state says, against its rows. */
static void
check_state(const moments *state, const kind *k, const row *rows, int n)
{
	reference	ref;
	moments_specials specials = moments_get_specials(state);
	moments    *canonical = canonical_of(state);
	const char *problem = moments_check(canonical, k->may_keep);
	exact_integer sum;
	exact_integer weight;
	double		min;
	double		max;
	mpq_t		q;

	check(problem == NULL, "%s: own state is said to have %s", k->name, problem);
	free(canonical);
	make_reference(&ref, rows, n);
	mpq_init(q);
	check(state->n == n, "%s: n", k->name);
	check(memcmp(&specials, &ref.specials, sizeof(specials)) == 0,
		  "%s: counts of special values", k->name);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		if (!(k->may_keep & 1 << i))
			continue;
		moments_sum(state, i, &sum);
		mpq_from_integer(q, &sum);
		check(mpq_equal(q, ref.sum[i]), "%s: sum %d is exact", k->name, i);
		check_double(exact_integer_round(&sum), mpq_round(ref.sum[i]), k->name);
	}
	if (mpq_sgn(ref.sum[WINDOW_W]) > 0)
	{
		moments_sum(state, WINDOW_W, &weight);
		moments_sum(state, WINDOW_WX, &sum);
		mpq_div(q, ref.sum[WINDOW_WX], ref.sum[WINDOW_W]);
		check_double(exact_ratio_round(&sum, &weight), mpq_round(q), "mean");
	}
	if (k->may_keep & MOMENTS_WXX)
		check_variance(state, &ref, k->name);
	if (k->may_keep & MOMENTS_EXTREMES && moments_extremes(state, &min, &max))
	{
		check_double(min, ref.min, "smallest");
		check_double(max, ref.max, "largest");
	}
	else if (k->may_keep & MOMENTS_EXTREMES)
		check(ref.finite == 0, "%s: extremes are missing", k->name);
	mpq_clear(q);
	clear_reference(&ref);
}


/* Routes to one state */

static void
test_routes(const kind *k, mixture m)
{
	row			rows[MAX_ROWS];
	row			held[MAX_ROWS];
	int			n = 1 + random_below(MAX_ROWS);
	int			part;
	int			count = 0;
	moments    *direct;
	moments    *state;
	moments    *other;

	for (int i = 0; i < n; i++)
		rows[i] = random_row(k, random_below(20) == 0 ? WIDE : m);
	direct = state_of(k, rows, n, true);
	check_state(direct, k, rows, n);

	/* any order, with or without the fast path */
	shuffle(rows, n);
	state = state_of(k, rows, n, random_below(2));
	check(same_state(state, direct), "%s: another order", k->name);
	free(state);

	/* any split; the second state is only read */
	part = random_below(n + 1);
	state = state_of(k, rows, part, true);
	other = state_of(k, rows + part, n - part, true);
	{
		size_t		size = MOMENTS_HEADER_SIZE + 8 * (size_t) other->capacity;
		char	   *before = malloc(size);

		memcpy(before, other, size);
		merge(&state, other, false);
		check(memcmp(before, other, size) == 0, "%s: a merge wrote its second state", k->name);
		free(before);
	}
	check(same_state(state, direct), "%s: a split at %d of %d", k->name, part, n);

	/* a canonical state works on like any other */
	free(other);
	other = canonical_of(state);
	free(state);
	state = state_of(k, rows, 0, true);
	merge(&state, other, false);
	check(same_state(state, direct), "%s: from the canonical form", k->name);
	free(other);

	/* and back: without the second part it is the first */
	other = state_of(k, rows + part, n - part, false);
	if (merge(&state, other, true))
	{
		check_state(state, k, rows, part);
		free(other);
		other = state_of(k, rows, part, true);
		check(same_state(state, other), "%s: unmerged", k->name);
	}
	else
	{
		/* asked for only where an extreme may have left */
		double		min,
					max,
					out_min,
					out_max;

		check(moments_extremes(direct, &min, &max) &&
			  moments_extremes(other, &out_min, &out_max) &&
			  (out_min <= min || out_max >= max), "%s: a restart without need", k->name);
	}
	free(other);
	free(state);

	/* rows come and go */
	state = new_state(k);
	for (int step = 0; step < 3 * n; step++)
	{
		if (count > 0 && random_below(5) < 2)
		{
			int			out = random_below(count);
			row			r = held[out];

			held[out] = held[--count];
			if (!change(&state, k, r, true, random_below(4) != 0))
			{
				double		min,
							max;

				check(k->keep & MOMENTS_EXTREMES && moments_extremes(state, &min, &max) &&
					  (r.x <= min || r.x >= max), "%s: a restart without need", k->name);
				free(state);
				state = state_of(k, held, count, true);
			}
		}
		else if (count < MAX_ROWS)
		{
			held[count] = random_row(k, random_below(20) == 0 ? WIDE : m);
			change(&state, k, held[count++], false, random_below(4) != 0);
		}
	}
	check_state(state, k, held, count);
	other = state_of(k, held, count, false);
	check(same_state(state, other), "%s: after rows came and went", k->name);
	free(other);
	free(state);
	free(direct);
}

/* Weights of 1 leave no trace: with them a state equals one without weights. */
static void
test_unit_weights(void)
{
	const kind *unit = &kinds[2];
	const kind *weighted = &kinds[3];
	row			rows[MAX_ROWS];
	int			n = 1 + random_below(MAX_ROWS);
	int			part = random_below(n);
	moments    *a;
	moments    *b;

	for (int i = 0; i < n; i++)
		rows[i] = random_row(unit, (mixture) random_below(MIXTURES));
	a = state_of(unit, rows, n, true);
	b = state_of(weighted, rows, n, true);
	check(same_state(a, b), "unit weights and weights of 1");
	free(b);
	b = state_of(weighted, rows, part, true);
	{
		moments    *rest = state_of(unit, rows + part, n - part, true);

		merge(&b, rest, false);
		check(same_state(a, b), "weighted merged with unit weights");
		free(b);
		b = state_of(weighted, rows, part, true);
		merge(&rest, b, false);
		check(same_state(a, rest), "unit weights merged with weighted");
		free(rest);
	}

	/* A weight that is not 1 shows even where the weights sum to n. */
	if (n >= 2)
	{
		rows[0].w = 0.5;
		rows[1].w = 1.5;
		free(b);
		b = state_of(weighted, rows, n, true);
		check(!same_state(a, b), "weights that sum to n are not all 1");
	}
	free(a);
	free(b);
}


/* Known answers */

static double
mean_of(const moments *state)
{
	exact_integer w;
	exact_integer x;

	moments_sum(state, WINDOW_W, &w);
	moments_sum(state, WINDOW_WX, &x);
	return exact_ratio_round(&x, &w);
}

static double
sum_of(const moments *state)
{
	exact_integer x;

	moments_sum(state, WINDOW_WX, &x);
	return exact_integer_round(&x);
}

static double
variance_of(const moments *state, variance_kind v, bool root)
{
	exact_integer n;
	exact_integer d;

	if (!moments_variance(state, v, &n, &d))
		return NAN;
	return root ? exact_ratio_round_sqrt(&n, &d) : exact_ratio_round(&n, &d);
}

static void
test_known_answers(void)
{
	const double max = 0x1.fffffffffffffp1023;
	const kind *sums = &kinds[0];
	const kind *squares = &kinds[1];
	row			tenths[10];
	row			cancel[] = {{max, 1}, {max, 1}, {max, 3}, {-max, 4}, {1, 1}, {-max, 1}};
	row			tiny[] = {{0x1p-1074, 0x1p-1074}, {0x1p-1074, 0x1p-1074}};
	row			near[] = {{1e8 - 1, 1}, {1e8, 1}, {1e8 + 1, 1}};
	row			apart[] = {{max, 1}, {-max, 1}};
	row			subnormal[] = {{0x1p-1074, 1}, {0x1p-1073, 1}};
	row			same[] = {{0.1, 0.1}, {0.1, 0.2}, {0.1, 0.3}};
	moments    *state;

	for (int i = 0; i < 10; i++)
		tenths[i] = (row) {0.1, 1};
	state = state_of(sums, tenths, 10, true);
	check_double(sum_of(state), 1.0, "ten times 0.1");
	check_double(mean_of(state), 0.1, "mean of ten times 0.1");
	free(state);

	state = state_of(sums, cancel, 6, true);
	check_double(sum_of(state), 1.0, "partial sums beyond the largest double");
	check_double(mean_of(state), 1.0 / 11, "mean of what cancels");
	free(state);

	state = state_of(sums, tiny, 2, true);
	check_double(sum_of(state), 0.0, "products far below the smallest double");
	check_double(mean_of(state), 0x1p-1074, "mean of the smallest double");
	check(state->n == 2, "rows of underflowing products");
	free(state);

	state = state_of(sums, subnormal, 2, true);
	check_double(mean_of(state), 0x1p-1073, "mean of 1 and 2 smallest doubles, to even");
	free(state);

	state = state_of(squares, near, 3, true);
	check_double(variance_of(state, VARIANCE_RELIABILITY, false), 1, "variance at 1e8");
	check_double(variance_of(state, VARIANCE_RELIABILITY, true), 1, "deviation at 1e8");
	check_double(variance_of(state, VARIANCE_POPULATION, false), 2.0 / 3, "variance at 1e8");
	free(state);

	state = state_of(squares, apart, 2, true);
	check_double(variance_of(state, VARIANCE_POPULATION, false), INFINITY, "variance beyond doubles");
	check_double(variance_of(state, VARIANCE_POPULATION, true), max, "its root is a double");
	check_double(variance_of(state, VARIANCE_RELIABILITY, true), INFINITY, "its root is not");
	free(state);

	state = state_of(squares, same, 3, true);
	check_double(variance_of(state, VARIANCE_RELIABILITY, false), 0, "variance of equal values");
	check_double(mean_of(state), 0.1, "mean of equal values");
	free(state);
}

/*
 * Sums of a condition number beyond 1e30, made as Ogita, Rump and Oishi do
 * (Accurate sum and dot product, SIAM J. Sci. Comput. 26, 2005): random terms
 * over a wide range, then terms that cancel what there is so far.
 */
static double
test_ill_conditioned(void)
{
	const kind *k = &kinds[0];
	row			rows[MAX_ROWS];
	int			n = MAX_ROWS;
	moments    *state;
	double		condition;
	mpq_t		sum;
	mpq_t		size;
	mpq_t		t;
	mpq_t		w;

	mpq_inits(sum, size, t, w, NULL);
	for (int i = 0; i < n; i++)
	{
		int			range = i < n / 2 ? 240 : 240 - 12 * (i - n / 2);

		rows[i].w = 1 + (double) random_below(1000) / 8;
		rows[i].x = (double) (int64_t) random_bits();
		rows[i].x = ldexp(rows[i].x, random_below(range + 1) - range / 2);
		if (i >= n / 2)
		{
			mpq_set_d(w, rows[i].w);
			mpq_div(t, sum, w);
			rows[i].x = ldexp((double) random_below(1000), range / 2 - 120) - mpq_round(t);
		}
		mpq_set_d(t, rows[i].x);
		mpq_set_d(w, rows[i].w);
		mpq_mul(t, t, w);
		mpq_add(sum, sum, t);
		mpq_abs(t, t);
		mpq_add(size, size, t);
	}
	shuffle(rows, n);
	state = state_of(k, rows, n, true);
	check_state(state, k, rows, n);
	free(state);
	mpq_abs(sum, sum);
	if (mpq_sgn(sum) == 0)
		condition = 0;
	else
	{
		mpq_div(t, size, sum);
		condition = mpq_round(t);
	}
	mpq_clears(sum, size, t, w, NULL);
	return condition;
}

/* Rows of transformed values, up to 128 bits wide and far beyond doubles. */
static void
test_factors(void)
{
	const kind *k = &kinds[0];
	moments    *state = new_state(k);
	moments    *back;
	moments_factor f[20];
	double		w[20];
	mpq_t		sum;
	mpq_t		t;
	mpq_t		weight;
	exact_integer got;
	int			words;

	mpq_inits(sum, t, weight, NULL);
	for (int i = 0; i < 20; i++)
	{
		uint64_t	low = random_word();
		uint64_t	high = random_word();

		f[i].magnitude = make_uint128(high, low);
		f[i].exponent = random_below(4000) - 2900;
		f[i].negative = random_below(2);
		w[i] = fabs(random_double());
		mpz_import(mpq_numref(t), 2, -1, 8, 0, 0, (uint64_t[]) {low, high});
		mpz_set_ui(mpq_denref(t), 1);
		if (mpz_sgn(mpq_numref(t)) != 0)
			mpq_scale(t, f[i].exponent);
		mpq_set_d(weight, w[i]);
		mpq_mul(t, t, weight);
		if (f[i].negative)
			mpq_neg(t, t);
		mpq_add(sum, sum, t);
		while (moments_add_factor(state, f[i], w[i], false, &words) == MOMENTS_NO_ROOM)
			state = grow(state, words, false);
	}
	moments_sum(state, WINDOW_WX, &got);
	mpq_from_integer(t, &got);
	check(mpq_equal(t, sum), "sum of factors");
	back = canonical_of(state);
	check(moments_check(back, MOMENTS_SUMS) == NULL, "a sum of factors is refused");
	free(back);
	for (int i = 0; i < 20; i++)
		while (moments_add_factor(state, f[i], w[i], true, &words) == MOMENTS_NO_ROOM)
			state = grow(state, words, false);
	back = new_state(k);
	check(same_state(state, back), "factors taken out again");
	free(back);
	free(state);
	mpq_clears(sum, t, weight, NULL);
}

/* n stops at 2^63 - 1, and no state goes below zero. */
static void
test_count(void)
{
	const kind *k = &kinds[1];
	row			one = {1, 1};
	moments    *state = state_of(k, &one, 1, true);
	moments    *many = state_of(k, &one, 1, true);
	int			words;

	/* 2^62 equal rows by doubling, then twice that less one */
	for (int i = 0; i < 62; i++)
	{
		moments    *same = grow(many, many->capacity, true);

		merge(&many, same, false);
		free(same);
	}
	check(many->n == INT64_C(1) << 62, "n by doubling");
	check_double(sum_of(many), 0x1p62, "sum by doubling");
	check(moments_merge(many, many, false, &words) == MOMENTS_TOO_MANY,
		  "n beyond 2^63 - 1");
	check(moments_merge(state, many, true, &words) == MOMENTS_RESTART,
		  "fewer rows than none");
	{
		moments    *rest = grow(many, many->capacity, true);

		many->n--;				/* as if one had left */
		merge(&many, rest, false);
		check(many->n == INT64_MAX, "n may be 2^63 - 1");
		check(moments_add_slow(many, k->keep, 1, 1, false, &words) == MOMENTS_TOO_MANY &&
			  moments_add_slow(many, k->keep, NAN, 1, false, &words) == MOMENTS_TOO_MANY,
			  "one row beyond 2^63 - 1");
		free(rest);
	}
	free(state);
	free(many);
}

/*
 * What may come over the wire: any fields at all. What moments_check() accepts
 * must then be usable, merged with itself included; the sanitizers watch.
 */
static long
test_hostile(const kind *k)
{
	uint64_t	buffer[MOMENTS_MAX_SIZE / 8] = {0};
	moments    *state = (moments *) buffer;
	row			rows[8];
	int			n = 1 + random_below(8);
	moments    *good;
	moments    *canonical;
	moments    *doubled;
	bool		accepted;

	for (int i = 0; i < n; i++)
		rows[i] = random_row(k, (mixture) random_below(MIXTURES));
	good = state_of(k, rows, n, true);
	canonical = canonical_of(good);
	memcpy(state, canonical, MOMENTS_HEADER_SIZE + 8 * (size_t) canonical->capacity);
	free(good);
	free(canonical);

	for (int changes = 1 + random_below(3); changes > 0; changes--)
	{
		int			i = random_below(MOMENTS_WINDOWS);
		int			used = moments_used_words(state);

		switch (random_below(7))
		{
			case 0:
				state->parts = (uint8_t) (random_below(3) == 0 ? random_bits() :
										  state->parts ^ (uint64_t) 1 << random_below(8));
				break;
			case 1:
				state->n = (int64_t) random_word();
				break;
			case 2:
				state->base[i] = (int8_t) (random_below(255) - 127);
				break;
			case 3:
				state->limbs[i] = (uint8_t) random_below(random_below(2) ? 4 : EXACT_MAX_LIMBS + 1);
				break;
			case 4:
				state->version = (uint8_t) (MOMENTS_VERSION + random_below(2));
				break;
			default:
				if (used > 0)
				{
					uint64_t	word = random_word();

					state->word[random_below(used)] = word;
				}
		}
		/* The reader gives limbs only to sums that are there. */
		for (i = 0; i < MOMENTS_WINDOWS; i++)
			if (!(state->parts & 1 << i))
				state->limbs[i] = 0;
	}
	state->capacity = (uint16_t) moments_used_words(state);

	accepted = moments_check(state, k->may_keep) == NULL;
	if (accepted)
	{
		canonical = canonical_of(state);
		check(moments_check(canonical, k->may_keep) == NULL,
			  "%s: canonical form of what was accepted", k->name);
		check(same_state(canonical, state), "%s: canonical twice", k->name);
		doubled = grow(canonical, canonical->capacity, true);
		for (int i = 0; i < 70; i++)
		{
			moments    *same = grow(doubled, doubled->capacity, true);
			moments_result result;
			int			words;

			while ((result = moments_merge(doubled, same, false, &words)) == MOMENTS_NO_ROOM)
				doubled = grow(doubled, words, false);
			free(same);
			if (result == MOMENTS_TOO_MANY)
				break;
			check(result == MOMENTS_DONE, "%s: doubled", k->name);
			if (k->may_keep & MOMENTS_WXX)
				for (int v = 0; v <= VARIANCE_RELIABILITY; v++)
					variance_of(doubled, (variance_kind) v, v & 1);
			check(sum_of(doubled) <= INFINITY, "%s: sum", k->name);
		}
		free(doubled);
		free(canonical);
	}
	return accepted;
}

/* A merge of two accepted states at the ends of the range. */
static void
test_hostile_range(void)
{
	uint64_t	a_words[MOMENTS_MAX_SIZE / 8] = {0};
	uint64_t	b_words[MOMENTS_MAX_SIZE / 8] = {0};
	moments    *a = (moments *) a_words;
	moments    *b = (moments *) b_words;

	/* w = 1, and a sum of values in the lowest, or in one of the higher limbs */
	for (moments *s = a;; s = b)
	{
		s->version = MOMENTS_VERSION;
		s->parts = MOMENTS_SUMS;
		s->n = 1;
		s->limbs[WINDOW_W] = 1;
		s->word[0] = 1;
		s->base[WINDOW_WX] = EXACT_MIN_BASE;
		s->limbs[WINDOW_WX] = 1;
		s->word[1] = 1;
		s->capacity = 2;
		if (s == b)
			break;
	}
	check(moments_check(a, MOMENTS_SUMS) == NULL, "the lowest sum");
	b->limbs[WINDOW_WX] = EXACT_MAX_LIMBS;
	b->capacity = 1 + EXACT_MAX_LIMBS;
	for (int base = EXACT_MIN_BASE; base <= EXACT_MAX_BASE; base++)
		for (int limb = 0; limb < EXACT_MAX_LIMBS; limb++)
		{
			b->base[WINDOW_WX] = (int8_t) base;
			memset(b->word + 1, 0, 8 * EXACT_MAX_LIMBS);
			b->word[1 + limb] = 1;
			if (moments_check(b, MOMENTS_SUMS) == NULL)
			{
				moments    *canonical = canonical_of(b);
				moments    *merged = grow(a, a->capacity, true);

				check(same_state(canonical, b), "a high sum keeps its place");
				merge(&merged, canonical, false);
				merge(&merged, a, true);
				merged->n = 1;
				check(same_state(merged, b), "merged with the lowest sum, and back");
				free(merged);
				free(canonical);
			}
		}
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "moments_test", 1500);
	long		accepted = 0;
	double		condition;
	double		worst = 0;

	test_known_answers();
	test_count();
	test_hostile_range();
	for (long i = 0; i < count; i++)
	{
		for (int k = 0; k < KINDS; k++)
			test_routes(&kinds[k], (mixture) (i % MIXTURES));
		test_unit_weights();
		condition = test_ill_conditioned();
		if (condition > worst && condition < INFINITY)
			worst = condition;
		test_factors();
		for (int j = 0; j < 20; j++)
			accepted += test_hostile(&kinds[random_below(KINDS)]);
	}
	check(count < 10 || worst > 1e30, "a condition number above 1e30: %g", worst);
	check(count < 10 || accepted > 0, "some hostile state is accepted");
	printf("condition numbers up to %.0e; %ld of %ld hostile states were possible\n",
		   worst, accepted, 20 * count);
	return end_test("moments_test");
}
