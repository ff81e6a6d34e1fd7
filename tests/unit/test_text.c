/* text: against tables, against libunistring called plainly, and against slow models. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

#include <langinfo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <unistr.h>
#include <wchar.h>
#include <cmocka.h>

static uint64_t seed = 1;

static size_t below(size_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

/* What random texts are made of. */
/* clang-format off */
static const char *const pieces[] = {
    "a", "B", "e", " ", " ", "  ", "\t", "\n", "-", "/", "(", ")", "!", "“", "”", "«",
    "»", "я", "Ё", "й", "Ж", "中", "国", "。", "、", "é", "ß", "ﬁ", "İ", "\u0301", "\u0308",
    "\u0301", "\u200d", "👨", "👧", "👍🏽", "❤\ufe0f", "🇷", "🇺", "한", "\u1100", "\u1161",
    "\u11a8", "\u0600", "\u0e33", "\u0903", "\u0915\u094d", "\u200b", "\u00ad",
    "\u00a0", "\u2028", "\u202e", "\u2066", "\u0378", "\U0010ffff", "\ufffd", "\ufffe",
    "\r", "\r\n", "\033", "\177", "\xc2\x85", "\xff", "\xd0", "\xe2\x80",
    "\xf0\x9f\x91", "\x80", "\xed\xa0\x80", "\xc0\xaf", "word", "слово", "\u212a",
    "\u0390", "Σ", "ς", "1", "32",
};
/* clang-format on */
enum { PIECES = sizeof pieces / sizeof *pieces };

static void random_text(struct buf *b, size_t count, size_t kinds) {
    buf_clear(b);
    size_t first = below(PIECES);
    for (size_t i = below(count + 1); i > 0; i--)
        buf_puts(b, pieces[(first + below(kinds)) % PIECES]);
}

/* Of all sorts, or of a few neighbours in the table, which meet more often. */
static void random_any(struct buf *b, size_t count) {
    random_text(b, count, below(2) ? PIECES : 8);
}

/* ---- Code points ---- */

static void locale_is_utf8(void **state) {
    (void)state;
    assert_string_equal(nl_langinfo(CODESET), "UTF-8");
    assert_int_equal(wcwidth(0x42f), 1);
}

static void decodes_malformed_bytes_singly(void **state) {
    (void)state;
    static const struct {
        const char *s;
        uint32_t c;
        size_t used;
    } cases[] = {
        {"a", 'a', 1},
        {"\x7f", 0x7f, 1},
        {"я", 0x44f, 2},
        {"中", 0x4e2d, 3},
        {"👧", 0x1f467, 4},
        {"\xc2\x80", 0x80, 2},
        {"\xdf\xbf", 0x7ff, 2},
        {"\xe0\xa0\x80", 0x800, 3},
        {"\xef\xbf\xbf", 0xffff, 3},
        {"\xf4\x8f\xbf\xbf", 0x10ffff, 4},
        {"\x80", 0xfffd, 1},
        {"\xbf", 0xfffd, 1},
        {"\xc0\x80", 0xfffd, 1},
        {"\xc1\xbf", 0xfffd, 1},
        {"\xc2", 0xfffd, 1},
        {"\xd0 ", 0xfffd, 1},
        {"\xe0\x9f\xbf", 0xfffd, 1},
        {"\xe2\x80", 0xfffd, 1},
        {"\xe2\x80x", 0xfffd, 1},
        {"\xed\xa0\x80", 0xfffd, 1},
        {"\xed\xbf\xbf", 0xfffd, 1},
        {"\xf0\x8f\xbf\xbf", 0xfffd, 1},
        {"\xf4\x90\x80\x80", 0xfffd, 1},
        {"\xf5\x80\x80\x80", 0xfffd, 1},
        {"\xf0\x9f\x91", 0xfffd, 1},
        {"\xff", 0xfffd, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t used;
        assert_int_equal(text_decode(cases[i].s, strlen(cases[i].s), &used), cases[i].c);
        assert_int_equal(used, cases[i].used);
    }
    size_t used;
    assert_int_equal(text_decode("\0x", 2, &used), 0);
}

static void encodes_what_it_decodes(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (uint32_t c = 0; c <= 0x110010; c++) {
        size_t used;
        buf_clear(&b);
        text_encode(&b, c);
        bool real = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
        assert_true(text_valid(b.s, b.len));
        assert_int_equal(text_decode(b.s, b.len, &used), real ? c : 0xfffd);
        assert_int_equal(used, b.len);
    }
    buf_release(&b);
}

static void blank_is_ascii_white_space(void **state) {
    (void)state;
    assert_true(text_blank("") && text_blank(" \t\r\n"));
    assert_false(text_blank("\n x") || text_blank("\u00a0"));
}

static void valid_means_nothing_is_replaced(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    assert_true(text_valid("", 0));
    for (int round = 0; round < 3000; round++) {
        random_any(&b, 12);
        bool good = true;
        for (size_t at = 0, used; at < b.len; at += used)
            good &= text_decode(b.s + at, b.len - at, &used) != 0xfffd || used == 3;
        assert_int_equal(text_valid(b.s, b.len), good);
    }
    buf_release(&b);
}

/* ---- Clusters ---- */

/* '|' stands between clusters. */
static void assert_clusters(const char *want) {
    struct buf s = BUF_INIT, forth = BUF_INIT;
    VEC(size_t) ends = {0};
    for (const char *p = want; *p; p++) {
        if (*p != '|')
            buf_putc(&s, *p);
    }
    for (size_t at = 0, end; at < s.len; at = end) {
        end = text_next(s.s, s.len, at);
        assert_true(end > at);
        if (at > 0)
            buf_putc(&forth, '|');
        buf_add(&forth, s.s + at, end - at);
        vec_push(&ends, end);
    }
    assert_string_equal(forth.s, want);
    for (size_t i = ends.n; i-- > 0;)
        assert_int_equal(text_prev(s.s, s.len, ends.v[i]), i ? ends.v[i - 1] : 0);
    buf_release(&s);
    buf_release(&forth);
    vec_release(&ends);
}

static void clusters_are_what_a_person_sees(void **state) {
    (void)state;
    static const char *const cases[] = {
        /* clang-format off */
        "a|b|c", "П|р|и|в|е|т", "中|文", "e\u0301|x", "и\u0306|и",
        "e\u0301\u0302\u0303|e", " \u0301|a", "\n|\u0301|a", "\t|\u0301",
        "\r\n|\r|\r\n|\n", "👨‍👩‍👧|x", "👨\u0301\u200d👧|👧", "a\u200d|👧", "👍🏽|👍",
        "❤\ufe0f|❤", "🇷🇺|🇺🇸|🇨🇳|x", "🇷🇺|🇺|x|🇷🇺",
        "\u1100\u1161\u11a8|\u1100\u1161|\u1100", "한|글|가\u11a8|x", "\u0600a|b",
        "\u0e01\u0e33|\u0e01", "\u0915\u0903|a", "a|\u200b|b", "\xff|\xff|a|\xd0|x",
        "\xff\u0301|a", "\xed|\xa0|\x80", "\033|[|1|m", "a\ufe0f|b",
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_clusters(cases[i]);
}

static void clusters_at_the_ends(void **state) {
    (void)state;
    assert_int_equal(text_next("", 0, 0), 0);
    assert_int_equal(text_next("ab", 2, 2), 2);
    assert_int_equal(text_next("ab", 2, 9), 2);
    assert_int_equal(text_prev("ab", 2, 0), 0);
    assert_int_equal(text_prev("ab", 2, 9), 1);
    assert_int_equal(text_prev("\0\0\0", 3, 3), 2);
    assert_int_equal(text_next("\0\0\0", 3, 0), 1);
}

static void clusters_back_and_forth_agree(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    VEC(size_t) starts = {0};
    for (int round = 0; round < 20000; round++) {
        random_any(&b, 20);
        starts.n = 0;
        for (size_t at = 0; at < b.len; at = text_next(b.s, b.len, at))
            vec_push(&starts, at);
        size_t at = b.len;
        while (starts.n > 0) {
            at = text_prev(b.s, b.len, at);
            assert_int_equal(at, starts.v[--starts.n]);
        }
        assert_int_equal(at, 0);
    }
    vec_release(&starts);
    buf_release(&b);
}

static void clusters_are_libunistrings(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        random_any(&b, 20);
        if (!text_valid(b.s, b.len) || b.len == 0)
            continue;
        char *breaks = mem_alloc(b.len);
        u8_grapheme_breaks((const uint8_t *)b.s, b.len, breaks);
        for (size_t at = 0; at < b.len;) {
            size_t end = text_next(b.s, b.len, at);
            assert_true(breaks[at]);
            for (size_t i = at + 1; i < end; i++)
                assert_false(breaks[i]);
            at = end;
        }
        free(breaks);
    }
    buf_release(&b);
}

static void clusters_without_end_are_cut(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_putc(&b, 'a');
    for (int i = 0; i < 100000; i++)
        buf_puts(&b, "\u0301");
    size_t at = 0, count = 0;
    for (; at < b.len; count++)
        at = text_next(b.s, b.len, at);
    assert_in_range(count, 100001 / 64, 100001 / 64 + 1);
    size_t last = text_prev(b.s, b.len, b.len);
    assert_int_equal(text_next(b.s, b.len, last), b.len);
    buf_release(&b);
}

/* ---- Columns ---- */

static size_t columns_of(const char *s) {
    return text_columns(s, strlen(s));
}

static void columns_of_a_code_point(void **state) {
    (void)state;
    static const struct {
        uint32_t c;
        int columns;
    } cases[] = {
        /* clang-format off */
        {'a', 1}, {' ', 1}, {'\t', 1}, {'\n', 1}, {0, 2}, {0x1b, 2}, {'\r', 2},
        {0x7f, 2}, {0x80, 8}, {0x9f, 8}, {0xa0, 1}, {0x44f, 1}, {0x301, 0}, {0x4e2d, 2},
        {0xac00, 2}, {0x1100, 2}, {0x1161, 0}, {0x1f467, 2}, {0x200d, 0}, {0x200b, 0},
        {0xfe0f, 0}, {0x1f1f7, 1}, {0x202e, 8}, {0x2066, 8}, {0x2069, 8}, {0x2028, 8},
        {0x200e, 0}, {0xfffd, 1}, {0xfffe, 8}, {0x378, 8}, {0xe0fff, 9}, {0x10ffff, 10},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(text_columns_of(cases[i].c), cases[i].columns);
}

static void columns_of_texts(void **state) {
    (void)state;
    assert_int_equal(columns_of(""), 0);
    assert_int_equal(columns_of("Russia, Россия, 俄罗斯"), 8 + 8 + 6);
    assert_int_equal(columns_of("e\u0301"), 1);
    assert_int_equal(columns_of("👨‍👩‍👧"), 6);
    assert_int_equal(columns_of("🇷🇺"), 2);
    assert_int_equal(columns_of("\u1100\u1161\u11a8"), 2);
    assert_int_equal(columns_of("a\tb\nc"), 5);
    assert_int_equal(columns_of("\033[0m"), 5);
    assert_int_equal(columns_of("\xff\xfe\xd0"), 3);
    assert_int_equal(text_columns("a\0b", 3), 4);
}

static int raw_width(const char *s, size_t len) {
    int width = 0;
    for (size_t at = 0, used; at < len; at += used) {
        int w = wcwidth((wchar_t)text_decode(s + at, len - at, &used));
        assert_true(w >= 0);
        width += w;
    }
    return width;
}

static void columns_are_those_of_what_is_shown(void **state) {
    (void)state;
    struct buf b = BUF_INIT, v = BUF_INIT;
    for (int round = 0; round < 5000; round++) {
        random_any(&b, 30);
        buf_clear(&v);
        text_visible(&v, b.s, b.len);
        assert_int_equal(text_columns(b.s, b.len), raw_width(v.s, v.len));
        assert_int_equal(text_columns(v.s, v.len), raw_width(v.s, v.len));
    }
    buf_release(&b);
    buf_release(&v);
}

/* Cluster by cluster. */
static size_t slow_fit(const char *s, size_t len, size_t columns) {
    size_t at = 0;
    while (at < len) {
        size_t end = text_next(s, len, at);
        if (text_columns(s, end) > columns)
            break;
        at = end;
    }
    return at;
}

static void fit_fills_the_columns_with_whole_clusters(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int round = 0; round < 4000; round++) {
        random_any(&b, 30);
        size_t max = text_columns(b.s, b.len) + 2;
        for (size_t columns = 0; columns <= max; columns++)
            assert_int_equal(text_fit(b.s, b.len, columns),
                             slow_fit(b.s, b.len, columns));
        assert_int_equal(text_fit(b.s, b.len, SIZE_MAX), b.len);
    }
    buf_release(&b);
}

static void ascii_runs_end_anywhere(void **state) {
    (void)state;
    char s[64];
    for (size_t bad = 0; bad < sizeof s; bad++) {
        memset(s, '~', sizeof s);
        static const char bytes[] = {0, 0x1f, 0x7f, '\n', (char)0x80, (char)0xff};
        for (size_t i = 0; i < sizeof bytes; i++) {
            s[bad] = bytes[i];
            size_t own = i < 3 ? 2 : 1;
            for (size_t from = 0; from <= bad; from++)
                assert_int_equal(text_columns(s + from, sizeof s - from),
                                 sizeof s - from - 1 + own);
        }
    }
}

/* ---- What is shown and kept ---- */

static void assert_shown(void (*show)(struct buf *, const char *, size_t), const char *s,
                         const char *want) {
    struct buf b = BUF_INIT;
    buf_puts(&b, ">");
    show(&b, s, strlen(s));
    assert_string_equal(b.s + 1, want);
    buf_release(&b);
}

static void shows_controls(void **state) {
    (void)state;
    assert_shown(text_visible, "", "");
    assert_shown(text_visible, "Юлия, 俄 e\u0301 👨‍👩‍👧",
                 "Юлия, 俄 e\u0301 👨‍👩‍👧");
    assert_shown(text_visible, "a\tb\nc", "a b c");
    assert_shown(text_visible_lines, "a\tb\nc\r", "a b\nc^M");
    assert_shown(text_visible, "\033]0;x\007 \177", "^[]0;x^G ^?");
    assert_shown(text_visible,
                 "\xc2\x9b"
                 "1m",
                 "<U+009B>1m");
    assert_shown(text_visible, "\u202eabc\u2066", "<U+202E>abc<U+2066>");
    assert_shown(text_visible, "a\xff\xe2\x80z\xed\xa0\x80",
                 "a\ufffd\ufffd\ufffdz"
                 "\ufffd\ufffd\ufffd");
    assert_shown(text_visible, "\u0378\U0010ffff\u2028", "<U+0378><U+10FFFF><U+2028>");
    struct buf b = BUF_INIT;
    text_visible(&b, "a\0b", 3);
    assert_string_equal(b.s, "a^@b");
    buf_release(&b);
}

static bool harmless(const char *s, size_t len, bool lines) {
    for (size_t at = 0, used; at < len; at += used) {
        uint32_t c = text_decode(s + at, len - at, &used);
        bool override = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        if (!(lines && c == '\n') && (wcwidth((wchar_t)c) < 0 || override))
            return false;
    }
    return text_valid(s, len) && memchr(s, 0, len) == NULL;
}

static void what_is_shown_is_harmless(void **state) {
    (void)state;
    struct buf b = BUF_INIT, v = BUF_INIT, w = BUF_INIT;
    for (int round = 0; round < 5000; round++) {
        random_any(&b, 30);
        for (int lines = 0; lines < 2; lines++) {
            void (*show)(struct buf *, const char *, size_t) =
                lines ? text_visible_lines : text_visible;
            buf_clear(&v);
            buf_clear(&w);
            show(&v, b.s, b.len);
            assert_true(harmless(v.s, v.len, lines));
            show(&w, v.s, v.len);
            assert_string_equal(v.s, w.s);
        }
    }
    buf_release(&b);
    buf_release(&v);
    buf_release(&w);
}

static void assert_cut(const char *s, size_t columns, bool pad, const char *want) {
    struct buf b = BUF_INIT;
    text_cut(&b, s, strlen(s), columns, pad);
    assert_string_equal(b.s, want);
    buf_release(&b);
}

static void cuts_with_an_ellipsis(void **state) {
    (void)state;
    assert_cut("hello", 5, false, "hello");
    assert_cut("hello", 4, false, "hel…");
    assert_cut("hello", 1, false, "…");
    assert_cut("hello", 0, true, "");
    assert_cut("", 0, false, "");
    assert_cut("", 3, true, "   ");
    assert_cut("hello", 8, true, "hello   ");
    assert_cut("hello", 8, false, "hello");
    assert_cut("中文字", 5, true, "中文…");
    assert_cut("中文字", 4, true, "中… ");
    assert_cut("中文字", 4, false, "中…");
    assert_cut("中文字", 2, true, "… ");
    assert_cut("e\u0301e\u0301e\u0301", 2, false, "e\u0301…");
    assert_cut("👨‍👩‍👧x", 6, true, "…     ");
    assert_cut("a\033b", 3, false, "a…");
    assert_cut("a\nb", 3, false, "a b");
}

static void cut_takes_no_more_than_it_may(void **state) {
    (void)state;
    struct buf b = BUF_INIT, v = BUF_INIT;
    for (int round = 0; round < 4000; round++) {
        random_any(&b, 20);
        size_t columns = below(30);
        for (int pad = 0; pad < 2; pad++) {
            buf_clear(&v);
            text_cut(&v, b.s, b.len, columns, pad);
            size_t took = text_columns(v.s, v.len);
            assert_true(harmless(v.s, v.len, false));
            assert_true(pad ? took == columns : took <= columns);
        }
    }
    buf_release(&b);
    buf_release(&v);
}

static void assert_cleaned(const char *s, size_t len, size_t changed, const char *want) {
    struct buf b = BUF_INIT;
    assert_int_equal(text_clean(&b, s, len), changed);
    assert_string_equal(b.s, want);
    buf_release(&b);
}

static void cleans_for_xml(void **state) {
    (void)state;
    assert_cleaned("", 0, 0, "");
    assert_cleaned("a\tb\r\nя\177\xc2\x85\u202e", 13, 0, "a\tb\r\nя\177\xc2\x85\u202e");
    assert_cleaned("\033[0m", 4, 1, "␛[0m");
    assert_cleaned("a\0b\001", 4, 2, "a␀b␁");
    assert_cleaned("\037\013\014", 3, 3, "␟␋␌");
    assert_cleaned("\ufffe\uffff\ufffd", 9, 2, "\ufffd\ufffd\ufffd");
    assert_cleaned("\U0001ffff", 4, 0, "\U0001ffff");
    assert_cleaned("\xe2\x80"
                   "a\xed\xa0\x80",
                   6, 5,
                   "\ufffd\ufffd"
                   "a\ufffd\ufffd\ufffd");
}

static void cleaned_text_is_clean(void **state) {
    (void)state;
    struct buf b = BUF_INIT, v = BUF_INIT, w = BUF_INIT;
    for (int round = 0; round < 4000; round++) {
        random_any(&b, 30);
        buf_clear(&v);
        buf_clear(&w);
        size_t changed = text_clean(&v, b.s, b.len);
        bool same = v.len == b.len && memcmp(v.s, b.s, b.len) == 0;
        assert_int_equal(changed == 0, same);
        assert_true(text_valid(v.s, v.len));
        assert_int_equal(text_clean(&w, v.s, v.len), 0);
    }
    buf_release(&b);
    buf_release(&v);
    buf_release(&w);
}

/* ---- Wrapping ---- */

/* Lines with '|' between them, '/' where a line feed or the end made the break. */
static void assert_wrapped(const char *s, size_t columns, const char *want) {
    struct buf b = BUF_INIT;
    struct text_line l;
    size_t len = strlen(s);
    for (size_t at = 0; text_wrap(s, len, at, columns, &l); at = l.next) {
        assert_int_equal(l.start, at);
        assert_true(l.end >= l.start && l.next >= l.end);
        assert_true(l.next > at);
        buf_add(&b, s + l.start, l.end - l.start);
        buf_putc(&b, l.hard ? '/' : '|');
        if (l.next > len)
            assert_int_equal(l.next, len + 1);
    }
    assert_string_equal(b.s, want);
    buf_release(&b);
}

static void wraps_latin(void **state) {
    (void)state;
    assert_wrapped("", 10, "/");
    assert_wrapped("\n", 10, "//");
    assert_wrapped("a\n\nb\n", 10, "a//b//");
    assert_wrapped("hello world", 11, "hello world/");
    assert_wrapped("hello world", 10, "hello|world/");
    assert_wrapped("hello world", 5, "hello|world/");
    assert_wrapped("hello world", 3, "hel|lo|wor|ld/");
    assert_wrapped("hello   world", 5, "hello|world/");
    assert_wrapped("hello   world", 7, "hello|world/");
    assert_wrapped("hello   \nx", 5, "hello/x/");
    assert_wrapped("hello   \nx", 7, "hello  /x/");
    assert_wrapped("hello   ", 6, "hello /");
    assert_wrapped("  hello", 5, "  |hello/");
    assert_wrapped("      hello", 5, "     |hello/");
    assert_wrapped("a\tb", 1, "a|b/");
    assert_wrapped("well-known", 6, "well-|known/");
    assert_wrapped("well-known", 5, "well-|known/");
    assert_wrapped("see Art. 32(b) now", 9, "see Art.|32(b) now/");
    assert_wrapped("the U.S.A. and", 7, "the|U.S.A.|and/");
    assert_wrapped("a b c", 1, "a|b|c/");
    assert_wrapped("a b c", 0, "a|b|c/");
}

static void wraps_other_scripts(void **state) {
    (void)state;
    assert_wrapped("Конвенция о преступности", 11, "Конвенция о|преступност|и/");
    assert_wrapped("Конвенция о преступности", 12, "Конвенция о|преступности/");
    assert_wrapped("网络犯罪公约", 4, "网络|犯罪|公约/");
    assert_wrapped("网络犯罪公约", 5, "网络|犯罪|公约/");
    assert_wrapped("网络犯罪。约", 8, "网络犯|罪。约/"); /* no 。 at the start */
    assert_wrapped("网络", 1, "网|络/");
    assert_wrapped("mot !", 4, "mot|!/"); /* a cut: no break before ! */
    assert_wrapped("un mot !", 6, "un|mot !/");
    assert_wrapped("a\u00a0b c", 3, "a\u00a0b|c/");
    assert_wrapped("ab\u200bcd", 3, "ab\u200b|cd/");
}

static void wraps_between_clusters(void **state) {
    (void)state;
    assert_wrapped("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301/");
    assert_wrapped("👨‍👩‍👧👨‍👩‍👧", 7, "👨‍👩‍👧|👨‍👩‍👧/");
    assert_wrapped("👨‍👩‍👧x", 3, "👨‍👩‍👧|x/");
    assert_wrapped("👨‍👩‍👧 x", 3, "👨‍👩‍👧|x/");
    assert_wrapped("🇷🇺🇺🇸🇨🇳", 3, "🇷🇺|🇺🇸|🇨🇳/");
    assert_wrapped("\u1100\u1161\u1100\u1161", 2, "\u1100\u1161|\u1100\u1161/");
    assert_wrapped("abcd \u0301e", 4, "abcd| \u0301e/");
    assert_wrapped("abc \u0301e", 4, "abc \u0301|e/");
    assert_wrapped("\xff\xff\xff", 2, "\xff\xff|\xff/");
    assert_wrapped("a\033b", 2, "a|\033|b/");
    assert_wrapped("ab\r\ncd", 4, "ab\r/cd/");
    assert_wrapped("ab\r\ncd", 1, "a|b|\r/c|d/");
    assert_wrapped("a\u2028b", 20, "a\u2028b/");
}

/* The same from its definition, with the breaks of the whole paragraph, for the line that
 * starts at its beginning. */
static void slow_first_line(const char *s, size_t len, size_t columns,
                            struct text_line *l) {
    const char *feed = len ? memchr(s, '\n', len) : NULL;
    size_t par = feed ? (size_t)(feed - s) : len;
    uint32_t *c = mem_array(NULL, par + 1, sizeof *c);
    size_t *at = mem_array(NULL, par + 1, sizeof *at);
    char *breaks = mem_zalloc(par + 1);
    size_t n = 0;
    for (size_t i = 0, used; i < par; i += used) {
        at[n] = i;
        uint32_t x = text_decode(s + i, par - i, &used);
        bool odd = x < 0x20 || (x >= 0x7f && x < 0xa0) || x == 0x2028 || x == 0x2029;
        c[n] = x == '\t' ? ' ' : odd ? 'x' : x;
        if (n > 0 && c[n - 1] == '.' && c[n] > '@' && c[n] < 0x2E80)
            c[n - 1] = 'x';
        n++;
    }
    u32_possible_linebreaks(c, n, "UTF-8", breaks);
    size_t fit = slow_fit(s, par, columns);
    if (fit == 0)
        fit = par ? text_next(s, par, 0) : 0;
    size_t border = 0, blanks = fit; /* blanks: where whole blanks after fit end */
    while (blanks < par && (s[blanks] == ' ' || s[blanks] == '\t') &&
           text_next(s, par, blanks) == blanks + 1)
        blanks++;
    *l = (struct text_line){0, fit, blanks, false};
    if (blanks == par) {
        *l = (struct text_line){0, fit, par + 1, true};
    } else {
        size_t best = 0;
        for (size_t i = 1; i < n; i++) {
            while (border < at[i])
                border = text_next(s, par, border);
            if (breaks[i] == UC_BREAK_POSSIBLE && at[i] <= blanks && border == at[i])
                best = at[i];
        }
        size_t lead = 0; /* libunistring has no break after leading blanks */
        while (s[lead] == ' ' || s[lead] == '\t')
            lead++;
        if (best == 0 && lead > 0 && text_next(s, par, lead - 1) > lead)
            lead--;
        if (best == 0)
            best = lead ? lead : blanks;
        size_t cut = best < fit ? best : fit, end = cut;
        while (end > 0 && (s[end - 1] == ' ' || s[end - 1] == '\t'))
            end--;
        *l = (struct text_line){0, end ? end : cut, best, false};
    }
    free(c);
    free(at);
    free(breaks);
}

static void wraps_as_the_slow_way_does(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        random_any(&b, 40);
        size_t columns = below(25);
        struct text_line l, slow;
        size_t at = 0;
        for (; text_wrap(b.s, b.len, at, columns, &l); at = l.next) {
            slow_first_line(b.s + at, b.len - at, columns, &slow);
            assert_int_equal(l.start, at);
            assert_int_equal(l.end, at + slow.end);
            assert_int_equal(l.next, at + slow.next);
            assert_int_equal(l.hard, slow.hard);
        }
        assert_int_equal(at, b.len + 1);
    }
    buf_release(&b);
}

static void wraps_a_long_paragraph_line_by_line(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    while (b.len < 3000000)
        buf_puts(&b, "сотрудничество против киберпреступности и что ещё? ");
    struct text_line l;
    size_t lines = 0;
    for (size_t at = 0; text_wrap(b.s, b.len, at, 60, &l); at = l.next) {
        assert_true(text_columns(b.s + l.start, l.end - l.start) <= 60);
        lines++;
    }
    assert_true(lines > 25000);
    buf_clear(&b);
    buf_fill(&b, 'x', 3000000); /* one word; a window of more than the usual size too */
    lines = 0;
    for (size_t at = 0; text_wrap(b.s, b.len, at, 1000, &l); at = l.next)
        lines++;
    assert_int_equal(lines, 3000);
    buf_release(&b);
}

/* ---- Folding and finding ---- */

static void assert_folded(const char *s, const char *want) {
    struct buf b = BUF_INIT;
    text_fold(&b, s, strlen(s));
    assert_string_equal(b.s, want);
    assert_int_equal(b.len, strlen(want));
    buf_release(&b);
}

static void folds_case_and_accents(void **state) {
    (void)state;
    assert_folded("", "");
    assert_folded("Budapest CONVENTION [x]@", "budapest convention [x]@");
    assert_folded("Émile", "emile");
    assert_folded("E\u0301mile", "emile");
    assert_folded("Ёлка ЁЖ ё", "елка еж е");
    assert_folded("Йод, КИЇВ", "иод, киів");
    assert_folded("Straße", "strasse");
    assert_folded("ﬁnal", "final");
    assert_folded("İstanbul", "istanbul");
    assert_folded("\u212a", "k");
    assert_folded("Ελλάς", "ελλασ");
    assert_folded("co\u00adop\u200beration", "cooperation");
    assert_folded("❤\ufe0f", "❤");
    assert_folded("中文。“x” — №", "中文。“x” — №");
    assert_folded("한", "\u1112\u1161\u11ab");
    assert_folded("a\xff\xd0", "a\ufffd\ufffd");
}

static bool dropped(uint32_t c) {
    return uc_is_general_category(c, UC_CATEGORY_Mn) ||
           uc_is_general_category(c, UC_CATEGORY_Me) ||
           uc_is_property_default_ignorable_code_point(c);
}

static void folds_each_code_point_as_libunistring(void **state) {
    (void)state;
    struct buf b = BUF_INIT, want = BUF_INIT;
    for (uint32_t c = 1; c < 0x30000; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        uint32_t parts[32];
        size_t n = 32;
        buf_clear(&b);
        buf_clear(&want);
        assert_ptr_equal(u32_casefold(&c, 1, NULL, UNINORM_NFD, parts, &n), parts);
        for (size_t i = 0; i < n && !dropped(c); i++) {
            if (!dropped(parts[i]))
                text_encode(&want, parts[i]);
        }
        struct buf s = BUF_INIT;
        text_encode(&s, c);
        text_fold(&b, s.s, s.len);
        buf_release(&s);
        assert_string_equal(b.s, want.s);
    }
    buf_release(&b);
    buf_release(&want);
}

/* What is found, in brackets. */
static void assert_found(const char *s, const char *needle, const char *want) {
    struct buf n = BUF_INIT, b = BUF_INIT;
    size_t start, end, len = strlen(s);
    text_fold(&n, needle, strlen(needle));
    if (text_find(s, len, 0, n.s, n.len, &start, &end)) {
        buf_add(&b, s, start);
        buf_putc(&b, '[');
        buf_add(&b, s + start, end - start);
        buf_putc(&b, ']');
        buf_add(&b, s + end, len - end);
    }
    assert_string_equal(b.s, want);
    buf_release(&n);
    buf_release(&b);
}

static void finds_ignoring_case_and_accents(void **state) {
    (void)state;
    assert_found("the Budapest Convention", "budapest c", "the [Budapest C]onvention");
    assert_found("the Budapest Convention", "Budapesth", "");
    assert_found("", "x", "");
    assert_found("x", "", "");
    assert_found("x", "\u0301", "");
    assert_found("Cher Émile!", "emile", "Cher [Émile]!");
    assert_found("Cher E\u0301mile!", "émile", "Cher [E\u0301mile]!");
    assert_found("cafe\u0301 x", "cafe", "[cafe\u0301] x");
    assert_found("Ещё раз", "еще", "[Ещё] раз");
    assert_found("ЕЩЕ", "ещё", "[ЕЩЕ]");
    assert_found("в Киïв", "киів", "");
    assert_found("網絡犯罪 网络犯罪", "犯罪", "網絡[犯罪] 网络犯罪");
    assert_found("große", "SS", "gro[ß]e");
    assert_found("große", "se", "gro[ße]");
    assert_found("oﬃce", "fic", "o[ﬃc]e");
    assert_found("90 \u212a", "k", "90 [\u212a]");
    assert_found("co\u00adoperation", "cooper", "[co\u00adoper]ation");
    assert_found("👨‍👩‍👧 x", "👩", "👨‍[👩‍]👧 x");
    assert_found("각", "가", "[각]");
    assert_found("a\xff\xff"
                 "b",
                 "\xff"
                 "b",
                 "a\xff[\xff"
                 "b]");
    assert_found("aaab", "aab", "a[aab]");
}

static void finds_from_an_offset(void **state) {
    (void)state;
    size_t start, end;
    assert_true(text_find("abcABC", 6, 1, "abc", 3, &start, &end));
    assert_int_equal(start, 3);
    assert_int_equal(end, 6);
    assert_false(text_find("abcABC", 6, 4, "abc", 3, &start, &end));
    assert_false(text_find("abcABC", 6, 6, "abc", 3, &start, &end));
    assert_false(text_find("abcABC", 6, SIZE_MAX, "abc", 3, &start, &end));
    assert_true(text_find("a\0B", 3, 0, "\0b", 2, &start, &end));
    assert_int_equal(start, 1);
}

/* By folding all of s; `from` maps offsets in the fold to those in s. */
static bool slow_find(const struct buf *s, const struct buf *n, size_t *start) {
    struct buf fold = BUF_INIT;
    VEC(size_t) from = {0};
    for (size_t at = 0, used; at < s->len; at += used) {
        text_decode(s->s + at, s->len - at, &used);
        text_fold(&fold, s->s + at, used);
        while (from.n < fold.len)
            vec_push(&from, at);
    }
    const char *hit = n->len ? memmem(fold.s, fold.len, n->s, n->len) : NULL;
    if (hit)
        *start = from.v[hit - fold.s];
    buf_release(&fold);
    vec_release(&from);
    return hit != NULL;
}

static void finds_what_the_slow_way_finds(void **state) {
    (void)state;
    struct buf s = BUF_INIT, n = BUF_INIT, piece = BUF_INIT;
    size_t hits = 0;
    for (int round = 0; round < 40000; round++) {
        random_any(&s, 30);
        if (below(2) && s.len > 0) { /* a part of it */
            size_t from = text_prev(s.s, s.len, 1 + below(s.len));
            size_t to = from + below(s.len - from + 1);
            buf_clear(&piece);
            buf_add(&piece, s.s + from, to - from);
        } else {
            random_any(&piece, 3);
        }
        buf_clear(&n);
        text_fold(&n, piece.s, piece.len);
        size_t start = 0, end = 0, slow = 0;
        bool found = text_find(s.s, s.len, 0, n.s, n.len, &start, &end);
        assert_int_equal(found, slow_find(&s, &n, &slow));
        if (!found)
            continue;
        hits++;
        assert_int_equal(start, slow);
        assert_true(end > start && end <= s.len);
        buf_clear(&piece);
        text_fold(&piece, s.s + start, end - start);
        assert_non_null(memmem(piece.s, piece.len, n.s, n.len));
    }
    assert_true(hits > 5000);
    buf_release(&s);
    buf_release(&n);
    buf_release(&piece);
}

static void latin_keys(void **state) {
    (void)state;
    static const char cyrillic[] =
        "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛД"
        "ЖЭЯЧСМИТЬБЮЁ";
    static const char latin[] =
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\""
        "ZXCVBNM<>~";
    size_t at = 0, used;
    for (const char *p = latin; *p; p++, at += used)
        assert_int_equal(text_latin_key(text_decode(cyrillic + at, 2, &used)), *p);
    assert_int_equal(at, strlen(cyrillic));
    assert_int_equal(text_latin_key('q'), 'q');
    assert_int_equal(text_latin_key(0x452), 0x452);
    assert_int_equal(text_latin_key(0x4e2d), 0x4e2d);
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locale_is_utf8),
        cmocka_unit_test(decodes_malformed_bytes_singly),
        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(blank_is_ascii_white_space),
        cmocka_unit_test(valid_means_nothing_is_replaced),
        cmocka_unit_test(clusters_are_what_a_person_sees),
        cmocka_unit_test(clusters_at_the_ends),
        cmocka_unit_test(clusters_back_and_forth_agree),
        cmocka_unit_test(clusters_are_libunistrings),
        cmocka_unit_test(clusters_without_end_are_cut),
        cmocka_unit_test(columns_of_a_code_point),
        cmocka_unit_test(columns_of_texts),
        cmocka_unit_test(columns_are_those_of_what_is_shown),
        cmocka_unit_test(fit_fills_the_columns_with_whole_clusters),
        cmocka_unit_test(ascii_runs_end_anywhere),
        cmocka_unit_test(shows_controls),
        cmocka_unit_test(what_is_shown_is_harmless),
        cmocka_unit_test(cuts_with_an_ellipsis),
        cmocka_unit_test(cut_takes_no_more_than_it_may),
        cmocka_unit_test(cleans_for_xml),
        cmocka_unit_test(cleaned_text_is_clean),
        cmocka_unit_test(wraps_latin),
        cmocka_unit_test(wraps_other_scripts),
        cmocka_unit_test(wraps_between_clusters),
        cmocka_unit_test(wraps_as_the_slow_way_does),
        cmocka_unit_test(wraps_a_long_paragraph_line_by_line),
        cmocka_unit_test(folds_case_and_accents),
        cmocka_unit_test(folds_each_code_point_as_libunistring),
        cmocka_unit_test(finds_ignoring_case_and_accents),
        cmocka_unit_test(finds_from_an_offset),
        cmocka_unit_test(finds_what_the_slow_way_finds),
        cmocka_unit_test(latin_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
