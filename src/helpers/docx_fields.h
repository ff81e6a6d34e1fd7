/*
 * The fields of a header or footer of a reference DOCX: what they showed of the
 * reference, its title and its headings, is shown until the fields are made anew, which
 * may be never.
 */
#ifndef HELPERS_DOCX_FIELDS_H
#define HELPERS_DOCX_FIELDS_H

#include "part.h"

/* Shows the title and the subject of this document instead, and nothing for a heading. */
void docx_fields_show(xmlDoc *doc, const char *title, const char *subject);

#endif
