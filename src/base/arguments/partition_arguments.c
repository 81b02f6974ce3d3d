/*
 * partition_arguments.c
 *	  Arguments of a window function that hold for the whole partition.
 *
 * The rule of ties, the number of groups and so on are read at the partition's
 * first row. An argument that is a constant or a parameter cannot differ in
 * later rows; any other is compared, row by row, with what was read, so that a
 * result never depends on which row came first.
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/arguments/partition_arguments.h"

#include "base/arguments/argument_checks.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

struct partition_argument
{
	int			argno;
	const char *name;
	Datum		value;
	bool		isnull;
	int16		typlen;
	bool		typbyval;
};

/*
 * Remembers, in the partition's context, the arguments from number `first` on
 * that could vary within the partition; those before it belong to each row.
 * names are those of all arguments.
 */
void
keep_partition_arguments(FunctionCallInfo fcinfo, const char *const *names,
						 int first, MemoryContext context,
						 partition_arguments *arguments)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	int			argno;

	arguments->nvarying = 0;
	arguments->varying = NULL;
	for (argno = first; argno < PG_NARGS(); argno++)
	{
		struct partition_argument *argument;

		if (get_fn_expr_arg_stable(fcinfo->flinfo, argno))
			continue;
		if (arguments->varying == NULL)
			arguments->varying = palloc(sizeof(struct partition_argument) *
										PG_NARGS());
		argument = &arguments->varying[arguments->nvarying++];
		argument->argno = argno;
		argument->name = names[argno];
		get_typlenbyval(get_fn_expr_argtype(fcinfo->flinfo, argno),
						&argument->typlen, &argument->typbyval);
		argument->value = WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), argno,
											   &argument->isnull);
		if (!argument->isnull)
			argument->value = datumCopy(argument->value, argument->typbyval,
										argument->typlen);
	}
	MemoryContextSwitchTo(caller);
}

/*
 * Whether a value of later rows is the one kept. A long value out of line is
 * its pointer: one column of one row, which is not fetched again and again.
 */
static bool
is_kept_value(const struct partition_argument *argument, Datum value)
{
	if (argument->typlen == -1)
	{
		Pointer		kept = DatumGetPointer(argument->value);
		Pointer		given = DatumGetPointer(value);
		Size		size = VARSIZE_ANY(kept);

		if (VARSIZE_ANY(given) == size && memcmp(given, kept, size) == 0)
			return true;
	}
	return datum_image_eq(value, argument->value, argument->typbyval, argument->typlen);
}

/* Refuses a row whose arguments differ from the first row's. */
void
check_partition_arguments(WindowObject winobj,
						  const partition_arguments *arguments)
{
	int			i;

	for (i = 0; i < arguments->nvarying; i++)
	{
		const struct partition_argument *argument = &arguments->varying[i];
		bool		isnull;
		Datum		value = WinGetFuncArgCurrent(winobj, argument->argno,
												 &isnull);

		if (isnull == argument->isnull &&
			(isnull || is_kept_value(argument, value)))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" differs between rows of one partition",
						argument->name),
				 errhint("Give a constant, or partition the window by what determines it.")));
	}
}

/* The current row's value of an argument that may not be NULL. */
Datum
required_partition_argument(WindowObject winobj, int argno, const char *name)
{
	bool		isnull;
	Datum		value = WinGetFuncArgCurrent(winobj, argno, &isnull);

	if (isnull)
		null_argument(name);
	return value;
}
