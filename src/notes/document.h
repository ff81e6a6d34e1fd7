/*
 * The notes document: the state of a workbook as XML, the input of every template.
 * memobook-templates(5) tells its elements and attributes.
 *
 * Invariants: what the attribution tier does not allow is not in the document, so no
 * template can print it. Superseded, undone and withdrawn entries are not in it; the
 * history of a disposition is. It is made in time linear in the size of the workbook
 * (n log n in the answers and positions of one issue), and a template need not count or
 * look back: labels and totals are attributes.
 */
#ifndef NOTES_DOCUMENT_H
#define NOTES_DOCUMENT_H

#include "notes.h"

#include <libxml/tree.h>

/* The caller frees it with xmlFreeDoc(). */
xmlDoc *notes_document(const struct workbook *w, const struct notes_options *o);

#endif
