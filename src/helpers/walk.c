#include "walk.h"

#include "base/text.h"
#include "base/vec.h"

#include <string.h>

enum {
    NAME_COLUMNS = 18, /* a longer name of a record stands in a line of its own */
    BAR_CELLS = 50,    /* each narrow, as the style has it: 2% */
};

struct walk {
    const struct walk_ops *ops;
    void *out;
    struct anchors *anchors;
    const char *lang;          /* of the document */
    VEC(const char *) pending; /* anchors for the next paragraph */
    const struct xnode *name;  /* of a record: stands before the next paragraph */
    enum para_kind kind;       /* of the open paragraph */
    unsigned shift;            /* 1 where h1 is the title */
    bool drop_blank;           /* at the start of the next text */
    bool in_link;
    bool after_heading; /* nothing stands between */
};

/* Where a block stands. */
struct place {
    enum para_kind body, item, more; /* of a p; of a plain item, first and further */
    const char *lang;
    bool in_record;
};

static const struct place top = {PARA_BODY, PARA_PLAIN_ITEM, PARA_PLAIN_MORE, "", false};
static const struct place in_cell = {PARA_CELL, PARA_CELL, PARA_CELL, "", false};
static const struct place in_number = {PARA_CELL_NUMBER, PARA_CELL_NUMBER,
                                       PARA_CELL_NUMBER, "", false};
static const struct place in_fact = {PARA_FACT, PARA_FACT, PARA_FACT, "", false};
static const struct place in_record = {PARA_RECORD_TEXT, PARA_RECORD_ITEM,
                                       PARA_RECORD_MORE, "", true};

static struct place inside(struct place where, const char *lang) {
    where.lang = lang;
    return where;
}

static const char *lang_of(const struct xnode *n, const char *outer) {
    return *n->attrs->lang ? n->attrs->lang : outer;
}

static bool is(const struct xnode *n, const char *class) {
    return n->element != XHTML_TEXT && xhtml_has_class(n, class);
}

/* ---- inline */

static void inlines(struct walk *w, const struct xnode *n);

static enum span_kind outcome_kind(const struct xnode *n) {
    static const struct {
        const char *class;
        enum span_kind kind;
    } kinds[] = {{"agreed", SPAN_REACHED},    {"agreed-ad-referendum", SPAN_REACHED},
                 {"answered", SPAN_REACHED},  {"under-discussion", SPAN_PENDING},
                 {"deferred", SPAN_PENDING},  {"no-agreement", SPAN_DISPUTED},
                 {"bracketed", SPAN_DISPUTED}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is(n, kinds[i].class))
            return kinds[i].kind;
    return SPAN_OUTCOME;
}

static enum span_kind span_kind(const struct walk *w, const struct xnode *n) {
    switch (n->element) {
    case XHTML_DEL:
        return SPAN_DEL;
    case XHTML_INS:
        return SPAN_INS;
    default:
        break;
    }
    if (*n->attrs->classes) {
        if (is(n, "cite"))
            return SPAN_CITE;
        if (is(n, "label"))
            return SPAN_LABEL;
        if (is(n, "quiet"))
            return SPAN_QUIET;
        if (is(n, "bracket"))
            return SPAN_BRACKET;
        if (is(n, "owner"))
            return SPAN_OWNER;
        if (is(n, "outcome"))
            return outcome_kind(n);
    }
    if (n->element == XHTML_EM)
        return w->kind == PARA_STATEMENT ? SPAN_UPRIGHT : SPAN_EM;
    return n->element == XHTML_STRONG ? SPAN_STRONG : SPAN_NONE;
}

static void bar_part(struct walk *w, enum span_kind kind, const char *cell, int n) {
    struct buf b = BUF_INIT;
    for (int i = 0; i < n; i++)
        buf_puts(&b, cell);
    if (n > 0) {
        w->ops->span_open(w->out, kind, "");
        w->ops->text(w->out, b.s, b.len);
        w->ops->span_close(w->out);
    }
    buf_release(&b);
}

static void bar(struct walk *w, int percent) {
    int full = (percent * BAR_CELLS + 50) / 100;
    bar_part(w, SPAN_BAR, "█", full);
    bar_part(w, SPAN_BAR_REST, "░", BAR_CELLS - full);
}

static void text(struct walk *w, const struct xnode *n) {
    bool skip = w->drop_blank && n->len > 0 && n->text[0] == ' ';
    w->drop_blank = false;
    if (n->len > skip)
        w->ops->text(w->out, n->text + skip, n->len - skip);
}

/* A link in a link, or to nowhere, is its text. */
static void link(struct walk *w, const struct xnode *n) {
    const char *href = n->attrs->href;
    const char *anchor = *href == '#' ? anchors_name(w->anchors, href + 1) : NULL;
    bool leads = !w->in_link && *href && (*href != '#' || anchor);
    if (leads) {
        w->ops->link_open(w->out, anchor ? NULL : href, anchor);
        w->in_link = true;
    }
    inlines(w, n);
    if (leads) {
        w->ops->link_close(w->out);
        w->in_link = false;
    }
}

static void anchor(struct walk *w, const struct xnode *n) {
    const char *name = anchors_place(w->anchors, n->attrs->id);
    if (name)
        w->ops->anchor(w->out, name);
}

static void span(struct walk *w, const struct xnode *n) {
    int percent = xhtml_bar(n);
    if (percent >= 0) {
        bar(w, percent);
        return;
    }
    enum span_kind kind = span_kind(w, n);
    bool plain = kind == SPAN_NONE && !*n->attrs->lang;
    if (!plain)
        w->ops->span_open(w->out, kind, n->attrs->lang);
    if (n->element == XHTML_A)
        link(w, n);
    else
        inlines(w, n);
    if (!plain)
        w->ops->span_close(w->out);
}

static void inline_node(struct walk *w, const struct xnode *n) {
    if (n->element == XHTML_TEXT) {
        text(w, n);
    } else if (n->element == XHTML_BR) {
        w->drop_blank = false;
        w->ops->line_break(w->out);
    } else {
        anchor(w, n);
        span(w, n);
    }
}

static void inlines(struct walk *w, const struct xnode *n) {
    for (const struct xnode *k = n->child; k; k = k->next)
        inline_node(w, k);
}

/* ---- paragraphs */

static bool cited(const struct xnode *n) {
    return n->child && is(n->child, "cite");
}

static bool heading(const struct xnode *n) {
    return n->element >= XHTML_H1 && n->element <= XHTML_H4;
}

/* The text of a paragraph hangs beside its citation; that of a heading has a wide blank,
 * since a tab would go to the table of contents. */
static void hang_text(struct walk *w, const struct xnode *n) {
    inline_node(w, n->child);
    if (n->child->next && heading(n))
        w->ops->text(w->out, "\u2003", 3);
    else if (n->child->next)
        w->ops->tab(w->out);
    w->drop_blank = true;
    for (const struct xnode *k = n->child->next; k; k = k->next)
        inline_node(w, k);
    w->drop_blank = false;
}

static void place_anchors(struct walk *w, const struct xnode *n) {
    for (size_t i = 0; i < w->pending.n; i++)
        w->ops->anchor(w->out, w->pending.v[i]);
    w->pending.n = 0;
    anchor(w, n);
}

/* For an element that has no paragraph of its own. */
static void pend_anchor(struct walk *w, const struct xnode *n) {
    const char *name = anchors_place(w->anchors, n->attrs->id);
    if (name)
        vec_push(&w->pending, name);
}

static bool ruled(const struct xnode *n) {
    return n && n->element == XHTML_HR && is(n, "ruled");
}

static bool begins_anew(const struct xnode *n) {
    while (n && xhtml_role(n) == ROLE_FLOW)
        n = n->child;
    return n && (n->element == XHTML_TABLE || heading(n));
}

/* Together stay a text and the lines to write on, a heading with the remark on what is
 * below it, and what is said of an issue with the first of its record. */
static bool keeps(const struct walk *w, const struct xnode *n, enum para_kind kind) {
    const struct xnode *next = n->next;
    if (!next || (kind != PARA_RULED && n->element != XHTML_P))
        return false;
    return ruled(next) || (w->after_heading && begins_anew(next)) ||
           (kind == PARA_REMARK && is(next, "record"));
}

static void open_paragraph(struct walk *w, const struct xnode *n, enum para_kind kind,
                           const char *lang) {
    struct para p = {kind, strcmp(lang, w->lang) == 0 ? "" : lang, keeps(w, n, kind)};
    w->kind = kind;
    w->after_heading = heading(n);
    w->ops->para_open(w->out, &p);
    place_anchors(w, n);
}

static void put_name(struct walk *w) {
    w->ops->span_open(w->out, SPAN_RECORD_NAME, w->name->attrs->lang);
    anchor(w, w->name);
    inlines(w, w->name);
    w->ops->span_close(w->out);
    w->ops->tab(w->out);
    w->name = NULL;
}

static void paragraph(struct walk *w, const struct xnode *n, enum para_kind kind,
                      const struct place *where) {
    bool named = w->name && (kind == PARA_RECORD_TEXT || kind == PARA_RECORD_ITEM);
    if (named)
        kind = kind == PARA_RECORD_TEXT ? PARA_RECORD : PARA_RECORD_FIRST_ITEM;
    open_paragraph(w, n, kind, lang_of(n, where->lang));
    if (named)
        put_name(w);
    if (kind == PARA_BRIEF || (heading(n) && cited(n)))
        hang_text(w, n);
    else
        inlines(w, n);
    w->ops->para_close(w->out);
}

static void empty_paragraph(struct walk *w, const struct xnode *n, enum para_kind kind) {
    open_paragraph(w, n, kind, "");
    w->ops->para_close(w->out);
}

static enum para_kind heading_kind(const struct walk *w, const struct xnode *n) {
    unsigned level = n->element - XHTML_H1 + 1u - w->shift;
    return level == 0 ? PARA_TITLE : (enum para_kind)(PARA_HEADING_1 + level - 1);
}

static enum para_kind p_kind(const struct xnode *n, const struct place *where) {
    static const struct {
        const char *class;
        enum para_kind kind;
    } kinds[] = {{"genre", PARA_GENRE},         {"subtitle", PARA_SUBTITLE},
                 {"statement", PARA_STATEMENT}, {"question", PARA_QUESTION},
                 {"meta", PARA_REMARK},         {"closing", PARA_CLOSING},
                 {"warning", PARA_WARNING}};
    if (where->body == PARA_BODY && cited(n))
        return PARA_BRIEF;
    if (where->body == PARA_BODY && *n->attrs->classes)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (is(n, kinds[i].class))
                return kinds[i].kind;
    return where->body;
}

/* ---- blocks */

static void block(struct walk *w, const struct xnode *n, const struct place *where);

static void blocks(struct walk *w, const struct xnode *n, const struct place *where) {
    pend_anchor(w, n);
    for (const struct xnode *k = n->child; k; k = k->next)
        block(w, k, where);
}

/* ---- lists */

/* What follows the first paragraph of an item stands below it. */
static void item(struct walk *w, const struct xnode *li, struct place first,
                 struct place more) {
    const struct xnode *k = li->child;
    pend_anchor(w, li);
    first.lang = more.lang = lang_of(li, first.lang);
    if (k)
        block(w, k, &first);
    for (k = k ? k->next : NULL; k; k = k->next)
        block(w, k, &more);
}

static void plain_list(struct walk *w, const struct xnode *n, const struct place *where) {
    struct place first = *where, more = *where;
    first.body = where->item;
    more.body = where->more;
    for (const struct xnode *li = n->child; li; li = li->next)
        item(w, li, first, more);
}

static enum para_kind item_kind(const struct xnode *list, const struct place *where) {
    if (where->in_record)
        return PARA_RECORD_LIST_ITEM;
    if (list->element == XHTML_UL)
        return PARA_BULLET;
    return is(list, "questions") ? PARA_NUMBERED_QUESTION : PARA_NUMBER;
}

static void list(struct walk *w, const struct xnode *n, const struct place *where) {
    struct place first = *where, more = *where;
    struct list_shape shape = {n->element == XHTML_OL, where->in_record,
                               n->attrs->number};
    first.body = item_kind(n, where);
    more.body = where->in_record ? PARA_RECORD_LIST_MORE : PARA_ITEM_MORE;
    first.item = more.item = first.more = more.more = more.body;
    w->ops->list_open(w->out, &shape);
    for (const struct xnode *li = n->child; li; li = li->next) {
        w->ops->item_open(w->out);
        item(w, li, first, more);
        w->ops->item_close(w->out);
    }
    w->ops->list_close(w->out);
}

/* ---- tables */

static void cell_in(struct walk *w, const struct xnode *n, const struct place *where,
                    bool head) {
    bool figure = is(n, "number");
    struct place here = inside(figure ? in_number : *where, lang_of(n, where->lang));
    if (xhtml_role(n) == ROLE_PHRASE)
        paragraph(w, n,
                  !head    ? here.body
                  : figure ? PARA_CELL_NUMBER_HEADING
                           : PARA_CELL_HEADING,
                  &here);
    else
        blocks(w, n, &here);
}

static void pad_row(struct walk *w, unsigned at, unsigned n) {
    for (; at < n; at++) {
        struct cell c = {at, 1, false};
        w->ops->cell_open(w->out, &c);
        w->ops->cell_close(w->out);
    }
}

/* What is over the last column goes into the cell of that. */
static void row(struct walk *w, const struct xnode *tr, unsigned n,
                const struct place *where, bool head) {
    struct place here = inside(*where, lang_of(tr, where->lang));
    unsigned at = 0;
    pend_anchor(w, tr);
    w->ops->row_open(w->out, head);
    for (const struct xnode *k = tr->child; k; k = k->next) {
        unsigned span = k->attrs->number < n - at ? k->attrs->number : n - at;
        struct cell c = {at, span, k->element == XHTML_TH};
        if (span > 0)
            w->ops->cell_open(w->out, &c);
        cell_in(w, k, &here, k->element == XHTML_TH);
        at += span;
        if (at < n || !k->next)
            w->ops->cell_close(w->out);
    }
    pad_row(w, at, n);
    w->ops->row_close(w->out);
}

static bool has_row(const struct xnode *table) {
    for (const struct xnode *part = table->child; part; part = part->next)
        if (part->child)
            return true;
    return false;
}

static void table(struct walk *w, const struct xnode *n, const struct place *where) {
    if (!has_row(n))
        return;
    struct table t = {.look = TABLE_GRID};
    struct place here = inside(in_cell, lang_of(n, where->lang));
    t.n = columns_measure(n, t.share);
    w->ops->table_open(w->out, &t);
    for (const struct xnode *part = n->child; part; part = part->next)
        for (const struct xnode *tr = part->child; tr; tr = tr->next)
            row(w, tr, t.n, &here, part == n->child && part->element == XHTML_THEAD);
    w->ops->table_close(w->out);
}

/* A term and what follows it is a row. */
static const struct xnode *fact(struct walk *w, const struct xnode *n,
                                const struct place *where) {
    struct cell name = {0, 1, true}, text_cell = {1, 1, false};
    w->ops->row_open(w->out, false);
    w->ops->cell_open(w->out, &name);
    if (n->element == XHTML_DT) {
        paragraph(w, n, PARA_FACT_NAME, where);
        n = n->next;
    }
    w->ops->cell_close(w->out);
    w->ops->cell_open(w->out, &text_cell);
    for (; n && n->element == XHTML_DD; n = n->next)
        cell_in(w, n, where, false);
    w->ops->cell_close(w->out);
    w->ops->row_close(w->out);
    return n;
}

static void facts(struct walk *w, const struct xnode *n, const struct place *where) {
    if (!n->child)
        return;
    struct table t = {.look = TABLE_FACTS};
    struct place here = inside(in_fact, lang_of(n, where->lang));
    t.n = columns_measure(n, t.share);
    w->ops->table_open(w->out, &t);
    for (const struct xnode *k = n->child; k;)
        k = fact(w, k, &here);
    w->ops->table_close(w->out);
}

/* ---- definitions */

/* Whether its text can stand in the line of its name. */
static bool begins_with_text(const struct xnode *dd) {
    const struct xnode *k = dd && dd->element == XHTML_DD ? dd->child : NULL;
    if (k && k->element == XHTML_UL && is(k, "plain"))
        k = k->child ? k->child->child : NULL;
    return k && k->element == XHTML_P;
}

static bool short_name(const struct xnode *dt) {
    struct buf text = BUF_INIT;
    xhtml_text(dt, &text);
    bool ok = text_columns(text.s, text.len) <= NAME_COLUMNS && !strchr(text.s, '\n');
    buf_release(&text);
    return ok;
}

static void name_alone(struct walk *w, const struct xnode *dt,
                       const struct place *where) {
    open_paragraph(w, dt, PARA_RECORD_HEADING, lang_of(dt, where->lang));
    w->ops->span_open(w->out, SPAN_RECORD_NAME, "");
    inlines(w, dt);
    w->ops->span_close(w->out);
    w->ops->para_close(w->out);
}

static void record(struct walk *w, const struct xnode *n, const struct place *where) {
    struct place here = inside(in_record, lang_of(n, where->lang));
    for (const struct xnode *k = n->child; k; k = k->next) {
        struct place there = inside(here, lang_of(k, here.lang));
        if (k->element == XHTML_DD)
            blocks(w, k, &there);
        else if (begins_with_text(k->next) && short_name(k))
            w->name = k;
        else
            name_alone(w, k, &here);
    }
}

static void definitions(struct walk *w, const struct xnode *n,
                        const struct place *where) {
    struct place here = inside(*where, lang_of(n, where->lang));
    here.body = PARA_DEFINITION;
    for (const struct xnode *k = n->child; k; k = k->next) {
        struct place there = inside(here, lang_of(k, here.lang));
        if (k->element == XHTML_DT)
            paragraph(w, k, PARA_TERM, &here);
        else
            blocks(w, k, &there);
    }
}

/* ---- all blocks */

static void group(struct walk *w, const struct xnode *n, const struct place *where) {
    if (n->element == XHTML_UL && is(n, "plain"))
        plain_list(w, n, where);
    else if (xhtml_role(n) == ROLE_LIST)
        list(w, n, where);
    else if (n->element == XHTML_TABLE)
        table(w, n, where);
    else if (is(n, "facts"))
        facts(w, n, where);
    else if (is(n, "record"))
        record(w, n, where);
    else
        definitions(w, n, where);
}

static void block(struct walk *w, const struct xnode *n, const struct place *where) {
    struct place here = inside(*where, lang_of(n, where->lang));
    enum xhtml_role role = xhtml_role(n);
    if (n->element == XHTML_HR) {
        empty_paragraph(w, n, ruled(n) ? PARA_RULED : PARA_RULE);
    } else if (heading(n)) {
        paragraph(w, n, heading_kind(w, n), &here);
    } else if (role == ROLE_PHRASE) {
        paragraph(w, n, p_kind(n, &here), &here);
    } else if (role == ROLE_FLOW) {
        if (n->element == XHTML_BLOCKQUOTE)
            here.body = PARA_QUOTE;
        blocks(w, n, &here);
    } else {
        pend_anchor(w, n);
        group(w, n, &here);
    }
}

/* The first heading, and how many h1 there are. */
static void find_headings(const struct xnode *n, const struct xnode **first,
                          unsigned *h1) {
    if (n->element == XHTML_TEXT)
        return;
    if (heading(n) && !*first)
        *first = n;
    *h1 += n->element == XHTML_H1;
    for (const struct xnode *k = n->child; k; k = k->next)
        find_headings(k, first, h1);
}

void walk(const struct xhtml *x, const struct walk_ops *ops, void *out) {
    struct walk w = {.ops = ops, .out = out, .anchors = anchors_new(x), .lang = x->lang};
    const struct xnode *first = NULL;
    unsigned h1 = 0;
    find_headings(x->body, &first, &h1);
    w.shift = h1 == 1 && first->element == XHTML_H1;
    struct place here = inside(top, lang_of(x->body, x->lang));
    blocks(&w, x->body, &here);
    if (w.pending.n > 0 || !x->body->child)
        empty_paragraph(&w, x->body, PARA_BODY);
    vec_release(&w.pending);
    anchors_free(w.anchors);
}
