/*
 * memobook-pdf: the checked XHTML of a template on standard input, a PDF on standard
 * output. See notes/helper.h for how it is run.
 *
 * usage: memobook-pdf [--paper=a4|letter] [--date=YYYY-MM-DDTHH:MM:SSZ]
 *        memobook-pdf --version
 *
 * The same input, options and fonts give the same bytes: it reads no clock, and no
 * locale. When characters have no glyph in any font, it says so on standard error, and
 * still ends well, unless that is most of the text.
 */
#include "pdf_blocks.h"
#include "pdf_draw.h"
#include "pdf_update.h"

#include "base/text.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <pango/pangocairo.h>

struct request {
    const struct paper *paper;
    const char *date;
};

static int fail(struct err *err) {
    struct buf line = BUF_INIT;
    err_format(err, &line);
    fprintf(stderr, "%s\n", line.s);
    buf_release(&line);
    err_release(err);
    return 1;
}

static bool is_date(const char *s) {
    static const char form[] = "0000-00-00T00:00:00Z";
    size_t i = 0;
    for (; form[i] && s[i]; i++)
        if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
            return false;
    return !form[i] && !s[i];
}

static int read_options(int argc, char **argv, struct request *r, struct err *err) {
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--paper=", 8) == 0 && paper_find(argv[i] + 8))
            r->paper = paper_find(argv[i] + 8);
        else if (strncmp(argv[i], "--date=", 7) == 0 && is_date(argv[i] + 7))
            r->date = argv[i] + 7;
        else
            return err_set(err, "usage: memobook-pdf [--paper=a4|letter] "
                                "[--date=YYYY-MM-DDTHH:MM:SSZ]");
    }
    return 0;
}

static int read_input(struct buf *in, struct err *err) {
    for (;;) {
        buf_reserve(in, 1 << 16);
        ssize_t n = read(STDIN_FILENO, in->s + in->len, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(err, errno, "standard input");
        if (n == 0)
            return 0;
        buf_cut(in, in->len + (size_t)n);
    }
}

static int write_output(const struct buf *out, struct err *err) {
    for (size_t done = 0; done < out->len;) {
        ssize_t n = write(STDOUT_FILENO, out->s + done, out->len - done);
        if (n < 0 && errno != EINTR)
            return err_errno(err, errno, "standard output");
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* One letter without a glyph is drawn as a box; a document of boxes is none. */
static int check_glyphs(const struct typeset *t, struct err *err) {
    uint32_t first;
    size_t unknown = typeset_unknown(t, &first), all = typeset_characters(t);
    if (unknown > all / 4) {
        err_set(err, "no font has the letters of this text, such as U+%04X", first);
        return err_todo(err, "install one (Debian: fonts-noto-core, fonts-wqy-microhei)");
    }
    if (unknown > 0)
        fprintf(stderr,
                "no font has some of the characters, which are boxes in the PDF; "
                "the first is U+%04X\n",
                first);
    return 0;
}

static int make(const struct xhtml *x, const struct request *r, struct buf *out,
                struct err *err) {
    struct arena arena = {0};
    struct galley g;
    struct pages p = {0};
    struct typeset *t = typeset_new(&arena, err);
    if (!t)
        return -1;
    galley_init(&g, &arena);
    blocks_set_page(t, &g, x, r->paper);
    pages_break(&p, &g, r->paper->height - r->paper->top - r->paper->bottom);
    struct drawing d = {.paper = r->paper,
                        .galley = &g,
                        .pages = &p,
                        .type = t,
                        .title = x->title,
                        .lang = *x->lang ? x->lang : "en",
                        .date = r->date};
    int ret = check_glyphs(t, err);
    if (ret == 0)
        ret = draw_pdf(&d, out, err);
    if (ret == 0)
        ret = update_catalog(out, d.lang, err);
    pages_release(&p);
    galley_release(&g);
    typeset_free(t);
    arena_release(&arena);
    return ret;
}

static int run(const struct request *r, struct err *err) {
    struct buf in = BUF_INIT, out = BUF_INIT;
    int ret = read_input(&in, err);
    struct xhtml *x = ret == 0 ? xhtml_parse(in.s, in.len, err) : NULL;
    buf_release(&in);
    if (!x)
        return -1;
    ret = make(x, r, &out, err);
    if (ret == 0)
        ret = write_output(&out, err);
    xhtml_free(x);
    buf_release(&out);
    return ret;
}

static int print_libraries(void) {
    return printf("Pango %s, Cairo %s\n", pango_version_string(),
                  cairo_version_string()) < 0;
}

int main(int argc, char **argv) {
    struct err err = ERR_INIT;
    struct request r = {.paper = paper_find("a4")};
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* ends with whoever wants the document */
    /* Characters are told by a locale; which one it is must not show. */
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        text_locale();
    /* Pango would choose letters by them. */
    unsetenv("PANGO_LANGUAGE");
    unsetenv("LANGUAGE");
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return print_libraries();
    if (read_options(argc, argv, &r, &err) < 0 || run(&r, &err) < 0)
        return fail(&err);
    return 0;
}
