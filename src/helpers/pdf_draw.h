/*
 * Pages are drawn with Cairo: text, tags of the structure, links, the outline, running
 * head and foot.
 *
 * What was found in Cairo 1.16, and is minded here: only a tag that holds no other marks
 * its text, so that running heads are drawn where no such tag is open; an address is
 * written into the file as it is, so that what would end it is escaped; a link to a page
 * by its number leads nowhere, and so does one forward to a place that is "internal"; an
 * entry of the outline wants the page and the position.
 *
 * Errors: -1 with *err.
 */
#ifndef HELPERS_PDF_DRAW_H
#define HELPERS_PDF_DRAW_H

#include "pdf_pages.h"
#include "pdf_typeset.h"

struct drawing {
    const struct paper *paper;
    const struct galley *galley;
    const struct pages *pages;
    struct typeset *type;
    const char *title, *lang;
    const char *date; /* "2011-12-06T09:02:11Z", or NULL for none */
};

/* Appends the file to *out. */
int draw_pdf(const struct drawing *d, struct buf *out, struct err *err);

#endif
