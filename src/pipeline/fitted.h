/*
 * fitted.h
 *	  The type fitted_pipeline: a pipeline with all that it has learned from data.
 *
 * A value is a header and the binary form of its content (fitted_form.c). Who
 * applies it reads that into a `fitted`, once per query.
 */
#ifndef PARINDEX_FITTED_H
#define PARINDEX_FITTED_H

#include "base/forms/name_table.h"
#include "pipeline/pipeline.h"

#define FITTED_VERSION 1
#define FITTED_FINGERPRINT 16

typedef struct fitted_pipeline
{
	int32		vl_len_;
	uint8		fingerprint[FITTED_FINGERPRINT];	/* of content */
	char		content[FLEXIBLE_ARRAY_MEMBER];
} fitted_pipeline;

/* What one step has learned. */
typedef struct fitted_step
{
	division	parts;			/* of a column step; without rows */
	cell_step **cell;			/* of a column step: by criterion, NULL or by part */
	bool	   *left;			/* by criterion: not there any more after this step */
} fitted_step;

typedef struct fitted
{
	uint8		framework[FRAMEWORK_FINGERPRINT];
	pipeline_plan *plan;
	int			codes;			/* criteria that values are given of, in their order */
	char	  **code;
	name_table	index;			/* of the codes */
	fitted_step *step;			/* of each of the plan's */

	/* Of one that is kept: where it lives, and what its user keeps with it. */
	MemoryContext context;
	void	   *beside;
} fitted;

/* From and to a value; fitted_read() needs a value that fitted_write() made. */
extern fitted_pipeline *fitted_write(const fitted *f);
extern fitted *fitted_read(const fitted_pipeline *value);

/* An argument that is read once a call; and one that is read once a query, kept in *place. */
#define PG_GETARG_FITTED(i) fitted_read((fitted_pipeline *) PG_DETOAST_DATUM(PG_GETARG_DATUM(i)))
extern fitted *fitted_cached(struct varlena *value, MemoryContext context, void **place);

/* Makes the index of the codes, once they are known. */
extern void fitted_index(fitted *f);

/* Number of a criterion among f->code, or -1. */
extern int	fitted_find(const fitted *f, const char *code, int length);

/* What was learned of a criterion, as in the text form; palloc'd. */
extern char *fitted_cell_text(const cell_step *cell);

/* Error 22023 where it was fitted for another framework. */
extern void fitted_check_framework(const fitted *f, const framework *fw);

/* ---------- application ---------- */

/* Values by criterion of one unit; an unknown part is one of which nothing was learned. */
typedef struct fitted_row
{
	double	   *x;
	uint8	   *status;			/* cell_status */
	matrix_label group;			/* length -1: none */
	int32		period;
	const char *unit;			/* for messages; NULL: not known */
} fitted_row;

/* False where a step leaves the unit out. */
extern bool fitted_apply(const fitted *f, const fitted_row *row);

/* The steps over columns on one criterion alone; error 22023 where a step looks at others. */
extern void fitted_apply_cell(const fitted *f, int criterion, const fitted_row *row);

#endif							/* PARINDEX_FITTED_H */
