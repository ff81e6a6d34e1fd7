#include "actions.h"
#include "base/text.h"
#include "bracket_text.h"
#include "clock.h"
#include "diff_text.h"
#include "line.h"
#include "model/agreement.h"
#include "screens.h"

enum {
    MEASURE = 76, /* columns of the wording */
    INDENT = READBACK_INDENT,
    ROOMY = 10,
    NAMES_FROM = 60, /* columns from which on sides have their names */
    NAME_MAX_COLUMNS = 30
};

struct readback_screen {
    struct screen screen;
    struct ref ref;
    struct page wording, sides;
    uint64_t version; /* of the workbook that they were built from */
    int rows;         /* of the area that they were built for */
};

static const struct screen_ops readback_screen;

static struct readback_screen *of(struct screen *s) {
    return (struct readback_screen *)s;
}

/* The read-back that is shown, or NONE. */
static uint32_t shown(const struct readback_screen *r) {
    return issue_readback(shell_workbook(r->screen.shell), r->ref.issue, r->ref.sub);
}

/* ---- What the projector shows too ---- */

void readback_add_wording(struct page *p, const struct workbook *w, const char *text,
                          int rows) {
    size_t line = p->lines.n;

    bracket_text_add(p, INDENT, ROLE_NORMAL, w, text);
    if ((int)(p->lines.n - line) * 2 - 1 <= rows)
        page_open_up(p, line);
}

/* Every side in the room, and whoever else has spoken. */
static void sides_of(const struct workbook *w, uint32_t readback, side_vec *out) {
    const struct readback *b = &w->readbacks.v[readback];

    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live)
            vec_push(out, w->room.sides.v[i].id);
    for (size_t i = 0; i < b->words.n; i++) {
        bool known = false;
        for (size_t k = 0; k < out->n; k++)
            known = known || strcmp(out->v[k], b->words.v[i].side) == 0;
        if (!known)
            vec_push(out, b->words.v[i].side);
    }
}

/* A side's mark and name: its id in capitals where there is little room. */
static void label(const struct workbook *w, const char *side, const char *mark,
                  bool brief, struct buf *out) {
    buf_addf(out, "%s ", mark);
    if (!brief) {
        buf_puts(out, side_name(w, side));
        return;
    }
    for (; *side; side++)
        buf_putc(out, *side >= 'a' && *side <= 'z' ? (char)(*side - 'a' + 'A') : *side);
}

/* Columns of the widest label. */
static int label_columns(const struct workbook *w, const side_vec *sides, bool brief) {
    int most = 0;

    for (size_t i = 0; i < sides->n; i++) {
        struct buf b = BUF_INIT;
        label(w, sides->v[i], "✓", brief, &b);
        int columns = (int)text_columns(b.s, b.len);
        most = columns > most ? columns : most;
        buf_release(&b);
    }
    return most < NAME_MAX_COLUMNS ? most : NAME_MAX_COLUMNS;
}

static const struct word_look {
    const char *mark, *words;
    unsigned role;
} word_looks[] = {[ASSENT_GIVEN] = {"✓", "assent", ROLE_GOOD},
                  [ASSENT_RESERVATION] = {"!", "reservation", ROLE_BAD},
                  [ASSENT_SILENCE] = {"○", "silence", ROLE_NORMAL}};

static void add_word(struct page *p, int x, const struct assent_word *word, bool whole,
                     int64_t now) {
    const struct word_look *look = &word_looks[word->assent];
    struct buf when = BUF_INIT;

    if (whole && *word->text)
        page_printf(p, x, look->role, "%s: %s", look->words, word->text);
    else
        page_string(p, x, look->role, look->words);
    clock_when(word->at, now, &when);
    if (whole)
        page_sign(p, ROLE_DIM, when.s);
    buf_release(&when);
}

static void add_side(struct page *p, const struct workbook *w, uint32_t readback,
                     const char *side, int columns, bool whole, int64_t now) {
    uint32_t at = readback_word(w, readback, side);
    const struct assent_word *word =
        at == NONE ? NULL : &w->readbacks.v[readback].words.v[at];
    size_t line = p->lines.n;
    struct buf b = BUF_INIT;

    if (word)
        add_word(p, INDENT + columns + 2, word, whole, now);
    else
        page_string(p, INDENT + columns + 2, ROLE_DIM, "has not spoken");
    label(w, side, word ? word_looks[word->assent].mark : "·", p->columns < NAMES_FROM,
          &b);
    page_head(p, line, INDENT, ROLE_STRONG, b.s);
    buf_release(&b);
}

void readback_add_words(struct page *p, const struct workbook *w, uint32_t readback,
                        bool whole, int64_t now) {
    side_vec sides = {0};

    sides_of(w, readback, &sides);
    int columns = label_columns(w, &sides, p->columns < NAMES_FROM);
    for (size_t i = 0; i < sides.n; i++) {
        page_begin_item(p, (uint32_t)i);
        add_side(p, w, readback, sides.v[i], columns, whole, now);
        page_end_item(p);
    }
    if (!sides.n)
        page_string(p, INDENT, ROLE_DIM, "There are no sides: m adds them.");
    vec_release(&sides);
}

/* ---- Building ---- */

/* "2 open brackets": what nobody should overlook in a wording that is read back. */
static void add_brackets(struct page *p, const struct workbook *w, const char *text) {
    struct brackets b = {0};

    workbook_brackets(w, text, &b);
    if (b.n_open || b.n_broken)
        page_blank(p);
    if (b.n_open)
        page_printf(p, INDENT, ROLE_DIM, "%u open %s", (unsigned)b.n_open,
                    b.n_open == 1 ? "bracket" : "brackets");
    if (b.n_broken)
        page_printf(p, INDENT, ROLE_ERROR, "%u broken %s: mend the answer first (a)",
                    (unsigned)b.n_broken, b.n_broken == 1 ? "bracket" : "brackets");
    brackets_release(&b);
}

/* That the answer is another by now, and what changed. */
static void add_change(struct page *p, const struct workbook *w,
                       const struct readback *b) {
    const char *text = issue_wording(w, b->issue, b->sub);
    struct diff d = {0};

    page_string(p, INDENT, ROLE_BAD,
                *text ? "≠ This no longer covers the answer, which was changed since. R "
                        "reads back the new wording."
                      : "≠ This no longer covers the answer, which was withdrawn since.");
    page_blank(p);
    if (*text) {
        diff_words(&d, b->text, text);
        diff_text_add(p, INDENT, &d, b->text, text, DIFF_BOTH);
        diff_release(&d);
        page_blank(p);
        page_string(p, INDENT, ROLE_DIM, "What was read back:");
    }
}

static void build_wording(struct readback_screen *r, uint32_t readback, int columns,
                          int rows) {
    const struct workbook *w = shell_workbook(r->screen.shell);
    const struct readback *b = &w->readbacks.v[readback];
    bool covers = readback_covers(w, readback);

    page_begin(&r->wording, columns);
    if (!covers)
        add_change(&r->wording, w, b);
    else if (rows > 4)
        page_blank(&r->wording);
    int left = rows - (int)r->wording.lines.n;
    readback_add_wording(&r->wording, w, b->text, covers ? left : 0);
    add_brackets(&r->wording, w, b->text);
}

/* Where rows are few it is said only when there is something to do. */
static void add_state(struct readback_screen *r, uint32_t readback, bool roomy) {
    const struct workbook *w = shell_workbook(r->screen.shell);
    const struct readback *b = &w->readbacks.v[readback];
    size_t silent = 0;
    side_vec sides = {0};

    sides_of(w, readback, &sides);
    for (size_t i = 0; i < sides.n; i++)
        silent += readback_word(w, readback, sides.v[i]) == NONE;
    if (b->ended)
        page_string(&r->sides, INDENT, ROLE_DIM,
                    "This read-back has ended. R begins another.");
    else if (silent && roomy)
        page_printf(&r->sides, INDENT, ROLE_DIM, "%zu of %zu %s not spoken.", silent,
                    sides.n, silent == 1 ? "has" : "have");
    else if (sides.n && !silent)
        page_string(&r->sides, INDENT, ROLE_STRONG, "All sides have spoken: e ends it.");
    vec_release(&sides);
}

static void build_sides(struct readback_screen *r, uint32_t readback, int columns,
                        int rows) {
    struct shell *sh = r->screen.shell;
    uint32_t focus = page_focus(&r->sides);

    page_begin(&r->sides, columns);
    readback_add_words(&r->sides, shell_workbook(sh), readback, true, shell_now(sh));
    add_state(r, readback, rows >= ROOMY);
    page_set_focus(&r->sides, focus);
}

/* The rows that the sides take: what they need, but no more than half. */
static int side_rows(const struct readback_screen *r, int rows) {
    int need = (int)r->sides.lines.n, most = rows / 2 > 2 ? rows / 2 : 2;

    return need < most ? need : most;
}

static void build(struct readback_screen *r, uint32_t readback, int columns, int rows) {
    const struct workbook *w = shell_workbook(r->screen.shell);

    if (r->version == w->version && r->rows == rows && r->sides.columns == columns)
        return;
    build_sides(r, readback, columns, rows);
    build_wording(r, readback, columns, rows - side_rows(r, rows) - 1);
    r->version = w->version;
    r->rows = rows;
}

/* ---- Drawing ---- */

static void draw_title(const struct readback_screen *r, struct canvas *c,
                       struct rect line) {
    const struct workbook *w = shell_workbook(r->screen.shell);
    uint32_t readback = shown(r);
    struct buf b = BUF_INIT, when = BUF_INIT;

    buf_puts(&b, "Read-back of ");
    ref_print(w, r->ref, &b);
    int x = line.x + 1;
    x += canvas_text(c, line.y, x, line.w - 2, ROLE_HEADING, b.s, b.len) + 2;
    if (readback != NONE) {
        buf_puts(&when, "begun ");
        clock_when(w->readbacks.v[readback].at, shell_now(r->screen.shell), &when);
        canvas_right(c, line.y, line.x + line.w - 1, line.x + line.w - 1 - x, ROLE_DIM,
                     when.s);
    }
    buf_release(&b);
    buf_release(&when);
}

/* The wording, and the sides under it; what is left over mostly below. */
static void draw_body(struct readback_screen *r, struct canvas *c, struct rect area) {
    struct rect top = area, foot = area;
    int need = (int)r->wording.lines.n + 1;

    foot.h = side_rows(r, area.h);
    top.h -= foot.h + 1;
    if (need < top.h) {
        top.y += (top.h - need) / 3;
        top.h = need;
    }
    foot.y = top.y + top.h + 1;
    page_draw(&r->wording, c, top, false);
    canvas_horizontal(c, foot.y - 1, top.x, top.w, ROLE_DIM);
    page_draw(&r->sides, c, foot, true);
}

static void readback_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct readback_screen *r = of(s);
    uint32_t readback = shown(r);
    int width = area.w < MEASURE + INDENT * 2 ? area.w : MEASURE + INDENT * 2;
    struct rect top = {area.y + 1, area.x + (area.w - width) / 2, area.h - 1, width};

    draw_title(r, c, area);
    if (readback == NONE) {
        canvas_nothing(c, area, "It was undone. R reads the answer back.");
        return;
    }
    build(r, readback, width - 1, top.h);
    draw_body(r, c, top);
}

/* ---- A side's word ---- */

/* The side in focus, or NULL, said. */
static const char *side_in_focus(const struct readback_screen *r) {
    const struct workbook *w = shell_workbook(r->screen.shell);
    uint32_t readback = shown(r), at = page_focus(&r->sides);
    const char *side = NULL;
    side_vec sides = {0};

    if (readback != NONE)
        sides_of(w, readback, &sides);
    if (at < sides.n)
        side = sides.v[at];
    vec_release(&sides);
    if (!side)
        shell_say(r->screen.shell, readback == NONE ? "nothing is being read back"
                                                    : "there are no sides yet: m");
    return side;
}

static int record_word(struct shell *sh, struct ref ref, const char *side,
                       const char *word, const char *text) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.ref = ref;
    args.side = side;
    args.label = word;
    args.text = text;
    return shell_run(sh, COMMAND_ASSENT, &args);
}

struct reservation {
    struct ref ref;
    const char *side; /* lives as long as the workbook */
};

static bool accept_reservation(struct shell *sh, void *ctx, const char *text) {
    const struct reservation *l = ctx;

    return text_blank(text) ||
           record_word(sh, l->ref, l->side, "reservation", text) == 0;
}

static const struct line_ops reservation_line = {
    .memory = "reservation",
    .enter = "Record",
    .accept = accept_reservation,
    .release = mem_free,
};

static void ask_reservation(struct readback_screen *r, const char *side) {
    struct shell *sh = r->screen.shell;
    struct reservation *l = mem_zalloc(sizeof *l);
    struct buf prompt = BUF_INIT, draft = BUF_INIT;

    *l = (struct reservation){r->ref, side};
    buf_addf(&prompt, "reservation of %s> ", side_name(shell_workbook(sh), side));
    buf_puts(&draft, "reservation ");
    ref_store(shell_workbook(sh), r->ref, &draft);
    buf_addf(&draft, " %s", side);
    struct line_setup setup = {&reservation_line, l, prompt.s, NULL, draft.s};
    line_open(sh, &setup);
    buf_release(&prompt);
    buf_release(&draft);
}

static void take_word(struct readback_screen *r, enum command_id id) {
    struct shell *sh = r->screen.shell;
    const char *side = side_in_focus(r);

    if (!side || !shell_writable(sh))
        return;
    if (id == COMMAND_READBACK_RESERVATION)
        ask_reservation(r, side);
    else
        record_word(sh, r->ref, side,
                    id == COMMAND_READBACK_ASSENT ? "assent" : "silence", "");
}

/* ---- Commands ---- */

static void run(struct readback_screen *r, enum command_id id) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.ref = r->ref;
    shell_run(r->screen.shell, id, &args);
}

void readback_open(struct shell *sh, struct ref ref) {
    struct readback_screen *r = mem_zalloc(sizeof *r);

    page_init(&r->wording);
    page_init(&r->sides);
    r->ref = ref;
    shell_push(sh, &r->screen, &readback_screen);
}

static unsigned readback_where(const struct screen *s) {
    (void)s;
    return ON_READBACK;
}

/* The wording is paged through, the sides are gone through. */
static bool move(struct readback_screen *r, enum command_id id) {
    if (id == COMMAND_PAGE_UP || id == COMMAND_PAGE_DOWN)
        return page_command(&r->wording, id, false);
    return page_command(&r->sides, id, true);
}

static bool readback_command(struct screen *s, const struct command *c,
                             const struct command_args *args, const char *key) {
    struct readback_screen *r = of(s);

    switch (c->id) {
    case COMMAND_READBACK_ASSENT:
    case COMMAND_READBACK_RESERVATION:
    case COMMAND_READBACK_SILENCE:
        take_word(r, c->id);
        return true;
    case COMMAND_READBACK:
    case COMMAND_READBACK_END:
        if (args)
            break;
        run(r, c->id);
        return true;
    case COMMAND_HISTORY:
        history_open(s->shell, r->ref.issue);
        return true;
    case COMMAND_READBACK_CLOSE:
    case COMMAND_BACK:
        shell_close(s->shell, s);
        return true;
    default:
        if (move(r, c->id))
            return true;
    }
    return action_command(s->shell, shell_focus(s->shell), c, args, key);
}

static void readback_mouse(struct screen *s, const struct input *in) {
    struct readback_screen *r = of(s);
    bool top = rect_has(r->wording.area, in->y, in->x);

    page_mouse(top ? &r->wording : &r->sides, in, !top);
}

static struct focus readback_focus(const struct screen *s) {
    struct focus f = {((const struct readback_screen *)s)->ref, NONE};

    return f;
}

static void readback_close(struct screen *s) {
    page_release(&of(s)->wording);
    page_release(&of(s)->sides);
}

static const struct screen_ops readback_screen = {
    .title = "Read-back",
    .where = readback_where,
    .draw = readback_draw,
    .command = readback_command,
    .mouse = readback_mouse,
    .focus = readback_focus,
    .close = readback_close,
};
