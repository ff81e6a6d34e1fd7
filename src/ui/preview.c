#include "base/text.h"
#include "line.h"
#include "menu.h"
#include "notes/notes.h"
#include "reader.h"
#include "screens.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The session notes as they would be saved; made anew when a choice or the record has
 * changed. */
struct preview {
    struct reader reader;
    struct notes_options options;
    char *template_name, *format;
    struct buf document;
    bool stale, failed;
};

static const struct screen_ops preview_screen;

static struct preview *of(struct screen *s) {
    return (struct preview *)s;
}

void preview_open(struct shell *sh) {
    struct preview *p = mem_zalloc(sizeof *p);

    reader_init(&p->reader);
    p->document = (struct buf)BUF_INIT;
    notes_options_init(&p->options, shell_workbook(sh), shell_now(sh));
    p->template_name = mem_strdup(p->options.template_name);
    p->format = mem_strdup(p->options.format);
    p->stale = true;
    shell_push(sh, &p->reader.screen, &preview_screen);
}

/* ---- The document ---- */

static void render(struct preview *p) {
    struct shell *sh = p->reader.screen.shell;
    struct err err = ERR_INIT;

    if (!p->stale)
        return;
    p->stale = false;
    p->options.template_name = p->template_name;
    p->options.format = p->format;
    p->options.now = shell_now(sh);
    buf_clear(&p->document);
    p->failed = notes_render(shell_workbook(sh), &p->options, &p->document, &err) < 0;
    if (p->failed)
        shell_error(sh, &err);
    p->reader.page.columns = 0;
}

static void build(struct preview *p, int columns) {
    struct page *page = &p->reader.page;

    render(p);
    if (page->columns == columns)
        return;
    page_begin(page, columns);
    page_add(page, 1, ROLE_NORMAL, p->document.s, p->document.len);
}

/* A part of the title that a click chooses anew. */
static void add_choice(struct buf *title, struct canvas *c, struct rect area,
                       const char *before, const char *choice, const char *key) {
    buf_puts(title, before);
    int x = area.x + 1 + (int)text_columns(title->s, title->len);
    buf_puts(title, choice);
    canvas_spot(c, (struct rect){area.y, x, 1, (int)text_columns(choice, strlen(choice))},
                key);
}

static void preview_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct preview *p = of(s);
    struct buf title = BUF_INIT;
    struct rect place = reader_area(area);

    build(p, place.w - 1);
    add_choice(&title, c, area, "Notes: ", p->template_name, "t");
    add_choice(&title, c, area, " · ", p->format, "f");
    add_choice(&title, c, area,
               " · attribution: ", attribution_code(p->options.attribution), "a");
    reader_draw(&p->reader, c, place, title.s);
    buf_release(&title);
}

/* ---- Choices ---- */

static void set(struct preview *p, char **what, const char *name) {
    mem_free(*what);
    *what = mem_strdup(name);
    p->stale = true;
    p->reader.page.top = 0;
    p->reader.screen.shell->dirty = true;
}

static void template_chosen(struct shell *sh, void *ctx, size_t i) {
    struct preview *p = ctx;

    (void)sh;
    set(p, &p->template_name, notes_templates()[i].name);
}

static void format_chosen(struct shell *sh, void *ctx, size_t i) {
    struct preview *p = ctx;

    (void)sh;
    set(p, &p->format, notes_formats()[i].name);
}

static void attribution_chosen(struct shell *sh, void *ctx, size_t i) {
    struct preview *p = ctx;

    (void)sh;
    p->options.attribution = (enum attribution)i;
    p->stale = true;
}

/* A choice given by name, or a menu of them. */
static void choose(struct preview *p, const char *title,
                   const struct notes_choice *choices, const char *now, const char *word,
                   void (*chosen)(struct shell *, void *, size_t)) {
    struct shell *sh = p->reader.screen.shell;
    struct menu_item items[MENU_MAX];
    struct menu_setup menu = {title, items, 0, MENU_MAX, chosen, p, NULL};
    char labels[MENU_MAX][128];

    for (size_t i = 0; choices[i].name && i < MENU_MAX; i++) {
        if (word && *word && strncmp(choices[i].name, word, strlen(word)) == 0) {
            chosen(sh, p, i);
            return;
        }
        snprintf(labels[i], sizeof labels[i], "%s  %s", choices[i].name,
                 choices[i].help ? choices[i].help : "");
        items[i].label = labels[i];
        menu_letter(items, i, choices[i].name);
        if (strcmp(choices[i].name, now) == 0)
            menu.at = i;
        menu.n++;
    }
    menu_open(sh, &menu);
}

/* ---- Saving ---- */

static int write_file(const char *path, const struct buf *b, int flags, struct err *err) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    size_t done = 0;

    if (fd < 0)
        return err_errno(err, errno, "%s cannot be written", path);
    while (done < b->len) {
        ssize_t n = write(fd, b->s + done, b->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        done += (size_t)n;
    }
    int code = errno;
    bool synced = done == b->len && fsync(fd) == 0;
    if (done == b->len && !synced)
        code = errno;
    close(fd);
    return synced ? 0 : err_errno(err, code, "%s cannot be written", path);
}

static bool save(struct preview *p, const char *path, int flags) {
    struct shell *sh = p->reader.screen.shell;
    struct err err = ERR_INIT;

    if (write_file(path, &p->document, flags, &err) < 0) {
        shell_error(sh, &err);
        return false;
    }
    shell_say(sh, "saved as %s", path);
    return true;
}

struct overwrite {
    struct preview *preview;
    char path[];
};

static void overwrite_chosen(struct shell *sh, void *ctx, size_t i) {
    struct overwrite *o = ctx;

    if (i == 0)
        save(o->preview, o->path, O_TRUNC);
    else
        shell_say(sh, "not saved; %s is as it was", o->path);
}

static void ask_overwrite(struct preview *p, const char *path) {
    static const struct menu_item items[] = {{"y", "Yes, replace it"},
                                             {"n", "No, keep it"}};
    struct overwrite *o = mem_alloc(sizeof *o + strlen(path) + 1);
    struct buf title = BUF_INIT;

    o->preview = p;
    strcpy(o->path, path);
    buf_addf(&title, "%s is there already. Replace it?", path);
    struct menu_setup menu = {title.s, items, 2, 1, overwrite_chosen, o, mem_free};
    menu_open(p->reader.screen.shell, &menu);
    buf_release(&title);
}

static bool accept_save(struct shell *sh, void *ctx, const char *path) {
    struct preview *p = ctx;

    (void)sh;
    if (!*path)
        return true;
    if (access(path, F_OK) == 0) {
        ask_overwrite(p, path);
        return true;
    }
    return save(p, path, O_EXCL);
}

static const struct line_ops save_line = {
    .memory = "save", .enter = "Save", .accept = accept_save};

/* supr-2011.workbook.xml gives supr-2011.session-notes.txt, in the current folder. */
static void suggest_name(struct preview *p, struct buf *out) {
    const char *path = session_path(p->reader.screen.shell->session);
    const char *name = strrchr(path, '/');
    const struct notes_choice *f = notes_formats();

    name = name ? name + 1 : path;
    buf_add(out, name, strcspn(name, "."));
    buf_addf(out, ".%s", p->template_name);
    while (f->name && strcmp(f->name, p->format) != 0)
        f++;
    buf_puts(out, f->name ? f->suffix : "");
}

static void open_save(struct preview *p) {
    struct buf name = BUF_INIT;

    suggest_name(p, &name);
    struct line_setup setup = {&save_line, p, "save as> ", name.s, NULL};
    line_open(p->reader.screen.shell, &setup);
    buf_release(&name);
}

/* ---- Operations ---- */

static const struct notes_choice tiers[] = {
    {"name", "who said it is told", ""},
    {"side", "the side is told, not the person", ""},
    {"none", "neither is told", ""},
    {NULL, NULL, NULL},
};

static bool preview_command(struct screen *s, const struct command *c,
                            const struct command_args *args, const char *key) {
    struct preview *p = of(s);
    const char *word = args ? args->text : NULL;

    switch (c->id) {
    case COMMAND_NOTES_TEMPLATE:
        choose(p, "Template", notes_templates(), p->template_name, word, template_chosen);
        return true;
    case COMMAND_NOTES_FORMAT:
        choose(p, "Format", notes_formats(), p->format, word, format_chosen);
        return true;
    case COMMAND_NOTES_ATTRIBUTION:
        choose(p, "Attribution", tiers, attribution_code(p->options.attribution), word,
               attribution_chosen);
        return true;
    case COMMAND_NOTES_SAVE:
        render(p);
        if (p->failed)
            shell_say(s->shell, "there are no notes to save");
        else if (word && *word)
            accept_save(s->shell, p, word);
        else
            open_save(p);
        return true;
    default:
        return reader_command(s, c, args, key);
    }
}

static unsigned preview_where(const struct screen *s) {
    (void)s;
    return ON_PREVIEW;
}

static void preview_changed(struct screen *s) {
    of(s)->stale = true;
}

static void preview_close(struct screen *s) {
    struct preview *p = of(s);

    reader_close(s);
    buf_release(&p->document);
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
    .forget = reader_forget,
    .changed = preview_changed,
    .close = preview_close,
};
