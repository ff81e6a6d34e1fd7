/*
 * What the recording commands do: each builds one event and hands it to
 * session_record(). For commands.def alone; others call session_run().
 */
#ifndef SESSION_RECORD_H
#define SESSION_RECORD_H

#include "command.h"

typedef int record_fn(struct session *s, const struct command_args *args,
                      struct err *err);

record_fn record_note, record_answer, record_position, record_priority,
    record_disposition, record_action, record_discuss, record_issue, record_reword,
    record_revise, record_move, record_retract, record_undo, record_redo, record_expunge;

/* record_room.c, record_floor.c, record_people.c, roster.c */
record_fn record_attribute, record_timebox, record_floor_add, record_floor_give,
    record_floor_end, record_floor_withdraw, record_floor_order, record_floor_reply,
    record_floor_last, record_floor_up, record_floor_down, record_floor_close,
    record_floor_tour, record_person_add, record_person_change, record_person_remove,
    record_person_arrive, record_person_leave, record_all_arrive, record_roster,
    record_side, record_sitting_open, record_sitting_adjourn, record_sitting_resume,
    record_sitting_until, record_record_off, record_record_on;

/* record_agreement.c */
record_fn record_share, record_confirm, record_resolve, record_readback, record_assent,
    record_readback_end, record_restore, record_subquestion, record_support, record_done,
    record_sounding;

/* Gives the event its id and time, writes it, applies it, tells the observer. The texts
 * must be clean. Sets session_message() to what it says. */
int session_record(struct session *s, struct event_draft *d, struct err *err);
/* Takes the entry's events out of the file for good, and reads the workbook anew: every
 * index into it is stale then. */
int session_expunge(struct session *s, const char *event_id, struct err *err);
/* Says something else of the event just recorded. */
void session_say(struct session *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends to the message of the event just recorded. */
void session_add_message(struct session *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
