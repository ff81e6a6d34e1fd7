/*
 * What room.c, person.c and floor.c share. An apply function takes the log index of a
 * sound event that is live; it leaves the state alone where, after an undo, the event no
 * longer fits it.
 */
#ifndef MODEL_ROOM_PRIVATE_H
#define MODEL_ROOM_PRIVATE_H

#include "workbook.h"

/* person.c */
uint32_t person_of_event(struct workbook *w, const struct event *e);
void people_forget(struct workbook *w);
void person_apply(struct workbook *w, uint32_t log_index);
void presence_apply(struct workbook *w, uint32_t log_index);
void person_arrives(struct workbook *w, uint32_t person, int64_t at);
void person_leaves(struct workbook *w, uint32_t person, int64_t at);
/* A sitting opens, and those who are here begin a stay in it; it is adjourned, and their
 * stays end while they are taken to be here when the next one opens. */
void people_sit_down(struct workbook *w, int64_t at);
void people_rise(struct workbook *w, int64_t at);

/* person_name.c */
/* Makes the keys of those whose name has changed. */
void people_make_keys(struct workbook *w);

/* floor.c */
int floor_check(const struct workbook *w, const struct event *e, struct err *err);
/* `issue`: under discussion, or NONE. */
void floor_apply(struct workbook *w, uint32_t log_index, uint32_t issue);
void floor_forget(struct workbook *w);
/* Ends the intervention that runs. */
void floor_stop(struct workbook *w, int64_t room);
/* Someone is a participant no longer. */
void floor_drop(struct workbook *w, uint32_t person, int64_t room);

/* room.c: the longest of the times, and never 0, which stands for "not yet". */
int64_t room_later(int64_t from, int64_t to);

#endif
