/*
 * decimal_round.h
 *	  Rounding a double in decimal, halves away from zero or to the even digit.
 */
#ifndef PARINDEX_DECIMAL_ROUND_H
#define PARINDEX_DECIMAL_ROUND_H

#define MIN_ROUND_DIGITS	(-15)
#define MAX_ROUND_DIGITS	15

extern void check_round_digits(int digits);
extern double decimal_round(double x, int digits);
extern double decimal_round_even(double x, int digits);

#endif							/* PARINDEX_DECIMAL_ROUND_H */
