#include "base/text.h"
#include "files.h"
#include "line.h"
#include "menu.h"
#include "preview.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void preview_drop_file(struct preview *p) {
    making_free(p->filing);
    p->filing = NULL;
    mem_free(p->path);
    p->path = NULL;
    buf_clear(&p->file);
    leaks_release(&p->file_leaks);
    p->made = p->tried = p->outdated = false;
    p->pages = 0;
}

/* ---- Saving what is made ---- */

static void say_saved(struct preview *p, const struct leaks *leaks,
                      const char *warnings) {
    char whole[PATH_MAX];
    const char *where = realpath(p->path, whole) ? whole : p->path;
    size_t len = strcspn(warnings, "\n");

    shell_say(p->reader.screen.shell, "saved%s as %s%s%.*s",
              leaks->total ? " with names, as the log says," : "", where, len ? "; " : "",
              (int)len, warnings);
}

static bool save(struct preview *p, const struct buf *document, const struct leaks *leaks,
                 const char *warnings) {
    struct shell *sh = p->reader.screen.shell;
    struct notes_options o = preview_options(p);
    struct err err = ERR_INIT;

    if (making_log_names(sh, &o, p->format, leaks, &err) < 0 ||
        notes_save(p->path, session_path(sh->session), document, p->replace, &err) < 0) {
        shell_error(sh, &err);
        return false;
    }
    say_saved(p, leaks, warnings);
    return true;
}

/* The file is done with; what it was made of may have changed since. */
static void end_save(struct preview *p) {
    mem_free(p->path);
    p->path = NULL;
    if (p->outdated)
        preview_drop_file(p);
}

static void file_made(struct preview *p) {
    making_take(p->filing, &p->file, &p->file_leaks);
    p->made = true;
    if (strcmp(p->format, "pdf") == 0)
        p->pages = notes_pages(&p->file);
    if (p->path)
        save(p, &p->file, &p->file_leaks, making_warnings(p->filing));
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
    end_save(p);
    sh->dirty = true;
    return false;
}

/* At once, or as soon as the file is made. */
static bool begin_save(struct preview *p, const char *path, bool replace) {
    bool shown = preview_is_file(p) && !p->showing && !p->stale &&
                 strcmp(p->shown_format, p->format) == 0;

    mem_free(p->path);
    p->path = mem_strdup(path);
    p->replace = replace;
    if (shown || p->made) {
        bool saved =
            save(p, shown ? &p->shown : &p->file, shown ? &p->leaks : &p->file_leaks, "");
        end_save(p);
        return saved;
    }
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
    struct overwrite *o = mem_alloc(sizeof *o + strlen(path) + 1);
    struct buf title = BUF_INIT;

    o->preview = p;
    strcpy(o->path, path);
    buf_addf(&title, "%s is there already. Replace it?", path);
    menu_ask(p->reader.screen.shell, title.s, "Yes, replace it", "No, keep it",
             overwrite_chosen, o, mem_free);
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

/* As a shell reads what begins with "~/"; without the blank that Tab puts after a whole
 * name. */
static void expand(const char *word, struct buf *path) {
    const char *home = getenv("HOME");

    if (strncmp(word, "~/", 2) == 0 && home && *home)
        buf_addf(path, "%s%s", home, word + 1);
    else
        buf_puts(path, word);
    while (path->len && path->s[path->len - 1] == ' ')
        buf_cut(path, path->len - 1);
}

/* Said before the file is made, and while the name stands in the line. */
static bool has_place(struct shell *sh, const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : NULL;
    struct stat st;
    bool ok = true;

    if ((slash && !slash[1]) || (stat(path, &st) == 0 && S_ISDIR(st.st_mode))) {
        shell_fail(sh, "%s is a folder: give a name in it", path);
        ok = false;
    } else if (folder && (stat(folder, &st) < 0 || !S_ISDIR(st.st_mode))) {
        shell_fail(sh, "there is no folder %s; make it first, or give another name",
                   folder);
        ok = false;
    }
    mem_free(folder);
    return ok;
}

static bool save_at(struct preview *p, const char *path) {
    if (!has_place(p->reader.screen.shell, path))
        return false;
    follow_name(p, path);
    if (!can_make(p))
        return false;
    if (access(path, F_OK) == 0) {
        ask_overwrite(p, path);
        return true;
    }
    return begin_save(p, path, false);
}

static bool accept_save(struct shell *sh, void *ctx, const char *word) {
    struct buf path = BUF_INIT;

    (void)sh;
    expand(word, &path);
    bool done = !path.len || save_at(ctx, path.s);
    buf_release(&path);
    return done;
}

static size_t complete_save(struct shell *sh, void *ctx, const char *line,
                            struct buf *out) {
    const char *slash = strrchr(line, '/');
    struct buf path = BUF_INIT;

    (void)sh;
    expand(line, &path);
    file_complete(path.s, preview_format(ctx)->suffix, out);
    buf_release(&path);
    return slash ? (size_t)(slash - line) + 1 : 0;
}

static const struct line_ops save_line = {
    .memory = "save", .enter = "Save", .accept = accept_save, .complete = complete_save};

static size_t without(const char *name, size_t len, const char *suffix) {
    size_t n = strlen(suffix);

    return len > n && memcmp(name + len - n, suffix, n) == 0 ? len - n : len;
}

/* supr-2011.workbook.xml gives supr-2011.session-notes.txt, in the current folder; what
 * is not as usual is in the name, so that one is not taken for another. */
static void suggest_name(const struct preview *p, struct buf *out) {
    const struct shell *sh = p->reader.screen.shell;
    const char *path = session_path(sh->session);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct notes_options usual;

    notes_options_init(&usual, shell_workbook(sh), 0);
    size_t len = without(name, strlen(name), ".xml");
    buf_add(out, name, without(name, len, ".workbook"));
    buf_addf(out, ".%s", p->template_name);
    if (p->options.sitting != NONE)
        buf_addf(out, ".sitting-%u", (unsigned)p->options.sitting + 1);
    if (p->options.attribution != usual.attribution)
        buf_addf(out, ".attribution-%s", attribution_code(p->options.attribution));
    if (p->options.private)
        buf_puts(out, ".private");
    buf_puts(out, preview_format(p)->suffix);
}

void preview_save(struct preview *p, const char *word) {
    struct shell *sh = p->reader.screen.shell;
    struct buf name = BUF_INIT;

    if (word) {
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
