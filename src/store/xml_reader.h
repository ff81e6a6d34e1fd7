/*
 * Reading XML: libxml2's SAX interface behind three callbacks, believing nothing.
 *
 * The whole document is in memory. No entity may be declared, nothing is fetched, a bare
 * DOCTYPE is ignored, comments and processing instructions are skipped. Every error
 * carries file, line and column; what libxml2 says is made visible by err_format().
 */
#ifndef STORE_XML_READER_H
#define STORE_XML_READER_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define MEMOBOOK_NS "urn:memobook:1"

struct xml_attr {
    const char *name; /* "id", "xml:lang"; "{uri}name" for other namespaces */
    const char *value;
};

struct xml_element {
    const char *name; /* local name */
    bool ours;        /* in MEMOBOOK_NS */
    const struct xml_attr *attrs;
    size_t n_attrs;
};

struct xml_reader;

/* Each returns 0, or -1 with *err: the reading stops there. What they are given lasts
 * only for the call. */
struct xml_handler {
    int (*start)(void *ctx, struct xml_reader *r, const struct xml_element *e,
                 struct err *err);
    int (*end)(void *ctx, struct xml_reader *r, struct err *err);
    int (*text)(void *ctx, struct xml_reader *r, const char *s, size_t len,
                struct err *err);
};

/* 0, or -1 with *err where the document is not well-formed, is forbidden, or a callback
 * refused. `utf8_only` refuses other encodings; offsets are right only with it. */
int xml_read(const char *bytes, size_t len, const char *file, bool utf8_only,
             const struct xml_handler *handler, void *ctx, struct err *err);

/* Within start: the offset of the element's `<`. Within end: the offset after its last
 * `>`. Within end of an element with a closing tag: that tag starts at the last `<`. */
size_t xml_offset(const struct xml_reader *r);
/* Line and column of the element that is being read. */
void xml_place(const struct xml_reader *r, long *line, long *column);
const char *xml_attr_get(const struct xml_element *e, const char *name); /* or NULL */

/* Frees what libxml2 keeps for the whole program; for memory checkers. */
void xml_cleanup(void);

#endif
