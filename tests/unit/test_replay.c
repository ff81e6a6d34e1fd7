/*
 * Long random logs of every kind of event, with undo and redo in runs: the state is at
 * any moment what the events that count give in a workbook that has seen no other, and
 * carried forward, what goes along is as it was. What cannot be applied (a random event
 * often cannot) is set aside and changes nothing. Written to a file and read from it, it
 * is all the same.
 */
#include "fixture.h"

#include "model/agreement.h"
#include "model/carry.h"
#include "store/workbook_file.h"

#include <stdio.h>
#include <unistd.h>

/* The first events stay: the people are in the order of their first mention. */
enum { LOGS = 100, STEPS = 400, LOOK_EVERY = 16, PEOPLE = 5 };

/* %i an issue or sub-question, %s a side, %p a participant, %e an entry, %r a read-back,
 * %n a number from 1 to 3, %t a text, %w the event before, or what leads its group. */
static const char *const shapes[] = {
    "note issue=%i kind=against speaker=%p :%t",
    "note issue=%i side=%s attribution=none :%t",
    "answer issue=%i :%t",
    "answer issue=%i resolves=1,ru :%t",
    "position issue=%i side=%s stance=against :%t",
    "position issue=%i side=%s stance=conditional :%t",
    "position issue=%i side=%s stance=for :%t",
    "action issue=%i owner=%p due=2011-12-24 :%t",
    "priority issue=%i priority=%n",
    "disposition issue=%i disposition=agreed override=%t",
    "disposition issue=%i disposition=agreed-ad-referendum sides=us,ru :%t",
    "disposition issue=%i disposition=agreed-ad-referendum sides=%s",
    "disposition issue=%i disposition=deferred owner=%p :%t",
    "disposition issue=%i disposition=bracketed",
    "disposition issue=%i disposition=open",
    "discuss issue=%i state=start",
    "discuss issue=%i state=start",
    "discuss issue=%i state=stop",
    "issue issue=A.c :%t",
    "issue issue=B.d kind=area :%t",
    "issue issue=A.b :One?&Two %t?",
    "issue issue=A.b :One?&Two?&Three %t?",
    "revise event=%e :%t",
    "revise event=%e kind=fact attribution=side stance=for owner=%p :%t",
    "move event=%e issue=%i",
    "retract event=%e :%t",
    "share event=%e state=shared",
    "share event=%e state=private",
    "done event=%e state=done :%t",
    "done event=%e state=open",
    "confirm issue=%i side=%s :%t",
    "confirm issue=%i side=%s",
    "readback issue=%i state=start :%t",
    "readback issue=%i state=end",
    "assent event=%r side=%s state=assent",
    "assent event=%r side=%s state=reservation :%t",
    "assent event=%r side=%s state=silence",
    "subquestion issue=A.b.%n state=answered :%t",
    "subquestion issue=A.b.%n state=not-applicable",
    "subquestion issue=A.b.%n state=open",
    "support issue=R.a issues=A.a,B.%t",
    "support issue=R.a issues=A.b.%n,B.b",
    "support issue=R.a",
    "sounding issue=%i side=%s level=%n",
    "sounding issue=%i person=%p level=%n",
    "sitting",
    "sitting state=adjourn",
    "sitting state=resume",
    "sitting state=plan until=2011-12-06T17:00:00.000Z",
    "person person=%p side=%s role=observer :%t",
    "person person=%p constituency=%t group=%w :%t",
    "person person=%p side=%s group=%w :%t",
    "person person=%p state=removed :gone",
    "presence person=%p state=arrive",
    "presence person=%p state=leave",
    "presence state=arrive",
    "side side=%s :%t",
    "side side=eu :European Union",
    "floor state=add person=%p",
    "floor state=order person=%p",
    "floor state=give",
    "floor state=give person=%p",
    "floor state=end",
    "floor state=move person=%p place=%n",
    "floor state=withdraw person=%p",
    "floor state=tour",
    "floor state=close",
    "floor state=open",
    "timebox issue=%i minutes=%n0",
    "timebox issue=B minutes=%n0",
    "record state=off",
    "record state=on",
    "released attribution=none template=chair format=pdf :%t",
    "expunged events=x.%n",
};

static uint32_t seed, log_number;

static uint32_t chance(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static const char *any(const char *const *words, size_t n) {
    return words[chance((uint32_t)n)];
}
#define ANY(...)                                                                         \
    any((const char *const[]){__VA_ARGS__},                                              \
        sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static const char *id_at(const struct workbook *w, uint32_t index) {
    return w->log.v[index].event.id;
}

static const char *name_of(const struct workbook *w, uint32_t index) {
    return index == NONE ? "-" : id_at(w, index);
}

/* A group has no other event among its own. */
static const char *leader(const struct workbook *w) {
    uint32_t first = workbook_undo_target(w);
    const struct log_item *last = &w->log.v[w->log.n - 1];
    bool its_own = first == w->log.n - 1 || last->follows;
    return first != NONE && its_own ? id_at(w, first) : "";
}

/* What was undone is there to nobody. */
static const char *live_entry(const struct workbook *w) {
    uint32_t entry = w->entries.n ? chance((uint32_t)w->entries.n) : NONE;
    bool live = entry != NONE && w->entries.v[entry].live;
    return live ? id_at(w, w->entries.v[entry].event) : "none";
}

static const char *live_issue(const struct workbook *w) {
    const char *cite =
        ANY("A.a", "A.b", "A.b.1", "A.b.2", "A.b.3", "B.a", "B.c", "R.a", "A.c", "B.d");
    struct err ignored = ERR_INIT;
    struct ref r;
    bool live = ref_parse(w, cite, &r, &ignored) == 0 && w->issues.v[r.issue].live;
    err_release(&ignored);
    return live ? cite : "none";
}

static void add_part(const struct workbook *w, char part, struct buf *out) {
    uint32_t at;
    switch (part) {
    case 'i':
        buf_puts(out, live_issue(w));
        return;
    case 's':
        buf_puts(out, ANY("us", "ru", "eu"));
        return;
    case 'p':
        buf_puts(out, ANY("lee", "petrov", "munoz"));
        return;
    case 'e':
        buf_puts(out, live_entry(w));
        return;
    case 'r':
        at = (uint32_t)w->readbacks.n - 1;
        buf_puts(out, w->readbacks.n && w->readbacks.v[at].live
                          ? id_at(w, w->readbacks.v[at].event)
                          : "none");
        return;
    case 'n':
        buf_putc(out, (char)('1' + chance(3)));
        return;
    case 'w':
        buf_puts(out, leader(w));
        return;
    default:
        buf_puts(out, ANY("a", "b", "[ru:not|us:soon]", "[us:x|eu:[ru:y|us:z]]",
                          "[eu:one", "c[d]", "<d>&amp;\"中'"));
    }
}

static void random_words(const struct workbook *w, struct buf *out) {
    const char *shape = shapes[chance(sizeof shapes / sizeof *shapes)];
    uint32_t way = chance(10), undo = workbook_undo_target(w);
    if (undo != NONE && undo < PEOPLE)
        undo = NONE;
    uint32_t redo = workbook_redo_target(w);
    if (way < 3 && undo != NONE) {
        buf_addf(out, "undo event=%s", id_at(w, undo));
    } else if (way < 5 && redo != NONE) {
        buf_addf(out, "undo event=%s", id_at(w, redo));
    } else {
        for (const char *p = shape; *p; p++)
            if (*p == '%')
                add_part(w, *++p, out);
            else
                buf_putc(out, *p == '&' ? '\n' : *p);
    }
}

/* ---- the state, told in full; events by their ids */

static void tell_entry(const struct workbook *w, uint32_t entry, bool carried,
                       struct buf *out) {
    const struct entry *e = &w->entries.v[entry];
    if (!e->live)
        return;
    buf_addf(out, "  %s %d.%d.%d sub %d%s%s%s%s “%s” %s %s %s %s +%d", id_at(w, e->event),
             e->kind, e->note_kind, e->attribution, e->sub,
             e->retracted ? " retracted" : "", e->shared ? " shared" : "",
             e->done ? " done" : "", entry_stands(w, entry) ? " stands" : "", e->text,
             e->speaker, e->side, e->owner, e->due, e->stance);
    buf_addf(out, " %s\n", carried ? "" : id_at(w, e->last));
}

static void tell_record(const struct workbook *w, uint32_t issue, struct buf *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    if (!r)
        return;
    if (r->reworded != NONE || r->disposed != NONE)
        buf_addf(out, "  worded %s disposed %s asked %s owner %s\n",
                 name_of(w, r->reworded), name_of(w, r->disposed), r->asked, r->owner);
    for (size_t i = 0; i < r->confirmed.n; i++)
        buf_addf(out, "  confirmed %s %s %s\n", r->confirmed.v[i].side,
                 id_at(w, r->confirmed.v[i].event), r->confirmed.v[i].text);
    for (size_t i = 0; i < r->subs.n; i++)
        buf_addf(out, "  sub %d %d %s\n", r->subs.v[i].sub, r->subs.v[i].state,
                 r->subs.v[i].text);
    for (size_t i = 0; i < r->soundings.n; i++) {
        const struct sounding *s = &r->soundings.v[i];
        buf_addf(out, "  level %d %s %s\n", s->level, s->side,
                 s->person == NONE ? "" : w->room.people.v[s->person].id);
    }
}

static void tell_wordings(const struct workbook *w, uint32_t issue, struct buf *out) {
    for (uint16_t sub = 0; sub <= 3; sub++) {
        wording_vec v = {0};
        wordings_of(w, issue, sub, &v);
        for (size_t i = 0; i < v.n; i++)
            buf_addf(out, "  %d: %s %s\n", sub, id_at(w, v.v[i].event), v.v[i].text);
        vec_release(&v);
        buf_addf(out, "  %d: %s%s\n", sub, issue_wording(w, issue, sub),
                 issue_sub_closed(w, issue, sub) ? " closed" : "");
    }
}

/* What of an issue goes along to the next meeting; `carried`: leaves out what does not.
 */
static void tell_issue(const struct workbook *w, uint32_t issue, bool carried,
                       struct buf *out) {
    const struct issue *i = &w->issues.v[issue];
    const struct issue_record *r = i->record;
    objection_vec v = {0};
    uint32_t counts[LEVEL_COUNT + 1];
    if (!i->live)
        return;
    ref_print(w, ref_of_issue(w, issue), out);
    buf_puts(out, ": ");
    issue_words(w, issue, out);
    buf_addf(out, " p%d %s k%d %d', [%d !%d%s\n", i->priority,
             dispositions[i->disposition].code, i->text->kind, i->minutes, i->n_brackets,
             i->n_broken, i->answered ? " answered" : "");
    agreement_objections(w, issue, &v);
    objections_say(w, &v, out);
    vec_release(&v);
    buf_addf(out, "\n%u soundings\n", (unsigned)soundings_count(w, issue, counts));
    tell_record(w, issue, out);
    tell_wordings(w, issue, out);
    for (size_t k = 0; r && k < r->entries.n; k++)
        tell_entry(w, r->entries.v[k], carried, out);
    if (carried)
        return;
    buf_addf(out, "  %s, %lld ms, rests on %s\n", progress_words(i->progress),
             (long long)issue_spent(w, issue, w->room.time), r ? r->supports : "");
    recommendation_doubts(w, issue, out);
}

static void tell_topic(const struct workbook *w, uint32_t topic, struct buf *out) {
    const struct topic *t = &w->topics.v[topic];
    buf_addf(out, "%s: %u live, %u answered, [%u, %lld ms, %d'\n", t->text->id,
             (unsigned)t->n_live, (unsigned)t->n_answered, (unsigned)t->n_brackets,
             (long long)t->spent, t->minutes);
    for (uint32_t i = 0; i < topic_count(w, topic); i++)
        tell_issue(w, topic_issue(w, topic, i), false, out);
}

static void tell_readbacks(const struct workbook *w, struct buf *out) {
    for (uint32_t i = 0; i < w->readbacks.n; i++) {
        const struct readback *b = &w->readbacks.v[i];
        if (!b->live)
            continue;
        buf_addf(out, "readback %s %s %d%s%s%s: %s\n", id_at(w, b->event),
                 issue_id(w, b->issue), b->sub, b->ended ? " ended" : "",
                 readback_now(w) == i ? " now" : "",
                 readback_covers(w, i) ? " covers" : "", b->text);
        for (size_t k = 0; k < b->words.n; k++)
            buf_addf(out, "  %s %d %s\n", b->words.v[k].side, b->words.v[k].assent,
                     b->words.v[k].text);
    }
}

static void tell_people(const struct workbook *w, struct buf *out) {
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        if (!*p->name)
            continue;
        buf_addf(out, "%s %s %s %s %d%s%s %u times, %lld ms:", p->id, p->name, p->side,
                 p->constituency, p->role, p->live ? " live" : "",
                 p->present ? " here" : "", (unsigned)p->interventions,
                 (long long)person_spoken(w, i, w->room.time));
        for (size_t k = 0; k < p->stays.n; k++)
            buf_addf(out, " %lld-%lld", (long long)p->stays.v[k].from,
                     (long long)p->stays.v[k].to);
        buf_putc(out, '\n');
    }
}

static void tell_room(const struct workbook *w, struct buf *out) {
    const struct floor *f = &w->room.floor;
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live)
            buf_addf(out, "side %s %s\n", w->room.sides.v[i].id, w->room.sides.v[i].name);
    for (size_t i = 0; i < f->list.n; i++)
        buf_addf(out, "waits %u as %d\n", (unsigned)f->list.v[i].person,
                 f->list.v[i].kind);
    buf_addf(out, "speaks %d since %lld%s%s\n", (int)f->speaker,
             f->speaker == NONE ? 0 : (long long)f->since, f->closed ? " closed" : "",
             f->tour ? " tour" : "");
    for (size_t i = 0; i < f->interventions.n; i++) {
        const struct intervention *v = &f->interventions.v[i];
        buf_addf(out, "spoke %u as %d of %s in %d, %lld ms\n", (unsigned)v->person,
                 v->kind, v->issue == NONE ? "-" : issue_id(w, v->issue), (int)v->sitting,
                 (long long)v->ms);
    }
    for (size_t i = 0; i < w->room.sittings.n; i++)
        buf_addf(out, "%s %lld-%lld until %lld: %lld ms\n", w->room.sittings.v[i].title,
                 (long long)w->room.sittings.v[i].opened,
                 (long long)w->room.sittings.v[i].adjourned,
                 (long long)w->room.sittings.v[i].until,
                 (long long)sitting_spent(w, (uint32_t)i, w->room.time));
    buf_addf(out, "%zu spells%s\n", w->room.off_record.n,
             w->room.is_off_record ? ", off the record" : "");
}

static void tell(const struct workbook *w, struct buf *out) {
    buf_addf(out, "discussed %s; undo %s\n",
             w->discussed == NONE ? "-" : issue_id(w, w->discussed),
             name_of(w, workbook_undo_target(w)));
    for (uint32_t t = 0; t < w->topics.n; t++)
        tell_topic(w, t, out);
    tell_readbacks(w, out);
    tell_people(w, out);
    tell_room(w, out);
}

static void assert_same(const struct buf *a, const struct buf *b, const char *what) {
    size_t at = 0, line = 0;
    for (; at < a->len && at < b->len && a->s[at] == b->s[at]; at++)
        line = a->s[at] == '\n' ? at + 1 : line;
    if (at < a->len || at < b->len)
        fail_msg("%s, log %u: “%.200s”, not “%.200s”", what, (unsigned)log_number,
                 a->s + line, b->s + line);
}

/* ---- against a workbook that has seen only what counts */

static bool counts(const struct log_item *item) {
    return !item->odd && !item->dead && item->event.kind->id != EVENT_UNDO;
}

static void assert_is_what_counts(const struct workbook *w) {
    struct workbook *plain = workbook_new(w->memo);
    struct buf told = BUF_INIT, again = BUF_INIT;
    struct err err = ERR_INIT;
    for (uint32_t i = 0; i < w->log.n; i++)
        if (counts(&w->log.v[i]) && workbook_apply(plain, &w->log.v[i].event, &err) < 0)
            fail_msg("%s: %s", id_at(w, i), err.what);
    /* What was undone took its time. */
    plain->room.time = w->room.time;
    tell(w, &told);
    tell(plain, &again);
    assert_same(&told, &again, "undone");
    buf_release(&told);
    buf_release(&again);
    workbook_free(plain);
}

static void assert_goes_along(const struct workbook *w) {
    struct carry c = {0};
    struct err err = ERR_INIT;
    struct buf told = BUF_INIT, next = BUF_INIT;
    carry_forward(&c, w, "from", "next.1", w->room.last_at);
    struct workbook *later = workbook_new(c.memo);
    for (size_t i = 0; i < c.events.n; i++)
        if (workbook_apply(later, &c.events.v[i], &err) < 0)
            fail_msg("carried: %s", err.what);
    assert_int_equal(c.left, 0);
    for (uint32_t i = 0; i < later->issues.n; i++) {
        struct buf cite = BUF_INIT;
        ref_store(later, ref_of_issue(later, i), &cite);
        tell_issue(w, fixture_issue(w, cite.s), true, &told);
        tell_issue(later, i, true, &next);
        buf_release(&cite);
    }
    assert_same(&told, &next, "carried");
    buf_release(&told);
    buf_release(&next);
    workbook_free(later);
    carry_release(&c);
}

/* ---- from a file */

static void take_memo(void *ctx, struct memo *m) {
    struct fixture *read = ctx;
    fixture_init(read, m);
}

static void take_event(void *ctx, const struct event *e) {
    struct fixture *read = ctx;
    struct err ignored = ERR_INIT;
    workbook_apply(read->w, e, &ignored);
    err_release(&ignored);
}

static void write_log(const struct workbook *w, const char *path) {
    VEC(struct event) events = {0};
    struct err err = ERR_INIT;
    for (uint32_t i = 0; i < w->log.n; i++) {
        vec_push(&events, w->log.v[i].event);
        events.v[i].n = i + 1;
    }
    if (workbook_file_create_with(path, w->memo, events.v, events.n, &err) < 0)
        fail_msg("%s", err.what);
    vec_release(&events);
}

static void assert_read_back(const struct workbook *w) {
    struct fixture read;
    const struct workbook_sink sink = {&read, take_memo, take_event, NULL};
    struct err err = ERR_INIT;
    struct buf told = BUF_INIT, again = BUF_INIT;
    write_log(w, "w.xml");
    struct workbook_file *f = workbook_file_open("w.xml", WORKBOOK_READ, &sink, &err);
    if (!f)
        fail_msg("%s", err.what);
    assert_int_equal(read.w->log.n, w->log.n);
    tell(w, &told);
    tell(read.w, &again);
    assert_same(&told, &again, "read from the file");
    fixture_release(&read);
    assert_int_equal(workbook_file_close(f, &err), 0);
    assert_int_equal(unlink("w.xml"), 0);
    buf_release(&told);
    buf_release(&again);
}

static void random_log(struct fixture *f) {
    void *book = f;
    fixture_apply(&book, "sitting state=open");
    fixture_apply(&book, "person person=lee side=us :Anne LEE");
    fixture_apply(&book, "person person=petrov side=ru :Ivan PETROV");
    fixture_apply(&book, "person person=munoz :Ana MUÑOZ");
    fixture_apply(&book, "side side=eu :EU");
    for (int i = 0; i < STEPS; i++) {
        struct buf words = BUF_INIT;
        random_words(f->w, &words);
        fixture_record(&book, 1000 * (int64_t)(1 + chance(9)), words.s);
        buf_release(&words);
        if (i % LOOK_EVERY == 0)
            assert_is_what_counts(f->w);
    }
}

static void every_kind_undone_and_redone(void **state) {
    (void)state;
    uint32_t undone[EVENT_KIND_COUNT] = {0};
    fixture_enter_scratch();
    for (log_number = 0; log_number < LOGS; log_number++) {
        struct fixture f;
        seed = log_number;
        fixture_init(&f, fixture_memo(""));
        random_log(&f);
        assert_is_what_counts(f.w);
        assert_goes_along(f.w);
        assert_read_back(f.w);
        for (size_t i = 0; i < f.w->log.n; i++)
            if (f.w->log.v[i].dead)
                undone[f.w->log.v[i].event.kind->id]++;
        fixture_release(&f);
    }
    for (int k = 0; k < EVENT_KIND_COUNT; k++)
        if (event_kinds[k].undoable && undone[k] == 0)
            fail_msg("no %s was undone", event_kinds[k].name);
    fixture_leave_scratch();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kind_undone_and_redone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
