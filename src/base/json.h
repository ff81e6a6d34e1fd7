/*
 * Writing JSON (RFC 8259): values appended to a buffer, commas set by the writer.
 *
 *     struct json j = {out};
 *     json_object(&j, NULL); json_string(&j, "id", "b"); json_end(&j, '}');
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

struct json {
    struct buf *out;
    bool more; /* a value stands before, so that a comma is due */
};

/* `key` is NULL inside an array and at the top. */
void json_object(struct json *j, const char *key);
void json_array(struct json *j, const char *key);
/* Closes with '}' or ']'. */
void json_end(struct json *j, char bracket);
void json_string(struct json *j, const char *key, const char *value);
/* null for NULL. */
void json_string_or_null(struct json *j, const char *key, const char *value);
void json_int(struct json *j, const char *key, int64_t value);
void json_bool(struct json *j, const char *key, bool value);
/* A line break before the next value, for people. */
void json_line(struct json *j);

#endif
