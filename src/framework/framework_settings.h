/*
 * framework_settings.h
 *	  What a framework's text says of a node beside its code and weight.
 */
#ifndef PARINDEX_FRAMEWORK_SETTINGS_H
#define PARINDEX_FRAMEWORK_SETTINGS_H

#include "base/forms/text_reader.h"
#include "framework/framework_build.h"

/* A word or a quoted string; a number in decimal digits (out of range: 22003). */
extern char *framework_word(text_reader *reader, const char *expected);
extern double framework_number(text_reader *reader);

/* Settings with commas between them; errors 22P02, and 22023 for an unknown name. */
extern void framework_read_settings(text_reader *reader, framework_spec *spec);

/* All that a text says, or nothing. */
extern void framework_settings_of_text(const char *text, framework_spec *spec);
extern void framework_write_settings(StringInfo out, const framework *fw, int node);

/* A rescaling with its numbers, as in zscore 100 10. */
extern void framework_rescaling_of_text(const char *text, tree_node *node);
extern void framework_write_rescaling(StringInfo out, const tree_node *node);

#endif							/* PARINDEX_FRAMEWORK_SETTINGS_H */
