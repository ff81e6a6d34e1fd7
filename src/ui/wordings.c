#include "actions.h"
#include "base/text.h"
#include "bracket_text.h"
#include "clock.h"
#include "diff_text.h"
#include "list.h"
#include "menu.h"
#include "model/agreement.h"
#include "screens.h"

#include <stdio.h>

enum {
    BESIDE_FROM = 100, /* columns from which on two wordings stand side by side */
    NUMBER = 5,        /* columns of a wording's number, with its mark */
    TIME_COLUMNS = 14,
    WHAT_COLUMNS = 30,
    INDENT = 1
};

/* Versions are numbered from 1, the oldest, and listed with the newest first. */
struct wordings {
    struct screen screen;
    struct ref ref;
    wording_vec v;
    struct list list;
    size_t
        marked;  /* number of the one that others are compared with; 0: the one before */
    bool beside; /* two wordings, not word by word */
    struct page left, right; /* what is compared; right in columns of its own only */
    struct rect area;        /* of both, in the last drawing */
    bool built;
    int columns;  /* that they were built for */
    size_t shown; /* number of the one that they were built for */
};

static const struct screen_ops wordings_screen;

static struct wordings *of(struct screen *s) {
    return (struct wordings *)s;
}

static const struct workbook *workbook_of(const struct wordings *s) {
    return shell_workbook(s->screen.shell);
}

/* The number of a row; 0 where there is none. */
static size_t number_of(const struct wordings *s, size_t row) {
    return row < s->v.n ? s->v.n - row : 0;
}

static const struct wording *wording(const struct wordings *s, size_t number) {
    return &s->v.v[number - 1];
}

/* Whether it is the answer in force; the last one may have been withdrawn. */
static bool is_answer(const struct wordings *s, size_t number) {
    return strcmp(wording(s, number)->text,
                  issue_wording(workbook_of(s), s->ref.issue, s->ref.sub)) == 0;
}

static size_t in_focus(const struct wordings *s) {
    return number_of(s, s->list.at);
}

/* The focus stays on its version; at the newest it goes to the next newest. */
static void wordings_changed(struct screen *screen) {
    struct wordings *s = of(screen);
    size_t number = in_focus(s);
    bool newest = s->list.at == 0;

    s->v.n = 0;
    wordings_of(workbook_of(s), s->ref.issue, s->ref.sub, &s->v);
    list_set_count(&s->list, s->v.n);
    list_go(&s->list, newest || number > s->v.n ? 0 : s->v.n - number);
    if (s->marked > s->v.n)
        s->marked = 0;
    s->built = false;
}

void wordings_open(struct shell *sh, struct ref ref) {
    struct wordings *s = mem_zalloc(sizeof *s);

    s->ref = ref;
    page_init(&s->left);
    page_init(&s->right);
    shell_push(sh, &s->screen, &wordings_screen);
    wordings_changed(&s->screen);
}

/* ---- What a version is ---- */

/* "bracket 2: Russian Federation", of "2 ru"; of "2 =" it was another wording. */
static void resolved_words(const struct workbook *w, const char *resolves,
                           struct buf *out) {
    size_t number = strcspn(resolves, " ");
    const char *side = resolves + number + strspn(resolves + number, " ");

    buf_addf(out, "bracket %.*s: ", (int)number, resolves);
    if (strcmp(side, "=") == 0)
        buf_puts(out, "a third wording");
    else
        buf_puts(out, side_name(w, side));
}

/* An earlier version with the same letters, but not the one before; 0 for none. */
static size_t same_earlier(const struct wordings *s, size_t number) {
    for (size_t k = number; k-- > 2;)
        if (strcmp(wording(s, k - 1)->text, wording(s, number)->text) == 0)
            return k - 1;
    return 0;
}

static void what_words(const struct wordings *s, size_t number, struct buf *out) {
    const struct event *e = &workbook_of(s)->log.v[wording(s, number)->event].event;
    const char *resolves = event_get(e, FIELD_RESOLVES);
    size_t earlier = same_earlier(s, number);

    if (*resolves)
        resolved_words(workbook_of(s), resolves, out);
    else if (earlier)
        buf_addf(out, "as wording %zu", earlier);
    else
        buf_puts(out, e->kind->id == EVENT_REVISE ? "correction" : "answer");
}

/* ---- The list ---- */

static void draw_version(void *ctx, struct canvas *c, size_t row, struct rect line,
                         bool focused) {
    struct wordings *s = ctx;
    size_t number = number_of(s, row);
    const struct wording *v = wording(s, number);
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    int x = line.x + NUMBER + 2, right = line.x + line.w - 1;
    struct buf b = BUF_INIT;

    canvas_fill(c, line.y, line.x, line.w, on);
    if (number == s->marked)
        canvas_string(c, line.y, line.x + 1, 1, ROLE_KEY | on, "◆");
    buf_addf(&b, "%zu", number);
    canvas_right(c, line.y, line.x + NUMBER, NUMBER, ROLE_STRONG | on, b.s);
    buf_clear(&b);
    clock_when(v->at, shell_now(s->screen.shell), &b);
    canvas_text(c, line.y, x, TIME_COLUMNS - 1, ROLE_DIM | on, b.s, b.len);
    x += (int)text_columns(b.s, b.len) > 5 ? TIME_COLUMNS : 7;
    buf_clear(&b);
    what_words(s, number, &b);
    int room = right - x < WHAT_COLUMNS ? right - x : WHAT_COLUMNS;
    canvas_text(c, line.y, x, room, ROLE_NORMAL | on, b.s, b.len);
    x += WHAT_COLUMNS + 2;
    canvas_string(c, line.y, x, right - x, ROLE_DIM | on, v->text);
    if (focused)
        canvas_cursor(c, line.y, line.x);
    buf_release(&b);
}

/* ---- The comparison ---- */

/* The older and the later one; the same twice where there is nothing to compare with. */
static void pair(const struct wordings *s, size_t *old, size_t *later) {
    size_t number = in_focus(s), other = s->marked ? s->marked : number - 1;

    if (other == 0)
        other = number;
    *old = other < number ? other : number;
    *later = other < number ? number : other;
}

static void add_title(const struct wordings *s, struct page *p, size_t number) {
    struct buf b = BUF_INIT;

    buf_addf(&b, "Wording %zu · ", number);
    clock_when(wording(s, number)->at, shell_now(s->screen.shell), &b);
    buf_puts(&b, is_answer(s, number) ? " · the answer" : "");
    page_add(p, INDENT, ROLE_HEADING, b.s, b.len);
    buf_release(&b);
}

static void build_one(struct wordings *s, size_t number) {
    add_title(s, &s->left, number);
    bracket_text_add(&s->left, INDENT, ROLE_NORMAL, workbook_of(s),
                     wording(s, number)->text);
}

static void build_words(struct wordings *s, const struct diff *d, size_t old,
                        size_t later) {
    page_printf(&s->left, INDENT, ROLE_HEADING, "From wording %zu to %zu", old, later);
    if (d->v.n == 1 && d->v.v[0].kind == DIFF_SAME)
        page_string(&s->left, INDENT, ROLE_DIM, "They are the same, to the letter.");
    diff_text_add(&s->left, INDENT, d, wording(s, old)->text, wording(s, later)->text,
                  DIFF_BOTH);
}

/* Side by side, or where that is too narrow one above the other. */
static void build_both(struct wordings *s, const struct diff *d, size_t old,
                       size_t later) {
    struct page *second = s->columns >= BESIDE_FROM ? &s->right : &s->left;
    const char *a = wording(s, old)->text, *b = wording(s, later)->text;

    add_title(s, &s->left, old);
    diff_text_add(&s->left, INDENT, d, a, b, DIFF_OLD);
    if (second == &s->left)
        page_blank(second);
    add_title(s, second, later);
    diff_text_add(second, INDENT, d, a, b, DIFF_LATER);
}

static void build(struct wordings *s, int columns) {
    size_t old, later;
    struct diff d = {0};
    bool beside = s->beside && columns >= BESIDE_FROM;

    if (s->built && s->columns == columns && s->shown == in_focus(s))
        return;
    s->columns = columns;
    if (s->shown != in_focus(s))
        s->left.top = s->right.top = 0;
    s->shown = in_focus(s);
    page_begin(&s->left, beside ? columns / 2 - 1 : columns - 1);
    page_begin(&s->right, columns / 2 - 1);
    pair(s, &old, &later);
    if (old == later) {
        build_one(s, old);
    } else {
        diff_words(&d, wording(s, old)->text, wording(s, later)->text);
        if (s->beside)
            build_both(s, &d, old, later);
        else
            build_words(s, &d, old, later);
    }
    diff_release(&d);
    s->built = true;
}

/* ---- Drawing ---- */

static void draw_title(const struct wordings *s, struct canvas *c, struct rect line) {
    struct buf b = BUF_INIT;

    buf_puts(&b, "Wordings of the answer to ");
    ref_print(workbook_of(s), s->ref, &b);
    canvas_text(c, line.y, line.x + 1, line.w - 2, ROLE_HEADING, b.s, b.len);
    buf_release(&b);
}

static void draw_comparison(struct wordings *s, struct canvas *c, struct rect area) {
    bool wide = s->beside && area.w >= BESIDE_FROM;
    struct rect left = wide ? area : rect_readable(area), right = area;

    build(s, wide ? area.w : left.w);
    s->area = area;
    if (wide && s->right.lines.n) {
        left.w = area.w / 2;
        right.x = left.x + left.w + 1;
        right.w = area.w - left.w - 1;
        canvas_vertical(c, area.y, right.x - 1, area.h, ROLE_DIM);
        page_draw(&s->right, c, right, false);
    }
    page_draw(&s->left, c, left, false);
}

static void wordings_draw(struct screen *screen, struct canvas *c, struct rect area) {
    struct wordings *s = of(screen);
    int most = area.h / 3 > 2 ? area.h / 3 : 2;
    struct rect rows = {area.y + 1, area.x, (int)s->v.n < most ? (int)s->v.n : most,
                        area.w};

    draw_title(s, c, area);
    if (!s->v.n) {
        canvas_nothing(c, area, "There is no answer yet.");
        return;
    }
    list_draw(&s->list, c, rows, draw_version, s);
    int y = rows.y + rows.h;
    canvas_horizontal(c, y, area.x, area.w, ROLE_DIM);
    draw_comparison(s, c, (struct rect){y + 1, area.x, area.y + area.h - y - 1, area.w});
}

/* ---- Commands ---- */

struct restoring {
    struct ref ref;
    size_t number;
};

static void restore_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct restoring *r = ctx;
    struct command_args args = COMMAND_ARGS_NONE;

    args.ref = r->ref;
    args.number = (int)r->number;
    if (i == 0)
        shell_run(sh, COMMAND_RESTORE, &args);
    else
        shell_say(sh, "the answer stays as it is");
}

static void ask_restore(struct wordings *s) {
    struct shell *sh = s->screen.shell;
    struct restoring *r;
    char title[64];

    if (!s->v.n || !shell_writable(sh))
        return;
    if (is_answer(s, in_focus(s))) {
        shell_say(sh, "this is the answer; choose another wording");
        return;
    }
    r = mem_alloc(sizeof *r);
    *r = (struct restoring){s->ref, in_focus(s)};
    snprintf(title, sizeof title, "Make wording %zu the answer again?", r->number);
    menu_ask(sh, title, "Yes", "No", restore_chosen, r, mem_free);
}

static void mark(struct wordings *s) {
    size_t number = in_focus(s);

    s->marked = s->marked == number ? 0 : number;
    s->built = false;
    if (s->marked)
        shell_say(s->screen.shell,
                  "compared with wording %zu; again: with the one before", s->marked);
}

static void switch_beside(struct wordings *s) {
    s->beside = !s->beside;
    s->built = false;
    s->left.top = s->right.top = 0;
}

/* Pages of the comparison; lines of the list. */
static bool move(struct wordings *s, enum command_id id) {
    if (id != COMMAND_PAGE_UP && id != COMMAND_PAGE_DOWN)
        return list_command(&s->list, id);
    page_command(&s->left, id, false);
    page_command(&s->right, id, false);
    return true;
}

static bool wordings_command(struct screen *screen, const struct command *c,
                             const struct command_args *args, const char *key) {
    struct wordings *s = of(screen);

    switch (c->id) {
    case COMMAND_RESTORE:
        if (args)
            break;
        ask_restore(s);
        return true;
    case COMMAND_WORDINGS_MARK:
        mark(s);
        return true;
    case COMMAND_WORDINGS_BESIDE:
        switch_beside(s);
        return true;
    case COMMAND_HISTORY:
        history_open(screen->shell, s->ref.issue);
        return true;
    case COMMAND_BACK:
        shell_close(screen->shell, screen);
        return true;
    default:
        if (move(s, c->id))
            return true;
    }
    return action_command(screen->shell, shell_focus(screen->shell), c, args, key);
}

static void wordings_mouse(struct screen *screen, const struct input *in) {
    struct wordings *s = of(screen);

    if (rect_has(s->area, in->y, in->x)) {
        page_mouse(&s->left, in, false);
        page_mouse(&s->right, in, false);
    } else {
        list_mouse(&s->list, in);
    }
}

static unsigned wordings_where(const struct screen *s) {
    (void)s;
    return ON_WORDINGS;
}

static struct focus wordings_focus(const struct screen *s) {
    struct focus f = {((const struct wordings *)s)->ref, NONE};

    return f;
}

static const char *wordings_label(const struct screen *screen, enum command_id id) {
    const struct wordings *s = (const struct wordings *)screen;

    return id == COMMAND_WORDINGS_BESIDE && s->beside ? "Word by word" : NULL;
}

static void wordings_close(struct screen *screen) {
    struct wordings *s = of(screen);

    vec_release(&s->v);
    page_release(&s->left);
    page_release(&s->right);
}

static const struct screen_ops wordings_screen = {
    .title = "Wordings",
    .where = wordings_where,
    .draw = wordings_draw,
    .command = wordings_command,
    .mouse = wordings_mouse,
    .focus = wordings_focus,
    .label = wordings_label,
    .changed = wordings_changed,
    .close = wordings_close,
};
