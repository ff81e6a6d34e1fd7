#include "room_actions.h"

#include "base/text.h"
#include "files.h"
#include "line.h"
#include "menu.h"
#include "names.h"

#include <stdio.h>

static char *trimmed(const char *text) {
    size_t len;

    text += strspn(text, " \t");
    len = strlen(text);
    while (len > 0 && strchr(" \t", text[len - 1]))
        len--;
    return mem_strndup(text, len);
}

static int run_person(struct shell *sh, enum command_id id, uint32_t person) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.person = person;
    return shell_run(sh, id, &args);
}

static int run_text(struct shell *sh, enum command_id id, const char *text) {
    struct command_args args = COMMAND_ARGS_NONE;

    args.text = text;
    return shell_run(sh, id, &args);
}

/* ---- A turn on the list: who? ---- */

struct turn_line {
    enum command_id id;
    uint32_t person; /* who Enter takes on an empty line, or NONE */
    char *name;      /* of somebody new, while the menu asks */
};

static void turn_release(void *ctx) {
    mem_free(((struct turn_line *)ctx)->name);
    mem_free(ctx);
}

/* The participant of the last event that made one. */
static uint32_t newest_person(const struct workbook *w) {
    for (size_t i = w->log.n; i-- > 0;) {
        const struct event *e = &w->log.v[i].event;
        if (e->kind && e->kind->id == EVENT_PERSON)
            return person_by_id(w, event_get(e, FIELD_PERSON));
    }
    return NONE;
}

static void newcomer_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct turn_line *t = ctx;

    if (i != 0)
        shell_say(sh, "nobody was added");
    else if (run_text(sh, COMMAND_PERSON_ADD, t->name) == 0)
        run_person(sh, t->id, newest_person(shell_workbook(sh)));
}

static void ask_newcomer(struct shell *sh, enum command_id id, const char *name) {
    static const struct menu_item items[] = {{"y", "Yes, a new participant"},
                                             {"n", "No"}};
    struct turn_line *t = mem_zalloc(sizeof *t);
    struct buf title = BUF_INIT;

    t->id = id;
    t->name = mem_strdup(name);
    buf_addf(&title, "Nobody is called “%.*s”: add as a participant?",
             (int)strcspn(name, ","), name);
    struct menu_setup menu = {title.s,         items, 2,           MENU_MAX,
                              newcomer_chosen, t,     turn_release};
    menu_open(sh, &menu);
    buf_release(&title);
}

static void say_several(struct shell *sh, const char *name, const index_vec *found) {
    const struct workbook *w = shell_workbook(sh);
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < found->n && i < 8; i++) {
        buf_puts(&b, i ? ", " : "");
        name_and_side(w, found->v[i], &b);
    }
    shell_fail(sh, "“%s” could be %s%s: one more letter, or Tab", name, b.s,
               found->n > 8 ? "…" : "");
    buf_release(&b);
}

static bool turn_of(struct shell *sh, enum command_id id, const char *name) {
    index_vec found = {0};
    bool done = true;

    name_find(shell_workbook(sh), name, &found);
    if (found.n == 0)
        ask_newcomer(sh, id, name);
    else if (found.n == 1)
        done = run_person(sh, id, found.v[0]) == 0;
    else {
        say_several(sh, name, &found);
        done = false;
    }
    vec_release(&found);
    return done;
}

static bool turn_accept(struct shell *sh, void *ctx, const char *text) {
    const struct turn_line *t = ctx;
    char *name = trimmed(text);
    bool done = true;

    if (*name)
        done = turn_of(sh, t->id, name);
    else if (t->person != NONE)
        done = run_person(sh, t->id, t->person) == 0;
    mem_free(name);
    return done;
}

static void turn_hint(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    const struct turn_line *t = ctx;

    if (text[strspn(text, " ")]) {
        name_hint(w, text, out);
        if (!out->len)
            buf_puts(out, "somebody new");
    } else if (t->person != NONE) {
        buf_puts(out, "→ ");
        name_and_side(w, t->person, out);
    } else {
        buf_puts(out, "a few letters of a name");
    }
}

static size_t turn_complete(struct shell *sh, void *ctx, const char *line,
                            struct buf *out) {
    (void)ctx;
    return name_complete(shell_workbook(sh), line, out);
}

static const struct line_ops turn_ops = {
    .memory = "floor",
    .enter = "Add",
    .accept = turn_accept,
    .complete = turn_complete,
    .hint = turn_hint,
    .release = turn_release,
};

static void open_turn(struct shell *sh, enum command_id id, uint32_t person,
                      const char *prompt) {
    struct turn_line *t = mem_zalloc(sizeof *t);
    struct line_setup setup = {&turn_ops, t, prompt, NULL, NULL};

    t->id = id;
    t->person = person;
    line_open(sh, &setup);
}

static void open_add(struct shell *sh) {
    if (shell_workbook(sh)->room.floor.closed)
        shell_say(sh, "the list is closed: c opens it; o, r and l are taken still");
    else
        open_turn(sh, COMMAND_FLOOR_ADD, NONE, "add to the list> ");
}

/* ---- A participant: name, side, constituency, role ---- */

struct person_line {
    uint32_t person; /* who is corrected; NONE: somebody new */
};

static void open_newcomer(struct shell *sh);

/* A roster is typed name after name: the line opens again until Enter on an empty one. */
static bool person_accept(struct shell *sh, void *ctx, const char *text) {
    const struct person_line *l = ctx;
    struct command_args args = COMMAND_ARGS_NONE;
    enum command_id id = l->person == NONE ? COMMAND_PERSON_ADD : COMMAND_PERSON_CHANGE;

    if (text_blank(text))
        return true;
    args.person = l->person;
    args.text = text;
    if (shell_run(sh, id, &args) < 0)
        return false;
    if (id == COMMAND_PERSON_ADD)
        open_newcomer(sh);
    return true;
}

/* Where the last field of a line starts, and its number from 0; commas in quotes stand
 * in a name. */
static size_t last_field(const char *line, int *number) {
    bool quoted = false;
    size_t start = 0;

    *number = 0;
    for (size_t i = 0; line[i]; i++) {
        quoted ^= line[i] == '"';
        if (line[i] == ',' && !quoted) {
            start = i + 1;
            ++*number;
        }
    }
    return start + strspn(line + start, " ");
}

static bool offered(const struct buf *out, const char *word) {
    size_t len = strlen(word);

    for (const char *p = out->s; (p = strstr(p, word)) != NULL; p++)
        if ((p == out->s || p[-1] == '\n') && strchr(",\n", p[len]))
            return true;
    return false;
}

static void offer(struct buf *out, const char *word, const char *start, int field) {
    if (*word && text_begins(word, start) && !offered(out, word))
        buf_addf(out, "%s%s\n", word, field < 3 ? "," : "");
}

static void offer_field(const struct workbook *w, int field, const char *start,
                        struct buf *out) {
    static const char *const usual[] = {"government", "business", "civil society"};

    for (size_t i = 0; field == 1 && i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live)
            offer(out, w->room.sides.v[i].name, start, field);
    for (size_t i = 0; field == 2 && i < sizeof usual / sizeof *usual; i++)
        offer(out, usual[i], start, field);
    for (size_t i = 0; field == 2 && i < w->room.people.n; i++)
        offer(out, w->room.people.v[i].constituency, start, field);
    for (int i = 0; field == 3 && i < PERSON_ROLE_COUNT; i++)
        offer(out, person_role_name((enum role_in_room)i), start, field);
}

static size_t person_complete(struct shell *sh, void *ctx, const char *line,
                              struct buf *out) {
    int field;
    size_t start = last_field(line, &field);

    (void)ctx;
    offer_field(shell_workbook(sh), field, line + start, out);
    return start;
}

static void person_hint(struct shell *sh, void *ctx, const char *text, struct buf *out) {
    static const char *const fields[] = {"name", "side", "constituency", "role"};
    const struct person_line *l = ctx;
    int field;

    if (l->person == NONE && sh->canvas.columns >= 60)
        return; /* the prompt says it all */
    last_field(text, &field);
    if (field < 4)
        buf_puts(out, fields[field]);
    if (field > 0 && field < 4)
        buf_puts(out, " (Tab)");
}

static const struct line_ops person_ops = {
    .memory = "person",
    .enter = "Record",
    .accept = person_accept,
    .complete = person_complete,
    .hint = person_hint,
    .release = mem_free,
};

static void open_person(struct shell *sh, uint32_t person, const char *text) {
    struct person_line *l = mem_zalloc(sizeof *l);
    const char *prompt = person != NONE            ? "correct> "
                         : sh->canvas.columns < 60 ? "name, side, …> "
                                                   : "name, side, constituency, role> ";
    struct line_setup setup = {&person_ops, l, prompt, text, NULL};

    l->person = person;
    line_open(sh, &setup);
}

static void open_newcomer(struct shell *sh) {
    open_person(sh, NONE, NULL);
}

/* A field of a line of a roster; one with a comma or a quote stands in quotes. */
static void add_field(struct buf *out, const char *s) {
    if (out->len)
        buf_puts(out, ", ");
    if (!strpbrk(s, ",;\"")) {
        buf_puts(out, s);
        return;
    }
    buf_putc(out, '"');
    for (; *s; s++)
        buf_puts(out, *s == '"' ? "\"\"" : (char[]){*s, 0});
    buf_putc(out, '"');
}

static void open_correction(struct shell *sh, uint32_t person) {
    const struct workbook *w = shell_workbook(sh);
    const struct person *p = &w->room.people.v[person];
    struct buf text = BUF_INIT;

    add_field(&text, p->name);
    add_field(&text, *p->side ? side_name(w, p->side) : "");
    add_field(&text, p->constituency);
    add_field(&text, person_role_name((enum role_in_room)p->role));
    open_person(sh, person, text.s);
    buf_release(&text);
}

/* ---- A roster from a file; a side ---- */

static bool roster_accept(struct shell *sh, void *ctx, const char *text) {
    char *path = trimmed(text);
    bool done = !*path || run_text(sh, COMMAND_ROSTER, path) == 0;

    (void)ctx;
    mem_free(path);
    return done;
}

static size_t roster_complete(struct shell *sh, void *ctx, const char *line,
                              struct buf *out) {
    (void)sh;
    (void)ctx;
    return file_complete(line, ".csv", out);
}

static const struct line_ops roster_ops = {
    .memory = "roster",
    .enter = "Read",
    .accept = roster_accept,
    .complete = roster_complete,
};

static void open_roster(struct shell *sh) {
    struct line_setup setup = {&roster_ops, NULL, "roster file (CSV)> ", NULL, NULL};

    line_open(sh, &setup);
}

static bool side_accept(struct shell *sh, void *ctx, const char *text) {
    struct command_args args = COMMAND_ARGS_NONE;
    size_t len;

    (void)ctx;
    text += strspn(text, " \t");
    len = strcspn(text, " \t");
    if (!len)
        return true;
    if (!text[len + strspn(text + len, " \t")]) {
        shell_fail(sh, "a side has an id and a name: eu European Union");
        return false;
    }
    char *id = mem_strndup(text, len);
    args.label = id;
    args.text = text + len + strspn(text + len, " \t");
    bool done = shell_run(sh, COMMAND_SIDE, &args) == 0;
    mem_free(id);
    return done;
}

/* The sides there are, the first word being the id of one. */
static size_t side_complete(struct shell *sh, void *ctx, const char *line,
                            struct buf *out) {
    const struct workbook *w = shell_workbook(sh);
    size_t start = strspn(line, " ");

    (void)ctx;
    for (size_t i = 0; i < w->room.sides.n; i++)
        if (w->room.sides.v[i].live && text_begins(w->room.sides.v[i].id, line + start))
            buf_addf(out, "%s %s\n", w->room.sides.v[i].id, w->room.sides.v[i].name);
    return start;
}

static const struct line_ops side_ops = {
    .memory = "side",
    .enter = "Record",
    .accept = side_accept,
    .complete = side_complete,
};

static void open_side(struct shell *sh) {
    struct line_setup setup = {&side_ops, NULL, "side: id name> ", NULL, NULL};

    line_open(sh, &setup);
}

/* ---- Commands ---- */

static bool on_floor(struct shell *sh, uint32_t person, enum command_id id) {
    switch (id) {
    case COMMAND_FLOOR_ADD:
        open_add(sh);
        return true;
    case COMMAND_FLOOR_ORDER:
        open_turn(sh, id, person, "point of order> ");
        return true;
    case COMMAND_FLOOR_REPLY:
        open_turn(sh, id, person, "right of reply> ");
        return true;
    case COMMAND_FLOOR_LAST:
        open_turn(sh, id, person, "last word> ");
        return true;
    case COMMAND_FLOOR_GIVE:
    case COMMAND_FLOOR_UP:
    case COMMAND_FLOOR_DOWN:
    case COMMAND_FLOOR_END:
    case COMMAND_FLOOR_CLOSE:
    case COMMAND_FLOOR_TOUR:
    case COMMAND_ALL_ARRIVE:
        run_person(sh, id, person);
        return true;
    default:
        return false;
    }
}

static bool needs_person(enum command_id id) {
    return strncmp(commands[id].args, "PERSON", 6) == 0 ||
           strcmp(commands[id].args, "WHO") == 0;
}

/* Space is one key for both ways. */
static void toggle(struct shell *sh, uint32_t person) {
    bool here = shell_workbook(sh)->room.people.v[person].present;

    run_person(sh, here ? COMMAND_PERSON_LEAVE : COMMAND_PERSON_ARRIVE, person);
}

static bool on_person(struct shell *sh, uint32_t person, enum command_id id) {
    if (needs_person(id) && person == NONE) {
        shell_say(sh, "say who: %s %s", commands[id].name, commands[id].args);
        return true;
    }
    switch (id) {
    case COMMAND_PERSON_ADD:
        open_newcomer(sh);
        return true;
    case COMMAND_PERSON_CHANGE:
        open_correction(sh, person);
        return true;
    case COMMAND_PERSON_ARRIVE:
        toggle(sh, person);
        return true;
    case COMMAND_FLOOR_WITHDRAW:
    case COMMAND_PERSON_REMOVE:
    case COMMAND_PERSON_LEAVE:
        run_person(sh, id, person);
        return true;
    case COMMAND_ROSTER:
        open_roster(sh);
        return true;
    case COMMAND_SIDE:
        open_side(sh);
        return true;
    default:
        return false;
    }
}

static bool is_room(enum command_id id) {
    return strncmp(commands[id].name, "floor-", 6) == 0 ||
           strncmp(commands[id].name, "person-", 7) == 0 || id == COMMAND_ALL_ARRIVE ||
           id == COMMAND_ROSTER || id == COMMAND_SIDE;
}

bool room_action(struct shell *sh, uint32_t person, const struct command *c,
                 const struct command_args *args) {
    if (!is_room(c->id))
        return false;
    if (!shell_writable(sh))
        return true;
    if (args)
        shell_run(sh, c->id, args);
    else
        return on_floor(sh, person, c->id) || on_person(sh, person, c->id);
    return true;
}
