/*
 * Find as you type: in the words of the memo's topics and issues, and in everything
 * recorded, ignoring case and accents. A topic's words count as its first issue's.
 *
 * The search looks at one item after another, from a given place on and round, and can
 * be stopped after any number of them, so that a key press never waits for it. A longer
 * needle that extends the last one starts from the matches found so far.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "workbook.h"

struct search;

struct search *search_new(const struct workbook *w);
void search_free(struct search *s);
/* Starts afresh (or narrows) with a needle as typed; "" matches nothing. */
void search_set(struct search *s, const char *needle, uint32_t from_issue);
/* Looks at up to `items` more issues; true while there are more to look at. */
bool search_step(struct search *s, uint32_t items);
/* Whether the issue matches, as far as was looked. */
bool search_matches(const struct search *s, uint32_t issue);
uint32_t search_count(const struct search *s); /* matches so far */
bool search_done(const struct search *s);
/* The next (step 1) or previous (-1) matching issue after `from` in the memo's order and
 * round, or NONE so far. Itself only when it is the only match. */
uint32_t search_next(const struct search *s, uint32_t from, int step);
/* The first match at or after `from`, and round. */
uint32_t search_first(const struct search *s, uint32_t from);
/* The folded needle, for marking matches with text_find(). */
const char *search_needle(const struct search *s, size_t *len);

#endif
