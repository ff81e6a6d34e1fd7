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
/* "WHAT already; nothing was recorded". */
int record_refuse_same(struct err *err, const char *what);
/* The entry of a log index, which must stand still. */
int record_find_entry(const struct session *s, uint32_t event, const struct entry **out,
                      struct err *err);
/* "WHAT is empty; type its text". */
int record_refuse_empty(struct err *err, const char *what);
/* Records an event about an issue or sub-question, with this text, which is cleaned. */
int record_about(struct session *s, struct event_draft *d, struct ref ref,
                 const char *text, struct err *err);
/* The id of the participant that is named, else the name as it was typed; why, where
 * there are participants, is added to *notice. */
const char *record_person_named(const struct session *s, const char *name,
                                struct buf *notice);
/* "+ ", "- " or "? " in front of a position: in favour, against, on conditions; a
 * backslash makes it text. *text is moved on. */
enum stance record_take_stance(const char **text);
/* The side whose id this is, in either case: its own id; or NULL. */
const char *record_side_named(const struct session *s, const char *name);
/* Records an event with this text, which is cleaned. */
int record_with_text(struct session *s, struct event_draft *d, const char *text,
                     struct err *err);

#endif
