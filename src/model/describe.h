/*
 * What an event says to a person, in one line, without its time: for the history, the
 * log and "undone: …". Pure; each function appends to *out. Used by event_kinds[] alone.
 */
#ifndef MODEL_DESCRIBE_H
#define MODEL_DESCRIBE_H

#include "base/buf.h"

struct workbook;
struct event;

typedef void describe_fn(const struct workbook *w, const struct event *e,
                         struct buf *out);

describe_fn describe_note, describe_answer, describe_position, describe_action,
    describe_priority, describe_disposition, describe_discuss, describe_issue,
    describe_revise, describe_move, describe_retract, describe_undo, describe_expunged,
    describe_sitting, describe_person, describe_presence, describe_side, describe_floor,
    describe_timebox, describe_record, describe_clock, describe_share, describe_done,
    describe_confirm, describe_readback, describe_assent, describe_subquestion,
    describe_support, describe_sounding, describe_carried,
    describe_released;

#endif
