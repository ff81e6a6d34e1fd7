/*
 * The strings of a finished PDF that are outside its streams, where memobook-pdf puts
 * none but pages, fonts and pictures: the metadata, the outline, the addresses of links,
 * the tags (ISO 32000-1, 7.3.4).
 */
#include "format.h"

#include "base/text.h"

#include <string.h>

struct scan {
    const char *s, *end;
    struct buf key, string;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* After the backslash. */
static void take_escaped(struct scan *p) {
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *at = *p->s ? strchr(from, *p->s) : NULL;
    unsigned code = 0, digits = 0;
    while (digits < 3 && p->s < p->end && *p->s >= '0' && *p->s <= '7') {
        code = code * 8 + (unsigned)(*p->s++ - '0');
        digits++;
    }
    if (digits)
        buf_putc(&p->string, (char)code);
    else if (p->s < p->end)
        buf_putc(&p->string, at ? to[at - from] : *p->s);
    p->s += !digits && p->s < p->end;
}

/* "(…)", parentheses in it in pairs or escaped. */
static void take_literal(struct scan *p) {
    unsigned depth = 1;
    for (p->s++; p->s < p->end && depth;) {
        char c = *p->s++;
        depth += c == '(';
        depth -= c == ')';
        if (c == '\\')
            take_escaped(p);
        else if (depth)
            buf_putc(&p->string, c);
    }
}

/* "<feff…>" */
static void take_hex(struct scan *p) {
    int high = -1;
    for (p->s++; p->s < p->end && *p->s != '>'; p->s++) {
        int digit = hex(*p->s);
        if (digit >= 0 && high >= 0) {
            buf_putc(&p->string, (char)(high * 16 + digit));
            high = -1;
        } else if (digit >= 0) {
            high = digit;
        }
    }
    p->s += p->s < p->end;
}

/* UTF-16 with its mark, or what is read as UTF-8. */
static void add_string(const struct buf *b, struct buf *out) {
    const unsigned char *s = (const unsigned char *)b->s;
    size_t start = out->len;
    bool wide = b->len >= 2 && s[0] == 0xfe && s[1] == 0xff;
    if (!wide)
        buf_add(out, b->s, b->len);
    for (size_t i = 2; wide && i + 1 < b->len; i += 2) {
        uint32_t c = (uint32_t)s[i] << 8 | s[i + 1];
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < b->len) {
            uint32_t low = (uint32_t)s[i + 2] << 8 | s[i + 3];
            c = 0x10000 + ((c - 0xd800) << 10) + (low & 0x3ff);
            i += 2;
        }
        text_encode(out, c);
    }
    for (size_t i = start; i < out->len; i++)
        if ((unsigned char)out->s[i] < ' ')
            out->s[i] = ' '; /* a string is one line */
}

static void take_string(struct scan *p, struct buf *lines) {
    /* Of fonts, of Cairo, of the file. */
    static const char *const fixed[] = {"ID",       "FontFamily", "Registry",
                                        "Ordering", "Producer",   "CreationDate"};
    buf_clear(&p->string);
    if (*p->s == '(')
        take_literal(p);
    else
        take_hex(p);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(p->key.s, fixed[i]) == 0)
            buf_clear(&p->string);
    if (p->string.len == 0)
        return;
    buf_addf(lines, "%s of the PDF\t", p->key.len ? p->key.s : "a text");
    add_string(&p->string, lines);
    buf_putc(lines, '\n');
}

/* "/Title" */
static void take_key(struct scan *p) {
    const char *from = ++p->s;
    while (p->s < p->end && !is_blank(*p->s) && !strchr("/()<>[]{}%", *p->s))
        p->s++;
    buf_clear(&p->key);
    buf_add(&p->key, from, (size_t)(p->s - from));
}

static bool at(const struct scan *p, const char *word) {
    size_t n = strlen(word);
    return (size_t)(p->end - p->s) >= n && memcmp(p->s, word, n) == 0;
}

static void skip_stream(struct scan *p) {
    static const char end[] = "endstream";
    const char *to = memmem(p->s, (size_t)(p->end - p->s), end, strlen(end));
    p->s = to ? to + strlen(end) : p->end;
}

int format_read_pdf(const struct buf *document, struct buf *lines, struct err *err) {
    /* Cairo 1.16 writes none of these, in which strings would be compressed. */
    static const char hidden[] = "/ObjStm";
    if (memmem(document->s, document->len, hidden, strlen(hidden)))
        return err_set(err, "the strings of the PDF cannot be read again: it has object "
                            "streams");
    struct scan p = {document->s, document->s + document->len, BUF_INIT, BUF_INIT};
    while (p.s < p.end) {
        if (at(&p, "<<") || at(&p, ">>"))
            p.s += 2;
        else if (at(&p, "stream"))
            skip_stream(&p);
        else if (*p.s == '(' || *p.s == '<')
            take_string(&p, lines);
        else if (*p.s == '/')
            take_key(&p);
        else
            p.s++;
    }
    buf_release(&p.key);
    buf_release(&p.string);
    return 0;
}
