/*
 * The editor: an answer, a position, a correction, a wording; the issue's own text stays
 * in sight above. Ctrl-S or Esc records and closes; when that is refused, the text stays
 * on the screen. What is typed is kept as a draft, and taken up again the next time.
 */
#ifndef UI_EDITOR_H
#define UI_EDITOR_H

#include "shell.h"

struct editor_setup {
    enum command_id command;  /* what records it */
    struct command_args args; /* its text is filled in by the editor */
    uint32_t issue;           /* whose text is shown, or NONE */
    const char *title;        /* "Answer to A(b)" */
    const char *draft;        /* key of its draft */
    const char *text;         /* what is recorded so far, or "" */
};

/* All strings are copied. */
void editor_open(struct shell *sh, const struct editor_setup *setup);

/* Lets $VISUAL, $EDITOR or vi change the text: 0 with the new text in *out, or -1 with
 * the reason; the old text is the caller's as before. The file is 0600 and goes away. */
int external_edit(struct shell *sh, const char *text, size_t len, struct buf *out,
                  struct err *err);

#endif
