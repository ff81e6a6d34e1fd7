/*
 * Session notes as a command line asks for them: what `memobook notes` and `memobook
 * print` have in common, from the options to the document.
 *
 * A struct asked borrows the words of the command line. asked_begin() points its options
 * at its own leaks and warnings, so it stays where it is until asked_release().
 */
#ifndef CLI_ASKED_H
#define CLI_ASKED_H

#include "cli.h"

#include "notes/leak.h"
#include "notes/notes.h"

struct asked {
    const char *template_name, *attribution, *sitting, *paper; /* as given, or NULL */
    bool private, allow_names;

    struct notes_options options; /* after asked_begin() */
    struct leaks leaks;
    struct buf document, warnings;
};

/* Their values for getopt_long; a command numbers its own from OPTION_FIRST_FREE. */
enum {
    ASKED_ATTRIBUTION = 2000,
    ASKED_SITTING,
    ASKED_PRIVATE,
    ASKED_PAPER,
    ASKED_ALLOW_NAMES
};
/* The letter 't' goes into the command's short options. */
#define ASKED_OPTIONS                                                                    \
    {"template", required_argument, NULL, 't'},                                          \
        {"attribution", required_argument, NULL, ASKED_ATTRIBUTION},                     \
        {"sitting", required_argument, NULL, ASKED_SITTING},                             \
        {"private", no_argument, NULL, ASKED_PRIVATE},                                   \
        {"paper", required_argument, NULL, ASKED_PAPER}, {                               \
        "allow-names", no_argument, NULL, ASKED_ALLOW_NAMES                              \
    }
/* What --help says of them, but for the template and the paper. */
#define ASKED_HELP                                                                       \
    "      --attribution=TIER  the most that is said of who spoke: name, side, none;\n"  \
    "                          the memo's rule sets the default\n"                       \
    "      --sitting=N         of one sitting; all without it\n"                         \
    "      --private           for the facilitator alone: with private positions\n"      \
    "      --allow-names       names that the attribution does not allow go out all "    \
    "the\n"                                                                              \
    "                          same, and the log says so\n"

/* Takes an option; false where it is none of these. */
bool asked_option(struct asked *a, int option, const char *value);
/* The options as usual for the workbook, and as asked; EXIT_USAGE after a line on stderr.
 * asked_release() is due whatever it returns. */
int asked_begin(struct asked *a, const struct cli_command *c, const struct session *s);
/* Makes the document; EXIT_BAD after lines on stderr. */
int asked_make(struct asked *a, const struct session *s);
/* With the memory that making notes holds. */
void asked_release(struct asked *a);

#endif
