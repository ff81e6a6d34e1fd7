/*
 * What the screen and the program that makes notes beside it tell each other: the names
 * that leak, as lines on that one's standard error among those for a person. The screen
 * shows such notes to the facilitator alone, asks before they go out, and writes into the
 * log that they did; so whoever makes them for it does neither.
 */
#ifndef NOTES_BESIDE_H
#define NOTES_BESIDE_H

#include "leak.h"

#include <stdbool.h>

/* A line for each, and one for how many there are; nothing where there are none. */
void beside_write(const struct leaks *l, struct buf *out);
/* Adds what such a line tells to *l; false for any other line. */
bool beside_read(const char *line, size_t len, struct leaks *l);
/* Whether this process was started by a process of the same program. */
bool beside_is_asked(void);

#endif
