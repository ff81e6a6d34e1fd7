/*
 * A program on a terminal of its own: a pty whose output libvterm draws.
 *
 * Between the test and the program stands a keeper, the leader of the pty's session, as a
 * shell does: it puts the program in the foreground, tells when it stops or ends, and
 * continues it. So Ctrl-Z works as it does in a shell.
 *
 * Nothing here sleeps: terminal_pump() waits for output, for at most as long as it is
 * told. Rows count from 0. Errors of the system end the test with a message.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

enum { TERMINAL_ROW_MAX = 8192, HELD_MAX = 32 };

struct terminal {
    int master;        /* the pty; -1 when there is none */
    int report, order; /* pipes from and to the keeper */
    pid_t keeper, program;
    VTerm *vt;
    VTermScreen *screen;
    int rows, columns;
    struct termios before; /* modes before the program ran */
    char held[HELD_MAX];   /* start of a sequence that is not drawn yet */
    size_t n_held;
    bool alternate, cursor_hidden, mouse;
    bool stopped, ended;
    int status;          /* as of waitpid(), once it ended */
    unsigned long bytes; /* read so far */
};

/* Whether this system has ptys; otherwise errno says why. */
bool terminal_possible(void);
/* Starts argv[0] with the present environment and folder. */
void terminal_open(struct terminal *t, int rows, int columns, char *const argv[]);
/* Ends the program by force where it still runs. */
void terminal_close(struct terminal *t);
/* The line drops: the program sees a hang-up. */
void terminal_hang_up(struct terminal *t);

/* Draws what comes within `ms`; true when something came. Any of n terminals. */
bool terminal_pump(struct terminal *t, size_t n, int ms);
/* Sends bytes as typed, drawing what comes meanwhile. */
void terminal_send(struct terminal *t, const char *s, size_t len);
/* Whether the program has read all that was sent. */
bool terminal_drained(const struct terminal *t);
void terminal_resize(struct terminal *t, int rows, int columns);
/* Brings a stopped program back to the foreground. */
void terminal_resume(struct terminal *t);

/* A key by its name: "a", "ж", "Up", "C-r", "M-e", "S-Left", "C-Space"; false when no
 * such key is known. */
bool terminal_key(struct terminal *t, const char *name);
/* Text as a terminal pastes it; false when the program did not ask for bracketed paste.
 */
bool terminal_paste(struct terminal *t, const char *s, size_t len);
void terminal_click(struct terminal *t, int row, int column);
/* A notch of the wheel there. */
void terminal_wheel(struct terminal *t, int row, int column, bool up);

/* A row as UTF-8, without blanks at its end. `column` (may be NULL) gets the column of
 * each byte. */
size_t terminal_row(const struct terminal *t, int row, char out[TERMINAL_ROW_MAX],
                    int column[TERMINAL_ROW_MAX]);
VTermScreenCell terminal_cell(const struct terminal *t, int row, int column);
VTermPos terminal_cursor(const struct terminal *t);
/* What the program left undone on the terminal when it stopped or ended, or NULL. */
const char *terminal_unrestored(struct terminal *t);

#endif
