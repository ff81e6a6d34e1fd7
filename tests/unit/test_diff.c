#include "fixture.h"

#include "model/diff.h"

#include <stdlib.h>
#include <string.h>

/* "a [-b-]{+c+}" */
static char *shown(const char *old, const char *new) {
    static const char *const before[] = {"", "[-", "{+"}, *const after[] = {"", "-]",
                                                                            "+}"};
    struct diff d;
    struct buf out = BUF_INIT;
    diff_words(&d, old, new);
    for (size_t i = 0; i < d.v.n; i++) {
        const struct diff_piece *p = &d.v.v[i];
        buf_puts(&out, before[p->kind]);
        buf_add(&out, (p->kind == DIFF_GONE ? old : new) + p->start, p->len);
        buf_puts(&out, after[p->kind]);
    }
    diff_release(&d);
    return buf_detach(&out);
}

static void assert_shown(const char *old, const char *new, const char *expected) {
    char *got = shown(old, new);
    assert_string_equal(got, expected);
    free(got);
}

static void compares_words(void **state) {
    (void)state;
    assert_shown("", "", "");
    assert_shown("same text", "same text", "same text");
    assert_shown("", "a b", "{+a b+}");
    assert_shown("a b", "", "[-a b-]");
    assert_shown("States shall act.", "States may act.", "States [-shall-]{+may+} act.");
    assert_shown("the quick brown fox", "the slow red fox",
                 "the [-quick brown-]{+slow red+} fox");
}

static void compares_other_scripts(void **state) {
    (void)state;
    assert_shown("Государства дают доступ", "Государства не дают доступ",
                 "Государства {+не +}дают доступ");
    assert_shown("应当立即", "应当即", "应当[-立-]即");
}

/* The pieces of either side make the text again, and neighbours differ. */
static void assert_whole(const char *old, const char *new) {
    struct diff d;
    struct buf a = BUF_INIT, b = BUF_INIT;
    diff_words(&d, old, new);
    for (size_t i = 0; i < d.v.n; i++) {
        const struct diff_piece *p = &d.v.v[i];
        assert_true(p->len > 0);
        assert_true(i == 0 || p->kind != d.v.v[i - 1].kind);
        if (p->kind == DIFF_GONE)
            buf_add(&a, old + p->start, p->len);
        else
            buf_add(&b, new + p->start, p->len);
    }
    assert_string_equal(b.s, new);
    buf_clear(&b);
    for (size_t i = 0; i < d.v.n; i++)
        if (d.v.v[i].kind == DIFF_NEW)
            buf_add(&b, new + d.v.v[i].start, d.v.v[i].len);
    /* What stays has the same length on both sides. */
    assert_int_equal(strlen(old) - a.len, strlen(new) - b.len);
    buf_release(&a);
    buf_release(&b);
    diff_release(&d);
}

static char *random_text(unsigned *seed, int words) {
    static const char *const pool[] = {"a ", "b ", "c", " ", ". ", "立", "слово "};
    struct buf b = BUF_INIT;
    for (int i = 0; i < words; i++) {
        *seed = *seed * 1103515245 + 12345;
        buf_puts(&b, pool[*seed / 65536 % (sizeof pool / sizeof *pool)]);
    }
    return buf_detach(&b);
}

static void keeps_all_of_both(void **state) {
    (void)state;
    unsigned seed = 1;
    for (int i = 0; i < 300; i++) {
        char *old = random_text(&seed, i % 40), *new = random_text(&seed, (i * 7) % 40);
        assert_whole(old, new);
        free(old);
        free(new);
    }
}

static void gives_up_calmly_on_long_rewrites(void **state) {
    (void)state;
    unsigned seed = 7;
    char *old = random_text(&seed, 20000), *new = random_text(&seed, 20000);
    assert_whole(old, new);
    free(old);
    free(new);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_words),
        cmocka_unit_test(compares_other_scripts),
        cmocka_unit_test(keeps_all_of_both),
        cmocka_unit_test(gives_up_calmly_on_long_rewrites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
