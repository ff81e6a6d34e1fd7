#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1 /* wcwidth() */
#endif
#include "text.h"

#include "mem.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <wchar.h>

#define ONES 0x0101010101010101u
#define HIGHS 0x8080808080808080u

enum {
    REPLACEMENT = 0xfffd,
    ELLIPSIS = 0x2026,
    CLUSTER_MAX = 64, /* code points; UAX 15 calls 30 marks in a row a safe limit */
    FOLD_MAX = 16,    /* code points that one folds to; 4 in Unicode 14 */
};

/* The part of a string that is looked at. */
struct span {
    const char *s;
    size_t len;
};

void text_locale(void) {
    static const char *const fallback[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; i < sizeof fallback / sizeof *fallback; i++) {
        if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
            return;
        setlocale(LC_CTYPE, fallback[i]);
    }
}

/* ---- Code points ---- */

static bool continues(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Bytes of the sequence that a lead byte announces; 0 for what cannot lead. */
static unsigned sequence_length(unsigned char lead) {
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static uint32_t decode_long(const char *s, size_t len, size_t *used) {
    static const uint32_t least[] = {0, 0, 0, 0x800, 0x10000};
    unsigned n = sequence_length((unsigned char)*s);
    *used = 1;
    if (n == 0 || n > len)
        return REPLACEMENT;
    uint32_t c = (unsigned char)*s & (0x7fu >> n);
    for (unsigned i = 1; i < n; i++) {
        if (!continues(s[i]))
            return REPLACEMENT;
        c = c << 6 | ((unsigned char)s[i] & 0x3f);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return REPLACEMENT;
    *used = n;
    return c;
}

static inline uint32_t decode(const char *s, size_t len, size_t *used) {
    unsigned char b = (unsigned char)*s;
    if (b < 0x80) {
        *used = 1;
        return b;
    }
    if (b >= 0xc2 && b <= 0xdf && len > 1 && continues(s[1])) {
        *used = 2;
        return (uint32_t)(b & 0x1f) << 6 | ((unsigned char)s[1] & 0x3f);
    }
    return decode_long(s, len, used);
}

/* The code point that ends at `at` (> 0). */
static uint32_t decode_back(const char *s, size_t at, size_t *start) {
    size_t low = at > 4 ? at - 4 : 0;
    for (size_t i = at; i-- > low;) {
        if (continues(s[i]))
            continue;
        size_t used;
        uint32_t c = decode(s + i, at - i, &used);
        if (used != at - i)
            break;
        *start = i;
        return c;
    }
    *start = at - 1;
    return REPLACEMENT;
}

uint32_t text_decode(const char *s, size_t len, size_t *used) {
    return decode(s, len, used);
}

void text_encode(struct buf *out, uint32_t c) {
    uint8_t b[6];
    int n = u8_uctomb(b, c, sizeof b);
    if (n < 0)
        n = u8_uctomb(b, REPLACEMENT, sizeof b);
    buf_add(out, b, (size_t)n);
}

bool text_valid(const char *s, size_t len) {
    return u8_check((const uint8_t *)s, len) == NULL;
}

bool text_blank(const char *s) {
    return s[strspn(s, " \t\r\n")] == '\0';
}

/* Whether one of eight bytes is not printable ASCII (Anderson's bit tricks: a byte below
 * 0x20, 0x7f, or with its high bit). */
static bool word_unprintable(uint64_t w) {
    uint64_t low = (w - ONES * 0x20) & ~w;
    uint64_t del = w + ONES;
    return ((low | del | w) & HIGHS) != 0;
}

/* Length of the printable ASCII that s begins with. */
static size_t ascii_run(const char *s, size_t len) {
    size_t i = 0;
    uint64_t w;
    for (; i + sizeof w <= len; i += sizeof w) {
        memcpy(&w, s + i, sizeof w);
        if (word_unprintable(w))
            break;
    }
    while (i < len && s[i] >= 0x20 && s[i] < 0x7f)
        i++;
    return i;
}

/* ---- Clusters ---- */

/* Letters, ideographs and punctuation that form no cluster with each other: no library
 * call for most text. */
static bool plain(uint32_t c) {
    if (c < 0x300)
        return c >= 0x20 && c != 0x7f && (c < 0x80 || c >= 0xa0) && c != 0xad;
    return (c >= 0x370 && c <= 0x482) || (c >= 0x2010 && c <= 0x2027) ||
           (c >= 0x3001 && c <= 0x3029) || (c >= 0x4e00 && c <= 0x9fff);
}

/* unigbrk takes 0 for the border of the text. */
static uint32_t not_nul(uint32_t c) {
    return c ? c : 1;
}

static size_t cluster_end(const char *s, size_t len, size_t at) {
    ucs4_t c[CLUSTER_MAX];
    size_t offset[CLUSTER_MAX];
    char breaks[CLUSTER_MAX];
    size_t n = 0;
    do {
        size_t used;
        offset[n] = at;
        c[n++] = not_nul(decode(s + at, len - at, &used));
        at += used;
    } while (n < CLUSTER_MAX && at < len);
    uc_grapheme_breaks(c, n, breaks);
    for (size_t i = 1; i < n; i++) {
        if (breaks[i])
            return offset[i];
    }
    return at;
}

size_t text_next(const char *s, size_t len, size_t at) {
    if (at >= len)
        return len;
    size_t used, used_next;
    uint32_t a = decode(s + at, len - at, &used);
    size_t next = at + used;
    if (next >= len)
        return len;
    uint32_t b = decode(s + next, len - next, &used_next);
    return plain(a) && plain(b) ? next : cluster_end(s, len, at);
}

/* A border of clusters whatever stands before a: not so between flags, nor after what may
 * join an emoji or a conjunct. */
static bool certain_border(uint32_t a, uint32_t b) {
    if (plain(a) && plain(b))
        return true;
    int kind = uc_graphemeclusterbreak_property(a);
    if (kind == GBP_EXTEND || kind == GBP_ZWJ)
        return false;
    if (kind == GBP_RI && uc_graphemeclusterbreak_property(b) == GBP_RI)
        return false;
    return uc_is_grapheme_break(not_nul(a), not_nul(b));
}

/* The last certain border at or before `at`, the start of a code point. */
static size_t certain_before(const char *s, size_t len, size_t at) {
    size_t used;
    if (at == 0 || at >= len)
        return at > len ? len : at;
    uint32_t b = decode(s + at, len - at, &used);
    while (at > 0) {
        size_t start;
        uint32_t a = decode_back(s, at, &start);
        if (certain_border(a, b))
            break;
        at = start;
        b = a;
    }
    return at;
}

/* The last border at or before `at`, the start of a code point. */
static size_t border_before(const char *s, size_t len, size_t at) {
    size_t border = certain_before(s, len, at);
    for (size_t next; border < at; border = next) {
        next = text_next(s, len, border);
        if (next > at)
            break;
    }
    return border;
}

size_t text_prev(const char *s, size_t len, size_t at) {
    size_t start;
    if (at == 0)
        return 0;
    decode_back(s, at > len ? len : at, &start);
    return border_before(s, len, start);
}

/* ---- Columns ---- */

/* Embeddings, overrides and isolates, which can make a line read as what it is not. */
static bool bidi_override(uint32_t c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Columns of what is sent as it is; -1 for what is sent in its visible form. */
static int raw_columns(uint32_t c) {
    if (c < 0x7f)
        return c >= 0x20 ? 1 : -1;
    if (c < 0xa0 || bidi_override(c))
        return -1;
    return wcwidth((wchar_t)c);
}

static bool blank_control(uint32_t c) {
    return c == '\t' || c == '\n';
}

int text_columns_of(uint32_t c) {
    int columns = raw_columns(c);
    if (columns >= 0)
        return columns;
    if (blank_control(c))
        return 1;
    if (c < 0x80)
        return 2;
    return c < 0x10000 ? 8 : c < 0x100000 ? 9 : 10;
}

/* From `at` on, as far as `columns` reach; stops before `stop` (-1 for nothing). Takes
 * the columns away. The result is the start of a code point that has no room, or len. */
static size_t walk(const char *s, size_t len, size_t at, size_t *columns, int64_t stop) {
    while (at < len) {
        size_t room = *columns < len - at ? *columns : len - at;
        size_t run = ascii_run(s + at, room);
        at += run;
        *columns -= run;
        if (at >= len)
            break;
        size_t used;
        uint32_t c = decode(s + at, len - at, &used);
        size_t take = (size_t)text_columns_of(c);
        if (take > *columns || c == stop)
            break;
        at += used;
        *columns -= take;
    }
    return at;
}

size_t text_columns(const char *s, size_t len) {
    size_t left = SIZE_MAX;
    walk(s, len, 0, &left, -1);
    return SIZE_MAX - left;
}

size_t text_fit(const char *s, size_t len, size_t columns) {
    return border_before(s, len, walk(s, len, 0, &columns, -1));
}

/* ---- What is shown and what is kept ---- */

static void visible_form(struct buf *out, uint32_t c) {
    if (c == '\t' || c == '\n')
        buf_putc(out, ' ');
    else if (c < 0x80)
        buf_addf(out, "^%c", (int)(c ^ 0x40));
    else
        buf_addf(out, "<U+%04X>", (unsigned)c);
}

static bool valid_at(uint32_t c, size_t used) {
    return c != REPLACEMENT || used == 3;
}

/* Appends s, with each code point that is not `kept` as `change` writes it. */
static size_t rewrite(struct buf *out, struct span in, bool (*kept)(uint32_t),
                      void (*change)(struct buf *, uint32_t)) {
    size_t changed = 0, done = 0, at = 0;
    while (at < in.len) {
        at += ascii_run(in.s + at, in.len - at);
        if (at >= in.len)
            break;
        size_t used;
        uint32_t c = decode(in.s + at, in.len - at, &used);
        if (!valid_at(c, used) || !kept(c)) {
            buf_add(out, in.s + done, at - done);
            if (c == REPLACEMENT)
                text_encode(out, c);
            else
                change(out, c);
            done = at + used;
            changed++;
        }
        at += used;
    }
    buf_add(out, in.s + done, in.len - done);
    return changed;
}

static bool shown_raw(uint32_t c) {
    return raw_columns(c) >= 0;
}

static bool shown_raw_or_feed(uint32_t c) {
    return c == '\n' || raw_columns(c) >= 0;
}

void text_visible(struct buf *out, const char *s, size_t len) {
    rewrite(out, (struct span){s, len}, shown_raw, visible_form);
}

void text_visible_lines(struct buf *out, const char *s, size_t len) {
    rewrite(out, (struct span){s, len}, shown_raw_or_feed, visible_form);
}

void text_cut(struct buf *out, const char *s, size_t len, size_t columns, bool pad) {
    size_t left = columns;
    size_t end = walk(s, len, 0, &left, -1);
    if (end >= len) {
        text_visible(out, s, len);
    } else {
        size_t mark = (size_t)text_columns_of(ELLIPSIS);
        bool room = columns >= mark;
        end = room ? text_fit(s, len, columns - mark) : 0;
        text_visible(out, s, end);
        left = columns - text_columns(s, end);
        if (room) {
            text_encode(out, ELLIPSIS);
            left -= mark;
        }
    }
    if (pad)
        buf_fill(out, ' ', left);
}

/* Char of XML 1.0, 2.2. */
static bool fit_for_xml(uint32_t c) {
    return c >= 0x20 ? c != 0xfffe && c != 0xffff : c == '\t' || c == '\n' || c == '\r';
}

static void made_fit(struct buf *out, uint32_t c) {
    text_encode(out, c < 0x20 ? 0x2400 + c : REPLACEMENT);
}

size_t text_clean(struct buf *out, const char *s, size_t len) {
    return rewrite(out, (struct span){s, len}, fit_for_xml, made_fit);
}

/* ---- Wrapping ---- */

static bool blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(const char *s, size_t len, size_t at) {
    while (at < len && blank(s[at]))
        at++;
    return at;
}

static size_t trim_blanks(const char *s, size_t len) {
    while (len > 0 && blank(s[len - 1]))
        len--;
    return len;
}

static bool is_border(const char *s, size_t len, size_t at) {
    return border_before(s, len, at) == at;
}

/* What UAX 14 is to see: controls are drawn as ordinary characters, a tab as a blank. */
static uint32_t line_char(uint32_t c) {
    if (c == '\t')
        return ' ';
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ? 'x' : c;
}

/* The window of s that decides about a break at `to` or before: [0, to) and the code
 * point at `to`, since a break depends on what is before it and on the one that follows.
 */
struct window {
    uint32_t *c;
    char *breaks;
    size_t n; /* the index of the code point at `to` */
};

static void window_fill(struct window *w, const char *s, size_t len, size_t to) {
    size_t n = 0;
    for (size_t at = 0, used; at <= to && at < len; at += used) {
        uint32_t c = line_char(decode(s + at, len - at, &used));
        /* “U.S.A.” is one word (rule LB29); libunistring would break it. */
        if (n > 0 && w->c[n - 1] == '.' && c > '@' && c < 0x2E80)
            w->c[n - 1] = 'x';
        w->c[n++] = c;
    }
    u32_possible_linebreaks(w->c, n, "UTF-8", w->breaks);
    w->n = n - 1;
}

/* The last possible break in the window; 0 when there is none. */
static size_t window_last_break(const struct window *w, const char *s, size_t len,
                                size_t to) {
    size_t i = w->n, at = to;
    while (i > 0) {
        if (w->breaks[i] == UC_BREAK_POSSIBLE && is_border(s, len, at))
            return at;
        decode_back(s, at, &at);
        i--;
    }
    return 0;
}

static size_t break_within(struct window *w, const char *s, size_t len, size_t to) {
    window_fill(w, s, len, to);
    size_t at = window_last_break(w, s, len, to);
    mem_wipe(w->c, (w->n + 1) * sizeof *w->c); /* it may be off the record */
    return at;
}

static size_t last_break(const char *s, size_t len, size_t to) {
    enum { USUAL = 600 };
    uint32_t c[USUAL];
    char breaks[USUAL];
    struct window w = {.c = c, .breaks = breaks};
    if (to < USUAL)
        return break_within(&w, s, len, to);
    w.c = mem_array(NULL, to + 1, sizeof *c);
    w.breaks = mem_alloc(to + 1);
    size_t at = break_within(&w, s, len, to);
    mem_free(w.c);
    mem_free(w.breaks);
    return at;
}

/* As much of s as `columns` hold, at least one cluster, nothing after a line feed. */
static size_t line_fit(const char *s, size_t len, size_t columns) {
    size_t fit = walk(s, len, 0, &columns, '\n');
    if (fit == len || s[fit] == '\n')
        return fit;
    fit = border_before(s, len, fit);
    if (fit > 0)
        return fit;
    fit = text_next(s, len, 0);
    return s[fit - 1] == '\n' ? fit - 1 : fit; /* CR LF is one cluster */
}

/* The first line of s (len > 0). */
static struct text_line first_line(const char *s, size_t len, size_t columns) {
    size_t fit = line_fit(s, len, columns);
    size_t blanks = skip_blanks(s, len, fit);
    if (blanks >= len || s[blanks] == '\n')
        return (struct text_line){0, fit, blanks + 1, true};
    blanks = border_before(s, len, blanks);
    size_t at = last_break(s, len, blanks);
    if (at == 0) /* libunistring has no break after leading blanks */
        at = border_before(s, len, skip_blanks(s, blanks, 0));
    if (at == 0) /* cut the word */
        at = blanks;
    size_t cut = at < fit ? at : fit, end = trim_blanks(s, cut);
    return (struct text_line){0, end ? end : cut, at, false};
}

bool text_wrap(const char *s, size_t len, size_t start, size_t columns,
               struct text_line *line) {
    if (start > len)
        return false;
    struct text_line l = {0, 0, 1, true};
    if (start < len)
        l = first_line(s + start, len - start, columns);
    *line = (struct text_line){start + l.start, start + l.end, start + l.next, l.hard};
    return true;
}

/* ---- Folding ---- */

/* U+0400 to U+045F folded, as a table since Russian is searched as one types. */
static const uint16_t fold_cyrillic[] = {
    0x435, 0x435, 0x452, 0x433, 0x454, 0x455, 0x456, 0x456, 0x458, 0x459, 0x45a, 0x45b,
    0x43a, 0x438, 0x443, 0x45f, 0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436, 0x437,
    0x438, 0x438, 0x43a, 0x43b, 0x43c, 0x43d, 0x43e, 0x43f, 0x440, 0x441, 0x442, 0x443,
    0x444, 0x445, 0x446, 0x447, 0x448, 0x449, 0x44a, 0x44b, 0x44c, 0x44d, 0x44e, 0x44f,
    0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436, 0x437, 0x438, 0x438, 0x43a, 0x43b,
    0x43c, 0x43d, 0x43e, 0x43f, 0x440, 0x441, 0x442, 0x443, 0x444, 0x445, 0x446, 0x447,
    0x448, 0x449, 0x44a, 0x44b, 0x44c, 0x44d, 0x44e, 0x44f, 0x435, 0x435, 0x452, 0x433,
    0x454, 0x455, 0x456, 0x456, 0x458, 0x459, 0x45a, 0x45b, 0x43a, 0x438, 0x443, 0x45f,
};

static char fold_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Marks, and what is not seen: a soft hyphen, joiners, variation selectors. */
static bool fold_drops(uint32_t c) {
    return uc_is_general_category_withtable(c,
                                            UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me) ||
           uc_is_property_default_ignorable_code_point(c);
}

static bool fold_keeps(uint32_t c) {
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    return !uc_is_property_changes_when_casefolded(c) &&
           uc_canonical_decomposition(c, parts) < 0;
}

/* NFD(casefold(NFD(c))), Unicode 3.13 D145, without what is dropped. */
static size_t fold_any(uint32_t c, uint32_t out[FOLD_MAX]) {
    if (fold_drops(c))
        return 0;
    size_t n = FOLD_MAX, kept = 0;
    out[0] = c;
    if (fold_keeps(c))
        return 1;
    uint32_t *folded = u32_casefold(&c, 1, NULL, UNINORM_NFD, out, &n);
    if (!folded)
        mem_exhausted();
    for (size_t i = 0; i < n && kept < FOLD_MAX; i++) {
        if (!fold_drops(folded[i]))
            out[kept++] = folded[i];
    }
    if (folded != out)
        mem_free(folded);
    return kept;
}

/* What one code point folds to, whatever stands beside it. */
static inline size_t fold_one(uint32_t c, uint32_t out[FOLD_MAX]) {
    if (c < 0x80) {
        out[0] = (unsigned char)fold_ascii((char)c);
        return 1;
    }
    if (c - 0x400 < sizeof fold_cyrillic / sizeof *fold_cyrillic) {
        out[0] = fold_cyrillic[c - 0x400];
        return 1;
    }
    if ((c >= 0x2010 && c <= 0x2027) || (c >= 0x4e00 && c <= 0x9fff)) {
        out[0] = c;
        return 1;
    }
    return fold_any(c, out);
}

static size_t encode(char *out, uint32_t c) {
    int n = u8_uctomb((uint8_t *)out, c, 4);
    return n < 0 ? 0 : (size_t)n;
}

void text_fold(struct buf *out, const char *s, size_t len) {
    for (size_t at = 0, used; at < len; at += used) {
        size_t run = ascii_run(s + at, len - at);
        buf_reserve(out, run + 4 * FOLD_MAX);
        for (size_t i = 0; i < run; i++)
            out->s[out->len++] = fold_ascii(s[at + i]);
        at += run;
        used = 0;
        if (at < len) {
            uint32_t folded[FOLD_MAX];
            size_t n = fold_one(decode(s + at, len - at, &used), folded);
            for (size_t i = 0; i < n; i++)
                out->len += encode(out->s + out->len, folded[i]);
        }
        out->s[out->len] = '\0';
    }
}

bool text_begins(const char *s, const char *start) {
    struct buf a = BUF_INIT, b = BUF_INIT;
    text_fold(&a, s, strlen(s));
    text_fold(&b, start, strlen(start));
    bool does = strncmp(a.s, b.s, b.len) == 0;
    buf_release(&a);
    buf_release(&b);
    return does;
}

bool text_same(const char *a, const char *b) {
    return strcmp(a, b) == 0 || (text_begins(a, b) && text_begins(b, a));
}

/* ---- Finding ---- */

/* Where the next byte is that is one of two, or not ASCII. */
static size_t skip_to(struct span in, size_t at, char one, char two) {
    uint64_t w, first = ONES * (unsigned char)one, second = ONES * (unsigned char)two;
    for (; at + sizeof w <= in.len; at += sizeof w) {
        memcpy(&w, in.s + at, sizeof w);
        uint64_t a = w ^ first, b = w ^ second;
        if ((((a - ONES) & ~a) | ((b - ONES) & ~b) | w) & HIGHS)
            break;
    }
    while (at < in.len && in.s[at] != one && in.s[at] != two && (in.s[at] & 0x80) == 0)
        at++;
    return at;
}

/* Past the marks that belong to a match, so that it ends where a cluster does. */
static size_t past_marks(struct span in, size_t at) {
    uint32_t folded[FOLD_MAX];
    size_t used;
    while (at < in.len && (in.s[at] & 0x80) &&
           fold_one(decode(in.s + at, in.len - at, &used), folded) == 0)
        at += used;
    return at;
}

/* Whether the needle begins with n code points; *used is their length, or the needle's
 * when it ends before them. */
static bool begins(struct span needle, const uint32_t *c, size_t n, size_t *used) {
    size_t at = 0, step;
    for (size_t i = 0; i < n && at < needle.len; i++, at += step) {
        if (decode(needle.s + at, needle.len - at, &step) != c[i])
            return false;
    }
    *used = at;
    return true;
}

/* Whether s at `at`, folded and less the first `skip` code points, begins with the
 * needle; *end is where it ends. */
static bool match_at(struct span in, size_t at, size_t skip, struct span needle,
                     size_t *end) {
    size_t j = 0;
    while (j < needle.len) {
        if (at >= in.len)
            return false;
        if ((in.s[at] & 0x80) == 0) {
            if (fold_ascii(in.s[at++]) != needle.s[j++])
                return false;
            continue;
        }
        uint32_t folded[FOLD_MAX];
        size_t used, taken;
        size_t n = fold_one(decode(in.s + at, in.len - at, &used), folded);
        struct span rest = {needle.s + j, needle.len - j};
        if (n > 0 && !begins(rest, folded + skip, n - skip, &taken))
            return false;
        j += n > 0 ? taken : 0;
        at += used;
        skip = 0;
    }
    *end = past_marks(in, at);
    return true;
}

/* Whether a match starts in the code point at `at`, which is not ASCII. */
static bool match_long(struct span in, size_t at, struct span needle, size_t *used,
                       size_t *end) {
    uint32_t folded[FOLD_MAX];
    size_t step;
    uint32_t first = decode(needle.s, needle.len, &step);
    size_t n = fold_one(decode(in.s + at, in.len - at, used), folded);
    for (size_t i = 0; i < n; i++) {
        if (folded[i] == first && match_at(in, at, i, needle, end))
            return true;
    }
    return false;
}

bool text_find(const char *s, size_t len, size_t from, const char *needle,
               size_t needle_len, size_t *start, size_t *end) {
    struct span in = {s, len}, want = {needle, needle_len};
    if (needle_len == 0 || from >= len)
        return false;
    char lower = *needle;
    char upper = lower >= 'a' && lower <= 'z' ? (char)(lower - 0x20) : lower;
    size_t used = 1;
    for (size_t at = skip_to(in, from, lower, upper); at < len;
         at = skip_to(in, at + used, lower, upper)) {
        bool ascii = (s[at] & 0x80) == 0;
        used = 1;
        if (ascii ? match_at(in, at, 0, want, end)
                  : match_long(in, at, want, &used, end)) {
            *start = at;
            return true;
        }
    }
    return false;
}

uint32_t text_latin_key(uint32_t c) {
    static const char lower[] = "f,dult;pbqrkvyjghcnea[wxio]sm'.z";
    static const char upper[] = "F<DULT:PBQRKVYJGHCNEA{WXIO}SM\">Z";
    if (c >= 0x430 && c <= 0x44f)
        return (unsigned char)lower[c - 0x430];
    if (c >= 0x410 && c <= 0x42f)
        return (unsigned char)upper[c - 0x410];
    return c == 0x451 ? '`' : c == 0x401 ? '~' : c;
}
