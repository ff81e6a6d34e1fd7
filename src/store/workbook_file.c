#include "workbook_private.h"

#include "event_codec.h"
#include "file.h"
#include "lock.h"
#include "memo_codec.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

const char workbook_tail[] = "</log>\n</workbook>\n";
_Static_assert(sizeof workbook_tail - 1 == WORKBOOK_TAIL_LEN, "the tail's length");

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
    return workbook_file_create_with(path, m, NULL, 0, err);
}

int workbook_file_create_with(const char *path, const struct memo *m,
                              const struct event *events, size_t n, struct err *err) {
    char id[37];
    struct buf b = BUF_INIT;
    new_uuid(id);
    buf_puts(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_addf(&b, "<workbook xmlns=\"" MEMOBOOK_NS "\" version=\"1\" id=\"%s\">\n", id);
    memo_write(m, &b);
    buf_puts(&b, "<log>\n");
    for (size_t i = 0; i < n; i++)
        event_encode(&events[i], &b);
    buf_puts(&b, workbook_tail);
    int result = file_create(path, 0600, b.s, b.len, err);
    buf_release(&b);
    return result;
}

/* ---- what the parts share */

struct workbook_file *workbook_file_new(const char *path) {
    struct workbook_file *f = mem_zalloc(sizeof *f);
    char *real = realpath(path, NULL);
    f->path = real ? real : mem_strdup(path);
    f->fd = -1;
    f->image = (struct buf)BUF_INIT;
    return f;
}

void workbook_file_free(struct workbook_file *f) {
    if (f->fd >= 0)
        close(f->fd);
    mem_free(f->path);
    mem_free(f->spare_folder);
    mem_free(f->read_only);
    mem_free(f->notice);
    buf_release(&f->image);
    mem_free(f);
}

void workbook_set_string(char **to, char *s) {
    mem_free(*to);
    *to = s;
}

void workbook_be_read_only(struct workbook_file *f, const char *why) {
    f->writable = false;
    workbook_set_string(&f->read_only, mem_strdup(why));
}

char *workbook_beside(const char *path, const char *what, const char *suffix) {
    struct buf b = BUF_INIT;
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    for (unsigned again = 1;; again++) {
        buf_clear(&b);
        buf_addf(&b, "%s.%s-%04d%02d%02dT%02d%02d%02d", path, what, tm.tm_year + 1900,
                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        if (again > 1)
            buf_addf(&b, "-%u", again);
        buf_puts(&b, suffix);
        if (access(b.s, F_OK) < 0)
            return buf_detach(&b);
    }
}

bool workbook_same_file(const struct workbook_file *f) {
    struct stat by_fd, by_path;
    return fstat(f->fd, &by_fd) == 0 && stat(f->path, &by_path) == 0 &&
           by_fd.st_dev == by_path.st_dev && by_fd.st_ino == by_path.st_ino;
}

size_t workbook_log_end(const struct workbook_file *f) {
    return f->image.len - f->unwritten;
}

static bool same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

int workbook_tail_stands(const struct workbook_file *f) {
    char now[WORKBOOK_TAIL_LEN];
    ssize_t n;
    do
        n = pread(f->fd, now, sizeof now, (off_t)workbook_log_end(f));
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return -1;
    return n == (ssize_t)sizeof now && memcmp(now, workbook_tail, sizeof now) == 0;
}

bool workbook_untouched(const struct workbook_file *f) {
    struct stat now;
    return workbook_same_file(f) && fstat(f->fd, &now) == 0 &&
           now.st_size == f->known.st_size && same_time(now.st_mtim, f->known.st_mtim) &&
           same_time(now.st_ctim, f->known.st_ctim) &&
           (f->old_tail != WORKBOOK_TAIL_LEN || workbook_tail_stands(f) != 0);
}

int workbook_not_saved(const struct workbook_file *f, struct err *err, const char *why) {
    err_set(err, "not saved: %s", why);
    return err_at(err, f->path, 0, 0);
}

/* ---- closing, asking */

int workbook_file_close(struct workbook_file *f, struct err *err) {
    int result = 0;
    size_t end = workbook_log_end(f) + f->old_tail;
    if (f->written && f->writable && !f->failed && f->size > end &&
        workbook_same_file(f) && ftruncate(f->fd, (off_t)end) < 0) {
        err_errno(err, errno, "its unused end cannot be trimmed");
        result = err_at(err, f->path, 0, 0);
    }
    if (close(f->fd) < 0 && result == 0) {
        err_errno(err, errno, "it cannot be closed");
        result = err_at(err, f->path, 0, 0);
    }
    f->fd = -1;
    workbook_file_free(f);
    return result;
}

const char *workbook_file_id(const struct workbook_file *f) {
    return f->id;
}

bool workbook_file_in_use(const struct workbook_file *f) {
    return f->fd >= 0 && lock_held(f->fd);
}

const char *workbook_file_read_only(const struct workbook_file *f) {
    return f->read_only;
}

bool workbook_file_failed(const struct workbook_file *f) {
    return f->failed;
}

const char *workbook_file_notice(const struct workbook_file *f) {
    return f->notice;
}

void workbook_file_set_spare(struct workbook_file *f, const char *folder) {
    workbook_set_string(&f->spare_folder, mem_strdup(folder));
}
