/*
 * What Cairo 1.16 leaves out of a PDF: in the catalog the language of the document, and
 * that its title is to be shown; the prefix of a date. Both objects are written anew in
 * an incremental update (ISO 32000-1, 7.5.6), with an identifier of the file that is made
 * from its bytes (14.4).
 *
 * Errors: -1 with *err, when the file is not of the form that Cairo writes.
 */
#ifndef HELPERS_PDF_UPDATE_H
#define HELPERS_PDF_UPDATE_H

#include "base/err.h"

int update_catalog(struct buf *pdf, const char *lang, struct err *err);

#endif
