#include "agreement_private.h"
#include "apply_private.h"

#include <stdlib.h>
#include <string.h>

static int odd(struct err *err, const struct event *e, const char *why) {
    return err_set(err, "%s %s: %s", e->name, e->id, why);
}

/* ---- what an event must be, before anything depends on it */

/* The words that the attribute state of a kind may be. */
static const char *states_of(enum event_kind_id kind) {
    switch (kind) {
    case EVENT_DISCUSS:
        return "start stop";
    case EVENT_SITTING:
        return "open adjourn resume plan";
    case EVENT_PERSON:
        return "removed";
    case EVENT_PRESENCE:
        return "arrive leave";
    case EVENT_FLOOR:
        return "add order reply last give end withdraw move close open tour";
    case EVENT_RECORD:
        return "off on";
    case EVENT_SHARE:
        return "shared private";
    case EVENT_DONE:
        return "done open";
    case EVENT_READBACK:
        return "start end";
    case EVENT_ASSENT:
        return "assent reservation silence";
    case EVENT_SUBQUESTION:
        return "answered not-applicable open";
    default:
        return "";
    }
}

/* A whole number in a range. */
static bool number_ok(const char *v, int64_t min, int64_t max) {
    char *end;
    long long n = strtoll(v, &end, 10);
    bool plain = (*v >= '0' && *v <= '9') || (*v == '-' && v[1] >= '0' && v[1] <= '9');
    return plain && *end == '\0' && n >= min && n <= max;
}

static bool role_ok(const char *v) {
    int role = person_role_parse(v);
    return role >= 0 && strcmp(person_role_name((enum role_in_room)role), v) == 0;
}

static bool is_participant(const struct workbook *w, const char *id) {
    uint32_t person = person_by_id(w, id);
    return person != NONE && w->room.people.v[person].live;
}

enum { PLACE_MAX = 10000 };
/* As long as times can be written (years of four digits): where a flat battery sets the
 * clock to 1970, or a workbook is opened after years, recording goes on. */
static const int64_t lost_max = INT64_C(10000) * 366 * 24 * 3600 * 1000;

static const char *check_room_value(const struct workbook *w, const struct event *e,
                                    enum event_field f, const char *v) {
    int64_t until;
    switch (f) {
    case FIELD_PERSON:
        if (!person_id_ok(v))
            return "person is no id of a participant";
        return e->kind->id == EVENT_PERSON || is_participant(w, v)
                   ? NULL
                   : "it names nobody who is a participant";
    case FIELD_ROLE:
        return role_ok(v) ? NULL : "unknown role";
    case FIELD_MINUTES:
        return number_ok(v, 0, MEMO_MINUTES_MAX) ? NULL
                                                 : "minutes is no number up to 1440";
    case FIELD_PLACE:
        return number_ok(v, 1, PLACE_MAX) ? NULL : "place is no number from 1";
    case FIELD_LOST:
        return number_ok(v, -lost_max, lost_max) ? NULL : "lost is no number of ms";
    case FIELD_UNTIL:
        return event_time_parse(v, &until) ? NULL : "until is no time";
    default:
        return NULL;
    }
}

/* Whether each word of a list passes. */
static bool all_words(const struct workbook *w, const char *list,
                      bool (*passes)(const struct workbook *w, const char *word)) {
    char word[2 * MEMO_ID_MAX + 8];
    for (;;) {
        list += strspn(list, " ");
        size_t len = strcspn(list, " ");
        if (len == 0)
            return true;
        if (len >= sizeof word)
            return false;
        memcpy(word, list, len);
        word[len] = '\0';
        if (!passes(w, word))
            return false;
        list += len;
    }
}

static bool is_side(const struct workbook *w, const char *word) {
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (strcmp(w->room.sides.v[i].id, word) == 0)
            return true;
    return false;
}

/* Of the form B.b or B.b.2: what was not carried to this workbook is still named. */
static bool is_reference(const struct workbook *w, const char *word) {
    char part[2 * MEMO_ID_MAX + 8];
    int parts = 0;
    (void)w;
    for (bool more = true; more; parts++) {
        size_t len = strcspn(word, ".");
        memcpy(part, word, len);
        part[len] = '\0';
        if (!memo_id_ok(part))
            return false;
        more = word[len] == '.';
        word += len + more;
    }
    return parts == 2 || parts == 3;
}

static const char *check_agreement_value(const struct workbook *w, enum event_field f,
                                         const char *v) {
    switch (f) {
    case FIELD_STANCE:
        return stance_parse(v) >= 0 ? NULL : "unknown stance";
    case FIELD_SIDES:
        return all_words(w, v, is_side) ? NULL : "sides names an unknown side";
    case FIELD_ISSUES:
        return all_words(w, v, is_reference) ? NULL : "issues is no list of references";
    case FIELD_LEVEL:
        return number_ok(v, 1, LEVEL_COUNT) ? NULL : "level is not 1 to 5";
    default:
        return NULL;
    }
}

static int check_value(const struct workbook *w, const struct event *e,
                       enum event_field f, struct err *err) {
    const char *v = event_get(e, f);
    struct ref r;
    switch (f) {
    case FIELD_ISSUE:
        if (e->kind->id == EVENT_ISSUE)
            return 0;
        if (ref_parse(w, v, &r, err) < 0)
            return -1;
        return r.issue != NONE || e->kind->id == EVENT_TIMEBOX
                   ? 0
                   : odd(err, e, "it names a topic, not an issue");
    case FIELD_EVENT:
        return workbook_event(w, v) != NONE ? 0
                                            : odd(err, e, "it names an unknown event");
    case FIELD_PRIORITY:
        return strlen(v) == 1 && *v >= '0' && *v <= '3'
                   ? 0
                   : odd(err, e, "priority is not 0 to 3");
    case FIELD_DISPOSITION:
        return disposition_code_parse(v) >= 0 ? 0 : odd(err, e, "unknown disposition");
    case FIELD_STATE:
        return memo_list_has(states_of(e->kind->id), v) ? 0
                                                        : odd(err, e, "unknown state");
    case FIELD_ATTRIBUTION:
        return attribution_parse(v) >= 0 ? 0 : odd(err, e, "unknown attribution");
    case FIELD_DUE:
        return memo_date_ok(v, false) ? 0 : odd(err, e, "due is no date (YYYY-MM-DD)");
    case FIELD_SIDE:
        return memo_id_ok(v) ? 0 : odd(err, e, "side is no label");
    case FIELD_KIND:
        if (e->kind->id == EVENT_ISSUE)
            return memo_issue_kind_parse(v) >= 0 ? 0 : odd(err, e, "unknown kind");
        return note_kind_parse(v) >= 0 ? 0 : odd(err, e, "unknown kind");
    default: {
        const char *why = check_room_value(w, e, f, v);
        if (!why)
            why = check_agreement_value(w, f, v);
        return why ? odd(err, e, why) : 0;
    }
    }
}

static int check_fields(const struct workbook *w, const struct event *e,
                        struct err *err) {
    for (int i = 0; i < e->kind->n_fields; i++) {
        enum event_field f = e->kind->fields[i].field;
        if (*event_get(e, f) == '\0') {
            if (!e->kind->fields[i].required)
                continue;
            return err_set(err, "%s %s: it has no %s", e->name, e->id,
                           event_field_name(f));
        }
        if (check_value(w, e, f, err) < 0)
            return -1;
    }
    if (e->kind->text == EVENT_TEXT_REQUIRED && *e->text == '\0')
        return odd(err, e, "it has no text");
    if (e->kind->text == EVENT_TEXT_NONE && *e->text != '\0')
        return odd(err, e, "it has a text, which this kind has not");
    return 0;
}

static int check_entry(const struct workbook *w, const struct event *e, uint32_t target,
                       struct err *err) {
    uint32_t entry = workbook_entry(w, target);
    if (entry == NONE)
        return odd(err, e, "it names an event that made no entry");
    if (e->kind->id == EVENT_SHARE && w->entries.v[entry].kind != ENTRY_POSITION)
        return odd(err, e, "it names an entry that is no position");
    if (e->kind->id == EVENT_DONE && w->entries.v[entry].kind != ENTRY_ACTION)
        return odd(err, e, "it names an entry that is no action item");
    return 0;
}

static int check_target(const struct workbook *w, const struct event *e,
                        struct err *err) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    const struct log_item *t = &w->log.v[target];
    if (t->odd)
        return odd(err, e, "it names an event that was set aside");
    if (e->kind->id == EVENT_ASSENT)
        return readback_check_assent(w, e, target, err);
    if (e->kind->id != EVENT_UNDO)
        return check_entry(w, e, target, err);
    if (target < w->carried)
        return odd(err, e, "it names an event of an earlier meeting");
    if (!t->event.kind || (!t->event.kind->undoable && t->event.kind->id != EVENT_UNDO))
        return odd(err, e, "it names an event that cannot be undone");
    return 0;
}

int workbook_check(const struct workbook *w, const struct event *e, struct err *err) {
    if (e->odd)
        return odd(err, e, e->odd);
    /* An id that a fault made of another one gives way to the sound event that has it. */
    uint32_t twin = *e->id ? workbook_event(w, e->id) : NONE;
    if (twin != NONE && (e->edited || !w->log.v[twin].event.edited))
        return odd(err, e, "another event has this id");
    if (!e->kind)
        return 0;
    if (check_fields(w, e, err) < 0)
        return -1;
    char id[MEMO_ID_MAX + 1];
    switch (e->kind->id) {
    case EVENT_ISSUE:
        return issue_event_topic(w, e, id) != NONE
                   ? 0
                   : odd(err, e, "its issue is no reference such as A.e");
    case EVENT_REVISE:
    case EVENT_MOVE:
    case EVENT_RETRACT:
    case EVENT_UNDO:
    case EVENT_SHARE:
    case EVENT_DONE:
    case EVENT_ASSENT:
        return check_target(w, e, err);
    case EVENT_CONFIRM:
    case EVENT_READBACK:
    case EVENT_SUBQUESTION:
    case EVENT_SUPPORT:
    case EVENT_SOUNDING:
        return agreement_check(w, e, err);
    default:
        return room_check(w, e, err);
    }
}
