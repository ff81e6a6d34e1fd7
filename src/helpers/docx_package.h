/*
 * The parts of a DOCX package (ISO/IEC 29500-2): each has its content type and, but for
 * the first, a relationship from the part that uses it.
 *
 * A reference document is opened here too: its parts are found by their relationships, as
 * names differ between programs.
 */
#ifndef HELPERS_DOCX_PACKAGE_H
#define HELPERS_DOCX_PACKAGE_H

#include "container.h"
#include "office.h"
#include "part.h"

#define DOCX_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define DOCX_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct package {
    struct container *container;
    struct buf types; /* of [Content_Types].xml */
    struct buf rels;  /* of the main document */
    unsigned n_rels, n_pictures;
    struct archive *reference; /* NULL without one */
    char *main;                /* its main document: "word/document.xml" */
    xmlDoc *main_rels;
    const char *title, *subject; /* of this document */
};

/* Opens the reference, where there is one. */
int package_init(struct package *p, const struct office *o, struct err *err);
void package_release(struct package *p);

/* Adds word/NAME and a relationship of the main document to it; `kind` is "styles", and
 * both the end of the type of the relationship and of the content type. Returns the
 * number of the relationship: its id is "rId" and that. */
unsigned package_add(struct package *p, const char *name, const char *kind,
                     struct buf *content);
/* A relationship of the main document to an address. */
unsigned package_link(struct package *p, const char *href);
void package_type(struct package *p, const char *name, const char *type);

/* The part of the reference's main document that is of a kind, or that has the id; NULL
 * where there is none. The caller frees the name. */
char *package_find(const struct package *p, const char *kind, const char *id);
/* The relationships of a part of the reference; NULL where it has none. */
xmlDoc *package_rels(struct package *p, const char *part, struct err *err);
/* What the relationship leads to within the package, and of what kind; NULL where it
 * leads out or nowhere. The caller frees the name. */
char *package_target(const struct package *p, const char *part, const xmlDoc *rels,
                     const char *kind, const char *id);

#endif
