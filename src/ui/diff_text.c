#include "diff_text.h"

enum { MARK = 2 }; /* bytes and columns of "[-", "-]", "{+", "+}" */

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

static void add(struct page *p, unsigned role, const char *s) {
    page_text(p, role, s, strlen(s));
}

static void add_change(struct page *p, enum diff_kind kind, const char *s, size_t len) {
    bool gone = kind == DIFF_GONE;
    unsigned role = gone ? ROLE_GONE : ROLE_CAME;
    size_t start = 0, end = len;

    while (start < len && is_blank(s[start]))
        start++;
    while (end > start && is_blank(s[end - 1]))
        end--;
    page_text(p, ROLE_NORMAL, s, start);
    if (end > start) {
        add(p, role, gone ? "[-" : "{+");
        page_text(p, role, s + start, end - start);
        add(p, role, gone ? "-]" : "+}");
    }
    page_text(p, ROLE_NORMAL, s + end, len - end);
}

/* A line may be broken before "+}", which then goes to the end of the line before: the
 * text was wrapped to leave it the room. */
static void hang_marks(struct page *p, size_t first) {
    size_t kept = first;

    for (size_t i = first; i < p->lines.n; i++) {
        struct page_line line = p->lines.v[i];
        const char *s = p->text.s + line.body.start;
        uint32_t len = line.body.end - line.body.start;
        bool touches = kept > first && p->lines.v[kept - 1].body.end == line.body.start;
        if (touches && len >= MARK && strncmp(s, "+}", MARK) == 0) {
            p->lines.v[kept - 1].body.end += (uint32_t)MARK;
            line.body.start +=
                len > MARK && s[MARK] == ' ' ? (uint32_t)MARK + 1 : (uint32_t)MARK;
            if (len == MARK)
                continue;
        }
        p->lines.v[kept++] = line;
    }
    p->lines.n = kept;
}

void diff_text_add(struct page *p, int x, const struct diff *d, const char *old,
                   const char *later, enum diff_side side) {
    size_t first = p->lines.n;

    page_begin_text(p);
    for (size_t i = 0; i < d->v.n; i++) {
        const struct diff_piece *k = &d->v.v[i];
        if ((k->kind == DIFF_GONE && side == DIFF_LATER) ||
            (k->kind == DIFF_NEW && side == DIFF_OLD))
            continue;
        const char *s = (k->kind == DIFF_GONE ? old : later) + k->start;
        if (k->kind == DIFF_SAME)
            page_text(p, ROLE_NORMAL, s, k->len);
        else
            add_change(p, (enum diff_kind)k->kind, s, k->len);
    }
    p->columns -= MARK;
    page_end_text(p, x, ROLE_NORMAL);
    p->columns += MARK;
    hang_marks(p, first);
}
