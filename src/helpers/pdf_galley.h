/*
 * The galley: the whole document set in one column, before it is cut into pages.
 *
 * It is a row of strips, each of a fixed height: a line of text, a rule, a row of a
 * table. Pages are broken between strips only. What a strip shows is a run of ops, in the
 * order of reading; tags of the structure are among them. Strips and ops stand in two
 * long arrays, glyphs in an arena: a page of text takes about 40 KiB.
 *
 * Units are points; x is from the left of the text area, y from the top of the strip,
 * downwards.
 */
#ifndef HELPERS_PDF_GALLEY_H
#define HELPERS_PDF_GALLEY_H

#include "pdf_style.h"

#include "base/vec.h"

#include <cairo.h>

/* Glyphs of one font, placed from the run's origin on the baseline. */
struct run {
    cairo_scaled_font_t *font; /* borrowed from struct typeset */
    const char *text;          /* what the glyphs stand for */
    const struct run_glyph {
        float x;
        uint16_t glyph;
        int16_t y; /* in RUN_Y_UNITS of a point, downwards */
    } * glyphs;
    const struct run_cluster { uint8_t bytes, glyphs; } * clusters;
    uint32_t len, n_glyphs, n_clusters;
    bool backward; /* from right to left */
};

enum { RUN_Y_UNITS = 64 };

enum op_kind {
    OP_TEXT,     /* run, with its baseline at x, y */
    OP_RULE,     /* a filled box */
    OP_BAND,     /* the same, behind the strip and the space above it */
    OP_BAR,      /* a box of which n per cent are filled */
    OP_DOT,      /* a filled circle in the box */
    OP_RING,     /* an empty one */
    OP_BEGIN,    /* tag s; leaf: holds text itself, over `n` strips */
    OP_END,      /* tag s */
    OP_LINK,     /* tag Link, to s, active in the box */
    OP_LINK_END, /* */
    OP_ID,       /* the place that "#s" leads to */
    OP_OUTLINE,  /* s in the outline, at level n */
};

struct op {
    uint8_t kind, colour;
    bool hanging; /* y is from the baseline of the strip that it comes to */
    bool leaf;
    uint32_t n;
    float x, y, w, h;
    union {
        const struct run *run;
        const char *s;
    };
};

struct strip {
    float before; /* space above, but at the top of a page */
    float height;
    uint32_t ops;   /* its first; it has all up to the next strip's */
    uint32_t table; /* 1 + its number in galley.tables, or 0 */
    bool keep;      /* no page ends after it */
};

/* Rows that are repeated on each page of a table. */
struct heads {
    uint32_t first, n; /* strips */
    float height;
};

typedef VEC(struct op) op_vec;

struct galley {
    VEC(struct strip) strips;
    op_vec ops;
    op_vec waiting; /* for the next strip */
    VEC(struct heads) tables;
    float gap;                        /* space due above the next strip */
    uint32_t table;                   /* of the strips to come */
    struct op backs[XHTML_DEPTH_MAX]; /* what stands behind the strips to come */
    unsigned n_backs;
    struct arena *arena; /* borrowed */
};

void galley_init(struct galley *g, struct arena *arena);
/* What still waits goes to the last strip. */
void galley_finish(struct galley *g);
void galley_release(struct galley *g);

/* At least that much space above the next strip. */
void galley_gap(struct galley *g, float space);
/* A new strip, with the ops that wait; those that hang come to its baseline. */
struct strip *galley_strip(struct galley *g, float height, float baseline);
struct strip *galley_last(struct galley *g);
uint32_t galley_ops_end(const struct galley *g, uint32_t strip);

/* Into the last strip. */
void galley_add(struct galley *g, struct op op);
/* Into the next one. */
void galley_wait(struct galley *g, struct op op);

/* A tag of the structure, from the next strip to the last one made before its end. One
 * that holds nothing is dropped. */
void galley_begin(struct galley *g, const char *tag);
void galley_begin_leaf(struct galley *g, const char *tag, size_t strips);
void galley_end(struct galley *g, const char *tag);

/* A box behind all strips made between the two. */
void galley_push_back(struct galley *g, enum pdf_colour colour, float x, float w);
void galley_pop_back(struct galley *g);

/* No page ends between the strips from `first` on, nor after the last with `next`. */
void galley_keep(struct galley *g, size_t first, bool next);
/* The height of the strips from `first` on, with the spaces between them. */
float galley_height(const struct galley *g, size_t first);

#endif
