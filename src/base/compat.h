/*
 * compat.h
 *	  What differs between PostgreSQL 15, 16, 17 and 18, in one place.
 *
 * Include right after postgres.h.
 */
#ifndef PARINDEX_COMPAT_H
#define PARINDEX_COMPAT_H

#if PG_VERSION_NUM < 150000
#error "parindex needs PostgreSQL 15 or later"
#endif

#ifdef __FAST_MATH__
#error "parindex computes exact sums: -ffast-math and its parts must be off"
#endif

#ifndef __SIZEOF_INT128__
#error "parindex computes exact sums in __int128, which this compiler lacks for 32-bit machines: a 64-bit server is needed"
#endif

/*
 * The library is built with -fvisibility=hidden, since the backend loads
 * modules with RTLD_GLOBAL and plain C names would clash between them.
 * PostgreSQL 15 leaves PGDLLEXPORT empty outside Windows.
 */
#if PG_VERSION_NUM < 160000 && !defined(WIN32)
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

/* PostgreSQL 16 moved VARSIZE and its kin out of postgres.h. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Declares and registers a function that SQL may call. */
#define PARINDEX_FUNCTION(name) \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

/* 18 has it in this place; pg_attribute_noreturn() is gone there. */
#ifndef pg_noreturn
#define pg_noreturn __attribute__((noreturn))
#endif

/* float8in_internal() got a place for soft errors in 16. */
#if PG_VERSION_NUM >= 160000
#define parse_float8(number, type, whole) \
	float8in_internal(number, NULL, type, whole, NULL)
#else
#define parse_float8(number, type, whole) \
	float8in_internal(number, NULL, type, whole)
#endif

/* pq_sendcountedtext() lost its last argument, always false, in 17. */
#if PG_VERSION_NUM >= 170000
#define send_counted_text(out, bytes, length) pq_sendcountedtext(out, bytes, length)
#else
#define send_counted_text(out, bytes, length) pq_sendcountedtext(out, bytes, length, false)
#endif

/* 18 can tell the library's name and version. */
#ifdef PG_MODULE_MAGIC_EXT
#define PARINDEX_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "parindex", .version = PARINDEX_VERSION)
#else
#define PARINDEX_MODULE_MAGIC \
	extern PGDLLEXPORT const Pg_magic_struct *PG_MAGIC_FUNCTION_NAME(void); \
	PG_MODULE_MAGIC
#endif

#endif							/* PARINDEX_COMPAT_H */
