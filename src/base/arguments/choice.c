/*
 * choice.c
 *	  Arguments and settings that are one of a few words: choice.h.
 */
#include "postgres.h"
#include "base/arguments/choice.h"

#include "base/forms/bytes.h"
#include "base/forms/text_words.h"

/* "a, b and c" */
static char *
listed(const choice *choices)
{
	StringInfoData list;

	initStringInfo(&list);
	for (const choice *c = choices; c->name != NULL; c++)
		appendStringInfo(&list, "%s%s", c == choices ? "" : c[1].name == NULL ? " and " : ", ",
						 c->name);
	return list.data;
}

static int
choose_bytes(const char *given, int length, const char *what, const choice *choices)
{
	for (const choice *c = choices; c->name != NULL; c++)
		if (compare_bytes(given, length, c->name, (int) strlen(c->name)) == 0)
			return c->value;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s \"%s\" is not known", what, clip_text(given, length)),
			 errhint("One of %s.", listed(choices))));
}

int
choose_name(const char *given, const char *what, const choice *choices)
{
	return choose_bytes(given, (int) strlen(given), what, choices);
}

/* Without a copy: some ask once a row. */
int
choose(const text *given, const char *what, const choice *choices)
{
	return choose_bytes(VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given), what, choices);
}

int
choice_of_text(text_reader *reader, const choice *choices)
{
	StringInfoData list;

	for (const choice *c = choices; c->name != NULL; c++)
		if (text_accept_word(reader, c->name))
			return c->value;
	initStringInfo(&list);
	for (const choice *c = choices; c->name != NULL; c++)
		appendStringInfo(&list, "%s%s", c == choices ? "one of " : ", ", c->name);
	text_error(reader, list.data);
}

const char *
choice_name(const choice *choices, int value)
{
	while (choices->name != NULL && choices->value != value)
		choices++;
	if (choices->name == NULL)
		elog(ERROR, "no word for the value %d", value);
	return choices->name;
}
