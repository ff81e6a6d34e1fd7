#include "background.h"

#include "base/text.h"
#include "reader.h"
#include "screens.h"

#include <strings.h>

void background_init(struct background *b) {
    page_init(&b->page);
    b->stale = true;
}

void background_release(struct background *b) {
    page_release(&b->page);
}

/* ---- What belongs to an issue ---- */

/* Whether one reference of a list ("A.b B.a.3") is the issue, one of its sub-questions,
 * or an issue of the topic. */
static bool ref_is(const struct workbook *w, const char *word, size_t len,
                   struct ref ref) {
    struct buf want = BUF_INIT;

    ref_store(w, ref, &want);
    bool is = len >= want.len && strncasecmp(word, want.s, want.len) == 0 &&
              (len == want.len || word[want.len] == '.');
    buf_release(&want);
    return is;
}

static bool belongs(const struct workbook *w, const char *issues, struct ref ref) {
    while (*issues) {
        size_t len = strcspn(issues, " ");
        if (ref_is(w, issues, len, ref))
            return true;
        issues += len + strspn(issues + len, " ");
    }
    return false;
}

static void add_item(struct page *p, const struct memo_item *item, size_t width) {
    size_t line = p->lines.n;

    page_memo(p, (int)width, ROLE_NORMAL, &item->text);
    page_head(p, line, 1, ROLE_STRONG, item->date);
    if (*item->url)
        page_string(p, (int)width, ROLE_DIM, item->url);
}

/* What is being put together: for whom. */
struct about {
    struct page *p;
    const struct workbook *w;
    struct ref ref;
};

static void add_items(const struct about *a, const struct memo_item *items, size_t n,
                      const char *title) {
    struct page *p = a->p;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (!belongs(a->w, items[i].issues, a->ref))
            continue;
        if (!any) {
            page_blank(p);
            page_string(p, 1, ROLE_HEADING, title);
        }
        any = true;
        add_item(p, &items[i], 13);
    }
}

/* ---- Terms ---- */

static bool mentions(const struct buf *folded, const char *name) {
    struct buf n = BUF_INIT;

    text_fold(&n, name, strlen(name));
    bool is = n.len && memmem(folded->s, folded->len, n.s, n.len) != NULL;
    buf_release(&n);
    return is;
}

static void add_term(struct page *p, const struct memo_term *t) {
    struct buf b = BUF_INIT;

    for (uint32_t i = 0; i < t->n_names; i++)
        buf_addf(&b, "%s%s", i ? " · " : "", t->names[i].name);
    page_add(p, 1, ROLE_NORMAL, b.s, b.len);
    if (t->definition.len)
        page_memo(p, 3, ROLE_DIM, &t->definition);
    buf_release(&b);
}

/* The terms that the words of the issue (or of the topic) hold. */
static void add_terms(struct page *p, const struct workbook *w, struct ref ref) {
    const struct memo *m = w->memo;
    struct buf words = BUF_INIT, folded = BUF_INIT;
    bool any = false;

    if (ref.issue != NONE)
        issue_words(w, ref.issue, &words);
    else
        buf_add(&words, w->topics.v[ref.topic].text->title.s,
                w->topics.v[ref.topic].text->title.len);
    text_fold(&folded, words.s, words.len);
    for (size_t i = 0; i < m->terms.n; i++) {
        const struct memo_term *t = &m->terms.v[i];
        bool here = false;
        for (uint32_t k = 0; k < t->n_names && !here; k++)
            here = mentions(&folded, t->names[k].name);
        if (!here)
            continue;
        if (!any) {
            page_blank(p);
            page_string(p, 1, ROLE_HEADING, "Terms");
        }
        any = true;
        add_term(p, t);
    }
    buf_release(&words);
    buf_release(&folded);
}

static void add_topic(struct page *p, const struct workbook *w, uint32_t topic) {
    const struct memo_topic *t = w->topics.v[topic].text;

    if (!t->p.n)
        return;
    page_blank(p);
    page_printf(p, 1, ROLE_HEADING, "Topic %s", t->id);
    for (uint32_t i = 0; i < t->p.n; i++)
        page_memo(p, 1, ROLE_NORMAL, &t->p.v[i]);
}

static void build(struct page *p, const struct workbook *w, struct ref ref) {
    const struct memo *m = w->memo;
    struct about a = {p, w, ref};
    struct buf title = BUF_INIT;

    buf_puts(&title, "Background of ");
    ref_print(w, ref, &title);
    page_add(p, 1, ROLE_HEADING, title.s, title.len);
    buf_release(&title);
    add_items(&a, m->references.v, m->references.n, "References");
    add_items(&a, m->chronology.v, m->chronology.n, "Chronology");
    add_terms(p, w, ref);
    if (p->lines.n == 1) {
        page_blank(p);
        page_string(p, 1, ROLE_DIM, "The memo gives no reference or date for this.");
    }
    add_topic(p, w, ref.topic);
}

void background_draw(struct background *b, const struct workbook *w, struct ref ref,
                     struct canvas *c, struct rect area, bool focused) {
    bool same = b->shown.topic == ref.topic && b->shown.issue == ref.issue;

    if (ref.topic == NONE)
        return;
    if (b->stale || !same || b->page.columns != area.w - 1) {
        if (!same)
            b->page.top = 0;
        page_begin(&b->page, area.w - 1);
        build(&b->page, w, ref);
        b->shown = ref;
        b->stale = false;
    }
    page_draw(&b->page, c, area, focused);
}

/* ---- The screen ---- */

struct background_screen {
    struct screen screen;
    struct background background;
    struct ref ref;
};

static const struct screen_ops background_screen;

void background_open(struct shell *sh, struct ref ref) {
    struct background_screen *b = mem_zalloc(sizeof *b);

    background_init(&b->background);
    b->ref = ref;
    shell_push(sh, &b->screen, &background_screen);
}

static unsigned background_where(const struct screen *s) {
    (void)s;
    return ON_BACKGROUND;
}

static void background_screen_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct background_screen *b = (struct background_screen *)s;

    background_draw(&b->background, shell_workbook(s->shell), b->ref, c,
                    rect_readable(area), true);
}

static bool background_command(struct screen *s, const struct command *c,
                               const struct command_args *args, const char *key) {
    struct background_screen *b = (struct background_screen *)s;

    (void)args;
    (void)key;
    if (c->id == COMMAND_BACK || c->id == COMMAND_OPEN) {
        shell_close(s->shell, s);
        return true;
    }
    return page_command(&b->background.page, c->id, false);
}

static void background_mouse(struct screen *s, const struct input *in) {
    page_mouse(&((struct background_screen *)s)->background.page, in, false);
}

static struct focus background_focus(const struct screen *s) {
    return (struct focus){((const struct background_screen *)s)->ref, NONE};
}

static void background_close(struct screen *s) {
    background_release(&((struct background_screen *)s)->background);
}

static const struct screen_ops background_screen = {
    .title = "Background",
    .where = background_where,
    .draw = background_screen_draw,
    .command = background_command,
    .mouse = background_mouse,
    .focus = background_focus,
    .close = background_close,
};
