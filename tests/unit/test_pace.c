#include "fixture.h"

#include "model/pace.h"

#include <stdio.h>
#include <stdlib.h>

enum { MINUTE = 60 * 1000 };

static void apply_at(struct workbook *w, int minute, const char *words) {
    char all[128];
    snprintf(all, sizeof all, "w.%zu %s", w->log.n + 1, words);
    assert_int_equal(fixture_event(w, (int64_t)minute * MINUTE, all), 0);
}

/* What is left, with what each needs: "A(a) 10, A(b) 20*", * where it is not reached. */
static void left(struct workbook *w, const struct pace *p, const char *expected) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < p->items.n; i++) {
        buf_puts(&b, i ? ", " : "");
        ref_print(w, ref_of_issue(w, p->items.v[i].issue), &b);
        buf_addf(&b, " %d%s", (int)(p->items.v[i].need / MINUTE),
                 p->items.v[i].reached ? "" : "*");
    }
    assert_string_equal(b.s, expected);
    buf_release(&b);
}

static void all_alike_where_nothing_is_known(void **state) {
    struct pace p = {0};
    pace_compute(&p, fixture_book(state), 0, 35 * MINUTE);
    left(fixture_book(state), &p,
         "A(a) 10, A(b) 10, B(a) 10, B(b) 10*, B(c) 10*, R(a) 10*");
    assert_int_equal(p.need, 60 * MINUTE);
    assert_int_equal(p.missed, 3);
    assert_int_equal(p.first, 3);
    pace_release(&p);
}

static void boxes_and_shares(void **state) {
    struct workbook *w = fixture_book(state);
    struct pace p = {0};
    apply_at(w, 0, "timebox issue=A.a minutes=5");
    apply_at(w, 0, "timebox issue=B minutes=65");
    apply_at(w, 0, "timebox issue=B.c minutes=25");
    apply_at(w, 0, "discuss issue=A.a state=start");
    apply_at(w, 2, "note issue=A.a :x");
    pace_compute(&p, w, w->room.time, 40 * MINUTE);
    left(w, &p, "A(a) 3, A(b) 10, B(a) 20, B(b) 20*, B(c) 25*, R(a) 10*");
    apply_at(w, 12, "discuss issue=B.a state=start"); /* A(a) took 12: the average */
    pace_compute(&p, w, w->room.time, 40 * MINUTE);
    left(w, &p, "A(b) 12, B(a) 20, B(b) 20*, B(c) 25*, R(a) 12*");
    apply_at(w, 42, "disposition issue=B.a disposition=agreed");
    apply_at(w, 42, "discuss issue=B.a state=stop"); /* 30 of 40 minutes are gone */
    pace_compute(&p, w, w->room.time, 0);
    left(w, &p, "A(b) 21*, B(b) 10*, B(c) 25*, R(a) 21*");
    assert_int_equal(topic_spent(w, 1, w->room.time), 30 * MINUTE);
    pace_release(&p);
}

static void never_under_a_minute(void **state) {
    struct workbook *w = fixture_book(state);
    struct pace p = {0};
    apply_at(w, 0, "timebox issue=A.a minutes=5");
    apply_at(w, 0, "timebox issue=B minutes=1");
    apply_at(w, 0, "discuss issue=A.a state=start");
    pace_compute(&p, w, room_time(w, 9 * MINUTE), -1);
    left(w, &p, "A(a) 1*, A(b) 10*, B(a) 1*, B(b) 1*, B(c) 1*, R(a) 10*");
    assert_int_equal(p.left, 0);
    pace_release(&p);
}

static void dropping_the_lowest(void **state) {
    struct workbook *w = fixture_book(state);
    struct pace p = {0};
    pace_compute(&p, w, 0, 35 * MINUTE); /* B(b) has priority 2, the others none */
    assert_int_equal(p.drop, 0);
    assert_int_equal(p.dropped, 5);
    assert_int_equal(p.won, 50 * MINUTE);
    assert_int_equal(p.missed_then, 0);
    static const char *const priorities[] = {"A.a priority=1", "A.b priority=3",
                                             "B.a priority=1", "B.c priority=3",
                                             "R.a priority=1"};
    for (size_t i = 0; i < 5; i++) {
        char words[64];
        snprintf(words, sizeof words, "priority issue=%s", priorities[i]);
        apply_at(w, 0, words);
    }
    pace_compute(&p, w, 0, 35 * MINUTE);
    assert_int_equal(p.drop, 3);
    assert_int_equal(p.dropped, 2);
    assert_int_equal(p.won, 20 * MINUTE);
    assert_int_equal(p.missed, 3);
    assert_int_equal(p.missed_then, 1);
    apply_at(w, 0, "disposition issue=A.b disposition=deferred");
    apply_at(w, 0, "disposition issue=B.c disposition=deferred");
    apply_at(w, 0, "priority issue=B.b priority=1");
    pace_compute(&p, w, 0, 35 * MINUTE); /* all have the same */
    assert_int_equal(p.drop, 1);
    assert_int_equal(p.dropped, 0);
    assert_int_equal(p.missed_then, p.missed);
    pace_release(&p);
}

static void all_done(void **state) {
    static const char *const refs[] = {"A.a", "A.b", "B.a", "B.b", "B.c", "R.a"};
    struct workbook *w = fixture_book(state);
    struct pace p = {0};
    for (size_t i = 0; i < 6; i++) {
        char words[64];
        snprintf(words, sizeof words, "disposition issue=%s disposition=noted", refs[i]);
        apply_at(w, 0, words);
    }
    pace_compute(&p, w, 0, 35 * MINUTE);
    assert_int_equal(p.items.n, 0);
    assert_int_equal(p.need, 0);
    assert_int_equal(p.first, NONE);
    apply_at(w, 0, "issue issue=A.c :Raised");
    pace_compute(&p, w, 0, 35 * MINUTE);
    left(w, &p, "A(c) 10");
    pace_release(&p);
}

static void states_of_a_box(void **state) {
    (void)state;
    assert_int_equal(box_state(5, 0), BOX_NONE);
    assert_int_equal(box_state(0, 10 * MINUTE), BOX_CALM);
    assert_int_equal(box_state(8 * MINUTE - 1, 10 * MINUTE), BOX_CALM);
    assert_int_equal(box_state(8 * MINUTE, 10 * MINUTE), BOX_NEAR);
    assert_int_equal(box_state(10 * MINUTE - 1, 10 * MINUTE), BOX_NEAR);
    assert_int_equal(box_state(10 * MINUTE, 10 * MINUTE), BOX_OVER);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_alike_where_nothing_is_known),
        TEST(boxes_and_shares),
        TEST(never_under_a_minute),
        TEST(dropping_the_lowest),
        TEST(all_done),
        TEST(states_of_a_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
