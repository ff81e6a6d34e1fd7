/*
 * Pace: which issues will not be reached in the time that is left, and what dropping the
 * lowest priorities would win. An estimate, pure, made anew when it is looked at.
 *
 * What is left to do: live issues of disposition open that are not discussed, or under
 * discussion, in the memo's order, recommendations last. What one needs: its own time
 * box, else an equal share of what its topic's box leaves, else the average of the issues
 * discussed so far, else PACE_DEFAULT; less what it has had, but never under a minute.
 */
#ifndef MODEL_PACE_H
#define MODEL_PACE_H

#include "workbook.h"

enum { PACE_DEFAULT = 10 * 60 * 1000, PACE_MIN = 60 * 1000 };

struct pace_item {
    uint32_t issue;
    int64_t need; /* ms */
    bool reached; /* it can be finished in the time left */
};

struct pace {
    VEC(struct pace_item) items;
    int64_t left;    /* ms; given */
    int64_t need;    /* of all items */
    uint32_t missed; /* items that are not reached */
    uint32_t first;  /* index in items of the first that is not, or NONE */
    uint8_t drop; /* lowest priority that waits: 0 (none given), 3, 2; 1: all have one */
    uint32_t dropped;     /* how many items have it */
    int64_t won;          /* what dropping them would win, ms */
    uint32_t missed_then; /* items that would still not be reached */
};

/* *p is zero or released. `left`: ms until the end of the sitting. */
void pace_compute(struct pace *p, const struct workbook *w, int64_t room, int64_t left);
void pace_release(struct pace *p);

/* Time boxes and what was used of them; ms, 0 for no box. */
int64_t issue_box(const struct workbook *w, uint32_t issue);
int64_t topic_box(const struct workbook *w, uint32_t topic);
int64_t topic_spent(const struct workbook *w, uint32_t topic, int64_t room);
/* How much of a box is used: calm under 80 %, near the end under 100 %, over. */
enum box_state { BOX_NONE, BOX_CALM, BOX_NEAR, BOX_OVER };
enum box_state box_state(int64_t spent, int64_t box);

#endif
