#include "workbook_private.h"

#include "event_codec.h"
#include "file.h"
#include "lock.h"

#include "base/mem.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static int fail(struct err *err, const char *path, const char *what) {
    err_errno(err, errno, "%s", what);
    return err_at(err, path, 0, 0);
}

/* ---- the whole file anew */

/* Extended attributes, the access control lists among them. Best effort, but for a list
 * that the old file has and the new cannot take. */
static int copy_xattrs(int from, int to) {
    char names[4096], value[4096];
    ssize_t len = flistxattr(from, names, sizeof names);
    for (ssize_t at = 0; at < len; at += (ssize_t)strlen(names + at) + 1) {
        ssize_t n = fgetxattr(from, names + at, value, sizeof value);
        if (n >= 0 && fsetxattr(to, names + at, value, (size_t)n, 0) < 0 &&
            strncmp(names + at, "system.posix_acl", 16) == 0)
            return -1;
    }
    return 0;
}

static int copy_owner(int from, int to) {
    struct stat old, now;
    if (fstat(from, &old) < 0 || fstat(to, &now) < 0)
        return -1;
    /* Root keeps another's file another's; a person who may not cannot lose it either. */
    if ((old.st_uid != now.st_uid || old.st_gid != now.st_gid) &&
        fchown(to, old.st_uid, old.st_gid) < 0 && old.st_uid != now.st_uid)
        return -1;
    return fchmod(to, old.st_mode & 07777);
}

static int write_temporary(struct workbook_file *f, const char *path,
                           const struct buf *log) {
    struct buf holder = BUF_INIT;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    bool ok = file_pwrite(fd, log->s, log->len, 0) == 0 &&
              file_pwrite(fd, workbook_tail, WORKBOOK_TAIL_LEN, (off_t)log->len) == 0 &&
              copy_owner(f->fd, fd) == 0 && copy_xattrs(f->fd, fd) == 0 &&
              fsync(fd) == 0 && lock_take(fd, &holder) != 0;
    buf_release(&holder);
    if (ok)
        return fd;
    int saved = errno;
    close(fd);
    unlink(path);
    errno = saved;
    return -1;
}

/* Goes on with the new file, which holds `log` and the tail. */
static void adopt_new(struct workbook_file *f, int fd, const struct buf *log) {
    struct buf image = BUF_INIT;
    buf_add(&image, log->s, log->len);
    close(f->fd);
    f->fd = fd;
    buf_release(&f->image);
    f->image = image;
    f->unwritten = 0;
    f->old_tail = WORKBOOK_TAIL_LEN;
    f->size = image.len + WORKBOOK_TAIL_LEN;
    fstat(fd, &f->known);
}

static int refuse_links(const struct workbook_file *f, struct err *err) {
    err_set(err, "the file has several names (hard links), so it is not replaced");
    err_at(err, f->path, 0, 0);
    return err_todo(err, "remove the other names, or work on a copy");
}

int workbook_replace(struct workbook_file *f, const struct buf *log, struct err *err) {
    struct stat st;
    if (fstat(f->fd, &st) == 0 && st.st_nlink > 1)
        return refuse_links(f, err);
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s.%ld.tmp", f->path, (long)getpid());
    int result = 0, fd = write_temporary(f, path.s, log);
    if (fd < 0) {
        result = fail(err, f->path, "it cannot be written anew");
    } else if (!workbook_untouched(f)) {
        result = workbook_not_saved(f, err, "another program changed the file meanwhile");
    } else if (rename(path.s, f->path) < 0) {
        result = fail(err, f->path, "it cannot be replaced");
    }
    if (result < 0 && fd >= 0) {
        close(fd);
        unlink(path.s);
    }
    buf_release(&path);
    if (result < 0)
        return -1;
    adopt_new(f, fd, log);
    return file_sync_folder(f->path, err) < 0 ? 1 : 0;
}

int workbook_file_copy(const struct workbook_file *f, const char *path, struct err *err) {
    struct buf b = BUF_INIT;
    buf_add(&b, f->image.s, f->image.len);
    buf_puts(&b, workbook_tail);
    int result = file_create(path, 0600, b.s, b.len, err);
    buf_release(&b);
    return result;
}

int workbook_file_retry(struct workbook_file *f, struct err *err) {
    if (!f->failed)
        return f->writable ? 0 : workbook_not_saved(f, err, f->read_only);
    struct buf log = BUF_INIT;
    buf_add(&log, f->image.s, f->image.len);
    int result = workbook_replace(f, &log, err);
    buf_release(&log);
    if (result != 0)
        return -1;
    f->failed = false;
    f->writable = true;
    workbook_set_string(&f->read_only, NULL);
    return 0;
}

/* ---- the events of the image, with their places */

struct place {
    size_t start, end;
    char *id, *about; /* the id of the event that it names, or NULL */
    bool edited;
};

struct places {
    VEC(struct place) v;
    struct workbook_scan scan;
};

static void no_memo(void *ctx, struct memo *m) {
    (void)ctx;
    memo_free(m);
}

static void no_reset(void *ctx) {
    (void)ctx;
}

static void add_place(void *ctx, const struct event *e) {
    struct places *p = ctx;
    const char *about = event_get(e, FIELD_EVENT);
    struct place at = {.start = p->scan.event_start,
                       .end = p->scan.event_end,
                       .id = mem_strdup(e->id),
                       .about = *about ? mem_strdup(about) : NULL,
                       .edited = e->edited};
    vec_push(&p->v, at);
}

static void release_places(struct places *p) {
    for (size_t i = 0; i < p->v.n; i++) {
        mem_free(p->v.v[i].id);
        mem_free(p->v.v[i].about);
    }
    vec_release(&p->v);
}

static int reread(const struct workbook_file *f, const struct workbook_sink *sink,
                  struct workbook_scan *scan, struct err *err) {
    struct buf whole = BUF_INIT;
    buf_add(&whole, f->image.s, f->image.len);
    buf_puts(&whole, workbook_tail);
    int result = workbook_read(whole.s, whole.len, f->path, sink, scan, err);
    buf_release(&whole);
    return result;
}

int workbook_file_reread(const struct workbook_file *f, const struct workbook_sink *sink,
                         struct err *err) {
    struct workbook_scan scan;
    return reread(f, sink, &scan, err);
}

static int find_places(const struct workbook_file *f, struct places *p, struct err *err) {
    const struct workbook_sink sink = {p, no_memo, add_place, no_reset};
    return reread(f, &sink, &p->scan, err);
}

/* The line's end belongs to the event, and the blanks before it. */
static size_t line_end(const struct buf *b, size_t end) {
    while (end < b->len && (b->s[end] == ' ' || b->s[end] == '\t'))
        end++;
    return end < b->len && b->s[end] == '\n' ? end + 1 : end;
}

/* ---- expunging */

typedef VEC(const char *) id_vec;

static bool listed(const id_vec *ids, const char *id) {
    for (size_t i = 0; id && i < ids->n; i++)
        if (strcmp(ids->v[i], id) == 0)
            return true;
    return false;
}

/* Events come after those that they name, so one pass finds all that goes with them. */
static void follow_names(const struct places *p, id_vec *ids) {
    for (size_t i = 0; i < p->v.n; i++)
        if (listed(ids, p->v.v[i].about) && !listed(ids, p->v.v[i].id))
            vec_push(ids, p->v.v[i].id);
}

static void copy_others(const struct workbook_file *f, const struct places *p,
                        const id_vec *ids, struct buf *out) {
    size_t from = 0;
    for (size_t i = 0; i < p->v.n; i++) {
        if (!listed(ids, p->v.v[i].id))
            continue;
        buf_add(out, f->image.s + from, p->v.v[i].start - from);
        from = line_end(&f->image, p->v.v[i].end);
    }
    buf_add(out, f->image.s + from, f->image.len - from);
}

/* Drops every line that has one of the ids as an attribute's value: of a torn, damaged,
 * rescue or conflict file, which may not be well-formed. */
static bool scrub_lines(const struct buf *in, const id_vec *ids, struct buf *out) {
    bool found = false;
    for (size_t at = 0; at < in->len;) {
        const char *nl = memchr(in->s + at, '\n', in->len - at);
        size_t end = nl ? (size_t)(nl - in->s) + 1 : in->len;
        bool drop = false;
        for (size_t i = 0; i < ids->n && !drop; i++) {
            struct buf quoted = BUF_INIT;
            buf_addf(&quoted, "\"%s\"", ids->v[i]);
            drop = memmem(in->s + at, end - at, quoted.s, quoted.len) != NULL;
            buf_release(&quoted);
        }
        if (!drop)
            buf_add(out, in->s + at, end - at);
        found |= drop;
        at = end;
    }
    return found;
}

static int scrub_file(const char *path, const id_vec *ids, struct err *err) {
    struct buf in = BUF_INIT, out = BUF_INIT;
    int result = file_slurp(path, &in, err);
    if (result == 0 && scrub_lines(&in, ids, &out)) {
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
        bool ok = fd >= 0 && file_pwrite(fd, out.s, out.len, 0) == 0 &&
                  ftruncate(fd, (off_t)out.len) == 0 && fsync(fd) == 0;
        if (!ok)
            result = fail(err, path, "the expunged entry is still in it");
        if (fd >= 0)
            close(fd);
    }
    buf_release(&in);
    buf_release(&out);
    return result;
}

static bool made_beside(const char *name, const char *base) {
    static const char *const kinds[] = {".torn-", ".damaged-", ".rescue-", ".conflict-"};
    size_t len = strlen(base);
    if (strncmp(name, base, len) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(name + len, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

static int scrub_folder(const char *folder, const char *base, const id_vec *ids,
                        struct err *err) {
    DIR *d = opendir(folder);
    int result = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, e->d_name);
        if (made_beside(e->d_name, base) && scrub_file(path.s, ids, err) < 0)
            result = -1;
        buf_release(&path);
    }
    if (d)
        closedir(d);
    return result;
}

static int scrub_beside(const struct workbook_file *f, const id_vec *ids,
                        struct err *err) {
    const char *slash = strrchr(f->path, '/'), *base = slash ? slash + 1 : f->path;
    char *folder = slash ? mem_strndup(f->path, (size_t)(slash - f->path)) : NULL;
    int result = scrub_folder(folder ? *folder ? folder : "/" : ".", base, ids, err);
    if (f->spare_folder && scrub_folder(f->spare_folder, base, ids, err) < 0)
        result = -1;
    mem_free(folder);
    return result;
}

static void list_ids(const id_vec *ids, struct buf *out) {
    for (size_t i = 0; i < ids->n; i++)
        buf_addf(out, "%s%s", i ? " " : "", ids->v[i]);
}

int workbook_file_expunge(struct workbook_file *f, const char *id,
                          struct event_draft *mark, bool *expunged, struct err *err) {
    *expunged = false;
    if (!f->writable || f->failed)
        return workbook_not_saved(f, err,
                                  f->read_only ? f->read_only : "the disk failed");
    struct places p = {0};
    id_vec ids = {0};
    struct buf log = BUF_INIT, list = BUF_INIT;
    vec_push(&ids, id);
    int result = find_places(f, &p, err);
    if (result == 0) {
        follow_names(&p, &ids);
        copy_others(f, &p, &ids, &log);
        list_ids(&ids, &list);
        event_draft_set(mark, FIELD_EVENTS, list.s);
        mark->event.n = f->last_n + 1;
        event_encode(&mark->event, &log);
        result = workbook_replace(f, &log, err);
    }
    if (result >= 0) {
        *expunged = true;
        f->last_n++;
        result = scrub_beside(f, &ids, err) < 0 || result > 0 ? -1 : 0;
    }
    buf_release(&log);
    buf_release(&list);
    vec_release(&ids);
    release_places(&p);
    return result;
}

/* ---- resealing */

int workbook_file_reseal(struct workbook_file *f, size_t *resealed, struct err *err) {
    if (!f->writable || f->failed)
        return workbook_not_saved(f, err,
                                  f->read_only ? f->read_only : "the disk failed");
    struct places p = {0};
    struct buf log = BUF_INIT;
    size_t from = 0;
    *resealed = 0;
    int result = find_places(f, &p, err);
    for (size_t i = 0; result == 0 && i < p.v.n; i++) {
        if (!p.v.v[i].edited)
            continue;
        buf_add(&log, f->image.s + from, p.v.v[i].start - from);
        event_reseal(f->image.s + p.v.v[i].start, p.v.v[i].end - p.v.v[i].start, &log);
        from = p.v.v[i].end;
        ++*resealed;
    }
    buf_add(&log, f->image.s + from, f->image.len - from);
    if (result == 0 && *resealed)
        result = workbook_replace(f, &log, err) == 0 ? 0 : -1;
    buf_release(&log);
    release_places(&p);
    return result;
}
