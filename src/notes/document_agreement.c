#include "document_private.h"

#include <string.h>

/* ---- what an issue was called agreed in spite of */

/* Whether the room knows that the side took that stance: it shared such a position. */
static bool is_known(const struct projection *p, uint32_t issue, enum stance stance,
                     const char *piece) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    for (size_t i = 0; i < r->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[r->entries.v[i]];
        const char *name = side_name(p->w, e->side);
        size_t len = strlen(name);
        if (e->kind == ENTRY_POSITION && e->live && !e->retracted && e->shared &&
            e->stance == stance && strncmp(piece, name, len) == 0 && piece[len] == ' ')
            return true;
    }
    return false;
}

/* The objections as they were recorded, without those that rest on a private position. */
static void say_override(const struct projection *p, uint32_t issue, const char *text,
                         struct buf *out) {
    for (size_t len; *text; text += len + strspn(text + len, "; ")) {
        const char *stop = strstr(text, "; ");
        len = stop ? (size_t)(stop - text) : strlen(text);
        enum stance stance = objection_stance(text, len);
        bool open =
            p->o->private || stance == STANCE_NONE || is_known(p, issue, stance, text);
        if (open && len) {
            buf_puts(out, out->len ? "; " : "");
            buf_add(out, text, len);
        }
    }
}

static void add_override(struct projection *p, xmlNode *n, uint32_t issue,
                         const char *text) {
    struct buf out = BUF_INIT;
    if (!*text)
        return;
    xmlNode *override = tree_add(&p->t, n, "override");
    if (sides_told(p))
        say_override(p, issue, text, &out);
    tree_text(&p->t, override, out.s, out.len);
    buf_release(&out);
}

/* ---- the history of outcomes */

struct asked {
    char side[MEMO_ID_MAX + 1];
    bool confirmed;
    xmlNode *n;
};

struct history {
    struct projection *p;
    uint32_t issue;
    struct outcome out;
    xmlNode *parent, *step;
    VEC(struct asked) asked; /* by the step in force */
};

static void end_step(struct history *h) {
    for (size_t i = 0; i < h->asked.n; i++) {
        const struct asked *a = &h->asked.v[i];
        if (a->n)
            tree_attr(&h->p->t, a->n, "confirmed", a->confirmed ? "yes" : "no");
    }
    h->asked.n = 0;
    h->step = NULL;
}

static void ask_sides(struct history *h, const struct event *e) {
    const char *list = event_get(e, FIELD_SIDES);
    struct asked a = {.confirmed = false};
    while (next_word(&list, a.side, sizeof a.side)) {
        a.n = h->step ? tree_add(&h->p->t, h->step, "asked") : NULL;
        if (a.n)
            add_side(h->p, a.n, a.side);
        vec_push(&h->asked, a);
    }
}

static void add_keeper(struct projection *p, xmlNode *n, const char *owner) {
    struct voice v = voice_of(p, owner, "", p->o->attribution);
    if (*v.person || *v.side)
        add_voice(p, tree_add(&p->t, n, "keeper"), v, "owner");
}

static void add_step(struct history *h, uint32_t index, int code) {
    struct projection *p = h->p;
    const struct event *e = &p->w->log.v[index].event;
    xmlNode *n = h->step = tree_add(&p->t, h->parent, "disposition");
    tree_attr(&p->t, n, "code", dispositions[code].code);
    tree_attr(&p->t, n, "words", dispositions[code].words);
    add_time(p, n, e->at);
    add_earlier(p, n, index);
    add_typed(p, n, e->text);
    add_override(p, n, h->issue, event_get(e, FIELD_OVERRIDE));
    if (code == DISPOSITION_DEFERRED)
        add_keeper(p, n, event_get(e, FIELD_OWNER));
}

static void take_step(struct history *h, uint32_t index) {
    const struct event *e = &h->p->w->log.v[index].event;
    int code = disposition_code_parse(event_get(e, FIELD_DISPOSITION));
    end_step(h);
    h->out.disposition = (uint8_t)code;
    h->out.disposed = true;
    if (is_of_sitting(h->p, index)) {
        add_step(h, index, code);
        h->out.step = true;
    }
    if (code == DISPOSITION_AD_REFERENDUM)
        ask_sides(h, e);
}

/* A side confirms; where it is the last, the issue is agreed. */
static void take_confirmation(struct history *h, uint32_t index) {
    struct projection *p = h->p;
    const struct event *e = &p->w->log.v[index].event;
    const char *side = event_get(e, FIELD_SIDE);
    bool was_asked = false, all = true;
    for (size_t i = 0; i < h->asked.n; i++) {
        struct asked *a = &h->asked.v[i];
        if (!a->confirmed && strcmp(a->side, side) == 0)
            was_asked = a->confirmed = true;
        all = all && a->confirmed;
    }
    if (!was_asked)
        return; /* an undo took back what it confirmed */
    if (all)
        h->out.disposition = DISPOSITION_AGREED;
    if (!is_of_sitting(p, index))
        return;
    h->out.step = true;
    xmlNode *n = tree_add(&p->t, h->step ? h->step : h->parent, "confirmation");
    add_side(p, n, side);
    add_time(p, n, e->at);
    add_typed(p, n, e->text);
}

struct outcome add_dispositions(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    struct history h = {.p = p, .issue = issue, .parent = parent};
    xmlNode *last = NULL;
    for (size_t i = 0; i < r->events.n && r->events.v[i] < p->end; i++) {
        const struct log_item *item = &p->w->log.v[r->events.v[i]];
        if (item->dead)
            continue;
        if (item->event.kind->id == EVENT_DISPOSITION)
            take_step(&h, r->events.v[i]);
        else if (item->event.kind->id == EVENT_CONFIRM)
            take_confirmation(&h, r->events.v[i]);
        last = h.step ? h.step : last;
    }
    for (size_t i = 0; i < h.asked.n; i++)
        h.out.confirming = h.out.confirming || !h.asked.v[i].confirmed;
    end_step(&h);
    vec_release(&h.asked);
    if (last)
        tree_attr(&p->t, last, "last", "yes");
    return h.out;
}

/* ---- read-backs */

static void add_word(struct projection *p, xmlNode *parent, const struct assent_word *w) {
    static const char *const codes[] = {[ASSENT_GIVEN] = "assent",
                                        [ASSENT_RESERVATION] = "reservation",
                                        [ASSENT_SILENCE] = "silence"};
    xmlNode *n = tree_add(&p->t, parent, "word");
    add_side(p, n, w->side);
    tree_attr(&p->t, n, "assent", codes[w->assent]);
    add_time(p, n, w->at);
    add_typed(p, n, w->text);
}

static int by_said(const void *a, const void *b) {
    const struct assent_word *x = a, *y = b;
    int c = (x->assent > y->assent) - (x->assent < y->assent);
    return c ? c : strcmp(x->text, y->text);
}

/* In the order they came; where sides are not told, by what was said. */
static void add_words(struct projection *p, xmlNode *n, const struct readback *b) {
    struct assent_word *v = mem_array(NULL, b->words.n + 1, sizeof *v);
    if (b->words.n)
        memcpy(v, b->words.v, b->words.n * sizeof *v);
    if (!sides_told(p))
        qsort(v, b->words.n, sizeof *v, by_said);
    for (size_t i = 0; i < b->words.n; i++)
        add_word(p, n, &v[i]);
    mem_free(v);
}

static void add_sub_ref(struct projection *p, xmlNode *n, uint32_t issue, uint16_t sub) {
    if (sub == 0)
        return;
    tree_number(&p->t, n, "sub", sub);
    add_issue_ref(p, n, issue, sub);
}

static void add_readback(struct projection *p, xmlNode *parent, uint32_t index) {
    const struct readback *b = &p->w->readbacks.v[index];
    bool covers = readback_covers(p->w, index);
    xmlNode *n = tree_add(&p->t, parent, "readback");
    add_sub_ref(p, n, b->issue, b->sub);
    add_time(p, n, b->at);
    tree_attr(&p->t, n, "covers", covers ? "yes" : "no");
    add_yes(p, n, "last", issue_readback(p->w, b->issue, b->sub) == index);
    add_earlier(p, n, b->event);
    add_answer_text(p, n, b->text, NULL, NULL);
    if (!covers)
        add_answer_text(p, tree_add(&p->t, n, "current"),
                        issue_wording(p->w, b->issue, b->sub), NULL, NULL);
    add_words(p, n, b);
}

bool add_readbacks(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    bool any = false;
    for (size_t i = 0; p->w->readbacks.n && i < r->events.n; i++) {
        uint32_t index = r->events.v[i];
        const struct log_item *item = &p->w->log.v[index];
        if (item->event.kind->id != EVENT_READBACK || !is_of_sitting(p, index))
            continue;
        const struct readback *b = &p->w->readbacks.v[item->object];
        if (b->event != index || !b->live)
            continue;
        add_readback(p, parent, item->object);
        any = true;
    }
    return any;
}

/* ---- versions of an answer */

static void add_version(struct projection *p, xmlNode *parent, uint32_t index,
                        unsigned number) {
    const struct log_item *item = &p->w->log.v[index];
    const struct entry *e = &p->w->entries.v[item->object];
    xmlNode *n = tree_add(&p->t, parent, "wording");
    tree_number(&p->t, n, "n", number);
    add_sub_ref(p, n, e->issue, e->sub);
    add_time(p, n, item->event.at);
    add_yes(p, n, "last",
            issue_answer(p->w, e->issue, e->sub) == item->object && e->last == index);
    add_earlier(p, n, index);
    add_answer_text(p, n, item->event.text, NULL, NULL);
}

void add_wordings(struct projection *p, xmlNode *parent, uint32_t issue) {
    wording_vec v = {0};
    for (uint16_t sub = 0; sub <= issue_subs(p->w, issue); sub++) {
        v.n = 0;
        wordings_of(p->w, issue, sub, &v);
        for (size_t i = 0; i < v.n; i++)
            if (is_of_sitting(p, v.v[i].event))
                add_version(p, parent, v.v[i].event, (unsigned)i + 1);
    }
    vec_release(&v);
}

/* ---- temperature */

/* Of all: what was said of the answer in force. Of a sitting: what was said in it. */
static bool counts(const struct projection *p, uint32_t issue, const struct sounding *s) {
    uint32_t answer = issue_answer(p->w, issue, 0);
    if (p->o->sitting != NONE)
        return is_of_sitting(p, s->event);
    return answer == NONE || s->event >= p->w->entries.v[answer].last;
}

static void add_levels(struct projection *p, xmlNode *n, const uint32_t *count,
                       uint32_t total) {
    for (int level = 1; level <= LEVEL_COUNT; level++) {
        xmlNode *k = tree_add(&p->t, n, "level");
        tree_number(&p->t, k, "n", level);
        tree_attr(&p->t, k, "words", level_words(level));
        tree_number(&p->t, k, "count", count[level]);
        add_share(p, k, count[level], total);
    }
}

static void add_asked_voice(struct projection *p, xmlNode *parent,
                            const struct sounding *s) {
    xmlNode *n = tree_add(&p->t, parent, "voice");
    struct voice v = {"", s->side};
    tree_number(&p->t, n, "n", s->level);
    tree_attr(&p->t, n, "words", level_words(s->level));
    add_voice(p, n, s->person == NONE ? v : voice_of_person(p, s->person), "person");
}

bool add_sounding(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    uint32_t count[LEVEL_COUNT + 1] = {0}, total = 0;
    for (size_t i = 0; sides_told(p) && i < r->soundings.n; i++)
        if (counts(p, issue, &r->soundings.v[i])) {
            count[r->soundings.v[i].level]++;
            total++;
        }
    if (total == 0)
        return false;
    xmlNode *n = tree_add(&p->t, parent, "sounding");
    tree_number(&p->t, n, "total", total);
    add_levels(p, n, count, total);
    for (size_t i = 0; people_told(p) && i < r->soundings.n; i++)
        if (counts(p, issue, &r->soundings.v[i]))
            add_asked_voice(p, n, &r->soundings.v[i]);
    return true;
}

/* ---- what a recommendation rests on */

static void add_support(struct projection *p, xmlNode *parent, struct ref r) {
    uint8_t d = p->w->issues.v[r.issue].disposition;
    xmlNode *n = tree_add(&p->t, parent, "support");
    add_ref(p, n, r);
    tree_attr(&p->t, n, "disposition", dispositions[d].code);
    tree_attr(&p->t, n, "disposition-words", dispositions[d].words);
    add_yes(p, n, "doubt", d != DISPOSITION_AGREED && d != DISPOSITION_NOTED);
}

bool add_supports(struct projection *p, xmlNode *parent, uint32_t issue) {
    const struct issue_record *r = p->w->issues.v[issue].record;
    const char *list = r->supports;
    struct buf doubts = BUF_INIT;
    char word[64];
    bool any = false;
    while (next_word(&list, word, sizeof word)) {
        struct err ignored = ERR_INIT;
        struct ref ref;
        if (ref_parse(p->w, word, &ref, &ignored) == 0 && ref.issue != NONE) {
            add_support(p, parent, ref);
            any = true;
        }
        err_release(&ignored);
    }
    if (any)
        recommendation_doubts(p->w, issue, &doubts);
    add_named(p, parent, "doubt", doubts.s);
    buf_release(&doubts);
    return any;
}
