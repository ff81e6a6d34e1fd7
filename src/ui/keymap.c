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
static const char *label_of(const struct screen *s, enum command_id id) {
    const char *own = s->ops->label ? s->ops->label(s, id) : NULL;

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

void keymap_draw(struct canvas *c, int y, const struct screen *s) {
    static const enum command_id always[] = {COMMAND_HELP, COMMAND_QUIT};
    int x = 1, kept = 1;

    for (size_t i = 0; i < 2; i++)
        if (applies(s, always[i]))
            kept += label_columns(s, always[i]) + 2;
    for (enum command_id id = 0; id < COMMAND_COUNT; id++) {
        bool later = id == COMMAND_HELP || id == COMMAND_QUIT;
        if (later || !applies(s, id) || x + label_columns(s, id) + kept > c->columns)
            continue;
        x += draw_label(c, y, x, s, id) + 2;
    }
    for (size_t i = 0; i < 2; i++)
        if (applies(s, always[i]))
            x += draw_label(c, y, x, s, always[i]) + 2;
}
