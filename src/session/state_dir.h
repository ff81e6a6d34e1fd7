/*
 * $XDG_STATE_HOME/memobook (XDG Base Directory Specification): where drafts and the list
 * of recent workbooks are kept. $HOME/.local/state where the variable is unset.
 */
#ifndef SESSION_STATE_DIR_H
#define SESSION_STATE_DIR_H

#include "base/err.h"

/* Appends the path of `name` in it; makes the folders (mode 0700). 0 or -1 with *err. */
int state_dir_path(const char *name, struct buf *out, struct err *err);

#endif
