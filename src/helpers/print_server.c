#include "print_server.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void server_name(struct buf *out) {
    const char *server = cupsServer();
    buf_puts(out, server);
    if (*server != '/' && !strchr(server, ':'))
        buf_addf(out, ":%d", ippPort());
}

static const char *no_password(const char *prompt, http_t *http, const char *method,
                               const char *resource, void *data) {
    (void)prompt, (void)http, (void)method, (void)resource, (void)data;
    return NULL;
}

static int give_up(http_t *http, void *data) {
    (void)http, (void)data;
    return 0;
}

static bool is_absence(ipp_status_t s) {
    return s <= IPP_STATUS_OK_EVENTS_COMPLETE || s == IPP_STATUS_ERROR_NOT_FOUND;
}

/* What listens there may not be CUPS, or stuck. The functions that look for printers do
 * not tell that from a server without any. */
static bool answers(http_t *http) {
    ippDelete(cupsDoRequest(http, ippNewRequest(IPP_OP_CUPS_GET_DEFAULT), "/"));
    return is_absence(cupsLastError());
}

/* libcups knows why a name leads nowhere; of a refused connection, it says that the host
 * is down. */
static void no_server(bool connected, struct err *err) {
    struct buf name = BUF_INIT;
    server_name(&name);
    if (connected)
        err_set(err, "what listens at %s does not answer as a print server", name.s);
    else if (cupsLastError() == IPP_STATUS_ERROR_INTERNAL)
        err_set(err, "no print server is at %s: %s", name.s, cupsLastErrorString());
    else
        err_set(err, "no print server answers at %s", name.s);
    err_todo(err, "start CUPS there, or name another server in CUPS_SERVER");
    buf_release(&name);
}

http_t *server_connect(struct err *err) {
    cupsSetPasswordCB2(no_password, NULL);
    http_t *http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
                                cupsEncryption(), 1, SERVER_PATIENCE * 1000, NULL);
    if (http)
        httpSetTimeout(http, SERVER_PATIENCE, give_up, NULL);
    if (http && answers(http))
        return http;
    no_server(http != NULL, err);
    httpClose(http);
    return NULL;
}

/* ---- one */

static void no_dest(const char *name, struct err *err) {
    if (!is_absence(cupsLastError()))
        err_set(err, "the print server does not tell of its printers: %s",
                cupsLastErrorString());
    else if (name)
        err_set(err, "there is no printer called “%s”", name);
    else
        err_set(err, "no printer is the default one");
    err_todo(err, "choose one of memobook print --list with --printer");
}

cups_dest_t *server_dest(http_t *http, const char *name, struct err *err) {
    char *queue = name ? mem_strdup(name) : NULL;
    char *instance = queue ? strchr(queue, '/') : NULL;
    if (instance)
        *instance++ = '\0';
    cups_dest_t *dest = NULL;
    if (!queue || *queue)
        dest = cupsGetNamedDest(http, queue, instance);
    mem_free(queue);
    if (!dest)
        no_dest(name, err);
    return dest;
}

/* ---- all */

static const char *option(const cups_dest_t *d, const char *name) {
    const char *value = cupsGetOption(name, d->num_options, d->options);
    return value ? value : "";
}

static void put_field(struct buf *out, const char *s, char end) {
    for (; *s; s++)
        buf_putc(out, *s == '\t' || *s == '\n' ? ' ' : *s);
    buf_putc(out, end);
}

static const char *state_of(const cups_dest_t *d) {
    if (strcmp(option(d, "printer-is-accepting-jobs"), "false") == 0)
        return "takes no jobs";
    switch (atoi(option(d, "printer-state"))) {
    case IPP_PSTATE_IDLE:
        return "idle";
    case IPP_PSTATE_PROCESSING:
        return "printing";
    case IPP_PSTATE_STOPPED:
        return "stopped";
    default:
        return "on the network";
    }
}

static void put_dest(struct buf *out, const cups_dest_t *d) {
    struct buf field = BUF_INIT;
    buf_addf(&field, "%s%s%s", d->name, d->instance ? "/" : "",
             d->instance ? d->instance : "");
    put_field(out, field.s, '\t');
    put_field(out, state_of(d), '\t');
    put_field(out, d->is_default ? "default" : "", '\t');
    buf_clear(&field);
    buf_puts(&field, option(d, "printer-info"));
    if (*option(d, "printer-location"))
        buf_addf(&field, "%s%s", field.len ? ", " : "", option(d, "printer-location"));
    put_field(out, field.s, '\n');
    buf_release(&field);
}

int server_list(http_t *http, struct buf *out, struct err *err) {
    cups_dest_t *dests;
    int n = cupsGetDests2(http, &dests);
    if (n == 0 && !is_absence(cupsLastError()))
        return err_set(err, "the print server does not tell of its printers: %s",
                       cupsLastErrorString());
    for (int i = 0; i < n; i++)
        put_dest(out, &dests[i]);
    cupsFreeDests(n, dests);
    return 0;
}
