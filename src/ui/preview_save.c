#include "base/text.h"
#include "files.h"
#include "line.h"
#include "menu.h"
#include "preview.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

void preview_drop_file(struct preview *p) {
    making_free(p->filing);
    p->filing = NULL;
    mem_free(p->path);
    p->path = NULL;
    buf_clear(&p->file);
    p->made = p->tried = false;
    p->pages = 0;
}

/* ---- Saving what is made ---- */

static void say_saved(struct preview *p, const char *path, const char *warnings) {
    char whole[PATH_MAX];
    const char *where = realpath(path, whole) ? whole : path;
    size_t len = strcspn(warnings, "\n");

    if (len)
        shell_say(p->reader.screen.shell, "saved as %s; %.*s", where, (int)len, warnings);
    else
        shell_say(p->reader.screen.shell, "saved as %s", where);
}

/* The document, where it is there already; else NULL. */
static const struct buf *at_hand(const struct preview *p) {
    bool shown = preview_is_file(p) && !p->showing && !p->stale &&
                 strcmp(p->shown_format, p->format) == 0;

    return shown ? &p->shown : p->made ? &p->file : NULL;
}

static bool save(struct preview *p, const char *path, bool replace,
                 const char *warnings) {
    struct shell *sh = p->reader.screen.shell;
    struct err err = ERR_INIT;

    if (notes_save(path, session_path(sh->session), at_hand(p), replace, &err) < 0) {
        shell_error(sh, &err);
        return false;
    }
    say_saved(p, path, warnings);
    return true;
}

static void file_made(struct preview *p) {
    struct buf *document = making_document(p->filing);

    buf_release(&p->file);
    p->file = *document;
    *document = (struct buf)BUF_INIT;
    p->made = true;
    if (strcmp(p->format, "pdf") == 0)
        p->pages = notes_pages(&p->file);
    if (p->path)
        save(p, p->path, p->replace, making_warnings(p->filing));
    p->reader.page.columns = 0;
}

bool preview_step_file(struct preview *p, int ms) {
    struct shell *sh = p->reader.screen.shell;
    struct err err = ERR_INIT;
    int state = making_step(p->filing, ms, &err);

    if (state > 0)
        return true;
    if (state == 0)
        file_made(p);
    else if (p->path)
        shell_error(sh, &err);
    err_release(&err);
    making_free(p->filing);
    p->filing = NULL;
    mem_free(p->path);
    p->path = NULL;
    sh->dirty = true;
    return false;
}

/* At once, or as soon as the file is made. */
static bool begin_save(struct preview *p, const char *path, bool replace) {
    if (at_hand(p))
        return save(p, path, replace, "");
    mem_free(p->path);
    p->path = mem_strdup(path);
    p->replace = replace;
    if (!p->filing) {
        struct notes_options o = preview_options(p);
        p->filing = making_start(p->reader.screen.shell, &o);
    }
    return true;
}

/* ---- Asking where ---- */

struct overwrite {
    struct preview *preview;
    char path[];
};

static void overwrite_chosen(struct shell *sh, void *ctx, size_t i) {
    struct overwrite *o = ctx;

    if (i == 0)
        begin_save(o->preview, o->path, true);
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

/* A name that ends as another format's files do asks for that format. */
static void follow_name(struct preview *p, const char *path) {
    const struct notes_choice *f = notes_formats();
    size_t len = strlen(path);

    for (size_t i = 0; f[i].name; i++) {
        size_t end = strlen(f[i].suffix);
        if (len > end && strcmp(path + len - end, f[i].suffix) == 0 &&
            strcmp(f[i].name, p->format) != 0) {
            preview_set_format(p, i);
            return;
        }
    }
}

/* False, and said, where there is no helper program that makes the format. */
static bool can_make(const struct preview *p) {
    if (notes_format_available(p->format))
        return true;
    shell_fail(p->reader.screen.shell,
               "%s cannot be made here: its helper program was not built", p->format);
    return false;
}

static bool accept_save(struct shell *sh, void *ctx, const char *path) {
    struct preview *p = ctx;

    (void)sh;
    if (!*path)
        return true;
    follow_name(p, path);
    if (!can_make(p))
        return false;
    if (access(path, F_OK) == 0) {
        ask_overwrite(p, path);
        return true;
    }
    return begin_save(p, path, false);
}

static size_t complete_save(struct shell *sh, void *ctx, const char *line,
                            struct buf *out) {
    (void)sh;
    return file_complete(line, preview_format(ctx)->suffix, out);
}

static const struct line_ops save_line = {
    .memory = "save", .enter = "Save", .accept = accept_save, .complete = complete_save};

/* supr-2011.workbook.xml gives supr-2011.session-notes.txt, in the current folder. */
static void suggest_name(const struct preview *p, struct buf *out) {
    const char *path = session_path(p->reader.screen.shell->session);
    const char *name = strrchr(path, '/');

    name = name ? name + 1 : path;
    buf_add(out, name, strcspn(name, "."));
    buf_addf(out, ".%s", p->template_name);
    if (p->options.sitting != NONE)
        buf_addf(out, ".sitting-%u", (unsigned)p->options.sitting + 1);
    buf_puts(out, preview_format(p)->suffix);
}

void preview_save(struct preview *p, const char *word) {
    struct shell *sh = p->reader.screen.shell;
    struct buf name = BUF_INIT;

    if (!preview_may_leave(p))
        return;
    if (word && *word) {
        accept_save(sh, p, word);
        return;
    }
    if (!can_make(p))
        return;
    suggest_name(p, &name);
    struct line_setup setup = {&save_line, p, "save as> ", name.s, NULL};
    line_open(sh, &setup);
    buf_release(&name);
}
