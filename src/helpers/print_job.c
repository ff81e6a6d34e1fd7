#include "print_job.h"

#include "print_server.h"

#include "base/steady.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Looks at the job are this far apart. A bad state must last for as many looks as this,
 * since a job passes through some of them while it is made. */
enum { LOOK_MS = 250, LOOKS_TO_BELIEVE = 4, CANCEL_SECONDS = 10 };

struct job {
    const struct job_request *r;
    http_t *http;
    cups_dest_t *dest;
    cups_dinfo_t *info;
    int id;
    struct buf said; /* the last line */
};

/* What one look tells. */
struct look {
    ipp_jstate_t state;
    bool queue_stopped;
    bool gone;
    struct buf why;
};

/* Cut short by a signal. */
static void wait_a_little(void) {
    nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
}

/* A line, unless it is the last one again; false when nobody reads any more. */
static bool say(struct job *j, const char *word, const char *why) {
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s%s", word, *why ? ": " : "", why);
    for (size_t i = 0; i < line.len; i++)
        if (line.s[i] == '\n')
            line.s[i] = ' ';
    bool again = strcmp(line.s, j->said.s) == 0;
    buf_release(&j->said);
    j->said = line;
    return again || (puts(line.s) >= 0 && fflush(stdout) == 0);
}

/* ---- what the server knows */

static ipp_t *ask(struct job *j, ipp_op_t op, const char *uri_name, const char *uri,
                  int n_wanted, const char *const wanted[]) {
    ipp_t *q = ippNewRequest(op);
    ippAddString(q, IPP_TAG_OPERATION, IPP_TAG_URI, uri_name, NULL, uri);
    ippAddString(q, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                 cupsUser());
    ippAddStrings(q, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n_wanted,
                  NULL, wanted);
    return cupsDoRequest(j->http, q, "/");
}

static const char *string_of(ipp_t *ipp, const char *name) {
    const char *s = ippGetString(ippFindAttribute(ipp, name, IPP_TAG_ZERO), 0, NULL);
    return s ? s : "";
}

static int number_of(ipp_t *ipp, const char *name) {
    ipp_attribute_t *a = ippFindAttribute(ipp, name, IPP_TAG_ENUM);
    return a ? ippGetInteger(a, 0) : 0;
}

/* RFC 8011, 5.3.8, in words; the keyword itself for the others. */
static const char *reason_in_words(const char *reason) {
    static const char *const words[][2] = {
        {"none", ""},
        {"job-printing", ""},
        {"job-hold-until-specified", "until it is released"},
        {"job-data-insufficient", "the document is not complete"},
        {"document-format-error", "the document cannot be read"},
        {"unsupported-document-format", "this kind of document is not taken"},
        {"resources-are-not-ready", "paper or another resource is missing"},
        {"cups-waiting-for-authentication", "the printer wants a password"},
        {"cups-held-for-authentication", "the printer wants a password"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], reason) == 0)
            return words[i][1];
    return reason;
}

static bool tells_trouble(const char *reason) {
    return strcmp(reason, "none") != 0 && !strstr(reason, "-report");
}

/* The printer's own reasons come first: out of paper, offline. */
static void find_why(ipp_t *answer, struct look *l) {
    const char *message = string_of(answer, "job-printer-state-message");
    const char *reason = string_of(answer, "job-printer-state-reasons");
    if (l->state == IPP_JSTATE_HELD)
        buf_puts(&l->why, reason_in_words(string_of(answer, "job-state-reasons")));
    else if (*message)
        buf_puts(&l->why, message);
    else if (l->state > IPP_JSTATE_PROCESSING)
        buf_puts(&l->why, reason_in_words(string_of(answer, "job-state-reasons")));
    else if (*reason && tells_trouble(reason))
        buf_puts(&l->why, reason);
}

static void queue_uri(const struct job *j, char *uri, int size) {
    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, size, "ipp", NULL, "localhost", 0,
                     "/printers/%s", j->dest->name);
}

/* A queue that stands still says nothing at the job, which is pending. */
static void look_at_queue(struct job *j, struct look *l) {
    static const char *const wanted[] = {"printer-state", "printer-state-message"};
    char uri[1024];
    queue_uri(j, uri, sizeof uri);
    ipp_t *answer = ask(j, IPP_OP_GET_PRINTER_ATTRIBUTES, "printer-uri", uri, 2, wanted);
    l->queue_stopped = number_of(answer, "printer-state") == IPP_PSTATE_STOPPED;
    if (l->queue_stopped) {
        buf_clear(&l->why);
        buf_puts(&l->why, string_of(answer, "printer-state-message"));
    }
    ippDelete(answer);
}

/* A server may keep no job that is done; -1: it does not answer. */
static int look_at_job(struct job *j, struct look *l) {
    static const char *const wanted[] = {"job-state", "job-state-reasons",
                                         "job-printer-state-message",
                                         "job-printer-state-reasons"};
    char uri[64];
    snprintf(uri, sizeof uri, "ipp://localhost/jobs/%d", j->id);
    buf_clear(&l->why);
    l->queue_stopped = false;
    ipp_t *answer = ask(j, IPP_OP_GET_JOB_ATTRIBUTES, "job-uri", uri, 4, wanted);
    l->state = (ipp_jstate_t)number_of(answer, "job-state");
    l->gone = cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND;
    if (l->state)
        find_why(answer, l);
    ippDelete(answer);
    if (l->state == IPP_JSTATE_PENDING)
        look_at_queue(j, l);
    return l->state || l->gone ? 0 : -1;
}

/* ---- handing it over */

static int refuse_queue(const struct job *j, const char *why, struct err *err) {
    err_set(err, "the queue of %s takes no jobs%s%s", j->dest->name, *why ? ": " : "",
            why);
    err_todo(err, "choose another printer, or have it opened (cupsaccept %s)",
             j->dest->name);
    return -1;
}

/* Why a job cannot be made or sent, of what the server said last. */
static int refused(const struct job *j, struct err *err) {
    switch (cupsLastError()) {
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
        return refuse_queue(j, cupsLastErrorString(), err);
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
        err_set(err, "the print server does not let %s print on %s", cupsUser(),
                j->dest->name);
        return err_todo(err, "choose another printer, or ask whoever runs the server");
    case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
        err_set(err, "%s does not take %s", j->dest->name, j->r->type);
        return err_todo(err, "choose another printer");
    default:
        return err_set(err, "%s refused the job: %s", j->dest->name,
                       cupsLastErrorString());
    }
}

static int check_queue(struct job *j, struct err *err) {
    static const char *const wanted[] = {"printer-is-accepting-jobs",
                                         "printer-state-message"};
    char uri[1024];
    queue_uri(j, uri, sizeof uri);
    ipp_t *answer = ask(j, IPP_OP_GET_PRINTER_ATTRIBUTES, "printer-uri", uri, 2, wanted);
    ipp_attribute_t *takes =
        ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    int ret = 0;
    if (takes && !ippGetBoolean(takes, 0))
        ret = refuse_queue(j, string_of(answer, "printer-state-message"), err);
    ippDelete(answer);
    return ret;
}

static void add_option(struct job *j, const char *name, const char *value, int *n,
                       cups_option_t **options) {
    if (!value)
        return;
    *n = cupsAddOption(name, value, *n, options);
    if (cupsCheckDestSupported(j->http, j->dest, j->info, name, value))
        return;
    struct buf what = BUF_INIT;
    buf_addf(&what, "%s does not say that it can do %s=%s", j->dest->name, name, value);
    say(j, "note", what.s);
    buf_release(&what);
}

/* What the person set with lpoptions(1) counts where nothing else was asked. */
static int collect_options(struct job *j, cups_option_t **options) {
    int n = 0;
    *options = NULL;
    for (int i = 0; i < j->dest->num_options; i++)
        n = cupsAddOption(j->dest->options[i].name, j->dest->options[i].value, n,
                          options);
    add_option(j, CUPS_COPIES, j->r->copies, &n, options);
    add_option(j, CUPS_SIDES, j->r->sides, &n, options);
    add_option(j, CUPS_MEDIA, j->r->media, &n, options);
    return n;
}

static bool send_document(struct job *j, const struct buf *document) {
    http_status_t s = cupsStartDestDocument(j->http, j->dest, j->info, j->id, j->r->title,
                                            j->r->type, 0, NULL, 1);
    for (size_t at = 0; s == HTTP_STATUS_CONTINUE && at < document->len;) {
        size_t n = document->len - at < 65536 ? document->len - at : 65536;
        s = cupsWriteRequestData(j->http, document->s + at, n);
        at += n;
        if (*j->r->stop) {
            httpReconnect2(j->http, SERVER_PATIENCE * 1000, NULL);
            return true; /* what follows cancels it */
        }
    }
    return s == HTTP_STATUS_CONTINUE &&
           cupsFinishDestDocument(j->http, j->dest, j->info) <=
               IPP_STATUS_OK_EVENTS_COMPLETE;
}

static int submit(struct job *j, const struct buf *document, struct err *err) {
    cups_option_t *options;
    int n = collect_options(j, &options);
    ipp_status_t s =
        cupsCreateDestJob(j->http, j->dest, j->info, &j->id, j->r->title, n, options);
    cupsFreeOptions(n, options);
    if (s > IPP_STATUS_OK_EVENTS_COMPLETE || j->id <= 0)
        return refused(j, err);
    struct buf line = BUF_INIT;
    buf_addf(&line, "job %d on %s", j->id, j->dest->name);
    say(j, line.s, "");
    buf_release(&line);
    if (send_document(j, document))
        return 0;
    int ret = refused(j, err);
    cupsCancelJob2(j->http, j->dest->name, j->id, 0);
    return ret;
}

/* ---- following it */

static const char *state_word(const struct look *l) {
    static const char *const words[] = {
        [IPP_JSTATE_PENDING] = "pending",       [IPP_JSTATE_HELD] = "held",
        [IPP_JSTATE_PROCESSING] = "processing", [IPP_JSTATE_STOPPED] = "stopped",
        [IPP_JSTATE_CANCELED] = "canceled",     [IPP_JSTATE_ABORTED] = "aborted",
        [IPP_JSTATE_COMPLETED] = "completed",
    };
    if (l->queue_stopped)
        return "stopped";
    return l->state <= IPP_JSTATE_COMPLETED && words[l->state] ? words[l->state]
                                                               : "unknown";
}

static bool waits_for_a_person(const struct look *l) {
    return l->queue_stopped || l->state == IPP_JSTATE_HELD ||
           l->state == IPP_JSTATE_STOPPED;
}

static int report_waiting(const struct job *j, const struct look *l, struct err *err) {
    const char *queue = j->dest->name, *colon = l->why.len ? ": " : "";
    if (l->queue_stopped) {
        err_set(err, "the queue of %s is stopped%s%s", queue, colon, l->why.s);
        return err_todo(err,
                        "job %d waits in it: cupsenable %s starts it, cancel %d takes "
                        "the job away",
                        j->id, queue, j->id);
    }
    err_set(err, "job %d on %s is %s%s%s", j->id, queue, state_word(l), colon, l->why.s);
    return err_todo(err, "lp -i %d -H resume lets it go on, cancel %d takes it away",
                    j->id, j->id);
}

static int report_end(const struct job *j, const struct look *l, struct err *err) {
    const char *queue = j->dest->name;
    if (l->state == IPP_JSTATE_COMPLETED)
        return 0;
    if (l->state == IPP_JSTATE_CANCELED)
        return err_set(err, "job %d on %s was canceled %s", j->id, queue,
                       *j->r->stop ? "as you asked" : "by somebody else");
    err_set(err, "%s could not print job %d%s%s", queue, j->id, l->why.len ? ": " : "",
            l->why.s);
    return err_todo(err, "try another printer, or see lpstat -l -W completed");
}

/* The outcome is not known then, and is not said to be one. */
static int report_gone(struct job *j) {
    say(j, "gone",
        "the server keeps no jobs that are done, so how it ended is not known");
    return 0;
}

static int report_late(const struct job *j, struct err *err) {
    err_set(err, "timed out: job %d on %s was not printed in %ld seconds (%s)", j->id,
            j->dest->name, j->r->timeout, j->said.s);
    return err_todo(err,
                    "it stays in the queue: lpstat tells of it, cancel %d takes it "
                    "away",
                    j->id);
}

static int report_silence(const struct job *j, struct err *err) {
    err_set(err, "the print server stopped answering: %s", cupsLastErrorString());
    return err_todo(err, "job %d on %s may still be printed; lpstat tells", j->id,
                    j->dest->name);
}

/* 1: it goes on; else what is to be returned. *odd counts looks at a state that does not
 * do. */
static int judge(struct job *j, const struct look *l, int known, int *odd,
                 struct err *err) {
    if (known < 0)
        return ++*odd < LOOKS_TO_BELIEVE ? 1 : report_silence(j, err);
    if (l->gone)
        return report_gone(j);
    if (l->state >= IPP_JSTATE_CANCELED) {
        say(j, state_word(l), l->state == IPP_JSTATE_ABORTED ? l->why.s : "");
        return report_end(j, l, err);
    }
    if (!waits_for_a_person(l))
        *odd = 0;
    else if (++*odd < LOOKS_TO_BELIEVE)
        return 1;
    if (!say(j, state_word(l), l->why.s))
        return err_set(err, "nobody follows job %d any more", j->id);
    return *odd ? report_waiting(j, l, err) : 1;
}

static int report_stubborn(const struct job *j, const char *why, struct err *err) {
    err_set(err, "job %d on %s could not be canceled%s%s", j->id, j->dest->name,
            *why ? ": " : "", why);
    return err_todo(err, "cancel %d tries again", j->id);
}

/* What was printed before it could be canceled is printed. */
static int cancel(struct job *j, struct err *err) {
    struct look l = {.why = BUF_INIT};
    struct buf why = BUF_INIT;
    int64_t end = steady_ms() + CANCEL_SECONDS * 1000;
    if (cupsCancelJob2(j->http, j->dest->name, j->id, 0) >
        IPP_STATUS_OK_EVENTS_COMPLETE) {
        buf_puts(&why, cupsLastErrorString());
        end = 0;
    }
    while (look_at_job(j, &l) == 0 && !l.gone && l.state < IPP_JSTATE_CANCELED &&
           steady_ms() < end)
        wait_a_little();
    if (l.gone && end)
        l = (struct look){.state = IPP_JSTATE_CANCELED, .why = l.why};
    int odd = 0, ret = 1;
    if (l.gone || l.state >= IPP_JSTATE_CANCELED)
        ret = judge(j, &l, 0, &odd, err);
    if (ret == 1)
        ret = report_stubborn(j, why.s, err);
    buf_release(&why);
    buf_release(&l.why);
    return ret;
}

static int follow(struct job *j, struct err *err) {
    struct look l = {.why = BUF_INIT};
    int64_t end = steady_ms() + j->r->timeout * 1000;
    int ret = 1, odd = 0;
    while (ret == 1 && !*j->r->stop) {
        int known = look_at_job(j, &l);
        ret = judge(j, &l, known, &odd, err);
        if (ret == 1 && steady_ms() >= end)
            ret = report_late(j, err);
        if (ret == 1)
            wait_a_little();
    }
    buf_release(&l.why);
    return ret == 1 ? cancel(j, err) : ret;
}

static int print(struct job *j, const struct buf *document, struct err *err) {
    if (!j->info)
        return err_set(err, "the print server does not tell of %s: %s", j->dest->name,
                       cupsLastErrorString());
    if (check_queue(j, err) < 0)
        return -1;
    if (*j->r->stop)
        return err_set(err, "canceled; nothing was printed");
    return submit(j, document, err) < 0 ? -1 : follow(j, err);
}

int job_print(http_t *http, const struct job_request *r, const struct buf *document,
              struct err *err) {
    struct job j = {.r = r, .http = http, .said = BUF_INIT};
    j.dest = server_dest(http, r->printer, err);
    if (!j.dest)
        return -1;
    j.info = cupsCopyDestInfo(http, j.dest);
    int ret = print(&j, document, err);
    cupsFreeDestInfo(j.info);
    cupsFreeDests(1, j.dest);
    buf_release(&j.said);
    return ret;
}
