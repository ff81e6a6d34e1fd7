#include "preview.h"

#include "base/text.h"
#include "menu.h"
#include "screens.h"

#include <stdio.h>

enum {
    TEXT_WIDTH = 72, /* of text as it is saved */
    BRIEF = 60,      /* below so many columns the title says less */
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
    p->shown = p->file = p->failed = p->refused = (struct buf)BUF_INIT;
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

static void take_shown(struct preview *p, int state, struct err *err) {
    struct shell *sh = p->reader.screen.shell;
    struct buf *document = making_document(p->showing);
    const char *warnings = making_warnings(p->showing);

    buf_clear(&p->failed);
    buf_clear(&p->refused);
    buf_puts(&p->refused, making_refusal(p->showing));
    if (state < 0)
        err_format(err, &p->failed);
    err_release(err);
    buf_release(&p->shown);
    p->shown = *document;
    *document = (struct buf)BUF_INIT;
    if (*warnings)
        shell_say(sh, "%.*s", (int)strcspn(warnings, "\n"), warnings);
    making_free(p->showing);
    p->showing = NULL;
    p->reader.page.columns = 0;
    sh->dirty = true;
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
    p->reader.page.columns = 0;
    p->showing = making_start_shown(p->reader.screen.shell, &o);
    if (!making_is_beside(p->showing))
        step_shown(p, 0);
}

/* "as text; saved as PDF: A4, 7 pages" */
static void add_note(const struct preview *p, struct page *page) {
    const struct notes_choice *f = preview_format(p);
    struct buf note = BUF_INIT;

    bool web = strcmp(f->name, "html") == 0;
    buf_addf(&note, "as text; saved as %s: %s", f->name, web ? f->help : "A4");
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

static void fill(struct preview *p, int columns) {
    struct page *page = &p->reader.page;

    page_begin(page, columns);
    if (p->refused.len) {
        page_printf(page, 1, ROLE_ERROR, "Not to be handed round: %s", p->refused.s);
        page_blank(page);
    }
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

bool preview_may_leave(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;

    if (p->refused.len)
        shell_fail(sh,
                   "not handed round: %s; correct it, or press a for another attribution",
                   p->refused.s);
    else if (p->failed.len || p->stopped)
        shell_fail(sh, "there are no notes to save or print");
    else if (p->showing)
        shell_say(sh, "the notes are being made: wait for them, or Esc");
    return !p->refused.len && !p->failed.len && !p->stopped && !p->showing;
}

/* ---- Work in the background ---- */

/* The number of pages is worth making the file for where that is quick. */
static void foresee(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;

    if (strcmp(p->format, "pdf") != 0 || !sh->program || p->tried || p->filing ||
        p->showing || !p->shown.len || p->refused.len || p->shown.len > MAKING_QUICK ||
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
    int64_t now = making_clock();
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
        return making_clock() - p->ended < TOO_LATE;
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

static void preview_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct preview *p = of(s);
    struct buf title = BUF_INIT;
    struct rect place = reader_area(area);
    bool brief = area.w < BRIEF;

    build(p, place.w - 1);
    add_choice(&title, c, area, brief ? "" : "Notes: ", p->template_name, "t");
    add_choice(&title, c, area, " · ", p->format, "f");
    if (!notes_format_available(p->format))
        buf_puts(&title, " (not built)");
    add_choice(&title, c, area, brief ? " · " : " · attribution: ",
               attribution_code(p->options.attribution), "a");
    add_sitting(p, &title, c, area);
    reader_draw(&p->reader, c, place, title.s);
    const struct making *m = awaited(p);
    if (m && making_elapsed(m) >= BAR_AFTER)
        making_draw_bar(c, (struct rect){area.y + area.h - 1, area.x, 1, place.w},
                        p->showing ? "making the notes" : "making the file to save",
                        making_elapsed(m), "Esc stops");
    buf_release(&title);
}

/* ---- Choices ---- */

static void chose(struct preview *p) {
    p->stale = true;
    p->reader.page.top = 0;
    preview_drop_file(p);
    p->reader.screen.shell->dirty = true;
}

static void set_template(struct preview *p, size_t i) {
    mem_free(p->template_name);
    p->template_name = mem_strdup(notes_templates()[i].name);
    chose(p);
}

/* What is shown may be the same. */
void preview_set_format(struct preview *p, size_t i) {
    bool stale = p->stale || p->stopped;

    mem_free(p->format);
    p->format = mem_strdup(notes_formats()[i].name);
    chose(p);
    p->stale = stale;
    p->reader.page.columns = 0;
}

static void set_attribution(struct preview *p, size_t i) {
    p->options.attribution = (enum attribution)i;
    chose(p);
}

static const struct notes_choice tiers[] = {
    {"name", "who said it is told", ""},
    {"side", "the side is told, not the person", ""},
    {"none", "neither is told", ""},
    {NULL, NULL, NULL},
};

/* A kind of choice: what there is, which holds, and what choosing does. */
struct choice {
    const char *title;
    const struct notes_choice *all;
    const char *now;
    void (*set)(struct preview *p, size_t i);
};

struct chosen {
    struct preview *preview;
    void (*set)(struct preview *p, size_t i);
};

static void menu_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct chosen *chosen = ctx;

    (void)sh;
    chosen->set(chosen->preview, i);
}

static void open_choices(struct preview *p, const struct choice *choice) {
    struct chosen *ctx = mem_zalloc(sizeof *ctx);
    struct menu_item items[MENU_MAX];
    struct menu_setup menu = {choice->title, items, 0,       MENU_MAX,
                              menu_chosen,   ctx,   mem_free};
    char labels[MENU_MAX][128];

    *ctx = (struct chosen){p, choice->set};
    for (size_t i = 0; choice->all[i].name && i < MENU_MAX; i++) {
        snprintf(labels[i], sizeof labels[i], "%s  %s", choice->all[i].name,
                 choice->all[i].help ? choice->all[i].help : "");
        items[i].label = labels[i];
        menu_letter(items, i, choice->all[i].name);
        if (strcmp(choice->all[i].name, choice->now) == 0)
            menu.at = i;
        menu.n++;
    }
    menu_open(p->reader.screen.shell, &menu);
}

/* A key takes the next one; by name one is given, or all are listed. */
static void choose(struct preview *p, const struct choice *choice,
                   const struct command_args *args) {
    const struct notes_choice *all = choice->all;
    size_t i = 0;

    if (args && !*args->text) {
        open_choices(p, choice);
        return;
    }
    if (args) {
        while (all[i].name && strncmp(all[i].name, args->text, strlen(args->text)) != 0)
            i++;
        if (!all[i].name) {
            open_choices(p, choice);
            return;
        }
    } else {
        while (all[i].name && strcmp(all[i].name, choice->now) != 0)
            i++;
        i = all[i].name && all[i + 1].name ? i + 1 : 0;
    }
    choice->set(p, i);
}

static void choose_template(struct preview *p, const struct command_args *args) {
    struct choice c = {"Template", notes_templates(), p->template_name, set_template};

    choose(p, &c, args);
}

static void choose_format(struct preview *p, const struct command_args *args) {
    struct choice c = {"Format", notes_formats(), p->format, preview_set_format};

    choose(p, &c, args);
}

static void choose_attribution(struct preview *p, const struct command_args *args) {
    struct choice c = {"Attribution", tiers, attribution_code(p->options.attribution),
                       set_attribution};

    choose(p, &c, args);
}

/* The next sitting; by name a number from 1, or all. */
static void choose_sitting(struct preview *p, const struct command_args *args) {
    struct shell *sh = p->reader.screen.shell;
    uint32_t n = (uint32_t)shell_workbook(sh)->room.sittings.n, now = p->options.sitting;
    const char *word = args ? args->text : "";
    char *end;
    unsigned long number = strtoul(word, &end, 10);

    if (n == 0) {
        shell_say(sh, "there was no sitting: the notes are of everything");
    } else if (strcmp(word, "all") == 0) {
        p->options.sitting = NONE;
        chose(p);
    } else if (!*word) {
        p->options.sitting = now == NONE ? 0 : now + 1 < n ? now + 1 : NONE;
        chose(p);
    } else if (*end || number < 1 || number > n) {
        shell_fail(sh, "sittings are 1 to %u, or all", (unsigned)n);
    } else {
        p->options.sitting = (uint32_t)number - 1;
        chose(p);
    }
}

static void open_print(struct preview *p) {
    struct notes_options o = preview_options(p);

    if (!preview_may_leave(p))
        return;
    bool pdf = p->made && strcmp(p->format, "pdf") == 0;
    struct buf made = BUF_INIT;
    if (pdf)
        buf_add(&made, p->file.s, p->file.len);
    print_open(p->reader.screen.shell, &o, &made);
    buf_release(&made);
}

/* ---- Operations ---- */

static bool preview_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    struct preview *p = of(s);

    switch (c->id) {
    case COMMAND_NOTES_TEMPLATE:
        choose_template(p, args);
        return true;
    case COMMAND_NOTES_FORMAT:
        choose_format(p, args);
        return true;
    case COMMAND_NOTES_ATTRIBUTION:
        choose_attribution(p, args);
        return true;
    case COMMAND_NOTES_SITTING:
        choose_sitting(p, args);
        return true;
    case COMMAND_NOTES_SAVE:
        build(p, reader_area((struct rect){0, 0, 1, s->shell->canvas.columns}).w - 1);
        preview_save(p, args ? args->text : NULL);
        return true;
    case COMMAND_NOTES_PRINT:
        open_print(p);
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

static const char *preview_label(const struct screen *s, enum command_id id) {
    const struct preview *p = (const struct preview *)s;

    if (id == COMMAND_BACK)
        return awaited(p) ? "Stop" : NULL;
    if (id == COMMAND_NOTES_ATTRIBUTION)
        return "Names";
    if (id == COMMAND_NOTES_SITTING && !shell_workbook(s->shell)->room.sittings.n)
        return "";
    return id == COMMAND_FIND ? "" : NULL;
}

static void preview_changed(struct screen *s) {
    struct preview *p = of(s);

    p->stale = true;
    if (!p->path)
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
    buf_release(&p->refused);
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
