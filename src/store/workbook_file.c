#include "workbook_file.h"

#include "event_codec.h"
#include "file.h"
#include "lock.h"
#include "memo_codec.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char tail[] = "</log>\n</workbook>\n";

enum {
    TAIL_LEN = sizeof tail - 1,
    RUNWAY_MIN = 4 * 1024,
    RUNWAY_MAX = 64 * 1024,
    RUNWAY_LINE = 80
};

struct workbook_file {
    char *path; /* real, so that a link is followed once */
    int fd;
    bool writable, failed, written;
    char *read_only, *notice;
    char id[WORKBOOK_ID_MAX + 1];
    struct buf image; /* the file's bytes up to the log's end */
    size_t unwritten; /* its last bytes that the file has not: `<log>` for `<log/>` */
    size_t old_tail;  /* bytes of the file from there to the root's end */
    size_t size;      /* of the file, runway included */
    uint32_t last_n;
    struct stat known; /* as it was after our last write */
};

/* ---- making */

static void new_uuid(char out[37]) {
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b)
        mem_exhausted();
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40); /* RFC 9562, version 4 */
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    char *p = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        p += snprintf(p, 3, "%02x", b[i]);
    }
}

int workbook_file_create(const char *path, const struct memo *m, struct err *err) {
    char id[37];
    struct buf b = BUF_INIT;
    new_uuid(id);
    buf_puts(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_addf(&b, "<workbook xmlns=\"" MEMOBOOK_NS "\" version=\"1\" id=\"%s\">\n", id);
    memo_write(m, &b);
    buf_puts(&b, "<log>\n");
    buf_puts(&b, tail);
    int result = file_create(path, 0600, b.s, b.len, err);
    buf_release(&b);
    return result;
}

/* ---- opening */

static struct workbook_file *file_new(const char *path) {
    struct workbook_file *f = mem_zalloc(sizeof *f);
    char *real = realpath(path, NULL);
    f->path = real ? real : mem_strdup(path);
    f->fd = -1;
    f->image = (struct buf)BUF_INIT;
    return f;
}

static void file_free(struct workbook_file *f) {
    if (f->fd >= 0)
        close(f->fd);
    free(f->path);
    free(f->read_only);
    free(f->notice);
    buf_release(&f->image);
    free(f);
}

static void set_string(char **to, char *s) {
    free(*to);
    *to = s;
}

static void be_read_only(struct workbook_file *f, const char *why) {
    f->writable = false;
    set_string(&f->read_only, mem_strdup(why));
}

/* Opens for writing and locks; where that cannot be, says why and opens for reading. */
static int open_file(struct workbook_file *f, enum workbook_mode mode, struct err *err) {
    struct buf why = BUF_INIT;
    buf_puts(&why, "in use by ");
    if (mode != WORKBOOK_READ) {
        f->fd = file_open(f->path, O_RDWR, err);
        int locked = f->fd >= 0 ? lock_take(f->fd, &why) : -1;
        if (locked == 1)
            f->writable = true;
        else if (locked == 0)
            be_read_only(f, why.s);
        else if (f->fd >= 0)
            be_read_only(f, "this folder's file system has no locks");
        else if (errno == EACCES || errno == EROFS || errno == EPERM)
            be_read_only(f, "no permission to write");
    }
    buf_release(&why);
    if (f->fd < 0) {
        if (mode == WORKBOOK_WRITE && err->what)
            return -1;
        err_release(err);
        f->fd = file_open(f->path, O_RDONLY, err);
    }
    return f->fd < 0 ? -1 : 0;
}

static int refuse_reader(struct workbook_file *f, struct err *err) {
    err_set(err, "the workbook cannot be written: %s", f->read_only);
    err_at(err, f->path, 0, 0);
    return err_todo(err,
                    "nothing was changed; read it with show, log or notes meanwhile");
}

/* The path may have been replaced between open() and the lock. */
static bool same_file(const struct workbook_file *f) {
    struct stat by_fd, by_path;
    return fstat(f->fd, &by_fd) == 0 && stat(f->path, &by_path) == 0 &&
           by_fd.st_dev == by_path.st_dev && by_fd.st_ino == by_path.st_ino;
}

static char *beside(const struct workbook_file *f, const char *what) {
    struct buf b = BUF_INIT;
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    buf_addf(&b, "%s.%s-%04d%02d%02dT%02d%02d%02d", f->path, what, tm.tm_year + 1900,
             tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
    return buf_detach(&b);
}

/* The whole events from `from` on, one to a line: what a damaged file still holds. */
static size_t salvage(const struct buf *bytes, size_t from, struct buf *out) {
    size_t count = 0;
    while ((from = workbook_next_event(bytes->s, bytes->len, from)) < bytes->len) {
        const char *end = memchr(bytes->s + from, '\n', bytes->len - from);
        size_t len = end ? (size_t)(end - bytes->s) - from : bytes->len - from;
        buf_add(out, bytes->s + from, len);
        buf_putc(out, '\n');
        from += len;
        count++;
    }
    return count;
}

/* Saves the torn bytes aside, on disk, before anything is cut. */
static int set_aside(struct workbook_file *f, const char *s, size_t len,
                     struct err *err) {
    while (len > 0 && strchr(" \n", s[len - 1]))
        len--;
    if (len == 0) {
        set_string(&f->notice,
                   mem_strdup("repaired: the end was missing; no event was lost"));
        return 0;
    }
    char *aside = beside(f, "torn");
    struct buf note = BUF_INIT;
    buf_addf(&note, "repaired: the last write was cut off; its bytes are in %s", aside);
    set_string(&f->notice, buf_detach(&note));
    int result = file_create(aside, 0600, s, len, err);
    free(aside);
    return result;
}

static int write_mended(struct workbook_file *f, const struct buf *mended, size_t keep,
                        struct err *err) {
    if (file_pwrite(f->fd, mended->s + keep, mended->len - keep, (off_t)keep) == 0 &&
        ftruncate(f->fd, (off_t)mended->len) == 0 && fdatasync(f->fd) == 0)
        return 0;
    err_errno(err, errno, "the torn end cannot be repaired");
    return err_at(err, f->path, 0, 0);
}

/* Rebuilds a workbook whose log is sound up to `keep`. A torn tail is repaired on disk
 * where that may be written; one with events after the fault is only read. */
static int mend(struct workbook_file *f, struct buf *bytes, size_t keep,
                struct err *err) {
    struct buf mended = BUF_INIT;
    buf_add(&mended, bytes->s, keep);
    if (keep > 0 && mended.s[keep - 1] != '\n')
        buf_putc(&mended, '\n');
    size_t after = salvage(bytes, keep, &mended);
    buf_puts(&mended, tail);
    int result = 0;
    if (after > 0)
        be_read_only(f, "the file is damaged in the middle");
    else if (f->writable)
        result = set_aside(f, bytes->s + keep, bytes->len - keep, err) < 0
                     ? -1
                     : write_mended(f, &mended, keep, err);
    else
        set_string(&f->notice,
                   mem_strdup("the last write was cut off; what is whole is shown"));
    buf_release(bytes);
    *bytes = mended;
    return result;
}

/* Only blanks may follow the root: anything else would be overwritten by the runway. */
static bool only_blanks(const char *s, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n", s[i]))
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
        be_read_only(f, "something follows the end of the workbook");
    f->image = *bytes;
    *bytes = (struct buf)BUF_INIT;
    buf_cut(&f->image, scan->log_end);
    if (scan->empty_log) {
        buf_puts(&f->image, "<log>\n");
        f->unwritten = f->image.len - scan->log_end;
    }
    fstat(f->fd, &f->known);
}

static int read_file(struct workbook_file *f, const struct workbook_sink *sink,
                     struct err *err) {
    struct buf bytes = BUF_INIT;
    struct workbook_scan scan;
    int result = file_read(f->fd, f->path, &bytes, err);
    if (result == 0) {
        /* libxml2 takes NULs after the root for its end: a power cut leaves them. */
        size_t len = strlen(bytes.s);
        result = workbook_read(bytes.s, len, f->path, sink, &scan, err);
        if (scan.in_log && (result < 0 || len < bytes.len)) {
            size_t keep = result == 0 ? scan.log_end : scan.valid_end;
            sink->reset(sink->ctx);
            err_release(err);
            result = mend(f, &bytes, keep, err);
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

struct workbook_file *workbook_file_open(const char *path, enum workbook_mode mode,
                                         const struct workbook_sink *sink,
                                         struct err *err) {
    struct workbook_file *f = file_new(path);
    int result = open_file(f, mode, err);
    if (result == 0 && mode == WORKBOOK_WRITE && !f->writable)
        result = refuse_reader(f, err);
    if (result == 0 && f->writable && !same_file(f)) {
        err_set(err, "the file was replaced while it was being opened");
        err_todo(err, "open it again");
        result = err_at(err, path, 0, 0);
    }
    if (result == 0)
        result = read_file(f, sink, err);
    if (result == 0 && mode == WORKBOOK_WRITE && !f->writable)
        result = refuse_reader(f, err);
    if (result == 0)
        return f;
    file_free(f);
    return NULL;
}

/* ---- appending */

/* Where the next event goes in the file. */
static size_t log_end(const struct workbook_file *f) {
    return f->image.len - f->unwritten;
}

static int not_saved(struct workbook_file *f, struct err *err, const char *why) {
    err_set(err, "not saved: %s", why);
    return err_at(err, f->path, 0, 0);
}

static bool same_times(const struct stat *a, const struct stat *b) {
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
           a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Somebody who wrote to the file, or put another in its place, keeps what is theirs; what
 * is ours goes to a file of its own, once. */
static int check_identity(struct workbook_file *f, struct err *err) {
    struct stat by_fd, by_path;
    if (fstat(f->fd, &by_fd) == 0 && stat(f->path, &by_path) == 0 &&
        by_fd.st_dev == by_path.st_dev && by_fd.st_ino == by_path.st_ino &&
        same_times(&by_fd, &f->known))
        return 0;
    f->failed = true;
    char *conflict = beside(f, "conflict");
    struct buf name = BUF_INIT;
    struct err ignored = ERR_INIT;
    buf_addf(&name, "%s.xml", conflict);
    bool copied = workbook_file_copy(f, name.s, &ignored) == 0;
    err_release(&ignored);
    not_saved(f, err, "another program changed, moved or removed the file");
    if (copied)
        err_todo(err, "your copy is in %s", name.s);
    struct buf why = BUF_INIT;
    buf_addf(&why, "changed by another program%s%s", copied ? ": your copy is in " : "",
             copied ? name.s : "");
    be_read_only(f, why.s);
    buf_release(&why);
    buf_release(&name);
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
    size_t end = log_end(f) + f->old_tail;
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

/* Whether a write that failed left the old tail, which most do. */
static bool tail_stands(const struct workbook_file *f) {
    char now[TAIL_LEN];
    return f->unwritten == 0 && f->old_tail == TAIL_LEN &&
           pread(f->fd, now, TAIL_LEN, (off_t)log_end(f)) == TAIL_LEN &&
           memcmp(now, tail, TAIL_LEN) == 0;
}

/* After a short or failed write: the end of the log again, and nothing behind it. */
static void roll_back(struct workbook_file *f) {
    if (tail_stands(f)) {
        fstat(f->fd, &f->known);
        return;
    }
    struct buf end = BUF_INIT;
    size_t from = log_end(f);
    buf_add(&end, f->image.s + from, f->unwritten);
    buf_puts(&end, tail);
    if (file_pwrite(f->fd, end.s, end.len, (off_t)from) < 0 ||
        ftruncate(f->fd, (off_t)(from + end.len)) < 0 || fdatasync(f->fd) < 0) {
        f->failed = true;
        be_read_only(f, "the disk failed");
    }
    f->unwritten = 0;
    f->old_tail = TAIL_LEN;
    f->size = f->image.len + TAIL_LEN;
    fstat(f->fd, &f->known);
    buf_release(&end);
}

/* The kernel has dropped the pages, so this descriptor is not to be trusted again. */
static void sync_failed(struct workbook_file *f, struct err *err, int code) {
    char *rescue = beside(f, "rescue");
    struct buf name = BUF_INIT;
    struct err copy = ERR_INIT;
    buf_addf(&name, "%s.xml", rescue);
    f->failed = true;
    bool copied = workbook_file_copy(f, name.s, &copy) == 0;
    err_errno(err, code, "not saved: the disk failed");
    err_at(err, f->path, 0, 0);
    if (copied)
        err_todo(err, "all that was saved before is in %s", name.s);
    be_read_only(f, "the disk failed");
    err_release(&copy);
    buf_release(&name);
    free(rescue);
}

/* What replaces the old tail: the event, and the tail again. */
static void lay_out(const struct workbook_file *f, const struct buf *line,
                    struct buf *out) {
    buf_add(out, f->image.s + log_end(f), f->unwritten);
    buf_add(out, line->s, line->len);
    buf_puts(out, tail);
    if (f->old_tail > out->len)
        add_blanks(out, f->old_tail - out->len);
}

static int write_block(struct workbook_file *f, const struct buf *block,
                       struct err *err) {
    ssize_t n;
    do
        n = pwrite(f->fd, block->s, block->len, (off_t)log_end(f));
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)block->len) {
        err_errno(err, n < 0 ? errno : ENOSPC, "not saved");
        err_at(err, f->path, 0, 0);
        roll_back(f);
        return -1;
    }
    if (fdatasync(f->fd) == 0)
        return 0;
    sync_failed(f, err, errno);
    return -1;
}

static int commit(struct workbook_file *f, const struct buf *line, struct err *err) {
    struct buf block = BUF_INIT;
    lay_out(f, line, &block);
    int result = 0;
    f->written = true;
    if (extend_runway(f, block.len) < 0) {
        err_errno(err, errno, "not saved");
        result = err_at(err, f->path, 0, 0);
    }
    if (result == 0)
        result = write_block(f, &block, err);
    if (result == 0) {
        buf_add(&f->image, line->s, line->len);
        f->unwritten = 0;
        f->old_tail = TAIL_LEN;
        fstat(f->fd, &f->known);
    }
    buf_release(&block);
    return result;
}

int workbook_file_append(struct workbook_file *f, struct event *e, struct err *err) {
    if (!f->writable || f->failed)
        return not_saved(f, err, f->read_only ? f->read_only : "the disk failed");
    if (check_identity(f, err) < 0)
        return -1;
    struct buf line = BUF_INIT;
    e->n = f->last_n + 1;
    event_encode(e, &line);
    int result = commit(f, &line, err);
    if (result == 0)
        f->last_n++;
    buf_release(&line);
    return result;
}

int workbook_file_copy(const struct workbook_file *f, const char *path, struct err *err) {
    struct buf b = BUF_INIT;
    buf_add(&b, f->image.s, f->image.len);
    buf_puts(&b, tail);
    int result = file_create(path, 0600, b.s, b.len, err);
    buf_release(&b);
    return result;
}

/* ---- closing, asking */

int workbook_file_close(struct workbook_file *f, struct err *err) {
    int result = 0;
    size_t end = log_end(f) + f->old_tail;
    if (f->written && f->writable && !f->failed && f->size > end && same_file(f) &&
        ftruncate(f->fd, (off_t)end) < 0) {
        err_errno(err, errno, "its unused end cannot be trimmed");
        result = err_at(err, f->path, 0, 0);
    }
    if (close(f->fd) < 0 && result == 0) {
        err_errno(err, errno, "it cannot be closed");
        result = err_at(err, f->path, 0, 0);
    }
    f->fd = -1;
    file_free(f);
    return result;
}

const char *workbook_file_id(const struct workbook_file *f) {
    return f->id;
}

const char *workbook_file_read_only(const struct workbook_file *f) {
    return f->read_only;
}

const char *workbook_file_notice(const struct workbook_file *f) {
    return f->notice;
}
