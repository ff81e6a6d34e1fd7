/*
 * Running a template: the notes document goes in, a document of XHTML comes out.
 *
 * A template is not trusted. It reads nothing but the notes document and writes nothing
 * but its result; it may include templates (template_folder.h) and nothing else; a
 * DOCTYPE is refused; nesting and the number of steps are limited. Errors come back as
 * one struct err with file, line and reason; nothing is printed.
 *
 * Libxslt keeps its hooks in global variables: they are set here for the time of one
 * run and put back. So one template runs at a time.
 */
#ifndef NOTES_TEMPLATE_H
#define NOTES_TEMPLATE_H

#include "base/err.h"

#include <libxml/tree.h>

/* The caller frees the result with xmlFreeDoc(); `document` is borrowed. NULL with *err.
 */
xmlDoc *template_run(const char *name, xmlDoc *document, struct err *err);

#endif
