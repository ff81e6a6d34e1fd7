/*
 * All that is known of an issue (or a topic): the right pane of the workbook screen, the
 * issue full-screen, and beside the editor on a wide terminal. Its sub-questions and
 * entries can be focused.
 *
 * A part of a screen, not a screen. It is built anew when what it shows, its width or the
 * log has changed, and costs what its own issue holds.
 */
#ifndef UI_DETAIL_H
#define UI_DETAIL_H

#include "agreed.h"
#include "pace.h"

struct detail {
    struct page page;
    struct ref shown; /* a topic, or an issue */
    uint64_t built;   /* version of the workbook it was built from */
    int columns;      /* to build it for: those of the last drawing */
    bool stale;
    int how;                /* answers are drawn: agreed.h */
    struct pace_cache pace; /* for the heading */
};

void detail_init(struct detail *d);
void detail_release(struct detail *d);
void detail_show(struct detail *d, struct ref ref);
/* How answers are drawn from now on. */
void detail_draw_answers(struct detail *d, int how);
/* Brings it up to date; drawing does so too. Before its focus is asked for or moved. */
void detail_build(struct detail *d, struct shell *sh);
void detail_draw(struct detail *d, struct shell *sh, struct canvas *c, struct rect area,
                 bool focused);
/* What is focused in it: a sub-question, an entry, or the whole. */
struct focus detail_focus(const struct detail *d, const struct workbook *w);
/* The paragraphs of an issue, numbered where there are several, from column x on. */
void detail_add_text(struct page *p, const struct workbook *w, uint32_t issue, int x);

#endif
