#include "draft.h"

#include "state_dir.h"

#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* drafts/ID-KEY, where all but letters, digits, dot and dash is written as %XX. */
static int draft_path(const struct session *s, const char *key, struct buf *out,
                      struct err *err) {
    struct buf name = BUF_INIT;
    buf_addf(&name, "drafts/%s-", session_id(s));
    for (const char *p = key; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || *p == '.' || *p == '-';
        if (plain)
            buf_putc(&name, *p);
        else
            buf_addf(&name, "%%%02X", (unsigned char)*p);
    }
    int result = state_dir_path(name.s, out, err);
    buf_release(&name);
    return result;
}

static int fail(struct err *err, const char *path, const char *what) {
    err_errno(err, errno, "%s", what);
    return err_at(err, path, 0, 0);
}

int draft_save(const struct session *s, const char *key, const char *text, size_t len,
               struct err *err) {
    if (session_off_record(s))
        return 0;
    struct buf path = BUF_INIT;
    int result = draft_path(s, key, &path, err);
    if (result == 0)
        result = file_replace(path.s, text, len, err);
    buf_release(&path);
    return result;
}

int draft_load(const struct session *s, const char *key, struct buf *out,
               struct err *err) {
    struct buf path = BUF_INIT;
    int result = draft_path(s, key, &path, err);
    if (result == 0 && access(path.s, F_OK) == 0)
        result = file_slurp(path.s, out, err) == 0 ? 1 : -1;
    buf_release(&path);
    return result;
}

static int scrub_one(const char *path, const char *text, struct err *err) {
    struct buf b = BUF_INIT;
    int result = file_slurp(path, &b, err);
    if (result == 0 && memmem(b.s, b.len, text, strlen(text)) && unlink(path) < 0)
        result = fail(err, path, "the expunged entry's draft cannot be removed");
    buf_release(&b);
    return result;
}

int draft_scrub(const struct session *s, const char *text, struct err *err) {
    struct buf folder = BUF_INIT;
    int result = *text ? state_dir_path("drafts/", &folder, err) : 0;
    DIR *d = *text && result == 0 ? opendir(folder.s) : NULL;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s%s", folder.s, e->d_name);
        if (strncmp(e->d_name, session_id(s), strlen(session_id(s))) == 0 &&
            scrub_one(path.s, text, err) < 0)
            result = -1;
        buf_release(&path);
    }
    if (d)
        closedir(d);
    buf_release(&folder);
    return result;
}

int draft_drop(const struct session *s, const char *key, struct err *err) {
    struct buf path = BUF_INIT;
    int result = draft_path(s, key, &path, err);
    if (result == 0 && unlink(path.s) < 0 && errno != ENOENT)
        result = fail(err, path.s, "the draft cannot be removed");
    buf_release(&path);
    return result;
}
