/*
 * partition_cells.h
 *	  The respondents of one window partition, put together in cells: those
 *	  who share categories, or auxiliary variables, share a calibration factor.
 */
#ifndef PARINDEX_PARTITION_CELLS_H
#define PARINDEX_PARTITION_CELLS_H

#include "base/forms/name_table.h"
#include "windowapi.h"

/* Most numbers read of a row beside its key. */
#define CELL_VALUES 3

/*
 * Writes the key of a row, key_size bytes, from the argument that holds it;
 * sees no NULL.
 */
typedef void (*cell_key_reader) (Datum argument, char *key, void *arg);

/* What NULL means in a number that is read of each row. */
typedef enum cell_null
{
	CELL_NULL_LEAVES_OUT,		/* the row is no respondent */
	CELL_NULL_IS_MISSING,		/* reads as NaN, which is never stored otherwise */
	CELL_NULL_IS_ERROR
} cell_null;

/* A float8 argument. Values that are not finite are errors. */
typedef struct cell_value
{
	int			argument;
	const char *name;
	cell_null	null;
	bool		may_be_negative;
} cell_value;

typedef struct cell_source
{
	int			key_argument;
	const char *key_name;
	int			key_size;
	cell_key_reader read_key;
	void	   *read_arg;
	int			values;
	cell_value	value[CELL_VALUES];
} cell_source;

typedef struct partition_cells
{
	uint32		nrows;
	int		   *cell;			/* by row; -1 where it is left out */
	double	   *value[CELL_VALUES]; /* by row */
	name_table	keys;			/* of the cells, one after the other */
	uint32	   *row;			/* rows that are not left out, cell by cell ... */
	uint32	   *first;			/* ... and where each cell's begin; by cell, and the end */
} partition_cells;

#define CELL_COUNT(cells) ((uint32) (cells)->keys.count)
#define CELL_KEYS(cells) ((const void *) (cells)->keys.bytes)

extern void read_partition_cells(WindowObject winobj, MemoryContext context,
								 const cell_source *source, partition_cells *cells);
extern double *sum_by_cell(const partition_cells *cells, const double *a,
						   const double *b, MemoryContext context);
extern double required_epsilon(WindowObject winobj, int argno);
extern int	required_max_iterations(WindowObject winobj, int argno);

#endif							/* PARINDEX_PARTITION_CELLS_H */
