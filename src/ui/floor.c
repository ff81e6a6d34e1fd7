#include "actions.h"
#include "balance.h"
#include "base/text.h"
#include "clock.h"
#include "list.h"
#include "room_actions.h"
#include "screens.h"

#include <stdio.h>

enum {
    TWO_PANES = 66, /* columns; below, the balance stands under the list */
    ROOMY = 12,     /* rows; below, without headings */
    LIST_MAX = 70,  /* columns */
    NUMBER = 4,
    SPOKEN = 8,
    NAME_MAX = 24,
    WIDE = 130 /* columns; below, short words on the key line */
};

/* The list of speakers. The focus stands on the first, whoever that is, until it is
 * moved; then it follows a person. */
struct floor_screen {
    struct screen screen;
    struct list list;
    uint32_t person; /* in focus, or NONE */
    uint8_t kind;    /* of that turn: one who waits may raise a point of order, too */
    bool moved;
    enum balance_by by;
    struct name_table names;
    bool side_ids; /* there is no room for the names of sides */
};

static const struct screen_ops floor_screen;

static struct floor_screen *of(struct screen *s) {
    return (struct floor_screen *)s;
}

static const struct workbook *workbook_of(const struct floor_screen *fs) {
    return shell_workbook(fs->screen.shell);
}

static const struct floor *floor_of(const struct floor_screen *fs) {
    return &workbook_of(fs)->room.floor;
}

/* The focus was moved by hand. */
static void take_focus(struct floor_screen *fs) {
    const struct floor *f = floor_of(fs);

    fs->moved = fs->list.at > 0;
    fs->person = f->list.n ? f->list.v[fs->list.at].person : NONE;
    fs->kind = f->list.n ? f->list.v[fs->list.at].kind : TURN_USUAL;
}

/* Where the turn in focus stands by now, or NONE. */
static uint32_t place_of(const struct floor_screen *fs) {
    const struct floor *f = floor_of(fs);

    for (uint32_t i = 0; i < f->list.n; i++)
        if (f->list.v[i].person == fs->person && f->list.v[i].kind == fs->kind)
            return i;
    return NONE;
}

static void floor_changed(struct screen *s) {
    struct floor_screen *fs = of(s);
    uint32_t place = fs->moved ? place_of(fs) : NONE;

    list_set_count(&fs->list, floor_of(fs)->list.n);
    if (!fs->moved)
        list_go(&fs->list, 0);
    else if (place != NONE)
        list_go(&fs->list, place);
    take_focus(fs);
}

void floor_open(struct shell *sh) {
    struct floor_screen *fs = mem_zalloc(sizeof *fs);

    shell_push(sh, &fs->screen, &floor_screen);
    floor_changed(&fs->screen);
}

/* ---- Drawing: who has the floor ---- */

static void draw_nobody(struct floor_screen *fs, struct canvas *c, struct rect line) {
    const struct floor *f = floor_of(fs);
    struct buf b = BUF_INIT;

    buf_puts(&b, "Nobody has the floor.");
    if (fs->list.n) {
        buf_puts(&b, " Enter gives it to ");
        name_and_side(workbook_of(fs), f->list.v[fs->list.at].person, &b);
    }
    int taken = canvas_text(c, line.y, line.x + 1, line.w - 2, ROLE_DIM, b.s, b.len);
    if (fs->list.n)
        canvas_spot(c, (struct rect){line.y, line.x + 1, 1, taken}, "Enter");
    buf_release(&b);
}

static void draw_speaker(struct floor_screen *fs, struct canvas *c, struct rect line) {
    const struct workbook *w = workbook_of(fs);
    const struct floor *f = floor_of(fs);
    const char *kind = turn_words((enum turn_kind)f->kind);
    struct buf name = BUF_INIT, span = BUF_INIT;

    if (f->speaker == NONE) {
        draw_nobody(fs, c, line);
        return;
    }
    shell_count_seconds(fs->screen.shell, f->since);
    clock_span(floor_elapsed(w, shell_room(fs->screen.shell)), &span);
    int x = line.x + 1, right = line.x + line.w - 1;
    canvas_right(c, line.y, right, 10, ROLE_LIVE, span.s);
    right -= (int)span.len + 2;
    x += canvas_string(c, line.y, x, 2, ROLE_LIVE, "▶ ");
    name_and_side(w, f->speaker, &name);
    x += canvas_text(c, line.y, x, right - x, ROLE_LIVE, name.s, name.len);
    if (*kind)
        canvas_printf(c, line.y, x, right - x, ROLE_NORMAL, " · %s", kind);
    buf_release(&name);
    buf_release(&span);
}

static void draw_title(struct floor_screen *fs, struct canvas *c, struct rect line) {
    const struct floor *f = floor_of(fs);
    struct buf b = BUF_INIT;

    canvas_string(c, line.y, line.x + 1, line.w - 2, ROLE_HEADING, "The floor");
    if (f->tour)
        buf_puts(&b, "tour de table");
    if (f->closed)
        buf_addf(&b, "%sthe list is closed", b.len ? " · " : "");
    canvas_right(c, line.y, line.x + line.w - 1, line.w - 12, ROLE_STRONG, b.s);
    buf_release(&b);
}

/* ---- Drawing: the list ---- */

static int name_columns(const struct floor_screen *fs) {
    return fs->names.columns < NAME_MAX ? fs->names.columns : NAME_MAX;
}

/* All sides by their names, or all by their ids. */
static void measure_sides(struct floor_screen *fs, int width) {
    const struct workbook *w = workbook_of(fs);
    int side = 0, kind = 0, spoken = width >= TWO_PANES / 2 ? SPOKEN : 0;

    for (size_t i = 0; i < fs->list.n; i++) {
        const struct turn *t = &floor_of(fs)->list.v[i];
        const char *name = side_name(w, w->room.people.v[t->person].side);
        const char *words = turn_words((enum turn_kind)t->kind);
        int columns = (int)text_columns(name, strlen(name));
        side = columns > side ? columns : side;
        columns = (int)text_columns(words, strlen(words)) + 1;
        kind = columns > kind ? columns : kind;
    }
    fs->side_ids = NUMBER + name_columns(fs) + 2 + side + kind + spoken + 1 > width;
}

/* The kind stands at the right, before the time spoken so far. */
static int draw_right(struct floor_screen *fs, struct canvas *c, struct rect line,
                      const struct turn *t, unsigned on) {
    const struct workbook *w = workbook_of(fs);
    int64_t spoken = person_spoken(w, t->person, shell_room(fs->screen.shell));
    const char *kind = turn_words((enum turn_kind)t->kind);
    int right = line.x + line.w - 1;
    struct buf b = BUF_INIT;

    clock_span(spoken, &b);
    if (line.w >= TWO_PANES / 2) {
        canvas_right(c, line.y, right, SPOKEN, ROLE_DIM | on, spoken ? b.s : "–");
        right -= SPOKEN;
    }
    buf_release(&b);
    int columns = (int)text_columns(kind, strlen(kind));
    if (columns > line.w / 2)
        columns = line.w / 2;
    if (columns)
        canvas_string(c, line.y, right - columns, columns, ROLE_STRONG | on, kind);
    return columns ? right - columns - 1 : right;
}

static void draw_turn(void *ctx, struct canvas *c, size_t row, struct rect line,
                      bool focused) {
    struct floor_screen *fs = ctx;
    const struct workbook *w = workbook_of(fs);
    const struct turn *t = &floor_of(fs)->list.v[row];
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    char number[16];

    canvas_fill(c, line.y, line.x, line.w, on);
    snprintf(number, sizeof number, "%zu", row + 1);
    canvas_right(c, line.y, line.x + NUMBER - 1, NUMBER, ROLE_DIM | on, number);
    int right = draw_right(fs, c, line, t, on), x = line.x + NUMBER;
    const char *name = fs->names.shorts.v[t->person];
    canvas_string(c, line.y, x, right - x, ROLE_NORMAL | on, name);
    x += name_columns(fs) + 2;
    const char *side = w->room.people.v[t->person].side;
    if (*side)
        canvas_string(c, line.y, x, right - x, ROLE_DIM | on,
                      fs->side_ids ? side : side_name(w, side));
    if (focused)
        canvas_cursor(c, line.y, line.x);
}

static void draw_empty(struct floor_screen *fs, struct canvas *c, struct rect area) {
    const char *todo = workbook_of(fs)->room.people.n
                           ? "Nobody waits. s adds a speaker, t everyone in turn."
                           : "Nobody waits. s adds a speaker, m goes to the people.";

    canvas_wrapped(c, area, ROLE_DIM, todo, strlen(todo));
    canvas_cursor(c, area.y, area.x + 1);
}

static void draw_list(struct floor_screen *fs, struct canvas *c, struct rect area,
                      bool heading) {
    if (heading) {
        canvas_printf(c, area.y, area.x + 1, area.w - 2, ROLE_HEADING,
                      "List of speakers (%zu)", fs->list.n);
        area.y++, area.h--;
    }
    measure_sides(fs, area.w);
    if (fs->list.n)
        list_draw(&fs->list, c, area, draw_turn, fs);
    else
        draw_empty(fs, c, area);
}

/* ---- Drawing: the whole ---- */

static void draw_balance(struct floor_screen *fs, struct canvas *c, struct rect area,
                         bool heading) {
    balance_draw(workbook_of(fs), &fs->names, fs->by, shell_room(fs->screen.shell), c,
                 area, heading);
}

/* Side by side, or one above the other. */
static void draw_panes(struct floor_screen *fs, struct canvas *c, struct rect area,
                       bool roomy) {
    struct rect list = area, bars = area;

    if (area.w >= TWO_PANES) {
        list.w = area.w / 2 < LIST_MAX ? area.w / 2 : LIST_MAX;
        bars.x = list.x + list.w + 1;
        bars.w = area.w - list.w - 1;
        canvas_vertical(c, area.y, bars.x - 1, area.h, ROLE_DIM);
    } else {
        int need = (int)fs->list.n + roomy, most = (area.h + 1) / 2;
        list.h = need < 2 ? 2 : need < most ? need : most;
        bars.y = list.y + list.h;
        bars.h = area.h - list.h;
    }
    draw_list(fs, c, list, roomy);
    draw_balance(fs, c, bars, roomy || area.w < TWO_PANES);
}

static void floor_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct floor_screen *fs = of(s);
    bool roomy = area.h >= ROOMY;

    name_table_update(&fs->names, workbook_of(fs));
    if (roomy) {
        draw_title(fs, c, area);
        area.y++, area.h--;
    }
    draw_speaker(fs, c, area);
    area.y++, area.h--;
    if (roomy) {
        canvas_horizontal(c, area.y, area.x, area.w, ROLE_DIM);
        area.y++, area.h--;
    }
    draw_panes(fs, c, area, roomy);
}

/* ---- Commands ---- */

static unsigned floor_where(const struct screen *s) {
    (void)s;
    return ON_FLOOR;
}

static void choose_balance(struct floor_screen *fs, const char *word) {
    for (int i = 0; word && *word && i <= BALANCE_CONSTITUENCY; i++) {
        if (strncmp(balance_ways[i] + strlen("by "), word, strlen(word)) == 0) {
            fs->by = (enum balance_by)i;
            return;
        }
    }
    if (word && *word)
        shell_say(fs->screen.shell, "the balance is by person, side or constituency");
    else
        fs->by = fs->by == BALANCE_CONSTITUENCY ? BALANCE_PERSON : fs->by + 1;
}

static bool on_nobody(enum command_id id) {
    return id == COMMAND_FLOOR_GIVE || id == COMMAND_FLOOR_WITHDRAW ||
           id == COMMAND_FLOOR_UP || id == COMMAND_FLOOR_DOWN;
}

/* By key, for the one in focus. */
static bool act(struct floor_screen *fs, const struct command *c) {
    struct shell *sh = fs->screen.shell;

    if (!fs->list.n && on_nobody(c->id)) {
        shell_say(sh, "nobody waits: s adds a speaker");
        return true;
    }
    if (c->id == COMMAND_FLOOR_END && floor_of(fs)->speaker == NONE) {
        shell_say(sh, "nobody has the floor");
        return true;
    }
    /* Who has been given it is gone from the list: the next one is the first. */
    if (c->id == COMMAND_FLOOR_GIVE)
        fs->moved = false;
    if (c->id == COMMAND_FLOOR_UP || c->id == COMMAND_FLOOR_DOWN)
        fs->moved = true;
    bool done = room_action(sh, fs->person, c, NULL);
    take_focus(fs);
    return done;
}

static bool floor_command(struct screen *s, const struct command *c,
                          const struct command_args *args, const char *key) {
    struct floor_screen *fs = of(s);

    switch (c->id) {
    case COMMAND_BALANCE:
        choose_balance(fs, args ? args->text : NULL);
        return true;
    case COMMAND_BACK:
        shell_close(s->shell, s);
        return true;
    default:
        break;
    }
    if (list_command(&fs->list, c->id)) {
        take_focus(fs);
        return true;
    }
    if (!args && act(fs, c))
        return true;
    return c->run && action_command(s->shell, shell_focus(s->shell), c, args, key);
}

static void floor_mouse(struct screen *s, const struct input *in) {
    struct floor_screen *fs = of(s);
    bool again = list_mouse(&fs->list, in);

    take_focus(fs);
    if (again && in->kind == INPUT_CLICK)
        act(fs, &commands[COMMAND_FLOOR_GIVE]);
}

static const char *floor_label(const struct screen *s, enum command_id id) {
    bool wide = s->shell->canvas.columns >= WIDE;

    switch (id) {
    case COMMAND_UNDO:
        return "";
    case COMMAND_FLOOR_GIVE:
        return wide ? NULL : "Give";
    case COMMAND_FLOOR_ORDER:
        return wide ? NULL : "Order";
    case COMMAND_FLOOR_REPLY:
        return wide ? NULL : "Reply";
    case COMMAND_FLOOR_LAST:
        return wide ? NULL : "Last";
    case COMMAND_FLOOR_CLOSE:
        if (shell_workbook(s->shell)->room.floor.closed)
            return wide ? "Open list" : "Open";
        return wide ? NULL : "Close";
    case COMMAND_FLOOR_TOUR:
        return wide ? NULL : "Tour";
    default:
        return NULL;
    }
}

static void floor_close(struct screen *s) {
    name_table_release(&of(s)->names);
}

static const struct screen_ops floor_screen = {
    .title = "Floor",
    .where = floor_where,
    .draw = floor_draw,
    .command = floor_command,
    .mouse = floor_mouse,
    .label = floor_label,
    .changed = floor_changed,
    .close = floor_close,
};
