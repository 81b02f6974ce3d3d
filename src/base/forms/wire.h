/*
 * wire.h
 *	  Reading the binary forms of types: what each of them has in common. The
 *	  wire is hostile: what it claims is checked before it is believed. All
 *	  errors are 22P03.
 */
#ifndef PARINDEX_WIRE_H
#define PARINDEX_WIRE_H

#include "base/compat.h"

#include "lib/stringinfo.h"

/* The version byte, the first of every form; a later version is refused. */
extern int	wire_version(StringInfo wire, const char *type, int newest);

/* A count of things of at least `each` bytes: no more than what is left can hold. */
extern int32 wire_count(StringInfo wire, const char *type, Size each);

/* Refuse the value, with a sentence that says why. */
pg_noreturn extern void wire_error(const char *type, const char *detail);

#endif							/* PARINDEX_WIRE_H */
