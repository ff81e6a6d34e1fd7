/*
 * Tables of the text format: each column as wide as its text where there is room for all,
 * else shared out; below that, each row as a list of "Heading: text".
 */
#include "format_text.h"

#include "base/text.h"
#include "base/vec.h"

#include <string.h>

enum { GUTTER = 2, WORD_MAX = 17 };

struct cell {
    size_t start, len; /* in table.text */
};

struct column {
    size_t natural, least, width; /* in columns */
    bool number;                  /* set to the right */
};

struct table {
    struct buf text;
    VEC(struct cell) cells; /* row by row, n_columns each */
    VEC(struct column) columns;
    size_t n_rows, n_heads; /* heading rows come first */
};

/* ---- reading */

static size_t columns_of_row(const struct xnode *tr) {
    size_t n = 0;
    for (const struct xnode *k = tr->child; k; k = k->next)
        n += k->attrs->number;
    return n;
}

/* Calls for each row: those of thead, then the others. */
static void each_row(const struct xnode *table, struct table *t,
                     void (*row)(struct table *, const struct xnode *)) {
    for (int head = 1; head >= 0; head--)
        for (const struct xnode *part = table->child; part; part = part->next)
            if ((part->element == XHTML_THEAD) == head)
                for (const struct xnode *tr = part->child; tr; tr = tr->next) {
                    row(t, tr);
                    t->n_heads += (size_t)head;
                }
}

static void count_row(struct table *t, const struct xnode *tr) {
    enum { COLUMNS_MAX = 64 };
    size_t n = columns_of_row(tr);
    if (n > COLUMNS_MAX)
        n = COLUMNS_MAX;
    while (t->columns.n < n)
        vec_push(&t->columns, ((struct column){.natural = 0}));
    t->n_rows++;
}

static void add_cell(struct table *t, const struct xnode *td) {
    struct buf b = BUF_INIT;
    if (td)
        page_flatten(td, &b);
    vec_push(&t->cells, ((struct cell){t->text.len, b.len}));
    buf_add(&t->text, b.s, b.len);
    buf_release(&b);
}

static void add_row(struct table *t, const struct xnode *tr) {
    size_t n = 0;
    for (const struct xnode *td = tr->child; td && n < t->columns.n; td = td->next) {
        add_cell(t, td);
        if (xhtml_has_class(td, "number"))
            t->columns.v[n].number = true;
        n++;
        for (int i = 1; i < td->attrs->number && n < t->columns.n; i++, n++)
            add_cell(t, NULL);
    }
    for (; n < t->columns.n; n++)
        add_cell(t, NULL);
}

/* ---- measuring */

static void at_least(size_t *n, size_t least) {
    if (*n < least)
        *n = least;
}

static void measure_words(struct column *c, const char *s, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && s[end] != ' ')
            end++;
        size_t columns = text_columns(s + at, end - at);
        bool whole = columns < WORD_MAX || page_is_bar(s + at, end - at);
        at_least(&c->least, whole ? columns : WORD_MAX);
        at = end + 1;
    }
}

static void measure_cell(struct column *c, const char *s, size_t len) {
    for (size_t at = 0; at < len;) {
        const char *feed = memchr(s + at, '\n', len - at);
        size_t end = feed ? (size_t)(feed - s) : len;
        at_least(&c->natural, text_columns(s + at, end - at));
        measure_words(c, s + at, end - at);
        at = end + 1;
    }
}

static size_t sum_at(struct table *t, size_t limit) {
    size_t sum = 0;
    for (size_t i = 0; i < t->columns.n; i++) {
        struct column *c = &t->columns.v[i];
        c->width = c->natural < limit ? c->natural : limit;
        at_least(&c->width, c->least);
        sum += c->width;
    }
    return sum;
}

/* Shares the room out: no column is wider than it needs, the wide ones are equally wide.
 * False when not even the longest words fit. */
static bool share(struct table *t, size_t room) {
    size_t gutters = GUTTER * (t->columns.n - 1);
    if (room < gutters || sum_at(t, 0) > room - gutters)
        return false;
    size_t limit = room;
    while (sum_at(t, limit) > room - gutters)
        limit--;
    for (size_t i = 0, sum = sum_at(t, limit); i < t->columns.n; i++) {
        struct column *c = &t->columns.v[i];
        size_t spare = room - gutters - sum; /* what rounding left */
        size_t want = c->natural > c->width ? c->natural - c->width : 0;
        size_t more = want < spare ? want : spare;
        c->width += more;
        sum += more;
    }
    return true;
}

/* ---- writing */

static const struct cell *cell_at(const struct table *t, size_t row, size_t column) {
    return &t->cells.v[row * t->columns.n + column];
}

/* One line of a row; false when no cell has any more. */
static bool row_line(struct page *p, const struct table *t, size_t row, size_t *at,
                     struct buf *line) {
    bool any = false;
    size_t due = 0, used = 0;
    buf_clear(line);
    for (size_t i = 0; i < t->columns.n; i++) {
        const struct cell *c = cell_at(t, row, i);
        struct text_line l;
        if (c->len &&
            text_wrap(t->text.s + c->start, c->len, at[i], t->columns.v[i].width, &l)) {
            any = true;
            at[i] = l.next;
            const char *s = t->text.s + c->start + l.start;
            size_t columns = text_columns(s, l.end - l.start);
            size_t shift = t->columns.v[i].number && columns < t->columns.v[i].width
                               ? t->columns.v[i].width - columns
                               : 0;
            buf_fill(line, ' ', due + shift > used ? due + shift - used : 0);
            buf_add(line, s, l.end - l.start);
            used = due + shift + columns;
        }
        due += t->columns.v[i].width + GUTTER;
    }
    if (any)
        page_line(p, line->s, line->len);
    return any;
}

/* Returns the number of lines. */
static size_t write_row(struct page *p, const struct table *t, size_t row) {
    size_t *at = mem_zalloc(t->columns.n * sizeof *at), lines = 0;
    struct buf line = BUF_INIT;
    while (row_line(p, t, row, at, &line))
        lines++;
    buf_release(&line);
    mem_free(at);
    return lines;
}

static void write_rule(struct page *p, const struct table *t) {
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < t->columns.n; i++) {
        buf_fill(&line, '-', t->columns.v[i].width);
        buf_fill(&line, ' ', GUTTER);
    }
    page_line(p, line.s, line.len);
    buf_release(&line);
}

static bool wraps(const struct table *t) {
    for (size_t i = 0; i < t->columns.n; i++)
        if (t->columns.v[i].width < t->columns.v[i].natural)
            return true;
    return memchr(t->text.s, '\n', t->text.len) != NULL;
}

static void write_columns(struct page *p, const struct table *t) {
    bool apart = wraps(t);
    for (size_t row = 0; row < t->n_rows; row++) {
        if (apart && row > t->n_heads)
            page_gap(p, 1);
        write_row(p, t, row);
        if (row + 1 == t->n_heads)
            write_rule(p, t);
    }
}

static void write_stacked(struct page *p, const struct table *t) {
    struct buf b = BUF_INIT;
    for (size_t row = t->n_heads; row < t->n_rows; row++) {
        if (row > t->n_heads)
            page_gap(p, 1);
        for (size_t i = 0; i < t->columns.n; i++) {
            const struct cell *c = cell_at(t, row, i);
            const struct cell *head = t->n_heads ? cell_at(t, 0, i) : NULL;
            if (c->len == 0)
                continue;
            buf_clear(&b);
            if (head && head->len) {
                buf_add(&b, t->text.s + head->start, head->len);
                buf_puts(&b, ": ");
            }
            buf_add(&b, t->text.s + c->start, c->len);
            page_wrap(p, b.s, b.len);
        }
    }
    buf_release(&b);
}

void page_table(struct page *p, const struct xnode *table) {
    struct table t = {.text = BUF_INIT};
    each_row(table, &t, count_row);
    t.n_heads = 0;
    if (t.columns.n)
        each_row(table, &t, add_row);
    for (size_t i = 0; i < t.cells.n; i++)
        measure_cell(&t.columns.v[i % t.columns.n], t.text.s + t.cells.v[i].start,
                     t.cells.v[i].len);
    if (t.columns.n && share(&t, page_room(p)))
        write_columns(p, &t);
    else if (t.columns.n)
        write_stacked(p, &t);
    buf_release(&t.text);
    vec_release(&t.cells);
    vec_release(&t.columns);
}
