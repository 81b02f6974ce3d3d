/*
 * ranked_row.h
 *	  A row to be ranked, as an order-preserving key of its score.
 */
#ifndef PARINDEX_RANKED_ROW_H
#define PARINDEX_RANKED_ROW_H

typedef struct ranked_row
{
	uint64		key;			/* ascending; equal keys tie */
	uint32		row;			/* position in the partition, from 0 */
} ranked_row;

extern void sort_ranked_rows(ranked_row *rows, size_t nrows);

#endif							/* PARINDEX_RANKED_ROW_H */
