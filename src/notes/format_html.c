/*
 * One HTML5 file with its style sheet (html.css), for a screen, a phone and paper. It is
 * well-formed XML too, loads nothing and runs nothing, which its policy says.
 */
#include "format.h"

#include "stock.h"

#include <string.h>

struct html {
    struct buf *out;
    const struct xnode *head; /* the heading row of the table being written */
};

static void add_escaped(struct buf *out, const char *s, size_t len) {
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        const char *as = s[i] == '&'   ? "&amp;"
                         : s[i] == '<' ? "&lt;"
                         : s[i] == '>' ? "&gt;"
                         : s[i] == '"' ? "&quot;"
                                       : NULL;
        if (!as)
            continue;
        buf_add(out, s + done, i - done);
        buf_puts(out, as);
        done = i + 1;
    }
    buf_add(out, s + done, len - done);
}

static void add_attr(struct buf *out, const char *name, const char *value) {
    if (!*value)
        return;
    buf_addf(out, " %s=\"", name);
    add_escaped(out, value, strlen(value));
    buf_putc(out, '"');
}

static void add_attrs(struct html *h, const struct xnode *n) {
    const struct xattrs *a = n->attrs;
    add_attr(h->out, "class", a->classes);
    add_attr(h->out, "id", a->id);
    add_attr(h->out, "lang", a->lang);
    add_attr(h->out, "href", a->href);
    if (a->number != 1)
        buf_addf(h->out, n->element == XHTML_OL ? " start=\"%u\"" : " colspan=\"%u\"",
                 (unsigned)a->number);
}

static void node(struct html *h, const struct xnode *n);

static void children(struct html *h, const struct xnode *n) {
    for (const struct xnode *k = n->child; k; k = k->next)
        node(h, k);
}

/* On a phone a row is a block and each cell bears its heading: see html.css. */
static void row(struct html *h, const struct xnode *tr) {
    buf_puts(h->out, "<tr");
    add_attrs(h, tr);
    buf_puts(h->out, ">");
    const struct xnode *head = h->head != tr ? h->head : NULL;
    const struct xnode *label = head ? head->child : NULL;
    for (const struct xnode *k = tr->child; k; k = k->next) {
        const char *name = xhtml_name(k->element);
        buf_addf(h->out, "<%s", name);
        add_attrs(h, k);
        if (k->element == XHTML_TH)
            buf_addf(h->out, " scope=\"%s\"", tr == h->head ? "col" : "row");
        if (label) {
            struct buf b = BUF_INIT;
            xhtml_text(label, &b);
            add_attr(h->out, "data-label", b.s);
            buf_release(&b);
            label = label->next;
        }
        buf_puts(h->out, ">");
        children(h, k);
        buf_addf(h->out, "</%s>", name);
    }
    buf_puts(h->out, "</tr>\n");
}

static void table(struct html *h, const struct xnode *n) {
    const struct xnode *outer = h->head, *first = n->child;
    h->head = first && first->element == XHTML_THEAD ? first->child : NULL;
    buf_puts(h->out, "<table");
    add_attrs(h, n);
    buf_puts(h->out, ">\n");
    children(h, n);
    buf_puts(h->out, "</table>\n");
    h->head = outer;
}

/* A line of the file for each block, so that a person can read and compare it. */
static bool own_line(const struct xnode *n) {
    enum xhtml_role r = xhtml_role(n);
    return r != ROLE_INLINE && r != ROLE_BREAK && r != ROLE_TEXT;
}

static bool opens_lines(const struct xnode *n) {
    return n->child && own_line(n->child) && !n->child->bare;
}

static void element(struct html *h, const struct xnode *n) {
    const char *name = xhtml_name(n->element);
    buf_addf(h->out, "<%s", name);
    add_attrs(h, n);
    if (xhtml_role(n) == ROLE_VOID || xhtml_role(n) == ROLE_BREAK) {
        buf_puts(h->out, own_line(n) ? "/>\n" : "/>");
        return;
    }
    buf_puts(h->out, opens_lines(n) ? ">\n" : ">");
    children(h, n);
    buf_addf(h->out, own_line(n) ? "</%s>\n" : "</%s>", name);
}

/* The numbers stand beside it: for a reader aloud it has its own. */
static void bar(struct html *h, int percent) {
    buf_addf(h->out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bar\" role=\"img\" "
             "aria-label=\"%d%%\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\">"
             "<title>%d%%</title><rect class=\"all\" width=\"100\" height=\"10\"/>"
             "<rect width=\"%d\" height=\"10\"/></svg>",
             percent, percent, percent);
}

static void node(struct html *h, const struct xnode *n) {
    if (n->element == XHTML_TEXT)
        add_escaped(h->out, n->text, n->len);
    else if (xhtml_bar(n) >= 0)
        bar(h, xhtml_bar(n));
    else if (n->bare)
        children(h, n);
    else if (n->element == XHTML_TABLE)
        table(h, n);
    else if (n->element == XHTML_TR)
        row(h, n);
    else
        element(h, n);
}

static void head(struct html *h, const struct xhtml *x) {
    struct buf *out = h->out;
    buf_puts(out,
             "<head>\n<meta charset=\"utf-8\"/>\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'\"/>\n"
             "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
    add_escaped(out, x->title, strlen(x->title));
    buf_puts(out, "</title>\n");
    for (const struct xmeta *m = x->meta; m; m = m->next) {
        buf_puts(out, "<meta");
        add_attr(out, "name", m->name);
        buf_puts(out, " content=\"");
        add_escaped(out, m->content, strlen(m->content));
        buf_puts(out, "\"/>\n");
    }
    const struct stock_file *css = stock_find("html.css");
    if (css) {
        buf_puts(out, "<style>\n");
        buf_add(out, css->bytes, css->len);
        buf_puts(out, "</style>\n");
    }
    buf_puts(out, "</head>\n");
}

int format_html(const struct xhtml *x, const struct format_options *o, struct buf *out,
                struct err *err) {
    (void)o;
    (void)err;
    struct html h = {.out = out};
    buf_puts(out, "<!DOCTYPE html>\n<html");
    add_attr(out, "lang", x->lang);
    buf_puts(out, " xmlns=\"http://www.w3.org/1999/xhtml\">\n");
    head(&h, x);
    buf_puts(out, "<body");
    add_attrs(&h, x->body);
    buf_puts(out, ">\n<main>\n");
    children(&h, x->body);
    buf_puts(out, "</main>\n</body>\n</html>\n");
    return 0;
}
