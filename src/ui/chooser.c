#include "base/text.h"
#include "list.h"
#include "screens.h"
#include "session/recent.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Recent workbooks, then memos. */
struct chooser {
    struct screen screen;
    path_vec paths;
    size_t n_recent;
    struct list list; /* rows: paths, and a heading before each part that is not empty */
    int (*open)(struct shell *sh, const char *path, struct err *err);
};

static const struct screen_ops chooser_screen;

static struct chooser *of(struct screen *s) {
    return (struct chooser *)s;
}

/* The memos that came with the program: ../share/memobook/memos beside it, or memos/ in
 * the source tree. NULL where there are none. */
static const char *installed_memos(char *path, size_t size) {
    static const char *const places[] = {"../share/memobook/memos", "memos", "../memos"};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    struct stat st;

    if (n <= 0)
        return NULL;
    self[n] = 0;
    char *slash = strrchr(self, '/');
    if (!slash)
        return NULL;
    *slash = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(path, size, "%.*s/%s", (int)(size - 40), self, places[i]);
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            return path;
    }
    return NULL;
}

static void fill(struct chooser *ch) {
    char folder[PATH_MAX + 64];
    path_vec memos = {0};

    recent_list(&ch->paths);
    ch->n_recent = ch->paths.n;
    recent_memos(installed_memos(folder, sizeof folder), &memos);
    for (size_t i = 0; i < memos.n; i++)
        vec_push(&ch->paths, memos.v[i]);
    vec_release(&memos);
    size_t headings = (size_t)(ch->n_recent > 0) + (ch->paths.n > ch->n_recent);
    list_set_count(&ch->list, ch->paths.n + headings);
    list_go(&ch->list, 1);
}

void chooser_open(struct shell *sh,
                  int (*open)(struct shell *sh, const char *path, struct err *err)) {
    struct chooser *ch = mem_zalloc(sizeof *ch);

    ch->open = open;
    fill(ch);
    shell_push(sh, &ch->screen, &chooser_screen);
}

/* The path of a row; NULL for a heading. */
static const char *path_at(const struct chooser *ch, size_t row, const char **heading) {
    size_t n = ch->n_recent;

    *heading = NULL;
    if (n > 0 && row == 0)
        *heading = "Workbooks opened lately";
    else if (n > 0 && row <= n)
        return ch->paths.v[row - 1];
    else if (row == (n ? n + 1 : 0))
        *heading = "Memos: a new workbook";
    else if (row - (n ? 2 : 1) < ch->paths.n)
        return ch->paths.v[row - (n ? 2 : 1)];
    return NULL;
}

static unsigned chooser_where(const struct screen *s) {
    (void)s;
    return ON_CHOOSER;
}

static void draw_row(void *ctx, struct canvas *c, size_t row, struct rect line,
                     bool focused) {
    const struct chooser *ch = ctx;
    const char *heading, *path = path_at(ch, row, &heading);
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;

    canvas_fill(c, line.y, line.x, line.w, on);
    if (focused)
        canvas_cursor(c, line.y, line.x);
    if (!path) {
        canvas_string(c, line.y, line.x + 1, line.w - 2, ROLE_HEADING | on, heading);
        return;
    }
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    int x = line.x + 3;
    x += canvas_string(c, line.y, x, line.w - 4, ROLE_NORMAL | on, name) + 2;
    const char *folder = slash ? path : "in this folder";
    canvas_text(c, line.y, x, line.x + line.w - 1 - x, ROLE_DIM | on, folder,
                slash ? (size_t)(slash - path) : strlen(folder));
}

static void chooser_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct chooser *ch = of(s);

    canvas_string(c, area.y, area.x + 1, area.w - 2, ROLE_NORMAL,
                  "Enter opens. memobook FILE opens a memo or a workbook directly.");
    if (!ch->paths.n)
        canvas_string(c, area.y + 2, area.x + 1, area.w - 2, ROLE_DIM,
                      "There is no workbook yet, and no memo in this folder.");
    list_draw(&ch->list, c, (struct rect){area.y + 2, area.x, area.h - 2, area.w},
              draw_row, ch);
    if (c->cursor_y < 0)
        canvas_cursor(c, area.y, area.x);
}

static void choose(struct chooser *ch) {
    struct shell *sh = ch->screen.shell;
    struct err err = ERR_INIT;
    const char *heading, *path = path_at(ch, ch->list.at, &heading);

    if (!ch->list.n || !path)
        return;
    if (ch->open(sh, path, &err) < 0)
        shell_error(sh, &err);
    else
        shell_close(sh, &ch->screen);
}

/* Headings are stepped over. */
static bool chooser_move(struct chooser *ch, enum command_id id) {
    const char *heading;
    size_t before = ch->list.at;

    if (!list_command(&ch->list, id))
        return false;
    if (ch->list.n && !path_at(ch, ch->list.at, &heading)) {
        bool up = id == COMMAND_UP && before > ch->list.at && ch->list.at > 0;
        list_go(&ch->list, up ? ch->list.at - 1 : ch->list.at + 1);
    }
    return true;
}

static bool chooser_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    struct chooser *ch = of(s);

    (void)args;
    (void)key;
    if (c->id == COMMAND_OPEN) {
        choose(ch);
        return true;
    }
    if (c->id == COMMAND_BACK) {
        shell_say(s->shell, "q quits");
        return true;
    }
    return chooser_move(ch, c->id);
}

static void chooser_mouse(struct screen *s, const struct input *in) {
    struct chooser *ch = of(s);
    const char *heading;
    size_t row;

    if (in->kind == INPUT_CLICK && list_row_at(&ch->list, in->y, in->x, &row) &&
        !path_at(ch, row, &heading))
        return;
    if (list_mouse(&ch->list, in) && in->kind == INPUT_CLICK)
        choose(ch);
    else if (ch->list.n && !path_at(ch, ch->list.at, &heading))
        list_go(&ch->list, ch->list.at + 1);
}

static void chooser_close(struct screen *s) {
    path_vec_release(&of(s)->paths);
}

/* There is nothing behind it. */
static const char *chooser_label(const struct screen *s, enum command_id id) {
    (void)s;
    return id == COMMAND_BACK ? "" : NULL;
}

static const struct screen_ops chooser_screen = {
    .title = "Workbooks and memos",
    .where = chooser_where,
    .draw = chooser_draw,
    .command = chooser_command,
    .mouse = chooser_mouse,
    .label = chooser_label,
    .close = chooser_close,
};
