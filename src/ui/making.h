/*
 * A document in the making: session notes that are rendered beside the screen where that
 * takes a person's time.
 *
 * Small ones that need no helper are rendered at once, in the first step. For others this
 * program runs itself, as `memobook notes FILE …`, on the file, which has all that the
 * state has (session.h): the screen goes on meanwhile, and it can be stopped.
 *
 * The options' strings are borrowed until making_free().
 */
#ifndef UI_MAKING_H
#define UI_MAKING_H

#include "notes/leak.h"
#include "notes/notes.h"
#include "shell.h"

/* Bytes of text below which a PDF of it is there in no time. */
enum { MAKING_QUICK = 200000 };

struct making;

struct making *making_start(struct shell *sh, const struct notes_options *o);
/* The same for the facilitator's eyes alone: names that leak are in it. */
struct making *making_start_shown(struct shell *sh, const struct notes_options *o);
/* Whether it takes its time, beside the screen. */
bool making_is_beside(const struct making *m);
/* Waits at most `ms`. 1: it goes on, 0: made, -1: not. Not to be called after 0 or -1. */
int making_step(struct making *m, int ms, struct err *err);
/* After 0, once: the document, and the names in it that its attribution does not allow,
 * which nothing has been written into the log about; in place of what these held. */
void making_take(struct making *m, struct buf *document, struct leaks *leaks);
/* What a person should know of it, a line each; may be empty. */
const char *making_warnings(const struct making *m);
/* Ms since it was started. */
int64_t making_elapsed(const struct making *m);
/* Stops it, where it goes on. making_free(NULL) is allowed. */
void making_free(struct making *m);

/* Writes into the log that notes of these options go out, saved or printed as `format`,
 * with the names: before they do. Nothing where there are none. */
int making_log_names(const struct shell *sh, const struct notes_options *o,
                     const char *format, const struct leaks *names, struct err *err);

/* "making the PDF  ▕   ███     ▏  0:03   Esc cancels" in a row; how much is left is not
 * known, only that it goes on. */
void making_draw_bar(struct canvas *c, struct rect row, const char *what, int64_t elapsed,
                     const char *hint);

#endif
