#include "actions.h"
#include "base/text.h"
#include "clock.h"
#include "model/agreement.h"
#include "page.h"
#include "screens.h"

enum { INDENT = 2, ID_COLUMNS = 7 };

/* Issues that were put off: items of a page, their value the issue. */
struct parking {
    struct screen screen;
    struct page page;
    uint64_t version; /* of the workbook that it was built from */
    bool built;
};

static const struct screen_ops parking_screen;

static struct parking *of(struct screen *s) {
    return (struct parking *)s;
}

void parking_open(struct shell *sh) {
    struct parking *p = mem_zalloc(sizeof *p);

    page_init(&p->page);
    shell_push(sh, &p->screen, &parking_screen);
}

/* ---- Building ---- */

/* "kept by Karl SCHMIDT · since 6 Dec 10:42". */
static void add_keeper(const struct workbook *w, uint32_t issue, int64_t now,
                       struct buf *out) {
    const struct issue_record *r = w->issues.v[issue].record;
    const char *keeper = issue_keeper(w, issue);

    if (*keeper)
        buf_addf(out, "kept by %s", keeper);
    else
        buf_puts(out, "nobody keeps it");
    if (r->disposed == NONE)
        return;
    buf_puts(out, " · since ");
    clock_when(w->log.v[r->disposed].event.at, now, out);
    if (r->disposed < w->carried)
        buf_puts(out, ", an earlier meeting");
}

static void add_issue(struct page *p, const struct workbook *w, uint32_t issue,
                      int64_t now) {
    const struct issue_record *r = w->issues.v[issue].record;
    const char *why = r->disposed == NONE ? "" : w->log.v[r->disposed].event.text;
    struct buf b = BUF_INIT, words = BUF_INIT;
    size_t line = p->lines.n;

    page_begin_item(p, issue);
    issue_words(w, issue, &words);
    text_cut(&b, words.s, words.len, (size_t)(p->columns - ID_COLUMNS - 1), false);
    page_add(p, ID_COLUMNS, ROLE_NORMAL, b.s, b.len);
    buf_clear(&b);
    ref_print(w, ref_of_issue(w, issue), &b);
    page_head(p, line, INDENT, ROLE_STRONG, b.s);
    buf_clear(&b);
    add_keeper(w, issue, now, &b);
    page_add(p, ID_COLUMNS, ROLE_DIM, b.s, b.len);
    if (*why)
        page_string(p, ID_COLUMNS, ROLE_NORMAL, why);
    page_end_item(p);
    page_blank(p);
    buf_release(&b);
    buf_release(&words);
}

static void build(struct parking *s, int columns) {
    const struct workbook *w = shell_workbook(s->screen.shell);
    uint32_t focus = page_focus(&s->page);

    if (s->built && s->version == w->version && s->page.columns == columns)
        return;
    page_begin(&s->page, columns);
    page_blank(&s->page);
    for (uint32_t t = 0; t < w->topics.n; t++) {
        for (uint32_t i = 0; i < topic_count(w, t); i++) {
            uint32_t issue = topic_issue(w, t, i);
            const struct issue *at = &w->issues.v[issue];
            if (at->live && at->record && at->disposition == DISPOSITION_DEFERRED)
                add_issue(&s->page, w, issue, shell_now(s->screen.shell));
        }
    }
    if (!s->page.items.n)
        page_string(&s->page, INDENT, ROLE_DIM,
                    "No issue is deferred. d, then d, defers one; @name at the start of "
                    "the reason says who keeps it.");
    page_set_focus(&s->page, focus);
    s->version = w->version;
    s->built = true;
}

static void parking_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct parking *p = of(s);
    struct rect rest =
        rect_readable((struct rect){area.y + 1, area.x, area.h - 1, area.w});

    build(p, rest.w - 1);
    canvas_printf(c, area.y, area.x + 1, area.w - 2, ROLE_HEADING,
                  "Parking lot: %zu deferred %s", p->page.items.n,
                  p->page.items.n == 1 ? "issue" : "issues");
    page_draw(&p->page, c, rest, true);
}

/* ---- Commands ---- */

/* The workbook screen comes up, with the issue in focus. */
static void go(struct parking *p) {
    struct shell *sh = p->screen.shell;
    uint32_t issue = page_focus(&p->page);
    struct screen *s = &p->screen;

    if (issue == NONE)
        return;
    while (s && !(s->ops->where(s) & (ON_OUTLINE | ON_DETAIL))) {
        struct screen *below = shell_below(sh, s);
        shell_close(sh, s);
        s = below;
    }
    if (s)
        workbook_screen_go(s, ref_of_issue(shell_workbook(sh), issue));
}

static bool parking_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    switch (c->id) {
    case COMMAND_OPEN:
        go(of(s));
        return true;
    case COMMAND_PARKING:
        return true;
    case COMMAND_BACK:
        shell_close(s->shell, s);
        return true;
    default:
        if (page_command(&of(s)->page, c->id, true))
            return true;
    }
    return action_command(s->shell, shell_focus(s->shell), c, args, key);
}

/* A click on the issue in focus goes there. */
static void parking_mouse(struct screen *s, const struct input *in) {
    if (page_mouse(&of(s)->page, in, true))
        go(of(s));
}

static unsigned parking_where(const struct screen *s) {
    (void)s;
    return ON_PARKING;
}

static struct focus parking_focus(const struct screen *s) {
    const struct parking *p = (const struct parking *)s;
    uint32_t issue = page_focus(&p->page);
    struct focus f = FOCUS_NONE;

    if (issue != NONE)
        f.ref = ref_of_issue(shell_workbook(s->shell), issue);
    return f;
}

static const char *parking_label(const struct screen *s, enum command_id id) {
    (void)s;
    return id == COMMAND_OPEN ? "Go to the issue" : NULL;
}

static void parking_close(struct screen *s) {
    page_release(&of(s)->page);
}

static const struct screen_ops parking_screen = {
    .title = "Parking lot",
    .where = parking_where,
    .draw = parking_draw,
    .command = parking_command,
    .mouse = parking_mouse,
    .focus = parking_focus,
    .label = parking_label,
    .close = parking_close,
};
