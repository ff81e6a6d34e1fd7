#include "actions.h"
#include "background.h"
#include "detail.h"
#include "find.h"
#include "menu.h"
#include "outline.h"
#include "screens.h"

#include <stdio.h>

enum {
    ONE_PANE = 60, /* below this many columns */
    THREE_PANES = 150,
    LEFT_MIN = 30,
    LEFT_MAX = 84,
    SLICE = 2000 /* issues that a slice of a search looks at */
};

struct workbook_screen {
    struct screen screen;
    const struct workbook *w;
    struct outline outline;
    struct detail detail;
    struct background background; /* the third pane */
    bool in_detail;               /* the right pane has the focus */
    bool full;                    /* the issue full-screen */
    struct rect left, right;      /* in the last drawing; h 0 when not shown */
    struct search *search;        /* NULL: nothing is looked for */
    bool jumped;                  /* the search has found its first match */
    /* Where finding began. */
    struct ref origin;
    enum outline_view origin_view;
    size_t origin_top;
};

static const struct screen_ops workbook_screen;

static struct workbook_screen *of(struct screen *s) {
    return (struct workbook_screen *)s;
}

void workbook_screen_open(struct shell *sh) {
    struct workbook_screen *ws = mem_zalloc(sizeof *ws);

    ws->w = shell_workbook(sh);
    outline_init(&ws->outline, ws->w);
    if (ws->w->topics.n && topic_count(ws->w, 0))
        list_go(&ws->outline.list, 1);
    detail_init(&ws->detail);
    background_init(&ws->background);
    shell_push(sh, &ws->screen, &workbook_screen);
}

/* The right pane follows the outline. */
static void follow(struct workbook_screen *ws) {
    detail_show(&ws->detail, outline_focus(&ws->outline));
}

/* With the focus in the right pane a key acts on what stands there now, which keys that
 * came in one burst with it may have changed since the last drawing. */
static void catch_up(struct workbook_screen *ws) {
    follow(ws);
    detail_build(&ws->detail, ws->screen.shell);
}

static struct focus workbook_focus(const struct screen *s) {
    const struct workbook_screen *ws = (const struct workbook_screen *)s;
    struct focus f = {outline_focus(&ws->outline), NONE};

    return ws->in_detail ? detail_focus(&ws->detail, ws->w) : f;
}

static unsigned workbook_where(const struct screen *s) {
    return ((const struct workbook_screen *)s)->in_detail ? ON_DETAIL : ON_OUTLINE;
}

/* ---- Going somewhere ---- */

static void show_all(struct workbook_screen *ws) {
    outline_choose(&ws->outline, VIEW_ALL, ws->outline.order);
    shell_say(ws->screen.shell, "that was not in this view: all issues are shown again");
}

void workbook_screen_go(struct screen *s, struct ref ref) {
    struct workbook_screen *ws = of(s);

    if (!outline_go(&ws->outline, ref)) {
        if (ref.issue == NONE && ws->outline.order != ORDER_MEMO)
            outline_choose(&ws->outline, VIEW_ALL, ORDER_MEMO);
        else
            show_all(ws);
        outline_go(&ws->outline, ref);
    }
    follow(ws);
    s->shell->dirty = true;
}

/* ---- Views and orders ---- */

static void choose(struct workbook_screen *ws, enum outline_view view,
                   enum outline_order order) {
    outline_choose(&ws->outline, view, order);
    follow(ws);
    shell_say(ws->screen.shell, "view: %s; order: %s", outline_views[view],
              outline_orders[order]);
}

static void view_chosen(struct shell *sh, void *ctx, size_t i) {
    struct workbook_screen *ws = ctx;

    (void)sh;
    choose(ws, (enum outline_view)i, ws->outline.order);
}

static void order_chosen(struct shell *sh, void *ctx, size_t i) {
    struct workbook_screen *ws = ctx;

    (void)sh;
    choose(ws, ws->outline.view, (enum outline_order)i);
}

/* The one that a word begins; NULL or an unknown word opens the menu. */
static void choose_named(struct workbook_screen *ws, const struct menu_setup *menu,
                         const char *word) {
    struct shell *sh = ws->screen.shell;

    for (size_t i = 0; word && *word && i < menu->n; i++) {
        if (strncmp(menu->items[i].label, word, strlen(word)) == 0) {
            menu->chosen(sh, ws, i);
            return;
        }
    }
    menu_open(sh, menu);
}

static void choose_view(struct workbook_screen *ws, const char *word) {
    struct menu_item items[VIEW_COUNT] = {{"a", NULL}, {"u", NULL}, {"1", NULL},
                                          {"b", NULL}, {"n", NULL}, {"d", NULL},
                                          {"c", NULL}};
    struct menu_setup menu = {"View",      items, VIEW_COUNT, ws->outline.view,
                              view_chosen, ws,    NULL};

    for (size_t i = 0; i < VIEW_COUNT; i++)
        items[i].label = outline_views[i];
    choose_named(ws, &menu, word);
}

static void choose_order(struct workbook_screen *ws, const char *word) {
    struct menu_item items[ORDER_COUNT] = {{"m", NULL}, {"p", NULL}};
    struct menu_setup menu = {"Order",      items, ORDER_COUNT, ws->outline.order,
                              order_chosen, ws,    NULL};

    for (size_t i = 0; i < ORDER_COUNT; i++)
        items[i].label = outline_orders[i];
    choose_named(ws, &menu, word);
}

/* ---- How answers are drawn ---- */

static void draw_answers(struct workbook_screen *ws, int how) {
    struct buf words = BUF_INIT;

    detail_draw_answers(&ws->detail, how);
    agreed_how(ws->w, how, &words);
    shell_say(ws->screen.shell, "answers: %s", words.len ? words.s : "with brackets");
    buf_release(&words);
}

/* With brackets, clean, as each side in turn would have them. */
static void next_answers(struct workbook_screen *ws) {
    int sides = (int)ws->w->room.sides.n, how = ws->detail.how + 1;

    while (how >= 0 && how < sides && !ws->w->room.sides.v[how].live)
        how++;
    draw_answers(ws, how < sides ? how : ANSWERS_BRACKETED);
}

/* "clean", "brackets", a side, or the next of them. */
static void choose_answers(struct workbook_screen *ws, const char *word) {
    struct err err = ERR_INIT;

    if (!word || !*word) {
        next_answers(ws);
    } else if (strncmp("brackets", word, strlen(word)) == 0) {
        draw_answers(ws, ANSWERS_BRACKETED);
    } else if (strncmp("clean", word, strlen(word)) == 0) {
        draw_answers(ws, ANSWERS_CLEAN);
    } else {
        int side = side_parse(ws->w, word, &err);
        if (side < 0)
            shell_error(ws->screen.shell, &err);
        else
            draw_answers(ws, side);
    }
}

/* ---- Finding ---- */

static uint32_t issue_near(const struct workbook_screen *ws, struct ref ref) {
    if (ref.issue != NONE)
        return ref.issue;
    if (ref.topic != NONE && topic_count(ws->w, ref.topic))
        return topic_issue(ws->w, ref.topic, 0);
    return 0;
}

static void go_issue(struct workbook_screen *ws, uint32_t issue) {
    if (issue != NONE)
        workbook_screen_go(&ws->screen, ref_of_issue(ws->w, issue));
}

static void first_match(struct workbook_screen *ws) {
    uint32_t issue = search_first(ws->search, issue_near(ws, ws->origin));

    if (ws->jumped || issue == NONE)
        return;
    ws->jumped = true;
    go_issue(ws, issue);
}

static bool workbook_idle(struct screen *s) {
    struct workbook_screen *ws = of(s);

    if (!ws->search || search_done(ws->search))
        return false;
    bool more = search_step(ws->search, SLICE);
    first_match(ws);
    s->shell->dirty = true;
    return more;
}

static void go_back(struct workbook_screen *ws) {
    if (ws->outline.view != ws->origin_view)
        outline_choose(&ws->outline, ws->origin_view, ws->outline.order);
    outline_go(&ws->outline, ws->origin);
    ws->outline.list.top = ws->origin_top;
    follow(ws);
}

static void find_set(struct screen *s, const char *needle) {
    struct workbook_screen *ws = of(s);

    search_set(ws->search, needle, issue_near(ws, ws->origin));
    ws->jumped = false;
    search_step(ws->search, SLICE);
    first_match(ws);
    if (!ws->jumped)
        go_back(ws);
}

static void find_step(struct screen *s, int step) {
    struct workbook_screen *ws = of(s);
    uint32_t from = issue_near(ws, outline_focus(&ws->outline));

    if (!ws->search || search_count(ws->search) == 0)
        shell_say(s->shell,
                  ws->search ? "no match" : "nothing was looked for yet: / finds");
    else
        go_issue(ws, search_next(ws->search, from, step));
}

static void find_count(struct screen *s, struct buf *out) {
    struct workbook_screen *ws = of(s);
    unsigned n = search_count(ws->search);

    buf_addf(out, "%u%s %s", n, search_done(ws->search) ? "" : "…",
             n == 1 ? "match" : "matches");
}

static void forget_search(struct workbook_screen *ws) {
    search_free(ws->search);
    ws->search = NULL;
    ws->outline.search = NULL;
}

static void find_end(struct screen *s, bool stay) {
    struct workbook_screen *ws = of(s);
    size_t len;

    if (!stay)
        go_back(ws);
    search_needle(ws->search, &len);
    if (!stay || len == 0)
        forget_search(ws);
    else
        shell_say(s->shell, "%u found; Ctrl-N and Ctrl-P go on, Esc ends",
                  (unsigned)search_count(ws->search));
}

static const struct find_ops workbook_find = {find_set, find_step, find_count, find_end};

static void begin_find(struct workbook_screen *ws, const char *needle) {
    forget_search(ws);
    ws->search = search_new(ws->w);
    ws->outline.search = ws->search;
    ws->origin = outline_focus(&ws->outline);
    ws->origin_view = ws->outline.view;
    ws->origin_top = ws->outline.list.top;
    search_set(ws->search, "", 0);
    if (needle && *needle) {
        find_set(&ws->screen, needle);
        return;
    }
    find_open(&ws->screen, &workbook_find);
}

/* ---- Commands ---- */

/* Esc leaves one thing at a time. */
static void back(struct workbook_screen *ws) {
    if (ws->search) {
        forget_search(ws);
    } else if (ws->full || ws->in_detail) {
        ws->full = ws->in_detail = false;
    }
}

static bool move(struct workbook_screen *ws, enum command_id id) {
    if (ws->in_detail) {
        catch_up(ws);
        return page_command(&ws->detail.page, id, true);
    }
    if (!list_command(&ws->outline.list, id))
        return false;
    follow(ws);
    return true;
}

static bool look(struct workbook_screen *ws, enum command_id id) {
    struct ref ref = outline_focus(&ws->outline);

    switch (id) {
    case COMMAND_PANE:
        if (!ws->full)
            ws->in_detail = !ws->in_detail;
        return true;
    case COMMAND_OPEN:
        ws->full = ws->in_detail = ref.topic != NONE;
        return true;
    case COMMAND_BACK:
        back(ws);
        return true;
    case COMMAND_FIND_NEXT:
    case COMMAND_FIND_PREVIOUS:
        find_step(&ws->screen, id == COMMAND_FIND_NEXT ? 1 : -1);
        return true;
    case COMMAND_HISTORY:
        history_open(ws->screen.shell, ref.issue);
        return true;
    case COMMAND_NOTES:
        preview_open(ws->screen.shell);
        return true;
    case COMMAND_BACKGROUND:
        background_open(ws->screen.shell, ref);
        return true;
    default:
        return move(ws, id);
    }
}

static bool workbook_command(struct screen *s, const struct command *c,
                             const struct command_args *args, const char *key) {
    struct workbook_screen *ws = of(s);

    switch (c->id) {
    case COMMAND_GOTO:
        if (args && args->ref.topic != NONE)
            workbook_screen_go(s, args->ref);
        else
            goto_open(s);
        return true;
    case COMMAND_VIEW:
        choose_view(ws, args ? args->text : NULL);
        return true;
    case COMMAND_ORDER:
        choose_order(ws, args ? args->text : NULL);
        return true;
    case COMMAND_CLEAN:
        choose_answers(ws, args ? args->text : NULL);
        return true;
    case COMMAND_FIND:
        begin_find(ws, args ? args->text : NULL);
        return true;
    case COMMAND_RETRY:
        rescue_retry(s->shell);
        return true;
    case COMMAND_COPY:
        rescue_copy(s->shell, args ? args->text : NULL);
        return true;
    default:
        break;
    }
    return agreement_screen(s->shell, workbook_focus(s), c, args) || look(ws, c->id) ||
           action_command(s->shell, workbook_focus(s), c, args, key);
}

static void workbook_changed(struct screen *s) {
    struct workbook_screen *ws = of(s);

    outline_changed(&ws->outline);
    follow(ws);
}

static void workbook_mouse(struct screen *s, const struct input *in) {
    struct workbook_screen *ws = of(s);

    if (rect_has(ws->left, in->y, in->x)) {
        bool again = !ws->in_detail && list_mouse(&ws->outline.list, in);
        if (ws->in_detail)
            list_mouse(&ws->outline.list, in);
        if (in->kind == INPUT_CLICK)
            ws->in_detail = false;
        follow(ws);
        if (again && in->kind == INPUT_CLICK)
            look(ws, COMMAND_OPEN);
    } else if (rect_has(ws->right, in->y, in->x)) {
        if (in->kind == INPUT_CLICK)
            ws->in_detail = true;
        page_mouse(&ws->detail.page, in, true);
    } else if (rect_has(ws->background.page.area, in->y, in->x)) {
        page_mouse(&ws->background.page, in, false);
    }
}

/* ---- Drawing ---- */

static void split(struct workbook_screen *ws, struct rect area) {
    struct rect none = {area.y, area.x, 0, 0};

    ws->left = ws->right = none;
    if (ws->full) {
        ws->right = rect_readable(area);
    } else if (area.w < ONE_PANE) {
        *(ws->in_detail ? &ws->right : &ws->left) = area;
    } else {
        int w = area.w >= THREE_PANES ? area.w * 36 / 100 : area.w * 47 / 100;
        w = w < LEFT_MIN ? LEFT_MIN : w > LEFT_MAX ? LEFT_MAX : w;
        ws->left = (struct rect){area.y, area.x, area.h, w};
        ws->right = (struct rect){area.y, area.x + w + 1, area.h, area.w - w - 1};
        if (area.w >= THREE_PANES)
            ws->right.w = (area.w - w - 1) * 56 / 100;
    }
}

/* What is left at the right of a wide screen shows the background. */
static void draw_background(struct workbook_screen *ws, struct canvas *c,
                            struct rect area) {
    int x = ws->right.x + ws->right.w;
    struct rect place = {area.y, x + 1, area.h, area.x + area.w - x - 1};

    ws->background.page.area = (struct rect){0};
    if (!ws->right.h || place.w < 40)
        return;
    canvas_vertical(c, area.y, x, area.h, ROLE_DIM);
    background_draw(&ws->background, ws->w, outline_focus(&ws->outline), c, place, false);
}

static void mark_found(struct workbook_screen *ws, struct canvas *c) {
    c->needle = NULL;
    if (ws->search)
        c->needle = search_needle(ws->search, &c->needle_len);
}

static void workbook_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct workbook_screen *ws = of(s);

    if (floor_line_draw(s->shell, c, area.y + area.h - 1))
        area.h--;
    split(ws, area);
    follow(ws);
    mark_found(ws, c);
    if (ws->left.h)
        outline_draw(&ws->outline, c, ws->left, !ws->in_detail, shell_room(s->shell));
    if (ws->left.h && ws->right.h)
        canvas_vertical(c, area.y, ws->left.x + ws->left.w, area.h, ROLE_DIM);
    if (ws->right.h)
        detail_draw(&ws->detail, s->shell, c, ws->right, ws->in_detail);
    draw_background(ws, c, area);
    c->needle = NULL;
}

static void workbook_forget(struct screen *s) {
    forget_search(of(s));
}

static void workbook_close(struct screen *s) {
    struct workbook_screen *ws = of(s);

    forget_search(ws);
    outline_release(&ws->outline);
    detail_release(&ws->detail);
    background_release(&ws->background);
}

static const char *workbook_label(const struct screen *s, enum command_id id) {
    const struct workbook_screen *ws = (const struct workbook_screen *)s;

    return id == COMMAND_BACK && !ws->full ? "" : NULL;
}

static const struct screen_ops workbook_screen = {
    .title = "Workbook",
    .where = workbook_where,
    .draw = workbook_draw,
    .command = workbook_command,
    .mouse = workbook_mouse,
    .focus = workbook_focus,
    .label = workbook_label,
    .idle = workbook_idle,
    .changed = workbook_changed,
    .forget = workbook_forget,
    .close = workbook_close,
};
