/*
 * survey_table_io.h
 *	  Keys of survey tables as function arguments, as text and on the wire.
 */
#ifndef PARINDEX_SURVEY_TABLE_IO_H
#define PARINDEX_SURVEY_TABLE_IO_H

#include "base/forms/text_reader.h"
#include "survey/state/survey_table.h"

/*
 * The key whose parts are these arguments, all bigint or all text as the
 * working table's keys are; error 22004 where one is NULL.
 */
extern void survey_key_arguments(FunctionCallInfo fcinfo, const int *argument,
								 survey_table **table, survey_key *key);

/* 7/701, or "Hà Nội"/"x \"y\" \\" */
extern void survey_append_key(StringInfo out, const survey_table *table, const survey_key *key);

/* Read a key, its texts into the working table; a count. White space may stand before. */
extern void survey_read_key(text_reader *reader, survey_table **table, survey_key *key);
extern int64 survey_read_count(text_reader *reader);

/*
 * Of what kind the keys to come are: the first begins with a quote where they
 * are texts, and its slashes count its levels.
 */
extern void survey_first_key_kind(const text_reader *reader, bool *text_keys, int *levels);

/* On the wire. */
extern void survey_send_key(StringInfo out, const survey_table *table, const survey_key *key);
extern void survey_recv_key(StringInfo message, survey_table **table, survey_key *key);

/* Version byte, flags and levels that a binary message begins with; error 22P03. */
extern void survey_send_kind(StringInfo out, const survey_table *table);
extern void survey_recv_kind(StringInfo message, const char *type, int min_levels,
							 int max_levels, bool *text_keys, int *levels);

/* Least bytes of a key in a message. */
static inline Size
survey_key_wire_size(bool text_keys, int levels)
{
	return (text_keys ? sizeof(int32) : sizeof(int64)) * levels;
}

#endif							/* PARINDEX_SURVEY_TABLE_IO_H */
