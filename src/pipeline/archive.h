/*
 * archive.h
 *	  Text and binary forms of a structure from one description of it.
 *
 * A function walks over the structure and names each part; the archive writes
 * it or reads it, as text or as bytes in network order. What is read is
 * checked as far as each call says.
 */
#ifndef PARINDEX_ARCHIVE_H
#define PARINDEX_ARCHIVE_H

#include "base/arguments/choice.h"
#include "base/forms/text_reader.h"
#include "lib/stringinfo.h"

typedef struct archive
{
	const char *type;			/* as messages call it */
	bool		reading;
	bool		text;
	bool		client;			/* bytes in the client's encoding */
	StringInfo	bytes;			/* written, or read as bytes */
	text_reader reader;			/* read as text ... */
	const char *end;			/* ... that ends here */
} archive;

/* Of text alone: a word that stands there, a new line. */
extern void archive_word(archive *a, const char *word);
extern void archive_line(archive *a);

extern void archive_integer(archive *a, int64 *x, int64 low, int64 high);

/* Finite, or where it may be absent NaN; -0 is refused in bytes, and becomes 0 of text. */
extern void archive_float8(archive *a, double *x, bool may_be_absent);

extern void archive_bool(archive *a, bool *x);
extern void archive_choice(archive *a, int *x, const choice *choices);

/* Zero-terminated; NULL where it may be absent. */
extern void archive_text(archive *a, char **text, bool may_be_absent);

/* `count` bytes as they are. */
extern void archive_bytes(archive *a, uint8 *bytes, int count);

/* A count of things that take at least `each` bytes. */
extern void archive_count(archive *a, int *count, int each);

/* Refuse what is read: a sentence says why. */
pg_noreturn extern void archive_refuse(const archive *a, const char *detail);

#endif							/* PARINDEX_ARCHIVE_H */
