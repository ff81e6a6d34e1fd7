/*
 * Following a workbook that another program writes.
 */
#include "workbook_private.h"

#include "event_codec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROOF = 512 }; /* bytes before the log's end that must be as they were */

/* From `at` to the end of the file, without the runway; false when it cannot be read. */
static bool read_rest(const struct workbook_file *f, size_t at, size_t size,
                      struct buf *out) {
    char block[65536];
    while (at < size) {
        ssize_t n = pread(f->fd, block, sizeof block, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        buf_add(out, block, (size_t)n);
        at += (size_t)n;
    }
    return true;
}

/* How many bytes of whole, sealed lines it begins with. */
static size_t whole_lines(const struct buf *rest, size_t from) {
    size_t at = from;
    for (;;) {
        const char *end = memchr(rest->s + at, '\n', rest->len - at);
        size_t stop = end ? (size_t)(end - rest->s) : at;
        if (!end || event_check_seal(rest->s + at, stop - at) != SEAL_RIGHT)
            return at - from;
        at = stop + 1;
    }
}

static bool as_before(const struct workbook_file *f, const struct buf *rest,
                      size_t proof) {
    return rest->len >= proof &&
           memcmp(rest->s, f->image.s + f->image.len - proof, proof) == 0;
}

static int take_lines(struct workbook_file *f, const char *lines, size_t len,
                      const struct workbook_sink *sink, struct err *err) {
    struct workbook_scan scan;
    if (workbook_read_lines(lines, len, f->path, f->last_n, sink, &scan, err) < 0)
        return -1;
    buf_add(&f->image, lines, len);
    f->last_n = scan.last_n;
    return 1;
}

/* Events begin on a line of their own; `</log>` or half an event does not count. */
static int take_rest(struct workbook_file *f, const struct buf *rest, size_t proof,
                     const struct workbook_sink *sink, struct err *err) {
    if (!as_before(f, rest, proof))
        return WORKBOOK_REPLACED;
    size_t len = whole_lines(rest, proof);
    if (len > 0)
        return take_lines(f, rest->s + proof, len, sink, err);
    /* An event that memobook did not seal is somebody else's writing. */
    bool tail = rest->len - proof >= WORKBOOK_TAIL_LEN &&
                memcmp(rest->s + proof, workbook_tail, WORKBOOK_TAIL_LEN) == 0;
    return tail ? 0 : WORKBOOK_REPLACED;
}

int workbook_file_poll(struct workbook_file *f, const struct workbook_sink *sink,
                       struct err *err) {
    struct stat now;
    struct buf rest = BUF_INIT;
    if (stat(f->path, &now) < 0)
        return 0; /* between the two halves of a replacement, or gone: what is known stays
                   */
    if (!workbook_same_file(f) || f->unwritten)
        return WORKBOOK_REPLACED;
    if (workbook_untouched(f))
        return 0;
    size_t end = workbook_log_end(f), proof = end < PROOF ? end : PROOF;
    f->known = now;
    int result = WORKBOOK_REPLACED;
    if ((size_t)now.st_size >= end &&
        read_rest(f, end - proof, (size_t)now.st_size, &rest))
        result = take_rest(f, &rest, proof, sink, err);
    buf_release(&rest);
    return result;
}
