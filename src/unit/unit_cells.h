/*
 * unit_cells.h
 *	  The cells of one unit, by leaf of a framework: what the types index_scores
 *	  and index_points have in common.
 *
 * A flat varlena: this header, then one cell a leaf, in the framework's order.
 * The framework itself is not in it, so that a million units stay small; its
 * fingerprint keeps states of different frameworks apart. Equal cells have
 * equal bytes.
 */
#ifndef PARINDEX_UNIT_CELLS_H
#define PARINDEX_UNIT_CELLS_H

#include "framework/framework.h"
#include "framework/framework_argument.h"
#include "lib/stringinfo.h"

#define UNIT_CELLS_VERSION 1

typedef struct unit_cells
{
	int32		vl_len_;
	uint8		version;
	uint8		form;			/* of index_points; else 0 */
	uint8		unused[2];
	uint8		fingerprint[FRAMEWORK_FINGERPRINT];
	int32		leaves;
	int32		scale;			/* of points: most decimals displayed; else 0 */
} unit_cells;

StaticAssertDecl(sizeof(unit_cells) == 32, "cells must follow their header aligned");

/* What one type makes of its cells. */
typedef struct unit_cells_type
{
	const char *name;
	Size		sent_size;		/* of a cell in binary form */
	int			max_scale;
	/* A new state, every leaf absent. */
	unit_cells *(*make) (const uint8 *fingerprint, int leaves);
	/*
	 * Text of a cell, or NULL where it is absent; and back, false if it is
	 * none. Reading may put a larger state in the place of *cells.
	 */
	char	   *(*out) (const unit_cells *cells, int leaf);
	bool		(*in) (unit_cells **cells, int leaf, const char *text);
	void		(*send) (StringInfo wire, const unit_cells *cells, int leaf);
	bool		(*receive) (StringInfo wire, unit_cells **cells, int leaf);
} unit_cells_type;

/*
 * State of an aggregate, to be changed in place. The executor passes it as it
 * was returned; only a user's own aggregate over these functions can pass one
 * that comes from a table, packed or toasted.
 */
static inline unit_cells *
unit_cells_state(Datum state)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(state);

	return (unit_cells *) (unlikely(VARATT_IS_EXTENDED(value)) ? pg_detoast_datum(value) : value);
}

extern void unit_cells_init(unit_cells *cells, Size size, const uint8 *fingerprint, int leaves);

/* Ordinal of the leaf of that code; an unknown code, or no leaf, is an error. */
extern int	unit_cells_leaf(const framework_cache *cache, text *code);

/* Errors where the frameworks differ. */
extern void unit_cells_check_framework(const unit_cells *cells, const framework *fw);
pg_noreturn extern void unit_cells_other_framework(void);

static inline void
unit_cells_check_other(const unit_cells *cells, const uint8 *fingerprint, int leaves)
{
	if (unlikely(memcmp(cells->fingerprint, fingerprint, FRAMEWORK_FINGERPRINT) != 0 ||
				 cells->leaves != leaves))
		unit_cells_other_framework();
}

/* A leaf that is there already; code NULL: only its ordinal is known. */
pg_noreturn extern void unit_cells_duplicate(text *code, int leaf);

/* An argument of a cell that is NULL: its framework, or else its code. */
pg_noreturn extern void unit_cells_null_argument(bool is_framework);

extern Datum unit_cells_out(const unit_cells *cells, const unit_cells_type *type);
extern Datum unit_cells_in(const char *text, const unit_cells_type *type);
extern Datum unit_cells_send(const unit_cells *cells, const unit_cells_type *type);
extern Datum unit_cells_recv(StringInfo wire, const unit_cells_type *type);

#endif							/* PARINDEX_UNIT_CELLS_H */
