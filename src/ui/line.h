/*
 * The line of input at the foot: prompt, text, history, completion.
 *
 * Who opens it says what it is for with a const table and a context of its own, which the
 * line owns from then on and gives back through release(). What was typed and not
 * recorded is kept under `draft` and comes back the next time (as a draft on disk too).
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "shell.h"

struct line_ops {
    const char *memory; /* lines with the same one recall each other's */
    const char *enter;  /* what Enter does, for the key line */
    /* Enter: true closes the line and remembers it; false leaves it as it is, something
     * having been said. */
    bool (*accept)(struct shell *sh, void *ctx, const char *text);
    /* The rest may be NULL. */
    void (*changed)(struct shell *sh, void *ctx, const char *text);
    /* Esc; the line is closed already. */
    void (*leave)(struct shell *sh, void *ctx);
    /* Candidates for the word that ends `line`, one per line of *out; returns where in
     * `line` that word starts. What stands after a tab is said, not put in. */
    size_t (*complete)(struct shell *sh, void *ctx, const char *line, struct buf *out);
    /* Shown at the right of the line: what will be made of it. */
    void (*hint)(struct shell *sh, void *ctx, const char *text, struct buf *out);
    bool (*command)(struct shell *sh, void *ctx, enum command_id id);
    void (*release)(void *ctx);
};

struct line_setup {
    const struct line_ops *ops;
    void *ctx;
    const char *prompt;
    const char *text;  /* to begin with, where nothing was kept; or NULL */
    const char *draft; /* key of drafts (session/draft.h), or NULL */
};

/* All strings are copied. */
void line_open(struct shell *sh, const struct line_setup *setup);

/* What was typed in lines earlier, and what was left in them; owned by the shell. */
struct line_memory;
struct line_memory *line_memory_new(void);
void line_memory_free(struct line_memory *m);

#endif
