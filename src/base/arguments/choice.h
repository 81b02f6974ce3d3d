/*
 * choice.h
 *	  Arguments and settings that are one of a few words.
 */
#ifndef PARINDEX_CHOICE_H
#define PARINDEX_CHOICE_H

#include "base/compat.h"

#include "base/forms/text_reader.h"

/* A word and what it stands for; an array of them ends with a name of NULL. */
typedef struct choice
{
	const char *name;
	int			value;
} choice;

/* The value of a word; error 22023, which lists the words, where it is none of them. */
extern int	choose(const text *given, const char *what, const choice *choices);
extern int	choose_name(const char *given, const char *what, const choice *choices);

/* The word that comes next in a text; error 22P02, which lists the words. */
extern int	choice_of_text(text_reader *reader, const choice *choices);

/* The word for a value, the first where there are several. */
extern const char *choice_name(const choice *choices, int value);

#endif							/* PARINDEX_CHOICE_H */
