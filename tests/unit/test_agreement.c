/* What was agreed: positions, outcomes, wordings, brackets, sub-questions, soundings. */
#include "fixture.h"

#include "model/agreement.h"

#include <stdio.h>
#include <stdlib.h>

static const struct issue *issue(void **state, const char *cite) {
    return &fixture_book(state)->issues.v[fixture_issue(fixture_book(state), cite)];
}

static void assert_objections(void **state, const char *cite, const char *expected) {
    objection_vec v = {0};
    struct buf said = BUF_INIT;
    agreement_objections(fixture_book(state), fixture_issue(fixture_book(state), cite),
                         &v);
    objections_say(fixture_book(state), &v, &said);
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
    issue_pending(fixture_book(state), fixture_issue(fixture_book(state), cite), &v);
    assert_sides(&v, expected);
    vec_release(&v);
}

/* ---- positions */

static void asks_the_sides_addressed(void **state) {
    side_vec v = {0};
    issue_sides(fixture_book(state), fixture_issue(fixture_book(state), "A(a)"), &v);
    assert_sides(&v, "us ru");
    v.n = 0;
    issue_sides(fixture_book(state), fixture_issue(fixture_book(state), "A(b)"), &v);
    assert_sides(&v, "ru");
    fixture_apply(state, "side side=eu :European Union");
    v.n = 0;
    issue_sides(fixture_book(state), fixture_issue(fixture_book(state), "A(a)"), &v);
    assert_sides(&v, "us ru eu");
    fixture_apply(state, "undo event=w.1");
    v.n = 0;
    issue_sides(fixture_book(state), fixture_issue(fixture_book(state), "A(a)"), &v);
    assert_sides(&v, "us ru");
    vec_release(&v);
}

static void positions_are_private_until_shared(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "position issue=A.a side=ru stance=against :No.");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), NONE);
    fixture_apply(state, "share event=w.1 state=shared");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 0);
    fixture_apply(state, "position issue=A.a side=ru stance=conditional :Yes, if.");
    assert_int_equal(issue_position(fixture_book(state), a, "ru"), 1);
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 0);
    fixture_apply(state, "share event=w.3 state=shared");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 1);
    fixture_apply(state, "share event=w.3 state=private");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 0);
    fixture_apply(state, "undo event=w.5");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 1);
    assert_int_equal(issue_shared_position(fixture_book(state), a, "us"), NONE);
}

static void a_withdrawn_position_brings_none_back(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "position issue=A.a side=ru stance=against :No.");
    fixture_apply(state, "share event=w.1 state=shared");
    fixture_apply(state, "position issue=A.a side=ru stance=for :Yes.");
    fixture_apply(state, "share event=w.3 state=shared");
    fixture_apply(state, "retract event=w.3");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), NONE);
    assert_objections(state, "A(a)",
                      "United States has no position; Россия has no position");
    fixture_apply(state, "undo event=w.5");
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), 1);
    assert_objections(state, "A(a)", "United States has no position");
}

static void corrects_a_stance(void **state) {
    fixture_apply(state, "position issue=A.a side=ru stance=against :No.");
    fixture_apply(state, "revise event=w.1 stance=for :Yes.");
    assert_int_equal(fixture_book(state)->entries.v[0].stance, STANCE_FOR);
    fixture_apply(state, "revise event=w.1 :Yes!");
    assert_int_equal(fixture_book(state)->entries.v[0].stance, STANCE_FOR);
    fixture_apply(state, "undo event=w.3");
    fixture_apply(state, "undo event=w.2");
    assert_int_equal(fixture_book(state)->entries.v[0].stance, STANCE_AGAINST);
    fixture_refuse(state, "position issue=A.a side=ru stance=maybe :Well.",
                   "unknown stance");
}

static void shares_positions_alone(void **state) {
    fixture_apply(state, "note issue=A.a :a note");
    fixture_refuse(state, "share event=w.1 state=shared", "no position");
    fixture_refuse(state, "share event=w.9 state=shared", "unknown event");
    fixture_apply(state, "position issue=A.a side=ru :No.");
    fixture_refuse(state, "share event=w.4 state=aloud", "unknown state");
    fixture_refuse(state, "share event=w.4", "no state");
    fixture_apply(state, "share event=w.4 state=shared");
    fixture_refuse(state, "share event=w.7 state=shared", "made no entry");
    assert_true(fixture_book(state)->entries.v[1].shared);
    assert_int_equal(fixture_book(state)->n_odd, 5);
}

static void actions_are_done_and_open_again(void **state) {
    fixture_apply(state, "action issue=A.a owner=lee :send the list");
    fixture_apply(state, "done event=w.1 state=done :sent on Monday");
    assert_true(fixture_book(state)->entries.v[0].done);
    fixture_described(state, "A(a) done: action @lee: send the list (sent on Monday)");
    fixture_apply(state, "done event=w.1 state=open");
    assert_false(fixture_book(state)->entries.v[0].done);
    fixture_apply(state, "undo event=w.3");
    assert_true(fixture_book(state)->entries.v[0].done);
    fixture_apply(state, "undo event=w.2");
    assert_false(fixture_book(state)->entries.v[0].done);
    fixture_apply(state, "note issue=A.a :a note");
    fixture_refuse(state, "done event=w.6 state=done", "no action item");
}

/* ---- outcomes */

static void says_what_speaks_against(void **state) {
    assert_objections(state, "A(a)",
                      "United States has no position; Россия has no position");
    fixture_apply(state, "position issue=A.a side=us stance=for :Yes.");
    fixture_apply(state, "position issue=A.a side=ru stance=conditional :If.");
    assert_objections(state, "A(a)", "Россия agrees on conditions");
    fixture_apply(state, "position issue=A.a side=ru stance=against :No.");
    assert_objections(state, "A(a)", "Россия is against");
    fixture_apply(state, "position issue=A.a side=ru :As you like.");
    assert_objections(state, "A(a)", "");
    fixture_apply(state, "answer issue=A.a :[ru: not | us: yes] or [ru: broken");
    assert_objections(state, "A(a)", "the answer has 2 open brackets");
    fixture_apply(state, "answer issue=A.a :one [us: yes]");
    assert_objections(state, "A(a)", "the answer has 1 open bracket");
}

static void a_no_to_a_sub_question_counts(void **state) {
    assert_objections(state, "A(b)", "Россия has no position");
    fixture_apply(state, "position issue=A.b.1 side=ru stance=for :Yes.");
    assert_objections(state, "A(b)", "");
    fixture_apply(state, "position issue=A.b.2 side=ru stance=against :No.");
    assert_objections(state, "A(b)", "Россия is against");
    fixture_apply(state, "position issue=A.b.2 side=ru stance=for :Well, yes.");
    assert_objections(state, "A(b)", "");
}

static void confirms_what_was_reserved(void **state) {
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=us,ru");
    fixture_described(state,
                      "A(a) disposition agreed ad referendum, to be confirmed by United "
                      "States, Россия");
    assert_pending(state, "A(a)", "us ru");
    fixture_apply(state, "confirm issue=A.a side=ru :by letter of 3 March");
    assert_pending(state, "A(a)", "us");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    assert_true(strstr(issue(state, "A(a)")->record->confirmed.v[0].text, "March"));
    fixture_apply(state, "confirm issue=A.a side=us");
    assert_pending(state, "A(a)", "");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
    assert_int_equal(issue(state, "A(a)")->record->confirmed.v[1].at,
                     FIXTURE_MORNING + 3000);
    fixture_apply(state, "undo event=w.3");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    assert_pending(state, "A(a)", "us");
    fixture_apply(state, "undo event=w.4");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

static void refuses_who_was_not_asked(void **state) {
    fixture_refuse(state, "confirm issue=A.a side=ru", "not asked");
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    fixture_refuse(state, "confirm issue=A.a side=us", "not asked");
    fixture_refuse(state, "confirm issue=A.a side=xx", "not asked");
    fixture_refuse(state, "confirm issue=B.a side=ru", "not asked");
    fixture_refuse(state, "confirm issue=A.a", "no side");
    fixture_apply(state, "confirm issue=A.a side=ru");
    fixture_refuse(state, "confirm issue=A.a side=ru", "not asked");
    fixture_refuse(state,
                   "disposition issue=B.a disposition=agreed-ad-referendum sides=ru,xx",
                   "unknown side");
    assert_int_equal(issue(state, "B(a)")->disposition, DISPOSITION_OPEN);
}

static void a_later_outcome_ends_the_asking(void **state) {
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    fixture_apply(state, "position issue=A.a side=us stance=for :Yes.");
    fixture_apply(state, "position issue=A.a side=ru stance=for :Yes.");
    assert_objections(state, "A(a)", "Россия has yet to confirm it");
    fixture_apply(state, "disposition issue=A.a disposition=bracketed");
    assert_pending(state, "A(a)", "");
    fixture_refuse(state, "confirm issue=A.a side=ru", "not asked");
    fixture_apply(state, "undo event=w.4");
    assert_pending(state, "A(a)", "ru");
    fixture_apply(state, "confirm issue=A.a side=ru");
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    assert_pending(state, "A(a)", "ru");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
}

/* In a log that was put together of others, undo may come in any order. */
static void a_confirmation_without_its_ground_counts_for_nothing(void **state) {
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=ru");
    fixture_apply(state, "confirm issue=A.a side=ru");
    fixture_apply(state, "undo event=w.1");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_OPEN);
    assert_int_equal(issue(state, "A(a)")->record->confirmed.n, 0);
    fixture_apply(state, "undo event=w.3");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

static void a_side_taken_back_is_waited_for(void **state) {
    fixture_apply(state, "side side=eu :European Union");
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum sides=ru,eu");
    fixture_apply(state, "undo event=w.1");
    fixture_apply(state, "confirm issue=A.a side=ru");
    assert_pending(state, "A(a)", "eu");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
}

static void a_deferred_issue_is_kept_by_someone(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "person person=lee :Bruce LEE");
    assert_string_equal(issue_keeper(fixture_book(state), a), "");
    fixture_apply(state,
                  "disposition issue=A.a disposition=deferred owner=lee :too late");
    fixture_described(state, "A(a) disposition deferred, kept by LEE: too late");
    assert_string_equal(issue_keeper(fixture_book(state), a), "Bruce LEE");
    fixture_apply(state, "disposition issue=A.a disposition=deferred owner=ru");
    fixture_described(state, "A(a) disposition deferred, kept by Россия");
    assert_string_equal(issue_keeper(fixture_book(state), a), "Россия");
    fixture_apply(state, "disposition issue=A.a disposition=deferred owner=nobody-known");
    assert_string_equal(issue_keeper(fixture_book(state), a), "nobody-known");
    fixture_apply(state, "disposition issue=A.a disposition=open owner=lee");
    assert_string_equal(issue_keeper(fixture_book(state), a), "");
    fixture_apply(state, "undo event=w.5");
    assert_string_equal(issue_keeper(fixture_book(state), a), "nobody-known");
}

static void says_what_an_outcome_was_recorded_in_spite_of(void **state) {
    fixture_apply(state, "disposition issue=A.a disposition=agreed override=ru-says-no "
                         ":the chair so ruled");
    fixture_described(
        state, "A(a) disposition agreed, in spite of: ru-says-no: the chair so ruled");
}

/* ---- wordings and brackets */

static void assert_wordings(void **state, const char *cite, uint16_t sub,
                            const char *expected) {
    wording_vec v = {0};
    struct buf all = BUF_INIT;
    wordings_of(fixture_book(state), fixture_issue(fixture_book(state), cite), sub, &v);
    for (size_t i = 0; i < v.n; i++)
        buf_addf(&all, "%s%s", i ? " / " : "", v.v[i].text);
    assert_string_equal(all.s, expected);
    buf_release(&all);
    vec_release(&v);
}

static void keeps_every_wording(void **state) {
    assert_wordings(state, "A(b)", 0, "");
    fixture_apply(state, "answer issue=A.b :one");
    fixture_apply(state, "note issue=A.b :a note");
    fixture_apply(state, "answer issue=A.b :two");
    fixture_apply(state, "answer issue=A.b.1 :of the first");
    fixture_apply(state, "revise event=w.1 :one, late");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    assert_wordings(state, "A(b)", 1, "of the first");
    fixture_apply(state, "revise event=w.1 attribution=none :one, late");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    fixture_apply(state, "undo event=w.5");
    assert_wordings(state, "A(b)", 0, "one / two / one, late");
    fixture_apply(state, "undo event=w.6");
    assert_wordings(state, "A(b)", 0, "one / two");
    fixture_apply(state, "retract event=w.3");
    assert_wordings(state, "A(b)", 0, "one / two");
    assert_string_equal(
        issue_wording(fixture_book(state), fixture_issue(fixture_book(state), "A(b)"), 0),
        "");
    assert_string_equal(
        issue_wording(fixture_book(state), fixture_issue(fixture_book(state), "A(b)"), 1),
        "of the first");
}

static void a_moved_answer_brings_its_wordings(void **state) {
    fixture_apply(state, "answer issue=B.a :here");
    fixture_apply(state, "answer issue=A.a :one");
    fixture_apply(state, "revise event=w.2 :two");
    fixture_apply(state, "move event=w.2 issue=B.a");
    assert_wordings(state, "A(a)", 0, "");
    assert_wordings(state, "B(a)", 0, "here / one / two");
    fixture_apply(state, "undo event=w.4");
    assert_wordings(state, "A(a)", 0, "one / two");
    assert_wordings(state, "B(a)", 0, "here");
}

static void assert_brackets(void **state, const char *cite, int open, int broken) {
    const struct issue *i = issue(state, cite);
    assert_int_equal(i->n_brackets, open);
    assert_int_equal(i->n_broken, broken);
}

static uint32_t topic_brackets(void **state, const char *cite) {
    return fixture_book(state)->topics.v[issue(state, cite)->topic].n_brackets;
}

static void counts_brackets(void **state) {
    fixture_apply(state,
                  "answer issue=A.a :[ru: not | us: , [us: soon | RU: ]] now [deepen]");
    assert_brackets(state, "A(a)", 2, 0);
    fixture_apply(state, "answer issue=A.b.2 :[eu: nobody's] [us: broken");
    assert_brackets(state, "A(b)", 0, 1);
    fixture_apply(state, "answer issue=A.b :[ru: x]");
    assert_brackets(state, "A(b)", 1, 1);
    assert_int_equal(topic_brackets(state, "A(a)"), 3);
    fixture_apply(state, "side side=eu :European Union");
    assert_brackets(state, "A(b)", 2, 1);
    assert_int_equal(topic_brackets(state, "A(a)"), 4);
    fixture_apply(state, "undo event=w.4");
    assert_brackets(state, "A(b)", 1, 1);
    fixture_apply(state, "move event=w.1 issue=B.a");
    assert_brackets(state, "A(a)", 0, 0);
    assert_brackets(state, "B(a)", 2, 0);
    assert_int_equal(topic_brackets(state, "A(a)"), 1);
    assert_int_equal(topic_brackets(state, "B(a)"), 2);
    fixture_apply(state, "undo event=w.6");
    assert_brackets(state, "A(a)", 2, 0);
    fixture_apply(state, "answer issue=A.a :clean");
    assert_brackets(state, "A(a)", 0, 0);
    fixture_apply(state, "retract event=w.8");
    assert_brackets(state, "A(a)", 0, 0);
    fixture_apply(state, "undo event=w.9");
    fixture_apply(state, "undo event=w.8");
    assert_brackets(state, "A(a)", 2, 0);
    assert_int_equal(topic_brackets(state, "A(a)"), 3);
}

static void counts_brackets_of_what_is_moved_between_sub_questions(void **state) {
    fixture_apply(state, "answer issue=A.b.2 :[ru: x]");
    fixture_apply(state, "answer issue=A.b :[ru: y]");
    assert_brackets(state, "A(b)", 2, 0);
    fixture_apply(state, "move event=w.1 issue=A.b"); /* before w.2, which stands */
    assert_brackets(state, "A(b)", 1, 0);
    fixture_apply(state, "answer issue=A.b.2 :[ru: z] [us: z]");
    assert_brackets(state, "A(b)", 3, 0);
    fixture_apply(state, "revise event=w.4 :[ru: z]");
    assert_brackets(state, "A(b)", 2, 0);
    fixture_apply(state, "undo event=w.3");
    assert_brackets(state, "A(b)", 2, 0);
    fixture_apply(state, "undo event=w.4");
    assert_brackets(state, "A(b)", 2, 0);
    fixture_apply(state, "undo event=w.2");
    assert_brackets(state, "A(b)", 1, 0);
    assert_int_equal(topic_brackets(state, "A(b)"), 1);
}

/* What the first sub-question was answered stands though it is asked no more. */
static void counts_brackets_of_a_reworded_issue(void **state) {
    fixture_apply(state, "answer issue=A.b.2 :[ru: x]");
    fixture_apply(state, "issue issue=A.b :One question now");
    assert_brackets(state, "A(b)", 1, 0);
    fixture_apply(state, "issue issue=A.c :From the room");
    fixture_apply(state, "answer issue=A.c :[ru: x | us: y]");
    assert_int_equal(topic_brackets(state, "A(b)"), 2);
    fixture_apply(state, "undo event=w.3");
    assert_int_equal(topic_brackets(state, "A(b)"), 1);
    fixture_apply(state, "undo event=w.5");
    assert_int_equal(topic_brackets(state, "A(b)"), 2);
}

static void counts_no_more_brackets_than_it_can(void **state) {
    struct fixture *b = *state;
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
    fixture_apply(state, "answer issue=A.a resolves=2,ru :so be it");
    fixture_described(state,
                      "A(a) answer, bracket 2 resolved: the text of Россия: so be it");
    fixture_apply(state, "answer issue=A.a resolves=1,= :so be it");
    fixture_described(state,
                      "A(a) answer, bracket 1 resolved: a third wording: so be it");
}

/* ---- sub-questions */

static void assert_subs(void **state, const char *cite, unsigned closed, unsigned all) {
    uint32_t i = fixture_issue(fixture_book(state), cite);
    assert_int_equal(issue_subs(fixture_book(state), i), all);
    assert_int_equal(issue_subs_closed(fixture_book(state), i), closed);
}

static void closes_sub_questions(void **state) {
    assert_subs(state, "A(a)", 0, 0);
    assert_subs(state, "A(b)", 0, 2);
    fixture_apply(state, "subquestion issue=A.b.1 state=answered :the first sentence");
    fixture_described(state, "A(b)1 answered: the first sentence");
    assert_subs(state, "A(b)", 1, 2);
    fixture_apply(state, "subquestion issue=A.b.1 state=not-applicable :there is no law");
    assert_subs(state, "A(b)", 1, 2);
    assert_int_equal(issue(state, "A(b)")->record->subs.v[0].state, SUB_NOT_APPLICABLE);
    fixture_apply(state, "subquestion issue=A.b.1 state=open");
    assert_subs(state, "A(b)", 0, 2);
    fixture_apply(state, "undo event=w.3");
    assert_subs(state, "A(b)", 1, 2);
    fixture_apply(state, "undo event=w.2");
    assert_int_equal(issue(state, "A(b)")->record->subs.v[0].state, SUB_ANSWERED);
}

static void an_answer_closes_its_sub_question(void **state) {
    fixture_apply(state, "answer issue=A.b.2 :No.");
    assert_subs(state, "A(b)", 1, 2);
    assert_false(issue(state, "A(b)")->answered);
    fixture_apply(state, "subquestion issue=A.b.1 state=answered");
    assert_subs(state, "A(b)", 2, 2);
    assert_true(issue(state, "A(b)")->answered);
    assert_int_equal(fixture_book(state)->topics.v[0].n_answered, 1);
    fixture_apply(state, "retract event=w.1");
    assert_subs(state, "A(b)", 1, 2);
    assert_false(issue(state, "A(b)")->answered);
    assert_int_equal(fixture_book(state)->topics.v[0].n_answered, 0);
}

static void refuses_what_is_no_sub_question(void **state) {
    fixture_refuse(state, "subquestion issue=A.b state=answered", "not a sub-question");
    fixture_refuse(state, "subquestion issue=A.b.3 state=answered", "no sub-question");
    fixture_refuse(state, "subquestion issue=A.b.1 state=perhaps", "unknown state");
    fixture_refuse(state, "subquestion issue=A state=open", "it names a topic");
}

/* ---- recommendations */

static void assert_doubts(void **state, const char *expected) {
    struct buf said = BUF_INIT;
    recommendation_doubts(fixture_book(state), fixture_issue(fixture_book(state), "R(a)"),
                          &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
}

static void a_recommendation_rests_on_issues(void **state) {
    assert_doubts(state, "");
    fixture_apply(state, "support issue=R.a issues=A.a,A.b.2");
    fixture_described(state, "R(a) rests on A(a), A(b)2");
    assert_doubts(state, "rests on A(a) (open), A(b)2 (open)");
    fixture_apply(state, "disposition issue=A.a disposition=agreed");
    fixture_apply(state, "disposition issue=A.b disposition=deferred");
    assert_doubts(state, "rests on A(b)2 (deferred)");
    fixture_apply(state, "disposition issue=A.b disposition=noted");
    assert_doubts(state, "");
    fixture_apply(state, "answer issue=A.a :[ru: x | us: y]");
    assert_doubts(state, "rests on A(a) (open brackets)");
    fixture_apply(state, "support issue=R.a issues=B.z");
    assert_doubts(state, "rests on B.z (not in this workbook)");
    fixture_apply(state, "support issue=R.a");
    fixture_described(state, "R(a) rests on no issue");
    assert_doubts(state, "");
    fixture_apply(state, "undo event=w.7");
    assert_string_equal(issue(state, "R(a)")->record->supports, "B.z");
}

static void refuses_what_supports_nothing(void **state) {
    fixture_refuse(state, "support issue=A.a issues=A.b", "no recommendation");
    fixture_refuse(state, "support issue=R.a issues=A", "no list of references");
    fixture_refuse(state, "support issue=R.a issues=A..b", "no list of references");
    fixture_refuse(state, "support issue=R.a issues=A.b.c.d", "no list of references");
    fixture_refuse(state, "support issue=R.a issues=A.b,.", "no list of references");
}

/* ---- temperature checks */

static void assert_temperature(void **state, const char *cite, const char *expected) {
    uint32_t counts[LEVEL_COUNT + 1], n;
    char got[64];
    n = soundings_count(fixture_book(state), fixture_issue(fixture_book(state), cite),
                        counts);
    snprintf(got, sizeof got, "%u: %u %u %u %u %u", n, counts[1], counts[2], counts[3],
             counts[4], counts[5]);
    assert_string_equal(got, expected);
}

static void takes_the_temperature(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "person person=lee side=ru :Bruce LEE");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    fixture_apply(state, "sounding issue=A.a side=ru level=1");
    fixture_described(state, "A(a) temperature: Россия, against");
    fixture_apply(state, "sounding issue=A.a side=us level=5");
    fixture_apply(state, "sounding issue=A.a person=lee level=1");
    fixture_described(state, "A(a) temperature: LEE, against");
    assert_temperature(state, "A(a)", "3: 2 0 0 0 1");
    fixture_apply(state, "sounding issue=A.a side=ru level=3");
    assert_temperature(state, "A(a)", "3: 1 0 1 0 1");
    assert_int_equal(sounding_of(fixture_book(state), a, "ru", NONE), 3);
    assert_int_equal(sounding_of(fixture_book(state), a, "", 0), 1);
    assert_int_equal(sounding_of(fixture_book(state), a, "eu", NONE), 0);
    fixture_apply(state, "undo event=w.5");
    assert_temperature(state, "A(a)", "3: 2 0 0 0 1");
    assert_temperature(state, "A(b)", "0: 0 0 0 0 0");
}

static void a_new_wording_begins_a_new_check(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "answer issue=A.a :one");
    fixture_apply(state, "sounding issue=A.a side=ru level=4");
    assert_temperature(state, "A(a)", "1: 0 0 0 1 0");
    fixture_apply(state, "answer issue=A.a :two");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    assert_int_equal(sounding_of(fixture_book(state), a, "ru", NONE), 0);
    fixture_apply(state, "sounding issue=A.a side=us level=2");
    assert_temperature(state, "A(a)", "1: 0 1 0 0 0");
    fixture_apply(state, "retract event=w.3");
    assert_temperature(state, "A(a)", "0: 0 0 0 0 0");
    fixture_apply(state, "undo event=w.5");
    fixture_apply(state, "undo event=w.4");
    fixture_apply(state, "undo event=w.3");
    assert_temperature(state, "A(a)", "1: 0 0 0 1 0");
}

static void refuses_what_is_no_level(void **state) {
    fixture_refuse(state, "sounding issue=A.a side=ru level=0", "level");
    fixture_refuse(state, "sounding issue=A.a side=ru level=6", "level");
    fixture_refuse(state, "sounding issue=A.a side=ru level=two", "level");
    fixture_refuse(state, "sounding issue=A.a side=ru", "no level");
    fixture_refuse(state, "sounding issue=A.a level=2", "needs a side");
    fixture_refuse(state, "sounding issue=A.a level=2 person=lee",
                   "nobody who is a participant");
    fixture_apply(state, "person person=lee :Bruce LEE");
    fixture_refuse(state, "sounding issue=A.a level=2 person=lee side=ru",
                   "needs a side");
}

/* What an older memobook wrote: positions without a stance, outcomes without sides. */
static void reads_an_older_workbook(void **state) {
    uint32_t a = fixture_issue(fixture_book(state), "A(a)");
    fixture_apply(state, "position issue=A.a side=ru :Not without the State.");
    fixture_apply(state, "answer issue=A.a :Yes [deepen].");
    fixture_apply(state,
                  "disposition issue=A.a disposition=agreed-ad-referendum :ask Moscow");
    assert_int_equal(fixture_book(state)->n_odd, 0);
    assert_int_equal(issue_shared_position(fixture_book(state), a, "ru"), NONE);
    assert_string_equal(fixture_book(state)->entries.v[0].text, "Not without the State.");
    assert_pending(state, "A(a)", "");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AD_REFERENDUM);
    fixture_refuse(state, "confirm issue=A.a side=ru", "not asked");
    fixture_apply(state, "disposition issue=A.a disposition=agreed");
    assert_int_equal(issue(state, "A(a)")->disposition, DISPOSITION_AGREED);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
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
        TEST(counts_brackets_of_what_is_moved_between_sub_questions),
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
