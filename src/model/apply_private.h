/*
 * What workbook_apply() is made of, and for it alone: check.c says what an event must be,
 * issues.c, entries.c and discussions.c apply it to the object that it is about. (The
 * room and what was agreed have headers of their own.)
 *
 * An _apply function takes the log index of a sound, live event; a _replay function sets
 * its object back to the beginning and applies the live events about it again, which is
 * what makes undo work.
 */
#ifndef MODEL_APPLY_PRIVATE_H
#define MODEL_APPLY_PRIVATE_H

#include "workbook.h"

/* Removes the last one that is equal. */
void index_vec_drop(index_vec *v, uint32_t index);

/* ---- issues.c */

/* Whether the kind's object is an issue. */
bool event_about_issue(enum event_kind_id kind);
/* Splits the reference of an `issue` event, such as A.e; the topic must exist, the issue
 * need not. The topic and the issue's label, or NONE. */
uint32_t issue_event_topic(const struct workbook *w, const struct event *e,
                           char id[MEMO_ID_MAX + 1]);
/* The issue that an `issue` event is about: an existing one, or a new one at the end. */
uint32_t issue_raise(struct workbook *w, const struct event *e);
/* Made where nothing had been recorded yet. */
struct issue_record *issue_record_of(struct workbook *w, uint32_t issue);
void issue_apply(struct workbook *w, uint32_t log_index);
void issue_replay(struct workbook *w, uint32_t issue);
/* Brings what is derived up to date: the progress; with whether it is answered and the
 * topic's counts; the owned brackets, where `answer` has come as the issue's last entry,
 * or (NONE) any answer has changed. */
void issue_refresh_progress(struct workbook *w, uint32_t issue);
void issue_refresh(struct workbook *w, uint32_t issue);
void issue_count_brackets(struct workbook *w, uint32_t issue, uint32_t answer);

/* ---- entries.c */

/* The entry that the event makes; link the event to it then. */
uint32_t entry_new(struct workbook *w, uint32_t log_index);
void entry_link(struct workbook *w, uint32_t log_index, uint32_t entry);
void entry_apply(struct workbook *w, uint32_t log_index);
void entry_replay(struct workbook *w, uint32_t entry);

/* ---- discussions.c: one at a time, each ends the one before; so does adjourning */

bool event_adjourns(const struct event *e);
void discussions_apply(struct workbook *w, uint32_t log_index);
void discussions_replay(struct workbook *w);

#endif
