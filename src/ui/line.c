#include "line.h"

#include "model/textbuf.h"
#include "off_record.h"
#include "session/draft.h"
#include "shell_frame.h"
#include "typing.h"

enum { REMEMBERED = 100 };

/* ---- Memory ---- */

typedef VEC(char *) string_vec;

struct remembered {
    char *name;
    string_vec lines; /* oldest first */
};

/* What was typed and left, under the key of its draft. */
struct kept {
    char *key, *text;
};

struct line_memory {
    VEC(struct remembered) histories;
    VEC(struct kept) kept;
};

struct line_memory *line_memory_new(void) {
    return mem_zalloc(sizeof(struct line_memory));
}

void line_memory_free(struct line_memory *m) {
    for (size_t i = 0; i < m->histories.n; i++) {
        for (size_t j = 0; j < m->histories.v[i].lines.n; j++)
            mem_free(m->histories.v[i].lines.v[j]);
        vec_release(&m->histories.v[i].lines);
        mem_free(m->histories.v[i].name);
    }
    for (size_t i = 0; i < m->kept.n; i++) {
        mem_free(m->kept.v[i].key);
        mem_free(m->kept.v[i].text);
    }
    vec_release(&m->histories);
    vec_release(&m->kept);
    mem_free(m);
}

static string_vec *history_of(struct line_memory *m, const char *name) {
    for (size_t i = 0; i < m->histories.n; i++)
        if (strcmp(m->histories.v[i].name, name) == 0)
            return &m->histories.v[i].lines;
    struct remembered r = {.name = mem_strdup(name)};
    vec_push(&m->histories, r);
    return &m->histories.v[m->histories.n - 1].lines;
}

static void remember(struct line_memory *m, const char *name, const char *line) {
    string_vec *h = history_of(m, name);

    if (!*line || (h->n && strcmp(h->v[h->n - 1], line) == 0))
        return;
    vec_push(h, mem_strdup(line));
    if (h->n > REMEMBERED) {
        mem_free(h->v[0]);
        vec_remove(h, 0);
    }
}

static struct kept *find_kept(struct line_memory *m, const char *key) {
    for (size_t i = 0; i < m->kept.n; i++)
        if (strcmp(m->kept.v[i].key, key) == 0)
            return &m->kept.v[i];
    struct kept k = {mem_strdup(key), NULL};
    vec_push(&m->kept, k);
    return &m->kept.v[m->kept.n - 1];
}

static void set_kept(struct line_memory *m, const char *key, const char *text) {
    struct kept *k = find_kept(m, key);

    mem_free(k->text);
    k->text = mem_strdup(text);
}

/* ---- The line ---- */

struct line {
    struct screen screen;
    const struct line_ops *ops;
    void *ctx;
    char *prompt, *draft;
    struct textbuf *tb;
    size_t from;      /* the text is drawn from here */
    size_t recall;    /* lines back in the history; 0: what is being typed */
    char *own;        /* what was being typed when recalling began */
    uint64_t stored;  /* version of the text that is a draft on disk */
    struct rect area; /* of the text, in the last drawing */
    /* Candidates that the message shows, and where what they are for starts. */
    struct buf offered;
    size_t offered_at;
};

static const struct screen_ops line_screen;

static const char *text_of(const struct line *l) {
    return textbuf_text(l->tb, NULL);
}

static void tell_changed(struct line *l) {
    if (l->ops->changed)
        l->ops->changed(l->screen.shell, l->ctx, text_of(l));
}

/* What was left here before, in this run or by an earlier one. */
static bool restore(struct line *l) {
    struct shell *sh = l->screen.shell;
    struct buf b = BUF_INIT;
    struct err err = ERR_INIT;
    const char *kept = l->draft ? find_kept(sh->lines, l->draft)->text : NULL;

    if (kept)
        buf_puts(&b, kept);
    else if (l->draft && sh->session)
        draft_load(sh->session, l->draft, &b, &err);
    err_release(&err);
    bool any = b.len > 0;
    if (any) {
        textbuf_reset(l->tb, b.s, b.len);
        shell_say(sh, "this is what you left here; Ctrl-U clears it");
    }
    buf_release(&b);
    return any;
}

void line_open(struct shell *sh, const struct line_setup *setup) {
    struct line *l = mem_zalloc(sizeof *l);

    l->ops = setup->ops;
    l->ctx = setup->ctx;
    l->prompt = mem_strdup(setup->prompt);
    l->draft = setup->draft ? mem_strdup(setup->draft) : NULL;
    l->tb = textbuf_new(true);
    l->offered = (struct buf)BUF_INIT;
    shell_push(sh, &l->screen, &line_screen);
    if (!restore(l) && setup->text)
        textbuf_reset(l->tb, setup->text, strlen(setup->text));
    l->stored = textbuf_version(l->tb);
}

/* Not every line is worth a draft: a needle, a command are not. */
static void line_keep(struct screen *s) {
    struct line *l = (struct line *)s;
    struct err err = ERR_INIT;
    size_t len;
    const char *text = textbuf_text(l->tb, &len);

    if (!l->draft || !s->shell->session || l->stored == textbuf_version(l->tb) ||
        is_off_record(s->shell))
        return;
    l->stored = textbuf_version(l->tb);
    if (len ? draft_save(s->shell->session, l->draft, text, len, &err) < 0
            : draft_drop(s->shell->session, l->draft, &err) < 0)
        shell_error(s->shell, &err);
}

static void forget_draft(struct line *l) {
    struct shell *sh = l->screen.shell;
    struct err err = ERR_INIT;

    if (!l->draft || !sh->session)
        return;
    set_kept(sh->lines, l->draft, "");
    draft_drop(sh->session, l->draft, &err);
    err_release(&err);
    l->stored = textbuf_version(l->tb);
}

/* Whatever accept() opens stands above the line, which goes from under it. */
static void accept(struct line *l) {
    struct shell *sh = l->screen.shell;

    if (!l->ops->accept(sh, l->ctx, text_of(l)))
        return;
    if (!is_off_record(sh))
        remember(sh->lines, l->ops->memory, text_of(l));
    forget_draft(l);
    shell_close(sh, &l->screen);
}

static void leave(struct line *l) {
    struct shell *sh = l->screen.shell;

    if (l->draft && !is_off_record(sh)) {
        line_keep(&l->screen);
        set_kept(sh->lines, l->draft, text_of(l));
        if (*text_of(l) && sh->message_kind != SAY_ERROR)
            shell_say(sh, "not recorded; kept for the next time");
    }
    if (l->ops->leave)
        l->ops->leave(sh, l->ctx);
    shell_close(sh, &l->screen);
}

static void recall(struct line *l, int step) {
    string_vec *h = history_of(l->screen.shell->lines, l->ops->memory);
    size_t to = step > 0 ? l->recall + 1 : l->recall - 1;

    if ((step < 0 && l->recall == 0) || to > h->n)
        return;
    if (l->recall == 0) {
        mem_free(l->own);
        l->own = mem_strdup(text_of(l));
    }
    l->recall = to;
    const char *text = to ? h->v[h->n - to] : l->own;
    textbuf_set(l->tb, text, strlen(text));
    textbuf_text_end(l->tb);
    tell_changed(l);
}

static void leave_record(struct line *l) {
    struct shell *sh = l->screen.shell;
    bool kept = l->draft && *text_of(l) && !is_off_record(sh);

    leave(l);
    off_record_from_typing(sh, kept);
}

/* ---- Completion ---- */

/* Bytes that all candidates begin with, and how many candidates there are. */
static size_t common_start(const struct buf *list, size_t *count) {
    size_t common = strcspn(list->s, "\t\n");

    *count = 0;
    for (const char *p = list->s; *p; p += *p == '\n') {
        size_t len = strcspn(p, "\t\n"), same = 0;
        while (same < len && same < common && p[same] == list->s[same])
            same++;
        common = same;
        ++*count;
        p += strcspn(p, "\n");
    }
    while (common > 0 && ((unsigned char)list->s[common] & 0xc0) == 0x80)
        common--;
    return common;
}

static const char *between_candidates(const struct buf *list) {
    return strchr(list->s, '\t') ? " · " : " ";
}

/* "@smith J. SMITH (United States) · @smythe …" */
static void say_candidates(struct shell *sh, const struct buf *list) {
    const char *between = between_candidates(list);
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < list->len; i++) {
        if (list->s[i] == '\t')
            buf_putc(&b, ' ');
        else if (list->s[i] != '\n')
            buf_putc(&b, list->s[i]);
        else if (i + 1 < list->len)
            buf_puts(&b, between);
    }
    shell_say(sh, "%s", b.s);
    buf_release(&b);
}

static void put_completion(struct line *l, size_t start, const char *text, size_t len,
                           bool whole) {
    struct buf b = BUF_INIT;

    buf_add(&b, text, len);
    if (whole && len && text[len - 1] != '/')
        buf_putc(&b, ' ');
    for (size_t at = textbuf_cursor(l->tb); at > start; at = textbuf_cursor(l->tb))
        textbuf_backspace(l->tb);
    textbuf_paste(l->tb, b.s, b.len);
    buf_release(&b);
    tell_changed(l);
}

static void offer(struct line *l, const struct buf *list, size_t start) {
    say_candidates(l->screen.shell, list);
    buf_add(&l->offered, list->s, list->len);
    l->offered_at = start;
}

/* A click on one of those that the message shows. */
static bool take_offered(struct line *l, int y, int x) {
    size_t gap = strlen(between_candidates(&l->offered)), start = 0, at;

    if (!l->offered.len || !frame_message_at(l->screen.shell, y, x, &at))
        return false;
    for (const char *p = l->offered.s; *p; p += *p == '\n') {
        size_t len = strcspn(p, "\n");
        if (at >= start && at < start + len) {
            put_completion(l, l->offered_at, p, strcspn(p, "\t\n"), true);
            return true;
        }
        start += len + gap;
        p += len;
    }
    return false;
}

static void complete(struct line *l) {
    struct shell *sh = l->screen.shell;
    struct buf list = BUF_INIT, line = BUF_INIT;
    size_t cursor = textbuf_cursor(l->tb), count;

    buf_add(&line, text_of(l), cursor);
    size_t start = l->ops->complete(sh, l->ctx, line.s, &list);
    size_t common = common_start(&list, &count);
    /* What fits by another part of a name goes in once it alone fits; nor is one taken
     * unasked because the others are longer. */
    bool longer = common > cursor - start && !strchr("\t\n", list.s[common]) &&
                  strncmp(list.s, line.s + start, cursor - start) == 0;
    if (count == 0)
        shell_say(sh, "nothing begins so");
    else if (count > 1 && !longer)
        offer(l, &list, start);
    else
        put_completion(l, start, list.s, common, count == 1);
    buf_release(&list);
    buf_release(&line);
}

/* ---- Operations ---- */

static unsigned line_where(const struct screen *s) {
    (void)s;
    return ON_LINE;
}

static void edited(struct line *l, uint64_t before) {
    if (textbuf_version(l->tb) == before)
        return;
    l->recall = 0;
    shell_typed(l->screen.shell);
    tell_changed(l);
}

static bool line_command(struct screen *s, const struct command *c,
                         const struct command_args *args, const char *key) {
    struct line *l = (struct line *)s;
    uint64_t before = textbuf_version(l->tb);

    (void)args;
    (void)key;
    buf_clear(&l->offered);
    if (l->ops->command && l->ops->command(s->shell, l->ctx, c->id))
        return true;
    switch (c->id) {
    case COMMAND_EDIT_ACCEPT:
        accept(l);
        return true;
    case COMMAND_EDIT_LEAVE:
        leave(l);
        return true;
    case COMMAND_RECORD_TYPING:
        leave_record(l);
        return true;
    case COMMAND_EDIT_COMPLETE:
        if (l->ops->complete)
            complete(l);
        return true;
    case COMMAND_EDIT_EARLIER:
        recall(l, 1);
        return true;
    case COMMAND_EDIT_LATER:
        recall(l, -1);
        return true;
    default:
        break;
    }
    if (!typing_command(l->tb, c->id, 0))
        return false;
    edited(l, before);
    return true;
}

static void line_text(struct screen *s, const char *text, size_t len, bool pasted) {
    struct line *l = (struct line *)s;
    uint64_t before = textbuf_version(l->tb);
    size_t odd =
        pasted ? textbuf_paste(l->tb, text, len) : textbuf_insert(l->tb, text, len);

    buf_clear(&l->offered);
    typing_say_replaced(s->shell, odd);
    edited(l, before);
}

static int draw_hint(struct line *l, struct canvas *c, int y) {
    struct buf b = BUF_INIT;

    if (l->ops->hint)
        l->ops->hint(l->screen.shell, l->ctx, text_of(l), &b);
    int columns = (int)text_columns(b.s, b.len);
    if (columns > c->columns / 3)
        columns = c->columns / 3;
    if (columns > 0)
        canvas_text(c, y, c->columns - columns - 1, columns, ROLE_DIM, b.s, b.len);
    buf_release(&b);
    return columns ? columns + 2 : 0;
}

/* Draws text[from, end) in a row, the selection marked; the column after it. */
static void draw_selected(struct line *l, struct canvas *c, struct rect r) {
    size_t len, start = 0, end = 0;
    const char *text = textbuf_text(l->tb, &len);
    size_t stop = l->from + text_fit(text + l->from, len - l->from, (size_t)r.w);

    canvas_text(c, r.y, r.x, r.w, ROLE_NORMAL, text + l->from, stop - l->from);
    if (!textbuf_selection(l->tb, &start, &end) || end <= l->from || start >= stop)
        return;
    start = start > l->from ? start : l->from;
    end = end < stop ? end : stop;
    int x = (int)text_columns(text + l->from, start - l->from);
    canvas_text(c, r.y, r.x + x, r.w - x, ROLE_SELECTED, text + start, end - start);
}

static void line_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct line *l = (struct line *)s;
    int y = frame_input_row(c);
    int most = c->columns / 2;

    (void)area;
    canvas_fill(c, y, 0, c->columns, ROLE_NORMAL);
    int x = 1 + canvas_string(c, y, 1, most, ROLE_PROMPT, l->prompt);
    int room = c->columns - x - 1 - draw_hint(l, c, y);
    if (room < 8)
        room = 8;
    l->from = textbuf_scroll(l->tb, (size_t)room, l->from);
    l->area = (struct rect){y, x, 1, room};
    draw_selected(l, c, l->area);
    size_t cursor = textbuf_cursor(l->tb);
    canvas_cursor(c, y, x + (int)text_columns(text_of(l) + l->from, cursor - l->from));
}

static void line_mouse(struct screen *s, const struct input *in) {
    struct line *l = (struct line *)s;
    size_t len;
    const char *text = textbuf_text(l->tb, &len);
    bool click = in->kind == INPUT_CLICK;

    if (click && rect_has(l->area, in->y, in->x)) {
        textbuf_select(l->tb, false);
        textbuf_move(l->tb, l->from + text_fit(text + l->from, len - l->from,
                                               (size_t)(in->x - l->area.x)));
    } else if (click && take_offered(l, in->y, in->x)) {
        shell_typed(s->shell);
    }
    buf_clear(&l->offered);
}

static const char *line_label(const struct screen *s, enum command_id id) {
    const struct line *l = (const struct line *)s;

    if (id == COMMAND_EDIT_ACCEPT)
        return l->ops->enter;
    return id == COMMAND_EDIT_COMPLETE && !l->ops->complete ? "" : NULL;
}

static void line_close(struct screen *s) {
    struct line *l = (struct line *)s;

    if (l->ops->release)
        l->ops->release(l->ctx);
    textbuf_free(l->tb);
    buf_release(&l->offered);
    mem_free(l->prompt);
    mem_free(l->draft);
    mem_free(l->own);
}

static const struct screen_ops line_screen = {
    .title = "Line of input",
    .overlay = true,
    .where = line_where,
    .draw = line_draw,
    .command = line_command,
    .text = line_text,
    .mouse = line_mouse,
    .label = line_label,
    .keep = line_keep,
    .close = line_close,
};
