/*
 * scoring_rule.c
 *	  The type scoring_rule: its value, text and binary forms, order, and what
 *	  can be asked of it.
 *
 * The text form is described in docs/scoring_rules.md and read by
 * scoring_rule_parse.c. Written, it is canonical: numbers without trailing
 * zeros, clauses in one order, defaults spelled out. The binary form is a
 * version byte and that text, so that whatever arrives is checked as text is.
 */
#include "postgres.h"
#include "rules/scoring_rule.h"

#include "base/forms/comparison_functions.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "rules/scoring_rule_names.h"
#include "rules/scoring_rule_parse.h"
#include "utils/builtins.h"
#include "utils/datum.h"

/* ---------- the value ---------- */

static Size
stored_size(Numeric number)
{
	return number == NULL ? 0 : INTALIGN(VARSIZE(number));
}

/* Puts a number at the end of a rule under construction; gives its offset. */
static int32
store(scoring_rule *rule, Size *used, Numeric number)
{
	int32		offset = (int32) *used;

	if (number == NULL)
		return 0;
	memcpy((char *) rule + offset, number, VARSIZE(number));
	*used += stored_size(number);
	return offset;
}

static scoring_rule *flatten(const rule_draft *draft);

/* What a step gives, or all others: a number, or a rule within the rule. */
typedef struct outcome
{
	Numeric		points;
	scoring_rule *rule;			/* NULL: points */
} outcome;

static outcome
outcome_of(Numeric points, const rule_draft *scale, Size *size)
{
	outcome		result = {points, scale == NULL ? NULL : flatten(scale)};

	*size += result.rule == NULL ? stored_size(points) : INTALIGN(VARSIZE(result.rule));
	return result;
}

static int32
store_outcome(scoring_rule *rule, Size *used, outcome result)
{
	int32		offset = (int32) *used;

	if (result.rule == NULL)
		return store(rule, used, result.points);
	memcpy((char *) rule + offset, result.rule, VARSIZE(result.rule));
	*used += INTALIGN(VARSIZE(result.rule));
	pfree(result.rule);
	return offset;
}

/* A draft that was checked, made flat. Padding is zero: equal rules, equal bytes. */
static scoring_rule *
flatten(const rule_draft *draft)
{
	Size		used = offsetof(scoring_rule, step) + sizeof(rule_step) * draft->steps;
	Size		size = used + draft->unit_length;
	outcome    *given = palloc(sizeof(outcome) * Max(draft->steps, 1));
	outcome		otherwise = outcome_of(NULL, draft->else_scale, &size);
	scoring_rule *rule;

	for (int i = 0; i < RULE_NUMBERS; i++)
		size += stored_size(draft->number[i]);
	for (int i = 0; i < draft->steps; i++)
	{
		size += stored_size(draft->step[i].bound);
		given[i] = outcome_of(draft->step[i].points, draft->step[i].scale, &size);
	}

	rule = palloc0(size);
	SET_VARSIZE(rule, size);
	rule->version = SCORING_RULE_VERSION;
	rule->kind = draft->kind;
	rule->if_none = (uint8) (draft->if_none | (draft->round_digits + 1) << 2);
	rule->flags = (uint8) ((draft->lower_is_better ? RULE_LOWER_IS_BETTER : 0) |
						   draft->if_undue << RULE_IF_UNDUE_SHIFT |
						   (draft->half_even ? RULE_HALF_EVEN : 0) |
						   (otherwise.rule != NULL ? RULE_ELSE_SCALED : 0));
	for (int i = 0; i < RULE_NUMBERS; i++)
		rule->number[i] = store(rule, &used, draft->number[i]);
	if (otherwise.rule != NULL)
		rule->number[RULE_ELSE] = store_outcome(rule, &used, otherwise);

	rule->steps = draft->steps;
	for (int i = 0; i < draft->steps; i++)
	{
		rule->step[i].test = draft->step[i].test | (given[i].rule != NULL ? STEP_SCALED : 0);
		rule->step[i].bound = store(rule, &used, draft->step[i].bound);
		rule->step[i].points = store_outcome(rule, &used, given[i]);
	}
	pfree(given);

	if (draft->unit != NULL)
	{
		rule->unit = (int32) used;
		rule->unit_length = draft->unit_length;
		memcpy((char *) rule + used, draft->unit, draft->unit_length);
	}
	return rule;
}

scoring_rule *
scoring_rule_parse(const char *text)
{
	rule_draft	draft;

	scoring_rule_read(text, &draft);
	return flatten(&draft);
}

bool
scoring_rule_float8(const scoring_rule *rule, rule_number which, double *number)
{
	Numeric		exact = scoring_rule_number(rule, which);

	if (exact == NULL)
		return false;
	*number = DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(exact)));
	return true;
}

char *
scoring_rule_unit(const scoring_rule *rule)
{
	return rule->unit_length == 0 ? NULL :
		pnstrdup((const char *) rule + rule->unit, rule->unit_length);
}

/* ---------- text ---------- */

static void
append_number(StringInfo out, Numeric number)
{
	appendStringInfoString(out, DatumGetCString(DirectFunctionCall1(numeric_out,
																	NumericGetDatum(number))));
}

/* Words and a number, where the rule has it. */
static void
append_clause(StringInfo out, const char *words, const scoring_rule *rule, rule_number which)
{
	Numeric		number = scoring_rule_number(rule, which);

	if (number != NULL)
	{
		appendStringInfoString(out, words);
		append_number(out, number);
	}
}

/* Points, or a ratio within a step. */
static void
append_outcome(StringInfo out, const scoring_rule *rule, int32 offset, bool scaled)
{
	if (!scaled)
	{
		append_number(out, numeric_at(rule, offset));
		return;
	}
	rule = rule_at(rule, offset);
	append_clause(out, "ratio from ", rule, RULE_FROM);
	append_clause(out, " to ", rule, RULE_TO);
	append_clause(out, " max ", rule, RULE_MAX);
}

static void
append_steps(StringInfo out, const scoring_rule *rule)
{
	for (int i = 0; i < rule->steps; i++)
	{
		const rule_step *step = &rule->step[i];

		appendStringInfo(out, "%s%s", i == 0 ? " " : ", ",
						 step_test_sign[step->test & ~STEP_SCALED]);
		append_number(out, numeric_at(rule, step->bound));
		appendStringInfoString(out, ": ");
		append_outcome(out, rule, step->points, (step->test & STEP_SCALED) != 0);
	}
	appendStringInfoString(out, ", else ");
	append_outcome(out, rule, rule->number[RULE_ELSE], (rule->flags & RULE_ELSE_SCALED) != 0);
}

/* Values and their points. */
static void
append_scale(StringInfo out, const scoring_rule *rule)
{
	for (int i = 0; i < rule->steps; i++)
	{
		appendStringInfoString(out, i == 0 ? " " : ", ");
		append_number(out, numeric_at(rule, rule->step[i].bound));
		appendStringInfoString(out, ": ");
		append_number(out, numeric_at(rule, rule->step[i].points));
	}
}

static void
append_cut_off(StringInfo out, const scoring_rule *rule)
{
	const rule_step *step = &rule->step[0];

	if (rule->steps == 0)
		return;
	appendStringInfo(out, ", %s ", step->test == STEP_BELOW ? "below" : "above");
	append_number(out, numeric_at(rule, step->bound));
	appendStringInfoString(out, ": ");
	append_number(out, numeric_at(rule, step->points));
}

static void append_rule(StringInfo out, const scoring_rule *rule);

char *
scoring_rule_text(const scoring_rule *rule)
{
	StringInfoData out;

	initStringInfo(&out);
	append_rule(&out, rule);
	return out.data;
}

static void
append_rule(StringInfo out, const scoring_rule *rule)
{
	bool		max_is_given = true;
	bool		cut = false;

	switch ((rule_kind) rule->kind)
	{
		case RULE_YES_NO:
			append_clause(out, "yes: ", rule, RULE_YES);
			append_clause(out, ", no: ", rule, RULE_NO);
			max_is_given = false;
			break;
		case RULE_STEPS:
			appendStringInfoString(out, "steps");
			append_steps(out, rule);
			max_is_given = false;
			break;
		case RULE_SCALE:
			appendStringInfoString(out, "scale");
			append_scale(out, rule);
			max_is_given = false;
			break;
		case RULE_SUM:
			for (int i = 0; i < rule->steps; i++)
			{
				appendStringInfoString(out, i == 0 ? "" : " plus ");
				append_rule(out, rule_at(rule, rule->step[i].points));
			}
			return;
		case RULE_DEDUCTION:
			append_clause(out, "", rule, RULE_MAX);
			append_clause(out, " less ", rule, RULE_EACH);
			append_clause(out, " per occurrence, at least ", rule, RULE_LIMIT);
			max_is_given = false;
			break;
		case RULE_BONUS:
		case RULE_PENALTY:
			appendStringInfoString(out, rule_kind_name[rule->kind]);
			if (rule->number[RULE_EACH] != 0)
			{
				append_clause(out, " ", rule, RULE_EACH);
				appendStringInfoString(out, " per occurrence,");
			}
			append_clause(out, " at most ", rule, RULE_LIMIT);
			max_is_given = false;
			break;
		case RULE_DISTANCE_TO_TARGET:
			append_clause(out, "distance to target ", rule, RULE_TO);
			append_clause(out, " from ", rule, RULE_FROM);
			break;
		case RULE_DISTANCE_TO_UNIT:
			appendStringInfoString(out, "distance to unit ");
			text_append_quoted(out, (const char *) rule + rule->unit, rule->unit_length, '"');
			break;
		case RULE_DISTANCE_TO_MAXIMUM:
			appendStringInfoString(out, "distance to maximum");
			break;
		case RULE_RATIO_TO_MAXIMUM:
			appendStringInfoString(out, "ratio to maximum");
			break;
		case RULE_CUME_DIST:
			appendStringInfoString(out, "percentile cume_dist");
			break;
		case RULE_HAZEN:
			appendStringInfoString(out, "percentile hazen");
			break;
		case RULE_LOG_GOALPOSTS:
			appendStringInfoString(out, "log ");
			/* FALLTHROUGH */
		case RULE_GOALPOSTS:
			appendStringInfoString(out, "goalposts");
			append_clause(out, " from ", rule, RULE_FROM);
			append_clause(out, " to ", rule, RULE_TO);
			cut = true;
			break;
		case RULE_RATIO:
			appendStringInfoString(out, "ratio");
			append_clause(out, " from ", rule, RULE_FROM);
			append_clause(out, " to ", rule, RULE_TO);
			cut = true;
			break;
		case RULE_POINTS:
		case RULE_MINMAX:
		case RULE_ZSCORE:
		case RULE_RANK:
		case RULE_PERCENTILE:
			appendStringInfoString(out, rule_kind_name[rule->kind]);
			break;
	}
	if (max_is_given)
		append_clause(out, ", max ", rule, RULE_MAX);
	if (cut)
		append_cut_off(out, rule);
	if (scoring_rule_lower_is_better(rule))
		appendStringInfoString(out, ", lower is better");
	if (scoring_rule_if_none(rule) != IF_NONE_ERROR)
		appendStringInfo(out, ", if none: %s",
						 choice_name(rule_if_none_words, scoring_rule_if_none(rule)));
	if (scoring_rule_if_undue(rule) != IF_NONE_ERROR)
		appendStringInfo(out, ", if undue: %s",
						 choice_name(rule_if_none_words, scoring_rule_if_undue(rule)));
	if (scoring_rule_digits(rule) >= 0)
		appendStringInfo(out, ", round %d%s", scoring_rule_digits(rule),
						 rule->flags & RULE_HALF_EVEN ? " half even" : "");
}

/*
 * Rules read before, by their text, for as long as the calling expression
 * lives: a query that casts a column of texts has few rules and many rows.
 * A slot holds the last rule whose text hashed there.
 */
#define CACHE_SLOTS 1024		/* a power of two */
#define CACHE_MAX_TEXT 1000		/* bytes; longer texts are read again */

typedef struct cached_rule
{
	uint32		hash;
	int			text_length;
	scoring_rule *rule;			/* followed by the text; NULL: empty slot */
} cached_rule;

static char *
cached_text(const cached_rule *slot)
{
	return (char *) slot->rule + VARSIZE(slot->rule);
}

static scoring_rule *
read_through_cache(FmgrInfo *flinfo, const char *text)
{
	int			length = strlen(text);
	uint32		hash = DatumGetUInt32(hash_any((const unsigned char *) text, length));
	cached_rule *cache = flinfo->fn_extra;
	cached_rule *slot;
	scoring_rule *rule;

	if (cache == NULL)
		cache = flinfo->fn_extra =
			MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(cached_rule) * CACHE_SLOTS);
	slot = &cache[hash & (CACHE_SLOTS - 1)];

	if (slot->rule == NULL || slot->hash != hash || slot->text_length != length ||
		memcmp(cached_text(slot), text, length) != 0)
	{
		scoring_rule *kept;

		rule = scoring_rule_parse(text);
		kept = MemoryContextAlloc(flinfo->fn_mcxt, VARSIZE(rule) + length);
		memcpy(kept, rule, VARSIZE(rule));
		if (slot->rule != NULL)
			pfree(slot->rule);
		slot->rule = kept;
		slot->hash = hash;
		slot->text_length = length;
		memcpy(cached_text(slot), text, length);
		return rule;
	}

	/* The caller may free what it gets. */
	rule = palloc(VARSIZE(slot->rule));
	memcpy(rule, slot->rule, VARSIZE(slot->rule));
	return rule;
}

PARINDEX_FUNCTION(parindex_scoring_rule_in);
Datum
parindex_scoring_rule_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);

	if (fcinfo->flinfo == NULL || strlen(text) > CACHE_MAX_TEXT)
		PG_RETURN_POINTER(scoring_rule_parse(text));
	PG_RETURN_POINTER(read_through_cache(fcinfo->flinfo, text));
}

PARINDEX_FUNCTION(parindex_scoring_rule_out);
Datum
parindex_scoring_rule_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(scoring_rule_text(PG_GETARG_SCORING_RULE_P(0)));
}

/* ---------- binary ---------- */

PARINDEX_FUNCTION(parindex_scoring_rule_recv);
Datum
parindex_scoring_rule_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	char	   *text;
	int			length;

	wire_version(message, "scoring_rule", SCORING_RULE_VERSION);
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(scoring_rule_parse(text));
}

PARINDEX_FUNCTION(parindex_scoring_rule_send);
Datum
parindex_scoring_rule_send(PG_FUNCTION_ARGS)
{
	char	   *text = scoring_rule_text(PG_GETARG_SCORING_RULE_P(0));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, SCORING_RULE_VERSION);
	pq_sendtext(&message, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ---------- order: that of the bytes, since equal rules have equal ones ---------- */

static struct varlena *
rule_bytes(Datum rule)
{
	return PG_DETOAST_DATUM_PACKED(rule);
}

IMAGE_COMPARISON_FUNCTIONS(scoring_rule, rule_bytes)

/* ---------- what a rule says ---------- */

PARINDEX_FUNCTION(parindex_rule_kind);
Datum
parindex_rule_kind(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(rule_kind_name[PG_GETARG_SCORING_RULE_P(0)->kind]));
}

PARINDEX_FUNCTION(parindex_rule_is_relative);
Datum
parindex_rule_is_relative(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(scoring_rule_is_relative(PG_GETARG_SCORING_RULE_P(0)));
}

PARINDEX_FUNCTION(parindex_rule_max_points);
Datum
parindex_rule_max_points(PG_FUNCTION_ARGS)
{
	Numeric		max = scoring_rule_number(PG_GETARG_SCORING_RULE_P(0), RULE_MAX);

	if (max == NULL)
		PG_RETURN_NULL();
	/* A copy: a result may be freed by who asked for it. */
	PG_RETURN_DATUM(datumCopy(NumericGetDatum(max), false, -1));
}
