#include "watch.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { CHANGES = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB };

struct watch {
    int fd; /* or -1 */
    char *name;
};

/* Changes made by another computer are not told. Magic numbers of statfs(2). */
static bool is_remote(const char *folder) {
    static const unsigned long remote[] = {
        0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */,
        0x517b /* SMB */, 0x65735546 /* FUSE */, 0x01021997 /* 9P */,
        0x5346414f /* AFS */};
    struct statfs fs;
    if (statfs(folder, &fs) < 0)
        return false;
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if (((unsigned long)fs.f_type & 0xffffffff) == remote[i])
            return true;
    return false;
}

struct watch *watch_new(const char *path) {
    struct watch *w = mem_zalloc(sizeof *w);
    char *real = realpath(path, NULL);
    char *folder = real ? real : mem_strdup(path);
    char *slash = strrchr(folder, '/');
    w->name = mem_strdup(slash ? slash + 1 : folder);
    w->fd = -1;
    if (slash)
        slash[slash == folder] = '\0';
    if (slash && !is_remote(folder))
        w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd >= 0 && inotify_add_watch(w->fd, folder, CHANGES) < 0) {
        close(w->fd);
        w->fd = -1;
    }
    mem_free(folder);
    return w;
}

void watch_free(struct watch *w) {
    if (w->fd >= 0)
        close(w->fd);
    mem_free(w->name);
    mem_free(w);
}

int watch_fd(const struct watch *w) {
    return w->fd;
}

/* Another file of the folder is none of ours; an overflow may be. */
static bool is_ours(const struct watch *w, const struct inotify_event *e) {
    return e->mask & IN_Q_OVERFLOW || (e->len && strcmp(e->name, w->name) == 0);
}

bool watch_changed(struct watch *w) {
    _Alignas(
        struct inotify_event) char block[16 * (sizeof(struct inotify_event) + NAME_MAX)];
    bool ours = w->fd < 0;
    for (ssize_t n; w->fd >= 0 && (n = read(w->fd, block, sizeof block)) > 0;)
        for (const char *p = block; p < block + n;) {
            const struct inotify_event *e = (const void *)p;
            ours = is_ours(w, e) || ours;
            p += sizeof *e + e->len;
        }
    return ours;
}
