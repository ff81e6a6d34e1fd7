#include "editor.h"

#include "detail.h"
#include "menu.h"
#include "model/textbuf.h"
#include "off_record.h"
#include "page.h"
#include "session/draft.h"
#include "typing.h"

enum {
    TEXT_COLUMNS = 100,   /* longer lines are hard to read */
    BESIDE_COLUMNS = 120, /* from here on the record stands beside the text */
    WHEEL_ROWS = 3
};

struct editor {
    struct screen screen;
    enum command_id command;
    struct command_args args;
    uint32_t issue;
    char *title, *draft, *side, *recorded;
    struct textbuf *tb;
    struct page above;    /* the issue's text */
    struct detail beside; /* all that is recorded of it, where there is room */
    size_t top, width;    /* first row that is seen; columns of a row */
    struct rect area;     /* of the text, in the last drawing */
    uint64_t stored;      /* version of the text that is a draft on disk */
};

static const struct screen_ops editor_screen;

static bool same_as_recorded(const struct editor *e) {
    return strcmp(textbuf_text(e->tb, NULL), e->recorded) == 0;
}

/* A draft comes back as a change that can be undone: nothing has to be asked. */
static void take_up_draft(struct editor *e) {
    struct shell *sh = e->screen.shell;
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;

    if (draft_load(sh->session, e->draft, &b, &err) < 0) {
        shell_error(sh, &err);
    } else if (b.len) {
        textbuf_set(e->tb, b.s, b.len);
        textbuf_text_end(e->tb);
        if (!same_as_recorded(e))
            shell_say(sh, "your draft is back; Ctrl-_ returns to what is recorded");
    }
    buf_release(&b);
}

void editor_open(struct shell *sh, const struct editor_setup *setup) {
    struct editor *e = mem_zalloc(sizeof *e);

    e->command = setup->command;
    e->args = setup->args;
    e->side = setup->args.side ? mem_strdup(setup->args.side) : NULL;
    e->args.side = e->side;
    e->issue = setup->issue;
    e->title = mem_strdup(setup->title);
    e->draft = mem_strdup(setup->draft);
    e->tb = textbuf_new(false);
    textbuf_reset(e->tb, setup->text, strlen(setup->text));
    e->recorded = mem_strdup(textbuf_text(e->tb, NULL));
    e->width = TEXT_COLUMNS;
    page_init(&e->above);
    detail_init(&e->beside);
    shell_push(sh, &e->screen, &editor_screen);
    take_up_draft(e);
    e->stored = textbuf_version(e->tb);
}

/* ---- Drafts ---- */

/* False where the draft could not be written. */
static bool keep(struct editor *e) {
    struct shell *sh = e->screen.shell;
    struct err err = ERR_INIT;
    size_t len;
    const char *text = textbuf_text(e->tb, &len);
    uint64_t version = textbuf_version(e->tb);

    if (version == e->stored)
        return true;
    e->stored = version;
    if (draft_save(sh->session, e->draft, text, len, &err) == 0)
        return true;
    shell_error(sh, &err);
    return false;
}

static void editor_keep(struct screen *s) {
    keep((struct editor *)s);
}

static void drop_draft(struct editor *e) {
    struct err err = ERR_INIT;

    e->stored = textbuf_version(e->tb);
    draft_drop(e->screen.shell->session, e->draft, &err);
    err_release(&err);
}

/* ---- Commands ---- */

static void record(struct editor *e) {
    struct shell *sh = e->screen.shell;

    if (same_as_recorded(e)) {
        shell_say(sh, "nothing was changed");
    } else {
        e->args.text = textbuf_text(e->tb, NULL);
        if (shell_run(sh, e->command, &e->args) < 0) {
            editor_keep(&e->screen);
            return;
        }
    }
    drop_draft(e);
    shell_close(sh, &e->screen);
}

/* Off the record, with what was typed before as a draft. The text stays where that
 * cannot be written; the person was told. */
static void leave_record(struct editor *e) {
    struct shell *sh = e->screen.shell;
    bool changed = !same_as_recorded(e);

    if (!keep(e)) {
        e->stored = UINT64_MAX;
        return;
    }
    if (!changed)
        drop_draft(e);
    shell_close(sh, &e->screen);
    off_record_from_typing(sh, changed);
}

static void abandon_chosen(struct shell *sh, void *ctx, size_t i) {
    struct editor *e = ctx;

    if (i != 0)
        return;
    shell_say(sh, same_as_recorded(e) ? "nothing was changed"
                                      : "abandoned; nothing was recorded");
    drop_draft(e);
    shell_close(sh, &e->screen);
}

static void abandon(struct editor *e) {
    static const struct menu_item items[] = {
        {"y", "Yes, abandon it"},
        {"n", "No, go on typing"},
    };
    struct menu_setup menu = {
        "Abandon what was typed?", items, 2, 1, abandon_chosen, e, NULL};

    if (same_as_recorded(e))
        abandon_chosen(e->screen.shell, e, 0);
    else
        menu_open(e->screen.shell, &menu);
}

static void edit_externally(struct editor *e) {
    struct shell *sh = e->screen.shell;
    struct buf out = BUF_INIT;
    struct err err = ERR_INIT;
    size_t len;
    const char *text = textbuf_text(e->tb, &len);

    editor_keep(&e->screen);
    if (external_edit(sh, text, len, &out, &err) < 0) {
        shell_error(sh, &err);
    } else {
        size_t odd = textbuf_set(e->tb, out.s, out.len);
        typing_say_replaced(sh, odd);
        shell_typed(sh);
    }
    buf_release(&out);
}

static void page_by(struct editor *e, int direction) {
    int rows = e->area.h > 2 ? e->area.h - 1 : 1;

    textbuf_select(e->tb, false);
    textbuf_page(e->tb, e->width, (ptrdiff_t)direction * rows);
}

static bool editor_command(struct screen *s, const struct command *c,
                           const struct command_args *args, const char *key) {
    struct editor *e = (struct editor *)s;
    uint64_t before = textbuf_version(e->tb);

    (void)args;
    (void)key;
    switch (c->id) {
    case COMMAND_EDIT_RECORD:
        record(e);
        return true;
    case COMMAND_EDIT_ABANDON:
        abandon(e);
        return true;
    case COMMAND_EDIT_EXTERNAL:
        edit_externally(e);
        return true;
    case COMMAND_RECORD_TYPING:
        leave_record(e);
        return true;
    case COMMAND_EDIT_NEWLINE:
        textbuf_insert(e->tb, "\n", 1);
        break;
    case COMMAND_EDIT_PAGE_UP:
    case COMMAND_EDIT_PAGE_DOWN:
        page_by(e, c->id == COMMAND_EDIT_PAGE_UP ? -1 : 1);
        return true;
    default:
        if (!typing_command(e->tb, c->id, e->width))
            return false;
    }
    if (textbuf_version(e->tb) != before)
        shell_typed(s->shell);
    return true;
}

static void editor_text(struct screen *s, const char *text, size_t len, bool pasted) {
    struct editor *e = (struct editor *)s;
    size_t odd =
        pasted ? textbuf_paste(e->tb, text, len) : textbuf_insert(e->tb, text, len);

    typing_say_replaced(s->shell, odd);
    shell_typed(s->shell);
}

/* ---- Drawing ---- */

static unsigned editor_where(const struct screen *s) {
    (void)s;
    return ON_EDITOR;
}

static void build_above(struct editor *e, int columns) {
    const struct workbook *w = shell_workbook(e->screen.shell);

    if (e->above.columns == columns && e->above.lines.n)
        return;
    page_begin(&e->above, columns);
    detail_add_text(&e->above, w, e->issue, 0);
}

/* The issue's text, in a third of the room at most; the rows taken. */
static int draw_above(struct editor *e, struct canvas *c, struct rect area) {
    if (e->issue == NONE)
        return 0;
    build_above(e, area.w - 2);
    int n = (int)e->above.lines.n, most = area.h / 3 > 1 ? area.h / 3 : 1;
    struct rect place = {area.y, area.x, n < most ? n : most, area.w - 1};
    page_draw(&e->above, c, place, false);
    return place.h;
}

static void draw_row(struct editor *e, struct canvas *c, int y,
                     const struct text_line *l) {
    size_t start = 0, end = 0;
    const char *text = textbuf_text(e->tb, NULL);
    int x = e->area.x, w = e->area.w;

    canvas_text(c, y, x, w, ROLE_NORMAL, text + l->start, l->end - l->start);
    if (!textbuf_selection(e->tb, &start, &end) || end <= l->start || start >= l->next)
        return;
    size_t stop = end < l->end ? end : l->end;
    start = start > l->start ? start : l->start;
    int column = (int)text_columns(text + l->start,
                                   start < l->end ? start - l->start : l->end - l->start);
    if (stop > start)
        column += canvas_text(c, y, x + column, w - column, ROLE_SELECTED, text + start,
                              stop - start);
    if (end > l->end && column < w) /* the line end is selected too */
        canvas_fill(c, y, x + column, 1, ROLE_SELECTED);
}

static void draw_text(struct editor *e, struct canvas *c) {
    size_t column, height = (size_t)e->area.h;
    size_t row = textbuf_row_of(e->tb, e->width, textbuf_cursor(e->tb), &column);
    struct text_line line;

    if (row < e->top)
        e->top = row;
    if (row >= e->top + height)
        e->top = row + 1 - height;
    for (size_t i = 0; i < height; i++)
        if (textbuf_row(e->tb, e->width, e->top + i, &line))
            draw_row(e, c, e->area.y + (int)i, &line);
    canvas_cursor(c, e->area.y + (int)(row - e->top), e->area.x + (int)column);
    if (e->top > 0)
        canvas_string(c, e->area.y, e->area.x + e->area.w, 1, ROLE_DIM, "↑");
    if (textbuf_row(e->tb, e->width, e->top + height, &line))
        canvas_string(c, e->area.y + e->area.h - 1, e->area.x + e->area.w, 1, ROLE_DIM,
                      "↓");
}

static void draw_title(struct editor *e, struct canvas *c, struct rect line) {
    const char *state = same_as_recorded(e) ? "as recorded" : "not recorded yet";
    int x = line.x + 1;

    if (!*e->recorded && same_as_recorded(e))
        state = "";
    x += canvas_string(c, line.y, x, line.w - 2, ROLE_HEADING, e->title);
    canvas_right(c, line.y, line.x + line.w - 1, line.x + line.w - x - 2, ROLE_DIM,
                 state);
}

static void draw_beside(struct editor *e, struct canvas *c, struct rect area) {
    struct rect right = {area.y, area.x + 1, area.h, area.w - 1};
    struct shell *sh = e->screen.shell;

    canvas_vertical(c, area.y, area.x, area.h, ROLE_DIM);
    detail_show(&e->beside, ref_of_issue(shell_workbook(sh), e->issue));
    detail_draw(&e->beside, sh, c, right, false);
}

static void editor_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct editor *e = (struct editor *)s;

    e->above.area = e->beside.page.area = (struct rect){0};
    if (area.w >= BESIDE_COLUMNS && e->issue != NONE) {
        struct rect right = area;
        area.w = area.w * 11 / 20;
        right.x += area.w;
        right.w -= area.w;
        draw_beside(e, c, right);
    }
    draw_title(e, c, (struct rect){area.y, area.x, 1, area.w});
    struct rect rest = {area.y + 1, area.x, area.h - 1, area.w};
    int taken = draw_above(e, c, rest);
    canvas_horizontal(c, rest.y + taken, rest.x, rest.w, ROLE_DIM);
    int w = area.w - 2 < TEXT_COLUMNS ? area.w - 2 : TEXT_COLUMNS;
    e->width = (size_t)w - 1; /* the cursor may stand after a full row */
    e->area = (struct rect){rest.y + taken + 1, area.x + 1, rest.h - taken - 1, w};
    draw_text(e, c);
}

/* What stands above and beside the text scrolls alone. */
static bool beside_mouse(struct editor *e, const struct input *in) {
    struct page *pages[] = {&e->above, &e->beside.page};

    for (size_t i = 0; i < 2; i++) {
        if (rect_has(pages[i]->area, in->y, in->x)) {
            page_mouse(pages[i], in, false);
            return true;
        }
    }
    return false;
}

static void editor_mouse(struct screen *s, const struct input *in) {
    struct editor *e = (struct editor *)s;

    if (beside_mouse(e, in))
        return;
    textbuf_select(e->tb, false);
    if (in->kind == INPUT_WHEEL)
        textbuf_page(e->tb, e->width, in->step * WHEEL_ROWS);
    else if (in->x == e->area.x + e->area.w && in->y == e->area.y)
        page_by(e, -1);
    else if (in->x == e->area.x + e->area.w && in->y == e->area.y + e->area.h - 1)
        page_by(e, 1);
    else if (rect_has(e->area, in->y, in->x))
        textbuf_move(e->tb, textbuf_offset_at(e->tb, e->width,
                                              e->top + (size_t)(in->y - e->area.y),
                                              (size_t)(in->x - e->area.x)));
}

static void editor_close(struct screen *s) {
    struct editor *e = (struct editor *)s;

    textbuf_free(e->tb);
    page_release(&e->above);
    detail_release(&e->beside);
    mem_free(e->title);
    mem_free(e->draft);
    mem_free(e->side);
    mem_free(e->recorded);
}

static const struct screen_ops editor_screen = {
    .title = "Editor",
    .where = editor_where,
    .draw = editor_draw,
    .command = editor_command,
    .text = editor_text,
    .mouse = editor_mouse,
    .keep = editor_keep,
    .close = editor_close,
};
