/*
 * faults: each call on the workbook, on the files beside it and on their folder fails in
 * turn, once or from then on, with each error that a disk gives, or writes half.
 *
 * What must hold each time: what was acknowledged is in the workbook, whole, and nothing
 * else but what was being written; what was refused is said to be `not saved` and makes
 * the exit status 1; what failed once works again; and after a failed sync, which drops
 * what was written, nothing is acknowledged that is not on disk.
 */
#include "torture.h"

#include "base/err.h"
#include "base/mem.h"
#include "session/command.h"
#include "session/session.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EDITS = 12 };

static const char *const errors[] = {"EIO",   "ENOSPC", "EDQUOT",
                                     "EINTR", "EROFS",  "short"};
enum { ERRORS = sizeof errors / sizeof *errors };

static const char *const edit[] = {"do", "--keep-going", "w.xml", NULL};
static unsigned n_cases;

static unsigned step(unsigned quick) {
    return torture_full ? 1 : quick;
}

/* Twelve notes, long enough that the runway is extended while they are recorded. */
static void write_script(void) {
    struct buf b = BUF_INIT;
    for (unsigned i = 1; i <= EDITS; i++) {
        buf_addf(&b, "note A(a) number %u:", i);
        for (unsigned k = 0; k < 400; k++)
            buf_addf(&b, " слово %u", k);
        buf_addf(&b, " end of %u\n", i);
    }
    torture_write("script", b.s, b.len);
    buf_release(&b);
}

/* The calls of a run without a fault, by name. */
static VEC(char *) calls;

static void list_calls(const char *path, const char *input, const char *const *args) {
    struct ran r;
    struct plan p = {.path = path, .journal = ".journal"};
    for (size_t i = 0; i < calls.n; i++)
        free(calls.v[i]);
    calls.n = 0;
    unlink(".journal");
    ran(&r, &p, input, args);
    if (!ran_ended(&r, 0))
        torture_fail("without a fault it ends with %#x: %s", (unsigned)r.status,
                     r.wrong.s);
    ran_release(&r);
    struct buf b = torture_read(".journal");
    struct call c;
    for (size_t pos = 0; journal_next(&b, &pos, &c);) {
        struct buf name = BUF_INIT;
        buf_addf(&name, "%s%s%s", c.name, strcmp(c.where, ".") == 0 ? "" : " ",
                 strcmp(c.where, ".") == 0 ? "" : c.where);
        vec_push(&calls, buf_detach(&name));
    }
    buf_release(&b);
}

/* ---- which of the edits were refused */

static bool refused[EDITS + 1];

static unsigned read_refusals(const struct ran *r) {
    unsigned count = 0, line;
    memset(refused, 0, sizeof refused);
    for (const char *p = r->wrong.s; p && *p; p = strchr(p, '\n'), p += p != NULL)
        if (sscanf(p, "line %u:", &line) == 1 && line >= 1 && line <= EDITS) {
            size_t len = strcspn(p, "\n");
            if (!memmem(p, len, "not saved", 9))
                torture_fail("refused, and not said to be not saved: %.*s", (int)len, p);
            refused[line] = true;
            count++;
        }
    return count;
}

/* All edits were refused where the workbook could not be opened. */
static unsigned check_answers(const struct ran *r) {
    if (r->saved == 0 && !strstr(r->wrong.s, "line 1:")) {
        if (ran_ended(r, 0) || r->wrong.len == 0)
            torture_fail("nothing was done, and nothing said");
        memset(refused, 1, sizeof refused);
        return EDITS;
    }
    unsigned n = read_refusals(r);
    if (r->saved + n != EDITS)
        torture_fail("%u saved and %u refused of %d: %s", r->saved, n, EDITS, r->wrong.s);
    if (n > 0 && !ran_ended(r, 1))
        torture_fail("%u refused, and the exit status is %#x", n, (unsigned)r->status);
    if (n == 0 && !ran_ended(r, 0) && r->wrong.len == 0)
        torture_fail("all saved, and the exit status is %#x", (unsigned)r->status);
    return n;
}

/* The number of a note that is whole, or 0. */
static unsigned note_number(const char *event) {
    char end[32];
    unsigned n;
    const char *at = strstr(event, ": number ");
    if (!at || sscanf(at, ": number %u:", &n) != 1)
        return 0;
    snprintf(end, sizeof end, " end of %u", n);
    size_t len = strlen(event);
    return len > strlen(end) && strcmp(event + len - strlen(end), end) == 0 ? n : 0;
}

static void check_book(const char *path, unsigned spare) {
    struct book b;
    unsigned last = 0, extra = 0;
    bool there[EDITS + 1] = {false};
    book_read(&b, path);
    if (!b.well_formed || b.bad_seals)
        torture_fail("%s is not well-formed, or has %u bad seals", path, b.bad_seals);
    for (size_t i = 0; i < b.events.n; i++) {
        unsigned n = note_number(b.events.v[i]);
        if (n == 0 || n > EDITS || n <= last)
            torture_fail("%s: event %zu is half, or out of order: %.80s", path, i + 1,
                         b.events.v[i]);
        there[n] = true;
        extra += refused[n];
        last = n;
    }
    for (unsigned n = 1; n <= EDITS; n++)
        if (!refused[n] && !there[n])
            torture_fail("%s: edit %u was acknowledged, and is not there", path, n);
    if (extra > spare)
        torture_fail("%s: %u refused edits are there", path, extra);
    book_release(&b);
}

/* Where many edits were refused, a copy elsewhere is named, and has what was saved. */
static void check_rescue(const struct ran *r) {
    const char *at = strstr(r->wrong.s, ".rescue-");
    if (!at)
        at = strstr(r->wrong.s, ".conflict-");
    if (!at)
        torture_fail("no copy is named: %s", r->wrong.s);
    const char *from = at, *to = at;
    while (from > r->wrong.s && !strchr(" \n", from[-1]))
        from--;
    while (*to && !strchr(" \n", *to))
        to++;
    char *path = mem_strndup(from, (size_t)(to - from));
    check_book(path, 1);
    free(path);
}

/* The next run, without a fault: it mends what is to be mended, and writes on. */
static void check_next_run(void) {
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){"do", "w.xml", "undo", "redo", NULL});
    bool nothing = strstr(r.wrong.s, "nothing to undo") != NULL;
    if (!nothing && !ran_ended(&r, 0))
        torture_fail("the next run: status %#x: %s", (unsigned)r.status, r.wrong.s);
    ran_release(&r);
}

static void no_temporary(void) {
    char *name = torture_find("w.xml", ".tmp", 0);
    if (name)
        torture_fail("%s was left behind", name);
}

static void reset(void) {
    torture_remove("w.xml");
    torture_remove("new.xml");
    torture_copy("pristine.xml", "w.xml");
}

/* ---- edits, and one fault */

static bool is_call(unsigned i, const char *name) {
    return strncmp(calls.v[i - 1], name, strlen(name)) == 0;
}

static void try_once(unsigned i, const char *what) {
    struct ran r;
    struct plan p = {.path = "w.xml", .what = what, .at = i};
    torture_try("%s once at call %u (%s)", what, i, calls.v[i - 1]);
    reset();
    ran(&r, &p, "script", edit);
    unsigned n = check_answers(&r);
    if (n > 1 && n < EDITS)
        check_rescue(&r);
    bool writing = is_call(i, "pwrite") || is_call(i, "fdatasync");
    if (n > 1 && (writing || (strcmp(what, "EINTR") == 0 && n < EDITS)))
        torture_fail("%u edits were refused for one failure: %s", n, r.wrong.s);
    check_next_run();
    if (!is_call(i, "unlink"))
        no_temporary();
    torture_shell("$MEMOBOOK check w.xml >.said 2>&1 || { cat .said; exit 1; }");
    ran_release(&r);
    n_cases++;
}

/* The events of the next run. */
static void drop_undo(void) {
    torture_shell("grep -v '^<undo ' w.xml >read.xml || :");
}

/* Some disks tell only then. */
static void fault_close(void) {
    struct ran r;
    unsigned last = 0;
    for (unsigned i = 1; i <= calls.n; i++)
        if (is_call(i, "close"))
            last = i;
    struct plan p = {.path = "w.xml", .what = "EIO", .at = last};
    torture_try("EIO at the last close, call %u", last);
    reset();
    ran(&r, &p, "script", edit);
    if (ran_ended(&r, 0) && r.wrong.len == 0)
        torture_fail("close() failed, and nothing was said");
    ran_release(&r);
}

static void faults_once(void) {
    reset();
    list_calls("w.xml", "script", edit);
    for (unsigned e = 0; e < ERRORS; e++)
        for (unsigned i = 1 + torture_random(step(7)); i <= calls.n; i += step(7)) {
            if (strcmp(errors[e], "short") == 0 && !is_call(i, "pwrite"))
                continue;
            try_once(i, errors[e]);
            drop_undo();
            check_book("read.xml", 1);
        }
    fault_close();
    torture_say("%u single faults in %zu calls: nothing lost, nothing falsely saved",
                n_cases, calls.n);
}

/* ---- edits, and a disk that fails from then on */

static void try_for_ever(unsigned i, const char *what) {
    struct ran r;
    struct plan p = {.path = "w.xml",
                     .what = what,
                     .at = i,
                     .times = "0",
                     .calls = "pwrite write fdatasync fsync ftruncate rename link"};
    torture_try("%s for ever from write or sync %u on", what, i);
    reset();
    torture_shell("rm -rf .local");
    ran(&r, &p, "script", edit);
    unsigned n = check_answers(&r);
    if (n == 0)
        torture_fail("nothing was refused");
    if (strcmp(what, "EIO") == 0 && strstr(r.wrong.s, "the disk failed"))
        check_rescue(&r);
    check_next_run();
    drop_undo();
    check_book("read.xml", 1);
    ran_release(&r);
    n_cases++;
}

static void faults_for_ever(void) {
    static const char *const whats[] = {"EIO", "ENOSPC", "EROFS", "short"};
    n_cases = 0;
    for (unsigned e = 0; e < 4; e++)
        for (unsigned i = 1 + torture_random(step(9)); i <= 2 * EDITS + 2; i += step(9))
            try_for_ever(i, whats[e]);
    torture_say("%u disks that failed for good: nothing lost, a rescue file is named",
                n_cases);
}

/* ---- what writes the whole file anew */

struct rewrite {
    const char *name, *from; /* the workbook before */
    const char *args[6];
    unsigned events; /* in the workbook before, and after */
    unsigned after;
};

static unsigned count_events(const char *path) {
    struct book b;
    book_read(&b, path);
    if (!b.well_formed)
        torture_fail("%s is not well-formed", path);
    unsigned n = (unsigned)b.events.n;
    book_release(&b);
    return n;
}

static void try_rewrite(const struct rewrite *w, unsigned i, const char *what) {
    struct ran r;
    struct plan p = {.path = w->events ? "w.xml" : "new.xml", .what = what, .at = i};
    struct stat st;
    torture_try("%s, %s once at call %u (%s)", w->name, what, i, calls.v[i - 1]);
    reset();
    if (w->events)
        torture_copy(w->from, "w.xml");
    struct buf before = torture_read("w.xml");
    ran(&r, &p, NULL, w->args);
    if (!ran_ended(&r, 0) && r.wrong.len == 0)
        torture_fail("it failed, and said nothing");
    bool done = ran_ended(&r, 0);
    ran_release(&r);
    if (!is_call(i, "unlink"))
        no_temporary();
    if (w->events) {
        struct buf now = torture_read("w.xml");
        bool same = now.len == before.len && memcmp(now.s, before.s, now.len) == 0;
        if (same ? done : count_events("w.xml") != w->after)
            torture_fail(same ? "it said that it was done, and it was not"
                              : "the workbook is neither the old one nor the new");
        buf_release(&now);
    } else if (stat("new.xml", &st) == 0) {
        count_events("new.xml");
        torture_remove("new.xml");
    } else if (done) {
        torture_fail("it said that it was done, and there is no file");
    }
    if (!done) {
        ran(&r, NULL, NULL, w->args);
        bool there = w->events && count_events("w.xml") == w->after;
        if (!ran_ended(&r, 0) && !there)
            torture_fail("trying again: status %#x: %s", (unsigned)r.status, r.wrong.s);
        ran_release(&r);
    }
    buf_release(&before);
    n_cases++;
}

static void fault_rewrite(const struct rewrite *w) {
    reset();
    if (w->events)
        torture_copy(w->from, "w.xml");
    list_calls(w->events ? "w.xml" : "new.xml", NULL, w->args);
    n_cases = 0;
    for (unsigned e = 0; e < ERRORS; e++)
        for (unsigned i = 1 + torture_random(step(3)); i <= calls.n; i += step(3))
            if (strcmp(errors[e], "short") != 0 || is_call(i, "pwrite"))
                try_rewrite(w, i, errors[e]);
    torture_say("%s: %u faults in %zu calls: the old file or the new, and it works again",
                w->name, n_cases, calls.n);
}

/* A workbook of five notes, and what is to be mended in it. */
static void make_broken(void) {
    torture_copy("pristine.xml", "five.xml");
    ran_well(NULL, (const char *[]){"do", "five.xml", "note A(a) one", "note A(a) two",
                                    "note A(a) three", "note A(a) four", "note A(a) five",
                                    NULL});
    struct buf b = torture_read("five.xml");
    memcpy(strstr(b.s, "three"), "THREE", 5);
    torture_write("edited.xml", b.s, b.len);
    memcpy(strstr(b.s, "THREE"), "<<<<<", 5);
    torture_write("damaged.xml", b.s, b.len);
    buf_release(&b);
}

static bool knows(const char *command) {
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){command, "--help", NULL});
    bool known = ran_ended(&r, 0);
    ran_release(&r);
    return known;
}

static char *id_of(const char *path, const char *text) {
    struct buf b = torture_read(path);
    char id[64] = "";
    const char *at = strstr(b.s, text);
    while (at && at > b.s && *at != '<')
        at--;
    at = at ? strstr(at, " id=\"") : NULL;
    if (!at || sscanf(at, " id=\"%63[^\"]", id) != 1)
        torture_fail("%s has no %s", path, text);
    buf_release(&b);
    return mem_strdup(id);
}

static void fault_rewrites(void) {
    make_broken();
    fault_rewrite(
        &(struct rewrite){"new", "", {"new", "memo.xml", "-o", "new.xml"}, 0, 0});
    if (!knows("recover")) {
        torture_say("this memobook has no `recover`: not tried");
        return;
    }
    fault_rewrite(
        &(struct rewrite){"recover", "damaged.xml", {"recover", "w.xml"}, 5, 4});
    fault_rewrite(
        &(struct rewrite){"reseal", "edited.xml", {"check", "--reseal", "w.xml"}, 5, 5});
    char *id = id_of("five.xml", "three");
    struct buf line = BUF_INIT;
    buf_addf(&line, "expunge %s yes", id);
    fault_rewrite(
        &(struct rewrite){"expunge", "five.xml", {"do", "w.xml", line.s}, 5, 5});
    buf_release(&line);
    free(id);
}

/* ---- the same session tries again, as the screen does */

static bool record(struct session *s, const char *line) {
    struct command_line l;
    struct err err = ERR_INIT;
    bool done = command_parse(session_workbook(s), line, &l, &err) == 0;
    if (done) {
        done = session_run(s, l.command, &l.args, &err) == 0;
        command_line_release(&l);
    }
    err_release(&err);
    return done;
}

/* Runs with interpose.so: notes, and after a failure `retry` until it goes on. */
static int child(void) {
    struct err err = ERR_INIT;
    struct session *s = session_open("w.xml", SESSION_SCREEN, &err);
    char line[64];
    for (unsigned i = 1; s && i <= 6; i++) {
        snprintf(line, sizeof line, "note A(a) number %u: end of %u", i, i);
        for (unsigned k = 0; k < 20 && !record(s, line); k++)
            if (session_failed(s) && session_retry(s, &err) < 0)
                err_release(&err);
        printf("saved %u\n", (unsigned)session_saved(s));
        fflush(stdout);
    }
    session_close(s);
    err_release(&err);
    return 0;
}

static void try_again(const char *self, unsigned i, unsigned times, const char *on) {
    struct ran r;
    char count[16];
    snprintf(count, sizeof count, "%u", times);
    struct plan p = {.path = "w.xml",
                     .what = "EIO",
                     .at = i,
                     .times = count,
                     .on = on,
                     .calls = "pwrite fdatasync fsync ftruncate rename"};
    torture_try("EIO %u times from write or sync %u of %s on, and retried", times, i, on);
    reset();
    torture_run_instead(self);
    ran(&r, &p, NULL, (const char *[]){"child", NULL});
    torture_run_instead(NULL);
    if (!ran_ended(&r, 0) || r.last != 6)
        torture_fail("it did not go on: status %#x: %s%s", (unsigned)r.status, r.said.s,
                     r.wrong.s);
    ran_release(&r);
    torture_shell("$MEMOBOOK check w.xml >.said 2>&1 || { cat .said; exit 1; }");
    struct book b;
    bool there[7] = {false};
    book_read(&b, "w.xml");
    for (size_t k = 0; k < b.events.n; k++) {
        unsigned n = note_number(b.events.v[k]);
        if (n < 1 || n > 6 || there[n])
            torture_fail("event %zu is not whole, or is there twice: %s", k + 1,
                         b.events.v[k]);
        there[n] = true;
    }
    if (b.events.n != 6)
        torture_fail("%zu events, not 6", b.events.n);
    book_release(&b);
    n_cases++;
}

static void faults_retried(void) {
    static const char *const on[] = {"file beside folder", "file folder",
                                     "beside folder"};
    char self[PATH_MAX];
    if (!realpath("/proc/self/exe", self)) {
        torture_say("/proc is not there: retrying is not tried");
        return;
    }
    n_cases = 0;
    for (unsigned times = 1; times <= 8; times++)
        for (unsigned i = 1 + torture_random(step(5)); i <= 14; i += step(5))
            for (unsigned k = 0; k < 3; k++)
                try_again(self, i, times, on[k]);
    torture_say("%u times the same session tried again and went on: each edit once",
                n_cases);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "child") == 0)
        return child();
    torture_begin("faults", argc, argv);
    torture_make("pristine.xml");
    write_script();
    faults_once();
    faults_for_ever();
    fault_rewrites();
    faults_retried();
    for (size_t i = 0; i < calls.n; i++)
        free(calls.v[i]);
    vec_release(&calls);
    return torture_end();
}
