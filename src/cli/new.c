#include "cli.h"

#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

static int run(int argc, char **argv) {
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            CLI_STANDARD_OPTIONS,
                                            {NULL, 0, NULL, 0}};
    char *path = NULL;
    for (int o; (o = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        if (o == 'o')
            path = optarg;
        else if (cli_standard_option(&cli_new, o))
            return EXIT_OK;
        else
            return EXIT_USAGE;
    }
    if (argc - optind != 1)
        return cli_misuse(&cli_new, "it takes one MEMO");
    char *name = path ? mem_strdup(path) : session_workbook_name(argv[optind]);
    struct err err = ERR_INIT;
    int status = session_create(argv[optind], name, &err) < 0 ? cli_fail(&err) : EXIT_OK;
    if (status == EXIT_OK) {
        struct buf line = BUF_INIT;
        text_visible(&line, name, strlen(name));
        puts(line.s);
        buf_release(&line);
    }
    mem_free(name);
    return status;
}

const struct cli_command cli_new = {
    "new",
    "MEMO [-o WORKBOOK]",
    "Make a workbook from a memo, without opening it; print its name.",
    "  -o, --output=WORKBOOK  its name; NAME.workbook.xml for NAME.xml without it\n",
    run,
};
