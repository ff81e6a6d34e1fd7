/* Pages for printing: memobook-pdf sets them, with Pango and Cairo. */
#include "format.h"

#include "helper.h"
#include "xhtml_write.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int run(const char *const argv[], const struct buf *page,
               const struct format_options *o, struct buf *out, struct err *err) {
    struct helper *h = helper_start("memobook-pdf", argv, page->s, page->len, err);
    int state = h ? 1 : -1;
    while (state > 0)
        state = helper_step(h, -1, err);
    if (state == 0) {
        buf_add(out, helper_output(h)->s, helper_output(h)->len);
        if (o->warnings)
            buf_puts(o->warnings, helper_said(h));
    }
    helper_free(h);
    return state;
}

/* The number of pages stands in the root of the tree of pages (ISO 32000-1, 7.7.3.2),
 * which Cairo writes as it is, and the helper leaves alone. */
size_t notes_pages(const struct buf *pdf) {
    static const char type[] = "/Type /Pages", count[] = "/Count ";
    const char *at = memmem(pdf->s, pdf->len, type, strlen(type));
    const char *end = at ? memmem(at, (size_t)(pdf->s + pdf->len - at), ">>", 2) : NULL;
    at = end ? memmem(at, (size_t)(end - at), count, strlen(count)) : NULL;
    return at ? strtoul(at + strlen(count), NULL, 10) : 0;
}

static int missing(struct err *err) {
    err_set(err,
            "the format pdf is not available: memobook-pdf was not built or installed");
    return err_todo(err, "build memobook where Pango and Cairo are, or print html");
}

int format_pdf(const struct xhtml *x, const struct format_options *o, struct buf *out,
               struct err *err) {
    const char *paper = o->paper == PAPER_LETTER ? "--paper=letter" : "--paper=a4";
    time_t seconds = (time_t)(o->now / 1000);
    char date[48];
    struct tm utc;
    if (!notes_format_available("pdf"))
        return missing(err);
    if (!gmtime_r(&seconds, &utc) ||
        !strftime(date, sizeof date, "--date=%Y-%m-%dT%H:%M:%SZ", &utc))
        return err_set(err, "the date of the notes is out of range");
    struct buf page = BUF_INIT;
    xhtml_write(x, &page);
    const char *argv[] = {paper, date, NULL};
    int ret = run(argv, &page, o, out, err);
    buf_release(&page);
    return ret;
}
