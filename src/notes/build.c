#include "build.h"

#include "helper.h"
#include "notes.h"

#include <libxml/parser.h>
#include <libxslt/xslt.h>

#include <stdlib.h>
#include <string.h>

/* 20914 is 2.9.14, as both libraries count. */
static void add_version(struct buf *out, const char *name, int number) {
    buf_addf(out, "%s %d.%d.%d", name, number / 10000, number / 100 % 100, number % 100);
}

/* "Pango 1.50.12, Cairo 1.16.0", as the helper says; false where there is none. */
static bool add_libraries(const char *helper, struct buf *out) {
    static const char *const argv[] = {"--version", NULL};
    struct buf said = BUF_INIT;
    struct err err = ERR_INIT;
    bool runs = helper_run(helper, argv, NULL, 0, &said, &err) == 0;
    if (runs)
        buf_addf(out, ", %.*s", (int)strcspn(said.s, "\n"), said.s);
    err_release(&err);
    buf_release(&said);
    return runs;
}

static void add_formats(const char *label, bool available, struct buf *out) {
    size_t n = 0;
    for (const struct notes_choice *f = notes_formats(); f->name; f++)
        if (notes_format_available(f->name) == available)
            buf_addf(out, "%s%s", n++ ? ", " : label, f->name);
    if (n)
        buf_putc(out, '\n');
}

void build_describe(const char *also, struct buf *out) {
    static const char *const helpers[] = {"memobook-office", "memobook-pdf"};
    struct buf libraries = BUF_INIT;
    add_version(&libraries, "libxml2", atoi(xmlParserVersion));
    add_version(&libraries, ", libxslt", xsltLibxsltVersion);
    buf_addf(&libraries, "%s%s", *also ? ", " : "", also);
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        add_libraries(helpers[i], &libraries);
    bool follows = add_libraries("memobook-print", &libraries);
    add_formats("Formats:   ", true, out);
    add_formats("Not built: ", false, out);
    buf_addf(out, "Printing:  %s\n",
             follows ? "by CUPS; jobs are followed to their end"
                     : "by lp, where it is installed; jobs are not followed "
                       "(memobook-print was not built)");
    buf_addf(out, "Libraries: %s\n", libraries.s);
    buf_release(&libraries);
}
