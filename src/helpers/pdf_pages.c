#include "pdf_pages.h"

struct breaker {
    struct pages *p;
    const struct galley *g;
    float height, y;
    uint32_t table; /* of the strip placed last */
};

static void place(struct breaker *b, uint32_t strip, float before, bool again) {
    struct placed at = {.strip = strip,
                        .page = b->p->n - 1,
                        .y = b->y + before,
                        .before = before,
                        .again = again};
    vec_push(&b->p->v, at);
    b->y += before + b->g->strips.v[strip].height;
}

static void next_page(struct breaker *b) {
    b->p->n++;
    b->y = 0;
}

/* The rows that head a table, where it goes on. */
static void place_heads(struct breaker *b, uint32_t strip) {
    uint32_t table = b->g->strips.v[strip].table;
    if (table == 0 || table != b->table)
        return;
    const struct heads *h = &b->g->tables.v[table - 1];
    for (uint32_t i = 0; i < h->n; i++)
        place(b, h->first + i, 0, true);
}

static void place_strip(struct breaker *b, uint32_t i) {
    const struct strip *s = &b->g->strips.v[i];
    if (b->y > 0 && b->y + s->before + s->height > b->height) {
        next_page(b);
        place_heads(b, i);
    }
    place(b, i, b->y > 0 ? s->before : 0, false);
    b->table = s->table;
}

/* The strips from i on that stay together; *height is what they take. */
static uint32_t chunk_end(const struct galley *g, uint32_t i, float *height) {
    uint32_t end = i + 1;
    *height = g->strips.v[i].height;
    while (end < g->strips.n && g->strips.v[end - 1].keep) {
        *height += g->strips.v[end].before + g->strips.v[end].height;
        end++;
    }
    return end;
}

void pages_break(struct pages *p, const struct galley *g, float height) {
    struct breaker b = {.p = p, .g = g, .height = height};
    *p = (struct pages){.n = 1};
    for (uint32_t i = 0, end; i < g->strips.n; i = end) {
        float chunk;
        end = chunk_end(g, i, &chunk);
        float before = b.y > 0 ? g->strips.v[i].before : 0;
        if (b.y > 0 && b.y + before + chunk > height && chunk <= height) {
            next_page(&b);
            place_heads(&b, i);
        }
        for (uint32_t k = i; k < end; k++)
            place_strip(&b, k);
    }
}

void pages_release(struct pages *p) {
    vec_release(&p->v);
}
