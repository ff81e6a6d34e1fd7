/*
 * play: plays a journey, a small script of what a facilitator does, on the real program.
 *
 *     play SCRIPT.journey
 *
 * $MEMOBOOK is the program ("./memobook" where unset), $top_srcdir where `copy` looks.
 * The program runs on a pty (terminal.h) in a fresh scratch folder, which is its home.
 * A check waits until what it asks for is on the screen: at most 20 seconds, or
 * $JOURNEY_TIMEOUT. Exit 0; 1 with the line, the reason and the screen; 77 without ptys.
 *
 * One directive to a line; `#` starts a comment line. TEXT is the rest of the line; in
 * double quotes where it begins or ends with a blank. Rows count from 1, or from the
 * last with -1. What is looked for stands in one row.
 *
 *   size 80x24              of terminals started from now on (default 80x24)
 *   env NAME=VALUE          in the environment; "env NAME" takes it away
 *   copy FILE [NAME]        a file of the source tree into the scratch folder
 *   run ARGUMENTS           start $MEMOBOOK on the terminal; the shell splits them
 *   terminal N              from now on terminal N, 1 to 4 (each runs a program)
 *
 *   keys KEY...             press keys: a ж Up C-r M-e S-Left Enter; Down*5 five times
 *   burst KEY...            the same keys, all there at once, as over a slow line
 *   type TEXT               type text
 *   paste TEXT              paste text (bracketed); \n is a line break, \e Escape
 *   paste-file FILE         paste what a file of the scratch folder holds
 *   click TEXT              click where the text stands
 *   wheel up TEXT           turn the wheel there; or down
 *   resize 40x10
 *
 *   await TEXT              until the text is on the screen
 *   gone TEXT               until it is not
 *   row N TEXT              until it is in that row
 *   only N TEXT             until it is all that is in that row, less blanks at the ends
 *   lacks TEXT              once the program is at rest, it is not on the screen
 *   cursor-on TEXT          until the cursor's row has the text
 *   attr bold TEXT          until it has the attribute: bold reverse underline plain
 *   remember 2-20           keep these rows
 *   remembered              until those rows are as kept
 *
 *   stopped                 until the program is suspended, the terminal put back
 *   resume                  back to the foreground
 *   signal TERM             to the program
 *   hang-up                 the terminal vanishes
 *   exit N                  until it ended with that status, the terminal put back;
 *                           "exit" alone where the status does not matter; killed is
 * 128+N
 *
 *   shell COMMAND           sh -c in the scratch folder; failing fails the journey
 *   shell-has TEXT          the last shell command printed it
 *   shell-lacks TEXT        and not that
 *   need COMMAND            the same, but failing skips the journey (77)
 *   no-locks                from now on every file system is one without locks
 *   dump                    print the screen (for writing journeys)
 *
 * The shell has $MEMOBOOK, $top_srcdir, and the pid of the program in $PROGRAM.
 * The scratch folder is HOME; LC_ALL=C.UTF-8, TERM=xterm-256color, TZ=UTC.
 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TERMINALS = 4, ROWS_MAX = 400, QUIET_MS = 120 };

static struct play {
    const char *script;
    int line;
    char program[PATH_MAX], source[PATH_MAX], scratch[PATH_MAX];
    struct terminal terminals[TERMINALS];
    struct terminal *t; /* the present one */
    int rows, columns;  /* of those to come */
    double timeout;     /* seconds */
    char *printed;      /* by the last shell command */
    size_t n_printed;
    char *kept[ROWS_MAX]; /* rows remembered */
    int kept_from, kept_to;
    volatile sig_atomic_t interrupted;
} play;

/* ---- failing ---- */

static void print_screen(const struct terminal *t) {
    char row[TERMINAL_ROW_MAX];
    if (t->vt == NULL)
        return;
    VTermPos cursor = terminal_cursor(t);
    for (int y = 0; y < t->rows; y++) {
        terminal_row(t, y, row, NULL);
        fprintf(stderr, "%3d%c|%s\n", y + 1, y == cursor.row ? '>' : ' ', row);
    }
}

static void print_screens(void) {
    for (int i = 0; i < TERMINALS; i++) {
        struct terminal *t = &play.terminals[i];
        if (t->vt == NULL)
            continue;
        fprintf(stderr, "--- terminal %d%s: %dx%d, cursor in column %d%s\n", i + 1,
                t == play.t ? " (present)" : "", t->columns, t->rows,
                terminal_cursor(t).col + 1,
                t->ended     ? ", the program ended"
                : t->stopped ? ", the program is stopped"
                             : "");
        print_screen(t);
    }
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *where) {
    (void)st;
    (void)where;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static void clean_up(void) {
    for (int i = 0; i < TERMINALS; i++)
        terminal_close(&play.terminals[i]);
    for (int y = 0; y < ROWS_MAX; y++) {
        free(play.kept[y]);
        play.kept[y] = NULL;
    }
    free(play.printed);
    play.printed = NULL;
    if (play.scratch[0] != '\0' && chdir("/") == 0)
        nftw(play.scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    play.scratch[0] = '\0';
}

static _Noreturn void fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void fail(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "%s:%d: ", play.script, play.line);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    if (play.t != NULL)
        print_screens();
    exit(1); /* clean_up() is registered */
}

/* ---- waiting ---- */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool pump(int ms) {
    if (play.interrupted)
        fail("interrupted");
    return terminal_pump(play.terminals, TERMINALS, ms);
}

static void need_program(void) {
    if (play.t->vt == NULL)
        fail("nothing runs on this terminal");
}

/* Waits until `met` says so. Once the program has ended and all that it wrote is drawn,
 * nothing can change any more. */
static bool wait_for(bool (*met)(const char *), const char *text) {
    double end = now() + play.timeout;
    while (!met(text)) {
        bool over = play.t->ended;
        if (!pump(20) && (over || now() > end))
            return met(text);
    }
    return true;
}

static void need(bool (*met)(const char *), const char *text, const char *what) {
    need_program();
    if (!wait_for(met, text))
        fail("%s: %s", what, text);
}

/* Until the program has read what was sent, and has written nothing for a while. */
static void settle(void) {
    double end = now() + play.timeout;
    int quiet = 0;
    while (quiet < QUIET_MS && !play.t->ended && !play.t->stopped) {
        bool busy = pump(20) || !terminal_drained(play.t);
        quiet = busy ? 0 : quiet + 20;
        if (now() > end)
            fail("the program is never at rest");
    }
}

/* ---- the screen ---- */

static bool find_text(const char *text, int *row, int *from, int *to) {
    static char s[TERMINAL_ROW_MAX];
    static int column[TERMINAL_ROW_MAX];
    for (int y = 0; y < play.t->rows; y++) {
        size_t len = terminal_row(play.t, y, s, column);
        char *at = strstr(s, text);
        if (at == NULL)
            continue;
        size_t last = (size_t)(at - s) + strlen(text);
        *row = y;
        *from = column[at - s];
        *to = last < len ? column[last] : column[len - 1] + 1;
        return true;
    }
    return false;
}

static bool on_screen(const char *text) {
    int row, from, to;
    return find_text(text, &row, &from, &to);
}

static bool off_screen(const char *text) {
    return !on_screen(text);
}

static bool on_cursor_row(const char *text) {
    char s[TERMINAL_ROW_MAX];
    terminal_row(play.t, terminal_cursor(play.t).row, s, NULL);
    return strstr(s, text) != NULL;
}

/* Takes a number off the front of *text. */
static int take_number(const char **text) {
    char *end;
    long n = strtol(*text, &end, 10);
    if (end == *text)
        fail("a number is missing: %s", *text);
    *text = end + strspn(end, " ");
    return (int)n;
}

static const char *unquote(const char *s);

static int take_row(const char **text) {
    int n = take_number(text);
    int row = n > 0 ? n - 1 : play.t->rows + n;
    if (row < 0 || row >= play.t->rows)
        fail("there is no row %d", n);
    return row;
}

static bool in_row(const char *text) {
    char s[TERMINAL_ROW_MAX];
    int row = take_row(&text);
    terminal_row(play.t, row, s, NULL);
    return strstr(s, unquote(text)) != NULL;
}

static bool all_of_row(const char *text) {
    char s[TERMINAL_ROW_MAX];
    int row = take_row(&text);
    terminal_row(play.t, row, s, NULL);
    return strcmp(s + strspn(s, " "), text) == 0;
}

static bool has_attribute(const VTermScreenCell *cell, const char *name, size_t len) {
    const VTermScreenCellAttrs *a = &cell->attrs;
    if (strncmp(name, "bold", len) == 0)
        return a->bold;
    if (strncmp(name, "reverse", len) == 0)
        return a->reverse;
    if (strncmp(name, "underline", len) == 0)
        return a->underline != 0;
    if (strncmp(name, "plain", len) == 0)
        return !a->bold && !a->reverse && !a->underline;
    fail("no such attribute: %s", name);
}

/* "reverse TEXT": every cell of the first such text that is on the screen. */
static bool has_attributes(const char *text) {
    size_t len = strcspn(text, " ");
    const char *what = unquote(text + len + strspn(text + len, " "));
    int row, from, to;
    if (!find_text(what, &row, &from, &to))
        return false;
    for (int x = from; x < to; x++) {
        VTermScreenCell cell = terminal_cell(play.t, row, x);
        if (cell.chars[0] != UINT32_MAX && !has_attribute(&cell, text, len))
            return false;
    }
    return true;
}

static bool as_kept(const char *text) {
    char s[TERMINAL_ROW_MAX];
    (void)text;
    for (int y = play.kept_from; y <= play.kept_to; y++) {
        terminal_row(play.t, y, s, NULL);
        if (play.kept[y] == NULL || strcmp(s, play.kept[y]) != 0)
            return false;
    }
    return true;
}

/* ---- directives ---- */

/* The text without the quotes around it; they keep blanks at its ends. */
static const char *unquote(const char *s) {
    static char text[TERMINAL_ROW_MAX];
    size_t len = strlen(s);
    bool quoted = len >= 2 && s[0] == '"' && s[len - 1] == '"';
    snprintf(text, sizeof text, "%.*s", (int)(quoted ? len - 2 : len), s + quoted);
    return text;
}

static void parse_size(const char *s, int *columns, int *rows) {
    if (sscanf(s, "%dx%d", columns, rows) != 2 || *columns < 1 || *rows < 1 ||
        *rows > ROWS_MAX || *columns > 500)
        fail("a size is like 80x24, not %s", s);
}

static void do_size(const char *s) {
    parse_size(s, &play.columns, &play.rows);
}

static void do_env(const char *s) {
    char name[256];
    const char *eq = strchr(s, '=');
    if (eq == NULL) {
        unsetenv(s);
        return;
    }
    snprintf(name, sizeof name, "%.*s", (int)(eq - s), s);
    setenv(name, eq + 1, 1);
}

static void do_shell(const char *command);

static void do_copy(const char *s) {
    char command[1024];
    char from[256], to[256] = ".";
    if (sscanf(s, "%255s %255s", from, to) < 1)
        fail("copy what?");
    snprintf(command, sizeof command, "cp \"$top_srcdir/%s\" '%s' && chmod -R u+w .",
             from, to);
    do_shell(command);
}

static void do_run(const char *s) {
    char pid[24];
    char command[TERMINAL_ROW_MAX];
    char *argv[] = {(char[]){"/bin/sh"}, (char[]){"-c"}, command, NULL};
    if (play.t->vt != NULL && !play.t->ended)
        fail("a program runs on this terminal already");
    terminal_close(play.t);
    snprintf(command, sizeof command, "exec \"$MEMOBOOK\" %s", s);
    terminal_open(play.t, play.rows, play.columns, argv);
    snprintf(pid, sizeof pid, "%ld", (long)play.t->program);
    setenv("PROGRAM", pid, 1);
}

static void do_terminal(const char *s) {
    int n = take_number(&s);
    if (n < 1 || n > TERMINALS)
        fail("terminals are 1 to %d", TERMINALS);
    play.t = &play.terminals[n - 1];
}

static void press(const char *key) {
    if (play.t->ended)
        fail("the program ended before %s was pressed", key);
    if (!terminal_key(play.t, key))
        fail("no such key: %s", key);
    /* An Escape and what follows at once would be one key with Alt. */
    if (strcmp(key, "Esc") == 0)
        settle();
}

static void do_keys(const char *s) {
    char key[64];
    int used;
    need_program();
    for (; sscanf(s, "%63s%n", key, &used) == 1; s += used) {
        char *star = strchr(key, '*');
        int count = star != NULL && star > key ? atoi(star + 1) : 1;
        if (star != NULL && star > key)
            *star = '\0';
        for (int i = 0; i < count; i++)
            press(key);
    }
}

static bool is_stopped(const char *text) {
    (void)text;
    return play.t->stopped;
}

static void do_burst(const char *s) {
    need_program();
    kill(play.t->program, SIGSTOP);
    need(is_stopped, s, "the program does not stop");
    do_keys(s);
    terminal_resume(play.t);
}

static void do_type(const char *s) {
    need_program();
    if (play.t->ended)
        fail("the program ended before this was typed");
    s = unquote(s);
    terminal_send(play.t, s, strlen(s));
}

static void paste(const char *s, size_t len) {
    need_program();
    if (!terminal_paste(play.t, s, len))
        fail("the program did not ask for bracketed paste");
}

static void do_paste(const char *s) {
    static char text[TERMINAL_ROW_MAX];
    size_t n = 0;
    for (s = unquote(s); *s != '\0'; s++) {
        text[n] = *s;
        if (*s == '\\' && s[1] != '\0')
            text[n] = *++s == 'n' ? '\n' : *s == 'e' ? '\033' : *s == 't' ? '\t' : *s;
        n++;
    }
    paste(text, n);
}

static void do_paste_file(const char *path) {
    static char text[1 << 20];
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail("%s: %s", path, strerror(errno));
    size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    paste(text, n);
}

static bool has_mouse(const char *text) {
    (void)text;
    return play.t->mouse;
}

static void do_click(const char *s) {
    int row, from, to;
    need(on_screen, unquote(s), "not on the screen");
    need(has_mouse, s, "the program did not ask for the mouse");
    find_text(unquote(s), &row, &from, &to);
    terminal_click(play.t, row, from);
}

static void do_wheel(const char *s) {
    int row, from, to;
    size_t way = strcspn(s, " ");
    const char *text = unquote(s + way + strspn(s + way, " "));
    need(on_screen, text, "not on the screen");
    need(has_mouse, s, "the program did not ask for the mouse");
    find_text(text, &row, &from, &to);
    terminal_wheel(play.t, row, from, strncmp(s, "up", way) == 0);
}

static void do_resize(const char *s) {
    int columns, rows;
    need_program();
    parse_size(s, &columns, &rows);
    terminal_resize(play.t, rows, columns);
}

static void do_await(const char *s) {
    need(on_screen, unquote(s), "not on the screen");
}

static void do_gone(const char *s) {
    need(off_screen, unquote(s), "still on the screen");
}

static void do_row(const char *s) {
    need(in_row, s, "not in the row");
}

static void do_only(const char *s) {
    need(all_of_row, s, "not what is in the row");
}

static void do_lacks(const char *s) {
    need_program();
    settle();
    if (on_screen(unquote(s)))
        fail("on the screen: %s", s);
}

static void do_cursor_on(const char *s) {
    need(on_cursor_row, unquote(s), "the cursor's row has not");
}

static void do_attr(const char *s) {
    need(has_attributes, s, "does not look so");
}

static void do_remember(const char *s) {
    char row[TERMINAL_ROW_MAX];
    int from, to;
    need_program();
    if (sscanf(s, "%d-%d", &from, &to) != 2 || from < 1 || to < from || to > play.t->rows)
        fail("rows are like 2-20, not %s", s);
    settle();
    play.kept_from = from - 1;
    play.kept_to = to - 1;
    for (int y = play.kept_from; y <= play.kept_to; y++) {
        terminal_row(play.t, y, row, NULL);
        free(play.kept[y]);
        play.kept[y] = strdup(row);
    }
}

static void do_remembered(const char *s) {
    need_program();
    if (wait_for(as_kept, s))
        return;
    for (int y = play.kept_from; y <= play.kept_to; y++)
        fprintf(stderr, "%3d |%s\n", y + 1, play.kept[y]);
    fail("the rows above were remembered; now the screen is");
}

static bool is_ended(const char *text) {
    (void)text;
    return play.t->ended;
}

static void check_restored(void) {
    const char *wrong;
    while (pump(0))
        continue;
    if (play.t->master >= 0 && (wrong = terminal_unrestored(play.t)) != NULL)
        fail("%s", wrong);
}

static void do_stopped(const char *s) {
    need(is_stopped, s, "the program does not stop");
    check_restored();
}

static void do_resume(const char *s) {
    (void)s;
    if (!play.t->stopped)
        fail("the program is not stopped");
    terminal_resume(play.t);
}

static int signal_number(const char *name) {
    static const struct {
        const char *name;
        int number;
    } all[] = {{"TERM", SIGTERM},
               {"HUP", SIGHUP},
               {"INT", SIGINT},
               {"KILL", SIGKILL},
               {"TSTP", SIGTSTP}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].number;
    fail("no such signal: %s", name);
}

static void do_signal(const char *s) {
    need_program();
    if (kill(play.t->program, signal_number(s)) != 0)
        fail("the program cannot be signalled: %s", strerror(errno));
}

static void do_hang_up(const char *s) {
    (void)s;
    need_program();
    terminal_hang_up(play.t);
}

static void do_exit(const char *s) {
    need(is_ended, s, "the program does not end");
    int status = play.t->status;
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (*s != '\0' && code != atoi(s))
        fail("ended with %d, not %s", code, s);
    if (!WIFSIGNALED(status))
        check_restored();
}

/* ---- the shell ---- */

static pid_t shell_start(const char *command, int *out) {
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC) != 0)
        fail("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        fail("fork: %s", strerror(errno));
    if (pid == 0) {
        int null = open("/dev/null", O_RDONLY);
        setsid(); /* without a terminal */
        signal(SIGPIPE, SIG_DFL);
        dup2(null, STDIN_FILENO);
        dup2(pipes[1], STDOUT_FILENO);
        dup2(pipes[1], STDERR_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(pipes[1]);
    *out = pipes[0];
    return pid;
}

static bool shell_read(int fd) {
    struct pollfd one = {fd, POLLIN, 0};
    char s[4096];
    ssize_t got;
    if (poll(&one, 1, 20) <= 0)
        return true;
    if ((got = read(fd, s, sizeof s)) <= 0)
        return false;
    play.printed = realloc(play.printed, play.n_printed + (size_t)got + 1);
    if (play.printed == NULL)
        abort();
    memcpy(play.printed + play.n_printed, s, (size_t)got);
    play.n_printed += (size_t)got;
    play.printed[play.n_printed] = '\0';
    return true;
}

/* Runs a command and keeps what it prints; its status as of waitpid(). */
static int run_shell(const char *command) {
    double end = now() + play.timeout * 3;
    int fd, status = 0;
    free(play.printed);
    play.printed = calloc(1, 1);
    play.n_printed = 0;
    pid_t pid = shell_start(command, &fd);
    while (shell_read(fd)) {
        pump(0);
        if (now() > end) {
            kill(-pid, SIGKILL);
            fail("the shell command takes too long: %s", command);
        }
    }
    close(fd);
    waitpid(pid, &status, 0);
    return status;
}

static void do_shell(const char *command) {
    if (run_shell(command) != 0)
        fail("the shell command failed: %s\n%s", command, play.printed);
}

static void do_need(const char *command) {
    if (run_shell(command) == 0)
        return;
    fprintf(stderr, "%s:%d: skipped, this fails here: %s\n", play.script, play.line,
            command);
    exit(77);
}

/* fcntl(…, F_OFD_SETLK, …) fails, as on a network's file system whose server has no
 * locks: a filter of system calls (seccomp(2)), which what is started inherits. */
static void do_no_locks(const char *s) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_OFD_SETLK, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOLCK),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    (void)s;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
        return;
    fprintf(stderr, "%s:%d: skipped, no filter of system calls here: %s\n", play.script,
            play.line, strerror(errno));
    exit(77);
}

static void do_shell_has(const char *s) {
    if (play.printed == NULL || strstr(play.printed, unquote(s)) == NULL)
        fail("not printed: %s\n%s", s, play.printed ? play.printed : "");
}

static void do_shell_lacks(const char *s) {
    if (play.printed == NULL || strstr(play.printed, unquote(s)) != NULL)
        fail("printed: %s\n%s", s, play.printed ? play.printed : "");
}

static void do_dump(const char *s) {
    (void)s;
    need_program();
    settle();
    fprintf(stderr, "%s:%d\n", play.script, play.line);
    print_screens();
}

/* ---- scripts ---- */

static const struct {
    const char *name;
    void (*run)(const char *text);
} directives[] = {
    {"size", do_size},
    {"env", do_env},
    {"copy", do_copy},
    {"run", do_run},
    {"terminal", do_terminal},
    {"keys", do_keys},
    {"burst", do_burst},
    {"type", do_type},
    {"paste", do_paste},
    {"paste-file", do_paste_file},
    {"click", do_click},
    {"wheel", do_wheel},
    {"resize", do_resize},
    {"await", do_await},
    {"gone", do_gone},
    {"row", do_row},
    {"only", do_only},
    {"lacks", do_lacks},
    {"cursor-on", do_cursor_on},
    {"attr", do_attr},
    {"remember", do_remember},
    {"remembered", do_remembered},
    {"stopped", do_stopped},
    {"resume", do_resume},
    {"signal", do_signal},
    {"hang-up", do_hang_up},
    {"exit", do_exit},
    {"shell", do_shell},
    {"shell-has", do_shell_has},
    {"shell-lacks", do_shell_lacks},
    {"need", do_need},
    {"no-locks", do_no_locks},
    {"dump", do_dump},
};

static void run_line(char *line) {
    line[strcspn(line, "\n")] = '\0';
    line += strspn(line, " \t");
    if (*line == '\0' || *line == '#')
        return;
    size_t len = strcspn(line, " ");
    char *text = line + len + strspn(line + len, " ");
    line[len] = '\0';
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (strcmp(directives[i].name, line) == 0) {
            directives[i].run(text);
            return;
        }
    fail("no such directive: %s", line);
}

static void set_environment(void) {
    static const struct {
        const char *name, *value;
    } fixed[] = {{"LC_ALL", "C.UTF-8"}, {"TERM", "xterm-256color"}, {"TZ", "UTC"}};
    static const char *const unwanted[] = {"VISUAL", "EDITOR",  "NO_COLOR", "LANG",
                                           "LINES",  "COLUMNS", "ESCDELAY", "TMUX"};
    char path[PATH_MAX + 16];
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        unsetenv(unwanted[i]);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        setenv(fixed[i].name, fixed[i].value, 1);
    setenv("MEMOBOOK", play.program, 1);
    setenv("top_srcdir", play.source, 1);
    setenv("HOME", play.scratch, 1);
    snprintf(path, sizeof path, "%s/.state", play.scratch);
    setenv("XDG_STATE_HOME", path, 1);
    snprintf(path, sizeof path, "%s/.share", play.scratch);
    setenv("XDG_DATA_HOME", path, 1);
}

static void make_scratch(void) {
    const char *folder = getenv("TMPDIR");
    snprintf(play.scratch, sizeof play.scratch, "%s/journey.XXXXXX",
             folder != NULL && *folder == '/' ? folder : "/tmp");
    if (mkdtemp(play.scratch) == NULL || chdir(play.scratch) != 0) {
        perror(play.scratch);
        exit(1);
    }
}

static void play_script(const char *path) {
    char *line = NULL;
    size_t cap = 0;
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    play.script = path;
    play.line = 0;
    play.t = &play.terminals[0];
    play.columns = 80;
    play.rows = 24;
    make_scratch();
    set_environment();
    while (getline(&line, &cap, f) > 0) {
        play.line++;
        run_line(line);
    }
    free(line);
    fclose(f);
}

static void interrupted(int number) {
    (void)number;
    play.interrupted = 1;
}

static void absolute(const char *name, const char *otherwise, char out[PATH_MAX]) {
    const char *path = getenv(name);
    if (path == NULL || *path == '\0')
        path = otherwise;
    if (realpath(path, out) == NULL) {
        fprintf(stderr, "%s: %s: %s\n", name, path, strerror(errno));
        exit(1);
    }
}

int main(int argc, char **argv) {
    const char *seconds = getenv("JOURNEY_TIMEOUT");
    char path[PATH_MAX];

    if (argc != 2) {
        fprintf(stderr, "usage: play SCRIPT.journey\n");
        return 2;
    }
    if (!terminal_possible()) {
        fprintf(stderr, "no pseudo-terminal: %s\n", strerror(errno));
        return 77;
    }
    play.timeout = seconds != NULL && atof(seconds) > 0 ? atof(seconds) : 20;
    absolute("MEMOBOOK", "./memobook", play.program);
    absolute("top_srcdir", ".", play.source);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, interrupted);
    signal(SIGTERM, interrupted);
    atexit(clean_up);
    if (realpath(argv[1], path) == NULL) {
        perror(argv[1]);
        return 1;
    }
    play_script(path);
    return 0;
}
