#include "editor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *editor_command(void) {
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

    return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

static int write_all(int fd, const char *s, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, s, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        s += n;
        len -= (size_t)n;
    }
    return 0;
}

static int make_file(char *path, size_t size, const char *text, size_t len,
                     struct err *err) {
    const char *dir = getenv("TMPDIR");

    snprintf(path, size, "%s/memobook-XXXXXX.txt", dir && *dir ? dir : "/tmp");
    int fd = mkstemps(path, 4); /* with mode 0600 */
    if (fd < 0)
        return err_errno(err, errno, "%s cannot be made", path);
    bool whole = write_all(fd, text, len) == 0 &&
                 (len == 0 || text[len - 1] == '\n' || write_all(fd, "\n", 1) == 0);
    int code = errno;
    if (close(fd) == 0 && whole)
        return 0;
    unlink(path);
    return err_errno(err, code, "%s cannot be written", path);
}

/* Editors may write the file anew: it is opened by name. */
static int read_file(const char *path, struct buf *out, struct err *err) {
    char block[8192];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;

    if (fd < 0)
        return err_errno(err, errno, "%s cannot be read", path);
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return err_set(err, "%s is no file any more", path);
    }
    while ((n = read(fd, block, sizeof block)) > 0)
        buf_add(out, block, (size_t)n);
    int code = errno;
    close(fd);
    if (n < 0)
        return err_errno(err, code, "%s cannot be read", path);
    /* The line end that editors add is not part of the text. */
    if (out->len && out->s[out->len - 1] == '\n')
        buf_cut(out, out->len - 1);
    return 0;
}

int external_edit(struct shell *sh, const char *text, size_t len, struct buf *out,
                  struct err *err) {
    const char *command = editor_command();
    struct buf script = BUF_INIT;
    char path[4096], name[] = "sh", flag[] = "-c";

    if (!sh->run_program)
        return err_set(err, "no other program can be run here");
    if (make_file(path, sizeof path, text, len, err) < 0)
        return -1;
    /* $EDITOR may hold arguments, so the shell splits it; the path is one word. */
    buf_addf(&script, "%s \"$1\"", command);
    char *argv[] = {name, flag, script.s, name, path, NULL};
    int status = sh->run_program(sh, argv, err);
    buf_release(&script);
    if (status > 0)
        err_set(err, "%s ended with %d: the text is as it was", command, status);
    else if (status == 0)
        status = read_file(path, out, err);
    unlink(path);
    return status == 0 ? 0 : -1;
}
