/*
 * A workbook's bytes, read: its memo, its events one by one, and where the log may go on.
 *
 * Events that are odd (a missing id, an element inside) are delivered with event.odd set;
 * they are no error. What is wrong elsewhere is.
 */
#ifndef STORE_WORKBOOK_READER_H
#define STORE_WORKBOOK_READER_H

#include "base/err.h"
#include "model/event.h"
#include "model/memo.h"

enum { WORKBOOK_ID_MAX = 64 };

struct workbook_sink {
    void *ctx;
    /* Once, before the first event; the sink owns the memo. */
    void (*memo)(void *ctx, struct memo *m);
    /* Strings last for the call. */
    void (*event)(void *ctx, const struct event *e);
    /* Forget all that was delivered: the file is torn, and is read again, mended. */
    void (*reset)(void *ctx);
};

struct workbook_scan {
    char id[WORKBOOK_ID_MAX + 1];
    size_t log_end;   /* where `</log>` starts, or `<log/>` */
    size_t root_end;  /* after `</workbook>` */
    size_t valid_end; /* after the last event that is complete and not suspect */
    size_t event_start, event_end; /* of the event that is being delivered */
    uint32_t last_n;
    bool empty_log; /* `<log/>` */
    bool in_log;    /* the reading got as far as the log */
    bool torn_last; /* the last event is a commit of which the disk took only parts */
};

/* 0, or -1 with *err. *scan is filled as far as the reading got. */
int workbook_read(const char *bytes, size_t len, const char *file,
                  const struct workbook_sink *sink, struct workbook_scan *scan,
                  struct err *err);

/* Events alone: whole lines of a log, as another program appended them. `last_n` is the n
 * of the event before them. 0, or -1 with *err. */
int workbook_read_lines(const char *lines, size_t len, const char *file, uint32_t last_n,
                        const struct workbook_sink *sink, struct workbook_scan *scan,
                        struct err *err);

/* By its root: 1 a workbook, 0 a memo; -1 with *err. Reads the start of the file only. */
int workbook_sniff(const char *path, struct err *err);

/* The first byte at or after `from` of a whole event with the right seal that ends its
 * line, or `len`: whether what follows a fault holds more than a torn tail. */
size_t workbook_next_event(const char *bytes, size_t len, size_t from);

#endif
