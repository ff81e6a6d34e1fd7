/*
 * A text with its owned brackets, drawn so that one sees whose text is whose: the owner
 * of each alternative as a tag in capitals, an alternative in the look of its first
 * owner, brackets numbered as `resolve` counts them where there are several, a broken one
 * called so.
 *
 *     States shall [¹RU: not | US: , with consent, [²US: promptly | RU: (nothing)]²]¹
 *
 * The look of a side goes by its place among the sides; three looks take turns. No
 * meaning is in the look alone: the tags say the same.
 *
 * Invariant: the runs of a text are the whole of it, in order. A page has every letter of
 * it; owners are in capitals there, and numbers, "(nothing)" and the words for what is
 * broken are added.
 */
#ifndef UI_BRACKET_TEXT_H
#define UI_BRACKET_TEXT_H

#include "model/bracket.h"
#include "page.h"

struct workbook;

enum bracket_run_kind {
    RUN_TEXT,  /* of all, or held by a side */
    RUN_OPEN,  /* "[" */
    RUN_OWNER, /* "us, eu" */
    RUN_BAR,   /* between owner and text, and between alternatives */
    RUN_EMPTY, /* of no length: an alternative without text */
    RUN_CLOSE, /* "]" */
    RUN_BROKEN /* the "[" of a broken one */
};

struct bracket_run {
    uint32_t start, end; /* bytes of the text */
    uint16_t role;
    uint8_t kind;
    uint32_t bracket; /* whose it is, from 0; of RUN_TEXT no matter */
};

/* For who draws the text as it is typed, as the editor does. Text outside brackets has
 * the role `plain`. *out is released by the caller. */
typedef VEC(struct bracket_run) bracket_runs;
void bracket_runs_of(const struct workbook *w, const char *text, unsigned plain,
                     bracket_runs *out);

/* Adds it to a page, as page_add() does. */
void bracket_text_add(struct page *p, int x, unsigned plain, const struct workbook *w,
                      const char *text);

#endif
