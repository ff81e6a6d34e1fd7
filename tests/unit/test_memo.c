#include "fixture.h"

static void ids_follow_each_other(void **state) {
    (void)state;
    static const char *const steps[][3] = {
        {"", "a", "a"},     {"a", "a", "b"},  {"z", "a", "aa"},    {"az", "a", "ba"},
        {"zz", "a", "aaa"}, {"Z", "A", "AA"}, {"fig-1", "a", "a"}, {"", "A", "A"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char next[MEMO_ID_MAX + 1];
        memo_next_id(steps[i][0], steps[i][1], next);
        assert_string_equal(next, steps[i][2]);
    }
}

static void ids_are_short_labels(void **state) {
    (void)state;
    assert_true(memo_id_ok("a"));
    assert_true(memo_id_ok("ABCDEFGHIJ-12345"));
    assert_false(memo_id_ok("ABCDEFGHIJ-123456"));
    assert_false(memo_id_ok(""));
    assert_false(memo_id_ok("б"));
    assert_false(memo_id_ok("a.b"));
}

static void dates_exist(void **state) {
    (void)state;
    assert_true(memo_date_ok("2012-02-29", false));
    assert_false(memo_date_ok("2011-02-29", false));
    assert_false(memo_date_ok("2011-13-01", false));
    assert_false(memo_date_ok("2011-12-06x", false));
    assert_false(memo_date_ok("2011-12", false));
    assert_true(memo_date_ok("2011-12", true));
    assert_true(memo_date_ok("2011", true));
    assert_false(memo_date_ok("", true));
}

static void expect_dates(const char *from, const char *to, const char *want) {
    struct memo *m = memo_new();
    struct buf b = BUF_INIT;
    m->from = from;
    m->to = to;
    memo_dates(m, &b);
    assert_string_equal(b.s, want);
    buf_release(&b);
    memo_free(m);
}

static void dates_read_well(void **state) {
    (void)state;
    expect_dates("2011-12-06", "2011-12-07", "6–7 December 2011");
    expect_dates("2011-12-06", "2011-12-06", "6 December 2011");
    expect_dates("2011-11-30", "2011-12-01", "30 November – 1 December 2011");
    expect_dates("2011-12-31", "2012-01-01", "31 December 2011 – 1 January 2012");
    expect_dates("", "", "");
}

static void lists_hold_words(void **state) {
    (void)state;
    assert_true(memo_list_has("us ru", "ru"));
    assert_true(memo_list_has("  us\nru ", "us"));
    assert_false(memo_list_has("us ru", "r"));
    assert_false(memo_list_has("", "us"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_follow_each_other), cmocka_unit_test(ids_are_short_labels),
        cmocka_unit_test(dates_exist), cmocka_unit_test(dates_read_well),
        cmocka_unit_test(lists_hold_words)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
