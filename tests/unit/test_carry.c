/* Carrying forward: what the next meeting's workbook begins with. */
#include "fixture.h"

#include "model/agreement.h"
#include "model/carry.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY = 24 * 3600 * 1000 };

/* A meeting, and the next one, made of it. */
struct both {
    struct fixture from;
    struct memo *next_memo;
    struct workbook *next;
    struct carry c;
};

static int set_up(void **state) {
    struct both *b = mem_zalloc(sizeof *b);
    fixture_init(&b->from, fixture_memo(""));
    *state = b;
    return 0;
}

static void close_next(struct both *b) {
    workbook_free(b->next);
    memo_free(b->next_memo);
    carry_release(&b->c);
    b->next = NULL;
    b->next_memo = NULL;
}

static int tear_down(void **state) {
    struct both *b = *state;
    close_next(b);
    fixture_release(&b->from);
    free(b);
    return 0;
}

/* As fixture_record(), in the next meeting. */
static int record_later(void **state, const char *words) {
    struct both *b = *state;
    struct workbook *w = b->from.w;
    b->from.w = b->next;
    int result = fixture_record(state, 1000, words);
    b->from.w = w;
    return result;
}

static void later(void **state, const char *words) {
    struct both *b = *state;
    if (record_later(state, words) < 0)
        fail_msg("%s: %s", words, b->next->log.v[b->next->log.n - 1].odd);
}

static struct memo *written_and_read(const struct memo *m) {
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;
    memo_write(m, &b);
    struct memo *again = memo_parse(b.s, b.len, "next", &err);
    if (!again)
        fail_msg("%s\n%s", err.what, b.s);
    buf_release(&b);
    return again;
}

/* Carries forward, by way of the file's form of the memo. */
static const struct workbook *carry(void **state) {
    struct both *b = *state;
    char id[16];
    snprintf(id, sizeof id, "c.%d", b->from.n);
    carry_forward(&b->c, b->from.w, "the-first", id, b->from.now);
    b->next_memo = written_and_read(b->c.memo);
    b->next = workbook_new(b->next_memo);
    for (size_t i = 0; i < b->c.events.n; i++) {
        struct err err = ERR_INIT;
        assert_int_equal(b->c.events.v[i].n, i + 1);
        if (workbook_apply(b->next, &b->c.events.v[i], &err) < 0)
            fail_msg("%s", err.what);
    }
    assert_int_equal(b->next->n_odd, 0);
    assert_int_equal(b->next->carried, b->next->log.n);
    return b->next;
}

/* The next meeting's workbook is the one to carry from. */
static void go_on(void **state) {
    struct both *b = *state;
    struct workbook *w = b->next;
    struct memo *m = b->next_memo;
    b->next = NULL;
    b->next_memo = NULL;
    close_next(b);
    workbook_free(b->from.w);
    memo_free(b->from.memo);
    b->from.w = w;
    b->from.memo = m;
    b->from.now += (int64_t)DAY;
}

static void assert_issues(const struct workbook *w, const char *expected) {
    struct buf all = BUF_INIT;
    for (uint32_t t = 0; t < w->topics.n; t++)
        for (uint32_t i = 0; i < topic_count(w, t); i++) {
            buf_puts(&all, all.len ? " " : "");
            ref_print(w, ref_of_issue(w, topic_issue(w, t, i)), &all);
        }
    assert_string_equal(all.s, expected);
    buf_release(&all);
}

static void assert_log(const struct workbook *w, const char *expected) {
    struct buf all = BUF_INIT;
    for (uint32_t i = 0; i < w->log.n; i++) {
        buf_puts(&all, i ? "; " : "");
        workbook_describe(w, i, &all);
    }
    assert_string_equal(all.s, expected);
    buf_release(&all);
}

static const struct issue *issue(const struct workbook *w, const char *cite) {
    return &w->issues.v[fixture_issue(w, cite)];
}

static void settle(void **state, const char *refs) {
    char *copy = mem_strdup(refs), *rest = NULL, words[80];
    for (char *r = strtok_r(copy, " ", &rest); r; r = strtok_r(NULL, " ", &rest)) {
        snprintf(words, sizeof words, "disposition issue=%s disposition=agreed", r);
        fixture_apply(state, words);
    }
    mem_free(copy);
}

/* ---- what goes along */

static void takes_what_is_open(void **state) {
    settle(state, "A.a R.a");
    fixture_apply(state, "disposition issue=A.b disposition=bracketed");
    fixture_apply(state, "disposition issue=B.a disposition=no-agreement");
    fixture_apply(state, "disposition issue=B.b disposition=deferred owner=lee :later");
    fixture_apply(state, "disposition issue=B.c disposition=noted");
    const struct workbook *next = carry(state);
    assert_issues(next, "A(b) B(b)");
    assert_int_equal(((struct both *)*state)->c.issues, 2);
    assert_int_equal(issue(next, "A(b)")->disposition, DISPOSITION_BRACKETED);
    assert_string_equal(issue(next, "B(b)")->record->owner, "lee");
    assert_int_equal(issue(next, "B(b)")->priority, 2);
    assert_string_equal(issue(next, "A(b)")->text->to, "ru");
    assert_int_equal(issue_subs(next, fixture_issue(next, "A(b)")), 2);
    assert_string_equal(next->memo->title, "T");
    assert_string_equal(next->memo->from, "");
    assert_log(next,
               "A(b) disposition bracketed; B(b) disposition deferred, kept by lee: "
               "later; carried forward from T, 6–7 December 2011");
    assert_string_equal(event_get(&next->log.v[2].event, FIELD_FROM), "the-first");
}

static void takes_what_is_unconfirmed_and_unfinished(void **state) {
    settle(state, "A.b B.a B.c R.a");
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=us,ru");
    fixture_apply(state, "confirm issue=A.a side=us");
    fixture_apply(state, "action issue=B.a owner=lee :send the list");
    fixture_apply(state, "action issue=B.c owner=lee :done at once");
    fixture_apply(state, "done event=w.8 state=done");
    fixture_apply(state, "action issue=B.b :taken back");
    fixture_apply(state, "retract event=w.10");
    settle(state, "B.b");
    const struct workbook *next = carry(state);
    assert_issues(next, "A(a) B(a)");
    assert_int_equal(((struct both *)*state)->c.actions, 1);
    assert_int_equal(issue(next, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    later(state, "confirm issue=A.a side=ru");
    assert_int_equal(issue(next, "A(a)")->disposition, DISPOSITION_AGREED);
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_DISCUSSED);
}

static void takes_the_room_along(void **state) {
    fixture_apply(state, "side side=eu :European Union");
    fixture_apply(state, "side side=xx :taken back");
    fixture_apply(state, "person person=lee side=eu role=chair :Bruce LEE");
    fixture_apply(state, "person person=yak side=ru :Michael YAKUSHEV");
    fixture_apply(state, "presence person=lee state=arrive");
    fixture_apply(state, "person person=yak state=removed :Michael YAKUSHEV");
    fixture_apply(state, "undo event=w.2");
    fixture_apply(state, "floor state=add person=lee");
    fixture_apply(state, "sitting state=open :Day 1");
    fixture_apply(state, "note issue=A.a speaker=yak :said");
    const struct workbook *next = carry(state);
    assert_int_equal(((struct both *)*state)->c.people, 1);
    assert_int_equal(next->room.sides.n, 3);
    assert_string_equal(side_name(next, "eu"), "European Union");
    assert_int_equal(next->room.people.n, 2);
    assert_false(next->room.people.v[0].present);
    assert_false(next->room.people.v[1].live);
    assert_int_equal(next->room.floor.list.n, 0);
    assert_int_equal(sitting_open(next), NONE);
    assert_string_equal(entry_name(next, &next->entries.v[0]), "Michael YAKUSHEV");
}

static void leaves_out_what_was_undone(void **state) {
    fixture_apply(state, "note issue=A.a :kept");
    fixture_apply(state, "note issue=A.a :secret");
    fixture_apply(state, "revise event=w.2 :more secret");
    fixture_apply(state, "undo event=w.3");
    fixture_apply(state, "undo event=w.2");
    fixture_apply(state, "answer issue=A.a :Yes.");
    fixture_apply(state, "retract event=w.6 :too early");
    fixture_apply(state, "expunged events=x.1,x.2");
    settle(state, "A.b B.a B.b B.c R.a");
    const struct workbook *next = carry(state);
    assert_log(next,
               "A(a) comment: kept; A(a) answer: Yes.; A(a) withdrawn: answer: Yes. "
               "(too early); 2 events expunged; carried forward from T, "
               "6–7 December 2011");
}

static void is_as_it_was(void **state) {
    fixture_apply(state, "position issue=A.b side=ru stance=against :No.");
    fixture_apply(state, "share event=w.1 state=shared");
    fixture_apply(state, "position issue=A.b side=ru stance=conditional :If.");
    fixture_apply(state, "answer issue=A.b :[ru: not | us: , soon,] yes");
    fixture_apply(state, "answer issue=A.b.2 :The only one.");
    fixture_apply(state, "subquestion issue=A.b.1 state=not-applicable :moot");
    fixture_apply(state, "readback issue=A.b state=start :an older wording");
    fixture_apply(state, "assent event=w.7 side=ru state=reservation :why now");
    fixture_apply(state, "sounding issue=A.b side=ru level=2");
    fixture_apply(state, "priority issue=A.b priority=1");
    fixture_apply(state, "timebox issue=A.b minutes=20");
    fixture_apply(state, "timebox issue=A minutes=90");
    fixture_apply(state, "disposition issue=A.b disposition=bracketed");
    const struct workbook *next = carry(state);
    const struct issue *i = issue(next, "A(b)");
    uint32_t b = fixture_issue(next, "A(b)"), counts[LEVEL_COUNT + 1];
    assert_int_equal(issue_position(next, b, "ru"), 1);
    assert_int_equal(issue_shared_position(next, b, "ru"), 0);
    assert_int_equal(i->n_brackets, 1);
    assert_int_equal(issue_subs_closed(next, b), 2);
    assert_string_equal(next->readbacks.v[0].words.v[0].text, "why now");
    assert_false(readback_covers(next, issue_readback(next, b, 0)));
    assert_int_equal(soundings_count(next, b, counts), 1);
    assert_int_equal(i->priority, 1);
    assert_int_equal(i->minutes, 20);
    assert_int_equal(next->topics.v[i->topic].minutes, 90);
    assert_int_equal(next->entries.v[0].at, INT64_C(1323162001000));
}

/* ---- issues from the room, moves, sub-questions */

static void raised_issues_keep_their_letters(void **state) {
    fixture_apply(state, "issue issue=A.c kind=question :First?\nSecond?");
    fixture_apply(state, "answer issue=A.c.2 :Of the second.");
    fixture_apply(state, "issue issue=A.c :Only one?");
    fixture_apply(state, "issue issue=B.d :Taken back");
    fixture_apply(state, "undo event=w.4");
    fixture_apply(state, "issue issue=B.d :In its place");
    settle(state, "A.a A.b B.a B.b R.a");
    const struct workbook *next = carry(state);
    assert_issues(next, "A(c) B(c) B(d)");
    assert_true(issue(next, "A(c)")->raised);
    assert_string_equal(issue(next, "A(c)")->text->p.v[0].s, "Only one?");
    assert_string_equal(issue_wording(next, fixture_issue(next, "A(c)"), 2),
                        "Of the second.");
    assert_string_equal(issue(next, "B(d)")->text->p.v[0].s, "In its place");
    char id[MEMO_ID_MAX + 1];
    topic_next_id(next, 0, id);
    assert_string_equal(id, "d");
    assert_null(strstr(next->log.v[1].event.text, "Taken back"));
}

/* What topic A has left are issues from the room. */
static void a_topic_may_have_raised_issues_alone(void **state) {
    settle(state, "A.a A.b B.a B.b B.c");
    fixture_apply(state, "issue issue=A.c :From the room");
    fixture_apply(state, "issue issue=R.b :A new recommendation");
    settle(state, "R.a");
    const struct workbook *next = carry(state);
    assert_issues(next, "A(c) R(b)");
    assert_true(next->topics.v[1].text->recommendations);
}

static void moved_entries_stand_where_they_stood(void **state) {
    fixture_apply(state, "note issue=A.a :from what stays behind");
    fixture_apply(state, "note issue=B.a :between what goes along");
    fixture_apply(state, "note issue=B.a :to what stays behind");
    fixture_apply(state, "issue issue=A.c :One?\nTwo?");
    fixture_apply(state, "move event=w.1 issue=B.a");
    fixture_apply(state, "revise event=w.1 :corrected");
    fixture_apply(state, "move event=w.1 issue=A.c.2");
    fixture_apply(state, "move event=w.2 issue=B.b");
    fixture_apply(state, "move event=w.3 issue=A.a");
    settle(state, "A.a A.b B.c R.a");
    const struct workbook *next = carry(state);
    assert_issues(next, "A(c) B(a) B(b)");
    assert_log(next, "A(c) new issue: One?\nTwo?; A(c) comment: from what stays behind; "
                     "B(a) comment: between what goes along; A(c) note corrected: "
                     "corrected; A(c) moved to A(c)2: comment: from what stays behind; "
                     "B(a) moved to B(b): comment: between what goes along; carried "
                     "forward from T, 6–7 December 2011");
    assert_int_equal(next->entries.v[0].sub, 2);
    assert_string_equal(next->entries.v[0].text, "corrected");
    assert_int_equal(next->entries.v[1].issue, fixture_issue(next, "B(b)"));
}

static void a_moved_answer_is_not_what_was_sounded(void **state) {
    uint32_t counts[LEVEL_COUNT + 1];
    fixture_apply(state, "answer issue=A.a :of what stays behind");
    fixture_apply(state, "sounding issue=B.a side=us level=4");
    fixture_apply(state, "move event=w.1 issue=B.a");
    settle(state, "A.a A.b B.b B.c R.a");
    const struct workbook *next = carry(state);
    uint32_t issue = fixture_issue(next, "B(a)");
    assert_string_equal(issue_wording(next, issue, 0), "of what stays behind");
    assert_int_equal(sounding_of(next, issue, "us", NONE), 0);
    assert_int_equal(soundings_count(next, issue, counts), 0);
}

static void references_to_what_stays_behind_go(void **state) {
    struct both *b = *state;
    struct memo_item item = {.id = "1",
                             .date = "",
                             .url = "",
                             .issues = "A.a A.b.2 B.a",
                             .text = {"T", 1, 0, NULL}};
    vec_push(&b->from.memo->references, item);
    settle(state, "A.a B.a B.b B.c");
    const struct workbook *next = carry(state);
    assert_int_equal(next->memo->references.n, 1);
    assert_string_equal(next->memo->references.v[0].issues, "A.b.2");
}

static void a_recommendation_keeps_its_doubts(void **state) {
    struct buf doubts = BUF_INIT;
    fixture_apply(state, "support issue=R.a issues=A.a,A.b,B.a");
    settle(state, "A.a B.b B.c");
    fixture_apply(state, "disposition issue=B.a disposition=no-agreement");
    const struct workbook *next = carry(state);
    recommendation_doubts(next, fixture_issue(next, "R(a)"), &doubts);
    assert_string_equal(doubts.s, "rests on A(b) (open), B.a (not in this workbook)");
    buf_release(&doubts);
}

/* ---- the barrier */

static void nothing_of_an_earlier_meeting_is_undone(void **state) {
    fixture_apply(state, "note issue=A.a :one");
    fixture_apply(state, "readback issue=A.a :being read back");
    fixture_apply(state, "discuss issue=A.a state=start");
    const struct workbook *next = carry(state);
    assert_int_equal(workbook_undo_target(next), NONE);
    assert_int_equal(workbook_redo_target(next), NONE);
    assert_int_equal(readback_now(next), NONE);
    assert_int_equal(next->discussed, NONE);
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_NOT_DISCUSSED);
    assert_int_equal(issue_spent(next, 0, next->room.time), 0);
    assert_int_equal(record_later(state, "undo event=w.1"), -1);
    assert_non_null(strstr(next->log.v[next->log.n - 1].odd, "earlier meeting"));
    assert_true(next->entries.v[0].live);
    later(state, "note issue=A.a :two");
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_DISCUSSED);
    assert_int_equal(workbook_undo_target(next), next->log.n - 1);
    later(state, "undo event=w.5");
    assert_int_equal(workbook_undo_target(next), NONE);
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_NOT_DISCUSSED);
    later(state, "revise event=w.1 :one, corrected");
    assert_string_equal(next->entries.v[0].text, "one, corrected");
}

static void an_answer_of_before_still_stands(void **state) {
    fixture_apply(state, "answer issue=A.a :Yes.");
    fixture_apply(state, "disposition issue=A.a disposition=bracketed");
    const struct workbook *next = carry(state);
    assert_true(issue(next, "A(a)")->answered);
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_NOT_DISCUSSED);
    later(state, "disposition issue=A.a disposition=agreed");
    assert_int_equal(issue(next, "A(a)")->progress, PROGRESS_DISCUSSED);
}

static void a_third_meeting_knows_both(void **state) {
    fixture_apply(state, "note issue=A.a :at the first");
    settle(state, "A.b B.a B.b R.a");
    carry(state);
    go_on(state);
    fixture_apply(state, "note issue=A.a :at the second");
    settle(state, "B.c");
    const struct workbook *third = carry(state);
    assert_issues(third, "A(a)");
    assert_log(third, "A(a) comment: at the first; carried forward from T, "
                      "6–7 December 2011; A(a) comment: at the second; carried forward "
                      "from T, 7 December 2011");
    assert_int_equal(workbook_undo_target(third), NONE);
}

/* In a log that was put together of others, undo may come in any order: what has lost
 * its ground is left behind, and counted. */
static void nothing_is_carried_to_be_set_aside(void **state) {
    struct both *b = *state;
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=us,ru");
    fixture_apply(state, "confirm issue=A.a side=ru");
    fixture_apply(state, "readback issue=B.a :text");
    fixture_apply(state, "assent event=w.3 side=ru state=assent");
    fixture_apply(state, "readback issue=B.a state=end");
    fixture_apply(state, "person person=lee :Bruce LEE");
    fixture_apply(state, "sounding issue=B.a person=lee level=2");
    fixture_apply(state, "undo event=w.1");
    fixture_apply(state, "undo event=w.3");
    fixture_apply(state, "undo event=w.6");
    const struct workbook *next = carry(state);
    assert_log(next, "carried forward from T, 6–7 December 2011");
    assert_int_equal(b->c.left, 4);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(takes_what_is_open),
        TEST(takes_what_is_unconfirmed_and_unfinished),
        TEST(takes_the_room_along),
        TEST(leaves_out_what_was_undone),
        TEST(is_as_it_was),
        TEST(raised_issues_keep_their_letters),
        TEST(a_topic_may_have_raised_issues_alone),
        TEST(moved_entries_stand_where_they_stood),
        TEST(a_moved_answer_is_not_what_was_sounded),
        TEST(references_to_what_stays_behind_go),
        TEST(a_recommendation_keeps_its_doubts),
        TEST(nothing_of_an_earlier_meeting_is_undone),
        TEST(an_answer_of_before_still_stands),
        TEST(a_third_meeting_knows_both),
        TEST(nothing_is_carried_to_be_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
