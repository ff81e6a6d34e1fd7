#include "cli.h"

#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

static int run(int argc, char **argv) {
    static const struct option options[] = {CLI_STANDARD_OPTIONS, {NULL, 0, NULL, 0}};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;)
        return cli_standard_option(&cli_recover, o) ? EXIT_OK : EXIT_USAGE;
    if (argc - optind != 1)
        return cli_misuse(&cli_recover, "it takes one FILE");
    struct err err = ERR_INIT;
    struct buf report = BUF_INIT, line = BUF_INIT;
    int status =
        session_recover(argv[optind], &report, &err) < 0 ? cli_fail(&err) : EXIT_OK;
    if (status == EXIT_OK) {
        text_visible(&line, argv[optind], strlen(argv[optind]));
        buf_puts(&line, ": ");
        text_visible(&line, report.s, report.len);
        puts(line.s);
    }
    buf_release(&report);
    buf_release(&line);
    return status;
}

const struct cli_command cli_recover = {
    "recover", "FILE",
    "Mend a damaged workbook: every whole event is kept, the bad bytes alone are set\n"
    "aside, and it says where.",
    NULL, run};
