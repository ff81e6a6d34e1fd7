#include "cli.h"

#include "base/text.h"
#include "notes/notes.h"
#include "store/file.h"

#include <getopt.h>
#include <stdio.h>

struct request {
    const char *template_name, *format, *output, *attribution, *width;
    bool list;
};

enum { OPTION_LIST = OPTION_FIRST_FREE, OPTION_ATTRIBUTION, OPTION_WIDTH };

static const struct option options[] = {
    {"template", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"attribution", required_argument, NULL, OPTION_ATTRIBUTION},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"list", no_argument, NULL, OPTION_LIST},
    CLI_STANDARD_OPTIONS,
    {NULL, 0, NULL, 0}};

static void print_choices(const char *title, const struct notes_choice *c) {
    printf("%s\n", title);
    for (; c->name; c++)
        printf("  %-16s %s\n", c->name, c->help ? c->help : "");
}

static int print_list(void) {
    print_choices("Templates (--template):", notes_templates());
    print_choices("Formats (--format):", notes_formats());
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
    return status;
}

static int print_notes(const struct session *s, const struct request *r) {
    struct notes_options o;
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    notes_options_init(&o, session_workbook(s), session_now(s));
    int status = set_options(r, &o);
    if (status != EXIT_OK)
        return status;
    if (notes_render(session_workbook(s), &o, &out, &err) < 0)
        status = cli_fail(&err);
    else if (!r->output)
        status = cli_print(&out);
    else if (file_replace(r->output, out.s, out.len, &err) < 0)
        status = cli_fail(&err);
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
    "      --list              templates and formats\n",
    run,
};
