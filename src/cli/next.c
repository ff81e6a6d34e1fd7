#include "cli.h"

#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

static void print_made(const char *path, const struct buf *said) {
    struct buf raw = BUF_INIT, line = BUF_INIT;
    buf_addf(&raw, "%s: %s", path, said->s);
    text_visible(&line, raw.s, raw.len);
    puts(line.s);
    buf_release(&raw);
    buf_release(&line);
}

static int run(int argc, char **argv) {
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            CLI_STANDARD_OPTIONS,
                                            {NULL, 0, NULL, 0}};
    const char *path = NULL;
    for (int o; (o = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        if (o != 'o')
            return cli_standard_option(&cli_next, o) ? EXIT_OK : EXIT_USAGE;
        path = optarg;
    }
    if (argc - optind != 1)
        return cli_misuse(&cli_next, "it takes one FILE");
    if (!path)
        return cli_misuse(&cli_next, "say where to, with -o NEW.xml");
    struct err err = ERR_INIT;
    struct buf said = BUF_INIT;
    int status =
        session_next(argv[optind], path, &said, &err) < 0 ? cli_fail(&err) : EXIT_OK;
    if (status == EXIT_OK)
        print_made(path, &said);
    buf_release(&said);
    return status;
}

const struct cli_command cli_next = {
    "next",
    "FILE -o NEW",
    "Start the next meeting's workbook: issues that are open, bracketed, deferred or "
    "still\n"
    "to be confirmed, unfinished actions, and the roster, with their history.",
    "  -o, --output=NEW       the workbook to make\n",
    run,
};
