/* textbuf: random operations, against a slow model of the text, the kill buffer and the
 * cursor. */
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/textbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static uint64_t seed = 7;

static size_t below(size_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static const char *const pieces[] = {
    "a",    "b",      " ",      "\n", "word ", "я", "Ё ", "中",
    "文。", "\u0301", "\u200d", "👨",  "👧",     "🇷", "🇺",  "한",
    "-",    "\u1100", "\u1161", "\t", "  ",    "[", "(",  "e\u0301"};
enum { PIECES = sizeof pieces / sizeof *pieces };

struct model {
    struct buf text, killed;
    size_t cursor;
    bool killing;
};

/* The first border at or after `at`, or the last before it. */
static size_t border(const struct buf *b, size_t at, bool after) {
    size_t end = 0, last = 0;
    while (end < at) {
        last = end;
        end = text_next(b->s, b->len, end);
    }
    return after || end == at ? end : last;
}

static size_t before(const struct model *m) {
    return m->cursor ? border(&m->text, m->cursor - 1, false) : 0;
}

static size_t after(const struct model *m) {
    return text_next(m->text.s, m->text.len, m->cursor);
}

static void model_replace(struct model *m, size_t at, size_t gone, const char *s,
                          size_t len) {
    struct buf b = BUF_INIT;
    if (gone == 0 && len == 0)
        return;
    buf_add(&b, m->text.s, at);
    buf_add(&b, s, len);
    buf_add(&b, m->text.s + at + gone, m->text.len - at - gone);
    buf_release(&m->text);
    m->text = b;
    m->cursor = border(&m->text, at + len, true);
}

static void model_kill(struct model *m, size_t start, size_t end, bool append) {
    struct buf b = BUF_INIT;
    if (start == end)
        return;
    if (m->killing && append)
        buf_add(&b, m->killed.s, m->killed.len);
    buf_add(&b, m->text.s + start, end - start);
    if (m->killing && !append)
        buf_add(&b, m->killed.s, m->killed.len);
    buf_release(&m->killed);
    m->killed = b;
    m->killing = true;
    model_replace(m, start, end - start, "", 0);
}

static size_t model_line_start(const struct model *m) {
    size_t at = m->cursor;
    while (at > 0 && m->text.s[at - 1] != '\n')
        at--;
    return at;
}

static size_t model_line_end(const struct model *m) {
    size_t at = m->cursor;
    while (at < m->text.len && m->text.s[at] != '\n')
        at++;
    return at;
}

static void random_piece(struct buf *b) {
    buf_clear(b);
    for (size_t i = 1 + below(3); i > 0; i--)
        buf_puts(b, pieces[below(PIECES)]);
}

static void one_change(struct textbuf *tb, struct model *m) {
    struct buf b = BUF_INIT;
    random_piece(&b);
    bool killing = false;
    switch (below(10)) {
    case 0:
        textbuf_paste(tb, b.s, b.len);
        model_replace(m, m->cursor, 0, b.s, b.len);
        break;
    case 1:
        textbuf_backspace(tb);
        model_replace(m, before(m), m->cursor - before(m), "", 0);
        break;
    case 2:
        textbuf_delete(tb);
        model_replace(m, m->cursor, after(m) - m->cursor, "", 0);
        break;
    case 3: {
        size_t end = model_line_end(m);
        textbuf_kill_to_end(tb);
        killing = m->killing;
        model_kill(m, m->cursor, end + (end == m->cursor && end < m->text.len), true);
        killing |= m->killing;
        break;
    }
    case 4:
        textbuf_kill_line_start(tb);
        model_kill(m, model_line_start(m), m->cursor, false);
        killing = m->killing;
        break;
    case 5:
        textbuf_yank(tb);
        model_replace(m, m->cursor, 0, m->killed.s, m->killed.len);
        break;
    default:
        textbuf_insert(tb, b.s, b.len);
        model_replace(m, m->cursor, 0, b.s, b.len);
    }
    m->killing = killing;
    buf_release(&b);
}

static void one_selection(struct textbuf *tb, struct model *m) {
    size_t anchor = m->cursor, at = below(m->text.len + 1);
    textbuf_mark(tb);
    textbuf_move(tb, at);
    m->cursor = border(&m->text, at, false);
    size_t start = anchor < m->cursor ? anchor : m->cursor;
    size_t end = anchor < m->cursor ? m->cursor : anchor;
    struct buf b = BUF_INIT;
    m->killing = false;
    switch (below(3)) {
    case 0:
        buf_addf(&b, "[%.*s]", (int)(end - start), m->text.s + start);
        textbuf_bracket(tb);
        model_replace(m, start, end - start, b.s, b.len);
        if (start == end)
            m->cursor = border(&m->text, start + 1, true);
        break;
    case 1:
        if (textbuf_cut(tb))
            model_kill(m, start, end, true);
        else
            textbuf_mark(tb);
        m->killing = false;
        break;
    default:
        textbuf_mark(tb);
    }
    buf_release(&b);
}

static void one_move(struct textbuf *tb, struct model *m) {
    size_t at = below(m->text.len + 1);
    m->killing = false;
    switch (below(6)) {
    case 0:
        textbuf_left(tb);
        m->cursor = before(m);
        break;
    case 1:
        textbuf_right(tb);
        m->cursor = after(m);
        break;
    case 2:
        textbuf_line_home(tb);
        m->cursor = model_line_start(m);
        break;
    case 3:
        textbuf_line_end(tb);
        m->cursor = model_line_end(m);
        break;
    default:
        textbuf_move(tb, at);
        m->cursor = border(&m->text, at, false);
    }
}

static void assert_same(const struct textbuf *tb, const struct model *m) {
    size_t len;
    const char *s = textbuf_text(tb, &len);
    assert_string_equal(s, m->text.s);
    assert_int_equal(len, m->text.len);
    assert_int_equal(textbuf_cursor(tb), m->cursor);
}

/* The rows that are known in part are those of the whole text wrapped anew. */
static void assert_rows(struct textbuf *tb, const struct model *m, size_t width) {
    const struct buf *b = &m->text;
    struct text_line want, got;
    size_t row = 0, column, upto = below(3) ? SIZE_MAX : below(4);
    for (size_t at = 0; text_wrap(b->s, b->len, at, width, &want);
         at = want.next, row++) {
        if (row > upto)
            return;
        assert_true(textbuf_row(tb, width, row, &got));
        assert_int_equal(got.start, want.start);
        assert_int_equal(got.end, want.end);
        assert_int_equal(got.next, want.next);
        assert_int_equal(got.hard, want.hard);
        assert_int_equal(textbuf_row_of(tb, width, at, &column), row);
        assert_int_equal(column, 0);
        size_t end = textbuf_offset_at(tb, width, row, SIZE_MAX);
        assert_int_equal(textbuf_row_of(tb, width, end, &column), row);
        size_t home = textbuf_offset_at(tb, width, row, 0);
        assert_int_equal(text_columns(b->s + at, home - at), 0);
    }
    assert_false(textbuf_row(tb, width, row, &got));
    assert_int_equal(textbuf_rows(tb, width), row);
}

static void follows_the_model(void **state) {
    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct textbuf *tb = textbuf_new(false);
        struct model m = {.text = BUF_INIT, .killed = BUF_INIT};
        size_t width = below(14);
        for (int i = 0; i < 60; i++) {
            size_t what = below(12);
            if (what < 7)
                one_change(tb, &m);
            else if (what < 9)
                one_selection(tb, &m);
            else
                one_move(tb, &m);
            assert_same(tb, &m);
            assert_rows(tb, &m, width);
        }
        buf_release(&m.text);
        buf_release(&m.killed);
        textbuf_free(tb);
    }
}

struct seen {
    char *text;
    size_t cursor;
};

/* Undoing all gives the beginning, redoing all the end, and on the way there is nothing
 * that was not seen before. */
static void undoes_and_redoes_all(void **state) {
    (void)state;
    for (int round = 0; round < 400; round++) {
        struct textbuf *tb = textbuf_new(false);
        struct model m = {.text = BUF_INIT, .killed = BUF_INIT};
        VEC(struct seen) seen = {0};
        for (int i = 0; i < 60; i++) {
            struct seen now = {mem_strdup(m.text.s), m.cursor};
            vec_push(&seen, now);
            if (below(4))
                one_change(tb, &m);
            else if (below(2))
                one_move(tb, &m);
            else
                one_selection(tb, &m);
        }
        char *end = mem_strdup(m.text.s);
        for (size_t turns = 1 + below(3); turns > 0; turns--) {
            while (textbuf_undo(tb)) {
                bool known = false;
                for (size_t i = 0; i < seen.n; i++)
                    known |= strcmp(seen.v[i].text, textbuf_text(tb, NULL)) == 0;
                assert_true(known);
            }
            assert_string_equal(textbuf_text(tb, NULL), "");
            assert_false(textbuf_changed(tb));
            while (textbuf_redo(tb))
                ;
            assert_string_equal(textbuf_text(tb, NULL), end);
        }
        for (size_t i = 0; i < seen.n; i++)
            free(seen.v[i].text);
        vec_release(&seen);
        free(end);
        buf_release(&m.text);
        buf_release(&m.killed);
        textbuf_free(tb);
    }
}

/* Each undo brings back text and cursor as they were before the step. */
static void undo_restores_the_cursor(void **state) {
    (void)state;
    for (int round = 0; round < 400; round++) {
        struct textbuf *tb = textbuf_new(false);
        struct model m = {.text = BUF_INIT, .killed = BUF_INIT};
        for (int i = 0; i < 40; i++) {
            one_move(tb, &m); /* ends each run */
            char *text = mem_strdup(m.text.s);
            size_t cursor = m.cursor;
            uint64_t version = textbuf_version(tb);
            one_change(tb, &m);
            if (textbuf_version(tb) != version) {
                size_t now = textbuf_cursor(tb);
                assert_true(textbuf_undo(tb));
                assert_string_equal(textbuf_text(tb, NULL), text);
                assert_int_equal(textbuf_cursor(tb), cursor);
                assert_true(textbuf_redo(tb));
                assert_int_equal(textbuf_cursor(tb), now);
            }
            assert_same(tb, &m);
            free(text);
        }
        buf_release(&m.text);
        buf_release(&m.killed);
        textbuf_free(tb);
    }
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_model),
        cmocka_unit_test(undoes_and_redoes_all),
        cmocka_unit_test(undo_restores_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
