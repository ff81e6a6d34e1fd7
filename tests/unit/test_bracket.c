#include "fixture.h"

#include "model/bracket.h"

#include <ctype.h>
#include <string.h>

static bool is_side(const void *ctx, const char *word, size_t len) {
    const char *sides = ctx;
    char id[MEMO_ID_MAX + 1];
    if (len > MEMO_ID_MAX)
        return false;
    memcpy(id, word, len);
    id[len] = '\0';
    for (char *p = id; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return memo_list_has(sides, id);
}

static struct brackets parse(const char *text) {
    struct brackets b = {0};
    brackets_parse(&b, text, strlen(text), is_side, "ru us eu");
    return b;
}

static void assert_counts(const char *text, unsigned open, unsigned broken) {
    struct brackets b = parse(text);
    assert_int_equal(b.n_open, open);
    assert_int_equal(b.n_broken, broken);
    brackets_release(&b);
}

static void assert_clean(const char *text, const char *side, const char *expected) {
    struct brackets b = parse(text);
    struct buf out = BUF_INIT;
    brackets_clean(&b, text, strlen(text), side, &out);
    assert_string_equal(out.s, expected);
    buf_release(&out);
    brackets_release(&b);
}

static void assert_resolved(const char *text, size_t bracket, int alternative,
                            const char *wording, const char *expected) {
    struct brackets b = parse(text);
    struct buf out = BUF_INIT;
    brackets_resolve(&b, text, strlen(text), bracket, alternative, wording, &out);
    assert_string_equal(out.s, expected);
    buf_release(&out);
    brackets_release(&b);
}

#define NESTED "States [ru: shall | us: may [us: promptly | ru, eu: in time]] act."

static void finds_owned_brackets(void **state) {
    (void)state;
    assert_counts("", 0, 0);
    assert_counts("[ru: a | us: b]", 1, 0);
    assert_counts("[ru:]", 1, 0);
    assert_counts(NESTED, 2, 0);
    assert_counts("[ ru , us : both]", 1, 0);
    assert_counts("[RU: a | Us: b]", 1, 0);
    assert_clean("[RU: a | Us: b]", "us", "b");
    struct brackets b = parse(NESTED);
    assert_int_equal(b.v.v[1].parent, 0);
    assert_int_equal(b.v.v[1].depth, 1);
    assert_int_equal(b.v.v[0].n, 2);
    assert_true(alternative_has(NESTED, &b.alternatives.v[b.v.v[1].first + 1], "eu"));
    assert_false(alternative_has(NESTED, &b.alternatives.v[b.v.v[1].first + 1], "us"));
    brackets_release(&b);
}

static void leaves_editorial_brackets_alone(void **state) {
    (void)state;
    assert_counts("[deepen] and [cn: nobody's] ]] [", 0, 0);
    assert_counts("[ru: see [1|2] there | us: b]", 1, 0);
    assert_clean("[deepen] it [ru: x | us: y]", "us", "[deepen] it y");
}

static void tells_broken_ones(void **state) {
    (void)state;
    assert_counts("[ru: a", 0, 1);
    assert_counts("[ru: a | b]", 0, 1);
    assert_counts("[ru: a [us: b", 0, 2);
    assert_counts("[ru: a [open | us: b]", 0, 1);
    assert_clean("keep [ru: all | of it", "ru", "keep [ru: all | of it");
    /* The end of a broken one closes no other. */
    assert_counts("[ru: a [us: b | c] d | us: e]", 1, 1);
    assert_clean("[ru: a [us: b | c] d | us: e] f", "ru", "a [us: b | c] d f");
}

static void shows_clean_text(void **state) {
    (void)state;
    assert_clean(NESTED, NULL, "States […] act.");
    assert_clean(NESTED, "ru", "States shall act.");
    assert_clean(NESTED, "us", "States may promptly act.");
    assert_clean(NESTED, "eu", "States […] act.");
    assert_clean("a [ru: | us: big] thing", "ru", "a thing");
}

static void resolves(void **state) {
    (void)state;
    assert_resolved(NESTED, 0, 0, NULL, "States shall act.");
    assert_resolved(NESTED, 1, 1, NULL, "States [ru: shall | us: may in time] act.");
    assert_resolved(NESTED, 0, -1, "will", "States will act.");
    assert_resolved("a [ru: | us: big] thing", 0, 0, NULL, "a thing");
}

static void bounds_nesting(void **state) {
    (void)state;
    struct buf deep = BUF_INIT;
    for (int i = 0; i < 40; i++)
        buf_puts(&deep, "[ru: ");
    for (int i = 0; i < 40; i++)
        buf_puts(&deep, "]");
    struct brackets b = parse(deep.s);
    assert_int_equal(b.n_open, BRACKET_DEPTH_MAX);
    assert_int_equal(b.n_broken, 40 - BRACKET_DEPTH_MAX);
    brackets_release(&b);
    buf_release(&deep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_owned_brackets),
        cmocka_unit_test(leaves_editorial_brackets_alone),
        cmocka_unit_test(tells_broken_ones),
        cmocka_unit_test(shows_clean_text),
        cmocka_unit_test(resolves),
        cmocka_unit_test(bounds_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
