/*
 * Two wordings compared, on a page: what went as [-gone-], what came as {+new+}, each in
 * a look of its own. The marks are those of wdiff; blanks at the ends of a change stand
 * outside of them.
 */
#ifndef UI_DIFF_TEXT_H
#define UI_DIFF_TEXT_H

#include "model/diff.h"
#include "page.h"

enum diff_side {
    DIFF_BOTH, /* word by word */
    DIFF_OLD,  /* the old one, with what went marked */
    DIFF_LATER /* the later one, with what came marked */
};

/* Adds it, as page_add() does. *d is the difference of the two texts. */
void diff_text_add(struct page *p, int x, const struct diff *d, const char *old,
                   const char *later, enum diff_side side);

#endif
