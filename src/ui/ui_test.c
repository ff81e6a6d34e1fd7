#include "ui_test.h"

#include "base/text.h"
#include "screens.h"

#include <curses.h>
#include <stdio.h>

struct ui_test {
    SCREEN *screen;
    FILE *out, *in;
    struct shell *shell;
};

static int open_nothing(struct shell *sh, const char *path, struct err *err) {
    (void)sh;
    return err_set(err, "%s is not opened in a test", path);
}

static SCREEN *new_screen(FILE *out, FILE *in) {
    SCREEN *screen = newterm("xterm-256color", out, in);

    return screen ? screen : newterm(NULL, out, in);
}

struct ui_test *ui_test_open(struct session *s, int columns, int rows) {
    struct ui_test *t = mem_zalloc(sizeof *t);

    text_locale();
    t->out = fopen("/dev/null", "w");
    t->in = fopen("/dev/null", "r");
    t->screen = t->out && t->in ? new_screen(t->out, t->in) : NULL;
    if (!t->screen) {
        ui_test_close(t);
        return NULL;
    }
    set_term(t->screen);
    resizeterm(rows, columns);
    t->shell = shell_new();
    if (s) {
        shell_use_session(t->shell, s);
        workbook_screen_open(t->shell);
    } else {
        chooser_open(t->shell, open_nothing);
    }
    shell_draw(t->shell);
    return t;
}

void ui_test_close(struct ui_test *t) {
    if (!t)
        return;
    shell_free(t->shell);
    if (t->screen) {
        endwin();
        delscreen(t->screen);
    }
    if (t->out)
        fclose(t->out);
    if (t->in)
        fclose(t->in);
    mem_free(t);
}

void ui_test_resize(struct ui_test *t, int columns, int rows) {
    resizeterm(rows, columns);
    shell_draw(t->shell);
}

static void settle(struct ui_test *t) {
    while (shell_idle(t->shell))
        continue;
}

static void give(struct ui_test *t, const struct input *in) {
    if (!t->shell->done)
        shell_input(t->shell, in);
    settle(t);
    if (!t->shell->done)
        shell_draw(t->shell); /* moving by pages goes by what was drawn */
}

void ui_test_keys(struct ui_test *t, const char *names) {
    while (*(names += strspn(names, " "))) {
        char name[KEY_NAME_MAX];
        struct input in;
        size_t len = strcspn(names, " ");
        snprintf(name, sizeof name, "%.*s", (int)len, names);
        input_of_key(name, &in);
        give(t, &in);
        names += len;
    }
}

void ui_test_type(struct ui_test *t, const char *text) {
    size_t len = strlen(text), used;

    for (size_t at = 0; at < len; at += used) {
        char name[KEY_NAME_MAX];
        struct input in;
        text_decode(text + at, len - at, &used);
        snprintf(name, sizeof name, "%.*s", (int)used, text + at);
        input_of_key(*name == ' ' ? "Space" : *name == '\n' ? "Enter" : name, &in);
        give(t, &in);
    }
}

void ui_test_paste(struct ui_test *t, const char *text) {
    struct input in = {.kind = INPUT_PASTE, .paste = text, .len = strlen(text)};

    give(t, &in);
}

void ui_test_click(struct ui_test *t, int y, int x) {
    struct input in = {.kind = INPUT_CLICK, .y = y, .x = x};

    give(t, &in);
}

void ui_test_wheel(struct ui_test *t, int y, int x, int step) {
    struct input in = {.kind = INPUT_WHEEL, .y = y, .x = x, .step = step};

    give(t, &in);
}

void ui_test_pause(struct ui_test *t) {
    shell_keep(t->shell);
    shell_tick(t->shell);
}

int ui_test_wait(const struct ui_test *t) {
    return shell_wait(t->shell);
}

bool ui_test_done(const struct ui_test *t) {
    return t->shell->done;
}

/* A row of cells, as text or as attributes. */
static void add_row(int y, int columns, bool attributes, struct buf *out) {
    struct buf cell = BUF_INIT;
    size_t start = out->len;

    for (int x = 0; x < columns; x++) {
        buf_clear(&cell);
        char look = canvas_cell(y, x, &cell);
        int wide = (int)text_columns(cell.s, cell.len);
        if (attributes)
            buf_putc(out, look == ' ' ? '.' : look);
        else
            buf_add(out, cell.s, cell.len);
        if (wide > 1 && !attributes)
            x += wide - 1;
    }
    while (!attributes && out->len > start && out->s[out->len - 1] == ' ')
        buf_cut(out, out->len - 1);
    buf_putc(out, '\n');
    buf_release(&cell);
}

static void add_rows(struct ui_test *t, bool attributes, struct buf *out) {
    shell_draw(t->shell);
    for (int y = 0; y < t->shell->canvas.rows; y++)
        add_row(y, t->shell->canvas.columns, attributes, out);
}

void ui_test_text(struct ui_test *t, struct buf *out) {
    add_rows(t, false, out);
}

void ui_test_attributes(struct ui_test *t, struct buf *out) {
    add_rows(t, true, out);
}

void ui_test_cursor(struct ui_test *t, int *y, int *x) {
    shell_draw(t->shell);
    *y = t->shell->canvas.cursor_y;
    *x = t->shell->canvas.cursor_x;
}
