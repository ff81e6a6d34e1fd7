/* What was agreed: positions, outcomes, wordings, brackets, sub-questions, soundings. */
#include "fixture.h"

#include "model/agreement.h"

#include <stdio.h>
#include <stdlib.h>

struct both {
    struct memo *memo;
    struct workbook *w;
    int n; /* events so far */
};

static int set_up(void **state) {
    struct both *b = mem_zalloc(sizeof *b);
    b->memo = fixture_memo("");
    b->w = workbook_new(b->memo);
    *state = b;
    return 0;
}

static int tear_down(void **state) {
    struct both *b = *state;
    workbook_free(b->w);
    memo_free(b->memo);
    free(b);
    return 0;
}

static const struct workbook *book(void **state) {
    return ((struct both *)*state)->w;
}

/* The event "KIND field=value … :text", w.1, w.2 … by its turn. */
static int event(void **state, const char *words) {
    struct both *b = *state;
    char all[512];
    snprintf(all, sizeof all, "w.%d %s", ++b->n, words);
    return fixture_event(b->w, 1000 * b->n, all);
}

static void apply(void **state, const char *words) {
    if (event(state, words) < 0)
        fail_msg("%s: %s", words, book(state)->log.v[book(state)->log.n - 1].odd);
}

/* Set aside with this reason, and kept. */
static void refused(void **state, const char *words, const char *why) {
    size_t before = book(state)->log.n;
    assert_int_equal(event(state, words), -1);
    assert_int_equal(book(state)->log.n, before + 1);
    const char *odd = book(state)->log.v[before].odd;
    if (!strstr(odd, why))
        fail_msg("%s: “%s” is not in “%s”", words, why, odd);
}

static const struct issue *issue(void **state, const char *cite) {
    return &book(state)->issues.v[fixture_issue(book(state), cite)];
}

static void assert_objections(void **state, const char *cite, const char *expected) {
    objection_vec v = {0};
    struct buf said = BUF_INIT;
    agreement_objections(book(state), fixture_issue(book(state), cite), &v);
    objections_say(book(state), &v, &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
    vec_release(&v);
}

static void assert_sides(const side_vec *v, const char *expected) {
    struct buf ids = BUF_INIT;
    for (size_t i = 0; i < v->n; i++)
        buf_addf(&ids, "%s%s", i ? " " : "", v->v[i]);
    assert_string_equal(ids.s, expected);
    buf_release(&ids);
}

static void assert_pending(void **state, const char *cite, const char *expected) {
    side_vec v = {0};
    issue_pending(book(state), fixture_issue(book(state), cite), &v);
    assert_sides(&v, expected);
    vec_release(&v);
}

static void assert_said(void **state, const char *expected) {
    struct buf said = BUF_INIT;
    workbook_describe(book(state), (uint32_t)book(state)->log.n - 1, &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
}

/* ---- positions */

static void asks_the_sides_addressed(void **state) {
    side_vec v = {0};
    issue_sides(book(state), fixture_issue(book(state), "A(a)"), &v);
    assert_sides(&v, "us ru");
    v.n = 0;
    issue_sides(book(state), fixture_issue(book(state), "A(b)"), &v);
    assert_sides(&v, "ru");
    apply(state, "side side=eu :European Union");
    v.n = 0;
    issue_sides(book(state), fixture_issue(book(state), "A(a)"), &v);
    assert_sides(&v, "us ru eu");
    apply(state, "undo event=w.1");
    v.n = 0;
    issue_sides(book(state), fixture_issue(book(state), "A(a)"), &v);
    assert_sides(&v, "us ru");
    vec_release(&v);
}

static void positions_are_private_until_shared(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "position issue=A.a side=ru stance=against :No.");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), NONE);
    apply(state, "share event=w.1 state=shared");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 0);
    apply(state, "position issue=A.a side=ru stance=conditional :Yes, if.");
    assert_int_equal(issue_position(book(state), a, "ru"), 1);
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 0);
    apply(state, "share event=w.3 state=shared");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 1);
    apply(state, "share event=w.3 state=private");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 0);
    apply(state, "undo event=w.5");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 1);
    assert_int_equal(issue_shared_position(book(state), a, "us"), NONE);
}

static void a_withdrawn_position_brings_none_back(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "position issue=A.a side=ru stance=against :No.");
    apply(state, "share event=w.1 state=shared");
    apply(state, "position issue=A.a side=ru stance=for :Yes.");
    apply(state, "share event=w.3 state=shared");
    apply(state, "retract event=w.3");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), NONE);
    assert_objections(state, "A(a)",
                      "United States has no position; Россия has no position");
    apply(state, "undo event=w.5");
    assert_int_equal(issue_shared_position(book(state), a, "ru"), 1);
    assert_objections(state, "A(a)", "United States has no position");
}

static void corrects_a_stance(void **state) {
    apply(state, "position issue=A.a side=ru stance=against :No.");
    apply(state, "revise event=w.1 stance=for :Yes.");
    assert_int_equal(book(state)->entries.v[0].stance, STANCE_FOR);
    apply(state, "revise event=w.1 :Yes!");
    assert_int_equal(book(state)->entries.v[0].stance, STANCE_FOR);
    apply(state, "undo event=w.3");
    apply(state, "undo event=w.2");
    assert_int_equal(book(state)->entries.v[0].stance, STANCE_AGAINST);
    refused(state, "position issue=A.a side=ru stance=maybe :Well.", "unknown stance");
}

static void shares_positions_alone(void **state) {
    apply(state, "note issue=A.a :a note");
    refused(state, "share event=w.1 state=shared", "no position");
    refused(state, "share event=w.9 state=shared", "unknown event");
    apply(state, "position issue=A.a side=ru :No.");
    refused(state, "share event=w.4 state=aloud", "unknown state");
    refused(state, "share event=w.4", "no state");
    apply(state, "share event=w.4 state=shared");
    refused(state, "share event=w.7 state=shared", "made no entry");
    assert_true(book(state)->entries.v[1].shared);
    assert_int_equal(book(state)->n_odd, 5);
}

static void actions_are_done_and_open_again(void **state) {
    apply(state, "action issue=A.a owner=lee :send the list");
    apply(state, "done event=w.1 state=done :sent on Monday");
    assert_true(book(state)->entries.v[0].done);
    assert_said(state, "A(a) done: action @lee: send the list (sent on Monday)");
    apply(state, "done event=w.1 state=open");
    assert_false(book(state)->entries.v[0].done);
    apply(state, "undo event=w.3");
    assert_true(book(state)->entries.v[0].done);
    apply(state, "undo event=w.2");
    assert_false(book(state)->entries.v[0].done);
    apply(state, "note issue=A.a :a note");
    refused(state, "done event=w.6 state=done", "no action item");
}

/* ---- outcomes */

static void says_what_speaks_against(void **state) {
    assert_objections(state, "A(a)",
                      "United States has no position; Россия has no position");
    apply(state, "position issue=A.a side=us stance=for :Yes.");
    apply(state, "position issue=A.a side=ru stance=conditional :If.");
    assert_objections(state, "A(a)", "Россия agrees on conditions");
    apply(state, "position issue=A.a side=ru stance=against :No.");
    assert_objections(state, "A(a)", "Россия is against");
    apply(state, "position issue=A.a side=ru :As you like.");
    assert_objections(state, "A(a)", "");
    apply(state, "answer issue=A.a :[ru: not | us: yes] or [ru: broken");
    assert_objections(state, "A(a)", "the answer has 2 open brackets");
    apply(state, "answer issue=A.a :one [us: yes]");
    assert_objections(state, "A(a)", "the answer has 1 open bracket");
}

static void a_no_to_a_sub_question_counts(void **state) {
    assert_objections(state, "A(b)", "Россия has no position");
    apply(state, "position issue=A.b.1 side=ru stance=for :Yes.");
    assert_objections(state, "A(b)", "");
    apply(state, "position issue=A.b.2 side=ru stance=against :No.");
    assert_objections(state, "A(b)", "Россия is against");
    apply(state, "position issue=A.b.2 side=ru stance=for :Well, yes.");
    assert_objections(state, "A(b)", "");
}

static void confirms_what_was_reserved(void **state) {
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=us,ru");
    assert_said(state, "A(a) disposition agreed ad referendum, to be confirmed by United "
                       "States, Россия");
    assert_pending(state, "A(a)", "us ru");
    apply(state, "confirm issue=A.a side=ru :by letter of 3 March");
    assert_pending(state, "A(a)", "us");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    assert_true(strstr(issue(state, "A(a)")->record->confirmed.v[0].text, "March"));
    apply(state, "confirm issue=A.a side=us");
    assert_pending(state, "A(a)", "");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
    assert_int_equal(issue(state, "A(a)")->record->confirmed.v[1].at, 3000);
    apply(state, "undo event=w.3");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    assert_pending(state, "A(a)", "us");
    apply(state, "undo event=w.4");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

static void refuses_who_was_not_asked(void **state) {
    refused(state, "confirm issue=A.a side=ru", "not asked");
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    refused(state, "confirm issue=A.a side=us", "not asked");
    refused(state, "confirm issue=A.a side=xx", "not asked");
    refused(state, "confirm issue=B.a side=ru", "not asked");
    refused(state, "confirm issue=A.a", "no side");
    apply(state, "confirm issue=A.a side=ru");
    refused(state, "confirm issue=A.a side=ru", "not asked");
    refused(state, "disposition issue=B.a disposition=agreed-ad-referendum sides=ru,xx",
            "unknown side");
    assert_int_equal(issue(state, "B(a)")->disposition, DISPOSITION_OPEN);
}

static void a_later_outcome_ends_the_asking(void **state) {
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    apply(state, "position issue=A.a side=us stance=for :Yes.");
    apply(state, "position issue=A.a side=ru stance=for :Yes.");
    assert_objections(state, "A(a)", "Россия has yet to confirm it");
    apply(state, "disposition issue=A.a disposition=bracketed");
    assert_pending(state, "A(a)", "");
    refused(state, "confirm issue=A.a side=ru", "not asked");
    apply(state, "undo event=w.4");
    assert_pending(state, "A(a)", "ru");
    apply(state, "confirm issue=A.a side=ru");
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    assert_pending(state, "A(a)", "ru");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
}

/* In a log that was put together of others, undo may come in any order. */
static void a_confirmation_without_its_ground_counts_for_nothing(void **state) {
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    apply(state, "confirm issue=A.a side=ru");
    apply(state, "undo event=w.1");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_OPEN);
    assert_int_equal(issue(state, "A(a)")->record->confirmed.n, 0);
    apply(state, "undo event=w.3");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

static void a_side_taken_back_is_waited_for(void **state) {
    apply(state, "side side=eu :European Union");
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum sides=ru,eu");
    apply(state, "undo event=w.1");
    apply(state, "confirm issue=A.a side=ru");
    assert_pending(state, "A(a)", "eu");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
}

static void a_deferred_issue_is_kept_by_someone(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "person person=lee :Bruce LEE");
    assert_string_equal(issue_keeper(book(state), a), "");
    apply(state, "disposition issue=A.a disposition=deferred owner=lee :too late");
    assert_said(state, "A(a) disposition deferred, kept by LEE: too late");
    assert_string_equal(issue_keeper(book(state), a), "Bruce LEE");
    apply(state, "disposition issue=A.a disposition=deferred owner=ru");
    assert_said(state, "A(a) disposition deferred, kept by Россия");
    assert_string_equal(issue_keeper(book(state), a), "Россия");
    apply(state, "disposition issue=A.a disposition=deferred owner=nobody-known");
    assert_string_equal(issue_keeper(book(state), a), "nobody-known");
    apply(state, "disposition issue=A.a disposition=open owner=lee");
    assert_string_equal(issue_keeper(book(state), a), "");
    apply(state, "undo event=w.5");
    assert_string_equal(issue_keeper(book(state), a), "nobody-known");
}

static void says_what_an_outcome_was_recorded_in_spite_of(void **state) {
    apply(state, "disposition issue=A.a disposition=agreed override=ru-says-no "
                 ":the chair so ruled");
    assert_said(state,
                "A(a) disposition agreed, in spite of: ru-says-no: the chair so ruled");
}

/* ---- wordings and brackets */

static void assert_wordings(void **state, const char *cite, uint16_t sub,
                            const char *expected) {
    wording_vec v = {0};
    struct buf all = BUF_INIT;
    wordings_of(book(state), fixture_issue(book(state), cite), sub, &v);
    for (size_t i = 0; i < v.n; i++)
        buf_addf(&all, "%s%s", i ? " / " : "", v.v[i].text);
    assert_string_equal(all.s, expected);
    buf_release(&all);
    vec_release(&v);
}

static void keeps_every_wording(void **state) {
    assert_wordings(state, "A(b)", 0, "");
    apply(state, "answer issue=A.b :one");
    apply(state, "note issue=A.b :a note");
    apply(state, "answer issue=A.b :two");
    apply(state, "answer issue=A.b.1 :of the first");
    apply(state, "revise event=w.1 :one, late");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    assert_wordings(state, "A(b)", 1, "of the first");
    apply(state, "revise event=w.1 attribution=none :one, late");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    apply(state, "undo event=w.5");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    apply(state, "undo event=w.6");
    assert_wordings(state, "A(b)", 0, "one / two");
    apply(state, "retract event=w.3");
    assert_wordings(state, "A(b)", 0, "one / two");
    assert_string_equal(issue_wording(book(state), fixture_issue(book(state), "A(b)"), 0),
                        "");
    assert_string_equal(issue_wording(book(state), fixture_issue(book(state), "A(b)"), 1),
                        "of the first");
}

static void a_moved_answer_brings_its_wordings(void **state) {
    apply(state, "answer issue=B.a :here");
    apply(state, "answer issue=A.a :one");
    apply(state, "revise event=w.2 :two");
    apply(state, "move event=w.2 issue=B.a");
    assert_wordings(state, "A(a)", 0, "");
    assert_wordings(state, "B(a)", 0, "here / one / two");
    apply(state, "undo event=w.4");
    assert_wordings(state, "A(a)", 0, "one / two");
    assert_wordings(state, "B(a)", 0, "here");
}

static void assert_brackets(void **state, const char *cite, int open, int broken) {
    const struct issue *i = issue(state, cite);
    assert_int_equal(i->n_brackets, open);
    assert_int_equal(i->n_broken, broken);
}

static uint32_t topic_brackets(void **state, const char *cite) {
    return book(state)->topics.v[issue(state, cite)->topic].n_brackets;
}

static void counts_brackets(void **state) {
    apply(state, "answer issue=A.a :[ru: not | us: , [us: soon | RU: ]] now [deepen]");
    assert_brackets(state, "A(a)", 2, 0);
    apply(state, "answer issue=A.b.2 :[eu: nobody's] [us: broken");
    assert_brackets(state, "A(b)", 0, 1);
    apply(state, "answer issue=A.b :[ru: x]");
    assert_brackets(state, "A(b)", 1, 1);
    assert_int_equal(topic_brackets(state, "A(a)"), 3);
    apply(state, "side side=eu :European Union");
    assert_brackets(state, "A(b)", 2, 1);
    assert_int_equal(topic_brackets(state, "A(a)"), 4);
    apply(state, "undo event=w.4");
    assert_brackets(state, "A(b)", 1, 1);
    apply(state, "move event=w.1 issue=B.a");
    assert_brackets(state, "A(a)", 0, 0);
    assert_brackets(state, "B(a)", 2, 0);
    assert_int_equal(topic_brackets(state, "A(a)"), 1);
    assert_int_equal(topic_brackets(state, "B(a)"), 2);
    apply(state, "undo event=w.6");
    assert_brackets(state, "A(a)", 2, 0);
    apply(state, "answer issue=A.a :clean");
    assert_brackets(state, "A(a)", 0, 0);
    apply(state, "retract event=w.8");
    assert_brackets(state, "A(a)", 0, 0);
    apply(state, "undo event=w.9");
    apply(state, "undo event=w.8");
    assert_brackets(state, "A(a)", 2, 0);
    assert_int_equal(topic_brackets(state, "A(a)"), 3);
}

/* What the first sub-question was answered stands though it is asked no more. */
static void counts_brackets_of_a_reworded_issue(void **state) {
    apply(state, "answer issue=A.b.2 :[ru: x]");
    apply(state, "issue issue=A.b :One question now");
    assert_brackets(state, "A(b)", 1, 0);
    apply(state, "issue issue=A.c :From the room");
    apply(state, "answer issue=A.c :[ru: x | us: y]");
    assert_int_equal(topic_brackets(state, "A(b)"), 2);
    apply(state, "undo event=w.3");
    assert_int_equal(topic_brackets(state, "A(b)"), 1);
    apply(state, "undo event=w.5");
    assert_int_equal(topic_brackets(state, "A(b)"), 2);
}

static void counts_no_more_brackets_than_it_can(void **state) {
    struct both *b = *state;
    struct buf text = BUF_INIT;
    struct event_draft d;
    struct err err = ERR_INIT;
    for (int i = 0; i < 70000; i++)
        buf_puts(&text, "[ru:]");
    event_draft_init(&d, EVENT_ANSWER);
    event_draft_set(&d, FIELD_ISSUE, "A.a");
    d.event.id = "w.1";
    d.event.text = text.s;
    assert_int_equal(workbook_apply(b->w, &d.event, &err), 0);
    assert_brackets(state, "A(a)", UINT16_MAX, 0);
    assert_int_equal(topic_brackets(state, "A(a)"), UINT16_MAX);
    buf_release(&text);
}

static void tells_how_a_bracket_was_resolved(void **state) {
    apply(state, "answer issue=A.a resolves=2,ru :so be it");
    assert_said(state, "A(a) answer, bracket 2 resolved: the text of Россия: so be it");
    apply(state, "answer issue=A.a resolves=1,= :so be it");
    assert_said(state, "A(a) answer, bracket 1 resolved: a third wording: so be it");
}

/* ---- sub-questions */

static void assert_subs(void **state, const char *cite, unsigned closed, unsigned all) {
    uint32_t i = fixture_issue(book(state), cite);
    assert_int_equal(issue_subs(book(state), i), all);
    assert_int_equal(issue_subs_closed(book(state), i), closed);
}

static void closes_sub_questions(void **state) {
    assert_subs(state, "A(a)", 0, 0);
    assert_subs(state, "A(b)", 0, 2);
    apply(state, "subquestion issue=A.b.1 state=answered :the first sentence");
    assert_said(state, "A(b)1 answered: the first sentence");
    assert_subs(state, "A(b)", 1, 2);
    apply(state, "subquestion issue=A.b.1 state=not-applicable :there is no law");
    assert_subs(state, "A(b)", 1, 2);
    assert_int_equal(issue(state, "A(b)")->record->subs.v[0].state, SUB_NOT_APPLICABLE);
    apply(state, "subquestion issue=A.b.1 state=open");
    assert_subs(state, "A(b)", 0, 2);
    apply(state, "undo event=w.3");
    assert_subs(state, "A(b)", 1, 2);
    apply(state, "undo event=w.2");
    assert_int_equal(issue(state, "A(b)")->record->subs.v[0].state, SUB_ANSWERED);
}

static void an_answer_closes_its_sub_question(void **state) {
    apply(state, "answer issue=A.b.2 :No.");
    assert_subs(state, "A(b)", 1, 2);
    assert_false(issue(state, "A(b)")->answered);
    apply(state, "subquestion issue=A.b.1 state=answered");
    assert_subs(state, "A(b)", 2, 2);
    assert_true(issue(state, "A(b)")->answered);
    assert_int_equal(book(state)->topics.v[0].n_answered, 1);
    apply(state, "retract event=w.1");
    assert_subs(state, "A(b)", 1, 2);
    assert_false(issue(state, "A(b)")->answered);
    assert_int_equal(book(state)->topics.v[0].n_answered, 0);
}

static void refuses_what_is_no_sub_question(void **state) {
    refused(state, "subquestion issue=A.b state=answered", "not a sub-question");
    refused(state, "subquestion issue=A.b.3 state=answered", "no sub-question");
    refused(state, "subquestion issue=A.b.1 state=perhaps", "unknown state");
    refused(state, "subquestion issue=A state=open", "it names a topic");
}

/* ---- recommendations */

static void assert_doubts(void **state, const char *expected) {
    struct buf said = BUF_INIT;
    recommendation_doubts(book(state), fixture_issue(book(state), "R(a)"), &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
}

static void a_recommendation_rests_on_issues(void **state) {
    assert_doubts(state, "");
    apply(state, "support issue=R.a issues=A.a,A.b.2");
    assert_said(state, "R(a) rests on A(a), A(b)2");
    assert_doubts(state, "rests on A(a) (open), A(b)2 (open)");
    apply(state, "disposition issue=A.a disposition=agreed");
    apply(state, "disposition issue=A.b disposition=deferred");
    assert_doubts(state, "rests on A(b)2 (deferred)");
    apply(state, "disposition issue=A.b disposition=noted");
    assert_doubts(state, "");
    apply(state, "answer issue=A.a :[ru: x | us: y]");
    assert_doubts(state, "rests on A(a) (open brackets)");
    apply(state, "support issue=R.a issues=B.z");
    assert_doubts(state, "rests on B.z (not in this workbook)");
    apply(state, "support issue=R.a");
    assert_said(state, "R(a) rests on no issue");
    assert_doubts(state, "");
    apply(state, "undo event=w.7");
    assert_string_equal(issue(state, "R(a)")->record->supports, "B.z");
}

static void refuses_what_supports_nothing(void **state) {
    refused(state, "support issue=A.a issues=A.b", "no recommendation");
    refused(state, "support issue=R.a issues=A", "no list of references");
    refused(state, "support issue=R.a issues=A..b", "no list of references");
    refused(state, "support issue=R.a issues=A.b.c.d", "no list of references");
    refused(state, "support issue=R.a issues=A.b,.", "no list of references");
}

/* ---- temperature checks */

static void assert_temperature(void **state, const char *cite, const char *expected) {
    uint32_t counts[LEVEL_COUNT + 1], n;
    char got[64];
    n = soundings_count(book(state), fixture_issue(book(state), cite), counts);
    snprintf(got, sizeof got, "%u: %u %u %u %u %u", n, counts[1], counts[2], counts[3],
             counts[4], counts[5]);
    assert_string_equal(got, expected);
}

static void takes_the_temperature(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "person person=lee side=ru :Bruce LEE");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    apply(state, "sounding issue=A.a side=ru level=1");
    assert_said(state, "A(a) temperature: Россия, against");
    apply(state, "sounding issue=A.a side=us level=5");
    apply(state, "sounding issue=A.a person=lee level=1");
    assert_said(state, "A(a) temperature: LEE, against");
    assert_temperature(state, "A(a)", "3: 2 0 0 0 1");
    apply(state, "sounding issue=A.a side=ru level=3");
    assert_temperature(state, "A(a)", "3: 1 0 1 0 1");
    assert_int_equal(sounding_of(book(state), a, "ru", NONE), 3);
    assert_int_equal(sounding_of(book(state), a, "", 0), 1);
    assert_int_equal(sounding_of(book(state), a, "eu", NONE), 0);
    apply(state, "undo event=w.5");
    assert_temperature(state, "A(a)", "3: 2 0 0 0 1");
    assert_temperature(state, "A(b)", "0: 0 0 0 0 0");
}

static void a_new_wording_begins_a_new_check(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "answer issue=A.a :one");
    apply(state, "sounding issue=A.a side=ru level=4");
    assert_temperature(state, "A(a)", "1: 0 0 0 1 0");
    apply(state, "answer issue=A.a :two");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    assert_int_equal(sounding_of(book(state), a, "ru", NONE), 0);
    apply(state, "sounding issue=A.a side=us level=2");
    assert_temperature(state, "A(a)", "1: 0 1 0 0 0");
    apply(state, "retract event=w.3");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    apply(state, "undo event=w.5");
    apply(state, "undo event=w.4");
    apply(state, "undo event=w.3");
    assert_temperature(state, "A(a)", "1: 0 0 0 1 0");
}

static void refuses_what_is_no_level(void **state) {
    refused(state, "sounding issue=A.a side=ru level=0", "level");
    refused(state, "sounding issue=A.a side=ru level=6", "level");
    refused(state, "sounding issue=A.a side=ru level=two", "level");
    refused(state, "sounding issue=A.a side=ru", "no level");
    refused(state, "sounding issue=A.a level=2", "needs a side");
    refused(state, "sounding issue=A.a level=2 person=lee", "nobody who is a participant");
    apply(state, "person person=lee :Bruce LEE");
    refused(state, "sounding issue=A.a level=2 person=lee side=ru", "needs a side");
}

/* What an older memobook wrote: positions without a stance, outcomes without sides. */
static void reads_an_older_workbook(void **state) {
    uint32_t a = fixture_issue(book(state), "A(a)");
    apply(state, "position issue=A.a side=ru :Not without the State.");
    apply(state, "answer issue=A.a :Yes [deepen].");
    apply(state, "disposition issue=A.a disposition=agreed-ad-referendum :ask Moscow");
    assert_int_equal(book(state)->n_odd, 0);
    assert_int_equal(issue_shared_position(book(state), a, "ru"), NONE);
    assert_string_equal(book(state)->entries.v[0].text, "Not without the State.");
    assert_pending(state, "A(a)", "");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    refused(state, "confirm issue=A.a side=ru", "not asked");
    apply(state, "disposition issue=A.a disposition=agreed");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(asks_the_sides_addressed),
        TEST(positions_are_private_until_shared),
        TEST(a_withdrawn_position_brings_none_back),
        TEST(corrects_a_stance),
        TEST(shares_positions_alone),
        TEST(actions_are_done_and_open_again),
        TEST(says_what_speaks_against),
        TEST(a_no_to_a_sub_question_counts),
        TEST(confirms_what_was_reserved),
        TEST(refuses_who_was_not_asked),
        TEST(a_later_outcome_ends_the_asking),
        TEST(a_confirmation_without_its_ground_counts_for_nothing),
        TEST(a_side_taken_back_is_waited_for),
        TEST(a_deferred_issue_is_kept_by_someone),
        TEST(says_what_an_outcome_was_recorded_in_spite_of),
        TEST(keeps_every_wording),
        TEST(a_moved_answer_brings_its_wordings),
        TEST(counts_brackets),
        TEST(counts_brackets_of_a_reworded_issue),
        TEST(counts_no_more_brackets_than_it_can),
        TEST(tells_how_a_bracket_was_resolved),
        TEST(closes_sub_questions),
        TEST(an_answer_closes_its_sub_question),
        TEST(refuses_what_is_no_sub_question),
        TEST(a_recommendation_rests_on_issues),
        TEST(refuses_what_supports_nothing),
        TEST(takes_the_temperature),
        TEST(a_new_wording_begins_a_new_check),
        TEST(refuses_what_is_no_level),
        TEST(reads_an_older_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
