/*
 * framework_argument.c
 *	  A framework argument read once per query, and its nodes by code.
 *
 * Two frameworks are the same exactly where their fingerprints are: these are
 * cut from SHA-256 by whoever builds a framework, and nobody else makes one.
 * A value that stands in a toast table is known by its toast pointer, so that
 * a million rows do not fetch it a million times; such a value is never
 * changed in place, and its number serves another only after four thousand
 * million others and a vacuum.
 */
#include "postgres.h"
#include "framework/framework.h"
#include "framework/framework_argument.h"

#include "access/detoast.h"
#include "common/hashfn.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* Frameworks kept for a call; two arguments and a few changes between rows. */
#define CACHED_FRAMEWORKS 8

struct framework_cache
{
	struct framework_cache *next;	/* less recently used */
	bool		toasted;
	Size		kept_size;		/* of the argument, without header, plain */
	struct varatt_external pointer; /* where it is toasted */
	const framework *fw;		/* NULL while it is being filled */
	uint32		mask;			/* slots - 1 */
	int32	   *slot;			/* hash table by code: node, or -1 */
	int32	   *next_node;		/* the node asked for after each, last time */
	int32		last_node;
	const void *derived;		/* what the caller made of it, or NULL */
	void	   *beside;			/* what the caller keeps with it, or NULL */
	MemoryContext context;		/* of all this but the struct itself */
};

static uint32
hash_code(const char *code, int length)
{
	return hash_bytes((const unsigned char *) code, length);
}

static inline bool
has_code(const framework *fw, int node, const char *code, int length)
{
	int			own_length;
	const char *own = framework_code(fw, node, &own_length);

	return own_length == length && memcmp(own, code, length) == 0;
}

static void
index_codes(framework_cache *cache, const framework *fw)
{
	uint32		slots = 16;

	while (slots < 2 * (uint32) fw->nodes)
		slots *= 2;
	cache->mask = slots - 1;
	cache->slot = palloc(sizeof(int32) * slots);
	memset(cache->slot, -1, sizeof(int32) * slots);
	cache->next_node = palloc0(sizeof(int32) * fw->nodes);
	cache->last_node = 0;
	for (int i = 0; i < fw->nodes; i++)
	{
		int			length;
		const char *code = framework_code(fw, i, &length);
		uint32		at = hash_code(code, length) & cache->mask;

		while (cache->slot[at] >= 0)
			at = (at + 1) & cache->mask;
		cache->slot[at] = i;
	}
}

/* Rows mostly name the codes in the same order, unit by unit: ask there first. */
int
framework_find(const framework_cache *cache, const char *code, int length)
{
	int32	   *guess = &cache->next_node[cache->last_node];
	uint32		at;
	int			node = *guess;

	if (!has_code(cache->fw, node, code, length))
	{
		at = hash_code(code, length) & cache->mask;
		while ((node = cache->slot[at]) >= 0 && !has_code(cache->fw, node, code, length))
			at = (at + 1) & cache->mask;
		if (node < 0)
			return -1;
		*guess = node;
	}
	((framework_cache *) cache)->last_node = node;
	return node;
}

const framework *
framework_of(const framework_cache *cache)
{
	return cache->fw;
}

const void *
framework_derived(const framework_cache *cache, const void *(*derive) (const framework *fw))
{
	if (unlikely(cache->derived == NULL))
	{
		MemoryContext old = MemoryContextSwitchTo(cache->context);

		((framework_cache *) cache)->derived = derive(cache->fw);
		MemoryContextSwitchTo(old);
	}
	return cache->derived;
}

void **
framework_beside(const framework_cache *cache, MemoryContext *context)
{
	*context = cache->context;
	return &((framework_cache *) cache)->beside;
}

/* Whether the cache holds this argument. */
static bool
is_cached(const framework_cache *cache, struct varlena *value)
{
	if (cache->fw == NULL)
		return false;
	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, value);
		return cache->toasted &&
			memcmp(&pointer, &cache->pointer, sizeof(pointer)) == 0;
	}
	if (VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value))
		return false;
	return VARSIZE_ANY_EXHDR(value) == cache->kept_size &&
		memcmp(VARDATA_ANY(value) + offsetof(framework, fingerprint) - VARHDRSZ,
			   cache->fw->fingerprint, FRAMEWORK_FINGERPRINT) == 0;
}

static void
fill_cache(framework_cache *cache, struct varlena *value)
{
	MemoryContext old;
	framework  *fw;

	cache->fw = NULL;
	cache->derived = NULL;
	cache->beside = NULL;
	MemoryContextReset(cache->context);
	old = MemoryContextSwitchTo(cache->context);
	cache->toasted = VARATT_IS_EXTERNAL_ONDISK(value);
	if (cache->toasted)
		VARATT_EXTERNAL_GET_POINTER(cache->pointer, value);
	/* A copy even of a plain value, which may be gone before the next row. */
	fw = framework_detoast(value, true);
	cache->kept_size = toast_raw_datum_size(PointerGetDatum(value)) - VARHDRSZ;
	index_codes(cache, fw);
	cache->fw = fw;
	MemoryContextSwitchTo(old);
}

static framework_cache *
new_cache(MemoryContext context)
{
	framework_cache *cache = MemoryContextAllocZero(context, sizeof(framework_cache));

	cache->context = AllocSetContextCreate(context, "parindex framework",
										   ALLOCSET_SMALL_SIZES);
	return cache;
}

const framework_cache *
framework_cache_new(const framework *fw)
{
	framework_cache *cache = new_cache(CurrentMemoryContext);
	MemoryContext old = MemoryContextSwitchTo(cache->context);

	index_codes(cache, fw);
	cache->fw = fw;
	MemoryContextSwitchTo(old);
	return cache;
}

/*
 * The list stands in order of use, and the last of it makes way: what one
 * call holds stays, whatever its other argument.
 */
const framework_cache *
framework_argument(FunctionCallInfo fcinfo, int argument)
{
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(argument);
	framework_cache **first = (framework_cache **) &fcinfo->flinfo->fn_extra;
	framework_cache **link = first;
	framework_cache *cache;
	int			passed = 0;

	if (likely(*first != NULL && is_cached(*first, value)))
		return *first;
	while (*link != NULL && !is_cached(*link, value) &&
		   ((*link)->next != NULL || passed < CACHED_FRAMEWORKS - 1))
	{
		link = &(*link)->next;
		passed++;
	}
	if (*link == NULL)
		*link = new_cache(fcinfo->flinfo->fn_mcxt);
	cache = *link;
	if (!is_cached(cache, value))
		fill_cache(cache, value);
	*link = cache->next;
	cache->next = *first;
	*first = cache;
	return cache;
}

pg_noreturn static void
unknown_code(text *code)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("criterion \"%s\" is not in the framework", text_to_cstring(code)),
			 errhint("framework_nodes() lists what is; FILTER leaves rows out.")));
}

int
framework_node_of(const framework_cache *cache, text *code)
{
	int			node = framework_find(cache, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));

	if (unlikely(node < 0))
		unknown_code(code);
	return node;
}
