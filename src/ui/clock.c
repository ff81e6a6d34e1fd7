#include "clock.h"

#include <stdio.h>
#include <time.h>

enum { DAY_SECONDS = 24 * 3600 };

static struct tm local(int64_t at) {
    time_t t = (time_t)(at >= 0 ? at / 1000 : (at - 999) / 1000);
    struct tm tm = {0};

    localtime_r(&t, &tm);
    return tm;
}

void clock_time(int64_t at, struct buf *out) {
    struct tm tm = local(at);

    buf_addf(out, "%02d:%02d", tm.tm_hour, tm.tm_min);
}

void clock_when(int64_t at, int64_t now, struct buf *out) {
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm then = local(at), today = local(now);

    if (then.tm_year != today.tm_year || then.tm_yday != today.tm_yday)
        buf_addf(out, "%d %s ", then.tm_mday, months[then.tm_mon % 12]);
    if (then.tm_year != today.tm_year)
        buf_addf(out, "%d ", then.tm_year + 1900);
    clock_time(at, out);
}

void clock_span(int64_t ms, struct buf *out) {
    long s = (long)(ms / 1000);

    if (s >= 3600)
        buf_addf(out, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    else
        buf_addf(out, "%ld:%02ld", s / 60, s % 60);
}

void clock_minutes(int64_t ms, struct buf *out) {
    long minutes = (long)(ms / 60000);

    if (minutes >= 60)
        buf_addf(out, "%ld h %02ld min", minutes / 60, minutes % 60);
    else
        buf_addf(out, "%ld min", minutes);
}

int clock_hour(int64_t at) {
    return local(at).tm_hour;
}

/* The days of a calendar date, whatever the zone. */
static int64_t days(int year, int month, int day) {
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};

    return (int64_t)timegm(&tm) / DAY_SECONDS;
}

int64_t clock_day(int64_t at) {
    struct tm tm = local(at);

    return days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int64_t clock_day_of(const char *date) {
    int year, month, day;

    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return -1;
    return days(year, month, day);
}
