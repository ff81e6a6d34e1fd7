#include "notes/print.h"

#include "base/steady.h"
#include "base/text.h"
#include "line.h"
#include "list.h"
#include "making.h"
#include "screens.h"

#include <stdlib.h>

/* Printers, and a job on its way. The document is made while a printer is chosen; the
 * job is followed to its end, which stays on the screen. */

enum {
    STEP_MS = 15,
    BAR_EVERY = 100,
    NAME_COLUMNS = 24,
    STATE_COLUMNS = 14,
    WHAT_MIN = 8, /* columns from which on a description says something */
    STATE_ROWS = 5,
    NARROW = 60, /* below so many columns the bar has a row of its own */
    WIDE = 100   /* from which on there is room for long names */
};

struct print_screen {
    struct screen screen;
    struct notes_options options; /* template_name is the next */
    char *template_name;
    struct making *making; /* the document, or NULL */
    struct buf document;
    struct leaks leaks; /* names in it that its attribution does not allow */
    struct err failed;  /* why there is none */

    struct print *printers; /* NULL: the server could not be asked */
    bool asking;            /* they are not there yet */
    struct err none;        /* why there are none */
    struct list list;       /* of them, the default one first */

    unsigned copies;
    size_t sides; /* index of sides[] */

    char *wanted;          /* the printer, once a job was asked for; else NULL */
    struct print *job;     /* NULL: not started, or ended */
    bool stopping;         /* Esc took it back */
    struct buf name, last; /* "job 12 on office"; what was said of it last */
    struct buf state;      /* what is known of it, or was its end */
    unsigned look;         /* of that: a role */
    int64_t since, drawn;  /* when it was asked for; when the bar was drawn */
};

static const struct screen_ops print_screen;

static const struct {
    const char *name, *words, *brief; /* NULL: as the queue is set */
} sides[] = {{NULL, "sides as the printer is set", "sides as set"},
             {"one", "one-sided", "one-sided"},
             {"long", "two-sided, long edge", "both, long edge"},
             {"short", "two-sided, short edge", "both, short edge"}};

enum { SIDES = sizeof sides / sizeof *sides };

static struct print_screen *of(struct screen *s) {
    return (struct print_screen *)s;
}

static bool is_pdf(const struct print_screen *p) {
    return strcmp(p->options.format, "pdf") == 0;
}

void print_open(struct shell *sh, const struct notes_options *o, struct buf *pdf) {
    struct print_screen *p = mem_zalloc(sizeof *p);

    p->options = *o;
    p->template_name = mem_strdup(o->template_name);
    p->options.template_name = p->template_name;
    p->options.format = print_format();
    p->document = p->name = p->last = p->state = (struct buf)BUF_INIT;
    p->copies = 1;
    if (is_pdf(p) && pdf->len) {
        p->document = *pdf;
        *pdf = (struct buf)BUF_INIT;
    } else {
        p->making = making_start(sh, &p->options);
    }
    p->printers = print_list(&p->none);
    p->asking = p->printers != NULL;
    shell_push(sh, &p->screen, &print_screen);
}

/* ---- Printers ---- */

/* The default one first, then as the server lists them; NULL after the last. */
static const struct printer *printer_at(const struct print_screen *p, size_t row) {
    size_t n = 0, first = 0;
    const struct printer *all = p->printers ? print_printers(p->printers, &n) : NULL;

    while (first < n && !all[first].is_default)
        first++;
    if (p->asking || row >= n)
        return NULL;
    if (first == n || row > first)
        return &all[row];
    return &all[row == 0 ? first : row - 1];
}

static bool step_printers(struct print_screen *p) {
    size_t n = 0;
    int state = print_step(p->printers, STEP_MS, &p->none);

    if (state > 0)
        return true;
    p->asking = false;
    if (state == 0)
        print_printers(p->printers, &n);
    if (state == 0 && n == 0) {
        err_set(&p->none, "the print server has no printers");
        err_todo(&p->none, "add one with lpadmin or in the desktop's settings");
    }
    list_set_count(&p->list, n);
    p->screen.shell->dirty = true;
    return false;
}

/* ---- The job ---- */

static void say(struct print_screen *p, unsigned look, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void say(struct print_screen *p, unsigned look, const char *fmt, ...) {
    va_list ap;

    va_start(ap, fmt);
    buf_clear(&p->state);
    buf_vaddf(&p->state, fmt, ap);
    va_end(ap);
    p->look = look;
    p->screen.shell->dirty = true;
}

static void say_error(struct print_screen *p, const struct err *err) {
    struct buf b = BUF_INIT;

    err_format(err, &b);
    say(p, ROLE_ERROR, "%s", b.s);
    buf_release(&b);
}

static void end_job(struct print_screen *p) {
    print_free(p->job);
    p->job = NULL;
    mem_free(p->wanted);
    p->wanted = NULL;
    p->stopping = false;
}

static void start_job(struct print_screen *p) {
    struct print_options o;
    struct buf title = BUF_INIT;
    struct err err = ERR_INIT;

    print_options_init(&o);
    print_title(p->template_name, &title);
    o.printer = p->wanted;
    o.copies = p->copies;
    o.sides = sides[p->sides].name ? print_sides_parse(sides[p->sides].name) : NULL;
    o.media = is_pdf(p) ? print_media_parse(paper_code(p->options.paper)) : NULL;
    o.title = title.s;
    o.type = is_pdf(p) ? "application/pdf" : "text/plain";
    buf_clear(&p->name);
    buf_clear(&p->last);
    if (making_log_names(p->screen.shell, &p->options, "paper", &p->leaks, &err) == 0)
        p->job = print_start(&o, p->document.s, p->document.len, &err);
    if (p->job) {
        say(p, ROLE_NORMAL, "to %s", p->wanted);
    } else {
        say_error(p, &err);
        end_job(p);
    }
    err_release(&err);
    buf_release(&title);
}

/* Lines as print.h has them. */
static void take_line(struct print_screen *p, const char *line) {
    struct buf *into = strncmp(line, "job ", 4) == 0 ? &p->name : &p->last;

    buf_clear(into);
    buf_puts(into, line);
    if (p->name.len && p->last.len)
        say(p, ROLE_NORMAL, "%s: %s", p->name.s, p->last.s);
    else
        say(p, ROLE_NORMAL, "%s", line);
}

static void say_end(struct print_screen *p) {
    const char *name = p->name.len ? p->name.s : p->wanted;

    if (!print_is_followed(p->job))
        say(p, ROLE_GOOD,
            "handed over to %s; what becomes of the job is not followed: memobook-print "
            "was not built",
            p->wanted);
    else if (strncmp(p->last.s, "gone", 4) == 0)
        say(p, ROLE_NORMAL, "%s: %s", name, p->last.s);
    else
        say(p, ROLE_GOOD, "done: %s was printed", name);
}

static bool step_job(struct print_screen *p) {
    struct err err = ERR_INIT;
    int state = print_step(p->job, STEP_MS, &err);

    for (const char *line; (line = print_line(p->job));)
        take_line(p, line);
    if (state > 0)
        return true;
    if (state == 0)
        say_end(p);
    else
        say_error(p, &err);
    err_release(&err);
    end_job(p);
    return false;
}

static bool step_making(struct print_screen *p) {
    int state = making_step(p->making, STEP_MS, &p->failed);

    if (state > 0)
        return true;
    if (state == 0) {
        const char *warnings = making_warnings(p->making);
        making_take(p->making, &p->document, &p->leaks);
        if (*warnings)
            shell_say(p->screen.shell, "%.*s", (int)strcspn(warnings, "\n"), warnings);
    }
    making_free(p->making);
    p->making = NULL;
    p->screen.shell->dirty = true;
    return false;
}

/* What was asked for begins when the document is there. */
static void go_on(struct print_screen *p) {
    if (!p->wanted || p->job || p->making)
        return;
    if (p->failed.what) {
        say_error(p, &p->failed);
        end_job(p);
    } else {
        start_job(p);
    }
}

static bool print_idle(struct screen *s) {
    struct print_screen *p = of(s);
    bool more = false;

    if (p->asking)
        more = step_printers(p);
    if (p->making && step_making(p))
        more = true;
    go_on(p);
    if (p->job && step_job(p))
        more = true;
    int64_t now = steady_ms();
    if (p->wanted && now - p->drawn >= BAR_EVERY) {
        p->drawn = now;
        s->shell->dirty = true;
    }
    return more;
}

static void print_now(struct print_screen *p) {
    const struct printer *printer = printer_at(p, p->list.at);

    if (!printer && p->asking)
        shell_say(p->screen.shell, "the print server has not answered yet");
    if (!printer || p->wanted)
        return;
    p->wanted = mem_strdup(printer->name);
    p->since = steady_ms();
    say(p, ROLE_NORMAL, "making the document");
    go_on(p);
}

/* Esc: takes the job back, and again: leaves it alone; else goes back. */
static void back(struct print_screen *p) {
    struct shell *sh = p->screen.shell;

    if (p->job && !p->stopping) {
        p->stopping = true;
        print_cancel(p->job);
        say(p, ROLE_NORMAL, "taking the job back; Esc again leaves it");
    } else if (p->wanted && !p->job) {
        end_job(p);
        say(p, ROLE_NORMAL, "nothing was printed");
    } else {
        if (p->job)
            shell_say(sh, "left; lpstat tells what becomes of the job");
        shell_close(sh, &p->screen);
    }
}

/* ---- Copies and sides ---- */

static bool set_copies(struct print_screen *p, long n) {
    bool ok = n >= 1 && n <= PRINT_COPIES_MAX;

    if (ok)
        p->copies = (unsigned)n;
    else
        shell_fail(p->screen.shell, "copies are 1 to %d", PRINT_COPIES_MAX);
    return ok;
}

static bool accept_copies(struct shell *sh, void *ctx, const char *text) {
    char *end;
    long n = strtol(text, &end, 10);

    (void)sh;
    return !*text || set_copies(ctx, *end ? 0 : n);
}

static const struct line_ops copies_line = {
    .memory = "copies", .enter = "Set", .accept = accept_copies};

static void open_copies(struct print_screen *p) {
    struct line_setup setup = {&copies_line, p, "copies> ", NULL, NULL};

    line_open(p->screen.shell, &setup);
}

static void choose_sides(struct print_screen *p, const char *word) {
    size_t i = 1;

    if (!word || !*word) {
        p->sides = (p->sides + 1) % SIDES;
        return;
    }
    while (i < SIDES && strncmp(sides[i].name, word, strlen(word)) != 0)
        i++;
    if (i < SIDES)
        p->sides = i;
    else
        shell_fail(p->screen.shell, "sides are one, long or short");
}

/* The pages are made anew for another one. */
static void choose_paper(struct print_screen *p, const char *word) {
    int other = p->options.paper == PAPER_A4 ? PAPER_LETTER : PAPER_A4;
    int paper = word && *word ? paper_parse(word) : other;

    if (paper < 0)
        shell_fail(p->screen.shell, "paper is a4 or letter");
    else if (!is_pdf(p))
        shell_say(p->screen.shell, "lines of text have no paper of their own");
    else if (p->wanted)
        shell_say(p->screen.shell, "the job is under way: wait for it, or Esc");
    else if ((enum paper)paper != p->options.paper) {
        p->options.paper = (enum paper)paper;
        making_free(p->making);
        buf_clear(&p->document);
        err_release(&p->failed);
        leaks_release(&p->leaks);
        p->making = making_start(p->screen.shell, &p->options);
    }
}

/* ---- Drawing ---- */

static void draw_printer(void *ctx, struct canvas *c, size_t row, struct rect line,
                         bool focused) {
    const struct print_screen *p = ctx;
    const struct printer *x = printer_at(p, row);
    unsigned on = focused ? (unsigned)ROLE_SELECTED : 0;
    int name = line.w < NARROW ? NAME_COLUMNS / 2
               : line.w < WIDE ? NAME_COLUMNS
                               : NAME_COLUMNS * 3 / 2;
    int at = line.x + 1;

    if (!x)
        return;
    canvas_fill(c, line.y, line.x, line.w, ROLE_NORMAL | on);
    canvas_string(c, line.y, at, name, ROLE_STRONG | on, x->name);
    at += name + 1;
    canvas_string(c, line.y, at, STATE_COLUMNS, ROLE_NORMAL | on, x->state);
    at += STATE_COLUMNS + 1;
    int room = line.x + line.w - at - 10;
    if (room >= WHAT_MIN)
        canvas_string(c, line.y, at, room, ROLE_NORMAL | on, x->what);
    if (x->is_default)
        canvas_right(c, line.y, line.x + line.w - 1, 9, ROLE_NORMAL | on, "default");
    if (focused)
        canvas_cursor(c, line.y, line.x);
}

static void add_document(const struct print_screen *p, bool narrow, struct buf *out) {
    size_t pages = is_pdf(p) ? notes_pages(&p->document) : 0;

    buf_addf(out, "%s%s · %s%s%s", narrow ? "" : "Print: ", p->template_name,
             narrow ? "" : "attribution: ", attribution_code(p->options.attribution),
             p->options.private ? " · private" : "");
    if (pages)
        buf_addf(out, " · %zu %s", pages, pages == 1 ? "page" : "pages");
    else if (!is_pdf(p))
        buf_puts(out, " · plain text");
}

/* One that a click chooses anew; the column after it. */
static int draw_setting(struct canvas *c, int y, int x, const char *words,
                        const char *key) {
    if (x > 1)
        x += canvas_string(c, y, x, c->columns - x - 1, ROLE_NORMAL, " · ");
    int n = canvas_string(c, y, x, c->columns - x - 1, ROLE_NORMAL, words);
    canvas_spot(c, (struct rect){y, x, 1, n}, key);
    return x + n;
}

static void draw_settings(const struct print_screen *p, struct canvas *c, int y) {
    struct buf copies = BUF_INIT;

    buf_addf(&copies, "%u %s", p->copies, p->copies == 1 ? "copy" : "copies");
    int x = draw_setting(c, y, 1, copies.s, "c");
    if (is_pdf(p))
        x = draw_setting(c, y, x, paper_name(p->options.paper), "m");
    draw_setting(c, y, x,
                 c->columns < NARROW ? sides[p->sides].brief : sides[p->sides].words,
                 "d");
    buf_release(&copies);
}

/* The text at the foot of an area, at most `most` rows of it; the rows that it takes. */
static int draw_foot(struct canvas *c, struct rect area, unsigned look,
                     const struct buf *text, int most) {
    int n = text->len ? canvas_wrapped_rows(text->s, text->len, area.w, most) : 0;
    struct rect foot = {area.y + area.h - n, area.x, n, area.w};

    canvas_wrapped(c, foot, look, text->s, text->len);
    return n;
}

/* What is known of the job, at the foot; the rows that it takes. */
static int draw_state(const struct print_screen *p, struct canvas *c, struct rect area) {
    bool narrow = area.w < NARROW;
    int most = area.h - 3 < STATE_ROWS ? area.h - 3 : STATE_ROWS;

    if (most < 1)
        most = 1;
    if (!p->wanted)
        return draw_foot(c, area, p->look, &p->state, most);
    struct rect row = {area.y + area.h - 1, area.x, 1, area.w};
    making_draw_bar(c, row, narrow ? "" : p->state.s, steady_ms() - p->since,
                    p->stopping ? "Esc leaves" : "Esc cancels");
    area.h--;
    return 1 + (narrow ? draw_foot(c, area, p->look, &p->state, most - 1) : 0);
}

static void draw_none(const struct print_screen *p, struct canvas *c, struct rect area) {
    struct buf b = BUF_INIT;

    if (p->asking)
        buf_puts(&b, "asking the print server…");
    else
        err_format(&p->none, &b);
    canvas_wrapped(c, area, p->asking ? ROLE_DIM : ROLE_ERROR, b.s, b.len);
    buf_release(&b);
}

static void print_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct print_screen *p = of(s);
    struct buf title = BUF_INIT;
    int gap = area.h > 8; /* a blank line where there is room */

    add_document(p, area.w < NARROW, &title);
    canvas_string(c, area.y, area.x + 1, area.w - 2, ROLE_HEADING, title.s);
    draw_settings(p, c, area.y + 1);
    int foot = draw_state(p, c, area);
    struct rect middle = {area.y + 2 + gap, area.x, area.h - 2 - gap - foot, area.w};
    if (p->list.n)
        list_draw(&p->list, c, rect_readable(middle), draw_printer, p);
    else
        draw_none(p, c, middle);
    buf_release(&title);
}

/* ---- Operations ---- */

static bool print_command(struct screen *s, const struct command *c,
                          const struct command_args *args, const char *key) {
    struct print_screen *p = of(s);

    (void)key;
    switch (c->id) {
    case COMMAND_OPEN:
        print_now(p);
        return true;
    case COMMAND_BACK:
        back(p);
        return true;
    case COMMAND_NOTES_COPIES:
        if (args && args->number >= 0)
            set_copies(p, args->number);
        else
            open_copies(p);
        return true;
    case COMMAND_NOTES_SIDES:
        choose_sides(p, args ? args->text : NULL);
        return true;
    case COMMAND_NOTES_PAPER:
        choose_paper(p, args ? args->text : NULL);
        return true;
    default:
        return list_command(&p->list, c->id);
    }
}

static void print_mouse(struct screen *s, const struct input *in) {
    if (list_mouse(&of(s)->list, in))
        print_now(of(s));
}

static unsigned print_where(const struct screen *s) {
    (void)s;
    return ON_PRINT;
}

static const char *print_label(const struct screen *s, enum command_id id) {
    const struct print_screen *p = (const struct print_screen *)s;

    if (id == COMMAND_OPEN)
        return p->list.n && !p->wanted ? "Print" : "";
    if (id == COMMAND_BACK)
        return p->wanted ? "Cancel" : NULL;
    if (id == COMMAND_NOTES_PAPER && (p->wanted || !is_pdf(p)))
        return "";
    return NULL;
}

static void print_close(struct screen *s) {
    struct print_screen *p = of(s);

    end_job(p);
    print_free(p->printers);
    making_free(p->making);
    mem_free(p->template_name);
    leaks_release(&p->leaks);
    err_release(&p->failed);
    err_release(&p->none);
    buf_release(&p->document);
    buf_release(&p->name);
    buf_release(&p->last);
    buf_release(&p->state);
}

static const struct screen_ops print_screen = {
    .title = "Print",
    .where = print_where,
    .draw = print_draw,
    .command = print_command,
    .mouse = print_mouse,
    .label = print_label,
    .idle = print_idle,
    .close = print_close,
};
