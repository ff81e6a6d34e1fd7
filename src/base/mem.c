#include "mem.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STACK_WIPED = 128 * 1024, LONGEST_COPY = 4096 };

static void (*exhausted_hook)(void);
static bool secret;

void mem_on_exhausted(void (*hook)(void)) {
    exhausted_hook = hook;
}

void mem_exhausted(void) {
    static const char say[] = "memobook: out of memory; all that was saved is on disk\n";
    if (exhausted_hook)
        exhausted_hook();
    ssize_t n = write(STDERR_FILENO, say, sizeof say - 1);
    (void)n;
    _exit(1);
}

void *mem_alloc(size_t size) {
    return mem_realloc(NULL, size);
}

void *mem_zalloc(size_t size) {
    void *p = calloc(1, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

/* Where realloc() would leave a copy behind; a block that is made smaller stays. */
static void *move(void *p, size_t size) {
    size_t have = malloc_usable_size(p);
    if (size <= have)
        return p;
    void *q = mem_alloc(size);
    memcpy(q, p, have);
    mem_free(p);
    return q;
}

void *mem_realloc(void *p, size_t size) {
    if (secret && p)
        return move(p, size);
    p = realloc(p, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void mem_free(void *p) {
    if (secret && p)
        mem_wipe(p, malloc_usable_size(p));
    free(p);
}

void *mem_array(void *p, size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        mem_exhausted();
    return mem_realloc(p, total);
}

char *mem_strdup(const char *s) {
    return mem_strndup(s, strlen(s));
}

char *mem_strndup(const char *s, size_t len) {
    char *p = mem_alloc(len + 1);
    memcpy(p, s, len);
    p[len] = '\0';
    return p;
}

enum { LARGE_PAGE = 2 << 20 };

void mem_advise_large(void *p, size_t size) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)p + page - 1) & ~(page - 1);
    uintptr_t to = ((uintptr_t)p + size) & ~(page - 1);
    if (size >= 2 * LARGE_PAGE)
        madvise((char *)p + (from - (uintptr_t)p), to - from, MADV_HUGEPAGE);
}

void mem_wipe(void *p, size_t size) {
    explicit_bzero(p, size);
}

void mem_forget(void *p, size_t size) {
    if (secret)
        mem_wipe(p, size);
}

void mem_secret(void) {
    secret = true;
}

__attribute__((noinline)) static void wipe_stack(void) {
    char below[STACK_WIPED];
    mem_wipe(below, sizeof below);
}

/* Copies and comparisons of many lengths use all the registers that those of texts do. */
static void wipe_registers(void) {
    static char blanks[LONGEST_COPY], to[LONGEST_COPY];
    void *(*volatile copy)(void *, const void *, size_t) = memmove;
    int (*volatile compare)(const void *, const void *, size_t) = memcmp;
    void *(*volatile find)(const void *, int, size_t) = memchr;
    for (size_t n = 1; n <= sizeof to; n += n / 4 + 1) {
        copy(to, blanks, n);
        compare(to, blanks, n);
        find(blanks, 1, n);
    }
}

void mem_wipe_traces(void) {
    wipe_stack();
    wipe_registers();
}

struct arena_block {
    struct arena_block *next;
    size_t size;
    max_align_t data[];
};

enum { ARENA_FIRST = 16 * 1024, ARENA_LAST = 8 << 20 };

/* Blocks double, so that what is large is made of few of them. */
static void arena_grow(struct arena *a, size_t size) {
    size_t room = a->block ? a->block->size * 2 : ARENA_FIRST;
    if (room > ARENA_LAST)
        room = ARENA_LAST;
    if (room < size)
        room = size;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        mem_exhausted();
    struct arena_block *b = mem_alloc(sizeof *b + room);
    mem_advise_large(b, sizeof *b + room);
    b->size = room;
    b->next = a->block;
    a->block = b;
    a->used = 0;
}

static void *arena_take(struct arena *a, size_t size, size_t align) {
    size_t at = (a->used + align - 1) & ~(align - 1);
    if (!a->block || size > a->block->size || at > a->block->size - size) {
        arena_grow(a, size);
        at = 0;
    }
    a->used = at + size;
    return (char *)a->block->data + at;
}

void *arena_alloc(struct arena *a, size_t size) {
    return arena_take(a, size, _Alignof(max_align_t));
}

void *arena_zalloc(struct arena *a, size_t size) {
    return memset(arena_alloc(a, size), 0, size);
}

char *arena_strdup(struct arena *a, const char *s) {
    return arena_strndup(a, s, strlen(s));
}

char *arena_strndup(struct arena *a, const char *s, size_t len) {
    if (len == SIZE_MAX)
        mem_exhausted();
    char *p = arena_take(a, len + 1, 1);
    memcpy(p, s, len);
    p[len] = '\0';
    return p;
}

void arena_clear(struct arena *a) {
    while (a->block && a->block->next) {
        struct arena_block *older = a->block->next;
        a->block->next = older->next;
        mem_free(older);
    }
    if (a->block)
        mem_forget(a->block->data, a->block->size);
    a->used = 0;
}

void arena_release(struct arena *a) {
    while (a->block) {
        struct arena_block *next = a->block->next;
        mem_free(a->block);
        a->block = next;
    }
    a->used = 0;
}
