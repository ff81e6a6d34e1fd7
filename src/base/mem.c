#include "mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*exhausted_hook)(void);

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

void *mem_realloc(void *p, size_t size) {
    p = realloc(p, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
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

void mem_wipe(void *p, size_t size) {
    explicit_bzero(p, size);
}

struct arena_block {
    struct arena_block *next;
    size_t size;
    max_align_t data[];
};

enum { ARENA_BLOCK = 64 * 1024 };

static void arena_grow(struct arena *a, size_t size) {
    size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        mem_exhausted();
    struct arena_block *b = mem_alloc(sizeof *b + room);
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

void arena_release(struct arena *a) {
    while (a->block) {
        struct arena_block *next = a->block->next;
        free(a->block);
        a->block = next;
    }
    a->used = 0;
}
