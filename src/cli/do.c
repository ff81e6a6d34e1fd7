#include "cli.h"

#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

struct work {
    struct session *s;
    bool keep_going, verbose;
    unsigned long line;
    int status;
};

static void refuse(struct work *w, struct err *err) {
    struct buf line = BUF_INIT;
    err_format(err, &line);
    fprintf(stderr, "line %lu: %s\n", w->line, line.s);
    buf_release(&line);
    err_release(err);
    w->status = EXIT_BAD;
}

/* "saved 3", and where asked " hcshv994.3: note B(e) …": the id to correct it by. */
static void tell(const struct work *w) {
    const struct workbook *b = session_workbook(w->s);
    struct buf line = BUF_INIT;
    buf_addf(&line, "saved %u", (unsigned)session_saved(w->s));
    if (w->verbose && b->log.n) {
        const char *said = session_message(w->s);
        buf_addf(&line, " %s: ", b->log.v[b->log.n - 1].event.id);
        text_visible(&line, said, strlen(said));
    }
    puts(line.s);
    buf_release(&line);
}

/* False when no more is to be done. */
static bool do_line(struct work *w, const char *text) {
    struct command_line l;
    struct err err = ERR_INIT;
    w->line++;
    if (text_blank(text))
        return true;
    if (command_parse(session_workbook(w->s), text, &l, &err) < 0) {
        refuse(w, &err);
        return w->keep_going;
    }
    int done = session_run(w->s, l.command, &l.args, &err);
    command_line_release(&l);
    if (done < 0) {
        refuse(w, &err);
        return w->keep_going;
    }
    tell(w);
    /* Whoever waits at the other end of the pipe is to know now. */
    if (fflush(stdout) == 0)
        return true;
    perror("memobook: standard output");
    w->status = EXIT_BAD;
    return false;
}

static void do_input(struct work *w) {
    char *line = NULL;
    size_t size = 0;
    for (ssize_t n; (n = getline(&line, &size, stdin)) >= 0;) {
        if (n > 0 && line[n - 1] == '\n')
            line[--n] = '\0';
        if (n > 0 && line[n - 1] == '\r')
            line[--n] = '\0';
        if (memchr(line, '\0', (size_t)n)) {
            struct err err = ERR_INIT;
            w->line++;
            err_set(&err, "the line holds a NUL byte");
            refuse(w, &err);
            if (!w->keep_going)
                break;
        } else if (!do_line(w, line)) {
            break;
        }
    }
    mem_free(line);
}

enum { OPTION_FORCE = OPTION_FIRST_FREE };

static int run(int argc, char **argv) {
    static const struct option options[] = {{"keep-going", no_argument, NULL, 'k'},
                                            {"verbose", no_argument, NULL, 'v'},
                                            {"force", no_argument, NULL, OPTION_FORCE},
                                            CLI_STANDARD_OPTIONS,
                                            {NULL, 0, NULL, 0}};
    struct work w = {.status = EXIT_OK};
    unsigned mode = SESSION_WRITE;
    /* `+`: a command may start with a dash, as in "note A(a) -…" never, but be safe. */
    for (int o; (o = getopt_long(argc, argv, "+kv", options, NULL)) != -1;) {
        if (o == 'k')
            w.keep_going = true;
        else if (o == 'v')
            w.verbose = true;
        else if (o == OPTION_FORCE)
            mode |= SESSION_UNLOCKED;
        else if (cli_standard_option(&cli_do, o))
            return EXIT_OK;
        else
            return EXIT_USAGE;
    }
    if (optind == argc)
        return cli_misuse(&cli_do, "it takes a FILE");
    struct err err = ERR_INIT;
    w.s = session_open(argv[optind++], mode, &err);
    if (!w.s)
        return cli_fail(&err);
    if (optind < argc && strcmp(argv[optind], "--keep-going") == 0) {
        w.keep_going = true;
        optind++;
    }
    if (session_notice(w.s)) {
        struct buf line = BUF_INIT;
        text_visible(&line, session_notice(w.s), strlen(session_notice(w.s)));
        fprintf(stderr, "memobook: %s\n", line.s);
        buf_release(&line);
    }
    if (optind == argc)
        do_input(&w);
    for (int i = optind; i < argc && do_line(&w, argv[i]); i++)
        continue;
    if (session_finish(w.s, &err) < 0)
        w.status = cli_fail(&err);
    return w.status;
}

const struct cli_command cli_do = {
    "do",
    "[--keep-going] [--verbose] [--force] FILE [COMMAND…]",
    "Run commands, the same as the screen's: each argument, or each line of standard\n"
    "input, is one. Prints `saved N` for each that is recorded.",
    "  -k, --keep-going  go on after a command that is refused\n"
    "  -v, --verbose     say with each its id, and what was recorded\n"
    "      --force       write where the file system has no locks, too\n",
    run,
};
