/*
 * What a link may lead to: the ids of the XHTML and the names of their bookmarks. Word
 * takes letters, digits and underscores, 40 at most, without regard to case.
 */
#ifndef HELPERS_ANCHORS_H
#define HELPERS_ANCHORS_H

#include "notes/xhtml.h"

struct anchors;

/* All ids of the document. Borrows nothing. */
struct anchors *anchors_new(const struct xhtml *x);
/* The name of the bookmark of an id; NULL when no element has it. */
const char *anchors_name(const struct anchors *a, const char *id);
/* The same for the place of the bookmark: NULL from the second time on, for an id that
 * two elements have. */
const char *anchors_place(struct anchors *a, const char *id);
void anchors_free(struct anchors *a);

#endif
