#include "template_folder.h"

#include "document.h"
#include "stock.h"

#include "base/text.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".xsl"

/* ---- names */

static bool has_suffix(const char *name) {
    size_t len = strlen(name), n = strlen(SUFFIX);
    return len > n && strcmp(name + len - n, SUFFIX) == 0;
}

/* A file name that can be in the folder: no slash, not hidden, no control characters. */
static bool name_ok(const char *name) {
    if (*name == '\0' || *name == '.')
        return false;
    for (const char *p = name; *p; p++)
        if (*p == '/' || (unsigned char)*p < 0x20 || *p == 0x7f)
            return false;
    return true;
}

void template_folder(struct buf *out) {
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    buf_clear(out);
    if (data && *data == '/')
        buf_addf(out, "%s/memobook/templates", data);
    else if (home && *home == '/')
        buf_addf(out, "%s/.local/share/memobook/templates", home);
}

const struct stock_file *stock_find(const char *name) {
    for (const struct stock_file *f = stock_files; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

/* ---- files */

static int read_all(int fd, size_t size, struct buf *out) {
    buf_reserve(out, size + 1);
    for (;;) {
        char block[8192];
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -1 : 0;
        buf_add(out, block, (size_t)n);
        if (out->len > TEMPLATE_SIZE_MAX) {
            errno = EFBIG;
            return -1;
        }
    }
}

/* 1 when read, 0 when there is no such file, -1 with *err. */
static int read_file(const char *path, struct buf *out, struct err *err) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    struct stat st;
    int bad = fd < 0 || fstat(fd, &st) < 0                ? errno
              : !S_ISREG(st.st_mode)                      ? EINVAL
              : st.st_size > TEMPLATE_SIZE_MAX            ? EFBIG
              : read_all(fd, (size_t)st.st_size, out) < 0 ? errno
                                                          : 0;
    if (fd >= 0)
        close(fd);
    if (bad == 0)
        return 1;
    if (bad == EINVAL)
        err_set(err, "a template is a regular file");
    else if (bad == EFBIG)
        err_set(err, "a template has at most %d bytes", (int)TEMPLATE_SIZE_MAX);
    else
        err_errno(err, bad, "the template cannot be read");
    return err_at(err, path, 0, 0);
}

static int user_file(const char *file, struct template_source *out, struct err *err) {
    template_folder(&out->shown);
    if (out->shown.len == 0 || !name_ok(file))
        return 0;
    buf_addf(&out->shown, "/%s", file);
    return read_file(out->shown.s, &out->bytes, err);
}

static int stock_file(const char *file, struct template_source *out) {
    const struct stock_file *f = has_suffix(file) ? stock_find(file) : NULL;
    if (!f)
        return 0;
    buf_add(&out->bytes, f->bytes, f->len);
    buf_clear(&out->shown);
    buf_addf(&out->shown, "%s (built in)", f->name);
    return 1;
}

static int in_folders(const char *file, bool only_stock, struct template_source *out,
                      struct err *err) {
    int ret = only_stock ? 0 : user_file(file, out, err);
    return ret ? ret : stock_file(file, out);
}

static int missing(const char *name, struct err *err) {
    err_set(err, "there is no template “%s”", name);
    return err_todo(err, "“memobook notes --list” lists them");
}

int template_source_open(const char *name, struct template_source *out, struct err *err) {
    *out = (struct template_source){.bytes = BUF_INIT, .shown = BUF_INIT};
    if (strchr(name, '/') || has_suffix(name)) {
        buf_puts(&out->shown, name);
        int ret = read_file(name, &out->bytes, err);
        if (ret == 0)
            err_errno(err, ENOENT, "the template cannot be read");
        return ret > 0 ? 0 : ret < 0 ? -1 : err_at(err, name, 0, 0);
    }
    struct buf file = BUF_INIT;
    buf_addf(&file, "%s" SUFFIX, name);
    int ret = in_folders(file.s, false, out, err);
    buf_release(&file);
    return ret > 0 ? 0 : ret < 0 ? -1 : missing(name, err);
}

int template_source_include(const char *file, bool stock, struct template_source *out,
                            struct err *err) {
    *out = (struct template_source){.bytes = BUF_INIT, .shown = BUF_INIT};
    int ret = name_ok(file) ? in_folders(file, stock, out, err) : 0;
    if (ret != 0)
        return ret > 0 ? 0 : -1;
    err_set(err, "a template may include another template only, and “%s” is none", file);
    struct buf folder = BUF_INIT;
    template_folder(&folder);
    err_todo(err, "templates are looked for in %s and among those built in",
             folder.len ? folder.s : "no folder");
    buf_release(&folder);
    return -1;
}

void template_source_release(struct template_source *s) {
    buf_release(&s->bytes);
    buf_release(&s->shown);
}

/* ---- what a template says of itself */

/* The text of the first comment that begins so, without the blanks around it. */
static const char *comment_of(const char *bytes, const char *begins, size_t *len) {
    const char *at = strstr(bytes, begins);
    const char *end = at ? strstr(at, "-->") : NULL;
    *len = 0;
    if (!end)
        return "";
    at += strlen(begins);
    while (*at == ' ')
        at++;
    while (end > at && end[-1] == ' ')
        end--;
    *len = (size_t)(end - at);
    return at;
}

static unsigned needs_of(const char *bytes) {
    static const struct {
        const char *word;
        unsigned need;
    } words[] = {{"timeline", NEEDS_TIMELINE},
                 {"interventions", NEEDS_INTERVENTIONS},
                 {"wordings", NEEDS_WORDINGS}};
    size_t len;
    const char *at = comment_of(bytes, "<!-- needs:", &len);
    char *list = mem_strndup(at, len);
    unsigned needs = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memo_list_has(list, words[i].word))
            needs |= words[i].need;
    mem_free(list);
    return needs;
}

unsigned template_needs(const char *name) {
    struct template_source s;
    struct err ignored = ERR_INIT;
    unsigned needs =
        template_source_open(name, &s, &ignored) == 0 ? needs_of(s.bytes.s) : 0;
    template_source_release(&s);
    err_release(&ignored);
    return needs;
}

/* ---- the list */

typedef VEC(struct notes_choice) choice_vec;

static const char *help_of(struct arena *strings, const char *bytes) {
    size_t len;
    const char *at = comment_of(bytes, "<!-- help:", &len);
    struct buf visible = BUF_INIT;
    text_visible(&visible, at, len);
    const char *help = arena_strdup(strings, visible.s);
    buf_release(&visible);
    return help;
}

static struct notes_choice choice(struct arena *strings, const char *file,
                                  const char *help) {
    return (struct notes_choice){
        arena_strndup(strings, file, strlen(file) - strlen(SUFFIX)), help, ""};
}

static void add_user(choice_vec *list, struct arena *strings, const char *file) {
    struct template_source s = {.bytes = BUF_INIT, .shown = BUF_INIT};
    struct err ignored = ERR_INIT;
    if (has_suffix(file) && name_ok(file) && user_file(file, &s, &ignored) > 0) {
        struct notes_choice c = choice(strings, file, help_of(strings, s.bytes.s));
        size_t i = 0;
        while (i < list->n && strcmp(list->v[i].name, c.name) != 0)
            i++;
        if (i < list->n)
            list->v[i] = c;
        else
            vec_push(list, c);
    }
    err_release(&ignored);
    template_source_release(&s);
}

static int by_name(const void *a, const void *b) {
    const struct notes_choice *x = a, *y = b;
    return strcmp(x->name, y->name);
}

struct notes_choice *template_list(struct arena *strings) {
    choice_vec list = {0};
    for (const struct stock_file *f = stock_files; f->name; f++)
        if (has_suffix(f->name) && *f->help) /* else parts of templates */
            vec_push(&list, choice(strings, f->name, f->help));
    size_t n_stock = list.n;
    struct buf path = BUF_INIT;
    template_folder(&path);
    DIR *dir = path.len ? opendir(path.s) : NULL;
    for (struct dirent *d; dir && (d = readdir(dir));)
        add_user(&list, strings, d->d_name);
    if (dir)
        closedir(dir);
    buf_release(&path);
    qsort(list.v + n_stock, list.n - n_stock, sizeof *list.v, by_name);
    vec_push(&list, ((struct notes_choice){NULL, NULL, NULL}));
    return list.v;
}
