#include "screens.h"
#include "shell_frame.h"

#include <ctype.h>
#include <strings.h>

/* `g`: letters that jump at once and narrow. */
struct goto_screen {
    struct screen screen;
    struct screen *workbook;
    char typed[2 * MEMO_ID_MAX + 1];
};

static const struct screen_ops goto_screen;

void goto_open(struct screen *workbook) {
    struct goto_screen *g = mem_zalloc(sizeof *g);

    g->workbook = workbook;
    shell_push(workbook->shell, &g->screen, &goto_screen);
}

/* What typed letters may mean: the best of it, and whether more letters may follow. */
struct meaning {
    struct ref ref;
    enum { NOTHING, BEGINS_ISSUE, BEGINS_TOPIC, IS_TOPIC, IS_ISSUE } how;
    bool open;
};

static void consider(struct meaning *m, struct ref ref, int how) {
    if ((int)m->how >= how)
        return;
    m->how = (unsigned)how;
    m->ref = ref;
}

static void consider_issues(const struct workbook *w, uint32_t topic, const char *rest,
                            struct meaning *m) {
    uint32_t n = topic_count(w, topic);
    size_t len = strlen(rest);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t issue = topic_issue(w, topic, i);
        const char *id = issue_id(w, issue);
        if (strncasecmp(id, rest, len) != 0 || !w->issues.v[issue].live)
            continue;
        if (id[len])
            m->open = true;
        consider(m, ref_of_issue(w, issue), id[len] ? BEGINS_ISSUE : IS_ISSUE);
    }
}

static struct meaning meaning_of(const struct workbook *w, const char *typed) {
    struct meaning m = {REF_NONE, NOTHING, false};
    size_t len = strlen(typed);

    for (uint32_t t = 0; t < w->topics.n; t++) {
        const char *id = w->topics.v[t].text->id;
        size_t id_len = strlen(id);
        struct ref topic = {t, NONE, 0};
        if (strncasecmp(id, typed, len) == 0) {
            m.open = true;
            consider(&m, topic, id_len == len ? IS_TOPIC : BEGINS_TOPIC);
        } else if (strncasecmp(id, typed, id_len) == 0) {
            consider_issues(w, t, typed + id_len, &m);
        }
    }
    return m;
}

static bool goto_first(struct screen *s, const struct input *in) {
    struct goto_screen *g = (struct goto_screen *)s;
    size_t len = strlen(g->typed);
    struct meaning m = {.how = NOTHING};

    if (in->kind == INPUT_KEY && in->len == 1 && len + 1 < sizeof g->typed &&
        (isalnum((unsigned char)in->text[0]) || in->text[0] == '-')) {
        g->typed[len] = in->text[0];
        m = meaning_of(shell_workbook(s->shell), g->typed);
    }
    if (m.how != NOTHING)
        workbook_screen_go(g->workbook, m.ref);
    else
        g->typed[len] = 0;
    if (m.how == NOTHING || (m.how == IS_ISSUE && !m.open))
        shell_close(s->shell, s);
    return m.how != NOTHING || strcmp(in->name, "Enter") == 0 ||
           strcmp(in->name, "Esc") == 0;
}

static unsigned goto_where(const struct screen *s) {
    (void)s;
    return ON_MENU;
}

static void goto_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct goto_screen *g = (struct goto_screen *)s;
    int y = frame_input_row(c), x = 1;

    (void)area;
    canvas_fill(c, y, 0, c->columns, ROLE_NORMAL);
    x += canvas_string(c, y, x, c->columns, ROLE_PROMPT, "go to> ");
    x += canvas_string(c, y, x, c->columns - x, ROLE_NORMAL, g->typed);
    canvas_cursor(c, y, x);
    canvas_string(c, frame_key_row(c), 1, c->columns - 2, ROLE_DIM,
                  "a topic's letter, then an issue's; Enter stays");
}

/* The last line says what can be typed instead. */
static const char *goto_label(const struct screen *s, enum command_id id) {
    (void)s;
    (void)id;
    return "";
}

static void goto_mouse(struct screen *s, const struct input *in) {
    struct screen *workbook = ((struct goto_screen *)s)->workbook;

    shell_close(s->shell, s);
    workbook->ops->mouse(workbook, in);
}

static const struct screen_ops goto_screen = {
    .title = "Go to",
    .overlay = true,
    .where = goto_where,
    .draw = goto_draw,
    .first = goto_first,
    .mouse = goto_mouse,
    .label = goto_label,
};
