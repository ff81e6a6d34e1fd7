#include "shell_frame.h"

#include "base/text.h"
#include "clock.h"
#include "keymap.h"
#include "off_record.h"
#include "shell.h"

enum { MESSAGE_LINES = 3, NAME_COLUMNS = 20, SITTING_COLUMNS = 5 };

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
static void draw_meeting(struct canvas *c, const struct memo *m, int x, int width) {
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
    int taken = canvas_text(c, 0, x, width - tail, ROLE_HEADER, line.s, line.len);
    if (tail)
        canvas_printf(c, 0, x + taken, tail, ROLE_HEADER, " · %s", dates.s);
    buf_release(&brief);
    buf_release(&dates);
    buf_release(&line);
}

static void header_saved(const struct shell *sh, struct buf *out) {
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

/* The sitting that is open; nothing before the first. */
static const char *sitting_words(const struct workbook *w) {
    uint32_t open = w ? sitting_open(w) : NONE;

    if (open != NONE)
        return w->room.sittings.v[open].title;
    return w && w->room.sittings.n ? "adjourned" : "";
}

/* The sitting, before what stands at the right, which starts at column `right`: as much
 * of it as leaves the meeting its name. The columns taken. */
static int draw_sitting(struct canvas *c, const struct workbook *w, int right) {
    const char *words = sitting_words(w);
    int need = (int)text_columns(words, strlen(words));
    int most = right - NAME_COLUMNS - 6;

    if (need > most)
        need = most;
    if (!*words || need < SITTING_COLUMNS)
        return 0;
    int x = right - need - 3;
    int taken = canvas_string(c, 0, x, need, ROLE_HEADER, words);
    canvas_string(c, 0, x + taken, 3, ROLE_HEADER, " · ");
    canvas_spot(c, (struct rect){0, x, 1, taken}, "S");
    return need + 3;
}

static void draw_header(const struct shell *sh, struct canvas *c) {
    struct buf right = BUF_INIT;
    const struct workbook *w = shell_workbook(sh);

    int x = 1 + off_record_columns(sh);

    canvas_fill(c, 0, 0, c->columns, ROLE_HEADER);
    header_saved(sh, &right);
    int room = c->columns - 2, need = (int)text_columns(right.s, right.len);
    if (need > room * 2 / 3)
        need = room * 2 / 3;
    canvas_text(c, 0, c->columns - 1 - need, need, ROLE_HEADER, right.s, right.len);
    int saved = need;
    need += draw_sitting(c, w, c->columns - 1 - need);
    if (w)
        draw_meeting(c, w->memo, x, room - need - 1 - x);
    else
        canvas_string(c, 0, 1, room - need - 2, ROLE_HEADER, "memobook");
    if (sh->session && session_failed(sh->session))
        canvas_spot(c, (struct rect){0, c->columns - 1 - saved, 1, saved}, "W");
    off_record_draw(sh, c);
    buf_release(&right);
}

/* ---- Foot ---- */

/* A line of input stands where messages do: they go above it. */
static int message_row(const struct shell *sh) {
    const struct screen *top = shell_top(sh);

    return frame_input_row(&sh->canvas) - (top->ops->where(top) == ON_LINE);
}

/* The last line has all that is left. */
static int message_lines(const struct shell *sh, struct text_line lines[MESSAGE_LINES]) {
    const struct buf *m = &sh->message;
    size_t at = 0, columns = (size_t)sh->canvas.columns - 2;
    int n = 0;

    while (n < MESSAGE_LINES && text_wrap(m->s, m->len, at, columns, &lines[n]))
        at = lines[n++].next;
    if (n)
        lines[n - 1].end = m->len;
    return n;
}

bool frame_message_at(const struct shell *sh, int y, int x, size_t *offset) {
    struct text_line lines[MESSAGE_LINES];
    int n = message_lines(sh, lines), i = y - (message_row(sh) - n + 1);

    if (i < 0 || i >= n || x < 1)
        return false;
    size_t start = lines[i].start, len = lines[i].end - start;
    size_t at = text_fit(sh->message.s + start, len, (size_t)x - 1);
    *offset = start + at;
    return at < len;
}

/* A message of more than one line grows upwards, over what is there. */
static void draw_message(const struct shell *sh, struct canvas *c) {
    struct text_line lines[MESSAGE_LINES];
    unsigned role = sh->message_kind == SAY_ERROR ? ROLE_ERROR : ROLE_NORMAL;
    const struct buf *m = &sh->message;
    int n = message_lines(sh, lines);

    for (int i = 0; i < n; i++) {
        int y = message_row(sh) - n + 1 + i;
        canvas_fill(c, y, 0, c->columns, ROLE_NORMAL);
        canvas_text(c, y, 1, c->columns - 2, role, m->s + lines[i].start,
                    lines[i].end - lines[i].start);
    }
}

void frame_end(struct shell *sh) {
    struct canvas *c = &sh->canvas;
    struct screen *top = shell_top(sh);

    if (top->ops->bare)
        return;
    keymap_draw(c, frame_key_row(c), top);
    if (sh->message_kind != SAY_NOTHING)
        draw_message(sh, c);
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
    if (shell_top(sh)->ops->bare) {
        *area = (struct rect){0, 0, c->rows, c->columns};
        return true;
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
