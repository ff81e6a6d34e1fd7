#include "making.h"

#include "base/steady.h"
#include "base/text.h"
#include "clock.h"
#include "notes/beside.h"
#include "notes/helper.h"

#include <stdio.h>

/* LARGE: issues and events that are rendered in less than a tenth of a second. */
enum {
    LARGE = 2000,
    NARROW = 60, /* columns: a short bar, and no hint */
    BAR = 16,
    BAR_NARROW = 8,
    BLOCK = 3,
    BAR_MS = 120,
    ARGUMENTS = 24
};

struct making {
    const struct workbook *w;
    struct notes_options options;
    int64_t since;
    struct helper *beside;     /* NULL: rendered here */
    struct err failed;         /* why it could not be started */
    struct buf document, said; /* made here; warnings */
    bool shown;                /* not to be handed round */
    struct leaks leaks;
};

/* ---- Beside the screen ---- */

static size_t size_of(const struct workbook *w) {
    return w->issues.n + w->log.n;
}

/* What is on disk is what is shown, unless writing it has failed. */
static bool goes_beside(const struct shell *sh, const struct notes_options *o) {
    const struct workbook *w = shell_workbook(sh);

    if (!sh->program || !sh->session || session_failed(sh->session))
        return false;
    return notes_format_is_paged(o->format) || size_of(w) > LARGE;
}

/* This program, unless another for this stands beside it (helper.h). */
static struct helper *run_beside(const struct shell *sh, const char *const argv[],
                                 struct err *err) {
    struct buf path = BUF_INIT;
    bool other = helper_find("memobook-notes", &path);
    struct helper *h =
        helper_start_program(other ? path.s : sh->program, argv, NULL, 0, err);

    buf_release(&path);
    return h;
}

static struct helper *start_beside(const struct shell *sh, const struct notes_options *o,
                                   bool shown, struct err *err) {
    const char *argv[ARGUMENTS] = {"notes",
                                   "--template",
                                   o->template_name,
                                   "--format",
                                   o->format,
                                   "--attribution",
                                   attribution_code(o->attribution),
                                   "--paper",
                                   paper_code(o->paper)};
    char width[24], sitting[24];
    size_t n = 9;

    snprintf(width, sizeof width, "--width=%zu", o->width);
    argv[n++] = width;
    if (o->sitting != NONE) {
        snprintf(sitting, sizeof sitting, "--sitting=%u", (unsigned)o->sitting + 1);
        argv[n++] = sitting;
    }
    if (o->private)
        argv[n++] = "--private";
    if (shown || o->allow_names)
        argv[n++] = "--beside";
    argv[n++] = "--";
    argv[n++] = session_path(sh->session);
    return run_beside(sh, argv, err);
}

/* "memobook: warning: …" and "memobook: …" without what the screen need not say. */
static const char *without_prefix(const char *line) {
    static const char *const prefixes[] = {"memobook: ", "warning: "};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(line, prefixes[i], strlen(prefixes[i])) == 0)
            line += strlen(prefixes[i]);
    return line;
}

static void take_said(struct making *m) {
    for (const char *s = helper_said(m->beside), *end; *s; s = *end ? end + 1 : end) {
        end = s + strcspn(s, "\n");
        if (beside_read(s, (size_t)(end - s), &m->leaks))
            continue;
        const char *line = without_prefix(s);
        buf_add(&m->said, line, (size_t)(end - line));
        buf_putc(&m->said, '\n');
    }
}

/* The first line says it. */
static int say_failed(const struct making *m, struct err *err) {
    const char *s = without_prefix(helper_said(m->beside));

    if (!*s)
        return -1;
    err_release(err);
    return err_set(err, "%.*s", (int)strcspn(s, "\n"), s);
}

/* ---- Making ---- */

static struct making *start(struct shell *sh, const struct notes_options *o, bool shown) {
    struct making *m = mem_zalloc(sizeof *m);

    m->w = shell_workbook(sh);
    m->options = *o;
    m->shown = shown;
    m->since = steady_ms();
    m->document = m->said = (struct buf)BUF_INIT;
    m->failed = (struct err)ERR_INIT;
    if (notes_format_available(o->format) && goes_beside(sh, o))
        m->beside = start_beside(sh, o, shown, &m->failed);
    return m;
}

struct making *making_start(struct shell *sh, const struct notes_options *o) {
    return start(sh, o, false);
}

struct making *making_start_shown(struct shell *sh, const struct notes_options *o) {
    return start(sh, o, true);
}

bool making_is_beside(const struct making *m) {
    return m->beside != NULL;
}

static int step_here(struct making *m, struct err *err) {
    if (m->failed.what) {
        *err = m->failed;
        m->failed = (struct err)ERR_INIT;
        return -1;
    }
    m->options.warnings = &m->said;
    m->options.leaks = &m->leaks;
    m->options.allow_names = m->options.allow_names || m->shown;
    return notes_render(m->w, &m->options, &m->document, err);
}

int making_step(struct making *m, int ms, struct err *err) {
    if (!m->beside)
        return step_here(m, err);
    int state = helper_step(m->beside, ms, err);
    if (state == 0) {
        m->document = *helper_output(m->beside);
        *helper_output(m->beside) = (struct buf)BUF_INIT;
        take_said(m);
    }
    return state < 0 ? say_failed(m, err) : state;
}

void making_take(struct making *m, struct buf *document, struct leaks *leaks) {
    buf_release(document);
    *document = m->document;
    m->document = (struct buf)BUF_INIT;
    leaks_release(leaks);
    *leaks = m->leaks;
    m->leaks = (struct leaks){0};
}

const char *making_warnings(const struct making *m) {
    return m->said.s;
}

int64_t making_elapsed(const struct making *m) {
    return steady_ms() - m->since;
}

void making_free(struct making *m) {
    if (!m)
        return;
    helper_free(m->beside);
    err_release(&m->failed);
    buf_release(&m->document);
    buf_release(&m->said);
    leaks_release(&m->leaks);
    mem_free(m);
}

int making_log_names(const struct shell *sh, const struct notes_options *o,
                     const char *format, const struct leaks *names, struct err *err) {
    struct buf words = BUF_INIT;

    if (!names->total)
        return 0;
    leaks_names(names, &words);
    int ret = session_released(sh->session, words.s, o->template_name, format,
                               o->attribution, err);
    buf_release(&words);
    return ret;
}

/* ---- The bar ---- */

static void add_bar(int64_t elapsed, int bar, struct buf *out) {
    int span = bar - BLOCK, at = (int)(elapsed / BAR_MS % (2 * span));

    if (at > span)
        at = 2 * span - at;
    buf_puts(out, "▕");
    for (int i = 0; i < bar; i++)
        buf_puts(out, i >= at && i < at + BLOCK ? "█" : " ");
    buf_puts(out, "▏");
}

void making_draw_bar(struct canvas *c, struct rect row, const char *what, int64_t elapsed,
                     const char *hint) {
    struct buf bar = BUF_INIT, time = BUF_INIT;
    int right = row.x + row.w - 1;

    add_bar(elapsed, row.w < NARROW ? BAR_NARROW : BAR, &bar);
    buf_addf(&time, "%s  ", bar.s);
    clock_span(elapsed, &time);
    if (row.w >= NARROW)
        buf_addf(&time, "  %s", hint);
    canvas_fill(c, row.y, row.x, row.w, ROLE_NORMAL);
    int need = (int)text_columns(time.s, time.len);
    int room = row.w - need - 3;
    canvas_string(c, row.y, row.x + 1, room > 0 ? room : 0, ROLE_STRONG, what);
    canvas_right(c, row.y, right, row.w - 1, ROLE_NORMAL, time.s);
    buf_release(&bar);
    buf_release(&time);
}
