/*
 * A growing byte string, always terminated, that may also hold NUL bytes.
 *
 * Invariant: s is never NULL; s[len] is NUL. A struct buf is initialised with BUF_INIT,
 * and released with buf_release(), after which it is as initialised.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *s;
    size_t len, cap;
};

extern char buf_empty[1];
#define BUF_INIT                                                                         \
    { buf_empty, 0, 0 }

void buf_release(struct buf *b);
void buf_clear(struct buf *b);
/* Hands the string over; the caller frees it. */
char *buf_detach(struct buf *b);
/* Room for `extra` more bytes. */
void buf_reserve(struct buf *b, size_t extra);
void buf_add(struct buf *b, const void *p, size_t len);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t count);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* Cuts to `len` bytes, which is at most b->len. */
void buf_cut(struct buf *b, size_t len);

#endif
