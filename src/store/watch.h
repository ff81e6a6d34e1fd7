/*
 * Waiting for a file to change: inotify(7) on its folder, so that a file that is replaced
 * is seen as well. Where there is none, or the folder is on a network, whoever waits has
 * to look every WATCH_POLL ms.
 */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include <stdbool.h>

enum { WATCH_POLL = 200 };

struct watch;

/* Never NULL. */
struct watch *watch_new(const char *path);
void watch_free(struct watch *w);
/* To be polled for reading, or -1: look every WATCH_POLL ms. */
int watch_fd(const struct watch *w);
/* Whether the file may have changed since the last time; true always without inotify. */
bool watch_changed(struct watch *w);

#endif
