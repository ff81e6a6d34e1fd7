#include "carry.h"

#include <string.h>

struct choice {
    const struct workbook *w;
    struct carry *c;
    bool *issues;          /* which go along */
    bool *whole;           /* entries that never stood where nothing goes along */
    struct workbook *next; /* what the new workbook will be */
};

/* ---- which issues */

static bool unfinished(const struct workbook *w, uint32_t entry) {
    const struct entry *e = &w->entries.v[entry];
    return e->kind == ENTRY_ACTION && e->live && !e->retracted && !e->done;
}

static uint32_t unfinished_actions(const struct workbook *w, uint32_t issue) {
    const struct issue_record *r = w->issues.v[issue].record;
    uint32_t n = 0;
    for (size_t i = 0; r && i < r->entries.n; i++)
        n += unfinished(w, r->entries.v[i]);
    return n;
}

static bool is_carried(const struct workbook *w, uint32_t issue) {
    const struct issue *i = &w->issues.v[issue];
    switch (i->disposition) {
    case DISPOSITION_OPEN:
    case DISPOSITION_BRACKETED:
    case DISPOSITION_DEFERRED:
    case DISPOSITION_AD_REFERENDUM:
        return i->live;
    default:
        return i->live && unfinished_actions(w, issue) > 0;
    }
}

static void choose_issues(struct choice *k) {
    k->issues = arena_zalloc(&k->c->arena, k->w->issues.n + 1);
    for (uint32_t i = 0; i < k->w->issues.n; i++) {
        k->issues[i] = is_carried(k->w, i);
        k->c->issues += k->issues[i];
        k->c->actions += k->issues[i] ? unfinished_actions(k->w, i) : 0;
    }
}

/* Whether the entry stood in issues that go along, and in no others. */
static bool stays_whole(const struct choice *k, const struct entry *e) {
    const struct workbook *w = k->w;
    for (uint32_t i = e->event; i != NONE; i = w->log.v[i].next) {
        const struct log_item *item = &w->log.v[i];
        bool places = i == e->event || item->event.kind->id == EVENT_MOVE;
        if (places && !item->dead && !k->issues[item->issue])
            return false;
    }
    return true;
}

static void choose_entries(struct choice *k) {
    k->whole = arena_zalloc(&k->c->arena, k->w->entries.n + 1);
    for (uint32_t i = 0; i < k->w->entries.n; i++)
        k->whole[i] = stays_whole(k, &k->w->entries.v[i]);
}

/* ---- the memo */

/* Issues raised in the room come back by their events. */
static void add_topic(struct choice *k, uint32_t topic) {
    const struct workbook *w = k->w;
    struct memo *m = k->c->memo;
    struct memo_topic t = *w->topics.v[topic].text;
    bool any = false;
    t.first = (uint32_t)m->issues.n;
    t.minutes = w->topics.v[topic].minutes;
    for (uint32_t i = 0; i < topic_count(w, topic); i++) {
        uint32_t issue = topic_issue(w, topic, i);
        any = any || k->issues[issue];
        if (k->issues[issue] && !w->issues.v[issue].raised)
            vec_push(&m->issues, w->memo->issues.v[issue]);
    }
    t.n_issues = (uint32_t)m->issues.n - t.first;
    if (any)
        vec_push(&m->topics, t);
}

/* References that `keeps` takes, of a blank separated list. */
static const char *kept_refs(struct choice *k, const char *list,
                             bool (*keeps)(const struct choice *k, struct ref r)) {
    struct buf out = BUF_INIT;
    char *words = mem_strdup(list), *rest = NULL;
    for (char *word = strtok_r(words, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        struct err ignored = ERR_INIT;
        struct ref r;
        ref_parse(k->w, word, &r, &ignored);
        err_release(&ignored);
        if (keeps(k, r))
            buf_addf(&out, "%s%s", out.len ? " " : "", word);
    }
    const char *kept = arena_strdup(&k->c->arena, out.s);
    mem_free(words);
    buf_release(&out);
    return kept;
}

/* In the memo, references to what stays behind would be dangling. */
static bool in_memo(const struct choice *k, struct ref r) {
    return r.issue != NONE && k->issues[r.issue];
}

/* What a recommendation rests on stays behind when it was settled; what was not agreed is
 * not forgotten, nor what an earlier meeting left behind. */
static bool still_matters(const struct choice *k, struct ref r) {
    if (r.issue == NONE || k->issues[r.issue])
        return true;
    uint8_t d = k->w->issues.v[r.issue].disposition;
    return d != DISPOSITION_AGREED && d != DISPOSITION_NOTED;
}

static void add_items(struct choice *k, const struct memo_item *v, size_t n,
                      struct memo *m, bool chronology) {
    for (size_t i = 0; i < n; i++) {
        struct memo_item item = v[i];
        item.issues = kept_refs(k, item.issues, in_memo);
        if (chronology)
            vec_push(&m->chronology, item);
        else
            vec_push(&m->references, item);
    }
}

/* Its place and dates are not those of the next meeting. */
static void make_memo(struct choice *k) {
    const struct memo *old = k->w->memo;
    struct memo *m = k->c->memo = memo_new();
    m->lang = old->lang;
    m->rule = old->rule;
    m->title = old->title;
    m->title_text = old->title_text;
    m->genre = old->genre;
    m->meeting = old->meeting;
    m->host = old->host;
    m->has_introduction = old->has_introduction;
    m->introduction_title = old->introduction_title;
    m->introduction = old->introduction;
    m->topics_title = old->topics_title;
    m->topics_lead = old->topics_lead;
    for (size_t i = 0; i < old->authors.n; i++)
        vec_push(&m->authors, old->authors.v[i]);
    for (size_t i = 0; i < old->sides.n; i++)
        vec_push(&m->sides, old->sides.v[i]);
    for (uint32_t t = 0; t < k->w->topics.n; t++)
        add_topic(k, t);
    add_items(k, old->references.v, old->references.n, m, false);
    add_items(k, old->chronology.v, old->chronology.n, m, true);
    for (size_t i = 0; i < old->terms.n; i++)
        vec_push(&m->terms, old->terms.v[i]);
}

/* ---- the log */

/* The event with one attribute replaced, or left out where `value` is NULL. */
static struct event with(struct choice *k, const struct event *e, enum event_field f,
                         const char *value) {
    struct event_attr *attrs =
        arena_alloc(&k->c->arena, (e->n_attrs + 1) * sizeof *attrs);
    struct event changed = *e;
    changed.attrs = attrs;
    changed.n_attrs = 0;
    for (uint32_t i = 0; i < e->n_attrs; i++) {
        struct event_attr a = e->attrs[i];
        if (a.field == f && !value)
            continue;
        if (a.field == f)
            a.value = value;
        attrs[changed.n_attrs++] = a;
    }
    return changed;
}

/* The event that made an entry, as if it had been made where it stands. */
static struct event made_here(struct choice *k, const struct event *made,
                              const struct entry *e) {
    struct buf stored = BUF_INIT;
    ref_store(k->w, ref_of_issue(k->w, e->issue), &stored);
    const char *here = arena_strdup(&k->c->arena, stored.s);
    buf_release(&stored);
    return with(k, made, FIELD_ISSUE, here);
}

/* Whether it is the entry's last move, and tells more than where it stands: the wording
 * that has the sub-question may be later than the entry, and soundings that came before
 * the move are not about the answer. */
static bool still_moves(const struct workbook *w, const struct entry *e, uint32_t index) {
    for (uint32_t i = w->log.v[index].next; i != NONE; i = w->log.v[i].next)
        if (w->log.v[i].event.kind->id == EVENT_MOVE && !w->log.v[i].dead)
            return false;
    return e->sub > 0 || e->kind == ENTRY_ANSWER;
}

static bool take_entry_event(struct choice *k, uint32_t index, struct event *out) {
    const struct log_item *item = &k->w->log.v[index];
    const struct entry *e = &k->w->entries.v[item->object];
    bool whole = k->whole[item->object];
    if (!e->live || !k->issues[e->issue])
        return false;
    *out = item->event;
    if (!whole && item->event.kind->id == EVENT_MOVE)
        return still_moves(k->w, e, index);
    if (!whole && index == e->event)
        *out = made_here(k, &item->event, e);
    return true;
}

static bool take_issue_event(struct choice *k, uint32_t index, struct event *out) {
    const struct log_item *item = &k->w->log.v[index];
    if (!k->issues[item->issue])
        return false;
    *out = item->event;
    if (item->event.kind->id == EVENT_SUPPORT) {
        const char *issues = event_get(&item->event, FIELD_ISSUES);
        const char *kept = kept_refs(k, issues, still_matters);
        *out = with(k, &item->event, FIELD_ISSUES, *kept ? kept : NULL);
    }
    return true;
}

static bool take(struct choice *k, uint32_t index, struct event *out) {
    const struct log_item *item = &k->w->log.v[index];
    *out = item->event;
    switch (item->event.kind->id) {
    case EVENT_PERSON:
    case EVENT_SIDE:
    case EVENT_EXPUNGED:
    case EVENT_CARRIED:
        return true;
    case EVENT_NOTE:
    case EVENT_ANSWER:
    case EVENT_POSITION:
    case EVENT_ACTION:
    case EVENT_REVISE:
    case EVENT_MOVE:
    case EVENT_RETRACT:
    case EVENT_SHARE:
    case EVENT_DONE:
        return take_entry_event(k, index, out);
    case EVENT_PRIORITY:
    case EVENT_DISPOSITION:
    case EVENT_ISSUE:
    case EVENT_TIMEBOX:
    case EVENT_CONFIRM:
    case EVENT_READBACK:
    case EVENT_ASSENT:
    case EVENT_SUBQUESTION:
    case EVENT_SUPPORT:
    case EVENT_SOUNDING:
        return item->issue != NONE && take_issue_event(k, index, out);
    default:
        return false;
    }
}

static void add_event(struct choice *k, struct event e) {
    struct err why = ERR_INIT;
    e.n = (uint32_t)k->c->events.n + 1;
    if (workbook_check(k->next, &e, &why) == 0) {
        workbook_apply(k->next, &e, &why);
        vec_push(&k->c->events, e);
    } else {
        k->c->left++;
    }
    err_release(&why);
}

/* Whether it is what brought an issue into the room. */
static bool raises(const struct workbook *w, uint32_t index) {
    const struct log_item *item = &w->log.v[index];
    if (item->event.kind->id != EVENT_ISSUE || !w->issues.v[item->issue].raised)
        return false;
    const index_vec *events = &w->issues.v[item->issue].record->events;
    for (size_t i = 0; i < events->n; i++) {
        const struct log_item *k = &w->log.v[events->v[i]];
        if (k->event.kind->id == EVENT_ISSUE && !k->dead)
            return events->v[i] == index;
    }
    return false;
}

/* What was raised in the room stands first: an entry may have been moved there that is
 * older than the issue. */
static void add_events(struct choice *k) {
    const struct workbook *w = k->w;
    struct event e;
    for (int raising = 1; raising >= 0; raising--)
        for (uint32_t i = 0; i < w->log.n; i++) {
            const struct log_item *item = &w->log.v[i];
            bool counts = item->event.kind && !item->odd && !item->dead;
            if (counts && raises(w, i) == raising && take(k, i, &e))
                add_event(k, e);
        }
}

/* ---- where from */

/* The days of the events of this meeting, in UTC. */
static void add_days(const struct workbook *w, struct buf *out) {
    char from[25], to[25];
    if (w->log.n == w->carried)
        return;
    event_time_format(w->log.v[w->carried].event.at, from);
    event_time_format(w->log.v[w->log.n - 1].event.at, to);
    from[10] = to[10] = '\0';
    struct memo days = {.from = from, .to = to};
    if (memo_date_ok(from, false) && memo_date_ok(to, false) && strcmp(from, to) <= 0)
        memo_dates(&days, out);
}

/* "Meeting of the SuPR Group, 6–7 December 2011". */
static const char *meeting_of(struct choice *k) {
    const struct memo *m = k->w->memo;
    struct buf b = BUF_INIT, dates = BUF_INIT;
    buf_puts(&b, *m->meeting ? m->meeting : m->title);
    memo_dates(m, &dates);
    if (dates.len == 0)
        add_days(k->w, &dates);
    if (dates.len)
        buf_addf(&b, ", %s", dates.s);
    const char *kept = arena_strdup(&k->c->arena, b.s);
    buf_release(&b);
    buf_release(&dates);
    return kept;
}

static void add_carried(struct choice *k, const char *from, const char *id, int64_t at) {
    struct event_draft d;
    event_draft_init(&d, EVENT_CARRIED);
    event_draft_set(&d, FIELD_FROM, from);
    d.event.id = id;
    d.event.at = at;
    d.event.text = meeting_of(k);
    add_event(k, event_copy(&k->c->arena, &d.event));
}

void carry_forward(struct carry *c, const struct workbook *w, const char *from,
                   const char *id, int64_t at) {
    *c = (struct carry){0};
    struct choice k = {.w = w, .c = c};
    choose_issues(&k);
    choose_entries(&k);
    make_memo(&k);
    k.next = workbook_new(c->memo);
    add_events(&k);
    add_carried(&k, from, id, at);
    workbook_free(k.next);
    for (size_t i = 0; i < w->room.people.n; i++)
        c->people += w->room.people.v[i].live;
}

void carry_release(struct carry *c) {
    memo_free(c->memo);
    vec_release(&c->events);
    arena_release(&c->arena);
    *c = (struct carry){0};
}
