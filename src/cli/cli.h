/*
 * Subcommands of the program. Each is one file that exports one struct cli_command; its
 * run() prints, and returns the exit status: 0; 1 for bad input; 2 for wrong usage.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/err.h"
#include "session/session.h"

enum { EXIT_OK = 0, EXIT_BAD = 1, EXIT_USAGE = 2 };

struct cli_command {
    const char *name;
    const char *usage; /* what follows `memobook NAME` */
    const char *help;  /* one line */
    const char *more;  /* options, one to a line; or NULL */
    int (*run)(int argc, char **argv);
};

extern const struct cli_command cli_new, cli_check, cli_show, cli_log, cli_do, cli_notes,
    cli_print_notes, cli_recover, cli_follow, cli_next;
extern const struct cli_command *const cli_commands[]; /* ended by NULL */

/* Prints the error as one line on stderr, releases it, returns EXIT_BAD. */
int cli_fail(struct err *err);
/* "memobook NAME: why" and where help is; returns EXIT_USAGE. */
int cli_misuse(const struct cli_command *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Handles --help and --version, which every subcommand takes: true when it did. */
bool cli_standard_option(const struct cli_command *c, int option);
void cli_print_version(void);

/* Values of the options that all have, for getopt_long. */
enum { OPTION_HELP = 1000, OPTION_VERSION, OPTION_FIRST_FREE };
#define CLI_STANDARD_OPTIONS                                                             \
    {"help", no_argument, NULL, OPTION_HELP}, {                                          \
        "version", no_argument, NULL, OPTION_VERSION                                     \
    }

/* The number that is an option's value; EXIT_USAGE after a line on stderr. */
int cli_read_number(const struct cli_command *c, const char *option, const char *digits,
                    size_t least, size_t most, size_t *to);

/* Writes all to stdout; EXIT_OK, or EXIT_BAD with a line on stderr. */
int cli_print(const struct buf *out);

#endif
