#include "menu.h"

#include "base/text.h"
#include "list.h"

struct menu {
    struct screen screen;
    char *title;
    struct menu_item items[MENU_MAX];
    struct list list;
    size_t now; /* what holds now; marked */
    void (*chosen)(struct shell *sh, void *ctx, size_t i);
    void (*release)(void *ctx);
    void *ctx;
};

static const struct screen_ops menu_screen;

void menu_open(struct shell *sh, const struct menu_setup *setup) {
    struct menu *m = mem_zalloc(sizeof *m);

    m->title = mem_strdup(setup->title);
    m->list.n = setup->n < MENU_MAX ? setup->n : MENU_MAX;
    for (size_t i = 0; i < m->list.n; i++) {
        m->items[i] = setup->items[i];
        m->items[i].label = mem_strdup(setup->items[i].label);
    }
    m->now = setup->at;
    list_go(&m->list, setup->at < m->list.n ? setup->at : 0);
    m->chosen = setup->chosen;
    m->release = setup->release;
    m->ctx = setup->ctx;
    shell_push(sh, &m->screen, &menu_screen);
}

void menu_ask(struct shell *sh, const char *title, const char *yes, const char *no,
              void (*chosen)(struct shell *sh, void *ctx, size_t i), void *ctx,
              void (*release)(void *ctx)) {
    const struct menu_item items[] = {{"y", yes}, {"n", no}};
    struct menu_setup menu = {title, items, 2, 1, chosen, ctx, release};

    menu_open(sh, &menu);
}

static bool letter_free(const struct menu_item *items, size_t n, char letter) {
    for (size_t i = 0; i < n; i++)
        if (items[i].key[0] == letter)
            return false;
    return true;
}

void menu_letter(struct menu_item *items, size_t n, const char *label) {
    static const char others[] = "abcdefghilmnoprstuvwxyz123456789";

    items[n].key[0] = items[n].key[1] = 0;
    for (const char *p = label; *p; p++) {
        char letter = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        if (letter >= 'a' && letter <= 'z' && letter_free(items, n, letter)) {
            items[n].key[0] = letter;
            return;
        }
    }
    for (const char *p = others; *p; p++) {
        if (letter_free(items, n, *p)) {
            items[n].key[0] = *p;
            return;
        }
    }
}

static void choose(struct menu *m, size_t i) {
    struct shell *sh = m->screen.shell;
    void (*release)(void *ctx) = m->release;

    m->release = NULL;
    shell_close(sh, &m->screen);
    if (i < m->list.n)
        m->chosen(sh, m->ctx, i);
    if (release)
        release(m->ctx);
}

static unsigned menu_where(const struct screen *s) {
    (void)s;
    return ON_MENU;
}

/* A letter of the menu comes before what the key would do elsewhere. */
static bool menu_first(struct screen *s, const struct input *in) {
    struct menu *m = (struct menu *)s;

    if (in->kind != INPUT_KEY || !in->len)
        return false;
    for (size_t i = 0; i < m->list.n; i++) {
        if (m->items[i].key[0] && strcmp(m->items[i].key, in->text) == 0) {
            choose(m, i);
            return true;
        }
    }
    return false;
}

static bool menu_command(struct screen *s, const struct command *c,
                         const struct command_args *args, const char *key) {
    struct menu *m = (struct menu *)s;

    (void)args;
    (void)key;
    if (c->id == COMMAND_BACK)
        shell_close(s->shell, s);
    else if (c->id == COMMAND_OPEN)
        choose(m, m->list.at);
    else
        return list_command(&m->list, c->id);
    return true;
}

static void menu_mouse(struct screen *s, const struct input *in) {
    struct menu *m = (struct menu *)s;
    size_t row;

    if (in->kind == INPUT_WHEEL)
        list_mouse(&m->list, in);
    else if (list_row_at(&m->list, in->y, in->x, &row))
        choose(m, row);
    else
        shell_close(s->shell, s);
}

static void draw_item(void *ctx, struct canvas *c, size_t row, struct rect line,
                      bool focused) {
    struct menu *m = ctx;
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;

    canvas_fill(c, line.y, line.x, line.w, on);
    canvas_string(c, line.y, line.x + 1, 1, ROLE_KEY | on, m->items[row].key);
    canvas_string(c, line.y, line.x + 3, line.w - 5, ROLE_NORMAL | on,
                  m->items[row].label);
    if (row == m->now)
        canvas_string(c, line.y, line.x + line.w - 2, 1, ROLE_NORMAL | on, "•");
    if (focused)
        canvas_cursor(c, line.y, line.x + 1);
}

static int menu_columns(const struct menu *m, const struct canvas *c) {
    size_t widest = text_columns(m->title, strlen(m->title));

    for (size_t i = 0; i < m->list.n; i++) {
        size_t need = text_columns(m->items[i].label, strlen(m->items[i].label)) + 6;
        widest = need > widest ? need : widest;
    }
    int most = c->columns - 4;
    return (int)widest + 2 < most ? (int)widest + 2 : most;
}

static void draw_box(struct canvas *c, struct rect r, const char *title) {
    canvas_clear(c, r);
    canvas_horizontal(c, r.y, r.x, r.w, ROLE_DIM);
    canvas_string(c, r.y, r.x, 1, ROLE_DIM, "╭");
    canvas_string(c, r.y, r.x + r.w - 1, 1, ROLE_DIM, "╮");
    canvas_vertical(c, r.y + 1, r.x, r.h - 2, ROLE_DIM);
    canvas_vertical(c, r.y + 1, r.x + r.w - 1, r.h - 2, ROLE_DIM);
    canvas_horizontal(c, r.y + r.h - 1, r.x, r.w, ROLE_DIM);
    canvas_string(c, r.y + r.h - 1, r.x, 1, ROLE_DIM, "╰");
    canvas_string(c, r.y + r.h - 1, r.x + r.w - 1, 1, ROLE_DIM, "╯");
    canvas_printf(c, r.y, r.x + 1, r.w - 2, ROLE_HEADING, " %s ", title);
}

static void menu_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct menu *m = (struct menu *)s;
    int bottom = area.y + area.h + 1; /* the message line is free while a menu is open */
    int most = bottom - 2;
    int rows = (int)m->list.n < most - 2 ? (int)m->list.n : most - 2;
    struct rect box = {bottom - rows - 2, 1, rows + 2, menu_columns(m, c) + 2};
    struct rect inside = {box.y + 1, box.x + 1, rows, box.w - 2};

    draw_box(c, box, m->title);
    list_draw(&m->list, c, inside, draw_item, m);
    int arrows = box.x + box.w - 3;
    if (m->list.top > 0)
        canvas_string(c, box.y, arrows, 1, ROLE_NORMAL, "↑");
    if (m->list.top + (size_t)rows < m->list.n)
        canvas_string(c, box.y + rows + 1, arrows, 1, ROLE_NORMAL, "↓");
}

static void menu_close(struct screen *s) {
    struct menu *m = (struct menu *)s;

    if (m->release)
        m->release(m->ctx);
    for (size_t i = 0; i < m->list.n; i++)
        mem_free((char *)(uintptr_t)m->items[i].label);
    mem_free(m->title);
}

static const struct screen_ops menu_screen = {
    .title = "Menu",
    .overlay = true,
    .where = menu_where,
    .draw = menu_draw,
    .first = menu_first,
    .command = menu_command,
    .mouse = menu_mouse,
    .close = menu_close,
};
