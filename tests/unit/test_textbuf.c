/* textbuf: by example. See test_textbuf_model.c for random operations. */
#include "base/text.h"
#include "model/textbuf.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void type(struct textbuf *tb, const char *s) {
    for (size_t at = 0, used, len = strlen(s); at < len; at += used) {
        text_decode(s + at, len - at, &used);
        assert_int_equal(textbuf_insert(tb, s + at, used), 0);
    }
}

/* The text with the cursor as '|' and the selection's other end as '^'. */
static void assert_text(struct textbuf *tb, const char *want) {
    struct buf b = BUF_INIT;
    size_t len, start, end, cursor = textbuf_cursor(tb), anchor = SIZE_MAX;
    const char *s = textbuf_text(tb, &len);
    if (textbuf_selection(tb, &start, &end))
        anchor = start == cursor ? end : start;
    for (size_t i = 0; i <= len; i++) {
        if (i == anchor)
            buf_putc(&b, '^');
        if (i == cursor)
            buf_putc(&b, '|');
        if (i < len)
            buf_putc(&b, s[i]);
    }
    assert_string_equal(b.s, want);
    assert_int_equal(s[len], '\0');
    buf_release(&b);
}

/* A buffer with that text and the cursor at the '|'. */
static struct textbuf *begin(const char *s) {
    struct textbuf *tb = textbuf_new(false);
    const char *bar = strchr(s, '|');
    struct buf b = BUF_INIT;
    buf_add(&b, s, (size_t)(bar - s));
    buf_puts(&b, bar + 1);
    textbuf_reset(tb, b.s, b.len);
    textbuf_move(tb, (size_t)(bar - s));
    buf_release(&b);
    assert_text(tb, s);
    return tb;
}

static void assert_after(const char *before, void (*op)(struct textbuf *),
                         const char *after) {
    struct textbuf *tb = begin(before);
    op(tb);
    assert_text(tb, after);
    textbuf_free(tb);
}

/* ---- Typing ---- */

static void begins_empty(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    size_t start, end;
    assert_text(tb, "|");
    assert_false(textbuf_changed(tb));
    assert_false(textbuf_undo(tb));
    assert_false(textbuf_redo(tb));
    assert_false(textbuf_yank(tb));
    assert_false(textbuf_copy(tb));
    assert_false(textbuf_selection(tb, &start, &end));
    textbuf_backspace(tb);
    textbuf_delete(tb);
    textbuf_kill_to_end(tb);
    textbuf_kill_word(tb);
    textbuf_left(tb);
    textbuf_word_right(tb);
    assert_int_equal(textbuf_rows(tb, 10), 1);
    assert_text(tb, "|");
    textbuf_free(tb);
    textbuf_free(NULL);
}

static void types_and_takes_back(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    type(tb, "Россия 俄 e\u0301");
    assert_text(tb, "Россия 俄 e\u0301|");
    textbuf_backspace(tb);
    textbuf_backspace(tb);
    textbuf_backspace(tb);
    assert_text(tb, "Россия |");
    textbuf_text_home(tb);
    textbuf_delete(tb);
    assert_text(tb, "|оссия ");
    textbuf_free(tb);
}

static void edits_whole_clusters(void **state) {
    (void)state;
    assert_after("a👨‍👩‍👧|b", textbuf_backspace, "a|b");
    assert_after("a|👨‍👩‍👧b", textbuf_delete, "a|b");
    assert_after("🇷🇺🇺🇸|", textbuf_backspace, "🇷🇺|");
    assert_after("🇷🇺|🇺🇸🇨🇳", textbuf_right, "🇷🇺🇺🇸|🇨🇳");
    assert_after("한글|", textbuf_left, "한|글");
    assert_after("\u1100\u1161\u11a8|", textbuf_left, "|\u1100\u1161\u11a8");
    assert_after("e\u0301\u0302|x", textbuf_left, "|e\u0301\u0302x");
}

/* A mark that comes to stand after a letter makes a cluster with it. */
static void the_cursor_stays_between_clusters(void **state) {
    (void)state;
    struct textbuf *tb = begin("e\n|\u0301x");
    textbuf_backspace(tb);
    assert_text(tb, "e\u0301|x");
    textbuf_undo(tb);
    assert_text(tb, "e\n|\u0301x");
    type(tb, "o");
    assert_text(tb, "e\no\u0301|x");
    textbuf_move(tb, 3); /* inside */
    assert_text(tb, "e\n|o\u0301x");
    textbuf_move(tb, 4);
    assert_text(tb, "e\n|o\u0301x");
    textbuf_move(tb, 1000);
    assert_text(tb, "e\no\u0301x|");
    textbuf_free(tb);
    tb = begin("|🇺🇸x");
    type(tb, "🇷"); /* 🇷🇺 🇸 x */
    assert_text(tb, "🇷🇺|🇸x");
    textbuf_undo(tb);
    assert_text(tb, "|🇺🇸x");
    textbuf_free(tb);
}

static void makes_what_comes_in_fit(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    assert_int_equal(textbuf_paste(tb, "a\r\nb\rc\nd\r\r\n", 11), 0);
    assert_text(tb, "a\nb\nc\nd\n\n|");
    assert_int_equal(textbuf_paste(tb, "\033[\xff\0\xe2\x80", 6), 5);
    assert_text(tb, "a\nb\nc\nd\n\n␛[\ufffd␀\ufffd\ufffd|");
    assert_int_equal(textbuf_set(tb, "x\r\n\001", 4), 1);
    assert_text(tb, "x\n␁|");
    assert_int_equal(textbuf_reset(tb, "y\r\002", 3), 1);
    assert_text(tb, "y\n␂|");
    assert_int_equal(textbuf_insert(tb, "\003", 1), 1);
    textbuf_free(tb);
}

static void a_single_line_has_no_feeds(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(true);
    textbuf_paste(tb, "a\r\nb\rc\nd\te", 10);
    assert_text(tb, "a b c d\te|");
    textbuf_set(tb, "\n\n", 2);
    assert_text(tb, "  |");
    textbuf_free(tb);
}

/* ---- Undo ---- */

static void a_typed_run_is_one_step(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    type(tb, "one two");
    textbuf_left(tb);
    textbuf_right(tb);
    type(tb, " three");
    assert_true(textbuf_undo(tb));
    assert_text(tb, "one two|");
    assert_true(textbuf_undo(tb));
    assert_text(tb, "|");
    assert_false(textbuf_undo(tb));
    assert_false(textbuf_changed(tb));
    assert_true(textbuf_redo(tb));
    assert_true(textbuf_redo(tb));
    assert_text(tb, "one two three|");
    assert_false(textbuf_redo(tb));
    assert_true(textbuf_changed(tb));
    textbuf_free(tb);
}

static void runs_end_where_they_should(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    type(tb, "ab\ncd"); /* a line feed ends a run */
    textbuf_undo(tb);
    assert_text(tb, "ab\n|");
    textbuf_redo(tb);
    textbuf_backspace(tb);
    textbuf_backspace(tb);
    textbuf_undo(tb);
    assert_text(tb, "ab\ncd|");
    textbuf_line_home(tb);
    textbuf_delete(tb);
    textbuf_delete(tb);
    assert_text(tb, "ab\n|");
    textbuf_undo(tb);
    assert_text(tb, "ab\n|cd");
    type(tb, "x");
    textbuf_mark(tb);
    textbuf_mark(tb);
    type(tb, "y");
    textbuf_undo(tb);
    assert_text(tb, "ab\nx|cd");
    textbuf_paste(tb, "P", 1);
    type(tb, "q");
    textbuf_insert(tb, "", 0);
    type(tb, "r");
    textbuf_undo(tb);
    assert_text(tb, "ab\nxPq|cd");
    textbuf_undo(tb);
    assert_text(tb, "ab\nxP|cd");
    textbuf_undo(tb);
    assert_text(tb, "ab\nx|cd");
    textbuf_free(tb);
}

static void nothing_typed_joins_no_paste(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    textbuf_paste(tb, "pasted", 6);
    textbuf_insert(tb, "", 0);
    type(tb, "x");
    textbuf_undo(tb);
    assert_text(tb, "pasted|");
    textbuf_free(tb);
}

static void a_change_forgets_what_could_be_redone(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    type(tb, "one");
    textbuf_undo(tb);
    type(tb, "two");
    assert_false(textbuf_redo(tb));
    textbuf_undo(tb);
    assert_text(tb, "|");
    textbuf_free(tb);
}

static void queries_end_no_run(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    type(tb, "on");
    textbuf_rows(tb, 3);
    textbuf_row_of(tb, 3, 1, NULL);
    textbuf_scroll(tb, 3, 0);
    type(tb, "e");
    textbuf_undo(tb);
    assert_text(tb, "|");
    textbuf_free(tb);
}

static void set(struct textbuf *tb, const char *s) {
    assert_int_equal(textbuf_set(tb, s, strlen(s)), 0);
}

static void set_is_one_step(void **state) {
    (void)state;
    struct textbuf *tb = begin("Пер|вый\nвторой");
    uint64_t version = textbuf_version(tb);
    set(tb, "Первый\nвторой");
    assert_int_equal(textbuf_version(tb), version);
    assert_false(textbuf_changed(tb));
    set(tb, "Первый\nтретий и второй");
    assert_true(textbuf_version(tb) > version);
    assert_text(tb, "Пер|вый\nтретий и второй");
    set(tb, "Последнее");
    assert_text(tb, "Последнее|");
    textbuf_undo(tb);
    assert_text(tb, "Пер|вый\nтретий и второй");
    textbuf_undo(tb);
    assert_text(tb, "Пер|вый\nвторой");
    textbuf_redo(tb);
    textbuf_redo(tb);
    assert_text(tb, "Последнее|");
    set(tb, "");
    assert_text(tb, "|");
    textbuf_undo(tb);
    textbuf_move(tb, 2);
    set(tb, "Последнее"); /* nothing new: the step before stays as it was */
    assert_text(tb, "П|оследнее");
    textbuf_free(tb);
}

static void reset_begins_anew(void **state) {
    (void)state;
    struct textbuf *tb = begin("old|");
    type(tb, "er");
    textbuf_reset(tb, "new", 3);
    assert_text(tb, "new|");
    assert_false(textbuf_changed(tb));
    assert_false(textbuf_undo(tb));
    textbuf_free(tb);
}

/* ---- Moving ---- */

static void moves_by_words(void **state) {
    (void)state;
    assert_after("|one, two", textbuf_word_right, "one|, two");
    assert_after("one|, two", textbuf_word_right, "one, two|");
    assert_after("one, two  |", textbuf_word_left, "one, |two  ");
    assert_after("one|, two", textbuf_word_left, "|one, two");
    assert_after("Конвенция| — 32(б)", textbuf_word_right, "Конвенция — 32|(б)");
    assert_after("Конвенция — 32(б)|", textbuf_word_left, "Конвенция — 32(|б)");
    assert_after("a\n\n|b", textbuf_word_left, "|a\n\nb");
    assert_after("|网络犯罪", textbuf_word_right, "网|络犯罪");
    assert_after("ab 网络|犯罪", textbuf_word_left, "ab 网|络犯罪");
    assert_after("|e\u0301te\u0301 x", textbuf_word_right, "e\u0301te\u0301| x");
    assert_after("snake_case|", textbuf_word_left, "|snake_case");
    assert_after("...|", textbuf_word_left, "|...");
    assert_after("|...", textbuf_word_right, "...|");
}

static void moves_by_lines(void **state) {
    (void)state;
    assert_after("one\ntw|o\nthree", textbuf_line_home, "one\n|two\nthree");
    assert_after("one\ntw|o\nthree", textbuf_line_end, "one\ntwo|\nthree");
    assert_after("one\n|two", textbuf_line_home, "one\n|two");
    assert_after("o|ne\ntwo", textbuf_line_home, "|one\ntwo");
    assert_after("one\nt|wo", textbuf_line_end, "one\ntwo|");
    assert_after("one|\ntwo", textbuf_line_end, "one|\ntwo");
    assert_after("one\nt|wo", textbuf_text_home, "|one\ntwo");
    assert_after("|one\ntwo", textbuf_text_end, "one\ntwo|");
}

static void keeps_its_column(void **state) {
    (void)state;
    struct textbuf *tb = begin("long li|ne\n\n中文字符长\nabc");
    assert_true(textbuf_down(tb, 20));
    assert_text(tb, "long line\n|\n中文字符长\nabc");
    assert_true(textbuf_down(tb, 20));
    assert_text(tb, "long line\n\n中文字|符长\nabc"); /* column 7 is inside 符 */
    assert_true(textbuf_down(tb, 20));
    assert_text(tb, "long line\n\n中文字符长\nabc|");
    assert_false(textbuf_down(tb, 20));
    assert_true(textbuf_up(tb, 20));
    assert_true(textbuf_page(tb, 20, -2));
    assert_text(tb, "long li|ne\n\n中文字符长\nabc");
    assert_false(textbuf_up(tb, 20));
    assert_true(textbuf_page(tb, 20, 100));
    assert_text(tb, "long line\n\n中文字符长\nabc|");
    textbuf_left(tb); /* a new column */
    textbuf_page(tb, 20, PTRDIFF_MIN);
    assert_text(tb, "lo|ng line\n\n中文字符长\nabc");
    textbuf_page(tb, 20, PTRDIFF_MAX);
    assert_text(tb, "long line\n\n中文字符长\nab|c");
    textbuf_free(tb);
}

static void moves_by_wrapped_rows(void **state) {
    (void)state;
    struct textbuf *tb = begin("|hello world again");
    textbuf_row_end(tb, 6);
    assert_text(tb, "hello| world again");
    textbuf_down(tb, 6);
    assert_text(tb, "hello world| again");
    textbuf_row_home(tb, 6);
    assert_text(tb, "hello |world again");
    textbuf_up(tb, 6);
    assert_text(tb, "|hello world again");
    textbuf_reset(tb, "abcdefgh", 8);
    textbuf_text_home(tb);
    textbuf_row_end(tb, 3); /* a cut word: after c is the next row */
    assert_text(tb, "ab|cdefgh");
    textbuf_down(tb, 3);
    assert_text(tb, "abcde|fgh");
    textbuf_row_home(tb, 3);
    assert_text(tb, "abc|defgh");
    textbuf_free(tb);
}

/* ---- Selecting, killing ---- */

static void selects_with_shift_and_with_the_mark(void **state) {
    (void)state;
    struct textbuf *tb = begin("one |two");
    textbuf_select(tb, true);
    textbuf_right(tb);
    textbuf_select(tb, true);
    textbuf_right(tb);
    assert_text(tb, "one ^tw|o");
    textbuf_select(tb, false);
    textbuf_left(tb);
    assert_text(tb, "one t|wo");
    textbuf_mark(tb);
    textbuf_select(tb, false);
    textbuf_text_home(tb);
    assert_text(tb, "|one t^wo");
    textbuf_mark(tb);
    assert_text(tb, "|one two");
    textbuf_mark(tb);
    textbuf_text_end(tb);
    type(tb, "!"); /* typing replaces nothing */
    assert_text(tb, "one two!|");
    textbuf_free(tb);
}

static void removes_cuts_and_copies_what_is_selected(void **state) {
    (void)state;
    struct textbuf *tb = begin("one |two three");
    textbuf_mark(tb);
    textbuf_word_right(tb);
    assert_true(textbuf_copy(tb));
    assert_text(tb, "one ^two| three");
    textbuf_backspace(tb);
    assert_text(tb, "one | three");
    assert_true(textbuf_yank(tb));
    assert_text(tb, "one two| three");
    textbuf_mark(tb);
    textbuf_text_home(tb);
    assert_true(textbuf_cut(tb));
    assert_text(tb, "| three");
    assert_false(textbuf_cut(tb));
    textbuf_text_end(tb);
    textbuf_yank(tb);
    textbuf_yank(tb);
    assert_text(tb, " threeone twoone two|");
    textbuf_undo(tb);
    textbuf_undo(tb);
    textbuf_undo(tb);
    assert_text(tb, "|one two three");
    textbuf_undo(tb);
    assert_text(tb, "one | three");
    textbuf_undo(tb);
    assert_text(tb, "one two| three");
    textbuf_mark(tb);
    textbuf_left(tb);
    textbuf_delete(tb);
    assert_text(tb, "one tw| three");
    textbuf_free(tb);
}

static void kills_as_in_a_shell(void **state) {
    (void)state;
    assert_after("one t|wo\nx", textbuf_kill_to_end, "one t|\nx");
    assert_after("one|\nx", textbuf_kill_to_end, "one|x");
    assert_after("a\none t|wo", textbuf_kill_line_start, "a\n|wo");
    assert_after("a\n|b", textbuf_kill_line_start, "a\n|b");
    assert_after("see Art.32(b) |now", textbuf_kill_word, "see |now");
    assert_after("网络犯罪|", textbuf_kill_word, "网络犯|");
    assert_after("Art.网络|", textbuf_kill_word, "Art.网|");
    assert_after("网Art.|", textbuf_kill_word, "网|");
    assert_after("a  |", textbuf_kill_word, "|");
}

static void kills_in_a_row_make_one_text(void **state) {
    (void)state;
    struct textbuf *tb = begin("one two |three four\nfive");
    textbuf_kill_word(tb);
    textbuf_kill_to_end(tb);
    textbuf_kill_line_start(tb);
    textbuf_kill_line_start(tb); /* nothing left there: still in a row */
    textbuf_kill_to_end(tb);
    assert_text(tb, "|five");
    textbuf_yank(tb);
    assert_text(tb, "one two three four\n|five");
    textbuf_kill_to_end(tb); /* a new kill */
    textbuf_yank(tb);
    textbuf_yank(tb);
    assert_text(tb, "one two three four\nfivefive|");
    textbuf_kill_to_end(tb); /* kills nothing, keeps the buffer */
    textbuf_yank(tb);
    assert_text(tb, "one two three four\nfivefivefive|");
    for (int i = 0; i < 5; i++)
        textbuf_undo(tb);
    assert_text(tb, "|five");
    textbuf_free(tb);
}

static void brackets_the_selection(void **state) {
    (void)state;
    struct textbuf *tb = begin("the |consent of the lawful");
    textbuf_select(tb, true);
    textbuf_word_right(tb);
    textbuf_bracket(tb);
    assert_text(tb, "the [consent]| of the lawful");
    textbuf_undo(tb);
    assert_text(tb, "the consent| of the lawful");
    textbuf_text_home(tb);
    textbuf_bracket(tb);
    assert_text(tb, "[|]the consent of the lawful");
    textbuf_undo(tb);
    textbuf_redo(tb);
    assert_text(tb, "[|]the consent of the lawful");
    textbuf_free(tb);
}

/* ---- Rows ---- */

static void rows_of_a_text(void **state) {
    (void)state;
    struct textbuf *tb = begin("hello world\n\nabcdefgh|");
    struct text_line l;
    size_t column;
    assert_int_equal(textbuf_rows(tb, 5), 5);
    assert_true(textbuf_row(tb, 5, 1, &l));
    assert_int_equal(l.start, 6);
    assert_int_equal(l.end, 11);
    assert_false(textbuf_row(tb, 5, 5, &l));
    assert_int_equal(textbuf_row_of(tb, 5, 5, &column), 0);
    assert_int_equal(column, 5);
    assert_int_equal(textbuf_row_of(tb, 5, 12, &column), 2);
    assert_int_equal(column, 0);
    assert_int_equal(textbuf_row_of(tb, 5, 18, &column), 4);
    assert_int_equal(textbuf_row_of(tb, 5, 999, &column), 4);
    assert_int_equal(column, 3);
    assert_int_equal(textbuf_offset_at(tb, 5, 0, 99), 5);
    assert_int_equal(textbuf_offset_at(tb, 5, 3, 99), 17);
    assert_int_equal(textbuf_offset_at(tb, 5, 4, 99), 21);
    assert_int_equal(textbuf_offset_at(tb, 5, 99, 1), 19);
    assert_int_equal(textbuf_rows(tb, 80), 3);
    textbuf_reset(tb, "a          ", 11);
    assert_int_equal(textbuf_row_of(tb, 5, 11, &column), 0);
    assert_int_equal(column, 5);
    textbuf_free(tb);
}

static void scrolls_one_line(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(true);
    type(tb, "abcdefghij");
    assert_int_equal(textbuf_scroll(tb, 20, 0), 0);
    assert_int_equal(textbuf_scroll(tb, 5, 0), 6);
    assert_int_equal(textbuf_scroll(tb, 5, 8), 8);
    textbuf_move(tb, 7);
    assert_int_equal(textbuf_scroll(tb, 5, 6), 6);
    assert_int_equal(textbuf_scroll(tb, 6, 9), 5);
    assert_int_equal(textbuf_scroll(tb, 0, 0), 7);
    textbuf_reset(tb, "中文字符", 12);
    assert_int_equal(textbuf_scroll(tb, 6, 0), 6);
    textbuf_free(tb);
}

static void edits_a_big_text_at_once(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    while (b.len < 2000000)
        buf_puts(&b, "Некоторый текст, который не кончается ни здесь, ни там. ");
    struct textbuf *tb = textbuf_new(false);
    textbuf_reset(tb, b.s, b.len);
    size_t row = textbuf_row_of(tb, 70, b.len, NULL);
    for (int i = 0; i < 3000; i++) { /* at the end: rows before stay known */
        type(tb, "x ");
        textbuf_up(tb, 70);
        textbuf_down(tb, 70);
        assert_true(textbuf_row_of(tb, 70, textbuf_cursor(tb), NULL) >= row);
    }
    textbuf_text_home(tb);
    for (int i = 0; i < 3000; i++) { /* at the beginning: rows far below stay unknown */
        struct text_line l;
        type(tb, "y ");
        assert_true(textbuf_row(tb, 70, 30, &l));
    }
    textbuf_free(tb);
    buf_release(&b);
}

/* ---- Off the record ---- */

/* Never stands in memory as it is but where the buffer under test puts it. */
static const char disguised[] = "UidTidsfuOpsuiXjoe";

static void type_disguised(struct textbuf *tb) {
    for (const char *p = disguised; *p; p++) {
        char c = (char)(*p - 1);
        textbuf_insert(tb, &c, 1);
    }
}

static size_t count_in(const char *s, size_t len) {
    size_t n = 0, want = sizeof disguised - 1;
    for (size_t i = 0; i + want <= len; i++) {
        size_t same = 0;
        while (same < want && s[i + same] == disguised[same] - 1)
            same++;
        n += same == want;
    }
    return n;
}

/* How often the secret stands in the writable memory of this process; -1: unknown. */
static int count_in_memory(void) {
    FILE *maps = fopen("/proc/self/maps", "re");
    int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    if (!maps || mem < 0)
        return -1;
    static char chunk[1 << 16];
    size_t n = 0;
    char line[512], mode[8];
    unsigned long low, high;
    while (fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx %7s", &low, &high, mode) != 3 || mode[1] != 'w' ||
            high - low > (1ul << 30))
            continue;
        for (unsigned long at = low; at < high; at += sizeof chunk - 64) {
            if (at >= (unsigned long)(uintptr_t)chunk - sizeof chunk &&
                at < (unsigned long)(uintptr_t)chunk + sizeof chunk)
                continue;
            size_t want = high - at < sizeof chunk ? high - at : sizeof chunk;
            ssize_t got = pread(mem, chunk, want, (off_t)at);
            n += got > 0 ? count_in(chunk, (size_t)got) : 0;
        }
    }
    memset(chunk, 0, sizeof chunk);
    fclose(maps);
    close(mem);
    return (int)n;
}

static void use_the_secret(struct textbuf *tb) {
    type_disguised(tb);
    for (int i = 0; i < 8; i++) {
        textbuf_mark(tb);
        textbuf_text_home(tb);
        textbuf_copy(tb);
        textbuf_bracket(tb);
        textbuf_yank(tb);
        textbuf_paste(tb, "\n ", 2);
        textbuf_kill_to_end(tb);
        textbuf_undo(tb);
        textbuf_rows(tb, 10);
        if (i % 4 == 3)
            textbuf_kill_line_start(tb);
    }
}

static void wipe_leaves_nothing_in_memory(void **state) {
    (void)state;
    struct textbuf *tb = textbuf_new(false);
    use_the_secret(tb);
    if (count_in_memory() < 0) {
        print_message("cannot read /proc/self/mem\n");
        textbuf_free(tb);
        return;
    }
    assert_true(count_in_memory() > 1);
    textbuf_wipe(tb);
    assert_int_equal(count_in_memory(), 0);
    assert_text(tb, "|");
    assert_false(textbuf_undo(tb));
    assert_false(textbuf_yank(tb));
    use_the_secret(tb);
    assert_true(count_in_memory() > 1);
    textbuf_free(tb);
    assert_int_equal(count_in_memory(), 0);
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(types_and_takes_back),
        cmocka_unit_test(edits_whole_clusters),
        cmocka_unit_test(the_cursor_stays_between_clusters),
        cmocka_unit_test(makes_what_comes_in_fit),
        cmocka_unit_test(a_single_line_has_no_feeds),
        cmocka_unit_test(a_typed_run_is_one_step),
        cmocka_unit_test(runs_end_where_they_should),
        cmocka_unit_test(nothing_typed_joins_no_paste),
        cmocka_unit_test(a_change_forgets_what_could_be_redone),
        cmocka_unit_test(queries_end_no_run),
        cmocka_unit_test(set_is_one_step),
        cmocka_unit_test(reset_begins_anew),
        cmocka_unit_test(moves_by_words),
        cmocka_unit_test(moves_by_lines),
        cmocka_unit_test(keeps_its_column),
        cmocka_unit_test(moves_by_wrapped_rows),
        cmocka_unit_test(selects_with_shift_and_with_the_mark),
        cmocka_unit_test(removes_cuts_and_copies_what_is_selected),
        cmocka_unit_test(kills_as_in_a_shell),
        cmocka_unit_test(kills_in_a_row_make_one_text),
        cmocka_unit_test(brackets_the_selection),
        cmocka_unit_test(rows_of_a_text),
        cmocka_unit_test(scrolls_one_line),
        cmocka_unit_test(edits_a_big_text_at_once),
        cmocka_unit_test(wipe_leaves_nothing_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
