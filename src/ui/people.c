#include "actions.h"
#include "base/text.h"
#include "clock.h"
#include "list.h"
#include "names.h"
#include "page.h"
#include "room_actions.h"
#include "screens.h"

enum {
    MARK = 3,
    GAP = 2,
    SIDES_SHOWN = 6,
    THREE_PANES = 150,
    ROOMY = 9,
    RIGHT_MAX = 70,
    WIDE = 110,
    NARROW = 60
};

/* What a row shows after the mark, in the order of the screen. */
enum column {
    COLUMN_NAME,
    COLUMN_GIVEN,
    COLUMN_SIDE,
    COLUMN_ROLE,
    COLUMN_CONSTITUENCY,
    COLUMN_HERE,
    COLUMN_SPOKE,
    COLUMN_COUNT
};
static const char *const headings[] = {"Name", "",     "Side", "Role",
                                       "From", "Here", "Spoke"};
/* Which are left out last when there is no room for all. */
static const enum column importance[] = {COLUMN_NAME,        COLUMN_SIDE, COLUMN_GIVEN,
                                         COLUMN_ROLE,        COLUMN_HERE, COLUMN_SPOKE,
                                         COLUMN_CONSTITUENCY};

struct people {
    struct screen screen;
    index_vec rows; /* people who are live, in the order of the roster */
    struct list list;
    uint32_t person; /* in focus, or NONE */
    struct name_table names;
    int need[COLUMN_COUNT];  /* columns of the widest */
    int width[COLUMN_COUNT]; /* in the last drawing; 0: left out */
    int measured;            /* columns that they are laid out for, or 0 */
    struct page page;        /* of the person in focus */
    uint32_t page_person;
    uint64_t page_version;
};

static const struct screen_ops people_screen;

static struct people *of(struct screen *s) {
    return (struct people *)s;
}

static const struct workbook *workbook_of(const struct people *p) {
    return shell_workbook(p->screen.shell);
}

static const struct person *person_of(const struct people *p, uint32_t person) {
    return &workbook_of(p)->room.people.v[person];
}

static void take_focus(struct people *p) {
    p->person = p->rows.n ? p->rows.v[p->list.at] : NONE;
}

/* The focus stays on who has it. */
static void people_changed(struct screen *s) {
    struct people *p = of(s);
    const struct workbook *w = workbook_of(p);
    size_t at = p->list.at;

    p->rows.n = 0;
    for (uint32_t i = 0; i < w->room.people.n; i++) {
        if (!w->room.people.v[i].live)
            continue;
        if (i == p->person)
            at = p->rows.n;
        vec_push(&p->rows, i);
    }
    list_set_count(&p->list, p->rows.n);
    list_go(&p->list, at);
    take_focus(p);
    p->measured = 0;
}

void people_open(struct shell *sh) {
    struct people *p = mem_zalloc(sizeof *p);

    p->person = p->page_person = NONE;
    page_init(&p->page);
    shell_push(sh, &p->screen, &people_screen);
    people_changed(&p->screen);
}

/* ---- What a column says ---- */

static bool same_day(int64_t a, int64_t b) {
    return clock_day(a) == clock_day(b);
}

/* "10:02–" for one who is here still, "10:02–11:40"; on another day that day comes
 * before. */
static void add_stay(const struct stay *stay, int64_t now, struct buf *out) {
    clock_when(stay->from, now, out);
    buf_puts(out, "–");
    if (stay->to && same_day(stay->from, stay->to))
        clock_time(stay->to, out);
    else if (stay->to)
        clock_when(stay->to, now, out);
}

/* Of today only: what was yesterday stands at the right of a wide screen. */
static void add_here(const struct people *p, const struct person *who, struct buf *out) {
    int64_t now = shell_now(p->screen.shell);
    const struct stay *last = who->stays.n ? &who->stays.v[who->stays.n - 1] : NULL;

    if (last && same_day(last->from, now) && (!last->to || same_day(last->to, now)))
        add_stay(last, now, out);
    else if (last && !last->to)
        buf_puts(out, "here");
}

static void add_spoken(const struct people *p, uint32_t person, struct buf *out) {
    const struct workbook *w = workbook_of(p);
    int64_t room = shell_room(p->screen.shell);
    int64_t ms = person_spoken(w, person, room);

    if (ms)
        clock_span(ms, out);
}

static void add_cell(const struct people *p, uint32_t person, enum column column,
                     struct buf *out) {
    const struct person *who = person_of(p, person);

    switch (column) {
    case COLUMN_NAME:
        buf_puts(out, p->names.shorts.v[person]);
        break;
    case COLUMN_GIVEN:
        name_given(who->name, out);
        break;
    case COLUMN_SIDE:
        buf_puts(out, *who->side ? side_name(workbook_of(p), who->side) : "");
        break;
    case COLUMN_ROLE:
        buf_puts(out, who->role == PERSON_SPEAKER
                          ? ""
                          : person_role_name((enum role_in_room)who->role));
        break;
    case COLUMN_CONSTITUENCY:
        buf_puts(out, who->constituency);
        break;
    case COLUMN_HERE:
        add_here(p, who, out);
        break;
    default:
        add_spoken(p, person, out);
    }
}

/* ---- Which columns, and how wide ---- */

static void measure_row(struct people *p, uint32_t person, struct buf *cell) {
    for (enum column c = 0; c < COLUMN_COUNT; c++) {
        buf_clear(cell);
        add_cell(p, person, c, cell);
        int columns = (int)text_columns(cell->s, cell->len);
        p->need[c] = columns > p->need[c] ? columns : p->need[c];
    }
}

/* A column with nothing in it is left out; the last that does not fit may be cut. */
static void lay_out(struct people *p, int width) {
    int left = width - MARK - 1;

    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        enum column c = importance[i];
        int need = p->need[c];
        p->width[c] = 0;
        if (need > left - (i ? GAP : 0))
            need = i == 0 || c == COLUMN_SIDE || c == COLUMN_CONSTITUENCY
                       ? left - (i ? GAP : 0)
                       : 0;
        if (p->need[c] == 0 || need < (p->need[c] < 5 ? p->need[c] : 5))
            continue;
        p->width[c] = need;
        left -= need + (i ? GAP : 0);
    }
}

static void measure(struct people *p, int width) {
    struct buf cell = BUF_INIT;

    name_table_update(&p->names, workbook_of(p));
    if (p->measured == width)
        return;
    for (enum column c = 0; c < COLUMN_COUNT; c++)
        p->need[c] = 0;
    for (size_t i = 0; i < p->rows.n; i++)
        measure_row(p, p->rows.v[i], &cell);
    for (enum column c = 0; c < COLUMN_COUNT; c++) {
        int heading = (int)strlen(headings[c]);
        if (p->need[c] && p->need[c] < heading)
            p->need[c] = heading;
    }
    if (p->need[COLUMN_SPOKE] && p->need[COLUMN_SPOKE] < 5)
        p->need[COLUMN_SPOKE] = 5;
    lay_out(p, width);
    p->measured = width;
    buf_release(&cell);
}

/* ---- Drawing ---- */

static void draw_mark(struct people *p, struct canvas *c, struct rect line,
                      uint32_t person, unsigned on) {
    bool speaks = workbook_of(p)->room.floor.speaker == person;
    bool here = person_of(p, person)->present;

    if (speaks)
        canvas_string(c, line.y, line.x + 1, 1, ROLE_LIVE | on, "▶");
    else
        canvas_string(c, line.y, line.x + 1, 1, (here ? ROLE_GOOD : ROLE_DIM) | on,
                      here ? "●" : "○");
}

static unsigned role_of(const struct people *p, uint32_t person, enum column column) {
    if (!person_of(p, person)->present)
        return ROLE_DIM;
    if (column == COLUMN_NAME)
        return ROLE_STRONG;
    return column == COLUMN_HERE || column == COLUMN_CONSTITUENCY ? ROLE_DIM
                                                                  : ROLE_NORMAL;
}

/* Times stand under each other at the right of their column. */
static void draw_cell(struct canvas *c, int y, int x, int width, bool right,
                      unsigned role, const struct buf *cell) {
    if (right)
        canvas_right(c, y, x + width, width, role, cell->s);
    else
        canvas_text(c, y, x, width, role, cell->s, cell->len);
}

static void draw_person(void *ctx, struct canvas *c, size_t row, struct rect line,
                        bool focused) {
    struct people *p = ctx;
    uint32_t person = p->rows.v[row];
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    int x = line.x + MARK;
    struct buf cell = BUF_INIT;

    canvas_fill(c, line.y, line.x, line.w, on);
    draw_mark(p, c, line, person, on);
    for (enum column k = 0; k < COLUMN_COUNT; k++) {
        if (!p->width[k])
            continue;
        buf_clear(&cell);
        add_cell(p, person, k, &cell);
        draw_cell(c, line.y, x, p->width[k], k == COLUMN_SPOKE,
                  role_of(p, person, k) | on, &cell);
        x += p->width[k] + GAP;
    }
    if (focused)
        canvas_cursor(c, line.y, line.x + 1);
    buf_release(&cell);
}

static void draw_headings(struct people *p, struct canvas *c, struct rect line) {
    int x = line.x + MARK;

    for (enum column k = 0; k < COLUMN_COUNT; k++) {
        struct buf b = BUF_INIT;
        buf_puts(&b, headings[k]);
        if (p->width[k]) {
            draw_cell(c, line.y, x, p->width[k], k == COLUMN_SPOKE, ROLE_DIM, &b);
            x += p->width[k] + GAP;
        }
        buf_release(&b);
    }
}

/* "Russian Federation 5 of 6": who is here of a side ("": of none). */
static bool add_side_count(const struct people *p, const char *id, const char *name,
                           bool brief, struct buf *out) {
    uint32_t here = 0, all = 0;

    for (size_t i = 0; i < p->rows.n; i++) {
        const struct person *who = person_of(p, p->rows.v[i]);
        if (strcmp(who->side, id) != 0)
            continue;
        all++;
        here += who->present;
    }
    if (all)
        buf_addf(out, brief ? " · %s %u/%u" : " · %s %u of %u", name, (unsigned)here,
                 (unsigned)all);
    return all > 0;
}

static void add_counts(const struct people *p, bool brief, struct buf *out) {
    const struct workbook *w = workbook_of(p);
    unsigned here = 0;
    int shown = 0;

    for (size_t i = 0; i < p->rows.n; i++)
        here += person_of(p, p->rows.v[i])->present;
    buf_addf(out, "%u of %zu here", here, p->rows.n);
    for (size_t i = 0; i < w->room.sides.n && shown < SIDES_SHOWN; i++) {
        const struct side *s = &w->room.sides.v[i];
        shown += s->live && add_side_count(p, s->id, brief ? s->id : s->name, brief, out);
    }
    add_side_count(p, "", "no side", brief, out);
}

static void draw_title(struct people *p, struct canvas *c, struct rect line) {
    struct buf b = BUF_INIT;
    int x = line.x + 1;

    x += canvas_string(c, line.y, x, line.w - 2, ROLE_HEADING, "People") + 2;
    int room = line.x + line.w - 1 - x;
    add_counts(p, false, &b);
    if ((int)text_columns(b.s, b.len) > room) {
        buf_clear(&b);
        add_counts(p, true, &b);
    }
    canvas_text(c, line.y, x, room, ROLE_NORMAL, b.s, b.len);
    buf_release(&b);
}

static void draw_nobody(struct canvas *c, struct rect area) {
    static const char words[] =
        "There are no participants yet. r reads them from a roster (CSV: name, side, "
        "constituency, role), i adds one.";

    canvas_wrapped(c, area, ROLE_DIM, words, sizeof words - 1);
    canvas_cursor(c, area.y, area.x + 1);
}

/* ---- All that is known of one, at the right of a wide screen ---- */

static void add_stays(struct people *p, const struct person *who) {
    const struct workbook *w = workbook_of(p);
    struct buf b = BUF_INIT;

    page_blank(&p->page);
    page_string(&p->page, 1, ROLE_HEADING, "Here");
    if (!who->stays.n)
        page_string(&p->page, 2, ROLE_DIM, "not yet");
    for (size_t i = 0; i < who->stays.n; i++) {
        const struct stay *stay = &who->stays.v[i];
        size_t line = p->page.lines.n;
        buf_clear(&b);
        add_stay(stay, shell_now(p->screen.shell), &b);
        page_add(&p->page, 2, ROLE_NORMAL, b.s, b.len);
        if (stay->sitting != NONE)
            page_tail(&p->page, line, ROLE_DIM, w->room.sittings.v[stay->sitting].title);
    }
    buf_release(&b);
}

static void add_intervention(struct people *p, const struct intervention *i) {
    const struct workbook *w = workbook_of(p);
    const char *kind = turn_words((enum turn_kind)i->kind);
    size_t line = p->page.lines.n;
    struct buf b = BUF_INIT, span = BUF_INIT;

    clock_when(i->at, shell_now(p->screen.shell), &b);
    if (i->issue != NONE) {
        buf_puts(&b, "  on ");
        ref_print(w, ref_of_issue(w, i->issue), &b);
    }
    if (*kind)
        buf_addf(&b, "  %s", kind);
    page_add(&p->page, 2, ROLE_NORMAL, b.s, b.len);
    if (i->ms)
        clock_span(i->ms, &span);
    page_tail(&p->page, line, ROLE_DIM, i->ms ? span.s : "has the floor");
    buf_release(&b);
    buf_release(&span);
}

static void add_interventions(struct people *p, uint32_t person) {
    const struct floor *f = &workbook_of(p)->room.floor;
    bool any = false;

    page_blank(&p->page);
    page_string(&p->page, 1, ROLE_HEADING, "Interventions");
    for (size_t i = f->interventions.n; i-- > 0;) {
        if (f->interventions.v[i].person != person)
            continue;
        add_intervention(p, &f->interventions.v[i]);
        any = true;
    }
    if (!any)
        page_string(&p->page, 2, ROLE_DIM, "none yet");
}

static void build_page(struct people *p, int columns) {
    const struct workbook *w = workbook_of(p);
    const struct person *who = person_of(p, p->person);

    if (p->page_person == p->person && p->page_version == w->version &&
        p->page.columns == columns)
        return;
    p->page_person = p->person;
    p->page_version = w->version;
    page_begin(&p->page, columns);
    p->page.top = 0;
    page_string(&p->page, 1, ROLE_HEADING, who->name);
    page_printf(&p->page, 1, ROLE_DIM, "@%s · %s%s%s%s%s", who->id,
                *who->side ? side_name(w, who->side) : "no side",
                *who->constituency ? " · " : "", who->constituency, " · ",
                person_role_name((enum role_in_room)who->role));
    add_stays(p, who);
    add_interventions(p, p->person);
}

static void people_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct people *p = of(s);
    struct rect rows = {area.y + 1, area.x, area.h - 1, area.w};

    draw_title(p, c, area);
    p->page.area = (struct rect){0};
    if (!p->rows.n) {
        draw_nobody(c, (struct rect){area.y + 2, area.x, area.h - 2, area.w});
        return;
    }
    if (area.w >= THREE_PANES) {
        rows.w = area.w * 60 / 100;
        struct rect right = {area.y, rows.w + 1, area.h, area.w - rows.w - 1};
        right.w = right.w < RIGHT_MAX ? right.w : RIGHT_MAX;
        canvas_vertical(c, area.y + 1, rows.w, area.h - 1, ROLE_DIM);
        build_page(p, right.w - 1);
        right.y++, right.h--;
        page_draw(&p->page, c, right, false);
    }
    measure(p, rows.w);
    if (workbook_of(p)->room.floor.speaker != NONE && p->width[COLUMN_SPOKE])
        shell_count_seconds(s->shell, workbook_of(p)->room.floor.since);
    if (area.h >= ROOMY) {
        draw_headings(p, c, rows);
        rows.y++, rows.h--;
    }
    list_draw(&p->list, c, rows, draw_person, p);
}

/* ---- Commands ---- */

static unsigned people_where(const struct screen *s) {
    (void)s;
    return ON_PEOPLE;
}

static bool people_command(struct screen *s, const struct command *c,
                           const struct command_args *args, const char *key) {
    struct people *p = of(s);

    if (c->id == COMMAND_BACK) {
        shell_close(s->shell, s);
        return true;
    }
    if (list_command(&p->list, c->id)) {
        take_focus(p);
        return true;
    }
    bool of_one = strncmp(c->name, "person-", 7) == 0 && c->id != COMMAND_PERSON_ADD;
    if (!args && !p->rows.n && of_one) {
        shell_say(s->shell, "there are no participants yet: i adds one, r a roster");
        return true;
    }
    if (!args && room_action(s->shell, p->person, c, NULL))
        return true;
    return c->run && action_command(s->shell, shell_focus(s->shell), c, args, key);
}

/* The mark is a box to tick. */
static void people_mouse(struct screen *s, const struct input *in) {
    struct people *p = of(s);

    if (rect_has(p->page.area, in->y, in->x)) {
        page_mouse(&p->page, in, false);
        return;
    }
    list_mouse(&p->list, in);
    take_focus(p);
    bool tick = in->kind == INPUT_CLICK && rect_has(p->list.area, in->y, in->x) &&
                in->x < p->list.area.x + MARK;
    if (tick && p->person != NONE)
        room_action(s->shell, p->person, &commands[COMMAND_PERSON_ARRIVE], NULL);
}

static const char *people_label(const struct screen *s, enum command_id id) {
    bool wide = s->shell->canvas.columns >= WIDE;

    if (id == COMMAND_UNDO || (id == COMMAND_PERSON_REMOVE && !wide) ||
        ((id == COMMAND_FLOOR || id == COMMAND_PERSON_CHANGE) &&
         s->shell->canvas.columns < NARROW))
        return "";
    return id == COMMAND_PERSON_ARRIVE && !wide ? "Here" : NULL;
}

static void people_close(struct screen *s) {
    struct people *p = of(s);

    vec_release(&p->rows);
    name_table_release(&p->names);
    page_release(&p->page);
}

static const struct screen_ops people_screen = {
    .title = "People",
    .where = people_where,
    .draw = people_draw,
    .command = people_command,
    .mouse = people_mouse,
    .label = people_label,
    .changed = people_changed,
    .close = people_close,
};
