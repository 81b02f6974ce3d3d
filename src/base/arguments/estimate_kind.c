/*
 * estimate_kind.c
 *	  Which estimate of a survey is meant: estimate_kind.h.
 */
#include "postgres.h"
#include "base/arguments/estimate_kind.h"

#include "base/arguments/choice.h"

bool
estimate_is_total(const text *kind)
{
	static const choice kinds[] = {{"mean", false}, {"total", true}, {NULL, 0}};

	return choose(kind, "kind of estimate", kinds);
}
