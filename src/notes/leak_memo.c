#include "leak_private.h"

#include "base/text.h"

enum { PIECE_WORDS_MIN = 5 };

/* ---- plain text */

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x202f ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x3000;
}

/* The length of "<U+00AD>" at s, or 0. */
static size_t hidden(const char *s) {
    size_t digits = strncmp(s, "<U+", 3) == 0 ? strspn(s + 3, "0123456789ABCDEF") : 0;
    return digits >= 4 && s[3 + digits] == '>' ? digits + 4 : 0;
}

/* What does not show, such as a soft hyphen, splits no name. */
static void drop_hidden(struct buf *b, size_t from) {
    size_t to = from;
    for (size_t i = from; i < b->len;) {
        size_t skip = hidden(b->s + i);
        if (!skip)
            b->s[to++] = b->s[i++];
        i += skip;
    }
    buf_cut(b, to);
}

static unsigned hex(char c) {
    return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
           : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
           : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                  : 16;
}

/* What an address has as %D0%AF, and wide letters, as they are otherwise. */
static void add_letter(struct buf *out, const char *s, size_t len, size_t *n) {
    uint32_t c = text_decode(s, len, n);
    unsigned high = c == '%' && len > 2 ? hex(s[1]) : 16;
    unsigned low = high < 16 ? hex(s[2]) : 16;
    if (low < 16 && high > 1) {
        buf_putc(out, (char)(high << 4 | low));
        *n = 3;
    } else if (c > 0xff00 && c < 0xff5f) {
        buf_putc(out, (char)(c - 0xfee0));
    } else {
        buf_add(out, s, *n);
    }
}

static void add_visible(struct buf *out, const char *s, size_t len) {
    struct buf plain = BUF_INIT;
    if (!memchr(s, '%', len) && !memchr(s, '\xef', len)) { /* mostly */
        text_visible(out, s, len);
        return;
    }
    for (size_t i = 0, n; i < len; i += n)
        add_letter(&plain, s + i, len - i, &n);
    text_visible(out, plain.s, plain.len);
    buf_release(&plain);
}

void leak_plain(struct buf *out, const char *s, size_t len) {
    size_t start = 0, from = out->len;
    for (size_t i = 0, n; i < len; i += n) {
        if (!is_blank(text_decode(s + i, len - i, &n)))
            continue;
        add_visible(out, s + start, i - start);
        if (out->len && !strchr(" \n", out->s[out->len - 1]))
            buf_putc(out, ' ');
        start = i + n;
    }
    add_visible(out, s + start, len - start);
    if (out->len > from)
        drop_hidden(out, from);
}

/* ---- every text of a memo */

struct reading {
    struct leak_memo *m;
    struct leak_names *n;
    struct leak_text words;
    struct buf plain;
    void (*take)(struct reading *r, bool author);
};

static void read_string(struct reading *r, const char *s, bool author) {
    buf_clear(&r->plain);
    leak_plain(&r->plain, s, strlen(s));
    if (r->plain.len == 0)
        return;
    leak_text_read(&r->words, r->plain.s, r->plain.len);
    r->take(r, author);
}

static void read_text(struct reading *r, const struct memo_text *t) {
    if (t->len)
        read_string(r, t->s, false);
}

static void read_texts(struct reading *r, const struct memo_texts *t) {
    for (uint32_t i = 0; i < t->n; i++)
        read_text(r, &t->v[i]);
}

static void read_head(struct reading *r, const struct memo *m) {
    const char *const strings[] = {m->title, m->genre, m->meeting, m->host, m->place};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        read_string(r, strings[i], false);
    for (size_t i = 0; i < m->authors.n; i++) {
        read_string(r, m->authors.v[i].name, true);
        read_string(r, m->authors.v[i].role, false);
    }
    for (size_t i = 0; i < m->sides.n; i++)
        read_string(r, m->sides.v[i].name, true);
    read_text(r, &m->title_text);
    read_text(r, &m->introduction_title);
    read_texts(r, &m->introduction);
    read_text(r, &m->topics_title);
    read_text(r, &m->topics_lead);
}

static void read_items(struct reading *r, const struct memo_item *v, size_t n) {
    for (size_t i = 0; i < n; i++) {
        read_text(r, &v[i].text);
        read_string(r, v[i].url, false);
    }
}

static void read_memo(struct reading *r, const struct memo *m) {
    read_head(r, m);
    for (size_t i = 0; i < m->topics.n; i++) {
        const struct memo_topic *t = &m->topics.v[i];
        read_text(r, &t->statement);
        read_text(r, &t->title);
        read_text(r, &t->lead);
        read_texts(r, &t->p);
    }
    for (size_t i = 0; i < m->issues.n; i++)
        read_texts(r, &m->issues.v[i].p);
    read_items(r, m->references.v, m->references.n);
    read_items(r, m->chronology.v, m->chronology.n);
    for (size_t i = 0; i < m->terms.n; i++) {
        read_text(r, &m->terms.v[i].definition);
        for (uint32_t k = 0; k < m->terms.v[i].n_names; k++)
            read_string(r, m->terms.v[i].names[k].name, false);
    }
}

/* ---- ordinary words */

/* A word of prose, not of an address. */
static bool is_prose(const struct leak_text *t, const struct leak_word *w) {
    bool before = w->start == 0 || strchr(" (\"", t->s[w->start - 1]);
    size_t after = w->end + (w->end < t->len && strchr(".,;:?!)\"", t->s[w->end]));
    return before && (after >= t->len || t->s[after] == ' ');
}

static void take_ordinary(struct reading *r, bool author) {
    (void)author;
    for (size_t i = 0; i < r->words.words.n; i++) {
        const struct leak_word *w = &r->words.words.v[i];
        if (!w->capital && is_prose(&r->words, w))
            leak_names_ordinary(r->n, r->words.keys.s + w->key);
        if (leak_bare_initials(&r->words, i))
            leak_names_abbreviation(r->n, leak_initials_of(&r->words, i, 1));
    }
}

/* ---- pieces with a name in them */

static bool has_name(const struct reading *r, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        unsigned words;
        if (leak_names_at(r->n, &r->words, i, &words) != NONE ||
            leak_initials_at(r->n, &r->words, i, &words) != NONE)
            return true;
    }
    return false;
}

static void keep(struct reading *r, size_t start, size_t end, bool author) {
    while (end > start && r->plain.s[end - 1] == ' ')
        end--;
    struct leak_piece p = {arena_strndup(&r->m->arena, r->plain.s + start, end - start),
                           end - start, author};
    vec_push(&r->m->pieces, p);
}

/* The sentences, where there are several. */
static void take_sentences(struct reading *r) {
    size_t n = r->words.words.n;
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && !r->words.words.v[to].begins;)
            to++;
        size_t end = to < n ? r->words.words.v[to].start : r->plain.len;
        while (end > r->words.words.v[to - 1].end && to < n &&
               !strchr(" .?!", r->plain.s[end - 1]))
            end--;
        if (to - from >= PIECE_WORDS_MIN && to - from < n && has_name(r, from, to))
            keep(r, r->words.words.v[from].start, end, false);
    }
}

static void take_pieces(struct reading *r, bool author) {
    if (!has_name(r, 0, r->words.words.n))
        return;
    keep(r, 0, r->plain.len, author || r->words.words.n < 2);
    take_sentences(r);
}

void leak_memo_init(struct leak_memo *m, struct leak_names *n, const struct memo *memo) {
    struct reading r = {.m = m, .n = n, .plain = BUF_INIT, .take = take_ordinary};
    *m = (struct leak_memo){0};
    read_memo(&r, memo);
    r.take = take_pieces;
    read_memo(&r, memo);
    /* The notes say that they were under it. */
    read_string(&r, "Chatham House Rule", false);
    buf_release(&r.plain);
    leak_text_release(&r.words);
}

void leak_memo_release(struct leak_memo *m) {
    vec_release(&m->pieces);
    arena_release(&m->arena);
}

/* ---- asking */

/* Whether the piece stands in the text so that it covers [start, end). */
static bool covers(const struct leak_piece *p, const char *text, size_t len, size_t start,
                   size_t end) {
    size_t from = end > p->len ? end - p->len : 0;
    for (size_t at = from; at <= start && at + p->len <= len; at++)
        if (memcmp(text + at, p->s, p->len) == 0)
            return at + p->len >= end;
    return false;
}

bool leak_memo_has(const struct leak_memo *m, const char *text, size_t len, size_t start,
                   size_t end, bool at_head) {
    for (size_t i = 0; i < m->pieces.n; i++) {
        const struct leak_piece *p = &m->pieces.v[i];
        if ((at_head || !p->author) && covers(p, text, len, start, end))
            return true;
    }
    return false;
}
