#include "keymap.h"

#include "base/text.h"

#include <stdio.h>

/* "↑", "Ctrl-S", "Del", "Alt-E": how a key is written for a person. */
static void add_key(const char *key, struct buf *out) {
    static const char *const names[][2] = {
        {"Up", "↑"},           {"Down", "↓"},          {"Left", "←"},
        {"Right", "→"},        {"C-Left", "Ctrl-←"},   {"C-Right", "Ctrl-→"},
        {"S-Left", "Shift-←"}, {"S-Right", "Shift-→"}, {"S-Up", "Shift-↑"},
        {"S-Down", "Shift-↓"}, {"Delete", "Del"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], key) == 0) {
            buf_puts(out, names[i][1]);
            return;
        }
    }
    if (key[0] && key[1] == '-' && key[2]) {
        const char *shift = key[0] == 'C' ? "Ctrl-" : key[0] == 'M' ? "Alt-" : "Shift-";
        buf_puts(out, shift);
        if (key[3] == 0 && key[2] >= 'a' && key[2] <= 'z')
            buf_putc(out, (char)(key[2] - 'a' + 'A'));
        else
            buf_puts(out, key + 2);
        return;
    }
    buf_puts(out, key);
}

void keymap_keys(const struct command *c, struct buf *out) {
    char key[KEY_NAME_MAX];

    for (size_t i = 0; command_key(c, i, key); i++) {
        if (i > 0)
            buf_putc(out, ' ');
        add_key(key, out);
    }
}

/* On the key line: the first key, or all of them where the key is the argument too. */
static void label_key(const struct command *c, struct buf *out) {
    char key[KEY_NAME_MAX] = "";

    command_key(c, 0, key);
    if (key[0] >= '0' && key[0] <= '9')
        keymap_keys(c, out);
    else if (strncmp(key, "C-", 2) == 0 && key[3] == 0)
        buf_addf(out, "^%c", key[2] >= 'a' ? key[2] - 'a' + 'A' : key[2]);
    else
        add_key(key, out);
}

/* What a command is called on this screen; "" when it is not shown. */
static const char *own_label(const struct screen *s, enum command_id id) {
    return s->ops->label ? s->ops->label(s, id) : NULL;
}

static const char *label_of(const struct screen *s, enum command_id id) {
    const char *own = own_label(s, id);

    return own ? own : commands[id].label;
}

static bool applies(const struct screen *s, enum command_id id) {
    const struct command *c = &commands[id];

    return (c->where & s->ops->where(s)) != 0 && *c->keys && *label_of(s, id);
}

static int label_columns(const struct screen *s, enum command_id id) {
    const char *label = label_of(s, id);
    struct buf b = BUF_INIT;

    label_key(&commands[id], &b);
    int columns =
        (int)text_columns(b.s, b.len) + 1 + (int)text_columns(label, strlen(label));
    buf_release(&b);
    return columns;
}

static int draw_label(struct canvas *c, int y, int x, const struct screen *s,
                      enum command_id id) {
    struct buf b = BUF_INIT;
    char key[KEY_NAME_MAX];

    label_key(&commands[id], &b);
    int columns = canvas_text(c, y, x, c->columns - x, ROLE_KEY, b.s, b.len) + 1;
    columns += canvas_string(c, y, x + columns, c->columns - x - columns, ROLE_NORMAL,
                             label_of(s, id));
    if (command_key(&commands[id], 0, key))
        canvas_spot(c, (struct rect){y, x, 1, columns}, key);
    buf_release(&b);
    return columns;
}

static bool is_kept(enum command_id id) {
    return id == COMMAND_HELP || id == COMMAND_QUIT;
}

/* The way back where it is nothing more: it gives way to what the screen is for. */
static bool is_plain_back(const struct screen *s, enum command_id id) {
    return id == COMMAND_BACK && !own_label(s, id);
}

struct key_line {
    struct canvas *c;
    const struct screen *s;
    int y, x;
    int kept; /* columns for those that are always there */
};

static void add_label(struct key_line *l, enum command_id id) {
    if (applies(l->s, id) && l->x + label_columns(l->s, id) + l->kept <= l->c->columns)
        l->x += draw_label(l->c, l->y, l->x, l->s, id) + 2;
}

void keymap_draw(struct canvas *c, int y, const struct screen *s) {
    struct key_line l = {c, s, y, 1, 1};

    for (enum command_id id = 0; id < COMMAND_COUNT; id++)
        if (is_kept(id) && applies(s, id))
            l.kept += label_columns(s, id) + 2;
    for (enum command_id id = 0; id < COMMAND_COUNT; id++)
        if (!is_kept(id) && !is_plain_back(s, id))
            add_label(&l, id);
    if (is_plain_back(s, COMMAND_BACK))
        add_label(&l, COMMAND_BACK);
    l.kept = 0;
    for (enum command_id id = 0; id < COMMAND_COUNT; id++)
        if (is_kept(id))
            add_label(&l, id);
}
