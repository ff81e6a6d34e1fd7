#include "actions.h"
#include "base/text.h"
#include "clock.h"
#include "list.h"
#include "model/agreement.h"
#include "names.h"
#include "screens.h"

#include <stdio.h>

enum {
    MARK = 3,
    ROOMY = LEVEL_COUNT + 8, /* rows from which on there is a line for each level */
    WORDS_COLUMNS = 30,      /* of a level, in the list and beside the bars */
    NAMES_MAX = 40,
    NAMES_MIN = 12,
    BAR_MAX = 40
};

/* Who is asked: a side, or a participant. */
struct asked {
    const char *side; /* id; of a participant NULL */
    uint32_t person;  /* or NONE */
};

struct sounding_screen {
    struct screen screen;
    uint32_t issue;
    VEC(struct asked) rows;
    struct list list;
    struct name_table names;
};

static const struct screen_ops sounding_screen;

static struct sounding_screen *of(struct screen *s) {
    return (struct sounding_screen *)s;
}

static const struct workbook *workbook_of(const struct sounding_screen *s) {
    return shell_workbook(s->screen.shell);
}

/* ---- Who is asked: sides, those who are here, the others ---- */

static void add_people(struct sounding_screen *s, bool present) {
    const struct workbook *w = workbook_of(s);

    for (uint32_t i = 0; i < w->room.people.n; i++) {
        const struct person *p = &w->room.people.v[i];
        struct asked row = {NULL, i};
        if (p->live && person_counts(p) && p->present == present)
            vec_push(&s->rows, row);
    }
}

static void sounding_changed(struct screen *screen) {
    struct sounding_screen *s = of(screen);
    const struct workbook *w = workbook_of(s);
    struct asked was = {NULL, NONE};
    size_t at = s->list.at;

    if (at < s->rows.n)
        was = s->rows.v[at];
    s->rows.n = 0;
    for (size_t i = 0; i < w->room.sides.n; i++) {
        struct asked row = {w->room.sides.v[i].id, NONE};
        if (w->room.sides.v[i].live)
            vec_push(&s->rows, row);
    }
    add_people(s, true);
    add_people(s, false);
    for (size_t i = 0; i < s->rows.n; i++)
        if (s->rows.v[i].person == was.person && s->rows.v[i].side == was.side)
            at = i;
    list_set_count(&s->list, s->rows.n);
    list_go(&s->list, at);
}

void sounding_open(struct shell *sh, struct ref ref) {
    struct sounding_screen *s = mem_zalloc(sizeof *s);

    s->issue = ref.issue;
    shell_push(sh, &s->screen, &sounding_screen);
    sounding_changed(&s->screen);
}

/* ---- Where they stand ---- */

static bool is_of(const struct sounding *k, const struct asked *who) {
    return who->side ? k->person == NONE && strcmp(k->side, who->side) == 0
                     : k->person == who->person;
}

static const struct sounding *level_of(const struct sounding_screen *s,
                                       const struct asked *who) {
    const struct issue_record *r = workbook_of(s)->issues.v[s->issue].record;

    for (size_t i = 0; r && i < r->soundings.n; i++)
        if (is_of(&r->soundings.v[i], who))
            return &r->soundings.v[i];
    return NULL;
}

/* Whether it was said of the answer that stands. */
static bool is_current(const struct sounding_screen *s, const struct sounding *k) {
    const struct workbook *w = workbook_of(s);
    uint32_t answer = issue_answer(w, s->issue, 0);

    return answer == NONE || k->event >= w->entries.v[answer].last;
}

/* ---- Drawing ---- */

static void draw_title(const struct sounding_screen *s, struct canvas *c,
                       struct rect line) {
    static const char private[] = "private: for the facilitator";
    struct buf b = BUF_INIT;
    int x = line.x + 1, right = line.x + line.w - 1;

    buf_puts(&b, "Temperature check of ");
    ref_print(workbook_of(s), ref_of_issue(workbook_of(s), s->issue), &b);
    x += canvas_text(c, line.y, x, right - x, ROLE_HEADING, b.s, b.len) + 2;
    if (!canvas_right(c, line.y, right, right - x, ROLE_STRONG, private))
        canvas_right(c, line.y, right, right - x, ROLE_STRONG, "private");
    buf_release(&b);
}

static unsigned level_role(int level) {
    return level >= 4 ? ROLE_GOOD : level <= 2 ? ROLE_BAD : ROLE_NORMAL;
}

/* "3  can live with it          ██ 2" */
static void draw_level(struct canvas *c, struct rect line, int level, uint32_t count,
                       uint32_t all) {
    int x = line.x + 2, right = line.x + line.w - 1;
    int room = right - x - WORDS_COLUMNS - 8;
    uint32_t most = room > BAR_MAX ? BAR_MAX : room > 0 ? (uint32_t)room : 0;
    /* A block for each where they fit, else to scale; something is never nothing. */
    uint32_t bar = all <= most ? count : (count * most + all - 1) / all;
    char number[12];

    snprintf(number, sizeof number, "%d", level);
    canvas_string(c, line.y, x, 2, ROLE_KEY, number);
    canvas_string(c, line.y, x + 3, WORDS_COLUMNS, ROLE_NORMAL, level_words(level));
    x += 3 + WORDS_COLUMNS;
    for (uint32_t i = 0; i < bar; i++)
        x += canvas_string(c, line.y, x, 1, level_role(level), "█");
    canvas_printf(c, line.y, x + (bar > 0), right - x, count ? ROLE_STRONG : ROLE_DIM,
                  "%u", (unsigned)count);
    canvas_spot(c, line, number);
}

/* All levels on one line: "5: 2   4: 0   3: 1 …". */
static void draw_brief(struct canvas *c, struct rect line,
                       const uint32_t counts[LEVEL_COUNT + 1]) {
    int x = line.x + 1;

    for (int level = LEVEL_COUNT; level > 0; level--) {
        char key[2] = {(char)('0' + level), 0};
        int taken = canvas_string(c, line.y, x, 1, ROLE_KEY, key);
        taken += canvas_printf(c, line.y, x + taken, 5, ROLE_NORMAL, ": %u",
                               (unsigned)counts[level]);
        canvas_spot(c, (struct rect){line.y, x, 1, taken}, key);
        x += taken + 3;
    }
}

/* Returns the rows taken. */
static int draw_distribution(const struct sounding_screen *s, struct canvas *c,
                             struct rect area) {
    uint32_t counts[LEVEL_COUNT + 1];
    uint32_t all = soundings_count(workbook_of(s), s->issue, counts);
    struct rect line = {area.y, area.x, 1, area.w};

    if (area.h < ROOMY) {
        draw_brief(c, line, counts);
        return 1;
    }
    for (int level = LEVEL_COUNT; level > 0; level--) {
        line.y++;
        draw_level(c, line, level, counts[level], all);
    }
    return LEVEL_COUNT + 2;
}

static int name_columns(int width) {
    int most = width - MARK - WORDS_COLUMNS - 10;

    most = most > NAMES_MAX ? NAMES_MAX : most;
    return most < NAMES_MIN ? NAMES_MIN : most;
}

static void draw_name(struct sounding_screen *s, struct canvas *c, struct rect line,
                      const struct asked *who, int columns, unsigned on) {
    const struct workbook *w = workbook_of(s);
    int x = line.x + MARK;

    if (who->side) {
        canvas_string(c, line.y, x, columns, ROLE_STRONG | on, side_name(w, who->side));
        return;
    }
    const struct person *p = &w->room.people.v[who->person];
    canvas_string(c, line.y, line.x + 1, 1, (p->present ? ROLE_GOOD : ROLE_DIM) | on,
                  p->present ? "●" : "○");
    int taken = canvas_string(c, line.y, x, columns, ROLE_NORMAL | on,
                              s->names.shorts.v[who->person]);
    if (*p->side && columns - taken > 8)
        canvas_printf(c, line.y, x + taken, columns - taken, ROLE_DIM | on, " (%s)",
                      side_name(w, p->side));
}

/* A level said of an earlier wording does not count, and is put in parentheses. */
static void draw_asked(void *ctx, struct canvas *c, size_t row, struct rect line,
                       bool focused) {
    struct sounding_screen *s = ctx;
    const struct asked *who = &s->rows.v[row];
    const struct sounding *k = level_of(s, who);
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    int columns = name_columns(line.w), x = line.x + MARK + columns + 2;
    int right = line.x + line.w - 1;
    struct buf when = BUF_INIT;

    canvas_fill(c, line.y, line.x, line.w, on);
    draw_name(s, c, line, who, columns, on);
    if (!k) {
        canvas_string(c, line.y, x, right - x, ROLE_DIM | on, "–");
    } else if (is_current(s, k)) {
        canvas_printf(c, line.y, x, right - x, level_role(k->level) | on, "%d  %s",
                      k->level, level_words(k->level));
        clock_when(k->at, shell_now(s->screen.shell), &when);
        canvas_right(c, line.y, right, right - x - WORDS_COLUMNS - 3, ROLE_DIM | on,
                     when.s);
    } else {
        canvas_printf(c, line.y, x, right - x, ROLE_DIM | on, "(%d, earlier answer)",
                      k->level);
    }
    if (focused)
        canvas_cursor(c, line.y, line.x);
    buf_release(&when);
}

static void sounding_draw(struct screen *screen, struct canvas *c, struct rect area) {
    struct sounding_screen *s = of(screen);
    struct rect rest = {area.y + 1, area.x, area.h - 1, area.w};

    name_table_update(&s->names, workbook_of(s));
    draw_title(s, c, area);
    int taken = draw_distribution(s, c, rest);
    rest.y += taken;
    rest.h -= taken;
    if (!s->rows.n) {
        canvas_string(c, rest.y, rest.x + 1, rest.w - 2, ROLE_DIM,
                      "There are no sides and no participants yet: m adds them.");
        canvas_cursor(c, rest.y, rest.x + 1);
        return;
    }
    list_draw(&s->list, c, rest, draw_asked, s);
}

/* ---- Commands ---- */

static void record_level(struct sounding_screen *s, int level) {
    const struct workbook *w = workbook_of(s);
    struct command_args args = COMMAND_ARGS_NONE;

    if (!s->rows.n) {
        shell_say(s->screen.shell, "there is nobody to be asked yet: m");
        return;
    }
    const struct asked *who = &s->rows.v[s->list.at];
    args.ref = ref_of_issue(w, s->issue);
    struct buf label = BUF_INIT;
    if (!who->side)
        buf_puts(&label, "@"); /* so that no side is meant */
    buf_puts(&label, who->side ? who->side : w->room.people.v[who->person].id);
    args.label = label.s;
    args.number = level;
    shell_run(s->screen.shell, COMMAND_SOUNDING, &args);
    buf_release(&label);
}

static bool sounding_command(struct screen *screen, const struct command *c,
                             const struct command_args *args, const char *key) {
    struct sounding_screen *s = of(screen);

    switch (c->id) {
    case COMMAND_SOUNDING_LEVEL:
        if (*key)
            record_level(s, *key - '0');
        else
            shell_say(screen->shell, "1 to %d say where the one in focus stands",
                      LEVEL_COUNT);
        return true;
    case COMMAND_HISTORY:
        history_open(screen->shell, s->issue);
        return true;
    case COMMAND_BACK:
        shell_close(screen->shell, screen);
        return true;
    default:
        if (list_command(&s->list, c->id))
            return true;
    }
    return action_command(screen->shell, shell_focus(screen->shell), c, args, key);
}

static void sounding_mouse(struct screen *s, const struct input *in) {
    list_mouse(&of(s)->list, in);
}

static unsigned sounding_where(const struct screen *s) {
    (void)s;
    return ON_SOUNDING;
}

static struct focus sounding_focus(const struct screen *screen) {
    const struct sounding_screen *s = (const struct sounding_screen *)screen;
    struct focus f = {ref_of_issue(workbook_of(s), s->issue), NONE};

    return f;
}

static void sounding_close(struct screen *s) {
    vec_release(&of(s)->rows);
    name_table_release(&of(s)->names);
}

static const struct screen_ops sounding_screen = {
    .title = "Temperature check",
    .where = sounding_where,
    .draw = sounding_draw,
    .command = sounding_command,
    .mouse = sounding_mouse,
    .focus = sounding_focus,
    .changed = sounding_changed,
    .close = sounding_close,
};
