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

#include "remind.h"
#include "screen.h"
#include "session/session.h"

struct shell {
    struct session *session; /* NULL on the chooser */
    struct canvas canvas;
    VEC(struct screen *) stack;
    VEC(struct screen *) closed; /* freed when no operation of theirs can be running */
    struct buf message;
    enum { SAY_NOTHING, SAY_MESSAGE, SAY_ERROR } message_kind;
    int64_t said_at;          /* when the message was */
    struct reminded reminded; /* what has been said of the clock (remind.h) */
    bool seconds;             /* what was drawn last counts seconds */
    int64_t phase;            /* room time at which one of them began */
    bool done;                /* the loop is to end */
    bool suspend;             /* the loop is to suspend the program */
    bool dirty;               /* something to draw */
    bool repaint;             /* all of it, since something else wrote on the terminal */
    bool forget;              /* what was drawn and typed is not to stay in memory */
    bool typed;               /* since drafts were kept last */
    int watch; /* becomes readable when the file changes, -1: look often (loop) */
    void (*watched)(struct shell *sh); /* looks whether it did; NULL: nobody asks */
    struct line_memory *lines;         /* what was typed at the foot earlier (line.h) */
    const char *program; /* this one, to run itself beside the screen; or NULL */
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
/* Room time (model/room.h) now; what every running clock is drawn from. */
int64_t shell_room(const struct shell *sh);

/* The screens. `s` was made with mem_zalloc(). */
void shell_push(struct shell *sh, struct screen *s, const struct screen_ops *ops);
/* Closes a screen, wherever it stands. */
void shell_close(struct shell *sh, struct screen *s);
struct screen *shell_top(const struct shell *sh);
/* The screen under another; NULL at the bottom. */
struct screen *shell_below(const struct shell *sh, const struct screen *s);

/* One key, click or paste. */
void shell_input(struct shell *sh, const struct input *in);
/* Those that mean the same on every screen: help, quit, the floor, whatever records and
 * needs no place. `args` as in screen.h. False: none of them. */
bool shell_own_command(struct shell *sh, const struct command *c,
                       const struct command_args *args);
void shell_draw(struct shell *sh);
/* A slice of each screen's work; true while there is more. */
bool shell_idle(struct shell *sh);
/* Keeps the drafts of what is being typed. */
void shell_keep(struct shell *sh);
/* Called while drawing: what is drawn counts seconds since a room time, so that it is
 * drawn again at the next one. */
void shell_count_seconds(struct shell *sh, int64_t since);
/* Ms until something on the screen changes by itself: a second where one is counted, else
 * the minute of the header's clock, or a time box that comes to its end. */
int shell_wait(const struct shell *sh);
/* That time has come: what runs is drawn again, what is due is said. */
void shell_tick(struct shell *sh);

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
