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
    mem_free(conflict);
    return -1;
}

static void add_blanks(struct buf *b, size_t count) {
    for (size_t i = 1; i <= count; i++)
        buf_putc(b, i % RUNWAY_LINE == 0 || i == count ? '\n' : ' ');
}

/* What a step of a commit came to. */
enum step {
    STEP_DONE,
    STEP_UNDONE, /* not done, and the file is as it was: it may be tried again */
    STEP_BROKEN  /* the descriptor is not to be trusted any more */
};

/* A failed sync, and EIO: the kernel has dropped the pages, so that a second try on the
 * same descriptor would succeed without having written them. */
static enum step undone(bool synced, int code) {
    return synced && code != EIO ? STEP_UNDONE : STEP_BROKEN;
}

/* Room for `need` more bytes behind the tail, written and synced before the tail is
 * touched: a write inside the file cannot run out of space or leave a hole. */
static enum step extend_runway(struct workbook_file *f, size_t need) {
    size_t end = workbook_log_end(f) + f->old_tail;
    if (f->size >= end + need + RUNWAY_MIN)
        return STEP_DONE;
    struct buf blanks = BUF_INIT;
    enum step step = STEP_DONE;
    add_blanks(&blanks, end + need + RUNWAY_MAX - f->size);
    bool written = file_pwrite(f->fd, blanks.s, blanks.len, (off_t)f->size) == 0;
    if (written && fdatasync(f->fd) == 0) {
        f->size += blanks.len;
    } else {
        int code = errno;
        step = undone(!written, code);
        if (ftruncate(f->fd, (off_t)f->size) < 0)
            step = STEP_BROKEN;
        errno = code;
    }
    buf_release(&blanks);
    return step;
}

/* After a short or failed write: the end of the log again, and nothing behind it. */
static enum step roll_back(struct workbook_file *f) {
    if (f->unwritten == 0 && workbook_tail_stands(f) == 1)
        return STEP_UNDONE;
    struct buf end = BUF_INIT;
    size_t from = workbook_log_end(f);
    buf_add(&end, f->image.s + from, f->unwritten);
    buf_puts(&end, workbook_tail);
    bool done = file_pwrite(f->fd, end.s, end.len, (off_t)from) == 0 &&
                ftruncate(f->fd, (off_t)(from + end.len)) == 0 && fdatasync(f->fd) == 0;
    if (done) {
        f->unwritten = 0;
        f->old_tail = WORKBOOK_TAIL_LEN;
        f->size = from + end.len;
    }
    buf_release(&end);
    return done ? STEP_UNDONE : STEP_BROKEN;
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

static enum step write_block(struct workbook_file *f, const struct buf *block) {
    ssize_t n;
    do
        n = pwrite(f->fd, block->s, block->len, (off_t)workbook_log_end(f));
    while (n < 0 && errno == EINTR);
    if (n == (ssize_t)block->len)
        return fdatasync(f->fd) == 0 ? STEP_DONE : STEP_BROKEN;
    int code = n < 0 ? errno : ENOSPC;
    enum step step = undone(true, code);
    if (step == STEP_UNDONE)
        step = roll_back(f);
    errno = code;
    return step;
}

static bool rescue_to(struct workbook_file *f, const char *stem, struct err *err) {
    char *path = workbook_beside(stem, "rescue", ".xml");
    struct err ignored = ERR_INIT;
    bool saved = workbook_file_copy(f, path, &ignored) == 0;
    if (saved)
        err_todo(err, "all that was saved before is in %s", path);
    err_release(&ignored);
    mem_free(path);
    return saved;
}

/* All that was acknowledged goes to a file beside this one, or to the spare folder. */
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

/* The descriptor is broken: the whole workbook, the new event with it, goes to a new file
 * in its place, and where that fails too, what was acknowledged is rescued. */
static int start_anew(struct workbook_file *f, const struct buf *line, struct err *err) {
    int code = errno;
    struct buf log = BUF_INIT;
    struct err ignored = ERR_INIT;
    buf_add(&log, f->image.s, f->image.len);
    buf_add(&log, line->s, line->len);
    f->old_tail = 0; /* what stands there now is anybody's guess */
    fstat(f->fd, &f->known);
    int result = workbook_replace(f, &log, &ignored);
    buf_release(&log);
    err_release(&ignored);
    if (result == 0)
        return 0;
    /* Replaced, but perhaps not for good: nobody is told that the event is saved. */
    if (result > 0) {
        buf_cut(&f->image, f->image.len - line->len);
        f->old_tail = 0;
    }
    return rescue(f, code, err);
}

static int refuse_write(struct workbook_file *f, struct err *err) {
    int code = errno;
    fstat(f->fd, &f->known);
    err_errno(err, code, "not saved");
    err_at(err, f->path, 0, 0);
    return err_todo(err, "what you typed is kept; make room and try again");
}

static int commit(struct workbook_file *f, const struct buf *line, struct err *err) {
    struct buf block = BUF_INIT;
    lay_out(f, line, &block);
    f->written = true;
    enum step step = extend_runway(f, block.len);
    if (step == STEP_DONE)
        step = write_block(f, &block);
    buf_release(&block);
    if (step == STEP_BROKEN)
        return start_anew(f, line, err);
    if (step == STEP_UNDONE)
        return refuse_write(f, err);
    if (!workbook_same_file(f))
        return refuse_identity(f, err);
    buf_add(&f->image, line->s, line->len);
    f->unwritten = 0;
    f->old_tail = WORKBOOK_TAIL_LEN;
    fstat(f->fd, &f->known);
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
