/*
 * A list of which only the visible rows are drawn. It knows numbers of rows alone; the
 * screen draws a row when asked, so that a key costs the same at 20 and at 100 000 rows.
 *
 * Invariants: at < n (0 when n is 0); the focused row is within the window of the last
 * drawing.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include "canvas.h"
#include "keys.h"

struct list {
    size_t n;         /* rows */
    size_t at;        /* the focused one */
    size_t top;       /* the first that is seen */
    struct rect area; /* of the last drawing */
};

/* How a row looks: SELECTED is added to each role of the focused one in a list that has
 * the focus; the focused row of one that has not is marked by the screen. */
typedef void list_draw_row(void *ctx, struct canvas *c, size_t row, struct rect line,
                           bool focused);

void list_set_count(struct list *l, size_t n);
void list_go(struct list *l, size_t at);
/* Moves; false when the command is none that moves. */
bool list_command(struct list *l, enum command_id id);
void list_draw(struct list *l, struct canvas *c, struct rect area, list_draw_row *draw,
               void *ctx);
/* The row at a place; false when there is none. */
bool list_row_at(const struct list *l, int y, int x, size_t *row);
/* Scrolls with the wheel, focuses with a click; true when the focus was clicked again. */
bool list_mouse(struct list *l, const struct input *in);

#endif
