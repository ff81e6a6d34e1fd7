/*
 * What a page says of how far an issue is agreed: its outcome with who has still to
 * confirm it, its answer with owned brackets, read-backs, sub-questions, soundings. Parts
 * of the page that detail.c builds. It is the facilitator's: what is private is on it,
 * and says so.
 */
#ifndef UI_AGREED_H
#define UI_AGREED_H

#include "page.h"

/* How answers are drawn: so, or as a side would have them (its index in w->room.sides).
 */
enum { ANSWERS_BRACKETED = -2, ANSWERS_CLEAN = -1 };

/* "clean", "as Russian Federation would have it"; nothing for ANSWERS_BRACKETED. */
void agreed_how(const struct workbook *w, int how, struct buf *out);

/* Where it was carried from, the disposition with all that goes with it, open brackets,
 * and what a recommendation rests on. Nothing where the heading says it all. */
void agreed_add_outcome(struct page *p, const struct workbook *w, uint32_t issue,
                        int64_t now);
void agreed_add_text(struct page *p, int x, const struct workbook *w, const char *text,
                     int how);
/* The last read-back of an answer. */
void agreed_add_readback(struct page *p, int x, const struct workbook *w, uint32_t issue,
                         uint16_t sub, int64_t now);
/* How a sub-question was closed, once one was or the issue is answered. */
void agreed_add_sub(struct page *p, int x, const struct workbook *w, uint32_t issue,
                    uint16_t sub);
void agreed_add_soundings(struct page *p, const struct workbook *w, uint32_t issue);

/* "[2]", "[2!]" with a broken one besides, "[!]", or nothing. */
void agreed_brackets_mark(unsigned n_open, unsigned n_broken, struct buf *out);
/* Whether sub-questions are worth a word: it has some, and something was answered. */
bool agreed_has_subs(const struct workbook *w, uint32_t issue);

#endif
