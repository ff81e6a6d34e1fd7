#include "state_dir.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Makes every folder of the path but its last part. */
static int make_folders(char *path) {
    for (char *p = path + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        int made = mkdir(path, 0700);
        *p = '/';
        if (made < 0 && errno != EEXIST)
            return -1;
    }
    return 0;
}

int state_dir_path(const char *name, struct buf *out, struct err *err) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/')
        buf_addf(out, "%s/memobook/%s", state, name);
    else if (home && *home == '/')
        buf_addf(out, "%s/.local/state/memobook/%s", home, name);
    else
        return err_set(err, "neither XDG_STATE_HOME nor HOME names a folder");
    if (make_folders(out->s) == 0)
        return 0;
    err_errno(err, errno, "its folder cannot be made");
    return err_at(err, out->s, 0, 0);
}
