#include "asked.h"
#include "release.h"

#include "base/text.h"
#include "notes/beside.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

struct request {
    struct asked asked;
    const char *format, *output, *width, *reference, *check;
    bool list, beside;
};

enum {
    OPTION_LIST = OPTION_FIRST_FREE,
    OPTION_WIDTH,
    OPTION_REFERENCE,
    OPTION_BESIDE,
    OPTION_CHECK_TEMPLATE
};

static const struct option options[] = {
    ASKED_OPTIONS,
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"reference", required_argument, NULL, OPTION_REFERENCE},
    {"beside", no_argument, NULL, OPTION_BESIDE}, /* not for people: beside.h */
    {"check-template", required_argument, NULL, OPTION_CHECK_TEMPLATE},
    {"list", no_argument, NULL, OPTION_LIST},
    CLI_STANDARD_OPTIONS,
    {NULL, 0, NULL, 0}};

static void print_choices(const char *title, const struct notes_choice *c,
                          bool (*available)(const char *name)) {
    printf("%s\n", title);
    for (; c->name; c++)
        printf("  %-16s %s%s\n", c->name, c->help ? c->help : "",
               available && !available(c->name) ? " (not available: not built)" : "");
}

static int print_list(void) {
    print_choices("Templates (--template):", notes_templates(), NULL);
    print_choices("Formats (--format):", notes_formats(), notes_format_available);
    notes_release();
    return EXIT_OK;
}

/* The format that a file name ends in, or NULL. */
static const char *format_of_name(const char *name) {
    size_t len = strlen(name);
    for (const struct notes_choice *f = notes_formats(); f->name; f++) {
        size_t n = f->suffix ? strlen(f->suffix) : 0;
        if (n > 0 && len > n && strcmp(name + len - n, f->suffix) == 0)
            return f->name;
    }
    return NULL;
}

static int set_options(const struct request *r, struct notes_options *o) {
    if (r->format)
        o->format = r->format;
    else if (r->output && format_of_name(r->output))
        o->format = format_of_name(r->output);
    o->allow_names = o->allow_names || r->beside;
    o->reference = r->reference;
    if (r->reference && strcmp(o->format, "odt") != 0 && strcmp(o->format, "docx") != 0)
        return cli_misuse(&cli_notes, "--reference is for the formats odt and docx");
    return r->width
               ? cli_read_number(&cli_notes, "--width", r->width, 20, 1000, &o->width)
               : EXIT_OK;
}

/* What is no text would leave a terminal in a strange state. */
static int check_terminal(const struct buf *out, const char *format) {
    if (!isatty(STDOUT_FILENO) ||
        (text_valid(out->s, out->len) && !memchr(out->s, 0, out->len)))
        return EXIT_OK;
    fprintf(stderr, "memobook: %s is not for a terminal; name a file with --output\n",
            format);
    return EXIT_BAD;
}

/* Whoever asked for them sees to the log. */
static int hand_to_screen(const struct leaks *leaks, const struct buf *out) {
    struct buf lines = BUF_INIT;
    beside_write(leaks, &lines);
    fputs(lines.s, stderr);
    buf_release(&lines);
    return cli_print(out);
}

/* The log has it before the names are out. */
static int hand_out(const struct session *s, const struct request *r) {
    const struct notes_options *o = &r->asked.options;
    const struct buf *out = &r->asked.document;
    struct err err = ERR_INIT;
    if (r->beside)
        return hand_to_screen(o->leaks, out);
    int status = r->output ? EXIT_OK : check_terminal(out, o->format);
    if (status == EXIT_OK)
        status = cli_release(session_path(s), o, o->format, o->leaks);
    if (status != EXIT_OK)
        return status;
    if (!r->output)
        return cli_print(out);
    return notes_save(r->output, session_path(s), out, true, &err) < 0 ? cli_fail(&err)
                                                                       : EXIT_OK;
}

static int print_notes(const struct session *s, struct request *r) {
    struct asked *a = &r->asked;
    int status = asked_begin(a, &cli_notes, s);
    if (status == EXIT_OK)
        status = set_options(r, &a->options);
    if (status == EXIT_OK)
        status = asked_make(a, s);
    if (status == EXIT_OK)
        status = hand_out(s, r);
    cli_tell_warnings(&a->warnings);
    asked_release(a);
    return status;
}

/* ---- a template by itself */

static int print_check(const char *name, const struct workbook *w) {
    struct err err = ERR_INIT;
    if (notes_check_template(name, w, &err) < 0)
        return cli_fail(&err);
    struct buf line = BUF_INIT;
    text_visible(&line, name, strlen(name));
    printf("%s: ok\n", line.s);
    buf_release(&line);
    return EXIT_OK;
}

/* With a workbook, on that as well. */
static int check_template(const char *name, const char *path) {
    struct err err = ERR_INIT;
    struct session *s = path ? session_open(path, SESSION_READ, &err) : NULL;
    if (path && !s)
        return cli_fail(&err);
    int status = print_check(name, s ? session_workbook(s) : NULL);
    session_close(s);
    return status;
}

/* ---- options */

static const char **text_option(struct request *r, int o) {
    return o == 'f'                     ? &r->format
           : o == 'o'                   ? &r->output
           : o == OPTION_WIDTH          ? &r->width
           : o == OPTION_REFERENCE      ? &r->reference
           : o == OPTION_CHECK_TEMPLATE ? &r->check
                                        : NULL;
}

static int read_options(int argc, char **argv, struct request *r) {
    for (int o; (o = getopt_long(argc, argv, "t:f:o:", options, NULL)) != -1;) {
        const char **text = text_option(r, o);
        if (asked_option(&r->asked, o, optarg))
            continue;
        if (text)
            *text = optarg;
        else if (o == OPTION_LIST)
            r->list = true;
        else if (o == OPTION_BESIDE)
            r->beside = true;
        else
            return cli_standard_option(&cli_notes, o) ? -1 : EXIT_USAGE;
    }
    return EXIT_OK;
}

static int run(int argc, char **argv) {
    struct request r = {0};
    int status = read_options(argc, argv, &r);
    if (status != EXIT_OK)
        return status < 0 ? EXIT_OK : status;
    if (r.list)
        return print_list();
    if (r.check && argc - optind <= 1)
        return check_template(r.check, argv[optind]);
    if (r.beside && !beside_is_asked())
        return cli_misuse(&cli_notes, "only the screen asks so");
    if (argc - optind != 1)
        return cli_misuse(&cli_notes, "it takes one FILE");
    struct err err = ERR_INIT;
    struct session *s = session_open(argv[optind], SESSION_READ, &err);
    if (!s)
        return cli_fail(&err);
    status = print_notes(s, &r);
    session_close(s);
    return status;
}

const struct cli_command cli_notes = {
    "notes",
    "FILE [OPTION…]",
    "Print the session notes of a workbook (or of a memo, before its meeting).",
    "  -t, --template=NAME     what they say; --list names them\n"
    "  -f, --format=FORMAT     how; --list names them; else what --output ends in\n"
    "  -o, --output=FILE       where to; standard output without it\n" ASKED_HELP
    "      --width=COLUMNS     of text, 72 without it\n"
    "      --paper=SIZE        of pdf, odt, docx: a4 or letter; without it the usual "
    "one\n"
    "                          here\n"
    "      --reference=FILE    an odt or a docx whose styles, page, header and footer\n"
    "                          are taken over\n"
    "      --list              templates and formats\n"
    "      --check-template=NAME  only say whether this template is sound\n",
    run,
};
