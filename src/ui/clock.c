#include "clock.h"

#include <time.h>

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
