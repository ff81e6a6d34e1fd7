/* The input is two wordings, separated by a form feed. */
#undef NDEBUG
#include "base/buf.h"
#include "base/mem.h"
#include "model/diff.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The pieces without DIFF_NEW are the old text; without DIFF_GONE, the new. */
static void check(const char *old, const char *new) {
    struct diff d;
    size_t in_old = 0, in_new = 0, new_len = strlen(new);
    diff_words(&d, old, new);
    for (size_t i = 0; i < d.v.n; i++) {
        const struct diff_piece *p = &d.v.v[i];
        assert(p->len > 0 && (i == 0 || p->kind != d.v.v[i - 1].kind));
        assert(i == 0 || p->kind != DIFF_GONE || d.v.v[i - 1].kind != DIFF_NEW);
        assert(p->start == (p->kind == DIFF_GONE ? in_old : in_new));
        if (p->kind == DIFF_SAME)
            assert(p->start + p->len <= new_len &&
                   strncmp(old + in_old, new + in_new, p->len) == 0);
        in_old += p->kind == DIFF_NEW ? 0 : p->len;
        in_new += p->kind == DIFF_GONE ? 0 : p->len;
    }
    assert(in_old == strlen(old) && in_new == new_len);
    diff_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *cut = size ? memchr(data, '\f', size) : NULL;
    size_t first = cut ? (size_t)(cut - data) : size;
    size_t second = size - first - (cut != NULL);
    char *old = mem_strndup((const char *)data, first);
    char *new = mem_strndup((const char *)data + size - second, second);
    check(old, new);
    check(new, old);
    check(old, old);
    mem_free(old);
    mem_free(new);
    return 0;
}
