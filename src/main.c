#include "cli/cli.h"

#include "base/text.h"
#include "ui/ui.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static void print_help(void) {
    puts(
        "Usage: memobook [FILE]\n"
        "       memobook COMMAND …\n"
        "A workbook for a policy memo: open the memo, run the discussion from it, print\n"
        "the session notes.\n\n"
        "  memobook FILE   open a workbook; or a memo, whose workbook it starts in the\n"
        "                  current folder\n"
        "  memobook --force FILE   write, too, where the file system has no locks\n"
        "  memobook        choose from recent workbooks and the memos at hand\n");
    for (const struct cli_command *const *c = cli_commands; *c; c++)
        printf("  memobook %s %s\n", (*c)->name, (*c)->usage);
    puts("\n      --help     this help; memobook COMMAND --help for each command\n"
         "      --version  the version, the formats and libraries of this build\n\n"
         "Exit status: 0 well, 1 bad input, 2 wrong usage. See memobook(1).");
}

static const struct cli_command *find_command(const char *name) {
    for (const struct cli_command *const *c = cli_commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

static int open_screen(int argc, char **argv) {
    struct err err = ERR_INIT;
    bool unlocked = argc > 1 && strcmp(argv[1], "--force") == 0;
    argc -= unlocked;
    argv += unlocked;
    if (argc > 2) {
        fprintf(stderr, "memobook: one FILE at a time; try: memobook --help\n");
        return EXIT_USAGE;
    }
    return ui_run(argc > 1 ? argv[1] : NULL, unlocked, &err) < 0 ? cli_fail(&err)
                                                                 : EXIT_OK;
}

int main(int argc, char **argv) {
    text_locale();
    /* A file size limit is a failed write like any other, not the end of the program. */
    signal(SIGXFSZ, SIG_IGN);
    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp(first, "--help") == 0) {
        print_help();
        return EXIT_OK;
    }
    if (strcmp(first, "--version") == 0) {
        cli_print_version();
        return EXIT_OK;
    }
    const struct cli_command *c = find_command(first);
    if (c) {
        /* What getopt() begins its messages with. */
        char name[32];
        snprintf(name, sizeof name, "memobook %s", c->name);
        argv[1] = name;
        return c->run(argc - 1, argv + 1);
    }
    if (strcmp(first, "--") == 0)
        return open_screen(argc - 1, argv + 1);
    if (*first == '-' && strcmp(first, "--force") != 0) {
        fprintf(stderr, "memobook: unknown option %s; try: memobook --help\n", first);
        return EXIT_USAGE;
    }
    return open_screen(argc, argv);
}
