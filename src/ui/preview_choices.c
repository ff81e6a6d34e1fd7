#include "preview.h"

#include "menu.h"

#include <stdio.h>
#include <stdlib.h>

/* What the notes are to say, and in what form: each kind of choice by its key, by name,
 * or from a menu. */

static void chose(struct preview *p) {
    p->stale = true;
    p->options.allow_names = false;
    p->reader.page.top = 0;
    preview_drop_file(p);
    p->reader.screen.shell->dirty = true;
}

static void set_template(struct preview *p, size_t i) {
    mem_free(p->template_name);
    p->template_name = mem_strdup(notes_templates()[i].name);
    chose(p);
}

/* What is shown may be the same, and its names are. */
static void chose_look(struct preview *p) {
    bool stale = p->stale || p->stopped || p->failed.len, allow = p->options.allow_names;

    chose(p);
    p->stale = stale;
    p->options.allow_names = allow;
    p->reader.page.columns = 0;
}

void preview_set_format(struct preview *p, size_t i) {
    mem_free(p->format);
    p->format = mem_strdup(notes_formats()[i].name);
    chose_look(p);
}

static void set_paper(struct preview *p, size_t i) {
    p->options.paper = (enum paper)i;
    chose_look(p);
    if (!notes_format_is_paged(p->format))
        shell_say(p->reader.screen.shell, "paper: %s, for printing, pdf, odt and docx",
                  paper_name(p->options.paper));
}

static void set_attribution(struct preview *p, size_t i) {
    p->options.attribution = (enum attribution)i;
    chose(p);
}

static const struct notes_choice tiers[] = {
    {"name", "who said it is told", ""},
    {"side", "the side is told, not the person", ""},
    {"none", "neither is told", ""},
    {NULL, NULL, NULL},
};

/* A kind of choice: what there is, which holds, and what choosing does. */
struct choice {
    const char *title;
    const struct notes_choice *all;
    const char *now;
    void (*set)(struct preview *p, size_t i);
};

struct chosen {
    struct preview *preview;
    void (*set)(struct preview *p, size_t i);
};

static void menu_chosen(struct shell *sh, void *ctx, size_t i) {
    const struct chosen *chosen = ctx;

    (void)sh;
    chosen->set(chosen->preview, i);
}

static void open_choices(struct preview *p, const struct choice *choice) {
    struct chosen *ctx = mem_zalloc(sizeof *ctx);
    struct menu_item items[MENU_MAX];
    struct menu_setup menu = {choice->title, items, 0,       MENU_MAX,
                              menu_chosen,   ctx,   mem_free};
    char labels[MENU_MAX][128];

    *ctx = (struct chosen){p, choice->set};
    for (size_t i = 0; choice->all[i].name && i < MENU_MAX; i++) {
        snprintf(labels[i], sizeof labels[i], "%s  %s", choice->all[i].name,
                 choice->all[i].help ? choice->all[i].help : "");
        items[i].label = labels[i];
        menu_letter(items, i, choice->all[i].name);
        if (strcmp(choice->all[i].name, choice->now) == 0)
            menu.at = i;
        menu.n++;
    }
    menu_open(p->reader.screen.shell, &menu);
}

/* A key takes the next one; by name one is given, or all are listed. */
static void choose(struct preview *p, const struct choice *choice,
                   const struct command_args *args) {
    const struct notes_choice *all = choice->all;
    size_t i = 0;

    if (args && !*args->text) {
        open_choices(p, choice);
        return;
    }
    if (args) {
        while (all[i].name && strncmp(all[i].name, args->text, strlen(args->text)) != 0)
            i++;
        if (!all[i].name) {
            open_choices(p, choice);
            return;
        }
    } else {
        while (all[i].name && strcmp(all[i].name, choice->now) != 0)
            i++;
        i = all[i].name && all[i + 1].name ? i + 1 : 0;
    }
    choice->set(p, i);
}

static void choose_template(struct preview *p, const struct command_args *args) {
    struct choice c = {"Template", notes_templates(), p->template_name, set_template};

    choose(p, &c, args);
}

static void choose_format(struct preview *p, const struct command_args *args) {
    struct choice c = {"Format", notes_formats(), p->format, preview_set_format};

    choose(p, &c, args);
}

static void choose_attribution(struct preview *p, const struct command_args *args) {
    struct choice c = {"Attribution", tiers, attribution_code(p->options.attribution),
                       set_attribution};

    choose(p, &c, args);
}

static const struct notes_choice papers[] = {
    {"a4", "210 × 297 mm", ""},
    {"letter", "8.5 × 11 inches", ""},
    {NULL, NULL, NULL},
};

static void choose_paper(struct preview *p, const struct command_args *args) {
    struct choice c = {"Paper", papers, paper_code(p->options.paper), set_paper};

    choose(p, &c, args);
}

static void switch_private(struct preview *p) {
    p->options.private = !p->options.private;
    chose(p);
}

/* The next sitting; by name a number from 1, or all. */
static void choose_sitting(struct preview *p, const struct command_args *args) {
    struct shell *sh = p->reader.screen.shell;
    uint32_t n = (uint32_t)shell_workbook(sh)->room.sittings.n, now = p->options.sitting;
    const char *word = args ? args->text : "";
    char *end;
    unsigned long number = strtoul(word, &end, 10);

    if (n == 0) {
        shell_say(sh, "there was no sitting: the notes are of everything");
    } else if (strcmp(word, "all") == 0) {
        p->options.sitting = NONE;
        chose(p);
    } else if (!*word) {
        p->options.sitting = now == NONE ? 0 : now + 1 < n ? now + 1 : NONE;
        chose(p);
    } else if (*end || number < 1 || number > n) {
        shell_fail(sh, "sittings are 1 to %u, or all", (unsigned)n);
    } else {
        p->options.sitting = (uint32_t)number - 1;
        chose(p);
    }
}

bool preview_choose(struct preview *p, enum command_id id,
                    const struct command_args *args) {
    switch (id) {
    case COMMAND_NOTES_TEMPLATE:
        choose_template(p, args);
        return true;
    case COMMAND_NOTES_FORMAT:
        choose_format(p, args);
        return true;
    case COMMAND_NOTES_ATTRIBUTION:
        choose_attribution(p, args);
        return true;
    case COMMAND_NOTES_SITTING:
        choose_sitting(p, args);
        return true;
    case COMMAND_NOTES_PAPER:
        choose_paper(p, args);
        return true;
    case COMMAND_NOTES_PRIVATE:
        switch_private(p);
        return true;
    default:
        return false;
    }
}
