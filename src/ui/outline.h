/*
 * The rows of the outline: topics with their issues, in an order, through a view.
 *
 * The rows are laid out when the view or the order is chosen, and when the number of
 * issues changes; not when an issue changes, so that one that was just answered does not
 * vanish from under the cursor. Everything else costs the rows that are seen.
 */
#ifndef UI_OUTLINE_H
#define UI_OUTLINE_H

#include "list.h"
#include "model/search.h"

enum outline_view {
    VIEW_ALL,
    VIEW_UNANSWERED,
    VIEW_PRIORITY,
    VIEW_BRACKETED,
    VIEW_NOT_DISCUSSED,
    VIEW_DEFERRED,
    VIEW_TO_CONFIRM,
    VIEW_COUNT
};
enum outline_order { ORDER_MEMO, ORDER_PRIORITY, ORDER_COUNT };

struct outline {
    const struct workbook *w;
    struct list list;
    VEC(uint32_t) rows; /* an issue, or HEADING | a topic or priority */
    uint32_t *row_of;   /* issue -> row, or NONE */
    uint32_t *topic_row;
    uint32_t n_issues, n_live; /* that it was laid out for */
    enum outline_view view;
    enum outline_order order;
    const struct search *search; /* whose matches are marked, or NULL */
};

void outline_init(struct outline *o, const struct workbook *w);
void outline_release(struct outline *o);
/* Lays the rows out anew; the focus stays on its issue, or comes near. */
void outline_choose(struct outline *o, enum outline_view view, enum outline_order order);
/* After an event: follows a change of the number of issues. */
void outline_changed(struct outline *o);
/* The topic or issue in focus; REF_NONE on a heading of priorities. */
struct ref outline_focus(const struct outline *o);
/* False when the view hides it. */
bool outline_go(struct outline *o, struct ref ref);
/* `room`: room time, for the clocks of the topics. */
void outline_draw(struct outline *o, struct canvas *c, struct rect area, bool focused,
                  int64_t room);

/* "unanswered", and the letter of its menu. */
extern const char *const outline_views[VIEW_COUNT];
extern const char *const outline_orders[ORDER_COUNT];

#endif
