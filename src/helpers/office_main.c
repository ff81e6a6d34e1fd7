#include "office.h"
#include "office_text.h"

#include "base/text.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <zip.h>

static const char usage[] =
    "usage: memobook-office odt|docx [--paper=a4|letter] [--now=MILLISECONDS]\n"
    "                       [--reference=FILE] < XHTML > DOCUMENT\n"
    "       memobook-office text [--styles] < DOCUMENT > LINES\n"
    "       memobook-office --version\n";

static bool read_option(struct office *o, int option) {
    switch (option) {
    case 'p':
        o->letter = strcmp(optarg, "letter") == 0;
        return o->letter || strcmp(optarg, "a4") == 0;
    case 'n':
        return office_set_created(o, optarg);
    case 'r':
        o->reference = optarg;
        return true;
    case 's':
        o->styles = true;
        return true;
    default:
        return false;
    }
}

static bool read_options(struct office *o, int argc, char **argv) {
    static const struct option options[] = {{"paper", required_argument, NULL, 'p'},
                                            {"now", required_argument, NULL, 'n'},
                                            {"reference", required_argument, NULL, 'r'},
                                            {"styles", no_argument, NULL, 's'},
                                            {NULL, 0, NULL, 0}};
    office_set_created(o, "0");
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        if (!read_option(o, c))
            return false;
    return argc - optind == 1;
}

static int read_all(struct buf *in, struct err *err) {
    for (;;) {
        buf_reserve(in, 1 << 16);
        ssize_t n = read(STDIN_FILENO, in->s + in->len, 1 << 16);
        if (n < 0)
            return err_set(err, "the notes cannot be read");
        if (n == 0)
            return 0;
        in->len += (size_t)n;
        in->s[in->len] = '\0';
    }
}

static int convert(struct office *o, const char *format, struct buf *out,
                   struct err *err) {
    struct buf in = BUF_INIT;
    struct xhtml *x = read_all(&in, err) == 0 ? xhtml_parse(in.s, in.len, err) : NULL;
    buf_release(&in);
    if (!x)
        return -1;
    o->x = x;
    int ret =
        strcmp(format, "odt") == 0 ? odt_write(o, out, err) : docx_write(o, out, err);
    xhtml_free(x);
    return ret;
}

static int tell_text(const struct office *o, struct buf *out, struct err *err) {
    struct buf in = BUF_INIT;
    int ret = read_all(&in, err);
    if (ret == 0)
        ret = office_text(&in, o->styles, out, err);
    buf_release(&in);
    return ret;
}

static bool is_command(const char *s) {
    return strcmp(s, "odt") == 0 || strcmp(s, "docx") == 0 || strcmp(s, "text") == 0;
}

static int fail(struct err *err) {
    struct buf line = BUF_INIT;
    err_format(err, &line);
    fprintf(stderr, "%s\n", line.s);
    buf_release(&line);
    err_release(err);
    return 1;
}

int main(int argc, char **argv) {
    struct office o = {0};
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* ends with whoever wants the document */
    text_locale();
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return printf("libzip %s\n", zip_libzip_version()) < 0;
    if (!read_options(&o, argc, argv) || !is_command(argv[optind])) {
        fputs(usage, stderr);
        return 2;
    }
    int ret = strcmp(argv[optind], "text") == 0 ? tell_text(&o, &out, &err)
                                                : convert(&o, argv[optind], &out, &err);
    if (ret == 0 && (fwrite(out.s, 1, out.len, stdout) != out.len || fflush(stdout)))
        ret = err_set(&err, "the document cannot be written");
    buf_release(&out);
    return ret == 0 ? 0 : fail(&err);
}
