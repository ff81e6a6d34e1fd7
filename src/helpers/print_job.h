/*
 * A print job, for memobook-print: handed to a queue, followed to its end.
 *
 * Each change of its state is a line on standard output: "job 12 on NAME", "pending",
 * "processing", "held: why", "stopped: why", "completed", "canceled", "aborted: why",
 * "gone: why" (a server may keep no jobs that are done). A state that a person must see
 * to ends the following: held, a stopped queue, canceled, aborted, or none of them in
 * time. The job is then left in the queue, and the error says how to take it away.
 *
 * States and their numbers are those of RFC 8011, 5.3.7 (job-state) and 5.4.11
 * (printer-state).
 *
 * Errors: -1 with *err.
 */
#ifndef HELPERS_PRINT_JOB_H
#define HELPERS_PRINT_JOB_H

#include "base/err.h"

#include <cups/cups.h>

#include <signal.h>

struct job_request {
    const char *printer; /* NULL: the default one */
    /* As IPP spells them; NULL: as the queue has it. */
    const char *copies, *sides, *media;
    const char *title, *type;
    long timeout;                      /* seconds that the job may take */
    const volatile sig_atomic_t *stop; /* set: the job is to be canceled */
};

/* Returns 0 when the job is printed. */
int job_print(http_t *http, const struct job_request *r, const struct buf *document,
              struct err *err);

#endif
