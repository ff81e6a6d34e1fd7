/*
 * The difference of two wordings, word by word: what stands in both, what went, what
 * came. Pure. The shortest edit script (Myers 1986, "An O(ND) Difference Algorithm and
 * Its Variations") over words, blanks and marks; an ideograph is a word of its own.
 * Beyond DIFF_EDITS_MAX edits the middle counts as rewritten: all of the old, then all of
 * the new.
 *
 * Invariants: the pieces in order, without DIFF_NEW, are the whole of the old text;
 * without DIFF_GONE, of the new. Neighbours differ in kind. Between what stays, what went
 * comes before what came; blanks alone never separate two changes.
 */
#ifndef MODEL_DIFF_H
#define MODEL_DIFF_H

#include "base/vec.h"

#include <stdint.h>

enum { DIFF_EDITS_MAX = 1000 };

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };

struct diff_piece {
    uint8_t kind;        /* enum diff_kind */
    uint32_t start, len; /* in the old text for DIFF_GONE, else in the new */
};

struct diff {
    VEC(struct diff_piece) v;
};

/* *d is zero or released. */
void diff_words(struct diff *d, const char *old, const char *new);
void diff_release(struct diff *d);

#endif
