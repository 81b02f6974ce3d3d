/*
 * normalise_test.c
 *	  Scales against MPFR and plain counting, their ends and order, and the
 *	  same bits whatever the order of the values. Usage: normalise_test [seed]
 */
#include "kernel/field/normalise.h"

#include "kernel_test.h"

#include "kernel/field/column_stats.h"

#define BITS 2200
#define LONGEST 150
#define CASES 3000

/* Columns of many kinds: of all signs and scales, tied, hardly varying, constant. */
static double
random_value(int kind)
{
	double		u = random_unit();

	switch (kind)
	{
		case 0:
			return u - 0.3;
		case 1:
			return floor(6 * u);
		case 2:
			return 0.1 + floor(4 * u) * 0x1p-56;
		case 3:
			return ldexp(u - 0.5, (int) (random_bits() % 1900) - 950);
		case 4:
			return 1 / (u + 1e-9);
		default:
			return 0.7;
	}
}

static void
fail(const char *what, int kind, int n, double x, double got, double expected)
{
	printf("%s of kind %d, n %d, at %a: got %a, expected %a\n", what, kind, n, x, got, expected);
	exit(1);
}

static void
check_close(const char *what, int kind, int n, double x, double got, double expected)
{
	if (got != expected && !(fabs(got - expected) <= 0x1p-50 * fabs(expected) + 0x1p-1000))
		fail(what, kind, n, x, got, expected);
}

/* (x - from) / (to - from) */
static double
share_in_mpfr(double x, double from, double to, bool logarithmic)
{
	mpfr_t		a,
				b,
				c;
	double		result;

	mpfr_inits2(BITS, a, b, c, (mpfr_ptr) 0);
	mpfr_set_d(a, x, MPFR_RNDN);
	mpfr_set_d(b, from, MPFR_RNDN);
	mpfr_set_d(c, to, MPFR_RNDN);
	if (logarithmic)
	{
		mpfr_prec_round(a, 300, MPFR_RNDN);
		mpfr_prec_round(b, 300, MPFR_RNDN);
		mpfr_prec_round(c, 300, MPFR_RNDN);
		mpfr_log(a, a, MPFR_RNDN);
		mpfr_log(b, b, MPFR_RNDN);
		mpfr_log(c, c, MPFR_RNDN);
	}
	mpfr_sub(a, a, b, MPFR_RNDN);
	mpfr_sub(c, c, b, MPFR_RNDN);
	mpfr_div(a, a, c, MPFR_RNDN);
	result = mpfr_get_d(a, MPFR_RNDN);
	mpfr_clears(a, b, c, (mpfr_ptr) 0);
	return result;
}

/* The scales of a column, and room for the sorted ones. */
typedef struct scales
{
	scale		minmax;
	scale		zscore;
	scale		to_mark;
	scale		of_max;
	scale		of_min;
	scale		rank;
	scale		percentile;
	int			count;
	double		sorted[LONGEST];
} scales;

static void
make_scales(scales *s, const double *x, int n, double mark)
{
	double		scratch[LONGEST];

	s->count = column_sort(x, n, s->sorted, scratch);
	s->minmax = scale_minmax(x, n);
	s->zscore = scale_zscore(x, n);
	s->to_mark = scale_to_mark(x, n, mark);
	s->of_max = scale_fraction_of_max(x, n);
	s->of_min = scale_fraction_of_min(x, n);
	s->rank = scale_rank(s->sorted, s->count, 1, TIES_MIN);
	s->percentile = scale_percentile(s->sorted, s->count, TIES_MIN);
}

static void
check_kinds(const scales *s, int kind, double mark)
{
	double		min = s->count == 0 ? 0 : s->sorted[0];
	double		max = s->count == 0 ? 0 : s->sorted[s->count - 1];
	bool		empty = s->count == 0;
	scale_kind	range = empty ? SCALE_EMPTY : min == max ? SCALE_CONSTANT : SCALE_LINEAR;

#define CHECK_KIND(scale, expected) \
	if ((scale).kind != (expected)) \
		fail(#scale, kind, s->count, min, (scale).kind, (expected))
	CHECK_KIND(s->minmax, range);
	CHECK_KIND(s->zscore, range);
	CHECK_KIND(s->percentile, range == SCALE_LINEAR ? SCALE_PLACE : range);
	CHECK_KIND(s->rank, empty ? SCALE_EMPTY : SCALE_PLACE);
	CHECK_KIND(s->to_mark, empty ? SCALE_EMPTY : mark > min ? SCALE_LINEAR : SCALE_STEP);
	CHECK_KIND(s->of_max, empty ? SCALE_EMPTY : max > 0 ? SCALE_LINEAR :
			   min == 0 ? SCALE_CONSTANT : SCALE_UNDEFINED);
	CHECK_KIND(s->of_min, empty ? SCALE_EMPTY : min > 0 ? SCALE_INVERSE :
			   min == 0 && max == 0 ? SCALE_CONSTANT : SCALE_UNDEFINED);
}

static void
check_value(const scales *s, int kind, double mark, double x)
{
	int			n = s->count;
	int			below = 0;

	for (int i = 0; i < n; i++)
		below += s->sorted[i] < x;
	if (s->minmax.kind == SCALE_LINEAR)
	{
		column_moments m;

		check_close("minmax", kind, n, x, scale_at(&s->minmax, x),
					share_in_mpfr(x, s->sorted[0], s->sorted[n - 1], false));
		column_get_moments(s->sorted, n, &m);
		check_close("zscore", kind, n, x, scale_at(&s->zscore, x), (x - m.mean) / m.sd);
		check_close("percentile", kind, n, x, scale_at(&s->percentile, x),
					fmin((double) below / (n - 1), 1));
	}
	if (s->to_mark.kind == SCALE_LINEAR)
		check_close("mark", kind, n, x, scale_at(&s->to_mark, x),
					share_in_mpfr(x, s->sorted[0], mark, false));
	if (s->to_mark.kind == SCALE_STEP)
		check_close("step", kind, n, x, scale_at(&s->to_mark, x), x >= mark);
	if (s->of_max.kind == SCALE_LINEAR)
		check_close("of max", kind, n, x, scale_at(&s->of_max, x), x / s->sorted[n - 1]);
	if (s->of_min.kind == SCALE_INVERSE && x > 0)
		check_close("of min", kind, n, x, scale_at(&s->of_min, x), s->sorted[0] / x);
	if (s->rank.kind == SCALE_PLACE)
		check_close("rank", kind, n, x, scale_at(&s->rank, x), below + 1);
}

static void
check_same_bits(const char *what, int kind, int n, double x, const scale *a, const scale *b)
{
	double		p = a->kind >= SCALE_LINEAR ? scale_at(a, x) : 0;
	double		q = b->kind >= SCALE_LINEAR ? scale_at(b, x) : 0;

	if (a->kind != b->kind || double_bits(p) != double_bits(q))
		fail(what, kind, n, x, q, p);
}

static void
check_column(int kind)
{
	int			n = (int) (random_bits() % LONGEST);
	double		x[LONGEST];
	double		backwards[LONGEST];
	double		mark = random_value(kind);
	scales		s;
	scales		t;

	for (int i = 0; i < n; i++)
		x[i] = random_bits() % 9 == 0 ? NAN : random_value(kind);
	for (int i = 0; i < n; i++)
		backwards[i] = x[n - 1 - i];
	make_scales(&s, x, n, mark);
	make_scales(&t, backwards, n, mark);
	check_kinds(&s, kind, mark);
	for (int i = 0; i < 20; i++)
	{
		double		y = i < s.count ? s.sorted[random_bits() % s.count] : random_value(kind);

		check_value(&s, kind, mark, y);
		check_same_bits("minmax", kind, n, y, &s.minmax, &t.minmax);
		check_same_bits("zscore", kind, n, y, &s.zscore, &t.zscore);
		check_same_bits("mark", kind, n, y, &s.to_mark, &t.to_mark);
		check_same_bits("rank", kind, n, y, &s.rank, &t.rank);
		check_same_bits("percentile", kind, n, y, &s.percentile, &t.percentile);
	}
}

/* Marks rise and fall; logarithms over all of the doubles. */
static void
check_marks(void)
{
	double		from = ldexp(1 + random_unit(), (int) (random_bits() % 2000) - 1000);
	double		to = ldexp(1 + random_unit(), (int) (random_bits() % 2000) - 1000);
	double		x = ldexp(1 + random_unit(), (int) (random_bits() % 2000) - 1000);
	double		near = from * (1 + 0x1p-40 * (1 + random_unit()));
	scale		linear = scale_between(from, to);
	scale		logarithmic = scale_log_between(from, to);
	scale		short_logarithmic = scale_log_between(from, near);

	check_close("between", -1, 0, x, scale_at(&linear, x), share_in_mpfr(x, from, to, false));
	check_close("log between", -1, 0, x, scale_at(&logarithmic, x), share_in_mpfr(x, from, to, true));
	check_close("log between near marks", -1, 0, x, scale_at(&short_logarithmic, x),
				share_in_mpfr(x, from, near, true));
	if (scale_at(&linear, from) != 0 || scale_at(&linear, to) != 1 ||
		scale_at(&logarithmic, from) != 0 || scale_at(&logarithmic, to) != 1)
		fail("marks", -1, 0, from, to, 1);
}

/* The ends are met, never crossed by a share within 0 .. 1, and order is kept. */
static void
check_shares(void)
{
	double		lower = random_value(0);
	double		upper = lower + random_unit();
	double		a = random_bits() % 4 ? random_unit() : 1 - 0x1p-53;
	double		b = random_bits() % 4 ? 2 * random_unit() : 1;
	double		low = share_between(fmin(a, b), lower, upper);
	double		high = share_between(fmax(a, b), lower, upper);

	if (share_between(0, lower, upper) != lower || share_between(1, lower, upper) != upper)
		fail("ends", -1, 0, lower, share_between(1, lower, upper), upper);
	if (low > high || low < lower || share_between(a, lower, upper) > upper)
		fail("order of shares", -1, 0, a, low, high);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 20240607;

	printf("normalise_test, seed %llu: ", (unsigned long long) seed);
	random_state = seed;
	for (int i = 0; i < CASES; i++)
	{
		check_column(i % 6);
		check_marks();
		check_shares();
	}
	printf("%d columns, marks and shares\n", CASES);
	return 0;
}
