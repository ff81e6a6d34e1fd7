#include "theme.h"

#include <curses.h>
#include <stdlib.h>

enum { PAIR_RED = 1, PAIR_GREEN, PAIR_MAGENTA, PAIR_CYAN };

static bool want_colour(void) {
    const char *no = getenv("NO_COLOR");
    return (!no || !*no) && has_colors();
}

static void init_colours(struct theme *t) {
    start_color();
    if (use_default_colors() == ERR)
        return;
    init_pair(PAIR_RED, COLOR_RED, -1);
    init_pair(PAIR_GREEN, COLOR_GREEN, -1);
    init_pair(PAIR_MAGENTA, COLOR_MAGENTA, -1);
    init_pair(PAIR_CYAN, COLOR_CYAN, -1);
    t->colour = true;
    t->attr[ROLE_PRIORITY] |= COLOR_PAIR(PAIR_RED);
    t->attr[ROLE_ERROR] |= COLOR_PAIR(PAIR_RED);
    t->attr[ROLE_OFF_RECORD] |= COLOR_PAIR(PAIR_RED);
    t->attr[ROLE_GOOD] |= COLOR_PAIR(PAIR_GREEN);
    t->attr[ROLE_BAD] |= COLOR_PAIR(PAIR_MAGENTA);
    t->attr[ROLE_LIVE] |= COLOR_PAIR(PAIR_GREEN);
    t->attr[ROLE_PROMPT] |= COLOR_PAIR(PAIR_CYAN);
    t->attr[ROLE_HEADING] |= COLOR_PAIR(PAIR_CYAN);
    t->attr[ROLE_HELD] |= COLOR_PAIR(PAIR_CYAN);
    t->attr[ROLE_HELD_2] |= COLOR_PAIR(PAIR_MAGENTA);
    t->attr[ROLE_HELD_3] |= COLOR_PAIR(PAIR_GREEN);
    t->attr[ROLE_GONE] |= COLOR_PAIR(PAIR_RED);
    t->attr[ROLE_CAME] |= COLOR_PAIR(PAIR_GREEN);
}

void theme_init(struct theme *t) {
    static const unsigned plain[ROLE_COUNT] = {
        [ROLE_HEADER] = A_REVERSE,
        [ROLE_HEADING] = A_BOLD,
        [ROLE_TOPIC] = A_BOLD,
        [ROLE_DIM] = A_DIM,
        [ROLE_STRONG] = A_BOLD,
        [ROLE_PRIORITY] = A_BOLD,
        [ROLE_GOOD] = A_NORMAL,
        [ROLE_BAD] = A_NORMAL,
        [ROLE_LIVE] = A_BOLD,
        [ROLE_KEY] = A_BOLD,
        [ROLE_PROMPT] = A_BOLD,
        [ROLE_ERROR] = A_BOLD,
        [ROLE_OFF_RECORD] = A_BOLD | A_REVERSE,
        [ROLE_OWNER] = A_BOLD | A_REVERSE,
        [ROLE_BRACKET] = A_BOLD,
        [ROLE_HELD] = A_UNDERLINE,
        [ROLE_HELD_2] = A_BOLD,
        [ROLE_HELD_3] = A_BOLD | A_UNDERLINE,
        [ROLE_GONE] = A_DIM,
        [ROLE_CAME] = A_BOLD | A_UNDERLINE,
    };

    t->colour = false;
    for (int i = 0; i < ROLE_COUNT; i++)
        t->attr[i] = plain[i];
    if (want_colour())
        init_colours(t);
}

unsigned theme_attr(const struct theme *t, unsigned role) {
    unsigned base = role & 0xff;
    unsigned attr = t->attr[base < ROLE_COUNT ? base : ROLE_NORMAL];

    /* A reversed line in several colours is a patchwork: it keeps the bold only. */
    if (role & ROLE_SELECTED)
        attr = (attr & A_BOLD) | A_REVERSE;
    if (role & ROLE_MATCH)
        attr = (attr & ~A_DIM) | A_UNDERLINE | A_BOLD;
    if (role & ROLE_EMPHASIS)
        attr |= A_UNDERLINE;
    return attr;
}
