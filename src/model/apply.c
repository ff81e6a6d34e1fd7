/*
 * Applying events. An object (an issue, an entry, the discussions) is always what its
 * live events give when replayed in order; so an event that arrives is applied on top,
 * and one that is undone or redone makes its object be replayed.
 */
#include "agreement.h"
#include "agreement_private.h"
#include "id_map.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Splits A.e; the topic must exist, the issue need not. */
static uint32_t issue_event_topic(const struct workbook *w, const struct event *e,
                                  char id[MEMO_ID_MAX + 1]) {
    const char *ref = event_get(e, FIELD_ISSUE);
    size_t dot = strcspn(ref, ".");
    if (ref[dot] == '\0' || strlen(ref + dot + 1) > MEMO_ID_MAX ||
        !memo_id_ok(ref + dot + 1))
        return NONE;
    snprintf(id, MEMO_ID_MAX + 1, "%s", ref + dot + 1);
    for (uint32_t t = 0; t < w->topics.n; t++) {
        const char *have = w->topics.v[t].text->id;
        if (strlen(have) == dot && strncmp(have, ref, dot) == 0)
            return t;
    }
    return NONE;
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

/* ---- issues */

static struct issue_record *record_of(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    if (!i->record) {
        i->record = arena_zalloc(&w->arena, sizeof *i->record);
        i->record->reworded = i->record->disposed = NONE;
        i->record->asked = i->record->owner = i->record->supports = "";
    }
    return i->record;
}

static void refresh_progress(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    const struct issue_record *r = i->record;
    /* What an earlier meeting did does not count for this one. */
    bool disposed = i->disposition != DISPOSITION_OPEN;
    if (disposed && w->carried)
        disposed = agreement_disposed(r) >= w->carried;
    bool touched = disposed || (r && r->spent > 0);
    for (size_t k = r ? r->entries.n : 0; !touched && k-- > 0;) {
        const struct entry *e = &w->entries.v[r->entries.v[k]];
        touched = e->live && !e->retracted && e->event >= w->carried;
    }
    i->progress = w->discussed == issue ? PROGRESS_UNDER_DISCUSSION
                  : touched             ? PROGRESS_DISCUSSED
                                        : PROGRESS_NOT_DISCUSSED;
}

/* Brings what is derived (answered, progress, the topic's counts) up to date. */
static void refresh_issue(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    struct topic *t = &w->topics.v[i->topic];
    uint32_t subs = issue_subs(w, issue);
    bool answered = i->live && (issue_answer(w, issue, 0) != NONE ||
                                (subs && issue_subs_closed(w, issue) == subs));
    if (answered && !i->answered)
        t->n_answered++;
    if (!answered && i->answered)
        t->n_answered--;
    i->answered = answered;
    refresh_progress(w, issue);
}

static void set_issue_live(struct workbook *w, uint32_t issue, bool live) {
    struct issue *i = &w->issues.v[issue];
    if (i->live == live)
        return;
    i->live = live;
    struct topic *t = &w->topics.v[i->topic];
    t->n_live = live ? t->n_live + 1 : t->n_live - 1;
}

static struct memo_texts paragraphs(struct arena *a, const char *text) {
    size_t n = 1;
    for (const char *p = text; (p = strchr(p, '\n')); p++)
        n++;
    struct memo_text *v = arena_alloc(a, n * sizeof *v);
    size_t k = 0;
    for (const char *p = text; k < n; p++) {
        size_t len = strcspn(p, "\n");
        if (len > 0) {
            v[k] = (struct memo_text){arena_strndup(a, p, len), (uint32_t)len, 0, NULL};
            k++;
        }
        p += len;
        if (*p == '\0')
            break;
    }
    return (struct memo_texts){v, (uint32_t)k};
}

static void apply_wording(struct workbook *w, uint32_t issue, uint32_t index) {
    const struct event *e = &w->log.v[index].event;
    struct memo_issue *text = arena_zalloc(&w->arena, sizeof *text);
    *text = *w->issues.v[issue].text;
    text->p = paragraphs(&w->arena, e->text);
    const char *kind = event_get(e, FIELD_KIND);
    if (*kind)
        text->kind = (uint8_t)memo_issue_kind_parse(kind);
    w->issues.v[issue].text = text;
    record_of(w, issue)->reworded = index;
    set_issue_live(w, issue, true);
}

/* Applies an event whose object is an issue. */
static void apply_to_issue(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    const struct event *e = &item->event;
    struct issue *i = &w->issues.v[item->object];
    if (e->kind->id == EVENT_PRIORITY)
        i->priority = (uint8_t)(*event_get(e, FIELD_PRIORITY) - '0');
    else if (e->kind->id == EVENT_TIMEBOX)
        i->minutes = (uint16_t)strtoul(event_get(e, FIELD_MINUTES), NULL, 10);
    else if (e->kind->id == EVENT_DISPOSITION)
        agreement_dispose(w, index);
    else if (e->kind->id >= EVENT_CONFIRM)
        agreement_apply(w, index);
    else
        apply_wording(w, item->object, index);
}

static bool about_issue(enum event_kind_id kind) {
    return kind == EVENT_PRIORITY || kind == EVENT_DISPOSITION || kind == EVENT_ISSUE ||
           kind == EVENT_TIMEBOX || kind == EVENT_CONFIRM || kind == EVENT_SUBQUESTION ||
           kind == EVENT_SUPPORT || kind == EVENT_SOUNDING;
}

/* Counts the owned brackets of an issue, where an answer of it has changed. */
static void recount_brackets(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    struct topic *t = &w->topics.v[i->topic];
    t->n_brackets -= i->n_brackets;
    agreement_count_brackets(w, issue);
    t->n_brackets += i->n_brackets;
}

static void replay_issue(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    struct issue_record *r = record_of(w, issue);
    if (!i->raised)
        i->text = &w->memo->issues.v[issue];
    i->priority = i->raised ? 0 : i->text->priority;
    i->minutes = i->raised ? 0 : i->text->minutes;
    i->disposition = DISPOSITION_OPEN;
    r->reworded = NONE;
    agreement_forget(r);
    set_issue_live(w, issue, !i->raised);
    for (size_t k = 0; k < r->events.n; k++) {
        const struct log_item *item = &w->log.v[r->events.v[k]];
        if (!item->dead && about_issue(item->event.kind->id))
            apply_to_issue(w, r->events.v[k]);
    }
    refresh_issue(w, issue);
    recount_brackets(w, issue);
}

/* The issue that an `issue` event is about: an existing one, or a new one at the end. */
static uint32_t raise_issue(struct workbook *w, const struct event *e) {
    char id[MEMO_ID_MAX + 1];
    uint32_t topic = issue_event_topic(w, e, id);
    for (uint32_t i = 0; i < topic_count(w, topic); i++)
        if (strcmp(issue_id(w, topic_issue(w, topic, i)), id) == 0)
            return topic_issue(w, topic, i);
    struct memo_issue *text = arena_zalloc(&w->arena, sizeof *text);
    text->id = arena_strdup(&w->arena, id);
    text->to = "";
    struct issue issue = {.text = text, .topic = topic, .raised = true};
    vec_push(&w->issues, issue);
    uint32_t index = (uint32_t)w->issues.n - 1;
    vec_push(&w->topics.v[topic].raised, index);
    return index;
}

/* ---- entries */

static void insert_index(index_vec *v, uint32_t index) {
    size_t at = v->n;
    while (at > 0 && v->v[at - 1] > index)
        at--;
    vec_insert(v, at, index);
}

static void remove_index(index_vec *v, uint32_t index) {
    for (size_t i = v->n; i-- > 0;)
        if (v->v[i] == index) {
            vec_remove(v, i);
            return;
        }
}

static void place_entry(struct workbook *w, uint32_t entry, uint32_t issue) {
    uint32_t old = w->entries.v[entry].issue;
    if (old == issue)
        return;
    w->entries.v[entry].issue = issue;
    insert_index(&record_of(w, issue)->entries, entry);
    if (old != NONE) {
        remove_index(&w->issues.v[old].record->entries, entry);
        refresh_issue(w, old);
        recount_brackets(w, old);
    }
}

static enum entry_kind entry_kind_of(enum event_kind_id id) {
    return id == EVENT_NOTE       ? ENTRY_NOTE
           : id == EVENT_ANSWER   ? ENTRY_ANSWER
           : id == EVENT_POSITION ? ENTRY_POSITION
                                  : ENTRY_ACTION;
}

static void set_code(uint8_t *field, const char *value, int (*parse)(const char *)) {
    if (*value)
        *field = (uint8_t)parse(value);
}

static void set_string(const char **field, const struct event *e, enum event_field f) {
    for (uint32_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].field == f)
            *field = e->attrs[i].value;
}

/* What an event says of the entry; attributes that it does not have stay as they were. */
static void fill_entry(struct entry *entry, const struct event *e) {
    set_code(&entry->note_kind, event_get(e, FIELD_KIND), note_kind_parse);
    set_code(&entry->attribution, event_get(e, FIELD_ATTRIBUTION), attribution_parse);
    set_string(&entry->speaker, e, FIELD_SPEAKER);
    set_string(&entry->side, e, FIELD_SIDE);
    set_string(&entry->owner, e, FIELD_OWNER);
    set_string(&entry->due, e, FIELD_DUE);
    set_code(&entry->stance, event_get(e, FIELD_STANCE), stance_parse);
    entry->text = e->text;
}

static void apply_to_entry(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    struct entry *entry = &w->entries.v[item->object];
    switch (item->event.kind->id) {
    case EVENT_RETRACT:
        entry->retracted = true;
        break;
    case EVENT_MOVE:
        place_entry(w, item->object, item->issue);
        entry->sub = item->sub;
        break;
    case EVENT_REVISE:
        fill_entry(entry, &item->event);
        break;
    case EVENT_SHARE:
        entry->shared = strcmp(event_get(&item->event, FIELD_STATE), "shared") == 0;
        break;
    case EVENT_DONE:
        entry->done = strcmp(event_get(&item->event, FIELD_STATE), "done") == 0;
        break;
    default:
        fill_entry(entry, &item->event);
        entry->live = true;
        entry->sub = item->sub;
        place_entry(w, item->object, item->issue);
    }
    w->entries.v[item->object].last = index;
    if (entry->kind == ENTRY_ANSWER)
        recount_brackets(w, entry->issue);
}

static void replay_entry(struct workbook *w, uint32_t entry) {
    struct entry *e = &w->entries.v[entry];
    *e = (struct entry){.kind = e->kind,
                        .event = e->event,
                        .last = e->event,
                        .tail = e->tail,
                        .issue = e->issue,
                        .at = e->at,
                        .text = "",
                        .speaker = "",
                        .side = "",
                        .owner = "",
                        .due = ""};
    uint32_t first = w->log.v[e->event].issue;
    place_entry(w, entry, first);
    for (uint32_t i = e->event; i != NONE; i = w->log.v[i].next)
        if (!w->log.v[i].dead)
            apply_to_entry(w, i);
    refresh_issue(w, w->entries.v[entry].issue);
    recount_brackets(w, w->entries.v[entry].issue);
}

static uint32_t new_entry(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    struct entry e = {.kind = (uint8_t)entry_kind_of(item->event.kind->id),
                      .event = index,
                      .last = index,
                      .tail = index,
                      .issue = NONE,
                      .at = item->event.at,
                      .text = "",
                      .speaker = "",
                      .side = "",
                      .owner = "",
                      .due = ""};
    vec_push(&w->entries, e);
    return (uint32_t)w->entries.n - 1;
}

/* ---- the discussions: one at a time, each ends the one before */

static void end_discussion(struct workbook *w, int64_t room) {
    uint32_t was = w->discussed;
    if (was == NONE)
        return;
    int64_t ms = room > w->discussed_at ? room - w->discussed_at : 0;
    record_of(w, was)->spent += ms;
    w->topics.v[w->issues.v[was].topic].spent += ms;
    w->discussed = NONE;
    refresh_progress(w, was);
}

static void apply_discuss(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->id != EVENT_DISCUSS) {
        end_discussion(w, item->room); /* the sitting was adjourned */
        return;
    }
    bool start = strcmp(event_get(&item->event, FIELD_STATE), "start") == 0;
    if (start ? w->discussed == item->issue : w->discussed != item->issue)
        return;
    end_discussion(w, item->room);
    if (start) {
        w->discussed = item->issue;
        w->discussed_at = item->room;
    }
    refresh_progress(w, item->issue);
}

static void replay_discussions(struct workbook *w) {
    w->discussed = NONE;
    for (uint32_t t = 0; t < w->topics.n; t++)
        w->topics.v[t].spent = 0;
    for (size_t i = 0; i < w->discussions.n; i++) {
        uint32_t issue = w->log.v[w->discussions.v[i]].issue;
        if (issue != NONE)
            record_of(w, issue)->spent = 0;
    }
    for (size_t i = 0; i < w->discussions.n; i++) {
        uint32_t index = w->discussions.v[i];
        if (!w->log.v[index].dead)
            apply_discuss(w, index);
        if (w->log.v[index].issue != NONE)
            refresh_progress(w, w->log.v[index].issue);
    }
}

static bool adjourns(const struct event *e) {
    return e->kind->id == EVENT_SITTING &&
           strcmp(event_get(e, FIELD_STATE), "adjourn") == 0;
}

/* ---- undo, and undo of undo */

static bool of_room(const struct log_item *item) {
    enum event_kind_id kind = item->event.kind->id;
    return kind >= EVENT_SITTING && kind <= EVENT_CLOCK &&
           !(kind == EVENT_TIMEBOX && item->issue != NONE);
}

static bool of_readback(const struct log_item *item) {
    return item->event.kind->id == EVENT_READBACK || item->event.kind->id == EVENT_ASSENT;
}

/* Another side: what was editorial may be its bracket. */
static void recount_all(struct workbook *w) {
    for (uint32_t i = 0; i < w->issues.n; i++)
        if (w->issues.v[i].record)
            recount_brackets(w, i);
}

/* All before it was an earlier meeting's: it cannot be undone any more, and no time of it
 * counts. */
static void apply_carried(struct workbook *w, uint32_t index) {
    w->carried = index + 1;
    w->undo_stack.n = w->redo_stack.n = w->discussions.n = 0;
    w->discussed = NONE;
    for (uint32_t t = 0; t < w->topics.n; t++)
        w->topics.v[t].spent = 0;
    for (uint32_t i = 0; i < w->issues.n; i++)
        if (w->issues.v[i].record) {
            w->issues.v[i].record->spent = 0;
            refresh_progress(w, i);
        }
}

static void replay_object(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->id == EVENT_DISCUSS) {
        replay_discussions(w);
        if (w->room.floor.interventions.n)
            room_replay(w); /* they say what was under discussion */
    } else if (of_readback(item)) {
        readback_replay(w, item->object);
    } else if (of_room(item)) {
        room_replay(w);
    } else if (about_issue(item->event.kind->id)) {
        replay_issue(w, item->object);
    } else {
        replay_entry(w, item->object);
    }
}

/* Counts one more (+1) or one less (-1) live undo against an event, and carries what that
 * changes to the events that this one undid. Iterative: a chain may be as long as a log.
 */
static void change_dead(struct workbook *w, uint32_t index, int by) {
    for (;;) {
        struct log_item *item = &w->log.v[index];
        bool was = item->dead > 0;
        item->dead = by > 0 ? item->dead + 1 : item->dead - 1;
        if (was == (item->dead > 0))
            return;
        if (item->event.kind->id != EVENT_UNDO) {
            replay_object(w, index);
            if (w->log.v[index].event.kind->id == EVENT_SIDE)
                recount_all(w);
            return;
        }
        index = item->object;
        by = -by;
    }
}

static void stack_remove(index_vec *stack, uint32_t index) {
    remove_index(stack, index);
}

/* Keeps what undo and redo would take back: a new change forgets what could be redone. */
static void update_stacks(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->undoable) {
        vec_push(&w->undo_stack, index);
        w->redo_stack.n = 0;
        return;
    }
    if (item->event.kind->id != EVENT_UNDO)
        return;
    const struct log_item *target = &w->log.v[item->object];
    if (target->event.kind->id == EVENT_UNDO) {
        stack_remove(&w->redo_stack, item->object);
        vec_push(&w->undo_stack, target->object);
    } else {
        stack_remove(&w->undo_stack, item->object);
        vec_push(&w->redo_stack, index);
    }
}

/* ---- one event */

static void link_entry_event(struct workbook *w, uint32_t index, uint32_t entry) {
    struct log_item *item = &w->log.v[index];
    struct entry *e = &w->entries.v[entry];
    item->object = entry;
    if (e->event != index) {
        w->log.v[e->tail].next = index;
        e->tail = index;
    }
}

static bool names_event(enum event_kind_id kind) {
    return (kind >= EVENT_REVISE && kind <= EVENT_UNDO) || kind == EVENT_SHARE ||
           kind == EVENT_DONE;
}

/* Resolves what the event is about, once, so that replaying need not. */
static void resolve(struct workbook *w, uint32_t index) {
    struct log_item *item = &w->log.v[index];
    const struct event *e = &item->event;
    struct err none = ERR_INIT;
    struct ref r;
    if (e->kind->id == EVENT_ISSUE) {
        uint32_t issue = raise_issue(w, e);
        item->issue = item->object = issue;
    } else if (*event_get(e, FIELD_ISSUE) &&
               ref_parse(w, event_get(e, FIELD_ISSUE), &r, &none) == 0) {
        item->issue = r.issue;
        item->object = r.issue != NONE ? r.issue : r.topic;
        item->sub = r.sub;
    }
    err_release(&none);
    if (e->kind->id <= EVENT_ACTION) {
        uint32_t entry = new_entry(w, index);
        link_entry_event(w, index, entry);
    } else if (of_readback(item)) {
        readback_resolve(w, index);
    } else if (names_event(e->kind->id)) {
        uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
        if (e->kind->id == EVENT_UNDO)
            item->object = target;
        else
            link_entry_event(w, index, w->log.v[target].object);
        if (item->issue == NONE)
            item->issue = e->kind->id == EVENT_UNDO
                              ? w->log.v[target].issue
                              : w->entries.v[w->log.v[target].object].issue;
    }
}

/* An event belongs to the history of its issue; a move, to that of both. */
static void file_event(struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (adjourns(&item->event))
        vec_push(&w->discussions, index);
    if (item->issue == NONE)
        return;
    vec_push(&record_of(w, item->issue)->events, index);
    uint32_t from = item->event.kind->id == EVENT_MOVE ? w->entries.v[item->object].issue
                                                       : item->issue;
    if (from != item->issue)
        vec_push(&record_of(w, from)->events, index);
    if (item->event.kind->id == EVENT_DISCUSS)
        vec_push(&w->discussions, index);
}

/* Kinds that cannot change whether an issue is answered, and are the most frequent. */
static bool answers_none(enum event_kind_id kind) {
    return kind == EVENT_NOTE || kind == EVENT_POSITION || kind == EVENT_ACTION ||
           kind == EVENT_SOUNDING || kind == EVENT_ASSENT;
}

static void dispatch(struct workbook *w, uint32_t index) {
    enum event_kind_id kind = w->log.v[index].event.kind->id;
    uint32_t issue = w->log.v[index].issue;
    if (kind == EVENT_UNDO)
        change_dead(w, w->log.v[index].object, 1);
    else if (kind == EVENT_DISCUSS)
        apply_discuss(w, index);
    else if (kind == EVENT_CARRIED)
        apply_carried(w, index);
    else if (of_readback(&w->log.v[index]))
        readback_apply(w, index);
    else if (of_room(&w->log.v[index]))
        room_apply(w, index);
    else if (about_issue(kind))
        apply_to_issue(w, index);
    else if (kind != EVENT_EXPUNGED && kind != EVENT_RELEASED)
        apply_to_entry(w, index);
    if (adjourns(&w->log.v[index].event))
        apply_discuss(w, index);
    if (kind == EVENT_SIDE)
        recount_all(w);
    if (issue != NONE && answers_none(kind))
        refresh_progress(w, issue);
    else if (issue != NONE)
        refresh_issue(w, issue);
}

static uint32_t append(struct workbook *w, const struct event *e) {
    struct log_item item = {
        .event = event_copy(&w->arena, e), .object = NONE, .issue = NONE, .next = NONE};
    vec_push(&w->log, item);
    return (uint32_t)w->log.n - 1;
}

int workbook_apply(struct workbook *w, const struct event *e, struct err *err) {
    int ok = workbook_check(w, e, err);
    uint32_t index = append(w, e);
    w->version++;
    struct log_item *item = &w->log.v[index];
    item->room = w->room.time;
    if (ok < 0) {
        item->odd = arena_strdup(&w->arena, err->what);
        w->n_odd++;
        return -1;
    }
    id_map_add(w->ids, item->event.id, index);
    room_tick(w, index);
    if (!e->kind) {
        w->n_odd++;
        item->odd = "this version of memobook does not know the kind";
        return 0;
    }
    resolve(w, index);
    file_event(w, index);
    dispatch(w, index);
    update_stacks(w, index);
    return 0;
}
