/* The format pdf, below the file: lines, strips, pages. */
#include "base/text.h"
#include "helpers/pdf_blocks.h"
#include "helpers/pdf_pages.h"
#include "helpers/pdf_update.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A document set in a galley, and cut into pages. */
struct bench {
    struct arena arena;
    struct typeset *type;
    struct xhtml *x;
    struct galley g;
    struct pages p;
    float height;
};

static struct bench set(const char *body, const char *paper_name) {
    struct bench b = {0};
    struct err err = ERR_INIT;
    const struct paper *paper = paper_find(paper_name);
    struct buf xml = BUF_INIT;
    buf_addf(&xml, "<html lang='en'><head><title>T</title></head><body>%s</body></html>",
             body);
    b.type = typeset_new(&b.arena, &err);
    b.x = xhtml_parse(xml.s, xml.len, &err);
    if (!b.type || !b.x)
        fail_msg("%s", err.what);
    buf_release(&xml);
    galley_init(&b.g, &b.arena);
    blocks_set_page(b.type, &b.g, b.x, paper);
    b.height = paper->height - paper->top - paper->bottom;
    pages_break(&b.p, &b.g, b.height);
    return b;
}

static void unset(struct bench *b) {
    pages_release(&b->p);
    galley_release(&b->g);
    typeset_free(b->type);
    xhtml_free(b->x);
    arena_release(&b->arena);
}

/* All text of the galley, in the order of reading. */
static char *text_of(const struct galley *g) {
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < g->ops.n; i++)
        if (g->ops.v[i].kind == OP_TEXT)
            buf_add(&out, g->ops.v[i].run->text, g->ops.v[i].run->len);
    return buf_detach(&out);
}

static const struct op *find_op(const struct galley *g, enum op_kind kind) {
    for (size_t i = 0; i < g->ops.n; i++)
        if (g->ops.v[i].kind == kind)
            return &g->ops.v[i];
    return NULL;
}

/* ---- lines */

static void text_survives(void **state) {
    (void)state;
    static const char text[] =
        "Efficient offices, кибербезопасность, 信息安全: all of it.";
    struct bench b =
        set("<p>Efficient <em>offices</em>, <strong>кибер</strong>безопасность, "
            "信息安全: all <del>of</del> <ins>it</ins>.</p>",
            "a4");
    char *s = text_of(&b.g);
    assert_string_equal(s, text);
    free(s);
    unset(&b);
}

/* Long enough to be set in several pieces, with links over their ends. */
static void a_long_paragraph_is_whole(void **state) {
    (void)state;
    struct buf body = BUF_INIT, text = BUF_INIT;
    buf_puts(&body, "<p>");
    for (int i = 0; i < 4000; i++) {
        buf_addf(&body, "<a href='#x'>T%d(б)</a>, ", i);
        buf_addf(&text, "T%d(б)%s", i, i < 3999 ? ", " : ",");
    }
    buf_puts(&body, "</p>");
    struct bench b = set(body.s, "a4");
    char *s = text_of(&b.g);
    assert_string_equal(s, text.s);
    free(s);
    /* No line but the last is short. */
    for (size_t i = 0; i + 1 < b.g.strips.n; i++) {
        float end = 0;
        for (uint32_t k = b.g.strips.v[i].ops; k < galley_ops_end(&b.g, (uint32_t)i); k++)
            if (b.g.ops.v[k].kind == OP_TEXT)
                end = b.g.ops.v[k].x + b.g.ops.v[k].w;
        assert_true(end > 380 && end < 455);
    }
    unset(&b);
    buf_release(&body);
    buf_release(&text);
}

static void a_bar_has_its_share(void **state) {
    (void)state;
    struct bench b = set("<table><tr><td>x</td><td><span class='bar'>100</span></td></tr>"
                         "</table>",
                         "a4");
    struct op all = *find_op(&b.g, OP_BAR);
    unset(&b);
    b = set("<table><tr><td>x</td><td><span class='bar'>25</span></td></tr></table>",
            "a4");
    const struct op *quarter = find_op(&b.g, OP_BAR);
    assert_true(all.w > 200 && quarter->w > all.w - 1 && quarter->w < all.w + 1);
    assert_int_equal(all.n, 100);
    assert_int_equal(quarter->n, 25);
    unset(&b);
    b = set("<p><span class='bar'>101</span> <span class='bar'>x</span></p>", "a4");
    assert_null(find_op(&b.g, OP_BAR));
    char *s = text_of(&b.g);
    assert_string_equal(s, "101 x");
    free(s);
    unset(&b);
}

/* Where the text that begins so starts and ends; the text must be one run. */
static struct op find_text(const struct galley *g, const char *begin) {
    for (size_t i = 0; i < g->ops.n; i++)
        if (g->ops.v[i].kind == OP_TEXT && g->ops.v[i].run->len >= strlen(begin) &&
            memcmp(g->ops.v[i].run->text, begin, strlen(begin)) == 0)
            return g->ops.v[i];
    fail_msg("no %s", begin);
    return (struct op){0};
}

static float end_of(const struct galley *g, const char *begin) {
    struct op op = find_text(g, begin);
    return op.x + op.w;
}

static void numbers_stand_at_the_right(void **state) {
    (void)state;
    struct bench b =
        set("<table><thead><tr><th>Side</th><th class='number'>Turns of all</th></tr>"
            "</thead><tr><td>One</td><td class='number'>1000</td></tr>"
            "<tr><td>Other</td><td class='number'>7</td></tr></table>",
            "a4");
    float width = paper_find("a4")->width - paper_find("a4")->left * 2;
    static const char *const cells[] = {"Turns", "1000", "7"};
    for (size_t i = 0; i < 3; i++) {
        float end = end_of(&b.g, cells[i]);
        assert_true(end > width - 0.5F && end < width + 0.5F);
    }
    assert_true(find_text(&b.g, "One").x < 1);
    unset(&b);
}

/* What is over goes to text that could be broken, not to a date; no cell of two short
 * lines where there is room for one. */
static void columns_fit_their_text(void **state) {
    (void)state;
    struct bench b =
        set("<table><thead><tr><th>Action</th><th>Title</th><th>Due</th></tr>"
            "</thead><tr><td>do it, all of it</td><td>Day WW</td>"
            "<td>20\xC2\xA0"
            "December\xC2\xA0"
            "2011</td></tr></table>",
            "a4");
    float day = find_text(&b.g, "Day WW").x, due = find_text(&b.g, "20").x;
    assert_true(day > 170 && day < 230 && due > 340);
    unset(&b);
}

static void columns_without_a_word(void **state) {
    (void)state;
    struct bench b = set("<table><tr><td colspan='3'>all</td></tr></table>"
                         "<table><tr><td/><td/></tr></table>",
                         "a4");
    assert_int_equal(b.g.strips.n, 2);
    unset(&b);
}

static void looks_of_brackets(void **state) {
    (void)state;
    struct bench b = set("<p>They <span class='bracket'><span class='mark'>[</span><span "
                         "class='owner'>ru: "
                         "</span>may</span></p><p class='warning'>Beware</p>",
                         "a4");
    assert_int_equal(find_text(&b.g, "[").colour, COLOUR_WAIT);
    assert_int_equal(find_text(&b.g, "ru:").colour, COLOUR_WAIT);
    assert_int_equal(find_text(&b.g, "They").colour, COLOUR_INK);
    assert_int_equal(find_text(&b.g, "Beware").colour, COLOUR_BAD);
    unset(&b);
}

/* ---- pages */

static unsigned next_random(unsigned *seed) {
    *seed = *seed * 1103515245 + 12345;
    return *seed >> 16;
}

static void add_words(struct buf *b, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        buf_puts(b, i % 7 == 3 ? "considerations " : "of the ");
}

static void add_block(struct buf *b, unsigned *seed) {
    unsigned kind = next_random(seed) % 8, words = next_random(seed) % 160;
    const char *tag = kind == 0   ? "h2"
                      : kind == 1 ? "h3"
                      : kind == 2 ? "blockquote"
                                  : "p";
    if (kind < 2)
        words = 1 + words % 14;
    if (kind == 3)
        buf_puts(b, "<p class='brief'><strong class='cite'>B(e)</strong> ");
    else
        buf_addf(b, "<%s>", tag);
    add_words(b, words + 1);
    buf_addf(b, "</%s>", tag);
}

/* The strips from i on that are kept with each other, the first being that of i. */
static float kept_height(const struct galley *g, uint32_t i) {
    while (i > 0 && g->strips.v[i - 1].keep)
        i--;
    float h = g->strips.v[i].height;
    for (; i + 1 < g->strips.n && g->strips.v[i].keep; i++)
        h += g->strips.v[i + 1].before + g->strips.v[i + 1].height;
    return h;
}

static void check_breaks(const struct bench *b) {
    for (size_t i = 1; i < b->p.v.n; i++) {
        const struct placed *was = &b->p.v.v[i - 1], *is = &b->p.v.v[i];
        assert_true(is->again || is->strip == was->strip + 1 || was->again);
        if (is->page == was->page) {
            assert_true(is->y + b->g.strips.v[is->strip].height <= b->height + 0.01F);
            continue;
        }
        assert_int_equal(is->page, was->page + 1);
        assert_true(is->y == 0);
        if (b->g.strips.v[was->strip].keep)
            assert_true(kept_height(&b->g, was->strip) > b->height);
    }
}

/* No text of two lines or more leaves one alone; no heading is the last on its page. */
static void check_text(const struct bench *b) {
    for (uint32_t i = 0; i < b->p.v.n; i++) {
        const struct placed *at = &b->p.v.v[i];
        uint32_t end = galley_ops_end(&b->g, at->strip);
        for (uint32_t k = b->g.strips.v[at->strip].ops; k < end; k++) {
            const struct op *op = &b->g.ops.v[k];
            if (op->kind != OP_BEGIN || !op->leaf)
                continue;
            if (op->n >= 2) {
                assert_int_equal(at[0].page, at[1].page);
                assert_int_equal(at[op->n - 1].page, at[op->n - 2].page);
            }
            if (op->s[0] == 'H' && i + op->n < b->p.v.n)
                assert_int_equal(at[op->n - 1].page, at[op->n].page);
        }
    }
}

static void pages_end_where_they_may(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= 12; seed++) {
        struct buf body = BUF_INIT;
        unsigned random = seed;
        for (int i = 0; i < 120; i++)
            add_block(&body, &random);
        buf_puts(&body, "<p>The end.</p>");
        struct bench b = set(body.s, seed % 2 ? "a4" : "letter");
        assert_true(b.p.n > 8);
        check_breaks(&b);
        check_text(&b);
        unset(&b);
        buf_release(&body);
    }
}

static void heads_come_again(void **state) {
    (void)state;
    struct buf body = BUF_INIT;
    buf_puts(&body, "<p>Before</p><table><thead><tr><th>Head</th></tr></thead>");
    for (int i = 0; i < 120; i++)
        buf_addf(&body, "<tr><td>row %d</td></tr>", i);
    buf_puts(&body, "</table><p>After</p>");
    struct bench b = set(body.s, "a4");
    uint32_t again = 0;
    assert_true(b.p.n >= 3);
    check_breaks(&b);
    for (size_t i = 0; i < b.p.v.n; i++)
        if (b.p.v.v[i].again) {
            assert_true(b.p.v.v[i].y == 0);
            again++;
        }
    assert_int_equal(again, b.p.n - 1);
    unset(&b);
    buf_release(&body);
}

/* The page of each strip that comes but once. */
static uint32_t page_of(const struct bench *b, uint32_t strip) {
    for (size_t i = 0; i < b->p.v.n; i++)
        if (b->p.v.v[i].strip == strip && !b->p.v.v[i].again)
            return b->p.v.v[i].page;
    return UINT32_MAX;
}

/* Whatever stands above: a short table is not broken; of a long one and of a list no last
 * row and no last item is alone. */
static void nothing_is_left_alone(void **state) {
    (void)state;
    for (int above = 0; above < 50; above++) {
        struct buf body = BUF_INIT;
        for (int i = 0; i < above; i++)
            buf_puts(&body, "<p>Above</p>");
        uint32_t list = (uint32_t)above, table = list + 9;
        buf_puts(&body, "<ul>");
        for (int i = 0; i < 9; i++)
            buf_puts(&body, "<li>item</li>");
        buf_puts(&body, "</ul><table>");
        for (int i = 0; i < 40; i++)
            buf_puts(&body, "<tr><td>row</td></tr>");
        buf_puts(&body, "</table><p>Between</p><table>");
        for (int i = 0; i < 6; i++)
            buf_puts(&body, "<tr><td>row</td></tr>");
        buf_puts(&body, "</table>");
        struct bench b = set(body.s, "a4");
        assert_int_equal(b.g.strips.n, table + 47);
        assert_int_equal(page_of(&b, list), page_of(&b, list + 1));
        assert_int_equal(page_of(&b, list + 7), page_of(&b, list + 8));
        assert_int_equal(page_of(&b, table + 38), page_of(&b, table + 39));
        assert_int_equal(page_of(&b, table + 41), page_of(&b, table + 46));
        unset(&b);
        buf_release(&body);
    }
}

/* A row that fits on a page is one strip; one that does not is cut, and loses nothing. */
static void tall_rows(void **state) {
    (void)state;
    for (unsigned words = 300; words <= 6000; words += 5700) {
        struct buf body = BUF_INIT;
        buf_puts(&body, "<table><tr><td>left</td><td>");
        add_words(&body, words);
        buf_puts(&body, "</td></tr></table>");
        struct bench b = set(body.s, "a4");
        assert_true(words == 300 ? b.g.strips.n == 1 : b.g.strips.n > 50);
        check_breaks(&b);
        for (size_t i = 0; i < b.p.v.n; i++)
            assert_true(b.p.v.v[i].y + b.g.strips.v[b.p.v.v[i].strip].height <=
                        b.height + 0.01F);
        char *s = text_of(&b.g);
        assert_true(strlen(s) > words * 7);
        free(s);
        unset(&b);
        buf_release(&body);
    }
}

static void tags_are_balanced(void **state) {
    (void)state;
    struct bench b = set(
        "<div id='a'/><section/><p/><h2>x</h2><dl class='facts'><dt>a</dt><dt>b</dt></dl>"
        "<ul><li/><li><p>x</p><ul><li>y</li></ul></li></ul><dl><dd>z</dd></dl>"
        "<table><thead><tr><th/></tr></thead><tr/></table><hr/><section id='z'/>",
        "letter");
    const char *open[XHTML_DEPTH_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < b.g.ops.n; i++) {
        const struct op *op = &b.g.ops.v[i];
        assert_true(depth < XHTML_DEPTH_MAX);
        if (op->kind == OP_BEGIN)
            open[depth++] = op->s;
        else if (op->kind == OP_END)
            assert_string_equal(open[--depth], op->s);
    }
    assert_int_equal(depth, 0);
    unset(&b);
}

/* ---- the rest */

static void page_numbers_in_the_language(void **state) {
    (void)state;
    static const struct {
        const char *lang, *text;
    } all[] = {{"en", "page 2 of 7"},
               {"fr", "page 2 of 7"},
               {"ru", "страница 2 из 7"},
               {"zh-CN", "第 2 页，共 7 页"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf b = BUF_INIT;
        style_page_number(&b, all[i].lang, 2, 7);
        assert_string_equal(b.s, all[i].text);
        buf_release(&b);
    }
}

static void only_a_pdf_of_cairo_is_updated(void **state) {
    (void)state;
    static const char *const bad[] = {
        "", "%PDF-1.5\n",
        "%PDF-1.5\ntrailer\n<< /Size 3 /Root 9 0 R /Info 1 0 R >>\nstartxref\n5\n%%EOF\n",
        "%PDF\n1 0 obj\n<< /Type /Other\n>>\nendobj\ntrailer\n<< /Size 2 /Root 1 0 R "
        "/Info "
        "1 0 R >>\nstartxref\n5\n%%EOF\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf b = BUF_INIT;
        struct err err = ERR_INIT;
        buf_puts(&b, bad[i]);
        assert_int_equal(update_catalog(&b, "en", &err), -1);
        assert_string_equal(b.s, bad[i]);
        err_release(&err);
        buf_release(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_survives),
        cmocka_unit_test(a_long_paragraph_is_whole),
        cmocka_unit_test(a_bar_has_its_share),
        cmocka_unit_test(numbers_stand_at_the_right),
        cmocka_unit_test(columns_fit_their_text),
        cmocka_unit_test(columns_without_a_word),
        cmocka_unit_test(looks_of_brackets),
        cmocka_unit_test(pages_end_where_they_may),
        cmocka_unit_test(heads_come_again),
        cmocka_unit_test(nothing_is_left_alone),
        cmocka_unit_test(tall_rows),
        cmocka_unit_test(tags_are_balanced),
        cmocka_unit_test(page_numbers_in_the_language),
        cmocka_unit_test(only_a_pdf_of_cairo_is_updated),
    };
    text_locale();
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
