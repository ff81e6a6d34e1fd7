/*
 * A workbook on disk: made, opened, locked, appended to, closed. Promises: memobook(5).
 *
 * Invariants: the file is well-formed XML whenever an append has returned; an append
 * that returned 0 is on disk (fdatasync); one that failed left the file as it was. A file
 * opened for reading is never written. The bytes up to the log's end are kept in memory,
 * so that a copy can be saved whatever the disk does.
 *
 * Errors: NULL or -1 with *err; the caller decides what to tell.
 */
#ifndef STORE_WORKBOOK_FILE_H
#define STORE_WORKBOOK_FILE_H

#include "workbook_reader.h"

struct workbook_file;

/* WORKBOOK_UNLOCKED is added where the person knows that nobody else writes: it writes
 * on a file system that has no locks, too. */
enum workbook_mode {
    WORKBOOK_READ,   /* no lock, not a byte written */
    WORKBOOK_WRITE,  /* the only writer, or an error */
    WORKBOOK_PREFER, /* the only writer, or reading: workbook_file_read_only() */
    WORKBOOK_RECOVER /* as WORKBOOK_WRITE; mends damage in the middle too */
};
enum { WORKBOOK_UNLOCKED = 1 << 4 };

/* A new workbook of the memo, on disk when it returns. Refuses to replace a file. */
int workbook_file_create(const char *path, const struct memo *m, struct err *err);
/* The same, with a log to begin with: events whose n counts from 1. */
int workbook_file_create_with(const char *path, const struct memo *m,
                              const struct event *events, size_t n, struct err *err);

/* Opens and reads; a torn tail is saved aside and repaired when it may write. */
struct workbook_file *workbook_file_open(const char *path, unsigned mode,
                                         const struct workbook_sink *sink,
                                         struct err *err);
/* Delivers the workbook as it is in memory, from its beginning. */
int workbook_file_reread(const struct workbook_file *f, const struct workbook_sink *sink,
                         struct err *err);
/* What another program has appended to a workbook that was opened for reading: 1 when
 * events were delivered, 0 when nothing is new, WORKBOOK_REPLACED when it was rewritten
 * or replaced and is to be opened anew (again later where that fails), -1 with *err.
 * Costs a stat while nothing changes, and then what is new. */
enum { WORKBOOK_REPLACED = 2 };
int workbook_file_poll(struct workbook_file *f, const struct workbook_sink *sink,
                       struct err *err);
/* Trims the runway. -1 with *err where the disk did not take it (nothing is lost). */
int workbook_file_close(struct workbook_file *f, struct err *err);

/* One event: one pwrite, one fdatasync. Its n is set by the file. */
int workbook_file_append(struct workbook_file *f, struct event *e, struct err *err);

/* Writes the whole workbook, as it is in memory, to a new file. */
int workbook_file_copy(const struct workbook_file *f, const char *path, struct err *err);
/* After the disk failed: writes the whole workbook in place of the file and goes on. */
int workbook_file_retry(struct workbook_file *f, struct err *err);
/* Where a rescue file goes when the workbook's folder takes none. */
void workbook_file_set_spare(struct workbook_file *f, const char *folder);

/* Takes the event with this id, and all that name it, out of the file for good and
 * appends `mark` in the same rewrite, with their ids; then out of the torn, damaged,
 * rescue and conflict files beside it. The caller reads the workbook anew. -1 with
 * *expunged set: the workbook is clean, but one of those files is not. */
int workbook_file_expunge(struct workbook_file *f, const char *id,
                          struct event_draft *mark, bool *expunged, struct err *err);
/* Gives every event whose check sum is wrong a right one; *resealed counts them. */
int workbook_file_reseal(struct workbook_file *f, size_t *resealed, struct err *err);

const char *workbook_file_id(const struct workbook_file *f);
/* Whether another program has it open for writing. */
bool workbook_file_in_use(const struct workbook_file *f);
/* NULL when it can write; else why not. */
const char *workbook_file_read_only(const struct workbook_file *f);
/* Whether it could write and no longer can. */
bool workbook_file_failed(const struct workbook_file *f);
/* What was repaired in opening it, or NULL. */
const char *workbook_file_notice(const struct workbook_file *f);

#endif
