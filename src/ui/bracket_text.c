#include "bracket_text.h"

#include "base/text.h"
#include "model/agreement.h"

#include <strings.h>

/* ---- runs ---- */

struct maker {
    const struct workbook *w;
    const struct brackets *b;
    const char *text;
    size_t next; /* the first bracket that is not behind */
    bracket_runs *out;
};

static void put(struct maker *m, enum bracket_run_kind kind, unsigned role,
                uint32_t start, uint32_t end, size_t bracket) {
    struct bracket_run run = {start, end, (uint16_t)role, (uint8_t)kind,
                              (uint32_t)bracket};

    if (end > start || kind == RUN_EMPTY)
        vec_push(m->out, run);
}

/* That of the first owner, by its place among the sides. */
static unsigned role_held(const struct maker *m, const struct alternative *a) {
    size_t len;
    const char *owner = alternative_owner(m->text, a, &len);

    for (size_t i = 0; i < m->w->room.sides.n; i++) {
        const char *id = m->w->room.sides.v[i].id;
        if (strlen(id) == len && strncasecmp(id, owner, len) == 0)
            return ROLE_HELD + (unsigned)(i % 3);
    }
    return ROLE_HELD;
}

static void put_span(struct maker *m, unsigned role, uint32_t start, uint32_t end);

static void put_whole(struct maker *m, size_t bracket) {
    const struct bracket *k = &m->b->v.v[bracket];
    uint32_t at = k->start + 1;

    put(m, RUN_OPEN, ROLE_BRACKET, k->start, at, bracket);
    for (uint32_t i = 0; i < k->n; i++) {
        const struct alternative *a = &m->b->alternatives.v[k->first + i];
        uint32_t owners_end = a->owners + a->owners_len;
        put(m, RUN_BAR, ROLE_BRACKET, at, a->owners, bracket);
        put(m, RUN_OWNER, ROLE_OWNER, a->owners, owners_end, bracket);
        put(m, RUN_BAR, ROLE_BRACKET, owners_end, a->start, bracket);
        if (a->end == a->start)
            put(m, RUN_EMPTY, ROLE_DIM, a->start, a->end, bracket);
        else
            put_span(m, role_held(m, a), a->start, a->end);
        at = a->end;
    }
    put(m, RUN_CLOSE, ROLE_BRACKET, at, k->end, bracket);
}

/* Depth is bounded by BRACKET_DEPTH_MAX. What stands in a broken one is text like that
 * around it. */
static void put_span(struct maker *m, unsigned role, uint32_t start, uint32_t end) {
    uint32_t at = start;

    while (m->next < m->b->v.n && m->b->v.v[m->next].start < end) {
        size_t bracket = m->next++;
        const struct bracket *k = &m->b->v.v[bracket];
        put(m, RUN_TEXT, role, at, k->start, bracket);
        at = k->broken ? k->start + 1 : k->end;
        if (k->broken)
            put(m, RUN_BROKEN, ROLE_ERROR, k->start, at, bracket);
        else
            put_whole(m, bracket);
    }
    put(m, RUN_TEXT, role, at, end, 0);
}

static void make_runs(const struct workbook *w, const struct brackets *b,
                      const char *text, unsigned plain, bracket_runs *out) {
    struct maker m = {w, b, text, 0, out};

    put_span(&m, plain, 0, (uint32_t)strlen(text));
}

void bracket_runs_of(const struct workbook *w, const char *text, unsigned plain,
                     bracket_runs *out) {
    struct brackets b = {0};

    workbook_brackets(w, text, &b);
    make_runs(w, &b, text, plain, out);
    brackets_release(&b);
}

/* ---- on a page ---- */

struct drawing {
    struct page *p;
    const struct brackets *b;
    const char *text;
};

static void add(const struct drawing *d, unsigned role, const char *s) {
    page_text(d->p, role, s, strlen(s));
}

/* A bracket that stands alone needs no number. */
static void add_number(const struct drawing *d, uint32_t bracket) {
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};
    uint32_t number = bracket + 1, unit = 1;

    if (d->b->v.n < 2)
        return;
    while (number / unit >= 10)
        unit *= 10;
    for (; unit; unit /= 10)
        add(d, ROLE_BRACKET, raised[number / unit % 10]);
}

/* Whether it stands in another, or another in it: then its end is numbered too. */
static bool is_nested(const struct brackets *b, uint32_t bracket) {
    int parent = b->v.v[bracket].parent;

    return (parent != BRACKET_NONE && !b->v.v[parent].broken) ||
           (bracket + 1 < b->v.n && b->v.v[bracket + 1].parent == (int)bracket);
}

static const char *broken_words(const struct drawing *d, const struct bracket *k) {
    if (k->depth == BRACKET_DEPTH_MAX)
        return " nested too deeply ";
    return k->end > k->start && d->text[k->end - 1] == '|' ? " no owner after | "
                                                           : " unclosed bracket ";
}

static void add_owner(const struct drawing *d, const struct bracket_run *run) {
    struct buf tag = BUF_INIT;

    for (uint32_t i = run->start; i < run->end; i++) {
        char c = d->text[i];
        buf_putc(&tag, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    page_text(d->p, run->role, tag.s, tag.len);
    buf_release(&tag);
}

static void add_nothing(const struct drawing *d, const struct bracket_run *run) {
    if (d->text[run->start - 1] == ':')
        add(d, ROLE_NORMAL, " ");
    add(d, run->role, "(nothing)");
    if (d->text[run->end] == '|')
        add(d, ROLE_NORMAL, " ");
}

static void add_run(const struct drawing *d, const struct bracket_run *run) {
    if (run->kind == RUN_BROKEN)
        add(d, run->role | ROLE_SELECTED, broken_words(d, &d->b->v.v[run->bracket]));
    if (run->kind == RUN_OWNER)
        add_owner(d, run);
    else if (run->kind == RUN_EMPTY)
        add_nothing(d, run);
    else
        page_text(d->p, run->role, d->text + run->start, run->end - run->start);
    if (run->kind == RUN_OPEN ||
        (run->kind == RUN_CLOSE && is_nested(d->b, run->bracket)))
        add_number(d, run->bracket);
}

void bracket_text_add(struct page *p, int x, unsigned plain, const struct workbook *w,
                      const char *text) {
    struct brackets b = {0};
    struct drawing d = {p, &b, text};
    bracket_runs runs = {0};

    workbook_brackets(w, text, &b);
    make_runs(w, &b, text, plain, &runs);
    page_begin_text(p);
    for (size_t i = 0; i < runs.n; i++)
        add_run(&d, &runs.v[i]);
    page_end_text(p, x, plain);
    vec_release(&runs);
    brackets_release(&b);
}
