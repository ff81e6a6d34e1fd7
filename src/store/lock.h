/*
 * The lock that makes one writer: an open file description lock on the workbook itself.
 * The kernel drops it with the descriptor, so nothing goes stale; unlike a classic fcntl
 * lock it survives the process opening and closing the same file elsewhere.
 */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/buf.h"

#include <stdbool.h>

/* 1: taken. 0: another has it, named in *holder where /proc tells ("memobook (1234)",
 * else "another program"). -1 with errno: the file system has no such locks. */
int lock_take(int fd, struct buf *holder);
/* Whether another has it. Takes nothing; any descriptor will do. */
bool lock_held(int fd);

#endif
