/*
 * fitted_form.c
 *	  The forms of the type fitted_pipeline: one description of its content
 *	  (archive.h) gives text, bytes for clients, and the bytes that are stored.
 *
 *	  Text: "v1 framework=" and its fingerprint; the pipeline; the codes that it
 *	  takes values of; then for each step over columns its parts, and what it
 *	  learned of each criterion in each part.
 */
#include "postgres.h"
#include "pipeline/fitted.h"

#include "common/sha2.h"
#include "common/cryptohash.h"
#include "base/forms/comparison_functions.h"
#include "base/forms/wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "pipeline/archive.h"
#include "utils/float.h"

static const choice cell_kinds[] = {
	{"as_is", CELL_AS_IS},
	{"fill", CELL_FILL},
	{"set", CELL_SET},
	{"transform", CELL_TRANSFORM},
	{"cut", CELL_CUT},
	{"scale", CELL_SCALE},
	{"points", CELL_POINTS},
	{NULL, 0}
};

static const choice scale_kinds[] = {
	{"linear", SCALE_LINEAR},
	{"step", SCALE_STEP},
	{"log", SCALE_LOG},
	{"inverse", SCALE_INVERSE},
	{"place", SCALE_PLACE},
	{"share", SCALE_SHARE},
	{"positive_share", SCALE_POSITIVE_SHARE},
	{"exponential", SCALE_EXPONENTIAL},
	{"sigmoid", SCALE_SIGMOID},
	{NULL, 0}
};

/* ---------- what a step does to a cell ---------- */

static void
archive_transform(archive *a, transform *t)
{
	int			kind = t->kind;

	archive_choice(a, &kind, transform_kinds);
	t->kind = (transform_kind) kind;
	archive_float8(a, &t->a, false);
	archive_float8(a, &t->b, false);
	if (t->kind == TRANSFORM_CLIP && !(t->a < t->b))
		archive_refuse(a, "A clip has no room.");
}

static void
archive_cut(archive *a, outlier_cut *cut)
{
	archive_bool(a, &cut->logged);
	if (cut->logged)
	{
		archive_bool(a, &cut->mirrored);
		archive_float8(a, &cut->end, false);
		archive_float8(a, &cut->offset, false);
		return;
	}
	archive_float8(a, &cut->lower, true);
	archive_float8(a, &cut->upper, true);
}

static int
count_distinct(const scale *s)
{
	int			distinct = s->entries > 0;

	if (s->before != NULL)
		return s->entries;
	for (int i = 1; i < s->entries; i++)
		distinct += s->sorted[i] != s->sorted[i - 1];
	return distinct;
}

/* How often the value at an entry stands, this and the next ones. */
static int
count_equal(const scale *s, int entry)
{
	int			end = entry + 1;

	if (s->before != NULL)
		return s->before[end] - s->before[entry];
	while (end < s->entries && s->sorted[end] == s->sorted[entry])
		end++;
	return end - entry;
}

/*
 * Different values, ascending, each with how many there are; so they are kept
 * when read, since a few bytes can say that a value stands often.
 */
static void
archive_sorted(archive *a, scale *s)
{
	int			distinct = a->reading ? 0 : count_distinct(s);
	double	   *sorted = NULL;
	int32	   *before = NULL;
	int64		count = s->count;
	int64		done = 0;
	int			entry = 0;
	double		last = -INFINITY;

	archive_integer(a, &count, s->kind == SCALE_POSITIVE_SHARE ? 0 : 1, PG_INT32_MAX);
	archive_count(a, &distinct, a->text ? 4 : 16);
	if (a->reading)
	{
		sorted = palloc_extended(sizeof(double) * Max(distinct, 1), MCXT_ALLOC_HUGE);
		before = palloc_extended(sizeof(int32) * ((Size) distinct + 1), MCXT_ALLOC_HUGE);
	}
	for (int i = 0; i < distinct; i++)
	{
		double		value = a->reading ? 0 : s->sorted[entry];
		int64		times = a->reading ? 0 : count_equal(s, entry);

		CHECK_FOR_INTERRUPTS();
		archive_float8(a, &value, false);
		archive_integer(a, &times, 1, count - done);
		if (!(value > last))
			archive_refuse(a, "Values do not ascend.");
		last = value;
		if (a->reading)
		{
			sorted[i] = value;
			before[i] = (int32) done;
		}
		else
			entry += s->before != NULL ? 1 : (int) times;
		done += times;
	}
	if (done != count)
		archive_refuse(a, "Values are fewer than they are said to be.");
	if (!a->reading)
		return;
	before[distinct] = (int32) count;
	s->sorted = sorted;
	s->before = before;
	s->entries = distinct;
	s->count = (int) count;
}

static void
archive_scale(archive *a, cell_scale *cell)
{
	scale	   *s = &cell->scale;
	int			kind = s->kind;
	int64		number;

	archive_choice(a, &kind, scale_kinds);
	s->kind = (scale_kind) kind;
	archive_float8(a, &s->from, false);
	archive_float8(a, &s->length, false);
	if (s->length == 0 && s->kind != SCALE_POSITIVE_SHARE)
		archive_refuse(a, "A scale has length 0.");
	for (int i = 0; s->kind == SCALE_LOG && i < 2; i++)
	{
		/* A logarithm is below 2^10 in size, 2^122 in its units: the high word below 2^58. */
		number = (int64) s->log_from[i];
		archive_integer(a, &number, i == 0 ? PG_INT64_MIN : -(INT64CONST(1) << 58),
						i == 0 ? PG_INT64_MAX : INT64CONST(1) << 58);
		s->log_from[i] = (uint64) number;
	}
	if (scale_has_places(s))
	{
		int			ties = s->ties;

		archive_sorted(a, s);
		number = s->most;
		archive_integer(a, &number, 0, s->count);
		s->most = (int) number;
		archive_word(a, "ties");
		archive_choice(a, &ties, ties_choices);
		s->ties = (scale_ties) ties;
	}
	if (s->kind == SCALE_EXPONENTIAL)
	{
		archive_float8(a, &s->constant, false);
		if (!(s->constant >= 1 && s->constant <= 1e6))
			archive_refuse(a, "The constant of an exponential scale is out of its bounds.");
	}
	archive_word(a, "direction");
	number = cell->direction;
	archive_integer(a, &number, -1, 1);
	if (number == 0)
		archive_refuse(a, "A direction is 1 or -1.");
	cell->direction = (int) number;
	archive_word(a, "share");
	archive_bool(a, &cell->share);
	if (!cell->share)
		return;
	archive_word(a, "held");
	archive_bool(a, &cell->held);
	archive_word(a, "to");
	archive_float8(a, &cell->lower, false);
	archive_float8(a, &cell->upper, false);
}

static void
archive_cell(archive *a, cell_step *cell)
{
	int			kind = cell->kind;
	char	   *rule = NULL;

	archive_choice(a, &kind, cell_kinds);
	cell->kind = (cell_step_kind) kind;
	switch (cell->kind)
	{
		case CELL_AS_IS:
			break;
		case CELL_FILL:
		case CELL_SET:
			archive_float8(a, &cell->as.value, true);
			break;
		case CELL_TRANSFORM:
			archive_transform(a, &cell->as.transform);
			break;
		case CELL_CUT:
			archive_cut(a, &cell->as.cut);
			break;
		case CELL_SCALE:
			archive_scale(a, &cell->as.scale);
			break;
		case CELL_POINTS:
			if (!a->reading)
				rule = scoring_rule_text(cell->as.rule);
			archive_text(a, &rule, false);
			if (a->reading)
				cell->as.rule = scoring_rule_parse(rule);
			if (a->reading && strcmp(rule, scoring_rule_text(cell->as.rule)) != 0)
				archive_refuse(a, "A rule is not canonical.");
			if (scoring_rule_is_relative(cell->as.rule))
				archive_refuse(a, "A rule for single values compares with peers.");
			break;
	}
}

char *
fitted_cell_text(const cell_step *cell)
{
	StringInfoData text;
	archive		a = {.type = "fitted_pipeline", .text = true, .bytes = &text};

	initStringInfo(&text);
	archive_cell(&a, unconstify(cell_step *, cell));
	return text.data[0] == ' ' ? text.data + 1 : text.data;
}

/* ---------- the whole ---------- */

static void
archive_parts(archive *a, division *parts)
{
	archive_word(a, "by_group");
	archive_bool(a, &parts->by_group);
	archive_word(a, "by_period");
	archive_bool(a, &parts->by_period);
	archive_word(a, "parts");
	archive_count(a, &parts->count, 4);
	if (a->reading)
		parts->label = palloc0(sizeof(part_label) * Max(parts->count, 1));
	for (int i = 0; i < parts->count; i++)
	{
		char	   *group = (char *) parts->label[i].group.bytes;
		int64		period = parts->label[i].period;

		CHECK_FOR_INTERRUPTS();
		archive_line(a);
		archive_word(a, "part");
		archive_text(a, &group, true);
		archive_integer(a, &period, PG_INT32_MIN, PG_INT32_MAX);
		parts->label[i].group.bytes = group;
		parts->label[i].group.length = group == NULL ? -1 : (int) strlen(group);
		parts->label[i].period = (int32) period;
		if (a->reading && ((!parts->by_group && group != NULL) || (!parts->by_period && period != 0)))
			archive_refuse(a, "A part is told by what does not count.");
		if (a->reading && i > 0 && compare_part_labels(&parts->label[i - 1], &parts->label[i]) >= 0)
			archive_refuse(a, "Parts are not in their order.");
	}
}

static void
archive_cells(archive *a, const fitted *f, fitted_step *step)
{
	if (a->reading)
		step->cell = palloc0(sizeof(cell_step *) * Max(f->codes, 1));
	archive_parts(a, &step->parts);
	for (int i = 0; i < f->codes; i++)
	{
		bool		has = step->cell[i] != NULL;

		archive_line(a);
		archive_word(a, "criterion");
		archive_bool(a, &has);
		if (!has)
			continue;
		if (a->reading)
			step->cell[i] = palloc0(sizeof(cell_step) * Max(step->parts.count, 1));
		for (int part = 0; part < step->parts.count; part++)
		{
			CHECK_FOR_INTERRUPTS();
			archive_line(a);
			archive_cell(a, &step->cell[i][part]);
		}
	}
}

static void
archive_left(archive *a, const fitted *f, fitted_step *step)
{
	if (a->reading)
		step->left = palloc0(sizeof(bool) * Max(f->codes, 1));
	archive_word(a, "left");
	for (int i = 0; i < f->codes; i++)
		archive_bool(a, &step->left[i]);
}

/* Each criterion once, and those there that are divided or divided by. */
static void
check_codes(archive *a, fitted *f)
{
	fitted_index(f);
	if (f->index.count < f->codes)
		archive_refuse(a, "A criterion stands twice.");
	for (int i = 0; i < f->plan->steps; i++)
		for (int k = 0; k < f->plan->step[i].denominators; k++)
		{
			const denominator *d = &f->plan->step[i].denominator[k];

			if (fitted_find(f, d->code, (int) strlen(d->code)) < 0 ||
				fitted_find(f, d->by, (int) strlen(d->by)) < 0)
				archive_refuse(a, "A criterion that a step divides, or divides by, is not there.");
		}
}

static void
archive_fitted(archive *a, fitted *f)
{
	int64		version = FITTED_VERSION;
	char	   *text = a->reading ? NULL : pipeline_text(f->plan);

	archive_word(a, "version");
	archive_integer(a, &version, FITTED_VERSION, FITTED_VERSION);
	archive_word(a, "framework");
	archive_bytes(a, f->framework, FRAMEWORK_FINGERPRINT);
	archive_line(a);
	archive_word(a, "pipeline");
	archive_text(a, &text, false);
	if (a->reading)
	{
		f->plan = pipeline_parse(text);
		if (strcmp(text, pipeline_text(f->plan)) != 0)
			archive_refuse(a, "Its pipeline is not canonical.");
		f->step = palloc0(sizeof(fitted_step) * Max(f->plan->steps, 1));
	}
	archive_line(a);
	archive_word(a, "criteria");
	archive_count(a, &f->codes, 3);
	if (a->reading)
		f->code = palloc0(sizeof(char *) * Max(f->codes, 1));
	for (int i = 0; i < f->codes; i++)
	{
		CHECK_FOR_INTERRUPTS();
		archive_text(a, &f->code[i], false);
	}
	if (a->reading)
		check_codes(a, f);
	for (int i = 0; i < f->plan->steps; i++)
	{
		archive_line(a);
		archive_word(a, "step");
		if (f->plan->step[i].verb < PIPELINE_COLUMN_VERBS)
			archive_cells(a, f, &f->step[i]);
		else
			archive_left(a, f, &f->step[i]);
	}
}

fitted_pipeline *
fitted_write(const fitted *f)
{
	static const char magic[] = "fitted_pipeline";
	StringInfoData bytes;
	archive		a = {.type = "fitted_pipeline", .bytes = &bytes};
	fitted_pipeline *value;
	pg_cryptohash_ctx *hash = pg_cryptohash_create(PG_SHA256);
	uint8		digest[PG_SHA256_DIGEST_LENGTH];

	initStringInfo(&bytes);
	appendStringInfoSpaces(&bytes, offsetof(fitted_pipeline, content));
	archive_fitted(&a, (fitted *) f);
	value = (fitted_pipeline *) bytes.data;
	SET_VARSIZE(value, bytes.len);
	if (hash == NULL || pg_cryptohash_init(hash) < 0 ||
		pg_cryptohash_update(hash, (const uint8 *) magic, sizeof(magic)) < 0 ||
		pg_cryptohash_update(hash, (const uint8 *) value->content,
							 bytes.len - offsetof(fitted_pipeline, content)) < 0 ||
		pg_cryptohash_final(hash, digest, sizeof(digest)) < 0)
		elog(ERROR, "could not compute SHA-256");
	pg_cryptohash_free(hash);
	memcpy(value->fingerprint, digest, FITTED_FINGERPRINT);
	return value;
}

static fitted *
read_bytes(StringInfo bytes, bool client)
{
	archive		a = {.type = "fitted_pipeline", .reading = true, .client = client, .bytes = bytes};
	fitted	   *f = palloc0(sizeof(fitted));

	archive_fitted(&a, f);
	return f;
}

fitted *
fitted_read(const fitted_pipeline *value)
{
	StringInfoData bytes = {
		.data = (char *) value->content,
		.len = (int) (VARSIZE(value) - offsetof(fitted_pipeline, content))
	};

	return read_bytes(&bytes, false);
}

/* ---------- functions of the type ---------- */

PARINDEX_FUNCTION(parindex_fitted_pipeline_out);
Datum
parindex_fitted_pipeline_out(PG_FUNCTION_ARGS)
{
	StringInfoData text;
	archive		a = {.type = "fitted_pipeline", .text = true, .bytes = &text};

	initStringInfo(&text);
	archive_fitted(&a, PG_GETARG_FITTED(0));
	PG_RETURN_CSTRING(text.data);
}

PARINDEX_FUNCTION(parindex_fitted_pipeline_in);
Datum
parindex_fitted_pipeline_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	archive		a = {
		.type = "fitted_pipeline", .reading = true, .text = true,
		.reader = {
			"fitted_pipeline", text, text,
			"Such values come from fit(); write them down only as the output function does."
		},
		.end = text + strlen(text)
	};
	fitted	   *f = palloc0(sizeof(fitted));

	archive_fitted(&a, f);
	text_expect_end(&a.reader);
	PG_RETURN_POINTER(fitted_write(f));
}

PARINDEX_FUNCTION(parindex_fitted_pipeline_send);
Datum
parindex_fitted_pipeline_send(PG_FUNCTION_ARGS)
{
	StringInfoData bytes;
	archive		a = {.type = "fitted_pipeline", .client = true, .bytes = &bytes};

	pq_begintypsend(&bytes);
	archive_fitted(&a, PG_GETARG_FITTED(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&bytes));
}

PARINDEX_FUNCTION(parindex_fitted_pipeline_recv);
Datum
parindex_fitted_pipeline_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(fitted_write(read_bytes((StringInfo) PG_GETARG_POINTER(0), true)));
}

/* Of the fingerprint, without the rest of a toasted value. */
static struct varlena *
fingerprint(Datum value)
{
	return PG_DETOAST_DATUM_SLICE(value, offsetof(fitted_pipeline, fingerprint) - VARHDRSZ,
								  FITTED_FINGERPRINT);
}

IMAGE_COMPARISON_FUNCTIONS(fitted_pipeline, fingerprint)
