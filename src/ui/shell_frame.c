#include "shell_frame.h"

#include "base/text.h"
#include "clock.h"
#include "keymap.h"
#include "shell.h"

enum { MESSAGE_LINES = 3, NAME_COLUMNS = 20 };

int frame_input_row(const struct canvas *c) {
    return c->rows - 2;
}

int frame_key_row(const struct canvas *c) {
    return c->rows - 1;
}

/* ---- Header ---- */

static void add_part(struct buf *out, const char *part) {
    if (!*part)
        return;
    if (out->len)
        buf_puts(out, " · ");
    buf_puts(out, part);
}

/* "Meeting of the SuPR (Sustainable Partnership with Russia) Group" without what stands
 * in brackets: said once, it is what is cut first. */
static void without_brackets(const char *name, struct buf *out) {
    int depth = 0;

    for (const char *p = name; *p; p++) {
        depth += *p == '(';
        bool double_blank = *p == ' ' && out->len && out->s[out->len - 1] == ' ';
        if (!depth && !double_blank)
            buf_putc(out, *p);
        depth -= *p == ')' && depth > 0;
    }
}

static void join(struct buf *out, const char *name, const char *place,
                 const char *dates) {
    buf_clear(out);
    add_part(out, name);
    add_part(out, place);
    add_part(out, dates);
}

/* As much as fits of the meeting's name, place and dates. */
static void draw_meeting(struct canvas *c, const struct memo *m, int width) {
    const char *name = *m->meeting ? m->meeting : m->title;
    struct buf brief = BUF_INIT, dates = BUF_INIT, line = BUF_INIT;

    memo_dates(m, &dates);
    without_brackets(name, &brief);
    const char *const ways[][3] = {{name, m->place, dates.s},
                                   {brief.s, m->place, dates.s},
                                   {brief.s, "", dates.s},
                                   {brief.s, "", ""}};
    bool fits = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !fits; i++) {
        join(&line, ways[i][0], ways[i][1], ways[i][2]);
        fits = (int)text_columns(line.s, line.len) <= width;
    }
    int tail = fits ? 0 : (int)text_columns(dates.s, dates.len) + 3;
    if (!dates.len || width - tail < NAME_COLUMNS)
        tail = 0;
    int taken = canvas_text(c, 0, 1, width - tail, ROLE_HEADER, line.s, line.len);
    if (tail)
        canvas_printf(c, 0, 1 + taken, tail, ROLE_HEADER, " · %s", dates.s);
    buf_release(&brief);
    buf_release(&dates);
    buf_release(&line);
}

static void header_right(const struct shell *sh, struct buf *out) {
    const char *why = sh->session ? session_read_only(sh->session) : NULL;

    clock_time(shell_now(sh), out);
    if (!sh->session)
        return;
    if (why)
        buf_addf(out,
                 session_failed(sh->session) ? " · not saved: %s" : " · read-only (%s)",
                 why);
    else
        buf_addf(out, " · %u saved", (unsigned)session_saved(sh->session));
}

static void draw_header(const struct shell *sh, struct canvas *c) {
    struct buf right = BUF_INIT;
    const struct workbook *w = shell_workbook(sh);

    canvas_fill(c, 0, 0, c->columns, ROLE_HEADER);
    header_right(sh, &right);
    int room = c->columns - 2, need = (int)text_columns(right.s, right.len);
    if (need > room * 2 / 3)
        need = room * 2 / 3;
    canvas_text(c, 0, c->columns - 1 - need, need, ROLE_HEADER, right.s, right.len);
    if (w)
        draw_meeting(c, w->memo, room - need - 2);
    else
        canvas_string(c, 0, 1, room - need - 2, ROLE_HEADER, "memobook");
    buf_release(&right);
}

/* ---- Foot ---- */

/* A message of more than one line grows upwards, over what is there. */
static void draw_message(const struct shell *sh, struct canvas *c, int bottom) {
    struct text_line lines[MESSAGE_LINES];
    unsigned role = sh->message_kind == SAY_ERROR ? ROLE_ERROR : ROLE_NORMAL;
    const struct buf *m = &sh->message;
    size_t at = 0;
    int n = 0;

    while (n < MESSAGE_LINES &&
           text_wrap(m->s, m->len, at, (size_t)c->columns - 2, &lines[n]))
        at = lines[n++].next;
    for (int i = 0; i < n; i++) {
        int y = bottom - n + 1 + i;
        size_t end = i == n - 1 ? m->len : lines[i].end;
        canvas_fill(c, y, 0, c->columns, ROLE_NORMAL);
        canvas_text(c, y, 1, c->columns - 2, role, m->s + lines[i].start,
                    end - lines[i].start);
    }
}

void frame_end(struct shell *sh) {
    struct canvas *c = &sh->canvas;
    struct screen *top = shell_top(sh);
    unsigned where = top->ops->where(top);
    /* A line of input stands where messages do: they go above it. */
    int y = frame_input_row(c) - (where == ON_LINE);

    keymap_draw(c, frame_key_row(c), top);
    if (sh->message_kind != SAY_NOTHING)
        draw_message(sh, c, y);
}

/* ---- Room ---- */

static bool no_room(const struct canvas *c) {
    return c->rows < FRAME_MIN_ROWS || c->columns < FRAME_MIN_COLUMNS;
}

bool frame_begin(struct shell *sh, struct rect *area) {
    struct canvas *c = &sh->canvas;

    if (no_room(c)) {
        canvas_printf(c, 0, 0, c->columns, ROLE_NORMAL, "needs %dx%d (is %dx%d)",
                      FRAME_MIN_COLUMNS, FRAME_MIN_ROWS, c->columns, c->rows);
        return false;
    }
    draw_header(sh, c);
    *area = (struct rect){1, 0, c->rows - 3, c->columns};
    return true;
}

bool frame_too_small(struct shell *sh, struct input *in) {
    struct screen *top = shell_top(sh);
    unsigned where = top->ops->where(top);

    if (!no_room(&sh->canvas) || in->kind == INPUT_PASTE)
        return false;
    if (where & ON_TYPING)
        return in->kind != INPUT_KEY || !in->len;
    const struct command *c =
        in->kind == INPUT_KEY ? command_of_key(in->name, where) : NULL;
    return !c ||
           (c->id != COMMAND_QUIT && c->id != COMMAND_REDRAW && c->id != COMMAND_SUSPEND);
}
