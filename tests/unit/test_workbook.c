#include "fixture.h"

#include <stdio.h>

static const char *answer_of(const struct workbook *w, const char *cite, uint16_t sub) {
    uint32_t a = issue_answer(w, fixture_issue(w, cite), sub);
    return a == NONE ? NULL : w->entries.v[a].text;
}

static const struct issue *issue_of(const struct workbook *w, const char *cite) {
    return &w->issues.v[fixture_issue(w, cite)];
}

#define APPLY(w, words) assert_int_equal(fixture_event(w, 1000, words), 0)
#define REFUSE(w, words) assert_int_equal(fixture_event(w, 1000, words), -1)

static void cites(void **state) {
    struct workbook *w = fixture_book(state);
    static const char *const same[] = {"A(b)2", "a.b.2", "Ab2", "ab2", "A.B.2"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct ref r;
        struct err err = ERR_INIT;
        struct buf b = BUF_INIT;
        assert_int_equal(ref_parse(w, same[i], &r, &err), 0);
        ref_print(w, r, &b);
        assert_string_equal(b.s, "A(b)2");
        buf_clear(&b);
        ref_store(w, r, &b);
        assert_string_equal(b.s, "A.b.2");
        buf_release(&b);
    }
}

static void bad_cites(void **state) {
    static const char *const bad[] = {
        "",      "X",   "A(z)", "A(b)3", "A(b)0", "A(b",  "A(b))",        "A.b.2.1",
        "A(b.2", "(a)", "A()",  ".",     "A(b)x", "A..b", "Ab99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ref r;
        struct err err = ERR_INIT;
        assert_int_equal(ref_parse(fixture_book(state), bad[i], &r, &err), -1);
        assert_non_null(err.what);
        assert_non_null(err.todo);
        err_release(&err);
    }
}

static void topics_are_cited_too(void **state) {
    struct ref r;
    struct err err = ERR_INIT;
    assert_int_equal(ref_parse(fixture_book(state), "b", &r, &err), 0);
    assert_int_equal(r.topic, 1);
    assert_int_equal(r.issue, NONE);
    assert_int_equal(ref_parse(fixture_book(state), "R(a)", &r, &err), 0);
    assert_true(fixture_book(state)->topics.v[r.topic].text->recommendations);
}

static void answers_supersede(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 answer issue=A.b :first");
    APPLY(w, "w.2 answer issue=A.b :second");
    APPLY(w, "w.3 answer issue=A.b.2 :of the part");
    assert_string_equal(answer_of(w, "A(b)", 0), "second");
    assert_string_equal(answer_of(w, "A(b)", 2), "of the part");
    assert_int_equal(w->topics.v[0].n_answered, 1);
    assert_false(entry_stands(w, 0));
    APPLY(w, "w.4 undo event=w.2");
    assert_string_equal(answer_of(w, "A(b)", 0), "first");
    APPLY(w, "w.5 retract event=w.1");
    assert_null(answer_of(w, "A(b)", 0));
    assert_int_equal(w->topics.v[0].n_answered, 0);
}

static void positions_are_one_a_side(void **state) {
    struct workbook *w = fixture_book(state);
    uint32_t ab = fixture_issue(w, "Ab");
    APPLY(w, "w.1 position issue=A.b side=us :yes");
    APPLY(w, "w.2 position issue=A.b side=ru :нет");
    APPLY(w, "w.3 position issue=A.b side=us :perhaps");
    assert_string_equal(w->entries.v[issue_position(w, ab, "us")].text, "perhaps");
    assert_string_equal(w->entries.v[issue_position(w, ab, "ru")].text, "нет");
}

static void undo_and_redo_walk_back_and_forth(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 priority issue=B.a priority=1");
    APPLY(w, "w.2 priority issue=B.a priority=3");
    assert_int_equal(workbook_undo_target(w), 1);
    APPLY(w, "w.3 undo event=w.2");
    assert_int_equal(issue_of(w, "Ba")->priority, 1);
    APPLY(w, "w.4 undo event=w.1");
    assert_int_equal(issue_of(w, "Ba")->priority, 0);
    assert_int_equal(workbook_undo_target(w), NONE);
    APPLY(w, "w.5 undo event=w.4"); /* redo */
    assert_int_equal(issue_of(w, "Ba")->priority, 1);
    APPLY(w, "w.6 undo event=w.3");
    assert_int_equal(issue_of(w, "Ba")->priority, 3);
    assert_int_equal(workbook_redo_target(w), NONE);
    APPLY(w, "w.7 undo event=w.5"); /* undo of a redo */
    assert_int_equal(issue_of(w, "Ba")->priority, 3);
}

static void a_new_change_forgets_redo(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 priority issue=B.a priority=1");
    APPLY(w, "w.2 undo event=w.1");
    assert_int_not_equal(workbook_redo_target(w), NONE);
    APPLY(w, "w.3 note issue=B.a :x");
    assert_int_equal(workbook_redo_target(w), NONE);
}

static void the_memos_priority_comes_back(void **state) {
    struct workbook *w = fixture_book(state);
    assert_int_equal(issue_of(w, "Bb")->priority, 2);
    APPLY(w, "w.1 priority issue=B.b priority=0");
    assert_int_equal(issue_of(w, "Bb")->priority, 0);
    APPLY(w, "w.2 undo event=w.1");
    assert_int_equal(issue_of(w, "Bb")->priority, 2);
}

static void entries_are_corrected_moved_withdrawn(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 note issue=A.a kind=for speaker=yak :teh list");
    APPLY(w, "w.2 revise event=w.1 kind=against :the list");
    APPLY(w, "w.3 move event=w.1 issue=B.c");
    const struct entry *e = &w->entries.v[0];
    assert_string_equal(e->text, "the list");
    assert_string_equal(e->speaker, "yak");
    assert_int_equal(e->note_kind, NOTE_AGAINST);
    assert_int_equal(issue_entries(w, fixture_issue(w, "Aa"), ENTRY_NOTE), 0);
    assert_int_equal(issue_entries(w, fixture_issue(w, "Bc"), ENTRY_NOTE), 1);
    APPLY(w, "w.4 undo event=w.3");
    assert_int_equal(issue_entries(w, fixture_issue(w, "Aa"), ENTRY_NOTE), 1);
    APPLY(w, "w.5 undo event=w.2");
    assert_string_equal(w->entries.v[0].text, "teh list");
    APPLY(w, "w.6 retract event=w.1");
    assert_int_equal(issue_entries(w, fixture_issue(w, "Aa"), ENTRY_NOTE), 0);
}

static void moved_entries_keep_the_order_of_the_log(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 note issue=A.a :one");
    APPLY(w, "w.2 note issue=B.c :two");
    APPLY(w, "w.3 move event=w.1 issue=B.c");
    const struct issue_record *r = issue_of(w, "Bc")->record;
    assert_int_equal(r->entries.n, 2);
    assert_int_equal(r->entries.v[0], 0);
    assert_int_equal(r->entries.v[1], 1);
}

static void issues_come_from_the_room(void **state) {
    struct workbook *w = fixture_book(state);
    char id[MEMO_ID_MAX + 1];
    topic_next_id(w, 0, id);
    assert_string_equal(id, "c");
    APPLY(w, "w.1 issue issue=A.c kind=question :What else?");
    assert_int_equal(w->topics.v[0].n_live, 3);
    APPLY(w, "w.2 issue issue=A.c :What else then?");
    struct buf b = BUF_INIT;
    issue_words(w, fixture_issue(w, "Ac"), &b);
    assert_string_equal(b.s, "What else then?");
    buf_clear(&b);
    APPLY(w, "w.3 undo event=w.2");
    issue_words(w, fixture_issue(w, "Ac"), &b);
    assert_string_equal(b.s, "What else?");
    buf_release(&b);
    APPLY(w, "w.4 undo event=w.1");
    assert_false(issue_of(w, "Ac")->live);
    assert_int_equal(w->topics.v[0].n_live, 2);
    topic_next_id(w, 0, id);
    assert_string_equal(id, "c");
}

static void an_issue_is_reworded(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 issue issue=A.a :Two\nparagraphs");
    assert_int_equal(issue_of(w, "Aa")->text->p.n, 2);
    APPLY(w, "w.2 undo event=w.1");
    assert_string_equal(issue_of(w, "Aa")->text->p.v[0].s, "First question?");
}

static void discussions_are_timed(void **state) {
    struct workbook *w = fixture_book(state);
    uint32_t aa = fixture_issue(w, "Aa"), ab = fixture_issue(w, "Ab");
    assert_int_equal(fixture_event(w, 1000, "w.1 discuss issue=A.a state=start"), 0);
    assert_int_equal(issue_spent(w, aa, room_time(w, 4000)), 3000);
    assert_int_equal(fixture_event(w, 5000, "w.2 discuss issue=A.b state=start"), 0);
    assert_int_equal(issue_spent(w, aa, 99000), 4000);
    assert_int_equal(w->discussed, ab);
    assert_int_equal(fixture_event(w, 7000, "w.3 discuss issue=A.b state=stop"), 0);
    assert_int_equal(issue_spent(w, ab, 99000), 2000);
    assert_int_equal(fixture_event(w, 8000, "w.4 undo event=w.2"), 0);
    assert_int_equal(w->discussed, aa);
    assert_int_equal(issue_spent(w, ab, 99000), 0);
    assert_int_equal(issue_spent(w, aa, room_time(w, 11000)), 10000);
}

static void time_never_runs_backwards(void **state) {
    struct workbook *w = fixture_book(state);
    uint32_t aa = fixture_issue(w, "Aa");
    assert_int_equal(fixture_event(w, 5000, "w.1 discuss issue=A.a state=start"), 0);
    assert_int_equal(issue_spent(w, aa, room_time(w, 1000)), 0);
    assert_int_equal(fixture_event(w, 1000, "w.2 discuss issue=A.a state=stop"), 0);
    assert_int_equal(issue_spent(w, aa, room_time(w, 9000)), 0);
}

static void progress_is_not_disposition(void **state) {
    struct workbook *w = fixture_book(state);
    assert_int_equal(issue_of(w, "Aa")->progress, PROGRESS_NOT_DISCUSSED);
    APPLY(w, "w.1 discuss issue=A.a state=start");
    assert_int_equal(issue_of(w, "Aa")->progress, PROGRESS_UNDER_DISCUSSION);
    APPLY(w, "w.2 note issue=B.a :x");
    assert_int_equal(issue_of(w, "Ba")->progress, PROGRESS_DISCUSSED);
    assert_int_equal(issue_of(w, "Ba")->disposition, DISPOSITION_OPEN);
    APPLY(w, "w.3 disposition issue=B.a disposition=bracketed");
    assert_int_equal(issue_of(w, "Ba")->disposition, DISPOSITION_BRACKETED);
}

static void odd_events_are_set_aside(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 note issue=A.a :fine");
    REFUSE(w, "w.1 note issue=A.a :the same id");
    REFUSE(w, "w.2 note issue=X.a :no such issue");
    REFUSE(w, "w.3 note issue=A :a topic");
    REFUSE(w, "w.4 priority issue=A.a priority=4");
    REFUSE(w, "w.5 disposition issue=A.a disposition=maybe");
    REFUSE(w, "w.6 undo event=w.99");
    REFUSE(w, "w.7 undo event=w.2");
    REFUSE(w, "w.8 action issue=A.a due=2011-02-30 :x");
    REFUSE(w, "w.9 note issue=A.a");
    REFUSE(w, "w.10 revise event=w.4 :not an entry");
    REFUSE(w, "w.11 issue issue=X.a :no topic");
    assert_int_equal(w->n_odd, 11);
    assert_int_equal(w->log.n, 12);
    assert_int_equal(issue_entries(w, fixture_issue(w, "Aa"), ENTRY_NOTE), 1);
}

static void unknown_kinds_are_kept(void **state) {
    struct workbook *w = fixture_book(state);
    struct err err = ERR_INIT;
    struct event e = {.name = "hologram", .id = "w.1", .n = 1, .text = "x"};
    assert_int_equal(workbook_apply(w, &e, &err), 0);
    assert_string_equal(w->log.v[0].event.name, "hologram");
    assert_int_equal(workbook_undo_target(w), NONE);
}

/* What the state says, as a text to compare. */
static void summarise(const struct workbook *w, struct buf *out) {
    for (uint32_t i = 0; i < w->issues.n; i++) {
        const struct issue *s = &w->issues.v[i];
        if (!s->live)
            continue;
        buf_addf(out, "%u:%d/%d/%d/%d/%lld", (unsigned)i, s->priority, s->disposition,
                 s->progress, s->answered, (long long)issue_spent(w, i, 0));
        for (size_t k = 0; s->record && k < s->record->entries.n; k++) {
            const struct entry *e = &w->entries.v[s->record->entries.v[k]];
            if (entry_stands(w, s->record->entries.v[k]))
                buf_addf(out, " %s@%s", e->text, e->speaker);
        }
        buf_putc(out, '\n');
    }
}

static unsigned next_random(unsigned *seed) {
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static void random_event(struct workbook *w, unsigned *seed, unsigned n) {
    static const char *const issues[] = {"A.a", "A.b", "B.a", "B.b", "B.c", "R.a"};
    const char *issue = issues[next_random(seed) % 6];
    char words[128];
    switch (next_random(seed) % 7) {
    case 0:
        snprintf(words, sizeof words, "w.%u note issue=%s speaker=s%u :t%u", n, issue, n,
                 n);
        break;
    case 1:
        snprintf(words, sizeof words, "w.%u answer issue=%s :a%u", n, issue, n);
        break;
    case 2:
        snprintf(words, sizeof words, "w.%u priority issue=%s priority=%u", n, issue,
                 n % 4);
        break;
    case 3:
        snprintf(words, sizeof words, "w.%u disposition issue=%s disposition=%s", n,
                 issue, dispositions[n % DISPOSITION_COUNT].code);
        break;
    case 4:
        snprintf(words, sizeof words, "w.%u move event=w.%u issue=%s", n,
                 next_random(seed) % n, issue);
        break;
    case 5:
        snprintf(words, sizeof words, "w.%u retract event=w.%u", n,
                 next_random(seed) % n);
        break;
    default:
        snprintf(words, sizeof words, "w.%u revise event=w.%u :r%u", n,
                 next_random(seed) % n, n);
    }
    fixture_event(w, (int64_t)n * 1000, words);
}

/* Undoing all that can be undone gives the memo again; redoing it, what stood. */
static void all_undone_is_the_beginning(void **state) {
    struct workbook *w = fixture_book(state);
    struct buf before = BUF_INIT, after = BUF_INIT, start = BUF_INIT;
    unsigned seed = 20111206, n = 1;
    summarise(w, &start);
    for (; n < 400; n++)
        random_event(w, &seed, n);
    summarise(w, &before);
    char words[64];
    while (workbook_undo_target(w) != NONE) {
        uint32_t t = workbook_undo_target(w);
        snprintf(words, sizeof words, "w.%u undo event=%s", n++, w->log.v[t].event.id);
        APPLY(w, words);
    }
    summarise(w, &after);
    assert_string_equal(after.s, start.s);
    while (workbook_redo_target(w) != NONE) {
        uint32_t t = workbook_redo_target(w);
        snprintf(words, sizeof words, "w.%u undo event=%s", n++, w->log.v[t].event.id);
        APPLY(w, words);
    }
    buf_clear(&after);
    summarise(w, &after);
    assert_string_equal(after.s, before.s);
    buf_release(&before);
    buf_release(&after);
    buf_release(&start);
}

/* Undo in any order: the state is that of the events that were not undone. */
static void undone_events_leave_no_trace(void **state) {
    struct workbook *w = fixture_book(state);
    for (unsigned round = 0; round < 20; round++) {
        struct workbook *some = workbook_new(((struct fixture *)*state)->memo);
        struct workbook *all = workbook_new(((struct fixture *)*state)->memo);
        static const char *const kinds[][2] = {{"note", ":n"},
                                               {"priority", "priority=1"},
                                               {"answer", ":a"},
                                               {"discuss", "state=start"}};
        char words[64];
        unsigned seed = round + 1;
        for (unsigned n = 1; n <= 40; n++) {
            bool undone = next_random(&seed) % 3 == 0;
            const char *const *kind = kinds[next_random(&seed) % 4];
            snprintf(words, sizeof words, "w.%u %s issue=A.%c %s", n, kind[0],
                     next_random(&seed) % 2 ? 'a' : 'b', kind[1]);
            assert_int_equal(fixture_event(all, n * 1000, words), 0);
            if (undone) {
                snprintf(words, sizeof words, "w.%u undo event=w.%u", n + 100, n);
                assert_int_equal(fixture_event(all, n * 1000, words), 0);
            } else {
                assert_int_equal(fixture_event(some, n * 1000, words), 0);
            }
        }
        struct buf a = BUF_INIT, b = BUF_INIT;
        summarise(all, &a);
        summarise(some, &b);
        assert_string_equal(a.s, b.s);
        buf_release(&a);
        buf_release(&b);
        workbook_free(some);
        workbook_free(all);
    }
    (void)w;
}

static void events_describe_themselves(void **state) {
    struct workbook *w = fixture_book(state);
    struct buf b = BUF_INIT;
    APPLY(w, "w.1 note issue=A.b kind=for speaker=yak :text");
    APPLY(w, "w.2 undo event=w.1");
    APPLY(w, "w.3 undo event=w.2");
    workbook_describe(w, 0, &b);
    assert_string_equal(b.s, "A(b) for @yak: text");
    buf_clear(&b);
    workbook_describe(w, 1, &b);
    assert_string_equal(b.s, "undone: A(b) for @yak: text");
    buf_clear(&b);
    workbook_describe(w, 2, &b);
    assert_string_equal(b.s, "redone: A(b) for @yak: text");
    buf_release(&b);
}

static bool listed(struct workbook *w, const char *id) {
    uint32_t person = person_by_id(w, id);
    return person != NONE && w->room.people.v[person].live;
}

/* What one command recorded in several events counts, or not, as its first does. */
static void a_group_is_undone_by_its_first(void **state) {
    struct workbook *w = fixture_book(state);
    APPLY(w, "w.1 person person=a :A");
    APPLY(w, "w.2 person person=b group=w.1 :B");
    APPLY(w, "w.3 person person=c group=w.1 :C");
    APPLY(w, "w.4 undo event=w.3"); /* one of them alone */
    assert_true(listed(w, "b") && !listed(w, "c"));
    assert_int_equal(workbook_undo_target(w), 0);
    APPLY(w, "w.5 undo event=w.1");
    assert_false(listed(w, "a") || listed(w, "b") || listed(w, "c"));
    APPLY(w, "w.6 person person=d group=w.1 :D"); /* too late */
    APPLY(w, "w.7 undo event=w.5");
    assert_true(listed(w, "a") && listed(w, "b") && !listed(w, "c"));
    APPLY(w, "w.8 undo event=w.1");
    assert_true(!listed(w, "b") && listed(w, "d"));
    /* The first is another file's, or of another kind: it stands alone. */
    APPLY(w, "w.9 person person=e group=x.7 :E");
    APPLY(w, "w.10 note issue=A.a :x");
    APPLY(w, "w.11 person person=f group=w.10 :F");
    assert_int_equal(workbook_undo_target(w), 10);
    APPLY(w, "w.12 undo event=w.10");
    assert_true(listed(w, "e") && listed(w, "f"));
}

static void times_go_both_ways(void **state) {
    (void)state;
    char s[25];
    int64_t at;
    assert_true(event_time_parse("2011-12-06T09:02:11.250Z", &at));
    event_time_format(at, s);
    assert_string_equal(s, "2011-12-06T09:02:11.250Z");
    assert_false(event_time_parse("2011-12-06T09:02:11Z", &at));
    assert_false(event_time_parse("2011-02-30T09:02:11.250Z", &at));
    assert_false(event_time_parse("2011-12-06T24:02:11.250Z", &at));
    assert_false(event_time_parse("", &at));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(cites),
        TEST(bad_cites),
        TEST(topics_are_cited_too),
        TEST(answers_supersede),
        TEST(positions_are_one_a_side),
        TEST(undo_and_redo_walk_back_and_forth),
        TEST(a_new_change_forgets_redo),
        TEST(the_memos_priority_comes_back),
        TEST(entries_are_corrected_moved_withdrawn),
        TEST(moved_entries_keep_the_order_of_the_log),
        TEST(issues_come_from_the_room),
        TEST(an_issue_is_reworded),
        TEST(discussions_are_timed),
        TEST(time_never_runs_backwards),
        TEST(progress_is_not_disposition),
        TEST(odd_events_are_set_aside),
        TEST(unknown_kinds_are_kept),
        TEST(all_undone_is_the_beginning),
        TEST(undone_events_leave_no_trace),
        TEST(events_describe_themselves),
        TEST(a_group_is_undone_by_its_first),
        TEST(times_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
