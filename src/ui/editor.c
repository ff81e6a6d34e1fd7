#include "editor.h"

#include "actions_private.h"
#include "bracket_text.h"
#include "detail.h"
#include "model/agreement.h"
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
    struct page above;         /* the issue's text */
    struct detail beside;      /* all that is recorded of it, where there is room */
    size_t top, width;         /* first row that is seen; columns of a row */
    struct rect area;          /* of the text, in the last drawing */
    uint64_t stored;           /* version of the text that is a draft on disk */
    bracket_runs runs;         /* of the text, by its looks */
    uint32_t n_open, n_broken; /* brackets */
    uint64_t parsed;           /* version of the text that these are of */
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
    e->parsed = UINT64_MAX;
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
    if (same_as_recorded(e))
        abandon_chosen(e->screen.shell, e, 0);
    else
        menu_ask(e->screen.shell, "Abandon what was typed?", "Yes, abandon it",
                 "No, go on typing", abandon_chosen, e, NULL);
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

/* ---- Brackets ---- */

/* "[ru: SELECTION | us: ]", with the cursor where text is wanted next; of more than two
 * sides the second owner is wanted too. */
static void insert_bracket(struct editor *e, size_t chosen) {
    const struct workbook *w = shell_workbook(e->screen.shell);
    const struct side *side = action_side(w, chosen),
                      *other = action_side(w, chosen ? 0 : 1);
    bool two = other && !action_side(w, 2);
    size_t len, start, end, wanted;
    const char *text = textbuf_text(e->tb, &len);
    struct buf b = BUF_INIT;

    if (!side)
        return;
    if (!textbuf_selection(e->tb, &start, &end))
        start = end = textbuf_cursor(e->tb);
    buf_add(&b, text, start);
    buf_addf(&b, "[%s: ", side->id);
    wanted = b.len;
    buf_add(&b, text + start, end - start);
    if (other)
        buf_addf(&b, " | %s%s", two ? other->id : "", two ? ": " : "");
    if (end > start)
        wanted = b.len;
    buf_putc(&b, ']');
    buf_add(&b, text + end, len - end);
    textbuf_set(e->tb, b.s, b.len);
    textbuf_move(e->tb, wanted);
    shell_typed(e->screen.shell);
    buf_release(&b);
}

static void bracket_chosen(struct shell *sh, void *ctx, size_t i) {
    struct editor *e = ctx;

    if (action_side(shell_workbook(sh), i)) {
        insert_bracket(e, i);
    } else {
        textbuf_bracket(e->tb);
        shell_typed(sh);
    }
}

/* Whose text it is; the last of the menu is nobody's: an editorial bracket. */
static void choose_bracket(struct editor *e) {
    struct shell *sh = e->screen.shell;
    struct menu_item items[MENU_MAX] = {{"e", "editorial, nobody's: [ ]"}};
    const struct side *side;
    size_t n = 0;

    for (; n < MENU_MAX - 2 && (side = action_side(shell_workbook(sh), n)); n++) {
        items[n + 1].label = side->name;
        menu_letter(items, n + 1, side->id);
    }
    items[n + 1] = items[0];
    struct menu_setup menu = {"Bracket: whose text?", items + 1, n + 1, MENU_MAX,
                              bracket_chosen,         e,         NULL};
    if (n)
        menu_open(sh, &menu);
    else
        bracket_chosen(sh, e, 0);
}

static void parse_brackets(struct editor *e) {
    const struct workbook *w = shell_workbook(e->screen.shell);
    const char *text = textbuf_text(e->tb, NULL);
    struct brackets b = {0};

    if (e->parsed == textbuf_version(e->tb))
        return;
    e->parsed = textbuf_version(e->tb);
    workbook_brackets(w, text, &b);
    e->n_open = b.n_open;
    e->n_broken = b.n_broken;
    brackets_release(&b);
    e->runs.n = 0;
    if (e->n_open + e->n_broken)
        bracket_runs_of(w, text, ROLE_NORMAL, &e->runs);
}

/* ---- */

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
    case COMMAND_EDIT_BRACKET:
        choose_bracket(e);
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

/* The looks of brackets, over the row that was drawn. */
static void draw_runs(struct editor *e, struct canvas *c, int y,
                      const struct text_line *l) {
    const char *text = textbuf_text(e->tb, NULL);

    for (size_t i = 0; i < e->runs.n; i++) {
        const struct bracket_run *run = &e->runs.v[i];
        size_t start = run->start > l->start ? run->start : l->start;
        size_t end = run->end < l->end ? run->end : l->end;
        if (start >= end || run->role == ROLE_NORMAL)
            continue;
        int x = (int)text_columns(text + l->start, start - l->start);
        int w = (int)text_columns(text + start, end - start);
        canvas_restyle(c, (struct rect){y, e->area.x + x, 1, w}, run->role);
    }
}

static void draw_row(struct editor *e, struct canvas *c, int y,
                     const struct text_line *l) {
    size_t start = 0, end = 0;
    const char *text = textbuf_text(e->tb, NULL);
    int x = e->area.x, w = e->area.w;

    canvas_text(c, y, x, w, ROLE_NORMAL, text + l->start, l->end - l->start);
    draw_runs(e, c, y, l);
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

/* The stance that the mark in front of a position says, else STANCE_NONE. */
static int stance_typed(const char *text) {
    text += strspn(text, " \t\n");
    for (int i = STANCE_FOR; i < STANCE_COUNT; i++)
        if (*text == stances[i].mark && (text[1] == ' ' || text[1] == '\n'))
            return i;
    return STANCE_NONE;
}

/* "2 brackets, 1 unclosed · not recorded yet", or what of it matters most. */
static void state_words(struct editor *e, int room, struct buf *out) {
    bool same = same_as_recorded(e);
    const char *text = textbuf_text(e->tb, NULL);
    int stance = e->command == COMMAND_POSITION ? stance_typed(text) : STANCE_NONE;

    if (stance != STANCE_NONE)
        buf_addf(out, "%s · ", stances[stance].words);
    if (e->n_open)
        buf_addf(out, "%u bracket%s%s", (unsigned)e->n_open, e->n_open == 1 ? "" : "s",
                 e->n_broken ? ", " : " · ");
    if (e->n_broken)
        buf_addf(out, "%u unclosed · ", (unsigned)e->n_broken);
    size_t brief = out->len;
    if (*e->recorded || !same)
        buf_puts(out, same ? "as recorded" : "not recorded yet");
    if (brief && (int)text_columns(out->s, out->len) > room)
        buf_cut(out, brief - strlen(" · "));
}

static void draw_title(struct editor *e, struct canvas *c, struct rect line) {
    static const char marks[] = "· + for  - against  ? on conditions";
    struct buf state = BUF_INIT;
    int x = line.x + 1, right = line.x + line.w - 1;

    x += canvas_string(c, line.y, x, line.w - 2, ROLE_HEADING, e->title) + 1;
    state_words(e, right - x, &state);
    int taken = canvas_right(c, line.y, right, right - x, ROLE_DIM, state.s);
    right -= taken ? taken + 1 : 0;
    if (e->command == COMMAND_POSITION && right - x > 9)
        canvas_string(c, line.y, x, right - x, ROLE_DIM, marks);
    buf_release(&state);
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
    parse_brackets(e);
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
    vec_release(&e->runs);
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
