/*
 * notesdoc TEMPLATE TIER WORKBOOK: the notes document that `memobook notes` hands to that
 * template at that attribution, on standard output; for xsltproc, whose time on it is the
 * floor of notes.
 *
 * notesdoc PDF: how many pages that has.
 */
#include "base/text.h"
#include "notes/document.h"
#include "notes/template_folder.h"
#include "session/session.h"
#include "store/file.h"

#include <stdio.h>

static int fail(struct err *err) {
    struct buf said = BUF_INIT;
    err_format(err, &said);
    fprintf(stderr, "notesdoc: %s\n", said.s);
    buf_release(&said);
    err_release(err);
    return 1;
}

static int print_document(const char *name, const char *tier, const char *path,
                          struct err *err) {
    struct notes_options o;
    int attribution = attribution_parse(tier);
    struct session *s = session_open(path, SESSION_READ, err);
    if (!s)
        return fail(err);
    notes_options_init(&o, session_workbook(s), session_now(s));
    if (attribution >= 0)
        o.attribution = (enum attribution)attribution;
    xmlDoc *d = notes_document(session_workbook(s), &o, template_needs(name));
    int ret = xmlDocDump(stdout, d) < 0;
    xmlFreeDoc(d);
    session_close(s);
    return ret;
}

static int print_pages(const char *path, struct err *err) {
    struct buf pdf = BUF_INIT;
    if (file_slurp(path, &pdf, err) < 0)
        return fail(err);
    printf("%zu\n", notes_pages(&pdf));
    buf_release(&pdf);
    return 0;
}

int main(int argc, char **argv) {
    struct err err = ERR_INIT;
    text_locale();
    if (argc == 2)
        return print_pages(argv[1], &err);
    if (argc == 4)
        return print_document(argv[1], argv[2], argv[3], &err);
    fprintf(stderr, "usage: notesdoc TEMPLATE TIER WORKBOOK, or notesdoc PDF\n");
    return 2;
}
