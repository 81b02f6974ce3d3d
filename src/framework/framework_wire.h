/*
 * framework_wire.h
 *	  The binary form of a framework.
 *
 * int8 version, int32 nodes, then each node, parents before their children:
 * int32 place of the parent (-1: the root); code; int8 method, missing,
 * rescale, direction; int16 round_digits; int32 min_children; float8
 * min_share, weight, power, floor; rule; maximum points. Texts are int32
 * length and bytes, the maximum is int32 length and what numeric_send()
 * gives; length -1 is none. Network byte order throughout.
 */
#ifndef PARINDEX_FRAMEWORK_WIRE_H
#define PARINDEX_FRAMEWORK_WIRE_H

#include "framework/framework.h"
#include "lib/stringinfo.h"

/* Texts in the client's encoding, or as they are. */
extern void framework_write(StringInfo wire, const framework *fw, bool for_client);

#endif							/* PARINDEX_FRAMEWORK_WIRE_H */
