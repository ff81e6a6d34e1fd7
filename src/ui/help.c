#include "base/text.h"
#include "keymap.h"
#include "reader.h"
#include "screens.h"

struct help {
    struct reader reader;
    unsigned where; /* the screen that it was called from */
};

static const struct screen_ops help_screen;

static const char *where_title(unsigned where) {
    switch (where) {
    case ON_OUTLINE:
        return "In the outline";
    case ON_DETAIL:
        return "At an issue and its entries";
    case ON_PEOPLE:
        return "In the list of people";
    case ON_FLOOR:
        return "On the floor: the list of speakers";
    case ON_PACE:
        return "On the screen of time";
    case ON_READBACK:
        return "At a read-back";
    case ON_WORDINGS:
        return "At the wordings of an answer";
    case ON_SOUNDING:
        return "At a temperature check";
    case ON_PARKING:
        return "In the parking lot";
    case ON_HISTORY:
        return "In the history";
    case ON_PREVIEW:
        return "In the preview of the notes";
    case ON_LEAKS:
        return "At the names that may not be told";
    case ON_PRINT:
        return "In the list of printers";
    case ON_BACKGROUND:
        return "In the background";
    case ON_HELP:
        return "In this help";
    case ON_CHOOSER:
        return "In the list of workbooks and memos";
    case ON_EDITOR:
        return "In the editor";
    case ON_LINE:
        return "In a line at the foot";
    default:
        return "In a menu";
    }
}

static void add_command(struct page *p, const struct command *c, int width) {
    struct buf keys = BUF_INIT;
    size_t line = p->lines.n;

    keymap_keys(c, &keys);
    if ((int)text_columns(keys.s, keys.len) > width - 3) {
        page_add(p, 2, ROLE_KEY, keys.s, keys.len);
        page_string(p, width, ROLE_NORMAL, c->help);
    } else {
        page_string(p, width, ROLE_NORMAL, c->help);
        page_head(p, line, 2, ROLE_KEY, keys.s);
    }
    buf_release(&keys);
}

static void add_section(struct page *p, unsigned where, int width) {
    page_blank(p);
    page_string(p, 1, ROLE_HEADING, where_title(where));
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].where & where && *commands[i].keys)
            add_command(p, &commands[i], width);
}

static void add_pair(struct page *p, const char *key, const char *what, int width) {
    size_t line = p->lines.n;

    page_string(p, width, ROLE_NORMAL, what);
    page_head(p, line, 2, ROLE_KEY, key);
}

static void add_capture(struct page *p, int width) {
    page_blank(p);
    page_string(p, 1, ROLE_HEADING, "The capture line (n)");
    page_string(p, 2, ROLE_NORMAL,
                "Marks at the start of the line, in any order, each before a blank:");
    for (int i = 0; i < NOTE_KIND_COUNT; i++) {
        char mark[2] = {note_kinds[i].mark, 0};
        if (note_kinds[i].mark != ' ')
            add_pair(p, mark, note_kinds[i].code, width);
    }
    add_pair(p, "@name",
             "the speaker, by any start of any part of the name; Tab completes. Without "
             "it, who "
             "has the floor; @- says nobody",
             width);
    add_pair(p, "~", "non-attributable: no name is ever printed", width);
    add_pair(p, "> @owner …",
             "an action item; \"by 2011-12-20\" at its end is when it is due", width);
    page_string(p, 2, ROLE_DIM,
                "What cannot be understood is kept as a comment, never refused.");
}

static void add_marks(struct page *p, int width) {
    page_blank(p);
    page_string(p, 1, ROLE_HEADING, "Marks in the outline");
    for (int i = 0; i < DISPOSITION_COUNT; i++)
        add_pair(p, dispositions[i].mark, dispositions[i].words, width);
    add_pair(p, "▶", "under discussion now", width);
    add_pair(p, "1 2 3", "the priority", width);
    add_pair(p, "2/4", "two of a topic's four issues are answered", width);
    add_pair(p, "[2]", "two open brackets; [!], [2!]: a broken one too", width);
    add_pair(p, "1/3", "at an issue: one of its three sub-questions is closed", width);
    add_pair(p, "10:31*", "when it was recorded; * corrected since", width);
}

static void add_notes(struct page *p) {
    static const char *const notes[] = {
        "\"17 saved\" at the top right counts what is safely on disk. There is "
        "nothing to save by hand.",
        "With a Cyrillic layout the keys work too: each letter acts as the Latin "
        "one in its place (т is n, ф is a).",
        "A mouse clicks whatever looks like a choice, the last line too, and its "
        "wheel scrolls; with Shift the terminal marks text as usual.",
        "O goes off the record at once, Alt-O while typing: nothing is written "
        "until O and y, and nothing typed is kept.",
    };

    page_blank(p);
    page_string(p, 1, ROLE_HEADING, "Good to know");
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        page_string(p, 2, ROLE_NORMAL, notes[i]);
}

static void build(struct help *h, int columns) {
    static const unsigned all[] = {ON_OUTLINE,  ON_DETAIL,   ON_LINE,     ON_EDITOR,
                                   ON_READBACK, ON_WORDINGS, ON_SOUNDING, ON_PARKING,
                                   ON_FLOOR,    ON_PEOPLE,   ON_PACE,     ON_HISTORY,
                                   ON_PREVIEW,  ON_LEAKS,    ON_PRINT,    ON_CHOOSER};
    struct page *p = &h->reader.page;
    int width = columns < 60 ? 14 : 20;

    if (p->columns == columns)
        return;
    page_begin(p, columns);
    add_section(p, h->where, width);
    add_capture(p, width);
    add_marks(p, width);
    add_notes(p);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != h->where)
            add_section(p, all[i], width);
}

void help_open(struct shell *sh) {
    struct help *h;
    struct screen *top = shell_top(sh);

    if (!top || top->ops == &help_screen)
        return;
    h = mem_zalloc(sizeof *h);
    h->where = top->ops->where(top);
    reader_init(&h->reader);
    shell_push(sh, &h->reader.screen, &help_screen);
}

static unsigned help_where(const struct screen *s) {
    (void)s;
    return ON_HELP;
}

static void help_draw(struct screen *s, struct canvas *c, struct rect area) {
    struct rect place = rect_readable(area);

    build((struct help *)s, place.w - 1);
    reader_draw((struct reader *)s, c, place, "Keys (Esc goes back)");
}

static const struct screen_ops help_screen = {
    .title = "Help",
    .where = help_where,
    .draw = help_draw,
    .command = reader_command,
    .mouse = reader_mouse,
    .forget = reader_forget,
    .close = reader_close,
};
