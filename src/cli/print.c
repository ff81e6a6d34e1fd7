#include "asked.h"
#include "release.h"

#include "base/steady.h"
#include "base/text.h"
#include "notes/print.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEP_MS = 200, SECOND_SIGNAL_MS = 1500, NAME_COLUMNS = 24, STATE_COLUMNS = 14 };

struct request {
    struct asked asked;
    const char *printer, *copies, *sides, *media, *timeout;
    bool list;
};

enum { OPTION_LIST = OPTION_FIRST_FREE, OPTION_SIDES, OPTION_MEDIA, OPTION_TIMEOUT };

static const struct option options[] = {
    {"printer", required_argument, NULL, 'd'},
    {"copies", required_argument, NULL, 'n'},
    {"sides", required_argument, NULL, OPTION_SIDES},
    {"media", required_argument, NULL, OPTION_MEDIA},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    ASKED_OPTIONS,
    {"list", no_argument, NULL, OPTION_LIST},
    CLI_STANDARD_OPTIONS,
    {NULL, 0, NULL, 0}};

/* ---- while it runs */

static volatile sig_atomic_t interrupted;

static void interrupt(int number) {
    (void)number;
    interrupted = 1;
}

static void catch_signals(void) {
    struct sigaction s = {.sa_handler = interrupt};
    sigemptyset(&s.sa_mask);
    sigaction(SIGINT, &s, NULL);
    sigaction(SIGTERM, &s, NULL);
}

static void print_lines(struct print *p) {
    for (const char *line; (line = print_line(p));)
        puts(line);
    fflush(stdout);
}

/* A second signal, a while after the first, does not wait for what comes of that. (What
 * runs this may send each to the process and to its group.) */
static bool heed(struct print *p, int64_t *since) {
    interrupted = 0;
    if (*since)
        return steady_ms() - *since < SECOND_SIGNAL_MS;
    *since = steady_ms();
    print_cancel(p);
    return true;
}

/* To its end, which may be that it was canceled. */
static int follow(struct print *p, struct err *err) {
    int64_t since = 0;
    int state;
    do {
        if (interrupted && !heed(p, &since))
            return err_set(err, "left; lpstat tells what becomes of the job");
        state = print_step(p, STEP_MS, err);
        print_lines(p);
    } while (state > 0);
    return state;
}

/* ---- printers */

static void add_printer_line(struct buf *out, const struct printer *x) {
    buf_puts(out, x->is_default ? "* " : "  ");
    text_cut(out, x->name, strlen(x->name), NAME_COLUMNS, true);
    buf_putc(out, ' ');
    text_cut(out, x->state, strlen(x->state), STATE_COLUMNS, true);
    buf_putc(out, ' ');
    buf_puts(out, x->what);
    while (out->s[out->len - 1] == ' ')
        buf_cut(out, out->len - 1);
    buf_putc(out, '\n');
}

static int list_printers(const struct print *p, struct err *err) {
    size_t n;
    const struct printer *printers = print_printers(p, &n);
    if (n == 0) {
        err_set(err, "the print server has no printers");
        return err_todo(err, "add one with lpadmin or in the desktop's settings");
    }
    struct buf out = BUF_INIT;
    buf_puts(&out, "Printers (--printer); * is the default one:\n");
    for (size_t i = 0; i < n; i++)
        add_printer_line(&out, &printers[i]);
    int status = cli_print(&out);
    buf_release(&out);
    return status;
}

static int print_list_of_printers(void) {
    struct err err = ERR_INIT;
    struct print *p = print_list(&err);
    int status = p && follow(p, &err) == 0 ? list_printers(p, &err) : -1;
    print_free(p);
    return status < 0 ? cli_fail(&err) : status;
}

/* ---- the notes */

static int read_print_options(const struct request *r, struct print_options *o) {
    size_t copies = o->copies, timeout = o->timeout;
    int status = EXIT_OK;
    if (r->copies)
        status = cli_read_number(&cli_print_notes, "--copies", r->copies, 1,
                                 PRINT_COPIES_MAX, &copies);
    if (r->timeout && status == EXIT_OK)
        status = cli_read_number(&cli_print_notes, "--timeout", r->timeout, 1,
                                 PRINT_TIMEOUT_MAX, &timeout);
    o->copies = (unsigned)copies;
    o->timeout = (unsigned)timeout;
    o->printer = r->printer;
    o->media = r->media ? print_media_parse(r->media) : NULL;
    o->sides = r->sides ? print_sides_parse(r->sides) : NULL;
    if (r->sides && !o->sides && status == EXIT_OK)
        status = cli_misuse(&cli_print_notes, "--sides takes one, long or short");
    return status;
}

static int print_document(const struct print_options *o, const struct buf *document) {
    struct err err = ERR_INIT;
    catch_signals();
    struct print *p = print_start(o, document->s, document->len, &err);
    int status = p && follow(p, &err) == 0 ? EXIT_OK : cli_fail(&err);
    if (status == EXIT_OK && !print_is_followed(p))
        puts("handed over; what becomes of the job is not followed: memobook-print was "
             "not built");
    print_free(p);
    return status;
}

/* The pages are of the paper that is asked for. Pages have to be told; lines of text fit
 * whatever paper the queue has. */
static void set_paper(const struct request *r, struct notes_options *o,
                      struct print_options *print) {
    int of_media = r->media ? print_media_paper(r->media) : -1;
    if (!r->asked.paper && of_media >= 0)
        o->paper = (enum paper)of_media;
    if (!r->media && (r->asked.paper || strcmp(o->format, "text") != 0))
        print->media = print_media_parse(paper_code(o->paper));
}

static int make_document(const struct session *s, struct request *r,
                         struct print_options *print) {
    struct notes_options *o = &r->asked.options;
    o->format = print_format();
    set_paper(r, o, print);
    print->type = strcmp(o->format, "pdf") == 0 ? "application/pdf" : "text/plain";
    int status = asked_make(&r->asked, s);
    return status == EXIT_OK ? cli_release(session_path(s), o, "paper", o->leaks)
                             : status;
}

static int print_notes(const struct session *s, struct request *r,
                       struct print_options *print) {
    struct asked *a = &r->asked;
    struct buf title = BUF_INIT;
    int status = asked_begin(a, &cli_print_notes, s);
    if (status == EXIT_OK)
        status = make_document(s, r, print);
    cli_tell_warnings(&a->warnings);
    print_title(a->options.template_name, &title);
    print->title = title.s;
    if (status == EXIT_OK)
        status = print_document(print, &a->document);
    buf_release(&title);
    asked_release(a);
    return status;
}

/* ---- options */

static const char **text_option(struct request *r, int o) {
    return o == 'd'              ? &r->printer
           : o == 'n'            ? &r->copies
           : o == OPTION_SIDES   ? &r->sides
           : o == OPTION_MEDIA   ? &r->media
           : o == OPTION_TIMEOUT ? &r->timeout
                                 : NULL;
}

static int read_options(int argc, char **argv, struct request *r) {
    for (int o; (o = getopt_long(argc, argv, "d:n:t:", options, NULL)) != -1;) {
        const char **text = text_option(r, o);
        if (asked_option(&r->asked, o, optarg))
            continue;
        if (text)
            *text = optarg;
        else if (o == OPTION_LIST)
            r->list = true;
        else
            return cli_standard_option(&cli_print_notes, o) ? -1 : EXIT_USAGE;
    }
    return EXIT_OK;
}

static int run(int argc, char **argv) {
    struct request r = {0};
    struct print_options print;
    print_options_init(&print);
    int status = read_options(argc, argv, &r);
    if (status != EXIT_OK)
        return status < 0 ? EXIT_OK : status;
    if (r.list)
        return print_list_of_printers();
    if (argc - optind != 1)
        return cli_misuse(&cli_print_notes, "it takes one FILE");
    if (read_print_options(&r, &print) != EXIT_OK)
        return EXIT_USAGE;
    struct err err = ERR_INIT;
    struct session *s = session_open(argv[optind], SESSION_READ, &err);
    if (!s)
        return cli_fail(&err);
    status = print_notes(s, &r, &print);
    session_close(s);
    return status;
}

const struct cli_command cli_print_notes = {
    "print",
    "FILE [OPTION…]",
    "Print the session notes on paper; Ctrl-C takes the job back.",
    "  -d, --printer=NAME      where; --list names them; the default one without it\n"
    "  -n, --copies=N          how many\n"
    "      --sides=SIDES       one; long or short: both sides, turned over that edge\n"
    "      --paper=SIZE        a4 or letter; without it the usual one here\n"
    "      --media=NAME        what the printer calls it, where that is something else\n"
    "  -t, --template=NAME     what they say, as in memobook notes\n" ASKED_HELP
    "      --timeout=SECONDS   how long to follow the job, 120 without it\n"
    "      --list              the printers and how they are\n",
    run,
};
