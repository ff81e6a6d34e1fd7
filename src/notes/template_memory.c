#include "template_memory.h"

#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LARGE = 1 << 20, CLOCK_EACH = 256 };

/* Libxml2's allocator gets no context. A block freed under the limit may have been taken
 * before it, so `used` can only be too low. */
static struct {
    size_t used, most;
    unsigned long ms; /* of the thread's time, when it ends */
    unsigned asked;   /* how often memory was, since the clock was looked at */
    void (*exceeded)(void *ctx, const char *what);
    void *ctx;
    xmlFreeFunc free;
    xmlMallocFunc malloc;
    xmlReallocFunc realloc;
    xmlStrdupFunc strdup;
} limit;

static unsigned long clock_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (unsigned long)t.tv_sec * 1000 + (unsigned long)t.tv_nsec / 1000000;
}

static bool is_late(size_t size) {
    if (++limit.asked < CLOCK_EACH && size < LARGE)
        return false;
    limit.asked = 0;
    return clock_ms() > limit.ms;
}

static bool is_much(size_t size, size_t old) {
    return size > old && size - old > limit.most - limit.used;
}

/* Whether a block of `size` in place of one of `old` is refused: only a large one, as
 * libxml2 and libxslt stop soon by themselves, but not within one string. */
static bool refused(size_t size, size_t old) {
    const char *what = is_late(size) ? "time" : is_much(size, old) ? "memory" : NULL;
    if (what)
        limit.exceeded(limit.ctx, what);
    return what && size >= LARGE;
}

static void account(size_t size, size_t old) {
    size_t used = limit.used + size;
    used = used > old ? used - old : 0;
    limit.used = used < limit.most ? used : limit.most;
}

static void limited_free(void *p) {
    if (p)
        account(0, malloc_usable_size(p));
    free(p);
}

static void *limited_malloc(size_t size) {
    void *p = refused(size, 0) ? NULL : malloc(size);
    if (p)
        account(malloc_usable_size(p), 0);
    return p;
}

static void *limited_realloc(void *p, size_t size) {
    size_t old = p ? malloc_usable_size(p) : 0;
    void *q = refused(size, old) ? NULL : realloc(p, size);
    if (q)
        account(malloc_usable_size(q), old);
    return q;
}

static char *limited_strdup(const char *s) {
    size_t size = strlen(s) + 1;
    char *p = limited_malloc(size);
    return p ? memcpy(p, s, size) : NULL;
}

void template_memory_limit(size_t bytes, unsigned long ms,
                           void (*exceeded)(void *ctx, const char *what), void *ctx) {
    limit.used = 0;
    limit.most = bytes;
    limit.ms = clock_ms() + ms;
    limit.asked = 0;
    limit.exceeded = exceeded;
    limit.ctx = ctx;
    xmlMemGet(&limit.free, &limit.malloc, &limit.realloc, &limit.strdup);
    xmlMemSetup(limited_free, limited_malloc, limited_realloc, limited_strdup);
}

void template_memory_unlimited(void) {
    xmlMemSetup(limit.free, limit.malloc, limit.realloc, limit.strdup);
}
