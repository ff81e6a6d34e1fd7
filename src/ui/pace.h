/*
 * What the screen of time and pace shares with the heading of an issue: how much time is
 * left, and by what, and the one line about it.
 */
#ifndef UI_PACE_H
#define UI_PACE_H

#include "model/pace.h"
#include "shell.h"

enum pace_limit {
    PACE_NO_LIMIT, /* neither a planned end nor a time box */
    PACE_BOXES,    /* what the time boxes leave */
    PACE_END       /* the planned end of the sitting */
};
/* *left: ms, never negative. */
enum pace_limit pace_left(const struct shell *sh, int64_t *left);
/* "at this rate C(c) and 3 more are not reached", or nothing. */
void pace_words(const struct workbook *w, const struct pace *p, struct buf *out);

/* A pace, made anew when an event or a minute has passed since it was. Zero at first. */
struct pace_cache {
    struct pace pace;
    enum pace_limit limit;
    uint64_t version; /* of the workbook, and the minute, that it was made for */
    int64_t minute;
    bool made;
};
/* True when it was made anew. */
bool pace_update(struct pace_cache *c, const struct shell *sh);
void pace_cache_release(struct pace_cache *c);

#endif
