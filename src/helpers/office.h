/*
 * memobook-office: reads the checked XHTML of a template (notes/xhtml.h) and writes an
 * ODT (OpenDocument 1.3, text) or a DOCX (ISO/IEC 29500, WordprocessingML).
 *
 * The walk (walk.h) turns the XHTML into paragraphs of named styles, lists and tables;
 * odt.c and docx.c are two sets of operations for it. A reference document gives its
 * styles, page layout, header and footer, and nothing else of it is copied.
 *
 * The command text reads such a document again, for the leak check (office_text.h).
 *
 * The same input gives the same bytes: the time comes as an option, and nothing is taken
 * from the clock, the user, the host or the environment.
 *
 * Errors: 0, or -1 with *err.
 */
#ifndef HELPERS_OFFICE_H
#define HELPERS_OFFICE_H

#include "base/buf.h"
#include "base/err.h"
#include "notes/xhtml.h"

#include <stdbool.h>
#include <stdint.h>

struct office {
    const struct xhtml *x;
    bool letter;           /* the paper: Letter, else A4 */
    char created[21];      /* 2026-11-23T09:30:00Z */
    const char *reference; /* a file, or NULL */
    bool styles;           /* of a text, with the names of styles */
};

int odt_write(const struct office *o, struct buf *out, struct err *err);
int docx_write(const struct office *o, struct buf *out, struct err *err);

/* Milliseconds since 1970, until the end of the year 9999; false where it is none. */
bool office_set_created(struct office *o, const char *milliseconds);
/* What stands around "2" and "9" in "page 2 of 9". */
struct page_words {
    const char *before, *between, *after;
};

struct page_words office_page_words(const struct office *o);
/* The content of the <meta name="…">, or "". */
const char *office_meta(const struct office *o, const char *name);

#endif
