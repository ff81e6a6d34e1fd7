/*
 * What the clock does to the screen while nobody types: when the program wakes up, what
 * it then says, and that it says it once, over nothing.
 */
#include "base/text.h"
#include "session/session.h"
#include "ui/ui_test.h"

#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static const char *source = ".";
static char scratch[] = "/tmp/clock.XXXXXX";

/* The wall clock and the steady one, which a test sets apart. */
static struct times { int64_t wall, steady; } times;

static struct session *session;
static struct ui_test *ui;

static int64_t wall_clock(void *ctx) {
    return ((struct times *)ctx)->wall;
}

static int64_t steady_clock(void *ctx) {
    return ((struct times *)ctx)->steady;
}

static void pass(int64_t ms) {
    times.wall += ms;
    times.steady += ms;
    ui_test_pause(ui);
}

/* ---- the program, opened and read ---- */

static int open_program(void **state) {
    char memo[PATH_MAX], path[PATH_MAX];
    struct err err = ERR_INIT;

    (void)state;
    snprintf(memo, sizeof memo, "%s/memos/supr-2011.xml", source);
    snprintf(path, sizeof path, "%s/supr-2011.workbook.xml", scratch);
    unlink(path);
    assert_int_equal(session_create(memo, path, &err), 0);
    session = session_open(path, SESSION_SCREEN, &err);
    assert_non_null(session);
    times.wall = INT64_C(1323163800000); /* 2011-12-06, 9:30 */
    times.steady = 5 * HOUR + 137;
    session_set_clock(session, wall_clock, &times);
    session_set_steady(session, steady_clock);
    ui = ui_test_open(session, 80, 24);
    assert_non_null(ui);
    return 0;
}

static int close_program(void **state) {
    (void)state;
    ui_test_close(ui);
    session_close(session);
    return 0;
}

static bool shows(const char *words) {
    struct buf b = BUF_INIT;

    ui_test_text(ui, &b);
    bool is = strstr(b.s, words) != NULL;
    buf_release(&b);
    return is;
}

#define assert_shows(words)                                                              \
    do {                                                                                 \
        if (!shows(words))                                                               \
            fail_msg("“%s” is not on the screen:\n%s", words, screen_text());            \
    } while (0)
#define assert_lacks(words)                                                              \
    do {                                                                                 \
        if (shows(words))                                                                \
            fail_msg("“%s” is on the screen:\n%s", words, screen_text());                \
    } while (0)

static const char *screen_text(void) {
    static struct buf b = BUF_INIT;

    buf_clear(&b);
    ui_test_text(ui, &b);
    return b.s;
}

static void timebox(const char *minutes) {
    ui_test_keys(ui, "t");
    ui_test_type(ui, minutes);
    ui_test_keys(ui, "Enter");
}

/* ---- waking up ---- */

static void wakes_once_a_minute_for_the_header(void **state) {
    (void)state;
    times.wall += 12 * SECOND;
    assert_in_range(ui_test_wait(ui), 48 * SECOND, 48 * SECOND + 10);
    ui_test_keys(ui, "g a b Space u");
    assert_in_range(ui_test_wait(ui), 30 * SECOND, 48 * SECOND + 10);
}

static void wakes_once_a_second_for_what_counts(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b Space");
    assert_shows("▶ 0:00");
    assert_in_range(ui_test_wait(ui), 1, SECOND + 10);
    pass(SECOND);
    assert_shows("▶ 0:01");
    assert_in_range(ui_test_wait(ui), SECOND - 10, SECOND + 10);
    pass(SECOND + 5); /* woken a little late */
    assert_shows("▶ 0:02");
    assert_in_range(ui_test_wait(ui), SECOND - 15, SECOND + 5);
    ui_test_keys(ui, "g a c"); /* it runs, but nobody sees it */
    assert_in_range(ui_test_wait(ui), 2 * SECOND, MINUTE + 10);
    ui_test_keys(ui, "g a b ?");
    assert_in_range(ui_test_wait(ui), 2 * SECOND, MINUTE + 10);
    ui_test_keys(ui, "Esc Space");
    assert_in_range(ui_test_wait(ui), 2 * SECOND, MINUTE + 10);
}

static void wakes_when_a_box_ends(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b");
    timebox("1");
    ui_test_keys(ui, "Space g a c");
    pass(SECOND);
    int wait = ui_test_wait(ui);
    assert_in_range(wait, 45 * SECOND, 48 * SECOND);
    pass(wait);
    assert_shows("A(b): 0:48 of 1:00 are used");
}

/* ---- reminding ---- */

static void reminds_of_a_box_once(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b");
    timebox("15");
    ui_test_keys(ui, "Space g c a");
    pass(11 * MINUTE + 59 * SECOND);
    assert_lacks("are used");
    pass(SECOND);
    assert_shows("A(b): 12:00 of 15:00 are used · 80 %");
    ui_test_keys(ui, "Down");
    pass(SECOND);
    assert_lacks("are used");
    pass(3 * MINUTE);
    assert_shows("A(b): time is up, 15:01 of 15:00");
    ui_test_keys(ui, "Up");
    pass(10 * MINUTE);
    assert_lacks("time is up");
    ui_test_keys(ui, "g a b");
    assert_shows("25:01 of 15:00 · time is up");
    timebox("40"); /* more time: it will be said again */
    ui_test_keys(ui, "g c a");
    pass(MINUTE);
    assert_lacks("time is up");
    pass(7 * MINUTE);
    assert_shows("A(b): 33:01 of 40:00 are used · 82 %");
}

static void never_disturbs_typing(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b");
    timebox("10");
    ui_test_keys(ui, "Space n");
    ui_test_type(ui, "first words");
    pass(9 * MINUTE);
    assert_lacks("are used");
    assert_shows("first words");
    assert_shows("9:00 of 10:00 · 90 %");
    ui_test_keys(ui, "Esc d");
    pass(SECOND);
    assert_lacks("are used"); /* nor a menu */
    ui_test_keys(ui, "Esc Down");
    pass(SECOND);
    assert_shows("A(b): 9:02 of 10:00 are used · 90 %");
}

static void never_covers_what_was_hardly_read(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b");
    timebox("10");
    ui_test_keys(ui, "Space");
    pass(8 * MINUTE - SECOND);
    ui_test_keys(ui, ":");
    ui_test_type(ui, "priority Z(z) 1");
    ui_test_keys(ui, "Enter Esc");
    ui_test_type(ui, "%"); /* says that it means nothing */
    assert_shows("means nothing here");
    pass(SECOND);
    assert_shows("means nothing here");
    assert_lacks("are used");
    pass(30 * SECOND);
    assert_shows("A(b): 8:30 of 10:00 are used");
}

static void reminds_of_the_planned_end(void **state) {
    (void)state;
    ui_test_keys(ui, "S o Enter");
    assert_shows("Day 1 morning · 09:30");
    ui_test_keys(ui, "S u");
    ui_test_type(ui, "11:00");
    ui_test_keys(ui, "Enter Down");
    pass(HOUR);
    assert_lacks("was to end");
    pass(30 * MINUTE);
    assert_shows("“Day 1 morning” was to end at 11:00; S adjourns it");
    ui_test_keys(ui, "Up");
    pass(MINUTE);
    assert_lacks("was to end");
}

/* ---- a clock that jumps ---- */

static void says_that_the_clock_was_set_back(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b Space");
    pass(10 * MINUTE);
    assert_shows("▶ 10:00");
    ui_test_keys(ui, "Down");
    times.wall -= HOUR;
    pass(SECOND);
    assert_shows("set back by 1:00:00");
    ui_test_keys(ui, "Up");
    assert_shows("▶ 10:01");
    pass(MINUTE);
    assert_lacks("set back");
    ui_test_keys(ui, "Space");
    assert_lacks("· -");
    assert_shows("11:01");
}

static void says_that_the_night_was_slept_through(void **state) {
    (void)state;
    ui_test_keys(ui, "g a b Space");
    pass(10 * MINUTE);
    ui_test_keys(ui, "Down");
    times.wall += 12 * HOUR; /* the lid was closed: the steady clock stood still */
    pass(SECOND);
    assert_shows("went ahead by 12:00:00");
    ui_test_keys(ui, "Up 1");
    assert_shows("▶ 10:01");
    pass(30 * MINUTE);
    assert_lacks("went ahead");
    assert_shows("▶ 40:01");
}

/* ---- */

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *where) {
    (void)st;
    (void)where;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static void clean_up(void) {
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void set_up(void) {
    if (mkdtemp(scratch) == NULL) {
        perror(scratch);
        exit(1);
    }
    atexit(clean_up);
    if (getenv("top_srcdir") != NULL)
        source = getenv("top_srcdir");
    setenv("HOME", scratch, 1);
    setenv("XDG_STATE_HOME", scratch, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    tzset();
    text_locale();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_program, close_program)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(wakes_once_a_minute_for_the_header),
        TEST(wakes_once_a_second_for_what_counts),
        TEST(wakes_when_a_box_ends),
        TEST(reminds_of_a_box_once),
        TEST(never_disturbs_typing),
        TEST(never_covers_what_was_hardly_read),
        TEST(reminds_of_the_planned_end),
        TEST(says_that_the_clock_was_set_back),
        TEST(says_that_the_night_was_slept_through),
    };

    set_up();
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL) != 0;
}
