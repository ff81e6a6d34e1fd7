/*
 * The terminal and the loop: waits for keys, signals and the clock, and for nothing else.
 *
 * The state that signal handlers need is in shell_loop.c, and nowhere else.
 */
#ifndef UI_SHELL_LOOP_H
#define UI_SHELL_LOOP_H

#include "shell.h"

/* Opens the terminal: raw, so that Ctrl-S and Ctrl-Z are keys. 0, or -1 with *err. From
 * here on a fatal signal restores the terminal first. */
int loop_open(struct err *err);
/* Until sh->done, a signal that ends the program, or the terminal is gone. `shown`, if
 * any, is called once the first screen stands. */
void loop_run(struct shell *sh, void (*shown)(struct shell *sh));
void loop_close(void);

#endif
