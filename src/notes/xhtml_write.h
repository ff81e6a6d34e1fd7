/*
 * The checked page as XML again, for the helper programs that make files of it.
 *
 * Invariant: xhtml_parse() of what is written gives an equal tree.
 */
#ifndef NOTES_XHTML_WRITE_H
#define NOTES_XHTML_WRITE_H

#include "xhtml.h"

#include "base/buf.h"

/* Appends the page to *out. */
void xhtml_write(const struct xhtml *x, struct buf *out);

#endif
