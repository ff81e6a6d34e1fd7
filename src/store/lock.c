#include "lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool holds(const char *pid, const char *fd, const struct stat *file) {
    char path[128], line[256];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%.20s/fd/%.20s", pid, fd);
    if (stat(path, &st) < 0 || st.st_dev != file->st_dev || st.st_ino != file->st_ino)
        return false;
    snprintf(path, sizeof path, "/proc/%.20s/fdinfo/%.20s", pid, fd);
    FILE *f = fopen(path, "re");
    bool found = false;
    while (f && !found && fgets(line, sizeof line, f))
        found = strncmp(line, "lock:", 5) == 0 && strstr(line, "OFDLCK") != NULL;
    if (f)
        fclose(f);
    return found;
}

static bool process_holds(const char *pid, const struct stat *file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/fd", pid);
    DIR *d = opendir(path);
    bool found = false;
    for (struct dirent *e; d && !found && (e = readdir(d));)
        found = *e->d_name != '.' && holds(pid, e->d_name, file);
    if (d)
        closedir(d);
    return found;
}

static void name_process(const char *pid, struct buf *out) {
    char path[64], name[64] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
    FILE *f = fopen(path, "re");
    if (f && fgets(name, sizeof name, f))
        name[strcspn(name, "\n")] = '\0';
    if (f)
        fclose(f);
    buf_addf(out, "%s (%s)", *name ? name : "process", pid);
}

static void name_holder(int fd, struct buf *out) {
    struct stat st;
    size_t before = out->len;
    DIR *proc = fstat(fd, &st) == 0 ? opendir("/proc") : NULL;
    for (struct dirent *e; proc && out->len == before && (e = readdir(proc));)
        if (*e->d_name >= '1' && *e->d_name <= '9' && atol(e->d_name) != getpid() &&
            process_holds(e->d_name, &st))
            name_process(e->d_name, out);
    if (proc)
        closedir(proc);
    if (out->len == before)
        buf_puts(out, "another program");
}

int lock_take(int fd, struct buf *holder) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
        return 1;
    if (errno != EAGAIN && errno != EACCES)
        return -1;
    name_holder(fd, holder);
    return 0;
}

bool lock_held(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}
