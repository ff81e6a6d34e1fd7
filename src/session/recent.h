/*
 * The list of workbooks that were opened lately, newest first, in
 * $XDG_STATE_HOME/memobook/recent (one absolute path to a line; mode 0600). Best effort:
 * where it cannot be read or written there is no list.
 */
#ifndef SESSION_RECENT_H
#define SESSION_RECENT_H

#include "base/vec.h"

enum { RECENT_MAX = 20 };

typedef VEC(char *) path_vec;

void recent_add(const char *path);
/* Those that still exist; each string is the caller's. */
void recent_list(path_vec *out);
/* Memos in the current folder and in `installed` (may be NULL), by name. */
void recent_memos(const char *installed, path_vec *out);
void path_vec_release(path_vec *v);

#endif
