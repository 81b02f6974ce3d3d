/*
 * framework_argument.h
 *	  A framework argument read once per query, and its nodes by code.
 */
#ifndef PARINDEX_FRAMEWORK_ARGUMENT_H
#define PARINDEX_FRAMEWORK_ARGUMENT_H

#include "framework/framework.h"

/*
 * The framework of an argument, detoasted and indexed once per query where it
 * does not change, in fn_extra's memory context: fn_extra belongs to these
 * caches. Correct whatever is passed: the cache is compared with the argument
 * (its toast pointer, or its fingerprint).
 */
typedef struct framework_cache framework_cache;
extern const framework_cache *framework_argument(FunctionCallInfo fcinfo, int argument);
extern const framework *framework_of(const framework_cache *cache);

/*
 * What a function makes of a framework before it meets rows, made once, with
 * the cache; each function has one such thing.
 */
extern const void *framework_derived(const framework_cache *cache,
									 const void *(*derive) (const framework *fw));

/*
 * A place for what a function keeps beside a framework, NULL at first; what it
 * points to may live in *context, which ends with the cache.
 */
extern void **framework_beside(const framework_cache *cache, MemoryContext *context);

/* The same for a framework that is no argument, in the current context. */
extern const framework_cache *framework_cache_new(const framework *fw);

/* Node of a code, or -1; the lookup table is built once, with the cache. */
extern int	framework_find(const framework_cache *cache, const char *code, int length);

/* The node of a code, leaf or not; an unknown one is an error 22023. */
extern int	framework_node_of(const framework_cache *cache, text *code);

#endif							/* PARINDEX_FRAMEWORK_ARGUMENT_H */
