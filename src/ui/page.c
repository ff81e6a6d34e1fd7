#include "page.h"

#include "base/text.h"
#include "model/workbook.h"

enum { WHEEL_LINES = 3 };

void page_init(struct page *p) {
    *p = (struct page){.text = BUF_INIT, .item = NONE};
}

void page_release(struct page *p) {
    buf_release(&p->text);
    vec_release(&p->lines);
    vec_release(&p->items);
    vec_release(&p->looks);
}

/* ---- Building ---- */

void page_begin(struct page *p, int columns) {
    buf_clear(&p->text);
    p->lines.n = p->items.n = p->looks.n = 0;
    p->columns = columns > 8 ? columns : 8;
    p->item = NONE;
}

static void add_line(struct page *p, struct page_piece body, int x) {
    struct page_line line = {.body = body, .body_x = (uint16_t)x, .item = p->item};

    vec_push(&p->lines, line);
}

void page_blank(struct page *p) {
    add_line(p, (struct page_piece){0, 0, ROLE_NORMAL}, 0);
}

/* Wraps what was appended to p->text from `start` on. */
static void wrap(struct page *p, int x, unsigned role, size_t start) {
    const char *s = p->text.s + start;
    size_t len = p->text.len - start;
    size_t columns = p->columns > x + 4 ? (size_t)(p->columns - x) : 4;
    struct text_line l;

    for (size_t at = 0; text_wrap(s, len, at, columns, &l); at = l.next) {
        struct page_piece body = {(uint32_t)(start + l.start), (uint32_t)(start + l.end),
                                  (uint16_t)role};
        add_line(p, body, x);
    }
}

void page_add(struct page *p, int x, unsigned role, const char *s, size_t len) {
    size_t start = p->text.len;

    text_visible_lines(&p->text, s, len);
    wrap(p, x, role, start);
}

void page_string(struct page *p, int x, unsigned role, const char *s) {
    page_add(p, x, role, s, strlen(s));
}

void page_printf(struct page *p, int x, unsigned role, const char *fmt, ...) {
    struct buf b = BUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    buf_vaddf(&b, fmt, ap);
    va_end(ap);
    page_add(p, x, role, b.s, b.len);
    buf_release(&b);
}

void page_begin_text(struct page *p) {
    p->open = p->text.len;
}

void page_text(struct page *p, unsigned role, const char *s, size_t len) {
    struct page_piece look = {(uint32_t)p->text.len, 0, (uint16_t)role};

    text_visible_lines(&p->text, s, len);
    look.end = (uint32_t)p->text.len;
    if (look.end > look.start)
        vec_push(&p->looks, look);
}

void page_end_text(struct page *p, int x, unsigned role) {
    wrap(p, x, role, p->open);
}

void page_memo(struct page *p, int x, unsigned role, const struct memo_text *t) {
    size_t start = p->text.len, at = 0;

    for (uint32_t i = 0; i < t->n_em; i++) {
        struct memo_span em = t->em[i];
        text_visible_lines(&p->text, t->s + at, em.start - at);
        page_text(p, role | ROLE_EMPHASIS, t->s + em.start, em.end - em.start);
        at = em.end;
    }
    text_visible_lines(&p->text, t->s + at, t->len - at);
    wrap(p, x, role, start);
}

void page_open_up(struct page *p, size_t line) {
    size_t n = p->lines.n;

    for (size_t i = n; n && i-- > line + 1;) {
        struct page_line blank = {.item = p->lines.v[i].item};
        vec_insert(&p->lines, i, blank);
    }
}

static struct page_piece add_piece(struct page *p, unsigned role, const char *s) {
    struct page_piece piece = {(uint32_t)p->text.len, 0, (uint16_t)role};

    text_visible(&p->text, s, strlen(s));
    piece.end = (uint32_t)p->text.len;
    return piece;
}

void page_head(struct page *p, size_t line, int x, unsigned role, const char *s) {
    if (line >= p->lines.n)
        return;
    p->lines.v[line].head = add_piece(p, role, s);
    p->lines.v[line].head_x = (uint16_t)x;
}

void page_tail(struct page *p, size_t line, unsigned role, const char *s) {
    if (line < p->lines.n)
        p->lines.v[line].tail = add_piece(p, role, s);
}

void page_sign(struct page *p, unsigned role, const char *s) {
    const struct page_line *last = &p->lines.v[p->lines.n - 1];
    size_t taken = last->body_x + text_columns(p->text.s + last->body.start,
                                               last->body.end - last->body.start);

    if (taken + 1 + text_columns(s, strlen(s)) > (size_t)p->columns)
        page_blank(p);
    page_tail(p, p->lines.n - 1, role, s);
}

void page_begin_item(struct page *p, uint32_t value) {
    uint32_t at = (uint32_t)p->lines.n;
    struct page_item item = {at, at, value};

    p->item = (uint32_t)p->items.n;
    vec_push(&p->items, item);
}

void page_end_item(struct page *p) {
    struct page_item *item = &p->items.v[p->item];

    if (p->lines.n == item->first)
        page_blank(p);
    item->last = (uint32_t)p->lines.n - 1;
    p->item = NONE;
}

/* ---- Drawing ---- */

/* The part of a body with the same look, from `at` on; moves *i to that look or the next
 * one. */
static uint32_t same_look(const struct page *p, uint32_t at, uint32_t end, size_t *i,
                          unsigned *role) {
    while (*i < p->looks.n && p->looks.v[*i].end <= at)
        (*i)++;
    if (*i == p->looks.n)
        return end;
    const struct page_piece *look = &p->looks.v[*i];
    bool on = look->start <= at;
    if (on)
        *role = look->role;
    uint32_t border = on ? look->end : look->start;
    return border < end ? border : end;
}

/* The first look that ends after `at`. */
static size_t first_look(const struct page *p, uint32_t at) {
    size_t low = 0, high = p->looks.n;

    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->looks.v[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int draw_body(const struct page *p, struct canvas *c, const struct page_line *l,
                     struct rect line) {
    size_t look = first_look(p, l->body.start);
    int x = line.x + l->body_x, right = line.x + line.w;

    if (!p->looks.n)
        return x + canvas_found(c, line.y, x, right - x, l->body.role,
                                p->text.s + l->body.start, l->body.end - l->body.start);
    for (uint32_t at = l->body.start, end; at < l->body.end; at = end) {
        unsigned role = l->body.role;
        end = same_look(p, at, l->body.end, &look, &role);
        x += canvas_found(c, line.y, x, right - x, role, p->text.s + at, end - at);
    }
    return x;
}

static void draw_line(const struct page *p, struct canvas *c, const struct page_line *l,
                      struct rect line, bool marked) {
    const char *s = p->text.s;

    if (l->head.end > l->head.start)
        canvas_text(c, line.y, line.x + l->head_x, l->body_x - l->head_x, l->head.role,
                    s + l->head.start, l->head.end - l->head.start);
    int x = draw_body(p, c, l, line);
    if (l->tail.end > l->tail.start) {
        struct buf tail = BUF_INIT;
        buf_add(&tail, s + l->tail.start, l->tail.end - l->tail.start);
        canvas_right(c, line.y, line.x + line.w, line.x + line.w - x - 1, l->tail.role,
                     tail.s);
        buf_release(&tail);
    }
    if (marked)
        canvas_string(c, line.y, line.x, 1, ROLE_KEY, "▌");
}

static void clamp_top(struct page *p) {
    size_t height = p->area.h > 0 ? (size_t)p->area.h : 1;
    size_t last = p->lines.n > height ? p->lines.n - height : 0;

    if (p->top > last)
        p->top = last;
}

/* Says how much there is above and below, where there is any. */
static void draw_more(const struct page *p, struct canvas *c) {
    int x = p->area.x + p->area.w - 1;

    if (p->top > 0)
        canvas_string(c, p->area.y, x, 1, ROLE_DIM, "↑");
    if (p->top + (size_t)p->area.h < p->lines.n)
        canvas_string(c, p->area.y + p->area.h - 1, x, 1, ROLE_DIM, "↓");
}

void page_draw(struct page *p, struct canvas *c, struct rect area, bool focused) {
    if (area.h < 1)
        return;
    p->area = area;
    clamp_top(p);
    for (int i = 0; i < area.h && p->top + (size_t)i < p->lines.n; i++) {
        const struct page_line *l = &p->lines.v[p->top + (size_t)i];
        struct rect line = {area.y + i, area.x, 1, area.w - 1}; /* the last: arrows */
        bool marked = focused && l->item != NONE && l->item == p->focus;
        draw_line(p, c, l, line, marked);
        if (marked && p->items.v[l->item].first == p->top + (size_t)i)
            canvas_cursor(c, line.y, line.x);
    }
    draw_more(p, c);
    if (focused && c->cursor_y < 0)
        canvas_cursor(c, area.y, area.x);
}

/* ---- Moving ---- */

static void scroll(struct page *p, ptrdiff_t lines) {
    if (lines < 0)
        p->top = p->top > (size_t)-lines ? p->top - (size_t)-lines : 0;
    else
        p->top += (size_t)lines;
    clamp_top(p);
}

static void show_item(struct page *p) {
    const struct page_item *item = &p->items.v[p->focus];
    size_t height = p->area.h > 0 ? (size_t)p->area.h : 1;

    if (item->last >= p->top + height)
        p->top = item->last + 1 - height;
    if (item->first < p->top)
        p->top = item->first;
    clamp_top(p);
}

/* To the next item, or a line on where this one goes beyond the window. */
static void next_item(struct page *p) {
    size_t bottom = p->top + (size_t)p->area.h;

    if (p->items.v[p->focus].last >= bottom || p->focus + 1 >= p->items.n)
        scroll(p, 1);
    else if (p->items.v[p->focus + 1].first > bottom)
        scroll(p, 1);
    else {
        p->focus++;
        show_item(p);
    }
}

static void previous_item(struct page *p) {
    if (p->focus == 0 || p->items.v[p->focus].first < p->top)
        scroll(p, -1);
    else if (p->items.v[p->focus - 1].last + 1 < p->top)
        scroll(p, -1);
    else {
        p->focus--;
        show_item(p);
        if (p->focus == 0)
            p->top = 0;
    }
}

/* After a jump the focus follows to the first item that is seen. */
static void focus_seen(struct page *p, bool last) {
    size_t bottom = p->top + (size_t)p->area.h;

    if (!p->items.n)
        return;
    if (last && bottom >= p->lines.n) {
        p->focus = p->items.n - 1;
        return;
    }
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].last >= p->top) {
            p->focus = i;
            return;
        }
    }
}

bool page_command(struct page *p, enum command_id id, bool items) {
    ptrdiff_t page = p->area.h > 2 ? p->area.h - 1 : 1;

    items = items && p->items.n > 0;
    switch (id) {
    case COMMAND_UP:
        items ? previous_item(p) : scroll(p, -1);
        return true;
    case COMMAND_DOWN:
        items ? next_item(p) : scroll(p, 1);
        return true;
    case COMMAND_PAGE_UP:
    case COMMAND_PAGE_DOWN:
        scroll(p, id == COMMAND_PAGE_UP ? -page : page);
        focus_seen(p, id == COMMAND_PAGE_DOWN);
        return true;
    case COMMAND_FIRST:
    case COMMAND_LAST:
        p->top = id == COMMAND_FIRST ? 0 : p->lines.n;
        clamp_top(p);
        focus_seen(p, id == COMMAND_LAST);
        return true;
    default:
        return false;
    }
}

uint32_t page_focus(const struct page *p) {
    return p->focus < p->items.n ? p->items.v[p->focus].value : NONE;
}

void page_set_focus(struct page *p, uint32_t value) {
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].value == value) {
            p->focus = i;
            return;
        }
    }
    if (p->focus >= p->items.n)
        p->focus = p->items.n ? p->items.n - 1 : 0;
}

/* The arrow that says that there is more. */
static bool click_more(struct page *p, int y, int x) {
    int page = p->area.h > 2 ? p->area.h - 1 : 1;
    bool up = y == p->area.y && p->top > 0;
    bool down = y == p->area.y + p->area.h - 1 && p->top + (size_t)p->area.h < p->lines.n;

    if (x != p->area.x + p->area.w - 1 || (!up && !down))
        return false;
    scroll(p, up ? -page : page);
    return true;
}

bool page_mouse(struct page *p, const struct input *in, bool items) {
    if (in->kind == INPUT_WHEEL) {
        scroll(p, in->step * WHEEL_LINES);
        return false;
    }
    if (click_more(p, in->y, in->x))
        return false;
    size_t line = p->top + (size_t)(in->y - p->area.y);
    if (!items || !rect_has(p->area, in->y, in->x) || line >= p->lines.n ||
        p->lines.v[line].item == NONE)
        return false;
    bool again = p->focus == p->lines.v[line].item;
    p->focus = p->lines.v[line].item;
    return again;
}

static bool line_matches(const struct page *p, size_t line, const char *needle,
                         size_t len) {
    const struct page_piece *b = &p->lines.v[line].body;
    size_t start, end;

    return text_find(p->text.s + b->start, b->end - b->start, 0, needle, len, &start,
                     &end);
}

ptrdiff_t page_find(struct page *p, const char *needle, size_t len, size_t from,
                    int step) {
    size_t n = p->lines.n, line = from;

    for (size_t i = 0; len && i<n; i++, line = step> 0 ? line + 1 : line + n - 1) {
        if (!line_matches(p, line % n, needle, len))
            continue;
        line %= n;
        size_t third = (size_t)p->area.h / 3;
        p->top = line > third ? line - third : 0;
        clamp_top(p);
        return (ptrdiff_t)line;
    }
    return -1;
}
