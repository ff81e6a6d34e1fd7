#include "apply_private.h"

#include <string.h>

static void insert_index(index_vec *v, uint32_t index) {
    size_t at = v->n;
    while (at > 0 && v->v[at - 1] > index)
        at--;
    vec_insert(v, at, index);
}

static void place_entry(struct workbook *w, uint32_t entry, uint32_t issue) {
    uint32_t old = w->entries.v[entry].issue;
    if (old == issue)
        return;
    w->entries.v[entry].issue = issue;
    insert_index(&issue_record_of(w, issue)->entries, entry);
    if (old != NONE) {
        index_vec_drop(&w->issues.v[old].record->entries, entry);
        issue_refresh(w, old);
        issue_count_brackets(w, old, NONE);
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

void entry_apply(struct workbook *w, uint32_t index) {
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
    if (entry->kind != ENTRY_ANSWER)
        return;
    const index_vec *entries = &w->issues.v[entry->issue].record->entries;
    bool made = entry->event == index;
    bool comes_last = made && entries->v[entries->n - 1] == item->object;
    issue_count_brackets(w, entry->issue, comes_last ? item->object : NONE);
}

/* As it is before any event has been applied to it. */
static struct entry blank_entry(const struct workbook *w, uint32_t index) {
    const struct event *e = &w->log.v[index].event;
    return (struct entry){.kind = (uint8_t)entry_kind_of(e->kind->id),
                          .event = index,
                          .last = index,
                          .tail = index,
                          .issue = NONE,
                          .at = e->at,
                          .text = "",
                          .speaker = "",
                          .side = "",
                          .owner = "",
                          .due = ""};
}

void entry_replay(struct workbook *w, uint32_t entry) {
    struct entry *e = &w->entries.v[entry];
    struct entry blank = blank_entry(w, e->event);
    blank.tail = e->tail;
    blank.issue = e->issue;
    *e = blank;
    place_entry(w, entry, w->log.v[e->event].issue);
    for (uint32_t i = e->event; i != NONE; i = w->log.v[i].next)
        if (!w->log.v[i].dead)
            entry_apply(w, i);
    issue_refresh(w, w->entries.v[entry].issue);
    issue_count_brackets(w, w->entries.v[entry].issue, NONE);
}

uint32_t entry_new(struct workbook *w, uint32_t index) {
    vec_push(&w->entries, blank_entry(w, index));
    return (uint32_t)w->entries.n - 1;
}

void entry_link(struct workbook *w, uint32_t index, uint32_t entry) {
    struct log_item *item = &w->log.v[index];
    struct entry *e = &w->entries.v[entry];
    item->object = entry;
    if (e->event != index) {
        w->log.v[e->tail].next = index;
        e->tail = index;
    }
}
