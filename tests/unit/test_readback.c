/* Read-backs: a frozen wording, and each side's word on it. */
#include "fixture.h"

#include "model/agreement.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t of(void **state, const char *cite, uint16_t sub) {
    return issue_readback(fixture_book(state), fixture_issue(fixture_book(state), cite),
                          sub);
}

/* "ru assent, us reservation: why", by the order in which they first spoke. */
static void assert_words(void **state, uint32_t readback, const char *expected) {
    static const char *const names[] = {"assent", "reservation", "silence"};
    const struct readback *b = &fixture_book(state)->readbacks.v[readback];
    struct buf all = BUF_INIT;
    for (size_t i = 0; i < b->words.n; i++) {
        const struct assent_word *word = &b->words.v[i];
        buf_addf(&all, "%s%s %s", i ? ", " : "", word->side, names[word->assent]);
        if (*word->text)
            buf_addf(&all, ": %s", word->text);
    }
    assert_string_equal(all.s, expected);
    buf_release(&all);
}

static void takes_each_sides_word(void **state) {
    fixture_apply(state, "answer issue=A.a :Yes, soon.");
    assert_int_equal(readback_now(fixture_book(state)), NONE);
    fixture_apply(state, "readback issue=A.a state=start :Yes, soon.");
    fixture_described(state, "A(a) read back: Yes, soon.");
    assert_int_equal(readback_now(fixture_book(state)), 0);
    assert_int_equal(of(state, "A(a)", 0), 0);
    fixture_apply(state, "assent event=w.2 side=ru state=assent");
    fixture_described(state, "A(a) Россия: assent");
    fixture_apply(state, "assent event=w.2 side=us state=reservation :“soon” is vague");
    fixture_described(state, "A(a) United States: reservation: “soon” is vague");
    assert_words(state, 0, "ru assent, us reservation: “soon” is vague");
    assert_int_equal(fixture_book(state)->readbacks.v[0].words.v[1].at,
                     FIXTURE_MORNING + 4000);
    fixture_apply(state, "assent event=w.2 side=us state=silence");
    assert_words(state, 0, "ru assent, us silence");
    assert_int_equal(readback_word(fixture_book(state), 0, "us"), 1);
    assert_int_equal(readback_word(fixture_book(state), 0, "eu"), NONE);
    fixture_apply(state, "readback issue=A.a state=end");
    fixture_described(state, "A(a) read-back ends");
    assert_int_equal(readback_now(fixture_book(state)), NONE);
    assert_int_equal(of(state, "A(a)", 0), 0);
    assert_true(readback_covers(fixture_book(state), 0));
}

static void each_step_is_undone(void **state) {
    fixture_apply(state, "answer issue=A.a :Yes.");
    fixture_apply(state, "readback issue=A.a :Yes.");
    fixture_apply(state, "assent event=w.2 side=ru state=reservation :no");
    fixture_apply(state, "assent event=w.2 side=ru state=assent");
    fixture_apply(state, "readback issue=A.a state=end");
    fixture_apply(state, "undo event=w.5");
    assert_int_equal(readback_now(fixture_book(state)), 0);
    fixture_apply(state, "undo event=w.4");
    assert_words(state, 0, "ru reservation: no");
    fixture_apply(state, "undo event=w.3");
    assert_words(state, 0, "");
    fixture_apply(state, "undo event=w.2");
    assert_int_equal(readback_now(fixture_book(state)), NONE);
    assert_int_equal(of(state, "A(a)", 0), NONE);
    fixture_apply(state, "undo event=w.9");
    fixture_apply(state, "undo event=w.8");
    assert_int_equal(readback_now(fixture_book(state)), 0);
    assert_words(state, 0, "ru reservation: no");
}

static void a_later_change_is_not_covered(void **state) {
    fixture_apply(state, "answer issue=A.a :Yes.");
    fixture_apply(state, "readback issue=A.a :Yes.");
    assert_true(readback_covers(fixture_book(state), 0));
    fixture_apply(state, "revise event=w.1 :Yes!");
    assert_false(readback_covers(fixture_book(state), 0));
    fixture_apply(state, "undo event=w.3");
    assert_true(readback_covers(fixture_book(state), 0));
    fixture_apply(state, "answer issue=A.a :No.");
    assert_false(readback_covers(fixture_book(state), 0));
    assert_string_equal(fixture_book(state)->readbacks.v[0].text, "Yes.");
    fixture_apply(state, "answer issue=A.a :Yes.");
    assert_true(readback_covers(fixture_book(state), 0));
    fixture_apply(state, "retract event=w.6");
    assert_false(readback_covers(fixture_book(state), 0));
}

static void a_sub_question_has_its_own(void **state) {
    fixture_apply(state, "answer issue=A.b :All of it.");
    fixture_apply(state, "answer issue=A.b.2 :The second.");
    fixture_apply(state, "readback issue=A.b.2 :The second.");
    assert_int_equal(of(state, "A(b)", 0), NONE);
    assert_int_equal(of(state, "A(b)", 2), 0);
    fixture_apply(state, "assent event=w.3 side=ru state=assent");
    fixture_described(state, "A(b)2 Россия: assent");
    fixture_apply(state, "answer issue=A.b :Less of it.");
    assert_true(readback_covers(fixture_book(state), 0));
    fixture_apply(state, "answer issue=A.b.2 :Another.");
    assert_false(readback_covers(fixture_book(state), 0));
    fixture_refuse(state, "readback issue=A.b state=end", "no read-back is under way");
    fixture_apply(state, "readback issue=A.b.2 state=end");
}

static void a_new_one_takes_the_place(void **state) {
    fixture_apply(state, "answer issue=A.a :one");
    fixture_apply(state, "readback issue=A.a :one");
    fixture_apply(state, "assent event=w.2 side=ru state=silence");
    fixture_apply(state, "answer issue=A.a :two");
    fixture_apply(state, "readback issue=A.a :two");
    assert_int_equal(of(state, "A(a)", 0), 1);
    assert_words(state, 1, "");
    fixture_apply(state, "assent event=w.5 side=ru state=assent");
    assert_words(state, 0, "ru silence");
    assert_words(state, 1, "ru assent");
    fixture_apply(state, "readback issue=B.a :of another issue");
    assert_int_equal(readback_now(fixture_book(state)), 2);
    assert_int_equal(of(state, "A(a)", 0), 1);
    fixture_apply(state, "undo event=w.7");
    assert_int_equal(readback_now(fixture_book(state)), 1);
}

static void refuses_contradictory_orders(void **state) {
    fixture_refuse(state, "readback issue=A.a state=end", "no read-back is under way");
    fixture_refuse(state, "readback issue=A.a", "it has no text");
    fixture_refuse(state, "readback issue=A :text", "names a topic");
    fixture_apply(state, "readback issue=A.a :text");
    fixture_refuse(state, "assent event=w.1 side=ru state=assent", "unknown event");
    fixture_refuse(state, "assent event=w.4 side=ru state=perhaps", "unknown state");
    fixture_refuse(state, "assent event=w.4 state=assent", "it has no side");
    fixture_refuse(state, "assent event=w.4 side=ru state=reservation", "without words");
    fixture_refuse(state, "assent event=w.99 side=ru state=assent", "unknown event");
    fixture_apply(state, "note issue=A.a :a note");
    fixture_refuse(state, "assent event=w.10 side=ru state=assent", "no read-back");
    fixture_apply(state, "readback issue=A.a state=end");
    fixture_refuse(state, "assent event=w.12 side=ru state=assent", "no read-back");
    fixture_refuse(state, "readback issue=A.a state=end", "no read-back is under way");
    fixture_apply(state, "assent event=w.4 side=ru state=assent");
    assert_words(state, 0, "ru assent");
    fixture_apply(state, "undo event=w.4");
    fixture_refuse(state, "assent event=w.4 side=us state=assent", "taken back");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(takes_each_sides_word),         TEST(each_step_is_undone),
        TEST(a_later_change_is_not_covered), TEST(a_sub_question_has_its_own),
        TEST(a_new_one_takes_the_place),     TEST(refuses_contradictory_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
