/*
 * What is left out of the parts of a reference DOCX: objects, controls, linked and
 * embedded documents, whatever leads out of the package, the names of those who made
 * changes, the names of files, what pictures tell of who made them, and fields that are
 * not of a few harmless kinds, which show the title of this document then.
 */
#ifndef HELPERS_DOCX_CLEAN_H
#define HELPERS_DOCX_CLEAN_H

#include "docx_package.h"

/* Whether a root element is as Word writes it, but for its "strict" variant. */
bool docx_is_usual(const xmlNode *root, const char *name);
/* A part that has no relationships: styles, numbering. */
void docx_clean_styles(xmlDoc *doc);
/* A part that may have pictures: a header, a footer, the theme. Pictures (PNG, JPEG, GIF)
 * are added to the package; *rels is the part's relationships to them, "" for none. */
int docx_clean_part(struct package *p, const char *name, xmlDoc *doc, struct buf *rels,
                    struct err *err);

#endif
