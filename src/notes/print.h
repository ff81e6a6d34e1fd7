/*
 * Printing: a finished document goes to a printer, and its job is followed to the end.
 *
 * memobook-print does the work, and speaks with CUPS; where it was not built, lp does,
 * and then only the handing over is known: the job is not followed. Both run beside this
 * process, so that a screen goes on while it steps:
 *
 *     struct print *p = print_start(&options, pdf.s, pdf.len, &err);
 *     for (int state = p ? 1 : -1; ...; state = print_step(p, 0, &err))
 *         while ((line = print_line(p)))
 *             show(line);
 *
 * Lines are "job 12 on NAME", "pending", "processing", "processing: why", "held: why",
 * "stopped: why", "completed", "canceled", "aborted: why", "note: what"; with lp, what it
 * says. "gone: why" is of a server that keeps no jobs that are done: it ends with 0, and
 * nobody knows more. They come from a server, and are made fit for a terminal here.
 *
 * Times are in seconds. Errors: NULL or -1 with *err, one line: what, and what to do.
 */
#ifndef NOTES_PRINT_H
#define NOTES_PRINT_H

#include "base/err.h"

#include <stdbool.h>

struct print;

enum { PRINT_TIMEOUT = 120, PRINT_TIMEOUT_MAX = 86400, PRINT_COPIES_MAX = 999 };

/* NULL: the default printer; what the queue is set to. */
struct print_options {
    const char *printer;
    const char *sides; /* one-sided, two-sided-long-edge, two-sided-short-edge */
    const char *media; /* iso_a4_210x297mm, na_letter_8.5x11in, … */
    const char *title; /* the whole office reads it in the queue: no path, no name */
    const char *type;  /* application/pdf, text/plain */
    unsigned copies;   /* from 1 */
    unsigned timeout;
};

/* The format that is printed: "pdf" where it can be made, else "text". */
const char *print_format(void);
/* The title of a job with notes of a template; a template may be a file, whose folder is
 * nobody's business in the queue. */
void print_title(const char *template_name, struct buf *out);

void print_options_init(struct print_options *o);
/* Longer names for "one", "long", "short"; "a4", "letter". NULL for a side that is none;
 * another paper is taken as it is. */
const char *print_sides_parse(const char *s);
const char *print_media_parse(const char *s);
/* The paper that one of these names is; -1 for another. */
int print_media_paper(const char *s);

/* Starts a job. The document is borrowed until print_free(). */
struct print *print_start(const struct print_options *o, const char *document, size_t len,
                          struct err *err);
/* Starts to ask for the printers. */
struct print *print_list(struct err *err);

/* Waits at most `ms`. 1: it goes on, 0: printed (or listed), -1: not; not to be called
 * again after 0 or -1. */
int print_step(struct print *p, int ms, struct err *err);
/* The next line of what happened; NULL when there is none yet. Good until the next call.
 */
const char *print_line(struct print *p);
/* Takes the job back. Go on with print_step(): it tells what became of it. */
void print_cancel(struct print *p);
/* Whether the end of the job will be known. */
bool print_is_followed(const struct print *p);

struct printer {
    const char *name, *state, *what; /* what: its description; may be empty */
    bool is_default;
};
/* After print_list() was stepped to 0. Owned by p. */
const struct printer *print_printers(const struct print *p, size_t *n);

/* Ends what runs, without taking the job back. print_free(NULL) is allowed. */
void print_free(struct print *p);

#endif
