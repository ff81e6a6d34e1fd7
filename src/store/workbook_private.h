/*
 * Shared by the parts of the workbook file: workbook_open.c (reading, mending),
 * workbook_append.c (one event more), workbook_rewrite.c (the whole file anew) and
 * workbook_file.c (the rest). For them alone.
 */
#ifndef STORE_WORKBOOK_PRIVATE_H
#define STORE_WORKBOOK_PRIVATE_H

#include "workbook_file.h"

#include <sys/stat.h>

extern const char workbook_tail[]; /* </log>\n</workbook>\n */
enum { WORKBOOK_TAIL_LEN = 19 };

struct workbook_file {
    char *path;         /* real, so that a link is followed once */
    char *spare_folder; /* for a rescue file where the workbook's folder takes none */
    int fd;
    bool writable, failed, written;
    char *read_only, *notice;
    char id[WORKBOOK_ID_MAX + 1];
    struct buf image; /* the file's bytes up to the log's end */
    size_t unwritten; /* its last bytes that the file has not: `<log>` for `<log/>` */
    size_t old_tail;  /* bytes of the file from there to the root's end */
    size_t size;      /* of the file, runway included */
    uint32_t last_n;
    struct stat known; /* as it was after our last write */
};

struct workbook_file *workbook_file_new(const char *path);
void workbook_file_free(struct workbook_file *f);

/* Takes over a string, releasing the old one. */
void workbook_set_string(char **to, char *s);
void workbook_be_read_only(struct workbook_file *f, const char *why);
/* PATH.WHAT-20111206T090211, not taken yet; to be freed. */
char *workbook_beside(const char *path, const char *what, const char *suffix);
/* Whether the path still leads to the open file. */
bool workbook_same_file(const struct workbook_file *f);
/* Where the next event goes in the file. */
size_t workbook_log_end(const struct workbook_file *f);
/* Whether the tail is where it belongs in the file: 1, 0, or -1 where that cannot be
 * read. */
int workbook_tail_stands(const struct workbook_file *f);
/* The same file, and nobody else wrote to it: size, times and last bytes are as we left
 * them (times alone are too coarse on some file systems). */
bool workbook_untouched(const struct workbook_file *f);
/* "not saved: WHY", -1. */
int workbook_not_saved(const struct workbook_file *f, struct err *err, const char *why);

/* The whole workbook anew: a temporary file in the same folder, synced, locked, renamed
 * over the old one, the folder synced. `log` is its bytes up to the log's end; the file
 * then goes on with it. Mode, owner and extended attributes (ACLs among them) stay.
 * 0; -1 with *err where nothing was replaced; 1 with *err where it was, but the folder
 * could not be synced, so that a power cut may bring the old one back. */
int workbook_replace(struct workbook_file *f, const struct buf *log, struct err *err);

#endif
