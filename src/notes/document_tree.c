#include "document_tree.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static void *need(void *p) {
    if (!p)
        mem_exhausted();
    return p;
}

xmlNode *tree_init(struct tree *t, const char *name) {
    t->scratch = (struct buf)BUF_INIT;
    t->doc = need(xmlNewDoc((const xmlChar *)"1.0"));
    t->doc->dict =
        need(xmlDictCreate()); /* each name once, and not a copy for each node */
    xmlNode *root = need(xmlNewDocNode(t->doc, NULL, (const xmlChar *)name, NULL));
    xmlDocSetRootElement(t->doc, root);
    return root;
}

xmlDoc *tree_done(struct tree *t) {
    buf_release(&t->scratch);
    return t->doc;
}

xmlNode *tree_add(struct tree *t, xmlNode *parent, const char *name) {
    xmlNode *n = need(xmlNewDocNode(t->doc, NULL, (const xmlChar *)name, NULL));
    return need(xmlAddChild(parent, n));
}

/* s fit for XML, until the next call. */
static const struct buf *fit(struct tree *t, const char *s, size_t len) {
    buf_clear(&t->scratch);
    text_clean(&t->scratch, s, len);
    return &t->scratch;
}

void tree_text(struct tree *t, xmlNode *parent, const char *s, size_t len) {
    if (len == 0)
        return;
    const struct buf *b = fit(t, s, len);
    xmlNode *n = need(xmlNewDocTextLen(t->doc, (const xmlChar *)b->s, (int)b->len));
    xmlAddChild(parent, n); /* may merge it into a text before it */
}

void tree_attr(struct tree *t, xmlNode *n, const char *name, const char *value) {
    if (*value)
        need(xmlNewProp(n, (const xmlChar *)name,
                        (const xmlChar *)fit(t, value, strlen(value))->s));
}

void tree_number(struct tree *t, xmlNode *n, const char *name, int64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)value);
    tree_attr(t, n, name, digits);
}
