/*
 * Names of files, for Tab.
 */
#ifndef UI_FILES_H
#define UI_FILES_H

#include "base/buf.h"

/* Candidates (line.h) for the path that a line is: folders, and files whose name ends in
 * `suffix` whatever the case; hidden ones where a dot is typed. Returns where in `line`
 * the name in its folder starts. */
size_t file_complete(const char *line, const char *suffix, struct buf *out);

#endif
