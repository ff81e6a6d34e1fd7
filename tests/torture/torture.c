#include "torture.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <zlib.h>

bool torture_full;
char torture_scratch[4096];

static const char *test_name = "torture";
static char trying[512], program[PATH_MAX], library[PATH_MAX];
static uint64_t seed, state;

/* ---- telling */

__attribute__((format(printf, 3, 0))) static void say(FILE *to, const char *word,
                                                      const char *fmt, va_list ap) {
    fprintf(to, "%s: %s", test_name, word);
    vfprintf(to, fmt, ap);
    fputc('\n', to);
    fflush(to);
}

void torture_say(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(stdout, "", fmt, ap);
    va_end(ap);
}

void torture_try(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(trying, sizeof trying, fmt, ap);
    va_end(ap);
}

_Noreturn void torture_fail(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(stdout, "FAILED: ", fmt, ap);
    va_end(ap);
    printf("%s:   trying %s (seed %llu; see %s)\n", test_name, trying,
           (unsigned long long)seed, torture_scratch);
    exit(1);
}

_Noreturn void torture_skip(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(stdout, "skipped: ", fmt, ap);
    va_end(ap);
    if (*torture_scratch)
        torture_end();
    exit(77);
}

/* ---- random numbers, the same for the same seed */

uint64_t torture_seed(void) {
    return seed;
}

void torture_set_seed(uint64_t s) {
    state = s * 0x9E3779B97F4A7C15u + 1;
}

uint32_t torture_random(uint32_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static void choose_seed(void) {
    const char *s = getenv("TORTURE_SEED");
    if (s && strcmp(s, "random") == 0)
        seed = (uint64_t)time(NULL) ^ ((uint64_t)getpid() << 20);
    else
        seed = s && *s ? strtoull(s, NULL, 10) : 1;
    torture_set_seed(seed);
}

/* ---- beginning and end */

static void absolute(const char *name, const char *otherwise, char out[PATH_MAX]) {
    const char *path = getenv(name);
    if (!path || !*path)
        path = otherwise;
    if (!realpath(path, out)) {
        *torture_scratch = '\0';
        torture_skip("%s (%s): %s", path, name, strerror(errno));
    }
}

void torture_begin(const char *name, int argc, char **argv) {
    const char *dir = getenv("TORTURE_DIR");
    test_name = name;
    torture_full = argc > 1 && strcmp(argv[1], "full") == 0;
    choose_seed();
    absolute("MEMOBOOK", "./memobook", program);
    snprintf(torture_scratch, sizeof torture_scratch, "%s/memobook-torture-XXXXXX",
             dir && *dir ? dir : "/tmp");
    if (!mkdtemp(torture_scratch) || chdir(torture_scratch) < 0)
        torture_fail("%s: %s", torture_scratch, strerror(errno));
    char real[PATH_MAX];
    if (realpath(".", real))
        snprintf(torture_scratch, sizeof torture_scratch, "%s", real);
    setenv("HOME", torture_scratch, 1);
    unsetenv("XDG_STATE_HOME");
    setenv("LC_ALL", "C.UTF-8", 1);
}

int torture_end(void) {
    if (chdir("/") == 0)
        torture_shell("rm -rf '%s'", torture_scratch);
    return 0;
}

/* ---- files */

void torture_write(const char *path, const char *s, size_t len) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || pwrite(fd, s, len, 0) != (ssize_t)len || close(fd) < 0)
        torture_fail("%s: %s", path, strerror(errno));
}

struct buf torture_read(const char *path) {
    struct buf b = BUF_INIT;
    char s[65536];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        torture_fail("%s: %s", path, strerror(errno));
    for (ssize_t n; (n = read(fd, s, sizeof s)) > 0;)
        buf_add(&b, s, (size_t)n);
    close(fd);
    return b;
}

void torture_copy(const char *from, const char *to) {
    struct buf b = torture_read(from);
    torture_write(to, b.s, b.len);
    buf_release(&b);
}

char *torture_find(const char *start, const char *has, unsigned i) {
    char *found = NULL;
    DIR *d = opendir(".");
    for (struct dirent *e; d && !found && (e = readdir(d));)
        if (strncmp(e->d_name, start, strlen(start)) == 0 &&
            strstr(e->d_name + strlen(start), has) && i-- == 0)
            found = mem_strdup(e->d_name);
    if (d)
        closedir(d);
    return found;
}

void torture_remove(const char *start) {
    DIR *d = opendir(".");
    for (struct dirent *e; d && (e = readdir(d));)
        if (strncmp(e->d_name, start, strlen(start)) == 0 && *e->d_name != '.')
            unlinkat(AT_FDCWD, e->d_name, 0);
    if (d)
        closedir(d);
}

void torture_shell(const char *fmt, ...) {
    struct buf b = BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(&b, fmt, ap);
    va_end(ap);
    if (system(b.s) != 0)
        torture_fail("sh: %s", b.s);
    buf_release(&b);
}

/* ---- the program */

void torture_run_instead(const char *path) {
    absolute("MEMOBOOK", "./memobook", program);
    if (path)
        snprintf(program, sizeof program, "%s", path);
}

static void set(const char *name, const char *value) {
    if (value)
        setenv(name, value, 1);
}

static void put_plan(const struct plan *p) {
    char number[32], path[PATH_MAX * 2];
    if (!p)
        return;
    snprintf(path, sizeof path, "%s%s%s", *p->path == '/' ? "" : torture_scratch,
             *p->path == '/' ? "" : "/", p->path);
    snprintf(number, sizeof number, "%u", p->at);
    set("LD_PRELOAD", library);
    set("TORTURE_PATH", path);
    set("TORTURE_ON", p->on);
    set("TORTURE_CALLS", p->calls);
    set("TORTURE_DO", p->what);
    set("TORTURE_FOR", p->times);
    set("TORTURE_JOURNAL", p->journal);
    set("TORTURE_AT", number);
    /* With another library before it ASan refuses to start, and need not. */
    set("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0");
}

static _Noreturn void exec(const struct plan *p, const char *const *args) {
    const char *argv[16] = {program};
    for (size_t i = 0; args[i] && i < 14; i++)
        argv[i + 1] = args[i];
    put_plan(p);
    execv(program, (char *const *)(uintptr_t)argv);
    _exit(127);
}

void ran_start(struct ran *r, const struct plan *p, const char *input,
               const char *const *args) {
    int in[2] = {-1, -1}, out[2];
    *r = (struct ran){.in = -1};
    r->said = r->wrong = (struct buf)BUF_INIT;
    if (p && !*library)
        absolute("TORTURE_INTERPOSE", "./interpose.so", library);
    if (pipe2(out, O_CLOEXEC) < 0 || (!input && pipe2(in, O_CLOEXEC) < 0))
        torture_fail("pipe: %s", strerror(errno));
    r->pid = fork();
    if (r->pid < 0)
        torture_fail("fork: %s", strerror(errno));
    if (r->pid == 0) {
        int from = input ? open(input, O_RDONLY) : in[0];
        int err = open(".stderr", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (from < 0 || err < 0 || dup2(from, 0) < 0 || dup2(out[1], 1) < 0 ||
            dup2(err, 2) < 0)
            _exit(127);
        exec(p, args);
    }
    if (!input)
        close(in[0]);
    close(out[1]);
    r->in = in[1];
    r->out = out[0];
}

static void count_saved(struct ran *r) {
    r->saved = r->last = 0;
    for (const char *p = r->said.s; *p;) {
        const char *end = strchr(p, '\n');
        unsigned n;
        if (!end)
            break;
        if (sscanf(p, "saved %u", &n) == 1) {
            if (r->saved > 0 && n != r->last + 1)
                torture_fail("saved %u after saved %u", n, r->last);
            r->saved++;
            r->last = n;
        }
        p = end + 1;
    }
}

static bool hear(struct ran *r) {
    char s[4096];
    ssize_t n;
    do
        n = read(r->out, s, sizeof s);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return false;
    buf_add(&r->said, s, (size_t)n);
    return true;
}

bool ran_do(struct ran *r, const char *line) {
    size_t before = r->said.len;
    signal(SIGPIPE, SIG_IGN);
    if (write(r->in, line, strlen(line)) < 0 || write(r->in, "\n", 1) < 0)
        return false;
    while (!memchr(r->said.s + before, '\n', r->said.len - before))
        if (!hear(r))
            return false;
    count_saved(r);
    return true;
}

void ran_finish(struct ran *r) {
    if (r->in >= 0)
        close(r->in);
    while (hear(r))
        continue;
    close(r->out);
    while (waitpid(r->pid, &r->status, 0) < 0 && errno == EINTR)
        continue;
    r->wrong = torture_read(".stderr");
    count_saved(r);
    if (WIFSIGNALED(r->status) && WTERMSIG(r->status) != SIGKILL)
        torture_fail("it died of signal %d: %s", WTERMSIG(r->status), r->wrong.s);
    if (ran_ended(r, 127))
        torture_fail("%s cannot be run", program);
}

void ran_release(struct ran *r) {
    buf_release(&r->said);
    buf_release(&r->wrong);
}

void ran(struct ran *r, const struct plan *p, const char *input,
         const char *const *args) {
    ran_start(r, p, input ? input : "/dev/null", args);
    ran_finish(r);
}

bool ran_killed(const struct ran *r) {
    return WIFSIGNALED(r->status) && WTERMSIG(r->status) == SIGKILL;
}

bool ran_ended(const struct ran *r, int status) {
    return WIFEXITED(r->status) && WEXITSTATUS(r->status) == status;
}

void ran_well(const char *input, const char *const *args) {
    struct ran r;
    ran(&r, NULL, input, args);
    if (!ran_ended(&r, 0))
        torture_fail("%s %s: status %#x: %s%s", args[0], args[1], (unsigned)r.status,
                     r.said.s, r.wrong.s);
    ran_release(&r);
}

/* ---- the journal */

bool journal_next(const struct buf *journal, size_t *pos, struct call *c) {
    const char *line = journal->s + *pos;
    if (*pos >= journal->len)
        return false;
    const char *end = memchr(line, '\n', journal->len - *pos);
    if (!end || sscanf(line, "%31s %255s %lld %zu %ld", c->name, c->where, &c->at,
                       &c->len, &c->result) != 5)
        torture_fail("the journal cannot be read at %zu", *pos);
    c->bytes = end + 1;
    *pos = (size_t)(end + 1 - journal->s);
    if ((strcmp(c->name, "pwrite") == 0 || strcmp(c->name, "write") == 0) &&
        c->result > 0)
        *pos += (size_t)c->result;
    return true;
}

void journal_mark(const char *path, const char *name, unsigned number) {
    char line[64];
    int n = snprintf(line, sizeof line, "%s . %u 0 0\n", name, number);
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0 || write(fd, line, (size_t)n) != n || close(fd) < 0)
        torture_fail("%s: %s", path, strerror(errno));
}

/* ---- workbooks */

static void add_event(struct book *b, const xmlNode *e) {
    struct buf s = BUF_INIT;
    buf_puts(&s, (const char *)e->name);
    for (const xmlAttr *a = e->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        xmlChar *value = xmlNodeListGetString(e->doc, a->children, 1);
        /* Those that differ from run to run. */
        if (strcmp(name, "id") != 0 && strcmp(name, "at") != 0 &&
            strcmp(name, "crc") != 0 && strcmp(name, "event") != 0)
            buf_addf(&s, " %s=%s", name, value ? (const char *)value : "");
        xmlFree(value);
    }
    xmlChar *text = xmlNodeGetContent(e);
    buf_addf(&s, ": %s", (const char *)text);
    xmlFree(text);
    vec_push(&b->events, buf_detach(&s));
}

static const xmlNode *child(const xmlNode *of, const char *name) {
    const xmlNode *n = of ? of->children : NULL;
    while (n && strcmp((const char *)n->name, name) != 0)
        n = n->next;
    return n;
}

/* The crc, computed anew from the line as the format says. */
static bool seal_right(const char *line, size_t len) {
    const char *crc = memmem(line, len, " crc=\"", 6);
    if (!crc)
        return false;
    uLong sum = crc32(0, (const Bytef *)line, (uInt)(crc - line));
    const char *rest = crc + 6 + 8 + 1;
    if (rest > line + len)
        return false;
    sum = crc32(sum, (const Bytef *)rest, (uInt)(line + len - rest));
    return strtoul(crc + 6, NULL, 16) == sum;
}

static void check_seals(struct book *b, const struct buf *bytes) {
    const char *p = strstr(bytes->s, "<log>\n");
    for (p = p ? p + 6 : NULL; p && *p && strncmp(p, "</log>", 6) != 0;) {
        size_t len = strcspn(p, "\n");
        b->bad_seals += !seal_right(p, len);
        p += len + (p[len] != '\0');
    }
}

static void silent(void *ctx, const char *fmt, ...) {
    (void)ctx, (void)fmt;
}

void book_read(struct book *b, const char *path) {
    struct buf bytes = torture_read(path);
    *b = (struct book){0};
    xmlSetGenericErrorFunc(NULL, silent);
    xmlDoc *doc = xmlReadMemory(bytes.s, (int)bytes.len, path, NULL,
                                XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *log = child(root, "log");
    b->well_formed = log && child(root, "memo") && !memchr(bytes.s, '\0', bytes.len);
    for (const xmlNode *e = log ? log->children : NULL; e; e = e->next)
        if (e->type == XML_ELEMENT_NODE)
            add_event(b, e);
    if (b->well_formed)
        check_seals(b, &bytes);
    xmlFreeDoc(doc);
    buf_release(&bytes);
}

void book_release(struct book *b) {
    for (size_t i = 0; i < b->events.n; i++)
        free(b->events.v[i]);
    vec_release(&b->events);
}

void book_expect_start(const struct book *b, const struct book *all) {
    if (b->bad_seals)
        torture_fail("%u events have no right seal", b->bad_seals);
    if (b->events.n > all->events.n)
        torture_fail("%zu events, and %zu were to be", b->events.n, all->events.n);
    for (size_t i = 0; i < b->events.n; i++)
        if (strcmp(b->events.v[i], all->events.v[i]) != 0)
            torture_fail("event %zu is “%.300s”, not “%.300s”", i + 1, b->events.v[i],
                         all->events.v[i]);
}

/* ---- what is tortured */

static const char memo[] =
    "<memo xmlns='urn:memobook:1' version='1'><head><title>T</title>"
    "<side id='us'>United States</side><side id='ru'>Россия</side></head>"
    "<topics><topic><title>Framework</title><p>Background of A</p>"
    "<issue><p>First question?</p></issue>"
    "<issue to='ru'><p>Why?</p><p>Is it the only one?</p></issue></topic>"
    "<topic><title>Steps</title><issue><p>Émile asks</p></issue>"
    "<issue priority='2'><p>Второй вопрос</p></issue>"
    "<issue><p>A glossary</p></issue></topic></topics>"
    "<recommendations><recommendation to='us ru'><p>Do it</p></recommendation>"
    "</recommendations></memo>\n";

void torture_make(const char *path) {
    torture_write("memo.xml", memo, sizeof memo - 1);
    ran_well(NULL, (const char *[]){"new", "memo.xml", "-o", path, NULL});
}

static void add_edit(struct buf *b, unsigned i) {
    switch (i % 8) {
    case 0:
        buf_addf(b, "note A(a) short %u", i);
        break;
    case 1:
        buf_addf(b, "answer A(b) Ответ %u <в> двух\\nстроках & 回答", i);
        break;
    case 2:
        buf_addf(b, "priority B(a) %u", i / 8 % 2 ? 1 : 3);
        break;
    case 3:
        buf_addf(b, "position B(b) us Position %u", i);
        break;
    case 4:
        buf_puts(b, "undo");
        break;
    case 5:
        buf_puts(b, "redo");
        break;
    case 6:
        buf_addf(b, "action B(c) @schmidt thing %u by 2011-12-20", i);
        break;
    default:
        buf_addf(b, "issue A Raised in the room, %u", i);
    }
}

/* Long texts among short ones, so that the runway ends more than once. */
static void add_command(struct buf *b, unsigned i) {
    add_edit(b, i);
    for (unsigned k = 0; (i % 8 == 0 || i % 8 == 3) && k < 150 * (i % 5); k++)
        buf_addf(b, " слово %u 文字", k);
    buf_putc(b, '\n');
}

void torture_script(const char *path, unsigned count) {
    struct buf b = BUF_INIT;
    for (unsigned i = 0; i < count; i++)
        add_command(&b, i);
    torture_write(path, b.s, b.len);
    buf_release(&b);
}
