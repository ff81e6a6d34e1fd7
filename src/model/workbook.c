#include "workbook.h"

#include "id_map.h"

static void fill(struct workbook *w) {
    const struct memo *memo = w->memo;
    w->discussed = NONE;
    w->ids = id_map_new();
    room_init(w);
    vec_reserve(&w->topics, memo->topics.n);
    vec_reserve(&w->issues, memo->issues.n);
    for (uint32_t t = 0; t < memo->topics.n; t++) {
        const struct memo_topic *mt = &memo->topics.v[t];
        vec_push(
            &w->topics,
            ((struct topic){.text = mt, .n_live = mt->n_issues, .minutes = mt->minutes}));
        for (uint32_t i = mt->first; i < mt->first + mt->n_issues; i++) {
            const struct memo_issue *mi = &memo->issues.v[i];
            struct issue issue = {.text = mi,
                                  .topic = t,
                                  .priority = mi->priority,
                                  .minutes = mi->minutes,
                                  .live = true};
            vec_push(&w->issues, issue);
        }
    }
}

static void empty(struct workbook *w) {
    for (uint32_t i = 0; i < w->issues.n; i++) {
        struct issue_record *r = w->issues.v[i].record;
        if (r) {
            vec_release(&r->entries);
            vec_release(&r->answers);
            vec_release(&r->events);
            vec_release(&r->confirmed);
            vec_release(&r->subs);
            vec_release(&r->soundings);
        }
    }
    for (uint32_t t = 0; t < w->topics.n; t++)
        vec_release(&w->topics.v[t].raised);
    for (size_t i = 0; i < w->readbacks.n; i++) {
        vec_release(&w->readbacks.v[i].words);
        vec_release(&w->readbacks.v[i].events);
    }
    vec_release(&w->readbacks);
    vec_release(&w->log);
    vec_release(&w->issues);
    vec_release(&w->topics);
    vec_release(&w->entries);
    vec_release(&w->undo_stack);
    vec_release(&w->redo_stack);
    vec_release(&w->discussions);
    id_map_free(w->ids);
    room_release(w);
    arena_release(&w->arena);
}

struct workbook *workbook_new(const struct memo *memo) {
    struct workbook *w = mem_zalloc(sizeof *w);
    w->memo = memo;
    fill(w);
    return w;
}

void workbook_free(struct workbook *w) {
    if (!w)
        return;
    empty(w);
    mem_free(w);
}

void workbook_reset(struct workbook *w) {
    struct workbook blank = {.memo = w->memo, .version = w->version + 1};
    empty(w);
    *w = blank;
    fill(w);
}

uint32_t workbook_event(const struct workbook *w, const char *id) {
    return id_map_get(w->ids, id);
}

uint32_t workbook_entry(const struct workbook *w, uint32_t log_index) {
    const struct log_item *item = &w->log.v[log_index];
    if (item->odd || !item->event.kind || item->object >= w->entries.n)
        return NONE;
    return w->entries.v[item->object].event == log_index &&
                   item->event.kind->id <= EVENT_ACTION
               ? item->object
               : NONE;
}

uint32_t topic_count(const struct workbook *w, uint32_t topic) {
    const struct topic *t = &w->topics.v[topic];
    return t->text->n_issues + (uint32_t)t->raised.n;
}

uint32_t topic_issue(const struct workbook *w, uint32_t topic, uint32_t i) {
    const struct topic *t = &w->topics.v[topic];
    return i < t->text->n_issues ? t->text->first + i
                                 : t->raised.v[i - t->text->n_issues];
}

const char *topic_title(const struct workbook *w, uint32_t topic) {
    return w->topics.v[topic].text->title.s;
}

const char *issue_id(const struct workbook *w, uint32_t issue) {
    return w->issues.v[issue].text->id;
}

void issue_words(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct memo_texts *p = &w->issues.v[issue].text->p;
    for (uint32_t i = 0; i < p->n; i++) {
        if (i > 0)
            buf_putc(out, ' ');
        buf_add(out, p->v[i].s, p->v[i].len);
    }
}

/* The last live entry of a kind that `same` accepts; NONE too where it was withdrawn. */
static uint32_t last_entry(const struct workbook *w, uint32_t issue, enum entry_kind kind,
                           uint16_t sub, const char *side) {
    const struct issue_record *r = w->issues.v[issue].record;
    for (size_t i = r ? r->entries.n : 0; i-- > 0;) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        if (e->live && e->kind == kind && e->sub == sub && strcmp(e->side, side) == 0)
            return e->retracted ? NONE : r->entries.v[i];
    }
    return NONE;
}

uint32_t issue_answer(const struct workbook *w, uint32_t issue, uint16_t sub) {
    return last_entry(w, issue, ENTRY_ANSWER, sub, "");
}

uint32_t issue_position(const struct workbook *w, uint32_t issue, const char *side) {
    return last_entry(w, issue, ENTRY_POSITION, 0, side);
}

uint32_t issue_entries(const struct workbook *w, uint32_t issue, enum entry_kind kind) {
    const struct issue_record *r = w->issues.v[issue].record;
    uint32_t count = 0;
    for (size_t i = 0; r && i < r->entries.n; i++) {
        const struct entry *e = &w->entries.v[r->entries.v[i]];
        count += e->kind == kind && e->live && !e->retracted;
    }
    return count;
}

int64_t issue_spent(const struct workbook *w, uint32_t issue, int64_t room) {
    const struct issue_record *r = w->issues.v[issue].record;
    int64_t spent = r ? r->spent : 0;
    if (w->discussed == issue && room > w->discussed_at)
        spent += room - w->discussed_at;
    return spent;
}

bool entry_stands(const struct workbook *w, uint32_t entry) {
    const struct entry *e = &w->entries.v[entry];
    if (!e->live || e->retracted)
        return false;
    if (e->kind == ENTRY_ANSWER || e->kind == ENTRY_POSITION)
        return last_entry(w, e->issue, e->kind, e->sub, e->side) == entry;
    return true;
}

void topic_next_id(const struct workbook *w, uint32_t topic, char out[MEMO_ID_MAX + 1]) {
    const char *last = "";
    for (uint32_t i = topic_count(w, topic); i-- > 0 && !*last;) {
        uint32_t issue = topic_issue(w, topic, i);
        if (w->issues.v[issue].live)
            last = issue_id(w, issue);
    }
    memo_next_id(last, "a", out);
    struct buf stored = BUF_INIT;
    for (;;) {
        struct ref taken;
        struct err ignored = ERR_INIT;
        buf_clear(&stored);
        buf_addf(&stored, "%s.%s", w->topics.v[topic].text->id, out);
        int known = ref_parse(w, stored.s, &taken, &ignored);
        err_release(&ignored);
        if (known < 0 || !w->issues.v[taken.issue].live)
            break;
        char next[MEMO_ID_MAX + 1];
        memo_next_id(out, "a", next);
        memcpy(out, next, sizeof next);
    }
    buf_release(&stored);
}

const char *side_name(const struct workbook *w, const char *id) {
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live && strcmp(w->room.sides.v[i].id, id) == 0)
            return w->room.sides.v[i].name;
    return id;
}

uint32_t workbook_undo_target(const struct workbook *w) {
    return w->undo_stack.n ? w->undo_stack.v[w->undo_stack.n - 1] : NONE;
}

uint32_t workbook_redo_target(const struct workbook *w) {
    return w->redo_stack.n ? w->redo_stack.v[w->redo_stack.n - 1] : NONE;
}
