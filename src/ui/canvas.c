#include "canvas.h"

#include "base/text.h"

#include <curses.h>
#include <stdio.h>

enum { FORGET_ROWS = 4, READABLE = 104 };

void canvas_init(struct canvas *c) {
    *c = (struct canvas){.text = BUF_INIT, .cursor_y = -1, .cursor_x = -1};
    theme_init(&c->theme);
    getmaxyx(stdscr, c->rows, c->columns);
}

void canvas_release(struct canvas *c) {
    vec_release(&c->spots);
    buf_release(&c->text);
}

void canvas_begin(struct canvas *c) {
    getmaxyx(stdscr, c->rows, c->columns);
    c->spots.n = 0;
    c->cursor_y = c->cursor_x = -1;
    c->needle = NULL;
    erase();
}

void canvas_end(struct canvas *c) {
    bool shown = c->cursor_y >= 0;

    if (shown)
        move(c->cursor_y, c->cursor_x);
    else
        move(c->rows - 1, 0);
    curs_set(shown);
    refresh();
}

void canvas_redraw(void) {
    clearok(curscr, TRUE);
}

/* curses empties its buffer of output at each move of the cursor, so that each row of a
 * frame goes to its start: a row of cells that look blank, but take more bytes than those
 * of a text, overwrites what earlier rows left there. */
void canvas_forget(struct canvas *c) {
    static const wchar_t blank[] = L" \u034f\u034f\u034f\u034f";
    cchar_t cells[2];

    buf_release(&c->text);
    setcchar(&cells[0], blank, A_BOLD, 0, NULL);
    setcchar(&cells[1], blank, A_DIM, 0, NULL);
    erase();
    for (int y = 0; y < c->rows && y < FORGET_ROWS; y++)
        for (int x = 0; x < c->columns; x++)
            mvadd_wch(y, x, &cells[x & 1]);
    canvas_redraw();
    refresh();
}

/* Cuts a place to the surface; false when nothing of it is left. */
static bool clip(const struct canvas *c, int y, int x, int *width) {
    if (y < 0 || y >= c->rows || x < 0 || x >= c->columns)
        return false;
    if (*width > c->columns - x)
        *width = c->columns - x;
    return *width > 0;
}

/* s is visible already, and fits. */
static void put(const struct canvas *c, int y, int x, unsigned role, const char *s,
                size_t len) {
    attrset((int)theme_attr(&c->theme, role));
    mvaddnstr(y, x, s, (int)len);
    attrset(A_NORMAL);
}

int canvas_text(struct canvas *c, int y, int x, int width, unsigned role, const char *s,
                size_t len) {
    if (!clip(c, y, x, &width))
        return 0;
    buf_clear(&c->text);
    text_cut(&c->text, s, len, (size_t)width, false);
    put(c, y, x, role, c->text.s, c->text.len);
    return (int)text_columns(c->text.s, c->text.len);
}

int canvas_string(struct canvas *c, int y, int x, int width, unsigned role,
                  const char *s) {
    return canvas_text(c, y, x, width, role, s, strlen(s));
}

int canvas_printf(struct canvas *c, int y, int x, int width, unsigned role,
                  const char *fmt, ...) {
    struct buf b = BUF_INIT;
    va_list ap;

    va_start(ap, fmt);
    buf_vaddf(&b, fmt, ap);
    va_end(ap);
    int taken = canvas_text(c, y, x, width, role, b.s, b.len);
    buf_release(&b);
    return taken;
}

int canvas_right(struct canvas *c, int y, int right, int width, unsigned role,
                 const char *s) {
    int need = (int)text_columns(s, strlen(s));

    if (need > width || right - need < 0)
        return 0;
    return canvas_text(c, y, right - need, need, role, s, strlen(s));
}

/* Draws the matches in c->text once more, marked. */
static void mark_matches(struct canvas *c, int y, int x, unsigned role) {
    size_t from = 0, start, end;

    while (
        text_find(c->text.s, c->text.len, from, c->needle, c->needle_len, &start, &end) &&
        end > start) {
        int column = x + (int)text_columns(c->text.s, start);
        put(c, y, column, role | ROLE_MATCH, c->text.s + start, end - start);
        from = end;
    }
}

int canvas_found(struct canvas *c, int y, int x, int width, unsigned role, const char *s,
                 size_t len) {
    int taken = canvas_text(c, y, x, width, role, s, len);
    if (taken && c->needle && c->needle_len)
        mark_matches(c, y, x, role);
    return taken;
}

void canvas_fill(struct canvas *c, int y, int x, int width, unsigned role) {
    if (!clip(c, y, x, &width))
        return;
    attrset((int)theme_attr(&c->theme, role));
    mvhline(y, x, ' ', width);
    attrset(A_NORMAL);
}

static bool overlap(struct rect a, struct rect b) {
    return a.y < b.y + b.h && b.y < a.y + a.h && a.x < b.x + b.w && b.x < a.x + a.w;
}

/* What is covered answers no click. */
void canvas_clear(struct canvas *c, struct rect r) {
    for (size_t i = 0; i < c->spots.n; i++)
        if (overlap(c->spots.v[i].place, r))
            c->spots.v[i].place.h = 0;
    for (int y = r.y; y < r.y + r.h; y++)
        canvas_fill(c, y, r.x, r.w, ROLE_NORMAL);
}

void canvas_restyle(struct canvas *c, struct rect r, unsigned role) {
    attr_t attr = theme_attr(&c->theme, role);

    for (int y = r.y; y < r.y + r.h; y++)
        if (clip(c, y, r.x, &r.w))
            mvchgat(y, r.x, r.w, attr & ~A_COLOR, PAIR_NUMBER(attr), NULL);
}

void canvas_vertical(struct canvas *c, int y, int x, int h, unsigned role) {
    for (int i = 0; i < h; i++)
        canvas_string(c, y + i, x, 1, role, "│");
}

void canvas_horizontal(struct canvas *c, int y, int x, int w, unsigned role) {
    if (!clip(c, y, x, &w))
        return;
    buf_clear(&c->text);
    for (int i = 0; i < w; i++)
        buf_puts(&c->text, "─");
    put(c, y, x, role, c->text.s, c->text.len);
}

int canvas_wrapped_rows(const char *s, size_t len, int width, int most) {
    struct text_line line;
    int n = 0;

    for (size_t at = 0; n < most && text_wrap(s, len, at, (size_t)width - 2, &line);
         at = line.next)
        n++;
    return n;
}

void canvas_wrapped(struct canvas *c, struct rect area, unsigned role, const char *s,
                    size_t len) {
    int rows = canvas_wrapped_rows(s, len, area.w, area.h);
    struct text_line line;
    size_t at = 0;

    for (int i = 0; i < rows; i++, at = line.next) {
        text_wrap(s, len, at, (size_t)area.w - 2, &line);
        size_t end = i == rows - 1 ? len : line.end;
        canvas_text(c, area.y + i, area.x + 1, area.w - 2, role, s + line.start,
                    end - line.start);
    }
}

void canvas_nothing(struct canvas *c, struct rect area, const char *why) {
    canvas_string(c, area.y + 2, area.x + 1, area.w - 2, ROLE_DIM, why);
    canvas_cursor(c, area.y + 2, area.x + 1);
}

void canvas_cursor(struct canvas *c, int y, int x) {
    c->cursor_y = y < 0 ? 0 : y < c->rows ? y : c->rows - 1;
    c->cursor_x = x < 0 ? 0 : x < c->columns ? x : c->columns - 1;
}

void canvas_spot(struct canvas *c, struct rect place, const char *key) {
    struct canvas_spot spot = {.place = place};

    snprintf(spot.key, sizeof spot.key, "%s", key);
    vec_push(&c->spots, spot);
}

const char *canvas_spot_at(const struct canvas *c, int y, int x) {
    for (size_t i = c->spots.n; i-- > 0;)
        if (rect_has(c->spots.v[i].place, y, x))
            return c->spots.v[i].key;
    return NULL;
}

bool rect_has(struct rect r, int y, int x) {
    return y >= r.y && y < r.y + r.h && x >= r.x && x < r.x + r.w;
}

struct rect rect_readable(struct rect r) {
    if (r.w > READABLE)
        r.w = READABLE;
    return r;
}

char canvas_cell(int y, int x, struct buf *out) {
    wchar_t wide[CCHARW_MAX + 1] = {0};
    cchar_t cell;
    attr_t attr;
    short pair;

    if (mvin_wch(y, x, &cell) == ERR || getcchar(&cell, wide, &attr, &pair, NULL) == ERR)
        return ' ';
    for (size_t i = 0; wide[i]; i++)
        text_encode(out, (uint32_t)wide[i]);
    return attr & A_REVERSE     ? 'r'
           : attr & A_BOLD      ? 'b'
           : attr & A_UNDERLINE ? 'u'
           : attr & A_DIM       ? 'D'
                                : ' ';
}
