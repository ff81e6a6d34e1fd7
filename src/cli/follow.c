#include "cli.h"

#include "ui/ui.h"

#include <getopt.h>

enum { OPTION_NO_NAMES = OPTION_FIRST_FREE };

static int run(int argc, char **argv) {
    static const struct option options[] = {
        {"no-names", no_argument, NULL, OPTION_NO_NAMES},
        CLI_STANDARD_OPTIONS,
        {NULL, 0, NULL, 0}};
    bool names = true;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o != OPTION_NO_NAMES)
            return cli_standard_option(&cli_follow, o) ? EXIT_OK : EXIT_USAGE;
        names = false;
    }
    if (argc - optind != 1)
        return cli_misuse(&cli_follow, "it takes one FILE");
    struct err err = ERR_INIT;
    return ui_follow(argv[optind], names, &err) < 0 ? cli_fail(&err) : EXIT_OK;
}

const struct cli_command cli_follow = {
    "follow",
    "FILE [OPTION…]",
    "The projector: shows the issue under discussion, the floor and the clock, for the\n"
    "whole room, as the workbook is written elsewhere. Never an annotation or a "
    "position.",
    "      --no-names          does not say who has the floor\n",
    run,
};
