/*
 * df_rule.c
 *	  Which degrees of freedom an interval takes: df_rule.h.
 */
#include "postgres.h"
#include "survey/state/df_rule.h"

#include <math.h>

#include "base/forms/text_reader.h"
#include "utils/builtins.h"
#include "utils/float.h"

df_choice
parse_df_rule(const text *given)
{
	char	   *word = text_to_cstring(given);
	df_choice	choice = {DF_GIVEN, get_float8_infinity()};
	char	   *end;

	if (strcmp(word, "domain") == 0)
		choice.rule = DF_DOMAIN;
	else if (strcmp(word, "design") == 0)
		choice.rule = DF_DESIGN;
	else if (strcmp(word, "normal") != 0)
	{
		choice.given = strtod(word, &end);
		if (end == word || *end != '\0')
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("rule for degrees of freedom \"%s\" is not known",
							clip_text(word, (int) strlen(word))),
					 errhint("One of domain, design, normal and a number of at least 0.1, such as 25.")));
		/* below it quantiles of Student's t leave double precision */
		if (!(choice.given >= 0.1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("degrees of freedom cannot be %s", float8out_internal(choice.given)),
					 errdetail("They must be a number of at least 0.1.")));
	}
	pfree(word);
	return choice;
}

void
put_df(double df, Datum *value, bool *is_null)
{
	/* 2^63, the first that bigint does not hold. */
	*is_null = !(fabs(df) < 9223372036854775808.0) || df != floor(df);
	*value = Int64GetDatum(*is_null ? 0 : (int64) df);
}
