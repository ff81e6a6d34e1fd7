/*
 * ODT and DOCX, made by memobook-office (src/helpers/), which has libzip.
 */
#include "format.h"

#include "helper.h"
#include "xhtml_write.h"

#include <inttypes.h>

static int run(const struct xhtml *x, const char *const argv[], struct buf *out,
               struct err *err) {
    struct buf page = BUF_INIT;
    xhtml_write(x, &page);
    int ret = helper_run("memobook-office", argv, page.s, page.len, out, err);
    buf_release(&page);
    return ret;
}

static int missing(const char *format, struct err *err) {
    err_set(err,
            "the format %s is not available: memobook-office was not built or installed",
            format);
    return err_todo(err, "build memobook where libzip is, or print html");
}

static int format_office(const char *format, const struct xhtml *x,
                         const struct format_options *o, struct buf *out,
                         struct err *err) {
    if (!notes_format_available(format))
        return missing(format, err);
    const char *paper = o->paper == PAPER_LETTER ? "--paper=letter" : "--paper=a4";
    struct buf now = BUF_INIT, reference = BUF_INIT;
    buf_addf(&now, "--now=%" PRId64, o->now);
    if (o->reference)
        buf_addf(&reference, "--reference=%s", o->reference);
    const char *argv[] = {format, paper, now.s, o->reference ? reference.s : NULL, NULL};
    int ret = run(x, argv, out, err);
    buf_release(&now);
    buf_release(&reference);
    return ret;
}

int format_odt(const struct xhtml *x, const struct format_options *o, struct buf *out,
               struct err *err) {
    return format_office("odt", x, o, out, err);
}

int format_docx(const struct xhtml *x, const struct format_options *o, struct buf *out,
                struct err *err) {
    return format_office("docx", x, o, out, err);
}

int format_read_office(const struct format_options *o, const struct buf *document,
                       struct buf *lines, struct err *err) {
    const char *argv[] = {"text", o->reference ? "--styles" : NULL, NULL};
    return helper_run("memobook-office", argv, document->s, document->len, lines, err);
}
