/*
 * The keys that work alike in the editor and in a line of input, on a textbuf.
 */
#ifndef UI_TYPING_H
#define UI_TYPING_H

#include "model/textbuf.h"
#include "shell.h"

/* `width`: columns of a wrapped row; 0 in a line of input. False: none of these. */
bool typing_command(struct textbuf *tb, enum command_id id, size_t width);

/* Says that so many characters were made fit for a file; nothing of 0. */
void typing_say_replaced(struct shell *sh, size_t n);

#endif
