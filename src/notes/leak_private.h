/*
 * What the files of the leak check share.
 *
 *     leak.c        the page, block by block, and what is said of a leak
 *     leak_voice.c  whether a side speaks there; initials
 *     leak_memo.c   what of the memo is public
 *     leak_names.c  names and words
 *     leak_forms.c  the cases of Russian names
 *     leak_spell.c  their spellings
 *     leak_words.c  words that are taken for no name
 */
#ifndef NOTES_LEAK_PRIVATE_H
#define NOTES_LEAK_PRIVATE_H

#include "leak_names.h"

/* Goes on with a hash over a string (FNV-1a, 64 bits), from LEAK_HASH. */
#define LEAK_HASH UINT64_C(0xCBF29CE484222325)
uint64_t leak_hash(uint64_t h, const char *s);
/* Whether the side that the words from `at` name speaks there. */
bool leak_side_speaks(const struct leak_text *t, size_t at, unsigned words);
/* Whoever signs with initials at word `at`: a name, or NONE; *words is how many words
 * they are. */
uint32_t leak_initials_at(const struct leak_names *n, const struct leak_text *t,
                          size_t at, unsigned *words);
/* "JS", which may be some. */
bool leak_bare_initials(const struct leak_text *t, size_t at);
/* Those of `words` words, or of bare ones. */
struct leak_initials leak_initials_of(const struct leak_text *t, size_t at,
                                      unsigned words);
/* What says something, in its usual forms: "said", "proposes". */
bool leak_is_saying(const char *key);
/* Whether the word does, and can be nothing but a verb or the plural of a noun. */
bool leak_says(const struct leak_text *t, size_t word);

/* A piece of the memo that has a name in it. */
struct leak_piece {
    const char *s;
    size_t len;
    bool author; /* public at the head only */
};

struct leak_memo {
    struct arena arena;
    VEC(struct leak_piece) pieces;
};

/* Marks the names that are ordinary words in the memo, as well. */
void leak_memo_init(struct leak_memo *m, struct leak_names *n, const struct memo *memo);
void leak_memo_release(struct leak_memo *m);
/* Whether [start, end) of the text stands in the memo's words. */
bool leak_memo_has(const struct leak_memo *m, const char *text, size_t len, size_t start,
                   size_t end, bool at_head);

/* Appends s made visible, with each run of blanks, no-break ones too, as one, and without
 * what is not seen at all. */
void leak_plain(struct buf *out, const char *s, size_t len);

#endif
