#include "reader.h"

#include "base/text.h"
#include "find.h"

void reader_init(struct reader *r) {
    page_init(&r->page);
    r->needle = (struct buf)BUF_INIT;
}

void reader_draw(struct reader *r, struct canvas *c, struct rect area,
                 const char *title) {
    struct rect rest = {area.y + 1, area.x, area.h - 1, area.w};

    canvas_string(c, area.y, area.x + 1, area.w - 2, ROLE_HEADING, title);
    c->needle = r->needle.s;
    c->needle_len = r->needle.len;
    page_draw(&r->page, c, rest, true);
    c->needle = NULL;
}

/* ---- Finding ---- */

static struct reader *of(struct screen *s) {
    return (struct reader *)s;
}

static bool show(struct reader *r, size_t from, int step) {
    ptrdiff_t line = page_find(&r->page, r->needle.s, r->needle.len, from, step);

    if (line >= 0)
        r->found = (size_t)line;
    return line >= 0;
}

static void find_set(struct screen *s, const char *needle) {
    struct reader *r = of(s);

    buf_clear(&r->needle);
    text_fold(&r->needle, needle, strlen(needle));
    if (!show(r, r->origin, 1))
        r->page.top = r->origin;
}

static void find_step(struct screen *s, int step) {
    struct reader *r = of(s);
    size_t n = r->page.lines.n;

    if (!r->needle.len)
        shell_say(s->shell, "nothing was looked for yet: / finds");
    else if (!n || !show(r, step > 0 ? r->found + 1 : r->found + n - 1, step))
        shell_say(s->shell, "no match");
}

static void find_count(struct screen *s, struct buf *out) {
    struct reader *r = of(s);
    size_t start, end, n = 0;

    for (size_t i = 0; i < r->page.lines.n; i++) {
        const struct page_piece *b = &r->page.lines.v[i].body;
        n += text_find(r->page.text.s + b->start, b->end - b->start, 0, r->needle.s,
                       r->needle.len, &start, &end);
    }
    buf_addf(out, "%zu %s", n, n == 1 ? "line" : "lines");
}

static void find_end(struct screen *s, bool stay) {
    struct reader *r = of(s);

    if (stay)
        return;
    r->page.top = r->origin;
    buf_clear(&r->needle);
}

static const struct find_ops reader_find = {find_set, find_step, find_count, find_end};

/* ---- Operations ---- */

bool reader_command(struct screen *s, const struct command *c,
                    const struct command_args *args, const char *key) {
    struct reader *r = of(s);

    (void)key;
    switch (c->id) {
    case COMMAND_FIND:
        r->origin = r->page.top;
        return find_take(s, &reader_find, c->id, args);
    case COMMAND_BACK:
        if (r->needle.len)
            buf_clear(&r->needle);
        else
            shell_close(s->shell, s);
        return true;
    default:
        return find_take(s, &reader_find, c->id, args) ||
               page_command(&r->page, c->id, false);
    }
}

void reader_mouse(struct screen *s, const struct input *in) {
    page_mouse(&of(s)->page, in, false);
}

void reader_forget(struct screen *s) {
    buf_clear(&of(s)->needle);
}

void reader_close(struct screen *s) {
    page_release(&of(s)->page);
    buf_release(&of(s)->needle);
}
