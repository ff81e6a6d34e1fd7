/*
 * Handing out notes that name someone whom their attribution does not allow to be named.
 */
#ifndef CLI_RELEASE_H
#define CLI_RELEASE_H

#include "notes/leak.h"
#include "notes/notes.h"

/* The leaks from one on, a line each on stderr. */
void cli_tell_leaks(const struct leaks *l, size_t from);
/* What whoever hands the notes round should know, a line each on stderr. */
void cli_tell_warnings(const struct buf *warnings);
/* Writes into the log of the workbook that its notes go out with these names, and warns
 * on stderr; nothing where there are none. EXIT_OK, or EXIT_BAD when it cannot be logged:
 * then they do not go out. */
int cli_release(const char *path, const struct notes_options *o, const char *format,
                const struct leaks *l);

#endif
