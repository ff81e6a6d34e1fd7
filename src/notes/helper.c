#include "helper.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef HELPER_FOLDER
#define HELPER_FOLDER "/usr/local/libexec/memobook"
#endif

enum { SAID_MAX = 65536 };

extern char **environ;

struct helper {
    pid_t pid; /* 0 when it has ended */
    int in, out, say;
    const char *left; /* of what it is to read */
    size_t n_left;
    struct buf output, said;
    char *name;
};

/* ---- where it is */

static bool try_path(struct buf *path, size_t folder, const char *between,
                     const char *name) {
    path->len = folder;
    buf_addf(path, "%s%s", between, name);
    return access(path->s, X_OK) == 0;
}

bool helper_find(const char *name, struct buf *path) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    buf_clear(path);
    if (n > 0) {
        self[n] = '\0';
        buf_add(path, self, (size_t)(strrchr(self, '/') - self) + 1);
        size_t folder = path->len;
        if (try_path(path, folder, "", name) ||
            try_path(path, folder, "../libexec/memobook/", name))
            return true;
    }
    buf_clear(path);
    return try_path(path, 0, HELPER_FOLDER "/", name);
}

/* ---- starting */

static void close_fd(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_pairs(int pairs[3][2]) {
    for (int i = 0; i < 3; i++) {
        close_fd(&pairs[i][0]);
        close_fd(&pairs[i][1]);
    }
}

static int open_pairs(int pairs[3][2], struct err *err) {
    for (int i = 0; i < 3; i++)
        pairs[i][0] = pairs[i][1] = -1;
    for (int i = 0; i < 3; i++)
        if (pipe2(pairs[i], O_CLOEXEC) < 0) {
            err_errno(err, errno, "no pipe");
            close_pairs(pairs);
            return -1;
        }
    return 0;
}

/* With signals as they are in a fresh program: the screen has its own handlers. */
static int spawn(pid_t *pid, const char *path, char **argv, int pairs[3][2]) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t usual, none;
    sigfillset(&usual);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, pairs[0][0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, pairs[1][1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, pairs[2][1], STDERR_FILENO);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigdefault(&attr, &usual);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int code = posix_spawnp(pid, path, &files, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return code;
}

static char **with_name(const char *name, const char *const argv[]) {
    size_t n = 0;
    while (argv[n])
        n++;
    char **all = mem_array(NULL, n + 2, sizeof *all);
    all[0] = mem_strdup(name);
    for (size_t i = 0; i < n; i++)
        all[i + 1] = mem_strdup(argv[i]);
    all[n + 1] = NULL;
    return all;
}

static void free_argv(char **argv) {
    for (char **a = argv; *a; a++)
        mem_free(*a);
    mem_free(argv);
}

/* Writing to one that has ended is to be an error here, not the end of the program. */
static void take_ends(struct helper *h, int pairs[3][2]) {
    h->in = pairs[0][1];
    h->out = pairs[1][0];
    h->say = pairs[2][0];
    close_fd(&pairs[0][0]);
    close_fd(&pairs[1][1]);
    close_fd(&pairs[2][1]);
    fcntl(h->in, F_SETFL, O_NONBLOCK);
    fcntl(h->out, F_SETFL, O_NONBLOCK);
    fcntl(h->say, F_SETFL, O_NONBLOCK);
    signal(SIGPIPE, SIG_IGN);
}

struct helper *helper_start(const char *name, const char *const argv[], const char *in,
                            size_t len, struct err *err) {
    struct buf path = BUF_INIT;
    struct helper *h = NULL;
    if (helper_find(name, &path))
        h = helper_start_program(path.s, argv, in, len, err);
    else {
        err_set(err, "%s was not built or not installed", name);
        err_todo(err, "memobook --version says what this one can do");
    }
    buf_release(&path);
    return h;
}

struct helper *helper_start_program(const char *path, const char *const argv[],
                                    const char *in, size_t len, struct err *err) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int pairs[3][2];
    if (open_pairs(pairs, err) < 0)
        return NULL;
    struct helper *h = mem_zalloc(sizeof *h);
    char **all = with_name(name, argv);
    int code = spawn(&h->pid, path, all, pairs);
    free_argv(all);
    h->output = h->said = (struct buf)BUF_INIT;
    h->name = mem_strdup(name);
    h->left = in;
    h->n_left = len;
    take_ends(h, pairs);
    if (code) {
        err_errno(err, code, "%s cannot be run", path);
        h->pid = 0;
        helper_free(h);
        h = NULL;
    }
    return h;
}

/* ---- running */

static void feed(struct helper *h) {
    while (h->n_left > 0) {
        ssize_t n = write(h->in, h->left, h->n_left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0)
            break; /* it reads no more: its exit status says why */
        h->left += n;
        h->n_left -= (size_t)n;
    }
    h->n_left = 0;
    close_fd(&h->in);
}

static void take(int *fd, struct buf *out, size_t most) {
    char block[65536];
    for (;;) {
        ssize_t n = read(*fd, block, sizeof block);
        if (n > 0 && out->len < most)
            buf_add(out, block, (size_t)n);
        else if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
            break;
        else if (n < 0 && errno == EAGAIN)
            return;
    }
    close_fd(fd);
}

/* What it said, in one line. */
static int failed(struct helper *h, int status, struct err *err) {
    size_t len = strcspn(h->said.s, "\n");
    if (len > 0)
        return err_set(err, "%.*s", (int)len, h->said.s);
    if (WIFSIGNALED(status))
        return err_set(err, "%s ended by signal %d", h->name, WTERMSIG(status));
    return err_set(err, "%s failed and did not say why", h->name);
}

static int end(struct helper *h, struct err *err) {
    int status = 0;
    while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR) {
    }
    h->pid = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : failed(h, status, err);
}

int helper_step(struct helper *h, int ms, struct err *err) {
    struct pollfd fds[3] = {{.fd = h->in, .events = POLLOUT},
                            {.fd = h->out, .events = POLLIN},
                            {.fd = h->say, .events = POLLIN}};
    poll(fds, 3, ms);
    if (h->in >= 0 && fds[0].revents)
        feed(h);
    if (h->out >= 0)
        take(&h->out, &h->output, SIZE_MAX);
    if (h->say >= 0)
        take(&h->say, &h->said, SAID_MAX);
    return h->out < 0 && h->say < 0 ? end(h, err) : 1;
}

struct buf *helper_output(struct helper *h) {
    return &h->output;
}

const char *helper_said(const struct helper *h) {
    return h->said.s;
}

void helper_stop(struct helper *h) {
    if (h->pid > 0)
        kill(h->pid, SIGTERM);
}

void helper_free(struct helper *h) {
    if (!h)
        return;
    close_fd(&h->in);
    close_fd(&h->out);
    close_fd(&h->say);
    if (h->pid > 0) {
        kill(h->pid, SIGKILL);
        while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    buf_release(&h->output);
    buf_release(&h->said);
    mem_free(h->name);
    mem_free(h);
}

int helper_run(const char *name, const char *const argv[], const char *in, size_t len,
               struct buf *out, struct err *err) {
    struct helper *h = helper_start(name, argv, in, len, err);
    int state = h ? 1 : -1;
    while (state > 0)
        state = helper_step(h, -1, err);
    if (state == 0)
        buf_add(out, h->output.s, h->output.len);
    helper_free(h);
    return state;
}
