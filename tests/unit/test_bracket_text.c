#include "fixture.h"

#include "base/text.h"
#include "ui/bracket_text.h"
#include "ui/diff_text.h"

#include <stdlib.h>
#include <string.h>

/* A workbook with the sides us and ru. */
static struct memo *memo;
static struct workbook *workbook;

static int set_up(void **state) {
    (void)state;
    text_locale();
    memo = fixture_memo("");
    workbook = workbook_new(memo);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    workbook_free(workbook);
    memo_free(memo);
    return 0;
}

/* All that the page of a text says, its lines in one. */
static char *page_of(const char *text, int columns) {
    struct page p;
    struct buf out = BUF_INIT;
    page_init(&p);
    page_begin(&p, columns);
    bracket_text_add(&p, 0, ROLE_NORMAL, workbook, text);
    for (size_t i = 0; i < p.lines.n; i++) {
        const struct page_piece *b = &p.lines.v[i].body;
        buf_puts(&out, i ? "/" : "");
        buf_add(&out, p.text.s + b->start, b->end - b->start);
    }
    page_release(&p);
    return buf_detach(&out);
}

static void assert_page(const char *text, const char *expected) {
    char *got = page_of(text, 400);
    assert_string_equal(got, expected);
    free(got);
}

static void tags_owners(void **state) {
    (void)state;
    assert_page("plain [deepen]", "plain [deepen]");
    assert_page("a [ru: not | us: will] b", "a [RU: not | US: will] b");
    assert_page("[us, ru: both | Us:none]", "[US, RU: both | US:none]");
    assert_page("[xx: no side]", "[xx: no side]");
}

static void says_nothing_where_nothing_is(void **state) {
    (void)state;
    assert_page("a [ru: | us: big] thing", "a [RU: (nothing) | US: big] thing");
    assert_page("a [us: big | ru: ] thing", "a [US: big | RU: (nothing)] thing");
    assert_page("a [us:|ru:] thing", "a [US: (nothing) |RU: (nothing)] thing");
}

static void numbers_several(void **state) {
    (void)state;
    assert_page("[ru: a | us: b] [ru: c | us: d]", "[¹RU: a | US: b] [²RU: c | US: d]");
    assert_page("[ru: a | us: b [us: now | ru: ] c]",
                "[¹RU: a | US: b [²US: now | RU: (nothing)]² c]¹");
    struct buf many = BUF_INIT;
    for (int i = 0; i < 12; i++)
        buf_puts(&many, "[ru: a]");
    char *page = page_of(many.s, 400);
    assert_non_null(strstr(page, "[⁹RU: a][¹⁰RU: a][¹¹RU: a][¹²RU: a]"));
    free(page);
    buf_release(&many);
}

static void calls_broken_what_is_broken(void **state) {
    (void)state;
    assert_page("a [ru: b | us: c", "a  unclosed bracket [ru: b | us: c");
    assert_page("a [ru: b | c] d", "a  no owner after | [ru: b | c] d");
    assert_page("[ru: x [us: y]", " unclosed bracket [ru: x [²US: y]");
}

static void shows_no_control_character(void **state) {
    (void)state;
    assert_page("a [ru: \033c | us: b\nc]", "a [RU: ^[c | US: b/c]");
}

/* ---- never a letter lost, whatever stands there */

static void assert_whole(const char *text) {
    bracket_runs runs = {0};
    uint32_t at = 0;
    bracket_runs_of(workbook, text, ROLE_NORMAL, &runs);
    for (size_t i = 0; i < runs.n; i++) {
        assert_int_equal(runs.v[i].start, at);
        assert_true(runs.v[i].end > at || runs.v[i].kind == RUN_EMPTY);
        at = runs.v[i].end;
    }
    assert_int_equal(at, strlen(text));
    vec_release(&runs);
}

/* The role in which the first text that a side holds is shown. */
static unsigned role_of_first(const char *text) {
    bracket_runs runs = {0};
    unsigned role = ROLE_NORMAL;
    bracket_runs_of(workbook, text, ROLE_NORMAL, &runs);
    for (size_t i = runs.n; i-- > 0;)
        if (runs.v[i].kind == RUN_TEXT)
            role = runs.v[i].role;
    vec_release(&runs);
    return role;
}

static void an_owner_in_capitals_has_its_colour(void **state) {
    (void)state;
    assert_int_equal(role_of_first("[us: x]"), ROLE_HELD);
    assert_int_equal(role_of_first("[US: x]"), ROLE_HELD);
    assert_int_equal(role_of_first("[ru: x]"), ROLE_HELD_2);
    assert_int_equal(role_of_first("[Ru , us: x]"), ROLE_HELD_2);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Every character but blanks stands on the page, in order. */
static void assert_on_page(const char *text) {
    char *page = page_of(text, 20);
    const char *p = page;
    for (const char *t = text; *t; t++) {
        if (*t == ' ')
            continue;
        while (*p && lower(*p) != lower(*t))
            p++;
        if (!*p)
            fail_msg("“%s”: lost from “%s” on; the page is “%s”", text, t, page);
        p++;
    }
    free(page);
}

static void loses_no_letter(void **state) {
    (void)state;
    static const char *const pool[] = {"[",     "]",   "|", "ru:", "us, ru: ", "[us: ",
                                       "слово", "立 ", " ", "x",   "[deepen]", "| ru: "};
    unsigned seed = 7;
    for (int i = 0; i < 3000; i++) {
        struct buf b = BUF_INIT;
        for (int k = 0; k < i % 40; k++) {
            seed = seed * 1103515245 + 12345;
            buf_puts(&b, pool[seed / 65536 % (sizeof pool / sizeof *pool)]);
        }
        assert_whole(b.s);
        assert_on_page(b.s);
        buf_release(&b);
    }
}

/* ---- whose text it is, by its look */

static unsigned role_at(const char *text, const char *word) {
    bracket_runs runs = {0};
    uint32_t at = (uint32_t)(strstr(text, word) - text);
    unsigned role = ROLE_COUNT;
    bracket_runs_of(workbook, text, ROLE_NORMAL, &runs);
    for (size_t i = 0; i < runs.n; i++)
        if (runs.v[i].start <= at && at < runs.v[i].end)
            role = runs.v[i].role;
    vec_release(&runs);
    return role;
}

static void looks_tell_the_sides(void **state) {
    (void)state;
    const char *text = "all [us: mine [ru: inner | us: own] mine2 | RU: yours] rest";
    unsigned us = role_at(text, "mine"), ru = role_at(text, "yours");
    assert_int_equal(role_at(text, "all"), ROLE_NORMAL);
    assert_int_equal(role_at(text, "rest"), ROLE_NORMAL);
    assert_int_not_equal(us, ru);
    assert_int_not_equal(us, ROLE_NORMAL);
    assert_int_equal(role_at(text, "inner"), ru);
    assert_int_equal(role_at(text, "own"), us);
    assert_int_equal(role_at(text, "mine2"), us);
    assert_int_equal(role_at(text, "RU"), ROLE_OWNER);
    assert_int_equal(role_at("[ru: open", "["), ROLE_ERROR);
}

/* ---- two wordings */

static void assert_diff(const char *old, const char *later, enum diff_side side,
                        const char *expected) {
    struct diff d;
    struct page p;
    page_init(&p);
    page_begin(&p, 400);
    diff_words(&d, old, later);
    diff_text_add(&p, 0, &d, old, later, side);
    assert_string_equal(p.text.s, expected);
    diff_release(&d);
    page_release(&p);
}

static void marks_what_went_and_came(void **state) {
    (void)state;
    const char *old = "States shall act.", *later = "States may act now.";
    assert_diff(old, later, DIFF_BOTH, "States [-shall-]{+may+} act {+now+}.");
    assert_diff(old, later, DIFF_OLD, "States [-shall-] act.");
    assert_diff(old, later, DIFF_LATER, "States {+may+} act {+now+}.");
    assert_diff("", "all of it", DIFF_BOTH, "{+all of it+}");
    assert_diff("same", "same", DIFF_BOTH, "same");
}

/* Wherever the lines break, no mark that ends a change begins one, and nothing is lost.
 */
static void ends_marks_where_words_end(void **state) {
    (void)state;
    const char *old = "It is agreed.", *later = "It is agreed. At once. Now [x] then.";
    for (int columns = 12; columns < 60; columns++) {
        struct diff d;
        struct page p;
        struct buf all = BUF_INIT;
        page_init(&p);
        page_begin(&p, columns);
        diff_words(&d, old, later);
        diff_text_add(&p, 0, &d, old, later, DIFF_BOTH);
        for (size_t i = 0; i < p.lines.n; i++) {
            const struct page_piece *b = &p.lines.v[i].body;
            assert_int_not_equal(strncmp(p.text.s + b->start, "+}", 2), 0);
            assert_true(b->end - b->start <= (uint32_t)columns);
            buf_puts(&all, i ? " " : "");
            buf_add(&all, p.text.s + b->start, b->end - b->start);
        }
        assert_string_equal(all.s, "It is agreed. {+At once. Now [x] then.+}");
        buf_release(&all);
        diff_release(&d);
        page_release(&p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_owners),
        cmocka_unit_test(an_owner_in_capitals_has_its_colour),
        cmocka_unit_test(says_nothing_where_nothing_is),
        cmocka_unit_test(numbers_several),
        cmocka_unit_test(calls_broken_what_is_broken),
        cmocka_unit_test(shows_no_control_character),
        cmocka_unit_test(loses_no_letter),
        cmocka_unit_test(looks_tell_the_sides),
        cmocka_unit_test(marks_what_went_and_came),
        cmocka_unit_test(ends_marks_where_words_end),
    };
    return cmocka_run_group_tests_name("bracket_text", tests, set_up, tear_down) != 0;
}
