#include "workbook_private.h"

#include "file.h"
#include "lock.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Opens for writing and locks; where that cannot be, says why and opens for reading. */
static int open_file(struct workbook_file *f, unsigned mode, bool unlocked,
                     struct err *err) {
    struct buf why = BUF_INIT;
    buf_puts(&why, "in use by ");
    if (mode != WORKBOOK_READ) {
        f->fd = file_open(f->path, O_RDWR, err);
        int locked = f->fd >= 0 ? lock_take(f->fd, &why) : -1;
        if (locked == 1 || (locked < 0 && f->fd >= 0 && unlocked))
            f->writable = true;
        else if (locked == 0)
            workbook_be_read_only(f, why.s);
        else if (f->fd >= 0)
            workbook_be_read_only(f, "the file system has no locks, see --force");
        else if (errno == EACCES || errno == EROFS || errno == EPERM)
            workbook_be_read_only(f, "no permission to write");
    }
    buf_release(&why);
    if (f->fd < 0) {
        if (mode != WORKBOOK_PREFER && mode != WORKBOOK_READ && err->what)
            return -1;
        err_release(err);
        f->fd = file_open(f->path, O_RDONLY, err);
    }
    return f->fd < 0 ? -1 : 0;
}

static int refuse_reader(struct workbook_file *f, struct err *err) {
    err_set(err, "the workbook cannot be written: %s", f->read_only);
    err_at(err, f->path, 0, 0);
    if (strstr(f->read_only, "damaged"))
        return err_todo(err, "nothing was changed; mend it with: memobook recover FILE");
    return err_todo(err,
                    "nothing was changed; read it with show, log or notes meanwhile");
}

/* The whole events from `from` on, one to a line: what a damaged file still holds; what
 * lies between them goes to *bad. */
static size_t salvage(const struct buf *bytes, size_t from, struct buf *good,
                      struct buf *bad) {
    size_t count = 0;
    for (;;) {
        size_t at = workbook_next_event(bytes->s, bytes->len, from);
        buf_add(bad, bytes->s + from, at - from);
        if (at == bytes->len)
            return count;
        const char *end = memchr(bytes->s + at, '\n', bytes->len - at);
        from = end ? (size_t)(end - bytes->s) + 1 : bytes->len;
        buf_add(good, bytes->s + at, from - at);
        if (!end)
            buf_putc(good, '\n');
        count++;
    }
}

static void trim_blanks(struct buf *b) {
    while (b->len > 0 && memchr(" \t\r\n", b->s[b->len - 1], 4))
        buf_cut(b, b->len - 1);
}

/* The tail itself is nobody's word. */
static void trim_tail(struct buf *b) {
    static const char *const ends[] = {"</workbook>", "</log>"};
    for (int i = 0; i < 2; i++) {
        size_t len = strlen(ends[i]);
        trim_blanks(b);
        if (b->len >= len && memcmp(b->s + b->len - len, ends[i], len) == 0)
            buf_cut(b, b->len - len);
    }
    trim_blanks(b);
}

/* Saves the bad bytes, on disk, before anything is cut. */
static int set_aside(struct workbook_file *f, const struct buf *bad, const char *as,
                     struct err *err) {
    if (bad->len == 0) {
        workbook_set_string(
            &f->notice, mem_strdup("repaired: the end was missing; no event was lost"));
        return 0;
    }
    char *aside = workbook_beside(f->path, as, "");
    struct buf note = BUF_INIT;
    buf_addf(&note, "repaired: %zu bytes that are no event were set aside in %s",
             bad->len, aside);
    workbook_set_string(&f->notice, buf_detach(&note));
    int result = file_create(aside, 0600, bad->s, bad->len, err);
    mem_free(aside);
    return result;
}

static int write_tail(struct workbook_file *f, const struct buf *mended, size_t keep,
                      struct err *err) {
    if (file_pwrite(f->fd, mended->s + keep, mended->len - keep, (off_t)keep) == 0 &&
        ftruncate(f->fd, (off_t)mended->len) == 0 && fdatasync(f->fd) == 0)
        return 0;
    err_errno(err, errno, "the torn end cannot be repaired");
    return err_at(err, f->path, 0, 0);
}

/* Writes what was mended, where it may be: a torn tail on every opening for writing,
 * damage in the middle only when asked to recover. */
static int write_mended(struct workbook_file *f, const struct buf *mended, size_t keep,
                        const struct buf *bad, bool damaged, struct err *err) {
    if (set_aside(f, bad, damaged ? "damaged" : "torn", err) < 0)
        return -1;
    if (!damaged)
        return write_tail(f, mended, keep, err);
    struct buf log = BUF_INIT;
    buf_add(&log, mended->s, mended->len - WORKBOOK_TAIL_LEN);
    int result = workbook_replace(f, &log, err) == 0 ? 0 : -1;
    buf_release(&f->image);
    buf_release(&log);
    return result;
}

/* Where nothing may be written: what is whole, and why. */
static void show_only(struct workbook_file *f, bool damaged) {
    if (damaged)
        workbook_be_read_only(f, "damaged in the middle");
    workbook_set_string(
        &f->notice,
        mem_strdup(damaged ? "damaged in the middle: every whole event is shown, and "
                             "nothing is written until memobook recover has mended it"
                           : "the last write was cut off; what is whole is shown"));
}

/* Rebuilds a workbook whose log is sound up to `keep`. */
static int mend(struct workbook_file *f, struct buf *bytes, size_t keep, bool recover,
                struct err *err) {
    struct buf mended = BUF_INIT, bad = BUF_INIT;
    buf_add(&mended, bytes->s, keep);
    if (keep > 0 && mended.s[keep - 1] != '\n')
        buf_putc(&mended, '\n');
    bool damaged = salvage(bytes, keep, &mended, &bad) > 0;
    trim_tail(&bad);
    buf_puts(&mended, workbook_tail);
    int result = 0;
    if (f->writable && (!damaged || recover))
        result = write_mended(f, &mended, keep, &bad, damaged, err);
    else
        show_only(f, damaged);
    buf_release(bytes);
    buf_release(&bad);
    *bytes = mended;
    return result;
}

/* Only blanks may follow the root: anything else would be overwritten by the runway. */
static bool only_blanks(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!memchr(" \t\r\n", s[i], 4))
            return false;
    return true;
}

static void adopt(struct workbook_file *f, struct buf *bytes,
                  const struct workbook_scan *scan) {
    memcpy(f->id, scan->id, sizeof f->id);
    f->last_n = scan->last_n;
    f->size = bytes->len;
    size_t end = scan->root_end + (bytes->s[scan->root_end] == '\n');
    f->old_tail = end - scan->log_end;
    if (f->writable &&
        !only_blanks(bytes->s + scan->root_end, bytes->len - scan->root_end))
        workbook_be_read_only(f, "something follows the end of the workbook");
    f->image = *bytes;
    *bytes = (struct buf)BUF_INIT;
    buf_cut(&f->image, scan->log_end);
    if (scan->empty_log) {
        buf_puts(&f->image, "<log>\n");
        f->unwritten = f->image.len - scan->log_end;
    }
    fstat(f->fd, &f->known);
}

static int read_file(struct workbook_file *f, bool recover,
                     const struct workbook_sink *sink, struct err *err) {
    struct buf bytes = BUF_INIT;
    struct workbook_scan scan;
    int result = file_read(f->fd, f->path, &bytes, err);
    fstat(f->fd, &f->known);
    if (result == 0) {
        /* A power cut leaves NULs: what stands before them is all there is. */
        size_t len = strlen(bytes.s);
        result = workbook_read(bytes.s, len, f->path, sink, &scan, err);
        bool torn = result < 0 || scan.torn_last;
        if (scan.in_log && (torn || len < bytes.len)) {
            size_t keep = torn ? scan.valid_end : scan.log_end;
            sink->reset(sink->ctx);
            err_release(err);
            result = mend(f, &bytes, keep, recover, err);
            if (result == 0)
                result = workbook_read(bytes.s, bytes.len, f->path, sink, &scan, err);
        }
    }
    if (result == 0)
        adopt(f, &bytes, &scan);
    else if (!err->file)
        err_at(err, f->path, 0, 0);
    buf_release(&bytes);
    return result;
}

struct workbook_file *workbook_file_open(const char *path, unsigned mode,
                                         const struct workbook_sink *sink,
                                         struct err *err) {
    struct workbook_file *f = workbook_file_new(path);
    bool unlocked = mode & WORKBOOK_UNLOCKED;
    mode &= ~(unsigned)WORKBOOK_UNLOCKED;
    bool must_write = mode == WORKBOOK_WRITE || mode == WORKBOOK_RECOVER;
    int result = open_file(f, mode, unlocked, err);
    if (result == 0 && must_write && !f->writable)
        result = refuse_reader(f, err);
    if (result == 0 && f->writable && !workbook_same_file(f)) {
        err_set(err, "the file was replaced while it was being opened");
        err_todo(err, "open it again");
        result = err_at(err, path, 0, 0);
    }
    if (result == 0)
        result = read_file(f, mode == WORKBOOK_RECOVER, sink, err);
    if (result == 0 && must_write && !f->writable)
        result = refuse_reader(f, err);
    if (result == 0)
        return f;
    workbook_file_free(f);
    return NULL;
}
