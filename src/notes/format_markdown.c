/*
 * CommonMark with GitHub's tables and ~~struck~~ text. A paragraph is one line; what the
 * text holds is escaped wherever it could be read as markup, and nowhere else. Emphasis
 * that the delimiters cannot express (a letter outside, a mark inside) is written as
 * tags.
 */
#include "format.h"
#include "format_text.h"

#include "base/text.h"

#include <string.h>
#include <unictype.h>

struct md {
    struct buf *out;
    struct buf prefix; /* of each line: blanks of lists, "> " of quotations */
    struct buf head;   /* of the next line, in place of the prefix */
    bool blank_due, started;
    bool in_table;   /* inside a cell a line cannot be broken */
    bool in_heading; /* nor in a heading */
    bool in_link;    /* there is no link in a link */
    bool in_inline;  /* emphasis in emphasis is written as tags */
    /* The mark of the list that the last block was, and how deep it stood; 0 for none.
     * Two lists in a row would run together: the second takes another mark. */
    char list_mark;
    size_t list_depth;
};

/* ---- lines */

static size_t trimmed(const struct buf *b) {
    size_t len = b->len;
    while (len > 0 && b->s[len - 1] == ' ')
        len--;
    return len;
}

/* The blank line that is due. */
static void blank_line(struct md *m) {
    if (m->blank_due && m->started) {
        buf_add(m->out, m->prefix.s, trimmed(&m->prefix));
        buf_putc(m->out, '\n');
    }
    m->blank_due = false;
}

/* Starts a line with what stands before each line here. */
static void line_start(struct md *m) {
    blank_line(m);
    m->started = true;
    m->list_mark = '\0';
    const struct buf *first = m->head.len ? &m->head : &m->prefix;
    buf_add(m->out, first->s, first->len);
    buf_clear(&m->head);
}

static void line_end(struct md *m) {
    while (m->out->len && m->out->s[m->out->len - 1] == ' ')
        buf_cut(m->out, m->out->len - 1);
    buf_putc(m->out, '\n');
}

/* ---- escaping */

static bool alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* In a word an underscore is no markup. */
static bool in_word(const char *s, size_t i, size_t len) {
    return i > 0 && i + 1 < len && alnum(s[i - 1]) && alnum(s[i + 1]);
}

/* The point of "www.": GitHub makes a link up to the next blank, escapes and all. */
static bool bare_host(const char *s, size_t i, size_t len) {
    return i >= 3 && i + 1 < len && memcmp(s + i - 3, "www", 3) == 0 && alnum(s[i + 1]);
}

static bool special(const char *s, size_t i, size_t len) {
    if (s[i] == '_')
        return !in_word(s, i, len);
    if (s[i] == '.')
        return bare_host(s, i, len);
    if (strchr("\\`*[]<|~$", s[i]))
        return s[i] != '\0';
    return s[i] == '&' && i + 1 < len && (alnum(s[i + 1]) || s[i + 1] == '#');
}

/* The length of an address that starts at s, less the punctuation after it; 0 for none.
 */
static size_t address(const char *s, size_t len) {
    size_t n = 0;
    if (len > 8 && (memcmp(s, "http://", 7) == 0 || memcmp(s, "https://", 8) == 0))
        while (n < len && s[n] > ' ' && !strchr("<>\"`|\\^{}", s[n]))
            n++;
    while (n > 0 && strchr(".,;:!?)]'*_~", s[n - 1]))
        n--;
    return n > 8 ? n : 0;
}

/* Between <>, since GitHub would take escapes for a part of the address. */
static void add_address(struct buf *out, const char *s, size_t len) {
    buf_putc(out, '<');
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '&')
            buf_puts(out, "&amp;");
        else
            buf_putc(out, s[i]);
    }
    buf_putc(out, '>');
}

static void add_escaped(const struct md *m, struct buf *out, const char *s, size_t len) {
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        size_t n = s[i] == 'h' && !m->in_link ? address(s + i, len - i) : 0;
        if (n == 0 && (alnum(s[i]) || s[i] == ' ' || !special(s, i, len)))
            continue;
        buf_add(out, s + done, i - done);
        done = i;
        if (n > 0) {
            add_address(out, s + i, n);
            done = i + n;
            i = done - 1;
        } else {
            buf_putc(out, '\\');
        }
    }
    buf_add(out, s + done, len - done);
}

/* Where a backslash must go in a line that starts with s, so that it starts no heading,
 * list, quotation or rule; SIZE_MAX where none is needed. */
static size_t line_escape(const char *s, size_t len) {
    size_t digits = strspn(s, "0123456789");
    if (digits > 0 && digits < 10 && digits < len && strchr(".)", s[digits]))
        return digits;
    return len > 0 && strchr("#+->=", *s) ? 0 : SIZE_MAX;
}

static void add_line(struct buf *out, const char *s, size_t len) {
    size_t at = line_escape(s, len);
    if (at == SIZE_MAX)
        at = 0;
    else
        buf_add(out, s, at), buf_putc(out, '\\');
    buf_add(out, s + at, len - at);
}

/* ---- inline */

static void inline_md(struct md *m, const struct xnode *n, uint32_t after,
                      struct buf *out);

static uint32_t first_of(const struct xnode *n) {
    for (; n; n = n->child)
        if (n->element == XHTML_TEXT) {
            size_t used;
            return n->len ? text_decode(n->text, n->len, &used) : 0;
        }
    return 0;
}

static void children_md(struct md *m, const struct xnode *first, uint32_t after,
                        struct buf *out) {
    for (const struct xnode *k = first; k; k = k->next)
        inline_md(m, k, k->next ? first_of(k->next) : after, out);
}

static uint32_t last_of(const struct buf *b) {
    if (b->len == 0)
        return 0;
    size_t at = text_prev(b->s, b->len, b->len), used;
    return text_decode(b->s + at, b->len - at, &used);
}

static bool white(uint32_t c) {
    return c == 0 || c == '\n' || c == ' ' || c == 0xa0 || uc_is_property_white_space(c);
}

static bool punctuation(uint32_t c, bool symbols) {
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_P))
        return true;
    return symbols && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_S);
}

/* CommonMark 6.2, for one side: `in` is the character inside the delimiter, `out` the one
 * outside. Versions differ on symbols: take the reading that is worse on each side. */
static bool flanks(uint32_t in, uint32_t out) {
    if (white(in))
        return false;
    return !punctuation(in, true) || white(out) || punctuation(out, false);
}

struct marks {
    const char *mark, *open, *close;
};

static const struct marks *marks_of(const struct xnode *n) {
    static const struct marks em = {"*", "<em>", "</em>"},
                              strong = {"**", "<strong>", "</strong>"},
                              del = {"~~", "<del>", "</del>"},
                              ins = {NULL, "<ins>", "</ins>"};
    return n->element == XHTML_EM       ? &em
           : n->element == XHTML_STRONG ? &strong
           : n->element == XHTML_DEL    ? &del
           : n->element == XHTML_INS    ? &ins
                                        : NULL;
}

static void marked(struct md *m, const struct xnode *n, const struct marks *k,
                   uint32_t after, struct buf *out) {
    struct buf in = BUF_INIT;
    bool nested = m->in_inline;
    m->in_inline = true;
    children_md(m, n->child, 0, &in);
    m->in_inline = nested;
    size_t used;
    uint32_t before = last_of(out);
    bool fits = k->mark && !nested && in.len > 0 && before != '*' && before != '~' &&
                flanks(text_decode(in.s, in.len, &used), before) &&
                flanks(last_of(&in), after);
    if (in.len > 0)
        buf_puts(out, fits ? k->mark : k->open);
    buf_add(out, in.s, in.len);
    if (in.len > 0)
        buf_puts(out, fits ? k->mark : k->close);
    buf_release(&in);
}

static void add_url(struct buf *out, const char *s) {
    for (; *s; s++) {
        if (strchr(" <>\\`|", *s))
            buf_addf(out, "%%%02X", (unsigned char)*s);
        else
            buf_putc(out, *s);
    }
}

static void link_md(struct md *m, const struct xnode *n, uint32_t after,
                    struct buf *out) {
    const char *href = n->attrs->href;
    if (*href == '\0' || *href == '#' ||
        !n->child) { /* Markdown has no places to go to */
        children_md(m, n->child, after, out);
        return;
    }
    if (out->len && out->s[out->len - 1] == '!') { /* else it were a picture */
        buf_cut(out, out->len - 1);
        buf_puts(out, "\\!");
    }
    buf_putc(out, '[');
    m->in_link = true;
    children_md(m, n->child, ']', out);
    m->in_link = false;
    buf_puts(out, "](<");
    add_url(out, href);
    buf_puts(out, ">)");
}

static void inline_md(struct md *m, const struct xnode *n, uint32_t after,
                      struct buf *out) {
    const struct marks *k = marks_of(n);
    if (xhtml_bar(n) >= 0)
        page_bar(xhtml_bar(n), out);
    else if (k)
        marked(m, n, k, after, out);
    else if (n->element == XHTML_TEXT)
        add_escaped(m, out, n->text, n->len);
    else if (n->element == XHTML_BR)
        buf_puts(out, m->in_table ? "<br>" : m->in_heading ? " " : "\n");
    else if (n->element == XHTML_A)
        link_md(m, n, after, out);
    else
        children_md(m, n->child, after, out);
}

/* Writes what was made inline; at each line feed a hard break, but none at the end. */
static void put(struct md *m, const char *s, size_t len) {
    while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == ' '))
        len--;
    for (;;) {
        const char *feed = memchr(s, '\n', len);
        size_t n = feed ? (size_t)(feed - s) : len;
        add_line(m->out, s, n);
        if (!feed)
            return;
        buf_puts(m->out, "\\\n");
        buf_add(m->out, m->prefix.s, m->prefix.len);
        s += n + 1;
        len -= n + 1;
    }
}

/* ---- blocks */

static void flow(struct md *m, const struct xnode *first, bool tight);

static void paragraph(struct md *m, const struct xnode *n) {
    struct buf b = BUF_INIT;
    children_md(m, n->child, 0, &b);
    size_t len = b.len;
    while (len > 0 && b.s[len - 1] == '\n')
        len--;
    if (len || m->head.len) {
        line_start(m);
        put(m, b.s, len);
        line_end(m);
    }
    buf_release(&b);
}

static void heading(struct md *m, const struct xnode *n) {
    struct buf b = BUF_INIT;
    m->in_heading = true;
    children_md(m, n->child, 0, &b);
    m->in_heading = false;
    line_start(m);
    buf_fill(m->out, '#', (size_t)(n->element - XHTML_H1) + 1);
    buf_putc(m->out, ' ');
    while (b.len > 0 && b.s[b.len - 1] == ' ')
        buf_cut(&b, b.len - 1);
    size_t hashes = b.len;
    while (hashes > 0 && b.s[hashes - 1] == '#')
        hashes--;
    buf_add(m->out, b.s, hashes);
    if (hashes < b.len) /* else they would close the heading */
        buf_putc(m->out, '\\');
    buf_add(m->out, b.s + hashes, b.len - hashes);
    line_end(m);
    buf_release(&b);
}

/* Puts a marker before the next line, and as many blanks before those that follow. */
static void enter(struct md *m, const char *marker, const char *then) {
    blank_line(m);
    if (!m->head.len)
        buf_add(&m->head, m->prefix.s, m->prefix.len);
    buf_puts(&m->head, marker);
    buf_puts(&m->prefix, then);
}

static void item(struct md *m, const struct xnode *li, const char *marker, bool tight) {
    size_t was = m->prefix.len, n = strlen(marker);
    char blanks[32] = "";
    memset(blanks, ' ', n);
    blanks[n] = '\0';
    enter(m, marker, blanks);
    flow(m, li->child, tight);
    if (m->head.len) {
        line_start(m);
        line_end(m);
    }
    buf_cut(&m->prefix, was);
}

static char list_mark(const struct md *m, char usual, char other) {
    return m->list_mark == usual && m->list_depth == m->prefix.len ? other : usual;
}

static void list_done(struct md *m, char mark) {
    m->list_mark = mark;
    m->list_depth = m->prefix.len;
}

static void list(struct md *m, const struct xnode *n) {
    bool tight = xhtml_tight(n), ordered = n->element == XHTML_OL;
    unsigned number = n->attrs->number;
    char mark = ordered ? list_mark(m, '.', ')') : list_mark(m, '-', '*');
    for (const struct xnode *li = n->child; li; li = li->next) {
        struct buf marker = BUF_INIT;
        if (ordered)
            buf_addf(&marker, "%u", number++);
        buf_addf(&marker, "%c ", mark);
        if (li != n->child)
            m->blank_due = !tight;
        item(m, li, marker.s, tight);
        buf_release(&marker);
    }
    list_done(m, mark);
}

/* Markdown has no definitions: a list of "**Term:** text". */
static void term(struct md *m, const struct xnode *dt, struct buf *out) {
    struct buf b = BUF_INIT;
    m->in_inline = true;
    children_md(m, dt->child, 0, &b);
    m->in_inline = false;
    size_t used;
    bool fits = b.len > 0 && flanks(text_decode(b.s, b.len, &used), 0);
    buf_addf(out, fits ? "**%s:**" : "<strong>%s:</strong>", b.s);
    buf_release(&b);
}

/* A definition starts on the line of its term when it starts with a paragraph. */
static const struct xnode *definition_start(struct md *m, const struct xnode *dd,
                                            struct buf *line) {
    const struct xnode *first = dd->child;
    if (!first || first->element != XHTML_P)
        return first;
    buf_putc(line, ' ');
    children_md(m, first->child, 0, line);
    return first->next;
}

static void pair(struct md *m, const struct xnode *dt, const char *marker, bool tight) {
    struct buf line = BUF_INIT;
    const struct xnode *dd = dt->next, *rest = NULL;
    size_t was = m->prefix.len;
    enter(m, marker, "  ");
    term(m, dt, &line);
    if (dd && dd->element == XHTML_DD)
        rest = definition_start(m, dd, &line);
    line_start(m);
    put(m, line.s, line.len);
    line_end(m);
    buf_release(&line);
    for (; dd && dd->element == XHTML_DD; dd = dd->next, rest = dd ? dd->child : NULL) {
        if (!rest)
            continue;
        m->blank_due = !tight;
        flow(m, rest, tight);
    }
    buf_cut(&m->prefix, was);
}

static void pairs(struct md *m, const struct xnode *n) {
    bool tight = xhtml_tight(n);
    char marker[] = {list_mark(m, '-', '*'), ' ', '\0'};
    for (const struct xnode *k = n->child; k; k = k->next) {
        if (k->element != XHTML_DT) {
            if (k == n->child)
                flow(m, k->child, tight);
            continue;
        }
        if (k != n->child)
            m->blank_due = !tight;
        pair(m, k, marker, tight);
    }
    list_done(m, *marker);
}

/* ---- tables */

static void cell(struct md *m, const struct xnode *n, struct buf *out) {
    if (xhtml_role(n) == ROLE_PHRASE) {
        if (out->len)
            buf_puts(out, "<br>");
        children_md(m, n->child, 0, out);
        return;
    }
    for (const struct xnode *k = n->child; k; k = k->next)
        cell(m, k, out);
}

static size_t row_columns(const struct xnode *tr) {
    size_t n = 0;
    for (const struct xnode *k = tr->child; k; k = k->next)
        n += k->attrs->number;
    return n;
}

static size_t table_columns(const struct xnode *table) {
    size_t most = 0;
    for (const struct xnode *part = table->child; part; part = part->next)
        for (const struct xnode *tr = part->child; tr; tr = tr->next)
            if (row_columns(tr) > most)
                most = row_columns(tr);
    return most;
}

static void row(struct md *m, const struct xnode *tr, size_t columns) {
    line_start(m);
    buf_putc(m->out, '|');
    size_t n = 0;
    for (const struct xnode *k = tr ? tr->child : NULL; k && n < columns; k = k->next) {
        struct buf b = BUF_INIT;
        cell(m, k, &b);
        buf_addf(m->out, " %s |", b.s);
        buf_release(&b);
        n++;
        for (int i = 1; i < k->attrs->number && n < columns; i++, n++)
            buf_puts(m->out, "  |");
    }
    for (; n < columns; n++)
        buf_puts(m->out, "  |");
    line_end(m);
}

static void head_row(struct md *m, const struct xnode *tr, size_t columns) {
    row(m, tr, columns);
    line_start(m);
    buf_putc(m->out, '|');
    const struct xnode *th = tr ? tr->child : NULL;
    for (size_t i = 0; i < columns; i++, th = th ? th->next : NULL)
        buf_puts(m->out, th && xhtml_has_class(th, "number") ? " --: |" : " --- |");
    line_end(m);
}

static void table(struct md *m, const struct xnode *n) {
    enum { COLUMNS_MAX = 64 };
    size_t columns = table_columns(n);
    if (columns > COLUMNS_MAX)
        columns = COLUMNS_MAX;
    if (columns == 0)
        return;
    const struct xnode *head = n->child->element == XHTML_THEAD ? n->child->child : NULL;
    m->in_table = true;
    head_row(m, head, columns);
    for (const struct xnode *part = n->child; part; part = part->next)
        for (const struct xnode *tr = part->child; tr; tr = tr->next)
            if (tr != head)
                row(m, tr, columns);
    m->in_table = false;
}

/* ---- all blocks */

static void quote(struct md *m, const struct xnode *n) {
    size_t was = m->prefix.len;
    enter(m, "> ", "> ");
    flow(m, n->child, false);
    buf_clear(&m->head);
    buf_cut(&m->prefix, was);
}

/* With underscores, since after the marker of a list "---" would be a rule around it. */
static void rule(struct md *m) {
    line_start(m);
    buf_puts(m->out, "___");
    line_end(m);
}

static void block(struct md *m, const struct xnode *n) {
    switch (n->element) {
    case XHTML_H1:
    case XHTML_H2:
    case XHTML_H3:
    case XHTML_H4:
        heading(m, n);
        break;
    case XHTML_UL:
    case XHTML_OL:
        list(m, n);
        break;
    case XHTML_DL:
        pairs(m, n);
        break;
    case XHTML_TABLE:
        table(m, n);
        break;
    case XHTML_HR:
        rule(m);
        break;
    case XHTML_BLOCKQUOTE:
        quote(m, n);
        break;
    case XHTML_P:
        paragraph(m, n);
        break;
    default:
        flow(m, n->child, false);
    }
}

static void flow(struct md *m, const struct xnode *first, bool tight) {
    for (const struct xnode *k = first; k; k = k->next) {
        if (k != first)
            m->blank_due = m->blank_due || !tight;
        block(m, k);
    }
}

int format_markdown(const struct xhtml *x, const struct format_options *o,
                    struct buf *out, struct err *err) {
    (void)o;
    (void)err;
    struct md m = {.out = out, .prefix = BUF_INIT, .head = BUF_INIT};
    flow(&m, x->body->child, false);
    buf_release(&m.prefix);
    buf_release(&m.head);
    return 0;
}
