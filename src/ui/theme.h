/*
 * Looks by role: a screen says what a text is, the theme says how that looks.
 *
 * Invariant: no meaning is carried by colour alone; without colours (NO_COLOR, or a
 * terminal that has none) a role is still told by bold, reverse, underline or its words.
 * Colours stand on the terminal's own background, so light and dark ones both read well.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>

enum role {
    ROLE_NORMAL,
    ROLE_HEADER,     /* the top line */
    ROLE_OFF_RECORD, /* the words for it there */
    ROLE_HEADING,    /* of a section or a screen */
    ROLE_TOPIC,
    ROLE_DIM, /* times, counts, rules: what the eye may skip */
    ROLE_STRONG,
    ROLE_PRIORITY, /* priority 1 */
    ROLE_GOOD,     /* agreed, for */
    ROLE_BAD,      /* bracketed, no agreement, against */
    ROLE_LIVE,     /* under discussion now */
    ROLE_KEY,      /* a key in the key line, a menu, the help */
    ROLE_PROMPT,
    ROLE_ERROR,
    ROLE_OWNER,   /* of an alternative in a bracket: its tag */
    ROLE_BRACKET, /* the bracket itself */
    ROLE_HELD,    /* text that a side holds; those of the next sides follow */
    ROLE_HELD_2,
    ROLE_HELD_3,
    ROLE_GONE, /* words that went, words that came */
    ROLE_CAME,
    ROLE_COUNT,
    /* Added to a role. */
    ROLE_SELECTED = 1 << 8, /* the focused item */
    ROLE_MATCH = 1 << 9,    /* found text */
    ROLE_EMPHASIS = 1 << 10
};

struct theme {
    unsigned attr[ROLE_COUNT]; /* attr_t of curses */
    bool colour;
};

/* After the screen was opened. Sets up the colour pairs where there are colours. */
void theme_init(struct theme *t);
/* The attr_t of a role with its additions. */
unsigned theme_attr(const struct theme *t, unsigned role);

#endif
