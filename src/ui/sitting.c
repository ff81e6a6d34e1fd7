#include "base/text.h"
#include "clock.h"
#include "line.h"
#include "menu.h"
#include "screens.h"

enum { ITEMS = 2, NOON = 12, EVENING = 18 };

/* ---- A title for the next sitting ---- */

/* The number of today, by the dates of the memo; 0 where it is none of them. */
static int64_t day_of_memo(const struct memo *m, int64_t today) {
    int64_t first = clock_day_of(m->from), last = clock_day_of(m->to);

    if (last < first)
        last = first;
    return first >= 0 && today >= first && today <= last ? today - first + 1 : 0;
}

/* The same by the days on which there were sittings. */
static int64_t day_of_sittings(const struct workbook *w, int64_t today) {
    int64_t n = 0, last = -1;

    for (size_t i = 0; i < w->room.sittings.n; i++) {
        int64_t day = clock_day(w->room.sittings.v[i].opened);
        n += day != last;
        last = day;
    }
    return last == today ? n : n + 1;
}

static bool title_taken(const struct workbook *w, const char *title) {
    for (size_t i = 0; i < w->room.sittings.n; i++)
        if (strcmp(w->room.sittings.v[i].title, title) == 0)
            return true;
    return false;
}

/* "Day 1 morning", and where there was one already "Day 1 morning 2". */
static void suggest(const struct workbook *w, int64_t now, struct buf *out) {
    int hour = clock_hour(now);
    const char *part = hour < NOON ? "morning" : hour < EVENING ? "afternoon" : "evening";
    int64_t today = clock_day(now), day = day_of_memo(w->memo, today);

    if (!day)
        day = day_of_sittings(w, today);
    buf_addf(out, "Day %d %s", (int)day, part);
    size_t len = out->len;
    for (int n = 2; title_taken(w, out->s); n++) {
        buf_cut(out, len);
        buf_addf(out, " %d", n);
    }
}

/* ---- Lines ---- */

static bool accept_text(struct shell *sh, enum command_id id, const char *text) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.text = text;
    return shell_run(sh, id, &args) == 0;
}

static bool accept_title(struct shell *sh, void *ctx, const char *text) {
    (void)ctx;
    return accept_text(sh, COMMAND_SITTING_OPEN, text);
}

static bool accept_until(struct shell *sh, void *ctx, const char *text) {
    (void)ctx;
    return text_blank(text) || accept_text(sh, COMMAND_SITTING_UNTIL, text);
}

static const struct line_ops title_line = {
    .memory = "sitting",
    .enter = "Open",
    .accept = accept_title,
};

static const struct line_ops until_line = {
    .memory = "until",
    .enter = "Set",
    .accept = accept_until,
};

static void ask_title(struct shell *sh) {
    struct buf title = BUF_INIT;
    struct line_setup setup = {&title_line, NULL, "open the sitting> ", NULL, NULL};

    suggest(shell_workbook(sh), shell_now(sh), &title);
    setup.text = title.s;
    line_open(sh, &setup);
    buf_release(&title);
}

static void ask_until(struct shell *sh) {
    const struct workbook *w = shell_workbook(sh);
    uint32_t open = sitting_open(w);
    bool planned = open != NONE && w->room.sittings.v[open].until;
    struct line_setup setup = {&until_line, NULL,
                               planned ? "it ends at (12:30, +90, none)> "
                                       : "it ends at (12:30 or +90)> ",
                               NULL, NULL};

    line_open(sh, &setup);
}

/* ---- The menu ---- */

static void run(struct shell *sh, enum command_id id) {
    struct command_args none = COMMAND_ARGS_NONE;

    shell_run(sh, id, &none);
}

static void chosen_open(struct shell *sh, void *ctx, size_t i) {
    (void)ctx;
    if (i == 0)
        ask_until(sh);
    else
        run(sh, COMMAND_SITTING_ADJOURN);
}

static void chosen_closed(struct shell *sh, void *ctx, size_t i) {
    (void)ctx;
    if (i == 0)
        ask_title(sh);
    else
        run(sh, COMMAND_SITTING_RESUME);
}

static void menu_of_open(struct shell *sh, const struct sitting *s) {
    struct buf title = BUF_INIT, until = BUF_INIT;
    int64_t now = shell_now(sh);

    buf_addf(&title, "“%s”, open since ", s->title);
    clock_when(s->opened, now, &title);
    buf_puts(&until, s->until ? "Planned end: now " : "Planned end…");
    if (s->until)
        clock_when(s->until, now, &until);
    struct menu_item items[ITEMS] = {{"u", until.s}, {"a", "Adjourn"}};
    struct menu_setup menu = {title.s, items, ITEMS, MENU_MAX, chosen_open, NULL, NULL};
    menu_open(sh, &menu);
    buf_release(&title);
    buf_release(&until);
}

static void menu_of_closed(struct shell *sh) {
    const struct workbook *w = shell_workbook(sh);
    size_t n = w->room.sittings.n;
    struct buf resume = BUF_INIT;

    if (n)
        buf_addf(&resume, "Resume “%s”", w->room.sittings.v[n - 1].title);
    struct menu_item items[ITEMS] = {{"o", "Open a sitting"}, {"r", resume.s}};
    struct menu_setup menu = {
        "Sitting", items, n ? ITEMS : ITEMS - 1, MENU_MAX, chosen_closed, NULL, NULL};
    menu_open(sh, &menu);
    buf_release(&resume);
}

void sitting_open_menu(struct shell *sh) {
    const struct workbook *w = shell_workbook(sh);

    if (!w || !shell_writable(sh))
        return;
    uint32_t open = sitting_open(w);
    if (open == NONE)
        menu_of_closed(sh);
    else
        menu_of_open(sh, &w->room.sittings.v[open]);
}
