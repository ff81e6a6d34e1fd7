/*
 * stopwatch: measures a program against a baseline, in turns, on the same machine at the
 * same time.
 *
 *     stopwatch run LABEL COUNT -- PROGRAM ARG... -- BASELINE ARG...
 *         from start to end; output is thrown away
 *     stopwatch open LABEL COUNT TEXT -- PROGRAM ARG... -- BASELINE ARG...
 *         on a terminal of 80x24, from start to the last byte of the first screen: TEXT
 *         was seen, and then nothing came for a while
 *     stopwatch keys LABEL COUNT TEXT KEYS -- PROGRAM ARG... -- BASELINE ARG...
 *         both open; from a key to the last byte of what it changed; and the bytes. KEYS
 *         are pressed in turn; those before a blank once, in PROGRAM alone
 *     stopwatch frames LABEL COUNT TEXT BEFORE KEYS AFTER -- PROGRAM ARG...
 *         one program; BEFORE is pressed once, then COUNT times KEYS, each measured from
 *         the key to the first and to the last byte of what it changed, and AFTER, which
 *         is not. Keys are words with blanks between: "j", "PgDn", "Enter", "C-s"; at
 *         "wait", until nothing comes for a while. Times are of the wall (median, nine in
 *         ten, most), and of the processor; a frame is kept where the median is 16 ms or
 *         less
 *     stopwatch ticks LABEL SECONDS TEXT KEYS -- PROGRAM ARG... -- BASELINE ARG...
 *         both open, KEYS are pressed in PROGRAM ("": none); then nothing is: processor
 *         time, by the scheduler's count, and bytes of each second
 *     stopwatch cost LABEL COUNT -- PROGRAM ARG... -- BASELINE ARG... [-- MORE ARG...]
 *         from start to end: processor time, user and system, of each program and of
 * those that it ran (ms, the median), and the largest of its processes (KiB, the most);
 *         prints these two numbers for each, in one line, for a table of the caller's
 *     stopwatch lines LABEL COUNT LINE -- PROGRAM ARG... -- BASELINE ARG...
 *         both read lines from a pipe; from a line to the line that answers it
 *
 * Prints the label, median and minimum of both, and the ratios of medians and of minima
 * (where much else runs, the minima tell more). Times are of CLOCK_MONOTONIC. Where the
 * program fails, the row says so and the exit status is 1.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SUBJECT, BASELINE, BOTH, MOST = 8 };
enum { COUNT_MAX = 20000, LIMIT_MS = 60000 };
enum { OPEN_QUIET_MS = 150, KEY_QUIET_MS = 25, WAIT_QUIET_MS = 600 };

static const char *label;
static int count;
static char **commands[MOST];
static int n_commands;
static double taken[MOST][COUNT_MAX]; /* seconds, or bytes */
static double bytes[BOTH][COUNT_MAX];

static _Noreturn void fail(const char *what) {
    printf("%-46s %s\n", label ? label : "stopwatch", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the table ---- */

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double sort_for_median(double *v) {
    qsort(v, (size_t)count, sizeof *v, by_size);
    return count % 2 ? v[count / 2] : (v[count / 2 - 1] + v[count / 2]) / 2;
}

static void print_row(const char *suffix, double v[BOTH][COUNT_MAX], double scale,
                      const char *unit) {
    char name[80];
    double ours = sort_for_median(v[SUBJECT]) * scale;
    double base = sort_for_median(v[BASELINE]) * scale;
    snprintf(name, sizeof name, "%s%s", label, suffix);
    printf("%-46s %9.2f %9.2f %9.2f %9.2f %-2s %6.2f %6.2f\n", name, ours,
           v[SUBJECT][0] * scale, base, v[BASELINE][0] * scale, unit,
           base > 0 ? ours / base : 0.0,
           v[BASELINE][0] > 0 ? v[SUBJECT][0] / v[BASELINE][0] : 0.0);
}

/* ---- from start to end ---- */

static double time_run(char **argv, struct rusage *used) {
    int status;
    double from = now();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, used) != pid)
        fail("cannot be run");
    double time = now() - from;
    if (status != 0)
        fail("fails");
    return time;
}

static void measure_run(void) {
    for (int i = 0; i < count; i++)
        for (int who = 0; who < BOTH; who++)
            taken[who][i] = time_run(commands[who], NULL);
    print_row("", taken, 1e3, "ms");
}

static double seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void measure_cost(void) {
    long largest[MOST] = {0};
    for (int i = 0; i < count; i++)
        for (int who = 0; who < n_commands; who++) {
            struct rusage used;
            time_run(commands[who], &used);
            taken[who][i] = seconds(used.ru_utime) + seconds(used.ru_stime);
            if (used.ru_maxrss > largest[who])
                largest[who] = used.ru_maxrss;
        }
    for (int who = 0; who < n_commands; who++)
        printf("%.3f %ld ", sort_for_median(taken[who]) * 1e3, largest[who]);
    printf("\n");
}

/* ---- on a terminal ---- */

struct screen {
    int master;
    pid_t pid;
    double started;
};

static struct screen screen_start(char **argv) {
    struct winsize size = {24, 80, 0, 0};
    struct screen s;
    s.started = now();
    s.pid = forkpty(&s.master, NULL, NULL, &size);
    if (s.pid < 0)
        fail("there is no terminal");
    if (s.pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(argv[0], argv);
        _exit(127);
    }
    return s;
}

static void screen_end(struct screen *s) {
    kill(s->pid, SIGKILL);
    close(s->master);
    waitpid(s->pid, NULL, 0);
}

/* Reads until nothing has come for `quiet` ms after `text` (NULL: after anything) was
 * seen. Gives the time of the last byte. */
static double screen_read(struct screen *s, const char *text, int quiet, size_t *got) {
    static char seen[1 << 20];
    struct pollfd one = {s->master, POLLIN, 0};
    size_t n = 0;
    bool found = false;
    double last = now();

    while (poll(&one, 1, found ? quiet : LIMIT_MS) > 0) {
        ssize_t some = read(s->master, seen + n, sizeof seen - 1 - n);
        if (some <= 0)
            fail("ended on the terminal");
        last = now();
        n += (size_t)some;
        seen[n] = '\0';
        found = found || text == NULL || memmem(seen, n, text, strlen(text)) != NULL;
    }
    if (!found)
        fail("nothing comes on the terminal");
    *got = n;
    return last;
}

static double time_open(char **argv, const char *text) {
    size_t n;
    struct screen s = screen_start(argv);
    double last = screen_read(&s, text, OPEN_QUIET_MS, &n);
    screen_end(&s);
    return last - s.started;
}

static void measure_open(const char *text) {
    for (int i = 0; i < count; i++)
        for (int who = 0; who < BOTH; who++)
            taken[who][i] = time_open(commands[who], text);
    print_row("", taken, 1e3, "ms");
}

static double time_key(struct screen *s, char key, double *n_bytes) {
    size_t n;
    double from = now();
    if (write(s->master, &key, 1) != 1)
        fail("takes no keys");
    double last = screen_read(s, NULL, KEY_QUIET_MS, &n);
    *n_bytes = (double)n;
    return last - from;
}

/* Presses so many keys in the program that is measured. */
static void prepare(struct screen *s, const char *keys, size_t n) {
    double ignored;
    for (size_t i = 0; i < n; i++)
        time_key(s, keys[i], &ignored);
}

static void measure_keys(const char *text, const char *keys) {
    struct screen s[BOTH];
    size_t n, before = strcspn(keys, " ");
    for (int who = 0; who < BOTH; who++) {
        s[who] = screen_start(commands[who]);
        screen_read(&s[who], text, OPEN_QUIET_MS, &n);
    }
    if (keys[before]) {
        prepare(&s[SUBJECT], keys, before);
        keys += before + 1;
    }
    for (int i = 0; i < count; i++)
        for (int who = 0; who < BOTH; who++)
            taken[who][i] =
                time_key(&s[who], keys[(size_t)i % strlen(keys)], &bytes[who][i]);
    for (int who = 0; who < BOTH; who++)
        screen_end(&s[who]);
    print_row("", taken, 1e6, "us");
    print_row(", bytes", bytes, 1, "B");
}

/* ---- frames ---- */

/* Processor time of a process so far, in seconds. */
static double processor(pid_t pid) {
    char name[64];
    double ns = 0;
    snprintf(name, sizeof name, "/proc/%d/schedstat", (int)pid);
    FILE *f = fopen(name, "r");
    if (f == NULL || fscanf(f, "%lf", &ns) != 1)
        fail("processor time is not told here");
    fclose(f);
    return ns / 1e9;
}

static const struct {
    const char *name, *bytes;
} named_keys[] = {
    {"Enter", "\r"},      {"Esc", "\33"},    {"Tab", "\t"},      {"Space", " "},
    {"Up", "\33OA"},      {"Down", "\33OB"}, {"Right", "\33OC"}, {"Left", "\33OD"},
    {"Home", "\33OH"},    {"End", "\33OF"},  {"PgUp", "\33[5~"}, {"PgDn", "\33[6~"},
    {"Delete", "\33[3~"},
};

struct frame {
    double first, last;
};

/* The bytes of the key that `keys` begins with; puts `keys` behind it. False at the end.
 */
static bool next_key(const char **keys, char out[16]) {
    *keys += strspn(*keys, " ");
    size_t n = strcspn(*keys, " ");
    snprintf(out, 16, "%.*s", (int)n, *keys);
    *keys += n;
    if (n == 3 && strncmp(out, "C-", 2) == 0) {
        out[0] = (char)(out[2] & 31);
        out[1] = '\0';
    }
    for (size_t i = 0; i < sizeof named_keys / sizeof *named_keys; i++)
        if (strcmp(out, named_keys[i].name) == 0)
            strcpy(out, named_keys[i].bytes);
    return n > 0;
}

static struct frame press(struct screen *s, const char *key) {
    struct pollfd one = {s->master, POLLIN, 0};
    struct frame f = {0};
    size_t n;
    double from = now();
    if (write(s->master, key, strlen(key)) != (ssize_t)strlen(key))
        fail("takes no keys");
    if (poll(&one, 1, LIMIT_MS / 60) <= 0)
        fail("a key changes nothing");
    f.first = now() - from;
    f.last = screen_read(s, NULL, KEY_QUIET_MS, &n) - from;
    return f;
}

/* Until nothing has come for so many ms. */
static void settle(struct screen *s, int quiet) {
    struct pollfd one = {s->master, POLLIN, 0};
    size_t n;
    if (poll(&one, 1, quiet) > 0)
        screen_read(s, NULL, quiet, &n);
}

/* Not measured. */
static void press_all(struct screen *s, const char *keys) {
    char key[16];
    while (next_key(&keys, key)) {
        bool wait = strcmp(key, "wait") == 0;
        if (!wait)
            press(s, key);
        settle(s, wait ? WAIT_QUIET_MS : KEY_QUIET_MS);
    }
}

static int measure_rounds(struct screen *s, const char *keys, const char *after) {
    int n = 0;
    for (int i = 0; i < count; i++) {
        char key[16];
        for (const char *rest = keys; n < COUNT_MAX && next_key(&rest, key); n++) {
            double cpu = processor(s->pid);
            struct frame f = press(s, key);
            taken[0][n] = f.first;
            taken[1][n] = f.last;
            taken[2][n] = processor(s->pid) - cpu;
        }
        press_all(s, after);
    }
    return n;
}

static void measure_frames(const char *text, char **keys) {
    static const double frame = 16e-3;
    size_t n;
    struct screen s = screen_start(commands[SUBJECT]);
    screen_read(&s, text, OPEN_QUIET_MS, &n);
    press_all(&s, keys[0]);
    count = measure_rounds(&s, keys[1], keys[2]);
    screen_end(&s);
    double first = sort_for_median(taken[0]), last = sort_for_median(taken[1]);
    double cpu = sort_for_median(taken[2]), most = taken[1][count - 1];
    printf("%-46s %9.2f %9.2f %9.2f %9.2f %9.2f %s\n", label, first * 1e3, last * 1e3,
           taken[1][count * 9 / 10] * 1e3, most * 1e3, cpu * 1e3,
           last <= frame ? "yes" : "NO");
}

/* ---- a clock ---- */

/* Reads from all for a second; adds up the bytes of each. */
static void read_second(struct screen s[BOTH], double n_bytes[BOTH]) {
    static char seen[1 << 16];
    double until = now() + 1;
    for (double left = 1; left > 0; left = until - now()) {
        struct pollfd both[BOTH] = {{s[SUBJECT].master, POLLIN, 0},
                                    {s[BASELINE].master, POLLIN, 0}};
        if (poll(both, BOTH, (int)(left * 1e3) + 1) <= 0)
            continue;
        for (int who = 0; who < BOTH; who++) {
            ssize_t some = both[who].revents ? read(both[who].fd, seen, sizeof seen) : 0;
            if (some < 0)
                fail("ended on the terminal");
            n_bytes[who] += (double)some;
        }
    }
}

static void measure_ticks(const char *text, const char *keys) {
    struct screen s[BOTH];
    size_t n;
    for (int who = 0; who < BOTH; who++) {
        s[who] = screen_start(commands[who]);
        screen_read(&s[who], text, OPEN_QUIET_MS, &n);
    }
    prepare(&s[SUBJECT], keys, strlen(keys));
    for (int i = 0; i < count; i++) {
        double from[BOTH], got[BOTH] = {0};
        for (int who = 0; who < BOTH; who++)
            from[who] = processor(s[who].pid);
        read_second(s, got);
        for (int who = 0; who < BOTH; who++) {
            taken[who][i] = processor(s[who].pid) - from[who];
            bytes[who][i] = got[who];
        }
    }
    for (int who = 0; who < BOTH; who++)
        screen_end(&s[who]);
    print_row("", taken, 1e6, "us");
    print_row(", bytes", bytes, 1, "B");
}

/* ---- lines through a pipe ---- */

struct filter {
    FILE *in, *out;
    pid_t pid;
};

static struct filter filter_start(char **argv) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        fail("there are no pipes");
    struct filter f = {fdopen(in[1], "w"), fdopen(out[0], "r"), fork()};
    if (f.pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    return f;
}

static double time_line(struct filter *f, const char *line) {
    char answer[256];
    double from = now();
    fprintf(f->in, "%s\n", line);
    fflush(f->in);
    if (fgets(answer, sizeof answer, f->out) == NULL)
        fail("gives no answer to a line");
    return now() - from;
}

static void measure_lines(const char *line) {
    struct filter f[BOTH];
    for (int who = 0; who < BOTH; who++) {
        f[who] = filter_start(commands[who]);
        for (int i = 0; i < 3; i++)
            time_line(&f[who], line); /* opening, and the first runway */
    }
    for (int i = 0; i < count; i++)
        for (int who = 0; who < BOTH; who++)
            taken[who][i] = time_line(&f[who], line);
    for (int who = 0; who < BOTH; who++) {
        fclose(f[who].in);
        fclose(f[who].out);
        waitpid(f[who].pid, NULL, 0);
    }
    print_row("", taken, 1e6, "us");
}

/* ---- */

/* Splits "-- PROGRAM… -- BASELINE…" off; returns how many words stand before. */
static int split(int argc, char **argv) {
    int before = 0;
    for (int i = 1; i < argc && n_commands < MOST; i++)
        if (strcmp(argv[i], "--") == 0) {
            before = before ? before : i;
            commands[n_commands++] = argv + i + 1;
            argv[i] = NULL;
        }
    for (int i = 0; i < n_commands; i++)
        if (commands[i][0] == NULL)
            return 0;
    return before;
}

int main(int argc, char **argv) {
    int n = split(argc, argv);
    if (n >= 4) {
        label = argv[2];
        count = atoi(argv[3]);
    }
    bool alone = n == 8;
    if (count < 1 || count > COUNT_MAX || n_commands < (alone ? 1 : BOTH)) {
        fprintf(stderr, "usage: stopwatch run|cost|open|keys|frames|ticks|lines LABEL "
                        "COUNT [WORD...] "
                        "-- PROGRAM... [-- BASELINE...]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (n == 4 && strcmp(argv[1], "run") == 0)
        measure_run();
    else if (n == 4 && strcmp(argv[1], "cost") == 0)
        measure_cost();
    else if (n == 5 && strcmp(argv[1], "open") == 0)
        measure_open(argv[4]);
    else if (n == 6 && strcmp(argv[1], "keys") == 0)
        measure_keys(argv[4], argv[5]);
    else if (alone && strcmp(argv[1], "frames") == 0)
        measure_frames(argv[4], argv + 5);
    else if (n == 6 && strcmp(argv[1], "ticks") == 0)
        measure_ticks(argv[4], argv[5]);
    else if (n == 5 && strcmp(argv[1], "lines") == 0)
        measure_lines(argv[4]);
    else
        fail("is measured in no such way");
    return 0;
}
