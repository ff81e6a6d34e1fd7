/*
 * kill9_screen: the screen on a terminal, notes typed as fast as it takes them, killed
 * (SIGKILL) at a random moment, many times over in the same workbook.
 *
 * What must hold each time: every note that the header counted as saved is there, in the
 * order in which they were typed, each whole, and none that was not typed.
 */
#include "torture.h"

#include "base/mem.h"
#include "tests/journeys/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Notes typed ahead of the header's count; a number that is ten or more ahead of it is
 * half drawn. */
enum { AHEAD = 6, HALF_DRAWN = 10 };

static unsigned recorded; /* in the workbook, before this run */

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The number in the header, or `before` where it shows none that can be. */
static unsigned shown(const struct terminal *t, unsigned before) {
    char row[TERMINAL_ROW_MAX];
    terminal_row(t, 0, row, NULL);
    const char *at = strstr(row, " saved");
    if (!at)
        return before;
    const char *from = at;
    while (from > row && from[-1] >= '0' && from[-1] <= '9')
        from--;
    unsigned n = (unsigned)strtoul(from, NULL, 10);
    return from < at && n > before && n < before + HALF_DRAWN ? n : before;
}

static void type_note(struct terminal *t, unsigned n) {
    char keys[128];
    int len = snprintf(keys, sizeof keys, "nnote %u: слова 文字 end of %u\r", n, n);
    terminal_send(t, keys, (size_t)len);
}

/* Waits for the first screen: what is typed before it is nobody's note. */
static void await_screen(struct terminal *t) {
    char row[TERMINAL_ROW_MAX];
    for (int64_t end = now_us() + 20000000;;) {
        terminal_pump(t, 1, 20);
        terminal_row(t, 0, row, NULL);
        if (strstr(row, " saved"))
            return;
        if (t->ended || now_us() > end)
            torture_fail("the screen did not come: %s", row);
    }
}

/* Returns how many the header showed. */
static unsigned type_until(struct terminal *t, int64_t end, unsigned *typed) {
    unsigned saved = recorded;
    while (now_us() < end) {
        while (*typed < saved + AHEAD)
            type_note(t, ++*typed);
        terminal_pump(t, 1, 1);
        saved = shown(t, saved);
    }
    return saved;
}

static unsigned read_notes(unsigned saved, unsigned typed) {
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){"log", "--json", "w.xml", NULL});
    if (!ran_ended(&r, 0))
        torture_fail("log: %s", r.wrong.s);
    unsigned count = 0, n, m;
    for (const char *p = r.said.s; (p = strstr(p, "\"text\":")); p++) {
        p = strchr(p + strlen("\"text\""), '"');
        if (sscanf(p, "\"note %u: слова 文字 end of %u\"", &n, &m) != 2 || n != m ||
            n != count + 1)
            torture_fail("event %u is not the note that was typed: %.60s", count + 1, p);
        count++;
    }
    ran_release(&r);
    if (count < saved || count > typed)
        torture_fail("%u saved, as the screen says; %u typed; %u are there", saved, typed,
                     count);
    return count;
}

static unsigned kill_once(int64_t after) {
    struct terminal t;
    char *const argv[] = {getenv("MEMOBOOK"), (char[]){"w.xml"}, NULL};
    terminal_open(&t, 24, 100, argv);
    await_screen(&t);
    terminal_send(&t, "gaa", 3);
    unsigned typed = recorded, saved = type_until(&t, now_us() + after, &typed);
    kill(t.program, SIGKILL);
    while (!t.ended)
        terminal_pump(&t, 1, 20);
    saved = shown(&t, saved);
    terminal_close(&t);
    unsigned before = recorded;
    recorded = read_notes(saved, typed);
    return recorded - before;
}

int main(int argc, char **argv) {
    torture_begin("kill9_screen", argc, argv);
    char program[4096];
    if (!terminal_possible())
        torture_skip("there are no ptys");
    if (!realpath(getenv("MEMOBOOK"), program))
        torture_fail("$MEMOBOOK is not there");
    setenv("MEMOBOOK", program, 1);
    setenv("TERM", "xterm-256color", 1);
    unsigned kills = torture_full ? 520 : 12, total = 0, books = 0;
    for (unsigned i = 0; i < kills; i++) {
        if (i % 40 == 0) {
            torture_remove("w.xml");
            torture_make("w.xml");
            recorded = 0;
            books++;
        }
        int64_t after = torture_random(60000);
        torture_try("kill %u, after %lld us of typing", i, (long long)after);
        total += kill_once(after);
        if (recorded > 0 && i % 8 == 0) {
            struct book b;
            ran_well(NULL, (const char *[]){"check", "w.xml", NULL});
            book_read(&b, "w.xml");
            if (!b.well_formed || b.bad_seals || b.events.n != recorded)
                torture_fail("the workbook is not sound");
            book_release(&b);
        }
    }
    torture_say("%u kills at random moments, %u notes in %u workbooks: nothing lost "
                "(seed %llu)",
                kills, total, books, (unsigned long long)torture_seed());
    return torture_end();
}
