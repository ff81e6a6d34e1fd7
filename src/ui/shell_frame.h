/*
 * What stands around every screen: the header (meeting, clock, `N saved`), the message
 * line, the key line. At a size that holds nothing else, a request for more room.
 */
#ifndef UI_SHELL_FRAME_H
#define UI_SHELL_FRAME_H

#include "shell.h"

enum { FRAME_MIN_ROWS = 10, FRAME_MIN_COLUMNS = 40 };

/* Draws the header, and gives the area for screens; false when there is no room. */
bool frame_begin(struct shell *sh, struct rect *area);
/* Draws the key line and the message, over whatever the screens have drawn there. */
void frame_end(struct shell *sh);
/* The place in sh->message of what was drawn of it there; false: nothing was. */
bool frame_message_at(const struct shell *sh, int y, int x, size_t *offset);
/* Whether the terminal is too small to act on a key unseen: what is typed is kept, the
 * rest is left out. */
bool frame_too_small(struct shell *sh, struct input *in);
/* Row where a line of input goes, and where the keys are shown. */
int frame_input_row(const struct canvas *c);
int frame_key_row(const struct canvas *c);

#endif
