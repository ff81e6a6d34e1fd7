/*
 * Input: what the terminal sends, told by the key names of commands.def ("Up", "C-r",
 * "M-b", "S-Left", "C-Space", "Delete", "F1", "n", "Space").
 *
 * A printable character is both: its name is the character (a blank is "Space"), and
 * `text` is what it types. A bracketed paste arrives as one input. Esc answers at once:
 * a lone ESC is told from the start of a sequence after a few milliseconds.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include "session/command.h"

enum input_kind {
    INPUT_KEY,   /* name; text and len when it types something */
    INPUT_PASTE, /* text, len; line ends are line feeds */
    INPUT_CLICK, /* y, x */
    INPUT_WHEEL, /* y, x; step -1 up, 1 down */
};

struct input {
    enum input_kind kind;
    char name[KEY_NAME_MAX];
    char text[8];      /* of a key */
    size_t len;        /* of text or paste */
    const char *paste; /* borrowed, until the next input */
    int y, x, step;
};

struct keys {
    bool pasting;
    struct buf paste;
};

/* After the screen was opened: teaches curses the sequences of modified keys, asks the
 * terminal for bracketed paste and the mouse. */
void keys_init(struct keys *k);
void keys_release(struct keys *k);
/* The next input that is there already; false when there is none. Never waits. */
bool keys_read(struct keys *k, struct input *in);
/* A paste whose end never came: hands over what there is. */
bool keys_end_paste(struct keys *k, struct input *in);
/* The input of a named key or a character ("C-s", "Up", "ж"), for tests and for clicks.
 */
void input_of_key(const char *name, struct input *in);
/* "M-x" as Esc and x, where M-x means nothing; false when it is no such key. */
bool input_split_meta(const struct input *in, struct input *rest);

#endif
