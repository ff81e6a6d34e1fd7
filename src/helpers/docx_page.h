/*
 * The page of a DOCX: its size and margins, header and footer, of our own or of a
 * reference; and the settings, theme and fonts of the latter.
 */
#ifndef HELPERS_DOCX_PAGE_H
#define HELPERS_DOCX_PAGE_H

#include "docx_styles.h"

struct docx_page {
    struct buf section; /* the w:sectPr */
    unsigned width;     /* of the text, in twips (1/20 pt) */
};

/* Adds the parts; *page is to be released in any case. */
int docx_page_add(const struct office *o, const struct docx_styles *s, struct package *p,
                  struct docx_page *page, struct err *err);
void docx_page_release(struct docx_page *page);

#endif
