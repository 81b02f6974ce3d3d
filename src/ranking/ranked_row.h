/*
 * ranked_row.h
 *	  A row to be ranked, as an order-preserving key of its score.
 */
#ifndef PARINDEX_RANKED_ROW_H
#define PARINDEX_RANKED_ROW_H

typedef struct RankedRow
{
	uint64		key;			/* ascending; equal keys tie */
	uint32		row;			/* position in the partition, from 0 */
} RankedRow;

extern void sort_ranked_rows(RankedRow *rows, size_t nrows);

#endif							/* PARINDEX_RANKED_ROW_H */
