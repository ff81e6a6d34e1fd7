/*
 * sectors: a disk writes sectors, in any order, and a power cut may come between any two.
 * From the journal of a real run: for each write to the workbook that was not synced yet,
 * every mix of old and new sectors (of 512 bytes and of 4 KiB; beyond ten of them, random
 * mixes), with the old size and the new.
 *
 * What must hold each time: the file opens with every event that was acknowledged, at
 * most the one that was not yet, and none half. And of each edit: one write for the
 * commit, within the file's size, and nothing unsynced when it is acknowledged.
 */
#include "torture.h"

#include "base/err.h"
#include "base/mem.h"
#include "model/memo.h"
#include "store/workbook_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EDITS = 40, ALL_MIXES = 10, PENDING_MAX = 64 };

static VEC(char *) texts; /* of the events, as recorded */

/* The file as it is on the disk for certain, and what is on the way. */
static struct buf durable;
static struct {
    size_t at, len;
    const char *bytes;
} pending[PENDING_MAX];
static size_t n_pending;
static size_t new_size;

static unsigned acknowledged, n_mixes, commits, extensions;

/* ---- reading */

struct told {
    struct memo *memo;
    unsigned events;
    bool wrong;
};

static void take_memo(void *ctx, struct memo *m) {
    struct told *t = ctx;
    t->memo = m;
}

static void take_event(void *ctx, const struct event *e) {
    struct told *t = ctx;
    if (e->odd || e->edited || t->events >= texts.n ||
        strcmp(e->text, texts.v[t->events]) != 0)
        t->wrong = true;
    t->events++;
}

static void forget(void *ctx) {
    struct told *t = ctx;
    memo_free(t->memo);
    *t = (struct told){0};
}

static void take_text(void *ctx, const struct event *e) {
    (void)ctx;
    vec_push(&texts, mem_strdup(e->text));
}

static void read_texts(const char *path) {
    struct told t = {0};
    struct err err = ERR_INIT;
    const struct workbook_sink sink = {&t, take_memo, take_text, forget};
    struct workbook_file *f = workbook_file_open(path, WORKBOOK_READ, &sink, &err);
    if (!f || workbook_file_close(f, &err) < 0)
        torture_fail("%s: %s", path, err.what);
    forget(&t);
}

/* ---- one mix */

static void expect_sound(void) {
    struct book b;
    book_read(&b, "w.xml");
    if (!b.well_formed || b.events.n < acknowledged || b.bad_seals)
        torture_fail("opened and mended, it is not well-formed");
    book_release(&b);
}

static void try_image(const struct buf *image) {
    struct told t = {0};
    struct err err = ERR_INIT;
    const struct workbook_sink sink = {&t, take_memo, take_event, forget};
    torture_write("w.xml", image->s, image->len);
    struct workbook_file *f = workbook_file_open("w.xml", WORKBOOK_PREFER, &sink, &err);
    if (!f)
        torture_fail("it is refused: %s", err.what);
    if (workbook_file_read_only(f))
        torture_fail("it is read-only: %s", workbook_file_read_only(f));
    if (t.events < acknowledged || t.events > acknowledged + 1 || t.wrong)
        torture_fail("%u acknowledged, %u there%s", acknowledged, t.events,
                     t.wrong ? ", not as they were" : "");
    if (workbook_file_close(f, &err) < 0)
        torture_fail("close: %s", err.what);
    forget(&t);
    if (n_mixes++ % 16 == 0)
        expect_sound();
    torture_remove("w.xml");
}

/* Lays the i-th pending write over the image, within [from, to). */
static void lay(struct buf *image, size_t i, size_t from, size_t to) {
    size_t a = pending[i].at > from ? pending[i].at : from;
    size_t end = pending[i].at + pending[i].len;
    size_t b = end < to ? end : to;
    if (a < b)
        memcpy(image->s + a, pending[i].bytes + (a - pending[i].at), b - a);
}

static bool touched(size_t from, size_t to) {
    for (size_t i = 0; i < n_pending; i++)
        if (pending[i].at < to && pending[i].at + pending[i].len > from)
            return true;
    return false;
}

static struct buf old_image(size_t size) {
    struct buf b = BUF_INIT;
    buf_add(&b, durable.s, durable.len);
    if (size > b.len)
        buf_fill(&b, '\0', size - b.len);
    return b;
}

static size_t list_sectors(size_t sector, size_t **list) {
    size_t n = 0;
    for (size_t from = 0; from < new_size; from += sector)
        if (touched(from, from + sector)) {
            *list = mem_realloc(*list, (n + 1) * sizeof **list);
            (*list)[n++] = from;
        }
    return n;
}

/* How far each sector got: how many of the writes that touch it are in it. */
static void mix(size_t sector, const size_t *list, size_t n, uint64_t chosen,
                bool at_random) {
    struct buf image = old_image(new_size > durable.len ? new_size : durable.len);
    for (size_t k = 0; k < n; k++) {
        bool new = at_random ? torture_random(2) : chosen >> k & 1;
        size_t upto =
            new ? at_random ? 1 + torture_random((uint32_t)n_pending) : n_pending : 0;
        for (size_t i = 0; i < upto; i++)
            lay(&image, i, list[k], list[k] + sector);
    }
    bool grew = new_size > durable.len;
    buf_cut(&image, grew && torture_random(4) == 0 ? durable.len : new_size);
    try_image(&image);
    buf_release(&image);
}

static void try_mixes(size_t sector) {
    size_t *list = NULL, n = list_sectors(sector, &list);
    bool at_random = n > ALL_MIXES || n_pending > 1;
    uint64_t count = at_random ? torture_full ? 512 : 16 : (uint64_t)1 << n;
    for (uint64_t i = 0; i < count; i++) {
        torture_try("mix %llu of %zu sectors of %zu bytes, %zu writes, after event %u",
                    (unsigned long long)i, n, sector, n_pending, acknowledged);
        mix(sector, list, n, i, at_random);
    }
    free(list);
}

static void power_cut(void) {
    /* The next edit is written for the quick run only now and then. */
    if (n_pending == 0 || (!torture_full && acknowledged % 3 && extensions > 1))
        return;
    try_mixes(512);
    try_mixes(4096);
}

/* ---- the journal */

static void synced(void) {
    struct buf b = old_image(new_size);
    for (size_t i = 0; i < n_pending; i++)
        lay(&b, i, 0, new_size);
    buf_cut(&b, new_size);
    buf_release(&durable);
    durable = b;
    n_pending = 0;
}

static void written(const struct call *c) {
    if (n_pending == PENDING_MAX)
        torture_fail("%d writes and no sync", PENDING_MAX);
    pending[n_pending].at = (size_t)c->at;
    pending[n_pending].len = (size_t)c->result;
    pending[n_pending++].bytes = c->bytes;
    size_t end = (size_t)c->at + (size_t)c->result;
    if (end > new_size) {
        extensions++;
        new_size = end;
        if ((size_t)c->at < durable.len)
            torture_fail("a write over the end of the log goes past the file's end");
    } else {
        commits++;
    }
    power_cut();
}

static void acknowledge(void) {
    acknowledged++;
    power_cut(); /* what is not synced now would be lost */
    if (commits != 1 || n_pending)
        torture_fail("event %u: %u writes within the file, %zu not synced", acknowledged,
                     commits, n_pending);
    commits = 0;
}

static void follow(const struct buf *journal) {
    struct call c;
    for (size_t pos = 0; journal_next(journal, &pos, &c);) {
        if (strcmp(c.where, ".") != 0)
            continue;
        if (strcmp(c.name, "pwrite") == 0 || strcmp(c.name, "write") == 0)
            written(&c);
        else if (strcmp(c.name, "fdatasync") == 0 || strcmp(c.name, "fsync") == 0)
            synced();
        else if (strcmp(c.name, "ftruncate") == 0)
            new_size = (size_t)c.at;
        else if (strcmp(c.name, "saved") == 0)
            acknowledge();
    }
}

/* ---- the run */

static void record(void) {
    struct ran r;
    struct plan p = {.path = "run.xml", .journal = ".journal"};
    struct buf script = torture_read("script");
    char *save = NULL;
    ran_start(&r, &p, NULL, (const char *[]){"do", "run.xml", NULL});
    for (char *line = strtok_r(script.s, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        if (!ran_do(&r, line))
            torture_fail("it ended: %s", line);
        journal_mark(".journal", "saved", r.last);
    }
    ran_finish(&r);
    if (!ran_ended(&r, 0) || r.saved != EDITS)
        torture_fail("%u saved: %s", r.saved, r.wrong.s);
    ran_release(&r);
    buf_release(&script);
}

int main(int argc, char **argv) {
    torture_begin("sectors", argc, argv);
    torture_make("run.xml");
    torture_script("script", EDITS);
    durable = torture_read("run.xml");
    new_size = durable.len;
    record();
    read_texts("run.xml");
    struct buf journal = torture_read(".journal");
    follow(&journal);
    if (acknowledged != EDITS || extensions == 0)
        torture_fail("%u acknowledged, %u extensions", acknowledged, extensions);
    torture_say("%u edits, %u mixes of old and new sectors: nothing lost, one write and "
                "one sync each",
                acknowledged, n_mixes);
    buf_release(&journal);
    buf_release(&durable);
    for (size_t i = 0; i < texts.n; i++)
        free(texts.v[i]);
    vec_release(&texts);
    return torture_end();
}
