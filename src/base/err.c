#include "err.h"

#include "mem.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 1, 0))) static char *format(const char *fmt, va_list ap) {
    struct buf b = BUF_INIT;
    buf_vaddf(&b, fmt, ap);
    return buf_detach(&b);
}

int err_set(struct err *e, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *what = format(fmt, ap);
    va_end(ap);
    err_release(e);
    e->what = what;
    return -1;
}

int err_errno(struct err *e, int code, const char *fmt, ...) {
    struct buf b = BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(&b, fmt, ap);
    va_end(ap);
    buf_addf(&b, ": %s", strerror(code));
    err_release(e);
    e->what = buf_detach(&b);
    return -1;
}

int err_at(struct err *e, const char *file, long line, long column) {
    char *own = file ? mem_strdup(file) : NULL;
    mem_free(e->file);
    e->file = own;
    e->line = line;
    e->column = column;
    return -1;
}

int err_todo(struct err *e, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *todo = format(fmt, ap);
    va_end(ap);
    mem_free(e->todo);
    e->todo = todo;
    return -1;
}

void err_format(const struct err *e, struct buf *out) {
    if (e->file) {
        text_visible(out, e->file, strlen(e->file));
        buf_puts(out, ":");
        if (e->line > 0)
            buf_addf(out, "%ld:", e->line);
        if (e->line > 0 && e->column > 0)
            buf_addf(out, "%ld:", e->column);
        buf_putc(out, ' ');
    }
    if (e->what)
        text_visible(out, e->what, strlen(e->what));
    if (e->todo) {
        buf_puts(out, "; ");
        text_visible(out, e->todo, strlen(e->todo));
    }
}

void err_release(struct err *e) {
    mem_free(e->file);
    mem_free(e->what);
    mem_free(e->todo);
    *e = (struct err)ERR_INIT;
}
