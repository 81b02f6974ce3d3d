/*
 * scoring_rule_check.c
 *	  Refuses scoring rules that read well but cannot be meant: steps that are
 *	  never reached, empty scales, points that take the wrong sign.
 *
 * Errors are 22023, name what is wrong, and say what to write instead.
 */
#include "postgres.h"
#include "rules/scoring_rule_check.h"

#include "base/numeric_math.h"
#include "rules/scoring_rule_names.h"

/* The message has a place for the number. */
static void
refuse(const char *message, Numeric number, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg_internal(message, num_text(number)),
			 errhint("%s", hint)));
}

static char *
step_text(const struct rule_draft_step *step)
{
	return psprintf("%s%s: %s", step_test_sign[step->test], num_text(step->bound),
					step->scale == NULL ? num_text(step->points) : "ratio");
}

/*
 * Steps go from the extreme bound inward, each taking values that none before
 * it takes: > and >= with falling bounds, or < and <= with rising bounds. At
 * the same bound, an inclusive step may follow a strict one.
 */
static void
check_steps(const rule_draft *draft)
{
	for (int i = 1; i < draft->steps; i++)
	{
		const struct rule_draft_step *before = &draft->step[i - 1];
		const struct rule_draft_step *step = &draft->step[i];
		bool		downward = before->test == STEP_ABOVE || before->test == STEP_AT_LEAST;
		bool		strict = before->test == STEP_ABOVE || before->test == STEP_BELOW;
		int			order = num_compare(step->bound, before->bound);

		if (downward != (step->test == STEP_ABOVE || step->test == STEP_AT_LEAST))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("steps \"%s\" and \"%s\" look in opposite directions",
							step_text(before), step_text(step)),
					 errhint("Write all steps with > and >=, from the highest bound down, or all with < and <=, from the lowest bound up.")));
		if (order == 0 ? !strict || step->test == before->test : downward != (order < 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("step \"%s\" can never be reached", step_text(step)),
					 errdetail("Step \"%s\", which stands before it, takes all its values.",
							   step_text(before)),
					 downward ?
					 errhint("Write steps with > and >= from the highest bound down.") :
					 errhint("Write steps with < and <= from the lowest bound up.")));
	}
}

/* Values rise; there are two of them, which are not worth the same. */
static void
check_scale(const rule_draft *draft)
{
	bool		differ = false;

	if (draft->steps < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a scale needs the points of two values at least"),
				 errhint("As in \"scale 0.8: 0, 1: 20, 1.2: 24\".")));
	for (int i = 1; i < draft->steps; i++)
	{
		differ |= num_compare(draft->step[i].points, draft->step[0].points) != 0;
		if (num_compare(draft->step[i].bound, draft->step[i - 1].bound) <= 0)
			refuse("value %s of a scale does not rise above the one before it", draft->step[i].bound,
				   "Write values in ascending order; points may rise or fall.");
	}
	if (!differ)
		refuse("all values of a scale give %s points", draft->step[0].points,
			   "Give at least one of them other points.");
}

/* A rule of the kind ratio within another. */
static void
check_inner_scale(const rule_draft *scale)
{
	if (scale != NULL)
		scoring_rule_check(scale);
}

void
scoring_rule_check(const rule_draft *draft)
{
	const Numeric *number = draft->number;
	Numeric		from = number[RULE_FROM];
	Numeric		to = number[RULE_TO];
	Numeric		limit = number[RULE_LIMIT];

	if (draft->kind == RULE_SCALE)
		check_scale(draft);
	else if (draft->kind == RULE_STEPS)
	{
		check_steps(draft);
		for (int i = 0; i < draft->steps; i++)
			check_inner_scale(draft->step[i].scale);
		check_inner_scale(draft->else_scale);
	}

	if (draft->kind == RULE_YES_NO && num_compare(number[RULE_YES], number[RULE_NO]) == 0)
		refuse("yes and no must differ, but both give %s", number[RULE_YES],
			   "Give the points of each, as in \"yes: 1, no: 0\".");
	if (number[RULE_EACH] != NULL && num_sign(number[RULE_EACH]) <= 0)
		refuse("points per occurrence must be above 0, not %s", number[RULE_EACH],
			   "Kinds deduction and penalty take the points off by themselves.");
	if (draft->kind == RULE_DEDUCTION)
	{
		if (num_compare(limit, number[RULE_MAX]) >= 0)
			refuse("points after \"at least\" must be below those at the start, but are %s", limit,
				   "A deduction goes down from the points at the start.");
	}
	else if (limit != NULL && num_sign(limit) <= 0)
		refuse("points after \"at most\" must be above 0, not %s", limit,
			   "A penalty takes points off by itself.");
	else if (number[RULE_MAX] != NULL && num_sign(number[RULE_MAX]) <= 0)
		refuse("maximum points must be above 0, not %s", number[RULE_MAX],
			   "Where lower values are better, exchange \"from\" and \"to\", or add \"lower is better\".");
	if (from != NULL && num_compare(from, to) == 0)
		refuse("the value that earns nothing and the one that earns all must differ, but both are %s", from,
			   "To give all or nothing at one bound, write steps, as in \"steps >=0.9: 1, else 0\".");
	if (from != NULL && draft->lower_is_better)
		refuse("\"lower is better\" does not go with \"from %s\"", from,
			   "Where lower values are better, give a target below the value after \"from\".");
	if (draft->kind == RULE_LOG_GOALPOSTS && (num_sign(from) <= 0 || num_sign(to) <= 0))
		refuse("goalposts on a logarithmic scale must be above 0, not %s", num_sign(from) <= 0 ? from : to,
			   "Use goalposts without \"log\", or start from a small positive value.");
	if (draft->kind == RULE_POINTS && number[RULE_MAX] == NULL &&
		(draft->if_none == IF_NONE_FULL || draft->if_undue == IF_NONE_FULL))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s: full\" needs to know the maximum points",
						draft->if_none == IF_NONE_FULL ? "if none" : "if undue"),
				 errhint("Add \"max\" and a number.")));
}
