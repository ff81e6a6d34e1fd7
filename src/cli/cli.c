#include "cli.h"

#include "notes/build.h"
#include "ui/ui.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct cli_command *const cli_commands[] = {
    &cli_new,         &cli_check,   &cli_show,   &cli_log,  &cli_do, &cli_notes,
    &cli_print_notes, &cli_recover, &cli_follow, &cli_next, NULL};

int cli_fail(struct err *err) {
    struct buf line = BUF_INIT;
    err_format(err, &line);
    fprintf(stderr, "memobook: %s\n", line.s);
    buf_release(&line);
    err_release(err);
    return EXIT_BAD;
}

int cli_misuse(const struct cli_command *c, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "memobook %s: ", c->name);
    vfprintf(stderr, fmt, ap);
    fprintf(stderr, "; try: memobook %s --help\n", c->name);
    va_end(ap);
    return EXIT_USAGE;
}

void cli_print_version(void) {
    struct buf build = BUF_INIT;
    build_describe(ui_library(), &build);
    puts("memobook " PACKAGE_VERSION "\n"
         "License GPLv3+: GNU GPL version 3 or later "
         "<https://gnu.org/licenses/gpl.html>.\n"
         "This is free software: you are free to change and redistribute it.\n"
         "There is NO WARRANTY, to the extent permitted by law.\n");
    fputs(build.s, stdout);
    buf_release(&build);
}

bool cli_standard_option(const struct cli_command *c, int option) {
    if (option == OPTION_VERSION) {
        cli_print_version();
        return true;
    }
    if (option != OPTION_HELP)
        return false;
    printf("Usage: memobook %s %s\n%s\n", c->name, c->usage, c->help);
    printf("\n%s      --help     this help\n      --version  the version\n",
           c->more ? c->more : "");
    return true;
}

int cli_read_number(const struct cli_command *c, const char *option, const char *digits,
                    size_t least, size_t most, size_t *to) {
    char *end;
    unsigned long n = strtoul(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || *end || n < least || n > most)
        return cli_misuse(c, "%s takes %zu to %zu", option, least, most);
    *to = n;
    return EXIT_OK;
}

int cli_print(const struct buf *out) {
    if (fwrite(out->s, 1, out->len, stdout) == out->len && fflush(stdout) == 0)
        return EXIT_OK;
    fprintf(stderr, "memobook: standard output: %s\n", strerror(errno));
    return EXIT_BAD;
}
