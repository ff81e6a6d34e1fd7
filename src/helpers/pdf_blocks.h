/*
 * Blocks of the page become strips of a galley.
 */
#ifndef HELPERS_PDF_BLOCKS_H
#define HELPERS_PDF_BLOCKS_H

#include "pdf_galley.h"
#include "pdf_typeset.h"

/* Columns that are the same in the whole document, as wide as what stands in them. */
struct columns {
    float cite;   /* beside paragraphs and headings */
    float facts;  /* the terms of the title block */
    float record; /* those of an issue */
};

/* Where a block is set. Copied for what is inside it. */
struct setter {
    struct typeset *type;
    struct galley *galley;
    const struct columns *columns;
    float x, width;
    float indent;        /* of the lines after the first, of a paragraph */
    enum pdf_style body; /* of a plain paragraph */
    const char *lang;
    float page;   /* the height of a page: no row of a table is taller */
    bool inner;   /* in a cell of a table */
    bool compact; /* in a section that is set closer */
};

/* The whole document. */
void blocks_set_page(struct typeset *t, struct galley *g, const struct xhtml *x,
                     const struct paper *paper);
/* What a flow element holds. */
void blocks_set(const struct setter *s, const struct xnode *first);

/* Text into strips, a line each, tagged; `first` and its siblings. */
void blocks_set_text(const struct setter *s, enum pdf_style style, const char *tag,
                     const struct xnode *first);
void table_set(const struct setter *s, const struct xnode *table);

#endif
