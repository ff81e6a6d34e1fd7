#include "diff.h"

#include "base/text.h"

#include <string.h>
#include <unictype.h>

struct token {
    uint32_t start, len;
};

struct tokens {
    const char *text;
    VEC(struct token) v;
};

/* ---- words */

enum { CLASS_BLANK, CLASS_WORD, CLASS_OTHER };

static int class_of(uint32_t c) {
    if (uc_is_property_white_space(c))
        return CLASS_BLANK;
    if (uc_is_property_ideographic(c))
        return CLASS_OTHER;
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                                   UC_CATEGORY_MASK_M)
               ? CLASS_WORD
               : CLASS_OTHER;
}

static void split(struct tokens *t, const char *text) {
    size_t len = strlen(text), at = 0;
    int before = CLASS_OTHER;
    t->text = text;
    while (at < len) {
        size_t used;
        int class = class_of(text_decode(text + at, len - at, &used));
        if (class == CLASS_OTHER || class != before) {
            struct token new = {(uint32_t)at, 0};
            vec_push(&t->v, new);
        }
        t->v.v[t->v.n - 1].len += (uint32_t)used;
        before = class;
        at += used;
    }
}

static bool same(const struct tokens *a, size_t i, const struct tokens *b, size_t j) {
    return a->v.v[i].len == b->v.v[j].len &&
           memcmp(a->text + a->v.v[i].start, b->text + b->v.v[j].start, a->v.v[i].len) ==
               0;
}

/* ---- the edit script of what is between a common beginning and a common end */

struct middle {
    const struct tokens *a, *b;
    size_t from; /* of both */
    int n, m;    /* tokens of each */
    bool *gone;  /* of a, from `from` */
    bool *came;  /* of b */
};

static int slide(const struct middle *w, int x, int y) {
    while (x < w->n && y < w->m &&
           same(w->a, w->from + (size_t)x, w->b, w->from + (size_t)y)) {
        x++;
        y++;
    }
    return x;
}

/* The furthest word of `a` reached with d edits on diagonal k (words of a less words of
 * b): a triangle of rows, where row d holds k = -d, -d + 2 … d. */
static int *reach(int *rows, int d, int k) {
    return &rows[(size_t)d * (size_t)(d + 1) / 2 + (size_t)(k + d) / 2];
}

/* Whether the last of d edits before diagonal k takes a word of b. */
static bool came_last(int *rows, int d, int k) {
    return k == -d || (k != d && *reach(rows, d - 1, k - 1) < *reach(rows, d - 1, k + 1));
}

/* The number of edits, or -1 when there would be too many. */
static int search(const struct middle *w, int *rows, int most) {
    for (int d = 0; d <= most; d++)
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0)
                x = came_last(rows, d, k) ? *reach(rows, d - 1, k + 1)
                                          : *reach(rows, d - 1, k - 1) + 1;
            x = slide(w, x, x - k);
            *reach(rows, d, k) = x;
            if (x >= w->n && x - k >= w->m)
                return d;
        }
    return -1;
}

/* From the end to the beginning, marking the words that went and came. */
static void trace_back(const struct middle *w, int *rows, int d) {
    for (int k = w->n - w->m; d > 0; d--) {
        if (came_last(rows, d, k)) {
            k++;
            int x = *reach(rows, d - 1, k);
            w->came[x - k] = true;
        } else {
            k--;
            w->gone[*reach(rows, d - 1, k)] = true;
        }
    }
}

static void compare(const struct middle *w) {
    int most = w->n + w->m < DIFF_EDITS_MAX ? w->n + w->m : DIFF_EDITS_MAX;
    size_t size = (size_t)(most + 1) * (size_t)(most + 2) / 2;
    int *rows = mem_array(NULL, size, sizeof *rows);
    int d = search(w, rows, most);
    if (d >= 0) {
        trace_back(w, rows, d);
    } else {
        memset(w->gone, true, (size_t)w->n);
        memset(w->came, true, (size_t)w->m);
    }
    mem_free(rows);
}

/* ---- pieces */

static void add(struct diff *d, enum diff_kind kind, const struct token *t) {
    struct diff_piece *last = d->v.n ? &d->v.v[d->v.n - 1] : NULL;
    if (last && last->kind == kind && last->start + last->len == t->start) {
        last->len += t->len;
        return;
    }
    struct diff_piece p = {(uint8_t)kind, t->start, t->len};
    vec_push(&d->v, p);
}

static bool only_blanks(const struct tokens *t, size_t i) {
    size_t used;
    const struct token *k = &t->v.v[i];
    return class_of(text_decode(t->text + k->start, k->len, &used)) == CLASS_BLANK;
}

/* A blank that stays between two changes would tear a changed phrase into words: it
 * counts as changed with them. */
static void bridge_blanks(const struct middle *w) {
    bool changed = false;
    for (int x = 0, y = 0; x < w->n || y < w->m;) {
        if (x < w->n && w->gone[x]) {
            x++;
            changed = true;
        } else if (y < w->m && w->came[y]) {
            y++;
            changed = true;
        } else {
            bool more =
                (x + 1 < w->n && w->gone[x + 1]) || (y + 1 < w->m && w->came[y + 1]);
            changed = changed && more && only_blanks(w->a, w->from + (size_t)x);
            w->gone[x] = w->came[y] = changed;
            x++;
            y++;
        }
    }
}

static void add_middle(struct diff *d, const struct middle *w) {
    int x = 0, y = 0;
    while (x < w->n || y < w->m) {
        if (x < w->n && w->gone[x])
            add(d, DIFF_GONE, &w->a->v.v[w->from + (size_t)x++]);
        else if (y < w->m && w->came[y])
            add(d, DIFF_NEW, &w->b->v.v[w->from + (size_t)y++]);
        else {
            add(d, DIFF_SAME, &w->b->v.v[w->from + (size_t)y++]);
            x++;
        }
    }
}

static void diff_middle(struct diff *d, struct middle *w) {
    w->gone = mem_zalloc((size_t)w->n + 1);
    w->came = mem_zalloc((size_t)w->m + 1);
    compare(w);
    bridge_blanks(w);
    add_middle(d, w);
    mem_free(w->gone);
    mem_free(w->came);
}

void diff_words(struct diff *d, const char *old, const char *new) {
    struct tokens a = {0}, b = {0};
    size_t start = 0, end = 0;
    *d = (struct diff){0};
    split(&a, old);
    split(&b, new);
    while (start < a.v.n && start < b.v.n && same(&a, start, &b, start))
        start++;
    while (end < a.v.n - start && end < b.v.n - start &&
           same(&a, a.v.n - 1 - end, &b, b.v.n - 1 - end))
        end++;
    struct middle w = {.a = &a,
                       .b = &b,
                       .from = start,
                       .n = (int)(a.v.n - start - end),
                       .m = (int)(b.v.n - start - end)};
    for (size_t i = 0; i < start; i++)
        add(d, DIFF_SAME, &b.v.v[i]);
    diff_middle(d, &w);
    for (size_t i = b.v.n - end; i < b.v.n; i++)
        add(d, DIFF_SAME, &b.v.v[i]);
    vec_release(&a.v);
    vec_release(&b.v);
}

void diff_release(struct diff *d) {
    vec_release(&d->v);
}
