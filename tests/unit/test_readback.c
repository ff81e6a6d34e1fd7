/* Read-backs: a frozen wording, and each side's word on it. */
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

static void refused(void **state, const char *words, const char *why) {
    size_t n = book(state)->readbacks.n;
    assert_int_equal(event(state, words), -1);
    assert_int_equal(book(state)->readbacks.n, n);
    const char *odd = book(state)->log.v[book(state)->log.n - 1].odd;
    if (!strstr(odd, why))
        fail_msg("%s: “%s” is not in “%s”", words, why, odd);
}

static uint32_t of(void **state, const char *cite, uint16_t sub) {
    return issue_readback(book(state), fixture_issue(book(state), cite), sub);
}

/* "ru assent, us reservation: why", by the order in which they first spoke. */
static void assert_words(void **state, uint32_t readback, const char *expected) {
    static const char *const names[] = {"assent", "reservation", "silence"};
    const struct readback *b = &book(state)->readbacks.v[readback];
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

static void assert_said(void **state, const char *expected) {
    struct buf said = BUF_INIT;
    workbook_describe(book(state), (uint32_t)book(state)->log.n - 1, &said);
    assert_string_equal(said.s, expected);
    buf_release(&said);
}

static void takes_each_sides_word(void **state) {
    apply(state, "answer issue=A.a :Yes, soon.");
    assert_int_equal(readback_now(book(state)), NONE);
    apply(state, "readback issue=A.a state=start :Yes, soon.");
    assert_said(state, "A(a) read back: Yes, soon.");
    assert_int_equal(readback_now(book(state)), 0);
    assert_int_equal(of(state, "A(a)", 0), 0);
    apply(state, "assent event=w.2 side=ru state=assent");
    assert_said(state, "A(a) Россия: assent");
    apply(state, "assent event=w.2 side=us state=reservation :“soon” is vague");
    assert_said(state, "A(a) United States: reservation: “soon” is vague");
    assert_words(state, 0, "ru assent, us reservation: “soon” is vague");
    assert_int_equal(book(state)->readbacks.v[0].words.v[1].at, 4000);
    apply(state, "assent event=w.2 side=us state=silence");
    assert_words(state, 0, "ru assent, us silence");
    assert_int_equal(readback_word(book(state), 0, "us"), 1);
    assert_int_equal(readback_word(book(state), 0, "eu"), NONE);
    apply(state, "readback issue=A.a state=end");
    assert_said(state, "A(a) read-back ends");
    assert_int_equal(readback_now(book(state)), NONE);
    assert_int_equal(of(state, "A(a)", 0), 0);
    assert_true(readback_covers(book(state), 0));
}

static void each_step_is_undone(void **state) {
    apply(state, "answer issue=A.a :Yes.");
    apply(state, "readback issue=A.a :Yes.");
    apply(state, "assent event=w.2 side=ru state=reservation :no");
    apply(state, "assent event=w.2 side=ru state=assent");
    apply(state, "readback issue=A.a state=end");
    apply(state, "undo event=w.5");
    assert_int_equal(readback_now(book(state)), 0);
    apply(state, "undo event=w.4");
    assert_words(state, 0, "ru reservation: no");
    apply(state, "undo event=w.3");
    assert_words(state, 0, "");
    apply(state, "undo event=w.2");
    assert_int_equal(readback_now(book(state)), NONE);
    assert_int_equal(of(state, "A(a)", 0), NONE);
    apply(state, "undo event=w.9");
    apply(state, "undo event=w.8");
    assert_int_equal(readback_now(book(state)), 0);
    assert_words(state, 0, "ru reservation: no");
}

static void a_later_change_is_not_covered(void **state) {
    apply(state, "answer issue=A.a :Yes.");
    apply(state, "readback issue=A.a :Yes.");
    assert_true(readback_covers(book(state), 0));
    apply(state, "revise event=w.1 :Yes!");
    assert_false(readback_covers(book(state), 0));
    apply(state, "undo event=w.3");
    assert_true(readback_covers(book(state), 0));
    apply(state, "answer issue=A.a :No.");
    assert_false(readback_covers(book(state), 0));
    assert_string_equal(book(state)->readbacks.v[0].text, "Yes.");
    apply(state, "answer issue=A.a :Yes.");
    assert_true(readback_covers(book(state), 0));
    apply(state, "retract event=w.6");
    assert_false(readback_covers(book(state), 0));
}

static void a_sub_question_has_its_own(void **state) {
    apply(state, "answer issue=A.b :All of it.");
    apply(state, "answer issue=A.b.2 :The second.");
    apply(state, "readback issue=A.b.2 :The second.");
    assert_int_equal(of(state, "A(b)", 0), NONE);
    assert_int_equal(of(state, "A(b)", 2), 0);
    apply(state, "assent event=w.3 side=ru state=assent");
    assert_said(state, "A(b)2 Россия: assent");
    apply(state, "answer issue=A.b :Less of it.");
    assert_true(readback_covers(book(state), 0));
    apply(state, "answer issue=A.b.2 :Another.");
    assert_false(readback_covers(book(state), 0));
    refused(state, "readback issue=A.b state=end", "no read-back is under way");
    apply(state, "readback issue=A.b.2 state=end");
}

static void a_new_one_takes_the_place(void **state) {
    apply(state, "answer issue=A.a :one");
    apply(state, "readback issue=A.a :one");
    apply(state, "assent event=w.2 side=ru state=silence");
    apply(state, "answer issue=A.a :two");
    apply(state, "readback issue=A.a :two");
    assert_int_equal(of(state, "A(a)", 0), 1);
    assert_words(state, 1, "");
    apply(state, "assent event=w.5 side=ru state=assent");
    assert_words(state, 0, "ru silence");
    assert_words(state, 1, "ru assent");
    apply(state, "readback issue=B.a :of another issue");
    assert_int_equal(readback_now(book(state)), 2);
    assert_int_equal(of(state, "A(a)", 0), 1);
    apply(state, "undo event=w.7");
    assert_int_equal(readback_now(book(state)), 1);
}

static void refuses_contradictory_orders(void **state) {
    refused(state, "readback issue=A.a state=end", "no read-back is under way");
    refused(state, "readback issue=A.a", "it has no text");
    refused(state, "readback issue=A :text", "names a topic");
    apply(state, "readback issue=A.a :text");
    refused(state, "assent event=w.1 side=ru state=assent", "unknown event");
    refused(state, "assent event=w.4 side=ru state=perhaps", "unknown state");
    refused(state, "assent event=w.4 state=assent", "it has no side");
    refused(state, "assent event=w.4 side=ru state=reservation", "without words");
    refused(state, "assent event=w.99 side=ru state=assent", "unknown event");
    apply(state, "note issue=A.a :a note");
    refused(state, "assent event=w.10 side=ru state=assent", "no read-back");
    apply(state, "readback issue=A.a state=end");
    refused(state, "assent event=w.12 side=ru state=assent", "no read-back");
    refused(state, "readback issue=A.a state=end", "no read-back is under way");
    apply(state, "assent event=w.4 side=ru state=assent");
    assert_words(state, 0, "ru assent");
    apply(state, "undo event=w.4");
    refused(state, "assent event=w.4 side=us state=assent", "taken back");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(takes_each_sides_word),         TEST(each_step_is_undone),
        TEST(a_later_change_is_not_covered), TEST(a_sub_question_has_its_own),
        TEST(a_new_one_takes_the_place),     TEST(refuses_contradictory_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
