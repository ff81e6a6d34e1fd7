#include "print.h"

#include "helper.h"
#include "notes.h"

#include "base/steady.h"
#include "base/text.h"
#include "base/vec.h"

#include <stdint.h>
#include <stdio.h>

/* The helper gives up by itself, lp does not. */
enum { GRACE_SECONDS = 30 };

struct print {
    struct helper *helper;
    bool is_list, followed, stopped;
    int64_t deadline; /* by the steady clock */
    size_t at;        /* of the output: where the next line starts */
    struct buf line;
    struct arena strings;
    VEC(struct printer) printers;
};

void print_options_init(struct print_options *o) {
    *o = (struct print_options){.title = "memobook",
                                .type = "application/pdf",
                                .copies = 1,
                                .timeout = PRINT_TIMEOUT};
}

const char *print_format(void) {
    for (const struct notes_choice *f = notes_formats(); f->name; f++)
        if (strcmp(f->name, "pdf") == 0 && notes_format_available("pdf"))
            return f->name;
    return "text";
}

void print_title(const char *template_name, struct buf *out) {
    const char *slash = strrchr(template_name, '/');
    const char *name = slash ? slash + 1 : template_name;
    buf_addf(out, "memobook: %.*s", (int)strcspn(name, "."), name);
}

static const char *longer(const char *s, const char *const names[][2], size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(s, names[i][0]) == 0 || strcmp(s, names[i][1]) == 0)
            return names[i][1];
    return NULL;
}

const char *print_sides_parse(const char *s) {
    static const char *const names[][2] = {{"one", "one-sided"},
                                           {"long", "two-sided-long-edge"},
                                           {"short", "two-sided-short-edge"}};
    return longer(s, names, 3);
}

const char *print_media_parse(const char *s) {
    static const char *const names[][2] = {{"a4", "iso_a4_210x297mm"},
                                           {"letter", "na_letter_8.5x11in"}};
    const char *known = longer(s, names, 2);
    return known ? known : s;
}

int print_media_paper(const char *s) {
    const char *media = print_media_parse(s);
    for (int i = PAPER_A4; i <= PAPER_LETTER; i++)
        if (strcmp(media, print_media_parse(paper_code((enum paper)i))) == 0)
            return i;
    return -1;
}

/* ---- starting */

static bool have_helper(void) {
    struct buf path = BUF_INIT;
    bool found = helper_find("memobook-print", &path);
    buf_release(&path);
    return found;
}

static struct print *wrap(struct helper *h, bool followed, unsigned timeout) {
    if (!h)
        return NULL;
    struct print *p = mem_zalloc(sizeof *p);
    p->helper = h;
    p->followed = followed;
    p->deadline = steady_ms() + (timeout + GRACE_SECONDS) * INT64_C(1000);
    p->line = (struct buf)BUF_INIT;
    return p;
}

struct arguments {
    const char *v[20];
    size_t n;
};

static void add(struct arguments *a, const char *option, const char *value) {
    if (value) {
        a->v[a->n++] = option;
        a->v[a->n++] = value;
    }
}

static struct print *start_helper(const struct print_options *o, const char *document,
                                  size_t len, struct err *err) {
    char copies[16], timeout[16];
    struct arguments a = {.n = 0};
    snprintf(copies, sizeof copies, "%u", o->copies);
    snprintf(timeout, sizeof timeout, "%u", o->timeout);
    add(&a, "--printer", o->printer);
    add(&a, "--copies", copies);
    add(&a, "--sides", o->sides);
    add(&a, "--media", o->media);
    add(&a, "--title", o->title);
    add(&a, "--type", o->type);
    add(&a, "--timeout", timeout);
    return wrap(helper_start("memobook-print", a.v, document, len, err), true,
                o->timeout);
}

static struct helper *start_cups_tool(const char *name, const char *const argv[],
                                      const char *in, size_t len, struct err *err) {
    struct helper *h = helper_start_program(name, argv, in, len, err);
    if (h)
        return h;
    err_set(err,
            "nothing can print here: memobook-print was not built, and there is no "
            "%s command",
            name);
    err_todo(err, "install cups-client, or print what memobook notes --output makes");
    return NULL;
}

static void add_option(struct arguments *a, struct buf *option, const char *name,
                       const char *value) {
    if (value)
        buf_addf(option, "%s=%s", name, value);
    add(a, "-o", value ? option->s : NULL);
}

static struct print *start_lp(const struct print_options *o, const char *document,
                              size_t len, struct err *err) {
    struct buf sides = BUF_INIT, media = BUF_INIT, type = BUF_INIT;
    struct arguments a = {.n = 0};
    char copies[16];
    snprintf(copies, sizeof copies, "%u", o->copies);
    add(&a, "-d", o->printer);
    add(&a, "-n", copies);
    add(&a, "-t", o->title);
    add_option(&a, &type, "document-format", o->type);
    add_option(&a, &sides, "sides", o->sides);
    add_option(&a, &media, "media", o->media);
    struct helper *h = start_cups_tool("lp", a.v, document, len, err);
    buf_release(&sides);
    buf_release(&media);
    buf_release(&type);
    return wrap(h, false, o->timeout);
}

struct print *print_start(const struct print_options *o, const char *document, size_t len,
                          struct err *err) {
    return (have_helper() ? start_helper : start_lp)(o, document, len, err);
}

struct print *print_list(struct err *err) {
    static const char *const list[] = {"--list", NULL}, *const names[] = {"-e", NULL};
    bool followed = have_helper();
    struct helper *h = followed ? helper_start("memobook-print", list, NULL, 0, err)
                                : start_cups_tool("lpstat", names, NULL, 0, err);
    struct print *p = wrap(h, followed, 0);
    if (p)
        p->is_list = true;
    return p;
}

/* ---- going on */

static const char *field(struct print *p, char **at) {
    struct buf visible = BUF_INIT;
    char *s = strsep(at, "\t");
    text_visible(&visible, s ? s : "", s ? strlen(s) : 0);
    s = arena_strndup(&p->strings, visible.s, visible.len);
    buf_release(&visible);
    return s;
}

/* NAME, state, "default", description; lpstat tells the names alone. */
static void add_printer(struct print *p, char *line) {
    struct printer x = {.name = field(p, &line)};
    x.state = field(p, &line);
    x.is_default = strcmp(field(p, &line), "default") == 0;
    x.what = field(p, &line);
    vec_push(&p->printers, x);
}

static void read_printers(struct print *p) {
    char *at = helper_output(p->helper)->s;
    for (char *line; (line = strsep(&at, "\n"));)
        if (*line)
            add_printer(p, line);
}

static int expire(struct print *p, struct err *err) {
    helper_free(p->helper);
    p->helper = NULL;
    err_set(err, "timed out: the print server does not answer");
    return err_todo(err, "see lpstat -t, or choose another printer");
}

int print_step(struct print *p, int ms, struct err *err) {
    int state = helper_step(p->helper, ms, err);
    if (state == 0 && p->is_list)
        read_printers(p);
    if (state < 0 && p->stopped && !p->followed)
        return err_set(err, "canceled; lpstat tells whether the job was taken already");
    return state == 1 && steady_ms() > p->deadline ? expire(p, err) : state;
}

const char *print_line(struct print *p) {
    if (!p->helper || p->is_list)
        return NULL;
    struct buf *out = helper_output(p->helper);
    const char *start = out->s + p->at;
    const char *end = memchr(start, '\n', out->len - p->at);
    if (!end)
        return NULL;
    buf_clear(&p->line);
    text_visible(&p->line, start, (size_t)(end - start));
    p->at += (size_t)(end - start) + 1;
    return p->line.s;
}

void print_cancel(struct print *p) {
    if (p->helper)
        helper_stop(p->helper);
    p->stopped = true;
}

bool print_is_followed(const struct print *p) {
    return p->followed;
}

const struct printer *print_printers(const struct print *p, size_t *n) {
    *n = p->printers.n;
    return p->printers.v;
}

void print_free(struct print *p) {
    if (!p)
        return;
    helper_free(p->helper);
    buf_release(&p->line);
    arena_release(&p->strings);
    vec_release(&p->printers);
    mem_free(p);
}
