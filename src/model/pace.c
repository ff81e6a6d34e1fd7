#include "pace.h"

#include <stdlib.h>

int64_t issue_box(const struct workbook *w, uint32_t issue) {
    return (int64_t)w->issues.v[issue].minutes * 60 * 1000;
}

int64_t topic_box(const struct workbook *w, uint32_t topic) {
    return (int64_t)w->topics.v[topic].minutes * 60 * 1000;
}

int64_t topic_spent(const struct workbook *w, uint32_t topic, int64_t room) {
    bool runs = w->discussed != NONE && w->issues.v[w->discussed].topic == topic;
    int64_t running = runs && room > w->discussed_at ? room - w->discussed_at : 0;
    return w->topics.v[topic].spent + running;
}

enum box_state box_state(int64_t spent, int64_t box) {
    if (box <= 0)
        return BOX_NONE;
    if (spent >= box)
        return BOX_OVER;
    return spent * 100 >= box * 80 ? BOX_NEAR : BOX_CALM;
}

/* ---- what is left to do */

static bool is_left(const struct issue *i) {
    return i->live && i->disposition == DISPOSITION_OPEN &&
           i->progress != PROGRESS_DISCUSSED;
}

static int64_t at_least(int64_t ms) {
    return ms > PACE_MIN ? ms : PACE_MIN;
}

/* What an issue took that is discussed, on the average. */
static int64_t average(const struct workbook *w, int64_t room) {
    int64_t sum = 0, n = 0;
    for (uint32_t i = 0; i < w->issues.n; i++) {
        int64_t spent = issue_spent(w, i, room);
        if (w->issues.v[i].live && w->issues.v[i].progress == PROGRESS_DISCUSSED &&
            spent > 0) {
            sum += spent;
            n++;
        }
    }
    return n ? sum / n : PACE_DEFAULT;
}

/* What a topic's box leaves to each of its issues that wait and have no box. */
static int64_t share(const struct workbook *w, uint32_t topic, int64_t room) {
    int64_t left = topic_box(w, topic), n = 0;
    for (uint32_t k = 0; k < topic_count(w, topic); k++) {
        uint32_t i = topic_issue(w, topic, k);
        if (!is_left(&w->issues.v[i]))
            left -= issue_spent(w, i, room);
        else if (issue_box(w, i))
            left -= issue_box(w, i);
        else
            n++;
    }
    return left > 0 && n > 0 ? left / n : 0;
}

static void add_topic(struct pace *p, const struct workbook *w, uint32_t topic,
                      int64_t room, int64_t usual) {
    int64_t rest = topic_box(w, topic) ? share(w, topic, room) : usual;
    for (uint32_t k = 0; k < topic_count(w, topic); k++) {
        uint32_t i = topic_issue(w, topic, k);
        if (!is_left(&w->issues.v[i]))
            continue;
        int64_t box = issue_box(w, i) ? issue_box(w, i) : rest;
        int64_t need = at_least(box - issue_spent(w, i, room));
        vec_push(&p->items, ((struct pace_item){.issue = i, .need = need}));
    }
}

/* ---- what is not reached */

static uint8_t rank(uint8_t priority) {
    return priority ? priority : 4;
}

static uint8_t priority_of(const struct workbook *w, const struct pace_item *item) {
    return w->issues.v[item->issue].priority;
}

static void find_missed(struct pace *p) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < p->items.n; i++) {
        struct pace_item *item = &p->items.v[i];
        sum += item->need;
        item->reached = sum <= p->left;
        if (!item->reached && p->missed++ == 0)
            p->first = i;
    }
    p->need = sum;
}

/* The lowest priority that waits, where a higher one waits too. */
static uint8_t lowest(const struct pace *p, const struct workbook *w) {
    uint8_t low = 1, high = 4;
    for (size_t i = 0; i < p->items.n; i++) {
        uint8_t r = rank(priority_of(w, &p->items.v[i]));
        low = r > low ? r : low;
        high = r < high ? r : high;
    }
    return low <= high ? 1 : low == 4 ? 0 : low;
}

static void find_winnings(struct pace *p, const struct workbook *w) {
    int64_t sum = 0;
    p->drop = lowest(p, w);
    for (size_t i = 0; i < p->items.n; i++) {
        const struct pace_item *item = &p->items.v[i];
        if (p->drop != 1 && priority_of(w, item) == p->drop) {
            p->dropped++;
            p->won += item->need;
        } else {
            sum += item->need;
            p->missed_then += sum > p->left;
        }
    }
}

void pace_compute(struct pace *p, const struct workbook *w, int64_t room, int64_t left) {
    p->items.n = 0;
    p->left = left > 0 ? left : 0;
    p->missed = p->missed_then = p->dropped = 0;
    p->won = 0;
    p->first = NONE;
    int64_t usual = average(w, room);
    for (uint32_t t = 0; t < w->topics.n; t++)
        add_topic(p, w, t, room, usual);
    find_missed(p);
    find_winnings(p, w);
}

void pace_release(struct pace *p) {
    vec_release(&p->items);
}
