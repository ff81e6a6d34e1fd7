/*
 * The page of the text format: lines with a hanging indent, and blank lines between them.
 * Shared by format_text.c and format_text_table.c; the bars by format_markdown.c too.
 *
 * Invariant: no line is wider than `width`, but where a single cluster is.
 */
#ifndef NOTES_FORMAT_TEXT_H
#define NOTES_FORMAT_TEXT_H

#include "xhtml.h"

struct page {
    struct buf *out;
    size_t width;    /* of the page, in columns */
    size_t indent;   /* of the lines to come */
    struct buf head; /* what the next line begins with, in place of the indent */
    unsigned gap;    /* blank lines due before the next line */
    bool started;
};

/* Columns that a line has left after the indent. */
size_t page_room(const struct page *p);
/* At least that many blank lines before the next line. */
void page_gap(struct page *p, unsigned lines);
/* One line, as it is. */
void page_line(struct page *p, const char *s, size_t len);
/* Wrapped; returns the columns of the widest line. */
size_t page_wrap(struct page *p, const char *s, size_t len);
/* A bar of the text formats: BAR_CELLS columns of full and empty cells. */
enum { BAR_CELLS = 20 };
void page_bar(int percent, struct buf *out);
/* Whether a word is one. */
bool page_is_bar(const char *s, size_t len);
/* The text of a node and of all in it, on lines of its own for each block. */
void page_flatten(const struct xnode *n, struct buf *out);
void page_table(struct page *p, const struct xnode *table);

#endif
