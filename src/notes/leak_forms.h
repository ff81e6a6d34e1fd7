/*
 * The forms that a name takes in a text: the cases of Russian names, the plural in -s.
 */
#ifndef NOTES_LEAK_FORMS_H
#define NOTES_LEAK_FORMS_H

#include "base/buf.h"

#include <stdbool.h>

/* Takes a form; `cyrillic`: it is one in Cyrillic letters only. */
typedef void (*leak_form_taker)(void *ctx, const char *form, bool declined,
                                bool cyrillic);

/* The forms of a key of words with a blank between them, itself among them. */
void leak_forms(const char *key, leak_form_taker take, void *ctx);

#endif
