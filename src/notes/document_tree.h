/*
 * Building an XML tree: what a projection needs of libxml2, and no more.
 *
 * Any bytes may be given as text: what XML cannot hold is made fit for it. Names are
 * literals. An attribute with an empty value is left out.
 */
#ifndef NOTES_DOCUMENT_TREE_H
#define NOTES_DOCUMENT_TREE_H

#include "base/buf.h"

#include <libxml/tree.h>
#include <stdint.h>

struct tree {
    xmlDoc *doc;
    struct buf scratch;
};

/* The root of a new document. */
xmlNode *tree_init(struct tree *t, const char *name);
/* The finished document, the caller's. */
xmlDoc *tree_done(struct tree *t);

xmlNode *tree_add(struct tree *t, xmlNode *parent, const char *name);
void tree_text(struct tree *t, xmlNode *parent, const char *s, size_t len);
void tree_attr(struct tree *t, xmlNode *n, const char *name, const char *value);
void tree_number(struct tree *t, xmlNode *n, const char *name, int64_t value);

#endif
