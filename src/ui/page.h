/*
 * A page of wrapped text to look at and scroll: the detail of an issue, the background,
 * the help, the preview. Some of its lines belong to items that can be focused.
 *
 * The screen builds it (page_begin, page_add…) for one width, and again when that or the
 * content has changed; drawing and scrolling then cost what is seen. All text is made
 * visible when it is added. A struct page of zeroes is an empty one, but for the buffers:
 * start with page_init().
 */
#ifndef UI_PAGE_H
#define UI_PAGE_H

#include "canvas.h"
#include "keys.h"
#include "model/memo.h"

struct page_piece {
    uint32_t start, end; /* in page.text */
    uint16_t role;
};

struct page_line {
    struct page_piece head, body, tail; /* tail: at the right border */
    uint16_t head_x, body_x;
    uint32_t item; /* or NONE */
};

struct page_item {
    uint32_t first, last; /* its lines, inclusive */
    uint32_t value;       /* what the screen knows it by */
};

struct page {
    struct buf text;
    VEC(struct page_line) lines;
    VEC(struct page_item) items;
    VEC(struct page_piece) looks; /* of parts of bodies, in order */
    int columns;                  /* that it is built for */
    size_t top;
    struct rect area; /* of the last drawing */
    size_t focus;     /* item, where items are focused */
    uint32_t item;    /* that lines are being added to */
    size_t open;      /* where in the text a paragraph in pieces begins */
};

void page_init(struct page *p);
void page_release(struct page *p);

/* Empties it, to be filled for a width. Where it was scrolled to stays. */
void page_begin(struct page *p, int columns);
void page_blank(struct page *p);
/* A paragraph (line feeds start new lines), from column x on. */
void page_add(struct page *p, int x, unsigned role, const char *s, size_t len);
void page_string(struct page *p, int x, unsigned role, const char *s);
void page_printf(struct page *p, int x, unsigned role, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* A paragraph of a memo, its emphasis kept. */
void page_memo(struct page *p, int x, unsigned role, const struct memo_text *t);
/* A paragraph in pieces, each with a look of its own: begun, its pieces, ended. */
void page_begin_text(struct page *p);
void page_text(struct page *p, unsigned role, const char *s, size_t len);
void page_end_text(struct page *p, int x, unsigned role);
/* Double spacing: a blank line between the lines from index `line` on. */
void page_open_up(struct page *p, size_t line);
/* Something in front of the line added at index `line`, and at its right border where
 * there is room for it. */
void page_head(struct page *p, size_t line, int x, unsigned role, const char *s);
void page_tail(struct page *p, size_t line, unsigned role, const char *s);
/* The same at the end of what was added last, on a line of its own where it needs one. */
void page_sign(struct page *p, unsigned role, const char *s);
/* Lines added from here on belong to an item, until page_end_item(). */
void page_begin_item(struct page *p, uint32_t value);
void page_end_item(struct page *p);

/* Draws it; with `focused` the focused item is marked and has the cursor. */
void page_draw(struct page *p, struct canvas *c, struct rect area, bool focused);
/* Scrolls; where it has items and they are focused, moves from one to the next. */
bool page_command(struct page *p, enum command_id id, bool items);
/* The value of the focused item, or NONE. */
uint32_t page_focus(const struct page *p);
/* Focuses the item of a value, where there is one; else keeps near where it was. */
void page_set_focus(struct page *p, uint32_t value);
/* True when the item that had the focus was clicked. */
bool page_mouse(struct page *p, const struct input *in, bool items);
/* Brings the next line (step 1 or -1) with a match of the folded needle into view, from
 * the line at `from`; its index, or -1. */
ptrdiff_t page_find(struct page *p, const char *needle, size_t len, size_t from,
                    int step);

#endif
