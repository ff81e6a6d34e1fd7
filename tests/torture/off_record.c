/*
 * off_record: what is typed off the record, on the real screen, is nowhere afterwards.
 *
 * Secrets are typed wherever something can be typed: found, given as commands that are
 * refused, pasted, recalled, cut and put back. After the switch back and the redraw that
 * comes with it, all memory that the program can write (what a core dump has) is read and
 * searched for any eight characters in a row of any of them: as UTF-8, UTF-16, wide
 * characters, bytes that each fill an int, and the cells of curses. So are all files
 * below the home folder, and a core dump where gcore can make one.
 *
 * That the search finds what is there is shown by a note typed on the record, before and
 * after, and by the first secret while it stands on the screen.
 */
#include "torture.h"

#include "base/mem.h"
#include "base/text.h"
#include "tests/journeys/terminal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    PIECE = 6,
    STRIDE = 3,
    TEXT_MAX = 400,
    TIMEOUT_MS = 20000,
    AFTER_ESC_MS = 60,
    REST_MS = 200,
    HUGE_MIB = 65536
};

static struct terminal term;

/* ---- the screen ---- */

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool on_screen(const char *text) {
    char row[TERMINAL_ROW_MAX];
    for (int y = 0; y < term.rows; y++) {
        terminal_row(&term, y, row, NULL);
        if (strstr(row, text))
            return true;
    }
    return false;
}

static _Noreturn void fail_screen(const char *what) {
    char row[TERMINAL_ROW_MAX];
    for (int y = 0; y < term.rows; y++) {
        terminal_row(&term, y, row, NULL);
        printf("%3d|%s\n", y + 1, row);
    }
    torture_fail("the screen never shows: %s", what);
}

static void await(const char *text) {
    for (int64_t end = now_ms() + TIMEOUT_MS; !on_screen(text);) {
        terminal_pump(&term, 1, 20);
        if (term.ended || now_ms() > end)
            fail_screen(text);
    }
}

static void await_gone(const char *text) {
    for (int64_t end = now_ms() + TIMEOUT_MS; on_screen(text);) {
        terminal_pump(&term, 1, 20);
        if (term.ended || now_ms() > end)
            fail_screen("(something else)");
    }
}

/* Until all keys were read and nothing was drawn for so long. */
static void settle(int ms) {
    for (int quiet = 0; quiet < ms;)
        quiet = terminal_pump(&term, 1, 5) || !terminal_drained(&term) ? 0 : quiet + 5;
}

static void keys(const char *names) {
    for (char name[32]; *names; names += strspn(names, " ")) {
        size_t len = strcspn(names, " ");
        snprintf(name, sizeof name, "%.*s", (int)len, names);
        if (!terminal_key(&term, name))
            torture_fail("no key is called %s", name);
        /* What follows Esc at once would be typed with Alt. */
        settle(strcmp(name, "Esc") == 0 ? AFTER_ESC_MS : 5);
        names += len;
    }
}

/* One key at a time, as a person types: each may leave something behind. */
static void type(const char *text) {
    for (size_t at = 0, used; text[at]; at += used) {
        text_decode(text + at, strlen(text) - at, &used);
        terminal_send(&term, text + at, used);
        terminal_pump(&term, 1, 0);
    }
    settle(5);
}

static void paste(const char *text) {
    if (!terminal_paste(&term, text, strlen(text)))
        torture_fail("the program takes no pastes");
    settle(5);
}

/* ---- searching ---- */

/* How the characters of a text may lie in memory. */
static const struct form {
    const char *name;
    bool bytes;          /* its units are the bytes of UTF-8, not code points */
    size_t size, stride; /* of a unit; from one to the next */
} forms[] = {
    {"UTF-8", true, 1, 1},
    {"UTF-16", false, 2, 2},
    {"wide characters", false, 4, 4},
    {"bytes in ints", true, 4, 4},
    {"cells of curses", false, 4, sizeof(cchar_t)},
};
enum { FORMS = sizeof forms / sizeof *forms };

struct window {
    uint32_t unit[PIECE];
    const char *text; /* it is of */
};

struct needles {
    VEC(struct window) windows;
    bool starts[65536]; /* by the low bytes of the first two units */
};

static size_t start_of(uint32_t a, uint32_t b) {
    return (a & 0xff) << 8 | (b & 0xff);
}

/* All windows of the text that start at every third unit: any eight units in a row have
 * one of them. */
static void add_needle(struct needles *n, const char *text, bool bytes) {
    uint32_t units[TEXT_MAX];
    size_t count = 0, len = strlen(text);
    for (size_t at = 0, used = 1; at < len; at += used)
        units[count++] =
            bytes ? (unsigned char)text[at] : text_decode(text + at, len - at, &used);
    for (size_t i = 0; i + PIECE <= count; i += STRIDE) {
        struct window w = {.text = text};
        memcpy(w.unit, units + i, sizeof w.unit);
        vec_push(&n->windows, w);
        n->starts[start_of(units[i], units[i + 1])] = true;
    }
}

static uint32_t unit_at(const char *p, size_t size) {
    uint32_t unit = 0;
    memcpy(&unit, p, size);
    return unit;
}

static const char *match(const struct needles *n, const struct form *f, const char *p) {
    for (size_t i = 0; i < n->windows.n; i++) {
        size_t same = 0;
        while (same < PIECE &&
               unit_at(p + same * f->stride, f->size) == n->windows.v[i].unit[same])
            same++;
        if (same == PIECE)
            return n->windows.v[i].text;
    }
    return NULL;
}

/* The text of which some characters stand in s in this form; NULL: of none. */
static const char *search(const char *s, size_t len, const struct needles *n,
                          const struct form *f, size_t *where) {
    size_t span = (PIECE - 1) * f->stride + f->size;
    for (size_t at = 0; at + span <= len; at++) {
        uint32_t a = unit_at(s + at, f->size), b = unit_at(s + at + f->stride, f->size);
        const char *text = n->starts[start_of(a, b)] ? match(n, f, s + at) : NULL;
        *where = at;
        if (text)
            return text;
    }
    return NULL;
}

struct finding {
    const char *text; /* NULL: nothing was found */
    const struct form *form;
    char place[512];
};

static void search_block(const char *s, size_t len, const struct needles n[2],
                         const char *place, struct finding *found) {
    for (size_t f = 0; f < FORMS && !found->text; f++) {
        size_t where;
        found->form = &forms[f];
        found->text = search(s, len, &n[forms[f].bytes], &forms[f], &where);
        if (found->text)
            snprintf(found->place, sizeof found->place, "%s, at %zu of %zu: %.24s", place,
                     where, len, s + where);
    }
}

static struct needles *needles_of(const char *const *texts) {
    struct needles *n = mem_zalloc(2 * sizeof *n);
    for (; *texts; texts++)
        for (int bytes = 0; bytes < 2; bytes++)
            add_needle(&n[bytes], *texts, bytes);
    return n;
}

static void needles_free(struct needles *n) {
    vec_release(&n[0].windows);
    vec_release(&n[1].windows);
    mem_free(n);
}

/* ---- memory ---- */

static size_t read_memory(int fd, unsigned long long from, char *s, size_t len) {
    size_t done = 0;
    while (done < len) {
        ssize_t n = pread(fd, s + done, len - done, (off_t)(from + done));
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    return done;
}

static int open_memory(const char *what, int flags) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)term.program, what);
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0 && (errno == EACCES || errno == EPERM || errno == ENOENT))
        torture_skip("the memory of another process cannot be read here");
    if (fd < 0)
        torture_fail("%s: %s", path, strerror(errno));
    return fd;
}

static void need_searchable_memory(void) {
    FILE *maps = fdopen(open_memory("maps", O_RDONLY), "r");
    unsigned long long from, to;
    char line[4096];
    while (fgets(line, sizeof line, maps))
        if (sscanf(line, "%llx-%llx", &from, &to) == 2 && (to - from) >> 20 >= HUGE_MIB)
            torture_skip("a sanitizer's memory is too large to search");
    fclose(maps);
}

/* All that the program can write. */
static struct finding search_memory(const char *const *texts, size_t *searched) {
    struct finding found = {0};
    struct needles *n = needles_of(texts);
    FILE *maps = fdopen(open_memory("maps", O_RDONLY), "r");
    int fd = open_memory("mem", O_RDONLY);
    char line[4096], mode[8];
    unsigned long long from, to;
    *searched = 0;
    while (!found.text && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%llx-%llx %7s", &from, &to, mode) != 3 || mode[1] != 'w')
            continue;
        char *s = mem_alloc(to - from);
        size_t len = read_memory(fd, from, s, to - from);
        line[strcspn(line, "\n")] = '\0';
        search_block(s, len, n, line, &found);
        *searched += len;
        mem_free(s);
    }
    close(fd);
    fclose(maps);
    needles_free(n);
    return found;
}

static void expect_in_memory(const char *text, bool there) {
    size_t searched;
    struct finding f = search_memory((const char *const[]){text, NULL}, &searched);
    if ((f.text != NULL) != there)
        torture_fail("“%s” is %s in memory (%zu bytes searched) %s %s", text,
                     there ? "not" : "still", searched, there ? "" : f.form->name,
                     f.place);
}

/* ---- files ---- */

static const struct needles *file_needles;
static struct finding in_files;
static unsigned files_searched;

static int search_file(const char *path, const struct stat *st, int kind,
                       struct FTW *where) {
    (void)st;
    (void)where;
    if (kind != FTW_F || in_files.text)
        return 0;
    struct buf b = torture_read(path);
    search_block(b.s, b.len, file_needles, path, &in_files);
    buf_release(&b);
    files_searched++;
    return 0;
}

static struct finding search_files(const char *const *texts) {
    struct needles *n = needles_of(texts);
    in_files = (struct finding){0};
    files_searched = 0;
    file_needles = n;
    nftw(".", search_file, 16, FTW_PHYS);
    needles_free(n);
    return in_files;
}

/* ---- what is typed ---- */

#define ON_RECORD "Kontrollwort auf dem Protokoll"
#define LATER "Spaeter kommt dieses dazu"
#define BEFORE "vorhin getippt"

static char marked[TEXT_MAX];

/* In small letters: what is looked for is folded. */
static const char *const secrets[] = {
    "gf5n5lt84hvbjvpg4wb6", /* 0: found, and the search left standing */
    "vm29d49lvphp6kww6vn2", /* 1: found, left with Esc */
    "kz7769j7k8q57kjvtp5b", /* 2: a note, refused */
    "b7ltlj4zps75ppdkfktj", /* 3: no command */
    "njtzz8bt2p72d83fq746", /* 4: the name of a place */
    "jthr72nd75qsq5d5hhgb", /* 5: pasted into a line */
    "gxs72gz8zt3pgwwgbb75", /* 6: pasted where nothing is typed */
    "ъявяшъъгязужчгырдчжнъфъквчсрлдхърпдрждщбгкллутдщшъэъзбугтрфы"
    "щмкърьювбксьэштгфщкз", /* 7: Cyrillic */
    "2fv5gr9j89jbljmvk6xn", /* 8: cut, and put back */
    "lwr8gc5ps3x8vr8vgwgv", /* 9: in the help */
    "vb9s6hzb67ghgtz5fwcn", /* 10: the name of a file */
    "zyZwYXzwyzYwZzyXwzZy", /* 11: keys that mean nothing */
    /* 12: longer than the screen is wide */
    "ngq2cd8wfpxcvjcdrrdkdwrc8xfk22xcxxqckcw9gmrgwfxmw83hfxx2jpfw4dxczjt3wr6nsxspmk7h46kd"
    "xmvt"
    "n5smzdfvrh6ngtrc3d6wx78nn4pztx7sd8dlt43dc54m2x38sm4q3pbsphzftcj6mg5kqq9tdhsqwlg8r9wl"
    "4rp3"
    "qkgdhgk3kbt8xhlmbgrwpzxng49vz235cs96937wqqqqft2qcjdjshfnzcfbxgwfpzbd9jzqg2lpzptff9ts"
    "ttmd",
    marked, /* 13: of letters with two marks each, which take many bytes in a row */
    NULL,
};

static void mark_letters(void) {
    static const char *const letters[] = {"щ", "ж", "ф", "э", "ц", "ю", "з", "ш"};
    struct buf b = BUF_INIT;
    for (uint32_t i = 0; i < 56; i++) {
        buf_puts(&b, letters[i * i * 7 % 61 % 8]);
        text_encode(&b, 0x300 + i * 5 % 7);
        text_encode(&b, 0x306 + i * 3 % 5);
    }
    snprintf(marked, sizeof marked, "%s", b.s);
    buf_release(&b);
}

static void find(const char *text, const char *then) {
    keys("/");
    await("find>");
    type(text);
    keys(then);
}

static void command(const char *name, const char *text) {
    keys(":");
    type(name);
    type(text);
    keys("Enter C-l Esc Esc");
}

static void type_secrets(void) {
    keys("P");
    await("s Save");
    keys("s C-u");
    type(secrets[10]);
    keys("C-l Esc Esc ?");
    find(secrets[9], "C-l Enter C-n Esc Esc");
    find(secrets[1], "C-l Esc");
    command("note A(a) ", secrets[2]);
    command("", secrets[3]);
    command("goto ", secrets[4]);
    keys("/");
    paste(secrets[5]);
    keys("C-l Esc");
    paste(secrets[6]);
    find(secrets[7], "C-l Enter Esc");
    find(secrets[8], "C-u C-y C-_ C-w C-y C-a C-k C-y Up Down C-l Esc");
    type(secrets[11]);
    keys("Esc Esc"); /* its letters were keys, and may have opened something */
    find(secrets[12], "C-l Home C-l End Enter Esc");
}

/* Of many lengths, since memory is given out by size: some of what is freed is not used
 * again. */
static void type_lengths(void) {
    size_t whole = strlen(secrets[12]);
    char part[TEXT_MAX];
    for (size_t len = 9; len < whole; len += 17) {
        snprintf(part, sizeof part, "%.*s", (int)len, secrets[12] + len % 31);
        keys(len % 2 ? "/" : ":");
        paste(len % 2 ? part : "note A(a) ");
        if (len % 2 == 0)
            paste(part);
        keys("Enter Esc Esc");
    }
}

/* Nothing of it comes back with Up, as what is typed on the record does. */
static void look_back(void) {
    keys("/ Up");
    if (on_screen(secrets[12]))
        torture_fail("a line typed off the record is recalled");
    keys("Esc :");
    keys("Up");
    if (on_screen(secrets[4]))
        torture_fail("a command typed off the record is recalled");
    keys("Esc");
}

static void open_program(int columns, int rows) {
    char *const argv[] = {getenv("MEMOBOOK"), (char[]){"w.xml"}, NULL};
    terminal_open(&term, rows, columns, argv);
    await(" saved");
    keys("g a a");
}

static void note(const char *text, const char *saved) {
    keys("n");
    type(text);
    keys("Enter");
    await(saved);
}

/* Off the record while a note is being typed. */
static void go_off(void) {
    keys("n");
    type(BEFORE);
    keys("M-o");
    await("OFF THE RECORD");
    if (!search_files((const char *const[]){BEFORE, NULL}).text)
        torture_fail("what was typed before is not kept as a draft");
}

static void go_back(void) {
    keys("O");
    await("Back on the record?");
    keys("y");
    await_gone("OFF THE RECORD");
    settle(REST_MS);
}

/* ---- what is left ---- */

static void expect_nothing(const char *what, struct finding f) {
    if (f.text)
        torture_fail("%s: “%.20s” as %s in %s", what, f.text, f.form->name, f.place);
}

/* A real one; false where none can be made. */
static bool expect_clean_core(void) {
    char command[256], core[64];
    snprintf(core, sizeof core, "core.%d", (int)term.program);
    snprintf(command, sizeof command, "gcore -o core %d >gcore.log 2>&1",
             (int)term.program);
    if (system(command) != 0 || access(core, R_OK) != 0)
        return false;
    expect_nothing("a core dump", search_files(secrets));
    if (!search_files((const char *const[]){ON_RECORD, NULL}).text)
        torture_fail("a core dump has nothing of what stands on the record");
    unlink(core);
    return true;
}

static void expect_log(void) {
    struct buf b = torture_read("w.xml");
    static const char *const has[] = {"<note",         ON_RECORD,      "<record",
                                      "state=\"off\"", "state=\"on\"", LATER};
    const char *at = b.s;
    for (size_t i = 0; i < sizeof has / sizeof *has; i++) {
        at = strstr(at, has[i]);
        if (!at)
            torture_fail("the workbook lacks %s", has[i]);
    }
    buf_release(&b);
    struct book book;
    book_read(&book, "w.xml");
    if (book.events.n != 4)
        torture_fail("%zu events, not 4: two notes and the switch", book.events.n);
    book_release(&book);
}

static void meeting(int columns, int rows) {
    size_t searched;
    torture_try("a terminal of %dx%d", columns, rows);
    torture_remove("w.xml");
    torture_make("w.xml");
    open_program(columns, rows);
    need_searchable_memory();
    note(ON_RECORD, "1 saved");
    expect_in_memory(ON_RECORD, true);
    expect_in_memory(LATER, false);
    go_off();
    find(secrets[0], "C-l");
    expect_in_memory(secrets[0], true);
    keys("Esc");
    type_secrets();
    look_back();
    type_lengths();
    find(secrets[0], "C-l Enter C-n");
    find(secrets[12], "C-l Enter C-n C-l");
    /* A screen with little on it: drawing it overwrites little. */
    keys("b :");
    type(secrets[13]);
    keys("C-l Esc");
    go_back();
    expect_nothing("memory", search_memory(secrets, &searched));
    expect_in_memory(ON_RECORD, true);
    bool core = expect_clean_core();
    keys("Esc n");
    await(BEFORE);
    keys("C-u");
    type(LATER);
    keys("Enter");
    await("4 saved");
    expect_in_memory(LATER, true);
    expect_nothing("memory", search_memory(secrets, &searched));
    keys("q");
    terminal_close(&term);
    expect_nothing("files", search_files(secrets));
    expect_log();
    torture_say("%dx%d: 14 secrets typed off the record; none in %zu MiB of memory, %s, "
                "%u files",
                columns, rows, searched >> 20, core ? "a core dump" : "(no gcore)",
                files_searched);
}

int main(int argc, char **argv) {
    torture_begin("off_record", argc, argv);
    char program[4096];
    if (!terminal_possible())
        torture_skip("there are no ptys");
    if (!realpath(getenv("MEMOBOOK"), program))
        torture_fail("$MEMOBOOK is not there");
    setenv("MEMOBOOK", program, 1);
    setenv("TERM", "xterm-256color", 1);
    text_locale();
    mark_letters();
    meeting(80, 24);
    if (torture_full) {
        meeting(200, 60);
        meeting(40, 10);
    }
    return torture_end();
}
