/*
 * The shell: a stack of screens, the session they work on, the lines around them (header,
 * message, keys), and what one screen asks of the program.
 *
 * It owns its screens and borrows the session. shell_input() and shell_draw() need no
 * terminal of their own: a test opens one of a given size and calls them (ui_test.h);
 * ui_run() adds the loop around them (shell_loop.h).
 */
#ifndef UI_SHELL_H
#define UI_SHELL_H

#include "screen.h"
#include "session/session.h"

struct shell {
    struct session *session; /* NULL on the chooser */
    struct canvas canvas;
    VEC(struct screen *) stack;
    VEC(struct screen *) closed; /* freed when no operation of theirs can be running */
    struct buf message;
    enum { SAY_NOTHING, SAY_MESSAGE, SAY_ERROR } message_kind;
    bool done;                 /* the loop is to end */
    bool suspend;              /* the loop is to suspend the program */
    bool dirty;                /* something to draw */
    bool repaint;              /* all of it, since something else wrote on the terminal */
    bool typed;                /* since drafts were kept last */
    struct line_memory *lines; /* what was typed at the foot earlier (line.h) */
    /* Runs a program on the terminal; set by the loop. */
    int (*run_program)(struct shell *sh, char *const argv[], struct err *err);
};

/* The terminal is open. */
struct shell *shell_new(void);
/* Keeps the drafts, closes all screens. */
void shell_free(struct shell *sh);
/* Observes the session from now on; the caller keeps owning it. */
void shell_use_session(struct shell *sh, struct session *s);
const struct workbook *shell_workbook(const struct shell *sh);
int64_t shell_now(const struct shell *sh);

/* The screens. `s` was made with mem_zalloc(). */
void shell_push(struct shell *sh, struct screen *s, const struct screen_ops *ops);
/* Closes a screen, wherever it stands. */
void shell_close(struct shell *sh, struct screen *s);
struct screen *shell_top(const struct shell *sh);
/* The screen under another; NULL at the bottom. */
struct screen *shell_below(const struct shell *sh, const struct screen *s);

/* One key, click or paste. */
void shell_input(struct shell *sh, const struct input *in);
/* Those that mean the same on every screen: help, quit, redraw… False: none of them. */
bool shell_own_command(struct shell *sh, const struct command *c);
void shell_draw(struct shell *sh);
/* A slice of each screen's work; true while there is more. */
bool shell_idle(struct shell *sh);
/* Keeps the drafts of what is being typed. */
void shell_keep(struct shell *sh);
/* Ms until something on the screen changes by itself, or -1. */
int shell_wait(const struct shell *sh);

/* The message line. Stays until the next key. */
void shell_say(struct shell *sh, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void shell_fail(struct shell *sh, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Says an error and releases it. */
void shell_error(struct shell *sh, struct err *err);
/* Something was typed that is worth a draft. */
void shell_typed(struct shell *sh);

/* Records: 0 and says what, or -1 and says why not ("not saved: …"). */
int shell_run(struct shell *sh, enum command_id id, const struct command_args *args);
/* Whether anything can be recorded; says why not. Asked before a person types in vain. */
bool shell_writable(struct shell *sh);
/* The issue or topic, and the entry, that the screens have in hand. */
struct focus shell_focus(const struct shell *sh);

#endif
