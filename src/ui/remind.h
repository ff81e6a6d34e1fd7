/*
 * Reminders: calm words on the message line, each said once. That four fifths of a time
 * box are used, and that all of it is; that the planned end of the sitting has come; that
 * the wall clock was set or the computer slept.
 *
 * Never while someone types, over an error, or over a message that was hardly read: what
 * is due waits, and is dropped when it no longer holds. The heading of the issue says the
 * same as long as it holds (detail.h).
 */
#ifndef UI_REMIND_H
#define UI_REMIND_H

#include <stdbool.h>
#include <stdint.h>

struct shell;

/* What has been said. Zero: nothing; indices are one more than those they mean. */
struct reminded {
    uint32_t issue, topic;            /* of whose boxes was spoken */
    uint8_t issue_state, topic_state; /* enum box_state that was said of them */
    uint32_t sitting;                 /* whose planned end was said */
    int64_t jump;                     /* of the clock, ms */
};

/* Says what is due, if it may. */
void remind(struct shell *sh);
/* Ms until something falls due by the clock, or -1. */
int64_t remind_wait(const struct shell *sh);

#endif
