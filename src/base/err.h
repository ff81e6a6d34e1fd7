/*
 * Errors as values. A function that can fail returns a negative number (or NULL, or
 * false, as its header says) and fills a struct err; it never prints and never exits.
 *
 * One error is one clear line: where (file, line, column), what is wrong, what to do.
 * err_format() makes that line, with control characters made visible.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "buf.h"

struct err {
    char *file;  /* owned; NULL where no file is concerned */
    long line;   /* from 1; 0 for none */
    long column; /* from 1, in bytes; 0 for none */
    char *what;  /* owned; NULL means no error */
    char *todo;  /* owned; what the person can do, or NULL */
};

#define ERR_INIT                                                                         \
    { 0 }

/* Each returns -1, so that a caller can `return err_set(e, ...)`. Replaces an earlier
 * error. */
int err_set(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "what: strerror(code)". */
int err_errno(struct err *e, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Add to an error that is set. */
int err_at(struct err *e, const char *file, long line, long column);
int err_todo(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* FILE:LINE:COLUMN: WHAT; TODO */
void err_format(const struct err *e, struct buf *out);
void err_release(struct err *e);

#endif
