/*
 * estimate_kind.h
 *	  Which estimate of a survey is meant: the mean or the total.
 */
#ifndef PARINDEX_ESTIMATE_KIND_H
#define PARINDEX_ESTIMATE_KIND_H

#include "base/compat.h"

/* Error 22023 for another word. */
extern bool estimate_is_total(const text *kind);

#endif							/* PARINDEX_ESTIMATE_KIND_H */
