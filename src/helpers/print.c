/*
 * memobook-print: what memobook runs to print, so that libcups is in no process but this.
 *
 *     memobook-print --version | --list
 *     memobook-print [--printer NAME] [--copies N] [--sides KEYWORD] [--media KEYWORD]
 *                    [--title TITLE] [--type MIME] [--timeout SECONDS] <DOCUMENT
 *
 * print_server.h and print_job.h tell what it writes on standard output. It ends with 0,
 * or with 1 after one line on standard error. SIGTERM and SIGINT cancel the job.
 */
#include "print_job.h"
#include "print_server.h"

#include "base/text.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_SECONDS = 120 };

static volatile sig_atomic_t stopped;

static void stop(int number) {
    (void)number;
    stopped = 1;
}

static void catch_signals(void) {
    struct sigaction s = {.sa_handler = stop};
    sigemptyset(&s.sa_mask);
    sigaction(SIGTERM, &s, NULL);
    sigaction(SIGINT, &s, NULL);
}

static int read_document(struct buf *out, struct err *err) {
    char block[65536];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) > 0)
        buf_add(out, block, (size_t)n);
    if (stopped)
        return err_set(err, "canceled; nothing was printed");
    if (n < 0)
        return err_set(err, "the document cannot be read");
    return out->len ? 0 : err_set(err, "the document is empty");
}

static int print(const struct job_request *r, struct err *err) {
    struct buf document = BUF_INIT;
    int ret = read_document(&document, err);
    http_t *http = ret == 0 ? server_connect(err) : NULL;
    ret = http ? job_print(http, r, &document, err) : -1;
    httpClose(http);
    buf_release(&document);
    return ret;
}

static int list(struct err *err) {
    struct buf lines = BUF_INIT;
    http_t *http = server_connect(err);
    int ret = http ? server_list(http, &lines, err) : -1;
    httpClose(http);
    if (ret == 0 && fwrite(lines.s, 1, lines.len, stdout) < lines.len)
        ret = err_set(err, "standard output cannot be written");
    buf_release(&lines);
    return ret;
}

static const struct option options[] = {{"list", no_argument, NULL, 'l'},
                                        {"printer", required_argument, NULL, 'p'},
                                        {"copies", required_argument, NULL, 'n'},
                                        {"sides", required_argument, NULL, 's'},
                                        {"media", required_argument, NULL, 'm'},
                                        {"title", required_argument, NULL, 't'},
                                        {"type", required_argument, NULL, 'y'},
                                        {"timeout", required_argument, NULL, 'w'},
                                        {NULL, 0, NULL, 0}};

static const char **text_option(struct job_request *r, int o) {
    switch (o) {
    case 'p':
        return &r->printer;
    case 'n':
        return &r->copies;
    case 's':
        return &r->sides;
    case 'm':
        return &r->media;
    case 't':
        return &r->title;
    case 'y':
        return &r->type;
    default:
        return NULL;
    }
}

static int read_options(int argc, char **argv, struct job_request *r, bool *wants_list) {
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        const char **text = text_option(r, o);
        if (text)
            *text = optarg;
        else if (o == 'l')
            *wants_list = true;
        else if (o != 'w' || (r->timeout = strtol(optarg, NULL, 10)) <= 0)
            return -1;
    }
    return optind == argc ? 0 : -1;
}

int main(int argc, char **argv) {
    struct job_request r = {.title = "memobook",
                            .type = CUPS_FORMAT_PDF,
                            .timeout = TIMEOUT_SECONDS,
                            .stop = &stopped};
    struct err err = ERR_INIT;
    bool wants_list = false;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return printf("CUPS %d.%d.%d\n", CUPS_VERSION_MAJOR, CUPS_VERSION_MINOR,
                      CUPS_VERSION_PATCH) < 0;
    if (read_options(argc, argv, &r, &wants_list) < 0) {
        fputs("memobook-print: wrong usage; memobook print is for people\n", stderr);
        return EXIT_FAILURE;
    }
    text_locale();
    catch_signals();
    int ret = wants_list ? list(&err) : print(&r, &err);
    if (ret < 0) {
        struct buf line = BUF_INIT;
        err_format(&err, &line);
        fprintf(stderr, "%s\n", line.s);
        buf_release(&line);
        err_release(&err);
    }
    return ret < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
