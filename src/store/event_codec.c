#include "event_codec.h"

#include "memo_codec.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void attr(struct buf *out, const char *name, const char *value) {
    buf_addf(out, " %s=\"", name);
    xml_escape_attr(out, value);
    buf_putc(out, '"');
}

void event_encode(const struct event *e, struct buf *out) {
    char at[25];
    size_t start = out->len;
    event_time_format(e->at, at);
    buf_addf(out, "<%s n=\"%u\"", e->name, (unsigned)e->n);
    attr(out, "id", e->id);
    attr(out, "at", at);
    size_t seal = out->len;
    for (uint32_t i = 0; i < e->n_attrs; i++)
        attr(out, e->attrs[i].name, e->attrs[i].value);
    if (*e->text) {
        buf_putc(out, '>');
        xml_escape_text(out, e->text, strlen(e->text));
        buf_addf(out, "</%s>", e->name);
    } else {
        buf_puts(out, "/>");
    }
    uLong crc = crc32(0, (const Bytef *)out->s + start, (uInt)(out->len - start));
    struct buf rest = BUF_INIT;
    buf_add(&rest, out->s + seal, out->len - seal);
    buf_cut(out, seal);
    buf_addf(out, " crc=\"%08lx\"", crc);
    buf_add(out, rest.s, rest.len);
    buf_putc(out, '\n');
    buf_release(&rest);
}

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t before_blanks(const char *s, size_t i) {
    while (i > 0 && blank(s[i - 1]))
        i--;
    return i;
}

/* Finds the start tag's own crc attribute: [*from, *to) with the blank before it, its
 * value at *value. Quoted values are stepped over, so that none can pass for it. */
static bool find_seal(const char *s, size_t len, size_t *from, size_t *to,
                      const char **value) {
    size_t i = 1;
    while (i < len && s[i] != '>') {
        if (s[i] != '"' && s[i] != '\'') {
            i++;
            continue;
        }
        const char *end = memchr(s + i + 1, s[i], len - i - 1);
        if (!end)
            return false;
        size_t equals = before_blanks(s, i);
        bool is_value = equals > 0 && s[equals - 1] == '=';
        size_t name = is_value ? before_blanks(s, equals - 1) : 0;
        if (name >= 4 && memcmp(s + name - 3, "crc", 3) == 0 && blank(s[name - 4])) {
            *from = name - 4;
            *to = (size_t)(end - s) + 1;
            *value = s + i + 1;
            return true;
        }
        i = (size_t)(end - s) + 1;
    }
    return false;
}

/* The sum of an element without the bytes [from, to). */
static uLong sum_without(const char *bytes, size_t len, size_t from, size_t to) {
    uLong crc = crc32(0, (const Bytef *)bytes, (uInt)from);
    return crc32(crc, (const Bytef *)bytes + to, (uInt)(len - to));
}

void event_reseal(const char *bytes, size_t len, struct buf *out) {
    size_t from, to;
    const char *value;
    if (!find_seal(bytes, len, &from, &to, &value)) {
        buf_add(out, bytes, len);
        return;
    }
    buf_add(out, bytes, from);
    buf_addf(out, " crc=\"%08lx\"", sum_without(bytes, len, from, to));
    buf_add(out, bytes + to, len - to);
}

enum event_seal event_check_seal(const char *bytes, size_t len) {
    size_t from, to;
    const char *value;
    if (!find_seal(bytes, len, &from, &to, &value))
        return SEAL_ABSENT;
    uLong crc = sum_without(bytes, len, from, to);
    char *end;
    unsigned long written = strtoul(value, &end, 16);
    return end == value + 8 && bytes + to == end + 1 && written == crc ? SEAL_RIGHT
                                                                       : SEAL_WRONG;
}
