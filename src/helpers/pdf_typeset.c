#include "pdf_typeset.h"

#include "base/text.h"

#include <hb.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* What a stretch of the text has that Pango does not know of. Its number stands in the
 * foreground colour of the stretch, which cuts the runs where one ends. */
struct span {
    uint8_t colour;
    bool underline, strike;
    uint8_t shape; /* OP_BAR, OP_DOT or OP_RING in place of a letter; else OP_TEXT */
    uint8_t share; /* per cent of the width, for OP_BAR */
    const char *href;
};

struct typeset {
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *fonts[STYLE_COUNT];
    const char *fonts_lang; /* the language that they are for */
    VEC(struct used_font {
        cairo_scaled_font_t *font;
        uint16_t space; /* its glyph of a blank */
    })
    used;
    struct arena *arena;
    size_t unknown, characters;
    uint32_t first_unknown;
    struct lines out;

    /* Of the paragraph being set. */
    const struct text_setting *how;
    struct buf text;
    VEC(struct span) spans;
    VEC(PangoAttribute *) attrs; /* by where they start */
    size_t first_attr;           /* of those that have not ended before the piece */
    size_t piece;                /* of the text: where what Pango has of it starts */
    VEC(struct run_glyph) glyphs;
    VEC(struct run_cluster) clusters;
    struct buf copied;
};

/* Pango takes a time that grows with the square of a paragraph, so that one that is
 * longer is set in pieces. */
enum { PIECE_MAX = 8192 };

/* Where in the nesting of inline elements. */
struct look {
    bool bold, italic;
    enum pdf_style style;
    struct span span;
    const char *lang;
};

static double points(int units) {
    return (double)units / PANGO_SCALE;
}

/* ---- fonts */

/* Metrics as designed, not rounded to pixels. */
static void set_options(PangoContext *context) {
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, o);
    cairo_font_options_destroy(o);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

static bool no_fonts(PangoFontMap *map) {
    PangoFontFamily **families = NULL;
    int n = 0;
    pango_font_map_list_families(map, &families, &n);
    g_free(families);
    return n == 0;
}

struct typeset *typeset_new(struct arena *arena, struct err *err) {
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!map || no_fonts(map)) {
        if (map)
            g_object_unref(map);
        err_set(err, "there are no fonts for a PDF");
        err_todo(err, "install some (Debian: fonts-noto-core, fonts-wqy-microhei)");
        return NULL;
    }
    struct typeset *t = mem_zalloc(sizeof *t);
    t->arena = arena;
    t->map = map;
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    t->context = pango_font_map_create_context(map);
    set_options(t->context);
    t->layout = pango_layout_new(t->context);
    pango_layout_set_wrap(t->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(t->layout, TRUE);
    t->text = t->copied = (struct buf)BUF_INIT;
    return t;
}

static void free_fonts(struct typeset *t) {
    for (int i = 0; i < STYLE_COUNT; i++) {
        if (t->fonts[i])
            pango_font_description_free(t->fonts[i]);
        t->fonts[i] = NULL;
    }
}

void typeset_free(struct typeset *t) {
    if (!t)
        return;
    for (size_t i = 0; i < t->used.n; i++)
        cairo_scaled_font_destroy(t->used.v[i].font);
    free_fonts(t);
    g_object_unref(t->layout);
    g_object_unref(t->context);
    g_object_unref(t->map);
    vec_release(&t->used);
    vec_release(&t->spans);
    vec_release(&t->attrs);
    vec_release(&t->glyphs);
    vec_release(&t->clusters);
    vec_release(&t->out.ops);
    vec_release(&t->out.v);
    buf_release(&t->text);
    buf_release(&t->copied);
    mem_free(t);
}

static PangoFontDescription *new_font(enum pdf_style s, const char *lang) {
    const struct style *st = &styles[s];
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, style_families(s, lang));
    pango_font_description_set_size(d, (gint)lround((double)st->size * PANGO_SCALE));
    pango_font_description_set_weight(d,
                                      st->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(
        d, st->italic && style_slants(lang) ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return d;
}

static const PangoFontDescription *font_of(struct typeset *t, enum pdf_style s) {
    if (!t->fonts[s])
        t->fonts[s] = new_font(s, t->fonts_lang);
    return t->fonts[s];
}

static void set_lang(struct typeset *t, const char *lang) {
    if (t->fonts_lang && strcmp(t->fonts_lang, lang) == 0)
        return;
    free_fonts(t);
    t->fonts_lang = lang;
    pango_context_set_language(t->context, pango_language_from_string(lang));
    pango_layout_context_changed(t->layout);
}

/* Fonts are kept for the drawing; there are few. */
static const struct used_font *use_font(struct typeset *t, PangoFont *font) {
    cairo_scaled_font_t *f = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    for (size_t i = 0; i < t->used.n; i++)
        if (t->used.v[i].font == f)
            return &t->used.v[i];
    hb_codepoint_t space = 0;
    hb_font_get_nominal_glyph(pango_font_get_hb_font(font), ' ', &space);
    struct used_font own = {cairo_scaled_font_reference(f), (uint16_t)space};
    vec_push(&t->used, own);
    return &t->used.v[t->used.n - 1];
}

/* ---- collecting the text */

static void add_attr(struct typeset *t, size_t start, PangoAttribute *a) {
    a->start_index = (guint)start;
    a->end_index = (guint)t->text.len;
    vec_push(&t->attrs, a);
}

static void add_span(struct typeset *t, size_t start, const struct span *s) {
    vec_push(&t->spans, *s);
    size_t n = t->spans.n;
    add_attr(t, start,
             pango_attr_foreground_new((guint16)(n & 0xFFFF), (guint16)(n >> 16), 0));
}

static void add_font_attrs(struct typeset *t, size_t start, const struct look *l) {
    const struct style *st = &styles[t->how->style];
    if (l->style != t->how->style)
        add_attr(t, start, pango_attr_font_desc_new(font_of(t, l->style)));
    if (l->bold && !styles[l->style].bold)
        add_attr(t, start, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
    bool italic = l->italic && style_slants(l->lang);
    if (italic != (styles[l->style].italic && style_slants(t->how->lang)))
        add_attr(t, start,
                 pango_attr_style_new(italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL));
    if (st->tracking > 0)
        add_attr(t, start,
                 pango_attr_letter_spacing_new((int)(st->tracking * PANGO_SCALE)));
    if (strcmp(l->lang, t->how->lang) != 0) {
        add_attr(t, start, pango_attr_language_new(pango_language_from_string(l->lang)));
        add_attr(t, start, pango_attr_family_new(style_families(l->style, l->lang)));
    }
}

static bool is_han(uint32_t c) {
    return c >= 0x2E80 && c < 0xFFF0;
}

/* Chinese among slanted letters stands upright. */
static void set_upright(struct typeset *t, size_t start) {
    size_t used, from = SIZE_MAX;
    for (size_t i = start; i <= t->text.len; i += used) {
        bool han =
            i < t->text.len && is_han(text_decode(t->text.s + i, t->text.len - i, &used));
        if (han && from == SIZE_MAX)
            from = i;
        if (!han && from != SIZE_MAX) {
            PangoAttribute *a = pango_attr_style_new(PANGO_STYLE_NORMAL);
            add_attr(t, from, a);
            a->end_index = (guint)i;
            from = SIZE_MAX;
        }
        if (i == t->text.len)
            break;
    }
}

static bool plain(const struct typeset *t, const struct span *s) {
    return s->colour == styles[t->how->style].colour && !s->underline && !s->strike &&
           !s->href;
}

static void add_string(struct typeset *t, const struct look *l, const char *s,
                       size_t len) {
    size_t start = t->text.len;
    while (start == 0 && len > 0 && *s == ' ') {
        s++;
        len--;
    }
    if (len == 0)
        return;
    buf_add(&t->text, s, len);
    add_font_attrs(t, start, l);
    if (l->italic)
        set_upright(t, start);
    if (!plain(t, &l->span))
        add_span(t, start, &l->span);
}

/* A letter that a shape takes the place of. */
static void add_shape(struct typeset *t, const struct span *s, double width,
                      double height) {
    size_t start = t->text.len;
    PangoRectangle r = {0, (int)(-height * PANGO_SCALE), (int)(width * PANGO_SCALE),
                        (int)(height * PANGO_SCALE)};
    buf_puts(&t->text, "\xEF\xBF\xBC");
    add_attr(t, start, pango_attr_shape_new(&r, &r));
    add_span(t, start, s);
}

/* A span of class bar: its text is a percentage. False where it is none. */
static bool add_bar(struct typeset *t, const struct look *l, const struct xnode *n) {
    struct buf b = BUF_INIT;
    xhtml_text(n, &b);
    char *end;
    long percent = strtol(b.s, &end, 10);
    bool is_number = end != b.s && *end == '\0' && percent >= 0 && percent <= 100;
    buf_release(&b);
    if (!is_number || t->how->width <= 0)
        return false;
    struct span s = l->span;
    s.shape = OP_BAR;
    s.colour = COLOUR_ACCENT;
    s.share = (uint8_t)percent;
    add_shape(t, &s, (double)t->how->width, 0.8 * (double)styles[t->how->style].size);
    return true;
}

static void add_outcome_mark(struct typeset *t, const struct look *l,
                             const struct xnode *n) {
    struct span s = l->span;
    s.shape = xhtml_has_class(n, "agreed") ? OP_DOT : OP_RING;
    add_shape(t, &s, (double)styles[STYLE_OUTCOME].size * 1.05,
              0.64 * (double)styles[STYLE_OUTCOME].size);
}

/* Whose an alternative is, the marks around it, and what does not close. */
static void look_of_bracket(const struct xnode *n, struct look *l) {
    if (xhtml_has_class(n, "owner")) {
        l->style = STYLE_OWNER;
        l->span.colour = COLOUR_WAIT;
    } else if (xhtml_has_class(n, "mark")) {
        l->bold = true;
        l->span.colour = COLOUR_WAIT;
    } else if (xhtml_has_class(n, "broken")) {
        l->span.underline = true;
        l->span.colour = COLOUR_BAD;
    }
}

static struct look look_of(const struct xnode *n, const struct look *outer) {
    struct look l = *outer;
    if (*n->attrs->lang)
        l.lang = n->attrs->lang;
    if (n->element == XHTML_EM)
        l.italic = !l.italic;
    l.bold |=
        n->element == XHTML_STRONG || (n->element == XHTML_EM && !style_slants(l.lang));
    l.span.strike |= n->element == XHTML_DEL;
    l.span.underline |= n->element == XHTML_INS;
    if (n->element == XHTML_A && *n->attrs->href) {
        l.span.href = n->attrs->href;
        if (n->attrs->href[0] != '#')
            l.span.colour = COLOUR_ACCENT;
    }
    if (xhtml_has_class(n, "cite")) {
        l.style = STYLE_CITE;
        l.span.colour = COLOUR_ACCENT;
    } else if (xhtml_has_class(n, "outcome")) {
        l.style = STYLE_OUTCOME;
        l.span.colour = (uint8_t)style_outcome(n);
    } else if (xhtml_has_class(n, "quiet")) {
        l.span.colour = COLOUR_QUIET;
        if (styles[l.style].bold)
            l.style = STYLE_META;
        else
            l.italic = true;
    }
    look_of_bracket(n, &l);
    return l;
}

static void collect(struct typeset *t, const struct xnode *n, const struct look *outer) {
    if (n->element == XHTML_TEXT) {
        add_string(t, outer, n->text, n->len);
        return;
    }
    if (n->element == XHTML_BR) {
        buf_puts(&t->text, "\xE2\x80\xA8");
        return;
    }
    struct look l = look_of(n, outer);
    if (xhtml_has_class(n, "bar") && add_bar(t, &l, n))
        return;
    if (xhtml_has_class(n, "outcome"))
        add_outcome_mark(t, &l, n);
    for (const struct xnode *k = n->child; k; k = k->next)
        collect(t, k, &l);
}

/* ---- from runs of Pango to our own */

/* What is drawn in the place of a glyph of Pango's; false for nothing. The blank at the
 * end of a line is empty to Pango, but who copies the text needs it. */
static bool drawn_glyph(const struct typeset *t, const PangoGlyphItem *item, int i,
                        uint16_t space, uint16_t *out) {
    PangoGlyph g = item->glyphs->glyphs[i].glyph;
    size_t at = t->piece + (size_t)(item->item->offset + item->glyphs->log_clusters[i]);
    *out = (uint16_t)g;
    if (g == PANGO_GLYPH_EMPTY)
        *out = t->text.s[at] == ' ' ? space : 0;
    else if (g & PANGO_GLYPH_UNKNOWN_FLAG)
        *out = 0;
    return g != PANGO_GLYPH_EMPTY || *out;
}

static void count_unknown(struct typeset *t, PangoGlyph g) {
    if (g == PANGO_GLYPH_EMPTY || !(g & PANGO_GLYPH_UNKNOWN_FLAG))
        return;
    if (t->unknown++ == 0)
        t->first_unknown = g & ~PANGO_GLYPH_UNKNOWN_FLAG;
}

/* The glyphs where they are seen, and the width of all. */
static int place_glyphs(struct typeset *t, const PangoGlyphItem *item, uint16_t space) {
    int x = 0;
    t->glyphs.n = 0;
    for (int i = 0; i < item->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &item->glyphs->glyphs[i];
        struct run_glyph out = {
            .x = (float)points(x + info->geometry.x_offset),
            .y = (int16_t)(points(info->geometry.y_offset) * RUN_Y_UNITS)};
        x += info->geometry.width;
        count_unknown(t, info->glyph);
        if (drawn_glyph(t, item, i, space, &out.glyph))
            vec_push(&t->glyphs, out);
    }
    return x;
}

static size_t drawn_glyphs(const struct typeset *t, const PangoGlyphItemIter *at,
                           uint16_t space) {
    int first = at->start_glyph < at->end_glyph ? at->start_glyph : at->end_glyph + 1;
    int end = at->start_glyph < at->end_glyph ? at->end_glyph : at->start_glyph + 1;
    size_t n = 0;
    uint16_t ignored;
    for (int i = first; i < end; i++)
        n += drawn_glyph(t, at->glyph_item, i, space, &ignored);
    return n;
}

/* Which bytes each glyph stands for; those that nothing is seen of are left out. */
static void pair_text(struct typeset *t, PangoGlyphItem *item, uint16_t space) {
    PangoGlyphItemIter at;
    t->clusters.n = 0;
    buf_clear(&t->copied);
    const char *text = t->text.s + t->piece;
    for (gboolean more = pango_glyph_item_iter_init_start(&at, item, text); more;
         more = pango_glyph_item_iter_next_cluster(&at)) {
        size_t bytes = (size_t)(at.end_index - at.start_index);
        size_t glyphs = drawn_glyphs(t, &at, space);
        if (glyphs == 0)
            continue;
        bytes = bytes > UINT8_MAX ? UINT8_MAX : bytes;
        struct run_cluster c = {(uint8_t)bytes, (uint8_t)glyphs};
        buf_add(&t->copied, text + at.start_index, bytes);
        vec_push(&t->clusters, c);
    }
}

static void *keep(struct arena *a, const void *v, size_t size) {
    return size ? memcpy(arena_alloc(a, size), v, size) : NULL;
}

static const struct run *new_run(struct typeset *t, const PangoItem *item,
                                 cairo_scaled_font_t *font) {
    struct run *r = arena_zalloc(t->arena, sizeof *r);
    r->font = font;
    r->n_glyphs = (uint32_t)t->glyphs.n;
    r->n_clusters = (uint32_t)t->clusters.n;
    r->len = (uint32_t)t->copied.len;
    r->glyphs = keep(t->arena, t->glyphs.v, t->glyphs.n * sizeof *t->glyphs.v);
    r->clusters = keep(t->arena, t->clusters.v, t->clusters.n * sizeof *t->clusters.v);
    r->text = keep(t->arena, t->copied.s, t->copied.len);
    r->backward = item->analysis.level % 2 == 1;
    return r;
}

static struct span span_of(const struct typeset *t, const PangoItem *item) {
    for (const GSList *l = item->analysis.extra_attrs; l; l = l->next) {
        const PangoAttribute *a = l->data;
        if (a->klass->type != PANGO_ATTR_FOREGROUND)
            continue;
        const PangoAttrColor *c = l->data;
        size_t n = c->color.red | (size_t)c->color.green << 16;
        if (n > 0 && n <= t->spans.n)
            return t->spans.v[n - 1];
    }
    return (struct span){.colour = styles[t->how->style].colour};
}

static struct op rule(const struct span *s, float x, float y, float w, float h) {
    return (struct op){
        .kind = OP_RULE, .colour = s->colour, .x = x, .y = y, .w = w, .h = h};
}

static void add_shape_op(struct typeset *t, const struct span *s, float x, float width) {
    float size = styles[t->how->style].size;
    struct op op = {.kind = s->shape, .colour = s->colour, .x = x};
    if (s->shape == OP_BAR) {
        op.n = s->share;
        op.w = width;
        op.h = 0.8F * size;
        op.y = -0.75F * size;
    } else {
        op.w = op.h = 0.62F * styles[STYLE_OUTCOME].size;
        op.y = -op.h - 0.05F * size;
    }
    vec_push(&t->out.ops, op);
}

static void add_text_ops(struct typeset *t, const struct span *s, float x, float width,
                         const struct run *run) {
    float size = styles[t->how->style].size;
    bool tag = t->how->tag_inside, link = tag && s->href;
    struct op begin = {.kind = link ? OP_LINK : OP_BEGIN, .leaf = true, .n = 1};
    begin.s = link ? s->href : "Span";
    begin.x = x;
    begin.y = -0.9F * size;
    begin.w = width;
    begin.h = 1.2F * size;
    struct op text = {.kind = OP_TEXT, .colour = s->colour, .x = x, .w = width};
    text.run = run;
    if (tag)
        vec_push(&t->out.ops, begin);
    vec_push(&t->out.ops, text);
    if (s->underline)
        vec_push(&t->out.ops, rule(s, x, 0.13F * size, width, 0.06F * size));
    if (s->strike)
        vec_push(&t->out.ops, rule(s, x, -0.31F * size, width, 0.06F * size));
    if (tag)
        vec_push(&t->out.ops,
                 ((struct op){.kind = link ? OP_LINK_END : OP_END, .s = "Span"}));
}

/* Returns its width. */
static float take_run(struct typeset *t, PangoGlyphItem *item, float x) {
    struct span s = span_of(t, item->item);
    PangoFont *font = item->item->analysis.font;
    struct used_font used = {0};
    if (font)
        used = *use_font(t, font);
    float width = (float)points(place_glyphs(t, item, used.space));
    t->characters += (size_t)item->item->num_chars;
    if (s.shape != OP_TEXT) {
        add_shape_op(t, &s, x, width);
    } else if (t->glyphs.n > 0 && font) {
        pair_text(t, item, used.space);
        add_text_ops(t, &s, x, width, new_run(t, item->item, used.font));
    }
    return width;
}

static float line_start(const struct typeset *t, PangoLayoutLine *l, bool first) {
    if (l->resolved_dir != PANGO_DIRECTION_RTL || t->how->width <= 0)
        return first ? 0 : t->how->indent;
    PangoRectangle r;
    pango_layout_line_get_extents(l, NULL, &r);
    float x = t->how->width - (float)points(r.width);
    return x > 0 ? x : 0;
}

/* Where the text goes on that is not taken: in all pieces but the last, the last line may
 * not be full. */
static size_t take_lines(struct typeset *t, size_t len) {
    bool last = t->piece + len == t->text.len;
    for (GSList *k = pango_layout_get_lines_readonly(t->layout); k; k = k->next) {
        PangoLayoutLine *l = k->data;
        if (!last && !k->next && l->start_index > 0)
            return t->piece + (size_t)l->start_index;
        float x = line_start(t, l, t->out.v.n == 0);
        for (GSList *r = l->runs; r; r = r->next)
            x += take_run(t, r->data, x);
        struct line line = {(uint32_t)t->out.ops.n, x};
        vec_push(&t->out.v, line);
    }
    return t->piece + len;
}

/* ---- one paragraph */

static struct look begin(struct typeset *t, const struct text_setting *how) {
    t->how = how;
    set_lang(t, how->lang);
    buf_clear(&t->text);
    t->spans.n = 0;
    t->out.ops.n = 0;
    t->out.v.n = 0;
    t->attrs.n = 0;
    t->first_attr = 0;
    t->piece = 0;
    return (struct look){.italic = styles[how->style].italic,
                         .style = how->style,
                         .span = {.colour = styles[how->style].colour},
                         .lang = how->lang};
}

static void set_attrs(struct typeset *t, size_t len) {
    PangoAttrList *list = pango_attr_list_new();
    size_t from = t->piece, to = from + len;
    /* A long address is cut without a sign. A ligature would be an ActualText in the
     * file, which breaks the text of a tag for some readers. */
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0"));
    while (t->first_attr < t->attrs.n && t->attrs.v[t->first_attr]->end_index <= from)
        t->first_attr++;
    for (size_t i = t->first_attr; i < t->attrs.n; i++) {
        const PangoAttribute *a = t->attrs.v[i];
        if (a->start_index >= to)
            break;
        if (a->end_index <= from)
            continue;
        PangoAttribute *own = pango_attribute_copy(a);
        own->start_index = a->start_index > from ? (guint)(a->start_index - from) : 0;
        own->end_index = (guint)((a->end_index < to ? a->end_index : to) - from);
        pango_attr_list_insert(list, own);
    }
    pango_layout_set_attributes(t->layout, list);
    pango_attr_list_unref(list);
}

static void set_shape(struct typeset *t) {
    const struct text_setting *how = t->how;
    bool first = t->out.v.n == 0;
    float width = first ? how->width : how->width - how->indent;
    float indent = first ? how->indent : 0;
    pango_layout_set_width(t->layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
    pango_layout_set_indent(t->layout, -(int)(indent * PANGO_SCALE));
}

/* The length of the piece of text to set, which ends between characters. */
static size_t piece_len(const struct typeset *t) {
    size_t len = t->text.len - t->piece;
    if (len <= PIECE_MAX || t->how->width <= 0 || t->how->ellipsis)
        return len;
    len = PIECE_MAX;
    while (((unsigned char)t->text.s[t->piece + len] & 0xC0) == 0x80)
        len--;
    return len;
}

static const struct lines *finish(struct typeset *t) {
    pango_layout_set_font_description(t->layout, font_of(t, t->how->style));
    pango_layout_set_ellipsize(t->layout, t->how->ellipsis ? PANGO_ELLIPSIZE_END
                                                           : PANGO_ELLIPSIZE_NONE);
    do {
        size_t len = piece_len(t);
        set_shape(t);
        set_attrs(t, len);
        pango_layout_set_text(t->layout, t->text.s + t->piece, (int)len);
        t->piece = take_lines(t, len);
    } while (t->piece < t->text.len);
    for (size_t i = 0; i < t->attrs.n; i++)
        pango_attribute_destroy(t->attrs.v[i]);
    t->attrs.n = 0;
    return &t->out;
}

const struct lines *typeset_nodes(struct typeset *t, const struct text_setting *how,
                                  const struct xnode *first) {
    struct look l = begin(t, how);
    for (; first; first = first->next)
        collect(t, first, &l);
    return finish(t);
}

const struct lines *typeset_node(struct typeset *t, const struct text_setting *how,
                                 const struct xnode *n) {
    struct look l = begin(t, how);
    collect(t, n, &l);
    if (how->blank)
        buf_putc(&t->text, ' ');
    return finish(t);
}

const struct lines *typeset_string(struct typeset *t, const struct text_setting *how,
                                   const char *s, size_t len) {
    struct look l = begin(t, how);
    add_string(t, &l, s, len);
    return finish(t);
}

float lines_width(const struct lines *l) {
    float w = 0;
    for (size_t i = 0; i < l->v.n; i++)
        if (l->v.v[i].width > w)
            w = l->v.v[i].width;
    return w;
}

size_t typeset_unknown(const struct typeset *t, uint32_t *first) {
    *first = t->first_unknown;
    return t->unknown;
}

size_t typeset_characters(const struct typeset *t) {
    return t->characters;
}
