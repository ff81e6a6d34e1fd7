#include "describe.h"

#include "workbook.h"

static void add_text(struct buf *out, const char *text) {
    if (!*text)
        return;
    buf_puts(out, ": ");
    buf_puts(out, text);
}

static void add_word(struct buf *out, const char *before, const char *word) {
    if (*word)
        buf_addf(out, "%s%s", before, word);
}

void describe_note(const struct workbook *w, const struct event *e, struct buf *out) {
    const char *kind = event_get(e, FIELD_KIND);
    buf_puts(out, *kind ? kind : "comment");
    add_word(out, " @", event_get(e, FIELD_SPEAKER));
    const char *side = event_get(e, FIELD_SIDE);
    add_word(out, ", ", *side ? side_name(w, side) : "");
    add_text(out, e->text);
}

void describe_answer(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    buf_puts(out, "answer");
    add_text(out, e->text);
}

void describe_position(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_addf(out, "position of %s", side_name(w, event_get(e, FIELD_SIDE)));
    add_text(out, e->text);
}

void describe_action(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    buf_puts(out, "action");
    add_word(out, " @", event_get(e, FIELD_OWNER));
    add_word(out, " by ", event_get(e, FIELD_DUE));
    add_text(out, e->text);
}

void describe_priority(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    const char *p = event_get(e, FIELD_PRIORITY);
    buf_addf(out, "priority %s", *p == '0' ? "none" : p);
}

void describe_disposition(const struct workbook *w, const struct event *e,
                          struct buf *out) {
    (void)w;
    int d = disposition_code_parse(event_get(e, FIELD_DISPOSITION));
    buf_addf(out, "disposition %s", d >= 0 ? dispositions[d].words : "?");
    add_text(out, e->text);
}

void describe_discuss(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    bool start = strcmp(event_get(e, FIELD_STATE), "start") == 0;
    buf_puts(out, start ? "discussion starts" : "discussion stops");
}

void describe_issue(const struct workbook *w, const struct event *e, struct buf *out) {
    struct err ignored = ERR_INIT;
    struct ref r;
    uint32_t index = workbook_event(w, e->id);
    bool raised =
        ref_parse(w, event_get(e, FIELD_ISSUE), &r, &ignored) < 0 ||
        (r.issue != NONE && w->issues.v[r.issue].raised && w->issues.v[r.issue].record &&
         w->issues.v[r.issue].record->events.v[0] == index);
    err_release(&ignored);
    buf_puts(out, raised ? "new issue" : "new wording");
    add_text(out, e->text);
}

/* "note k4q7.2" says nothing to a person: say what the entry was. */
static void add_target(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    if (target == NONE) {
        buf_puts(out, event_get(e, FIELD_EVENT));
        return;
    }
    const struct event *t = &w->log.v[target].event;
    t->kind->describe(w, t, out);
}

void describe_revise(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    buf_addf(out, "%s corrected", target == NONE ? "entry" : w->log.v[target].event.name);
    add_text(out, e->text);
}

/* Where the entry stood when the move was recorded. */
static uint32_t moved_from(const struct workbook *w, uint32_t move) {
    const struct entry *entry = &w->entries.v[w->log.v[move].object];
    uint32_t from = w->log.v[entry->event].issue;
    for (uint32_t i = entry->event; i != NONE && i != move; i = w->log.v[i].next)
        if (w->log.v[i].event.kind->id == EVENT_MOVE && !w->log.v[i].dead)
            from = w->log.v[i].issue;
    return from;
}

void describe_move(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t index = workbook_event(w, e->id);
    const struct log_item *item = &w->log.v[index];
    struct ref to = ref_of_issue(w, item->issue);
    to.sub = item->sub;
    ref_print(w, ref_of_issue(w, moved_from(w, index)), out);
    buf_puts(out, " moved to ");
    ref_print(w, to, out);
    buf_puts(out, ": ");
    add_target(w, e, out);
}

void describe_retract(const struct workbook *w, const struct event *e, struct buf *out) {
    buf_puts(out, "withdrawn: ");
    add_target(w, e, out);
    if (*e->text)
        buf_addf(out, " (%s)", e->text);
}

/* Undo of undo of … : says what counts again or no longer, not the chain. */
void describe_undo(const struct workbook *w, const struct event *e, struct buf *out) {
    uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
    bool redo = false;
    while (target != NONE && w->log.v[target].event.kind &&
           w->log.v[target].event.kind->id == EVENT_UNDO) {
        redo = !redo;
        target = w->log.v[target].object;
    }
    buf_puts(out, redo ? "redone: " : "undone: ");
    if (target != NONE)
        workbook_describe(w, target, out);
}

void describe_expunged(const struct workbook *w, const struct event *e, struct buf *out) {
    (void)w;
    unsigned n = 0;
    for (const char *p = event_get(e, FIELD_EVENTS); *p; n++) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    buf_addf(out, "%u event%s expunged", n, n == 1 ? "" : "s");
}

void workbook_describe(const struct workbook *w, uint32_t log_index, struct buf *out) {
    const struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    if (!e->kind || item->odd) {
        buf_addf(out, "%s (set aside: %s)", e->name, item->odd ? item->odd : "");
        return;
    }
    bool says_itself = e->kind->id == EVENT_UNDO || e->kind->id == EVENT_MOVE;
    if (item->issue != NONE && !says_itself) {
        struct ref r = ref_of_issue(w, item->issue);
        r.sub = item->sub;
        ref_print(w, r, out);
        buf_putc(out, ' ');
    }
    e->kind->describe(w, e, out);
}
