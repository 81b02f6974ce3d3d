/*
 * choice.c
 *	  Arguments and settings that are one of a few words: choice.h.
 */
#include "postgres.h"
#include "base/choice.h"

#include "base/text_reader.h"
#include "utils/builtins.h"

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

int
choose_name(const char *given, const char *what, const choice *choices)
{
	for (const choice *c = choices; c->name != NULL; c++)
		if (strcmp(given, c->name) == 0)
			return c->value;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s \"%s\" is not known", what, clip_text(given, (int) strlen(given))),
			 errhint("One of %s.", listed(choices))));
}

int
choose(const text *given, const char *what, const choice *choices)
{
	return choose_name(text_to_cstring(given), what, choices);
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
