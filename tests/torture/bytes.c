/*
 * bytes: each byte of the last 64 KiB of a workbook is where the file is cut off, filled
 * with zeros from there on, has a hole of zeros of one sector, or has one byte garbled.
 *
 * What must hold each time: every event whose own bytes are whole comes back, in order,
 * set aside by nobody, before the fault and after it; opened for reading no byte is
 * written; opened for writing the file is left as it is, or it is mended and what was cut
 * off lies beside it.
 *
 * It links the program's own libraries, so that a build with ASan is under ASan here.
 */
#include "torture.h"

#include "base/err.h"
#include "base/mem.h"
#include "model/workbook.h"
#include "store/memo_codec.h"
#include "store/workbook_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SPAN = 64 * 1024, EVENTS_MAX = 256, SECTOR = 512, WORKERS = 2 };
enum kind { CUT, ZERO_END, ZERO_SECTOR, GARBLE, KINDS };

static const char *const kind_names[KINDS] = {"cut off", "zeros to the end",
                                              "a sector of zeros", "one byte garbled"};

/* The sound workbook, and where its events are. */
static struct buf whole;
static struct {
    size_t from, to;
    char *text;
} lines[EVENTS_MAX];
static size_t n_lines;

/* The damaged one. */
static struct buf damaged;
static enum kind kind;
static size_t fault, fault_end;

/* ---- the sound workbook */

static void take_sound_memo(void *ctx, struct memo *m) {
    (void)ctx;
    memo_free(m);
}

static void take_sound_event(void *ctx, const struct event *e) {
    (void)ctx, (void)e;
}

static void add_text(struct buf *b, unsigned i) {
    static const char *const pieces[] = {
        "The room agreed, ", "Стороны условились ", "双方同意，",   "\n",
        "a < b && c > d ",   "“цитата” ",           "👩‍👧 ", "é̂ "};
    buf_addf(b, "event %u: ", i);
    for (unsigned k = 0, n = 20 + torture_random(120); k < n; k++)
        buf_puts(b, pieces[torture_random(8)]);
    buf_addf(b, "end of %u", i);
}

static void add_event(struct workbook_file *f, unsigned i) {
    char id[32];
    struct event_draft d;
    struct err err = ERR_INIT;
    struct buf text = BUF_INIT;
    event_draft_init(&d, EVENT_NOTE);
    event_draft_set(&d, FIELD_ISSUE, "A.a");
    snprintf(id, sizeof id, "k4q7.%u", i);
    add_text(&text, i);
    d.event.id = id;
    d.event.text = text.s;
    d.event.at = 1323162131250 + i;
    if (workbook_file_append(f, &d.event, &err) < 0)
        torture_fail("append: %s", err.what);
    lines[n_lines++].text = buf_detach(&text);
}

static void find_lines(void) {
    const char *p = strstr(whole.s, "<log>\n") + 6;
    for (size_t i = 0; i < n_lines; i++) {
        lines[i].from = (size_t)(p - whole.s);
        p = strchr(p, '\n');
        lines[i].to = (size_t)(p - whole.s);
        p++;
    }
    if (strcmp(p, "</log>\n</workbook>\n") != 0)
        torture_fail("the workbook does not end as it should");
}

static void make_whole(void) {
    struct err err = ERR_INIT;
    struct workbook_sink sink = {
        .memo = take_sound_memo, .event = take_sound_event, .reset = NULL};
    torture_make("whole.xml");
    struct workbook_file *f =
        workbook_file_open("whole.xml", WORKBOOK_WRITE, &sink, &err);
    if (!f)
        torture_fail("%s", err.what);
    size_t bytes = 0;
    for (unsigned i = 1; bytes < SPAN && i < EVENTS_MAX; i++) {
        add_event(f, i);
        bytes += strlen(lines[n_lines - 1].text);
    }
    if (workbook_file_close(f, &err) < 0)
        torture_fail("%s", err.what);
    whole = torture_read("whole.xml");
    find_lines();
    if (lines[0].from > whole.len - SPAN)
        torture_fail("the log is too short");
}

/* ---- what a reader is told */

struct told {
    struct memo *memo;
    struct workbook *w;
    size_t next;         /* no intact event before it is missing */
    const char *mistake; /* the first */
    size_t events;
};

static bool intact(size_t i) {
    return lines[i].to <= fault || lines[i].from >= fault_end;
}

static void take_memo(void *ctx, struct memo *m) {
    struct told *t = ctx;
    t->memo = m;
    t->w = workbook_new(m);
}

static void mistaken(struct told *t, const char *what) {
    if (!t->mistake)
        t->mistake = what;
}

static bool is_line(const struct event *e, size_t i) {
    unsigned number;
    return sscanf(e->id, "k4q7.%u", &number) == 1 && number == i + 1 &&
           strcmp(e->text, lines[i].text) == 0;
}

static void take_event(void *ctx, const struct event *e) {
    struct told *t = ctx;
    struct err err = ERR_INIT;
    bool applied = workbook_apply(t->w, e, &err) == 0;
    err_release(&err);
    t->events++;
    size_t i = t->next;
    while (i < n_lines && !is_line(e, i) && !intact(i))
        i++;
    if (i < n_lines && is_line(e, i)) {
        if (intact(i) && (!applied || e->edited))
            mistaken(t, "a whole event was set aside, or called edited");
        t->next = i + 1;
    } else if (applied && !e->edited) {
        mistaken(t, "an event is missing, or damaged and passed for sound");
    }
}

static void forget(void *ctx) {
    struct told *t = ctx;
    workbook_free(t->w);
    memo_free(t->memo);
    *t = (struct told){0};
}

static void check_told(struct told *t, const char *how) {
    for (; t->next < n_lines && !t->mistake; t->next++)
        if (intact(t->next))
            mistaken(t, "a whole event did not come back");
    if (t->mistake)
        torture_fail("%s: %s (event %zu of %zu; bytes %zu to %zu; fault %zu to %zu)", how,
                     t->mistake, t->next + 1, n_lines,
                     lines[t->next < n_lines ? t->next : n_lines - 1].from,
                     lines[t->next < n_lines ? t->next : n_lines - 1].to, fault,
                     fault_end);
}

static struct workbook_file *open_damaged(enum workbook_mode mode, struct told *t,
                                          const char *how) {
    struct workbook_sink sink = {t, take_memo, take_event, forget};
    struct err err = ERR_INIT;
    *t = (struct told){0};
    struct workbook_file *f = workbook_file_open("w.xml", mode, &sink, &err);
    if (!f)
        torture_fail("%s: it is refused: %s", how, err.what);
    check_told(t, how);
    return f;
}

static void close_it(struct workbook_file *f, struct told *t) {
    struct err err = ERR_INIT;
    if (workbook_file_close(f, &err) < 0)
        torture_fail("close: %s", err.what);
    forget(t);
}

/* ---- damage */

static void damage(size_t at) {
    fault = at;
    fault_end = whole.len;
    buf_clear(&damaged);
    buf_add(&damaged, whole.s, kind == CUT ? at : whole.len);
    if (kind == ZERO_END) {
        memset(damaged.s + at, 0, damaged.len - at);
    } else if (kind == ZERO_SECTOR) {
        if (at + SECTOR < whole.len)
            fault_end = at + SECTOR;
        memset(damaged.s + at, 0, fault_end - at);
    } else if (kind == GARBLE) {
        static const char with[] = "<>&\"'x \n\0\xff\x80/=0";
        fault_end = at + 1;
        damaged.s[at] = with[torture_random(sizeof with - 1)];
        /* What looks like another number, or like an attribute, is the worst. */
        if (whole.s[at] >= '0' && whole.s[at] <= '9' && torture_random(2))
            damaged.s[at] = '9';
        else if (whole.s[at] == '=')
            damaged.s[at] = " \n\t'"[torture_random(4)];
        if (damaged.s[at] == whole.s[at])
            damaged.s[at] = (char)(whole.s[at] ^ (1 + (int)torture_random(255)));
    }
    torture_write("w.xml", damaged.s, damaged.len);
}

static bool same_as(const char *path, const struct buf *b) {
    struct buf now = torture_read(path);
    bool same = now.len == b->len && memcmp(now.s, b->s, b->len) == 0;
    buf_release(&now);
    return same;
}

static void trim(const char **s, size_t *len) {
    while (*len > 0 && memchr(" \n\0", (*s)[*len - 1], 3))
        --*len;
    while (*len > 0 && memchr(" \n\0", **s, 3))
        ++*s, --*len;
}

/* Blanks, zeros and the tail's own words are nobody's. */
static void trim_tail(const char **s, size_t *len) {
    static const char *const ends[] = {"</workbook>", "</log>"};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(ends[i]);
        trim(s, len);
        if (*len >= n && memcmp(*s + *len - n, ends[i], n) == 0)
            *len -= n;
    }
    trim(s, len);
}

/* Of a torn end, the bytes after the last whole event are beside the workbook. */
static void check_aside(void) {
    size_t keep = lines[0].from;
    for (size_t i = 0; i < n_lines && lines[i].to <= fault; i++)
        keep = lines[i].to;
    const char *bad = damaged.s + keep, *have;
    size_t n = damaged.len - keep;
    trim_tail(&bad, &n);
    if (n < sizeof "</log>\n</workbook>" && memcmp(bad, "</log>\n</workbook>", n) == 0)
        return;
    char *name = torture_find("w.xml.torn", "", 0);
    if (!name)
        torture_fail("the bytes that were cut off are nowhere");
    struct buf aside = torture_read(name);
    size_t m = aside.len;
    have = aside.s;
    trim_tail(&have, &m);
    if (m != n || memcmp(have, bad, n) != 0)
        torture_fail("%zu bytes were cut off, and others are aside (%zu)", n, m);
    buf_release(&aside);
    free(name);
}

static void check_mended(bool reading) {
    static const char tail[] = "</log>\n</workbook>\n";
    struct told t;
    struct buf now = torture_read("w.xml");
    if (now.len < sizeof tail || strlen(now.s) != now.len ||
        strcmp(now.s + now.len - (sizeof tail - 1), tail) != 0)
        torture_fail("mended, it does not end as it should");
    buf_release(&now);
    if (reading)
        close_it(open_damaged(WORKBOOK_READ, &t, "read again when mended"), &t);
    check_aside();
}

/* ---- one case */

static void try_reading(void) {
    struct told t;
    close_it(open_damaged(WORKBOOK_READ, &t, "opened for reading"), &t);
    if (!same_as("w.xml", &damaged) || torture_find("w.xml.", "", 0))
        torture_fail("opening for reading wrote something");
}

static void try_writing(bool reading) {
    struct told t;
    struct workbook_file *f = open_damaged(WORKBOOK_PREFER, &t, "opened for writing");
    bool read_only = workbook_file_read_only(f) != NULL;
    close_it(f, &t);
    if (same_as("w.xml", &damaged)) {
        struct book b;
        book_read(&b, "w.xml");
        if (!read_only && !b.well_formed)
            torture_fail("it is written on, and is not well-formed");
        book_release(&b);
        return;
    }
    if (read_only)
        torture_fail("it is read-only, and yet it was written");
    check_mended(reading);
}

static void try_case(size_t at, unsigned n) {
    /* Damage in the middle is only read; a torn end is mended, and read by the same way.
     */
    bool torn = kind == CUT || kind == ZERO_END || at + 4096 > whole.len;
    torture_try("%s at byte %zu of %zu", kind_names[kind], at, whole.len);
    /* What a case does must not hang on the cases before it. */
    torture_set_seed(torture_seed() ^ (at * KINDS + kind));
    damage(at);
    if (!torn || n % 4 == 0)
        try_reading();
    if (torn || n % 8 == 0)
        try_writing(n % 4 == 1);
    torture_remove("w.xml");
}

/* Every byte, or in the quick run the start tags and ends of the last events, and some
 * between. */
static bool chosen(size_t at) {
    if (torture_full)
        return true;
    for (size_t i = n_lines - 3; i < n_lines; i++)
        if ((at + 3 > lines[i].to && at < lines[i].to + 3) ||
            (at >= lines[i].from && at < lines[i].from + 90))
            return true;
    return torture_random(200) == 0 || at + 21 > whole.len;
}

static unsigned work(unsigned worker) {
    unsigned n = 0;
    char folder[32];
    snprintf(folder, sizeof folder, "worker%u", worker);
    if (mkdir(folder, 0700) < 0 || chdir(folder) < 0)
        torture_fail("%s cannot be made", folder);
    for (size_t at = whole.len - SPAN; at < whole.len; at++) {
        torture_set_seed(torture_seed() + at);
        if (chosen(at) && n++ % WORKERS == worker)
            try_case(at, n / WORKERS);
    }
    return n;
}

/* What an append without a runway leaves on some file systems: zeros behind the end. */
static void zeros_behind(void) {
    static const size_t counts[] = {1, 2, 18, 19, 20, 511, 512, 4095, 4096, 65536};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        torture_try("%zu zeros behind the end", counts[i]);
        kind = ZERO_END;
        fault = fault_end = whole.len;
        buf_clear(&damaged);
        buf_add(&damaged, whole.s, whole.len);
        buf_fill(&damaged, '\0', counts[i]);
        torture_write("w.xml", damaged.s, damaged.len);
        try_reading();
        try_writing(true);
        if (same_as("w.xml", &damaged))
            torture_fail("the zeros are left in the file");
        torture_remove("w.xml");
    }
    torture_say("zeros behind the end: cut off, all events back");
}

static int wait_for_workers(void) {
    int status, bad = 0;
    for (int i = 0; i < WORKERS; i++)
        if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            if (WIFSIGNALED(status))
                torture_say("FAILED: a crash, signal %d, %s", WTERMSIG(status),
                            kind_names[kind]);
            bad = 1;
        }
    return bad;
}

int main(int argc, char **argv) {
    torture_begin("bytes", argc, argv);
    make_whole();
    int bad = 0;
    for (kind = CUT; kind < KINDS; kind++) {
        for (unsigned i = 0; i < WORKERS; i++)
            if (fork() == 0) {
                unsigned n = work(i);
                if (i == 0)
                    torture_say("%s at %u of the last %d bytes: all whole events back",
                                kind_names[kind], n, SPAN);
                exit(0);
            }
        if (wait_for_workers())
            bad = 1;
        torture_shell("rm -rf worker0 worker1");
    }
    zeros_behind();
    for (size_t i = 0; i < n_lines; i++)
        free(lines[i].text);
    buf_release(&whole);
    if (bad)
        return 1;
    return torture_end();
}
