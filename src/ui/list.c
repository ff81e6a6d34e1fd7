#include "list.h"

enum { WHEEL_ROWS = 3, MARGIN = 2 };

void list_set_count(struct list *l, size_t n) {
    l->n = n;
    list_go(l, l->at);
}

void list_go(struct list *l, size_t at) {
    l->at = l->n == 0 ? 0 : at < l->n ? at : l->n - 1;
}

static void move_by(struct list *l, size_t rows, bool up) {
    if (up)
        list_go(l, l->at > rows ? l->at - rows : 0);
    else
        list_go(l, l->at + rows);
}

bool list_command(struct list *l, enum command_id id) {
    size_t page = l->area.h > 2 ? (size_t)l->area.h - 1 : 1;

    switch (id) {
    case COMMAND_UP:
    case COMMAND_DOWN:
        move_by(l, 1, id == COMMAND_UP);
        return true;
    case COMMAND_PAGE_UP:
    case COMMAND_PAGE_DOWN:
        move_by(l, page, id == COMMAND_PAGE_UP);
        return true;
    case COMMAND_FIRST:
        list_go(l, 0);
        return true;
    case COMMAND_LAST:
        list_go(l, l->n);
        return true;
    default:
        return false;
    }
}

/* Keeps the focus in the window, with a little of what comes next where there is room. */
static void scroll(struct list *l, size_t height) {
    size_t margin = height > 4 * MARGIN ? MARGIN : 0;
    size_t last_top = l->n > height ? l->n - height : 0;

    if (l->at < l->top + margin)
        l->top = l->at > margin ? l->at - margin : 0;
    if (l->at + margin >= l->top + height)
        l->top = l->at + margin + 1 - height;
    if (l->top > last_top)
        l->top = last_top;
}

void list_draw(struct list *l, struct canvas *c, struct rect area, list_draw_row *draw,
               void *ctx) {
    if (area.h < 1)
        return;
    l->area = area;
    scroll(l, (size_t)area.h);
    for (int i = 0; i < area.h && l->top + (size_t)i < l->n; i++) {
        size_t row = l->top + (size_t)i;
        struct rect line = {area.y + i, area.x, 1, area.w};
        draw(ctx, c, row, line, row == l->at);
    }
}

bool list_row_at(const struct list *l, int y, int x, size_t *row) {
    if (!rect_has(l->area, y, x))
        return false;
    *row = l->top + (size_t)(y - l->area.y);
    return *row < l->n;
}

bool list_mouse(struct list *l, const struct input *in) {
    size_t row;

    if (in->kind == INPUT_WHEEL) {
        move_by(l, WHEEL_ROWS, in->step < 0);
        return false;
    }
    if (!list_row_at(l, in->y, in->x, &row))
        return false;
    bool again = row == l->at;
    list_go(l, row);
    return again;
}
