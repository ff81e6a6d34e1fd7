#include "document_private.h"

#include <string.h>

/* ---- answers and positions in force */

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

/* By what an answer or position takes the place of (a private position takes none of one
 * that was shared), and the later last. */
static int by_place(const void *a, const void *b, void *ctx) {
    const struct projection *p = ctx;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct entry *x = &p->w->entries.v[i], *y = &p->w->entries.v[j];
    int c = compare(x->kind, y->kind);
    c = c ? c : compare(x->sub, y->sub);
    c = c ? c : strcmp(x->side, y->side);
    c = c ? c : compare(y->shared, x->shared);
    return c ? c : compare(i, j);
}

/* In the order of print: the sides in their order, but where the side is not told, by the
 * text, since the order alone would tell it. */
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
    return x->kind == y->kind && x->sub == y->sub && x->shared == y->shared &&
           strcmp(x->side, y->side) == 0;
}

/* A side's private position that a shared one came after stands no more. */
static bool outdated(const struct projection *p, size_t i) {
    const struct entry *e = &p->w->entries.v[p->standing.v[i]];
    for (size_t k = i; e->kind == ENTRY_POSITION && !e->shared && k-- > 0;) {
        const struct entry *s = &p->w->entries.v[p->standing.v[k]];
        if (s->kind != e->kind || s->sub != e->sub || strcmp(s->side, e->side) != 0)
            break;
        if (s->shared)
            return p->standing.v[k] > p->standing.v[i];
    }
    return false;
}

/* Fills p->standing with the answers and positions in force: of each place the last that
 * was not undone, unless it was withdrawn (then there is none). */
static void find_standing(struct projection *p, const struct issue_record *r) {
    index_vec *s = &p->standing;
    s->n = 0;
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        bool open = e->kind != ENTRY_POSITION || e->shared || p->o->private;
        if (e->live && stands_alone(e) && open && is_of_sitting(p, e->event))
            vec_push(s, r->entries.v[i]);
    }
    if (s->n == 0)
        return;
    qsort_r(s->v, s->n, sizeof *s->v, by_place, p);
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct entry *e = &p->w->entries.v[s->v[i]];
        bool last = i + 1 == s->n || !same_place(e, &p->w->entries.v[s->v[i + 1]]);
        if (last && !outdated(p, i))
            s->v[kept++] = s->v[i];
    }
    s->n = kept;
    kept = 0;
    for (size_t i = 0; i < s->n; i++)
        if (!p->w->entries.v[s->v[i]].retracted)
            s->v[kept++] = s->v[i];
    s->n = kept;
    qsort_r(s->v, s->n, sizeof *s->v, by_print, p);
}

/* The answer in force to a sub-question, or to the whole (0); or NULL. Answers come first
 * in p->standing, by sub-question. */
static const struct entry *standing_answer(const struct projection *p, uint32_t sub) {
    size_t from = 0, to = p->standing.n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        const struct entry *e = &p->w->entries.v[p->standing.v[mid]];
        if (e->kind == ENTRY_ANSWER && e->sub == sub)
            return e;
        if (e->kind == ENTRY_ANSWER && e->sub < sub)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

/* ---- entries */

static xmlNode *add_entry(struct projection *p, xmlNode *parent, const char *name,
                          const struct entry *e) {
    xmlNode *n = tree_add(&p->t, parent, name);
    if (e->sub) {
        tree_number(&p->t, n, "sub", e->sub);
        add_issue_ref(p, n, e->issue, e->sub);
    }
    if (e->kind == ENTRY_NOTE)
        tree_attr(&p->t, n, "kind", note_kinds[e->note_kind].code);
    add_time(p, n, e->at);
    add_earlier(p, n, e->event);
    return n;
}

static void add_position(struct projection *p, xmlNode *parent, const struct entry *e) {
    xmlNode *n = add_entry(p, parent, "position", e);
    add_entry_voice(p, n, e, "speaker");
    tree_attr(&p->t, n, "stance", stances[e->stance].code);
    if (e->stance)
        tree_attr(&p->t, n, "stance-words", stances[e->stance].words);
    tree_attr(&p->t, n, "shared", e->shared ? "yes" : "no");
    add_typed(p, n, e->text);
    p->topic.positions++;
}

static void add_standing(struct projection *p, xmlNode *parent, enum entry_kind kind) {
    for (size_t i = 0; i < p->standing.n; i++) {
        const struct entry *e = &p->w->entries.v[p->standing.v[i]];
        if (e->kind != kind)
            continue;
        if (kind == ENTRY_POSITION)
            add_position(p, parent, e);
        else
            add_answer_text(p, add_entry(p, parent, "answer", e), e->text,
                            &p->topic.brackets, &p->topic.broken);
    }
}

static void add_notes(struct projection *p, xmlNode *parent,
                      const struct issue_record *r) {
    p->said.n = 0;
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        if (e->kind != ENTRY_NOTE || !is_told(p, e))
            continue;
        xmlNode *n = add_entry(p, parent, "note", e);
        struct said said = {e->note_kind, add_entry_voice(p, n, e, "speaker")};
        add_typed(p, n, e->text);
        vec_push(&p->said, said);
        p->topic.notes++;
    }
    add_said(p, parent);
}

/* How an action item was done: the last word on it. */
static void add_done(struct projection *p, xmlNode *n, const struct entry *e) {
    const struct log_item *done = NULL;
    for (uint32_t i = e->event; i != NONE; i = p->w->log.v[i].next) {
        const struct log_item *item = &p->w->log.v[i];
        if (item->event.kind->id == EVENT_DONE && !item->dead)
            done = item;
    }
    tree_attr(&p->t, n, "done", "yes");
    if (!done)
        return;
    xmlNode *outcome = tree_add(&p->t, n, "outcome");
    add_time(p, outcome, done->event.at);
    add_typed(p, outcome, done->event.text);
}

void add_action(struct projection *p, xmlNode *parent, const struct entry *e,
                size_t number) {
    xmlNode *n = add_entry(p, parent, "action", e);
    if (e->sub == 0)
        add_issue_ref(p, n, e->issue, 0);
    tree_number(&p->t, n, "n", (int64_t)number);
    add_entry_voice(p, n, e, "owner");
    add_day(p, n, "due", "due-words", e->due);
    add_typed(p, n, e->text);
    if (e->done)
        add_done(p, n, e);
}

static void add_actions(struct projection *p, xmlNode *parent,
                        const struct issue_record *r) {
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        if (e->kind != ENTRY_ACTION || !is_told(p, e))
            continue;
        vec_push(&p->actions, r->entries.v[i]);
        add_action(p, parent, e, p->actions.n);
        p->topic.actions++;
        p->topic.done += e->done;
    }
}

/* ---- an issue */

static void add_addressees(struct projection *p, xmlNode *n, const char *to) {
    char id[MEMO_ID_MAX + 1];
    while (next_word(&to, id, sizeof id)) {
        xmlNode *a = tree_add(&p->t, n, "addressee");
        tree_attr(&p->t, a, "side", id);
        tree_text(&p->t, a, side_name(p->w, id), strlen(side_name(p->w, id)));
    }
}

static xmlNode *add_question(struct projection *p, xmlNode *n, uint32_t issue,
                             uint16_t sub) {
    const struct memo_texts *texts = &p->w->issues.v[issue].text->p;
    xmlNode *para = tree_add(&p->t, n, "p");
    if (texts->n > 1) {
        tree_number(&p->t, para, "n", sub);
        add_issue_ref(p, para, issue, sub);
    }
    add_memo_text(p, para, &texts->v[sub - 1]);
    return para;
}

void add_wording(struct projection *p, xmlNode *n, uint32_t issue) {
    uint32_t count = p->w->issues.v[issue].text->p.n;
    for (uint32_t i = 1; i <= count; i++)
        add_question(p, n, issue, (uint16_t)i);
}

static const struct sub_question *closing_of(const struct issue_record *r, uint32_t sub) {
    for (size_t i = 0; r && i < r->subs.n; i++)
        if (r->subs.v[i].sub == sub)
            return &r->subs.v[i];
    return NULL;
}

/* Returns whether it is closed. */
static bool add_state(struct projection *p, xmlNode *n, uint32_t issue, uint32_t sub) {
    const struct sub_question *q = closing_of(p->w->issues.v[issue].record, sub);
    bool answered = standing_answer(p, sub) != NULL;
    bool moot = q && q->state == SUB_NOT_APPLICABLE;
    tree_attr(&p->t, n, "state",
              moot                          ? "not-applicable"
              : answered || (q && q->state) ? "answered"
                                            : "open");
    tree_attr(&p->t, n, "state-text", q ? q->text : "");
    return answered || q;
}

/* The wording in force; the sub-questions of a compound issue bear numbers and tell how
 * far they came. Returns how many of these are closed. */
static uint32_t add_questions(struct projection *p, xmlNode *n, uint32_t issue) {
    uint32_t count = p->w->issues.v[issue].text->p.n, closed = 0;
    for (uint32_t i = 1; i <= count; i++) {
        xmlNode *para = add_question(p, n, issue, (uint16_t)i);
        if (count > 1)
            closed += add_state(p, para, issue, i);
    }
    return closed;
}

static void add_original(struct projection *p, xmlNode *n, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    if (i->raised || !i->record || i->record->reworded == NONE)
        return;
    tree_attr(&p->t, n, "reworded", "yes");
    add_paragraphs(p, tree_add(&p->t, n, "original"), &p->w->memo->issues.v[issue].p);
}

/* "yes", "part" (some sub-questions) or "no". */
static const char *answered(const struct projection *p, uint32_t issue, uint32_t closed) {
    uint32_t questions = p->w->issues.v[issue].text->p.n;
    bool any = p->standing.n && p->w->entries.v[p->standing.v[0]].kind == ENTRY_ANSWER;
    bool whole = standing_answer(p, 0) || (questions > 1 && closed >= questions);
    return whole ? "yes" : any || closed ? "part" : "no";
}

static enum carried carried_why(const struct projection *p, uint32_t issue,
                                const struct outcome *out, const char *answer) {
    const struct issue *i = &p->w->issues.v[issue];
    bool recommendation = p->w->topics.v[i->topic].text->recommendations;
    switch (out->disposition) {
    case DISPOSITION_BRACKETED:
        return CARRIED_BRACKETED;
    case DISPOSITION_DEFERRED:
        return CARRIED_DEFERRED;
    case DISPOSITION_AD_REFERENDUM:
        return out->confirming ? CARRIED_TO_CONFIRM : CARRIED_NOT;
    case DISPOSITION_OPEN:
        break;
    default:
        return CARRIED_NOT;
    }
    if (out->disposed)
        return CARRIED_OPEN;
    return recommendation || *answer == 'y' ? CARRIED_NOT : CARRIED_NO_ANSWER;
}

static int64_t spent_on(const struct projection *p, uint32_t issue) {
    return p->spent ? p->spent[issue] : issue_spent(p->w, issue, p->room);
}

/* What is private does not count as discussed. */
static enum progress progress_of(const struct projection *p, uint32_t issue, bool known) {
    enum progress now = (enum progress)p->w->issues.v[issue].progress;
    bool current = !p->spent || p->end == UINT32_MAX;
    if (now == PROGRESS_UNDER_DISCUSSION && current)
        return now;
    if (now == PROGRESS_NOT_DISCUSSED && !p->spent)
        return now;
    return known || spent_on(p, issue) > 0 ? PROGRESS_DISCUSSED : PROGRESS_NOT_DISCUSSED;
}

static void add_issue_state(struct projection *p, xmlNode *n, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    add_issue_ref(p, n, issue, 0);
    tree_attr(&p->t, n, "id", i->text->id);
    tree_attr(&p->t, n, "kind", memo_issue_kind_name(i->text->kind));
    if (i->priority)
        tree_number(&p->t, n, "priority", i->priority);
    add_box(p, n, issue_box(p->w, issue), spent_on(p, issue));
    add_spent(p, n, spent_on(p, issue));
    add_yes(p, n, "raised", i->raised);
    if (i->text->p.n > 1)
        tree_number(&p->t, n, "questions", i->text->p.n);
}

/* What stands under it; returns whether anything but the text is known of it. */
static bool add_record(struct projection *p, xmlNode *n, uint32_t issue,
                       struct outcome *out) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    const struct totals before = p->topic;
    if (!r)
        return false;
    add_standing(p, n, ENTRY_ANSWER);
    if (p->needs & NEEDS_WORDINGS)
        add_wordings(p, n, issue);
    bool known = add_readbacks(p, n, issue);
    add_standing(p, n, ENTRY_POSITION);
    known |= add_sounding(p, n, issue);
    known |= add_supports(p, n, issue);
    add_notes(p, n, r);
    add_actions(p, n, r);
    *out = add_dispositions(p, n, issue);
    known |= p->standing.n || out->step || p->topic.notes != before.notes ||
             p->topic.actions != before.actions;
    return known || (!p->spent && (out->disposed || r->subs.n));
}

static void count_issue(struct projection *p, uint32_t issue, const struct outcome *out,
                        enum carried why) {
    struct carried_issue c = {issue, (uint8_t)why, out->disposition};
    if (why)
        vec_push(&p->carried, c);
    p->topic.issues++;
    p->topic.carried += why != CARRIED_NOT;
    p->topic.dispositions[out->disposition]++;
    p->topic.spent += spent_on(p, issue);
}

static void add_outcome(struct projection *p, xmlNode *n, uint32_t issue,
                        const struct outcome *out, const char *answer, bool known) {
    static const char *const words[] = {"not-discussed", "under-discussion", "discussed"};
    enum carried why = carried_why(p, issue, out, answer);
    enum progress progress = progress_of(p, issue, known);
    tree_attr(&p->t, n, "disposition", dispositions[out->disposition].code);
    tree_attr(&p->t, n, "disposition-words", dispositions[out->disposition].words);
    tree_attr(&p->t, n, "progress", words[progress]);
    tree_attr(&p->t, n, "answered", answer);
    tree_attr(&p->t, n, "recorded", known ? "yes" : "no");
    tree_attr(&p->t, n, "carried", carried_code(why));
    p->topic.recorded += known;
    p->topic.discussed += progress != PROGRESS_NOT_DISCUSSED;
    p->topic.answered += *answer == 'y';
    count_issue(p, issue, out, why);
}

void add_issue(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue *i = &p->w->issues.v[issue];
    const struct totals before = p->topic;
    struct outcome out = {.disposition = DISPOSITION_OPEN};
    xmlNode *n = tree_add(&p->t, parent, "issue");
    add_issue_state(p, n, issue);
    p->standing.n = 0;
    if (i->record)
        find_standing(p, i->record);
    uint32_t closed = add_questions(p, n, issue);
    add_original(p, n, issue);
    add_addressees(p, n, i->text->to);
    bool known = add_record(p, n, issue, &out);
    if (i->text->p.n > 1)
        tree_number(&p->t, n, "closed", closed);
    if (p->topic.brackets != before.brackets)
        tree_number(&p->t, n, "brackets", p->topic.brackets - before.brackets);
    if (p->topic.broken != before.broken)
        tree_number(&p->t, n, "broken", p->topic.broken - before.broken);
    add_outcome(p, n, issue, &out, answered(p, issue, closed), known);
}
