/*
 * interrupts.h
 *	  What the kernel asks now and then whether it is to stop.
 */
#ifndef PARINDEX_INTERRUPTS_H
#define PARINDEX_INTERRUPTS_H

#include "base/compat.h"

#include "miscadmin.h"

/*
 * Handles interrupts, by an error where one cancels: for code that holds
 * nothing but memory of the current context. It never says stop itself.
 */
static inline bool
let_interrupts(void *unused)
{
	(void) unused;
	CHECK_FOR_INTERRUPTS();
	return false;
}

#endif							/* PARINDEX_INTERRUPTS_H */
