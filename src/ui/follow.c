#include "base/text.h"
#include "clock.h"
#include "model/pace.h"
#include "names.h"
#include "screens.h"
#include "shell_loop.h"
#include "ui.h"

#include <stdio.h>

/* The projector: what the whole room may see of a workbook that somebody else writes. It
 * asks the state for the issue under discussion, the answer, the floor and the clock, and
 * for nothing else, so that no annotation, position or attributed entry can show. */

enum { MEASURE = 84, DIGIT_ROWS = 5, DIGIT_COLUMNS = 6, BIG_COLUMNS = 60, BIG_ROWS = 20 };

struct follow {
    struct screen screen;
    bool names; /* people may be named */
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

/* A paragraph in lines no wider than is good to read; the rows taken. */
static int draw_paragraph(struct canvas *c, struct rect area, unsigned role,
                          const char *s, size_t len) {
    struct text_line line;
    int y = 0;

    for (size_t at = 0; y < area.h && text_wrap(s, len, at, (size_t)area.w, &line);
         at = line.next) {
        bool cut = y == area.h - 1 && line.next <= len;
        canvas_text(c, area.y + y, area.x, area.w, role, s + line.start,
                    (cut ? len : line.end) - line.start);
        y++;
    }
    return y;
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

static void add_citation(const struct workbook *w, struct buf *out) {
    ref_print(w, ref_of_issue(w, w->discussed), out);
    buf_addf(out, "   %s", topic_title(w, w->issues.v[w->discussed].topic));
}

/* The issue's own paragraphs, then the answer as far as it has come. */
static void draw_issue(const struct workbook *w, struct canvas *c, struct rect area) {
    const struct memo_texts *p = &w->issues.v[w->discussed].text->p;
    uint32_t answer = issue_answer(w, w->discussed, 0);
    struct buf cite = BUF_INIT;

    add_citation(w, &cite);
    area = below(area, 1 + draw_paragraph(c, area, ROLE_HEADING, cite.s, cite.len));
    for (uint32_t i = 0; i < p->n && area.h > 0; i++)
        area =
            below(area, 1 + draw_paragraph(c, area, ROLE_STRONG, p->v[i].s, p->v[i].len));
    if (answer != NONE && area.h > 2) {
        const char *text = w->entries.v[answer].text;
        canvas_string(c, area.y, area.x, area.w, ROLE_DIM, "Answer so far");
        draw_paragraph(c, below(area, 1), ROLE_NORMAL, text, strlen(text));
    }
    buf_release(&cite);
}

static void draw_nothing(const struct workbook *w, struct canvas *c, struct rect area) {
    const char *title = *w->memo->meeting ? w->memo->meeting : w->memo->title;
    static const char none[] = "No issue is under discussion.";

    area = below(area, area.h / 3);
    area = below(area, 1 + draw_paragraph(c, area, ROLE_HEADING, title, strlen(title)));
    draw_paragraph(c, area, ROLE_DIM, none, sizeof none - 1);
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

static void follow_draw(struct screen *s, struct canvas *c, struct rect area) {
    const struct follow *f = (const struct follow *)s;
    const struct workbook *w = shell_workbook(s->shell);
    struct rect page = measure(below(area, 2));
    struct buf floor = BUF_INIT;

    draw_head(s->shell, c, area);
    page.h -= area.h >= BIG_ROWS ? DIGIT_ROWS + 4 : 3;
    if (w->discussed == NONE) {
        draw_nothing(w, c, page);
    } else {
        draw_issue(w, c, page);
        draw_used(s->shell, c, area);
    }
    add_floor(f, s->shell, &floor);
    draw_centred(c, area, area.y + area.h - 1, ROLE_LIVE, floor.s, floor.len);
    buf_release(&floor);
}

static unsigned follow_where(const struct screen *s) {
    (void)s;
    return ON_FOLLOW;
}

static const struct screen_ops follow_screen = {
    .title = "Projector",
    .bare = true,
    .where = follow_where,
    .draw = follow_draw,
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
