#include "release.h"

#include "cli.h"

#include "base/text.h"

#include <stdio.h>

void cli_tell_leaks(const struct leaks *l, size_t from) {
    struct buf line = BUF_INIT;
    for (size_t i = from; i < l->v.n; i++) {
        buf_clear(&line);
        leak_line(&l->v.v[i], &line);
        fprintf(stderr, "memobook: %s\n", line.s);
    }
    if (l->total > l->v.n)
        fprintf(stderr, "memobook: and %zu more\n", l->total - l->v.n);
    buf_release(&line);
}

void cli_tell_warnings(const struct buf *warnings) {
    struct buf line = BUF_INIT;
    for (const char *s = warnings->s; *s;) {
        size_t len = strcspn(s, "\n");
        buf_clear(&line);
        text_visible(&line, s, len);
        if (line.len)
            fprintf(stderr, "memobook: warning: %s\n", line.s);
        s += len + (s[len] == '\n');
    }
    buf_release(&line);
}

static int write_release(const char *path, const char *names,
                         const struct notes_options *o, const char *format,
                         struct err *err) {
    struct session *s = session_open(path, SESSION_WRITE, err);
    if (!s)
        return -1;
    int ret = session_released(s, names, o->template_name, format, o->attribution, err);
    if (ret < 0)
        session_close(s);
    else
        ret = session_finish(s, err);
    return ret;
}

int cli_release(const char *path, const struct notes_options *o, const char *format,
                const struct leaks *l) {
    struct err err = ERR_INIT;
    struct buf names = BUF_INIT;
    if (l->total == 0)
        return EXIT_OK;
    leaks_names(l, &names);
    int ret = write_release(path, names.s, o, format, &err);
    if (ret < 0)
        err_todo(&err, "names go out only where the workbook's log can say so");
    else
        fprintf(stderr, "memobook: warning: these notes name %s; the log says so\n",
                names.s);
    buf_release(&names);
    return ret < 0 ? cli_fail(&err) : EXIT_OK;
}
