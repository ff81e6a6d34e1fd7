/*
 * A menu with one letter each, at the foot. Esc leaves it; arrows and Enter, the mouse
 * and the letters choose.
 */
#ifndef UI_MENU_H
#define UI_MENU_H

#include "shell.h"

enum { MENU_MAX = 32 };

struct menu_item {
    char key[5]; /* one character; empty: only by arrow or mouse */
    const char *label;
};

struct menu_setup {
    const char *title;
    const struct menu_item *items;
    size_t n;
    size_t at; /* what holds now: marked, and begun with; MENU_MAX for none */
    /* The menu is closed already. `ctx` is the caller's. */
    void (*chosen)(struct shell *sh, void *ctx, size_t i);
    void *ctx;
    void (*release)(void *ctx); /* or NULL */
};

/* All strings are copied. */
void menu_open(struct shell *sh, const struct menu_setup *setup);
/* A question: y says yes, the 0th. No holds, so that Enter alone does no harm. */
void menu_ask(struct shell *sh, const char *title, const char *yes, const char *no,
              void (*chosen)(struct shell *sh, void *ctx, size_t i), void *ctx,
              void (*release)(void *ctx));
/* A letter for a label, one that none of the n items before has. */
void menu_letter(struct menu_item *items, size_t n, const char *label);

#endif
