#include "line.h"
#include "screens.h"

/* When the disk does not take the record: writing it anew, and a copy elsewhere. */

static bool accept_copy(struct shell *sh, void *ctx, const char *path) {
    struct err err = ERR_INIT;

    (void)ctx;
    if (!*path)
        return true;
    if (session_copy(sh->session, path, &err) < 0) {
        shell_error(sh, &err);
        return false;
    }
    shell_say(sh, "a copy of all that is saved is in %s", path);
    return true;
}

static const struct line_ops copy_line = {
    .memory = "copy", .enter = "Copy", .accept = accept_copy};

void rescue_copy(struct shell *sh, const char *path) {
    struct line_setup setup = {&copy_line, NULL, "copy to> ", NULL, NULL};

    if (path && *path)
        accept_copy(sh, NULL, path);
    else
        line_open(sh, &setup);
}

void rescue_retry(struct shell *sh) {
    struct err err = ERR_INIT;

    if (!session_read_only(sh->session)) {
        shell_say(sh, "the workbook is well: all %u are saved",
                  (unsigned)session_saved(sh->session));
    } else if (session_retry(sh->session, &err) == 0) {
        shell_say(sh, "the workbook was written anew: all %u are saved",
                  (unsigned)session_saved(sh->session));
    } else {
        shell_error(sh, &err);
        rescue_copy(sh, NULL);
    }
}
