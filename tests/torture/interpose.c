/*
 * interpose: preloaded into a program, stands between it and the system calls on one
 * file.
 *
 *   TORTURE_PATH     the file, absolute. What lies beside it and begins with its name (a
 *                    temporary, torn or rescue file) counts too, and so does its folder.
 *   TORTURE_ON       which of them: words of "file beside folder"; all where unset
 *   TORTURE_CALLS    names of the calls that count, as "pwrite fdatasync"; all where
 * unset TORTURE_AT       acts at entry to the n-th such call, from 1; 0 or unset: never
 *   TORTURE_FOR      and on the calls after it, so many in all (default 1; 0: for ever)
 *   TORTURE_DO       kill, stop, short (a pwrite takes half), or the name of an errno
 *   TORTURE_JOURNAL  each call is appended: "NAME WHERE OFFSET LENGTH RESULT\n", and what
 *                    a write wrote
 *
 * A sync that is made to fail drops what was written since the one before, as a kernel
 * does that could not write its pages; the next sync knows nothing of it.
 */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

enum { FDS = 1024, UNSYNCED = 256 };
enum verdict { GO, SHORT, FAIL };

static struct {
    bool ready;
    char path[4096], folder[4096];
    const char *on, *calls, *what;
    unsigned long at, times, n;
    int code, journal;
} plan;

/* Where a descriptor leads: "." the file, "-…" beside it, "/" its folder; or NULL. */
static char *followed[FDS];

static struct unsynced {
    int fd;
    off_t at;
    size_t len;
    char *old;
} unsynced[UNSYNCED];
static size_t n_unsynced;

static void find(const char *name, void *function) {
    void *p = dlsym(RTLD_NEXT, name);
    if (!p)
        abort();
    memcpy(function, &p, sizeof p);
}

#define REAL(name)                                                                       \
    __typeof__(&name) real = NULL;                                                       \
    find(#name, &real)

static const struct {
    const char *name;
    int code;
} errors[] = {{"EIO", EIO},     {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EINTR", EINTR},
              {"EROFS", EROFS}, {"EACCES", EACCES}, {"ENOLCK", ENOLCK}, {"EPERM", EPERM}};

static unsigned long number(const char *name, unsigned long otherwise) {
    const char *s = getenv(name);
    return s && *s ? strtoul(s, NULL, 10) : otherwise;
}

static int open_journal(void) {
    const char *path = getenv("TORTURE_JOURNAL");
    if (!path)
        return -1;
    int (*real)(const char *, int, ...) = NULL;
    find("open", &real);
    int fd = real(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FDS);
}

static void read_plan(void) {
    const char *path = getenv("TORTURE_PATH");
    plan.ready = true;
    plan.journal = -1;
    if (!path)
        return;
    snprintf(plan.path, sizeof plan.path, "%s", path);
    snprintf(plan.folder, sizeof plan.folder, "%s", path);
    char *slash = strrchr(plan.folder, '/');
    if (slash)
        *slash = '\0';
    plan.on = getenv("TORTURE_ON");
    plan.calls = getenv("TORTURE_CALLS");
    plan.what = getenv("TORTURE_DO");
    plan.at = number("TORTURE_AT", 0);
    plan.times = number("TORTURE_FOR", 1);
    for (size_t i = 0; plan.what && i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, plan.what) == 0)
            plan.code = errors[i].code;
    plan.journal = open_journal();
}

/* The place of a name, good until the next call. */
static const char *where(const char *path) {
    static char full[8400];
    char folder[4096];
    if (!plan.ready)
        read_plan();
    size_t len = strlen(plan.path);
    if (len == 0 || !path || !*path)
        return NULL;
    if (*path != '/' && strcmp(path, ".") == 0)
        snprintf(full, sizeof full, "%s", getcwd(folder, sizeof folder) ? folder : "");
    else if (*path != '/')
        snprintf(full, sizeof full, "%s/%s", getcwd(folder, sizeof folder) ? folder : "",
                 path);
    else
        snprintf(full, sizeof full, "%s", path);
    path = full;
    if (strcmp(path, plan.folder) == 0)
        return "/";
    if (strncmp(path, plan.path, len) != 0)
        return NULL;
    return path[len] ? path + len : ".";
}

static const char *whose(int fd) {
    return fd >= 0 && fd < FDS ? followed[fd] : NULL;
}

static bool has_word(const char *list, const char *word) {
    size_t len = strlen(word);
    for (const char *p = list; p && (p = strstr(p, word)); p += len)
        if ((p == list || p[-1] == ' ') && (p[len] == '\0' || p[len] == ' '))
            return true;
    return false;
}

static bool counts(const char *call, const char *place) {
    const char *on = *place == '/'             ? "folder"
                     : strcmp(place, ".") == 0 ? "file"
                                               : "beside";
    return (!plan.on || has_word(plan.on, on)) &&
           (!plan.calls || has_word(plan.calls, call));
}

static enum verdict enter(const char *call, const char *place) {
    if (!place || !counts(call, place))
        return GO;
    plan.n++;
    if (plan.at == 0 || plan.n < plan.at || !plan.what ||
        (plan.times && plan.n >= plan.at + plan.times))
        return GO;
    if (strcmp(plan.what, "kill") == 0)
        kill(getpid(), SIGKILL);
    if (strcmp(plan.what, "stop") == 0)
        raise(SIGSTOP);
    if (strcmp(plan.what, "short") == 0)
        return SHORT;
    errno = plan.code;
    return plan.code ? FAIL : GO;
}

/* Errno is as the call left it. */
static void note(const char *call, const char *place, off_t at, size_t len, long result,
                 const void *bytes) {
    int saved = errno;
    char line[4200];
    if (!place || plan.journal < 0 || !counts(call, place))
        return;
    int n = snprintf(line, sizeof line, "%s %s %lld %zu %ld\n", call, place,
                     (long long)at, len, result);
    ssize_t (*real)(int, const void *, size_t) = NULL;
    find("write", &real);
    if (real(plan.journal, line, (size_t)n) != n ||
        (bytes && result > 0 && real(plan.journal, bytes, (size_t)result) != result))
        abort();
    errno = saved;
}

/* ---- names */

static int follow(int fd, const char *place) {
    if (fd >= 0 && fd < FDS) {
        free(followed[fd]);
        followed[fd] = place ? strdup(place) : NULL;
    }
    return fd;
}

static int open_with(const char *symbol, const char *path, int flags, mode_t mode) {
    const char *place = where(path);
    if (enter("open", place) == FAIL)
        return -1;
    int (*real)(const char *, int, ...) = NULL;
    find(symbol, &real);
    int fd = follow(real(path, flags, mode), place);
    note("open", place, 0, 0, fd, NULL);
    return fd;
}

static mode_t mode_of(int flags, va_list ap) {
    return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(ap, unsigned) : 0;
}

#define OPEN(name)                                                                       \
    int name(const char *path, int flags, ...) {                                         \
        va_list ap;                                                                      \
        va_start(ap, flags);                                                             \
        mode_t mode = mode_of(flags, ap);                                                \
        va_end(ap);                                                                      \
        return open_with("open64", path, flags, mode);                                   \
    }
OPEN(open)
OPEN(open64)

int __open_2(const char *path, int flags) {
    return open_with("open64", path, flags, 0);
}

int __open64_2(const char *path, int flags) {
    return open_with("open64", path, flags, 0);
}

#define OPENAT(name)                                                                     \
    int name(int folder, const char *path, int flags, ...) {                             \
        va_list ap;                                                                      \
        va_start(ap, flags);                                                             \
        mode_t mode = mode_of(flags, ap);                                                \
        va_end(ap);                                                                      \
        if (folder == AT_FDCWD)                                                          \
            return open_with("open64", path, flags, mode);                               \
        int (*real)(int, const char *, int, ...) = NULL;                                 \
        find("openat64", &real);                                                         \
        return real(folder, path, flags, mode);                                          \
    }
OPENAT(openat)
OPENAT(openat64)

/* A call on one name or on two: the first that is followed is the place. */
#define NAMES(call, params, one, two, args)                                              \
    int call params {                                                                    \
        const char *place = where(one);                                                  \
        if (!place)                                                                      \
            place = where(two);                                                          \
        if (enter(#call, place) == FAIL)                                                 \
            return -1;                                                                   \
        REAL(call);                                                                      \
        int result = real args;                                                          \
        note(#call, place, 0, 0, result, NULL);                                          \
        return result;                                                                   \
    }
NAMES(rename, (const char *from, const char *to), from, to, (from, to))
NAMES(renameat, (int a, const char *from, int b, const char *to), from, to,
      (a, from, b, to))
NAMES(renameat2, (int a, const char *from, int b, const char *to, unsigned flags), from,
      to, (a, from, b, to, flags))
NAMES(link, (const char *from, const char *to), from, to, (from, to))
NAMES(linkat, (int a, const char *from, int b, const char *to, int flags), from, to,
      (a, from, b, to, flags))
NAMES(unlink, (const char *path), path, NULL, (path))
NAMES(unlinkat, (int folder, const char *path, int flags), path, NULL,
      (folder, path, flags))

/* ---- writes */

/* What a write replaces, for drop(). */
static void remember(int fd, size_t len, off_t at) {
    if (n_unsynced == UNSYNCED)
        abort();
    struct unsynced *u = &unsynced[n_unsynced++];
    *u = (struct unsynced){fd, at, len, calloc(1, len + 1)};
    ssize_t (*real)(int, void *, size_t, off_t) = NULL;
    find("pread", &real);
    if (!u->old || real(fd, u->old, len, at) < 0)
        u->len = 0;
}

static void forget(int fd, bool drop) {
    ssize_t (*real)(int, const void *, size_t, off_t) = NULL;
    find("pwrite", &real);
    size_t kept = 0;
    struct stat st;
    for (size_t i = n_unsynced; drop && i-- > 0;) {
        struct unsynced *u = &unsynced[i];
        if (u->fd != fd || fstat(fd, &st) < 0 || u->at >= st.st_size)
            continue;
        if ((off_t)u->len > st.st_size - u->at)
            u->len = (size_t)(st.st_size - u->at);
        if (real(fd, u->old, u->len, u->at) < 0)
            abort();
    }
    for (size_t i = 0; i < n_unsynced; i++)
        if (unsynced[i].fd != fd)
            unsynced[kept++] = unsynced[i];
        else
            free(unsynced[i].old);
    n_unsynced = kept;
}

static ssize_t write_at(int fd, const void *p, size_t len, off_t at) {
    const char *place = whose(fd);
    enum verdict v = enter("pwrite", place);
    if (v == FAIL)
        return -1;
    if (v == SHORT && len > 1)
        len /= 2;
    if (place)
        remember(fd, len, at);
    ssize_t (*real)(int, const void *, size_t, off_t) = NULL;
    find("pwrite", &real);
    ssize_t n = real(fd, p, len, at);
    note("pwrite", place, at, len, n, p);
    return n;
}

ssize_t pwrite(int fd, const void *p, size_t len, off_t at) {
    return write_at(fd, p, len, at);
}

ssize_t pwrite64(int fd, const void *p, size_t len, off64_t at) {
    return write_at(fd, p, len, at);
}

ssize_t write(int fd, const void *p, size_t len) {
    const char *place = whose(fd);
    enum verdict v = enter("write", place);
    if (v == FAIL)
        return -1;
    if (v == SHORT && len > 1)
        len /= 2;
    REAL(write);
    off_t at = place ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t n = real(fd, p, len);
    note("write", place, at, len, n, p);
    return n;
}

/* ---- other calls on a descriptor */

#define SYNC(call)                                                                       \
    int call(int fd) {                                                                   \
        const char *place = whose(fd);                                                   \
        if (enter(#call, place) == FAIL) {                                               \
            int code = errno;                                                            \
            forget(fd, true);                                                            \
            errno = code;                                                                \
            return -1;                                                                   \
        }                                                                                \
        REAL(call);                                                                      \
        int result = real(fd);                                                           \
        if (place)                                                                       \
            forget(fd, false);                                                           \
        note(#call, place, 0, 0, result, NULL);                                          \
        return result;                                                                   \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, type)                                                             \
    int name(int fd, type size) {                                                        \
        const char *place = whose(fd);                                                   \
        if (enter("ftruncate", place) == FAIL)                                           \
            return -1;                                                                   \
        REAL(name);                                                                      \
        int result = real(fd, size);                                                     \
        note("ftruncate", place, size, 0, result, NULL);                                 \
        return result;                                                                   \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int close(int fd) {
    const char *place = whose(fd);
    enum verdict v = enter("close", place);
    int code = errno;
    REAL(close);
    int result = real(fd);
    note("close", place, 0, 0, result, NULL);
    if (place)
        forget(fd, false);
    follow(fd, NULL);
    if (v != FAIL)
        return result;
    errno = code;
    return -1;
}

#define DESCRIPTOR(call, params, args)                                                   \
    int call params {                                                                    \
        const char *place = whose(fd);                                                   \
        if (enter(#call, place) == FAIL)                                                 \
            return -1;                                                                   \
        REAL(call);                                                                      \
        int result = real args;                                                          \
        note(#call, place, 0, 0, result, NULL);                                          \
        return result;                                                                   \
    }
DESCRIPTOR(fchmod, (int fd, mode_t mode), (fd, mode))
DESCRIPTOR(fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
DESCRIPTOR(posix_fallocate, (int fd, off_t at, off_t len), (fd, at, len))
DESCRIPTOR(fallocate, (int fd, int mode, off_t at, off_t len), (fd, mode, at, len))

/* Every lock command takes a pointer, every other one an int or none. */
static int control(const char *symbol, int fd, int command, void *arg) {
    const char *place =
        command == F_OFD_SETLK || command == F_SETLK || command == F_OFD_SETLKW
            ? whose(fd)
            : NULL;
    if (enter("fcntl", place) == FAIL)
        return -1;
    int (*real)(int, int, ...) = NULL;
    find(symbol, &real);
    int result = real(fd, command, arg);
    note("fcntl", place, 0, 0, result, NULL);
    return result;
}

#define CONTROL(name)                                                                    \
    int name(int fd, int command, ...) {                                                 \
        va_list ap;                                                                      \
        va_start(ap, command);                                                           \
        void *arg = va_arg(ap, void *);                                                  \
        va_end(ap);                                                                      \
        return control("fcntl64", fd, command, arg);                                     \
    }
CONTROL(fcntl)
CONTROL(fcntl64)

ssize_t pread(int fd, void *p, size_t len, off_t at) {
    const char *place = whose(fd);
    if (enter("pread", place) == FAIL)
        return -1;
    REAL(pread);
    ssize_t n = real(fd, p, len, at);
    note("pread", place, at, len, n, NULL);
    return n;
}

ssize_t pread64(int fd, void *p, size_t len, off64_t at) {
    return pread(fd, p, len, at);
}
