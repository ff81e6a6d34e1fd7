/*
 * The CUPS server, for memobook-print: one connection of its own, to where libcups says
 * (CUPS_SERVER, client.conf, else this computer). Every wait on the network has an end,
 * and nothing asks for a password: the terminal may be the screen's.
 *
 * The connection is httpConnect2()'s and not cupsConnectDest()'s, which goes to the
 * printer itself and fails where the server listens on 127.0.0.1.
 *
 * Errors: NULL or -1 with *err. Dests are released with cupsFreeDests(1, dest).
 */
#ifndef HELPERS_PRINT_SERVER_H
#define HELPERS_PRINT_SERVER_H

#include "base/err.h"

#include <cups/cups.h>

enum { SERVER_PATIENCE = 10 }; /* seconds */

http_t *server_connect(struct err *err);
/* The queue of the name (NAME or NAME/INSTANCE), or the default one for NULL. One that
 * was found on the network has no queue on the server before cupsCopyDestInfo(). */
cups_dest_t *server_dest(http_t *http, const char *name, struct err *err);
/* Appends a line for each printer: NAME, its state, "default" or nothing, what it is,
 * between tabs. */
int server_list(http_t *http, struct buf *out, struct err *err);

#endif
