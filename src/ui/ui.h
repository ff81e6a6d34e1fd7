/*
 * The screen program.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/err.h"

#include <stdbool.h>

/* Opens the screen on a workbook, or on the workbook of a memo (NAME.workbook.xml in the
 * current folder, made where it is not there yet), or with NULL on a list to choose from.
 * Returns when the person quits, 0, or -1 with *err when it could not be shown. A signal
 * that ends the program, or a terminal that is gone, ends it in order, with drafts kept,
 * and returns 0 too. The terminal is as it was in any case. `unlocked`: as
 * SESSION_UNLOCKED. */
int ui_run(const char *path, bool unlocked, struct err *err);

/* The projector: follows a workbook that is written elsewhere, without writing a byte.
 * `names`: people may be named. Returns as ui_run(). */
int ui_follow(const char *path, bool names, struct err *err);

/* What draws it: "ncurses 6.4.20221231". */
const char *ui_library(void);

#endif
