#include "xhtml.h"

#include "base/text.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    enum xhtml_role role;
} elements[XHTML_COUNT] = {
#define X(sym, name, role) {name, role},
    XHTML_ELEMENTS(X)
#undef X
};

static const struct xattrs no_attrs = {"", "", "", "", 1};

#define XHTML_NS "http://www.w3.org/1999/xhtml"
#define XML_NS "http://www.w3.org/XML/1998/namespace"

enum { LEFT_OUT_COLUMNS = 60 };

/* Blanks are collapsed over the whole of a block, across its inline elements. */
enum blank {
    BLANK_DROP,    /* at the start, or one has been written: a further one goes */
    BLANK_NONE,    /* after a word */
    BLANK_PENDING, /* to be written before the next word */
};

struct reader {
    struct xhtml *x;
    struct err *err;
    struct buf text; /* of the text node being collected */
    enum blank blank;
    int depth;
};

/* Where the next child goes. */
struct cursor {
    struct xnode *parent, *last;
};

const char *xhtml_name(enum xhtml_element e) {
    return elements[e].name;
}

enum xhtml_role xhtml_role(const struct xnode *n) {
    return elements[n->element].role;
}

static bool is_inline(enum xhtml_role r) {
    return r == ROLE_INLINE || r == ROLE_BREAK || r == ROLE_TEXT;
}

/* Whether it may stand in a flow element by itself. */
static bool is_block(int e) {
    enum xhtml_role r = elements[e].role;
    switch (r) {
    case ROLE_PHRASE:
        return e != XHTML_DT && e != XHTML_TH;
    case ROLE_FLOW:
        return e != XHTML_LI && e != XHTML_DD && e != XHTML_TD && e != XHTML_BODY;
    default:
        return r == ROLE_LIST || r == ROLE_PAIRS || r == ROLE_TABLE || r == ROLE_VOID;
    }
}

/* ---- building */

static struct xnode *new_node(struct reader *r, enum xhtml_element e) {
    struct xnode *n = arena_zalloc(&r->x->arena, sizeof *n);
    n->element = (uint8_t)e;
    n->attrs = &no_attrs;
    return n;
}

static void add(struct cursor *c, struct xnode *n) {
    if (c->last)
        c->last->next = n;
    else
        c->parent->child = n;
    c->last = n;
}

static struct xnode *add_new(struct reader *r, struct cursor *c, enum xhtml_element e) {
    struct xnode *n = new_node(r, e);
    add(c, n);
    return n;
}

static void flush_text(struct reader *r, struct cursor *c) {
    if (r->text.len == 0)
        return;
    struct xnode *n = new_node(r, XHTML_TEXT);
    n->text = arena_strndup(&r->x->arena, r->text.s, r->text.len);
    n->len = (uint32_t)r->text.len;
    buf_clear(&r->text);
    add(c, n);
}

/* ---- errors */

/* The line is that of the template, which it puts on what it makes, or of the text. */
static int wrong(struct reader *r, const xmlNode *n, const char *what, const char *name,
                 const char *rest) {
    if (n->type != XML_ELEMENT_NODE)
        n = n->parent;
    err_set(r->err, "the template makes %s%s%s", what, name, rest);
    err_at(r->err, NULL, n ? n->line : 0, 0);
    return err_todo(r->err, "memobook-templates(5) tells which elements may be used");
}

static int misplaced(struct reader *r, const xmlNode *n, const struct xnode *parent) {
    struct buf rest = BUF_INIT;
    buf_addf(&rest, " in <%s>", xhtml_name(parent->element));
    int ret =
        n->type == XML_ELEMENT_NODE
            ? wrong(r, n, "an element out of place: ", (const char *)n->name, rest.s)
            : wrong(r, n, "text out of place", "", rest.s);
    buf_release(&rest);
    return ret;
}

/* ---- text */

static bool blank_char(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool only_blanks(const char *s) {
    while (blank_char(*s))
        s++;
    return *s == '\0';
}

static bool is_text(const xmlNode *n) {
    return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

static void add_words(struct reader *r, const char *s) {
    while (*s) {
        if (blank_char(*s)) {
            if (r->blank == BLANK_NONE)
                r->blank = BLANK_PENDING;
            s++;
            continue;
        }
        size_t len = strcspn(s, " \n\t\r");
        if (r->blank == BLANK_PENDING)
            buf_putc(&r->text, ' ');
        text_visible(&r->text, s, len);
        r->blank = BLANK_NONE;
        s += len;
    }
}

/* A blank before an inline element belongs before it, not in it. */
static void settle_blank(struct reader *r) {
    if (r->blank != BLANK_PENDING)
        return;
    buf_putc(&r->text, ' ');
    r->blank = BLANK_DROP;
}

/* ---- attributes */

static bool safe_href(const char *s) {
    static const char *const schemes[] = {"http://", "https://", "mailto:", "#"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp(s, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

static void leave_out(struct reader *r, const char *what, const char *name,
                      const char *why) {
    struct buf line = BUF_INIT;
    if (r->x->left_out)
        return;
    buf_addf(&line, "the template makes %s“", what);
    text_cut(&line, name, strlen(name), LEFT_OUT_COLUMNS, false);
    buf_addf(&line, "”, which is left out: %s", why);
    r->x->left_out = arena_strdup(&r->x->arena, line.s);
    buf_release(&line);
}

static uint16_t number(const char *s) {
    long n = strtol(s, NULL, 10);
    return n >= 0 && n <= UINT16_MAX ? (uint16_t)n : 1;
}

static int set_attr(struct reader *r, struct xattrs *a, enum xhtml_element e,
                    const char *name, const char *value) {
    const char **field = strcmp(name, "class") == 0  ? &a->classes
                         : strcmp(name, "id") == 0   ? &a->id
                         : strcmp(name, "lang") == 0 ? &a->lang
                                                     : NULL;
    if (e == XHTML_A && strcmp(name, "href") == 0) {
        if (!safe_href(value)) {
            leave_out(r, "a link to ", value,
                      "links lead to http:, https:, mailto: and #id alone");
            return 0;
        }
        field = &a->href;
    }
    if (field) {
        struct buf visible = BUF_INIT;
        text_visible(&visible, value, strlen(value));
        *field = arena_strdup(&r->x->arena, visible.s);
        buf_release(&visible);
        return 0;
    }
    bool start = e == XHTML_OL && strcmp(name, "start") == 0;
    bool span = (e == XHTML_TD || e == XHTML_TH) && strcmp(name, "colspan") == 0;
    if (!start && !span)
        return -1;
    a->number = number(value);
    if (span && a->number == 0)
        a->number = 1;
    return 0;
}

static bool attr_known_ns(const xmlAttr *p) {
    return !p->ns || strcmp((const char *)p->ns->href, XML_NS) == 0;
}

static int read_attrs(struct reader *r, const xmlNode *n, struct xnode *out) {
    if (!n->properties)
        return 0;
    struct xattrs *a = arena_alloc(&r->x->arena, sizeof *a);
    *a = no_attrs;
    out->attrs = a;
    for (const xmlAttr *p = n->properties; p; p = p->next) {
        xmlChar *value = xmlNodeListGetString(n->doc, p->children, 1);
        const char *name = (const char *)p->name;
        bool known = attr_known_ns(p) &&
                     set_attr(r, a, out->element, name, value ? (char *)value : "") == 0;
        xmlFree(value);
        if (known)
            continue;
        struct buf rest = BUF_INIT;
        buf_addf(&rest, " of <%s>, which is not in the subset", (const char *)n->name);
        int ret = wrong(r, n, "the attribute ", name, rest.s);
        buf_release(&rest);
        return ret;
    }
    return 0;
}

/* ---- elements */

static bool in_xhtml(const xmlNode *n) {
    return !n->ns || strcmp((const char *)n->ns->href, XHTML_NS) == 0;
}

static bool named(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && in_xhtml(n) &&
           strcmp((const char *)n->name, name) == 0;
}

static int element_of(struct reader *r, const xmlNode *n) {
    const char *name = (const char *)n->name;
    if (in_xhtml(n))
        for (int e = XHTML_TEXT + 1; e < XHTML_COUNT; e++)
            if (elements[e].name[0] == name[0] && strcmp(elements[e].name, name) == 0)
                return e;
    return wrong(r, n, "<", name, ">, which is not in the subset");
}

static int read_children(struct reader *r, const xmlNode *n, struct xnode *out);

static int read_element(struct reader *r, const xmlNode *n, struct cursor *c, int e) {
    if (r->depth >= XHTML_DEPTH_MAX)
        return wrong(r, n, "elements nested too deep", "", "");
    struct xnode *x = add_new(r, c, (enum xhtml_element)e);
    if (read_attrs(r, n, x) < 0)
        return -1;
    r->depth++;
    int ret = read_children(r, n, x);
    r->depth--;
    return ret;
}

static int read_inline(struct reader *r, const xmlNode *n, struct cursor *c, int e) {
    if (e == XHTML_BR) {
        flush_text(r, c);
        add_new(r, c, XHTML_BR);
        r->blank = BLANK_DROP;
        return 0;
    }
    settle_blank(r);
    flush_text(r, c);
    return read_element(r, n, c, e);
}

/* Text and inline elements, into a phrase or an inline element. */
static int read_phrase_node(struct reader *r, const xmlNode *n, struct cursor *c) {
    if (is_text(n)) {
        add_words(r, n->content ? (const char *)n->content : "");
        return 0;
    }
    int e = element_of(r, n);
    if (e < 0)
        return -1;
    if (!is_inline(elements[e].role))
        return misplaced(r, n, c->parent);
    return read_inline(r, n, c, e);
}

static bool skipped(struct reader *r, const xmlNode *n) {
    if (n->type == XML_PI_NODE)
        leave_out(r, "the processing instruction ", (const char *)n->name,
                  "no format knows any");
    return n->type != XML_ELEMENT_NODE && !is_text(n);
}

static int read_phrase(struct reader *r, const xmlNode *n, struct xnode *out) {
    struct cursor c = {out, NULL};
    if (elements[out->element].role == ROLE_PHRASE)
        r->blank = BLANK_DROP;
    for (const xmlNode *k = n->children; k; k = k->next)
        if (!skipped(r, k) && read_phrase_node(r, k, &c) < 0)
            return -1;
    flush_text(r, &c);
    return 0;
}

/* One node in a flow element; `run` is the bare paragraph that text goes to, if any. */
static int read_flow_node(struct reader *r, const xmlNode *n, struct cursor *c,
                          struct cursor *run) {
    int e = XHTML_TEXT;
    if (!is_text(n) && (e = element_of(r, n)) < 0)
        return -1;
    if (is_inline(elements[e].role)) {
        if (!run->parent) {
            if (is_text(n) && (!n->content || only_blanks((const char *)n->content)))
                return 0;
            *run = (struct cursor){add_new(r, c, XHTML_P), NULL};
            run->parent->bare = true;
            r->blank = BLANK_DROP;
        }
        return read_phrase_node(r, n, run);
    }
    if (run->parent)
        flush_text(r, run);
    run->parent = NULL;
    if (!is_block(e))
        return misplaced(r, n, c->parent);
    return read_element(r, n, c, e);
}

static int read_flow(struct reader *r, const xmlNode *first, struct xnode *out) {
    struct cursor c = {out, NULL}, run = {NULL, NULL};
    for (const xmlNode *k = first; k; k = k->next)
        if (!skipped(r, k) && read_flow_node(r, k, &c, &run) < 0)
            return -1;
    if (run.parent)
        flush_text(r, &run);
    return 0;
}

static bool fits(enum xhtml_role role, int e) {
    switch (role) {
    case ROLE_LIST:
        return e == XHTML_LI;
    case ROLE_PAIRS:
        return e == XHTML_DT || e == XHTML_DD;
    case ROLE_TABLE:
        return e == XHTML_THEAD || e == XHTML_TBODY || e == XHTML_TR;
    case ROLE_ROWS:
        return e == XHTML_TR;
    case ROLE_ROW:
        return e == XHTML_TH || e == XHTML_TD;
    default:
        return false;
    }
}

/* A row straight in a table goes to a tbody. */
static void open_tbody(struct reader *r, struct cursor *c, struct cursor *rows) {
    if (rows->parent)
        return;
    *rows = (struct cursor){add_new(r, c, XHTML_TBODY), NULL};
}

static int read_parts(struct reader *r, const xmlNode *n, struct xnode *out) {
    enum xhtml_role role = elements[out->element].role;
    struct cursor c = {out, NULL}, rows = {NULL, NULL};
    for (const xmlNode *k = n->children; k; k = k->next) {
        if (skipped(r, k) || (is_text(k) && only_blanks((const char *)k->content)))
            continue;
        int e = is_text(k) ? XHTML_TEXT : element_of(r, k);
        if (e < 0)
            return -1;
        if (!fits(role, e))
            return misplaced(r, k, out);
        if (role == ROLE_TABLE && e == XHTML_TR)
            open_tbody(r, &c, &rows);
        else
            rows.parent = NULL;
        if (read_element(r, k, rows.parent ? &rows : &c, e) < 0)
            return -1;
    }
    return 0;
}

static int read_children(struct reader *r, const xmlNode *n, struct xnode *out) {
    switch (elements[out->element].role) {
    case ROLE_FLOW:
        return read_flow(r, n->children, out);
    case ROLE_PHRASE:
    case ROLE_INLINE:
        return read_phrase(r, n, out);
    case ROLE_VOID:
        return n->children ? misplaced(r, n->children, out) : 0;
    default:
        return read_parts(r, n, out);
    }
}

/* ---- the page */

static const char *own(struct reader *r, xmlChar *s) {
    r->blank = BLANK_DROP;
    add_words(r, s ? (const char *)s : "");
    const char *copy = arena_strdup(&r->x->arena, r->text.s);
    buf_clear(&r->text);
    xmlFree(s);
    return copy;
}

static xmlChar *prop(const xmlNode *n, const char *name) {
    return xmlGetNoNsProp(n, (const xmlChar *)name);
}

/* Which attributes an element of the head may have: their names, with blanks. */
static int check_attrs(struct reader *r, const xmlNode *n, const char *known) {
    for (const xmlAttr *p = n->properties; p; p = p->next) {
        struct buf word = BUF_INIT, rest = BUF_INIT;
        buf_addf(&word, " %s ", (const char *)p->name);
        buf_addf(&rest, " of <%s>, which is not in the subset", (const char *)n->name);
        int ret = attr_known_ns(p) && strstr(known, word.s)
                      ? 0
                      : wrong(r, n, "the attribute ", (const char *)p->name, rest.s);
        buf_release(&word);
        buf_release(&rest);
        if (ret < 0)
            return ret;
    }
    return 0;
}

static int read_head(struct reader *r, const xmlNode *head) {
    struct xmeta **end = &r->x->meta;
    for (const xmlNode *k = head->children; k; k = k->next) {
        if (named(k, "meta") && check_attrs(r, k, " name content ") < 0)
            return -1;
        if (named(k, "title")) {
            r->x->title = own(r, xmlNodeGetContent(k));
        } else if (named(k, "meta")) {
            struct xmeta *m = arena_zalloc(&r->x->arena, sizeof *m);
            m->name = own(r, prop(k, "name"));
            m->content = own(r, prop(k, "content"));
            *end = m;
            end = &m->next;
        } else if (k->type == XML_ELEMENT_NODE) {
            return wrong(r, k, "<", (const char *)k->name, "> in <head>");
        }
    }
    return 0;
}

static int read_html(struct reader *r, const xmlNode *html) {
    if (check_attrs(r, html, " lang ") < 0)
        return -1;
    xmlChar *lang = prop(html, "lang");
    r->x->lang = own(r, lang ? lang : xmlNodeGetLang(html));
    for (const xmlNode *k = html->children; k; k = k->next) {
        if (named(k, "head")) {
            if (read_head(r, k) < 0)
                return -1;
        } else if (named(k, "body")) {
            if (read_attrs(r, k, r->x->body) < 0 ||
                read_flow(r, k->children, r->x->body) < 0)
                return -1;
        } else if (k->type == XML_ELEMENT_NODE) {
            return wrong(r, k, "<", (const char *)k->name, "> in <html>");
        }
    }
    return 0;
}

static int read_page(struct reader *r, const xmlDoc *doc) {
    for (const xmlNode *k = doc->children; k; k = k->next)
        if (named(k, "html"))
            return read_html(r, k);
    return read_flow(r, doc->children, r->x->body);
}

struct xhtml *xhtml_read(const xmlDoc *doc, struct err *err) {
    struct xhtml *x = mem_zalloc(sizeof *x);
    struct reader r = {.x = x, .err = err, .text = BUF_INIT, .blank = BLANK_DROP};
    x->lang = x->title = "";
    x->body = new_node(&r, XHTML_BODY);
    int ret = read_page(&r, doc);
    buf_release(&r.text);
    if (ret == 0)
        return x;
    xhtml_free(x);
    return NULL;
}

static void quiet(void *ctx, xmlErrorPtr e) {
    struct err *err = ctx;
    if (err->what)
        return;
    err_set(err, "%.*s", (int)strcspn(e->message, "\n"), e->message);
    err_at(err, NULL, e->line, e->int2);
}

struct xhtml *xhtml_parse(const char *xml, size_t len, struct err *err) {
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_ctx = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(err, quiet);
    xmlDoc *doc = len <= INT32_MAX
                      ? xmlReadMemory(xml, (int)len, NULL, NULL, XML_PARSE_NONET)
                      : NULL;
    xmlSetStructuredErrorFunc(old_ctx, old);
    if (!doc) {
        if (!err->what)
            err_set(err, "this is not XML");
        return NULL;
    }
    struct xhtml *x = xhtml_read(doc, err);
    xmlFreeDoc(doc);
    return x;
}

void xhtml_free(struct xhtml *x) {
    if (!x)
        return;
    arena_release(&x->arena);
    mem_free(x);
}

/* ---- asking */

bool xhtml_has_class(const struct xnode *n, const char *word) {
    if (n->element == XHTML_TEXT || !*n->attrs->classes)
        return false;
    size_t len = strlen(word);
    for (const char *p = n->attrs->classes; *p;) {
        size_t k = strcspn(p, " ");
        if (k == len && memcmp(p, word, k) == 0)
            return true;
        p += k;
        p += strspn(p, " ");
    }
    return false;
}

int xhtml_bar(const struct xnode *n) {
    if (n->element != XHTML_SPAN || !xhtml_has_class(n, "bar"))
        return -1;
    const struct xnode *text = n->child;
    size_t len = text && text->element == XHTML_TEXT && !text->next ? text->len : 0;
    size_t digits = len ? strspn(text->text, "0123456789") : 0;
    if (digits == 0 || digits != len)
        return -1;
    return len > 3 || atoi(text->text) > 100 ? 100 : atoi(text->text);
}

void xhtml_text(const struct xnode *n, struct buf *out) {
    if (n->element == XHTML_TEXT)
        buf_add(out, n->text, n->len);
    else if (n->element == XHTML_BR)
        buf_putc(out, '\n');
    else
        for (const struct xnode *k = n->child; k; k = k->next)
            xhtml_text(k, out);
}

bool xhtml_tight_item(const struct xnode *item) {
    const struct xnode *k = item->child;
    if (elements[item->element].role != ROLE_FLOW || !k)
        return true;
    if (k->element == XHTML_P)
        k = k->next;
    if (!k)
        return true;
    enum xhtml_role role = xhtml_role(k);
    return !k->next && (role == ROLE_LIST || role == ROLE_PAIRS) && xhtml_tight(k);
}

bool xhtml_tight(const struct xnode *list) {
    for (const struct xnode *k = list->child; k; k = k->next)
        if (!xhtml_tight_item(k))
            return false;
    return true;
}
