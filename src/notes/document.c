#include "document.h"

#include "document_tree.h"

#include "base/text.h"

#include <string.h>
#include <time.h>

/* Why an issue is carried forward to the next meeting. */
enum carried {
    CARRIED_NOT,
    CARRIED_OPEN,
    CARRIED_BRACKETED,
    CARRIED_DEFERRED,
    CARRIED_NO_ANSWER
};
static const char *const carried_codes[] = {"", "open", "bracketed", "deferred",
                                            "no-answer"};

struct carried_issue {
    uint32_t issue;
    enum carried why;
};

struct totals {
    unsigned issues, recorded, discussed, answered, notes, positions, actions, carried;
    unsigned dispositions[DISPOSITION_COUNT];
    int64_t spent;
};

struct projection {
    const struct workbook *w;
    const struct notes_options *o;
    struct tree t;
    struct totals all, topic; /* of everything but the recommendations; of one topic */
    index_vec actions;        /* entries, in the order of the document */
    VEC(struct carried_issue) carried;
    index_vec standing; /* answers and positions of one issue */
};

/* ---- attribution: here and nowhere else */

static enum attribution tier_of(const struct projection *p, const struct entry *e) {
    return e->attribution > p->o->attribution ? (enum attribution)e->attribution
                                              : p->o->attribution;
}

static bool same_folded(const char *a, const char *b) {
    struct buf x = BUF_INIT, y = BUF_INIT;
    text_fold(&x, a, strlen(a));
    text_fold(&y, b, strlen(b));
    bool same = strcmp(x.s, y.s) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

/* The side that a speaker or owner is, when what was typed names a side and no person. */
static const char *side_named(const struct projection *p, const char *who) {
    for (size_t i = 0; *who && i < p->w->room.sides.n; i++) {
        const struct side *s = &p->w->room.sides.v[i];
        if (s->live && (same_folded(s->id, who) || same_folded(s->name, who)))
            return s->id;
    }
    return "";
}

struct voice {
    const char *person, *side; /* "" for what may not be printed, or is not known */
};

static struct voice voice_of(const struct projection *p, const struct entry *e) {
    enum attribution tier = tier_of(p, e);
    const char *who = e->kind == ENTRY_ACTION ? e->owner : e->speaker;
    const char *side = entry_person(p->w, e) == NONE ? side_named(p, who) : "";
    struct voice v = {"", ""};
    if (tier == ATTRIBUTION_NONE)
        return v;
    v.side = *side && !*e->side ? side : entry_side(p->w, e);
    if (tier == ATTRIBUTION_NAME && !*side)
        v.person = entry_name(p->w, e);
    return v;
}

static void add_voice(struct projection *p, xmlNode *n, const struct entry *e,
                      const char *person) {
    struct voice v = voice_of(p, e);
    const char *side = *v.side ? side_name(p->w, v.side) : "";
    tree_attr(&p->t, n, person, v.person);
    tree_attr(&p->t, n, "side", v.side);
    tree_attr(&p->t, n, "side-name", side);
    struct buf by = BUF_INIT;
    buf_addf(&by, "%s%s%s", v.person, *v.person && *side ? ", " : "", side);
    tree_attr(&p->t, n, "by", by.s);
    buf_release(&by);
    tree_attr(&p->t, n, "attribution", attribution_code(tier_of(p, e)));
}

/* ---- pieces */

static void add_memo_text(struct projection *p, xmlNode *n,
                          const struct memo_text *text) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < text->n_em; i++) {
        const struct memo_span *em = &text->em[i];
        if (em->start < at || em->end > text->len || em->end <= em->start)
            continue;
        tree_text(&p->t, n, text->s + at, em->start - at);
        tree_text(&p->t, tree_add(&p->t, n, "em"), text->s + em->start,
                  em->end - em->start);
        at = em->end;
    }
    tree_text(&p->t, n, text->s + at, text->len - at);
}

static void add_titled(struct projection *p, xmlNode *parent, const char *name,
                       const struct memo_text *text) {
    if (text->len)
        add_memo_text(p, tree_add(&p->t, parent, name), text);
}

static void add_paragraphs(struct projection *p, xmlNode *parent,
                           const struct memo_texts *texts) {
    for (uint32_t i = 0; i < texts->n; i++)
        add_memo_text(p, tree_add(&p->t, parent, "p"), &texts->v[i]);
}

static bool blank(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
            return false;
    return true;
}

/* What was typed: a line feed ends a paragraph. */
static void add_typed(struct projection *p, xmlNode *parent, const char *s) {
    for (size_t len; *s; s += len + (s[len] == '\n')) {
        len = strcspn(s, "\n");
        if (!blank(s, len))
            tree_text(&p->t, tree_add(&p->t, parent, "p"), s, len);
    }
}

static void add_named(struct projection *p, xmlNode *parent, const char *name,
                      const char *text) {
    if (*text)
        tree_text(&p->t, tree_add(&p->t, parent, name), text, strlen(text));
}

/* "20 December 2011" of 2011-12-20. */
static void add_day(struct projection *p, xmlNode *n, const char *name, const char *words,
                    const char *day) {
    if (!memo_date_ok(day, false))
        return;
    const struct memo m = {.from = day, .to = ""};
    struct buf b = BUF_INIT;
    memo_dates(&m, &b);
    tree_attr(&p->t, n, name, day);
    tree_attr(&p->t, n, words, b.s);
    buf_release(&b);
}

/* UTC for programs; the day and the time of the place for people. */
static void add_time(struct projection *p, xmlNode *n, int64_t at) {
    char utc[25], local[16];
    event_time_format(at, utc);
    time_t seconds = (time_t)(at / 1000 - (at % 1000 < 0));
    struct tm tm;
    localtime_r(&seconds, &tm);
    tree_attr(&p->t, n, "at", utc);
    strftime(local, sizeof local, "%Y-%m-%d", &tm);
    add_day(p, n, "day", "day-words", local);
    strftime(local, sizeof local, "%H:%M", &tm);
    tree_attr(&p->t, n, "time", local);
}

/* "1 h 05 min", "12 min", "40 s"; the blanks do not break. */
static void add_spent(struct projection *p, xmlNode *n, int64_t ms) {
    int64_t seconds = ms / 1000, minutes = (seconds + 30) / 60;
    if (seconds <= 0)
        return;
    char words[64];
    if (minutes >= 60 && minutes % 60)
        snprintf(words, sizeof words, "%lld\u00a0h %lld\u00a0min",
                 (long long)minutes / 60, (long long)minutes % 60);
    else if (minutes >= 60)
        snprintf(words, sizeof words, "%lld\u00a0h", (long long)minutes / 60);
    else if (seconds >= 60)
        snprintf(words, sizeof words, "%lld\u00a0min", (long long)minutes);
    else
        snprintf(words, sizeof words, "%lld\u00a0s", (long long)seconds);
    tree_number(&p->t, n, "spent", seconds);
    tree_attr(&p->t, n, "spent-words", words);
}

static void add_count(struct projection *p, xmlNode *n, const char *name,
                      unsigned count) {
    tree_number(&p->t, n, name, count);
}

static void add_ref(struct projection *p, xmlNode *n, struct ref r) {
    struct buf b = BUF_INIT;
    ref_store(p->w, r, &b);
    tree_attr(&p->t, n, "ref", b.s);
    buf_clear(&b);
    ref_print(p->w, r, &b);
    tree_attr(&p->t, n, "cite", b.s);
    buf_release(&b);
}

/* ---- what stands under an issue */

static bool stands_alone(const struct entry *e) {
    return e->kind == ENTRY_ANSWER || e->kind == ENTRY_POSITION;
}

static size_t side_rank(const struct projection *p, const char *side) {
    size_t i = 0;
    while (i < p->w->room.sides.n && strcmp(p->w->room.sides.v[i].id, side) != 0)
        i++;
    return i;
}

static int compare(size_t a, size_t b) {
    return a < b ? -1 : a > b;
}

/* By what an answer or position takes the place of, and the later last. */
static int by_place(const void *a, const void *b, void *ctx) {
    const struct projection *p = ctx;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct entry *x = &p->w->entries.v[i], *y = &p->w->entries.v[j];
    int c = compare(x->kind, y->kind);
    c = c ? c : compare(x->sub, y->sub);
    c = c ? c : strcmp(x->side, y->side);
    return c ? c : compare(i, j);
}

/* In the order of print: the sides in the order of the memo, but where the side is not
 * told, by the text, since the order alone would tell it. */
static int by_print(const void *a, const void *b, void *ctx) {
    const struct projection *p = ctx;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct entry *x = &p->w->entries.v[i], *y = &p->w->entries.v[j];
    bool xt = tier_of(p, x) != ATTRIBUTION_NONE, yt = tier_of(p, y) != ATTRIBUTION_NONE;
    int c = compare(x->kind, y->kind);
    c = c ? c : compare(x->sub, y->sub);
    if (c || x->kind != ENTRY_POSITION)
        return c ? c : compare(i, j);
    if (xt != yt)
        return xt ? -1 : 1;
    c = xt ? compare(side_rank(p, x->side), side_rank(p, y->side))
           : strcmp(x->text, y->text);
    return c ? c : compare(i, j);
}

static bool same_place(const struct entry *x, const struct entry *y) {
    return x->kind == y->kind && x->sub == y->sub && strcmp(x->side, y->side) == 0;
}

/* Fills p->standing with the answers and positions in force: of each place the last that
 * was not undone, unless it was withdrawn (then there is none). */
static void find_standing(struct projection *p, const struct issue_record *r) {
    index_vec *s = &p->standing;
    s->n = 0;
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        if (e->live && stands_alone(e))
            vec_push(s, r->entries.v[i]);
    }
    if (s->n == 0)
        return;
    qsort_r(s->v, s->n, sizeof *s->v, by_place, p);
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct entry *e = &p->w->entries.v[s->v[i]];
        bool last = i + 1 == s->n || !same_place(e, &p->w->entries.v[s->v[i + 1]]);
        if (last && !e->retracted)
            s->v[kept++] = s->v[i];
    }
    s->n = kept;
    qsort_r(s->v, s->n, sizeof *s->v, by_print, p);
}

static void add_sub(struct projection *p, xmlNode *n, const struct entry *e) {
    if (e->sub == 0)
        return;
    struct ref r = ref_of_issue(p->w, e->issue);
    r.sub = e->sub;
    tree_number(&p->t, n, "sub", e->sub);
    add_ref(p, n, r);
}

static xmlNode *add_entry(struct projection *p, xmlNode *parent, const char *name,
                          const struct entry *e) {
    xmlNode *n = tree_add(&p->t, parent, name);
    add_sub(p, n, e);
    if (e->kind == ENTRY_NOTE)
        tree_attr(&p->t, n, "kind", note_kinds[e->note_kind].code);
    add_time(p, n, e->at);
    return n;
}

static void add_standing(struct projection *p, xmlNode *parent) {
    for (size_t i = 0; i < p->standing.n; i++) {
        const struct entry *e = &p->w->entries.v[p->standing.v[i]];
        bool position = e->kind == ENTRY_POSITION;
        xmlNode *n = add_entry(p, parent, position ? "position" : "answer", e);
        if (position)
            add_voice(p, n, e, "speaker");
        add_typed(p, n, e->text);
        p->topic.positions += position;
    }
}

static void add_notes(struct projection *p, xmlNode *parent,
                      const struct issue_record *r) {
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        if (e->kind != ENTRY_NOTE || !e->live || e->retracted)
            continue;
        xmlNode *n = add_entry(p, parent, "note", e);
        add_voice(p, n, e, "speaker");
        add_typed(p, n, e->text);
        p->topic.notes++;
    }
}

static void add_action(struct projection *p, xmlNode *parent, const struct entry *e,
                       size_t number) {
    xmlNode *n = add_entry(p, parent, "action", e);
    if (e->sub == 0)
        add_ref(p, n, ref_of_issue(p->w, e->issue));
    tree_number(&p->t, n, "n", (int64_t)number);
    add_voice(p, n, e, "owner");
    add_day(p, n, "due", "due-words", e->due);
    add_typed(p, n, e->text);
}

static void add_actions(struct projection *p, xmlNode *parent,
                        const struct issue_record *r) {
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        if (e->kind != ENTRY_ACTION || !e->live || e->retracted)
            continue;
        vec_push(&p->actions, r->entries.v[i]);
        add_action(p, parent, e, p->actions.n);
        p->topic.actions++;
    }
}

/* The disposition's history; returns its last step, or NULL. */
static const struct log_item *add_dispositions(struct projection *p, xmlNode *parent,
                                               const struct issue_record *r) {
    const struct log_item *last = NULL;
    xmlNode *n = NULL;
    for (size_t i = 0; i < r->events.n; i++) {
        const struct log_item *item = &p->w->log.v[r->events.v[i]];
        if (item->dead || item->event.kind->id != EVENT_DISPOSITION)
            continue;
        int code = disposition_code_parse(event_get(&item->event, FIELD_DISPOSITION));
        last = item;
        n = tree_add(&p->t, parent, "disposition");
        tree_attr(&p->t, n, "code", dispositions[code].code);
        tree_attr(&p->t, n, "words", dispositions[code].words);
        add_time(p, n, item->event.at);
        add_typed(p, n, item->event.text);
    }
    if (n)
        tree_attr(&p->t, n, "last", "yes");
    return last;
}

/* ---- an issue */

static void add_addressees(struct projection *p, xmlNode *n, const char *to) {
    while (*to) {
        size_t len = strcspn(to, " \t\r\n");
        if (len > 0 && len <= MEMO_ID_MAX) {
            char id[MEMO_ID_MAX + 1];
            memcpy(id, to, len);
            id[len] = '\0';
            xmlNode *a = tree_add(&p->t, n, "addressee");
            tree_attr(&p->t, a, "side", id);
            tree_text(&p->t, a, side_name(p->w, id), strlen(side_name(p->w, id)));
        }
        to += len;
        to += strspn(to, " \t\r\n");
    }
}

/* The wording in force; the sub-questions of a compound issue bear numbers. */
static void add_wording(struct projection *p, xmlNode *n, uint32_t issue) {
    const struct memo_texts *texts = &p->w->issues.v[issue].text->p;
    struct ref r = ref_of_issue(p->w, issue);
    for (uint32_t i = 0; i < texts->n; i++) {
        xmlNode *para = tree_add(&p->t, n, "p");
        if (texts->n > 1) {
            r.sub = (uint16_t)(i + 1);
            tree_number(&p->t, para, "n", i + 1);
            add_ref(p, para, r);
        }
        add_memo_text(p, para, &texts->v[i]);
    }
}

static void add_original(struct projection *p, xmlNode *n, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    if (i->raised || !i->record || i->record->reworded == NONE)
        return;
    tree_attr(&p->t, n, "reworded", "yes");
    add_paragraphs(p, tree_add(&p->t, n, "original"), &p->w->memo->issues.v[issue].p);
}

/* Answers are first in p->standing: of the issue as a whole, then of its questions. */
static const char *answered(const struct projection *p, uint32_t issue) {
    size_t n = 0;
    bool whole = false;
    for (size_t i = 0; i < p->standing.n; i++) {
        const struct entry *e = &p->w->entries.v[p->standing.v[i]];
        whole = whole || (e->kind == ENTRY_ANSWER && e->sub == 0);
        n += e->kind == ENTRY_ANSWER;
    }
    uint32_t questions = p->w->issues.v[issue].text->p.n;
    return whole || (questions > 1 && n >= questions) ? "yes" : n ? "part" : "no";
}

static enum carried carried_why(const struct projection *p, uint32_t issue,
                                const struct log_item *disposed, const char *answer) {
    const struct issue *i = &p->w->issues.v[issue];
    bool recommendation = p->w->topics.v[i->topic].text->recommendations;
    if (i->disposition == DISPOSITION_BRACKETED)
        return CARRIED_BRACKETED;
    if (i->disposition == DISPOSITION_DEFERRED)
        return CARRIED_DEFERRED;
    if (i->disposition != DISPOSITION_OPEN)
        return CARRIED_NOT;
    if (disposed)
        return CARRIED_OPEN;
    return recommendation || *answer == 'y' ? CARRIED_NOT : CARRIED_NO_ANSWER;
}

static void add_issue_state(struct projection *p, xmlNode *n, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    const char *progress[] = {"not-discussed", "under-discussion", "discussed"};
    add_ref(p, n, ref_of_issue(p->w, issue));
    tree_attr(&p->t, n, "id", i->text->id);
    tree_attr(&p->t, n, "kind", memo_issue_kind_name(i->text->kind));
    if (i->priority)
        tree_number(&p->t, n, "priority", i->priority);
    tree_attr(&p->t, n, "disposition", dispositions[i->disposition].code);
    tree_attr(&p->t, n, "disposition-words", dispositions[i->disposition].words);
    tree_attr(&p->t, n, "progress", progress[i->progress]);
    if (i->text->minutes)
        tree_number(&p->t, n, "minutes", i->text->minutes);
    if (i->raised)
        tree_attr(&p->t, n, "raised", "yes");
    if (i->text->p.n > 1)
        tree_number(&p->t, n, "questions", i->text->p.n);
}

/* Whether anything but the text is known of it. */
static bool recorded(const struct projection *p, const struct issue *i,
                     const struct log_item *disposed, const struct totals *before) {
    return p->standing.n || disposed || i->disposition != DISPOSITION_OPEN ||
           p->topic.notes != before->notes || p->topic.actions != before->actions;
}

static void add_issue(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    const struct issue_record *r = i->record;
    const struct totals before = p->topic;
    const struct log_item *disposed = NULL;
    int64_t spent = issue_spent(p->w, issue, room_time(p->w, p->o->now));
    xmlNode *n = tree_add(&p->t, parent, "issue");
    add_issue_state(p, n, issue);
    add_spent(p, n, spent);
    add_wording(p, n, issue);
    add_original(p, n, issue);
    add_addressees(p, n, i->text->to);
    p->standing.n = 0;
    if (r) {
        find_standing(p, r);
        add_standing(p, n);
        add_notes(p, n, r);
        add_actions(p, n, r);
        disposed = add_dispositions(p, n, r);
    }
    const char *answer = answered(p, issue);
    enum carried why = carried_why(p, issue, disposed, answer);
    bool known = recorded(p, i, disposed, &before);
    tree_attr(&p->t, n, "answered", answer);
    tree_attr(&p->t, n, "recorded", known ? "yes" : "no");
    tree_attr(&p->t, n, "carried", carried_codes[why]);
    if (why)
        vec_push(&p->carried, ((struct carried_issue){issue, why}));
    p->topic.issues++;
    p->topic.recorded += known;
    p->topic.discussed += i->progress != PROGRESS_NOT_DISCUSSED;
    p->topic.answered += *answer == 'y';
    p->topic.carried += why != CARRIED_NOT;
    p->topic.dispositions[i->disposition]++;
    p->topic.spent += spent;
}

/* ---- topics */

static void add_totals(struct projection *p, xmlNode *n, const struct totals *t) {
    add_count(p, n, "issues", t->issues);
    add_count(p, n, "recorded", t->recorded);
    add_count(p, n, "discussed", t->discussed);
    add_count(p, n, "answered", t->answered);
    add_count(p, n, "positions", t->positions);
    add_count(p, n, "notes", t->notes);
    add_count(p, n, "actions", t->actions);
    add_count(p, n, "carried", t->carried);
    add_spent(p, n, t->spent);
}

static void sum_totals(struct totals *all, const struct totals *t) {
    all->issues += t->issues;
    all->recorded += t->recorded;
    all->discussed += t->discussed;
    all->answered += t->answered;
    all->positions += t->positions;
    all->notes += t->notes;
    all->actions += t->actions;
    all->carried += t->carried;
    all->spent += t->spent;
    for (int d = 0; d < DISPOSITION_COUNT; d++)
        all->dispositions[d] += t->dispositions[d];
}

static void add_topic(struct projection *p, xmlNode *parent, uint32_t topic) {
    const struct memo_topic *text = p->w->topics.v[topic].text;
    bool advice = text->recommendations;
    xmlNode *n = tree_add(&p->t, parent, advice ? "recommendations" : "topic");
    tree_attr(&p->t, n, "id", text->id);
    if (text->minutes)
        tree_number(&p->t, n, "minutes", text->minutes);
    add_titled(p, n, "statement", &text->statement);
    add_titled(p, n, "title", &text->title);
    add_paragraphs(p, n, &text->p);
    add_titled(p, n, "lead", &text->lead);
    p->topic = (struct totals){0};
    for (uint32_t i = 0; i < topic_count(p->w, topic); i++) {
        uint32_t issue = topic_issue(p->w, topic, i);
        if (p->w->issues.v[issue].live)
            add_issue(p, n, issue);
    }
    add_totals(p, n, &p->topic);
    if (!advice)
        sum_totals(&p->all, &p->topic);
}

/* ---- the lists after the topics */

static void add_action_list(struct projection *p, xmlNode *root) {
    xmlNode *list = tree_add(&p->t, root, "actions");
    add_count(p, list, "count", (unsigned)p->actions.n);
    unsigned owned = 0, due = 0;
    for (size_t i = 0; i < p->actions.n; i++) {
        const struct entry *e = &p->w->entries.v[p->actions.v[i]];
        struct voice v = voice_of(p, e);
        add_action(p, list, e, i + 1);
        owned += *v.person || *v.side;
        due += *e->due != '\0';
    }
    add_count(p, list, "owned", owned);
    add_count(p, list, "dated", due);
}

static void add_carried_list(struct projection *p, xmlNode *root) {
    xmlNode *list = tree_add(&p->t, root, "carried");
    add_count(p, list, "count", (unsigned)p->carried.n);
    for (size_t i = 0; i < p->carried.n; i++) {
        uint32_t issue = p->carried.v[i].issue;
        const struct issue *s = &p->w->issues.v[issue];
        xmlNode *n = tree_add(&p->t, list, "issue");
        add_ref(p, n, ref_of_issue(p->w, issue));
        tree_attr(&p->t, n, "carried", carried_codes[p->carried.v[i].why]);
        tree_attr(&p->t, n, "disposition", dispositions[s->disposition].code);
        if (s->priority)
            tree_number(&p->t, n, "priority", s->priority);
        add_wording(p, n, issue);
    }
}

static void add_items(struct projection *p, xmlNode *parent, const char *name,
                      const struct memo_item *v, size_t count) {
    for (size_t i = 0; i < count; i++) {
        xmlNode *n = tree_add(&p->t, parent, name);
        tree_attr(&p->t, n, "id", v[i].id);
        tree_attr(&p->t, n, "date", v[i].date);
        tree_attr(&p->t, n, "url", v[i].url);
        tree_attr(&p->t, n, "issues", v[i].issues);
        add_memo_text(p, n, &v[i].text);
    }
}

static void add_terms(struct projection *p, xmlNode *parent) {
    const struct memo *m = p->w->memo;
    for (size_t i = 0; i < m->terms.n; i++) {
        const struct memo_term *term = &m->terms.v[i];
        xmlNode *n = tree_add(&p->t, parent, "term");
        tree_attr(&p->t, n, "id", term->id);
        for (uint32_t k = 0; k < term->n_names; k++) {
            xmlNode *name = tree_add(&p->t, n, "name");
            tree_attr(&p->t, name, "lang", term->names[k].lang);
            tree_text(&p->t, name, term->names[k].name, strlen(term->names[k].name));
        }
        add_titled(p, n, "definition", &term->definition);
    }
}

static void add_background(struct projection *p, xmlNode *root) {
    const struct memo *m = p->w->memo;
    if (m->references.n)
        add_items(p, tree_add(&p->t, root, "references"), "reference", m->references.v,
                  m->references.n);
    if (m->chronology.n)
        add_items(p, tree_add(&p->t, root, "chronology"), "entry", m->chronology.v,
                  m->chronology.n);
    if (m->terms.n)
        add_terms(p, tree_add(&p->t, root, "terms"));
}

/* ---- the head */

static void add_meeting(struct projection *p, xmlNode *parent) {
    const struct memo *m = p->w->memo;
    struct buf dates = BUF_INIT;
    memo_dates(m, &dates);
    if (*m->meeting || *m->host || *m->place || dates.len) {
        xmlNode *n = tree_add(&p->t, parent, "meeting");
        tree_attr(&p->t, n, "from", m->from);
        tree_attr(&p->t, n, "to", m->to);
        tree_attr(&p->t, n, "dates", dates.s);
        add_named(p, n, "name", m->meeting);
        add_named(p, n, "host", m->host);
        add_named(p, n, "place", m->place);
    }
    buf_release(&dates);
}

static void add_head(struct projection *p, xmlNode *root) {
    const struct memo *m = p->w->memo;
    xmlNode *n = tree_add(&p->t, root, "memo");
    xmlNode *title = tree_add(&p->t, n, "title");
    if (m->title_text.len)
        add_memo_text(p, title, &m->title_text);
    else
        tree_text(&p->t, title, m->title, strlen(m->title));
    add_named(p, n, "genre", m->genre);
    for (size_t i = 0; i < m->authors.n; i++) {
        xmlNode *author = tree_add(&p->t, n, "author");
        tree_attr(&p->t, author, "role", m->authors.v[i].role);
        tree_text(&p->t, author, m->authors.v[i].name, strlen(m->authors.v[i].name));
    }
    add_meeting(p, n);
    for (size_t i = 0; i < p->w->room.sides.n; i++) {
        const struct side *s = &p->w->room.sides.v[i];
        if (!s->live)
            continue;
        xmlNode *side = tree_add(&p->t, n, "side");
        tree_attr(&p->t, side, "id", s->id);
        tree_text(&p->t, side, s->name, strlen(s->name));
    }
    if (m->has_introduction) {
        xmlNode *intro = tree_add(&p->t, n, "introduction");
        add_titled(p, intro, "title", &m->introduction_title);
        add_paragraphs(p, intro, &m->introduction);
    }
    add_titled(p, n, "topics-title", &m->topics_title);
    add_titled(p, n, "topics-lead", &m->topics_lead);
}

static void add_outcome(struct projection *p, xmlNode *totals) {
    add_totals(p, totals, &p->all);
    for (int d = 0; d < DISPOSITION_COUNT; d++) {
        if (p->all.dispositions[d] == 0)
            continue;
        xmlNode *n = tree_add(&p->t, totals, "disposition");
        tree_attr(&p->t, n, "code", dispositions[d].code);
        tree_attr(&p->t, n, "words", dispositions[d].words);
        add_count(p, n, "count", p->all.dispositions[d]);
    }
}

xmlDoc *notes_document(const struct workbook *w, const struct notes_options *o) {
    struct projection p = {.w = w, .o = o};
    xmlNode *root = tree_init(&p.t, "notes");
    tree_attr(&p.t, root, "version", "1");
    tree_attr(&p.t, root, "lang", *w->memo->lang ? w->memo->lang : "en");
    tree_attr(&p.t, root, "rule", memo_rule_name(w->memo->rule));
    tree_attr(&p.t, root, "attribution", attribution_code(o->attribution));
    add_time(&p, root, o->now);
    add_head(&p, root);
    xmlNode *totals = tree_add(&p.t, root, "totals");
    for (uint32_t t = 0; t < w->topics.n; t++)
        add_topic(&p, root, t);
    add_action_list(&p, root);
    add_carried_list(&p, root);
    add_background(&p, root);
    add_outcome(&p, totals);
    vec_release(&p.actions);
    vec_release(&p.carried);
    vec_release(&p.standing);
    return tree_done(&p.t);
}
