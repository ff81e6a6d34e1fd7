/*
 * How the notes look on paper: the one place for faces, sizes, colours and spaces.
 *
 * Lengths are points (1/72 inch). Text is set in Noto Serif and Noto Sans with Chinese
 * faces behind them; a face that is missing is replaced by one that fontconfig chooses.
 * Lines stand at a fixed distance, whatever faces they mix.
 */
#ifndef HELPERS_PDF_STYLE_H
#define HELPERS_PDF_STYLE_H

#include "notes/xhtml.h"

enum pdf_colour {
    COLOUR_INK,
    COLOUR_QUIET,
    COLOUR_ACCENT,
    COLOUR_RULE,
    COLOUR_BAND,
    COLOUR_GOOD,
    COLOUR_WAIT,
    COLOUR_BAD,
    COLOUR_COUNT
};

enum pdf_style {
    STYLE_BODY,
    STYLE_GENRE,
    STYLE_H1,
    STYLE_H2,
    STYLE_H3,
    STYLE_H4,
    STYLE_SUBTITLE,
    STYLE_STATEMENT,
    STYLE_META,
    STYLE_CLOSING,
    STYLE_QUESTION,
    STYLE_TERM,
    STYLE_CELL,
    STYLE_HEAD_CELL,
    STYLE_CITE,
    STYLE_OUTCOME,
    STYLE_OWNER,
    STYLE_WARNING,
    STYLE_RUNNING,
    STYLE_RUNNING_LONG, /* for a title that does not fit otherwise */
    STYLE_COUNT
};

struct style {
    bool sans, bold, italic;
    uint8_t colour; /* enum pdf_colour */
    float size;     /* of the letters */
    float leading;  /* from one baseline to the next */
    float tracking; /* between letters */
    float before; /* space above, the larger of this and what the block above asks for */
    float after;  /* space below */
    bool keep_next;  /* never the last on a page */
    bool keep_whole; /* not broken, when short */
};

struct paper {
    const char *name; /* "a4" */
    float width, height;
    float left, right, top, bottom; /* margins */
};

extern const struct style styles[STYLE_COUNT];
extern const float colours[COLOUR_COUNT][3];

/* Spaces that do not belong to a style. */
enum {
    INDENT_PLAIN = 10,  /* lines after the first of an item without a bullet */
    INDENT_BULLET = 14, /* text beside its bullet */
    INDENT_QUOTE = 14,  /* a quotation */
    GAP_COLUMN = 10,    /* between a citation, a term or a cell and what is beside it */
    GAP_ITEM = 3,       /* between items of a list */
    GAP_RECORD = 6,     /* between the parts of a record */
    GAP_RULED = 16,     /* below the last of the lines to write on */
    PAD_BAND = 9,       /* inside the band of the title block */
    PAD_ROW = 4,        /* above and below the text of a row */
    CITE_MIN = 32,      /* the column of citations */
    CITE_MAX = 84,
    TERM_MIN = 48, /* the column of terms */
    TERM_MAX = 120,
    ITEM_LINES_MAX = 2,  /* a longer item may stand alone on its page */
    LINES_KEPT_MAX = 12, /* a longer block may be broken, whatever its style says */
};

/* NULL when there is no such paper. */
const struct paper *paper_find(const char *name);

/* The families for fontconfig, first choice first. */
const char *style_families(enum pdf_style s, const char *lang);
/* Chinese, Japanese and Korean have no slanted letters. */
bool style_slants(const char *lang);
/* Of a heading, p, dt or th, from its element and class; `body` is that of a plain p. */
enum pdf_style style_of(const struct xnode *n, enum pdf_style body);
/* Of an element with the class outcome. */
enum pdf_colour style_outcome(const struct xnode *n);
/* How wide a letter is, roughly: 6 for most, 12 for those of Chinese. */
unsigned style_letter_weight(uint32_t c);
/* Where the baseline is in a line, from its top. */
float style_baseline(enum pdf_style s);

/* "page 2 of 7" in the language of the document; append to *out. */
void style_page_number(struct buf *out, const char *lang, unsigned page, unsigned pages);

#endif
