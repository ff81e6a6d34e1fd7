#include "part.h"

#include "base/mem.h"
#include "notes/stock.h"

#include <libxml/parser.h>
#include <stdint.h>
#include <string.h>

extern const struct stock_file office_files[];

const char xml_prolog[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/* ---- writing */

void xml_text(struct buf *out, const char *s, size_t len) {
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

void xml_puts(struct buf *out, const char *s) {
    xml_text(out, s, strlen(s));
}

void xml_attr(struct buf *out, const char *name, const char *value) {
    buf_putc(out, ' ');
    buf_puts(out, name);
    buf_puts(out, "=\"");
    xml_puts(out, value);
    buf_putc(out, '"');
}

/* ---- reading */

static void quiet(void *ctx, xmlErrorPtr e) {
    (void)ctx;
    (void)e;
}

static xmlDoc *parse(const void *bytes, size_t len) {
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_ctx = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, quiet);
    xmlDoc *doc = xmlReadMemory(bytes, (int)len, NULL, NULL, XML_PARSE_NONET);
    xmlSetStructuredErrorFunc(old_ctx, old);
    return doc;
}

/* The node that follows in document order. */
static xmlNode *following(xmlNode *n) {
    if (n->type == XML_ELEMENT_NODE && n->children)
        return n->children;
    while (n && !n->next)
        n = n->parent;
    return n ? n->next : NULL;
}

/* Nobody sees them, and a program or a person may have left a name in them. */
static void drop_remarks(xmlDoc *doc) {
    for (xmlNode *n = doc->children, *next; n; n = next) {
        bool remark = n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE;
        next = following(n);
        if (remark)
            part_remove(n);
    }
}

xmlDoc *part_read(struct archive *a, const char *name, struct err *err) {
    struct buf bytes = BUF_INIT;
    xmlDoc *doc = NULL;
    if (archive_read(a, name, ARCHIVE_XML_MAX, &bytes, err) == 0) {
        doc = parse(bytes.s, bytes.len);
        if (!doc) {
            err_set(err, "its %s is not XML", name);
        } else if (doc->intSubset) {
            err_set(err, "its %s has a DOCTYPE, which is refused", name);
            xmlFreeDoc(doc);
            doc = NULL;
        } else {
            drop_remarks(doc);
        }
        if (!doc)
            err_at(err, archive_path(a), 0, 0);
    }
    buf_release(&bytes);
    return doc;
}

xmlDoc *part_stock(const char *name) {
    for (const struct stock_file *f = office_files; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return parse(f->bytes, f->len);
    return NULL;
}

void part_write(xmlDoc *doc, struct buf *out) {
    xmlBuffer *b = xmlBufferCreate();
    if (!b || xmlNodeDump(b, doc, xmlDocGetRootElement(doc), 0, 0) < 0)
        mem_exhausted();
    buf_puts(out, xml_prolog);
    buf_add(out, xmlBufferContent(b), (size_t)xmlBufferLength(b));
    xmlBufferFree(b);
}

/* ---- trees */

xmlNode *part_element(xmlNode *n) {
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return n;
}

bool part_is(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

xmlNode *part_child(const xmlNode *n, const char *name) {
    for (xmlNode *k = n ? n->children : NULL; k; k = k->next)
        if (part_is(k, name))
            return k;
    return NULL;
}

const char *part_get(const xmlNode *n, const char *name) {
    for (const xmlAttr *a = n ? n->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content
                       ? (const char *)a->children->content
                       : "";
    return NULL;
}

void part_set(xmlNode *n, const char *prefix, const char *name, const char *value) {
    xmlNs *ns = xmlSearchNs(n->doc, n, (const xmlChar *)prefix);
    xmlSetNsProp(n, ns, (const xmlChar *)name, (const xmlChar *)value);
}

xmlNode *part_next(xmlNode *n, const xmlNode *root, bool within) {
    xmlNode *k = within ? part_element(n->children) : NULL;
    while (!k && n != root) {
        k = part_element(n->next);
        n = n->parent;
    }
    return k;
}

void part_remove(xmlNode *n) {
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}
