#include "preview.h"

#include "base/text.h"
#include "menu.h"

#include <wctype.h>

/* The names that keep the notes here, each with its place and what stands around it.
 * Enter goes there in the preview; the person may hand them out all the same. */

/* NEAR: lines that what stands around a name may take. */
enum { BRIEF = 60, NAME_X = 3, PLACE_X = 5, NEAR = 4 };

struct leaks_screen {
    struct screen screen;
    struct preview *preview; /* the screen below */
    struct page page;
    unsigned version; /* of what it was built from */
};

static const struct screen_ops leaks_screen;

static struct leaks_screen *of(struct screen *s) {
    return (struct leaks_screen *)s;
}

void preview_open_leaks(struct preview *p) {
    struct leaks_screen *l;

    preview_refresh(p);
    if (!p->leaks.total) {
        shell_say(p->reader.screen.shell,
                  p->showing ? "the notes are being made: wait for them"
                             : "the notes name nobody who may not be named");
        return;
    }
    l = mem_zalloc(sizeof *l);
    l->preview = p;
    page_init(&l->page);
    shell_push(p->reader.screen.shell, &l->screen, &leaks_screen);
}

/* ---- Drawing ---- */

static void add_leak(struct page *p, uint32_t i, const struct leak *leak) {
    page_begin_item(p, i);
    page_printf(p, NAME_X, ROLE_STRONG, "%s, in %s", leak->name, leak->where);
    page_printf(p, PLACE_X, ROLE_NORMAL, "%s", leak->text);
    page_end_item(p);
}

static void build(struct leaks_screen *l, int columns) {
    const struct preview *p = l->preview;
    uint32_t focus = page_focus(&l->page);

    preview_refresh(l->preview);
    if (l->page.columns == columns && l->version == p->version)
        return;
    page_begin(&l->page, columns);
    page_blank(&l->page);
    for (uint32_t i = 0; i < p->leaks.v.n; i++)
        add_leak(&l->page, i, &p->leaks.v.v[i]);
    if (p->leaks.total > p->leaks.v.n)
        page_printf(&l->page, NAME_X, ROLE_DIM, "and %zu more",
                    p->leaks.total - p->leaks.v.n);
    if (p->showing)
        page_string(&l->page, NAME_X, ROLE_DIM, "the notes are being made…");
    page_blank(&l->page);
    page_string(&l->page, 1, ROLE_DIM,
                "Correct the entries, or go back and take another attribution with a. A "
                "hands the notes out as they are, and writes so into the log.");
    page_set_focus(&l->page, focus == NONE ? 0 : focus);
    l->version = p->version;
}

static void leaks_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct leaks_screen *l = of(s);
    struct rect place = rect_readable(area);
    struct rect rest = {place.y + 1, place.x, place.h - 1, place.w};

    build(l, rest.w - 1);
    canvas_printf(c, area.y, area.x + 1, area.w - 2, ROLE_HEADING,
                  area.w < BRIEF ? "Not allowed by attribution %s: %zu"
                                 : "Names that attribution %s does not allow: %zu",
                  attribution_code(l->preview->options.attribution),
                  l->preview->leaks.total);
    page_draw(&l->page, c, rest, true);
}

/* ---- Going there ---- */

/* Letters and digits alone, folded: what breaks and marks up lines is not in the way. */
static void add_letters(struct buf *out, const char *s, size_t len) {
    struct buf folded = BUF_INIT;

    text_fold(&folded, s, len);
    for (size_t at = 0, used; at < folded.len; at += used) {
        uint32_t c = text_decode(folded.s + at, folded.len - at, &used);
        if (iswalnum((wint_t)c))
            buf_add(out, folded.s + at, used);
    }
    buf_release(&folded);
}

/* How many before it have the same words around them. */
static size_t rank_of(const struct leaks *l, size_t i) {
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += strcmp(l->v.v[k].text, l->v.v[i].text) == 0;
    return n;
}

/* The line that letter `at` of all is in. */
static size_t line_of(const struct page *p, size_t at) {
    struct buf letters = BUF_INIT;
    size_t line = 0;

    for (; line < p->lines.n && letters.len <= at; line++) {
        const struct page_piece *b = &p->lines.v[line].body;
        add_letters(&letters, p->text.s + b->start, b->end - b->start);
    }
    buf_release(&letters);
    return line ? line - 1 : 0;
}

/* The line of a page where a text begins for the n-th time after line `from`, or
 * p->lines.n. */
static size_t find_text(const struct page *p, const char *text, size_t n, size_t from) {
    struct buf all = BUF_INIT, part = BUF_INIT;
    size_t start = 0, line = p->lines.n;

    for (size_t i = 0; i < p->lines.n; i++) {
        const struct page_piece *b = &p->lines.v[i].body;
        if (i == from)
            start = all.len;
        add_letters(&all, p->text.s + b->start, b->end - b->start);
    }
    add_letters(&part, text, strlen(text));
    const char *at = part.len ? all.s + start : NULL;
    while (at && (at = memmem(at, all.len - (size_t)(at - all.s), part.s, part.len)) && n)
        at++, n--;
    if (at)
        line = line_of(p, (size_t)(at - all.s));
    buf_release(&all);
    buf_release(&part);
    return line;
}

/* What stands above the notes themselves says names, too. */
static size_t first_line(const struct page *p) {
    size_t n = 0;

    while (n < p->lines.n && p->lines.v[n].body.role == ROLE_ERROR)
        n++;
    return n;
}

/* The name is marked where it stands as the roster has it. */
static void show_line(struct reader *r, size_t line, const char *name) {
    buf_clear(&r->needle);
    text_fold(&r->needle, name, strlen(name));
    ptrdiff_t at = page_find(&r->page, r->needle.s, r->needle.len, line, 1);
    if (at < (ptrdiff_t)line || at > (ptrdiff_t)line + NEAR) {
        buf_clear(&r->needle);
        r->page.top = line > NEAR ? line - NEAR : 0;
    }
    r->found = line;
}

static void go(struct leaks_screen *l) {
    struct preview *p = l->preview;
    struct page *page = &p->reader.page;
    uint32_t i = page_focus(&l->page);

    if (i == NONE || i >= p->leaks.v.n)
        return;
    const struct leak *leak = &p->leaks.v.v[i];
    size_t line = find_text(page, leak->text, rank_of(&p->leaks, i), first_line(page));
    shell_close(l->screen.shell, &l->screen);
    if (line == page->lines.n) {
        shell_say(l->screen.shell, "%s stands in %s, which is not shown here", leak->name,
                  leak->where);
        return;
    }
    show_line(&p->reader, line, leak->name);
}

/* ---- Allowing ---- */

static void allow_chosen(struct shell *sh, void *ctx, size_t i) {
    struct leaks_screen *l = ctx;
    struct preview *p = l->preview;

    if (i != 0) {
        shell_say(sh, "nothing was handed out");
        return;
    }
    shell_close(sh, &l->screen);
    preview_allow(p);
}

static void ask_allow(struct leaks_screen *l) {
    struct buf title = BUF_INIT;

    if (!l->preview->leaks.total || !shell_writable(l->screen.shell))
        return;
    buf_puts(&title, "Hand them out with ");
    leaks_names(&l->preview->leaks, &title);
    buf_puts(&title, "?");
    menu_ask(l->screen.shell, title.s, "Yes, and the log says so", "No", allow_chosen, l,
             NULL);
    buf_release(&title);
}

/* ---- Operations ---- */

static bool leaks_command(struct screen *s, const struct command *c,
                          const struct command_args *args, const char *key) {
    struct leaks_screen *l = of(s);

    (void)args;
    (void)key;
    switch (c->id) {
    case COMMAND_OPEN:
        go(l);
        return true;
    case COMMAND_NOTES_RELEASE:
        ask_allow(l);
        return true;
    case COMMAND_BACK:
        shell_close(s->shell, s);
        return true;
    default:
        return page_command(&l->page, c->id, true);
    }
}

/* A click on the one in focus goes there. */
static void leaks_mouse(struct screen *s, const struct input *in) {
    if (page_mouse(&of(s)->page, in, true))
        go(of(s));
}

static unsigned leaks_where(const struct screen *s) {
    (void)s;
    return ON_LEAKS;
}

static const char *leaks_label(const struct screen *s, enum command_id id) {
    bool brief = s->shell->canvas.columns < BRIEF;

    if (id == COMMAND_OPEN)
        return brief ? "Go" : "Go there";
    return id == COMMAND_BACK && brief ? "" : NULL;
}

static void leaks_close(struct screen *s) {
    page_release(&of(s)->page);
}

static const struct screen_ops leaks_screen = {
    .title = "Names",
    .where = leaks_where,
    .draw = leaks_draw,
    .command = leaks_command,
    .mouse = leaks_mouse,
    .label = leaks_label,
    .close = leaks_close,
};
