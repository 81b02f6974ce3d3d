/*
 * exact_total_test.c
 *	  Totals of products and of other windows' sums against GMP.
 */
#include "exact_test.h"

#include "kernel/exact/exact_total.h"

#define CASES 20000
#define LOWEST (-4500)

/* sum += z * 2^(exponent - LOWEST) */
static void
add_scaled(mpz_t sum, mpz_t z, int exponent)
{
	mpz_mul_2exp(z, z, (mp_bitcnt_t) (exponent - LOWEST));
	mpz_add(sum, sum, z);
}

static void
add_random_product(exact_total *total, mpz_t sum)
{
	double		a = random_double();
	double		b = random_double();
	double_parts pa = split_double(a);
	double_parts pb = split_double(b);
	mpz_t		z;

	exact_total_add_product(total, a, b);
	mpz_init_set_ui(z, pa.mantissa);
	mpz_mul_ui(z, z, pb.mantissa);
	if (pa.negative != pb.negative)
		mpz_neg(z, z);
	add_scaled(sum, z, pa.exponent + pb.exponent);
	mpz_clear(z);
}

/* A window as states hold them: bits from 2^-2200 to 2^2200, signed. */
static void
add_random_window(exact_total *total, mpz_t sum)
{
	uint64_t	limb[4];
	int			limbs = 1 + random_below(4);
	int			base = random_below(2) ? random_below(130) - 66 : random_below(4);
	mpz_t		z;

	for (int i = 0; i < limbs; i++)
		limb[i] = random_word();
	exact_total_add_sum(total, limb, limbs, base);
	mpz_init(z);
	mpz_from_window(z, limb, limbs, base, LOWEST);
	mpz_add(sum, sum, z);
	mpz_clear(z);
}

static void
check_total(int number)
{
	exact_total total;
	exact_integer got;
	int			terms = random_below(40);
	mpz_t		sum,
				z;

	mpz_inits(sum, z, NULL);
	exact_total_init(&total);
	for (int i = 0; i < terms; i++)
		if (random_below(2))
			add_random_product(&total, sum);
		else
			add_random_window(&total, sum);
	exact_total_get(&total, &got);
	mpz_from_integer(z, &got);
	if (got.limbs > 0)
		mpz_mul_2exp(z, z, (mp_bitcnt_t) (got.exponent - LOWEST));
	check(mpz_cmp(z, sum) == 0, "case %d: total of %d terms", number, terms);
	mpz_clears(sum, z, NULL);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;

	printf("exact_total: seed %" PRIu64 "\n", seed);
	random_state = seed;
	for (int i = 0; i < CASES; i++)
		check_total(i);
	printf("exact_total: %ld checks, %ld failures\n", checks, failures);
	return failures != 0;
}
