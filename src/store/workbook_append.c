#include "workbook_private.h"

#include "event_codec.h"
#include "file.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNWAY_MIN = 4 * 1024, RUNWAY_MAX = 64 * 1024, RUNWAY_LINE = 80 };

/* Somebody who wrote to the file, or put another in its place, keeps what is theirs; what
 * is ours goes to a file of its own, once. */
static int refuse_identity(struct workbook_file *f, struct err *err) {
    f->failed = true;
    char *conflict = workbook_beside(f->path, "conflict", ".xml");
    struct err ignored = ERR_INIT;
    struct buf why = BUF_INIT;
    bool copied = workbook_file_copy(f, conflict, &ignored) == 0;
    workbook_not_saved(f, err, "another program changed, moved or removed the file");
    if (copied)
        err_todo(err, "your copy is in %s", conflict);
    buf_addf(&why, "changed by another program%s%s", copied ? ": your copy is in " : "",
             copied ? conflict : "");
    workbook_be_read_only(f, why.s);
    buf_release(&why);
    err_release(&ignored);
    free(conflict);
    return -1;
}

static void add_blanks(struct buf *b, size_t count) {
    for (size_t i = 1; i <= count; i++)
        buf_putc(b, i % RUNWAY_LINE == 0 || i == count ? '\n' : ' ');
}

/* Room for `need` more bytes behind the tail, written and synced before the tail is
 * touched: a write inside the file cannot run out of space or leave a hole. */
static int extend_runway(struct workbook_file *f, size_t need) {
    size_t end = workbook_log_end(f) + f->old_tail;
    if (f->size >= end + need + RUNWAY_MIN)
        return 0;
    struct buf blanks = BUF_INIT;
    add_blanks(&blanks, end + need + RUNWAY_MAX - f->size);
    int result = file_pwrite(f->fd, blanks.s, blanks.len, (off_t)f->size);
    if (result == 0)
        result = fdatasync(f->fd);
    if (result == 0) {
        f->size += blanks.len;
    } else {
        int saved = errno;
        if (ftruncate(f->fd, (off_t)f->size) < 0)
            f->failed = true;
        errno = saved;
    }
    buf_release(&blanks);
    fstat(f->fd, &f->known);
    return result;
}

/* After a short or failed write: the end of the log again, and nothing behind it. */
static void roll_back(struct workbook_file *f) {
    if (f->unwritten == 0 && workbook_tail_stands(f) == 1) {
        fstat(f->fd, &f->known);
        return;
    }
    struct buf end = BUF_INIT;
    size_t from = workbook_log_end(f);
    buf_add(&end, f->image.s + from, f->unwritten);
    buf_puts(&end, workbook_tail);
    if (file_pwrite(f->fd, end.s, end.len, (off_t)from) == 0 &&
        ftruncate(f->fd, (off_t)(from + end.len)) == 0 && fdatasync(f->fd) == 0) {
        f->unwritten = 0;
        f->old_tail = WORKBOOK_TAIL_LEN;
        f->size = from + end.len;
    } else {
        f->failed = true;
        f->old_tail = 0; /* what stands there now is anybody's guess */
        workbook_be_read_only(f, "the disk failed");
    }
    fstat(f->fd, &f->known);
    buf_release(&end);
}

static bool rescue_to(struct workbook_file *f, const char *stem, struct err *err) {
    char *path = workbook_beside(stem, "rescue", ".xml");
    struct err ignored = ERR_INIT;
    bool saved = workbook_file_copy(f, path, &ignored) == 0;
    if (saved)
        err_todo(err, "all that was saved before is in %s", path);
    err_release(&ignored);
    free(path);
    return saved;
}

static int rescue(struct workbook_file *f, int code, struct err *err) {
    const char *name = strrchr(f->path, '/');
    f->failed = true;
    workbook_be_read_only(f, "the disk failed");
    err_errno(err, code, "not saved: the disk failed");
    err_at(err, f->path, 0, 0);
    if (!rescue_to(f, f->path, err) && f->spare_folder) {
        struct buf stem = BUF_INIT;
        buf_addf(&stem, "%s/%s", f->spare_folder, name ? name + 1 : f->path);
        rescue_to(f, stem.s, err);
        buf_release(&stem);
    }
    return -1;
}

/* The kernel has dropped the pages, so this descriptor is not to be trusted again: the
 * whole workbook goes to a new file in its place; where that fails too, to a rescue file
 * beside it, or in the spare folder. */
static int sync_failed(struct workbook_file *f, const struct buf *line, struct err *err) {
    int code = errno;
    struct buf log = BUF_INIT;
    struct err ignored = ERR_INIT;
    buf_add(&log, f->image.s, f->image.len);
    buf_add(&log, line->s, line->len);
    f->old_tail = line->len + WORKBOOK_TAIL_LEN;
    fstat(f->fd, &f->known);
    int result = workbook_replace(f, &log, &ignored);
    buf_release(&log);
    err_release(&ignored);
    if (result == 0)
        return 0;
    if (result >
        0) { /* the file has the event, but nobody was told so: to be tried again */
        buf_cut(&f->image, f->image.len - line->len);
        f->old_tail = line->len + WORKBOOK_TAIL_LEN;
    }
    return rescue(f, code, err);
}

/* What replaces the old tail: the event, and the tail again. */
static void lay_out(const struct workbook_file *f, const struct buf *line,
                    struct buf *out) {
    buf_add(out, f->image.s + workbook_log_end(f), f->unwritten);
    buf_add(out, line->s, line->len);
    buf_puts(out, workbook_tail);
    if (f->old_tail > out->len)
        add_blanks(out, f->old_tail - out->len);
}

static int no_room(const struct workbook_file *f, int code, struct err *err) {
    err_errno(err, code, "not saved");
    err_at(err, f->path, 0, 0);
    return err_todo(err, "what you typed is kept; make room and try again");
}

static int write_block(struct workbook_file *f, const struct buf *block,
                       struct err *err) {
    ssize_t n;
    do
        n = pwrite(f->fd, block->s, block->len, (off_t)workbook_log_end(f));
    while (n < 0 && errno == EINTR);
    if (n == (ssize_t)block->len)
        return 0;
    no_room(f, n < 0 ? errno : ENOSPC, err);
    roll_back(f);
    return -1;
}

/* The event is in the file: now it is part of what is known of it. */
static void committed(struct workbook_file *f, const struct buf *line) {
    buf_add(&f->image, line->s, line->len);
    f->unwritten = 0;
    f->old_tail = WORKBOOK_TAIL_LEN;
    fstat(f->fd, &f->known);
}

static int commit(struct workbook_file *f, const struct buf *line, struct err *err) {
    struct buf block = BUF_INIT;
    lay_out(f, line, &block);
    f->written = true;
    int result = extend_runway(f, block.len) < 0 ? no_room(f, errno, err)
                                                 : write_block(f, &block, err);
    buf_release(&block);
    if (result < 0)
        return -1;
    if (fdatasync(f->fd) < 0)
        return sync_failed(f, line, err);
    if (!workbook_same_file(f))
        return refuse_identity(f, err);
    committed(f, line);
    return 0;
}

int workbook_file_append(struct workbook_file *f, struct event *e, struct err *err) {
    if (!f->writable || f->failed)
        return workbook_not_saved(f, err,
                                  f->read_only ? f->read_only : "the disk failed");
    if (!workbook_untouched(f))
        return refuse_identity(f, err);
    struct buf line = BUF_INIT;
    e->n = f->last_n + 1;
    event_encode(e, &line);
    int result = commit(f, &line, err);
    if (result == 0)
        f->last_n++;
    buf_release(&line);
    return result;
}
