#include "ui.h"

#include "base/text.h"
#include "screens.h"
#include "session/recent.h"
#include "shell_loop.h"

#include <errno.h>
#include <unistd.h>

/* Opens the workbook of a memo, which may have to be made; *made says so. */
static struct session *open_memo(const char *path, unsigned mode, char **name, bool *made,
                                 struct err *err) {
    *name = session_workbook_name(path);
    *made = access(*name, F_OK) != 0;
    if (*made && session_create(path, *name, err) < 0)
        return NULL;
    return session_open(*name, mode, err);
}

static struct session *open_any(const char *path, unsigned mode, struct buf *said,
                                struct err *err) {
    int kind = session_file_kind(path, err);
    bool made;
    char *name = NULL;

    if (kind < 0)
        return NULL;
    if (kind == 1)
        return session_open(path, mode, err);
    struct session *s = open_memo(path, mode, &name, &made, err);
    if (s)
        buf_addf(said, made ? "started %s here" : "reopened %s", name);
    mem_free(name);
    return s;
}

/* What was left as it was when the program ended. */
static const struct sitting *left_open(const struct workbook *w) {
    uint32_t open = sitting_open(w);

    return open == NONE ? NULL : &w->room.sittings.v[open];
}

static void say_opening(struct shell *sh, const struct buf *said) {
    const char *notice = session_notice(sh->session);
    const char *read_only = session_read_only(sh->session);
    const struct sitting *sitting = left_open(shell_workbook(sh));

    if (notice)
        shell_fail(sh, "%s", notice);
    else if (read_only) /* the header cuts it off */
        shell_say(sh, "read-only: %s", read_only);
    else if (session_off_record(sh->session))
        shell_say(sh, "still off the record: nothing is written until O goes back on it");
    else if (sitting)
        shell_say(sh, "“%s” is still open; S adjourns it", sitting->title);
    else if (said->len)
        shell_say(sh, "%s", said->s);
    else
        shell_say(sh, "? shows the keys");
}

/* What is shown comes first; the list of recent workbooks can wait for it. */
static void show_session(struct shell *sh, struct session *s, const struct buf *said) {
    shell_use_session(sh, s);
    workbook_screen_open(sh);
    say_opening(sh, said);
}

static int open_chosen(struct shell *sh, const char *path, struct err *err) {
    struct buf said = BUF_INIT;
    struct session *s = open_any(path, SESSION_SCREEN, &said, err);

    if (s) {
        show_session(sh, s, &said);
        recent_add(session_path(s));
    }
    buf_release(&said);
    return s ? 0 : -1;
}

static void remember_path(struct shell *sh) {
    if (sh->session)
        recent_add(session_path(sh->session));
}

int ui_run(const char *path, bool unlocked, struct err *err) {
    struct buf said = BUF_INIT;
    unsigned mode = unlocked ? SESSION_SCREEN | SESSION_UNLOCKED : SESSION_SCREEN;
    struct session *s = path ? open_any(path, mode, &said, err) : NULL;
    int result = -1;

    if (path && !s)
        return -1;
    if (loop_open(err) == 0) {
        struct shell *sh = shell_new();
        sh->program = "/proc/self/exe";
        if (s)
            show_session(sh, s, &said);
        else
            chooser_open(sh, open_chosen);
        loop_run(sh, s ? remember_path : NULL);
        s = sh->session;
        shell_free(sh);
        loop_close();
        result = 0;
    }
    if (s && result == 0)
        result = session_finish(s, err);
    else
        session_close(s);
    buf_release(&said);
    return result;
}
