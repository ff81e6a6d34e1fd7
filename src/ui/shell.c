#include "shell.h"

#include "base/text.h"
#include "line.h"
#include "off_record.h"
#include "room_actions.h"
#include "screens.h"
#include "shell_frame.h"

#include <time.h>

enum { SECOND = 1000, MINUTE = 60 * 1000, LATE = 3 };

struct shell *shell_new(void) {
    struct shell *sh = mem_zalloc(sizeof *sh);

    canvas_init(&sh->canvas);
    sh->message = (struct buf)BUF_INIT;
    sh->lines = line_memory_new();
    sh->dirty = true;
    return sh;
}

static void bury(struct shell *sh) {
    for (size_t i = 0; i < sh->closed.n; i++)
        mem_free(sh->closed.v[i]);
    sh->closed.n = 0;
}

void shell_free(struct shell *sh) {
    if (!sh)
        return;
    shell_keep(sh);
    while (sh->stack.n)
        shell_close(sh, shell_top(sh));
    bury(sh);
    if (sh->session)
        session_observe(sh->session, NULL, NULL);
    vec_release(&sh->stack);
    vec_release(&sh->closed);
    line_memory_free(sh->lines);
    buf_release(&sh->message);
    canvas_release(&sh->canvas);
    mem_free(sh);
}

static void session_changed(void *ctx) {
    struct shell *sh = ctx;

    sh->dirty = true;
    for (size_t i = 0; i < sh->stack.n; i++)
        if (sh->stack.v[i]->ops->changed)
            sh->stack.v[i]->ops->changed(sh->stack.v[i]);
}

void shell_use_session(struct shell *sh, struct session *s) {
    sh->session = s;
    session_observe(s, session_changed, sh);
}

const struct workbook *shell_workbook(const struct shell *sh) {
    return sh->session ? session_workbook(sh->session) : NULL;
}

int64_t shell_now(const struct shell *sh) {
    struct timespec t;

    if (sh->session)
        return session_now(sh->session);
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t shell_room(const struct shell *sh) {
    return sh->session ? session_room(sh->session) : 0;
}

/* ---- The stack ---- */

void shell_push(struct shell *sh, struct screen *s, const struct screen_ops *ops) {
    s->ops = ops;
    s->shell = sh;
    vec_push(&sh->stack, s);
    sh->dirty = true;
}

void shell_close(struct shell *sh, struct screen *s) {
    for (size_t i = sh->stack.n; i-- > 0;) {
        if (sh->stack.v[i] != s)
            continue;
        vec_remove(&sh->stack, i);
        if (s->ops->close)
            s->ops->close(s);
        vec_push(&sh->closed, s);
        break;
    }
    sh->dirty = true;
}

struct screen *shell_top(const struct shell *sh) {
    return sh->stack.n ? sh->stack.v[sh->stack.n - 1] : NULL;
}

struct screen *shell_below(const struct shell *sh, const struct screen *s) {
    for (size_t i = sh->stack.n; i-- > 1;)
        if (sh->stack.v[i] == s)
            return sh->stack.v[i - 1];
    return NULL;
}

struct focus shell_focus(const struct shell *sh) {
    for (size_t i = sh->stack.n; i-- > 0;)
        if (sh->stack.v[i]->ops->focus)
            return sh->stack.v[i]->ops->focus(sh->stack.v[i]);
    return FOCUS_NONE;
}

/* ---- Messages ---- */

__attribute__((format(printf, 3, 0))) static void
set_message(struct shell *sh, int kind, const char *fmt, va_list ap) {
    struct buf b = BUF_INIT;

    buf_vaddf(&b, fmt, ap);
    buf_release(&sh->message);
    sh->message = b;
    sh->message_kind = kind == SAY_ERROR ? SAY_ERROR : SAY_MESSAGE;
    sh->said_at = shell_now(sh);
    sh->dirty = true;
}

void shell_say(struct shell *sh, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    set_message(sh, SAY_MESSAGE, fmt, ap);
    va_end(ap);
}

void shell_fail(struct shell *sh, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    set_message(sh, SAY_ERROR, fmt, ap);
    va_end(ap);
}

void shell_error(struct shell *sh, struct err *err) {
    struct buf b = BUF_INIT;

    err_format(err, &b);
    shell_fail(sh, "%s", b.s);
    buf_release(&b);
    err_release(err);
}

void shell_typed(struct shell *sh) {
    sh->typed = true;
}

void shell_keep(struct shell *sh) {
    sh->typed = false;
    for (size_t i = 0; i < sh->stack.n; i++)
        if (sh->stack.v[i]->ops->keep)
            sh->stack.v[i]->ops->keep(sh->stack.v[i]);
}

/* ---- Recording ---- */

/* "not saved: No space left on device; what you typed is kept: …". The workbook's own
 * name says nothing here. */
static void say_refused(struct shell *sh, struct err *err) {
    struct screen *top = shell_top(sh);
    unsigned where = top ? top->ops->where(top) : 0;
    struct buf b = BUF_INIT;

    if (err->file &&
        strcmp(basename(err->file), basename(session_path(sh->session))) == 0) {
        mem_free(err->file);
        err->file = NULL;
    }
    if (!err->todo && where & ON_TYPING)
        err_todo(err, "what you typed is kept here: %s tries again",
                 where & ON_EDITOR ? "Ctrl-S" : "Enter");
    err_format(err, &b);
    shell_fail(sh, "%s%s", strstr(b.s, "not saved") ? "" : "not saved: ", b.s);
    buf_release(&b);
    err_release(err);
}

/* One line of what the person has just typed is enough; a remark on it is not cut. */
static void say_done(struct shell *sh) {
    const char *message = session_message(sh->session);
    const char *remark = session_remark(sh->session);
    struct buf b = BUF_INIT;

    text_cut(&b, message, (size_t)(remark - message), (size_t)sh->canvas.columns - 2,
             false);
    shell_say(sh, "%s%s", b.s, remark);
    buf_release(&b);
}

int shell_run(struct shell *sh, enum command_id id, const struct command_args *args) {
    struct err err = ERR_INIT;

    if (id != COMMAND_RECORD_ON && !shell_writable(sh))
        return -1;
    if (session_run(sh->session, &commands[id], args, &err) < 0) {
        say_refused(sh, &err);
        return -1;
    }
    say_done(sh);
    return 0;
}

bool shell_writable(struct shell *sh) {
    const char *why =
        sh->session ? session_read_only(sh->session) : "no workbook is open";

    if (why)
        shell_fail(sh, "not saved: read-only: %s", why);
    else if (is_off_record(sh))
        shell_fail(sh, "not recorded: this is off the record; O goes back on it");
    return !why && !is_off_record(sh);
}

/* ---- Commands of every screen ---- */

/* To the screen that has this flag: going from one to another and back does not pile
 * them up. */
static void go_to_screen(struct shell *sh, unsigned where,
                         void (*open)(struct shell *sh)) {
    size_t at = sh->stack.n;

    while (at > 0 && sh->stack.v[at - 1]->ops->where(sh->stack.v[at - 1]) != where)
        at--;
    if (at == 0) {
        open(sh);
        return;
    }
    for (size_t i = sh->stack.n; i-- > at;)
        if (!sh->stack.v[i]->ops->overlay)
            shell_close(sh, sh->stack.v[i]);
}

static void open_history(struct shell *sh) {
    history_open(sh, NONE);
}

static bool open_command(struct shell *sh, enum command_id id) {
    switch (id) {
    case COMMAND_FLOOR:
        go_to_screen(sh, ON_FLOOR, floor_open);
        return true;
    case COMMAND_PEOPLE:
        go_to_screen(sh, ON_PEOPLE, people_open);
        return true;
    case COMMAND_PACE:
        go_to_screen(sh, ON_PACE, pace_open);
        return true;
    case COMMAND_SITTING:
        sitting_open_menu(sh);
        return true;
    case COMMAND_RECORD:
    case COMMAND_RECORD_TYPING:
        off_record_switch(sh);
        return true;
    case COMMAND_RECORD_OFF:
    case COMMAND_RECORD_ON:
        off_record_by_name(sh, id == COMMAND_RECORD_OFF);
        return true;
    case COMMAND_HISTORY:
        go_to_screen(sh, ON_HISTORY, open_history);
        return true;
    case COMMAND_NOTES:
        go_to_screen(sh, ON_PREVIEW, preview_open);
        return true;
    default:
        return false;
    }
}

/* A command of the floor's screen, given by name elsewhere. */
static bool hand_to_floor(struct shell *sh, const struct command *c,
                          const struct command_args *args) {
    struct screen *s;

    if (c->where != ON_FLOOR)
        return false;
    go_to_screen(sh, ON_FLOOR, floor_open);
    s = shell_top(sh);
    return s->ops->where(s) == ON_FLOOR && s->ops->command(s, c, args, "");
}

/* Recorded from whatever screen, where all that it needs was said. */
static bool session_command(struct shell *sh, const struct command *c,
                            const struct command_args *args) {
    struct command_args none = COMMAND_ARGS_NONE;

    if (!sh->session)
        return false;
    if (open_command(sh, c->id) || agreement_screen(sh, shell_focus(sh), c, args) ||
        room_action(sh, NONE, c, args))
        return true;
    if (!c->run)
        return hand_to_floor(sh, c, args);
    if (!args && *c->args && *c->args != '[') {
        shell_say(sh, "say it in one line: %s %s", c->name, c->args);
        return true;
    }
    shell_run(sh, c->id, args ? args : &none);
    return true;
}

bool shell_own_command(struct shell *sh, const struct command *c,
                       const struct command_args *args) {
    switch (c->id) {
    case COMMAND_REDRAW:
        sh->repaint = sh->dirty = true;
        return true;
    case COMMAND_SUSPEND:
        sh->suspend = true;
        return true;
    case COMMAND_QUIT:
        sh->done = true;
        return true;
    case COMMAND_HELP:
        help_open(sh);
        return true;
    case COMMAND_PALETTE:
        palette_open(sh);
        return true;
    default:
        return session_command(sh, c, args);
    }
}

/* ---- Input ---- */

static bool give_command(struct shell *sh, const struct command *c,
                         const struct command_args *args, const char *key) {
    struct screen *top = shell_top(sh);

    if (top && top->ops->command && top->ops->command(top, c, args, key))
        return true;
    return shell_own_command(sh, c, args);
}

static void say_unknown(struct shell *sh, const struct input *in, unsigned where) {
    const struct command *elsewhere = command_of_key(in->name, ON_DETAIL);

    if (where == ON_OUTLINE && elsewhere)
        shell_say(sh, "%s acts on an entry: Tab goes to the entries", in->name);
    else if (!(where & ON_MENU))
        shell_say(sh, "%s means nothing here; ? shows the keys", in->name);
}

/* In a list a Cyrillic letter is the key in its place. */
static void to_latin(struct input *in) {
    size_t used;
    uint32_t c = in->len ? text_decode(in->text, in->len, &used) : 0;
    uint32_t latin = c >= 128 && used == in->len ? text_latin_key(c) : c;

    if (latin != c && latin < 128) {
        char name[2] = {(char)latin, 0};
        input_of_key(name, in);
    }
}

static void key_input(struct shell *sh, struct input *in) {
    struct screen *top = shell_top(sh);
    unsigned where = top->ops->where(top);
    struct input rest;

    if (!(where & ON_TYPING))
        to_latin(in);
    if (top->ops->first && top->ops->first(top, in))
        return;
    top = shell_top(sh);
    where = top->ops->where(top);
    const struct command *c = command_of_key(in->name, where);
    if (c && give_command(sh, c, NULL, in->name))
        return;
    if (input_split_meta(in, &rest)) {
        struct input esc;
        input_of_key("Esc", &esc);
        key_input(sh, &esc);
        if (sh->stack.n)
            key_input(sh, &rest);
    } else if (where & ON_TYPING) {
        if (in->len && top->ops->text)
            top->ops->text(top, in->text, in->len, false);
    } else {
        say_unknown(sh, in, where);
    }
}

static void paste_input(struct shell *sh, const struct input *in) {
    struct screen *top = shell_top(sh);

    if (top->ops->text && top->ops->where(top) & ON_TYPING)
        top->ops->text(top, in->paste, in->len, true);
    else
        shell_say(sh, "pasted text is left out here: press n or a first, then paste");
}

static void mouse_input(struct shell *sh, const struct input *in) {
    const char *key =
        in->kind == INPUT_CLICK ? canvas_spot_at(&sh->canvas, in->y, in->x) : NULL;
    struct screen *top = shell_top(sh);
    unsigned where = top->ops->where(top);
    struct input as_key;

    /* What stands under a line or an editor would be typed into it. */
    if (key && where & ON_TYPING && !command_of_key(key, where))
        key = NULL;
    if (key) {
        input_of_key(key, &as_key);
        key_input(sh, &as_key);
    } else if (top->ops->mouse) {
        top->ops->mouse(top, in);
    }
}

void shell_input(struct shell *sh, const struct input *in) {
    struct input copy = *in;

    if (!sh->stack.n || frame_too_small(sh, &copy))
        return;
    sh->message_kind = SAY_NOTHING;
    sh->dirty = true;
    if (in->kind == INPUT_KEY)
        key_input(sh, &copy);
    else if (in->kind == INPUT_PASTE)
        paste_input(sh, in);
    else
        mouse_input(sh, in);
    bury(sh);
}

/* ---- Drawing and waiting ---- */

static void draw_screen(struct shell *sh, struct screen *s, struct rect area) {
    /* A click beside a menu closes it, and does nothing else. */
    if (s->ops->where(s) == ON_MENU)
        sh->canvas.spots.n = 0;
    s->ops->draw(s, &sh->canvas, area);
}

void shell_draw(struct shell *sh) {
    struct rect area;
    size_t first = sh->stack.n;

    if (sh->forget) {
        canvas_forget(&sh->canvas);
        mem_wipe_traces();
    }
    if (sh->repaint || sh->forget)
        canvas_redraw();
    sh->repaint = sh->dirty = sh->forget = false;
    sh->seconds = false;
    canvas_begin(&sh->canvas);
    if (frame_begin(sh, &area)) {
        while (first > 0 && sh->stack.v[--first]->ops->overlay)
            continue;
        for (size_t i = first; i < sh->stack.n; i++)
            draw_screen(sh, sh->stack.v[i], area);
        frame_end(sh);
    }
    canvas_end(&sh->canvas);
}

bool shell_idle(struct shell *sh) {
    bool more = false;

    for (size_t i = 0; i < sh->stack.n; i++)
        if (sh->stack.v[i]->ops->idle && sh->stack.v[i]->ops->idle(sh->stack.v[i]))
            more = true;
    bury(sh);
    return more;
}

void shell_count_seconds(struct shell *sh, int64_t since) {
    sh->seconds = true;
    sh->phase = since;
}

/* Ms from a time until the next whole unit after it. */
static int64_t until_next(int64_t time, int64_t unit) {
    return unit - (time % unit + unit) % unit;
}

int shell_wait(const struct shell *sh) {
    int64_t due = remind_wait(sh);
    int64_t wait = sh->seconds ? until_next(shell_room(sh) - sh->phase, SECOND)
                               : until_next(shell_now(sh), MINUTE);

    if (due > 0 && due < wait)
        wait = due;
    return (int)(wait + LATE); /* a moment early would show the second before */
}

void shell_tick(struct shell *sh) {
    sh->dirty = true;
    remind(sh);
}
