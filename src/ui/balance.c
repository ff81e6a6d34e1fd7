#include "balance.h"

#include "base/text.h"
#include "clock.h"

#include <stdio.h>

enum {
    NUMBERS = 13,
    LABEL_MIN = 8,
    BAR_MIN = 4,
    WIDTH_MAX = 90,
    ADVICE_LINES = 3,
    SPACIOUS = 50,
    ADVICE_ROWS = 4
};

const char *const balance_ways[] = {"by person", "by side", "by constituency"};

struct drawing {
    const struct workbook *w;
    const struct name_table *names;
    struct canvas *c;
    struct rect area; /* of the rows */
    int label;        /* columns of the names */
    int64_t largest, total;
};

static const char *label_of(const struct drawing *d, const struct balance_row *r) {
    if (r->person != NONE)
        return d->names->shorts.v[r->person];
    return *r->name ? r->name : "none";
}

/* Half a column is told from a whole one. */
static void draw_bar(const struct drawing *d, int y, int x, int width, int64_t ms,
                     unsigned role) {
    int halves = (int)(ms * width * 2 / d->largest);
    struct buf bar = BUF_INIT;

    for (int i = 0; i < halves / 2; i++)
        buf_puts(&bar, "█");
    if (halves % 2 || (halves == 0 && ms > 0))
        buf_puts(&bar, "▌");
    canvas_text(d->c, y, x, width, role, bar.s, bar.len);
    buf_release(&bar);
}

static void draw_numbers(const struct drawing *d, int y, int64_t ms) {
    int right = d->area.x + d->area.w - 1;
    struct buf span = BUF_INIT;
    char share[8];

    snprintf(share, sizeof share, "%d%%", (int)((ms * 100 + d->total / 2) / d->total));
    clock_span(ms, &span);
    canvas_right(d->c, y, right, 5, ROLE_NORMAL, share);
    canvas_right(d->c, y, right - 5, 8, ROLE_NORMAL, span.s);
    buf_release(&span);
}

static void draw_row(const struct drawing *d, int y, const struct balance_row *r) {
    bool speaks = r->person != NONE && r->person == d->w->room.floor.speaker;
    const char *label = label_of(d, r);
    int x = d->area.x + 1 + d->label + 1;
    int width = d->area.w - (x - d->area.x) - NUMBERS - 1;

    canvas_string(d->c, y, d->area.x + 1, d->label, speaks ? ROLE_LIVE : ROLE_NORMAL,
                  label);
    draw_bar(d, y, x, width, r->ms, speaks ? ROLE_LIVE : ROLE_HEADING);
    draw_numbers(d, y, r->ms);
}

static void measure(struct drawing *d, const struct balance *b) {
    int most = d->area.w - NUMBERS - BAR_MIN - 3;

    for (size_t i = 0; i < b->rows.n; i++) {
        const char *label = label_of(d, &b->rows.v[i]);
        int columns = (int)text_columns(label, strlen(label));
        d->label = columns > d->label ? columns : d->label;
        d->largest = b->rows.v[i].ms > d->largest ? b->rows.v[i].ms : d->largest;
    }
    d->total = b->total > 0 ? b->total : 1;
    d->largest = d->largest > 0 ? d->largest : 1;
    most = most > d->area.w * 2 / 5 ? d->area.w * 2 / 5 : most;
    most = most < LABEL_MIN ? LABEL_MIN : most;
    d->label = d->label < most ? d->label : most;
}

/* Who has not spoken is named below, not shown as so many rows of nothing. */
static size_t rows_of(const struct balance *b, enum balance_by by) {
    size_t n = b->rows.n;

    while (by == BALANCE_PERSON && n > 0 && b->rows.v[n - 1].ms == 0)
        n--;
    return n;
}

/* Those who are here, count, and have not had the floor. */
static void silent(const struct workbook *w, const struct name_table *names,
                   struct buf *out) {
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        bool heard = p->interventions || p->spoken || i == w->room.floor.speaker;
        if (!p->live || !p->present || !person_counts(p) || heard)
            continue;
        buf_puts(out, out->len ? ", " : "not heard yet: ");
        for (const char *c = names->shorts.v[i]; *c; c++)
            buf_puts(out, *c == ' ' ? "\u00a0" : (char[]){*c, 0}); /* not broken there */
    }
}

/* At the foot of the area; returns the rows it took. */
static int draw_silent(const struct drawing *d, struct rect area) {
    int most = area.h / 4 < ADVICE_LINES ? area.h / 4 : ADVICE_LINES;
    struct buf b = BUF_INIT;

    silent(d->w, d->names, &b);
    int n = b.len ? canvas_wrapped_rows(b.s, b.len, area.w, most < 1 ? 1 : most) : 0;
    struct rect foot = {area.y + area.h - n, area.x, n, area.w};
    canvas_wrapped(d->c, foot, ROLE_DIM, b.s, b.len);
    buf_release(&b);
    return n;
}

static void draw_heading(struct canvas *c, struct rect area, enum balance_by by,
                         int64_t total) {
    enum balance_by next = by == BALANCE_CONSTITUENCY ? BALANCE_PERSON : by + 1;
    struct buf span = BUF_INIT;
    int x = area.x + 1;

    x += canvas_printf(c, area.y, x, area.w - 2, ROLE_HEADING, "%s %s",
                       area.w < SPACIOUS ? "Time" : "Speaking time", balance_ways[by]);
    clock_span(total, &span);
    canvas_right(c, area.y, area.x + area.w - 1, area.w - (x - area.x) - 2, ROLE_DIM,
                 span.s);
    int room = area.x + area.w - (int)span.len - 3 - x;
    struct buf other = BUF_INIT;
    buf_addf(&other, "  b %s", balance_ways[next]);
    if ((int)other.len <= room) {
        int taken = canvas_text(c, area.y, x, room, ROLE_DIM, other.s, other.len);
        canvas_spot(c, (struct rect){area.y, x + 2, 1, taken - 2}, "b");
    }
    buf_release(&other);
    buf_release(&span);
}

void balance_draw(const struct workbook *w, const struct name_table *names,
                  enum balance_by by, int64_t room, struct canvas *c, struct rect area,
                  bool heading) {
    struct drawing d = {.w = w, .names = names, .c = c, .area = area};
    struct balance b = {0};

    if (area.h < 1)
        return;
    if (area.w > WIDTH_MAX)
        d.area.w = area.w = WIDTH_MAX;
    balance_compute(&b, w, by, room);
    measure(&d, &b);
    if (heading) {
        draw_heading(c, area, by, b.total);
        d.area.y++, d.area.h--;
    }
    size_t n = rows_of(&b, by);
    if (!n)
        canvas_string(c, d.area.y, d.area.x + 1, d.area.w - 2, ROLE_DIM,
                      "Nobody has spoken yet.");
    if (d.area.h >= ADVICE_ROWS)
        d.area.h -= draw_silent(&d, d.area);
    for (size_t i = 0; i < n && (int)i < d.area.h; i++)
        draw_row(&d, d.area.y + (int)i, &b.rows.v[i]);
    balance_release(&b);
}
