#include "cli.h"

#include "base/text.h"
#include "notes/notes.h"
#include "store/file.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

struct request {
    const char *template_name, *format, *output, *attribution, *width, *paper, *reference;
    bool list;
};

enum {
    OPTION_LIST = OPTION_FIRST_FREE,
    OPTION_ATTRIBUTION,
    OPTION_WIDTH,
    OPTION_PAPER,
    OPTION_REFERENCE
};

static const struct option options[] = {
    {"template", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"attribution", required_argument, NULL, OPTION_ATTRIBUTION},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"paper", required_argument, NULL, OPTION_PAPER},
    {"reference", required_argument, NULL, OPTION_REFERENCE},
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

static int set_page(const struct request *r, struct notes_options *o) {
    o->reference = r->reference;
    if (!r->paper || strcmp(r->paper, "a4") == 0)
        o->paper = PAPER_A4;
    else if (strcmp(r->paper, "letter") == 0)
        o->paper = PAPER_LETTER;
    else
        return cli_misuse(&cli_notes, "--paper takes a4 or letter");
    if (r->reference && strcmp(o->format, "odt") != 0 && strcmp(o->format, "docx") != 0)
        return cli_misuse(&cli_notes, "--reference is for the formats odt and docx");
    return EXIT_OK;
}

static int set_options(const struct request *r, struct notes_options *o) {
    if (r->template_name)
        o->template_name = r->template_name;
    if (r->format)
        o->format = r->format;
    else if (r->output && format_of_name(r->output))
        o->format = format_of_name(r->output);
    int status = EXIT_OK;
    if (r->attribution)
        status = cli_read_attribution(&cli_notes, r->attribution, &o->attribution);
    if (r->width && status == EXIT_OK)
        status = cli_read_number(&cli_notes, "--width", r->width, 20, 1000, &o->width);
    return status == EXIT_OK ? set_page(r, o) : status;
}

/* What is no text would leave a terminal in a strange state. */
static int print(const struct buf *out, const char *format) {
    if (!isatty(STDOUT_FILENO) ||
        (text_valid(out->s, out->len) && !memchr(out->s, 0, out->len)))
        return cli_print(out);
    fprintf(stderr, "memobook: %s is not for a terminal; name a file with --output\n",
            format);
    return EXIT_BAD;
}

/* The date of what is to come out the same each time. */
static int64_t date_of_notes(const struct session *s) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;
    long long seconds = epoch ? strtoll(epoch, &end, 10) : -1;
    bool given = seconds >= 0 && *epoch && *end == '\0' && seconds <= INT64_MAX / 1000;
    return given ? (int64_t)seconds * 1000 : session_now(s);
}

static void warn(const struct buf *warnings) {
    struct buf line = BUF_INIT;
    text_visible(&line, warnings->s, strcspn(warnings->s, "\n"));
    if (line.len)
        fprintf(stderr, "memobook: warning: %s\n", line.s);
    buf_release(&line);
}

static int print_notes(const struct session *s, const struct request *r) {
    struct notes_options o;
    struct buf out = BUF_INIT, warnings = BUF_INIT;
    struct err err = ERR_INIT;
    notes_options_init(&o, session_workbook(s), date_of_notes(s));
    o.warnings = &warnings;
    int status = set_options(r, &o);
    if (status != EXIT_OK)
        return status;
    if (notes_render(session_workbook(s), &o, &out, &err) < 0)
        status = cli_fail(&err);
    else if (!r->output)
        status = print(&out, o.format);
    else if (file_replace(r->output, out.s, out.len, &err) < 0)
        status = cli_fail(&err);
    warn(&warnings);
    buf_release(&warnings);
    buf_release(&out);
    notes_release();
    return status;
}

static int read_options(int argc, char **argv, struct request *r) {
    for (int o; (o = getopt_long(argc, argv, "t:f:o:", options, NULL)) != -1;) {
        if (o == 't')
            r->template_name = optarg;
        else if (o == 'f')
            r->format = optarg;
        else if (o == 'o')
            r->output = optarg;
        else if (o == OPTION_ATTRIBUTION)
            r->attribution = optarg;
        else if (o == OPTION_WIDTH)
            r->width = optarg;
        else if (o == OPTION_PAPER)
            r->paper = optarg;
        else if (o == OPTION_REFERENCE)
            r->reference = optarg;
        else if (o == OPTION_LIST)
            r->list = true;
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
    "  -o, --output=FILE       where to; standard output without it\n"
    "      --attribution=TIER  the most that is said of who spoke: name, side, none;\n"
    "                          the memo's rule sets the default\n"
    "      --width=COLUMNS     of text, 72 without it\n"
    "      --paper=SIZE        of pdf, odt, docx: a4 (without it) or letter\n"
    "      --reference=FILE    an odt or a docx whose styles, page, header and footer\n"
    "                          are taken over\n"
    "      --list              templates and formats\n",
    run,
};
