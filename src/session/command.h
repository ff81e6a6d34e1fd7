/*
 * Commands: whatever a person can do, by key, in the palette or with `memobook do`.
 * commands.def is the table; nothing else names a key or a command.
 */
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H

#include "model/workbook.h"

struct session;

/* Screens in which a key applies. */
enum {
    ON_OUTLINE = 1 << 0, /* the outline: left pane of the workbook screen */
    ON_DETAIL = 1 << 1,  /* all that is known of an issue: right pane, or full-screen */
    ON_HISTORY = 1 << 2,
    ON_PREVIEW = 1 << 3,
    ON_BACKGROUND = 1 << 4,
    ON_HELP = 1 << 5,
    ON_CHOOSER = 1 << 6, /* the list of workbooks and memos */
    ON_MENU = 1 << 7,
    ON_EDITOR = 1 << 8,
    ON_LINE = 1 << 9, /* the capture line, find, the palette */
    ON_PEOPLE = 1 << 10,
    ON_FLOOR = 1 << 11,
    ON_PACE = 1 << 12,
    ON_FOLLOW = 1 << 13, /* the projector */
    ON_READBACK = 1 << 14,
    ON_WORDINGS = 1 << 15, /* the versions of an answer */
    ON_SOUNDING = 1 << 16, /* a temperature check */
    ON_PARKING = 1 << 17,  /* the parking lot */
    ON_PRINT = 1 << 18,    /* printers */
    ON_LEAKS = 1 << 19,    /* names that may not be told */
    ON_TYPING = ON_EDITOR | ON_LINE,
    ON_ALL = (1 << 20) - 1
};

enum command_id {
#define COMMAND(id, name, args, keys, where, label, help, run) COMMAND_##id,
#include "commands.def"
#undef COMMAND
    COMMAND_COUNT
};

/* What a command is given. Fields that its arguments do not name are left alone. */
struct command_args {
    struct ref ref;    /* ISSUE, TOPIC */
    uint32_t entry;    /* ENTRY: log index of the event that made it */
    struct ref to;     /* a second ISSUE */
    int number;        /* PRIORITY, DISPOSITION (enum), NUMBER, MINUTES; STATE (1 start, 0
                          stop, -1) */
    const char *side;  /* SIDE: its id */
    uint32_t person;   /* PERSON: index, or NONE; WHO: NONE means everybody */
    const char *label; /* LABEL: one word, as typed. Borrowed. */
    const char *text;  /* CAPTURE, TEXT, NAME; "" where left out. Borrowed. */
};

struct command {
    enum command_id id;
    const char *name, *args, *keys, *label, *help;
    unsigned where;
    /* Records it: 0, or -1 with nothing recorded and *err saying why. */
    int (*run)(struct session *s, const struct command_args *args, struct err *err);
};

extern const struct command commands[COMMAND_COUNT];

/* By name, or by a start of it that no other command has; NULL with *err otherwise. */
const struct command *command_find(const char *name, size_t len, struct err *err);

/* The command that a line begins with, by one word or by two that make its name with a
 * hyphen between them ("floor give yakushev"); *used is where its arguments begin. A
 * first word that is a command with arguments of its own stands alone. */
const struct command *command_of_line(const char *line, size_t *used, struct err *err);

/* Arguments that name nothing. */
#define COMMAND_ARGS_NONE                                                                \
    ((struct command_args){.ref = REF_NONE,                                              \
                           .entry = NONE,                                                \
                           .to = REF_NONE,                                               \
                           .number = -1,                                                 \
                           .side = "",                                                   \
                           .person = NONE,                                               \
                           .label = "",                                                  \
                           .text = ""})

/* A line "note B(e) + a shared glossary" parsed. `text` owns the memory that args borrow,
 * until command_line_release(). In a line for `do`, `\n` stands for a line break and `\\`
 * for a backslash. A PERSON that is the last argument may be several words. */
struct command_line {
    const struct command *command;
    struct command_args args;
    char *text;
};
int command_parse(const struct workbook *w, const char *line, struct command_line *out,
                  struct err *err);
void command_line_release(struct command_line *l);

/* Splits "Up k" and the like: copies the i-th key name to `key`; false after the last. */
enum { KEY_NAME_MAX = 16 };
bool command_key(const struct command *c, size_t i, char key[KEY_NAME_MAX]);
/* The command of a key in a screen, or NULL. */
const struct command *command_of_key(const char *key, unsigned where);

/* Parsers of single words, shared with menus and prompts; -1 with *err. */
int disposition_parse(const char *word, struct err *err);
/* A side's id or name, or a start of one that no other has: index into w->room.sides. */
int side_parse(const struct workbook *w, const char *word, struct err *err);

/* What may follow in a palette line, for Tab: names that continue the last word of
 * `line` (commands first, then what the arguments ask for), one per line in *out.
 * Returns the offset in `line` where the word to be replaced starts. */
size_t command_complete(const struct workbook *w, const char *line, struct buf *out);

#endif
