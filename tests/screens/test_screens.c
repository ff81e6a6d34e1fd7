/*
 * Golden screens: each screen drawn at a fixed size, its text and its attributes compared
 * with tests/screens/golden/NAME-COLUMNSxROWS.txt.
 *
 * REGENERATE=1 writes the golden files anew instead; read the difference before it is
 * committed. top_srcdir says where they are.
 */
#include "base/text.h"
#include "session/session.h"
#include "ui/ui_test.h"

#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *source = ".";
static char scratch[] = "/tmp/screens.XXXXXX";

/* What was recorded before a screen is drawn. */
static const char *const recorded[] = {
    "priority A(a) 2",
    "note A(a) @ru + Requests are answered within days",
    "priority A(b) 1",
    "note A(b) @yakushev - Article 32(b) reads data without asking the State",
    "note A(b) ! Draft a protocol; проект протокола, 议定书草案",
    "note A(b) ~ A remark that nobody shall be named for",
    "action A(b) @schmidt send the CERT contact list by 2011-12-20",
    "position A(b) ru Transborder access without the State is not acceptable.",
    "position A(b) us Consent of the lawful holder is enough.",
    "answer A(b) Article 32(b) is the main but not the only reason.",
    "answer A(b)2 No: the procedure of amendment counts as well.",
    "disposition A(b) bracketed",
    "disposition A(d) agreed No side has asked for a position on it",
    "answer B(e) A glossary of forty terms in three languages.",
    "priority B(e) 1",
    "disposition B(e) agreed-ad-referendum us ru Until both governments confirm it",
    "issue D Young people on line",
    "note D(g) ? Raised too late for today",
    "undo",
};

/* A room of fifteen, for the screens that have them: after the above. */
static const char *const room[] = {
    "sitting-open Day 1 morning",
    "person-add Anna KELLER, , civil society, facilitator",
    "person-add Michael YAKUSHEV, ru, business",
    "person-add Grace LEE, us, business",
    "person-add Karl SCHMIDT, us, government",
    "person-add Иван ПЕТРОВ, ru, government",
    "person-add Ольга Сидорова, ru, civil society",
    "person-add John SMITH, us, government",
    "person-add Helen SMITH, us, civil society",
    "person-add 王伟, us, business",
    "person-add Sergei MOROZOV, ru, government",
    "person-add Elena VOLKOVA, ru, business",
    "person-add Peter O'NEIL, us, civil society",
    "person-add Дмитрий ОРЛОВ, ru, civil society, rapporteur",
    "person-add Tom BAKER, us, government, observer",
    "person-add Maria IVANOVA, , , interpreter",
    "person-arrive all",
    "person-leave baker",
    "discuss A(b) start",
    "floor-give lee",
    "note A(b) + Consent is enough",
    "floor-give petrov",
    "floor-give keller",
    "floor-give yakushev",
    "floor-add schmidt",
    "floor-add Сидорова",
    "floor-reply lee",
    "floor-order petrov",
    "floor-last keller",
};

/* An answer with nested brackets, typed. */
#define HELD "'States [ru: shall | us: may [us: promptly | ru: ] and freely] act.'"

/* What was negotiated, for the screens that have it: after the above. */
static const char *const held[] = {
    "person-add Grace LEE, us, business",
    "position B(c) ru - No common principles without the United Nations",
    "position B(c) us ? Only where they are not binding",
    "readback B(e)",
    "assent B(e) us assent",
    "assent B(e) ru reservation Not before Moscow has seen it",
    "confirm B(e) us Cleared on 5 December",
    "answer B(e) A glossary of fifty terms in three languages.",
    "answer B(c) States shall [ru: not | us: , with consent, [us: promptly | ru: ]] act.",
    "disposition B(c) agreed The chair so ruled",
    "answer B(d)1 Yes [ru: surely",
    "subquestion B(d)3 not-applicable the first was answered yes",
    "disposition B(d) deferred @lee until the lawyers have answered",
    "sounding B(c) us 4",
    "sounding B(c) ru 2",
    "sounding B(c) lee 4",
    "action B(c) @lee send the text round by 2011-12-20",
    "support R(a) B(c) B(d) A(d)",
};

/* Keys are blank separated; 'text' in single quotes is typed; +12m lets time pass. */
enum { HELD_LOG = 2 };
static const struct {
    const char *name, *keys;
    int log; /* true: with the room; HELD_LOG: with what was negotiated */
} screens[] = {
    {"workbook-start", "", false},
    {"workbook-issue", "g a b", false},
    {"workbook-topic", "g b Enter", false},
    {"workbook-recommendation", "g r b", false},
    {"workbook-detail", "g a b Tab Down Down Down", false},
    {"workbook-full", "g a b Enter", false},
    {"workbook-view", "v b", false},
    {"workbook-order", "o p", false},
    {"menu-view", "v", false},
    {"menu-disposition", "g a b d", false},
    {"menu-position", "g a b p", false},
    {"line-note", "g a b n '@yak + first words, первые слова'", false},
    {"line-find", "/ 'terror'", false},
    {"found", "/ 'terror' Enter", false},
    {"line-palette", ": 'priority B(e) 1'", false},
    {"goto", "g b", false},
    {"editor-empty", "g a c a", false},
    {"editor-text",
     "g a c a 'A first paragraph that is longer than a row of the window.' "
     "Enter Enter 'Второй абзац. 第三段。'",
     false},
    {"editor-selection", "g b e a C-End S-Left S-Left S-Left S-Left S-Left", false},
    {"editor-abandon", "g a c a 'something' C-c", false},
    {"history-issue", "g a b H", false},
    {"history-all", "H H Up", false},
    {"background", "g a b b", false},
    {"help", "?", false},
    {"preview", "P", false},
    {"preview-markdown", "P f", false},
    {"preview-html", "P f f", false},
    {"preview-template", "P t", false},
    {"preview-sitting", "P n", true},
    {"preview-refused", "g a b n '+ as Schmidt said' Enter P", true},
    {"preview-refused-save", "g a b n '+ as Schmidt said' Enter P s", true},
    {"preview-leaks", "g a b n '+ as Schmidt said' Enter P l", true},
    {"preview-private", "P a v s", true},
    {"preview-save", "P s", false},
    {"error", ": 'priority Z(z) 1' Enter", false},
    {"people-empty", "m", false},
    {"people", "m", true},
    {"people-add", "m i 'Nora QUIST, us, civ'", true},
    {"people-correct", "m Down e", true},
    {"people-removed", "m Down Delete", true},
    {"floor-line", "g a b", true},
    {"floor-empty", "f", false},
    {"floor", "f", true},
    {"floor-moved", "f Down Down J", true},
    {"floor-add", "f s '王'", true},
    {"floor-newcomer", "f s 'Ivanov, ru' Enter", true},
    {"balance-side", "f b", true},
    {"balance-constituency", "f b b", true},
    {"name-several", "g a b n '@smi' Tab", true},
    {"name-hint", "g a b n '@ольга + то же'", true},
    {"sitting-none", "S", false},
    {"sitting-title", "S o", false},
    {"sitting-open", "S", true},
    {"sitting-until", "S u '+90' Enter S", true},
    {"sitting-adjourned", "S a S", true},
    {"timebox-line", "g a b t", true},
    {"clock-calm", "g a b t '60' Enter", true},
    {"clock-near", "g a b t '13' Enter", true},
    {"clock-over", "g a b t '15' Enter +5m", true},
    {"clock-elsewhere", "g a b t '15' Enter g c a +1m", true},
    {"clock-topic", "S u '+40' Enter g a Esc", true},
    {"pace-boxes", "T", false},
    {"pace-end", "g b b 1 S u '+40' Enter g c b 3 T", true},
    {"pace-heading", "S u '+40' Enter g c b", true},
    {"off-record", "O", true},
    {"off-record-refused", "g a b O n", false},
    {"off-record-back", "O O", false},
    {"attribution", "g a b Tab Down Down Down Down Down Down ~", true},
    {"readback", "g a c a " HELD " C-s R", false},
    {"readback-words", "g a c a " HELD " C-s R r 'Only with consent' Enter Down a", true},
    {"readback-changed", "g b e R a Esc a C-End ' In 2012.' C-s R", false},
    {"readback-broken", "g a c a 'All [us: may | ru: shall act.' C-s R", false},
    {"wordings", "g b e a C-End ' In 2012.' C-s w", false},
    {"wordings-first", "g b e a C-End ' In 2012.' C-s w Down", false},
    {"wordings-beside", "g b e a C-End ' In 2012.' C-s w s", false},
    {"wordings-restore", "g b e a C-End ' In 2012.' C-s w Down r", false},
    {"sounding", "g a b G 4 Down 2", false},
    {"sounding-people", "g a b G 4 Down 2 Down Down 5", true},
    {"parking",
     ": 'disposition A(c) deferred @schmidt until the letter is answered' Enter L", true},
    {"parking-empty", "L", false},
    {"agreed-outline", "g b c", HELD_LOG},
    {"agreed-all-the-same", "g b c Enter", HELD_LOG},
    {"agreed-entries", "g b c Enter End", HELD_LOG},
    {"agreed-clean", "g b c Enter C", HELD_LOG},
    {"agreed-as-side", "g b c Enter C C", HELD_LOG},
    {"agreed-done", "g b c Enter End D", HELD_LOG},
    {"agreed-ad-referendum", "g b e Enter", HELD_LOG},
    {"agreed-confirm", "g b e c", HELD_LOG},
    {"agreed-asked", "g a b d r", HELD_LOG},
    {"agreed-why", "g b a d a 'as the'", HELD_LOG},
    {"agreed-deferred", "g b d Enter", HELD_LOG},
    {"agreed-owner", "g a b d d '@l' Tab", HELD_LOG},
    {"agreed-brackets", "g b c r", HELD_LOG},
    {"agreed-resolve", "g b c r 1", HELD_LOG},
    {"agreed-third", "g b c r 1 = 'may'", HELD_LOG},
    {"agreed-sub", "g b d A", HELD_LOG},
    {"agreed-sub-state", "g b d A 2", HELD_LOG},
    {"agreed-sub-part", "g b d A 2 p 'the second'", HELD_LOG},
    {"agreed-support", "g r a s", HELD_LOG},
    {"agreed-rests-on", "g r a Enter", HELD_LOG},
    {"agreed-position", "g b c p r", HELD_LOG},
    {"agreed-editor", "g b d Tab a ' [us: no | ru: yes]'", HELD_LOG},
    {"agreed-editor-bracket", "g b e a S-Left S-Left M-b", HELD_LOG},
    {"agreed-editor-other", "g b e a S-Left S-Left S-Left M-b r 'x'", HELD_LOG},
    {"agreed-view-deferred", "v d", HELD_LOG},
    {"agreed-view-confirm", "v c", HELD_LOG},
    {"agreed-view-bracketed", "v b", HELD_LOG},
};

static const struct { int columns, rows; } sizes[] = {{80, 24}, {40, 10}};

enum {
    N_SCREENS = sizeof screens / sizeof *screens,
    N_SIZES = sizeof sizes / sizeof *sizes
};

struct picture {
    size_t screen, size;
};

/* ---- a workbook with something in it ---- */

static int64_t fixed_clock(void *ctx) {
    return *(const int64_t *)ctx;
}

static void record(struct session *s, const char *line) {
    struct command_line l = {0};
    struct err err = ERR_INIT;
    struct buf why = BUF_INIT;
    int result = command_parse(session_workbook(s), line, &l, &err);

    if (result == 0)
        result = session_run(s, l.command, &l.args, &err);
    if (result < 0) {
        err_format(&err, &why);
        fail_msg("%s: %s", line, why.s);
    }
    command_line_release(&l);
    err_release(&err);
}

static void record_all(struct session *s, const char *const *lines, size_t n,
                       int64_t *now) {
    for (size_t i = 0; i < n; i++) {
        record(s, lines[i]);
        *now += 60000;
    }
}

static struct session *open_session(int64_t *now, int log) {
    char memo[PATH_MAX], path[PATH_MAX];
    struct err err = ERR_INIT;

    snprintf(memo, sizeof memo, "%s/memos/supr-2011.xml", source);
    snprintf(path, sizeof path, "%s/supr-2011.workbook.xml", scratch);
    unlink(path);
    assert_int_equal(session_create(memo, path, &err), 0);
    struct session *s = session_open(path, SESSION_SCREEN, &err);
    assert_non_null(s);
    *now = INT64_C(1323167400000); /* 2011-12-06, 10:30 */
    session_set_clock(s, fixed_clock, now);
    record_all(s, recorded, sizeof recorded / sizeof *recorded, now);
    if (log == true)
        record_all(s, room, sizeof room / sizeof *room, now);
    if (log == HELD_LOG)
        record_all(s, held, sizeof held / sizeof *held, now);
    return s;
}

/* ---- keys ---- */

/* "+12m": so much later, with nothing typed. */
static bool pass(struct ui_test *t, const char *word, int64_t *now) {
    unsigned minutes;

    if (sscanf(word, "+%um", &minutes) != 1)
        return false;
    *now += (int64_t)minutes * 60000;
    ui_test_pause(t);
    return true;
}

static void press_all(struct ui_test *t, const char *keys, int64_t *now) {
    char word[256];
    while (*(keys += strspn(keys, " "))) {
        bool typed = *keys == '\'';
        size_t len = strcspn(keys += typed, typed ? "'" : " ");
        snprintf(word, sizeof word, "%.*s", (int)len, keys);
        if (typed)
            ui_test_type(t, word);
        else if (!pass(t, word, now))
            ui_test_keys(t, word);
        keys += len + typed;
    }
}

/* ---- pictures ---- */

static void paint(const struct picture *p, struct buf *out) {
    int64_t now;
    int y, x;
    struct session *s = open_session(&now, screens[p->screen].log);
    struct ui_test *t = ui_test_open(s, sizes[p->size].columns, sizes[p->size].rows);

    assert_non_null(t);
    press_all(t, screens[p->screen].keys, &now);
    buf_addf(out, "%s: %s\n", screens[p->screen].name, screens[p->screen].keys);
    ui_test_text(t, out);
    ui_test_attributes(t, out);
    ui_test_cursor(t, &y, &x);
    buf_addf(out, "cursor %d,%d\n", y, x);
    ui_test_close(t);
    session_close(s);
}

static void read_file(const char *path, struct buf *out) {
    char block[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail_msg("%s is missing; REGENERATE=1 makes it", path);
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
}

static void write_file(const char *path, const struct buf *b) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(b->s, 1, b->len, f), b->len);
    assert_int_equal(fclose(f), 0);
}

/* Says the first line that differs, and shows what was drawn. */
static void compare(const char *path, const struct buf *golden, const struct buf *drawn) {
    size_t at = 0;
    int line = 1;
    if (golden->len == drawn->len && memcmp(golden->s, drawn->s, drawn->len) == 0)
        return;
    for (; at < golden->len && at < drawn->len && golden->s[at] == drawn->s[at]; at++)
        line += golden->s[at] == '\n';
    while (at > 0 && golden->s[at - 1] != '\n')
        at--;
    fprintf(stderr, "%s", drawn->s);
    fail_msg("%s:%d differs\n golden: %.*s\n  drawn: %.*s", path, line,
             (int)strcspn(golden->s + at, "\n"), golden->s + at,
             (int)strcspn(drawn->s + at, "\n"), drawn->s + at);
}

static void check_picture(void **state) {
    const struct picture *p = *state;
    struct buf drawn = BUF_INIT, golden = BUF_INIT;
    char path[PATH_MAX];
    const char *again = getenv("REGENERATE");

    paint(p, &drawn);
    snprintf(path, sizeof path, "%s/tests/screens/golden/%s-%dx%d.txt", source,
             screens[p->screen].name, sizes[p->size].columns, sizes[p->size].rows);
    if (again != NULL && *again != '\0') {
        write_file(path, &drawn);
    } else {
        read_file(path, &golden);
        compare(path, &golden, &drawn);
    }
    buf_release(&drawn);
    buf_release(&golden);
}

/* ---- */

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *where) {
    (void)st;
    (void)where;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static void clean_up(void) {
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void set_up(void) {
    if (mkdtemp(scratch) == NULL) {
        perror(scratch);
        exit(1);
    }
    atexit(clean_up);
    if (getenv("top_srcdir") != NULL)
        source = getenv("top_srcdir");
    setenv("HOME", scratch, 1);
    setenv("XDG_STATE_HOME", scratch, 1);
    setenv("XDG_DATA_HOME", scratch, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    unsetenv("NO_COLOR");
    tzset();
    text_locale();
}

int main(void) {
    static struct picture pictures[N_SCREENS * N_SIZES];
    static char names[N_SCREENS * N_SIZES][64];
    static struct CMUnitTest tests[N_SCREENS * N_SIZES];

    set_up();
    for (size_t i = 0; i < N_SCREENS * N_SIZES; i++) {
        pictures[i] = (struct picture){i / N_SIZES, i % N_SIZES};
        snprintf(names[i], sizeof names[i], "%s %dx%d", screens[i / N_SIZES].name,
                 sizes[i % N_SIZES].columns, sizes[i % N_SIZES].rows);
        tests[i] = (struct CMUnitTest){names[i], check_picture, NULL, NULL, &pictures[i]};
    }
    return cmocka_run_group_tests_name("screens", tests, NULL, NULL) != 0;
}
