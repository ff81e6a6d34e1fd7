/*
 * Drafts: what is being typed and not yet recorded, kept outside the workbook so that a
 * crash or a dropped line loses a second of typing at most.
 *
 * One file (mode 0600) for each thing being typed, in $XDG_STATE_HOME/memobook/drafts/
 * ($HOME/.local/state where unset), named after the workbook's id and a key such as
 * "answer A.b". A draft holds plain text. Errors: 0, or -1 with *err.
 */
#ifndef SESSION_DRAFT_H
#define SESSION_DRAFT_H

#include "session.h"

/* Off the record it saves nothing, and says nothing of it. */
int draft_save(const struct session *s, const char *key, const char *text, size_t len,
               struct err *err);
/* 1 and the text appended, or 0 where there is none. */
int draft_load(const struct session *s, const char *key, struct buf *out,
               struct err *err);
int draft_drop(const struct session *s, const char *key, struct err *err);
/* Removes every draft of this workbook that holds the text: an expunged entry's. */
int draft_scrub(const struct session *s, const char *text, struct err *err);

#endif
