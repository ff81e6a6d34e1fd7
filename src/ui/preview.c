#include "preview.h"

#include "base/steady.h"
#include "base/text.h"
#include "menu.h"
#include "screens.h"

enum {
    TEXT_WIDTH = 72, /* of text as it is saved */
    BRIEF = 60,      /* below so many columns the title says less */
    ALL_KEYS = 76,   /* below so many there is no room for them and for s and p */
    STEP_MS = 15,    /* that a key may have to wait */
    BAR_AFTER = 300, /* ms after which what goes on is shown */
    BAR_EVERY = 100,
    TOO_LATE = 700, /* ms after it ended in which Esc is still meant for it */
    SITTING_COLUMNS = 18
};

static const struct screen_ops preview_screen;

static struct preview *of(struct screen *s) {
    return (struct preview *)s;
}

void preview_open(struct shell *sh) {
    struct preview *p = mem_zalloc(sizeof *p);

    reader_init(&p->reader);
    p->shown = p->file = p->failed = p->warned = (struct buf)BUF_INIT;
    notes_options_init(&p->options, shell_workbook(sh), shell_now(sh));
    p->template_name = mem_strdup(p->options.template_name);
    p->format = mem_strdup(p->options.format);
    p->stale = true;
    shell_push(sh, &p->reader.screen, &preview_screen);
}

/* ---- The document ---- */

static const char *shown_format(const struct preview *p) {
    return strcmp(p->format, "markdown") == 0 ? "markdown" : "text";
}

bool preview_is_file(const struct preview *p) {
    return strcmp(p->format, shown_format(p)) == 0;
}

const struct notes_choice *preview_format(const struct preview *p) {
    const struct notes_choice *f = notes_formats();

    while (f[1].name && strcmp(f->name, p->format) != 0)
        f++;
    return f;
}

struct notes_options preview_options(const struct preview *p) {
    struct notes_options o = p->options;

    o.template_name = p->template_name;
    o.format = p->format;
    o.now = shell_now(p->reader.screen.shell);
    o.width = TEXT_WIDTH;
    return o;
}

/* What stands for a page is set for the width that there is. */
static size_t width_for(const struct preview *p, int columns) {
    return preview_is_file(p) || columns > TEXT_WIDTH ? TEXT_WIDTH : (size_t)columns - 1;
}

/* Once: notes are made again for less than that, and something else may just be said. */
static void say_warnings(struct preview *p, const char *warnings) {
    if (*warnings && strcmp(warnings, p->warned.s) != 0)
        shell_say(p->reader.screen.shell, "%.*s", (int)strcspn(warnings, "\n"), warnings);
    buf_clear(&p->warned);
    buf_puts(&p->warned, warnings);
}

static void take_shown(struct preview *p, int state, struct err *err) {
    buf_clear(&p->failed);
    making_take(p->showing, &p->shown, &p->leaks);
    p->version++;
    if (state < 0)
        err_format(err, &p->failed);
    err_release(err);
    say_warnings(p, making_warnings(p->showing));
    making_free(p->showing);
    p->showing = NULL;
    p->reader.page.columns = 0;
    p->reader.screen.shell->dirty = true;
}

static bool step_shown(struct preview *p, int ms) {
    struct err err = ERR_INIT;
    int state = making_step(p->showing, ms, &err);

    if (state > 0)
        return true;
    take_shown(p, state, &err);
    return false;
}

/* Small ones are there at once. */
static void show(struct preview *p, size_t width) {
    struct notes_options o = preview_options(p);

    p->stale = p->stopped = false;
    p->shown_format = o.format = shown_format(p);
    p->shown_width = o.width = width;
    making_free(p->showing);
    buf_clear(&p->shown);
    leaks_release(&p->leaks);
    p->version++;
    p->reader.page.columns = 0;
    p->showing = making_start_shown(p->reader.screen.shell, &o);
    if (!making_is_beside(p->showing))
        step_shown(p, 0);
}

/* "as text; saved as pdf: A4, 7 pages" */
static void add_note(const struct preview *p, struct page *page) {
    const struct notes_choice *f = preview_format(p);
    struct buf note = BUF_INIT;

    buf_addf(&note, "as text; saved as %s: %s", f->name,
             notes_format_is_paged(p->format) ? paper_name(p->options.paper) : f->help);
    if (p->pages)
        buf_addf(&note, ", %zu %s", p->pages, p->pages == 1 ? "page" : "pages");
    if (!notes_format_available(f->name)) {
        buf_clear(&note);
        buf_addf(&note,
                 "as text; %s cannot be made here: its helper program was not built",
                 f->name);
    }
    page_string(page, 1, ROLE_DIM, note.s);
    page_blank(page);
    buf_release(&note);
}

bool preview_refused(const struct preview *p) {
    return p->leaks.total && !p->options.allow_names;
}

/* What stands against handing it round, or will be written into the log. */
static void add_leaks(const struct preview *p, struct page *page) {
    struct err err = ERR_INIT;
    struct buf names = BUF_INIT;

    leaks_refuse(&p->leaks, &err);
    leaks_names(&p->leaks, &names);
    if (preview_refused(p))
        page_printf(page, 1, ROLE_ERROR, "Not to be handed round: %s; l lists them",
                    err.what);
    else
        page_printf(page, 1, ROLE_ERROR,
                    "With names that attribution %s does not allow: %s; the log will "
                    "say so",
                    attribution_code(p->options.attribution), names.s);
    page_blank(page);
    buf_release(&names);
    err_release(&err);
}

static void fill(struct preview *p, int columns) {
    struct page *page = &p->reader.page;

    page_begin(page, columns);
    if (p->leaks.total)
        add_leaks(p, page);
    if (p->failed.len)
        page_string(page, 1, ROLE_ERROR, p->failed.s);
    else if (p->stopped)
        page_string(page, 1, ROLE_DIM, "Stopped. t, f, a or n makes the notes again.");
    else if (!preview_is_file(p) && p->shown.len)
        add_note(p, page);
    page_add(page, 1, ROLE_NORMAL, p->shown.s, p->shown.len);
}

static void build(struct preview *p, int columns) {
    size_t width = width_for(p, columns);

    if (p->stale || (!p->stopped && (strcmp(p->shown_format, shown_format(p)) != 0 ||
                                     p->shown_width != width)))
        show(p, width);
    if (p->reader.page.columns != columns)
        fill(p, columns);
}

void preview_refresh(struct preview *p) {
    const struct canvas *c = &p->reader.screen.shell->canvas;

    build(p, rect_readable((struct rect){0, 0, 1, c->columns}).w - 1);
}

/* ---- Leaving the screen ---- */

static void open_print(struct preview *p) {
    struct notes_options o = preview_options(p);
    bool pdf = p->made && strcmp(p->format, "pdf") == 0 && !p->file_leaks.total;
    struct buf made = BUF_INIT;

    if (pdf)
        buf_add(&made, p->file.s, p->file.len);
    print_open(p->reader.screen.shell, &o, &made);
    buf_release(&made);
}

static void go_out(struct preview *p) {
    enum preview_way way = p->way;
    char *word = p->word;

    p->way = WAY_NONE;
    p->word = NULL;
    if (way == WAY_PRINT)
        open_print(p);
    else if (way == WAY_SAVE)
        preview_save(p, word);
    mem_free(word);
}

static void private_chosen(struct shell *sh, void *ctx, size_t i) {
    (void)sh;
    if (i == 0)
        go_out(ctx);
}

/* What only the facilitator knows does not leave by a slip. */
static void ask_private(struct preview *p) {
    menu_ask(p->reader.screen.shell, "With private positions. Go on?",
             "Yes, for my eyes alone", "No", private_chosen, p, NULL);
}

static void go_on(struct preview *p) {
    if (p->way != WAY_NONE && p->options.private)
        ask_private(p);
    else
        go_out(p);
}

static bool may_leave(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;

    preview_refresh(p);
    if (p->failed.len || p->stopped)
        shell_fail(sh, "there are no notes to save or print");
    else if (p->showing)
        shell_say(sh, "the notes are being made: wait for them, or Esc");
    return !p->failed.len && !p->stopped && !p->showing;
}

void preview_leave(struct preview *p, enum preview_way way, const char *word) {
    if (!may_leave(p))
        return;
    mem_free(p->word);
    p->word = word && *word ? mem_strdup(word) : NULL;
    p->way = way;
    if (preview_refused(p))
        preview_open_leaks(p);
    else
        go_on(p);
}

void preview_allow(struct preview *p) {
    p->options.allow_names = true;
    p->reader.page.columns = 0;
    if (p->way == WAY_NONE)
        shell_say(p->reader.screen.shell, "s saves and p prints them with these names");
    go_on(p);
}

/* ---- Work in the background ---- */

/* The number of pages is worth making the file for where that is quick. */
static void foresee(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;

    if (strcmp(p->format, "pdf") != 0 || !sh->program || p->tried || p->filing ||
        p->showing || !p->shown.len || p->leaks.total || p->shown.len > MAKING_QUICK ||
        !notes_format_available(p->format))
        return;
    struct notes_options o = preview_options(p);
    p->tried = true;
    p->filing = making_start(sh, &o);
}

/* Whether a person waits for something. */
static struct making *awaited(const struct preview *p) {
    return p->showing ? p->showing : p->path ? p->filing : NULL;
}

static bool preview_idle(struct screen *s) {
    struct preview *p = of(s);
    bool more = false;

    const struct making *wanted = awaited(p);
    bool barred = wanted && making_elapsed(wanted) >= BAR_AFTER;
    if (p->showing)
        more = step_shown(p, STEP_MS);
    foresee(p);
    if (p->filing && preview_step_file(p, STEP_MS))
        more = true;
    int64_t now = steady_ms();
    if (barred && !awaited(p))
        p->ended = now;
    if (awaited(p) && now - p->drawn >= BAR_EVERY) {
        p->drawn = now;
        s->shell->dirty = true;
    }
    return more;
}

/* Esc, while something is being made; false when nothing is. */
static bool stop(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;

    if (p->showing) {
        making_free(p->showing);
        p->showing = NULL;
        p->stopped = true;
        p->reader.page.columns = 0;
    } else if (p->path) {
        preview_drop_file(p);
        p->tried = true;
        shell_say(sh, "stopped; nothing was saved");
    } else {
        return steady_ms() - p->ended < TOO_LATE;
    }
    return true;
}

/* ---- Drawing ---- */

/* A part of the title that a click chooses anew. */
static void add_choice(struct buf *title, struct canvas *c, struct rect area,
                       const char *before, const char *choice, const char *key) {
    buf_puts(title, before);
    int x = area.x + 1 + (int)text_columns(title->s, title->len);
    size_t start = title->len;
    text_visible(title, choice, strlen(choice));
    int columns = (int)text_columns(title->s + start, title->len - start);
    canvas_spot(c, (struct rect){area.y, x, 1, columns}, key);
}

static void add_sitting(const struct preview *p, struct buf *title, struct canvas *c,
                        struct rect area) {
    const struct workbook *w = shell_workbook(p->reader.screen.shell);
    struct buf name = BUF_INIT;

    if (!w->room.sittings.n)
        return;
    if (p->options.sitting < w->room.sittings.n) {
        const char *words = w->room.sittings.v[p->options.sitting].title;
        text_cut(&name, words, strlen(words), SITTING_COLUMNS, false);
    } else {
        buf_puts(&name, "all sittings");
    }
    add_choice(title, c, area, " · ", name.s, "n");
    buf_release(&name);
}

/* What is said of names at the top is a way to them. */
static void add_leaks_spot(const struct preview *p, struct canvas *c, struct rect area) {
    const struct page *page = &p->reader.page;
    size_t n = 0;

    while (p->leaks.total && n < page->lines.n &&
           page->lines.v[n].body.role == ROLE_ERROR)
        n++;
    for (size_t i = page->top; i < n && (int)(i - page->top) < area.h - 1; i++)
        canvas_spot(c, (struct rect){area.y + 1 + (int)(i - page->top), 1, 1, area.w - 2},
                    "l");
}

static void preview_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct preview *p = of(s);
    struct buf title = BUF_INIT;
    struct rect place = rect_readable(area);
    bool brief = area.w < BRIEF;

    build(p, place.w - 1);
    add_choice(&title, c, area, brief ? "" : "Notes: ", p->template_name, "t");
    add_choice(&title, c, area, " · ", p->format, "f");
    if (!notes_format_available(p->format))
        buf_puts(&title, " (not built)");
    if (notes_format_is_paged(p->format))
        add_choice(&title, c, area, " · ", paper_name(p->options.paper), "m");
    add_choice(&title, c, area, brief ? " · " : " · attribution: ",
               attribution_code(p->options.attribution), "a");
    if (p->options.private)
        add_choice(&title, c, area, " · ", "private", "v");
    add_sitting(p, &title, c, area);
    reader_draw(&p->reader, c, place, title.s);
    add_leaks_spot(p, c, place);
    const struct making *m = awaited(p);
    if (m && making_elapsed(m) >= BAR_AFTER)
        making_draw_bar(c, (struct rect){area.y + area.h - 1, area.x, 1, place.w},
                        p->showing ? "making the notes" : "making the file to save",
                        making_elapsed(m), "Esc stops");
    buf_release(&title);
}

/* ---- Operations ---- */

static bool preview_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    struct preview *p = of(s);

    if (preview_choose(p, c->id, args))
        return true;
    switch (c->id) {
    case COMMAND_NOTES_SAVE:
        preview_leave(p, WAY_SAVE, args ? args->text : NULL);
        return true;
    case COMMAND_NOTES_PRINT:
        preview_leave(p, WAY_PRINT, NULL);
        return true;
    case COMMAND_NOTES_LEAKS:
        p->way = WAY_NONE;
        preview_open_leaks(p);
        return true;
    case COMMAND_BACK:
        if (stop(p))
            return true;
        break;
    default:
        break;
    }
    return reader_command(s, c, args, key);
}

static unsigned preview_where(const struct screen *s) {
    (void)s;
    return ON_PREVIEW;
}

/* On a narrow screen there is no room for keys whose choices stand in the title. */
static bool is_left_off(const struct preview *p, enum command_id id) {
    const struct shell *sh = p->reader.screen.shell;

    switch (id) {
    case COMMAND_FIND:
        return true;
    case COMMAND_NOTES_TEMPLATE:
    case COMMAND_NOTES_FORMAT:
        return sh->canvas.columns < ALL_KEYS;
    case COMMAND_NOTES_ATTRIBUTION:
        return sh->canvas.columns < BRIEF && !preview_refused(p);
    case COMMAND_NOTES_SITTING:
        return sh->canvas.columns < BRIEF || !shell_workbook(sh)->room.sittings.n;
    case COMMAND_NOTES_PAPER:
    case COMMAND_NOTES_PRIVATE:
        return sh->canvas.columns < BRIEF;
    case COMMAND_NOTES_LEAKS:
        return !preview_refused(p);
    case COMMAND_NOTES_SAVE:
    case COMMAND_NOTES_PRINT:
        return preview_refused(p);
    default:
        return false;
    }
}

static const char *preview_label(const struct screen *s, enum command_id id) {
    const struct preview *p = (const struct preview *)s;

    if (id == COMMAND_BACK)
        return awaited(p) ? "Stop" : NULL;
    if (is_left_off(p, id))
        return "";
    return id == COMMAND_NOTES_ATTRIBUTION ? "Names" : NULL;
}

static void preview_changed(struct screen *s) {
    struct preview *p = of(s);

    p->stale = true;
    p->options.allow_names = false;
    if (p->path)
        p->outdated = true;
    else
        preview_drop_file(p);
}

static void preview_close(struct screen *s) {
    struct preview *p = of(s);

    reader_close(s);
    preview_drop_file(p);
    making_free(p->showing);
    buf_release(&p->shown);
    buf_release(&p->file);
    buf_release(&p->failed);
    buf_release(&p->warned);
    leaks_release(&p->leaks);
    leaks_release(&p->file_leaks);
    mem_free(p->word);
    mem_free(p->template_name);
    mem_free(p->format);
    notes_release();
}

static const struct screen_ops preview_screen = {
    .title = "Notes",
    .where = preview_where,
    .draw = preview_draw,
    .command = preview_command,
    .mouse = reader_mouse,
    .label = preview_label,
    .idle = preview_idle,
    .forget = reader_forget,
    .changed = preview_changed,
    .close = preview_close,
};
