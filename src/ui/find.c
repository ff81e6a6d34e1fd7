#include "find.h"

#include "line.h"

struct find {
    const struct find_ops *ops;
    struct screen *screen;
};

static bool find_accept(struct shell *sh, void *ctx, const char *text) {
    struct find *f = ctx;

    (void)sh;
    (void)text;
    f->ops->end(f->screen, true);
    return true;
}

static void find_leave(struct shell *sh, void *ctx) {
    struct find *f = ctx;

    (void)sh;
    f->ops->end(f->screen, false);
}

static void find_changed(struct shell *sh, void *ctx, const char *text) {
    struct find *f = ctx;

    (void)sh;
    f->ops->set(f->screen, text);
}

static void find_hint(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    struct find *f = ctx;

    (void)sh;
    if (*text)
        f->ops->count(f->screen, out);
}

static bool find_command(struct shell *sh, void *ctx, enum command_id id) {
    struct find *f = ctx;

    (void)sh;
    if (id != COMMAND_FIND_NEXT && id != COMMAND_FIND_PREVIOUS)
        return false;
    f->ops->step(f->screen, id == COMMAND_FIND_NEXT ? 1 : -1);
    return true;
}

static const struct line_ops find_line = {
    .memory = "find",
    .enter = "Stay here",
    .accept = find_accept,
    .changed = find_changed,
    .leave = find_leave,
    .hint = find_hint,
    .command = find_command,
    .release = mem_free,
};

void find_open(struct screen *s, const struct find_ops *ops) {
    struct find *f = mem_zalloc(sizeof *f);
    struct line_setup setup = {&find_line, f, "find> ", NULL, NULL};

    f->ops = ops;
    f->screen = s;
    line_open(s->shell, &setup);
}

bool find_take(struct screen *s, const struct find_ops *ops, enum command_id id,
               const struct command_args *args) {
    if (id == COMMAND_FIND && args && args->text && *args->text)
        ops->set(s, args->text);
    else if (id == COMMAND_FIND)
        find_open(s, ops);
    else if (id == COMMAND_FIND_NEXT || id == COMMAND_FIND_PREVIOUS)
        ops->step(s, id == COMMAND_FIND_NEXT ? 1 : -1);
    else
        return false;
    return true;
}
