#include "cli.h"

#include "base/json.h"
#include "base/text.h"

#include <getopt.h>
#include <stdio.h>

static void print_line(const struct workbook *w, uint32_t i, struct buf *out) {
    const struct log_item *item = &w->log.v[i];
    char at[25];
    struct buf what = BUF_INIT;
    event_time_format(item->event.at, at);
    workbook_describe(w, i, &what);
    buf_addf(out, "%5u  %s  ", (unsigned)item->event.n, at);
    text_visible(out, item->event.id, strlen(item->event.id));
    buf_puts(out, "  ");
    text_visible(out, what.s, what.len);
    if (item->dead)
        buf_puts(out, "  (undone)");
    buf_putc(out, '\n');
    buf_release(&what);
}

static void print_json(struct json *j, const struct workbook *w, uint32_t i) {
    const struct log_item *item = &w->log.v[i];
    const struct event *e = &item->event;
    char at[25];
    event_time_format(e->at, at);
    json_line(j);
    json_object(j, NULL);
    json_int(j, "n", e->n);
    json_string(j, "id", e->id);
    json_string(j, "at", at);
    json_string(j, "kind", e->name);
    for (uint32_t a = 0; a < e->n_attrs; a++)
        if (strcmp(e->attrs[a].name, "kind") == 0)
            json_string(j, "of", e->attrs[a].value);
        else
            json_string(j, e->attrs[a].name, e->attrs[a].value);
    if (*e->text)
        json_string(j, "text", e->text);
    if (item->dead)
        json_bool(j, "undone", true);
    if (item->odd)
        json_string(j, "odd", item->odd);
    json_end(j, '}');
}

static int run(int argc, char **argv) {
    static const struct option options[] = {
        {"json", no_argument, NULL, 'j'}, CLI_STANDARD_OPTIONS, {NULL, 0, NULL, 0}};
    bool as_json = false;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'j')
            as_json = true;
        else if (cli_standard_option(&cli_log, o))
            return EXIT_OK;
        else
            return EXIT_USAGE;
    }
    if (argc - optind != 1)
        return cli_misuse(&cli_log, "it takes one FILE");
    struct err err = ERR_INIT;
    struct session *s = session_open(argv[optind], SESSION_READ, &err);
    if (!s)
        return cli_fail(&err);
    const struct workbook *w = session_workbook(s);
    struct buf out = BUF_INIT;
    struct json j = {&out, false};
    if (as_json)
        json_array(&j, NULL);
    for (uint32_t i = 0; i < w->log.n; i++)
        if (as_json)
            print_json(&j, w, i);
        else
            print_line(w, i, &out);
    if (as_json) {
        json_end(&j, ']');
        json_line(&j);
    }
    int status = cli_print(&out);
    buf_release(&out);
    session_close(s);
    return status;
}

const struct cli_command cli_log = {
    "log", "FILE [--json]", "Print every event, one to a line, text included.",
    "      --json     as a JSON array, an event to a line\n", run};
