/*
 * natural_breaks_test.c
 *	  Natural breaks against all classifications there are, their squared
 *	  deviations as fractions in GMP.
 *	  Usage: natural_breaks_test [seed [cases]]
 */
#include "kernel/classes/natural_breaks.h"

#include "exact_test.h"

#define LONGEST 11
#define LARGE 3000

static void
set_int64(mpz_t z, int64_t x)
{
	mpz_set_si(z, (long) x);
}

/* Adds the squared deviations of values i to j - 1 from their mean. */
static void
add_deviations(mpq_t sum, const counted_values *values, int i, int j)
{
	mpz_t		rows,
				count,
				x,
				first,
				second;
	mpq_t		quotient;

	mpz_inits(rows, count, x, first, second, (mpz_ptr) 0);
	mpq_init(quotient);
	for (; i < j; i++)
	{
		set_int64(count, (i + 1 < values->n ? values->below[i + 1] : values->total) - values->below[i]);
		set_int64(x, values->value[i]);
		mpz_add(rows, rows, count);
		mpz_mul(count, count, x);
		mpz_add(first, first, count);
		mpz_addmul(second, count, x);
	}
	mpz_mul(mpq_numref(quotient), first, first);
	mpz_set(mpq_denref(quotient), rows);
	mpq_canonicalize(quotient);
	mpq_sub(sum, sum, quotient);
	mpq_set_z(quotient, second);
	mpq_add(sum, sum, quotient);
	mpq_clear(quotient);
	mpz_clears(rows, count, x, first, second, (mpz_ptr) 0);
}

static void
add_within(mpq_t sum, const counted_values *values, int classes, const int *first)
{
	mpq_set_ui(sum, 0, 1);
	for (int c = 0; c < classes; c++)
		add_deviations(sum, values, first[c], c + 1 < classes ? first[c + 1] : values->n);
}

/* Whether the last class of a begins lower, or the one before where they begin alike. */
static bool
begins_lower(const int *a, const int *b, int classes)
{
	for (int c = classes - 1; c > 0; c--)
		if (a[c] != b[c])
			return a[c] < b[c];
	return false;
}

/* Every choice of where the classes but the first begin. */
static void
search_all(const counted_values *values, int classes, int *first, int c, int *best, mpq_t best_within)
{
	if (c == classes)
	{
		mpq_t		within;
		int			order;

		mpq_init(within);
		add_within(within, values, classes, first);
		order = mpq_sgn(best_within) < 0 ? -1 : mpq_cmp(within, best_within);
		if (order < 0 || (order == 0 && begins_lower(first, best, classes)))
		{
			mpq_set(best_within, within);
			memcpy(best, first, sizeof(int) * (size_t) classes);
		}
		mpq_clear(within);
		return;
	}
	for (first[c] = first[c - 1] + 1; first[c] <= values->n - (classes - c); first[c]++)
		search_all(values, classes, first, c + 1, best, best_within);
}

static int64_t
random_step(int kind)
{
	int			shift;

	switch (kind)
	{
		case 0:
			return 1;			/* ties of cost abound */
		case 1:
			return 1 + random_below(3);
		case 2:
			shift = 24 + random_below(40);
			return 1 + (int64_t) (random_bits() >> shift);
		default:
			return random_below(4) == 0 ? 1000 : 1 + random_below(2);
	}
}

static int64_t
random_count(int kind)
{
	switch (kind)
	{
		case 0:
			return 1;
		case 1:
			return 1 + random_below(3);
		case 2:
			return 1 + random_below(100000);
		default:
			return 1 + (int64_t) (random_bits() >> 33);
	}
}

static void
fill(counted_values *values, int64_t *value, int64_t *below, int n)
{
	int			steps = random_below(4);
	int			counts = random_below(4);
	int64_t		x = -random_below(1000);
	int64_t		total = 0;

	for (int i = 0; i < n; i++)
	{
		value[i] = x;
		below[i] = total;
		x += random_step(steps);
		total += random_count(counts);
	}
	*values = (counted_values) {value, below, n, total};
}

static void
test_values(const counted_values *values, int classes)
{
	int			n = values->n;
	int			first[LONGEST];
	int			tried[LONGEST] = {0};
	int			best[LONGEST] = {0};
	void	   *memory;
	mpq_t		within;
	mpq_t		least;
	mpq_t		all;
	double		goodness;

	memory = malloc(natural_breaks_memory(n, classes));
	check(natural_breaks(values, classes, first, memory, NULL, NULL), "stopped by nobody");
	free(memory);

	mpq_inits(within, least, all, (mpq_ptr) 0);
	mpq_set_si(least, -1, 1);
	search_all(values, classes, tried, 1, best, least);
	add_within(within, values, classes, first);
	check(mpq_equal(within, least), "%d classes of %d values: not the least squares", classes, n);
	check(memcmp(first, best, sizeof(int) * (size_t) classes) == 0,
		  "%d classes of %d values: another of equal ones, last from %d instead of %d", classes, n,
		  first[classes - 1], best[classes - 1]);

	goodness = natural_breaks_goodness(values, classes, first);
	add_deviations(all, values, 0, n);
	if (n == 1)
		check(isnan(goodness), "one value has no variance");
	else
	{
		mpq_div(within, within, all);
		check(fabs(goodness - (1 - mpq_get_d(within))) < 1e-14, "goodness %.17g, not %.17g",
			  goodness, 1 - mpq_get_d(within));
	}
	mpq_clears(within, least, all, (mpq_ptr) 0);
}

static void
test_against_all(void)
{
	int64_t		value[LONGEST];
	int64_t		below[LONGEST];
	counted_values values;
	int			n = 1 + random_below(LONGEST);

	fill(&values, value, below, n);
	if (natural_breaks_fit_in(&values))
		test_values(&values, 1 + random_below(n));
}

/* Equally good classes whose fractions, rounded, would make one the better. */
static void
test_fractions(void)
{
	int64_t		value[] = {0, 1, 3, 4, 5, 8, 11, 12};
	int64_t		below[] = {0, 1, 4, 5, 6, 8, 11, 12};
	int64_t		tied_value[] = {0, 3, 4, 5, 8, 11};
	int64_t		tied_below[] = {0, 1, 4, 5, 6, 8};
	int64_t		long_value[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
	int64_t		long_below[] = {0, 3, 4, 6, 7, 8, 10, 11, 13, 14};

	for (int classes = 1; classes <= 8; classes++)
		test_values(&(counted_values) {value, below, 8, 13}, classes);
	for (int classes = 1; classes <= 6; classes++)
		test_values(&(counted_values) {tied_value, tied_below, 6, 11}, classes);
	for (int classes = 1; classes <= 10; classes++)
		test_values(&(counted_values) {long_value, long_below, 10, 17}, classes);
}

/* Of many values: no break can be moved by one for the better. */
static void
test_large(void)
{
	int64_t	   *value = malloc(sizeof(int64_t) * LARGE);
	int64_t	   *below = malloc(sizeof(int64_t) * LARGE);
	counted_values values;
	int			n = 2 + random_below(LARGE - 1);
	int			classes = 2 + random_below(n < 12 ? n - 1 : 11);
	int			first[NATURAL_BREAKS_MAX_CLASSES];
	void	   *memory;
	mpq_t		within;
	mpq_t		moved;

	fill(&values, value, below, n);
	if (natural_breaks_fit_in(&values))
	{
		memory = malloc(natural_breaks_memory(n, classes));
		check(natural_breaks(&values, classes, first, memory, NULL, NULL), "stopped by nobody");
		free(memory);
		mpq_inits(within, moved, (mpq_ptr) 0);
		add_within(within, &values, classes, first);
		for (int c = 1; c < classes; c++)
			for (int by = -1; by <= 1; by += 2)
			{
				int			end = c + 1 < classes ? first[c + 1] : n;

				first[c] += by;
				if (first[c] > first[c - 1] && first[c] < end)
				{
					add_within(moved, &values, classes, first);
					check(mpq_cmp(moved, within) > (by > 0 ? -1 : 0),
						  "%d classes of %d values: break %d moved by %d is better", classes, n, c, by);
				}
				first[c] -= by;
			}
		mpq_clears(within, moved, (mpq_ptr) 0);
	}
	free(value);
	free(below);
}

static bool
stop_at_once(void *asked)
{
	++*(int *) asked;
	return true;
}

static void
test_stop(void)
{
	int64_t		value[LARGE];
	int64_t		below[LARGE];
	counted_values values = {value, below, LARGE, LARGE};
	int			first[50];
	int			asked = 0;
	void	   *memory = malloc(natural_breaks_memory(LARGE, 50));

	for (int i = 0; i < LARGE; i++)
	{
		value[i] = (int64_t) i * i;
		below[i] = i;
	}
	check(!natural_breaks(&values, 50, first, memory, stop_at_once, &asked) && asked == 1,
		  "goes on when told to stop");
	free(memory);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "natural_breaks_test", 4000);

	for (long i = 0; i < cases; i++)
		test_against_all();
	for (long i = 0; i < cases / 200; i++)
		test_large();
	test_fractions();
	test_stop();
	return end_test("natural_breaks_test");
}
