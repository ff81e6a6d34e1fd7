/*
 * Files: reading one whole, writing all of it, making it last.
 *
 * Each returns 0 (or a descriptor), or -1 with *err naming the file.
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

enum { FILE_MAX = 256 << 20 };

/* Opens a regular file without waiting on a pipe or a device. */
int file_open(const char *path, int flags, struct err *err);
/* The whole file, from its start, whatever the descriptor's offset is. */
int file_read(int fd, const char *path, struct buf *out, struct err *err);
/* Opens, reads and closes. */
int file_slurp(const char *path, struct buf *out, struct err *err);
/* All of it at the offset, over short writes and EINTR; -1 with errno set. */
int file_pwrite(int fd, const void *p, size_t len, off_t at);
/* Makes a new file with the bytes, on disk with its name when it returns. Refuses to
 * replace anything. */
int file_create(const char *path, mode_t mode, const void *p, size_t len,
                struct err *err);
/* Gives the file this content (mode 0600) whole or not at all: written beside it, synced,
 * renamed. */
int file_replace(const char *path, const void *p, size_t len, struct err *err);
/* Syncs the folder that holds path. */
int file_sync_folder(const char *path, struct err *err);

#endif
