#include "json.h"

#include <string.h>

static void quote(struct buf *out, const char *s) {
    buf_putc(out, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            buf_putc(out, '\\');
        if (c == '\n')
            buf_puts(out, "\\n");
        else if (c < 0x20 || c == 0x7f)
            buf_addf(out, "\\u%04x", c);
        else
            buf_putc(out, (char)c);
    }
    buf_putc(out, '"');
}

static void begin(struct json *j, const char *key) {
    if (j->more) {
        /* A line break that was asked for stands after the comma. */
        bool line = j->out->len > 0 && j->out->s[j->out->len - 1] == '\n';
        if (line)
            buf_cut(j->out, j->out->len - 1);
        buf_putc(j->out, ',');
        if (line)
            buf_putc(j->out, '\n');
    }
    j->more = true;
    if (key) {
        quote(j->out, key);
        buf_putc(j->out, ':');
    }
}

void json_object(struct json *j, const char *key) {
    begin(j, key);
    buf_putc(j->out, '{');
    j->more = false;
}

void json_array(struct json *j, const char *key) {
    begin(j, key);
    buf_putc(j->out, '[');
    j->more = false;
}

void json_end(struct json *j, char bracket) {
    buf_putc(j->out, bracket);
    j->more = true;
}

void json_string(struct json *j, const char *key, const char *value) {
    begin(j, key);
    quote(j->out, value);
}

void json_string_or_null(struct json *j, const char *key, const char *value) {
    begin(j, key);
    if (value)
        quote(j->out, value);
    else
        buf_puts(j->out, "null");
}

void json_int(struct json *j, const char *key, int64_t value) {
    begin(j, key);
    buf_addf(j->out, "%lld", (long long)value);
}

void json_bool(struct json *j, const char *key, bool value) {
    begin(j, key);
    buf_puts(j->out, value ? "true" : "false");
}

void json_line(struct json *j) {
    buf_putc(j->out, '\n');
}
