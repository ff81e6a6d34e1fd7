#include "record_private.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

/* ---- sittings */

static const char *sitting_title(const struct session *s, uint32_t sitting) {
    return session_workbook(s)->room.sittings.v[sitting].title;
}

static int no_sitting(struct err *err) {
    err_set(err, "no sitting is open");
    return err_todo(err, "open one first: sitting open Day 1 morning (S)");
}

static int sitting_event(struct session *s, const char *state, int64_t until,
                         const char *title, struct err *err) {
    struct event_draft d;
    char time[25] = "";
    event_draft_init(&d, EVENT_SITTING);
    event_draft_set(&d, FIELD_STATE, state);
    if (until)
        event_time_format(until, time);
    event_draft_set(&d, FIELD_UNTIL, time);
    return record_with_text(s, &d, title, err);
}

/* "“Day 1 morning” is open", of the last sitting there is. */
static void say_sitting(struct session *s, const char *what) {
    uint32_t last = (uint32_t)session_workbook(s)->room.sittings.n - 1;
    session_say(s, "“%s” %s", sitting_title(s, last), what);
}

/* Of what is said, where it was recorded. */
static int then_say(struct session *s, int result, const char *what) {
    if (result == 0)
        say_sitting(s, what);
    return result;
}

int record_sitting_open(struct session *s, const struct command_args *a,
                        struct err *err) {
    const struct workbook *w = session_workbook(s);
    const char *title = a->text + strspn(a->text, " \t\r\n");
    if (sitting_open(w) != NONE) {
        err_set(err, "“%s” is open", sitting_title(s, sitting_open(w)));
        return err_todo(err, "adjourn it first: sitting adjourn (S)");
    }
    for (uint32_t i = 0; *title && i < w->room.sittings.n; i++)
        if (strcmp(w->room.sittings.v[i].title, title) == 0) {
            err_set(err, "there was a sitting “%s” already", title);
            return err_todo(err, i + 1 == w->room.sittings.n
                                     ? "sitting resume reopens it"
                                     : "give this one another title");
        }
    return then_say(s, sitting_event(s, "open", 0, title, err), "is open");
}

int record_sitting_adjourn(struct session *s, const struct command_args *a,
                           struct err *err) {
    (void)a;
    if (sitting_open(session_workbook(s)) == NONE)
        return no_sitting(err);
    return then_say(s, sitting_event(s, "adjourn", 0, "", err), "is adjourned");
}

int record_sitting_resume(struct session *s, const struct command_args *a,
                          struct err *err) {
    const struct workbook *w = session_workbook(s);
    (void)a;
    if (sitting_open(w) != NONE) {
        err_set(err, "“%s” is open already", sitting_title(s, sitting_open(w)));
        return err_todo(err, "nothing was recorded");
    }
    if (w->room.sittings.n == 0)
        return no_sitting(err);
    return then_say(s, sitting_event(s, "resume", 0, "", err), "is open again");
}

/* Of a planned end: over for longer than NIGHT, it is meant for tomorrow. */
enum { MINUTE = 60 * 1000, NIGHT = 12 * 60 * MINUTE };

static int no_time(struct err *err, const char *word) {
    err_set(err, "“%s” is no time of day", word);
    return err_todo(err, "12:30, +90 for 90 minutes from now, or none");
}

/* A wall time of the day `at`, where the person is; false for no such time that day. */
static bool wall_time(int64_t at, unsigned days_on, unsigned hour, unsigned minute,
                      int summer, int64_t *out) {
    time_t seconds = (time_t)(at / 1000);
    struct tm tm;
    if (!localtime_r(&seconds, &tm))
        return false;
    tm.tm_mday += (int)days_on;
    tm.tm_hour = (int)hour;
    tm.tm_min = (int)minute;
    tm.tm_sec = 0;
    tm.tm_isdst = summer;
    *out = (int64_t)mktime(&tm) * 1000;
    /* Where summer time begins an hour is missing. */
    return tm.tm_hour == (int)hour && tm.tm_min == (int)minute;
}

/*
 * What is meant by 12:30: that of today, be it over; where summer time ends the later of
 * two, if the first is over; but in the evening 0:30 is that of the night.
 */
static bool time_meant(const char *word, int64_t now, int64_t *out) {
    unsigned hour, minute;
    int used = 0;
    int64_t later;
    if (word[strspn(word, "0123456789:")] || strlen(word) > 5 ||
        sscanf(word, "%u:%2u%n", &hour, &minute, &used) != 2 || word[used] ||
        word[used - 3] != ':' || hour > 23 || minute > 59 ||
        !wall_time(now, 0, hour, minute, -1, out))
        return false;
    if (*out <= now - MINUTE && wall_time(now, 0, hour, minute, 0, &later) &&
        later > *out)
        *out = later;
    if (*out <= now - NIGHT && wall_time(now, 1, hour, minute, -1, &later))
        *out = later;
    return true;
}

/* 0 for none. */
static int parse_until(const char *word, int64_t now, int64_t *out, struct err *err) {
    if (strcasecmp(word, "none") == 0) {
        *out = 0;
        return 0;
    }
    if (*word == '+') {
        size_t digits = strspn(word + 1, "0123456789");
        long minutes = digits && digits <= 4 ? strtol(word + 1, NULL, 10) : 0;
        if (word[1 + digits] || minutes < 1 || minutes > MEMO_MINUTES_MAX)
            return no_time(err, word);
        *out = now + minutes * MINUTE;
        return 0;
    }
    if (!time_meant(word, now, out))
        return no_time(err, word);
    if (*out > now - MINUTE)
        return 0;
    err_set(err, "%s is over", word);
    return err_todo(err, "+90 is 90 minutes from now");
}

static void say_end(struct session *s, int64_t until) {
    char what[40] = "is to end then";
    time_t end = (time_t)(until / 1000), now = (time_t)(session_now(s) / 1000);
    struct tm then, today;
    if (localtime_r(&end, &then) && localtime_r(&now, &today))
        strftime(what, sizeof what,
                 then.tm_yday == today.tm_yday ? "is to end at %H:%M"
                                               : "is to end tomorrow at %H:%M",
                 &then);
    say_sitting(s, until ? what : "has no planned end any more");
}

int record_sitting_until(struct session *s, const struct command_args *a,
                         struct err *err) {
    uint32_t open = sitting_open(session_workbook(s));
    int64_t until = 0;
    if (open == NONE)
        return no_sitting(err);
    if (parse_until(a->text, session_now(s), &until, err) < 0)
        return -1;
    if (session_workbook(s)->room.sittings.v[open].until == until)
        return record_refuse_same(err,
                                  until ? "it is to end then" : "it has no planned end");
    if (sitting_event(s, "plan", until, "", err) < 0)
        return -1;
    say_end(s, until);
    return 0;
}

/* ---- time boxes */

int record_timebox(struct session *s, const struct command_args *a, struct err *err) {
    const struct workbook *w = session_workbook(s);
    struct ref place = {a->ref.topic, a->ref.issue, 0};
    int have = place.issue == NONE ? w->topics.v[place.topic].minutes
                                   : w->issues.v[place.issue].minutes;
    struct buf ref = BUF_INIT;
    struct event_draft d;
    char minutes[16];
    if (a->number < 0 || a->number > MEMO_MINUTES_MAX)
        return err_set(err, "a time box is 0 to %d minutes", MEMO_MINUTES_MAX);
    if (have == a->number)
        return record_refuse_same(err, a->number ? "the time box is that long"
                                                 : "it has no time box");
    snprintf(minutes, sizeof minutes, "%d", a->number);
    ref_store(w, place, &ref);
    event_draft_init(&d, EVENT_TIMEBOX);
    event_draft_set(&d, FIELD_ISSUE, ref.s);
    event_draft_set(&d, FIELD_MINUTES, minutes);
    int result = session_record(s, &d, err);
    buf_release(&ref);
    return result;
}

/* ---- who may be named */

int record_attribute(struct session *s, const struct command_args *a, struct err *err) {
    const struct entry *e;
    struct event_draft d;
    int attribution = attribution_parse(a->text);
    if (attribution < 0) {
        err_set(err, "“%s” says not who may be named", a->text);
        return err_todo(err, "name, side or none");
    }
    if (record_find_entry(s, a->entry, &e, err) < 0)
        return -1;
    if (e->attribution == attribution)
        return record_refuse_same(err, "it is attributed so");
    event_draft_init(&d, EVENT_REVISE);
    event_draft_set(&d, FIELD_EVENT, session_workbook(s)->log.v[e->event].event.id);
    event_draft_set(&d, FIELD_ATTRIBUTION,
                    attribution_code((enum attribution)attribution));
    if (record_with_text(s, &d, e->text, err) < 0)
        return -1;
    session_say(s, "%s",
                attribution == ATTRIBUTION_NAME ? "it may be printed with the name"
                : attribution == ATTRIBUTION_SIDE
                    ? "it may be printed with the side only"
                    : "it is printed without name and side");
    return 0;
}

/* ---- off the record */

static int record_switch(struct session *s, const char *state, struct err *err) {
    struct event_draft d;
    event_draft_init(&d, EVENT_RECORD);
    event_draft_set(&d, FIELD_STATE, state);
    return session_record(s, &d, err);
}

int record_record_off(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    return record_switch(s, "off", err);
}

int record_record_on(struct session *s, const struct command_args *a, struct err *err) {
    (void)a;
    if (!session_off_record(s))
        return record_refuse_same(err, "it is on the record");
    return record_switch(s, "on", err);
}
