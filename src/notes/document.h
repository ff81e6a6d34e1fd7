/*
 * The notes document: the state of a workbook as XML, the input of every template.
 * memobook-templates(5) tells its elements and attributes.
 *
 * Invariants: what the attribution tier does not allow, and what is private to the
 * facilitator unless the options ask for it, is not in the document, so no template can
 * print it. Superseded, undone and withdrawn entries are not in it; the history of a
 * disposition is. It is made in time linear in the size of the workbook (n log n in the
 * answers and positions of one issue), and a template need not count or look back: labels
 * and totals are attributes.
 */
#ifndef NOTES_DOCUMENT_H
#define NOTES_DOCUMENT_H

#include "notes.h"

#include <libxml/tree.h>

/* What only some templates want: see template_needs(). */
enum notes_needs { NEEDS_TIMELINE = 1, NEEDS_INTERVENTIONS = 2, NEEDS_WORDINGS = 4 };

/* The caller frees it with xmlFreeDoc(). o->sitting exists. */
xmlDoc *notes_document(const struct workbook *w, const struct notes_options *o,
                       unsigned needs);

/* A side that has one participant, and how many entries are attributed to it alone: to
 * name it is to name who spoke. `side` is the workbook's. */
struct lone_side {
    const char *side;
    uint32_t count;
};
typedef VEC(struct lone_side) lone_vec;
/* Those that the notes may tell. */
void notes_lone_sides(const struct workbook *w, const struct notes_options *o,
                      lone_vec *out);
/* The same document, less the sides of the entries of these: a page of it that is no
 * other tells of none. */
xmlDoc *notes_document_veiled(const struct workbook *w, const struct notes_options *o,
                              unsigned needs, const struct lone_side *v, size_t n);
/* What whoever hands them round should know: a line for each, appended. */
void notes_document_warnings(const struct workbook *w, const struct notes_options *o,
                             const lone_vec *lone, struct buf *out);

#endif
