#include "shell_loop.h"

#include "base/steady.h"
#include "base/text.h"
#include "ui.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE_DELAY = 25, DRAFT_DELAY = 1000, PASTE_DELAY = 500, RESTORE_MAX = 256 };

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* What signal handlers need. */
static struct {
    int pipe[2];
    volatile sig_atomic_t child; /* that has the terminal, or 0 */
    struct termios before;
    char restore[RESTORE_MAX]; /* what gives the terminal back */
    size_t restore_len;
    SCREEN *screen;
} loop = {.pipe = {-1, -1}};

extern char **environ;

/* ---- Signals ---- */

static const int told[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

/* Only tells the loop; the pipe does not block, and a full one has told it already. */
static void on_signal(int signal) {
    int code = errno;
    char c = (char)signal;

    if (write(loop.pipe[1], &c, 1) < 0)
        errno = code;
    /* Who has the terminal is told to end, too: the loop waits for it. */
    if (loop.child > 0 && (signal == SIGTERM || signal == SIGHUP))
        kill((pid_t)loop.child, signal);
    errno = code;
}

/* With what a signal handler may call. */
static void restore_terminal(void) {
    if (write(STDOUT_FILENO, loop.restore, loop.restore_len) < 0)
        return;
    tcsetattr(STDIN_FILENO, TCSANOW, &loop.before);
}

static void on_fatal(int signal) {
    restore_terminal();
    raise(signal); /* SA_RESETHAND: this time it is the default */
}

static void on_exhausted(void) {
    restore_terminal();
}

static void handle(const int *signals, size_t n, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < n; i++)
        sigaction(signals[i], &action, NULL);
}

static void handle_all(void) {
    handle(told, sizeof told / sizeof *told, on_signal, 0);
    handle(fatal, sizeof fatal / sizeof *fatal, on_fatal, (int)SA_RESETHAND | SA_NODEFER);
}

static void handle_none(void) {
    handle(told, sizeof told / sizeof *told, SIG_DFL, 0);
    handle(fatal, sizeof fatal / sizeof *fatal, SIG_DFL, 0);
}

/* ---- The terminal ---- */

/* A capability without its padding, which only tputs() could send. */
static void add_restore(const char *s) {
    for (; s && s != (char *)-1 && *s && loop.restore_len + 1 < RESTORE_MAX; s++) {
        if (s[0] == '$' && s[1] == '<' && strchr(s, '>'))
            s = strchr(s, '>');
        else
            loop.restore[loop.restore_len++] = *s;
    }
}

static void prepare_restore(void) {
    loop.restore_len = 0;
    add_restore(PASTE_OFF "\033[?1000l\033[?1006l");
    add_restore(tigetstr("sgr0"));
    add_restore(tigetstr("cnorm"));
    add_restore(tigetstr("rmkx"));
    add_restore(tigetstr("rmcup"));
    add_restore("\r\n");
}

static int open_pipe(struct err *err) {
    if (pipe2(loop.pipe, O_CLOEXEC | O_NONBLOCK) < 0)
        return err_errno(err, errno, "no pipe for signals");
    return 0;
}

static int open_screen(struct err *err) {
    const char *term = getenv("TERM");

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        err_set(err, "the screen needs a terminal");
        return err_todo(err, "without one, use memobook show, log, do or notes");
    }
    tcgetattr(STDIN_FILENO, &loop.before);
    loop.screen = newterm(NULL, stdout, stdin);
    if (loop.screen && tigetstr("cup") && tigetstr("cup") != (char *)-1)
        return 0;
    if (loop.screen) {
        endwin();
        delscreen(loop.screen);
        err_set(err, "the terminal “%s” cannot hold a screen", term ? term : "");
    } else {
        err_set(err, "the terminal “%s” is not known here", term ? term : "");
    }
    return err_todo(err, "set TERM to a kind that is and can, such as vt100 or xterm");
}

static void begin_input(void) {
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(ESCAPE_DELAY);
    typeahead(-1); /* all of a screen is drawn, whatever is typed meanwhile */
}

static void paste_mode(const char *sequence) {
    putp(sequence);
    fflush(stdout);
}

int loop_open(struct err *err) {
    text_locale();
    if (open_pipe(err) < 0)
        return -1;
    if (open_screen(err) < 0) {
        close(loop.pipe[0]);
        close(loop.pipe[1]);
        return -1;
    }
    begin_input();
    prepare_restore();
    handle_all();
    mem_on_exhausted(on_exhausted);
    paste_mode(PASTE_ON);
    return 0;
}

void loop_close(void) {
    paste_mode(PASTE_OFF);
    endwin();
    delscreen(loop.screen);
    mem_on_exhausted(NULL);
    handle_none();
    close(loop.pipe[0]);
    close(loop.pipe[1]);
}

static void leave_terminal(void) {
    paste_mode(PASTE_OFF);
    endwin();
}

static void take_size(void) {
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
        resizeterm(size.ws_row, size.ws_col);
}

static void come_back(struct shell *sh) {
    begin_input();
    paste_mode(PASTE_ON);
    take_size();
    sh->repaint = sh->dirty = true;
}

/* ---- Suspending, and other programs ---- */

static void suspend(struct shell *sh) {
    static const int stop[] = {SIGTSTP};

    sh->suspend = false;
    shell_keep(sh);
    leave_terminal();
    handle(stop, 1, SIG_DFL, 0);
    kill(0, SIGTSTP); /* whoever started the program is stopped with it, as usual */
    handle(stop, 1, on_signal, 0);
    come_back(sh);
}

static int wait_for(pid_t child, struct err *err) {
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return err_errno(err, errno, "the program cannot be waited for");
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    return 128 + (WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

/* The exit status, or -1 with *err. The program finds signals as they were before. */
static int run_program(struct shell *sh, char *const argv[], struct err *err) {
    posix_spawnattr_t attr;
    sigset_t usual;
    pid_t child;

    sigemptyset(&usual);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        sigaddset(&usual, told[i]);
    leave_terminal();
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigdefault(&attr, &usual);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
    int code = posix_spawnp(&child, argv[0], NULL, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
    int status = code ? err_errno(err, code, "%s cannot be run", argv[0]) : 0;
    if (!code) {
        loop.child = child;
        status = wait_for(child, err);
        loop.child = 0;
    }
    come_back(sh);
    return status;
}

/* ---- The loop ---- */

static void take_signals(struct shell *sh) {
    char c;

    while (read(loop.pipe[0], &c, 1) == 1) {
        if (c == SIGWINCH || c == SIGCONT) {
            take_size();
            sh->repaint = sh->repaint || c == SIGCONT;
            sh->dirty = true;
        } else if (c == SIGTSTP) {
            sh->suspend = true;
        } else {
            sh->done = true;
        }
    }
}

static void take_input(struct shell *sh, struct keys *keys, int64_t *heard) {
    struct input in;

    while (!sh->done && !sh->suspend && keys_read(keys, &in)) {
        shell_input(sh, &in);
        if (in.kind == INPUT_PASTE)
            buf_clear(&keys->paste);
        *heard = steady_ms();
    }
}

/* Ms to wait for; `drafts` is when the drafts are due, or 0. */
static int how_long(const struct shell *sh, bool working, bool pasting, int64_t drafts) {
    int wait = shell_wait(sh);

    if (working)
        return 0;
    if (pasting && wait > PASTE_DELAY)
        wait = PASTE_DELAY;
    if (drafts) {
        int64_t left = drafts - steady_ms();
        wait = left < 0 ? 0 : left < wait ? (int)left : wait;
    }
    return wait;
}

/* False when the terminal is gone. Input that curses has read already does not show. */
static bool wait_for_something(struct shell *sh, int ms) {
    struct pollfd fds[3] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = loop.pipe[0], .events = POLLIN},
                            {.fd = sh->watched ? sh->watch : -1, .events = POLLIN}};
    bool look = sh->watched && sh->watch < 0 && (ms < 0 || ms > SESSION_POLL);
    int n = poll(fds, 3, look ? SESSION_POLL : ms);

    if (sh->watched && (n == 0 || fds[2].revents))
        sh->watched(sh);
    if (n == 0 && ms > 0 && !look)
        shell_tick(sh);
    if (n > 0 && fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
        return false;
    return true;
}

static void take_drafts(struct shell *sh, int64_t *drafts) {
    if (sh->typed && !*drafts)
        *drafts = steady_ms() + DRAFT_DELAY;
    if (*drafts && steady_ms() >= *drafts) {
        *drafts = 0;
        shell_keep(sh);
    }
}

static void take_paste(struct shell *sh, struct keys *keys, int64_t heard) {
    struct input in;

    if (!keys->pasting || steady_ms() - heard < PASTE_DELAY || !keys_end_paste(keys, &in))
        return;
    shell_input(sh, &in);
    buf_clear(&keys->paste);
}

/* While something works in the background time passes all the same. */
static void take_time(struct shell *sh, bool working, int64_t *tick) {
    int64_t now = steady_ms();

    if (working && now >= *tick)
        shell_tick(sh);
    if (!working || now >= *tick)
        *tick = now + shell_wait(sh);
}

const char *ui_library(void) {
    return curses_version();
}

void loop_run(struct shell *sh, void (*shown)(struct shell *sh)) {
    struct keys keys;
    int64_t drafts = 0, heard = 0, tick = INT64_MAX;
    bool alive = true, working = false;

    keys_init(&keys);
    sh->run_program = run_program;
    shell_draw(sh);
    if (shown)
        shown(sh);
    while (alive && !sh->done) {
        take_input(sh, &keys, &heard);
        take_paste(sh, &keys, heard);
        take_signals(sh);
        if (sh->done)
            break;
        if (sh->suspend)
            suspend(sh);
        take_drafts(sh, &drafts);
        if (sh->dirty)
            shell_draw(sh);
        working = shell_idle(sh);
        take_time(sh, working, &tick);
        alive = wait_for_something(
            sh, how_long(sh, working || sh->dirty, keys.pasting, drafts));
    }
    shell_keep(sh);
    keys_release(&keys);
}
