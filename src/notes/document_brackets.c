#include "document_private.h"

#include <string.h>
#include <strings.h>

/* An answer being written: its text with the brackets found in it. */
struct marked {
    struct projection *p;
    const char *text;
    const struct brackets *b;
};

static void add_span_of(struct marked *m, xmlNode *n, uint32_t start, uint32_t end,
                        size_t from);

/* ---- owners */

static const struct side *side_called(const struct workbook *w, const char *word,
                                      size_t len) {
    for (size_t i = 0; i < w->room.sides.n; i++) {
        const struct side *s = &w->room.sides.v[i];
        if (strlen(s->id) == len && strncasecmp(s->id, word, len) == 0)
            return s;
    }
    return NULL;
}

/* One that is no more may own a bracket that was typed when it was. */
static bool any_side(const void *ctx, const char *word, size_t len) {
    return side_called(ctx, word, len) != NULL;
}

/* Text that is in no whole bracket: where sides are not told, without the owners that a
 * broken one has. */
static void add_plain(struct marked *m, xmlNode *n, const char *s, size_t len) {
    struct buf out = BUF_INIT;
    if (sides_told(m->p) || !memchr(m->text, '[', strlen(m->text))) {
        tree_text(&m->p->t, n, s, len);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        buf_putc(&out, s[i]);
        size_t owners = s[i] == '[' || s[i] == '|'
                            ? bracket_owners(s + i + 1, len - i - 1, any_side, m->p->w)
                            : 0;
        if (owners)
            buf_puts(&out, "…");
        i += owners;
    }
    tree_text(&m->p->t, n, out.s, out.len);
    buf_release(&out);
}

/* "ru us" and "Russian Federation, United States" of "ru, us". */
static void add_owners(struct marked *m, xmlNode *n, const struct alternative *a) {
    const char *s = m->text + a->owners, *end = s + a->owners_len;
    struct buf ids = BUF_INIT, names = BUF_INIT;
    for (size_t len; sides_told(m->p) && s < end; s += len ? len : 1) {
        len = strcspn(s, ", \t\r\n:");
        const struct side *side = side_called(m->p->w, s, len);
        if (!side)
            continue;
        buf_addf(&ids, "%s%s", ids.len ? " " : "", side->id);
        buf_addf(&names, "%s%s", names.len ? ", " : "", side->name);
    }
    tree_attr(&m->p->t, n, "side", ids.s);
    tree_attr(&m->p->t, n, "side-name", names.s);
    if (names.len) {
        buf_puts(&names, ": ");
        add_named(m->p, n, "owner", names.s);
    }
    buf_release(&ids);
    buf_release(&names);
}

/* ---- brackets */

static void add_alternative(struct marked *m, xmlNode *n, const struct alternative *a,
                            uint32_t number, size_t bracket) {
    xmlNode *k = tree_add(&m->p->t, n, "alternative");
    tree_number(&m->p->t, k, "n", number);
    add_owners(m, k, a);
    add_yes(m->p, k, "empty", a->start == a->end);
    if (a->start == a->end)
        add_named(m->p, k, "mark", "–");
    else
        add_span_of(m, k, a->start, a->end, bracket + 1);
}

/* What an alternative says without its brackets: nothing in it tells whose they are. */
static void clean_of(const struct marked *m, const struct alternative *a,
                     struct buf *out) {
    struct brackets b = {0};
    char *text = mem_strndup(m->text + a->start, a->end - a->start);
    workbook_brackets(m->p->w, text, &b);
    brackets_clean(&b, text, strlen(text), NULL, out);
    brackets_release(&b);
    mem_free(text);
}

static int by_text(const void *x, const void *y, void *ctx) {
    struct buf a = BUF_INIT, b = BUF_INIT;
    clean_of(ctx, x, &a);
    clean_of(ctx, y, &b);
    int c = strcmp(a.s, b.s);
    buf_release(&a);
    buf_release(&b);
    return c;
}

/* As typed; where sides are not told, in the order of the texts, since the order alone
 * would tell them. */
static void add_bracket(struct marked *m, xmlNode *n, size_t bracket) {
    const struct bracket *k = &m->b->v.v[bracket];
    struct alternative *a = mem_array(NULL, k->n, sizeof *a);
    xmlNode *in = tree_add(&m->p->t, n, "bracket");
    memcpy(a, m->b->alternatives.v + k->first, k->n * sizeof *a);
    if (!sides_told(m->p))
        qsort_r(a, k->n, sizeof *a, by_text, m);
    tree_number(&m->p->t, in, "n", (int64_t)bracket + 1);
    for (uint32_t i = 0; i < k->n; i++) {
        add_named(m->p, in, "mark", i ? " | " : "[");
        add_alternative(m, in, &a[i], i + 1, bracket);
    }
    add_named(m->p, in, "mark", "]");
    mem_free(a);
}

/* Where what is shown as broken ends: no further than the line, the span, and what stands
 * before the next bracket. */
static uint32_t broken_end(const struct marked *m, size_t k, uint32_t end) {
    uint32_t start = m->b->v.v[k].start;
    uint32_t stop = m->b->v.v[k].end < end ? m->b->v.v[k].end : end;
    if (k + 1 < m->b->v.n && m->b->v.v[k + 1].start < stop)
        stop = m->b->v.v[k + 1].start;
    const char *feed = memchr(m->text + start, '\n', stop - start);
    return feed ? (uint32_t)(feed - m->text) : stop;
}

/* Text in one line, or in one alternative, with the brackets that stand in it, from the
 * bracket `from` on. Depth is bounded by BRACKET_DEPTH_MAX. */
static void add_span_of(struct marked *m, xmlNode *n, uint32_t start, uint32_t end,
                        size_t from) {
    uint32_t at = start;
    for (size_t i = from; i < m->b->v.n && m->b->v.v[i].start < end; i++) {
        const struct bracket *k = &m->b->v.v[i];
        if (k->start < at)
            continue;
        add_plain(m, n, m->text + at, k->start - at);
        at = k->broken ? broken_end(m, i, end) : k->end;
        if (k->broken)
            add_plain(m, tree_add(&m->p->t, n, "broken"), m->text + k->start,
                      at - k->start);
        else
            add_bracket(m, n, i);
    }
    add_plain(m, n, m->text + at, end - at);
}

/* ---- paragraphs */

/* A line feed in a whole bracket ends none. *next is a bracket that is not behind. */
static uint32_t line_end(const struct marked *m, uint32_t at, uint32_t len,
                         size_t *next) {
    for (;;) {
        const char *feed = memchr(m->text + at, '\n', len - at);
        uint32_t end = feed ? (uint32_t)(feed - m->text) : len;
        const struct bracket *k = m->b->v.v;
        while (*next < m->b->v.n && (k[*next].broken || k[*next].end <= at))
            ++*next;
        if (*next == m->b->v.n || k[*next].start >= end)
            return end;
        at = k[*next].end;
    }
}

static void add_lines(struct marked *m, xmlNode *parent) {
    uint32_t len = (uint32_t)strlen(m->text);
    size_t next = 0, first = 0;
    for (uint32_t at = 0, end; at < len; at = end + 1) {
        while (first < m->b->v.n && m->b->v.v[first].start < at)
            first++;
        end = line_end(m, at, len, &next);
        if (strspn(m->text + at, " \t\r\n") < end - at)
            add_span_of(m, tree_add(&m->p->t, parent, "p"), at, end, first);
    }
}

/* Owners of a broken bracket that run over a line end would not be known for owners. */
static void join_owners(const struct projection *p, char *s) {
    size_t len = strlen(s);
    for (size_t i = 0; i < len; i++) {
        if (s[i] != '[' && s[i] != '|')
            continue;
        size_t owners = bracket_owners(s + i + 1, len - i - 1, any_side, p->w);
        for (size_t k = 0; k < owners; k++)
            if (s[i + 1 + k] == '\n')
                s[i + 1 + k] = ' ';
    }
}

void add_answer_text(struct projection *p, xmlNode *parent, const char *s, unsigned *open,
                     unsigned *broken) {
    struct brackets b = {0};
    if (!strchr(s, '[')) {
        add_typed(p, parent, s);
        return;
    }
    char *text = mem_strdup(s);
    struct marked m = {p, text, &b};
    if (!sides_told(p))
        join_owners(p, text);
    workbook_brackets(p->w, text, &b);
    add_lines(&m, parent);
    if (open)
        *open += b.n_open;
    if (broken)
        *broken += b.n_broken;
    brackets_release(&b);
    mem_free(text);
}
