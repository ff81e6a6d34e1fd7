#include "bracket.h"

#include <string.h>
#include <strings.h>

struct parser {
    struct brackets *b;
    const char *text;
    uint32_t len, at;
    bracket_side *is_side;
    const void *ctx;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_label(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-';
}

/* "ru, us:" at `at`: the offset after the colon, or 0; *end is where the owners end. */
static uint32_t owners_end(const struct parser *p, uint32_t at, uint32_t *end) {
    for (;;) {
        while (at < p->len && is_blank(p->text[at]))
            at++;
        uint32_t word = at;
        while (at < p->len && is_label(p->text[at]))
            at++;
        if (at == word || !p->is_side(p->ctx, p->text + word, at - word))
            return 0;
        *end = at;
        while (at < p->len && is_blank(p->text[at]))
            at++;
        if (at == p->len || (p->text[at] != ',' && p->text[at] != ':'))
            return 0;
        if (p->text[at++] == ':')
            return at;
    }
}

size_t bracket_owners(const char *s, size_t len, bracket_side *is_side, const void *ctx) {
    const struct parser p = {NULL, s, (uint32_t)len, 0, is_side, ctx};
    uint32_t end, after = owners_end(&p, 0, &end);
    return after ? after - 1 : 0;
}

/* Where an alternative begins: takes its owners. False when it has none. */
static bool take_owners(struct parser *p, struct alternative *a) {
    uint32_t end = 0;
    uint32_t after = owners_end(p, p->at, &end);
    if (!after)
        return false;
    while (is_blank(p->text[p->at]))
        p->at++;
    *a = (struct alternative){.owners = p->at, .owners_len = end - p->at};
    p->at = after;
    while (p->at < p->len && is_blank(p->text[p->at]))
        p->at++;
    a->start = p->at;
    return true;
}

static void end_alternative(const struct parser *p, struct alternative *a) {
    a->end = p->at;
    while (a->end > a->start && is_blank(p->text[a->end - 1]))
        a->end--;
}

/* ---- one level of the text: an alternative, or the whole */

struct level {
    int bracket;        /* that is open, or BRACKET_NONE: the whole text */
    uint32_t editorial; /* plain brackets that are open in this level */
    VEC(struct alternative) found;
};

struct levels {
    struct level v[BRACKET_DEPTH_MAX + 1];
    int n;
};

static bool opens(const struct parser *p) {
    uint32_t end;
    return owners_end(p, p->at + 1, &end) != 0;
}

static void push_level(struct parser *p, struct levels *l) {
    int parent = l->v[l->n - 1].bracket;
    struct bracket b = {.start = p->at, .parent = parent, .depth = (uint16_t)(l->n - 1)};
    vec_push(&p->b->v, b);
    l->v[l->n] = (struct level){.bracket = (int)p->b->v.n - 1};
    struct alternative a;
    p->at++;
    take_owners(p, &a);
    vec_push(&l->v[l->n].found, a);
    l->n++;
}

/* Ends the innermost bracket, whole or broken. */
static void pop_level(struct parser *p, struct levels *l, bool broken) {
    struct level *top = &l->v[--l->n];
    struct bracket *b = &p->b->v.v[top->bracket];
    b->end = p->at;
    b->broken = broken;
    b->first = (uint32_t)p->b->alternatives.n;
    b->n = broken ? 0 : (uint32_t)top->found.n;
    for (size_t i = 0; i < b->n; i++)
        vec_push(&p->b->alternatives, top->found.v[i]);
    vec_release(&top->found);
    if (broken)
        p->b->n_broken++;
    else
        p->b->n_open++;
}

/* "|": the next alternative, or where it has no owner, the end of a broken bracket, whose
 * "]" must close no other. */
static void next_alternative(struct parser *p, struct levels *l) {
    struct level *top = &l->v[l->n - 1];
    struct alternative a;
    end_alternative(p, &top->found.v[top->found.n - 1]);
    p->at++;
    if (take_owners(p, &a)) {
        vec_push(&top->found, a);
    } else {
        pop_level(p, l, true);
        l->v[l->n - 1].editorial++;
    }
}

static void close_bracket(struct parser *p, struct levels *l) {
    struct level *top = &l->v[l->n - 1];
    if (top->editorial > 0) {
        top->editorial--;
        p->at++;
    } else if (top->bracket == BRACKET_NONE) {
        p->at++;
    } else {
        end_alternative(p, &top->found.v[top->found.n - 1]);
        p->at++;
        pop_level(p, l, false);
    }
}

static void open_bracket(struct parser *p, struct levels *l) {
    if (!opens(p)) {
        l->v[l->n - 1].editorial++;
        p->at++;
    } else if (l->n <= BRACKET_DEPTH_MAX) {
        push_level(p, l);
    } else {
        struct bracket deep = {.start = p->at,
                               .end = p->at + 1,
                               .parent = l->v[l->n - 1].bracket,
                               .depth = BRACKET_DEPTH_MAX,
                               .broken = true};
        vec_push(&p->b->v, deep);
        p->b->n_broken++;
        l->v[l->n - 1].editorial++;
        p->at++;
    }
}

static void step(struct parser *p, struct levels *l) {
    const struct level *top = &l->v[l->n - 1];
    char c = p->text[p->at];
    if (c == '[')
        open_bracket(p, l);
    else if (c == ']')
        close_bracket(p, l);
    else if (c == '|' && top->bracket != BRACKET_NONE && top->editorial == 0)
        next_alternative(p, l);
    else
        p->at++;
}

void brackets_parse(struct brackets *b, const char *text, size_t len,
                    bracket_side *is_side, const void *ctx) {
    struct parser p = {b, text, (uint32_t)len, 0, is_side, ctx};
    struct levels l = {.n = 1};
    l.v[0].bracket = BRACKET_NONE;
    *b = (struct brackets){0};
    while (p.at < p.len)
        step(&p, &l);
    while (l.n > 1)
        pop_level(&p, &l, true);
}

void brackets_release(struct brackets *b) {
    vec_release(&b->v);
    vec_release(&b->alternatives);
    *b = (struct brackets){0};
}

const char *alternative_owner(const char *text, const struct alternative *a,
                              size_t *len) {
    const char *owner = text + a->owners;
    *len = 0;
    while (*len < a->owners_len && is_label(owner[*len]))
        ++*len;
    return owner;
}

bool alternative_has(const char *text, const struct alternative *a, const char *side) {
    size_t len = strlen(side);
    const char *p = text + a->owners, *end = p + a->owners_len;
    while (p < end) {
        const char *word = p;
        while (p < end && is_label(*p))
            p++;
        if ((size_t)(p - word) == len && strncasecmp(word, side, len) == 0)
            return true;
        while (p < end && !is_label(*p))
            p++;
    }
    return false;
}

/* ---- the text without them */

static const struct alternative *of_side(const struct brackets *b, const char *text,
                                         const struct bracket *k, const char *side) {
    for (uint32_t i = 0; side && i < k->n; i++)
        if (alternative_has(text, &b->alternatives.v[k->first + i], side))
            return &b->alternatives.v[k->first + i];
    return NULL;
}

/* Where nothing was put in, two blanks would meet. */
static void join(struct buf *out, const char *s, size_t len, bool nothing) {
    bool touches = nothing && out->len > 0 && is_blank(out->s[out->len - 1]);
    if (touches && len > 0 && is_blank(*s)) {
        s++;
        len--;
    }
    buf_add(out, s, len);
}

struct cleaner {
    const struct brackets *b;
    const char *text, *side;
    size_t next; /* the first bracket that is not behind */
    struct buf *out;
};

static void clean_span(struct cleaner *c, uint32_t start, uint32_t end);

static void clean_bracket(struct cleaner *c, const struct bracket *k) {
    const struct alternative *a = of_side(c->b, c->text, k, c->side);
    if (a)
        clean_span(c, a->start, a->end);
    else
        buf_puts(c->out, "[…]");
}

/* Depth is bounded by BRACKET_DEPTH_MAX. */
static void clean_span(struct cleaner *c, uint32_t start, uint32_t end) {
    uint32_t at = start;
    bool nothing = false;
    while (c->next < c->b->v.n && c->b->v.v[c->next].start < end) {
        const struct bracket *k = &c->b->v.v[c->next++];
        if (k->broken || k->start < at)
            continue;
        join(c->out, c->text + at, k->start - at, nothing);
        size_t before = c->out->len;
        clean_bracket(c, k);
        nothing = c->out->len == before;
        at = k->end;
    }
    join(c->out, c->text + at, end - at, nothing);
}

void brackets_clean(const struct brackets *b, const char *text, size_t len,
                    const char *side, struct buf *out) {
    struct cleaner c = {b, text, side, 0, out};
    clean_span(&c, 0, (uint32_t)len);
}

void brackets_resolve(const struct brackets *b, const char *text, size_t len,
                      size_t bracket, int alternative, const char *wording,
                      struct buf *out) {
    const struct bracket *k = &b->v.v[bracket];
    const char *in = wording;
    size_t n = 0;
    if (alternative >= 0) {
        const struct alternative *a =
            &b->alternatives.v[k->first + (uint32_t)alternative];
        in = text + a->start;
        n = a->end - a->start;
    } else {
        n = strlen(wording);
    }
    buf_add(out, text, k->start);
    buf_add(out, in, n);
    join(out, text + k->end, len - k->end, n == 0);
}
