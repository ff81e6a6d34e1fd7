/*
 * What the files of recording commands share. Texts from a person become fit for XML
 * here, and what had to change is said.
 */
#ifndef SESSION_RECORD_PRIVATE_H
#define SESSION_RECORD_PRIVATE_H

#include "record.h"
#include "session.h"

/* A text made fit for XML, to be freed; how many characters had to change is added. */
char *record_clean(const char *text, size_t *changed);
/* Says so in the message, where any had to. */
void record_tell_changed(struct session *s, size_t changed);
bool record_blank(const char *text);
/* "WHAT already; nothing was recorded". */
int record_refuse_same(struct err *err, const char *what);
/* The entry of a log index, which must stand still. */
int record_find_entry(const struct session *s, uint32_t event, const struct entry **out,
                      struct err *err);
/* Records an event with this text, which is cleaned. */
int record_with_text(struct session *s, struct event_draft *d, const char *text,
                     struct err *err);

#endif
