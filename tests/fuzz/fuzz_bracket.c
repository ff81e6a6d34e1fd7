/* The input is an answer; the sides are ru, us and eu. */
#undef NDEBUG
#include "model/bracket.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const sides[] = {"ru", "us", "eu"};
enum { SIDES = 3 };

static bool is_side(const void *ctx, const char *word, size_t len) {
    (void)ctx;
    for (int i = 0; i < SIDES; i++)
        if (len == 2 && strncasecmp(sides[i], word, len) == 0)
            return true;
    return false;
}

static void check_alternative(const char *text, const struct bracket *k,
                              const struct alternative *a) {
    bool owned = false;
    assert(k->start < a->owners && a->owners_len > 0);
    assert(a->owners + a->owners_len < a->start && a->start <= a->end);
    assert(a->end < k->end);
    for (int i = 0; i < SIDES; i++)
        owned = owned || alternative_has(text, a, sides[i]);
    assert(owned);
}

static void check_bracket(const struct brackets *b, size_t i, const char *text,
                          size_t len) {
    const struct bracket *k = &b->v.v[i];
    assert(k->start < k->end && k->end <= len && text[k->start] == '[');
    assert(i == 0 || b->v.v[i - 1].start < k->start);
    assert(k->parent < (int)i);
    if (k->parent != BRACKET_NONE) {
        const struct bracket *p = &b->v.v[k->parent];
        assert(p->start < k->start && (p->broken || k->end < p->end));
    }
    if (k->broken)
        return;
    assert(text[k->end - 1] == ']' && k->n > 0);
    for (uint32_t a = 0; a < k->n; a++)
        check_alternative(text, k, &b->alternatives.v[k->first + a]);
}

/* What stands outside whole brackets stays, in order; each of them becomes one mark. */
static void check_clean(const struct brackets *b, const char *text, size_t len) {
    struct buf expected = BUF_INIT, got = BUF_INIT;
    size_t at = 0;
    for (size_t i = 0; i < b->v.n; i++) {
        const struct bracket *k = &b->v.v[i];
        if (k->broken || k->start < at)
            continue;
        buf_add(&expected, text + at, k->start - at);
        buf_puts(&expected, "[…]");
        at = k->end;
    }
    buf_add(&expected, text + at, len - at);
    brackets_clean(b, text, len, NULL, &got);
    assert(got.len == expected.len && memcmp(got.s, expected.s, got.len) == 0);
    for (int i = 0; i < SIDES; i++) {
        buf_clear(&got);
        brackets_clean(b, text, len, sides[i], &got);
        assert(b->n_open || (got.len == len && memcmp(got.s, text, len) == 0));
    }
    buf_release(&expected);
    buf_release(&got);
}

/* Nothing goes but the bracket, and at most one of two blanks where nothing comes. */
static void check_resolved(const struct brackets *b, size_t i, int alternative,
                           const char *text, size_t len) {
    const struct bracket *k = &b->v.v[i];
    const char *in = "a third wording";
    size_t n = strlen(in), rest = len - k->end;
    struct buf got = BUF_INIT;
    brackets_resolve(b, text, len, i, alternative, in, &got);
    if (alternative >= 0) {
        const struct alternative *a =
            &b->alternatives.v[k->first + (uint32_t)alternative];
        in = text + a->start;
        n = a->end - a->start;
    }
    size_t lost = k->start + n + rest - got.len;
    assert(lost == 0 || (lost == 1 && n == 0));
    assert(memcmp(got.s, text, k->start) == 0);
    assert(memcmp(got.s + k->start, in, n) == 0);
    assert(memcmp(got.s + k->start + n, text + k->end + lost, rest - lost) == 0);
    buf_release(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    struct brackets b;
    brackets_parse(&b, text, size, is_side, NULL);
    assert(b.n_open + b.n_broken == b.v.n);
    for (size_t i = 0; i < b.v.n; i++)
        check_bracket(&b, i, text, size);
    check_clean(&b, text, size);
    for (size_t i = 0; i < b.v.n && i < 50; i++)
        for (int a = -1; !b.v.v[i].broken && a < (int)b.v.v[i].n && a < 20; a++)
            check_resolved(&b, i, a, text, size);
    brackets_release(&b);
    return 0;
}
