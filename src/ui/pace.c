#include "pace.h"

#include "base/text.h"
#include "clock.h"
#include "reader.h"
#include "screens.h"

#include <stdio.h>

enum { MINUTE = 60 * 1000, BAR = 16, BAR_FROM = 64, ITEMS_MOST = 60, ID_COLUMNS = 7 };

/* ---- How much time is left ---- */

/* What a topic's box leaves; where it has none, what those of its issues do. */
static int64_t topic_left(const struct workbook *w, uint32_t topic, int64_t room,
                          bool *any) {
    int64_t box = topic_box(w, topic), left = 0;

    if (box > 0) {
        *any = true;
        left = box - topic_spent(w, topic, room);
        return left > 0 ? left : 0;
    }
    for (uint32_t i = 0; i < topic_count(w, topic); i++) {
        uint32_t issue = topic_issue(w, topic, i);
        int64_t own = w->issues.v[issue].live ? issue_box(w, issue) : 0;
        if (own <= 0)
            continue;
        *any = true;
        own -= issue_spent(w, issue, room);
        left += own > 0 ? own : 0;
    }
    return left;
}

enum pace_limit pace_left(const struct shell *sh, int64_t *left) {
    const struct workbook *w = shell_workbook(sh);
    uint32_t open = sitting_open(w);
    int64_t room = shell_room(sh);
    bool any = false;

    *left = 0;
    if (open != NONE && w->room.sittings.v[open].until) {
        int64_t ms = w->room.sittings.v[open].until - shell_now(sh);
        *left = ms > 0 ? ms : 0;
        return PACE_END;
    }
    for (uint32_t t = 0; t < w->topics.n; t++)
        *left += topic_left(w, t, room, &any);
    return any ? PACE_BOXES : PACE_NO_LIMIT;
}

void pace_words(const struct workbook *w, const struct pace *p, struct buf *out) {
    if (!p->missed || p->first == NONE)
        return;
    buf_puts(out, "at this rate ");
    ref_print(w, ref_of_issue(w, p->items.v[p->first].issue), out);
    if (p->missed > 1)
        buf_addf(out, " and %u more are not reached", (unsigned)p->missed - 1);
    else
        buf_puts(out, " is not reached");
}

bool pace_update(struct pace_cache *c, const struct shell *sh) {
    const struct workbook *w = shell_workbook(sh);
    int64_t minute = shell_now(sh) / MINUTE, left;

    if (c->made && c->version == w->version && c->minute == minute)
        return false;
    c->limit = pace_left(sh, &left);
    pace_compute(&c->pace, w, shell_room(sh), left);
    if (c->limit == PACE_NO_LIMIT) {
        c->pace.missed = 0;
        c->pace.first = NONE;
    }
    c->version = w->version;
    c->minute = minute;
    c->made = true;
    return true;
}

void pace_cache_release(struct pace_cache *c) {
    pace_release(&c->pace);
}

/* ---- The screen ---- */

struct pace_screen {
    struct reader reader;
    struct pace_cache cache;
};

static const struct screen_ops pace_screen;

/* What the page is built from. */
struct view {
    struct page *p;
    const struct workbook *w;
    const struct pace_cache *cache;
    int64_t now, room;
};

static void add_left(const struct view *v) {
    const struct pace *p = &v->cache->pace;
    uint32_t open = sitting_open(v->w);
    struct buf b = BUF_INIT;

    page_blank(v->p);
    if (v->cache->limit == PACE_NO_LIMIT) {
        page_string(v->p, 1, ROLE_NORMAL,
                    "No planned end and no time boxes: S sets when the sitting ends, t "
                    "the time box of an issue or topic.");
        return;
    }
    clock_minutes(p->left, &b);
    if (v->cache->limit == PACE_END) {
        const struct sitting *s = &v->w->room.sittings.v[open];
        buf_puts(&b, " left until ");
        clock_when(s->until, v->now, &b);
        buf_addf(&b, ", the planned end of “%s”", s->title);
    } else {
        buf_puts(&b, " left in the time boxes (S sets when the sitting ends)");
    }
    page_add(v->p, 1, ROLE_STRONG, b.s, b.len);
    buf_release(&b);
}

/* What is needed, what is not reached, and what would help. */
static void add_words(const struct view *v) {
    const struct pace *p = &v->cache->pace;
    struct buf b = BUF_INIT;

    clock_minutes(p->need, &b);
    page_printf(v->p, 1, ROLE_NORMAL, "%s wanted by the %zu %s still open", b.s,
                p->items.n, p->items.n == 1 ? "issue" : "issues");
    buf_clear(&b);
    pace_words(v->w, p, &b);
    if (b.len) {
        page_blank(v->p);
        page_printf(v->p, 1, ROLE_BAD, "≠ %s", b.s);
    } else if (v->cache->limit != PACE_NO_LIMIT && p->items.n) {
        page_blank(v->p);
        page_string(v->p, 1, ROLE_GOOD, "✓ at this rate all of them are reached");
    }
    buf_release(&b);
}

static void add_drop(const struct view *v) {
    const struct pace *p = &v->cache->pace;
    struct buf won = BUF_INIT, then = BUF_INIT;

    if (!p->missed || p->drop == 1 || !p->dropped)
        return;
    clock_minutes(p->won, &won);
    if (p->missed_then)
        buf_addf(&then, "%u would still not be reached", (unsigned)p->missed_then);
    else
        buf_puts(&then, "all others would be reached");
    if (p->drop)
        page_printf(v->p, 3, ROLE_NORMAL, "without the %u of priority %u: %s won, and %s",
                    (unsigned)p->dropped, (unsigned)p->drop, won.s, then.s);
    else
        page_printf(v->p, 3, ROLE_NORMAL,
                    "without the %u that have no priority: %s won, and %s",
                    (unsigned)p->dropped, won.s, then.s);
    buf_release(&won);
    buf_release(&then);
}

static void add_bar(int64_t spent, int64_t box, struct buf *out) {
    int64_t full = box > 0 ? (spent * BAR + box / 2) / box : 0;

    if (full > BAR)
        full = BAR;
    for (int i = 0; i < BAR; i++)
        buf_puts(out, i < full ? "█" : "░");
    buf_puts(out, "  ");
}

/* A row: what it is, cut so that `tail` keeps its place at the right. */
static void add_row(const struct view *v, const char *id, const struct memo_text *t,
                    unsigned role, const char *tail) {
    struct buf words = BUF_INIT;
    size_t line = v->p->lines.n;
    int room = v->p->columns - ID_COLUMNS - 2 - (int)text_columns(tail, strlen(tail));

    text_cut(&words, t->s, t->len, room > 1 ? (size_t)room : 1, false);
    page_add(v->p, ID_COLUMNS, ROLE_NORMAL, words.s, words.len);
    page_head(v->p, line, 1, ROLE_STRONG, id);
    page_tail(v->p, line, role, tail);
    buf_release(&words);
}

static unsigned box_role(enum box_state state) {
    return state == BOX_OVER ? ROLE_BAD : state == BOX_NEAR ? ROLE_STRONG : ROLE_DIM;
}

/* "████░░  34 of 90 min · 80 %"; without a box what was used alone. */
static void box_words(const struct view *v, int64_t spent, int64_t box, struct buf *out) {
    enum box_state state = box_state(spent, box);

    if (box <= 0) {
        if (spent > 0)
            clock_minutes(spent, out);
        return;
    }
    if (v->p->columns >= BAR_FROM)
        add_bar(spent, box, out);
    buf_addf(out, "%3ld of %3ld min", (long)(spent / MINUTE), (long)(box / MINUTE));
    if (state == BOX_OVER)
        buf_puts(out, " · time is up");
    else if (state == BOX_NEAR)
        buf_addf(out, " · %d %%", (int)(spent * 100 / box));
}

static void add_boxes(const struct view *v) {
    page_blank(v->p);
    page_string(v->p, 1, ROLE_HEADING, "Time used");
    for (uint32_t t = 0; t < v->w->topics.n; t++) {
        int64_t spent = topic_spent(v->w, t, v->room), box = topic_box(v->w, t);
        const struct memo_topic *text = v->w->topics.v[t].text;
        struct buf tail = BUF_INIT;
        box_words(v, spent, box, &tail);
        add_row(v, text->id, &text->title, box_role(box_state(spent, box)), tail.s);
        buf_release(&tail);
    }
}

static void add_item(const struct view *v, const struct pace_item *item) {
    const struct issue *i = &v->w->issues.v[item->issue];
    bool limited = v->cache->limit != PACE_NO_LIMIT;
    static const struct memo_text nothing = {"", 0, 0, NULL};
    struct buf id = BUF_INIT, tail = BUF_INIT;

    ref_print(v->w, ref_of_issue(v->w, item->issue), &id);
    if (i->priority)
        buf_addf(&tail, "priority %u · ", (unsigned)i->priority);
    if (limited && !item->reached)
        buf_puts(&tail, "not reached · ");
    clock_minutes(item->need, &tail);
    add_row(v, id.s, i->text->p.n ? &i->text->p.v[0] : &nothing,
            limited && !item->reached ? ROLE_BAD : ROLE_DIM, tail.s);
    buf_release(&id);
    buf_release(&tail);
}

static void add_items(const struct view *v) {
    const struct pace *p = &v->cache->pace;

    page_blank(v->p);
    page_string(v->p, 1, ROLE_HEADING, "What remains, and the time it wants");
    for (size_t i = 0; i < p->items.n && i < ITEMS_MOST; i++)
        add_item(v, &p->items.v[i]);
    if (p->items.n > ITEMS_MOST)
        page_printf(v->p, 1, ROLE_DIM, "… and %zu more", p->items.n - ITEMS_MOST);
    if (!p->items.n)
        page_string(v->p, 1, ROLE_DIM, "Nothing: every issue has been dealt with.");
}

static void add_basis(const struct view *v) {
    page_blank(v->p);
    page_string(v->p, 1, ROLE_DIM,
                "An estimate. An issue wants its own time box, else its share of what "
                "its topic's leaves, else the average so far, else 10 min; t on an issue "
                "or topic sets a box.");
}

static void build(struct pace_screen *s, int columns) {
    struct shell *sh = s->reader.screen.shell;
    struct page *p = &s->reader.page;
    struct view v = {p, shell_workbook(sh), &s->cache, shell_now(sh), shell_room(sh)};

    if (!pace_update(&s->cache, sh) && p->columns == columns)
        return;
    page_begin(p, columns);
    add_left(&v);
    add_words(&v);
    add_drop(&v);
    add_boxes(&v);
    add_items(&v);
    add_basis(&v);
}

void pace_open(struct shell *sh) {
    struct pace_screen *s = mem_zalloc(sizeof *s);

    reader_init(&s->reader);
    shell_push(sh, &s->reader.screen, &pace_screen);
}

static unsigned pace_where(const struct screen *s) {
    (void)s;
    return ON_PACE;
}

static void pace_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct rect place = rect_readable(area);

    build((struct pace_screen *)s, place.w - 1);
    reader_draw((struct reader *)s, c, place, "Time and pace (Esc goes back)");
}

static void pace_close(struct screen *s) {
    pace_cache_release(&((struct pace_screen *)s)->cache);
    reader_close(s);
}

static const struct screen_ops pace_screen = {
    .title = "Time and pace",
    .where = pace_where,
    .draw = pace_draw,
    .command = reader_command,
    .mouse = reader_mouse,
    .forget = reader_forget,
    .close = pace_close,
};
