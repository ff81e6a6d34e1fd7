/*
 * kill9: the program is killed (SIGKILL) at entry to each call on the workbook in turn,
 * while it records a script of edits, mends a torn end, recovers, or makes a workbook.
 *
 * What must hold each time: the workbook is well-formed as the dead program left it; it
 * has every event that was acknowledged, and at most the one that was not yet, whole; the
 * next run goes on with it.
 */
#include "torture.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EDITS = 42 };

static struct book reference;
static unsigned n_calls, n_cases;

static const char *const do_script[] = {"do", "w.xml", NULL};

/* How many calls a run makes on the file. */
static unsigned count_calls(const char *path, const char *input,
                            const char *const *args) {
    struct ran r;
    struct plan p = {.path = path, .journal = ".journal"};
    unsigned count = 0;
    unlink(".journal");
    ran(&r, &p, input, args);
    if (!ran_ended(&r, 0))
        torture_fail("unharmed, it ends with %#x: %s", (unsigned)r.status, r.wrong.s);
    ran_release(&r);
    struct buf b = torture_read(".journal");
    struct call c;
    for (size_t pos = 0; journal_next(&b, &pos, &c);)
        count++;
    buf_release(&b);
    return count;
}

/* Every n-th in the quick run, another n-th for each seed. */
static unsigned step(unsigned quick) {
    return torture_full ? 1 : quick;
}

static bool kill_at(unsigned at, const char *path, const char *input,
                    const char *const *args, unsigned *saved) {
    struct ran r;
    struct plan p = {.path = path, .what = "kill", .at = at};
    ran(&r, &p, input, args);
    bool killed = ran_killed(&r);
    if (saved)
        *saved = r.saved;
    ran_release(&r);
    n_cases += killed;
    return killed;
}

/* The next run writes on, after all that is there. */
static void goes_on(size_t events) {
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){"do", "w.xml", "note A(a) after it", NULL});
    if (!ran_ended(&r, 0) || r.last != events + 1)
        torture_fail("the next run: status %#x, saved %u, not %zu: %s",
                     (unsigned)r.status, r.last, events + 1, r.wrong.s);
    ran_release(&r);
    struct book b;
    book_read(&b, "w.xml");
    if (!b.well_formed || b.events.n != events + 1 ||
        !strstr(b.events.v[events], "after it"))
        torture_fail("what the next run recorded is not there");
    book_release(&b);
}

/* ---- a script of edits */

static void check_edits(unsigned saved) {
    struct book b;
    book_read(&b, "w.xml");
    if (!b.well_formed)
        torture_fail("the workbook is not well-formed");
    book_expect_start(&b, &reference);
    if (b.events.n < saved || b.events.n > saved + 1)
        torture_fail("%u were acknowledged, %zu are there", saved, b.events.n);
    size_t n = b.events.n;
    book_release(&b);
    goes_on(n);
}

static void kill_edits(void) {
    torture_copy("pristine.xml", "w.xml");
    n_calls = count_calls("w.xml", "script", do_script);
    book_read(&reference, "w.xml");
    if (reference.events.n != EDITS || !reference.well_formed)
        torture_fail("the script gives %zu events", reference.events.n);
    torture_copy("w.xml", "whole.xml");
    for (unsigned i = 1 + torture_random(step(9)); i <= n_calls; i += step(9)) {
        unsigned saved;
        torture_try("the edits, killed at call %u of %u", i, n_calls);
        torture_remove("w.xml");
        torture_copy("pristine.xml", "w.xml");
        if (!kill_at(i, "w.xml", "script", do_script, &saved))
            torture_fail("it was not killed");
        check_edits(saved);
    }
    torture_say("%u edits, killed at entry to %u of %u calls: nothing lost", EDITS,
                n_cases, n_calls);
}

/* ---- a torn end is mended */

static bool somewhere(const char *words) {
    bool found = false;
    char *name;
    for (unsigned i = 0; !found && (name = torture_find("w.xml", "", i)); i++) {
        struct buf b = torture_read(name);
        found = memmem(b.s, b.len, words, strlen(words)) != NULL;
        buf_release(&b);
        free(name);
    }
    return found;
}

static void tear(const struct buf *whole, size_t cut) {
    torture_remove("w.xml");
    torture_write("w.xml", whole->s, cut);
}

static void check_mended(size_t events, const char *bad) {
    ran_well(NULL, do_script);
    struct book b;
    book_read(&b, "w.xml");
    if (!b.well_formed || b.events.n != events)
        torture_fail("mended: %zu events, not %zu", b.events.n, events);
    book_expect_start(&b, &reference);
    book_release(&b);
    if (!somewhere(bad))
        torture_fail("the bad bytes are nowhere");
    goes_on(events);
}

static void kill_mending(void) {
    static const char bad[] = "half a wo";
    struct buf whole = torture_read("whole.xml"), torn = BUF_INIT;
    const char *end = strstr(whole.s, "</log>\n");
    buf_add(&torn, whole.s, (size_t)(end - whole.s));
    buf_addf(&torn, "<note n=\"%d\" id=\"torn.1\">%s", EDITS + 1, bad);
    tear(&torn, torn.len);
    n_cases = 0;
    n_calls = count_calls("w.xml", NULL, do_script);
    for (unsigned i = 1 + torture_random(step(3)); i <= n_calls; i += step(3)) {
        torture_try("mending, killed at call %u of %u", i, n_calls);
        tear(&torn, torn.len);
        kill_at(i, "w.xml", NULL, do_script, NULL);
        check_mended(EDITS, bad);
    }
    torture_say("mending a torn end, killed at %u calls: nothing lost", n_cases);
    buf_release(&whole);
    buf_release(&torn);
}

/* ---- recovering a file that is damaged in the middle */

/* Has all of the reference but the one event. */
static void expect_all_but(const char *path, const char *gone) {
    struct book b;
    size_t k = 0;
    book_read(&b, path);
    if (!b.well_formed)
        torture_fail("recovered, it is not well-formed");
    for (size_t i = 0; i < reference.events.n; i++) {
        const char *text = strchr(reference.events.v[i], ':');
        if (strstr(reference.events.v[i], gone))
            continue;
        while (k < b.events.n && strcmp(strchr(b.events.v[k], ':'), text) != 0)
            k++;
        if (k++ == b.events.n)
            torture_fail("recovered, it lacks “%.100s”", reference.events.v[i]);
    }
    book_release(&b);
}

static void damage(const struct buf *whole, const char *at) {
    struct buf b = BUF_INIT;
    buf_add(&b, whole->s, whole->len);
    memset(b.s + (at - whole->s), '<', 9);
    torture_remove("w.xml");
    torture_write("w.xml", b.s, b.len);
    buf_release(&b);
}

static void kill_recovery(void) {
    static const char *const recover[] = {"recover", "w.xml", NULL};
    struct buf whole = torture_read("whole.xml");
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){"recover", "--help", NULL});
    bool there = ran_ended(&r, 0);
    ran_release(&r);
    if (!there) {
        torture_say("this memobook has no `recover`: not tried");
        return;
    }
    const char *at = strstr(whole.s, "short 8");
    damage(&whole, at);
    n_cases = 0;
    n_calls = count_calls("w.xml", NULL, recover);
    expect_all_but("w.xml", "short 8");
    for (unsigned i = 1 + torture_random(step(3)); i <= n_calls; i += step(3)) {
        torture_try("recover, killed at call %u of %u", i, n_calls);
        damage(&whole, at);
        kill_at(i, "w.xml", NULL, recover, NULL);
        ran(&r, NULL, NULL, recover);
        ran_release(&r);
        expect_all_but("w.xml", "short 8");
        if (!somewhere("<<<<<<<<<"))
            torture_fail("the bad bytes are nowhere");
    }
    torture_say("recovering, killed at %u calls: nothing lost", n_cases);
    buf_release(&whole);
}

/* ---- a workbook is made */

static void kill_making(void) {
    static const char *const make[] = {"new", "memo.xml", "-o", "new.xml", NULL};
    struct stat st;
    n_cases = 0;
    torture_remove("new.xml");
    n_calls = count_calls("new.xml", NULL, make);
    for (unsigned i = 1; i <= n_calls; i++) {
        torture_try("new, killed at call %u of %u", i, n_calls);
        torture_remove("new.xml");
        kill_at(i, "new.xml", NULL, make, NULL);
        if (stat("new.xml", &st) < 0)
            ran_well(NULL, make);
        ran_well(NULL, (const char *[]){"do", "new.xml", "note A(a) first", NULL});
    }
    torture_say("making a workbook, killed at %u calls: whole or not there", n_cases);
}

int main(int argc, char **argv) {
    torture_begin("kill9", argc, argv);
    torture_make("pristine.xml");
    torture_script("script", EDITS);
    kill_edits();
    kill_mending();
    kill_recovery();
    kill_making();
    book_release(&reference);
    return torture_end();
}
