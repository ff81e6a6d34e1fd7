/*
 * Tables: columns as wide as what stands in them asks for, a row in one strip, unless it
 * is taller than a page: then a strip for each of its lines.
 */
#include "pdf_blocks.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* The cells whose longest line or word weighs most (style_letter_weight). Only they are
 * measured. */
enum { CANDIDATES = 4 };

struct widest {
    const struct xnode *cell[CANDIDATES];
    size_t weight[CANDIDATES];
};

struct column {
    struct widest line, word;
    float least, natural, width;
    bool bar;
};

struct table {
    const struct setter *s;
    VEC(struct column) columns;
    VEC(struct part {
        struct galley galley; /* what is in the cell */
        const struct xnode *cell;
        float x;
    })
    row;
    float pad;  /* above and below the text of a row */
    float head; /* the height of the rows that are repeated */
};

enum { BAR_LEAST = 48, BAR_NATURAL = 170, ROWS_KEPT_MAX = 12 };

static enum pdf_style cell_style(const struct xnode *cell) {
    return cell->element == XHTML_TH ? STYLE_HEAD_CELL : STYLE_CELL;
}

/* ---- how wide */

static bool has_bar(const struct xnode *n) {
    if (n->element == XHTML_TEXT)
        return false;
    if (xhtml_has_class(n, "bar"))
        return true;
    for (const struct xnode *k = n->child; k; k = k->next)
        if (has_bar(k))
            return true;
    return false;
}

/* The weight of the longest line and word; a Chinese letter is a word. */
static void weigh(const char *s, size_t len, size_t *line, size_t *word) {
    size_t in_line = 0, in_word = 0, used;
    *line = *word = 0;
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        size_t w = style_letter_weight(c);
        in_line = c == '\n' ? 0 : in_line + w;
        in_word = c == '\n' || c == ' ' ? 0 : c >= 0x2E80 && c < 0xFF00 ? w : in_word + w;
        *line = in_line > *line ? in_line : *line;
        *word = in_word > *word ? in_word : *word;
    }
}

static void offer(struct widest *of, const struct xnode *cell, size_t weight) {
    size_t lightest = 0;
    for (size_t i = 1; i < CANDIDATES; i++)
        if (of->weight[i] < of->weight[lightest])
            lightest = i;
    if (weight <= of->weight[lightest])
        return;
    of->weight[lightest] = weight;
    of->cell[lightest] = cell;
}

static void count_cell(struct column *c, const struct xnode *cell) {
    struct buf b = BUF_INIT;
    size_t line, word;
    xhtml_text(cell, &b);
    weigh(b.s, b.len, &line, &word);
    buf_release(&b);
    c->bar |= has_bar(cell);
    offer(&c->line, cell, line);
    offer(&c->word, cell, word);
}

static void count_row(struct table *t, const struct xnode *tr) {
    static const struct column none = {0};
    size_t i = 0;
    for (const struct xnode *k = tr->child; k; k = k->next) {
        for (size_t j = 0; j < k->attrs->number && j < XHTML_DEPTH_MAX; j++, i++) {
            if (i == t->columns.n)
                vec_push(&t->columns, none);
            if (k->attrs->number == 1)
                count_cell(&t->columns.v[i], k);
        }
    }
}

static float true_width(const struct table *t, const struct xnode *cell) {
    struct text_setting how = {.style = cell_style(cell), .lang = t->s->lang};
    return lines_width(typeset_node(t->s->type, &how, cell));
}

/* Of the longest word; text of wide letters may be broken anywhere. */
static float word_width(const struct table *t, const struct xnode *cell) {
    struct buf b = BUF_INIT;
    struct text_setting how = {.style = cell_style(cell), .lang = t->s->lang};
    float widest = 2 * styles[STYLE_CELL].size;
    xhtml_text(cell, &b);
    for (size_t at = 0, len; at < b.len; at += len + 1) {
        size_t line, word;
        len = strcspn(b.s + at, " \n");
        weigh(b.s + at, len, &line, &word);
        if (line > word)
            continue;
        float w = lines_width(typeset_string(t->s->type, &how, b.s + at, len));
        widest = w > widest ? w : widest;
    }
    buf_release(&b);
    return widest;
}

static float larger(float a, float b) {
    return a > b ? a : b;
}

/* One without a word asks for a little too: what asks for nothing is never settled. */
static void measure_column(const struct table *t, struct column *c) {
    c->natural = c->least = 1;
    for (size_t i = 0; i < CANDIDATES; i++) {
        if (c->line.cell[i])
            c->natural = larger(c->natural, true_width(t, c->line.cell[i]) * 1.02F + 1);
        if (c->word.cell[i])
            c->least = larger(c->least, word_width(t, c->word.cell[i]) * 1.02F + 1);
    }
    if (c->bar) {
        c->natural = BAR_NATURAL;
        c->least = larger(c->least, BAR_LEAST);
    }
    c->natural = larger(c->natural, c->least);
}

/* One round: a column that asks for no more than its part of the room gets it. Parts go
 * by the square root of what is asked for. False when none got it. */
static bool settle(struct table *t, float *room, bool only_least) {
    float sum = 0;
    bool any = false;
    for (size_t i = 0; i < t->columns.n; i++)
        if (t->columns.v[i].width <= 0)
            sum += sqrtf(t->columns.v[i].natural);
    for (size_t i = 0; i < t->columns.n; i++) {
        struct column *c = &t->columns.v[i];
        float ask = only_least ? c->least : c->natural;
        float part = *room * sqrtf(c->natural) / sum;
        if (c->width > 0 || (only_least ? ask <= part : ask > part))
            continue;
        c->width = ask;
        any = true;
    }
    *room = t->s->width - (float)(t->columns.n - 1) * GAP_COLUMN;
    for (size_t i = 0; i < t->columns.n; i++)
        *room -= t->columns.v[i].width;
    return any;
}

/* Who asks for little gets it; then who needs more than its part for its longest word
 * gets that; the others share the rest. */
static void share(struct table *t) {
    size_t n = t->columns.n;
    float room = t->s->width - (float)(n - 1) * GAP_COLUMN, sum = 0, all = room;
    for (size_t i = 0; i < n; i++) {
        struct column *c = &t->columns.v[i];
        measure_column(t, c);
        if (c->least > all / 2)
            c->least = all / 2;
    }
    while (room > 0 && settle(t, &room, false)) {
    }
    while (room > 0 && settle(t, &room, true)) {
    }
    for (size_t i = 0; i < n; i++)
        if (t->columns.v[i].width <= 0)
            sum += sqrtf(t->columns.v[i].natural);
    for (size_t i = 0; i < n; i++) {
        struct column *c = &t->columns.v[i];
        if (c->width <= 0)
            c->width = room > 0 ? room * sqrtf(c->natural) / sum : c->least;
    }
}

/* Where the longest words take more than there is, each column gives way. */
static void narrow(struct table *t) {
    float room = t->s->width - (float)(t->columns.n - 1) * GAP_COLUMN, used = 0;
    for (size_t i = 0; i < t->columns.n; i++)
        used += t->columns.v[i].width;
    for (size_t i = 0; i < t->columns.n && used > room && room > 0; i++)
        t->columns.v[i].width *= room / used;
}

/* Who takes what is over: bars; else text that could be broken; else anyone. */
static int want_of_more(const struct column *c) {
    return c->bar ? 2 : c->natural > c->least ? 1 : 0;
}

/* What is over is shared, so that the table is as wide as the text. */
static void widen(struct table *t) {
    float used = (float)(t->columns.n - 1) * GAP_COLUMN;
    int most = 0, takers = 0;
    for (size_t i = 0; i < t->columns.n; i++) {
        int want = want_of_more(&t->columns.v[i]);
        used += t->columns.v[i].width;
        takers = want > most ? 1 : takers + (want == most);
        most = want > most ? want : most;
    }
    for (size_t i = 0; i < t->columns.n && used < t->s->width; i++)
        if (want_of_more(&t->columns.v[i]) == most)
            t->columns.v[i].width += (t->s->width - used) / (float)takers;
}

/* ---- one row */

static float span_width(const struct table *t, size_t first, size_t count) {
    float w = 0;
    for (size_t i = first; i < first + count && i < t->columns.n; i++)
        w += t->columns.v[i].width + (i > first ? GAP_COLUMN : 0);
    return w;
}

/* Each line of the cell ends at its right edge. */
static void set_right(struct galley *g, float right) {
    for (uint32_t i = 0; i < g->strips.n; i++) {
        uint32_t from = g->strips.v[i].ops, stop = galley_ops_end(g, i);
        float end = 0;
        for (uint32_t k = from; k < stop; k++)
            if (g->ops.v[k].kind == OP_TEXT)
                end = larger(end, g->ops.v[k].x + g->ops.v[k].w);
        for (uint32_t k = from; k < stop && end > 0 && end < right; k++)
            g->ops.v[k].x += right - end;
    }
}

static void set_cell(const struct table *t, struct part *p, float width) {
    struct setter in = *t->s;
    in.galley = &p->galley;
    in.x = p->x;
    in.width = width;
    in.indent = 0;
    in.body = STYLE_CELL;
    in.inner = true;
    if (*p->cell->attrs->lang)
        in.lang = p->cell->attrs->lang;
    if (p->cell->element == XHTML_TH)
        blocks_set_text(&in, STYLE_HEAD_CELL, "Span", p->cell->child);
    else
        blocks_set(&in, p->cell->child);
    galley_finish(&p->galley);
    if (xhtml_has_class(p->cell, "number"))
        set_right(&p->galley, p->x + width);
}

static void set_cells(struct table *t, const struct xnode *tr) {
    float x = t->s->x;
    size_t i = 0;
    for (const struct xnode *k = tr->child; k; k = k->next) {
        size_t count = k->attrs->number;
        struct part p = {.cell = k, .x = x};
        float w = span_width(t, i, count);
        galley_init(&p.galley, t->s->galley->arena);
        set_cell(t, &p, w);
        vec_push(&t->row, p);
        x += w + GAP_COLUMN;
        i += count;
    }
}

static float row_height(const struct table *t) {
    float h = styles[STYLE_CELL].leading;
    for (size_t i = 0; i < t->row.n; i++) {
        float own = galley_height(&t->row.v[i].galley, 0);
        h = own > h ? own : h;
    }
    return h;
}

/* All of one strip of a cell, moved down by y, to the last strip of the galley. */
static void copy_strip(struct galley *to, const struct galley *from, uint32_t strip,
                       float y, bool tags) {
    for (uint32_t i = from->strips.v[strip].ops; i < galley_ops_end(from, strip); i++) {
        struct op op = from->ops.v[i];
        bool tag = op.kind == OP_BEGIN || op.kind == OP_END;
        if (tag && !tags)
            continue;
        if (op.kind == OP_BEGIN)
            op.n = 1;
        else if (op.kind == OP_BAND && op.n) {
            op.y -= from->strips.v[strip].before;
            op.h += from->strips.v[strip].before;
            op.n = 0;
        }
        op.y += y;
        galley_add(to, op);
    }
}

static const char *cell_tag(const struct xnode *cell) {
    return cell->element == XHTML_TH ? "TH" : "TD";
}

static void add_tag(struct galley *g, enum op_kind kind, bool leaf, const char *tag) {
    galley_add(g, (struct op){.kind = (uint8_t)kind, .leaf = leaf, .n = 1, .s = tag});
}

static void add_row_rule(const struct table *t, bool head) {
    struct strip *last = galley_last(t->s->galley);
    float h = head ? 1 : 0.5F;
    galley_add(t->s->galley, (struct op){.kind = OP_RULE,
                                         .colour = head ? COLOUR_ACCENT : COLOUR_RULE,
                                         .x = t->s->x,
                                         .y = last->height - h,
                                         .w = t->s->width,
                                         .h = h});
}

static void add_row(const struct table *t, float height, bool head) {
    struct galley *g = t->s->galley;
    galley_begin(g, "TR");
    galley_strip(g, height + 2 * t->pad, t->pad + style_baseline(STYLE_CELL));
    for (size_t i = 0; i < t->row.n; i++) {
        const struct galley *cell = &t->row.v[i].galley;
        float y = t->pad;
        add_tag(g, OP_BEGIN, false, cell_tag(t->row.v[i].cell));
        for (uint32_t k = 0; k < cell->strips.n; k++) {
            y += k ? cell->strips.v[k].before : 0;
            copy_strip(g, cell, k, y, true);
            y += cell->strips.v[k].height;
        }
        add_tag(g, OP_END, false, cell_tag(t->row.v[i].cell));
    }
    galley_end(g, "TR");
    add_row_rule(t, head);
}

/* ---- a row that is taller than a page */

static size_t tallest(const struct table *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->row.n; i++)
        if (t->row.v[i].galley.strips.n > n)
            n = t->row.v[i].galley.strips.n;
    return n;
}

/* Line k of all cells. In the structure it is a row of its own. */
static void add_slice(const struct table *t, uint32_t k) {
    struct galley *g = t->s->galley;
    float height = 0;
    for (size_t i = 0; i < t->row.n; i++) {
        const struct galley *cell = &t->row.v[i].galley;
        if (k < cell->strips.n && cell->strips.v[k].height > height)
            height = cell->strips.v[k].height;
        if (k > 0 && k < cell->strips.n)
            galley_gap(g, cell->strips.v[k].before);
    }
    if (k == 0)
        galley_gap(g, t->pad);
    galley_begin(g, "TR");
    galley_strip(g, height, 0);
    for (size_t i = 0; i < t->row.n; i++) {
        const struct galley *cell = &t->row.v[i].galley;
        if (k >= cell->strips.n)
            continue;
        add_tag(g, OP_BEGIN, false, cell_tag(t->row.v[i].cell));
        add_tag(g, OP_BEGIN, true, "P");
        copy_strip(g, cell, k, 0, false);
        add_tag(g, OP_END, false, "P");
        add_tag(g, OP_END, false, cell_tag(t->row.v[i].cell));
    }
    galley_end(g, "TR");
}

static void add_slices(const struct table *t) {
    struct galley *g = t->s->galley;
    size_t n = tallest(t), from = g->strips.n;
    for (uint32_t k = 0; k < n; k++)
        add_slice(t, k);
    galley_last(g)->height += t->pad;
    add_row_rule(t, false);
    for (size_t k = 0; k < n; k++)
        g->strips.v[from + k].keep = k == 0 || k + 2 == n;
}

/* ---- rows */

static void set_row(struct table *t, const struct xnode *tr, bool head) {
    set_cells(t, tr);
    float height = row_height(t);
    if (t->row.n == 0)
        return;
    if (*tr->attrs->id)
        galley_wait(t->s->galley, (struct op){.kind = OP_ID, .s = tr->attrs->id});
    if (!head && height + 2 * t->pad > t->s->page - t->head)
        add_slices(t);
    else
        add_row(t, height, head);
    for (size_t i = 0; i < t->row.n; i++)
        galley_release(&t->row.v[i].galley);
    t->row.n = 0;
}

/* The last row does not stand alone on its page. */
static void keep_last(struct table *t, const struct xnode *tr) {
    struct strip *last = galley_last(t->s->galley);
    if (tr->next && !tr->next->next && last && last->height < t->s->page / 4)
        last->keep = true;
}

static void set_rows(struct table *t, const struct xnode *group) {
    bool head = group->element == XHTML_THEAD;
    galley_begin(t->s->galley, head ? "THead" : "TBody");
    for (const struct xnode *tr = group->child; tr; tr = tr->next) {
        set_row(t, tr, head);
        keep_last(t, tr);
    }
    galley_end(t->s->galley, head ? "THead" : "TBody");
}

/* A short table is not broken. */
static void keep_whole(const struct setter *s, size_t from) {
    size_t n = s->galley->strips.n - from;
    if (n > 0 && n <= ROWS_KEPT_MAX && galley_height(s->galley, from) < s->page / 3)
        galley_keep(s->galley, from, false);
}

/* They stay with the first row below, and come again on each page. */
static void repeat_heads(struct table *t, const struct xnode *head) {
    struct galley *g = t->s->galley;
    size_t from = g->strips.n;
    set_rows(t, head);
    struct heads h = {.first = (uint32_t)from,
                      .n = (uint32_t)(g->strips.n - from),
                      .height = galley_height(g, from)};
    galley_keep(g, from, true);
    if (t->s->inner || h.height > t->s->page / 3)
        return;
    t->head = h.height;
    vec_push(&g->tables, h);
    g->table = (uint32_t)g->tables.n;
}

static void each_row(struct table *t, const struct xnode *n) {
    for (const struct xnode *group = n->child; group; group = group->next)
        for (const struct xnode *tr = group->child; tr; tr = tr->next)
            count_row(t, tr);
}

void table_set(const struct setter *s, const struct xnode *n) {
    struct table t = {.s = s, .pad = s->compact ? PAD_ROW / 2 : PAD_ROW};
    uint32_t outer = s->galley->table;
    const struct xnode *group = n->child;
    each_row(&t, n);
    if (t.columns.n > 0) {
        share(&t);
        narrow(&t);
        widen(&t);
        size_t from = s->galley->strips.n;
        galley_gap(s->galley, 4);
        galley_begin(s->galley, "Table");
        if (group->element == XHTML_THEAD && group->child) {
            repeat_heads(&t, group);
            group = group->next;
        }
        for (; group; group = group->next)
            set_rows(&t, group);
        galley_end(s->galley, "Table");
        keep_whole(s, from);
        galley_gap(s->galley, styles[STYLE_BODY].after + PAD_ROW);
    }
    s->galley->table = outer;
    vec_release(&t.columns);
    vec_release(&t.row);
}
