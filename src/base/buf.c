#include "buf.h"

#include "mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char buf_empty[1];

void buf_release(struct buf *b) {
    if (b->cap)
        mem_free(b->s);
    *b = (struct buf)BUF_INIT;
}

void buf_clear(struct buf *b) {
    buf_cut(b, 0);
}

char *buf_detach(struct buf *b) {
    char *s = b->cap ? b->s : mem_strdup("");
    *b = (struct buf)BUF_INIT;
    return s;
}

void buf_reserve(struct buf *b, size_t extra) {
    if (extra >= SIZE_MAX / 2 - b->len)
        mem_exhausted();
    size_t want = b->len + extra + 1;
    if (want <= b->cap)
        return;
    size_t cap = b->cap < 32 ? 64 : b->cap * 2;
    if (cap < want)
        cap = want;
    b->s = mem_realloc(b->cap ? b->s : NULL, cap);
    b->cap = cap;
    b->s[b->len] = '\0';
}

void buf_add(struct buf *b, const void *p, size_t len) {
    if (len == 0)
        return;
    buf_reserve(b, len);
    memcpy(b->s + b->len, p, len);
    b->len += len;
    b->s[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s) {
    buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c) {
    buf_add(b, &c, 1);
}

void buf_fill(struct buf *b, char c, size_t count) {
    if (count == 0)
        return;
    buf_reserve(b, count);
    memset(b->s + b->len, c, count);
    b->len += count;
    b->s[b->len] = '\0';
}

void buf_vaddf(struct buf *b, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int need = vsnprintf(NULL, 0, fmt, ap);
    if (need > 0) {
        buf_reserve(b, (size_t)need);
        vsnprintf(b->s + b->len, (size_t)need + 1, fmt, again);
        b->len += (size_t)need;
    }
    va_end(again);
}

void buf_addf(struct buf *b, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(b, fmt, ap);
    va_end(ap);
}

void buf_cut(struct buf *b, size_t len) {
    if (b->cap)
        mem_forget(b->s + len, b->len - len);
    b->len = len;
    if (b->cap)
        b->s[len] = '\0';
}
