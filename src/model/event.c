#include "event.h"

#include "describe.h"
#include "memo.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const field_names[FIELD_COUNT] = {
#define X(sym, name) name,
    EVENT_FIELDS(X)
#undef X
};

const char *event_field_name(enum event_field f) {
    return field_names[f];
}

enum event_field event_field_parse(const char *name) {
    for (int i = 0; i < FIELD_COUNT; i++)
        if (strcmp(field_names[i], name) == 0)
            return (enum event_field)i;
    return FIELD_UNKNOWN;
}

#define NEED(f)                                                                          \
    { FIELD_##f, true }
#define MAY(f)                                                                           \
    { FIELD_##f, false }

const struct event_kind event_kinds[EVENT_KIND_COUNT] = {
    {EVENT_NOTE,
     "note",
     "An annotation: a note on an issue.",
     {NEED(ISSUE), MAY(KIND), MAY(SPEAKER), MAY(SIDE), MAY(ATTRIBUTION)},
     5,
     EVENT_TEXT_REQUIRED,
     true,
     describe_note},
    {EVENT_ANSWER,
     "answer",
     "The room's answer; a later one takes its place.",
     {NEED(ISSUE), MAY(ATTRIBUTION), MAY(RESOLVES)},
     3,
     EVENT_TEXT_REQUIRED,
     true,
     describe_answer},
    {EVENT_POSITION,
     "position",
     "One side's view of an issue; a later one of the same side takes its place.",
     {NEED(ISSUE), NEED(SIDE), MAY(STANCE), MAY(ATTRIBUTION)},
     4,
     EVENT_TEXT_REQUIRED,
     true,
     describe_position},
    {EVENT_ACTION,
     "action",
     "An action item.",
     {NEED(ISSUE), MAY(OWNER), MAY(DUE), MAY(ATTRIBUTION)},
     4,
     EVENT_TEXT_REQUIRED,
     true,
     describe_action},
    {EVENT_PRIORITY,
     "priority",
     "The priority of an issue.",
     {NEED(ISSUE), NEED(PRIORITY)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_priority},
    {EVENT_DISPOSITION,
     "disposition",
     "The outcome of an issue; the text is the reason.",
     {NEED(ISSUE), NEED(DISPOSITION), MAY(SIDES), MAY(OVERRIDE), MAY(OWNER)},
     5,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_disposition},
    {EVENT_DISCUSS,
     "discuss",
     "Discussion of an issue starts or stops; starting one stops another.",
     {NEED(ISSUE), NEED(STATE)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_discuss},
    {EVENT_ISSUE,
     "issue",
     "An issue raised in the room, or, for an issue that exists, its new wording.",
     {NEED(ISSUE), MAY(KIND)},
     2,
     EVENT_TEXT_REQUIRED,
     true,
     describe_issue},
    {EVENT_REVISE,
     "revise",
     "The entry made by an event is corrected.",
     {NEED(EVENT), MAY(KIND), MAY(SPEAKER), MAY(SIDE), MAY(ATTRIBUTION), MAY(OWNER),
      MAY(DUE), MAY(STANCE)},
     8,
     EVENT_TEXT_REQUIRED,
     true,
     describe_revise},
    {EVENT_MOVE,
     "move",
     "The entry made by an event is moved to another issue.",
     {NEED(EVENT), NEED(ISSUE)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_move},
    {EVENT_RETRACT,
     "retract",
     "The entry made by an event is withdrawn; the text is the reason.",
     {NEED(EVENT)},
     1,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_retract},
    {EVENT_UNDO,
     "undo",
     "An event no longer counts; undoing an undo is redo.",
     {NEED(EVENT)},
     1,
     EVENT_TEXT_NONE,
     false,
     describe_undo},
    {EVENT_EXPUNGED,
     "expunged",
     "Events were taken out of the file for good; only their ids are left.",
     {NEED(EVENTS)},
     1,
     EVENT_TEXT_NONE,
     false,
     describe_expunged},
    {EVENT_SITTING,
     "sitting",
     "A sitting is opened (the text is its title), adjourned or resumed, or gets a "
     "planned "
     "end.",
     {MAY(STATE), MAY(UNTIL)},
     2,
     EVENT_TEXT_OPTIONAL,
     false,
     describe_sitting},
    {EVENT_PERSON,
     "person",
     "A participant, or what holds of one from here on; the text is the name.",
     {NEED(PERSON), MAY(SIDE), MAY(CONSTITUENCY), MAY(ROLE), MAY(STATE), MAY(GROUP)},
     5,
     EVENT_TEXT_REQUIRED,
     true,
     describe_person},
    {EVENT_PRESENCE,
     "presence",
     "A participant, or without one everybody, arrives or leaves.",
     {MAY(PERSON), NEED(STATE)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_presence},
    {EVENT_SIDE,
     "side",
     "A side that the memo does not have, or another name for one; the text is the name.",
     {NEED(SIDE)},
     1,
     EVENT_TEXT_REQUIRED,
     true,
     describe_side},
    {EVENT_FLOOR,
     "floor",
     "The list of speakers, and who has the floor.",
     {NEED(STATE), MAY(PERSON), MAY(PLACE)},
     3,
     EVENT_TEXT_NONE,
     true,
     describe_floor},
    {EVENT_TIMEBOX,
     "timebox",
     "The time box of an issue, or of a topic.",
     {NEED(ISSUE), NEED(MINUTES)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_timebox},
    {EVENT_RECORD,
     "record",
     "Off the record, and on it again.",
     {NEED(STATE)},
     1,
     EVENT_TEXT_NONE,
     false,
     describe_record},
    {EVENT_CLOCK,
     "clock",
     "The clock was set, or the computer slept: time that nobody in the room used.",
     {NEED(LOST)},
     1,
     EVENT_TEXT_NONE,
     false,
     describe_clock},
    {EVENT_SHARE,
     "share",
     "A position is shared with the room, or is private again.",
     {NEED(EVENT), NEED(STATE)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_share},
    {EVENT_DONE,
     "done",
     "An action item is done (the text says how), or is open again.",
     {NEED(EVENT), NEED(STATE)},
     2,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_done},
    {EVENT_CONFIRM,
     "confirm",
     "A side confirms what was agreed ad referendum.",
     {NEED(ISSUE), NEED(SIDE)},
     2,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_confirm},
    {EVENT_READBACK,
     "readback",
     "A wording, frozen, is read back to the sides (the text), or that ends.",
     {NEED(ISSUE), MAY(STATE)},
     2,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_readback},
    {EVENT_ASSENT,
     "assent",
     "What a side said to a read-back; the text is a reservation.",
     {NEED(EVENT), NEED(SIDE), NEED(STATE)},
     3,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_assent},
    {EVENT_SUBQUESTION,
     "subquestion",
     "A sub-question is answered (the text is the part of the answer), not applicable, "
     "or open.",
     {NEED(ISSUE), NEED(STATE)},
     2,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_subquestion},
    {EVENT_SUPPORT,
     "support",
     "The issues that a recommendation rests on.",
     {NEED(ISSUE), MAY(ISSUES)},
     2,
     EVENT_TEXT_NONE,
     true,
     describe_support},
    {EVENT_SOUNDING,
     "sounding",
     "A temperature check: how far a side or a participant agrees, from 1 (against) to 5 "
     "(in full).",
     {NEED(ISSUE), NEED(LEVEL), MAY(SIDE), MAY(PERSON)},
     4,
     EVENT_TEXT_OPTIONAL,
     true,
     describe_sounding},
    {EVENT_CARRIED,
     "carried",
     "All before this was carried forward from an earlier meeting, which the text names.",
     {NEED(FROM)},
     1,
     EVENT_TEXT_OPTIONAL,
     false,
     describe_carried},
    {EVENT_RELEASED,
     "released",
     "Notes were handed out with names that their attribution does not allow: the text.",
     {NEED(ATTRIBUTION), MAY(TEMPLATE), MAY(FORMAT)},
     3,
     EVENT_TEXT_REQUIRED,
     false,
     describe_released},
};

const struct event_kind *event_kind_parse(const char *name) {
    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        if (strcmp(event_kinds[i].name, name) == 0)
            return &event_kinds[i];
    return NULL;
}

const char *event_get(const struct event *e, enum event_field f) {
    for (uint32_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].field == f)
            return e->attrs[i].value;
    return "";
}

struct event event_copy(struct arena *a, const struct event *e) {
    struct event c = *e;
    c.name = e->kind ? e->kind->name : arena_strdup(a, e->name);
    c.id = arena_strdup(a, e->id);
    c.text = *e->text ? arena_strdup(a, e->text) : "";
    c.odd = e->odd ? arena_strdup(a, e->odd) : NULL;
    struct event_attr *attrs = arena_alloc(a, e->n_attrs * sizeof *attrs);
    for (uint32_t i = 0; i < e->n_attrs; i++) {
        enum event_field f = e->attrs[i].field;
        attrs[i].field = f;
        attrs[i].name =
            f == FIELD_UNKNOWN ? arena_strdup(a, e->attrs[i].name) : event_field_name(f);
        attrs[i].value = arena_strdup(a, e->attrs[i].value);
    }
    c.attrs = attrs;
    return c;
}

void event_draft_init(struct event_draft *d, enum event_kind_id kind) {
    d->event = (struct event){.kind = &event_kinds[kind],
                              .name = event_kinds[kind].name,
                              .id = "",
                              .attrs = d->attrs,
                              .text = ""};
}

void event_draft_set(struct event_draft *d, enum event_field f, const char *value) {
    if (*value == '\0' || d->event.n_attrs == sizeof d->attrs / sizeof *d->attrs)
        return;
    /* What an event is about stands first, for whoever reads the file. */
    uint32_t at = f == FIELD_ISSUE ? 0 : d->event.n_attrs;
    memmove(d->attrs + at + 1, d->attrs + at, (d->event.n_attrs - at) * sizeof *d->attrs);
    d->attrs[at] = (struct event_attr){f, event_field_name(f), value};
    d->event.n_attrs++;
}

void event_time_format(int64_t at, char out[25]) {
    int64_t seconds = at / 1000, ms = at % 1000;
    if (ms < 0) {
        ms += 1000;
        seconds--;
    }
    time_t t = (time_t)seconds;
    struct tm tm;
    gmtime_r(&t, &tm);
    char year_to_second[64];
    snprintf(year_to_second, sizeof year_to_second, "%04d-%02d-%02dT%02d:%02d:%02d",
             tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
             tm.tm_sec);
    snprintf(out, 25, "%.19s.%03dZ", year_to_second, (int)ms);
}

static bool number(const char **s, size_t n, int *value, char then) {
    *value = 0;
    for (size_t i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return false;
        *value = *value * 10 + (**s - '0');
    }
    return *(*s)++ == then;
}

bool event_time_parse(const char *s, int64_t *at) {
    struct tm tm = {0};
    int ms;
    char day[11] = "";
    memcpy(day, s, strnlen(s, sizeof day - 1));
    if (!number(&s, 4, &tm.tm_year, '-') || !number(&s, 2, &tm.tm_mon, '-') ||
        !number(&s, 2, &tm.tm_mday, 'T') || !memo_date_ok(day, false) ||
        !number(&s, 2, &tm.tm_hour, ':') || !number(&s, 2, &tm.tm_min, ':') ||
        !number(&s, 2, &tm.tm_sec, '.') || !number(&s, 3, &ms, 'Z') || *s)
        return false;
    if (tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    *at = (int64_t)timegm(&tm) * 1000 + ms;
    return true;
}
