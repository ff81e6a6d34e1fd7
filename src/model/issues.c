#include "agreement.h"
#include "agreement_private.h"
#include "apply_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t issue_event_topic(const struct workbook *w, const struct event *e,
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

struct issue_record *issue_record_of(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    if (!i->record) {
        i->record = arena_zalloc(&w->arena, sizeof *i->record);
        i->record->reworded = i->record->disposed = NONE;
        i->record->asked = i->record->owner = i->record->supports = "";
    }
    return i->record;
}

void issue_refresh_progress(struct workbook *w, uint32_t issue) {
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

void issue_refresh(struct workbook *w, uint32_t issue) {
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
    issue_refresh_progress(w, issue);
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
    issue_record_of(w, issue)->reworded = index;
    set_issue_live(w, issue, true);
}

void issue_apply(struct workbook *w, uint32_t index) {
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

bool event_about_issue(enum event_kind_id kind) {
    return kind == EVENT_PRIORITY || kind == EVENT_DISPOSITION || kind == EVENT_ISSUE ||
           kind == EVENT_TIMEBOX || kind == EVENT_CONFIRM || kind == EVENT_SUBQUESTION ||
           kind == EVENT_SUPPORT || kind == EVENT_SOUNDING;
}

void issue_count_brackets(struct workbook *w, uint32_t issue, uint32_t answer) {
    struct issue *i = &w->issues.v[issue];
    struct topic *t = &w->topics.v[i->topic];
    t->n_brackets -= i->n_brackets;
    agreement_count_brackets(w, issue, answer);
    t->n_brackets += i->n_brackets;
}

void issue_replay(struct workbook *w, uint32_t issue) {
    struct issue *i = &w->issues.v[issue];
    struct issue_record *r = issue_record_of(w, issue);
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
        if (!item->dead && event_about_issue(item->event.kind->id))
            issue_apply(w, r->events.v[k]);
    }
    issue_refresh(w, issue);
    issue_count_brackets(w, issue, NONE);
}

uint32_t issue_raise(struct workbook *w, const struct event *e) {
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
