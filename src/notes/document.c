#include "document_private.h"

#include <string.h>

const char *carried_code(enum carried why) {
    static const char *const codes[] = {[CARRIED_NOT] = "",
                                        [CARRIED_OPEN] = "open",
                                        [CARRIED_BRACKETED] = "bracketed",
                                        [CARRIED_DEFERRED] = "deferred",
                                        [CARRIED_NO_ANSWER] = "no-answer",
                                        [CARRIED_TO_CONFIRM] = "to-confirm"};
    return codes[why];
}

/* ---- topics */

static void add_count(struct projection *p, xmlNode *n, const char *name,
                      unsigned count) {
    tree_number(&p->t, n, name, count);
}

static void add_totals(struct projection *p, xmlNode *n, const struct totals *t) {
    add_count(p, n, "issues", t->issues);
    add_count(p, n, "recorded", t->recorded);
    add_count(p, n, "discussed", t->discussed);
    add_count(p, n, "answered", t->answered);
    add_count(p, n, "positions", t->positions);
    add_count(p, n, "notes", t->notes);
    add_count(p, n, "actions", t->actions);
    add_count(p, n, "done", t->done);
    add_count(p, n, "carried", t->carried);
    add_count(p, n, "brackets", t->brackets);
    add_spent(p, n, t->spent);
}

static void add_outcomes(struct projection *p, xmlNode *parent, const struct totals *t) {
    for (int d = 0; d < DISPOSITION_COUNT; d++) {
        if (t->dispositions[d] == 0)
            continue;
        xmlNode *n = tree_add(&p->t, parent, "disposition");
        tree_attr(&p->t, n, "code", dispositions[d].code);
        tree_attr(&p->t, n, "words", dispositions[d].words);
        add_count(p, n, "count", t->dispositions[d]);
        add_share(p, n, t->dispositions[d], t->issues);
    }
}

static void sum_totals(struct totals *all, const struct totals *t) {
    all->issues += t->issues;
    all->recorded += t->recorded;
    all->discussed += t->discussed;
    all->answered += t->answered;
    all->positions += t->positions;
    all->notes += t->notes;
    all->actions += t->actions;
    all->done += t->done;
    all->brackets += t->brackets;
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
    add_outcomes(p, n, &p->topic);
    add_box(p, n, topic_box(p->w, topic), p->topic.spent);
    add_totals(p, n, &p->topic);
    if (!advice)
        sum_totals(&p->all, &p->topic);
}

/* ---- the lists after the topics */

static void add_action_list(struct projection *p, xmlNode *root) {
    xmlNode *list = tree_add(&p->t, root, "actions");
    add_count(p, list, "count", (unsigned)p->actions.n);
    unsigned owned = 0, due = 0, done = 0;
    for (size_t i = 0; i < p->actions.n; i++) {
        const struct entry *e = &p->w->entries.v[p->actions.v[i]];
        struct voice v = voice_of_entry(p, e);
        add_action(p, list, e, i + 1);
        owned += *v.person || *v.side;
        due += *e->due != '\0';
        done += e->done;
    }
    add_count(p, list, "owned", owned);
    add_count(p, list, "dated", due);
    add_count(p, list, "done", done);
}

static void add_carried_list(struct projection *p, xmlNode *root) {
    xmlNode *list = tree_add(&p->t, root, "carried");
    add_count(p, list, "count", (unsigned)p->carried.n);
    for (size_t i = 0; i < p->carried.n; i++) {
        const struct carried_issue *c = &p->carried.v[i];
        const struct issue *s = &p->w->issues.v[c->issue];
        xmlNode *n = tree_add(&p->t, list, "issue");
        add_issue_ref(p, n, c->issue, 0);
        tree_attr(&p->t, n, "carried", carried_code((enum carried)c->why));
        tree_attr(&p->t, n, "disposition", dispositions[c->disposition].code);
        if (s->priority)
            tree_number(&p->t, n, "priority", s->priority);
        add_wording(p, n, c->issue);
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
        bool in_memo = i < m->sides.n; /* public; that others were there may not be */
        if (!s->live || (!in_memo && !sides_told(p)))
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

static void add_warnings(struct projection *p, xmlNode *root) {
    lone_vec v = {0};
    struct buf words = BUF_INIT;
    find_lone_sides(p, &v);
    for (size_t i = 0; i < v.n; i++) {
        xmlNode *n = tree_add(&p->t, root, "warning");
        buf_clear(&words);
        lone_side_say(p, &v.v[i], &words);
        tree_attr(&p->t, n, "kind", "single-member");
        add_side(p, n, v.v[i].side);
        add_count(p, n, "count", v.v[i].count);
        tree_text(&p->t, n, words.s, words.len);
    }
    vec_release(&v);
    buf_release(&words);
}

/* ---- the whole */

static struct projection projection_of(const struct workbook *w,
                                       const struct notes_options *o, unsigned needs) {
    struct projection p = {.w = w, .o = o, .needs = needs, .end = UINT32_MAX};
    uint32_t sitting = o->sitting;
    p.room = room_time(w, o->now);
    if (sitting != NONE) {
        p.first = w->room.sittings.v[sitting].first;
        if (sitting + 1 < w->room.sittings.n)
            p.end = w->room.sittings.v[sitting + 1].first;
    }
    return p;
}

static void warn_of_private(const struct projection *p, struct buf *out) {
    unsigned n = 0;
    for (size_t i = 0; !p->o->private && i < p->w->entries.n; i++) {
        const struct entry *e = &p->w->entries.v[i];
        n += e->kind == ENTRY_POSITION && !e->shared && e->live && !e->retracted &&
             is_of_sitting(p, e->event);
    }
    if (n)
        buf_addf(out, "%u %s not shared with the room and %s left out\n", n,
                 n == 1 ? "position was" : "positions were", n == 1 ? "is" : "are");
}

void notes_lone_sides(const struct workbook *w, const struct notes_options *o,
                      lone_vec *out) {
    struct projection p = projection_of(w, o, 0);
    find_lone_sides(&p, out);
}

void notes_document_warnings(const struct workbook *w, const struct notes_options *o,
                             const lone_vec *lone, struct buf *out) {
    struct projection p = projection_of(w, o, 0);
    for (size_t i = 0; i < lone->n; i++) {
        lone_side_say(&p, &lone->v[i], out);
        buf_putc(out, '\n');
    }
    warn_of_private(&p, out);
}

static void add_root(struct projection *p, xmlNode *root) {
    const struct workbook *w = p->w;
    tree_attr(&p->t, root, "version", "1");
    tree_attr(&p->t, root, "lang", *w->memo->lang ? w->memo->lang : "en");
    tree_attr(&p->t, root, "rule", memo_rule_name(w->memo->rule));
    tree_attr(&p->t, root, "attribution", attribution_code(p->o->attribution));
    add_time(p, root, p->o->now);
    if (p->o->sitting != NONE) {
        tree_number(&p->t, root, "sitting", p->o->sitting + 1);
        tree_attr(&p->t, root, "sitting-title", w->room.sittings.v[p->o->sitting].title);
    }
    add_yes(p, root, "private", p->o->private);
}

xmlDoc *notes_document(const struct workbook *w, const struct notes_options *o,
                       unsigned needs) {
    return notes_document_veiled(w, o, needs, NULL, 0);
}

xmlDoc *notes_document_veiled(const struct workbook *w, const struct notes_options *o,
                              unsigned needs, const struct lone_side *v, size_t n) {
    struct projection p = projection_of(w, o, needs);
    p.veiled = v;
    p.n_veiled = n;
    xmlNode *root = tree_init(&p.t, "notes");
    if (o->sitting != NONE)
        find_spent(&p);
    add_root(&p, root);
    add_head(&p, root);
    add_carried_from(&p, root);
    add_sittings(&p, root);
    add_attendance(&p, root);
    xmlNode *totals = tree_add(&p.t, root, "totals");
    add_balances(&p, root);
    add_off_record(&p, root);
    for (uint32_t t = 0; t < w->topics.n; t++)
        add_topic(&p, root, t);
    add_action_list(&p, root);
    add_carried_list(&p, root);
    add_background(&p, root);
    add_totals(&p, totals, &p.all);
    add_outcomes(&p, totals, &p.all);
    if (needs & NEEDS_INTERVENTIONS)
        add_interventions(&p, root);
    if (needs & NEEDS_TIMELINE)
        add_timeline(&p, root);
    add_warnings(&p, root);
    vec_release(&p.actions);
    vec_release(&p.carried);
    vec_release(&p.standing);
    vec_release(&p.said);
    mem_free(p.spent);
    return tree_done(&p.t);
}
