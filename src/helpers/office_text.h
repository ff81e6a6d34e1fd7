/*
 * What a reader finds in a finished ODT or DOCX, for the leak check: the text of every
 * part, headers and footers and the metadata too, and, where styles came from elsewhere,
 * their names and what pictures are called.
 *
 * Each is a line: where it stands, a tab, the text with its blanks as one.
 */
#ifndef HELPERS_OFFICE_TEXT_H
#define HELPERS_OFFICE_TEXT_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

/* Appends the lines of a document. 0, or -1 with *err. */
int office_text(const struct buf *document, bool styles, struct buf *out,
                struct err *err);

#endif
