/*
 * Times for people. All in ms; the time of day is the local one.
 */
#ifndef UI_CLOCK_H
#define UI_CLOCK_H

#include "base/buf.h"

#include <stdint.h>

/* 10:42 */
void clock_time(int64_t at, struct buf *out);
/* 10:42 on the day of `now`, 6 Dec 10:42 on another. */
void clock_when(int64_t at, int64_t now, struct buf *out);
/* 12:04, or 1:02:04 */
void clock_span(int64_t ms, struct buf *out);
/* 34 min, 1 h 05 min; what is less than a minute counts as none. */
void clock_minutes(int64_t ms, struct buf *out);
/* The hour of the day, and the day: days since 1 January 1970. */
int clock_hour(int64_t at);
int64_t clock_day(int64_t at);
/* The day of a YYYY-MM-DD; -1 where it is none. */
int64_t clock_day_of(const char *date);

#endif
