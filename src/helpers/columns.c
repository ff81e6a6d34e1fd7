#include "columns.h"

#include "base/text.h"

#include <string.h>
#include <wctype.h>

enum {
    PAGE = 96,     /* columns of text that stand in a line of a table */
    GAP = 3,       /* between two columns */
    BAR = 24,      /* a bar, of broad blocks */
    WORD_MAX = 24, /* a longer word breaks */
    LONGEST = 400,
};

struct column {
    size_t least, most; /* the longest word; the longest line */
};

struct measure {
    struct column v[COLUMNS_MAX];
    unsigned n;
    struct buf text;
};

static size_t at_most(size_t n, size_t most) {
    return n < most ? n : most;
}

/* A capital is as wide as one and a half of the other letters. */
static size_t width(const char *s, size_t len) {
    size_t capitals = 0;
    for (size_t at = 0, used = 1; at < len && used > 0; at += used)
        capitals += iswupper((wint_t)text_decode(s + at, len - at, &used)) != 0;
    return text_columns(s, len) + capitals / 2;
}

static void measure_line(struct column *c, const char *s, size_t len) {
    size_t columns = at_most(width(s, at_most(len, 4 * LONGEST)), LONGEST);
    if (columns > c->most)
        c->most = columns;
    while (len > 0) {
        const char *blank = memchr(s, ' ', len);
        size_t word = blank ? (size_t)(blank - s) : len;
        columns = at_most(width(s, at_most(word, 4 * WORD_MAX)), WORD_MAX);
        if (columns > c->least)
            c->least = columns;
        s += word + (blank != NULL);
        len -= word + (blank != NULL);
    }
}

/* A bar (walk.c) does not break. */
static bool has_bar(const struct xnode *n) {
    if (n->element == XHTML_TEXT || xhtml_has_class(n, "bar"))
        return n->element != XHTML_TEXT;
    for (const struct xnode *k = n->child; k; k = k->next)
        if (has_bar(k))
            return true;
    return false;
}

static void measure_cell(struct measure *m, const struct xnode *cell, unsigned at) {
    if (has_bar(cell) && m->v[at].least < BAR)
        m->v[at].least = m->v[at].most = BAR;
    buf_clear(&m->text);
    xhtml_text(cell, &m->text);
    for (const char *s = m->text.s; *s;) {
        size_t len = strcspn(s, "\n");
        measure_line(&m->v[at], s, len);
        s += len + (s[len] == '\n');
    }
}

static void measure_row(struct measure *m, const struct xnode *tr) {
    unsigned at = 0;
    for (const struct xnode *k = tr->child; k && at < COLUMNS_MAX; k = k->next) {
        unsigned span = k->attrs->number;
        if (span == 1)
            measure_cell(m, k, at);
        at = (unsigned)at_most(at + span, COLUMNS_MAX);
    }
    if (at > m->n)
        m->n = at;
}

static void measure_pairs(struct measure *m, const struct xnode *dl) {
    m->n = 2;
    for (const struct xnode *k = dl->child; k; k = k->next)
        measure_cell(m, k, k->element == XHTML_DD);
}

static void measure_rows(struct measure *m, const struct xnode *table) {
    for (const struct xnode *part = table->child; part; part = part->next)
        for (const struct xnode *tr = part->child; tr; tr = tr->next)
            measure_row(m, tr);
    if (m->n == 0)
        m->n = 1;
}

/* Each has what its longest word takes; what is left goes to those that want more. */
static size_t wanted(const struct column *c, size_t least, size_t most, size_t room) {
    if (most <= room || most == least)
        return c->most + GAP;
    if (least >= room)
        return c->least + GAP;
    return c->least + GAP + (room - least) * (c->most - c->least) / (most - least);
}

unsigned columns_measure(const struct xnode *table, unsigned share[COLUMNS_MAX]) {
    struct measure m = {.text = BUF_INIT};
    size_t least = 0, most = 0, all = 0, want[COLUMNS_MAX], given = 0;
    if (table->element == XHTML_DL)
        measure_pairs(&m, table);
    else
        measure_rows(&m, table);
    buf_release(&m.text);
    for (unsigned i = 0; i < m.n; i++) {
        least += m.v[i].least + GAP;
        most += m.v[i].most + GAP;
    }
    for (unsigned i = 0; i < m.n; i++)
        all += want[i] = wanted(&m.v[i], least, most, PAGE);
    for (unsigned i = 0; i < m.n; i++) {
        share[i] = (unsigned)(want[i] * COLUMNS_WHOLE / all);
        given += share[i];
    }
    share[m.n - 1] += (unsigned)(COLUMNS_WHOLE - given);
    return m.n;
}
