/*
 * The galley is cut into pages.
 *
 * A page ends only after a strip that is not kept with the next, unless what is kept
 * together is taller than a page. A table that goes on has its heading rows again.
 */
#ifndef HELPERS_PDF_PAGES_H
#define HELPERS_PDF_PAGES_H

#include "pdf_galley.h"

/* Where a strip comes to stand. */
struct placed {
    uint32_t strip, page; /* pages from 0 */
    float y;              /* from the top of the text area */
    float before;         /* the space above that was kept */
    bool again;           /* a heading row, repeated */
};

struct pages {
    VEC(struct placed) v; /* in the order of the pages */
    uint32_t n;           /* pages; at least one */
};

void pages_break(struct pages *p, const struct galley *g, float height);
void pages_release(struct pages *p);

#endif
