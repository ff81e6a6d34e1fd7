/*
 * What libxslt and libxml2 do in one step, however long it takes: numbering, which goes
 * back over the document, and the functions of strings, which may be of many megabytes.
 * They are made to take as many steps as fits, so that the limits on steps hold for them.
 */
#ifndef NOTES_TEMPLATE_COST_H
#define NOTES_TEMPLATE_COST_H

#include <libxslt/xsltInternals.h>

/* For a document of that many nodes. */
void template_cost(xsltStylesheet *style, xsltTransformContext *ctxt,
                   unsigned long nodes);

#endif
