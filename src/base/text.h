/*
 * UTF-8 text: what it takes on a terminal, where it may be broken, how it is compared.
 *
 * Columns are those of wcwidth(), since curses counts with it; clusters are the extended
 * grapheme clusters of Unicode (UAX 29), line breaks those of UAX 14, both by
 * libunistring. All lengths and offsets are in bytes unless a name says columns.
 *
 * Invariant: every function takes any bytes. What is not valid UTF-8 counts, one byte at
 * a time, as U+FFFD. wcwidth() needs a UTF-8 LC_CTYPE, which text_locale() sees to.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Set LC_CTYPE from the environment, or C.UTF-8 where that is not UTF-8. */
void text_locale(void);

/* One code point at s (len > 0); *used is the bytes it took (at least 1). */
uint32_t text_decode(const char *s, size_t len, size_t *used);
void text_encode(struct buf *out, uint32_t c);
bool text_valid(const char *s, size_t len);
/* Nothing but blanks, tabs and line ends. */
bool text_blank(const char *s);

/* The grapheme cluster that starts at `at`: the offset of its end (> at, or len). One of
 * more than 64 code points counts as several. */
size_t text_next(const char *s, size_t len, size_t at);
/* The start of the cluster that ends at `at`; 0 for 0. */
size_t text_prev(const char *s, size_t len, size_t at);
/* Columns of one code point, of a whole string, and the offset where `columns` are full
 * (never inside a cluster). What text_visible() shows in another form counts as that. */
int text_columns_of(uint32_t c);
size_t text_columns(const char *s, size_t len);
size_t text_fit(const char *s, size_t len, size_t columns);

/* Appends s with controls, C1 codes, bidirectional overrides and what wcwidth() does not
 * know made visible: `^[`, `<U+202E>`. Tab and line feed become a blank; bytes that are
 * not UTF-8 become U+FFFD. Safe for a terminal; a second time changes nothing. */
void text_visible(struct buf *out, const char *s, size_t len);
/* The same, with line feeds kept. */
void text_visible_lines(struct buf *out, const char *s, size_t len);
/* Appends s, made visible, cut to `columns` with an ellipsis where cut; padded with
 * blanks when asked (then it takes `columns` exactly). */
void text_cut(struct buf *out, const char *s, size_t len, size_t columns, bool pad);

/* Appends s made fit for XML: C0 controls but tab and line feed (a carriage return stays
 * too) become U+2400 + code; invalid bytes, U+FFFE and U+FFFF become U+FFFD. Returns the
 * number of characters that were changed. */
size_t text_clean(struct buf *out, const char *s, size_t len);

/* Lines of a soft-wrapped text. A line is s[start, end); the blanks at a break belong to
 * no line, nor do those before a line feed that have no room. A line feed ends a line; an
 * empty text is one empty line. A word that is too long is cut between clusters. */
struct text_line {
    size_t start, end; /* what is drawn */
    size_t next;       /* where the following line starts */
    bool hard;         /* ended by a line feed or the end of the text */
};
/* Fills *line with the line that starts at `start`; false when start > len, i.e. after
 * the last line. Iterate: for (at = 0; text_wrap(s, len, at, cols, &l); at = l.next).
 * After the last line next is len + 1. Each line has at least one cluster, even when
 * wider. */
bool text_wrap(const char *s, size_t len, size_t start, size_t columns,
               struct text_line *line);

/* Appends s folded for comparison: case folded, canonically decomposed, without combining
 * marks (so that "Émile" is found by "emile", and "ё" by "е") and without what is not
 * seen (soft hyphens, joiners, variation selectors). Each code point folds by itself.
 * ASCII takes a short path. */
void text_fold(struct buf *out, const char *s, size_t len);
/* Whether they are the same, and whether one begins with the other, once folded. */
bool text_same(const char *a, const char *b);
bool text_begins(const char *s, const char *start);
/* Offset in s (unfolded) of the first match of the folded needle, from `from`, and the
 * end of the match, marks after it included; false when there is none, or nothing to
 * find. */
bool text_find(const char *s, size_t len, size_t from, const char *needle,
               size_t needle_len, size_t *start, size_t *end);

/* The Latin key in the same place of the keyboard as a Cyrillic letter (ЙЦУКЕН over
 * QWERTY), or c itself. */
uint32_t text_latin_key(uint32_t c);

#endif
