#include "base/text.h"
#include "clock.h"
#include "find.h"
#include "list.h"
#include "page.h"
#include "screens.h"

enum { TIME_COLUMNS = 14 };

/* Events, the newest last; the focused one in full below. */
struct history {
    struct screen screen;
    uint32_t issue; /* NONE: everything */
    struct list list;
    struct page full;    /* the focused event */
    uint32_t full_event; /* that it was built for */
    struct buf needle;   /* folded */
    size_t origin;
};

static const struct screen_ops history_screen;

static struct history *of(struct screen *s) {
    return (struct history *)s;
}

static const index_vec *events_of(const struct history *h, const struct workbook *w) {
    static const index_vec none;

    if (h->issue == NONE || !w->issues.v[h->issue].record)
        return &none;
    return &w->issues.v[h->issue].record->events;
}

static size_t count(const struct history *h) {
    const struct workbook *w = shell_workbook(h->screen.shell);

    return h->issue == NONE ? w->log.n : events_of(h, w)->n;
}

/* Log index of a row. */
static uint32_t event_at(const struct history *h, size_t row) {
    const struct workbook *w = shell_workbook(h->screen.shell);

    return h->issue == NONE ? (uint32_t)row : events_of(h, w)->v[row];
}

static void show_of(struct history *h, uint32_t issue) {
    h->issue = issue;
    h->list = (struct list){0};
    list_set_count(&h->list, count(h));
    list_go(&h->list, h->list.n);
    h->full_event = NONE;
}

void history_open(struct shell *sh, uint32_t issue) {
    struct history *h = mem_zalloc(sizeof *h);

    page_init(&h->full);
    h->needle = (struct buf)BUF_INIT;
    shell_push(sh, &h->screen, &history_screen);
    show_of(h, issue);
}

/* ---- Drawing ---- */

static void words_of(const struct history *h, uint32_t event, struct buf *out) {
    workbook_describe(shell_workbook(h->screen.shell), event, out);
}

static void draw_event(void *ctx, struct canvas *c, size_t row, struct rect line,
                       bool focused) {
    struct history *h = ctx;
    const struct log_item *item =
        &shell_workbook(h->screen.shell)->log.v[event_at(h, row)];
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    struct buf when = BUF_INIT, words = BUF_INIT;
    int x = line.x + 1;

    canvas_fill(c, line.y, line.x, line.w, on);
    clock_when(item->event.at, shell_now(h->screen.shell), &when);
    canvas_text(c, line.y, x, TIME_COLUMNS - 1, ROLE_DIM | on, when.s, when.len);
    x += (int)text_columns(when.s, when.len) > 5 ? TIME_COLUMNS : 6;
    if (item->dead)
        x += canvas_string(c, line.y, x, 9, ROLE_STRONG | on, "[undone] ");
    words_of(h, event_at(h, row), &words);
    canvas_found(c, line.y, x, line.x + line.w - x - 1,
                 (item->dead ? ROLE_DIM : ROLE_NORMAL) | on, words.s, words.len);
    if (focused)
        canvas_cursor(c, line.y, line.x);
    buf_release(&when);
    buf_release(&words);
}

static void build_full(struct history *h, int columns) {
    const struct workbook *w = shell_workbook(h->screen.shell);
    uint32_t event = event_at(h, h->list.at);
    const struct event *e = &w->log.v[event].event;
    struct buf b = BUF_INIT;

    if (h->full_event == event && h->full.columns == columns)
        return;
    h->full_event = event;
    h->full.top = 0;
    page_begin(&h->full, columns);
    buf_addf(&b, "%u · %s", (unsigned)e->n, e->name);
    for (uint32_t i = 0; i < e->n_attrs; i++)
        buf_addf(&b, " · %s %s", e->attrs[i].name, e->attrs[i].value);
    page_add(&h->full, 1, ROLE_DIM, b.s, b.len);
    if (*e->text)
        page_string(&h->full, 1, ROLE_NORMAL, e->text);
    buf_release(&b);
}

static void draw_title(const struct history *h, struct canvas *c, struct rect line) {
    struct buf title = BUF_INIT;

    buf_puts(&title, "History of ");
    if (h->issue == NONE) {
        buf_puts(&title, "everything");
    } else {
        const struct workbook *w = shell_workbook(h->screen.shell);
        ref_print(w, ref_of_issue(w, h->issue), &title);
        buf_puts(&title, " (H: of everything)");
    }
    canvas_text(c, line.y, line.x + 1, line.w - 2, ROLE_HEADING, title.s, title.len);
    buf_release(&title);
}

static void history_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct history *h = of(s);
    int below = area.h >= 12 ? area.h / 3 : 0;
    struct rect rows = {area.y + 1, area.x, area.h - 1 - below, area.w};

    draw_title(h, c, area);
    if (!h->list.n) {
        canvas_nothing(c, area, "Nothing has been recorded here yet.");
        return;
    }
    c->needle = h->needle.s;
    c->needle_len = h->needle.len;
    list_draw(&h->list, c, rows, draw_event, h);
    if (below) {
        struct rect place = rect_readable(
            (struct rect){area.y + area.h - below + 1, area.x, below - 1, area.w});
        canvas_horizontal(c, place.y - 1, area.x, area.w, ROLE_DIM);
        build_full(h, place.w - 1);
        page_draw(&h->full, c, place, false);
    }
    c->needle = NULL;
}

/* ---- Finding ---- */

static bool row_matches(struct history *h, size_t row) {
    const struct event *e =
        &shell_workbook(h->screen.shell)->log.v[event_at(h, row)].event;
    struct buf words = BUF_INIT;
    size_t start, end;

    words_of(h, event_at(h, row), &words);
    bool is =
        text_find(words.s, words.len, 0, h->needle.s, h->needle.len, &start, &end) ||
        text_find(e->text, strlen(e->text), 0, h->needle.s, h->needle.len, &start, &end);
    buf_release(&words);
    return is;
}

static bool go_match(struct history *h, size_t from, int step) {
    size_t n = h->list.n, row = from;

    for (size_t i = 0; h->needle.len && i < n; i++) {
        if (row_matches(h, row % n)) {
            list_go(&h->list, row % n);
            return true;
        }
        row = step > 0 ? row + 1 : row + n - 1;
    }
    return false;
}

static void find_set(struct screen *s, const char *needle) {
    struct history *h = of(s);

    buf_clear(&h->needle);
    text_fold(&h->needle, needle, strlen(needle));
    list_go(&h->list, h->origin);
    go_match(h, h->origin, -1); /* the newest first */
}

static void find_step(struct screen *s, int step) {
    struct history *h = of(s);
    size_t n = h->list.n;

    if (!h->needle.len)
        shell_say(s->shell, "nothing was looked for yet: / finds");
    else if (!n || !go_match(h, step > 0 ? h->list.at + 1 : h->list.at + n - 1, step))
        shell_say(s->shell, "no match");
}

static void find_count(struct screen *s, struct buf *out) {
    struct history *h = of(s);

    if (h->list.n && !row_matches(h, h->list.at))
        buf_puts(out, "no match");
}

static void find_end(struct screen *s, bool stay) {
    struct history *h = of(s);

    if (stay)
        return;
    buf_clear(&h->needle);
    list_go(&h->list, h->origin);
}

static const struct find_ops history_find = {find_set, find_step, find_count, find_end};

/* ---- Operations ---- */

static unsigned history_where(const struct screen *s) {
    (void)s;
    return ON_HISTORY;
}

static void run(struct history *h, enum command_id id) {
    struct command_args none = {
        .ref = REF_NONE, .entry = NONE, .to = REF_NONE, .side = "", .text = ""};

    shell_run(h->screen.shell, id, &none);
}

static void back(struct history *h) {
    if (h->needle.len)
        buf_clear(&h->needle);
    else
        shell_close(h->screen.shell, &h->screen);
}

static bool history_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    struct history *h = of(s);

    (void)key;
    switch (c->id) {
    case COMMAND_HISTORY:
        if (h->issue == NONE)
            shell_close(s->shell, s);
        else
            show_of(h, NONE);
        return true;
    case COMMAND_UNDO:
    case COMMAND_REDO:
        run(h, c->id);
        return true;
    case COMMAND_FIND:
        h->origin = h->list.at;
        return find_take(s, &history_find, c->id, args);
    case COMMAND_BACK:
        back(h);
        return true;
    default:
        return find_take(s, &history_find, c->id, args) || list_command(&h->list, c->id);
    }
}

static void history_mouse(struct screen *s, const struct input *in) {
    list_mouse(&of(s)->list, in);
}

static struct focus history_focus(const struct screen *s) {
    const struct history *h = (const struct history *)s;
    const struct workbook *w = shell_workbook(s->shell);
    struct focus f = FOCUS_NONE;

    if (h->issue != NONE)
        f.ref = ref_of_issue(w, h->issue);
    return f;
}

/* Who looks at the newest sees the next one come. */
static void history_changed(struct screen *s) {
    struct history *h = of(s);
    bool at_end = h->list.at + 1 >= h->list.n;

    list_set_count(&h->list, count(h));
    if (at_end)
        list_go(&h->list, h->list.n);
    h->full_event = NONE;
}

static void history_forget(struct screen *s) {
    buf_clear(&of(s)->needle);
}

static void history_close(struct screen *s) {
    page_release(&of(s)->full);
    buf_release(&of(s)->needle);
}

static const struct screen_ops history_screen = {
    .title = "History",
    .where = history_where,
    .draw = history_draw,
    .command = history_command,
    .mouse = history_mouse,
    .focus = history_focus,
    .changed = history_changed,
    .forget = history_forget,
    .close = history_close,
};
