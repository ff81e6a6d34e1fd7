/*
 * Zip containers: writing one in memory, and reading members of one that a person gave.
 *
 * Members are written in the order in which they were added, all with one fixed time.
 * What is read is not trusted: a member larger than its limit, and more than ARCHIVE_MAX
 * in all, is an error, whatever the archive says about sizes.
 *
 * Ownership: a container owns what was added. Errors: -1 or NULL with *err, which names
 * the file.
 */
#ifndef HELPERS_CONTAINER_H
#define HELPERS_CONTAINER_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

struct container;

struct container *container_new(void);
/* Takes the content over and leaves the buffer empty. */
void container_add(struct container *c, const char *name, struct buf *content);
/* The same, before all that was added. */
void container_add_first(struct container *c, const char *name, struct buf *content);
/* The same as container_add() without compression: for `mimetype`, and for pictures. */
void container_store(struct container *c, const char *name, struct buf *content);
/* Appends the finished archive to *out, and frees the container in any case. */
int container_finish(struct container *c, struct buf *out, struct err *err);
void container_free(struct container *c);

enum { ARCHIVE_MAX = 64 << 20, ARCHIVE_XML_MAX = 16 << 20 };

struct archive;

struct archive *archive_open(const char *path, struct err *err);
/* One that we made, which is as large as it is; `bytes` is borrowed. */
struct archive *archive_open_made(const struct buf *bytes, struct err *err);
/* The name of member i, or NULL after the last. */
const char *archive_member(const struct archive *a, size_t i);
bool archive_has(const struct archive *a, const char *name);
/* Appends the content of a member to *out. */
int archive_read(struct archive *a, const char *name, size_t most, struct buf *out,
                 struct err *err);
const char *archive_path(const struct archive *a);
void archive_free(struct archive *a);

#endif
