/*
 * Text and inline elements become lines of glyphs, by Pango.
 *
 * One Pango context and layout serve for all. What a layout finds is copied at once into
 * runs (pdf_galley.h), so that no layout outlives its paragraph.
 *
 * Errors: -1 or NULL with *err.
 */
#ifndef HELPERS_PDF_TYPESET_H
#define HELPERS_PDF_TYPESET_H

#include "pdf_galley.h"

#include "base/err.h"

struct typeset;

/* Lines as they come: their ops, y from the baseline of each line. Valid until the next
 * text is set. */
struct lines {
    op_vec ops;
    VEC(struct line {
        uint32_t end; /* of its ops */
        float width;
    })
    v;
};

struct text_setting {
    enum pdf_style style;
    const char *lang;
    float width;     /* 0: one line, whatever it takes */
    float indent;    /* of the lines after the first */
    bool ellipsis;   /* one line, cut to the width */
    bool blank;      /* one more blank at the end, for who copies the text */
    bool tag_inside; /* each part of a line has a tag of its own: Span or Link */
};

struct typeset *typeset_new(struct arena *arena, struct err *err);
void typeset_free(struct typeset *t);

/* The nodes from `first` to the last of its siblings. */
const struct lines *typeset_nodes(struct typeset *t, const struct text_setting *how,
                                  const struct xnode *first);
/* One node with all in it. */
const struct lines *typeset_node(struct typeset *t, const struct text_setting *how,
                                 const struct xnode *n);
const struct lines *typeset_string(struct typeset *t, const struct text_setting *how,
                                   const char *s, size_t len);
/* The widest of the lines. */
float lines_width(const struct lines *l);

/* Characters that no font has, and all that were set. */
size_t typeset_unknown(const struct typeset *t, uint32_t *first);
size_t typeset_characters(const struct typeset *t);

#endif
