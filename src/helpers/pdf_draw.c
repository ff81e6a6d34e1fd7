#include "pdf_draw.h"

#include "base/buf.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

struct place {
    const char *id;
    bool wanted; /* a link leads to it, and it has not been drawn */
};

struct drawer {
    const struct drawing *d;
    cairo_surface_t *surface;
    cairo_t *cr;
    struct buf *out;
    VEC(struct place) places; /* sorted by id */
    VEC(cairo_glyph_t) glyphs;
    VEC(cairo_text_cluster_t) clusters;
    int outline[5];    /* the last entry of each level; 0: none */
    const char *split; /* the tag of a text that goes on over pages: NULL, or its name */
    bool span;         /* its part on this page is open */
    int colour;
    struct buf attrs;
};

/* ---- places that links lead to */

static int by_id(const void *a, const void *b) {
    return strcmp(((const struct place *)a)->id, ((const struct place *)b)->id);
}

static struct place *find_place(const struct drawer *w, const char *id) {
    struct place key = {.id = id};
    return w->places.n ? bsearch(&key, w->places.v, w->places.n, sizeof key, by_id)
                       : NULL;
}

/* Those that a link leads to; of several with one name, one is taken. */
static void find_places(struct drawer *w) {
    const struct galley *g = w->d->galley;
    for (size_t i = 0; i < g->ops.n; i++)
        if (g->ops.v[i].kind == OP_ID)
            vec_push(&w->places, ((struct place){.id = g->ops.v[i].s}));
    if (w->places.n > 1)
        qsort(w->places.v, w->places.n, sizeof *w->places.v, by_id);
    for (size_t i = 0; i < g->ops.n; i++) {
        const struct op *op = &g->ops.v[i];
        struct place *at =
            op->kind == OP_LINK && *op->s == '#' ? find_place(w, op->s + 1) : NULL;
        if (at)
            at->wanted = true;
    }
}

/* By number: a name may have letters that Cairo would not write as they should be. */
static void add_place(struct buf *b, const struct drawer *w, const char *key,
                      const struct place *at) {
    buf_addf(b, "%s='p%zu'", key, (size_t)(at - w->places.v));
}

/* A little above, so that the place is not at the very edge. */
static long place_top(const struct drawer *w, const struct placed *at) {
    return lround((double)(w->d->paper->top + at->y - at->before)) - 4;
}

static void mark_place(struct drawer *w, const struct op *op, const struct placed *at) {
    struct place *place = find_place(w, op->s);
    if (!place || !place->wanted)
        return;
    place->wanted = false;
    buf_clear(&w->attrs);
    add_place(&w->attrs, w, "name", place);
    buf_addf(&w->attrs, " x=%ld y=%ld", lround((double)w->d->paper->left),
             place_top(w, at));
    cairo_tag_begin(w->cr, CAIRO_TAG_DEST, w->attrs.s);
    cairo_tag_end(w->cr, CAIRO_TAG_DEST);
}

/* ---- tags */

static void begin(struct drawer *w, const char *tag) {
    cairo_tag_begin(w->cr, tag, NULL);
}

static void end(struct drawer *w, const char *tag) {
    cairo_tag_end(w->cr, tag);
}

/* A text on two pages: a Span on each, so that none is open between them. */
static void begin_tag(struct drawer *w, const struct op *op, const struct placed *at) {
    begin(w, op->s);
    if (!op->leaf || op->n < 2 || at + (op->n - 1) >= w->d->pages->v.v + w->d->pages->v.n)
        return;
    if (at[op->n - 1].page == at->page && at[op->n - 1].strip == at->strip + op->n - 1)
        return;
    begin(w, "Span");
    w->split = op->s;
    w->span = true;
}

static void end_tag(struct drawer *w, const struct op *op) {
    if (w->split && strcmp(w->split, op->s) == 0) {
        if (w->span)
            end(w, "Span");
        w->split = NULL;
        w->span = false;
    }
    end(w, op->s);
}

/* Everything that could end the string or the PDF's, as %XX. */
static void add_address(struct buf *b, const char *href) {
    static const char safe[] = "-._~:/?#[]@!$&*+,;=%";
    for (; *href; href++) {
        unsigned char c = (unsigned char)*href;
        bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (letter || strchr(safe, c))
            buf_putc(b, (char)c);
        else
            buf_addf(b, "%%%02X", c);
    }
}

static void begin_link(struct drawer *w, const struct op *op, float x, float y) {
    struct buf *b = &w->attrs;
    buf_clear(b);
    if (op->s[0] == '#') {
        const struct place *at = find_place(w, op->s + 1);
        if (!at) {
            begin(w, "Span");
            w->split = "Link";
            return;
        }
        add_place(b, w, "dest", at);
    } else {
        buf_puts(b, "uri='");
        add_address(b, op->s);
        buf_putc(b, '\'');
    }
    buf_addf(b, " rect=[%.2f %.2f %.2f %.2f]", (double)x, (double)y, (double)op->w,
             (double)op->h);
    cairo_tag_begin(w->cr, CAIRO_TAG_LINK, b->s);
}

static void end_link(struct drawer *w) {
    bool dead = w->split && strcmp(w->split, "Link") == 0;
    end(w, dead ? "Span" : CAIRO_TAG_LINK);
    if (dead)
        w->split = NULL;
}

/* ---- the outline */

static void add_outline(struct drawer *w, const struct op *op, const struct placed *at) {
    uint32_t level = op->n < 1 ? 1 : op->n > 4 ? 4 : op->n;
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (uint32_t i = 1; i < level; i++)
        if (w->outline[i])
            parent = w->outline[i];
    buf_clear(&w->attrs);
    buf_addf(&w->attrs, "page=%u pos=[%ld %ld]", at->page + 1,
             lround((double)w->d->paper->left), place_top(w, at));
    w->outline[level] = cairo_pdf_surface_add_outline(
        w->surface, parent, op->s, w->attrs.s,
        level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN | CAIRO_PDF_OUTLINE_FLAG_BOLD : 0);
    for (uint32_t i = level + 1; i < 5; i++)
        w->outline[i] = 0;
}

/* ---- ops */

static void set_colour(struct drawer *w, uint8_t colour) {
    const float *c = colours[colour];
    if (w->colour == colour)
        return;
    w->colour = colour;
    cairo_set_source_rgb(w->cr, (double)c[0], (double)c[1], (double)c[2]);
}

static void draw_run(struct drawer *w, const struct op *op, float x, float y) {
    const struct run *r = op->run;
    vec_reserve(&w->glyphs, r->n_glyphs);
    vec_reserve(&w->clusters, r->n_clusters);
    for (uint32_t i = 0; i < r->n_glyphs; i++)
        w->glyphs.v[i] = (cairo_glyph_t){
            .index = r->glyphs[i].glyph,
            .x = (double)(x + r->glyphs[i].x),
            .y = (double)y + (double)r->glyphs[i].y / RUN_Y_UNITS,
        };
    for (uint32_t i = 0; i < r->n_clusters; i++)
        w->clusters.v[i] =
            (cairo_text_cluster_t){r->clusters[i].bytes, r->clusters[i].glyphs};
    set_colour(w, op->colour);
    cairo_set_scaled_font(w->cr, r->font);
    cairo_show_text_glyphs(w->cr, r->text, (int)r->len, w->glyphs.v, (int)r->n_glyphs,
                           w->clusters.v, (int)r->n_clusters,
                           r->backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
}

static void draw_box(struct drawer *w, const struct op *op, float x, float y, float h) {
    set_colour(w, op->colour);
    cairo_rectangle(w->cr, (double)x, (double)y, (double)op->w, (double)h);
    cairo_fill(w->cr);
}

/* What is not filled is light, so that it reads without colour too. */
static void draw_bar(struct drawer *w, const struct op *op, float x, float y) {
    struct op full = *op, rest = *op;
    full.w = op->w * (float)op->n / 100;
    rest.w = op->w - full.w;
    rest.colour = COLOUR_RULE;
    draw_box(w, &rest, x + full.w, y + 0.4F * op->h, 0.2F * op->h);
    draw_box(w, &full, x, y, op->h);
}

static void draw_circle(struct drawer *w, const struct op *op, float x, float y) {
    double r = (double)op->w / 2, line = 1.1;
    set_colour(w, op->colour);
    cairo_new_path(w->cr);
    if (op->kind == OP_RING)
        r -= line / 2;
    cairo_arc(w->cr, (double)(x + op->w / 2), (double)(y + op->h / 2), r, 0, 2 * M_PI);
    cairo_set_line_width(w->cr, line);
    if (op->kind == OP_RING)
        cairo_stroke(w->cr);
    else
        cairo_fill(w->cr);
}

/* False for what is no mark on the paper. */
static bool draw_mark(struct drawer *w, const struct op *op, const struct placed *at) {
    float x = w->d->paper->left + op->x, y = w->d->paper->top + at->y + op->y;
    float above = op->n ? at->before : 0;
    switch (op->kind) {
    case OP_TEXT:
        draw_run(w, op, x, y);
        return true;
    case OP_RULE:
        draw_box(w, op, x, y, op->h);
        return true;
    case OP_BAND:
        draw_box(w, op, x, y - above, op->h + above);
        return true;
    case OP_BAR:
        draw_bar(w, op, x, y);
        return true;
    case OP_DOT:
    case OP_RING:
        draw_circle(w, op, x, y);
        return true;
    default:
        return false;
    }
}

static void draw_op(struct drawer *w, const struct op *op, const struct placed *at) {
    if (draw_mark(w, op, at) || at->again)
        return;
    if (op->kind == OP_BEGIN)
        begin_tag(w, op, at);
    else if (op->kind == OP_END)
        end_tag(w, op);
    else if (op->kind == OP_LINK)
        begin_link(w, op, w->d->paper->left + op->x, w->d->paper->top + at->y + op->y);
    else if (op->kind == OP_LINK_END)
        end_link(w);
    else if (op->kind == OP_ID)
        mark_place(w, op, at);
    else if (op->kind == OP_OUTLINE)
        add_outline(w, op, at);
}

static void draw_strip(struct drawer *w, const struct placed *at) {
    const struct galley *g = w->d->galley;
    uint32_t stop = galley_ops_end(g, at->strip);
    for (uint32_t i = g->strips.v[at->strip].ops; i < stop; i++)
        draw_op(w, &g->ops.v[i], at);
}

/* ---- pages */

/* A long title is set smaller before it is cut. */
static enum pdf_style running_style(struct drawer *w, const char *s, float width) {
    struct text_setting how = {.style = STYLE_RUNNING, .lang = w->d->lang};
    return lines_width(typeset_string(w->d->type, &how, s, strlen(s))) > width
               ? STYLE_RUNNING_LONG
               : STYLE_RUNNING;
}

static void draw_running(struct drawer *w, const char *s, bool right, float y) {
    const struct paper *paper = w->d->paper;
    float width = paper->width - paper->left - paper->right;
    struct text_setting how = {.style = running_style(w, s, width),
                               .lang = w->d->lang,
                               .width = width,
                               .ellipsis = true};
    const struct lines *l = typeset_string(w->d->type, &how, s, strlen(s));
    float x = right ? width - lines_width(l) : 0;
    struct placed at = {.y = y - paper->top};
    for (size_t i = 0; i < l->ops.n; i++) {
        struct op op = l->ops.v[i];
        op.x += x;
        draw_mark(w, &op, &at);
    }
}

/* The first page has the title itself. */
static void draw_furniture(struct drawer *w, uint32_t page) {
    const struct paper *paper = w->d->paper;
    struct buf b = BUF_INIT;
    style_page_number(&b, w->d->lang, page + 1, w->d->pages->n);
    draw_running(w, b.s, true, paper->height - paper->bottom + 36);
    buf_release(&b);
    if (page == 0 || !*w->d->title)
        return;
    draw_running(w, w->d->title, false, paper->top - 30);
    struct op rule = {.kind = OP_RULE,
                      .colour = COLOUR_RULE,
                      .w = paper->width - paper->left - paper->right,
                      .h = 0.5F};
    struct placed at = {.y = -24};
    draw_mark(w, &rule, &at);
}

static void start_page(struct drawer *w, uint32_t page) {
    w->colour = -1;
    draw_furniture(w, page);
    if (w->split) {
        begin(w, "Span");
        w->span = true;
    }
}

static void finish_page(struct drawer *w) {
    if (w->split && w->span)
        end(w, "Span");
    w->span = false;
    cairo_show_page(w->cr);
}

static int status(const struct drawer *w, struct err *err) {
    cairo_status_t s = cairo_status(w->cr);
    if (s == CAIRO_STATUS_SUCCESS)
        s = cairo_surface_status(w->surface);
    if (s == CAIRO_STATUS_SUCCESS)
        return 0;
    return err_set(err, "the PDF cannot be drawn: %s", cairo_status_to_string(s));
}

static int draw_pages(struct drawer *w, struct err *err) {
    const struct pages *p = w->d->pages;
    size_t i = 0;
    for (uint32_t page = 0; page < p->n; page++) {
        start_page(w, page);
        for (; i < p->v.n && p->v.v[i].page == page; i++)
            draw_strip(w, &p->v.v[i]);
        finish_page(w);
        if (status(w, err) < 0)
            return -1;
    }
    return 0;
}

/* ---- the file */

static cairo_status_t take(void *ctx, const unsigned char *data, unsigned len) {
    buf_add(ctx, data, len);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct drawer *w) {
    cairo_pdf_surface_set_metadata(w->surface, CAIRO_PDF_METADATA_TITLE, w->d->title);
    cairo_pdf_surface_set_metadata(w->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   w->d->date ? w->d->date : "1970-01-01T00:00:00Z");
}

static void release(struct drawer *w) {
    cairo_destroy(w->cr);
    cairo_surface_destroy(w->surface);
    vec_release(&w->places);
    vec_release(&w->glyphs);
    vec_release(&w->clusters);
    buf_release(&w->attrs);
}

int draw_pdf(const struct drawing *d, struct buf *out, struct err *err) {
    struct drawer w = {.d = d, .attrs = BUF_INIT};
    w.surface = cairo_pdf_surface_create_for_stream(take, out, (double)d->paper->width,
                                                    (double)d->paper->height);
    w.cr = cairo_create(w.surface);
    set_metadata(&w);
    find_places(&w);
    int ret = status(&w, err);
    if (ret == 0)
        ret = draw_pages(&w, err);
    cairo_surface_finish(w.surface);
    if (ret == 0)
        ret = status(&w, err);
    release(&w);
    return ret;
}
