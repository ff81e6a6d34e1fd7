/*
 * Helper programs: Pango and Cairo, libzip and CUPS live in programs of their own
 * (memobook-pdf, memobook-office, memobook-print), so that the screen does not pay for
 * them at each start. A helper reads a document on standard input, writes its result on
 * standard output, says why it failed in one line on standard error, and ends with 0
 * or 1.
 *
 * They are looked for beside the program itself (/proc/self/exe: as built), then in
 * ../libexec/memobook/ from there, then where `make install` put them.
 *
 * Errors: -1 or NULL with *err. A helper that was not built is one of them.
 */
#ifndef NOTES_HELPER_H
#define NOTES_HELPER_H

#include "base/err.h"

#include <stdbool.h>

struct helper;

/* Where the helper is; false when it was not built or installed. */
bool helper_find(const char *name, struct buf *path);
/* Starts it; argv is without the program's name and ends with NULL. `in` is borrowed
 * until the helper has ended. */
struct helper *helper_start(const char *name, const char *const argv[], const char *in,
                            size_t len, struct err *err);
/* The same with another program: its path, or a name that PATH leads to. */
struct helper *helper_start_program(const char *path, const char *const argv[],
                                    const char *in, size_t len, struct err *err);
/* Feeds it and takes what it says, waiting at most `ms`. 1: it goes on, 0: it has ended
 * well, -1: it failed. */
int helper_step(struct helper *h, int ms, struct err *err);
/* What it has written so far. The caller may take bytes off it. */
struct buf *helper_output(struct helper *h);
/* What it has said; after a good end, a warning for a person, or "". */
const char *helper_said(const struct helper *h);
/* Asks it to end (SIGTERM). It may have more to say: go on with helper_step(). */
void helper_stop(struct helper *h);
/* Ends it, if it has not ended. helper_free(NULL) is allowed. */
void helper_free(struct helper *h);

/* All of this in one: appends the helper's output to *out. */
int helper_run(const char *name, const char *const argv[], const char *in, size_t len,
               struct buf *out, struct err *err);

#endif
