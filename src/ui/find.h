/*
 * Find as you type: the line at the foot, for any screen that can look for something.
 */
#ifndef UI_FIND_H
#define UI_FIND_H

#include "shell.h"

struct find_ops {
    /* The needle as typed so far. */
    void (*set)(struct screen *s, const char *needle);
    /* To the next (1) or the previous (-1) match. */
    void (*step)(struct screen *s, int step);
    /* "3 matches" */
    void (*count)(struct screen *s, struct buf *out);
    /* Enter: stay here; Esc: back to where finding began. */
    void (*end)(struct screen *s, bool stay);
};

void find_open(struct screen *s, const struct find_ops *ops);
/* The commands that find, for a screen that has set where finding begins; false for
 * another. */
bool find_take(struct screen *s, const struct find_ops *ops, enum command_id id,
               const struct command_args *args);

#endif
