/*
 * Keys and their labels, all from the table of commands.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include "screen.h"

/* All keys of a command, as a person reads them: "↑ k", "1 2 3 0". */
void keymap_keys(const struct command *c, struct buf *out);
/* The key line of a screen: labels by importance, as many as fit; help and quit always
 * where they apply. Each label answers to a click. */
void keymap_draw(struct canvas *c, int y, const struct screen *s);

#endif
