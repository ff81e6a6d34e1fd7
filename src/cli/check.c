#include "cli.h"

#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

static void say(FILE *to, const char *path, const char *text) {
    struct buf line = BUF_INIT;
    text_visible(&line, path, strlen(path));
    buf_puts(&line, ": ");
    text_visible(&line, text, strlen(text));
    fprintf(to, "%s\n", line.s);
    buf_release(&line);
}

static void problem(const char *path, uint32_t line, const char *what, const char *todo) {
    struct err e = ERR_INIT;
    err_set(&e, "%s", what);
    err_at(&e, path, line, line ? 1 : 0);
    err_todo(&e, "%s", todo);
    struct buf out = BUF_INIT;
    err_format(&e, &out);
    fprintf(stderr, "%s\n", out.s);
    buf_release(&out);
    err_release(&e);
}

static bool unknown_kind(const struct log_item *item) {
    return !item->event.kind && !item->event.odd;
}

/* One line for each event that is odd or was edited; their number. */
static uint32_t check_log(const char *path, const struct workbook *w) {
    uint32_t problems = 0;
    struct buf what = BUF_INIT;
    for (size_t i = 0; i < w->log.n; i++) {
        const struct log_item *item = &w->log.v[i];
        buf_clear(&what);
        if (item->odd && !unknown_kind(item)) {
            buf_addf(&what, "the event is set aside: %s", item->odd);
            problem(path, item->event.line, what.s,
                    "correct it by hand; it counts for nothing until then");
            problems++;
        }
        if (item->event.edited) {
            buf_addf(&what, "%s %s was changed by hand: its check sum (crc) is wrong",
                     item->event.name, item->event.id);
            problem(path, item->event.line, what.s,
                    "if the change is right: memobook check --reseal FILE");
            problems++;
        }
    }
    buf_release(&what);
    return problems;
}

static void add_count(struct buf *out, size_t n, const char *what) {
    buf_addf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void count_issues(const struct workbook *w, struct buf *out) {
    size_t n = w->topics.n, issues = 0, recommendations = 0;
    for (uint32_t t = 0; t < n; t++)
        *(w->topics.v[t].text->recommendations ? &recommendations : &issues) +=
            w->topics.v[t].n_live;
    bool has_r = n > 0 && w->topics.v[n - 1].text->recommendations;
    add_count(out, n - has_r, "topic");
    buf_puts(out, ", ");
    add_count(out, issues, "issue");
    buf_puts(out, ", ");
    add_count(out, recommendations, "recommendation");
}

static void say_ok(const char *path, const struct session *s, bool memo) {
    const struct workbook *w = session_workbook(s);
    struct buf b = BUF_INIT;
    uint32_t unknown = 0;
    for (size_t i = 0; i < w->log.n; i++)
        unknown += unknown_kind(&w->log.v[i]);
    buf_addf(&b, "ok, %s: ", memo ? "memo" : "workbook");
    count_issues(w, &b);
    if (!memo) {
        buf_puts(&b, ", ");
        add_count(&b, w->log.n, "event");
    }
    if (unknown)
        buf_addf(&b, " (%u of a kind that this version does not know, kept)",
                 (unsigned)unknown);
    say(stdout, path, b.s);
    buf_release(&b);
}

static int check_file(const char *path) {
    struct err err = ERR_INIT;
    int kind = session_file_kind(path, &err);
    struct session *s = kind < 0 ? NULL : session_open(path, SESSION_READ, &err);
    if (!s) {
        struct buf line = BUF_INIT;
        err_format(&err, &line);
        fprintf(stderr, "%s\n", line.s);
        buf_release(&line);
        err_release(&err);
        return EXIT_BAD;
    }
    uint32_t problems = check_log(path, session_workbook(s));
    if (kind == 1 && (session_fault(s) || session_read_only(s))) {
        problem(path, 0, session_fault(s) ? session_fault(s) : session_read_only(s),
                "memobook recover FILE mends it and keeps every whole event");
        problems++;
    }
    if (problems == 0)
        say_ok(path, s, kind == 0);
    session_close(s);
    return problems ? EXIT_BAD : EXIT_OK;
}

static int reseal_file(const char *path) {
    struct err err = ERR_INIT;
    size_t resealed = 0;
    if (session_reseal(path, &resealed, &err) < 0)
        return cli_fail(&err);
    struct buf b = BUF_INIT;
    add_count(&b, resealed, "event");
    buf_puts(&b, " resealed");
    say(stdout, path, b.s);
    buf_release(&b);
    return EXIT_OK;
}

enum { OPTION_RESEAL = OPTION_FIRST_FREE };

static int run(int argc, char **argv) {
    static const struct option options[] = {{"reseal", no_argument, NULL, OPTION_RESEAL},
                                            CLI_STANDARD_OPTIONS,
                                            {NULL, 0, NULL, 0}};
    bool reseal = false;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == OPTION_RESEAL)
            reseal = true;
        else
            return cli_standard_option(&cli_check, o) ? EXIT_OK : EXIT_USAGE;
    }
    if (optind == argc)
        return cli_misuse(&cli_check, "it takes at least one FILE");
    int status = EXIT_OK;
    for (int i = optind; i < argc; i++)
        if ((reseal && reseal_file(argv[i]) != EXIT_OK) || check_file(argv[i]) != EXIT_OK)
            status = EXIT_BAD;
    return status;
}

const struct cli_command cli_check = {
    "check", "[--reseal] FILE…",
    "Check memos and workbooks: FILE: ok, or one line for each problem.",
    "      --reseal   accept what was changed by hand in a workbook\n", run};
