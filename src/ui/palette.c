#include "line.h"
#include "screens.h"

/* `:`: any command by name. What its arguments leave out is what is in hand. */

static struct screen *under_line(struct shell *sh) {
    return shell_below(sh, shell_top(sh));
}

/* Whether a word is written as a citation, be it of a place that exists or not. */
static bool looks_cited(const char *word) {
    size_t topic = strcspn(word, "(");
    return topic > 0 && topic <= 2 && word[topic] == '(' && strchr(word, ')');
}

/* Whether the first argument is left out, or is no place. */
static bool lacks_place(const struct workbook *w, const struct command *c,
                        const char *rest) {
    bool issue = strncmp(c->args, "ISSUE", 5) == 0;
    bool topic = strncmp(c->args, "TOPIC", 5) == 0;
    bool place = strncmp(c->args, "PLACE", 5) == 0;
    struct err err = ERR_INIT;
    struct ref ref;

    if (!issue && !topic && !place)
        return false;
    char *word = mem_strndup(rest, strcspn(rest, " "));
    bool is = looks_cited(word) ||
              (ref_parse(w, word, &ref, &err) == 0 && (!issue || ref.issue != NONE));
    err_release(&err);
    mem_free(word);
    return !is;
}

/* The line with the place in hand put in, where it says none. */
static void complete_line(struct shell *sh, const struct command *c, const char *rest,
                          struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    struct focus f = shell_focus(sh);

    buf_puts(out, c->name);
    if (w && lacks_place(w, c, rest) && f.ref.topic != NONE) {
        struct ref place = f.ref;
        if (strncmp(c->args, "TOPIC", 5) == 0)
            place.issue = NONE, place.sub = 0;
        buf_putc(out, ' ');
        ref_store(w, place, out);
    } else if (w && strncmp(c->args, "ENTRY", 5) == 0 && f.entry != NONE &&
               workbook_event(w, rest) == NONE) {
        char *word = mem_strndup(rest, strcspn(rest, " "));
        if (workbook_event(w, word) == NONE)
            buf_addf(out, " %s", w->log.v[f.entry].event.id);
        mem_free(word);
    }
    if (*rest)
        buf_addf(out, " %s", rest);
}

static bool give(struct shell *sh, const struct command *c,
                 const struct command_args *args) {
    struct screen *under = under_line(sh);

    if (under && under->ops->command && under->ops->command(under, c, args, ""))
        return true;
    if (c->id == COMMAND_HELP || c->id == COMMAND_PALETTE)
        return true;
    return shell_own_command(sh, c, args);
}

/* With no arguments a command asks for what it needs, as it does when its key is
 * pressed. */
static bool run_line(struct shell *sh, const char *line) {
    const struct workbook *w = shell_workbook(sh);
    struct err err = ERR_INIT;
    struct buf whole = BUF_INIT;
    struct command_line parsed = {0};
    size_t name;
    const struct command *c = command_of_line(line, &name, &err);
    const char *rest = line + name + strspn(line + name, " ");
    bool done = false;

    if (!c) {
        shell_error(sh, &err);
        return false;
    }
    if (!*rest || !w) {
        done = give(sh, c, NULL);
    } else {
        complete_line(sh, c, rest, &whole);
        if (command_parse(w, whole.s, &parsed, &err) < 0) {
            shell_error(sh, &err);
            buf_release(&whole);
            return false;
        }
        done = give(sh, parsed.command, &parsed.args);
        command_line_release(&parsed);
        buf_release(&whole);
    }
    if (!done)
        shell_say(sh, "%s does nothing on this screen", c->name);
    return done;
}

static bool palette_accept(struct shell *sh, void *ctx, const char *text) {
    (void)ctx;
    text += strspn(text, " \t");
    return !*text || run_line(sh, text);
}

/* Completes the line as it will be understood, with the place in hand put in; where it
 * could be the place that is being typed, that is offered first. */
static size_t palette_complete(struct shell *sh, void *ctx, const char *line,
                               struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    size_t name, start = command_complete(w, line, out);
    struct err err = ERR_INIT;
    const struct command *c = command_of_line(line, &name, &err);
    const char *rest = line + name + strspn(line + name, " ");
    struct buf whole = BUF_INIT;

    (void)ctx;
    err_release(&err);
    if (out->len || !c || !line[name])
        return start;
    complete_line(sh, c, rest, &whole);
    size_t in_whole = command_complete(w, whole.s, out);
    size_t from_end = whole.len - in_whole, len = strlen(line);
    buf_release(&whole);
    return from_end <= len ? len - from_end : len;
}

/* What the command named so far does. */
static void palette_hint(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    struct err err = ERR_INIT;
    size_t name;
    const struct command *c = command_of_line(text, &name, &err);

    (void)sh;
    (void)ctx;
    err_release(&err);
    if (c && *text)
        buf_puts(out, *c->args ? c->args : c->help);
}

static const struct line_ops palette_line = {
    .memory = "palette",
    .enter = "Do it",
    .accept = palette_accept,
    .complete = palette_complete,
    .hint = palette_hint,
};

void palette_open(struct shell *sh) {
    struct line_setup setup = {&palette_line, NULL, ":", NULL, NULL};

    line_open(sh, &setup);
}
