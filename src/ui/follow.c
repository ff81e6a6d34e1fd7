#include "base/text.h"
#include "bracket_text.h"
#include "clock.h"
#include "model/agreement.h"
#include "model/pace.h"
#include "names.h"
#include "screens.h"
#include "shell_loop.h"
#include "ui.h"

#include <stdio.h>

/* The projector: what the whole room may see of a workbook that somebody else writes. It
 * asks the state for the read-back that is under way (its wording, and whether each side
 * assents, reserves or is silent), the issue under discussion, the answer, the floor and
 * the clock, and for nothing else, so that no annotation, position, attributed entry,
 * temperature check or the words of a reservation can show. */

enum { MEASURE = 84, DIGIT_ROWS = 5, DIGIT_COLUMNS = 6, BIG_COLUMNS = 60, BIG_ROWS = 20 };

struct follow {
    struct screen screen;
    bool names; /* people may be named */
    struct page page;
    uint32_t issue, readback; /* that the page was built of */
};

/* ---- large digits ---- */

/* Each row of a digit, the leftmost cell in the highest of five bits. */
static const uint8_t digits[11][DIGIT_ROWS] = {
    {0x1f, 0x11, 0x11, 0x11, 0x1f}, {0x04, 0x04, 0x04, 0x04, 0x04},
    {0x1f, 0x01, 0x1f, 0x10, 0x1f}, {0x1f, 0x01, 0x1f, 0x01, 0x1f},
    {0x11, 0x11, 0x1f, 0x01, 0x01}, {0x1f, 0x10, 0x1f, 0x01, 0x1f},
    {0x1f, 0x10, 0x1f, 0x11, 0x1f}, {0x1f, 0x01, 0x01, 0x01, 0x01},
    {0x1f, 0x11, 0x1f, 0x11, 0x1f}, {0x1f, 0x11, 0x1f, 0x01, 0x1f},
    {0x00, 0x04, 0x00, 0x04, 0x00}, /* : */
};

static void draw_digit(struct canvas *c, int y, int x, char digit) {
    const uint8_t *rows = digits[digit == ':' ? 10 : digit - '0'];

    for (int r = 0; r < DIGIT_ROWS; r++)
        for (int k = 0; k < 5; k++)
            if (rows[r] >> (4 - k) & 1)
                canvas_string(c, y + r, x + k, 1, ROLE_STRONG, "█");
}

/* A time such as 12:04 in large digits, in the middle of a line of the area. */
static void draw_large(struct canvas *c, struct rect area, int y, const char *time) {
    int width = (int)strlen(time) * DIGIT_COLUMNS - 1;
    int x = area.x + (area.w - width) / 2;

    for (const char *p = time; *p; p++, x += DIGIT_COLUMNS)
        draw_digit(c, y, x, *p);
}

/* ---- pieces ---- */

static void draw_centred(struct canvas *c, struct rect area, int y, unsigned role,
                         const char *s, size_t len) {
    int columns = (int)text_columns(s, len);
    int width = columns < area.w ? columns : area.w;

    canvas_text(c, y, area.x + (area.w - width) / 2, width, role, s, len);
}

static struct rect measure(struct rect area) {
    int w = area.w - 4 < MEASURE ? area.w - 4 : MEASURE;

    return (struct rect){area.y, area.x + (area.w - w) / 2, area.h, w};
}

static struct rect below(struct rect area, int rows) {
    rows = rows < area.h ? rows : area.h;
    return (struct rect){area.y + rows, area.x, area.h - rows, area.w};
}

/* ---- what is shown ---- */

static void add_citation(struct page *p, int x, const struct workbook *w, struct ref ref,
                         const char *before) {
    struct buf b = BUF_INIT;

    buf_puts(&b, before);
    ref_print(w, ref, &b);
    buf_addf(&b, "   %s", topic_title(w, ref.topic));
    page_add(p, x, ROLE_HEADING, b.s, b.len);
    buf_release(&b);
}

/* The issue's own paragraphs, then the answer as far as it has come. */
static void add_issue(struct page *p, const struct workbook *w, uint32_t issue) {
    const struct memo_texts *texts = &w->issues.v[issue].text->p;
    const char *answer = issue_wording(w, issue, 0);

    add_citation(p, 0, w, ref_of_issue(w, issue), "");
    for (uint32_t i = 0; i < texts->n; i++) {
        page_blank(p);
        page_memo(p, 0, ROLE_STRONG, &texts->v[i]);
    }
    if (!*answer)
        return;
    page_blank(p);
    page_string(p, 0, ROLE_DIM, "Answer so far");
    bracket_text_add(p, 0, ROLE_NORMAL, w, answer);
}

static void add_nothing(struct page *p, const struct workbook *w, int rows) {
    while ((int)p->lines.n < rows / 3)
        page_blank(p);
    page_string(p, 0, ROLE_HEADING,
                *w->memo->meeting ? w->memo->meeting : w->memo->title);
    page_blank(p);
    page_string(p, 0, ROLE_DIM, "No issue is under discussion.");
}

/* The frozen wording, and below it each side's word. */
static void add_readback(struct page *p, const struct workbook *w, uint32_t readback,
                         int rows) {
    const struct readback *b = &w->readbacks.v[readback];
    struct ref ref = ref_of_issue(w, b->issue);
    size_t sides = w->room.sides.n;

    ref.sub = b->sub;
    add_citation(p, READBACK_INDENT, w, ref, "Read-back of ");
    page_blank(p);
    int left = rows - (int)p->lines.n - (int)sides - 1;
    readback_add_wording(p, w, b->text, left);
    page_blank(p);
    if (!readback_covers(w, readback)) {
        page_string(p, READBACK_INDENT, ROLE_BAD, "≠ The answer was changed since.");
        page_blank(p);
    }
    readback_add_words(p, w, readback, false, 0);
}

/* Whoever scrolled one thing begins the next at its top. */
static void build(struct follow *f, const struct workbook *w, uint32_t readback,
                  struct rect area) {
    if (f->issue != w->discussed || f->readback != readback)
        f->page.top = 0;
    f->issue = w->discussed;
    f->readback = readback;
    page_begin(&f->page, area.w);
    if (readback != NONE)
        add_readback(&f->page, w, readback, area.h);
    else if (w->discussed != NONE)
        add_issue(&f->page, w, w->discussed);
    else
        add_nothing(&f->page, w, area.h);
}

/* "12:04 of 15:00": time used of the issue under discussion. */
static void add_used(struct shell *sh, struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    int64_t box = issue_box(w, w->discussed);

    clock_span(issue_spent(w, w->discussed, shell_room(sh)), out);
    shell_count_seconds(sh, w->discussed_at);
    if (box > 0) {
        buf_puts(out, " of ");
        clock_span(box, out);
    }
}

static void draw_used(struct shell *sh, struct canvas *c, struct rect area) {
    const struct workbook *w = shell_workbook(sh);
    struct buf b = BUF_INIT;

    add_used(sh, &b);
    if (area.w >= BIG_COLUMNS && area.h >= BIG_ROWS) {
        size_t len = strcspn(b.s, " ");
        char *time = mem_strndup(b.s, len);
        draw_large(c, area, area.y + area.h - DIGIT_ROWS - 4, time);
        mem_free(time);
        if (issue_box(w, w->discussed) > 0)
            draw_centred(c, area, area.y + area.h - 3, ROLE_DIM, b.s + len, b.len - len);
    } else {
        draw_centred(c, area, area.y + area.h - 3, ROLE_STRONG, b.s, b.len);
    }
    buf_release(&b);
}

/* Who has the floor, and how many or who wait. */
static void add_floor(const struct follow *f, struct shell *sh, struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    const struct floor *floor = &w->room.floor;

    if (floor->speaker != NONE) {
        if (f->names)
            name_and_side(w, floor->speaker, out);
        buf_puts(out, f->names ? " has the floor  " : "Someone has the floor  ");
        clock_span(floor_elapsed(w, shell_room(sh)), out);
        shell_count_seconds(sh, floor->since);
    }
    if (!floor->list.n)
        return;
    buf_puts(out, out->len ? "  ·  next: " : "next: ");
    if (!f->names)
        buf_addf(out, "%zu wait", floor->list.n);
    for (size_t i = 0; f->names && i < floor->list.n; i++) {
        buf_puts(out, i ? ", " : "");
        person_short(w, floor->list.v[i].person, out);
    }
}

static void draw_head(struct shell *sh, struct canvas *c, struct rect area) {
    const struct workbook *w = shell_workbook(sh);
    uint32_t sitting = sitting_open(w);
    struct buf right = BUF_INIT;

    canvas_fill(c, area.y, area.x, area.w, ROLE_HEADER);
    if (sitting != NONE)
        buf_addf(&right, "%s · ", w->room.sittings.v[sitting].title);
    clock_time(shell_now(sh), &right);
    int need = (int)text_columns(right.s, right.len);
    canvas_text(c, area.y, area.w - 1 - need, need, ROLE_HEADER, right.s, right.len);
    canvas_string(c, area.y, 1, area.w - need - 4, ROLE_HEADER,
                  w->room.is_off_record ? "OFF THE RECORD" : w->memo->title);
    buf_release(&right);
}

/* A read-back has the clock's room too. */
static void follow_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct follow *f = (struct follow *)s;
    const struct workbook *w = shell_workbook(s->shell);
    uint32_t readback = readback_now(w);
    bool clock = readback == NONE && w->discussed != NONE;
    struct rect page = measure(below(area, 2));
    struct buf floor = BUF_INIT;

    draw_head(s->shell, c, area);
    page.h -= clock && area.h >= BIG_ROWS ? DIGIT_ROWS + 4 : clock ? 3 : 2;
    build(f, w, readback, page);
    if (readback != NONE && (int)f->page.lines.n < page.h)
        page = below(page, (page.h - (int)f->page.lines.n) / 3);
    page.w++; /* its last column is for the arrows */
    page_draw(&f->page, c, page, false);
    if (clock)
        draw_used(s->shell, c, area);
    add_floor(f, s->shell, &floor);
    draw_centred(c, area, area.y + area.h - 1, ROLE_LIVE, floor.s, floor.len);
    buf_release(&floor);
}

static unsigned follow_where(const struct screen *s) {
    (void)s;
    return ON_FOLLOW;
}

static bool follow_command(struct screen *s, const struct command *c,
                           const struct command_args *args, const char *key) {
    (void)args;
    (void)key;
    return page_command(&((struct follow *)s)->page, c->id, false);
}

static void follow_mouse(struct screen *s, const struct input *in) {
    page_mouse(&((struct follow *)s)->page, in, false);
}

static void follow_close(struct screen *s) {
    page_release(&((struct follow *)s)->page);
}

static const struct screen_ops follow_screen = {
    .title = "Projector",
    .bare = true,
    .where = follow_where,
    .draw = follow_draw,
    .command = follow_command,
    .mouse = follow_mouse,
    .close = follow_close,
};

static void look_again(struct shell *sh) {
    if (session_poll(sh->session))
        sh->dirty = true;
}

int ui_follow(const char *path, bool names, struct err *err) {
    struct session *s = session_open(path, SESSION_READ, err);
    int result = -1;

    if (s && loop_open(err) == 0) {
        struct shell *sh = shell_new();
        struct follow *f = mem_zalloc(sizeof *f);
        f->names = names;
        page_init(&f->page);
        shell_use_session(sh, s);
        sh->watch = session_watch(s);
        sh->watched = look_again;
        shell_push(sh, &f->screen, &follow_screen);
        loop_run(sh, NULL);
        shell_free(sh);
        loop_close();
        result = 0;
    }
    session_close(s);
    return result;
}
