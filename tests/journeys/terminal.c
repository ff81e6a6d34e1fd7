#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum happening { STARTED, STOPPED, ENDED };

/* Orders to the keeper. It ends at the end of the pipe, too; but another keeper, started
 * later, may hold that open. */
enum { CONTINUE = 'c', END = 'e' };

struct report {
    enum happening what;
    pid_t program;
    int status;
};

static void give_order(struct terminal *t, char order) {
    if (write(t->order, &order, 1) != 1)
        fprintf(stderr, "terminal: the keeper is gone\n");
}

static _Noreturn void die(const char *what) {
    fprintf(stderr, "terminal: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- the keeper ---- */

static void keeper_report(int fd, enum happening what, pid_t program, int status) {
    struct report r = {what, program, status};
    if (write(fd, &r, sizeof r) != sizeof r)
        _exit(1);
}

static _Noreturn void keeper_exec(char *const argv[]) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execv(argv[0], argv);
    dprintf(STDERR_FILENO, "%s: %s\r\n", argv[0], strerror(errno));
    _exit(127);
}

static void keeper_continue(pid_t program, int order) {
    char c;
    if (read(order, &c, 1) != 1 || c != CONTINUE)
        _exit(0);
    tcsetpgrp(STDIN_FILENO, program);
    kill(-program, SIGCONT);
}

static _Noreturn void keeper_run(char *const argv[], int report, int order) {
    int status;
    char c;

    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t program = fork();
    if (program < 0)
        _exit(1);
    if (program == 0)
        keeper_exec(argv);
    setpgid(program, program);
    keeper_report(report, STARTED, program, 0);
    while (waitpid(program, &status, WUNTRACED) == program && WIFSTOPPED(status)) {
        tcsetpgrp(STDIN_FILENO, getpid());
        keeper_report(report, STOPPED, program, status);
        keeper_continue(program, order);
    }
    keeper_report(report, ENDED, program, status);
    /* Holds the terminal until the test has read all of it. */
    while (read(order, &c, 1) == 1 && c == CONTINUE)
        continue;
    _exit(0);
}

/* ---- opening and closing ---- */

static void read_report(struct terminal *t) {
    struct report r;
    if (read(t->report, &r, sizeof r) != sizeof r) {
        fprintf(stderr, "terminal: the keeper ended\n");
        exit(1);
    }
    t->program = r.program;
    t->stopped = r.what == STOPPED;
    t->ended = r.what == ENDED;
    t->status = r.status;
}

static int drawn_property(VTermProp prop, VTermValue *value, void *ctx) {
    struct terminal *t = ctx;
    if (prop == VTERM_PROP_ALTSCREEN)
        t->alternate = value->boolean;
    else if (prop == VTERM_PROP_CURSORVISIBLE)
        t->cursor_hidden = !value->boolean;
    else if (prop == VTERM_PROP_MOUSE)
        t->mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = drawn_property};

static void screen_open(struct terminal *t, int rows, int columns) {
    t->rows = rows;
    t->columns = columns;
    t->vt = vterm_new(rows, columns);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
}

bool terminal_possible(void) {
    int fd = posix_openpt(O_RDWR | O_NOCTTY);
    bool possible = fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0;
    if (fd >= 0)
        close(fd);
    return possible;
}

void terminal_open(struct terminal *t, int rows, int columns, char *const argv[]) {
    struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
    int report[2], order[2];

    memset(t, 0, sizeof *t);
    if (pipe2(report, O_CLOEXEC) != 0 || pipe2(order, O_CLOEXEC) != 0)
        die("pipe");
    t->keeper = forkpty(&t->master, NULL, NULL, &size);
    if (t->keeper < 0)
        die("forkpty");
    if (t->keeper == 0) {
        close(report[0]);
        close(order[1]);
        keeper_run(argv, report[1], order[0]);
    }
    close(report[1]);
    close(order[0]);
    t->report = report[0];
    t->order = order[1];
    if (tcgetattr(t->master, &t->before) != 0)
        die("tcgetattr");
    fcntl(t->master, F_SETFL, O_NONBLOCK);
    fcntl(t->master, F_SETFD, FD_CLOEXEC);
    screen_open(t, rows, columns);
    read_report(t);
}

void terminal_hang_up(struct terminal *t) {
    if (t->master >= 0)
        close(t->master);
    t->master = -1;
}

void terminal_close(struct terminal *t) {
    if (t->vt == NULL)
        return;
    if (!t->ended && t->program > 0)
        kill(-t->program, SIGKILL);
    terminal_hang_up(t);
    give_order(t, END);
    close(t->order);
    close(t->report);
    waitpid(t->keeper, NULL, 0);
    vterm_free(t->vt);
    memset(t, 0, sizeof *t);
    t->master = -1;
}

/* ---- reading and writing ---- */

/* What the terminal itself answers to a question of the program. */
static void send_replies(struct terminal *t) {
    char s[256];
    size_t len;
    while ((len = vterm_output_read(t->vt, s, sizeof s)) > 0)
        if (write(t->master, s, len) < 0 && errno != EAGAIN && errno != EIO)
            die("write to the terminal");
}

static void draw_held(struct terminal *t) {
    vterm_input_write(t->vt, t->held, t->n_held);
    t->n_held = 0;
}

/* "ESC [ ? 1006 ; 1000 h" sets two modes; libvterm takes the first alone. */
static void draw_modes(struct terminal *t) {
    static const char begin[] = "\033[?";
    char last = t->held[t->n_held - 1], one[2 * HELD_MAX];

    t->held[t->n_held - 1] = '\0';
    for (char *at = t->held + strlen(begin); at != NULL;) {
        char *next = strchr(at, ';');
        int len = next != NULL ? (int)(next - at) : (int)strlen(at);
        len = snprintf(one, sizeof one, "%s%.*s%c", begin, len, at, last);
        vterm_input_write(t->vt, one, (size_t)len);
        at = next != NULL ? next + 1 : NULL;
    }
    t->n_held = 0;
}

static void draw_byte(struct terminal *t, char c) {
    static const char begin[] = "\033[?";
    bool begins = t->n_held < strlen(begin) && c == begin[t->n_held];
    bool goes_on = t->n_held >= strlen(begin) && strchr("0123456789;hl", c) != NULL;

    if (t->n_held == HELD_MAX || (!begins && !goes_on))
        draw_held(t);
    if (!begins && !goes_on) {
        vterm_input_write(t->vt, &c, 1);
        return;
    }
    t->held[t->n_held++] = c;
    if (c == 'h' || c == 'l')
        draw_modes(t);
}

static void draw(struct terminal *t, const char *s, size_t len) {
    while (len > 0) {
        size_t plain = 0;
        while (t->n_held == 0 && plain < len && s[plain] != '\033')
            plain++;
        vterm_input_write(t->vt, s, plain);
        s += plain;
        len -= plain;
        if (len > 0) {
            draw_byte(t, *s++);
            len--;
        }
    }
}

static bool read_output(struct terminal *t) {
    char s[16384];
    bool some = false;
    ssize_t got;

    while (t->master >= 0 && (got = read(t->master, s, sizeof s)) > 0) {
        t->bytes += (unsigned long)got;
        draw(t, s, (size_t)got);
        send_replies(t);
        some = true;
    }
    return some;
}

bool terminal_pump(struct terminal *t, size_t n, int ms) {
    enum { MANY = 8 };
    struct pollfd fds[2 * MANY];
    bool some = false;

    if (n > MANY)
        n = MANY;
    for (size_t i = 0; i < n; i++) {
        bool open = t[i].vt != NULL;
        fds[2 * i] = (struct pollfd){open ? t[i].master : -1, POLLIN, 0};
        fds[2 * i + 1] =
            (struct pollfd){open && !t[i].ended ? t[i].report : -1, POLLIN, 0};
    }
    if (poll(fds, 2 * n, ms) < 0 && errno != EINTR)
        die("poll");
    for (size_t i = 0; i < n; i++) {
        if (fds[2 * i + 1].revents)
            read_report(&t[i]);
        if (t[i].vt != NULL && read_output(&t[i]))
            some = true;
    }
    return some;
}

void terminal_send(struct terminal *t, const char *s, size_t len) {
    while (len > 0 && t->master >= 0 && !t->ended) {
        ssize_t put = write(t->master, s, len);
        if (put < 0 && errno != EAGAIN && errno != EINTR)
            die("write to the terminal");
        if (put < 0)
            terminal_pump(t, 1, 20);
        else {
            s += put;
            len -= (size_t)put;
        }
    }
}

bool terminal_drained(const struct terminal *t) {
    int waiting = 0;
    int fd = open(ptsname(t->master), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return true;
    if (ioctl(fd, FIONREAD, &waiting) != 0)
        waiting = 0;
    close(fd);
    return waiting == 0;
}

void terminal_resize(struct terminal *t, int rows, int columns) {
    struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
    t->rows = rows;
    t->columns = columns;
    vterm_set_size(t->vt, rows, columns);
    if (ioctl(t->master, TIOCSWINSZ, &size) != 0)
        die("TIOCSWINSZ");
}

void terminal_resume(struct terminal *t) {
    t->stopped = false;
    give_order(t, CONTINUE);
}

/* ---- keys ---- */

static const struct {
    const char *name;
    VTermKey key;
} named_keys[] = {
    {"Up", VTERM_KEY_UP},
    {"Down", VTERM_KEY_DOWN},
    {"Left", VTERM_KEY_LEFT},
    {"Right", VTERM_KEY_RIGHT},
    {"Home", VTERM_KEY_HOME},
    {"End", VTERM_KEY_END},
    {"PgUp", VTERM_KEY_PAGEUP},
    {"PgDn", VTERM_KEY_PAGEDOWN},
    {"Delete", VTERM_KEY_DEL},
    {"Insert", VTERM_KEY_INS},
    {"Enter", VTERM_KEY_ENTER},
    {"Tab", VTERM_KEY_TAB},
    {"Esc", VTERM_KEY_ESCAPE},
    {"Backspace", VTERM_KEY_BACKSPACE},
    {"F1", VTERM_KEY_FUNCTION(1)},
    {"F2", VTERM_KEY_FUNCTION(2)},
    {"F10", VTERM_KEY_FUNCTION(10)},
};

/* Sends what libvterm made of a key. */
static void send_made(struct terminal *t) {
    char s[256];
    size_t len;
    while ((len = vterm_output_read(t->vt, s, sizeof s)) > 0)
        terminal_send(t, s, len);
}

static bool send_named(struct terminal *t, const char *name, int modifiers) {
    for (size_t i = 0; i < sizeof named_keys / sizeof *named_keys; i++)
        if (strcmp(named_keys[i].name, name) == 0) {
            vterm_keyboard_key(t->vt, named_keys[i].key, (VTermModifier)modifiers);
            send_made(t);
            return true;
        }
    return false;
}

/* Whether s is one character of UTF-8. */
static bool one_character(const char *s) {
    size_t n = *s != '\0';
    while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
        n++;
    return n > 0 && s[n] == '\0';
}

bool terminal_key(struct terminal *t, const char *name) {
    int modifiers = VTERM_MOD_NONE;

    for (; name[0] != '\0' && name[1] == '-' && name[2] != '\0'; name += 2) {
        if (name[0] != 'C' && name[0] != 'M' && name[0] != 'S')
            return false;
        modifiers |= name[0] == 'C'   ? VTERM_MOD_CTRL
                     : name[0] == 'M' ? VTERM_MOD_ALT
                                      : VTERM_MOD_SHIFT;
    }
    if (send_named(t, name, modifiers))
        return true;
    if (strcmp(name, "Space") == 0)
        name = " ";
    if (!one_character(name))
        return false;
    if (modifiers & VTERM_MOD_ALT)
        terminal_send(t, "\033", 1);
    if (modifiers & VTERM_MOD_CTRL)
        terminal_send(t, (char[]){(char)(name[0] & 0x1f)}, 1);
    else
        terminal_send(t, name, strlen(name));
    return true;
}

static bool wants_pastes(struct terminal *t) {
    char s[16];
    vterm_keyboard_start_paste(t->vt);
    return vterm_output_read(t->vt, s, sizeof s) > 0;
}

bool terminal_paste(struct terminal *t, const char *s, size_t len) {
    if (!wants_pastes(t))
        return false;
    vterm_keyboard_start_paste(t->vt);
    send_made(t);
    terminal_send(t, s, len);
    vterm_keyboard_end_paste(t->vt);
    send_made(t);
    return true;
}

void terminal_click(struct terminal *t, int row, int column) {
    vterm_mouse_move(t->vt, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(t->vt, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(t->vt, 1, false, VTERM_MOD_NONE);
    send_made(t);
}

void terminal_wheel(struct terminal *t, int row, int column, bool up) {
    vterm_mouse_move(t->vt, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(t->vt, up ? 4 : 5, true, VTERM_MOD_NONE);
    send_made(t);
}

/* ---- the screen ---- */

VTermScreenCell terminal_cell(const struct terminal *t, int row, int column) {
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(t->screen, (VTermPos){row, column}, &cell);
    return cell;
}

VTermPos terminal_cursor(const struct terminal *t) {
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
    return at;
}

static size_t encode(uint32_t c, char out[4]) {
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (n == 1)
        out[0] = (char)c;
    for (size_t i = n; n > 1 && i-- > 0; c >>= 6)
        out[i] = (char)(i > 0 ? 0x80 | (c & 0x3F) : lead[n] | c);
    return n;
}

size_t terminal_row(const struct terminal *t, int row, char out[TERMINAL_ROW_MAX],
                    int column[TERMINAL_ROW_MAX]) {
    enum { CELL_MAX = 4 * VTERM_MAX_CHARS_PER_CELL };
    size_t n = 0, end = 0;

    for (int x = 0; x < t->columns && n + CELL_MAX < TERMINAL_ROW_MAX; x++) {
        VTermScreenCell cell = terminal_cell(t, row, x);
        if (cell.chars[0] == UINT32_MAX)
            continue; /* the right half of a wide character */
        size_t from = n;
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            n += encode(cell.chars[i], out + n);
        if (n == from)
            out[n++] = ' ';
        for (size_t i = from; column != NULL && i < n; i++)
            column[i] = x;
        if (n != from + 1 || out[from] != ' ')
            end = n;
    }
    out[end] = '\0';
    return end;
}

const char *terminal_unrestored(struct terminal *t) {
    struct termios now;
    if (t->alternate)
        return "the alternate screen was not left";
    if (t->cursor_hidden)
        return "the cursor was left hidden";
    if (t->mouse)
        return "the mouse was left on";
    if (wants_pastes(t))
        return "bracketed paste was left on";
    if (tcgetattr(t->master, &now) != 0)
        return "the modes of the terminal cannot be read";
    if (now.c_lflag != t->before.c_lflag || now.c_iflag != t->before.c_iflag ||
        now.c_oflag != t->before.c_oflag)
        return "the modes of the terminal were not put back";
    return NULL;
}
