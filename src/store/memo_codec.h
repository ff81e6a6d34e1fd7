/*
 * A memo from XML, and to XML (workbook-format: memobook(5), grammar: memos/memo.rnc).
 *
 * The reader says what RELAX NG cannot: doubled ids, references to nothing, dates that
 * do not exist. Errors carry file, line and column.
 */
#ifndef STORE_MEMO_CODEC_H
#define STORE_MEMO_CODEC_H

#include "xml_reader.h"

#include "model/memo.h"

/* A memo file, in any encoding that it declares. NULL with *err. */
struct memo *memo_parse(const char *bytes, size_t len, const char *file, struct err *err);
struct memo *memo_load(const char *path, struct err *err);

/* Serialised anew: UTF-8, no CDATA, no DOCTYPE, no XML declaration, one element to a
 * line; the line `<log>` cannot stand in it. */
void memo_write(const struct memo *m, struct buf *out);

/* Text and attribute values, escaped. */
void xml_escape_text(struct buf *out, const char *s, size_t len);
void xml_escape_attr(struct buf *out, const char *s);

/* A memo that is being read as part of a larger document: feed it the callbacks from its
 * `<memo>` to its `</memo>`. */
struct memo_builder;
struct memo_builder *memo_builder_new(void);
int memo_builder_start(struct memo_builder *b, const struct xml_element *e,
                       struct err *err);
int memo_builder_end(struct memo_builder *b, struct err *err);
int memo_builder_text(struct memo_builder *b, const char *s, size_t len, struct err *err);
/* How deep it is: 0 before `<memo>` and after `</memo>`. */
int memo_builder_depth(const struct memo_builder *b);
/* The memo, once complete; the builder keeps none. */
struct memo *memo_builder_take(struct memo_builder *b);
void memo_builder_free(struct memo_builder *b);

#endif
