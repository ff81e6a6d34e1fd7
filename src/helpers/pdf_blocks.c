#include "pdf_blocks.h"

#include "base/text.h"

#include <string.h>

static void set_block(const struct setter *s, const struct xnode *n);

static struct setter inside(const struct setter *s, float left) {
    struct setter in = *s;
    in.x += left;
    in.width -= left;
    in.indent = 0;
    if (in.width < CITE_MIN)
        in.width = CITE_MIN;
    return in;
}

/* ---- text */

static bool has_link(const struct xnode *n) {
    if (n->element == XHTML_TEXT)
        return false;
    if (n->element == XHTML_A && *n->attrs->href)
        return true;
    for (const struct xnode *k = n->child; k; k = k->next)
        if (has_link(k))
            return true;
    return false;
}

static bool any_link(const struct xnode *first) {
    for (; first; first = first->next)
        if (has_link(first))
            return true;
    return false;
}

static struct text_setting setting(const struct setter *s, enum pdf_style style) {
    return (struct text_setting){
        .style = style, .lang = s->lang, .width = s->width, .indent = s->indent};
}

/* Beside what comes next, its first line on the same baseline. Returns its height. */
static float hang(const struct setter *s, float x, enum pdf_style style,
                  const struct lines *l) {
    size_t at = 0;
    for (size_t i = 0; i < l->v.n; i++)
        for (; at < l->v.v[i].end; at++) {
            struct op op = l->ops.v[at];
            op.hanging = true;
            op.x += x;
            op.y += (float)i * styles[style].leading;
            galley_wait(s->galley, op);
        }
    return (float)l->v.n * styles[style].leading;
}

/* First and last line are not parted from their neighbours. */
static void keep_lines(struct galley *g, size_t first, enum pdf_style style) {
    const struct style *st = &styles[style];
    size_t n = g->strips.n - first;
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        bool whole = st->keep_whole && n <= LINES_KEPT_MAX;
        g->strips.v[first + i].keep = last ? st->keep_next
                                           : whole || i == 0 || i + 2 == n ||
                                                 (st->keep_next && n <= LINES_KEPT_MAX);
    }
}

static void add_lines(const struct setter *s, enum pdf_style style,
                      const struct lines *l) {
    size_t at = 0;
    for (size_t i = 0; i < l->v.n; i++) {
        float baseline = style_baseline(style);
        galley_strip(s->galley, styles[style].leading, baseline);
        for (; at < l->v.v[i].end; at++) {
            struct op op = l->ops.v[at];
            op.x += s->x;
            op.y += baseline;
            galley_add(s->galley, op);
        }
    }
}

/* Whether the citation fits its column; if so, it waits for the first line. */
static bool hang_cite(const struct setter *s, const struct text_setting *how,
                      const struct xnode *cite) {
    struct text_setting beside = *how;
    beside.width = 0;
    beside.indent = 0;
    beside.blank = true;
    const struct lines *l = typeset_node(s->type, &beside, cite);
    if (lines_width(l) > s->columns->cite)
        return false;
    hang(s, s->x, how->style, l);
    return true;
}

/* The text, beside its citation if there is one. */
static void set_phrase(const struct setter *s, enum pdf_style style, const char *tag,
                       const struct xnode *cite, const struct xnode *first) {
    struct galley *g = s->galley;
    struct setter in = *s;
    size_t from = g->strips.n, begin = g->waiting.n;
    struct text_setting how = setting(s, style);
    how.tag_inside = any_link(first);
    galley_gap(g, s->compact ? 0.6F * styles[style].before : styles[style].before);
    galley_begin(g, tag);
    if (cite && hang_cite(s, &how, cite)) {
        in = inside(s, s->columns->cite);
        how.width = in.width;
        first = cite->next;
    }
    const struct lines *l = typeset_nodes(s->type, &how, first);
    g->waiting.v[begin].leaf = !how.tag_inside;
    g->waiting.v[begin].n = (uint32_t)l->v.n;
    add_lines(&in, style, l);
    galley_end(g, tag);
    keep_lines(g, from, style);
    galley_gap(g, s->compact && style == STYLE_BODY ? GAP_ITEM : styles[style].after);
}

void blocks_set_text(const struct setter *s, enum pdf_style style, const char *tag,
                     const struct xnode *first) {
    set_phrase(s, style, tag, NULL, first);
}

/* ---- headings and paragraphs */

static const char *tag_of(const struct xnode *n) {
    switch (n->element) {
    case XHTML_H1:
        return "H1";
    case XHTML_H2:
        return "H2";
    case XHTML_H3:
        return "H3";
    case XHTML_H4:
        return "H4";
    default:
        return "P";
    }
}

static bool is_heading(const struct xnode *n) {
    return n->element >= XHTML_H1 && n->element <= XHTML_H4;
}

static void add_outline(struct galley *g, const struct xnode *n) {
    struct buf b = BUF_INIT;
    xhtml_text(n, &b);
    for (size_t i = 0; i < b.len; i++)
        if (b.s[i] == '\n')
            b.s[i] = ' ';
    struct op op = {.kind = OP_OUTLINE, .n = (uint32_t)(n->element - XHTML_H1 + 1)};
    op.s = arena_strndup(g->arena, b.s, b.len);
    if (b.len > 0)
        galley_wait(g, op);
    buf_release(&b);
}

/* The citation that a block begins with. */
static const struct xnode *cite_of(const struct xnode *n) {
    const struct xnode *c = n->child;
    return c && !n->bare && xhtml_role(c) == ROLE_INLINE && xhtml_has_class(c, "cite")
               ? c
               : NULL;
}

static void rule_below(const struct setter *s, enum pdf_style style) {
    struct strip *last = galley_last(s->galley);
    struct op op = {.kind = OP_RULE,
                    .colour = styles[style].colour,
                    .x = s->x,
                    .y = last->height + 2.5F,
                    .w = s->width,
                    .h = 1};
    last->height += 3.5F;
    galley_add(s->galley, op);
}

/* A line that is short, and about an issue, stays whole. */
static void keep_brief(struct galley *g, size_t from) {
    if (g->strips.n - from <= LINES_KEPT_MAX)
        galley_keep(g, from, false);
}

static void set_paragraph(const struct setter *s, const struct xnode *n) {
    enum pdf_style style = style_of(n, s->body);
    size_t from = s->galley->strips.n;
    if (!n->child)
        return;
    if (is_heading(n) && !s->inner)
        add_outline(s->galley, n);
    if (xhtml_has_class(n, "closing") && galley_last(s->galley))
        galley_last(s->galley)->keep = true;
    set_phrase(s, style, tag_of(n), cite_of(n), n->child);
    if (n->element == XHTML_H2 && s->galley->strips.n > from)
        rule_below(s, style);
    if (xhtml_has_class(n, "brief"))
        keep_brief(s->galley, from);
}

/* A line to write on stays with what it is below, not with what comes next. */
static void set_hr(const struct setter *s, const struct xnode *n) {
    struct galley *g = s->galley;
    bool ruled = xhtml_has_class(n, "ruled");
    if (galley_last(g))
        galley_last(g)->keep = true;
    galley_gap(g, 24);
    galley_strip(g, 0.6F, 0)->keep = !ruled;
    galley_add(
        g,
        (struct op){
            .kind = OP_RULE, .colour = COLOUR_RULE, .x = s->x, .w = s->width, .h = 0.6F});
    galley_gap(g, ruled ? GAP_RULED : 9);
}

/* ---- sections */

/* What ends a section has nothing to be kept with. */
static void end_section(const struct setter *s) {
    if (galley_last(s->galley))
        galley_last(s->galley)->keep = false;
}

static void set_tagged(const struct setter *s, const struct xnode *n, const char *tag) {
    struct setter in = *s;
    in.compact |= xhtml_has_class(n, "compact");
    galley_begin(s->galley, tag);
    blocks_set(&in, n->child);
    galley_end(s->galley, tag);
    end_section(s);
}

/* Its blocks hang under its heading, whose citation stands at the left. */
static void set_issue(const struct setter *s, const struct xnode *n) {
    struct setter in = inside(s, s->columns->cite);
    galley_begin(s->galley, "Sect");
    for (const struct xnode *k = n->child; k; k = k->next)
        set_block(is_heading(k) ? s : &in, k);
    galley_end(s->galley, "Sect");
    end_section(s);
    galley_gap(s->galley, 12);
}

static void set_quote(const struct setter *s, const struct xnode *n) {
    struct setter in = inside(s, INDENT_QUOTE);
    galley_push_back(s->galley, COLOUR_RULE, s->x, 2);
    set_tagged(&in, n, "BlockQuote");
    galley_pop_back(s->galley);
    galley_gap(s->galley, styles[STYLE_BODY].after);
}

/* ---- lists */

/* What hangs beside nothing gets a line of its own. */
static void fill_empty(const struct setter *s, size_t from) {
    if (s->galley->strips.n == from)
        galley_strip(s->galley, styles[s->body].leading, style_baseline(s->body));
}

static void set_label(const struct setter *s, float x, const char *label, size_t len) {
    struct setter line = *s;
    line.indent = 0;
    struct text_setting how = setting(&line, s->body);
    how.width = 0;
    galley_begin_leaf(s->galley, "Lbl", 1);
    hang(s, x, s->body, typeset_string(s->type, &how, label, len));
    galley_wait(s->galley, (struct op){.kind = OP_END, .s = "Lbl"});
}

/* Without a bullet, the lines after the first stand in a little. */
static void set_plain_item(const struct setter *s, const struct xnode *li) {
    struct setter rest = inside(s, INDENT_PLAIN), first = *s;
    first.indent = INDENT_PLAIN;
    for (const struct xnode *k = li->child; k; k = k->next)
        set_block(k == li->child && k->element == XHTML_P ? &first : &rest, k);
}

/* A short item at the head or the end of a list is not alone on its page. */
static void keep_item(struct galley *g, size_t from, const struct xnode *li,
                      const struct xnode *list) {
    bool at_edge = li == list->child || (li->next && !li->next->next);
    if (at_edge && li->next && g->strips.n - from <= ITEM_LINES_MAX && galley_last(g))
        galley_keep(g, from, true);
}

struct list {
    bool plain, questions, numbered;
    float indent, gap;
    unsigned number;
};

/* The question stands out, not the answer below it. */
static void set_questions(struct setter in, const struct xnode *first) {
    in.body = STYLE_QUESTION;
    for (; first; first = first->next) {
        set_block(&in, first);
        in.body = STYLE_BODY;
    }
}

static void set_item(const struct setter *s, struct list *list, const struct xnode *li) {
    struct setter in = inside(s, list->indent);
    size_t from = s->galley->strips.n;
    galley_begin(s->galley, "LI");
    if (*li->attrs->id)
        galley_wait(s->galley, (struct op){.kind = OP_ID, .s = li->attrs->id});
    if (list->numbered) {
        struct buf b = BUF_INIT;
        buf_addf(&b, "%u.", list->number++);
        set_label(s, s->x, b.s, b.len);
        buf_release(&b);
    } else if (!list->plain) {
        set_label(s, s->x + 3, "•", strlen("•"));
    }
    galley_begin(s->galley, "LBody");
    if (list->plain)
        set_plain_item(s, li);
    else if (list->questions)
        set_questions(in, li->child);
    else
        blocks_set(&in, li->child);
    fill_empty(s, from);
    galley_end(s->galley, "LBody");
    galley_end(s->galley, "LI");
    if (list->questions)
        galley_keep(s->galley, from, false);
    s->galley->gap = list->gap;
}

static void set_list(const struct setter *s, const struct xnode *n) {
    bool numbered = n->element == XHTML_OL;
    struct setter in = *s;
    struct list list = {.plain = !numbered && xhtml_has_class(n, "plain"),
                        .questions = numbered && xhtml_has_class(n, "questions"),
                        .numbered = numbered,
                        .indent = INDENT_BULLET,
                        .gap = GAP_ITEM,
                        .number = n->attrs->number};
    size_t count = list.number;
    for (const struct xnode *k = n->child; k; k = k->next)
        count++;
    for (; numbered && count >= 10; count /= 10)
        list.indent += 6;
    if (list.questions)
        in.body = STYLE_QUESTION;
    galley_begin(s->galley, "L");
    for (const struct xnode *k = n->child; k; k = k->next) {
        size_t from = s->galley->strips.n;
        set_item(&in, &list, k);
        keep_item(s->galley, from, k, n);
    }
    galley_end(s->galley, "L");
    if (list.questions && galley_last(s->galley))
        galley_last(s->galley)->keep = true;
    galley_gap(s->galley, styles[s->body].after);
}

/* ---- definitions */

struct pairs {
    const struct setter *outer;
    float column; /* of the terms; 0: a term has a line of its own */
    float gap;
    bool open;     /* an LI has begun */
    size_t from;   /* its first strip */
    float hanging; /* the height of the term */
};

/* A term of more lines than what is beside it keeps its room. */
static void close_pair(struct pairs *p) {
    struct galley *g = p->outer->galley;
    if (!p->open)
        return;
    fill_empty(p->outer, p->from);
    float height = galley_height(g, p->from);
    float used = 0;
    if (height < p->hanging)
        galley_last(g)->height += p->hanging - height;
    for (size_t i = p->from; i + 1 < g->strips.n && used < p->hanging; i++) {
        used += g->strips.v[i].height;
        if (used < p->hanging)
            g->strips.v[i].keep = true;
    }
    galley_end(g, "LI");
    g->gap = p->gap;
    p->open = false;
}

static void set_term(struct pairs *p, const struct xnode *dt) {
    struct setter in = *p->outer;
    close_pair(p);
    p->open = true;
    p->from = in.galley->strips.n;
    p->hanging = 0;
    galley_begin(in.galley, "LI");
    if (p->column <= 0) {
        set_phrase(&in, STYLE_TERM, "Lbl", NULL, dt->child);
        return;
    }
    in.width = p->column - GAP_COLUMN;
    struct text_setting how = setting(&in, STYLE_TERM);
    how.tag_inside = any_link(dt->child);
    if (how.tag_inside)
        galley_begin(in.galley, "Lbl");
    else
        galley_begin_leaf(in.galley, "Lbl", 1);
    p->hanging = hang(&in, in.x, STYLE_TERM, typeset_nodes(in.type, &how, dt->child));
    galley_wait(in.galley, (struct op){.kind = OP_END, .s = "Lbl"});
}

static void set_definition(struct pairs *p, const struct xnode *dd) {
    struct setter in = inside(p->outer, p->column > 0 ? p->column : (float)INDENT_BULLET);
    size_t from = in.galley->strips.n;
    galley_begin(in.galley, "LBody");
    blocks_set(&in, dd->child);
    fill_empty(p->outer, from);
    galley_end(in.galley, "LBody");
}

static void set_pairs(const struct setter *s, const struct xnode *n, float column,
                      float gap) {
    struct pairs p = {.outer = s, .column = column, .gap = gap};
    galley_begin(s->galley, "L");
    for (const struct xnode *k = n->child; k; k = k->next) {
        struct setter in = *s;
        if (*k->attrs->lang)
            in.lang = k->attrs->lang;
        p.outer = &in;
        if (k->element == XHTML_DT)
            set_term(&p, k);
        else
            set_definition(&p, k);
        p.outer = s;
    }
    close_pair(&p);
    galley_end(s->galley, "L");
}

static void pad(const struct setter *s) {
    s->galley->gap = 0;
    galley_strip(s->galley, PAD_BAND, 0);
}

/* The title block stands on a band. */
static void set_facts(const struct setter *s, const struct xnode *n) {
    struct setter in = inside(s, PAD_BAND);
    in.width -= PAD_BAND;
    size_t from = s->galley->strips.n;
    galley_push_back(s->galley, COLOUR_BAND, s->x, s->width);
    galley_gap(s->galley, styles[STYLE_SUBTITLE].after);
    galley_strip(s->galley, PAD_BAND, 0);
    set_pairs(&in, n, s->columns->facts, 1);
    pad(s);
    galley_pop_back(s->galley);
    if (s->galley->strips.n - from <= 2 * LINES_KEPT_MAX)
        galley_keep(s->galley, from, false);
    galley_gap(s->galley, 14);
}

static void set_definitions(const struct setter *s, const struct xnode *n) {
    if (xhtml_has_class(n, "facts")) {
        set_facts(s, n);
        return;
    }
    bool record = xhtml_has_class(n, "record");
    set_pairs(s, n, record ? s->columns->record : 0, record ? GAP_RECORD : GAP_ITEM);
    galley_gap(s->galley, styles[STYLE_BODY].after);
}

/* ---- any block */

static void set_by_element(const struct setter *s, const struct xnode *n) {
    switch (n->element) {
    case XHTML_SECTION:
        if (xhtml_has_class(n, "issue"))
            set_issue(s, n);
        else
            set_tagged(s, n, "Sect");
        break;
    case XHTML_DIV:
        set_tagged(s, n, "Div");
        break;
    case XHTML_BLOCKQUOTE:
        set_quote(s, n);
        break;
    case XHTML_UL:
    case XHTML_OL:
        set_list(s, n);
        break;
    case XHTML_DL:
        set_definitions(s, n);
        break;
    case XHTML_TABLE:
        table_set(s, n);
        break;
    case XHTML_HR:
        set_hr(s, n);
        break;
    default:
        set_paragraph(s, n);
    }
}

static void set_block(const struct setter *s, const struct xnode *n) {
    struct setter own = *s;
    if (*n->attrs->lang)
        own.lang = n->attrs->lang;
    if (*n->attrs->id)
        galley_wait(s->galley, (struct op){.kind = OP_ID, .s = n->attrs->id});
    set_by_element(&own, n);
}

void blocks_set(const struct setter *s, const struct xnode *first) {
    for (; first; first = first->next)
        set_block(s, first);
}

/* ---- columns */

/* The widest of a kind, by a rough weight of its letters: only that one is measured. */
struct longest {
    const struct xnode *cite, *fact, *term;
    size_t cite_weight, fact_weight, term_weight;
};

static size_t weight(const char *s, size_t len) {
    size_t sum = 0, used;
    for (size_t i = 0; i < len; i += used)
        sum += style_letter_weight(text_decode(s + i, len - i, &used));
    return sum;
}

static void compare(const struct xnode *n, const struct xnode **best, size_t *most) {
    struct buf b = BUF_INIT;
    xhtml_text(n, &b);
    size_t w = weight(b.s, b.len);
    buf_release(&b);
    if (w <= *most)
        return;
    *most = w;
    *best = n;
}

static void look_at(const struct xnode *n, struct longest *l) {
    const struct xnode *c = n->child;
    if (xhtml_role(n) == ROLE_PHRASE) {
        if (c && xhtml_role(c) == ROLE_INLINE && xhtml_has_class(c, "cite"))
            compare(c, &l->cite, &l->cite_weight);
        return;
    }
    bool facts = n->element == XHTML_DL && xhtml_has_class(n, "facts");
    bool record = n->element == XHTML_DL && xhtml_has_class(n, "record");
    for (; c; c = c->next) {
        if (c->element == XHTML_DT && facts)
            compare(c, &l->fact, &l->fact_weight);
        else if (c->element == XHTML_DT && record)
            compare(c, &l->term, &l->term_weight);
        if (xhtml_role(c) != ROLE_VOID)
            look_at(c, l);
    }
}

static float measure(struct typeset *t, enum pdf_style style, const char *lang,
                     const struct xnode *n, float least, float most) {
    struct text_setting how = {.style = style, .lang = lang};
    float w = n ? lines_width(typeset_node(t, &how, n)) * 1.04F + GAP_COLUMN : 0;
    return w < least ? least : w > most ? most : w;
}

void blocks_set_page(struct typeset *t, struct galley *g, const struct xhtml *x,
                     const struct paper *paper) {
    const char *lang = *x->lang ? x->lang : "en";
    struct longest l = {0};
    look_at(x->body, &l);
    struct columns columns = {
        .cite = measure(t, STYLE_CITE, lang, l.cite, CITE_MIN, CITE_MAX),
        .facts = measure(t, STYLE_TERM, lang, l.fact, TERM_MIN, TERM_MAX),
        .record = measure(t, STYLE_TERM, lang, l.term, TERM_MIN, TERM_MAX)};
    struct setter s = {.type = t,
                       .galley = g,
                       .columns = &columns,
                       .width = paper->width - paper->left - paper->right,
                       .body = STYLE_BODY,
                       .lang = lang,
                       .page = paper->height - paper->top - paper->bottom};
    galley_begin(g, "Document");
    blocks_set(&s, x->body->child);
    galley_end(g, "Document");
    galley_finish(g);
}
