/*
 * docgen: puts the tables of the program into its manuals.
 *
 *     docgen FILE.in
 *
 * prints FILE.in. A line that is one of the markers below, and nothing else, is replaced
 * by what the code's own table says; @VERSION@ is replaced anywhere. The list of markers
 * is `markers` at the end of this file; a line that looks like a marker and is none is an
 * error, so that a slip of the pen does not end up in a manual.
 *
 * The manuals are mdoc(7), and what is printed into them is ASCII.
 */
#include "base/text.h"
#include "notes/notes.h"
#include "notes/stock.h"
#include "session/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 72 };

/* ---- mdoc */

/* Typed text keeps its hyphens and quotes as they are on the keyboard. */
static const char *escaped(uint32_t c, bool typed) {
    switch (c) {
    case '\\':
        return "\\e";
    case '"':
        return "\\(dq";
    case '-':
        return typed ? "\\-" : "-";
    case '\'':
        return typed ? "\\(aq" : "'";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    case '`':
        return "\\(ga";
    default:
        return NULL;
    }
}

static size_t put(const char *s, size_t len, bool typed) {
    size_t columns = 0;
    for (size_t i = 0, used; i < len; i += used, columns++) {
        uint32_t c = text_decode(s + i, len - i, &used);
        const char *as = escaped(c, typed);
        if (as)
            fputs(as, stdout);
        else if (c < 128)
            putchar((int)c);
        else
            printf("\\[u%04X]", (unsigned)c);
    }
    return columns;
}

/* An argument of a macro. `\&` keeps it from being read as a macro or as punctuation. */
static void put_arg(const char *s) {
    fputs(strchr(s, ' ') ? " \"\\&" : " \\&", stdout);
    put(s, strlen(s), true);
    if (strchr(s, ' '))
        putchar('"');
}

static void put_macro(const char *macro, const char *arg, const char *after) {
    fputs(macro, stdout);
    put_arg(arg);
    printf("%s\n", after);
}

static bool ends_sentence(const char *word, size_t len) {
    return len > 1 && strchr(".!?", word[len - 1]);
}

/* Words in lines; a sentence starts a line of its own, as mdoc wants it. */
static void put_prose(const char *s) {
    size_t column = 0;
    while (*(s += strspn(s, " \n"))) {
        size_t len = strcspn(s, " \n");
        if (column > 0 && column + len >= LINE_WIDTH) {
            putchar('\n');
            column = 0;
        }
        if (column > 0)
            putchar(' ');
        else if (*s == '.' || *s == '\'')
            fputs("\\&", stdout);
        column += put(s, len, false) + 1;
        s += len;
        if (ends_sentence(s - len, len) && *s) {
            putchar('\n');
            column = 0;
        }
    }
    putchar('\n');
}

static void begin_list(const char *width) {
    printf(".Bl -tag -width \"%s\"\n", width);
}

static void begin_compact(const char *width) {
    printf(".Bl -tag -width \"%s\" -compact\n", width);
}

static void end_list(void) {
    puts(".El");
}

/* ---- keys */

/* "C-r" as a person reads it: Ctrl-R. */
static void name_key(const char *key, struct buf *out) {
    bool modified = key[0] && key[1] == '-' && key[2];
    if (modified) {
        buf_puts(out, key[0] == 'C' ? "Ctrl-" : key[0] == 'M' ? "Alt-" : "Shift-");
        key += 2;
    }
    if (modified && key[1] == '\0' && *key >= 'a' && *key <= 'z')
        buf_putc(out, (char)(*key - 'a' + 'A'));
    else
        buf_puts(out, key);
}

/* As arguments of a macro: "Up , k". */
static void put_keys(const struct command *c) {
    char key[KEY_NAME_MAX];
    for (size_t i = 0; command_key(c, i, key); i++) {
        struct buf name = BUF_INIT;
        name_key(key, &name);
        if (i > 0)
            fputs(" ,", stdout);
        put_arg(name.s);
        buf_release(&name);
    }
}

/* Screens that are told together. What holds in all of a group is not told again in a
 * part of it. */
static const struct group {
    unsigned where;
    const char *title;
} groups[] = {
    {ON_ALL, "On every screen"},
    {ON_LISTS, "On every screen where nothing is typed"},
    {ON_SCREENS, "On every screen of a workbook where nothing is typed"},
    {ON_TREE | ON_HISTORY | ON_PREVIEW | ON_HELP,
     "On the workbook screen, in the history, the preview and the help"},
    {ON_TREE, "On the workbook screen"},
    {ON_OUTLINE, "In the outline"},
    {ON_DETAIL, "At an issue and its entries"},
    {ON_ROOM, "On the screens of the room: people, floor, time"},
    {ON_PEOPLE, "In the list of people"},
    {ON_FLOOR, "On the floor: the list of speakers"},
    {ON_PACE, "On the screen of time"},
    {ON_AGREEING, "At a read-back, the wordings, a temperature check, the parking lot"},
    {ON_READBACK, "At a read-back"},
    {ON_WORDINGS, "At the wordings of an answer"},
    {ON_SOUNDING, "At a temperature check"},
    {ON_PARKING, "In the parking lot"},
    {ON_FOLLOW, "On the projector"},
    {ON_HISTORY, "In the history"},
    {ON_PREVIEW, "In the preview of the notes"},
    {ON_LEAKS, "At the names that may not be told"},
    {ON_PRINT, "In the list of printers"},
    {ON_BACKGROUND, "In the background"},
    {ON_HELP, "In the help"},
    {ON_CHOOSER, "In the list of workbooks and memos"},
    {ON_MENU, "In a menu"},
    {ON_TYPING, "While typing"},
    {ON_EDITOR, "In the editor"},
    {ON_LINE, "In a line at the foot"},
};
enum { GROUPS = sizeof groups / sizeof *groups };

static bool in_group(const struct command *c, size_t g) {
    unsigned where = groups[g].where;
    if (!*c->keys || (c->where & where) != where)
        return false;
    for (size_t i = 0; i < g; i++) {
        unsigned wider = groups[i].where;
        if ((wider & where) == where && (c->where & wider) == wider)
            return false;
    }
    return true;
}

static void put_group(size_t g) {
    bool any = false;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!in_group(&commands[i], g))
            continue;
        if (!any) {
            printf(".Ss \\&%s\n", groups[g].title); /* "In" and "At" are macros */
            begin_compact("Backspace, Ctrl-H");
        }
        any = true;
        fputs(".It Ic", stdout);
        put_keys(&commands[i]);
        putchar('\n');
        put_prose(commands[i].help);
        put_macro(".Pq Cm", commands[i].name, "");
    }
    if (any)
        end_list();
}

static void print_keys(void) {
    for (size_t g = 0; g < GROUPS; g++)
        put_group(g);
}

/* ---- commands */

/* "Set the priority": help as a sentence. */
static void put_sentence(const char *help) {
    struct buf b = BUF_INIT;
    buf_puts(&b, help);
    if (b.len > 0 && b.s[0] >= 'a' && b.s[0] <= 'z')
        b.s[0] = (char)(b.s[0] - 'a' + 'A');
    if (b.len > 0 && b.s[b.len - 1] != '.')
        buf_putc(&b, '.');
    put_prose(b.s);
    buf_release(&b);
}

static void put_command_args(const char *args) {
    char word[32];
    while (*(args += strspn(args, " "))) {
        size_t len = strcspn(args, " ");
        bool optional = *args == '[';
        snprintf(word, sizeof word, "%.*s", (int)(len - 2 * optional), args + optional);
        fputs(optional ? " Op Ar" : " Ar", stdout);
        put_arg(word);
        args += len;
    }
}

static void print_commands(void) {
    begin_list("disposition");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!commands[i].run)
            continue;
        fputs(".It Cm", stdout);
        put_arg(commands[i].name);
        put_command_args(commands[i].args);
        putchar('\n');
        put_sentence(commands[i].help);
    }
    end_list();
}

/* For a shell, hence with nothing escaped. */
static void print_command_names(void) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].run)
            puts(commands[i].name);
}

/* ---- events */

static void put_fields(const struct event_kind *k) {
    puts("Attributes:");
    for (int i = 0; i < k->n_fields; i++)
        put_macro(k->fields[i].required ? ".Cm" : ".Op Cm",
                  event_field_name(k->fields[i].field),
                  i + 1 < k->n_fields ? " ," : " .");
}

static void put_event(const struct event_kind *k) {
    static const char *const texts[] = {
        [EVENT_TEXT_NONE] = "It has no text.",
        [EVENT_TEXT_OPTIONAL] = "It may have a text.",
        [EVENT_TEXT_REQUIRED] = "It has a text.",
    };
    put_macro(".It Sy", k->name, "");
    put_sentence(k->help);
    put_fields(k);
    puts(texts[k->text]);
}

static void print_events(void) {
    begin_list("disposition");
    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        put_event(&event_kinds[i]);
    end_list();
}

/* ---- words */

static void print_dispositions(void) {
    begin_compact("agreed\\-ad\\-referendum");
    for (int i = 0; i < DISPOSITION_COUNT; i++) {
        char letter[2] = {dispositions[i].letter, '\0'};
        put_macro(".It Cm", dispositions[i].code, "");
        put_macro(".Ic", letter, " ,");
        fputs("mark ", stdout);
        put(dispositions[i].mark, strlen(dispositions[i].mark), true);
        putchar('\n');
    }
    end_list();
}

static void print_note_kinds(void) {
    begin_compact("proposal");
    for (int i = 0; i < NOTE_KIND_COUNT; i++) {
        char mark[2] = {note_kinds[i].mark, '\0'};
        put_macro(".It Cm", note_kinds[i].code, "");
        if (mark[0] == ' ')
            puts("no mark");
        else
            put_macro(".Ql", mark, "");
    }
    end_list();
}

/* ---- notes */

static void print_formats(void) {
    begin_compact("markdown");
    for (const struct notes_choice *f = notes_formats(); f->name; f++) {
        put_macro(".It Cm", f->name, "");
        put_prose(f->help);
        put_macro(".Pq Pa", f->suffix, "");
    }
    end_list();
}

static void print_format_names(void) {
    for (const struct notes_choice *f = notes_formats(); f->name; f++)
        puts(f->name);
}

/* The stock ones: what lies in the folder of who builds is no part of the manual. */
static void print_templates(void) {
    begin_compact("session\\-notes");
    for (const struct stock_file *f = stock_files; f->name; f++) {
        char name[64];
        const char *suffix = strstr(f->name, ".xsl");
        if (!suffix || !*f->help)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(suffix - f->name), f->name);
        put_macro(".It Cm", name, "");
        put_prose(f->help);
    }
    end_list();
}

/* ---- the file */

static const struct {
    const char *line;
    void (*print)(void);
} markers[] = {
    {"@COMMANDS@", print_commands},
    {"@COMMAND_NAMES@", print_command_names},
    {"@DISPOSITIONS@", print_dispositions},
    {"@EVENTS@", print_events},
    {"@FORMATS@", print_formats},
    {"@FORMAT_NAMES@", print_format_names},
    {"@KEYS@", print_keys},
    {"@NOTEKINDS@", print_note_kinds},
    {"@TEMPLATES@", print_templates},
};

/* 1: printed; 0: no marker; -1: no marker, but it looks like one. */
static int print_marker(const char *line) {
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
        if (strcmp(markers[i].line, line) == 0) {
            markers[i].print();
            return 1;
        }
    size_t len = strlen(line);
    bool looks = len > 2 && line[0] == '@' && line[len - 1] == '@' &&
                 strspn(line + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == len - 2;
    return looks && strcmp(line, "@VERSION@") != 0 ? -1 : 0;
}

static void print_line(const char *line) {
    static const char version[] = "@VERSION@";
    for (const char *at; (at = strstr(line, version)); line = at + strlen(version)) {
        fwrite(line, 1, (size_t)(at - line), stdout);
        fputs(PACKAGE_VERSION, stdout);
    }
    puts(line);
}

static int fail(const char *path, unsigned long number, const char *why) {
    fprintf(stderr, "docgen: %s:%lu: %s\n", path, number, why);
    return 1;
}

static int print_file(FILE *f, const char *path) {
    char *line = NULL;
    size_t size = 0;
    unsigned long number = 0;
    int printed = 0;
    for (ssize_t n; printed >= 0 && (n = getline(&line, &size, f)) >= 0;) {
        number++;
        if (n > 0 && line[n - 1] == '\n')
            line[n - 1] = '\0';
        printed = print_marker(line);
        if (printed == 0)
            print_line(line);
    }
    free(line);
    if (printed < 0)
        return fail(path, number, "no such marker");
    if (ferror(f) || fflush(stdout) != 0 || ferror(stdout))
        return fail(path, number, strerror(errno));
    return 0;
}

int main(int argc, char **argv) {
    FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (argc != 2) {
        fputs("usage: docgen FILE.in\n", stderr);
        return 2;
    }
    if (!f)
        return fail(argv[1], 0, strerror(errno));
    int status = print_file(f, argv[1]);
    fclose(f);
    return status;
}
