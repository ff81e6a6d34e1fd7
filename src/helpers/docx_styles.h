/*
 * styles.xml and numbering.xml of a DOCX: docx-styles.xml and docx-numbering.xml, or
 * those of a reference document, to which what it lacks is added.
 *
 * Styles are the same when their names are (w:name, without regard to case): Word gives
 * other ids to them in other languages.
 */
#ifndef HELPERS_DOCX_STYLES_H
#define HELPERS_DOCX_STYLES_H

#include "docx_package.h"
#include "office.h"

struct docx_styles;

/* How the paragraphs of a list at a depth are numbered. */
struct docx_list {
    bool by_style;   /* the style says it all */
    unsigned number; /* else: of the list in numbering.xml */
    unsigned
        abstract; /* which a further list of the kind, with numbers of its own, is of */
    unsigned level;
};

enum { DOCX_DEPTH_MAX = 5, DOCX_LEVEL_MAX = 9 };

/* NULL with *err. */
struct docx_styles *docx_styles_open(const struct office *o, struct package *p,
                                     struct err *err);
void docx_styles_free(struct docx_styles *s);
/* The id in the document of a style of docx-styles.xml. */
const char *docx_style(const struct docx_styles *s, const char *id);
/* Depth from 1. */
struct docx_list docx_list_of(const struct docx_styles *s, bool numbered, unsigned depth);
/* The same of a list in a record, which no style says anything of. */
struct docx_list docx_record_list(const struct docx_styles *s, bool numbered,
                                  unsigned depth);
/* The number of a further list with numbers, that starts with `start`. */
unsigned docx_list_start(struct docx_styles *s, const struct docx_list *l,
                         unsigned start);
/* Adds both parts. */
void docx_styles_add(struct docx_styles *s, struct package *p);

#endif
