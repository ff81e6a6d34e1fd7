/*
 * Where templates come from: compiled in, $XDG_DATA_HOME/memobook/templates (else
 * ~/.local/share/memobook/templates), or a file that was named.
 *
 * A user's template takes the place of a stock one of the same name. A file is read
 * only when it is a regular one of at most TEMPLATE_SIZE_MAX bytes.
 */
#ifndef NOTES_TEMPLATE_FOLDER_H
#define NOTES_TEMPLATE_FOLDER_H

#include "notes.h"

#include <stdbool.h>

enum { TEMPLATE_SIZE_MAX = 1 << 20 };

struct template_source {
    struct buf bytes;
    struct buf shown; /* its file, or "session-notes.xsl (built in)": for messages */
    bool found;
};

/* A template as the user names it: "session-notes", or a file where the name has a slash
 * or ends in .xsl. 0, or -1 with *err. The caller releases *out in either case. */
int template_source_open(const char *name, struct template_source *out, struct err *err);
/* A template as another includes it: a file name without a slash, "parts.xsl"; the
 * user's, else (or with `stock`) the one compiled in. 0, or -1 with *err. */
int template_source_include(const char *file, bool stock, struct template_source *out,
                            struct err *err);
void template_source_release(struct template_source *s);
/* What of the notes document it wants that few do: the words of its first comment
 * <!-- needs: … -->, enum notes_needs. 0 where it cannot be read. */
unsigned template_needs(const char *name);

/* The user's folder, with no slash at its end; "" when there is no home. */
void template_folder(struct buf *out);
/* Stock templates and the user's, ended by NULL, in one block: mem_free() it. */
struct notes_choice *template_list(struct arena *strings);

#endif
