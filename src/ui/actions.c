#include "actions_private.h"

#include "base/text.h"
#include "editor.h"
#include "model/capture.h"
#include "names.h"

#include <stdio.h>

struct command_args action_args(struct focus f) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.ref = f.ref;
    args.entry = f.entry;
    return args;
}

/* "note A(b)> " and "note A.b": a prompt, and the key of its draft. */
static void name_place(struct shell *sh, const char *what, struct ref ref,
                       struct buf *prompt, struct buf *draft) {
    const struct workbook *w = shell_workbook(sh);

    buf_addf(prompt, "%s ", what);
    ref_print(w, ref, prompt);
    buf_puts(prompt, "> ");
    buf_addf(draft, "%s ", what);
    ref_store(w, ref, draft);
}

/* ---- Lines: a note, an action item, an issue from the room, a move ---- */

struct capture_line {
    enum command_id command;
    struct command_args args;
};

static bool accept_line(struct shell *sh, void *ctx, const char *text) {
    struct capture_line *l = ctx;

    if (text_blank(text))
        return true;
    l->args.text = text;
    return shell_run(sh, l->command, &l->args) == 0;
}

/* "YAKUSHEV (Russian Federation)" for a participant, else what was typed. Without a name
 * a note is of who has the floor, as the session will have it. */
static void hint_who(const struct workbook *w, const struct capture *c, bool action,
                     struct buf *out) {
    const char *who = c->owner ? c->owner : c->speaker;
    uint32_t speaker = w->room.floor.speaker;
    index_vec found = {0};

    if (who && strcmp(who, "-") == 0)
        return;
    if (who)
        name_find(w, who, &found);
    if (found.n == 1) {
        buf_puts(out, " · ");
        name_and_side(w, found.v[0], out);
    } else if (who) {
        buf_addf(out, " · %s", who);
    } else if (!action && !c->non_attributable && speaker != NONE) {
        buf_puts(out, " · ");
        name_and_side(w, speaker, out);
    }
    vec_release(&found);
}

static void hint_capture(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    const struct capture_line *l = ctx;
    struct capture c = CAPTURE_INIT;

    if (text_blank(text))
        return;
    capture_parse(text, &c);
    /* A name that is being typed is text still. */
    if (*c.text == '@' && c.text[1] && !strchr(c.text, ' ')) {
        name_hint(shell_workbook(sh), c.text + 1, out);
        capture_release(&c);
        return;
    }
    bool action = c.action || l->command == COMMAND_ACTION;
    buf_puts(out, action ? "action" : note_kinds[c.kind].code);
    hint_who(shell_workbook(sh), &c, action, out);
    if (*c.due)
        buf_addf(out, " · by %s", c.due);
    if (c.non_attributable)
        buf_puts(out, " · no name");
    capture_release(&c);
}

size_t action_complete_name(struct shell *sh, void *ctx, const char *line,
                            struct buf *out) {
    (void)ctx;
    return name_complete_at(shell_workbook(sh), line, out);
}

static const struct line_ops note_line = {
    .memory = "note",
    .enter = "Record",
    .accept = accept_line,
    .complete = action_complete_name,
    .hint = hint_capture,
    .release = mem_free,
};

static const struct line_ops issue_line = {
    .memory = "issue",
    .enter = "Record",
    .accept = accept_line,
    .release = mem_free,
};

static void open_line(struct shell *sh, const struct line_ops *ops, enum command_id id,
                      const char *what, struct focus f) {
    struct capture_line *l = mem_zalloc(sizeof *l);
    struct buf prompt = BUF_INIT, draft = BUF_INIT;

    l->command = id;
    l->args = action_args(f);
    name_place(sh, what, f.ref, &prompt, &draft);
    struct line_setup setup = {ops, l, prompt.s, NULL, draft.s};
    line_open(sh, &setup);
    buf_release(&prompt);
    buf_release(&draft);
}

static bool accept_move(struct shell *sh, void *ctx, const char *text) {
    struct capture_line *l = ctx;
    struct err err = ERR_INIT;

    if (text_blank(text))
        return true;
    if (ref_parse(shell_workbook(sh), text, &l->args.to, &err) < 0) {
        shell_error(sh, &err);
        return false;
    }
    return shell_run(sh, COMMAND_MOVE, &l->args) == 0;
}

size_t action_complete_issue(struct shell *sh, void *ctx, const char *line,
                             struct buf *out) {
    static const char before[] = "goto ";
    struct buf b = BUF_INIT;

    (void)ctx;
    buf_addf(&b, "%s%s", before, line);
    size_t start = command_complete(shell_workbook(sh), b.s, out);
    buf_release(&b);
    return start >= sizeof before - 1 ? start - (sizeof before - 1) : strlen(line);
}

static const struct line_ops move_line = {
    .memory = "move",
    .enter = "Move",
    .accept = accept_move,
    .complete = action_complete_issue,
    .release = mem_free,
};

static void open_move(struct shell *sh, struct focus f) {
    struct capture_line *l = mem_zalloc(sizeof *l);
    struct line_setup setup = {&move_line, l, "move this entry to> ", NULL, NULL};

    l->command = COMMAND_MOVE;
    l->args = action_args(f);
    line_open(sh, &setup);
}

/* ---- A time box ---- */

/* Parsed as the palette does, so that what is wrong is said in the same words. */
static bool accept_minutes(struct shell *sh, void *ctx, const char *text) {
    const struct workbook *w = shell_workbook(sh);
    const struct capture_line *l = ctx;
    struct command_line parsed = {0};
    struct err err = ERR_INIT;
    struct buf line = BUF_INIT;

    if (text_blank(text))
        return true;
    buf_addf(&line, "%s ", commands[COMMAND_TIMEBOX].name);
    ref_store(w, l->args.ref, &line);
    buf_addf(&line, " %s", text + strspn(text, " \t"));
    bool ok = command_parse(w, line.s, &parsed, &err) == 0;
    if (ok)
        ok = shell_run(sh, COMMAND_TIMEBOX, &parsed.args) == 0;
    else
        shell_error(sh, &err);
    command_line_release(&parsed);
    buf_release(&line);
    return ok;
}

/* What holds now. */
static void hint_minutes(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    struct ref ref = ((const struct capture_line *)ctx)->args.ref;
    unsigned have = ref.issue != NONE ? w->issues.v[ref.issue].minutes
                                      : w->topics.v[ref.topic].minutes;

    (void)text;
    if (have)
        buf_addf(out, "%u min; 0 for none", have);
}

static const struct line_ops minutes_line = {
    .memory = "minutes",
    .enter = "Set",
    .accept = accept_minutes,
    .hint = hint_minutes,
    .release = mem_free,
};

static void open_minutes(struct shell *sh, struct focus f) {
    struct capture_line *l = mem_zalloc(sizeof *l);
    struct buf prompt = BUF_INIT;
    struct line_setup setup = {&minutes_line, l, NULL, NULL, NULL};

    f.ref.sub = 0;
    l->args = action_args(f);
    buf_puts(&prompt, "time box of ");
    ref_print(shell_workbook(sh), f.ref, &prompt);
    buf_puts(&prompt, ", minutes> ");
    setup.prompt = prompt.s;
    line_open(sh, &setup);
    buf_release(&prompt);
}

/* ---- The editor ---- */

static const char *entry_text(const struct workbook *w, uint32_t entry) {
    return entry == NONE ? "" : w->entries.v[entry].text;
}

static void open_editor(struct shell *sh, enum command_id id, struct command_args args,
                        const char *title, const char *draft, const char *text) {
    struct editor_setup setup = {id, args, args.ref.issue, title, draft, text};

    editor_open(sh, &setup);
}

static void edit_answer(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    struct buf title = BUF_INIT, draft = BUF_INIT;

    buf_puts(&title, "Answer to ");
    ref_print(w, f.ref, &title);
    buf_puts(&draft, "answer ");
    ref_store(w, f.ref, &draft);
    open_editor(sh, COMMAND_ANSWER, action_args(f), title.s, draft.s,
                entry_text(w, issue_answer(w, f.ref.issue, f.ref.sub)));
    buf_release(&title);
    buf_release(&draft);
}

/* A position behind the mark of its stance. */
static void as_typed(const struct workbook *w, uint32_t position, struct buf *out) {
    unsigned stance = position == NONE ? STANCE_NONE : w->entries.v[position].stance;

    if (stance != STANCE_NONE)
        buf_addf(out, "%c ", stances[stance].mark);
    buf_puts(out, entry_text(w, position));
}

static void edit_position(struct shell *sh, struct focus f, const char *side) {
    const struct workbook *w = shell_workbook(sh);
    struct command_args args = action_args(f);
    struct buf title = BUF_INIT, draft = BUF_INIT, text = BUF_INIT;

    args.side = side;
    args.ref.sub = 0;
    buf_addf(&title, "Position of %s on ", side_name(w, side));
    ref_print(w, args.ref, &title);
    buf_puts(&draft, "position ");
    ref_store(w, args.ref, &draft);
    buf_addf(&draft, " %s", side);
    as_typed(w, issue_position(w, f.ref.issue, side), &text);
    open_editor(sh, COMMAND_POSITION, args, title.s, draft.s, text.s);
    buf_release(&title);
    buf_release(&draft);
    buf_release(&text);
}

static void edit_wording(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    const struct memo_issue *t = w->issues.v[f.ref.issue].text;
    struct buf title = BUF_INIT, draft = BUF_INIT, text = BUF_INIT;

    f.ref.sub = 0;
    buf_puts(&title, "Another wording of ");
    ref_print(w, f.ref, &title);
    buf_puts(&draft, "reword ");
    ref_store(w, f.ref, &draft);
    for (uint32_t i = 0; i < t->p.n; i++) {
        if (i)
            buf_putc(&text, '\n');
        buf_add(&text, t->p.v[i].s, t->p.v[i].len);
    }
    open_editor(sh, COMMAND_REWORD, action_args(f), title.s, draft.s, text.s);
    buf_release(&title);
    buf_release(&draft);
    buf_release(&text);
}

/* A note or an action item as the capture line that made it. */
static void as_captured(const struct workbook *w, const struct entry *e,
                        struct buf *out) {
    char *who = mem_strdup(*e->speaker ? e->speaker : e->side);
    char *owner = mem_strdup(e->owner), *text = mem_strdup(e->text);
    struct capture c = {
        .speaker = *who ? who : NULL,
        .kind = (enum capture_kind)e->note_kind,
        .action = e->kind == ENTRY_ACTION,
        .owner = *owner ? owner : NULL,
        .non_attributable =
            e->attribution == ATTRIBUTION_NONE && w->memo->rule != RULE_CHATHAM_HOUSE,
        .text = text,
    };

    snprintf(c.due, sizeof c.due, "%s", e->due);
    capture_format(&c, out);
    mem_free(who);
    mem_free(owner);
    mem_free(text);
}

static void edit_entry(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    const struct entry *e = &w->entries.v[workbook_entry(w, f.entry)];
    struct buf title = BUF_INIT, draft = BUF_INIT, text = BUF_INIT;

    buf_puts(&title, "Correction of an entry of ");
    ref_print(w, f.ref, &title);
    buf_addf(&draft, "revise %s", w->log.v[f.entry].event.id);
    if (e->kind == ENTRY_NOTE || e->kind == ENTRY_ACTION)
        as_captured(w, e, &text);
    else
        buf_puts(&text, e->text);
    open_editor(sh, COMMAND_REVISE, action_args(f), title.s, draft.s, text.s);
    buf_release(&title);
    buf_release(&draft);
    buf_release(&text);
}

/* ---- Menus ---- */

struct focus *action_copy_focus(struct focus f) {
    struct focus *copy = mem_alloc(sizeof *copy);

    *copy = f;
    return copy;
}

const struct side *action_side(const struct workbook *w, size_t i) {
    for (size_t k = 0; k < w->room.sides.n; k++)
        if (w->room.sides.v[k].live && i-- == 0)
            return &w->room.sides.v[k];
    return NULL;
}

static void side_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct focus *f = ctx;
    const struct side *side = action_side(shell_workbook(sh), i);

    if (side)
        edit_position(sh, *f, side->id);
}

static void choose_side(struct shell *sh, struct focus f) {
    const struct workbook *w = shell_workbook(sh);
    struct menu_item items[MENU_MAX];
    const struct side *side;
    size_t n = 0;

    for (; n < MENU_MAX && (side = action_side(w, n)) != NULL; n++) {
        items[n].label = side->name;
        menu_letter(items, n, side->id);
    }
    if (n == 0) {
        shell_say(sh, "there are no sides yet: m is where people and sides are");
        return;
    }
    struct menu_setup menu = {"Position of",        items,   n, MENU_MAX, side_chosen,
                              action_copy_focus(f), mem_free};
    menu_open(sh, &menu);
}

static void disposition_chosen(struct shell *sh, void *ctx, size_t i) {
    agreement_dispose_chosen(sh, *(struct focus *)ctx, (enum disposition)i);
}

static void choose_disposition(struct shell *sh, struct focus f) {
    struct menu_item items[DISPOSITION_COUNT];
    char labels[DISPOSITION_COUNT][48];

    for (size_t i = 0; i < DISPOSITION_COUNT; i++) {
        snprintf(labels[i], sizeof labels[i], "%s %s", dispositions[i].mark,
                 dispositions[i].words);
        items[i] = (struct menu_item){{dispositions[i].letter}, labels[i]};
    }
    struct menu_setup menu = {"Disposition",
                              items,
                              DISPOSITION_COUNT,
                              shell_workbook(sh)->issues.v[f.ref.issue].disposition,
                              disposition_chosen,
                              action_copy_focus(f),
                              mem_free};
    menu_open(sh, &menu);
}

static void priority_chosen(struct shell *sh, void *ctx, size_t i) {
    struct command_args args = action_args(*(struct focus *)ctx);

    args.number = (int)i;
    shell_run(sh, COMMAND_PRIORITY, &args);
}

/* A digit is the key and the priority in one. */
static void choose_priority(struct shell *sh, struct focus f, const char *key) {
    static const struct menu_item items[] = {
        {"0", "none"}, {"1", "high"}, {"2", "middle"}, {"3", "low"}};

    if (key && *key >= '0' && *key <= '3') {
        priority_chosen(sh, &f, (size_t)(*key - '0'));
        return;
    }
    struct menu_setup menu = {"Priority",
                              items,
                              4,
                              shell_workbook(sh)->issues.v[f.ref.issue].priority,
                              priority_chosen,
                              action_copy_focus(f),
                              mem_free};
    menu_open(sh, &menu);
}

static void attribution_chosen(struct shell *sh, void *ctx, size_t i) {
    struct command_args args = action_args(*(struct focus *)ctx);

    args.text = attribution_code((enum attribution)i);
    shell_run(sh, COMMAND_ATTRIBUTE, &args);
}

static void choose_attribution(struct shell *sh, struct focus f) {
    static const struct menu_item items[] = {{"n", "the name may be printed"},
                                             {"s", "the side only"},
                                             {"-", "nobody: no name and no side"}};
    const struct workbook *w = shell_workbook(sh);
    struct menu_setup menu = {"Who may be named for it",
                              items,
                              3,
                              w->entries.v[workbook_entry(w, f.entry)].attribution,
                              attribution_chosen,
                              action_copy_focus(f),
                              mem_free};

    menu_open(sh, &menu);
}

/* ---- Commands ---- */

static void expunge_chosen(struct shell *sh, void *ctx, size_t i) {
    struct command_args args = action_args(*(struct focus *)ctx);

    args.text = "yes";
    if (i == 0)
        shell_run(sh, COMMAND_EXPUNGE, &args);
    else
        shell_say(sh, "nothing was expunged");
}

static void ask_expunge(struct shell *sh, struct focus f) {
    menu_ask(sh, "Expunge this entry from the file?", "Yes, for good: no undo",
             "No, keep it", expunge_chosen, action_copy_focus(f), mem_free);
}

static bool on_entry(struct shell *sh, struct focus f, enum command_id id) {
    struct command_args args = action_args(f);

    if (strncmp(commands[id].args, "ENTRY", 5) != 0)
        return false;
    if (f.entry == NONE)
        shell_say(sh, "this acts on an entry: Tab goes to the entries, ↓ to the next");
    else if (id == COMMAND_REVISE)
        edit_entry(sh, f);
    else if (id == COMMAND_MOVE)
        open_move(sh, f);
    else if (id == COMMAND_EXPUNGE)
        ask_expunge(sh, f);
    else if (id == COMMAND_ATTRIBUTE)
        choose_attribution(sh, f);
    else
        shell_run(sh, id, &args); /* withdraw, share, done */
    return true;
}

static bool on_issue(struct shell *sh, struct focus f, enum command_id id,
                     const char *key) {
    struct command_args args = action_args(f);

    switch (id) {
    case COMMAND_NOTE:
        open_line(sh, &note_line, id, "note", f);
        return true;
    case COMMAND_ACTION:
        open_line(sh, &note_line, id, "action", f);
        return true;
    case COMMAND_ANSWER:
        edit_answer(sh, f);
        return true;
    case COMMAND_POSITION:
        choose_side(sh, f);
        return true;
    case COMMAND_PRIORITY:
        choose_priority(sh, f, key);
        return true;
    case COMMAND_DISPOSITION:
        choose_disposition(sh, f);
        return true;
    case COMMAND_DISCUSS:
        shell_run(sh, id, &args);
        return true;
    case COMMAND_REWORD:
        edit_wording(sh, f);
        return true;
    default:
        return false;
    }
}

static bool needs_issue(enum command_id id) {
    return strncmp(commands[id].args, "ISSUE", 5) == 0;
}

/* Whether it is about what stands in focus; else it is the shell's (shell_own_command).
 */
static bool about_focus(enum command_id id) {
    static const char *const places[] = {"ISSUE", "TOPIC", "PLACE", "ENTRY"};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strncmp(commands[id].args, places[i], 5) == 0)
            return true;
    return false;
}

bool action_command(struct shell *sh, struct focus f, const struct command *c,
                    const struct command_args *args, const char *key) {
    if (!c->run || !about_focus(c->id))
        return false;
    if (!shell_writable(sh))
        return true;
    if (args) {
        shell_run(sh, c->id, args);
    } else if (f.ref.topic == NONE && f.entry == NONE) {
        shell_say(sh, "go to a topic or an issue first");
    } else if (c->id == COMMAND_ISSUE) {
        struct focus topic = {{f.ref.topic, NONE, 0}, NONE};
        open_line(sh, &issue_line, c->id, "issue", topic);
    } else if (c->id == COMMAND_TIMEBOX) {
        open_minutes(sh, f);
    } else if (needs_issue(c->id) && f.ref.issue == NONE) {
        shell_say(sh, "this is a topic: go to one of its issues first");
    } else {
        return on_entry(sh, f, c->id) || agreement_action(sh, f, c->id) ||
               on_issue(sh, f, c->id, key);
    }
    return true;
}
