/* Byte 0: columns; byte 1: length of the needle; then needle and text. */
#undef NDEBUG
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1 /* memmem() */
#endif
#include "base/text.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    text_locale();
    return 0;
}

static void check_clusters(const char *s, size_t len) {
    for (size_t at = 0, end; at < len; at = end) {
        end = text_next(s, len, at);
        assert(end > at && end <= len);
        assert(text_prev(s, len, end) == at);
    }
}

static void check_shown(const char *s, size_t len, size_t columns) {
    struct buf a = BUF_INIT, b = BUF_INIT;
    text_visible(&a, s, len);
    text_visible(&b, a.s, a.len);
    assert(a.len == b.len && memcmp(a.s, b.s, a.len) == 0);
    assert(text_valid(a.s, a.len) && text_columns(a.s, a.len) == text_columns(s, len));
    buf_clear(&b);
    text_cut(&b, s, len, columns, true);
    assert(text_columns(b.s, b.len) == columns);
    size_t fit = text_fit(s, len, columns);
    assert(fit <= len && text_columns(s, fit) <= columns);
    assert(fit == len || text_columns(s, text_next(s, len, fit)) > columns);
    buf_release(&a);
    buf_release(&b);
}

static void check_cleaned(const char *s, size_t len) {
    struct buf a = BUF_INIT, b = BUF_INIT;
    text_clean(&a, s, len);
    assert(text_valid(a.s, a.len) && text_clean(&b, a.s, a.len) == 0);
    buf_release(&a);
    buf_release(&b);
}

static void check_wrapped(const char *s, size_t len, size_t columns) {
    struct text_line l;
    size_t at = 0;
    for (; text_wrap(s, len, at, columns, &l); at = l.next) {
        assert(l.start == at && l.start <= l.end && l.end <= l.next && l.next > at);
        bool one = text_next(s + at, len - at, 0) >= l.end - at;
        assert(text_columns(s + at, l.end - at) <= columns || one);
        assert(l.hard == (l.next > len || s[l.next - 1] == '\n'));
    }
    assert(at == len + 1);
}

static void check_found(const char *s, size_t len, const char *n, size_t n_len) {
    struct buf needle = BUF_INIT, all = BUF_INIT;
    size_t start, end;
    text_fold(&needle, n, n_len);
    text_fold(&all, s, len);
    bool found = text_find(s, len, 0, needle.s, needle.len, &start, &end);
    const char *hit = needle.len ? memmem(all.s, all.len, needle.s, needle.len) : NULL;
    assert(found == (hit != NULL));
    assert(!found || (start < end && end <= len));
    buf_release(&needle);
    buf_release(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2)
        return 0;
    size_t columns = data[0], n_len = data[1] % 8, len = size - 2;
    if (n_len > len)
        n_len = len;
    const char *needle = (const char *)data + 2, *s = needle + n_len;
    len -= n_len;
    check_clusters(s, len);
    check_shown(s, len, columns);
    check_cleaned(s, len);
    check_wrapped(s, len, columns);
    check_found(s, len, needle, n_len);
    return 0;
}
