/* mem, arena, vec, buf, err; of text, what needs no more. */
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* ---- mem ---- */

static void mem_gives_zeroed_and_empty(void **state) {
    (void)state;
    unsigned char *z = mem_zalloc(100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(z[i], 0);
    free(z);
    void *none = mem_alloc(0);
    assert_non_null(none);
    free(none);
}

static void mem_copies_strings(void **state) {
    (void)state;
    char *s = mem_strdup("Юлия");
    assert_string_equal(s, "Юлия");
    free(s);
    s = mem_strndup("abc\0def", 7);
    assert_memory_equal(s, "abc\0def", 8);
    free(s);
}

static void mem_wipes(void **state) {
    (void)state;
    char s[] = "secret";
    mem_wipe(s, sizeof s);
    for (size_t i = 0; i < sizeof s; i++)
        assert_int_equal(s[i], 0);
}

static void say_hook(void) {
    ssize_t n = write(STDOUT_FILENO, "hook\n", 5);
    (void)n;
}

/* Runs f in a child whose output it reads; the exit status. */
static int run_apart(void (*f)(void), char *out, size_t size) {
    int fd[2], status = 0;
    assert_int_equal(pipe(fd), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(fd[1], STDOUT_FILENO);
        dup2(fd[1], STDERR_FILENO);
        f();
        _exit(0);
    }
    close(fd[1]);
    size_t n = 0;
    for (ssize_t got; n + 1 < size && (got = read(fd[0], out + n, size - n - 1)) > 0;)
        n += (size_t)got;
    out[n] = '\0';
    close(fd[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow_array(void) {
    mem_on_exhausted(say_hook);
    free(mem_array(NULL, SIZE_MAX / 2, 3));
}

static void overflow_buf(void) {
    struct buf b = BUF_INIT;
    mem_on_exhausted(NULL);
    buf_reserve(&b, SIZE_MAX - 1);
}

static void mem_exhausted_calls_the_hook_and_exits(void **state) {
    (void)state;
    char out[300];
    assert_int_equal(run_apart(overflow_array, out, sizeof out), 1);
    assert_string_equal(out,
                        "hook\nmemobook: out of memory; all that was saved is on disk\n");
    assert_int_equal(run_apart(overflow_buf, out, sizeof out), 1);
    assert_string_equal(out, "memobook: out of memory; all that was saved is on disk\n");
}

/* ---- arena ---- */

static void arena_aligns_and_keeps(void **state) {
    (void)state;
    struct arena a = {0};
    char *strings[500];
    for (size_t i = 0; i < 500; i++) {
        char s[32];
        snprintf(s, sizeof s, "%zu-%0*d", i, (int)(i % 13), 7);
        strings[i] = arena_strdup(&a, s);
        double *d = arena_zalloc(&a, sizeof *d * (1 + i % 5));
        assert_int_equal((uintptr_t)d % _Alignof(max_align_t), 0);
        assert_true(*d == 0);
        *d = 1;
    }
    for (size_t i = 0; i < 500; i++)
        assert_int_equal(strtoul(strings[i], NULL, 10), i);
    arena_release(&a);
    assert_null(a.block);
    arena_release(&a);
}

static void arena_takes_big_objects(void **state) {
    (void)state;
    struct arena a = {0};
    char *small = arena_strdup(&a, "small");
    char *big = arena_zalloc(&a, 1 << 20);
    char *after = arena_strndup(&a, "after this", 5);
    memset(big, 'x', 1 << 20);
    assert_string_equal(small, "small");
    assert_string_equal(after, "after");
    assert_non_null(arena_alloc(&a, 0));
    arena_release(&a);
}

static void arena_is_ready_after_release(void **state) {
    (void)state;
    struct arena a = {0};
    for (int i = 0; i < 3; i++) {
        memset(arena_alloc(&a, 64 * 1024), 1, 64 * 1024);
        memset(arena_alloc(&a, 1), 1, 1);
        arena_release(&a);
    }
}

/* ---- vec ---- */

static void vec_pushes_inserts_removes(void **state) {
    (void)state;
    VEC(int) v = {0};
    for (int i = 0; i < 100; i++)
        vec_push(&v, i);
    assert_int_equal(v.n, 100);
    assert_true(v.cap >= v.n);
    vec_insert(&v, 0, -1);
    vec_insert(&v, v.n, 100);
    vec_insert(&v, 51, 1000);
    assert_int_equal(v.n, 103);
    assert_int_equal(v.v[0], -1);
    assert_int_equal(v.v[50], 49);
    assert_int_equal(v.v[51], 1000);
    assert_int_equal(v.v[52], 50);
    assert_int_equal(v.v[102], 100);
    vec_remove(&v, 51);
    vec_remove(&v, 0);
    vec_remove(&v, v.n - 1);
    assert_int_equal(v.n, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(v.v[i], i);
    vec_release(&v);
    assert_null(v.v);
    assert_int_equal(v.n + v.cap, 0);
}

static void vec_reserves_once(void **state) {
    (void)state;
    VEC(char) v = {0};
    vec_reserve(&v, 1000);
    const char *before = v.v;
    for (int i = 0; i < 1000; i++)
        vec_push(&v, 'a');
    assert_ptr_equal(before, v.v);
    vec_release(&v);
}

/* ---- buf ---- */

static void buf_begins_empty_without_memory(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    assert_string_equal(b.s, "");
    buf_add(&b, NULL, 0);
    buf_fill(&b, 'x', 0);
    buf_cut(&b, 0);
    assert_int_equal(b.cap, 0);
    char *s = buf_detach(&b);
    assert_string_equal(s, "");
    free(s);
    buf_release(&b);
}

static void buf_adds_all_sorts(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_puts(&b, "one");
    buf_putc(&b, '\0');
    buf_add(&b, "two", 2);
    buf_fill(&b, '-', 3);
    buf_addf(&b, "%d %s", 42, "три");
    assert_int_equal(b.len, 3 + 1 + 2 + 3 + 2 + 1 + 6);
    assert_memory_equal(b.s, "one\0tw---42 три", b.len + 1);
    buf_cut(&b, 4);
    assert_memory_equal(b.s, "one\0", 5);
    buf_clear(&b);
    assert_string_equal(b.s, "");
    buf_release(&b);
    assert_ptr_equal(b.s, buf_empty);
}

static void buf_grows_and_stays_terminated(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < 5000; i++) {
        buf_putc(&b, (char)('a' + i % 26));
        assert_int_equal(b.len, i + 1);
        assert_int_equal(b.s[b.len], '\0');
    }
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(b.s[i], 'a' + i % 26);
    char *s = buf_detach(&b);
    assert_int_equal(strlen(s), 5000);
    assert_int_equal(b.len + b.cap, 0);
    free(s);
}

static void buf_formats_long_text(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_puts(&b, "<");
    buf_addf(&b, "%5000s>", "x");
    assert_int_equal(b.len, 5002);
    assert_int_equal(b.s[5000], 'x');
    assert_string_equal(b.s + 5001, ">");
    buf_release(&b);
}

/* ---- err ---- */

static void assert_err(const struct err *e, const char *want) {
    struct buf b = BUF_INIT;
    err_format(e, &b);
    assert_string_equal(b.s, want);
    buf_release(&b);
}

static void err_is_one_line(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_null(e.what);
    assert_int_equal(err_set(&e, "no topic %s", "E"), -1);
    assert_err(&e, "no topic E");
    assert_int_equal(err_at(&e, "a.xml", 3, 0), -1);
    assert_err(&e, "a.xml:3: no topic E");
    err_at(&e, "a.xml", 3, 14);
    err_todo(&e, "write %d", 1);
    err_todo(&e, "choose A to %c", 'D');
    assert_err(&e, "a.xml:3:14: no topic E; choose A to D");
    err_at(&e, e.file, 0, 9);
    assert_err(&e, "a.xml: no topic E; choose A to D");
    err_release(&e);
    assert_null(e.what);
    err_release(&e);
}

static void err_replaces_an_earlier_one(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    err_set(&e, "first");
    err_at(&e, "f", 1, 1);
    err_todo(&e, "something");
    err_set(&e, "not %s", e.what); /* takes from the one it replaces */
    assert_err(&e, "not first");
    assert_int_equal(err_errno(&e, ENOENT, "cannot open %s", "x"), -1);
    assert_err(&e, "cannot open x: No such file or directory");
    err_release(&e);
}

static void err_shows_controls(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    err_set(&e, "bad \033[31m text\n\xff");
    err_at(&e, "a\nb\xe2\x80\xae.xml", 0, 0);
    err_todo(&e, "see \007");
    assert_err(&e, "a b<U+202E>.xml: bad ^[[31m text �; see ^G");
    err_release(&e);
}

/* ---- off the record: what was freed is read through the kernel, since C may not ---- */

static const char spoken[] = "what was said in confidence, and nobody is to read";

static bool still_there(const void *p, size_t len) {
    char now[512];
    int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        skip();
    ssize_t n = pread(fd, now, len, (off_t)(uintptr_t)p);
    close(fd);
    return n > 0 && memmem(now, (size_t)n, spoken + 20, 20);
}

static void mem_secret_overwrites(void **state) {
    (void)state;
    char *before = mem_strdup(spoken);
    assert_true(still_there(before, sizeof spoken));
    mem_secret();
    uintptr_t place = (uintptr_t)before;
    mem_free(before);
    assert_false(still_there((void *)place, sizeof spoken));

    char *grows = mem_strdup(spoken);
    place = (uintptr_t)grows;
    grows = mem_realloc(grows, 10000);
    assert_string_equal(grows, spoken);
    if ((uintptr_t)grows != place)
        assert_false(still_there((void *)place, sizeof spoken));
    mem_free(grows);
    mem_free(NULL);
}

static void mem_secret_reaches_buffers_and_arenas(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    struct arena a = {0};
    mem_secret();
    buf_puts(&b, spoken);
    buf_cut(&b, 4);
    assert_string_equal(b.s, "what");
    assert_false(still_there(b.s, sizeof spoken));
    buf_release(&b);
    const char *s = arena_strdup(&a, spoken);
    assert_true(still_there(s, sizeof spoken));
    arena_clear(&a);
    assert_false(still_there(s, sizeof spoken));
    arena_release(&a);
}

/* ---- text ---- */

static void text_compares_folded(void **state) {
    (void)state;
    assert_true(text_same("Émile", "EMILE"));
    assert_true(text_same("", ""));
    assert_false(text_same("Émile", "Emil"));
    assert_true(text_begins("Émile", "em"));
    assert_true(text_begins("Ёлка", "ел"));
    assert_true(text_begins("any", ""));
    assert_false(text_begins("em", "Émile"));
}

int main(void) {
    text_locale();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mem_gives_zeroed_and_empty),
        cmocka_unit_test(mem_copies_strings),
        cmocka_unit_test(mem_wipes),
        cmocka_unit_test(mem_exhausted_calls_the_hook_and_exits),
        cmocka_unit_test(arena_aligns_and_keeps),
        cmocka_unit_test(arena_takes_big_objects),
        cmocka_unit_test(arena_is_ready_after_release),
        cmocka_unit_test(vec_pushes_inserts_removes),
        cmocka_unit_test(vec_reserves_once),
        cmocka_unit_test(buf_begins_empty_without_memory),
        cmocka_unit_test(buf_adds_all_sorts),
        cmocka_unit_test(buf_grows_and_stays_terminated),
        cmocka_unit_test(buf_formats_long_text),
        cmocka_unit_test(err_is_one_line),
        cmocka_unit_test(err_replaces_an_earlier_one),
        cmocka_unit_test(err_shows_controls),
        cmocka_unit_test(mem_secret_overwrites),
        cmocka_unit_test(mem_secret_reaches_buffers_and_arenas),
        cmocka_unit_test(text_compares_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
