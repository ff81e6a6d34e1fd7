/*
 * XML: escaping what is written, reading the parts of a reference document.
 *
 * A part that is read has no DOCTYPE and so no entities; nothing is loaded from anywhere.
 */
#ifndef HELPERS_PART_H
#define HELPERS_PART_H

#include "container.h"

#include <libxml/tree.h>

/* Appends text with &, <, > and " escaped. */
void xml_text(struct buf *out, const char *s, size_t len);
void xml_puts(struct buf *out, const char *s);
/* Appends ` name="value"`. */
void xml_attr(struct buf *out, const char *name, const char *value);

extern const char xml_prolog[];

/* Reads a part of the reference, without comments; NULL with *err. */
xmlDoc *part_read(struct archive *a, const char *name, struct err *err);
/* Reads one of the parts that are compiled in. */
xmlDoc *part_stock(const char *name);
/* Appends the prolog and the root element, as UTF-8. */
void part_write(xmlDoc *doc, struct buf *out);

/* The first child element at or after n; NULL where there is none. */
xmlNode *part_element(xmlNode *n);
bool part_is(const xmlNode *n, const char *name);
/* The first child of the name; NULL where there is none. */
xmlNode *part_child(const xmlNode *n, const char *name);
/* The value of an attribute, of whatever namespace, or NULL; it lives as the tree does.
 */
const char *part_get(const xmlNode *n, const char *name);
/* Sets the attribute, in the namespace that an element of the name has in the document.
 */
void part_set(xmlNode *n, const char *prefix, const char *name, const char *value);
/* The element that follows in document order, after those within n when `within` is
 * false; NULL at the end of `root`. */
xmlNode *part_next(xmlNode *n, const xmlNode *root, bool within);
void part_remove(xmlNode *n);

#endif
