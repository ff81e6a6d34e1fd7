#include "leak.h"

#include "leak_private.h"
#include "xhtml.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_COLUMNS = 60, WHERE_COLUMNS = 40, LEAD_BYTES = 40, LABEL_WORDS = 6 };

struct leak_check {
    enum attribution tier;
    const struct xhtml *x;
    struct leak_names names;
    struct leak_memo memo;
    struct leak_text words;
    struct buf block, where;
    struct buf cite, label; /* the last ones */
    unsigned issue;         /* how many issues, lists and tables it is in */
    VEC(uint64_t) seen;     /* the blocks of the page, told by their words */
    bool again;             /* the finished file is read, after its page */
    struct leaks *out;
};

/* ---- what was found */

static void add_where(struct leak_check *c) {
    buf_clear(&c->where);
    if (c->cite.len)
        text_cut(&c->where, c->cite.s, c->cite.len, WHERE_COLUMNS, false);
    if (c->label.len) {
        buf_puts(&c->where, c->where.len ? ", " : "");
        text_cut(&c->where, c->label.s, c->label.len, WHERE_COLUMNS, false);
    }
    if (c->where.len == 0)
        buf_puts(&c->where, "the head");
}

/* Some words before the name, and what fits after it. */
static void add_around(const struct buf *block, size_t start, struct buf *out) {
    size_t from = start > LEAD_BYTES ? start - LEAD_BYTES : 0;
    while (from > 0 && from < start && block->s[from - 1] != ' ')
        from++;
    for (size_t i = from; i < start; i++)
        if (block->s[i] == '\n')
            from = i + 1;
    size_t len = strcspn(block->s + from, "\n");
    if (from > 0 && block->s[from - 1] != '\n')
        buf_puts(out, "… ");
    text_cut(out, block->s + from, len, TEXT_COLUMNS, false);
}

static bool is_known(const struct leak_check *c, uint32_t name) {
    struct buf shown = BUF_INIT;
    bool known = false;
    text_visible(&shown, c->names.v.v[name].shown, strlen(c->names.v.v[name].shown));
    for (size_t i = 0; i < c->out->v.n && !known; i++)
        known = strcmp(c->out->v.v[i].name, shown.s) == 0;
    buf_release(&shown);
    return known;
}

static void found(struct leak_check *c, uint32_t name, size_t start) {
    struct leaks *l = c->out;
    struct buf shown = BUF_INIT, around = BUF_INIT;
    if ((c->again && is_known(c, name)) || l->total++ >= LEAKS_KEPT)
        return;
    add_where(c);
    add_around(&c->block, start, &around);
    text_visible(&shown, c->names.v.v[name].shown, strlen(c->names.v.v[name].shown));
    struct leak k = {arena_strdup(&l->arena, shown.s),
                     arena_strdup(&l->arena, c->where.s),
                     arena_strdup(&l->arena, around.s), c->again};
    vec_push(&l->v, k);
    buf_release(&shown);
    buf_release(&around);
}

/* ---- a text */

static bool is_leak(const struct leak_check *c, uint32_t name, size_t at,
                    unsigned words) {
    const struct leak_word *w = &c->words.words.v[at];
    size_t end = c->words.words.v[at + words - 1].end;
    if (c->names.v.v[name].kind == LEAK_SIDE && !leak_side_speaks(&c->words, at, words))
        return false;
    return !leak_memo_has(&c->memo, c->block.s, c->block.len, w->start, end,
                          c->issue == 0);
}

/* The same for the same words, whatever stands between them. */
static uint64_t words_hash(const struct leak_text *t, size_t from, size_t to) {
    uint64_t h = LEAK_HASH;
    for (size_t i = from; i < to; i++)
        h = leak_hash(h, t->keys.s + t->words.v[i].key);
    return h;
}

static int by_hash(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool was_seen(const struct leak_check *c, size_t from, size_t to) {
    uint64_t h = words_hash(&c->words, from, to);
    return bsearch(&h, c->seen.v, c->seen.n, sizeof h, by_hash) != NULL;
}

/* A block of the page; or a label and a block, which some formats make one paragraph. */
static bool was_checked(const struct leak_check *c) {
    size_t n = c->words.words.n;
    if (c->seen.n == 0)
        return false;
    for (size_t label = 1; label <= LABEL_WORDS && label < n; label++)
        if (was_seen(c, 0, label) && was_seen(c, label, n))
            return true;
    return was_seen(c, 0, n);
}

static void check_block(struct leak_check *c) {
    leak_text_read(&c->words, c->block.s, c->block.len);
    if (c->again && was_checked(c))
        return;
    if (!c->again)
        vec_push(&c->seen, words_hash(&c->words, 0, c->words.words.n));
    for (size_t i = 0; i < c->words.words.n;) {
        unsigned words;
        uint32_t name = leak_names_at(&c->names, &c->words, i, &words);
        if (name == NONE)
            name = leak_initials_at(&c->names, &c->words, i, &words);
        if (name != NONE && is_leak(c, name, i, words))
            found(c, name, c->words.words.v[i].start);
        i += name == NONE ? 1 : words;
    }
}

static void check_string(struct leak_check *c, const char *s, const char *what) {
    if (!*s)
        return;
    struct buf label = c->label;
    c->label = (struct buf)BUF_INIT;
    buf_puts(&c->label, what);
    buf_clear(&c->block);
    leak_plain(&c->block, s, strlen(s));
    check_block(c);
    buf_release(&c->label);
    c->label = label;
}

/* ---- the page */

static bool is_text(const struct xnode *n) {
    return n->element == XHTML_TEXT;
}

static void check_attributes(struct leak_check *c, const struct xnode *n) {
    check_string(c, n->attrs->classes, "class of an element");
    check_string(c, n->attrs->id, "id of an element");
    check_string(c, n->attrs->lang, "language of an element");
    check_string(c, n->attrs->href, "address of a link");
}

static void set_to_text(struct buf *out, const struct xnode *n) {
    struct buf text = BUF_INIT;
    buf_clear(out);
    xhtml_text(n, &text);
    leak_plain(out, text.s, text.len);
    while (out->len && strchr(" :.", out->s[out->len - 1]))
        buf_cut(out, out->len - 1);
    buf_release(&text);
}

/* A citation or a label begins a line of its own: what stands after it is the text. */
static void add_phrase(struct leak_check *c, const struct xnode *n) {
    for (; n; n = n->next) {
        if (is_text(n)) {
            leak_plain(&c->block, n->text, n->len);
            continue;
        }
        if (n->element == XHTML_BR)
            buf_putc(&c->block, '\n');
        bool cite = xhtml_has_class(n, "cite"), label = xhtml_has_class(n, "label");
        if (cite || label)
            set_to_text(cite ? &c->cite : &c->label, n);
        if (cite)
            buf_clear(&c->label);
        add_phrase(c, n->child);
        if (cite || label)
            buf_putc(&c->block, '\n');
    }
}

/* Those of the elements in it after it: checking one overwrites the block. */
static void check_inner_attributes(struct leak_check *c, const struct xnode *n) {
    for (; n; n = n->next) {
        if (is_text(n))
            continue;
        check_attributes(c, n);
        check_inner_attributes(c, n->child);
    }
}

static bool is_heading(const struct xnode *n) {
    return n->element >= XHTML_H1 && n->element <= XHTML_H4;
}

static void check_phrase(struct leak_check *c, const struct xnode *n) {
    buf_clear(&c->block);
    if (is_heading(n)) {
        buf_clear(&c->cite);
        buf_clear(&c->label);
    }
    add_phrase(c, n->child);
    check_block(c);
    if (n->element == XHTML_DT)
        set_to_text(&c->label, n);
    if (is_heading(n) && c->cite.len == 0 && n->element != XHTML_H1)
        set_to_text(&c->cite, n);
    check_inner_attributes(c, n->child);
}

static bool is_of_entries(const struct xnode *n) {
    return n->element == XHTML_UL || n->element == XHTML_OL ||
           n->element == XHTML_TABLE || n->element == XHTML_BLOCKQUOTE ||
           xhtml_has_class(n, "issue") || xhtml_has_class(n, "record");
}

static void check_flow(struct leak_check *c, const struct xnode *n) {
    for (; n; n = n->next) {
        bool entries = is_of_entries(n);
        enum xhtml_role role = xhtml_role(n);
        check_attributes(c, n);
        c->issue += entries;
        if (role == ROLE_PHRASE)
            check_phrase(c, n);
        else
            check_flow(c, n->child);
        c->issue -= entries;
    }
}

static void check_page(struct leak_check *c) {
    check_string(c, c->x->title, "title of the document");
    check_string(c, c->x->lang, "language of the document");
    for (const struct xmeta *m = c->x->meta; m; m = m->next) {
        check_string(c, m->name, "metadata");
        check_string(c, m->content, "metadata");
    }
    check_flow(c, c->x->body);
}

/* ---- the finished file */

/* A line: where it stands, a tab, the text. */
static void check_line(struct leak_check *c, const char *line, size_t len) {
    const char *tab = memchr(line, '\t', len);
    if (!tab)
        return;
    char *where = mem_strndup(line, (size_t)(tab - line));
    char *text = mem_strndup(tab + 1, len - (size_t)(tab + 1 - line));
    check_string(c, text, where);
    mem_free(where);
    mem_free(text);
}

void leak_check_lines(struct leak_check *c, const struct buf *lines, struct leaks *out) {
    if (c->tier == ATTRIBUTION_NAME)
        return;
    c->out = out;
    c->again = true;
    buf_clear(&c->cite);
    if (c->seen.n)
        qsort(c->seen.v, c->seen.n, sizeof *c->seen.v, by_hash);
    for (const char *s = lines->s; *s;) {
        size_t len = strcspn(s, "\n");
        check_line(c, s, len);
        s += len + (s[len] == '\n');
    }
}

/* ---- */

struct leak_check *leak_check_open(const struct workbook *w, enum attribution tier) {
    struct leak_check *c = mem_zalloc(sizeof *c);
    c->tier = tier;
    c->block = c->where = c->cite = c->label = (struct buf)BUF_INIT;
    if (tier == ATTRIBUTION_NAME)
        return c;
    leak_names_init(&c->names, w, tier == ATTRIBUTION_NONE);
    leak_memo_init(&c->memo, &c->names, w->memo);
    return c;
}

void leak_check_page(struct leak_check *c, const struct xhtml *x, struct leaks *out) {
    if (c->tier == ATTRIBUTION_NAME)
        return;
    c->x = x;
    c->out = out;
    check_page(c);
}

void leak_check_close(struct leak_check *c) {
    leak_memo_release(&c->memo);
    leak_names_release(&c->names);
    leak_text_release(&c->words);
    vec_release(&c->seen);
    buf_release(&c->block);
    buf_release(&c->where);
    buf_release(&c->cite);
    buf_release(&c->label);
    mem_free(c);
}

void leaks_release(struct leaks *l) {
    vec_release(&l->v);
    arena_release(&l->arena);
    l->total = 0;
}

/* ---- telling it */

void leaks_names(const struct leaks *l, struct buf *out) {
    for (size_t i = 0; i < l->v.n; i++) {
        size_t k = 0;
        while (k < i && strcmp(l->v.v[k].name, l->v.v[i].name) != 0)
            k++;
        if (k == i)
            buf_addf(out, "%s%s", i ? ", " : "", l->v.v[i].name);
    }
}

void leak_line(const struct leak *l, struct buf *out) {
    buf_addf(out, "%s: in %s: “%s”", l->name, l->where, l->text);
}

int leaks_refuse(const struct leaks *l, struct err *err) {
    struct buf line = BUF_INIT;
    leak_line(&l->v.v[0], &line);
    if (l->total > 1)
        buf_addf(&line, " (and %zu more)", l->total - 1);
    err_set(err, "the notes would name %s", line.s);
    buf_release(&line);
    if (l->v.v[0].in_file)
        return err_todo(err,
                        "take it out of the reference document, or hand them out with "
                        "names by --allow-names");
    return err_todo(err, "correct the entry, choose another --attribution, or hand them "
                         "out with names by --allow-names");
}
