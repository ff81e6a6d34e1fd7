#include "xhtml_write.h"

#include <string.h>

static const char *escaped(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

static void add_text(struct buf *out, const char *s, size_t len) {
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        const char *as = escaped(s[i]);
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
    add_text(out, value, strlen(value));
    buf_putc(out, '"');
}

static void add_attrs(struct buf *out, const struct xnode *n) {
    const struct xattrs *a = n->attrs;
    add_attr(out, "class", a->classes);
    add_attr(out, "id", a->id);
    add_attr(out, "lang", a->lang);
    add_attr(out, "href", a->href);
    if (a->number != 1)
        buf_addf(out, " %s=\"%u\"", n->element == XHTML_OL ? "start" : "colspan",
                 (unsigned)a->number);
}

static void add_node(struct buf *out, const struct xnode *n);

static void add_children(struct buf *out, const struct xnode *n) {
    for (const struct xnode *k = n->child; k; k = k->next)
        add_node(out, k);
}

static void add_element(struct buf *out, const struct xnode *n) {
    const char *name = xhtml_name(n->element);
    buf_addf(out, "<%s", name);
    add_attrs(out, n);
    if (!n->child) {
        buf_puts(out, "/>");
        return;
    }
    buf_putc(out, '>');
    add_children(out, n);
    buf_addf(out, "</%s>", name);
}

static void add_node(struct buf *out, const struct xnode *n) {
    if (n->element == XHTML_TEXT)
        add_text(out, n->text, n->len);
    else if (n->bare)
        add_children(out, n);
    else
        add_element(out, n);
}

static void add_head(struct buf *out, const struct xhtml *x) {
    buf_puts(out, "<head><title>");
    add_text(out, x->title, strlen(x->title));
    buf_puts(out, "</title>");
    for (const struct xmeta *m = x->meta; m; m = m->next) {
        buf_puts(out, "<meta");
        add_attr(out, "name", m->name);
        add_attr(out, "content", m->content);
        buf_puts(out, "/>");
    }
    buf_puts(out, "</head>\n");
}

void xhtml_write(const struct xhtml *x, struct buf *out) {
    buf_puts(out, "<html xmlns=\"http://www.w3.org/1999/xhtml\"");
    add_attr(out, "lang", x->lang);
    buf_putc(out, '>');
    add_head(out, x);
    buf_puts(out, "<body");
    add_attrs(out, x->body);
    buf_putc(out, '>');
    add_children(out, x->body);
    buf_puts(out, "</body></html>\n");
}
