/*
 * elementary_tables_generate.c
 *	  Writes src/kernel/exact/elementary_tables.h, computed with MPFR, to standard
 *	  output.  "make tables" runs it; "make check" compares.
 */
#include <inttypes.h>
#include <stdio.h>

#include <gmp.h>
#include <mpfr.h>

#define PRECISION 400

/* x * 2^bits, rounded as said, as an initialiser of two 64-bit halves. */
static void
print_halves(mpfr_t x, int bits, mpfr_rnd_t rounding)
{
	mpfr_t		scaled;
	mpz_t		integer;
	char		hex[64];

	mpfr_init2(scaled, PRECISION);
	mpz_init(integer);
	mpfr_mul_2si(scaled, x, bits, MPFR_RNDN);
	mpfr_get_z(integer, scaled, rounding);
	gmp_snprintf(hex, sizeof(hex), "%032Zx", integer);
	printf("{UINT64_C(0x%.16s), UINT64_C(0x%s)}", hex, hex + 16);
	mpz_clear(integer);
	mpfr_clear(scaled);
}

/*
 * factor = 1/(1 + i/steps) rounded up to a multiple of 2^-63, with
 * -ln(factor) to 128 fractional bits.
 */
static void
print_log_table(const char *name, int steps)
{
	mpfr_t		x;
	mpz_t		factor;

	mpfr_init2(x, PRECISION);
	mpz_init(factor);
	printf("\nstatic const log_entry %s[64] = {\n", name);
	for (int i = 0; i < 64; i++)
	{
		mpz_set_ui(factor, (unsigned long) steps);
		mpz_mul_2exp(factor, factor, 63);
		mpz_cdiv_q_ui(factor, factor, (unsigned long) (steps + i));
		mpfr_set_z_2exp(x, factor, -63, MPFR_RNDN);
		mpfr_log(x, x, MPFR_RNDN);
		mpfr_neg(x, x, MPFR_RNDN);
		gmp_printf("\t{UINT64_C(0x%016Zx), ", factor);
		print_halves(x, 128, MPFR_RNDN);
		puts("},");
	}
	puts("};");
	mpz_clear(factor);
	mpfr_clear(x);
}

/* e^(i/steps), cut to 127 fractional bits. */
static void
print_exp_table(const char *name, int size, int steps)
{
	mpfr_t		x;

	mpfr_init2(x, PRECISION);
	printf("\nstatic const halves %s[%d] = {\n", name, size);
	for (int i = 0; i < size; i++)
	{
		mpfr_set_si(x, i, MPFR_RNDN);
		mpfr_div_si(x, x, steps, MPFR_RNDN);
		mpfr_exp(x, x, MPFR_RNDN);
		putchar('\t');
		print_halves(x, 127, MPFR_RNDD);
		puts(",");
	}
	puts("};");
	mpfr_clear(x);
}

int
main(void)
{
	mpfr_t		ln2;

	puts("/*\n"
		 " * elementary_tables.h\n"
		 " *\t  Constants of elementary.c, which alone includes this file.\n"
		 " *\n"
		 " * Written by test/kernel/elementary_tables_generate.c with MPFR; do not edit.\n"
		 " * \"make -C test/kernel tables\" writes it again, \"make -C test/kernel check\"\n"
		 " * compares.\n"
		 " */\n"
		 "#ifndef PARINDEX_ELEMENTARY_TABLES_H\n"
		 "#define PARINDEX_ELEMENTARY_TABLES_H\n"
		 "\n"
		 "#include <stdint.h>\n"
		 "\n"
		 "/* A constant of 128 bits. */\n"
		 "typedef struct halves\n"
		 "{\n"
		 "\tuint64_t\thi;\n"
		 "\tuint64_t\tlo;\n"
		 "} halves;\n"
		 "\n"
		 "typedef struct log_entry\n"
		 "{\n"
		 "\tuint64_t\tfactor;\n"
		 "\thalves\t\tlog;\n"
		 "} log_entry;\n"
		 "\n"
		 "/* ln 2, cut to 128 fractional bits. */");
	mpfr_init2(ln2, PRECISION);
	mpfr_const_log2(ln2, MPFR_RNDN);
	printf("static const halves LN2 = ");
	print_halves(ln2, 128, MPFR_RNDD);
	puts(";");
	mpfr_clear(ln2);

	printf("\n/*\n"
		   " * {factor, -ln factor}: factor = 1/(1 + i/64), then 1/(1 + i/4096), rounded up\n"
		   " * to 63 fractional bits; the logarithm has 128.\n"
		   " */");
	print_log_table("log_coarse", 64);
	print_log_table("log_fine", 4096);

	printf("\n/* e^(i/64), then e^(i/4096), cut to 127 fractional bits. */");
	print_exp_table("exp_coarse", 45, 64);
	print_exp_table("exp_fine", 64, 4096);
	puts("\n#endif\t\t\t\t\t\t\t/* PARINDEX_ELEMENTARY_TABLES_H */");
	mpfr_free_cache();
	return 0;
}
