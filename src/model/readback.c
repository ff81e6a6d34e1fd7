#include "agreement.h"
#include "agreement_private.h"

#include <string.h>

uint32_t readback_now(const struct workbook *w) {
    for (uint32_t i = (uint32_t)w->readbacks.n; i-- > 0;) {
        const struct readback *b = &w->readbacks.v[i];
        bool over = b->ended || b->event < w->carried;
        if (b->live)
            return over ? NONE : i;
    }
    return NONE;
}

uint32_t issue_readback(const struct workbook *w, uint32_t issue, uint16_t sub) {
    for (uint32_t i = (uint32_t)w->readbacks.n; i-- > 0;) {
        const struct readback *b = &w->readbacks.v[i];
        if (b->live && b->issue == issue && b->sub == sub)
            return i;
    }
    return NONE;
}

bool readback_covers(const struct workbook *w, uint32_t readback) {
    const struct readback *b = &w->readbacks.v[readback];
    return strcmp(b->text, issue_wording(w, b->issue, b->sub)) == 0;
}

uint32_t readback_word(const struct workbook *w, uint32_t readback, const char *side) {
    const struct readback *b = &w->readbacks.v[readback];
    for (uint32_t i = 0; i < b->words.n; i++)
        if (strcmp(b->words.v[i].side, side) == 0)
            return i;
    return NONE;
}

/* ---- checking and applying */

static bool starts(const struct event *e) {
    return e->kind->id == EVENT_READBACK && strcmp(event_get(e, FIELD_STATE), "end") != 0;
}

int readback_check_assent(const struct workbook *w, const struct event *e,
                          uint32_t target, struct err *err) {
    const struct log_item *t = &w->log.v[target];
    const char *why = NULL;
    if (!t->event.kind || !starts(&t->event))
        why = "it names an event that is no read-back";
    else if (t->dead)
        why = "it names a read-back that was taken back";
    else if (strcmp(event_get(e, FIELD_STATE), "reservation") == 0 && !*e->text)
        why = "it is a reservation without words";
    return why ? err_set(err, "%s %s: %s", e->name, e->id, why) : 0;
}

static uint32_t begin(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    struct readback b = {.issue = item->issue,
                         .sub = item->sub,
                         .event = log_index,
                         .at = item->event.at,
                         .text = item->event.text};
    vec_push(&w->readbacks, b);
    return (uint32_t)w->readbacks.n - 1;
}

void readback_resolve(struct workbook *w, uint32_t log_index) {
    struct log_item *item = &w->log.v[log_index];
    const struct event *e = &item->event;
    if (starts(e)) {
        item->object = begin(w, log_index);
    } else if (e->kind->id == EVENT_READBACK) {
        item->object = issue_readback(w, item->issue, item->sub);
    } else {
        uint32_t target = workbook_event(w, event_get(e, FIELD_EVENT));
        item->object = w->log.v[target].object;
        item->issue = w->log.v[target].issue;
        item->sub = w->log.v[target].sub;
    }
    vec_push(&w->readbacks.v[item->object].events, log_index);
}

static enum assent assent_of(const char *state) {
    return strcmp(state, "assent") == 0        ? ASSENT_GIVEN
           : strcmp(state, "reservation") == 0 ? ASSENT_RESERVATION
                                               : ASSENT_SILENCE;
}

static void take_word(struct workbook *w, const struct log_item *item) {
    struct readback *b = &w->readbacks.v[item->object];
    const struct event *e = &item->event;
    const char *side = event_get(e, FIELD_SIDE);
    struct assent_word word = {side, (uint8_t)assent_of(event_get(e, FIELD_STATE)),
                               e->text, e->at};
    uint32_t at = readback_word(w, item->object, side);
    if (at == NONE)
        vec_push(&b->words, word);
    else
        b->words.v[at] = word;
}

void readback_apply(struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    struct readback *b = &w->readbacks.v[item->object];
    if (item->event.kind->id == EVENT_ASSENT)
        take_word(w, item);
    else if (starts(&item->event))
        b->live = true;
    else
        b->ended = true;
}

void readback_replay(struct workbook *w, uint32_t readback) {
    struct readback *b = &w->readbacks.v[readback];
    b->live = b->ended = false;
    b->words.n = 0;
    for (size_t i = 0; i < b->events.n; i++)
        if (!w->log.v[b->events.v[i]].dead)
            readback_apply(w, b->events.v[i]);
}
