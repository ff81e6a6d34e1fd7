/*
 * The surface that screens draw on: text cut to its place, looks by role, places that
 * answer to the mouse, and where the cursor stands.
 *
 * Invariants: whatever is drawn is made visible first, so that no byte of a file reaches
 * the terminal as a control character; nothing is drawn outside the surface, whatever
 * the place asked for. A frame starts with canvas_begin() and ends with canvas_end().
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include "base/vec.h"
#include "session/command.h"
#include "theme.h"

struct rect {
    int y, x, h, w;
};

/* Where a click is as good as a key. */
struct canvas_spot {
    struct rect place;
    char key[KEY_NAME_MAX];
};

struct canvas {
    struct theme theme;
    int rows, columns;
    int cursor_y, cursor_x; /* -1: hidden */
    VEC(struct canvas_spot) spots;
    struct buf text;    /* reused for every piece of text */
    const char *needle; /* folded; its matches are marked; NULL for none */
    size_t needle_len;
};

void canvas_init(struct canvas *c); /* the terminal is open */
void canvas_release(struct canvas *c);
/* A new frame of the terminal's size, empty. */
void canvas_begin(struct canvas *c);
/* Sends to the terminal what has changed. */
void canvas_end(struct canvas *c);
/* The whole of it anew, where something else has written on the terminal. */
void canvas_redraw(void);
/* Overwrites what curses keeps of earlier frames, but for what stands in its windows: a
 * frame after canvas_redraw() overwrites that. */
void canvas_forget(struct canvas *c);

/* Text in `width` columns, with an ellipsis where it is cut; returns the columns taken.
 */
int canvas_text(struct canvas *c, int y, int x, int width, unsigned role, const char *s,
                size_t len);
int canvas_string(struct canvas *c, int y, int x, int width, unsigned role,
                  const char *s);
int canvas_printf(struct canvas *c, int y, int x, int width, unsigned role,
                  const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* The same, ending at column `right` (not included); nothing where it does not fit. */
int canvas_right(struct canvas *c, int y, int right, int width, unsigned role,
                 const char *s);
/* As canvas_text(), with the matches of c->needle marked. */
int canvas_found(struct canvas *c, int y, int x, int width, unsigned role, const char *s,
                 size_t len);
/* Lines that a text takes at this width, `most` at the most. */
int canvas_wrapped_rows(const char *s, size_t len, int width, int most);
/* Text as lines in an area, a column free at each side; the last line that fits takes
 * what is left, cut. */
void canvas_wrapped(struct canvas *c, struct rect area, unsigned role, const char *s,
                    size_t len);
/* Blanks in a role. */
void canvas_fill(struct canvas *c, int y, int x, int width, unsigned role);
/* Blanks a place, and forgets the spots on it. */
void canvas_clear(struct canvas *c, struct rect r);
/* Another look for what is drawn there already. */
void canvas_restyle(struct canvas *c, struct rect r, unsigned role);
void canvas_vertical(struct canvas *c, int y, int x, int h, unsigned role);
void canvas_horizontal(struct canvas *c, int y, int x, int w, unsigned role);

void canvas_cursor(struct canvas *c, int y, int x);
/* Below the title of a screen that has nothing to show: why, and the cursor there. */
void canvas_nothing(struct canvas *c, struct rect area, const char *why);
void canvas_spot(struct canvas *c, struct rect place, const char *key);
/* The key of the spot drawn last at a place, or NULL. */
const char *canvas_spot_at(const struct canvas *c, int y, int x);

bool rect_has(struct rect r, int y, int x);
/* Without the columns that would make lines too long to read. */
struct rect rect_readable(struct rect r);

/* What stands in a cell, for the tests: its characters appended as UTF-8 (nothing for the
 * second half of a wide one), and whether it is bold, reversed, underlined or dim, as a
 * letter of " bruD" (the first that holds; r before b). */
char canvas_cell(int y, int x, struct buf *out);

#endif
