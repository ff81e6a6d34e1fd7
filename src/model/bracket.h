/*
 * Owned brackets: text that is not agreed, as the alternatives that sides hold, in an
 * answer:
 *
 *     States shall [ru: not | us: , with consent, [us: promptly | ru: ]] give access.
 *
 *     bracket     := "[" alternative { "|" alternative } "]"
 *     alternative := owner { "," owner } ":" text
 *
 * An owner is the id of a side, in either case. A bracket is owned when it begins with an
 * owner (or several) and a colon; any other is editorial ("[deepen]") and is text like
 * the rest. Brackets nest; an empty alternative is a side that wants nothing there.
 * Blanks around the text of an alternative are not part of it.
 *
 * Broken is an owned bracket that does not close, that has an alternative without an
 * owner, or one nested deeper than BRACKET_DEPTH_MAX; it is told with its place and stays
 * text, to the last letter: no function here loses a byte of what it was given. Whole
 * brackets may stand in a broken one.
 *
 * Practice: square brackets for text not agreed, with the names of those who hold it, as
 * in the negotiating texts of the United Nations.
 *
 * Pure. Offsets and lengths are bytes of the text, which must outlive struct brackets.
 */
#ifndef MODEL_BRACKET_H
#define MODEL_BRACKET_H

#include "base/buf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { BRACKET_DEPTH_MAX = 16, BRACKET_NONE = -1 };

struct alternative {
    uint32_t owners, owners_len; /* "us, eu" */
    uint32_t start, end;         /* of its text, without the blanks around it */
};

struct bracket {
    uint32_t start,
        end;    /* from "[" to after "]"; of a broken one, to where it was found out */
    int parent; /* the bracket it stands in, or BRACKET_NONE */
    uint32_t first, n; /* its alternatives: alternatives.v[first .. first + n) */
    uint16_t depth;    /* 0: stands in no other */
    bool broken;
};

/* In the order of their "[". Brackets are numbered so, from 1, for people. */
struct brackets {
    VEC(struct bracket) v;
    VEC(struct alternative) alternatives;
    uint32_t n_open; /* whole ones, nested ones included */
    uint32_t n_broken;
};

/* Whether a word (not ended by NUL) is the id of a side. */
typedef bool bracket_side(const void *ctx, const char *word, size_t len);

/* The bytes up to the colon of "ru, us:" at s, or 0 where no owners stand there. */
size_t bracket_owners(const char *s, size_t len, bracket_side *is_side, const void *ctx);

/* *b is zero or released. */
void brackets_parse(struct brackets *b, const char *text, size_t len,
                    bracket_side *is_side, const void *ctx);
void brackets_release(struct brackets *b);

/* The first owner, as it is written, which may be in capitals. */
const char *alternative_owner(const char *text, const struct alternative *a, size_t *len);
/* Whether a side is among an alternative's owners. */
bool alternative_has(const char *text, const struct alternative *a, const char *side);

/* The text without brackets, appended: each whole one as `side` would have it, or with
 * side NULL, or where the side has no alternative, as "[…]". Broken ones stay as they
 * are. */
void brackets_clean(const struct brackets *b, const char *text, size_t len,
                    const char *side, struct buf *out);
/* The text with one bracket replaced, appended: by its alternative number `alternative`
 * (from 0), or where that is negative by `wording`. Where nothing is put in, one of two
 * blanks goes. */
void brackets_resolve(const struct brackets *b, const char *text, size_t len,
                      size_t bracket, int alternative, const char *wording,
                      struct buf *out);

#endif
