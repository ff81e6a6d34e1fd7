#include "format_text.h"

#include "format.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    CITE_COLUMNS = 6, /* where the text beside a citation starts, at least: "A(b)  " */
    TERM_COLUMNS = 13,
    SIDE_BY_SIDE = 44, /* less room than this: a definition goes below its term */
    HANG_MIN = 40,
    QUOTE_INDENT = 4,
    STEP = 2,
};

/* ---- lines */

size_t page_room(const struct page *p) {
    return p->width - p->indent;
}

void page_gap(struct page *p, unsigned lines) {
    if (p->gap < lines)
        p->gap = lines;
}

/* In a finished line a no-break space is a space, and so on: wrapping is done, and plain
 * text is searched and copied. */
static void add_plain(struct buf *out, const char *s, size_t len) {
    static const struct {
        const char *from, *to;
    } plain[] = {{"\u00a0", " "}, {"\u202f", " "}, {"\u2011", "-"}};
    size_t done = 0;
    for (size_t i = 0; i + 1 < len; i++) {
        if (s[i] != '\xc2' && s[i] != '\xe2')
            continue;
        for (size_t k = 0; k < sizeof plain / sizeof *plain; k++) {
            size_t n = strlen(plain[k].from);
            if (n > len - i || memcmp(s + i, plain[k].from, n) != 0)
                continue;
            buf_add(out, s + done, i - done);
            buf_puts(out, plain[k].to);
            done = i + n;
        }
    }
    buf_add(out, s + done, len - done);
}

void page_line(struct page *p, const char *s, size_t len) {
    if (p->started)
        buf_fill(p->out, '\n', p->gap);
    p->gap = 0;
    p->started = true;
    if (p->head.len)
        buf_add(p->out, p->head.s, p->head.len);
    else if (len)
        buf_fill(p->out, ' ', p->indent);
    buf_clear(&p->head);
    add_plain(p->out, s, len);
    while (p->out->len && p->out->s[p->out->len - 1] == ' ')
        buf_cut(p->out, p->out->len - 1);
    buf_putc(p->out, '\n');
}

size_t page_wrap(struct page *p, const char *s, size_t len) {
    struct text_line l;
    size_t widest = 0;
    for (size_t at = 0; text_wrap(s, len, at, page_room(p), &l); at = l.next) {
        page_line(p, s + l.start, l.end - l.start);
        size_t columns = text_columns(s + l.start, l.end - l.start);
        if (columns > widest)
            widest = columns;
    }
    return widest;
}

/* Indents by up to `by` more columns, never past the middle of the page. */
static void indent(struct page *p, size_t by) {
    size_t most = p->width / 2;
    p->indent = p->indent + by <= most ? p->indent + by
                : most > p->indent     ? most
                                       : p->indent;
}

/* Puts a marker before the next line, and indents what follows by its columns. A marker
 * that does not fit stands on a line of its own. */
static void hang(struct page *p, const char *marker, size_t columns) {
    if (!p->head.len)
        buf_fill(&p->head, ' ', p->indent);
    add_plain(&p->head, marker, strlen(marker));
    indent(p, columns);
    size_t used = text_columns(p->head.s, p->head.len);
    if (used <= p->indent)
        buf_fill(&p->head, ' ', p->indent - used);
    else
        page_line(p, "", 0);
}

/* ---- inline */

static void inline_text(const struct xnode *n, struct buf *out);

static void children_text(const struct xnode *first, struct buf *out) {
    for (const struct xnode *k = first; k; k = k->next)
        inline_text(k, out);
}

/* An address is printed unless the text is the address. */
static void link_text(const struct xnode *n, struct buf *out) {
    const char *href = n->attrs->href;
    size_t start = out->len;
    children_text(n->child, out);
    if (*href == '\0' || *href == '#')
        return;
    if (strncasecmp(href, "mailto:", 7) == 0)
        href += 7;
    if (strcmp(out->s + start, href) != 0)
        buf_addf(out, " <%s>", href);
}

static const char full_cell[] = "█", empty_cell[] = "░";

void page_bar(int percent, struct buf *out) {
    int full = (percent * BAR_CELLS + 50) / 100;
    if (percent > 0 && full == 0)
        full = 1;
    for (int i = 0; i < BAR_CELLS; i++)
        buf_puts(out, i < full ? full_cell : empty_cell);
}

bool page_is_bar(const char *s, size_t len) {
    size_t n = strlen(full_cell);
    return len == BAR_CELLS * n &&
           (memcmp(s, full_cell, n) == 0 || memcmp(s, empty_cell, n) == 0);
}

static void inline_text(const struct xnode *n, struct buf *out) {
    int percent = xhtml_bar(n);
    if (percent >= 0) {
        page_bar(percent, out);
        return;
    }
    switch (n->element) {
    case XHTML_TEXT:
        buf_add(out, n->text, n->len);
        break;
    case XHTML_BR:
        buf_putc(out, '\n');
        break;
    case XHTML_A:
        link_text(n, out);
        break;
    case XHTML_DEL:
        buf_puts(out, "[-");
        children_text(n->child, out);
        buf_puts(out, "-]");
        break;
    case XHTML_INS:
        buf_puts(out, "{+");
        children_text(n->child, out);
        buf_puts(out, "+}");
        break;
    default:
        children_text(n->child, out);
    }
}

void page_flatten(const struct xnode *n, struct buf *out) {
    if (xhtml_role(n) == ROLE_PHRASE) {
        if (out->len)
            buf_putc(out, '\n');
        children_text(n->child, out);
        return;
    }
    for (const struct xnode *k = n->child; k; k = k->next)
        page_flatten(k, out);
}

/* ---- blocks */

static void block(struct page *p, const struct xnode *n);
static void flow(struct page *p, const struct xnode *first, bool tight);

/* The citation that a paragraph or a heading begins with, or NULL. */
static const struct xnode *cite_of(const struct page *p, const struct xnode *n) {
    if (!n || xhtml_role(n) != ROLE_PHRASE || page_room(p) < HANG_MIN)
        return NULL;
    return n->child && xhtml_has_class(n->child, "cite") ? n->child : NULL;
}

static size_t cite_columns(const struct xnode *cite) {
    struct buf b = BUF_INIT;
    inline_text(cite, &b);
    size_t columns = text_columns(b.s, b.len) + 2;
    buf_release(&b);
    return columns > CITE_COLUMNS ? columns : CITE_COLUMNS;
}

static void hang_cite(struct page *p, const struct xnode *cite) {
    struct buf b = BUF_INIT;
    inline_text(cite, &b);
    hang(p, b.s, cite_columns(cite));
    buf_release(&b);
}

/* A paragraph or a heading; returns the columns of its widest line. */
static size_t phrase(struct page *p, const struct xnode *n) {
    struct buf b = BUF_INIT;
    size_t was = p->indent;
    const struct xnode *first = n->child, *cite = cite_of(p, n);
    if (cite) {
        hang_cite(p, cite);
        first = cite->next;
    }
    children_text(first, &b);
    size_t skip = cite && b.len && *b.s == ' ' ? 1 : 0;
    size_t widest = 0;
    if (b.len > skip || !cite) /* a citation alone: the next block stands beside it */
        widest = page_wrap(p, b.s + skip, b.len - skip);
    p->indent = was;
    buf_release(&b);
    return widest;
}

static void underlined(struct page *p, const struct xnode *n, char with) {
    struct buf rule = BUF_INIT;
    buf_fill(&rule, with, phrase(p, n));
    page_line(p, rule.s, rule.len);
    buf_release(&rule);
}

static void rule(struct page *p, const struct xnode *n) {
    struct buf b = BUF_INIT;
    buf_fill(&b, xhtml_has_class(n, "ruled") ? '_' : '-', page_room(p));
    page_line(p, b.s, b.len);
    buf_release(&b);
}

static unsigned last_number(const struct xnode *ol) {
    unsigned n = ol->attrs->number;
    for (const struct xnode *k = ol->child; k && k->next; k = k->next)
        n++;
    return n;
}

static void list_item(struct page *p, const struct xnode *li, const char *marker,
                      bool tight) {
    size_t was = p->indent;
    if (*marker) {
        hang(p, marker, text_columns(marker, strlen(marker)));
    } else { /* plain: the lines after the first hang, to tell items apart */
        if (!p->head.len)
            buf_fill(&p->head, ' ', p->indent);
        indent(p, STEP);
    }
    if (li->child)
        flow(p, li->child, tight);
    else
        page_line(p, "", 0);
    p->indent = was;
}

static void list(struct page *p, const struct xnode *n) {
    bool tight = xhtml_tight(n), plain = xhtml_has_class(n, "plain");
    unsigned number = n->attrs->number;
    int digits = snprintf(NULL, 0, "%u", last_number(n));
    for (const struct xnode *li = n->child; li; li = li->next) {
        char marker[32] = "";
        if (n->element == XHTML_OL)
            snprintf(marker, sizeof marker, "%*u. ", digits, number++);
        else if (!plain)
            snprintf(marker, sizeof marker, "• ");
        if (li != n->child)
            page_gap(p, tight ? 0 : 1);
        list_item(p, li, marker, tight);
    }
}

/* The column where definitions start; 0 when they go below their terms. */
static size_t term_columns(const struct page *p, const struct xnode *dl) {
    size_t widest = TERM_COLUMNS - 2;
    struct buf b = BUF_INIT;
    for (const struct xnode *k = dl->child; k; k = k->next) {
        if (k->element != XHTML_DT)
            continue;
        buf_clear(&b);
        children_text(k->child, &b);
        size_t columns = text_columns(b.s, b.len);
        if (columns > widest)
            widest = columns;
    }
    buf_release(&b);
    size_t room = page_room(p);
    return room < SIDE_BY_SIDE || widest + 2 > room / 3 ? 0 : widest + 2;
}

static void term(struct page *p, const struct xnode *dt, size_t columns) {
    if (columns == 0 || !dt->next || dt->next->element == XHTML_DT) {
        phrase(p, dt);
        return;
    }
    struct buf b = BUF_INIT;
    children_text(dt->child, &b);
    hang(p, b.s, columns);
    buf_release(&b);
}

static void pairs(struct page *p, const struct xnode *n) {
    size_t columns = term_columns(p, n), was = p->indent;
    bool tight = true; /* the pair before */
    for (const struct xnode *k = n->child; k; k = k->next) {
        p->indent = was;
        if (k->element == XHTML_DT) {
            bool next = !k->next || xhtml_tight_item(k->next);
            if (k != n->child)
                page_gap(p, tight && next ? 0 : 1);
            term(p, k, columns);
            continue;
        }
        tight = xhtml_tight_item(k);
        indent(p, columns ? columns : STEP);
        flow(p, k->child, tight);
    }
    p->indent = was;
    if (p->head.len) /* a term without a definition, at the end */
        page_line(p, "", 0);
}

/* An issue: what follows its heading hangs beside the citation. */
static void issue(struct page *p, const struct xnode *n) {
    const struct xnode *cite = cite_of(p, n->child);
    size_t was = p->indent;
    if (!cite) {
        flow(p, n->child, false);
        return;
    }
    block(p, n->child);
    indent(p, cite_columns(cite));
    flow(p, n->child->next, false);
    p->indent = was;
}

static void indented(struct page *p, const struct xnode *n, size_t by) {
    size_t was = p->indent;
    indent(p, by);
    flow(p, n->child, false);
    p->indent = was;
}

static void block(struct page *p, const struct xnode *n) {
    switch (n->element) {
    case XHTML_H1:
        underlined(p, n, '=');
        break;
    case XHTML_H2:
        page_gap(p, 2);
        underlined(p, n, '-');
        break;
    case XHTML_UL:
    case XHTML_OL:
        list(p, n);
        break;
    case XHTML_DL:
        pairs(p, n);
        break;
    case XHTML_TABLE:
        page_table(p, n);
        break;
    case XHTML_HR:
        rule(p, n);
        break;
    case XHTML_BLOCKQUOTE:
        indented(p, n, QUOTE_INDENT);
        break;
    default:
        if (xhtml_role(n) == ROLE_PHRASE)
            phrase(p, n);
        else if (xhtml_has_class(n, "issue"))
            issue(p, n);
        else
            flow(p, n->child, false);
    }
}

static void flow(struct page *p, const struct xnode *first, bool tight) {
    for (const struct xnode *k = first; k; k = k->next) {
        if (k != first)
            page_gap(p, tight ? 0 : 1);
        block(p, k);
    }
}

int format_text(const struct xhtml *x, const struct format_options *o, struct buf *out,
                struct err *err) {
    (void)err;
    struct page p = {.out = out, .width = o->width, .head = BUF_INIT};
    if (p.width < FORMAT_WIDTH_MIN)
        p.width = FORMAT_WIDTH_MIN;
    flow(&p, x->body->child, false);
    buf_release(&p.head);
    return 0;
}
