/*
 * What this build can do, in words for a person: memobook --version.
 */
#ifndef NOTES_BUILD_H
#define NOTES_BUILD_H

#include "base/buf.h"

/* Appends lines on the formats, on printing, and on the libraries in use with their
 * versions, those of the helper programs among them; `also`, which may be "", are
 * libraries that notes/ knows nothing of: "ncurses 6.4". */
void build_describe(const char *also, struct buf *out);

#endif
