/*
 * Memory: allocation that cannot fail, and arenas.
 *
 * Out of memory ends the program through mem_exhausted(), after the hook that the
 * program set (the screen restores the terminal there). What is recorded is on disk
 * already, so there is nothing to save.
 *
 * Ownership: a pointer from mem_* is released with mem_free(). A pointer from arena_*
 * lives as long as its arena and is never released alone.
 *
 * Off the record nothing that was typed may stay in memory. mem_secret() is called when
 * that begins: from then on whatever is freed, moved, cut off a buffer or taken back from
 * an arena is overwritten.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *p, size_t size);
/* count * size, checked for overflow. */
void *mem_array(void *p, size_t count, size_t size);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t len);
/* Asks for large pages under a large block: a page fault less for every 2 MiB of it that
 * is touched, not for every 4 KiB. Only advice; does nothing to a small block. */
void mem_advise_large(void *p, size_t size);
/* Releases a block; never free(), see above. */
void mem_free(void *p);
/* Overwrites, where what was typed must not stay in memory. */
void mem_wipe(void *p, size_t size);
/* The same, once mem_secret() was called; else does nothing. */
void mem_forget(void *p, size_t size);
/* There is no way back: what was typed may lie in blocks that are freed long after. */
void mem_secret(void);
/* Overwrites what functions that have returned left on the stack below the caller, and in
 * the vector registers, which a core dump has too. */
void mem_wipe_traces(void);

/* Called once before the program ends for want of memory; may be NULL. */
void mem_on_exhausted(void (*hook)(void));
_Noreturn void mem_exhausted(void);

/* An arena: many small objects with one life. Zero-initialised is ready for use. */
struct arena {
    struct arena_block *block;
    size_t used;
};

void *arena_alloc(struct arena *a, size_t size);
void *arena_zalloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);
/* Takes back all objects but keeps the newest block for new ones. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
