#include "file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *remedy(int code) {
    switch (code) {
    case ENOENT:
        return "check the name and the folder";
    case EACCES:
    case EPERM:
    case EROFS:
        return "ask for the permission, or work in a folder of your own";
    case EEXIST:
        return "choose another name, or move that file away";
    case ENOSPC:
    case EDQUOT:
        return "make room on the disk";
    default:
        return NULL;
    }
}

static int fail(struct err *err, const char *path, const char *what) {
    const char *todo = remedy(errno);
    err_errno(err, errno, "%s", what);
    err_at(err, path, 0, 0);
    return todo ? err_todo(err, "%s", todo) : -1;
}

int file_open(const char *path, int flags, struct err *err) {
    int fd = open(path, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail(err, path, "it cannot be opened");
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return fd;
    close(fd);
    err_set(err, "it is not a regular file");
    return err_at(err, path, 0, 0);
}

int file_read(int fd, const char *path, struct buf *out, struct err *err) {
    struct stat st;
    if (fstat(fd, &st) < 0)
        return fail(err, path, "it cannot be read");
    if (st.st_size > FILE_MAX) {
        err_set(err, "it is larger than 256 MiB");
        return err_at(err, path, 0, 0);
    }
    buf_reserve(out, (size_t)st.st_size + 4096);
    mem_advise_large(out->s, out->cap);
    for (;;) {
        if (out->len > FILE_MAX) {
            err_set(err, "it is larger than 256 MiB");
            return err_at(err, path, 0, 0);
        }
        buf_reserve(out, 1);
        ssize_t n =
            pread(fd, out->s + out->len, out->cap - out->len - 1, (off_t)out->len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(err, path, "it cannot be read");
        if (n == 0)
            return 0;
        out->len += (size_t)n;
        out->s[out->len] = '\0';
    }
}

int file_slurp(const char *path, struct buf *out, struct err *err) {
    int fd = file_open(path, O_RDONLY, err);
    if (fd < 0)
        return -1;
    int result = file_read(fd, path, out, err);
    close(fd);
    return result;
}

int file_pwrite(int fd, const void *p, size_t len, off_t at) {
    const char *s = p;
    while (len > 0) {
        ssize_t n = pwrite(fd, s, len, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = ENOSPC;
        if (n <= 0)
            return -1;
        s += n;
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

int file_sync_folder(const char *path, struct err *err) {
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result =
        fd < 0 || fsync(fd) < 0 ? fail(err, folder, "the folder cannot be synced") : 0;
    if (fd >= 0)
        close(fd);
    mem_free(folder);
    return result;
}

static int write_new(const char *temporary, mode_t mode, const void *p, size_t len) {
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return -1;
    int bad = file_pwrite(fd, p, len, 0) < 0 || fsync(fd) < 0 ? errno : 0;
    if (close(fd) < 0 && !bad)
        bad = errno;
    if (!bad)
        return 0;
    unlink(temporary);
    errno = bad;
    return -1;
}

/* Gives the file its name only where that is free: by a link, or where the file system
 * has none, by a rename that does not replace. */
static int take_name(const char *temporary, const char *path) {
    if (link(temporary, path) == 0) {
        unlink(temporary);
        return 0;
    }
    if (errno != EEXIST &&
        renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    int saved = errno;
    unlink(temporary);
    errno = saved;
    return -1;
}

int file_create(const char *path, mode_t mode, const void *p, size_t len,
                struct err *err) {
    struct stat st;
    if (lstat(path, &st) == 0) {
        errno = EEXIST;
        return fail(err, path, "it is not replaced");
    }
    struct buf temporary = BUF_INIT;
    buf_addf(&temporary, "%s.%ld.tmp", path, (long)getpid());
    int result =
        write_new(temporary.s, mode, p, len) < 0 || take_name(temporary.s, path) < 0
            ? fail(err, path, "it cannot be made")
            : file_sync_folder(path, err);
    buf_release(&temporary);
    return result;
}

int file_replace(const char *path, const void *p, size_t len, struct err *err) {
    struct buf temporary = BUF_INIT;
    buf_addf(&temporary, "%s.%ld.tmp", path, (long)getpid());
    unlink(temporary.s); /* of a process that was killed and had this number */
    int result = 0;
    if (write_new(temporary.s, 0600, p, len) < 0) {
        result = fail(err, path, "it cannot be written");
    } else if (rename(temporary.s, path) < 0) {
        result = fail(err, path, "it cannot be written");
        unlink(temporary.s);
    }
    buf_release(&temporary);
    return result;
}
