#include "pdf_galley.h"

void galley_init(struct galley *g, struct arena *arena) {
    *g = (struct galley){.arena = arena};
}

void galley_finish(struct galley *g) {
    for (size_t i = 0; i < g->waiting.n && g->strips.n; i++)
        vec_push(&g->ops, g->waiting.v[i]);
    g->waiting.n = 0;
}

void galley_release(struct galley *g) {
    vec_release(&g->strips);
    vec_release(&g->ops);
    vec_release(&g->waiting);
    vec_release(&g->tables);
}

void galley_gap(struct galley *g, float space) {
    if (space > g->gap)
        g->gap = space;
}

struct strip *galley_last(struct galley *g) {
    return g->strips.n ? &g->strips.v[g->strips.n - 1] : NULL;
}

uint32_t galley_ops_end(const struct galley *g, uint32_t strip) {
    return strip + 1 < g->strips.n ? g->strips.v[strip + 1].ops : (uint32_t)g->ops.n;
}

/* The first of a back leaves the space above the strip alone. */
static void add_backs(struct galley *g, float height) {
    for (unsigned i = 0; i < g->n_backs; i++) {
        struct op op = g->backs[i];
        op.h = height;
        vec_push(&g->ops, op);
        g->backs[i].n = 1;
    }
}

struct strip *galley_strip(struct galley *g, float height, float baseline) {
    struct strip s = {.before = g->strips.n ? g->gap : 0,
                      .height = height,
                      .ops = (uint32_t)g->ops.n,
                      .table = g->table};
    g->gap = 0;
    vec_push(&g->strips, s);
    add_backs(g, height);
    for (size_t i = 0; i < g->waiting.n; i++) {
        struct op op = g->waiting.v[i];
        if (op.hanging)
            op.y += baseline;
        vec_push(&g->ops, op);
    }
    g->waiting.n = 0;
    return galley_last(g);
}

void galley_add(struct galley *g, struct op op) {
    vec_push(&g->ops, op);
}

void galley_wait(struct galley *g, struct op op) {
    vec_push(&g->waiting, op);
}

void galley_begin(struct galley *g, const char *tag) {
    galley_wait(g, (struct op){.kind = OP_BEGIN, .s = tag});
}

void galley_begin_leaf(struct galley *g, const char *tag, size_t strips) {
    galley_wait(
        g, (struct op){.kind = OP_BEGIN, .leaf = true, .n = (uint32_t)strips, .s = tag});
}

void galley_end(struct galley *g, const char *tag) {
    struct op op = {.kind = OP_END, .s = tag};
    if (g->waiting.n == 0)
        galley_add(g, op);
    else if (g->waiting.v[g->waiting.n - 1].kind == OP_BEGIN)
        g->waiting.n--;
    else
        galley_wait(g, op);
}

void galley_push_back(struct galley *g, enum pdf_colour colour, float x, float w) {
    if (g->n_backs == XHTML_DEPTH_MAX)
        return;
    g->backs[g->n_backs++] =
        (struct op){.kind = OP_BAND, .colour = (uint8_t)colour, .x = x, .w = w};
}

void galley_pop_back(struct galley *g) {
    if (g->n_backs > 0)
        g->n_backs--;
}

void galley_keep(struct galley *g, size_t first, bool next) {
    for (size_t i = first; i < g->strips.n; i++)
        if (i + 1 < g->strips.n || next)
            g->strips.v[i].keep = true;
}

float galley_height(const struct galley *g, size_t first) {
    float h = 0;
    for (size_t i = first; i < g->strips.n; i++)
        h += g->strips.v[i].height + (i > first ? g->strips.v[i].before : 0);
    return h;
}
