/*
 * Any bytes as a workbook: refused with a reason, or read, and its events applied; what
 * is carried forward from it is a sound workbook, with nothing set aside. Then the same
 * bytes as a file that is opened for writing: what memobook mended and wrote on is a
 * sound workbook, with one event more.
 */
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "model/pace.h"
#include "model/carry.h"
#include "model/workbook.h"
#include "store/event_codec.h"
#include "store/file.h"
#include "store/memo_codec.h"
#include "store/workbook_file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char words[] = "recorded after the fault";

struct reading {
    struct memo *memo;
    struct workbook *w;
    size_t events;
    bool has_words; /* the event read last */
};

static void forget(void *ctx) {
    struct reading *r = ctx;
    workbook_free(r->w);
    memo_free(r->memo);
    *r = (struct reading){0};
}

static void take_memo(void *ctx, struct memo *m) {
    struct reading *r = ctx;
    if (r->memo)
        abort(); /* twice */
    r->memo = m;
    r->w = workbook_new(m);
}

/* What memobook writes of an event is one line, valid and sealed. */
static void check_line(const struct event *e) {
    struct buf line = BUF_INIT;
    event_encode(e, &line);
    if (line.len < 2 || memchr(line.s, '\n', line.len) != line.s + line.len - 1 ||
        !text_valid(line.s, line.len) ||
        event_check_seal(line.s, line.len - 1) != SEAL_RIGHT)
        abort();
    buf_release(&line);
}

static void check_person(const struct workbook *w, uint32_t i, int64_t room) {
    const struct person *p = &w->room.people.v[i];
    struct buf said = BUF_INIT;
    char id[PERSON_ID_MAX + 1];
    uint32_t found[4];
    if (person_spoken(w, i, room) < 0 || (p->live && !*p->name))
        abort();
    for (size_t k = 0; k < p->stays.n; k++)
        if (p->stays.v[k].to && p->stays.v[k].to < p->stays.v[k].from)
            abort();
    person_short(w, i, &said);
    person_new_id(w, p->name, id);
    if (!person_id_ok(id) || person_by_id(w, id) != NONE || person_by_id(w, p->id) != i ||
        (p->live && people_find(w, p->id, found, 4) == 0))
        abort();
    buf_release(&said);
}

/* Nobody waits or speaks who is not there, and no time is negative. */
static void check_room(const struct workbook *w, int64_t before) {
    const struct floor *f = &w->room.floor;
    int64_t room = w->room.time;
    struct balance balance = {0};
    struct pace pace = {0};
    if (room < before || floor_elapsed(w, room) < 0)
        abort();
    if (f->speaker != NONE && (!w->room.people.v[f->speaker].live || !f->interventions.n))
        abort();
    for (size_t i = 0; i < f->list.n; i++)
        if (!w->room.people.v[f->list.v[i].person].live)
            abort();
    for (uint32_t i = 0; i < w->room.people.n; i++)
        check_person(w, i, room);
    for (uint32_t i = 0; i < w->room.sittings.n; i++)
        if (sitting_spent(w, i, room) < 0)
            abort();
    balance_compute(&balance, w, BALANCE_CONSTITUENCY, room);
    pace_compute(&pace, w, room, 0);
    if (balance.total < 0 || pace.missed != pace.items.n)
        abort();
    balance_release(&balance);
    pace_release(&pace);
}

static void take_event(void *ctx, const struct event *e) {
    struct reading *r = ctx;
    struct err err = ERR_INIT;
    struct buf said = BUF_INIT;
    if (!r->w)
        abort(); /* before the memo */
    int64_t room = r->w->room.time;
    if (workbook_apply(r->w, e, &err) < 0 && !err.what)
        abort(); /* set aside without a reason */
    check_room(r->w, room);
    workbook_describe(r->w, (uint32_t)r->w->log.n - 1, &said);
    if (!e->odd)
        check_line(e);
    r->events++;
    r->has_words = strcmp(e->text, words) == 0;
    buf_release(&said);
    err_release(&err);
}

static struct workbook_sink sink_of(struct reading *r) {
    return (struct workbook_sink){
        .ctx = r, .memo = take_memo, .event = take_event, .reset = forget};
}

/* The next meeting's workbook, by way of the memo as it is written. */
static void carry(const struct workbook *w) {
    struct carry c;
    struct err err = ERR_INIT;
    struct buf b = BUF_INIT;
    carry_forward(&c, w, "fuzz", "carried.1", 0);
    memo_write(c.memo, &b);
    struct memo *m = memo_parse(b.s, b.len, "next.xml", &err);
    if (!m)
        abort();
    struct workbook *next = workbook_new(m);
    for (size_t i = 0; i < c.events.n; i++) {
        check_line(&c.events.v[i]);
        if (workbook_apply(next, &c.events.v[i], &err) < 0)
            abort();
    }
    workbook_free(next);
    memo_free(m);
    carry_release(&c);
    buf_release(&b);
}

static void read_bytes(const char *bytes, size_t len) {
    struct reading r = {0};
    struct workbook_sink sink = sink_of(&r);
    struct workbook_scan scan;
    struct err err = ERR_INIT;
    int result = workbook_read(bytes, len, "fuzz.xml", &sink, &scan, &err);

    if ((result < 0) != (err.what != NULL))
        abort();
    if (scan.valid_end > len || scan.log_end > len || scan.root_end > len)
        abort();
    if (result == 0 && (!r.w || scan.log_end > scan.root_end || !*scan.id))
        abort();
    if (workbook_next_event(bytes, len, 0) > len)
        abort();
    if (result == 0)
        carry(r.w);
    forget(&r);
    err_release(&err);
}

/* ---- as a file ---- */

static char folder[] = "/tmp/fuzz-workbook.XXXXXX";
static char path[sizeof folder + sizeof "/book.xml"];

/* The workbook, and what was set aside beside it. */
static void empty_folder(void) {
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.')
            unlinkat(dirfd(d), e->d_name, 0);
    if (d)
        closedir(d);
}

static void remove_folder(void) {
    empty_folder();
    rmdir(folder);
}

static void make_folder(void) {
    if (*path)
        return;
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/book.xml", folder);
    atexit(remove_folder);
}

static bool append(struct workbook_file *f) {
    struct event_draft d;
    struct err err = ERR_INIT;
    event_draft_init(&d, EVENT_NOTE);
    event_draft_set(&d, FIELD_ISSUE, "A.a");
    d.event.id = "fuzz.1";
    d.event.text = words;
    int result = workbook_file_append(f, &d.event, &err);
    if (result < 0 && !err.what)
        abort();
    err_release(&err);
    return result == 0;
}

/* Opens it, to write where it may; the number of events, or -1 when it is refused. */
static long open_file(enum workbook_mode mode, bool *wrote, struct reading *r) {
    struct workbook_sink sink = sink_of(r);
    struct err err = ERR_INIT;
    struct workbook_file *f = workbook_file_open(path, mode, &sink, &err);

    if (!f && !err.what)
        abort();
    long events = f ? (long)r->events : -1;
    *wrote = f && mode != WORKBOOK_READ && !workbook_file_read_only(f) && append(f);
    err_release(&err);
    if (f && workbook_file_close(f, &err) < 0)
        abort();
    err_release(&err);
    return events;
}

static void mend_file(const char *bytes, size_t len) {
    struct reading before = {0}, after = {0};
    struct err err = ERR_INIT;
    bool wrote, again;

    if (file_create(path, 0600, bytes, len, &err) < 0)
        abort();
    long events = open_file(WORKBOOK_PREFER, &wrote, &before);
    if (wrote &&
        (open_file(WORKBOOK_READ, &again, &after) != events + 1 || !after.has_words))
        abort();
    forget(&before);
    forget(&after);
    empty_folder();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    make_folder();
    read_bytes((const char *)data, size);
    mend_file((const char *)data, size);
    return 0;
}
